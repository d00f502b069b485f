"""What each kind of value looks like from outside: for a JSON Schema, what its validator is for Draht.

A shape refuses only what the validator refuses too. It leaves to `draht check`
what needs more than the text: names of people, zones and chats, a query's
grammar, the largest length of time. Patterns are read alike by Python and by
ECMA 262, which JSON Schema means: classes are spelt out, and nothing is
compared without regard to case by a flag.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from itertools import groupby

from pydantic import JsonValue, WithJsonSchema

_HOUR = "(?:[01]?[0-9]|2[0-3]):[0-5][0-9]"
_CHAT = "(?:@[A-Za-z][A-Za-z0-9_]{0,31}|-?[0-9]{1,16})(?:/[1-9][0-9]{0,9})?"
_ENVIRONMENT = "env:[A-Z][A-Z0-9_]{0,63}"
_LARGEST_CHAT = 10**16 - 1


def text(pattern: str, wrong: str, *examples: str) -> WithJsonSchema:
    """Describe text; a pattern is sought anywhere unless it holds ^ and $.

    `wrong` is what VS Code and yaml-language-server say instead of quoting the pattern.
    """
    described: dict[str, JsonValue] = {"type": "string", "pattern": pattern, "patternErrorMessage": wrong}
    return WithJsonSchema(described | ({"examples": list(examples)} if examples else {}))


@dataclass(frozen=True, slots=True)
class Words:
    """One of a few known words, spelt just so; which ones is asked only for a schema."""

    known: Callable[[], Iterable[str]]

    def __get_pydantic_json_schema__(self, _schema: object, _handler: object) -> dict[str, JsonValue]:
        """Describe it."""
        return {"type": "string", "enum": list(self.known())}


@dataclass(frozen=True, slots=True)
class Codes:
    """One of many codes of two letters, in any case, the usual spelling first; asked only for a schema."""

    known: Callable[[], Iterable[str]]
    examples: tuple[str, ...]

    def __get_pydantic_json_schema__(self, _schema: object, _handler: object) -> dict[str, JsonValue]:
        """Describe it."""
        usual = sorted(self.known())
        groups = groupby(usual, lambda code: code[0])
        each = (_in_any_case(first) + f"[{''.join(map(_both, codes))}]" for first, codes in groups)
        any_case = f"^(?:{'|'.join(each)})$"
        return {
            "type": "string",
            "anyOf": [{"enum": list(usual)}, {"pattern": any_case}],
            "examples": list(self.examples),
        }


def weekly(days: Iterable[str]) -> WithJsonSchema:
    """Describe a time of the week; a day is also a number from 0 to 7."""
    day = f"(?:{'|'.join(map(_in_any_case, sorted(days)))}|0*[0-7])"
    fields = rf"[0-5]?[0-9]\s+(?:[01]?[0-9]|2[0-3])\s+\*\s+\*\s+{day}"
    pattern = rf"^\s*(?:{day}[.,]?\s+{_HOUR}|{fields})\s*$"
    return text(pattern, 'write a day and a time, e.g. "Mon 07:00"', "Mon 07:00", "0 7 * * mon")


def one_of_keys(*keys: str) -> dict[str, JsonValue]:
    """Insist on one of some keys, and no second one."""
    return {"oneOf": [{"required": [key]} for key in keys]}


def alone(*spellings: str) -> dict[str, JsonValue]:
    """Let a word of a list, in any of its spellings, stand beside no other."""
    each = (r"\s+".join(map(_in_any_case, spelling.split())) for spelling in spellings)
    return {
        "if": {"contains": {"type": "string", "pattern": rf"^\s*(?:{'|'.join(each)})\s*$"}},
        "then": {"maxItems": 1},
    }


def _in_any_case(word: str) -> str:
    return "".join(f"[{sign.upper()}{sign.lower()}]" for sign in word)


def _both(code: str) -> str:
    return code[1].upper() + code[1].lower()


PHRASE = text(r"\S", "this text is empty")
# At least one sign that is neither blank nor of ASCII's or General Punctuation's signs.
WORD = text("[^\\s!-/:-@\\[-`{-~\u2010-\u2027]", "no letter or digit: this would never be found")
DURATION = text(
    r"^\s*0*[1-9][0-9]{0,8}\s*[smhd]\s*$",
    "write a number and s, m, h or d, e.g. 10m",
    "90s",
    "10m",
    "2h",
    "3d",
)
DAY = WithJsonSchema(
    {
        "type": ["string", "null"],
        "format": "date",
        "pattern": "^(?!0000)[0-9]{4}-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12][0-9]|3[01])$",
        "patternErrorMessage": "write YYYY-MM-DD, e.g. 2026-01-31",
        "examples": ["2026-01-31"],
    }
)
TIMEZONE = text(
    "^[A-Za-z0-9_+-]+(?:/[A-Za-z0-9_+-]+)*$",
    "write a time zone, e.g. Europe/Berlin",
    "Europe/Berlin",
    "Europe/Kyiv",
)
QUIET = text(rf"^\s*{_HOUR}\s*[-\u2013]\s*{_HOUR}\s*$", 'write "23:00-06:30"', "23:00-06:30")
SERVICE = text(
    rf"^\s*(?:{_ENVIRONMENT}|(?!env:)[A-Za-z][A-Za-z0-9+.-]*://\S+)\s*$",
    "write env:NAME, an Apprise address or one of https://",
    "env:DRAHT_PHONE",
    "https://example.org/draht",
)
VARIABLE = text(
    rf"^\s*{_ENVIRONMENT}\s*$", "write env:NAME in capitals, e.g. env:DRAHT_HOOK", "env:DRAHT_HOOK_SECRET"
)
URL = text(
    r"^[Hh][Tt][Tt][Pp][Ss]?://[^\s/?#]\S*$",
    "write the address in full, with https:// or http://",
    "https://www.tagesschau.de/index~rss2.xml",
)
NETWORK = text(
    r"^[0-9A-Fa-f:.]+(?:%[^/%]+)?(?:/[0-9.]+)?$", "write it in CIDR form, e.g. 127.0.0.0/8", "127.0.0.0/8"
)
CONTACT = text(r"\S", "this text is empty", "any defence minister", "US defence minister", "Boris Pistorius")
QUERY = text(
    r"\S",
    "this query is empty",
    'office:"US defence minister" NEAR/20 (telefon* OR call) AND NOT title:Interview',
    "Taurus AND (Lieferung OR deliver*)",
)
CHANNEL = WithJsonSchema(
    {
        "anyOf": [
            {
                "type": "string",
                "pattern": f"^(?:{_CHAT}|[A-Za-z][A-Za-z0-9_-]{{0,31}})$",
                "patternErrorMessage": 'write "@name", a number such as -1001234567890, or a service',
            },
            {"type": "integer", "minimum": -_LARGEST_CHAT, "maximum": _LARGEST_CHAT},
        ],
        "examples": ["@draht", "@forum/17", "default", -1001234567890],
    }
)

# A chat is no service and has none; any other channel needs one, and a webhook a secret for it.
CHANNEL_ENTRY: dict[str, JsonValue] = {
    "if": {"properties": {"name": {"anyOf": [{"type": "integer"}, {"pattern": f"^(?:{_CHAT}|default)$"}]}}},
    "then": {"properties": {"service": False}},
    "else": {"required": ["service"]},
    "allOf": [
        {
            "if": {"required": ["service"], "properties": {"service": {"pattern": "^https?://"}}},
            "then": {"required": ["secret"]},
        }
    ],
    "dependentRequired": {"secret": ["service"]},
}
