"""What is asked about the watch-list: `/watch` and the words behind it, read as they were typed on a phone.

/watch [list]                       show it
/watch add NAME: word, word         more words for the watch of this name, or a new watch
/watch add word, word to NAME       the same for a watch that is there; without a name where there is one only
/watch exclude …, /watch contact …  the same for the other lists
/watch remove word [from NAME]      take a word out
/watch test TEXT or ADDRESS         would it ring?
/watch undo                         take the last change back
/watch suggest                      what may be missing

A word in quotes is taken as it is, with its commas and colons.
"""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from bot.model.change import Part

MOST_WORDS, LONGEST_WORD, LONGEST_TEXT = 20, 100, 2_000
_QUOTES = '"„“”«»'
_HIDDEN = "x"
_SIGNS = " .!"
"""What a phone's keyboard puts behind a name."""
_QUOTED = re.compile(rf"[{_QUOTES}][^{_QUOTES}]*[{_QUOTES}]")
_SEPARATOR = re.compile(r"[,;\n]")
# A colon of a time or an address names no watch.
_COLON = re.compile(r"[^,;\n:]*?(:(?!//|\d))", re.DOTALL)
_TO = re.compile(r".*\S(\s+(?:to|zu)\s+)\S.*", re.DOTALL | re.IGNORECASE)
_FROM = re.compile(r".*\S(\s+(?:from|aus|von)\s+)\S.*", re.DOTALL | re.IGNORECASE)
_ADDRESS = re.compile(r"https?://\S+", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class ShowWatches:
    """Show the watch-list."""


@dataclass(frozen=True, slots=True)
class Put:
    """Put words into a list of a watch; `written` is what stands behind the command."""

    part: Part
    written: str


@dataclass(frozen=True, slots=True)
class Take:
    """Take a word out of the lists; `written` is what stands behind the command."""

    written: str


@dataclass(frozen=True, slots=True)
class TryText:
    """Say what would become of a text; its first line is the title."""

    text: str


@dataclass(frozen=True, slots=True)
class TryPage:
    """Say what would become of a page."""

    url: str


@dataclass(frozen=True, slots=True)
class UndoEdit:
    """Take back the last change, or that of a button."""

    edit: str | None = None


@dataclass(frozen=True, slots=True)
class Suggest:
    """Show what may be missing."""


@dataclass(frozen=True, slots=True)
class WatchHelp:
    """Say how the watch-list is asked about and changed."""


WatchWish = ShowWatches | Put | Take | TryText | TryPage | UndoEdit | Suggest | WatchHelp


def watch_wish(arguments: str) -> WatchWish:
    """Read what is asked about the watch-list."""
    verb, _, rest = arguments.strip().replace("\n", " \n", 1).partition(" ")
    read = _VERBS.get(verb.lower())
    return read(rest.strip()) if read else WatchHelp()


def _test(text: str) -> WatchWish:
    if not text:
        return WatchHelp()
    return TryPage(text) if _ADDRESS.fullmatch(text) else TryText(text)


_VERBS: Mapping[str, Callable[[str], WatchWish]] = {
    "": lambda _: ShowWatches(),
    "list": lambda _: ShowWatches(),
    "add": lambda text: Put(Part.KEYWORDS, text),
    "exclude": lambda text: Put(Part.EXCLUDE, text),
    "contact": lambda text: Put(Part.CONTACTS, text),
    "remove": Take,
    "test": _test,
    "undo": lambda _: UndoEdit(),
    "suggest": lambda _: Suggest(),
}


@dataclass(frozen=True, slots=True)
class Addressed:
    """Words, and the watch that they are for; `exact` where its name was written in quotes."""

    words: tuple[str, ...]
    name: str | None = None
    exact: bool = False


def before_colon(written: str) -> Addressed | None:
    """Read "NAME: word, word"."""
    found = _COLON.match(_masked(written))
    if found is None:
        return None
    name, exact = _bare(written[: found.start(1)])
    return Addressed(words_of(written[found.end(1) :]), name, exact) if name else None


def behind_to(written: str) -> Addressed | None:
    """Read "word, word to NAME"."""
    return _behind(_TO, written.strip())


def behind_from(written: str) -> Addressed | None:
    """Read "word from NAME"."""
    return _behind(_FROM, written.strip())


def _behind(pattern: re.Pattern[str], written: str) -> Addressed | None:
    found = pattern.fullmatch(_masked(written))
    if found is None:
        return None
    name, exact = _bare(written[found.end(1) :].strip(_SIGNS))
    return Addressed(words_of(written[: found.start(1)]), name, exact) if name else None


def words_of(written: str) -> tuple[str, ...]:
    """Read words between commas, semicolons or line breaks; what stands in quotes is one word."""
    masked, begin, words = _masked(written), 0, []
    for end in [*(found.start() for found in _SEPARATOR.finditer(masked)), len(written)]:
        words.append(_bare(written[begin:end])[0])
        begin = end + 1
    return tuple(dict.fromkeys(filter(None, words)))


def _masked(written: str) -> str:
    """Give the text with everything in quotes hidden, at the same length."""
    return _QUOTED.sub(lambda found: _HIDDEN * len(found[0]), written)


def _bare(written: str) -> tuple[str, bool]:
    """Take blanks and quotes off a word; say whether it stood in quotes."""
    word = " ".join(written.split())
    quoted = _QUOTED.fullmatch(word) is not None
    return (word[1:-1].strip() if quoted else word), quoted
