"""Words of a user's file, made fit for a sentence on a terminal."""

import difflib
import re
from collections.abc import Iterable
from functools import lru_cache

# Also where a slash is missing, or a password holds "/", "?" or "#" as they are.
_CREDENTIALS = re.compile(
    r"(?<=//)[^/\s?#]*@"
    r"|(?<=//)[^/\s?#@:\"'\[]{0,99}:(?!\d{0,5}(?:[/?#\s\"']|$))[^\s\"']{0,200}@"
    r"|(?:(?<=https:)|(?<=http:))(?:/|\\+)?(?![/\\])[^\s\"']{1,200}@",
    re.IGNORECASE,
)
_SERVICE = re.compile(r"((?:^|[\s{,\"'])service[\"']?\s*:\s*[\"']?[A-Za-z][A-Za-z0-9+.-]*://)(\S*)")
# The address of a service in the wrong place; those of feeds and databases are no secrets but for a password.
_ELSEWHERE = re.compile(
    r"(?<![\w+.-])(?!(?:https?|feed|ftp|file|sqlite|postgres[a-z+]*):)"
    r"([A-Za-z][A-Za-z0-9+.-]*://)([^\s\"',}\]]+)",
    re.IGNORECASE,
)
_LONGEST = 60
_NEAR = 0.7


def redacted(text: str) -> str:
    """Hide the name and password of a URL and all of a service's address, keeping every offset."""
    for address in (_SERVICE, _ELSEWHERE):
        text = address.sub(lambda found: found[1] + "•" * len(found[2]), text)
    return _CREDENTIALS.sub(lambda found: "•" * (len(found[0]) - 1) + "@", text)


def printable(text: str) -> str:
    """Spell out what a terminal would obey or could not show."""
    return "".join(c if c.isprintable() else c.encode("unicode_escape").decode() for c in text)


def quoted(text: str) -> str:
    """Put a user's words in quotes: short, printable, without credentials."""
    shown = printable(redacted(text))
    return f'"{shown}"' if len(shown) <= _LONGEST else f'"{shown[: _LONGEST - 1]}…"'


def closest(word: str, options: Iterable[str]) -> str | None:
    """Give the option that was most likely meant, if any is near."""
    return _closest(word.casefold()[:_LONGEST], tuple(options))


@lru_cache(maxsize=8192)
def _closest(folded: str, options: tuple[str, ...]) -> str | None:
    by_folded = {option.casefold(): option for option in options}
    near = difflib.get_close_matches(folded, by_folded, n=1, cutoff=_NEAR)
    return by_folded[near[0]] if near else None


def meant(word: str, options: Iterable[str]) -> str | None:
    """Ask whether the nearest option was meant, as a hint."""
    option = closest(word, options)
    return None if option is None else f'did you mean "{option}"?'
