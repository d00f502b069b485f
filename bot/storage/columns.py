"""Column types that hold the same value on every database."""

import json
import re
from datetime import UTC, datetime
from typing import Any, TypeAlias

from sqlalchemy import BigInteger, DateTime, Dialect, Integer, Text
from sqlalchemy.types import TypeDecorator

Json: TypeAlias = dict[str, Any] | list[Any]

# PostgreSQL refuses NUL, UTF-8 refuses lone surrogates; a broken feed may hold either.
_UNSTORABLE = re.compile("[\x00\ud800-\udfff]")

# SQLite numbers rows by itself only in a column of exactly this type.
Number = BigInteger().with_variant(Integer(), "sqlite")


def storable(text: str) -> str:
    """Replace what no database takes by U+FFFD, one character for one: spans stay true."""
    return _UNSTORABLE.sub("\ufffd", text)


class Instant(TypeDecorator[datetime]):
    """An aware instant, exact to the microsecond, given back in UTC.

    PostgreSQL keeps it as timestamptz, SQLite as sortable UTC text.
    """

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:  # noqa: ARG002
        """Turn any aware instant to UTC; a naive one is a programming error."""
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError(f"an instant without zone cannot be stored: {value}")
        return value.astimezone(UTC)

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:  # noqa: ARG002
        """Give it back aware; SQLite's text has no zone and means UTC."""
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


class Words(TypeDecorator[str]):
    """Text of any origin, made storable."""

    impl = Text
    cache_ok = True

    def process_bind_param(self, value: str | None, dialect: Dialect) -> str | None:  # noqa: ARG002
        """Replace what no database takes."""
        return None if value is None else storable(value)


class Payload(TypeDecorator[Json]):
    """A JSON document, as text: read and written whole, never queried."""

    impl = Text
    cache_ok = True

    def process_bind_param(self, value: Json | None, dialect: Dialect) -> str | None:  # noqa: ARG002
        """Write it in one way, so that equal values are equal bytes."""
        if value is None:
            return None
        return storable(json.dumps(value, ensure_ascii=False, separators=(",", ":")))

    def process_result_value(self, value: str | None, dialect: Dialect) -> Json | None:  # noqa: ARG002
        """Read it back."""
        if value is None:
            return None
        document: Json = json.loads(value)
        return document
