"""What the head of an answer says: validators, wishes, patience, a status that is no feed."""

from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime
from http import HTTPStatus

from bot.feeds.page import shown
from bot.model.fetch import Failed, Refusal, Validators, Wishes

Headers = Mapping[str, str]

_LONGEST_VALIDATOR = 1000
_LONGEST_WAIT = timedelta(days=10)
_LONGEST_NUMBER = 10
_MINUTE = "%Y-%m-%d %H:%M UTC"
_UNSHARED = frozenset({"private", "no-cache", "no-store"})
_BUSY = frozenset({HTTPStatus.TOO_MANY_REQUESTS, HTTPStatus.SERVICE_UNAVAILABLE})
_PHRASES = {known.value: known.phrase for known in HTTPStatus}


def validators(headers: Headers, moved_to: str | None) -> Validators:
    """Give what to ask with the next time."""
    return Validators(_kept(headers.get("ETag")), _kept(headers.get("Last-Modified")), moved_to=moved_to)


def _kept(validator: str | None) -> str | None:
    """Leave out what is too long to be sent back or holds what no header may."""
    usable = validator and len(validator) <= _LONGEST_VALIDATOR and validator.isprintable()
    return validator if usable else None


def wishes(headers: Headers, now: datetime) -> Wishes | None:
    """Give the wishes of an answer's head, None where it has none."""
    pause = fresh_for(headers, now)
    return None if pause is None else Wishes(pause)


def fresh_for(headers: Headers, now: datetime) -> timedelta | None:
    """Say how long the server calls its answer fresh: `Cache-Control: max-age`, else `Expires`.

    What caches have already used up of it (`Age`) is taken off. None where it
    is not to be kept, is stale already, or nothing is said; ten days are the most.
    """
    words = {
        name.strip().lower(): value.strip(' "')
        for name, _, value in (part.partition("=") for part in headers.get("Cache-Control", "").split(","))
    }
    if _UNSHARED & words.keys():
        return None
    age = _whole(words.get("max-age", ""))
    if age is not None:
        fresh = age - (_whole(headers.get("Age", "")) or timedelta())
    else:
        fresh = _until_expiry(headers, now)
    return min(fresh, _LONGEST_WAIT) if fresh > timedelta() else None


def _until_expiry(headers: Headers, now: datetime) -> timedelta:
    expires = _moment(headers.get("Expires"))
    if expires is None:
        return timedelta()
    return expires - (_moment(headers.get("Date")) or now)


def bad_status(status: int, headers: Headers, url: str, now: datetime) -> Failed:
    """Refuse an answer whose status brings no feed."""
    if status == HTTPStatus.GONE:
        return Failed(Refusal.GONE, f"{shown(url)} is gone for good (410)")
    if status == HTTPStatus.NOT_MODIFIED:
        # Draht asks so after a fault and once a day: what changed in between would else never come.
        sentence = f"{shown(url)} answered that nothing has changed (304) though it was asked for all of it"
        return Failed(Refusal.HTTP_STATUS, sentence, status=status)
    sentence = f"{shown(url)} answered {status} {_PHRASES.get(status, 'unknown status')}"
    # A date is one of the server's clock, whatever that shows.
    wait = retry_after(headers.get("Retry-After"), _moment(headers.get("Date")) or now)
    busy = status in _BUSY
    if busy and wait:
        sentence += f"; it asks for a pause until {(now + timedelta(seconds=wait)).strftime(_MINUTE)}"
    return Failed(Refusal.HTTP_STATUS, sentence, wait, busy, status)


def retry_after(text: str | None, now: datetime) -> float | None:
    """Read `Retry-After`, a number of seconds or a date; None where there is none to obey."""
    wait = _whole(text or "")
    if wait is None:
        until = _moment(text)
        if until is None:
            return None
        wait = max(until - now, timedelta())
    return min(wait, _LONGEST_WAIT).total_seconds()


def _whole(text: str) -> timedelta | None:
    digits = text.strip()
    if not (digits.isascii() and digits.isdigit()):
        return None
    return timedelta(seconds=int(digits[:_LONGEST_NUMBER]))


def _moment(text: str | None) -> datetime | None:
    if not text:
        return None
    try:
        moment = parsedate_to_datetime(text)
    except (ValueError, OverflowError):
        return None
    return moment if moment.tzinfo is not None else moment.replace(tzinfo=UTC)
