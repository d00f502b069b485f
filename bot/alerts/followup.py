"""The short answer to a post about which something material changed.

    🟡 who: what changed          the whole message in a push, read without the post above it
    what it was, what it is now

Where the post itself turned (it took place, was denied, …) the answer begins as the post now does.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from types import MappingProxyType

from bot.alerts.budget import clip
from bot.alerts.changes import Change
from bot.alerts.confirmed import confirming
from bot.alerts.denied import denied_by
from bot.alerts.facts import initiative
from bot.alerts.markup import Bold, Line, Plain, html
from bot.alerts.post import LONGEST_HEAD, LONGEST_SENTENCE, head_line, sentence_line
from bot.alerts.press import Press
from bot.alerts.table import headline_names, table_of
from bot.model.alert import Shown
from bot.model.claim import Status
from bot.model.contact import Contact

UPDATE, CORRECTION = "🟡", "⚪"


@dataclass(frozen=True, slots=True)
class Turn:
    """A contact as it now is, what its readers had been told, and the means of writing."""

    contact: Contact
    before: Shown
    press: Press


def follow_up(turn: Turn, found: Iterable[Change]) -> str:
    """Write the answer as Telegram HTML; nothing where nothing changed."""
    return html([[line for change in found for line in _LINES[change](turn) if line]])


Lines = tuple[Line | None, ...]


def _as_the_post(turn: Turn) -> Lines:
    return head_line(turn.contact, turn.press), sentence_line(turn.contact, turn.press)


def _denied(turn: Turn) -> Lines:
    told = denied_by(turn.contact, turn.press)
    return head_line(turn.contact, turn.press), _line(f"{_capitalised(told)}.") if told else None


def _contested(turn: Turn) -> Lines:
    replies = turn.press.words.replies
    what = replies.denied.format(noun=turn.press.words.medium(turn.contact.medium).noun)
    denied = _capitalised(denied_by(turn.contact, turn.press) or what)
    return _head(UPDATE, what, turn), _line(replies.others_stand.format(denied=denied))


def _undenied(turn: Turn) -> Lines:
    return _head(UPDATE, turn.press.words.replies.undenied, turn), sentence_line(turn.contact, turn.press)


def _not_yet(turn: Turn) -> Lines:
    return _head(CORRECTION, turn.press.words.replies.not_yet, turn), sentence_line(turn.contact, turn.press)


def _retracted(turn: Turn) -> Lines:
    replies = turn.press.words.replies
    return _head(CORRECTION, replies.retracted, turn), _line(replies.was_wrong)


def _reinstated(turn: Turn) -> Lines:
    return _head(UPDATE, turn.press.words.replies.reinstated, turn), sentence_line(turn.contact, turn.press)


def _day(turn: Turn) -> Lines:
    words, before, now = turn.press.words, turn.before.day, turn.contact.day
    if turn.contact.status is Status.PLANNED and now:
        head = _head(UPDATE, words.replies.date, turn)
    else:
        head = _head(CORRECTION, words.replies.day, turn)
    return head, _instead(words.long_day(before) if before else "", words.long_day(now) if now else "", turn)


def _initiative(turn: Turn) -> Lines:
    before = turn.press.words.listed(turn.press.country(code) for code in turn.before.initiators)
    now = initiative(turn.contact, turn.press)
    return _head(CORRECTION, turn.press.words.replies.initiative, turn), _instead(before, now, turn)


def _disputed(turn: Turn) -> Lines:
    told = initiative(turn.contact, turn.press)
    return _head(UPDATE, turn.press.words.replies.disputed, turn), _line(told)


def _confirmed(turn: Turn) -> Lines:
    table, replies = table_of(turn.contact, turn.press), turn.press.words.replies
    what = replies.several if table.is_many else replies.both
    return _head(UPDATE, what, turn), _line(confirming(turn.contact, table, turn.press))


def _instead(before: str, now: str, turn: Turn) -> Line:
    replies = turn.press.words.replies
    return _line(replies.instead.format(before=before or replies.unknown, now=now or replies.unknown))


def _head(sign: str, what: str, turn: Turn) -> Line:
    who = headline_names(table_of(turn.contact, turn.press), turn.press)
    text = turn.press.words.replies.of.format(who=who, what=what)
    return Line((Plain(f"{sign} "), Bold(clip(_capitalised(text), LONGEST_HEAD))))


def _capitalised(text: str) -> str:
    return text[:1].upper() + text[1:]


def _line(text: str) -> Line:
    return Line((Plain(clip(text, LONGEST_SENTENCE)),))


_LINES: Mapping[Change, Callable[[Turn], Lines]] = MappingProxyType(
    {
        Change.RETRACTED: _retracted,
        Change.REINSTATED: _reinstated,
        Change.TOOK_PLACE: _as_the_post,
        Change.DENIED: _denied,
        Change.CANCELLED: _as_the_post,
        Change.PLANNED_AGAIN: _as_the_post,
        Change.NOT_YET: _not_yet,
        Change.CONTESTED: _contested,
        Change.UNDENIED: _undenied,
        Change.DAY: _day,
        Change.INITIATIVE: _initiative,
        Change.DISPUTED: _disputed,
        Change.CONFIRMED: _confirmed,
    }
)
