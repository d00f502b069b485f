"""The files of the configuration as JSON Schema, for editors' programs that complete and check.

    models (with shapes) → draft 2020-12 → config/schema/*.json

What the schema refuses, `draht check` refuses; what needs the register, a
query's grammar or two places of the file at once is left to `draht check`.
"""

import json
from datetime import timedelta
from enum import StrEnum
from typing import Any

from pydantic.json_schema import GenerateJsonSchema, JsonSchemaMode, JsonSchemaValue
from pydantic_core import core_schema

from bot.configuration.feeds import FeedsFile
from bot.configuration.holders import HoldersFile
from bot.configuration.strict import Strict
from bot.configuration.values import write_duration
from bot.configuration.watchlist import WatchListFile


class File(StrEnum):
    """The files that there is a schema of."""

    WATCH_LIST = "watchlist"
    FEEDS = "feeds"
    HOLDERS = "holders"


_MODELS: dict[File, type[Strict]] = {
    File.WATCH_LIST: WatchListFile,
    File.FEEDS: FeedsFile,
    File.HOLDERS: HoldersFile,
}


def written(file: File) -> str:
    """Write the schema of a file as it stands in config/schema; equal models give equal text."""
    return json.dumps(schema(file), ensure_ascii=False, indent=2) + "\n"


def schema(file: File) -> dict[str, Any]:
    """Give the schema of a file."""
    model = _MODELS[file]
    found = model.model_json_schema(schema_generator=_Generator)
    for key in model.may_be_blank:
        _allow_nothing(found["properties"][key])
    return {"$schema": GenerateJsonSchema.schema_dialect, **found, "title": f"Draht: {file}.yaml"}


def _allow_nothing(described: dict[str, Any]) -> None:
    """Let a list be null as well; to JSON, a key without value is one."""
    described["type"] = [described["type"], "null"]


class _Generator(GenerateJsonSchema):
    """Writes what an editor reads: no titles that repeat keys, and lengths of time as the files spell them.

    A key that may be left out may not be null: `draht check` says "has no value".
    """

    def generate(
        self, schema: core_schema.CoreSchema, mode: JsonSchemaMode = "validation"
    ) -> JsonSchemaValue:
        """Put what says most in front."""
        found = super().generate(schema, mode)
        first = {key: found.pop(key) for key in ("title", "description") if key in found}
        return first | found

    def field_title_should_be_set(self, _schema: object) -> bool:
        """Leave titles to models."""
        return False

    def nullable_schema(self, schema: core_schema.NullableSchema) -> JsonSchemaValue:
        """Describe what may be left out by what it is where it is not."""
        return self.generate_inner(schema["schema"])

    def default_schema(self, schema: core_schema.WithDefaultSchema) -> JsonSchemaValue:
        """Tell a default where it is a value."""
        if schema.get("default") is None:
            return self.generate_inner(schema["schema"])
        return super().default_schema(schema)

    def encode_default(self, dft: object) -> object:
        """Write a default as it stands in the file."""
        return write_duration(dft) if isinstance(dft, timedelta) else super().encode_default(dft)
