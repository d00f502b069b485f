"""What is likely not meant by whom a watch waits for: `contacts`, `media` and `ring`."""

from collections.abc import Iterator
from itertools import combinations

from bot.configuration.linter.written import Doubt, Written
from bot.configuration.people import Directory
from bot.configuration.quote import quoted
from bot.configuration.tree import Listing, Node, Scalar
from bot.model.watchlist import Party, Ring


def doubts(written: Written, directory: Directory) -> Iterator[Doubt]:
    """Warn of contacts that cannot be, and of keys that do nothing."""
    if written.watch.ring is Ring.STORIES:
        yield from _beat(written)
        return
    yield from _doubles(written)
    yield from _apart(written, directory)
    for position, party in enumerate(written.watch.parties):
        if told := _of_party(party, directory):
            yield Doubt(written.place("contacts", position), *told)


def _beat(written: Written) -> Iterator[Doubt]:
    """Say which keys of a watch for stories do less, or more, than is likely meant."""
    watch = written.watch
    if not watch.keywords and not watch.query:
        message = "without keywords or query this watch rings for every story of every feed"
        yield Doubt(written.place("ring"), message, "add keywords or a query")
    idle = {
        "contacts": (watch.parties, "a watch for stories looks at no contacts"),
        "media": (watch.media, "a watch for stories looks at no contacts, nor how they are made"),
        "announce": (watch.announce, "a watch for stories knows no plans"),
    }
    for key, (told, why) in idle.items():
        if told:
            hint = "remove the line" if key == "announce" else "remove the line, or ring: stories"
            yield Doubt(written.place(key), f"{why}: this does nothing", hint)


def _doubles(written: Written) -> Iterator[Doubt]:
    """Warn of contacts and media that are named twice."""
    parties = written.watch.parties
    for number, party in enumerate(parties):
        if party in parties[:number]:
            name = party.person or str(party.office)
            yield Doubt(written.place("contacts", number), f"{quoted(name)} is named twice", "remove it")
    media = _words(written.at(("media",)))
    for number, word in enumerate(media):
        if word in media[:number]:
            yield Doubt(written.place("media", number), f"{quoted(word)} is named twice", "remove it")


def _words(node: Node) -> list[str]:
    items = node.items if isinstance(node, Listing) else ()
    return [item.text for item in items if isinstance(item, Scalar)]


def _apart(written: Written, directory: Directory) -> Iterator[Doubt]:
    """Warn of a list of whom no two can ever meet."""
    parties = dict.fromkeys(written.watch.parties)
    if len(parties) < 2 or any(directory.meet(a, b) for a, b in combinations(parties, 2)):  # noqa: PLR2004 -- a pair
        return
    offices = {party.office for party in parties}
    hint = "at least two of the list must meet; one entry alone means that one with anyone"
    if len(offices) == 1:
        message = f"all of these are the {min(offices)}: this watch can never ring"
    else:
        message = "no two of these were in office on the same day: this watch can never ring"
        hint = 'name offices, e.g. "US defence minister"'
    yield Doubt(written.place("contacts"), message, hint)


def _of_party(party: Party, directory: Directory) -> tuple[str, str] | None:
    if directory.is_vacant(party):
        message = f"the register knows nobody who was {party.office}"
        return message, "name the holders in holders.yaml"
    if left := directory.left(party):
        message = f"{party.person} is no longer {party.office} (until {left.end})"
        return message, f'"{party.office}" follows the office, whoever holds it'
    return None
