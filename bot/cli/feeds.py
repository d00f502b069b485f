"""`draht feeds`: the list of feeds, read and changed without an editor's hand."""

import asyncio
import sys
from typing import TYPE_CHECKING, Annotated

import typer

from bot.cli.output import answer, complain, say
from bot.cli.progress import progress
from bot.errors import DrahtError

if TYPE_CHECKING:
    from bot.cli.importing import Sorted
    from bot.configuration.edition import Edition
    from bot.feeds.discover import Discovery, FoundFeed
    from bot.model.fetch import Failed
    from bot.model.subscription import Subscription

AsJson = Annotated[bool, typer.Option("--json", help="Print JSON, for programs.")]
Address = Annotated[str, typer.Argument(metavar="URL", help="Address of a feed, or of a page with feeds.")]
Opml = Annotated[str, typer.Argument(metavar="FILE|-", help="A list in OPML; - for input.")]


def list_feeds(as_json: AsJson = False) -> None:
    """List the feeds of the configuration.

    With name, language, country, time between two looks, whether it is
    enabled, and address; --json prints one line a feed.

    Example: draht feeds list
    """
    from bot import settings as environment
    from bot.cli import feedtable
    from bot.cli.subscribing import listed

    feeds = listed(environment.load()).feeds.feeds
    if as_json:
        for line in feedtable.answers(feeds):
            answer(line)
    elif feeds:
        print(feedtable.table(feeds))
    else:
        say("no feed is listed; add one with: draht feeds add URL")


def add(  # noqa: PLR0913, PLR0917 -- an option each
    url: Address,
    name: Annotated[
        str | None, typer.Option("--name", help="What posts call it; its own title by default.")
    ] = None,
    language: Annotated[
        str | None, typer.Option("--language", help="ISO 639-1 code of its stories, e.g. de.")
    ] = None,
    country: Annotated[str | None, typer.Option("--country", help="ISO 3166-1 code, e.g. DE.")] = None,
    interval: Annotated[
        str | None, typer.Option("--interval", help="Time between two looks, e.g. 5m.")
    ] = None,
    unchecked: Annotated[
        bool, typer.Option("--unchecked", help="Add the address without asking it.")
    ] = False,
) -> None:
    """Add a feed to feeds.yaml.

    Asks the address once. Name and language are those that the feed tells,
    unless they are given. Of an ordinary page the one feed is added; where it
    has several, they are named and nothing is added. Everything else in the
    file stays as it is.

    Example: draht feeds add https://rss.orf.at/news.xml --country AT
    """
    from bot import settings as environment
    from bot.cli.subscribing import editable, insisted, refuse_known, saved
    from bot.feeds.links import without_feed_scheme
    from bot.feeds.page import shown
    from bot.feeds.pointers import TELEGRAM, is_telegram
    from bot.model.subscription import Subscription

    url = without_feed_scheme(url)
    given = insisted(Subscription(url, name, language, country, interval))
    if is_telegram(url):
        raise DrahtError(f"{shown(url)} is not added: {TELEGRAM}")
    before = editable(environment.load())
    refuse_known(before, given.url)
    new, about = (given, "not asked") if unchecked else _asked(given, before)
    after = before.with_added([new])
    file = saved(after, before)
    say(f"added to {file}: {after.feeds.feeds[-1].name} ({shown(new.url)})\n  {about}")


def _asked(given: "Subscription", edition: "Edition") -> "tuple[Subscription, str]":
    """Ask the address; give the feed to add and a line about it, or raise `DrahtError`."""
    from bot.cli import discovery
    from bot.cli.subscribing import refuse_known
    from bot.feeds.page import shown
    from bot.model.fetch import Failed

    found = _discovered(given.url, edition)
    if isinstance(found, Failed):
        raise DrahtError(f"{found.detail}; nothing is added (--unchecked adds it nevertheless)")
    chosen = _the_one(found)
    if chosen is None and not found.feeds:
        raise DrahtError(f"{discovery.nothing(given.url, found)}\nnothing is added")
    if chosen is None:
        for line in discovery.lines(given.url, found):
            say(line)
        raise DrahtError(f"nothing is added; choose one: draht feeds add {shown(found.feeds[0].url)}")
    refuse_known(edition, chosen.url)
    return _completed(given, chosen), discovery.described(chosen)


def _the_one(found: "Discovery") -> "FoundFeed | None":
    """Give the only feed; a sitemap, or a feed of comments, counts where there is nothing else."""
    from bot.feeds.pointers import Origin

    feeds = [feed for feed in found.feeds if feed.origin is not Origin.SITEMAP] or found.feeds
    # WordPress declares a feed of its readers' comments beside that of its articles.
    articles = [feed for feed in feeds if "/comments/" not in feed.url] or feeds
    return articles[0] if len(articles) == 1 else None


def _completed(given: "Subscription", found: "FoundFeed") -> "Subscription":
    """Fill in what was not given from what the feed tells; a name that cannot be written is left out."""
    from dataclasses import replace

    from bot.cli.wording import shortened
    from bot.configuration.subscriptions import sound

    language = given.language or found.portrait.language
    bare = replace(given, url=found.url, language=language)
    name = given.name or (shortened(found.portrait.title, 80) if found.portrait.title else None)
    named = sound(replace(bare, name=name))
    return bare if isinstance(named, str) else named


def remove(
    target: Annotated[str, typer.Argument(metavar="URL|NAME", help="Address or name of the feed.")],
) -> None:
    """Remove a feed from feeds.yaml.

    The comments that are indented below it go too; everything else in the file
    stays as it is, and so does what is stored of its stories.

    Example: draht feeds remove tagesschau
    """
    from bot import settings as environment
    from bot.cli.subscribing import editable, saved, told, wanted

    before = editable(environment.load())
    place = wanted(before, target)
    file = saved(before.without(place), before)
    say(f"removed from {file}: {told(before.feeds.feeds[place])}")


def import_feeds(file: Opml, as_json: AsJson = False) -> None:
    """Add the feeds of an OPML file to feeds.yaml.

    Asks none of them. Leaves out what is there already, and says of each that
    cannot be a feed why, and of a list that breaks off that it does; then ends
    with 1. Folders of the list are not kept.

    Example: draht feeds import subscriptions.opml
    """
    from bot import settings as environment
    from bot.cli import importing
    from bot.cli.subscribing import editable, saved
    from bot.configuration.read import shown
    from bot.feeds.opml import breaks_off, read_opml

    before = editable(environment.load())
    name = "standard input" if file == "-" else file
    content = importing.content_of(file)
    sorted_out = importing.sort_out(read_opml(content, name), before)
    if sorted_out.added:
        saved(before.with_added(sorted_out.added), before)
    _tell_import(sorted_out, shown(before.path), name, as_json=as_json)
    if cut := breaks_off(content):
        complain(
            f"{name} ends before </opml>: what came after is missing; fetch it again and import it again"
        )
    if cut or sorted_out.refused or not sorted_out.any:
        raise SystemExit(1)


def _tell_import(found: "Sorted", config: str, file: str, *, as_json: bool) -> None:
    from bot.cli import importing

    if as_json:
        answer(importing.answer(found))
        return
    for line in importing.lines(found, config, file):
        say(line)
    for line in importing.complaints(found, file):
        complain(line)


def export() -> None:
    """Print the feeds as OPML 2.0.

    For other programs, and for draht feeds import. Users and passwords in
    addresses are left out.

    Example: draht feeds export > feeds.opml
    """
    from dataclasses import replace

    from bot import settings as environment
    from bot.cli.subscribing import listed
    from bot.feeds.opml import written_opml
    from bot.feeds.page import shown

    edition = listed(environment.load())
    bare = [replace(one, url=shown(one.url)) for one in edition.subscriptions]
    sys.stdout.buffer.write(written_opml(bare))
    sys.stdout.buffer.flush()
    for one, safe in zip(edition.subscriptions, bare, strict=True):
        if one.url != safe.url:
            complain(f"{safe.url} is printed without its user and password")


def discover(url: Address, as_json: AsJson = False) -> None:
    """Find the feeds of a page.

    Looks at what the page declares and links, at the usual places and at the
    site's news sitemaps, asks each once, one after another, and says what it
    holds. Changes nothing. Ends with 1 where no feed was found.

    Example: draht feeds discover https://www.tagesschau.de/
    """
    from bot import settings as environment
    from bot.cli import discovery
    from bot.cli.subscribing import insisted, listed
    from bot.feeds.links import without_feed_scheme
    from bot.model.fetch import Failed
    from bot.model.subscription import Subscription

    url = without_feed_scheme(url)
    insisted(Subscription(url))
    found = _discovered(url, listed(environment.load()))
    if as_json:
        answer(discovery.answer(url, found))
    if isinstance(found, Failed):
        raise DrahtError(found.detail)
    if not found.feeds:
        raise DrahtError(discovery.nothing(url, found))
    for line in discovery.lines(url, found) if not as_json else ():
        say(line)


def _discovered(url: str, edition: "Edition") -> "Discovery | Failed":
    from bot.clock import SystemClock
    from bot.feeds.discover import discover as search

    with progress("asking", None) as done:
        return asyncio.run(search(url, edition.feeds.allow_private, SystemClock().now, done))
