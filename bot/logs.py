"""The log: one line for one unit of work, to standard error, without secrets."""

import logging
import sys
from typing import TYPE_CHECKING, TextIO

from bot.text.redact import redacted

if TYPE_CHECKING:
    from structlog.types import EventDict, Processor

# At INFO httpx prints whole URLs, and the Bot API's hold the token.
_TALKATIVE = ("httpx", "httpcore", "telegram", "apscheduler", "asyncio", "tzlocal", "alembic")


class RedactingFormatter(logging.Formatter):
    """Formats by another formatter and redacts the finished line.

    The finished line, not the record: so nothing escapes in arguments, in
    an exception's text or in a field of the event.
    """

    def __init__(self, inner: logging.Formatter, secret: str | None) -> None:
        super().__init__()
        self._inner = inner
        self._secret = secret

    def format(self, record: logging.LogRecord) -> str:
        """Give the line as it may be shown."""
        return redacted(self._inner.format(record), self._secret)


def configure(level: str, secret: str | None = None, stream: TextIO | None = None) -> None:
    """Send everything that is logged to standard error: for people on a terminal, as JSON elsewhere."""
    import structlog  # noqa: PLC0415  a third of a second, and most commands log nothing

    stream = stream or sys.stderr
    shared: list[Processor] = [
        structlog.stdlib.add_log_level,
        structlog.processors.TimeStamper(fmt="iso", utc=True),
    ]
    inner = structlog.stdlib.ProcessorFormatter(
        processors=[structlog.stdlib.ProcessorFormatter.remove_processors_meta, *_renderers(stream)],
        # What the pipeline logs comes by way of the standard library, its fields as `extra`.
        foreign_pre_chain=[structlog.stdlib.ExtraAdder(), *shared],
    )
    handler = logging.StreamHandler(stream)
    handler.setFormatter(RedactingFormatter(inner, secret))
    logging.basicConfig(level=level.upper(), handlers=[handler], force=True)
    for name in _TALKATIVE:
        logging.getLogger(name).setLevel(logging.WARNING)
    structlog.configure(
        processors=[
            structlog.stdlib.filter_by_level,
            *shared,
            structlog.stdlib.ProcessorFormatter.wrap_for_formatter,
        ],
        logger_factory=structlog.stdlib.LoggerFactory(),
        wrapper_class=structlog.stdlib.BoundLogger,
        cache_logger_on_first_use=False,
    )


def _renderers(stream: TextIO) -> "list[Processor]":
    import structlog  # noqa: PLC0415  see configure

    if stream.isatty():
        # Plain tracebacks: the pretty ones print local variables, and a token may be one.
        return [structlog.dev.ConsoleRenderer(exception_formatter=structlog.dev.plain_traceback)]
    return [
        structlog.processors.format_exc_info,
        _head_first,
        structlog.processors.JSONRenderer(ensure_ascii=False, sort_keys=False),
    ]


def _head_first(_logger: object, _method: str, event: "EventDict") -> "EventDict":
    """Put first what a person reads first."""
    head = ("timestamp", "level", "event")
    return {key: event[key] for key in (*head, *(key for key in event if key not in head)) if key in event}
