"""What is likely not meant by the words of a watch: `keywords` and `exclude`."""

from collections.abc import Iterator, Sequence
from datetime import date

from bot.configuration.linter import misread
from bot.configuration.linter.coverage import Coverage, Doubled
from bot.configuration.linter.titles import Titles
from bot.configuration.linter.written import Doubt, Written
from bot.configuration.people import ANYONE, Directory
from bot.configuration.quote import quoted
from bot.model.office import Holder, Office
from bot.model.query import Kind, terms_of
from bot.model.watchlist import Party, Ring, Watch
from bot.text.fold import fold

_OF_LATE = 3 * 366
"""Days behind the register's newest start after which a name that others bear too is theirs."""


def doubts(written: Written, coverage: Coverage, titles: Titles, directory: Directory) -> Iterator[Doubt]:
    """Warn of words that do nothing, or something else than is likely meant."""
    watch = written.watch
    for key, words in (("keywords", watch.keywords), ("exclude", watch.exclude)):
        signed = tuple(misread.doubts(written, key, words, directory))
        yield from signed
        told = {doubt.place for doubt in signed}
        doubled = (_doubled(written, key, words, one) for one in coverage.doubled(words))
        yield from (doubt for doubt in doubled if doubt.place not in told)
    yield from _excluded(written, coverage)
    yield from _barring(written, titles, directory)
    yield from _departed(written, directory)


def _doubled(written: Written, key: str, words: Sequence[str], one: Doubled) -> Doubt:
    word, by = words[one.number], words[one.by]
    place, other = written.place(key, one.number), written.place(key, one.by)
    where = f" (line {other.line})" if other.line != place.line else ""
    told = f" in stories in {' and '.join(one.languages)}" if one.languages else ""
    if fold(word) == fold(by):
        message = f"{quoted(word)} is named twice"
    else:
        message = f"{quoted(word)} adds nothing{told}: {quoted(by)}{where} finds it already"
    return Doubt(place, message, "remove it")


def _excluded(written: Written, coverage: Coverage) -> Iterator[Doubt]:
    """Warn of keywords whose stories are all dropped; of all of them at once where nothing is left."""
    watch = written.watch
    found = ((number, coverage.covered_by(watch.exclude, word)) for number, word in enumerate(watch.keywords))
    dropped = {number: barred for number, barred in found if barred}
    if dropped and len(dropped) == len(watch.keywords) and watch.query is None:
        message = '"exclude" drops every keyword: this watch can never ring'
        yield Doubt(written.place("exclude"), message, "remove the words from one of the lists")
        return
    for number, barred in dropped.items():
        word = watch.keywords[number]
        if fold(word) == fold(barred):
            message = f"{quoted(word)} is a keyword and excluded too: as a keyword it does nothing"
            yield Doubt(written.place("keywords", number), message, "remove it from one of the lists")
        else:
            message = f'"exclude" drops every story with {quoted(word)}, by {quoted(barred)}'
            yield Doubt(written.place("keywords", number), message, "remove one of the two")


def _barring(written: Written, titles: Titles, directory: Directory) -> Iterator[Doubt]:
    """Warn of excluded names of those whom the watch asks for, of their titles and of their countries."""
    for number, word in enumerate(written.watch.exclude):
        named = directory.subjects.named(word)
        for party in written.watch.parties or _anyone(written.watch):
            told = _dropped(word, party, named, directory) if party else None
            if told := told or _untitled(word, party, titles):
                yield Doubt(
                    written.place("exclude", number),
                    told,
                    "remove it, or the contact" if party else "remove it",
                )
                break


def _dropped(word: str, party: Party, named: Sequence[Holder], directory: Directory) -> str | None:
    """Say what an excluded word drops of the stories of somebody asked for."""
    if holder := next((holder for holder in named if _is(holder, party)), None):
        office = "" if party.person else f" as {party.office}"
        return f"{quoted(word)} drops the stories that name {holder.person}, whom this watch asks for{office}"
    if directory.names_country(word, party.office.country):
        who = party.person or str(party.office)
        return f"{quoted(word)} drops nearly all stories of {who}, whom this watch asks for"
    return None


def _anyone(watch: Watch) -> tuple[None, ...]:
    """Give nobody in particular, where a watch without contacts waits for any."""
    return (None,) if watch.ring is Ring.CONTACTS else ()


def _untitled(word: str, party: Party | None, titles: Titles) -> str | None:
    """Say that an excluded word is part of how stories call somebody asked for."""
    if (title := titles.found_by(word, party.office if party else None)) is None:
        return None
    who = (party.person or str(party.office)) if party else ANYONE
    return f"{quoted(word)} drops all stories that say {quoted(title)} of {who}, whom this watch asks for"


def _is(holder: Holder, party: Party) -> bool:
    """Whether somebody is the person of `contacts`, or holds the office of it."""
    if holder.office != party.office:
        return False
    return holder.person == party.person if party.person else _holds(holder)


def _departed(written: Written, directory: Directory) -> Iterator[Doubt]:
    """Warn of former ministers among the keywords, unless who came after them is named as well.

    Of a beat nothing is known: who left an office may still be what it is about.
    """
    watch = written.watch
    if watch.ring is Ring.STORIES:
        return
    named = [directory.subjects.named(word) for word in watch.keywords]
    covered = {holder.office for holders in named for holder in holders if _holds(holder)}
    covered |= set(_asked(watch, directory))
    told = {party.person for party in watch.parties}
    for number, (word, holders) in enumerate(zip(watch.keywords, named, strict=True)):
        last = _last(holders) if holders else None
        if last is None or last.person in told or directory.is_elsewhere(last) or last.office in covered:
            continue
        if doubt := _of_departed(word, last, directory):
            yield Doubt(written.place("keywords", number), *doubt)


def _asked(watch: Watch, directory: Directory) -> Iterator[Office]:
    """Give the offices that the query asks for, by their name or their holder's."""
    for term in terms_of(watch.query.root) if watch.query else ():
        if term.kind is Kind.OFFICE:
            yield from directory.subjects.offices(term.text)
        elif term.kind in (Kind.PERSON, Kind.WORDS):
            yield from (h.office for h in directory.subjects.named(term.text) if _holds(h))


def _of_departed(word: str, last: Holder, directory: Directory) -> tuple[str, str] | None:
    """Say of a former minister's name what it finds now; None where it is likely somebody else's."""
    message = f"{last.person} is no longer {last.office} (until {last.end})"
    hint = f'query: office:"{last.office}" follows the office, whoever holds it'
    if not directory.is_homonym(last, word):
        return message, hint
    if last.end is None or (directory.newest - last.end).days > _OF_LATE:
        return None
    return f"{message}, and {quoted(word)} may mean others: {last.homonym}", hint


def _last(holders: Sequence[Holder]) -> Holder | None:
    """Give the last term of those named; None where one of them is in office."""
    if any(map(_holds, holders)):
        return None
    return max(holders, key=lambda holder: holder.end or date.min)


def _holds(holder: Holder) -> bool:
    return holder.incumbent or holder.end is None
