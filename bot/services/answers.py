"""Pure: how a call to a service ended, by HTTP status or by the classes of what went wrong.

    status                      outcome
    429, 503                    RetryLater, with its Retry-After
    401 403 404 405 407 410     Refused by the channel: address, key or rights
    3xx                         Refused by the channel: it has moved
    other 4xx                   Refused
    other 5xx                   Unknown

    fault                       outcome
    no connection was made      RetryLater
    anything else               Unknown

No reason repeats the address or a library's words: for most services the address is the key.
"""

from collections.abc import Iterable, Iterator
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime

from bot.model.outcome import Outcome, Refused, RetryLater, Unknown

_BUSY = frozenset({429, 503})
_NO_ENTRY = frozenset({401, 403, 404, 405, 407, 410})
_LONGEST = 86_400.0
# By name, as these are three libraries' affair: httpx, requests with urllib3, smtplib.
_NEVER_LEFT = frozenset(
    {
        "ConnectError",
        "ConnectTimeout",
        "PoolTimeout",
        "UnsupportedProtocol",
        "LocalProtocolError",
        "NewConnectionError",
        "NameResolutionError",
        "ConnectTimeoutError",
        "SSLError",
        "InvalidURL",
        "gaierror",
        "ConnectionRefusedError",
        "SMTPConnectError",
        "SMTPHeloError",
    }
)
_NO_RIGHT = frozenset({"SMTPAuthenticationError", "SMTPSenderRefused", "SMTPRecipientsRefused"})
_DEEPEST = 8


def outcome_of_status(channel: str, status: int, retry_after: str | None, now: datetime) -> Outcome:
    """Say how a call ended that was answered with a status other than 2xx."""
    if status in _BUSY:
        return RetryLater(f"{channel} asks to slow down ({status})", seconds(retry_after, now))
    if status in _NO_ENTRY or status // 100 == 3:  # noqa: PLR2004  redirections
        what = "has moved" if status // 100 == 3 else "lets Draht not in"  # noqa: PLR2004  the same
        return Refused(f"{channel} {what} ({status}); correct the address of its service", by_channel=True)
    if status // 100 == 4:  # noqa: PLR2004  a fault of the request
        return Refused(f"{channel} refuses this message ({status})")
    return Unknown(f"no clear answer from {channel} ({status})")


def outcome_of_fault(channel: str, errors: Iterable[BaseException]) -> Outcome:
    """Say how a call ended that was not answered."""
    given = tuple(errors)
    causes = [frozenset(_names(error)) for error in given]
    kind = type(given[0]).__name__
    if any(names & _NO_RIGHT for names in causes):
        reason = f"{channel} lets Draht not in ({kind}); correct the address of its service"
        return Refused(reason, by_channel=True)
    if all(names & _NEVER_LEFT for names in causes):
        return RetryLater(f"{channel} cannot be reached ({kind})")
    return Unknown(f"no clear answer from {channel} ({kind})")


def seconds(retry_after: str | None, now: datetime) -> float | None:
    """Read a Retry-After, seconds or a date; None where there is none, a day at most.

    >>> seconds("7", datetime(2024, 7, 13, tzinfo=UTC))
    7.0
    """
    told = (retry_after or "").strip()
    if told.isascii() and told.isdecimal():
        return min(float(told), _LONGEST)
    try:
        at = parsedate_to_datetime(told)
    except ValueError:
        return None
    wait = ((at if at.tzinfo else at.replace(tzinfo=UTC)) - now).total_seconds()
    return min(max(wait, 0.0), _LONGEST)


def _names(error: BaseException) -> Iterator[str]:
    """Name the classes of an error and of all that it was made of."""
    layer: list[BaseException] = [error]
    for _ in range(_DEEPEST):
        for one in layer:
            yield from (kind.__name__ for kind in type(one).__mro__)
        layer = [below for one in layer for below in _below(one)]


def _below(error: BaseException) -> Iterator[BaseException]:
    within = (*error.args, getattr(error, "reason", None), error.__cause__)
    yield from (one for one in within if isinstance(one, BaseException))
