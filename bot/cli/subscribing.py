"""The list of feeds as the commands about it find, open and change it."""

import difflib
from collections.abc import Sequence
from pathlib import Path

from bot.cli.check import show
from bot.configuration import locate
from bot.configuration.edition import Edition, opened
from bot.configuration.load import FEEDS
from bot.configuration.read import shown as path_shown
from bot.configuration.save import insist_on_own, insist_on_writable
from bot.configuration.subscriptions import likeness, sound
from bot.errors import DrahtError, UsageError
from bot.feeds.page import shown
from bot.model.feed import Feed
from bot.model.subscription import Subscription
from bot.settings import Settings
from bot.text.hosts import site_of

_MOST_NEAR = 3
_NEAR = 0.5


def listed(settings: Settings) -> Edition:
    """Read feeds.yaml; raises `ConfigurationError` with all its problems."""
    return opened(locate.folder(settings.config, Path.cwd()))


def editable(settings: Settings) -> Edition:
    """Read feeds.yaml to change it; raises `SaveError` where it is not the user's to change."""
    folder = locate.folder(settings.config, Path.cwd())
    if locate.is_lent(folder, settings.config, Path.cwd()):
        insist_on_own(folder)
    edition = opened(folder)
    insist_on_writable(folder / FEEDS)
    return edition


def saved(after: Edition, before: Edition) -> str:
    """Save an edition, show what it newly makes doubtful, and give the file's name for a sentence."""
    after.save(before)
    show(after.new_warnings(before))
    return path_shown(after.path)


def insisted(subscription: Subscription) -> Subscription:
    """Give a subscription as feeds.yaml reads it; raises `UsageError` with what is wrong."""
    read = sound(subscription)
    if isinstance(read, str):
        raise UsageError(read)
    return read


def refuse_known(edition: Edition, url: str) -> None:
    """Raise `DrahtError` where a feed is there already, under this spelling of its address or another."""
    known = next((feed for feed in edition.feeds.feeds if _alike(feed.url, url)), None)
    if known is not None:
        raise DrahtError(f"{path_shown(edition.path)} has it already: {told(known)}")


def wanted(edition: Edition, target: str) -> int:
    """Give the place of the one feed with an address or a name; raises `DrahtError` unless it is one."""
    if not target.strip():
        raise UsageError("no feed is named; give its address or its name")
    feeds = edition.feeds.feeds
    by_address = [i for i, feed in enumerate(feeds) if _alike(feed.url, target)]
    places = (
        [i for i, feed in enumerate(feeds) if feed.url == target]
        or by_address
        or [i for i, feed in enumerate(feeds) if feed.name == target]
        or [i for i, feed in enumerate(feeds) if feed.name.casefold() == target.casefold()]
    )
    if len(places) == 1:
        return places[0]
    if places:
        lines = "".join(f"\n  {told(feeds[place])}" for place in places)
        raise DrahtError(
            f"{shown(target)} is the name of {len(places)} feeds; give the address of one:{lines}"
        )
    near = _near(target, feeds)
    hint = "; near it are:" + "".join(f"\n  {told(feed)}" for feed in near) if near else ""
    raise DrahtError(
        f"{path_shown(edition.path)} has no feed {shown(target)}{hint or ', see: draht feeds list'}"
    )


def told(feed: Feed) -> str:
    """Write a feed for a sentence, without user and password."""
    return f"{feed.name} ({shown(feed.url)})"


def _alike(one: str, other: str) -> bool:
    return likeness(one) == likeness(other) or likeness(shown(one)) == likeness(other)


def _near(target: str, feeds: Sequence[Feed]) -> list[Feed]:
    """Give the feeds that were likely meant, by name, site or address."""
    word = target.casefold()

    def distance(feed: Feed) -> float:
        names = {feed.name.casefold(), site_of(feed.url), shown(feed.url)}
        if any(word in name for name in names):
            return 1.0
        return max(difflib.SequenceMatcher(None, word, name).ratio() for name in names)

    close = sorted(feeds, key=distance, reverse=True)[:_MOST_NEAR]
    return [feed for feed in close if distance(feed) > _NEAR]
