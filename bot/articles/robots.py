"""Whether a site lets Draht read a page: its robots.txt (RFC 9309), asked for once a day."""

import asyncio
import codecs
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import Enum
from http import HTTPStatus
from urllib.parse import urlsplit

from bot.feeds.fetch import Fetcher
from bot.feeds.page import Ask, Page
from bot.model.fetch import Failed, Refusal, Unchanged

AGENT = "Draht"
_LONGEST = 500_000  # bytes read (RFC 9309 asks for 512,000 at least)
_FRESH = timedelta(days=1)
_SOON = timedelta(minutes=30)  # until a site that could not be asked is asked again
_MOST_SITES = 2_000


class Leave(Enum):
    """Whether a page may be read; UNKNOWN is no for now."""

    GIVEN = "given"
    REFUSED = "refused"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class _Rules:
    """What a site says; `text` is None where it could not be asked."""

    text: str | None
    until: datetime


class Robots:
    """Remembers the rules of sites, for as long as the process lives."""

    def __init__(self, fetcher: Fetcher) -> None:
        self._fetcher = fetcher
        self._sites: dict[str, _Rules] = {}

    async def leave(self, url: str, now: datetime) -> Leave:
        """Say whether a page may be read; a site without rules (4xx) lets everything be read."""
        site = _site(url)
        rules = self._sites.get(site)
        if rules is None or not now < rules.until <= now + _FRESH:
            rules = _rules(await self._fetcher.get(Ask(f"{site}/robots.txt", now)), now)
            self._keep(site, rules)
        if rules.text is None:
            return Leave.UNKNOWN
        # In a thread: 500 kB of wildcards take over a second, in which everybody else would wait.
        return Leave.GIVEN if await asyncio.to_thread(_allowed, rules.text, url) else Leave.REFUSED

    def _keep(self, site: str, rules: _Rules) -> None:
        """Remember the rules of a site in place of the oldest."""
        self._sites.pop(site, None)
        self._sites[site] = rules
        if len(self._sites) > _MOST_SITES:
            del self._sites[next(iter(self._sites))]


def _site(url: str) -> str:
    parts = urlsplit(url)
    return f"{parts.scheme}://{parts.netloc}"


def _rules(reply: Page | Unchanged | Failed, now: datetime) -> _Rules:
    match reply:
        case Page() as page:
            return _Rules(_words(page.body[:_LONGEST]), now + _FRESH)
        case Failed(refusal=Refusal.GONE):
            return _Rules("", now + _FRESH)
        case Failed(status=int(status)) if _is_unavailable(status):
            return _Rules("", now + _FRESH)
        case _:
            return _Rules(None, now + _SOON)


def _words(body: bytes) -> str:
    """Decode rules: a mark at their beginning belongs to none of them, and Windows writes UTF-16, too."""
    wide = body.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE))
    return body.decode("utf-16" if wide else "utf-8-sig", "replace")


def _is_unavailable(status: int) -> bool:
    """Whether a status says that there are no rules; "too many requests" is none of them."""
    within = HTTPStatus.BAD_REQUEST <= status < HTTPStatus.INTERNAL_SERVER_ERROR
    return within and status != HTTPStatus.TOO_MANY_REQUESTS


def _allowed(rules: str, url: str) -> bool:
    from protego import Protego  # noqa: PLC0415  only who reads pages pays for it

    return bool(Protego.parse(rules).can_fetch(url, AGENT))
