"""Which change of the watch-list is meant: decided from its words and the watch-list alone."""

import difflib
from dataclasses import dataclass
from enum import StrEnum

from bot.model.change import AddHolder, AddSpelling, AddWatch, AddWords, Change, Part, RemoveWord
from bot.model.watchlist import Watch, WatchList
from bot.talk.watching import (
    LONGEST_TEXT,
    LONGEST_WORD,
    MOST_WORDS,
    Addressed,
    Put,
    Take,
    before_colon,
    behind_from,
    behind_to,
    words_of,
)
from bot.text.fold import fold

_NEAR = 0.75
_SHORTEST_BEGIN = 3  # letters by which a watch may be called
_PAIR = 2  # entries of `contacts` of which two must meet
_VERBS = {Part.KEYWORDS: "add", Part.EXCLUDE: "exclude", Part.CONTACTS: "contact"}


class Objection(StrEnum):
    """Why nothing can be changed, by the name of the answer that says so."""

    NO_WORD = "no_word"
    TOO_LONG = "too_long"
    ONE_AT_A_TIME = "one_at_a_time"
    WHICH_WATCH = "which_watch"
    NO_SUCH_WATCH = "no_such_watch"
    SOUNDS_LIKE = "sounds_like"
    KNOWN = "known"
    NOT_FOUND = "not_found"
    IN_SEVERAL = "in_several"
    NARROWS = "narrows"
    LAST_WORD = "last_word"
    ONE_LINE = "one_line"


@dataclass(frozen=True, slots=True)
class Objected:
    """Nothing is changed; `word` and `name` are what it is about, `names` the watches to choose from.

    `verb` is the command's word for what was asked.
    """

    why: Objection
    word: str = ""
    name: str = ""
    names: tuple[str, ...] = ()
    verb: str = ""


@dataclass(frozen=True, slots=True)
class Plan:
    """A change, the watch or holder it is about, and what is put in ("+") or taken out ("−")."""

    change: Change
    name: str
    what: str


def plan_of(wish: Put | Take, watchlist: WatchList) -> Plan | Objected:
    """Say which change is meant, or why none can be made."""
    if len(wish.written) > LONGEST_TEXT:
        return Objected(Objection.TOO_LONG, wish.written[:LONGEST_WORD])
    return _put(wish, watchlist) if isinstance(wish, Put) else _take(wish, watchlist)


def plan_for(change: Change, name: str) -> Plan:
    """Give the plan of a change that was suggested."""
    match change:
        case AddWords(_, part, words):
            return Plan(change, name, f"+ {_kind(part)}{', '.join(words)}")
        case AddWatch(made, keywords):
            return Plan(change, made, f"+ watch: {', '.join(keywords)}")
        case RemoveWord():
            return Plan(change, name, "−")
        case AddHolder(country, person, _):
            return Plan(change, "holders.yaml", f"+ {person} ({country})")
        case AddSpelling(_, person, spelling):
            return Plan(change, "holders.yaml", f"+ {spelling} = {person}")


def _put(wish: Put, watchlist: WatchList) -> Plan | Objected:
    asked = before_colon(wish.written)
    if asked is not None and asked.name is not None:
        place = _exactly(asked.name, watchlist)
        if place is None and wish.part is Part.KEYWORDS:
            return _fault(asked.words) or _new(asked, watchlist)
    else:
        asked = behind_to(wish.written) or Addressed(words_of(wish.written))
        place = _called(asked.name, watchlist)
    if fault := _fault(asked.words):
        return fault
    if place is None:
        return _unnamed(asked, wish.part, watchlist)
    return _more(place, asked.words, wish.part, watchlist)


def _fault(words: tuple[str, ...]) -> Objected | None:
    if not words:
        return Objected(Objection.NO_WORD)
    long = next((word for word in words if len(word) > LONGEST_WORD), None)
    if long is not None or len(words) > MOST_WORDS:
        return Objected(Objection.TOO_LONG, (long or words[MOST_WORDS])[:LONGEST_WORD])
    return None


def _new(asked: Addressed, watchlist: WatchList) -> Plan | Objected:
    """Make a new watch, unless its name is nearly that of another: a slip makes no watch."""
    name = (asked.name or "").strip()
    names = {fold(watch.name): watch.name for watch in watchlist.watches}
    near = difflib.get_close_matches(fold(name), names, n=1, cutoff=_NEAR)
    begun = [whole for folded, whole in names.items() if folded.startswith(fold(name))]
    if not asked.exact and (near or begun):
        return Objected(Objection.SOUNDS_LIKE, name, names[near[0]] if near else begun[0])
    if len(name) > LONGEST_WORD:
        return Objected(Objection.TOO_LONG, name[:LONGEST_WORD])
    return plan_for(AddWatch(name, asked.words), name)


def _more(place: int, words: tuple[str, ...], part: Part, watchlist: WatchList) -> Plan | Objected:
    watch = watchlist.watches[place]
    known = {fold(word) for word in listed(watch, part)}
    fresh = tuple(word for word in words if fold(word) not in known)
    if not fresh:
        return Objected(Objection.KNOWN, ", ".join(words), watch.name)
    if _narrows(watch, part):
        return Objected(Objection.NARROWS, ", ".join(fresh), watch.name)
    return Plan(AddWords(place, part, fresh), watch.name, f"+ {_kind(part)}{', '.join(fresh)}")


def _kind(part: Part) -> str:
    return "" if part is Part.KEYWORDS else f"{part}: "


def _narrows(watch: Watch, part: Part) -> bool:
    """Whether one entry more makes a watch ring less: the first keyword, the first or second contact."""
    if part is Part.KEYWORDS:
        return not watch.keywords and watch.query is None
    return part is Part.CONTACTS and len(watch.parties) < _PAIR


def _take(wish: Take, watchlist: WatchList) -> Plan | Objected:
    asked = behind_from(wish.written)
    place = _called(asked.name, watchlist) if asked else None
    if asked is None or place is None:
        whole = words_of(wish.written)
        places = _standing(whole[0] if whole else "", watchlist)
        if asked is not None and not places:
            return _unknown(asked, watchlist)
        asked = Addressed(whole)
    else:
        places = [
            one for one in _standing(asked.words[0] if asked.words else "", watchlist) if one[0] == place
        ]
    if fault := _fault(asked.words):
        return fault
    if len(asked.words) > 1:
        return Objected(Objection.ONE_AT_A_TIME)
    return _out(asked.words[0], places, watchlist)


def _out(word: str, places: list[tuple[int, Part, int]], watchlist: WatchList) -> Plan | Objected:
    if not places:
        return Objected(Objection.NOT_FOUND, word)
    names = tuple(dict.fromkeys(watchlist.watches[place].name for place, _, _ in places))
    if len(names) > 1:
        return Objected(Objection.IN_SEVERAL, word, names=names)
    place, part, at = places[0]
    watch = watchlist.watches[place]
    if _widens(watch, part):
        return Objected(Objection.LAST_WORD, word, watch.name)
    return Plan(RemoveWord(place, part, at), watch.name, f"− {_kind(part)}{listed(watch, part)[at]}")


def _widens(watch: Watch, part: Part) -> bool:
    """Whether a watch without its entry would ring for nearly everything."""
    if part is Part.KEYWORDS:
        return len(watch.keywords) == 1 and watch.query is None
    return part is Part.CONTACTS and len(watch.parties) <= _PAIR


def _standing(word: str, watchlist: WatchList) -> list[tuple[int, Part, int]]:
    """Give every place of a word: which watch, which list, where in it."""
    return [
        (place, part, at)
        for place, watch in enumerate(watchlist.watches)
        for part in Part
        for at, one in enumerate(listed(watch, part))
        if word and fold(one) == fold(word)
    ]


def listed(watch: Watch, part: Part) -> tuple[str, ...]:
    """Give the words of a list of a watch, as an editor writes them."""
    match part:
        case Part.KEYWORDS:
            return watch.keywords
        case Part.EXCLUDE:
            return watch.exclude
        case Part.CONTACTS:
            return tuple(party.person or str(party.office) for party in watch.parties)


def _exactly(name: str, watchlist: WatchList) -> int | None:
    names = [fold(watch.name) for watch in watchlist.watches]
    return names.index(fold(name.strip())) if fold(name.strip()) in names else None


def _called(name: str | None, watchlist: WatchList) -> int | None:
    """Find the watch of a name, of its beginning, or the only one where none is named."""
    if name is None:
        return 0 if len(watchlist.watches) == 1 else None
    place = _exactly(name, watchlist)
    if place is not None:
        return place
    begin = fold(name.strip())
    begun = [n for n, watch in enumerate(watchlist.watches) if fold(watch.name).startswith(begin)]
    return begun[0] if len(begun) == 1 and len(begin) >= _SHORTEST_BEGIN else None


def _unnamed(asked: Addressed, part: Part, watchlist: WatchList) -> Objected:
    if asked.name is not None:
        return _unknown(asked, watchlist)
    names = tuple(watch.name for watch in watchlist.watches)
    return Objected(Objection.WHICH_WATCH, ", ".join(asked.words), names=names, verb=_VERBS[part])


def _unknown(asked: Addressed, watchlist: WatchList) -> Objected:
    names = tuple(watch.name for watch in watchlist.watches)
    return Objected(Objection.NO_SUCH_WATCH, ", ".join(asked.words), (asked.name or "").strip(), names)
