"""What a configuration watches, in a few lines."""

from collections.abc import Iterator

from bot.cli.wording import count, shortened, written
from bot.configuration import Configuration
from bot.model.watchlist import Ring, Watch, WatchList

_LONGEST_QUERY = 160  # characters shown


def summary(configuration: Configuration) -> Iterator[str]:
    """Say what is read and what is listened for, one line for each watch."""
    feeds = configuration.feeds
    awake, asleep = len(feeds.enabled()), len(feeds.feeds) - len(feeds.enabled())
    resting = f" ({asleep} more disabled)" if asleep else ""
    yield f"{count(awake, 'feed')}{resting} in {count(len(languages(configuration)), 'language')}"
    yield rhythm(configuration.watchlist)
    for watch in configuration.watchlist.watches:
        yield f"  {watch.name}: {described(watch)}"


def languages(configuration: Configuration) -> frozenset[str]:
    """Give the languages that the enabled feeds are told to be in."""
    return frozenset(feed.language for feed in configuration.feeds.enabled() if feed.language)


def rhythm(watchlist: WatchList) -> str:
    """Say how many watches there are, in which language posts are and what is too old to ring."""
    revision = f" (revision {watchlist.revision})" if watchlist.revision else ""
    return (
        f"{count(len(watchlist.watches), 'watch', 'watches')}, posts in {watchlist.language}, "
        f"days in {watchlist.timezone}, nothing older than {written(watchlist.max_age)}{revision}"
    )


def described(watch: Watch) -> str:
    """Say in words what a watch listens for."""
    if watch.ring is Ring.STORIES:
        return f"every story {_asked(watch) or 'with anything'}{_without(watch)}"
    parties = ", ".join(party.person or str(party.office) for party in watch.parties)
    media = " by " + " or ".join(sorted(watch.media)) if watch.media else ""
    asked = _asked(watch)
    words = f" in stories {asked}" if asked else ""
    return f"contacts of {parties or 'any defence ministers'}{media}{words}{_without(watch)}"


def _asked(watch: Watch) -> str:
    """Say what a story must hold; nothing where it may hold anything."""
    words = f"with {any_of(watch.keywords)}" if watch.keywords else ""
    query = f"that fit {shortened(str(watch.query), _LONGEST_QUERY)}" if watch.query else ""
    return ", or ".join(filter(None, (words, query)))


def any_of(words: tuple[str, ...]) -> str:
    """Write a list of which any will do."""
    return " or ".join(words) or "anything"


def _without(watch: Watch) -> str:
    return f", without {any_of(watch.exclude)}" if watch.exclude else ""
