"""The body of a feed → stories, or the true reason why not.

    Page → document (encoding) → feedparser → Entry → Story

Pure: the same page, feed and instant give the same stories. One broken entry
never touches the others; it is skipped and counted by reason.
"""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime

import feedparser

from bot.feeds.dates import Moment, plausible, read_date
from bot.feeds.digest import digest
from bot.feeds.entry import Entry, Raw, WrittenDate, read_entry
from bot.feeds.identity import identities
from bot.feeds.languages import language_of
from bot.feeds.page import Page
from bot.feeds.parser import TooManyTagsError, parsed
from bot.feeds.refusals import refused_after_reading, refused_before_reading
from bot.feeds.repair import Document, cut_off, document, with_most_entries, without_impossible_references
from bot.feeds.zones import capital_zones, day_in, local_day
from bot.model.feed import Feed
from bot.model.fetch import Failed, Modified, Refusal, Validators
from bot.model.story import Story
from bot.text.hosts import site_of

NO_WORDS = "no title and no text"
CUT_OFF = "cut off"
TWICE = "twice in the feed"
BROKEN = "broken entry"
BEYOND = "beyond the first 2000"
# The longest real feed known here has 338; the newest stand first by custom.
MOST_ENTRIES = 2_000


@dataclass(frozen=True, slots=True)
class Circumstances:
    """What a reading depends on beside the page and the feed.

    `now` is when it was first seen, `timezone` the watch-list's, `fresh` says
    that this feed was never read before.
    """

    now: datetime
    timezone: str = "Europe/Berlin"
    fresh: bool = False


@dataclass(frozen=True, slots=True)
class _Parsed:
    entries: tuple[Raw, ...]
    version: str
    language: str
    fault: Exception | None
    beyond: int = 0


def decode(page: Page, feed: Feed, circumstances: Circumstances) -> Modified | Failed:
    """Read a page as a feed; never raises, whatever the bytes.

    A page that came incomplete gives no validators, so that the rest is asked for.
    """
    if (refusal := refused_before_reading(page)) is not None:
        return refusal
    try:
        read = _parse(document(page.body, page.content_type))
    except TooManyTagsError:
        return Failed(Refusal.TOO_LARGE, f"{page.url} has more tags than a feed may have")
    except Exception as fault:  # noqa: BLE001 -- feedparser lets faults of any class through; one feed's must stay its own
        return Failed(Refusal.NOT_A_FEED, f"{page.url} cannot be parsed: {type(fault).__name__}")
    severed = (read.fault is not None or not page.whole) and cut_off(page.body)
    raw = read.entries[:-1] if severed else read.entries
    if not raw and (refusal := refused_after_reading(page, read.version, read.fault)) is not None:
        return refusal
    skipped = +Counter({CUT_OFF: int(severed), BEYOND: read.beyond})
    telling = _Telling(feed, circumstances, language_of(read.language))
    stories = tuple(_stories(tuple(_readable(raw, page.url, skipped)), telling, skipped))
    validators = _validators(page, whole=page.whole and not severed)
    return Modified(stories, validators, tuple(sorted(skipped.items())))


def _parse(doc: Document) -> _Parsed:
    body, beyond = with_most_entries(doc.body, MOST_ENTRIES)
    try:
        result = parsed(body, doc.content_type)
    except (ValueError, OverflowError):
        result = parsed(without_impossible_references(body), doc.content_type)
    fault = result.get("bozo_exception") if result.get("bozo") else None
    return _Parsed(
        entries=tuple(result.entries),
        version=result.get("version") or "",
        language=str(dict.get(result.feed, "language") or ""),
        fault=fault if isinstance(fault, Exception) and not _harmless(fault) else None,
        beyond=beyond,
    )


def _harmless(fault: Exception) -> bool:
    return isinstance(fault, feedparser.NonXMLContentType | feedparser.CharacterEncodingOverride)


def _validators(page: Page, *, whole: bool) -> Validators:
    if not whole:
        return Validators(moved_to=page.moved_to)
    return Validators(page.etag, page.last_modified, digest(page.body), page.moved_to)


def _readable(raw: Sequence[Raw], base: str, skipped: Counter[str]) -> Iterator[Entry]:
    for one in raw:
        try:
            entry = read_entry(one, base)
        except (ValueError, TypeError, LookupError, AttributeError, OverflowError):
            skipped[BROKEN] += 1
            continue
        if entry.title or entry.text:
            yield entry
        else:
            skipped[NO_WORDS] += 1


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


def _stories(entries: Sequence[Entry], telling: _Telling, skipped: Counter[str]) -> Iterator[Story]:
    now = telling.circumstances.now
    moments = tuple(_moment(entry.dates, now) for entry in entries)
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
    if written.utc is None:
        return None
    try:
        return Moment(datetime(*written.utc, tzinfo=UTC))
    except ValueError:
        return None


def _outlet(entry: Entry, feed: Feed) -> str:
    """Give the outlet that an aggregator names; a feed of its own has the name that the editor gave."""
    if not entry.outlet or site_of(entry.outlet_url) == site_of(feed.url) != "":
        return feed.name
    return entry.outlet
