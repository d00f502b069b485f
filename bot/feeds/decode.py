"""The body of a feed → stories, or the true reason why not.

    Page → document (encoding) → RSS, RDF, Atom | JSON Feed | news sitemap → Entry → Story

Pure: the same page, feed and circumstances give the same stories. One broken
entry never touches the others; it is skipped and counted by reason.
"""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

from bot.feeds.dates import Moment, plausible, read_date
from bot.feeds.digest import digest
from bot.feeds.entry import Entry, WrittenDate
from bot.feeds.identity import identities
from bot.feeds.json_feed import looks_like_json, read_json_feed
from bot.feeds.languages import language_of
from bot.feeds.page import Page
from bot.feeds.reading import Reading
from bot.feeds.refusals import refused_before_reading
from bot.feeds.repair import document
from bot.feeds.sitemap import read_sitemap, root_of_sitemap
from bot.feeds.syndicated import read_syndicated
from bot.feeds.zones import capital_zones, day_in, local_day
from bot.model.feed import Feed
from bot.model.fetch import Failed, Modified, Validators
from bot.model.story import Story
from bot.text.hosts import site_of

TWICE = "twice in the feed"
_NUMBER = re.compile(r"(?<!\d)\d{1,4}(?!\d)")


@dataclass(frozen=True, slots=True)
class Circumstances:
    """What a reading depends on beside the page and the feed.

    `now` is when it was first seen, `timezone` the watch-list's, `fresh` says
    that this feed was never read before. `seen` are the `Modified.blocks` of
    its last look: what they stand for need not be told again. `digest` is the
    page's, where it is known already.
    """

    now: datetime
    timezone: str = "Europe/Berlin"
    fresh: bool = False
    seen: bytes = b""
    digest: str | None = None


def decode(page: Page, feed: Feed, circumstances: Circumstances) -> Modified | Failed:
    """Read a page as a feed; never raises, whatever the bytes.

    A page that came incomplete gives no validators, so that the rest is asked for.
    """
    if (refusal := refused_before_reading(page)) is not None:
        return refusal
    read = _read(page, feed, circumstances.seen)
    if isinstance(read, Failed):
        return read
    telling = _Telling(feed, circumstances, language_of(read.language))
    moments = tuple(_moment(entry.dates, circumstances.now) for entry in read.entries)
    skipped = Counter(dict(read.skipped))
    stories = tuple(_stories(read.entries, moments, telling, skipped))
    return Modified(
        stories,
        _validators(page, circumstances.digest, whole=page.whole and read.whole),
        tuple(sorted(skipped.items())),
        wishes=read.wishes,
        blocks=read.blocks,
        entries=read.count,
        newest=max((moment.instant for moment in moments if moment), default=None),
    )


def _read(page: Page, feed: Feed, seen: bytes) -> Reading | Failed:
    settled = document(page.body, page.content_type)
    if looks_like_json(settled.body):
        return read_json_feed(page, settled.body)
    if root_of_sitemap(settled.body) is not None:
        return read_sitemap(page, settled)
    return read_syndicated(page, settled, seen, feed.url)


def _validators(page: Page, known: str | None, *, whole: bool) -> Validators:
    if not whole:
        return Validators(moved_to=page.moved_to)
    return Validators(page.etag, page.last_modified, known or digest(page.body), page.moved_to)


@dataclass(frozen=True, slots=True)
class _Telling:
    """Who tells the stories of one page, and when it was read."""

    feed: Feed
    circumstances: Circumstances
    language: str | None

    def story(self, entry: Entry, moment: Moment | None, identity: str) -> Story:
        now, zone = self.circumstances.now, self.circumstances.timezone
        country = self.feed.country
        first_seen = day_in(now, capital_zones().get(country or "", zone))
        return Story(
            id=identity,
            feed=self.feed.url,
            source=_outlet(entry, self.feed),
            url=entry.url,
            title=entry.title,
            text=entry.text,
            language=self.feed.language or entry.language or self.language,
            country=country,
            instant=moment.instant if moment else now,
            day=local_day(moment, country, zone) if moment else first_seen,
            dated=moment is not None,
            fresh_feed=self.circumstances.fresh,
        )


def _stories(
    entries: Sequence[Entry], moments: Sequence[Moment | None], telling: _Telling, skipped: Counter[str]
) -> Iterator[Story]:
    days: tuple[date | None, ...] = tuple(moment.instant.date() if moment else None for moment in moments)
    seen: set[str] = set()
    ids = identities(entries, days, telling.feed.url)
    for entry, moment, identity in zip(entries, moments, ids, strict=True):
        if identity in seen:
            skipped[TWICE] += 1
            continue
        seen.add(identity)
        yield telling.story(entry, moment, identity)


def _moment(dates: Sequence[WrittenDate], now: datetime) -> Moment | None:
    """Give the first date that can be read and can be true."""
    moments = (read_date(written.text) or _as_feedparser_read(written) for written in dates)
    return next((moment for moment in moments if moment and plausible(moment.instant, now)), None)


def _as_feedparser_read(written: WrittenDate) -> Moment | None:
    """Believe feedparser where year and day stand there; it makes 2025-01-01 of "2024-13-01"."""
    if written.utc is None:
        return None
    try:
        instant = datetime(*written.utc, tzinfo=UTC)
        return Moment(instant) if _is_written(instant, written.text) else None
    except (ValueError, OverflowError):
        return None


def _is_written(instant: datetime, text: str) -> bool:
    numbers = {int(number) for number in _NUMBER.findall(text)}
    nearby = (-1, 0, 1) if ":" in text else (0,)  # what has a zone may fall on another day in UTC
    days = (instant + timedelta(days=days) for days in nearby)
    return any(day.day in numbers and not numbers.isdisjoint((day.year, day.year % 100)) for day in days)


def _outlet(entry: Entry, feed: Feed) -> str:
    """Give the outlet that an aggregator names; a feed of its own has the name that the editor gave."""
    if not entry.outlet or site_of(entry.outlet_url) == site_of(feed.url) != "":
        return feed.name
    return entry.outlet
