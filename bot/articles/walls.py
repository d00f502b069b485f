"""What stands in place of an article: a paywall, a question for consent, a test for bots, an error.

The words are data (walls.toml); a page is judged by them where it says little else.
"""

import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from bot.articles.head import Declared
from bot.model.article import Article, PageOutcome
from bot.text.fold import fold
from bot.text.hosts import host_of

_FILE = Path(__file__).with_name("walls.toml")
# Characters: a page that guards its site says next to nothing, one that asks says little; what
# a paywall leaves of an article is a teaser.
_NEXT_TO_NOTHING, _LITTLE, _TEASER = 300, 1_200, 2_500
_END = 400  # characters at the end of a text in which a paywall speaks
_ENOUGH_WORDS = 3
_CODE = 300_000  # bytes of a page in which a guard's code is looked for


@dataclass(frozen=True, slots=True)
class _Wall:
    hosts: frozenset[str]
    titles: tuple[str, ...]
    words: tuple[str, ...]
    endings: tuple[str, ...]
    markers: tuple[bytes, ...]


def wall(url: str, html: bytes, head: Declared, article: Article | None) -> PageOutcome | None:
    """Say what a page is instead of an article; None where it is one, or nothing that is known."""
    text = fold(article.text) if article else ""
    title = fold(head.title or (article.title if article else ""))
    little = len(text) < _LITTLE
    guarded = len(text) < _NEXT_TO_NOTHING and _holds_code(html)
    if guarded or (little and _is_called(title, "challenge")):
        return PageOutcome.CHALLENGE
    if _host_asks(host_of(url)) or (little and (_is_called(title, "consent") or _asks(text))):
        return PageOutcome.CONSENT
    if little and _is_called(title, "error"):
        return PageOutcome.NO_ARTICLE
    if not head.is_free or (len(text) < _TEASER and _breaks_off(text)):
        return PageOutcome.PAYWALL
    return None


@cache
def _walls() -> dict[str, _Wall]:
    return {
        name: _Wall(
            hosts=frozenset(entry.get("hosts", ())),
            titles=tuple(map(fold, entry.get("titles", ()))),
            words=tuple(map(fold, entry.get("words", ()))),
            endings=tuple(map(fold, entry.get("endings", ()))),
            markers=tuple(marker.encode() for marker in entry.get("markers", ())),
        )
        for name, entry in tomllib.loads(_FILE.read_text("utf-8")).items()
    }


def _is_called(title: str, kind: str) -> bool:
    return any(title.startswith(words) for words in _walls()[kind].titles)


def _holds_code(html: bytes) -> bool:
    code = html[:_CODE].lower()
    return any(marker in code for marker in _walls()["challenge"].markers)


def _breaks_off(text: str) -> bool:
    return any(words in text[-_END:] for words in _walls()["paywall"].endings)


def _host_asks(host: str) -> bool:
    known = _walls()["consent"].hosts
    return any(host == one or host.endswith(f".{one}") for one in known)


def _asks(text: str) -> bool:
    return sum(words in text for words in _walls()["consent"].words) >= _ENOUGH_WORDS
