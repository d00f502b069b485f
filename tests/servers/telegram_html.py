"""Telegram's own parser (TDLib, offline) as the judge of every post.

`parse` does what Telegram does with `parse_mode=HTML`; `assert_valid_post`
says whether a post is as it should be for a channel: parsed without an error,
nothing of its formatting dropped, within the limits (DELIVERY.md §2).
"""

import json
import re
from collections import Counter
from dataclasses import dataclass
from typing import Any

from tdjson import td_execute

TEXT_LIMIT = 1024
"""UTF-16 units after parsing: a caption's limit, so that a picture can join later."""
ENTITY_LIMIT = 100
"""More entities are dropped by the server without a word."""

_OPENING_TAG = re.compile(r"<[a-z]", re.IGNORECASE)
_MARKDOWN = re.compile(r"[*_~|`\[\]()]")


class RefusedHtmlError(ValueError):
    """Telegram would answer 400 with this text."""


@dataclass(frozen=True, slots=True)
class Entity:
    """A formatted piece; offset and length are UTF-16 units."""

    offset: int
    length: int
    kind: str
    detail: str = ""


@dataclass(frozen=True, slots=True)
class Parsed:
    """What stands in the channel: plain text and its formatting."""

    text: str
    entities: tuple[Entity, ...]


def _execute(request: dict[str, Any]) -> dict[str, Any]:
    answer: dict[str, Any] = json.loads(td_execute(json.dumps(request).encode()) or b"null")
    return answer


_execute({"@type": "setLogVerbosityLevel", "new_verbosity_level": 0})


def _entity(raw: dict[str, Any]) -> Entity:
    kind = dict(raw["type"])
    name = str(kind.pop("@type")).removeprefix("textEntityType")
    detail = str(kind.get("url") or (json.dumps(kind, sort_keys=True) if kind else ""))
    return Entity(int(raw["offset"]), int(raw["length"]), name, detail)


def units(text: str) -> int:
    """Count a text in UTF-16 units, as Telegram's offsets do."""
    return len(text.encode("utf-16-le")) // 2


def _raw_parse(html: str) -> dict[str, Any]:
    mode = {"@type": "textParseModeHTML"}
    answer = _execute({"@type": "parseTextEntities", "text": html, "parse_mode": mode})
    if answer["@type"] == "error":
        raise RefusedHtmlError(answer["message"])
    return answer


def _cleaned(raw: dict[str, Any]) -> dict[str, Any]:
    """Let TDLib drop what its sender drops; parseMarkdown does that, once its own signs are masked."""
    masked = raw | {"text": _MARKDOWN.sub("x", raw["text"])}
    answer = _execute({"@type": "parseMarkdown", "text": masked})
    if answer["@type"] == "error":
        raise RefusedHtmlError(answer["message"])
    return answer


def _trimmed(text: str, entities: tuple[Entity, ...]) -> Parsed:
    lead = units(text) - units(text.lstrip())
    shown = text.strip()
    end = units(shown)
    moved = (
        Entity(max(e.offset - lead, 0), min(e.offset - lead + e.length, end) - max(e.offset - lead, 0), *kind)
        for e in entities
        for kind in [(e.kind, e.detail)]
    )
    return Parsed(shown, tuple(e for e in moved if e.length > 0))


def _clean_text(text: str) -> str:
    """Write control characters as TDLib's cleaning does: to blanks, or away."""
    text = re.sub("[\r\u2028-\u202e]", "", text)
    return re.sub(r"[\x00-\x09\x0b-\x1f]", " ", text)


def parse(html: str) -> Parsed:
    """Parse and clean as the server does; RefusedHtmlError carries its text."""
    raw = _raw_parse(html)
    cleaned = _cleaned(raw)
    entities = tuple(_entity(entity) for entity in cleaned["entities"])
    return _trimmed(_clean_text(raw["text"]), entities[:ENTITY_LIMIT])


def _coverage(raw: dict[str, Any]) -> Counter[tuple[str, int]]:
    units_of = raw["text"].encode("utf-16-le")
    return Counter(
        (entity.kind, at)
        for entity in (_entity(e) for e in raw["entities"])
        for at in range(entity.offset, entity.offset + entity.length)
        if units_of[2 * at : 2 * at + 2].decode("utf-16-le", "replace").strip()
    )


def faults(html: str, limit: int = TEXT_LIMIT) -> list[str]:
    """List what Telegram would refuse, drop or cut of this post."""
    try:
        raw = _raw_parse(html)
        cleaned = _cleaned(raw)
    except RefusedHtmlError as refusal:
        return [str(refusal)]
    found = []
    if not raw["text"].strip():
        found.append("the post is empty")
    if _clean_text(raw["text"]) != raw["text"]:
        found.append("control or direction characters would be changed")
    if (length := units(raw["text"])) > limit:
        found.append(f"{length} UTF-16 units, {limit} are allowed")
    if (count := len(raw["entities"])) > ENTITY_LIMIT:
        found.append(f"{count} entities, the server keeps {ENTITY_LIMIT}")
    if (tags := len(_OPENING_TAG.findall(html))) != count:
        found.append(f"{tags} tags made {count} entities: some were empty, dead links or unknown")
    lost = _coverage(raw) - _coverage(cleaned)
    found += sorted({f"formatting dropped: {kind}" for kind, _ in lost})
    return found


def assert_valid_post(html: str, limit: int = TEXT_LIMIT) -> None:
    """Fail unless Telegram shows this post whole: no error, nothing dropped, within the limits."""
    found = faults(html, limit)
    assert not found, "; ".join(found) + f"\n{html}"
