"""Watches that ring only where another watch of the same channels does."""

from collections import defaultdict
from collections.abc import Iterator, Sequence

from bot.configuration.linter.coverage import Coverage
from bot.configuration.linter.written import Doubt, Written
from bot.configuration.quote import quoted
from bot.model.office import Office
from bot.model.watchlist import Party, Ring, Watch

_MOST = 50
"""Watches that one is compared with: more of them share a contact or a word only by the hundred."""
_PAIR = 2


def doubts(watches: Sequence[Written], coverage: Coverage) -> Iterator[Doubt]:
    """Warn of each watch that adds nothing to one other; of two equal ones of the later."""
    wider = _Wider(watches, coverage)
    for number, written in enumerate(watches):
        other = next(
            (
                other
                for other in wider.of(number)
                if _is_shadowed(written.watch, watches[other].watch, coverage)
                and (other < number or not _is_shadowed(watches[other].watch, written.watch, coverage))
            ),
            None,
        )
        if other is not None:
            name, place = watches[other].watch.name, watches[other].name.place
            message = (
                f"watch {quoted(written.watch.name)} rings only where {quoted(name)} (line {place.line}) "
                "does: it adds nothing"
            )
            yield Doubt(written.name.place, message, "remove it, or give it a channel of its own")


class _Wider:
    """Which watches may ring wherever another one does, without comparing each with each."""

    def __init__(self, watches: Sequence[Written], coverage: Coverage) -> None:
        self._watches = watches
        self._coverage = coverage
        self._of_anyone: list[int] = []
        self._by_office: dict[Office, list[int]] = defaultdict(list)
        self._by_word: dict[str, list[int]] = defaultdict(list)
        for number, (watch, _) in enumerate(watches):
            if watch.keywords or watch.query:
                for sign in {sign for word in watch.keywords for sign in coverage.signs(word)}:
                    self._by_word[sign].append(number)
                if watch.query:
                    self._by_word[str(watch.query)].append(number)
            elif not watch.parties or watch.ring is Ring.STORIES:
                self._of_anyone.append(number)
            else:
                for office in {party.office for party in watch.parties}:
                    self._by_office[office].append(number)

    def of(self, number: int) -> Iterator[int]:
        """Give those that may ring wherever this one does, the likeliest first."""
        watch = self._watches[number].watch
        near = [
            *self._of_anyone[:_MOST],
            *self._at_its_table(watch)[:_MOST],
            *self._by_its_words(watch)[:_MOST],
        ]
        return (other for other in dict.fromkeys(near) if other != number)

    def _at_its_table(self, watch: Watch) -> list[int]:
        """Give the watches of everything that share its rarest contact."""
        shared = [self._by_office.get(party.office, []) for party in watch.parties]
        return min(shared, key=len, default=[])

    def _by_its_words(self, watch: Watch) -> list[int]:
        """Give the watches with words that may find its first keyword, or with its query."""
        if watch.keywords:
            found = (
                n
                for sign in self._coverage.signs_of_wider(watch.keywords[0])
                for n in self._by_word.get(sign, ())
            )
            return list(dict.fromkeys(found))
        return self._by_word.get(str(watch.query), []) if watch.query else []


def _is_shadowed(watch: Watch, other: Watch, coverage: Coverage) -> bool:
    """Whether the other watch rings for everything that this one does, in all of its channels and hours."""
    return (
        set(watch.channels) <= set(other.channels)
        and watch.ring is other.ring
        and (watch.ring is Ring.STORIES or _is_seated(watch, other))
        and other.announce >= watch.announce
        and other.urgent >= watch.urgent
        and _hears(watch, other, coverage)
        and all(coverage.covered_by(watch.exclude, word) for word in other.exclude)
    )


def _is_seated(watch: Watch, other: Watch) -> bool:
    """Whether every contact that fits this watch fits the other one."""
    if other.media and not (watch.media and watch.media <= other.media):
        return False
    parties, table = set(watch.parties), set(other.parties)
    if not table:
        return True
    surely = parties if len(parties) <= _PAIR else set()
    if len(table) == 1:
        return any(_is_within(party, asked) for party in surely for asked in table)
    return len(parties) >= _PAIR and all(any(_is_within(p, asked) for asked in table) for p in parties)


def _is_within(party: Party, asked: Party) -> bool:
    return party.office == asked.office and asked.person in (None, party.person)


def _hears(watch: Watch, other: Watch, coverage: Coverage) -> bool:
    """Whether every story with the words of this watch has words of the other."""
    if not other.keywords and other.query is None:
        return True
    if not watch.keywords and watch.query is None:
        return False
    return (watch.query is None or watch.query == other.query) and all(
        coverage.covered_by(other.keywords, word) for word in watch.keywords
    )
