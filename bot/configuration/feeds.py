"""config/feeds.yaml: which feeds are asked, and how often."""

import ipaddress
import re
from collections.abc import Iterator
from datetime import timedelta
from typing import Annotated, ClassVar
from urllib.parse import SplitResult, urlsplit, urlunsplit

from pydantic import BeforeValidator, Field, PlainValidator

from bot.configuration import shapes
from bot.configuration.quote import quoted
from bot.configuration.strict import Strict, refuse, validate
from bot.configuration.tree import Document, Listing, Loc, Node, Scalar, at, child, key_place
from bot.configuration.values import CountryCode, Duration, Language, Phrase, text_of
from bot.errors import Problem, Severity
from bot.model.feed import Feed, FeedList
from bot.model.subscription import Subscription
from bot.text.hosts import host_of, site_of

_PORTS = {"http": 80, "https": 443}
_SPACE = re.compile(r"[\s\x00-\x1f\x7f]")
_NO_HOST = "write it in full, e.g. https://www.tagesschau.de/index~rss2.xml"


def read_url(value: object) -> str:
    """Read the address of a feed; it is kept as written."""
    text = text_of(value, "a URL")
    if _SPACE.search(text):
        refuse(f"{quoted(text)} has a blank or control character in it", "write it as %20, or remove it")
    parts = _split(text)
    if parts is None:
        refuse(f"{quoted(text)} is not a URL", _NO_HOST)
    if parts.scheme not in _PORTS:
        hint = (
            f'did you mean "https://{text}"?'
            if _looks_like_host(text)
            else "feeds are read over http and https"
        )
        refuse(f"{quoted(text)} is not an http or https address", hint)
    if not parts.hostname:
        refuse(f"{quoted(text)} names no host", _NO_HOST)
    return text


def _split(url: str) -> SplitResult | None:
    """Take a URL apart; None where host or port cannot be."""
    try:
        parts = urlsplit(url)
        port = parts.port
    except ValueError:
        return None
    return None if port == 0 else parts


def _looks_like_host(text: str) -> bool:
    return "." in text.partition("/")[0] and "@" not in text and ":" not in text


def read_network(value: object) -> str:
    """Read a network in CIDR form."""
    text = text_of(value, "a network")
    try:
        network = ipaddress.ip_network(text, strict=False)
    except ValueError:
        return refuse(f"{quoted(text)} is not a network", "write it in CIDR form, e.g. 127.0.0.0/8")
    if "/" in text and network.with_prefixlen != text.lower() and not _is_strict(text):
        refuse(f"{quoted(text)} has bits set beyond its prefix", f'did you mean "{network}"?')
    return str(network)


def _is_strict(text: str) -> bool:
    try:
        ipaddress.ip_network(text)
    except ValueError:
        return False
    return True


WebAddress = Annotated[str, PlainValidator(read_url), shapes.URL]
Network = Annotated[str, PlainValidator(read_network), shapes.NETWORK]


class FeedEntry(Strict):
    """One feed."""

    noun = "feed"
    example = '"- url: https://…"'

    url: WebAddress = Field(description="Address of the RSS, Atom or JSON feed, http or https.")
    name: Phrase | None = Field(
        None, description="What posts call it; the host where left out.", examples=["tagesschau"]
    )
    language: Language | None = Field(
        None, description="ISO 639-1 code of its stories: how their words are inflected."
    )
    country: CountryCode | None = Field(None, description="ISO 3166-1 code; its zone tells the local day.")
    interval: Duration | None = Field(None, description="Time between two looks, e.g. 5m.")
    enabled: bool = Field(default=True, description="Whether the feed is asked; false rests it.")

    def feed(self, default: timedelta) -> Feed:
        """Give the feed with all defaults filled in."""
        return Feed(
            url=self.url,
            name=self.name or site_of(self.url),
            language=self.language,
            country=self.country,
            interval=self.interval or default,
            enabled=self.enabled,
        )

    def subscription(self, interval: str | None) -> Subscription:
        """Give the feed as written; a length of time has no spelling any more, so it is handed in."""
        return Subscription(self.url, self.name, self.language, self.country, interval, self.enabled)


def _listed(value: object) -> object:
    """Take null as what it is where all feeds are commented out."""
    return [] if value is None else value


class FeedsFile(Strict):
    """Which feeds are asked, and how often."""

    noun = "file"
    example = '"feeds:"'
    entries: ClassVar[dict[str, type[Strict]]] = {"feeds": FeedEntry}
    may_be_blank = frozenset({"feeds"})

    interval: Duration = Field(timedelta(minutes=10), description="Default time between two looks at a feed.")
    allow_private: list[Network] = Field(
        [], description="Private networks, in CIDR form, that feeds may live in."
    )
    articles: bool = Field(
        default=True,
        description="Whether a story that leaves open when or how ministers spoke is read on its own page.",
    )
    feeds: Annotated[list[FeedEntry], BeforeValidator(_listed)] = Field(
        [], description="The feeds; without any, none is asked."
    )


def read_feeds(document: Document) -> tuple[FeedList | None, tuple[Problem, ...]]:
    """Read feeds.yaml; None where it has errors."""
    if document.root is None:
        return None, ()
    file, problems = validate(FeedsFile, document.root, document)
    problems += tuple(_doubles(document, document.root))
    if file is None:
        return None, problems
    feeds = tuple(entry.feed(file.interval) for entry in file.feeds)
    feed_list = FeedList(feeds, tuple(file.allow_private), file.articles)
    doubts = (*_none(document, document.root, feed_list), *_unreachable(document, document.root, feed_list))
    return feed_list, problems + doubts


def _none(document: Document, root: Node, feeds: FeedList) -> Iterator[Problem]:
    """Warn of a list without feeds: right for replays, not for a wire."""
    if not feeds.enabled():
        hint = "enable one of them" if feeds.feeds else f"begin one with {FeedEntry.example}"
        yield document.problem(key_place(root, ("feeds",)), "no feed is asked", hint, Severity.WARNING)


def _doubles(document: Document, root: Node) -> Iterator[Problem]:
    """Find feeds with one address, also where other things are wrong with them."""
    first: dict[str, int] = {}
    for node in _urls(root):
        address = canonical(str(node.value))
        if address is None:
            continue
        if address in first:
            message = f"{quoted(str(node.value))} is the feed of line {first[address]} again"
            yield document.problem(node.place, message, "keep one of them")
        first.setdefault(address, node.place.line)


def _urls(root: Node) -> Iterator[Scalar]:
    feeds = child(root, "feeds")
    for item in feeds.items if isinstance(feeds, Listing) else ():
        url = child(item, "url")
        if isinstance(url, Scalar) and isinstance(url.value, str):
            yield url


def canonical(url: str) -> str | None:
    """Give the form in which two spellings of one address are equal; None for no address."""
    parts = _split(url)
    if parts is None or not parts.hostname or parts.scheme not in _PORTS:
        return None
    port = "" if parts.port in {None, _PORTS[parts.scheme]} else f":{parts.port}"
    login = parts.netloc.rpartition("@")[0]
    host = f"{login}@{parts.hostname}{port}"
    return urlunsplit((parts.scheme, host, parts.path or "/", parts.query, ""))


def _unreachable(document: Document, root: Node, feeds: FeedList) -> Iterator[Problem]:
    """Warn of feeds at private addresses that `allow_private` does not name."""
    networks = [ipaddress.ip_network(network) for network in feeds.allow_private]
    for index, feed in enumerate(feeds.feeds):
        address = _private_address(host_of(feed.url))
        if address is None or any(address in network for network in networks):
            continue
        loc: Loc = ("feeds", index, "url")
        message = f"{address} is a private address: this feed will be refused"
        hint = f'add its network to "allow_private", e.g. ["{address}/{address.max_prefixlen}"]'
        yield document.problem(at(root, loc).place, message, hint, Severity.WARNING)


def _private_address(host: str) -> ipaddress.IPv4Address | ipaddress.IPv6Address | None:
    try:
        address = ipaddress.ip_address("127.0.0.1" if host == "localhost" else host)
    except ValueError:
        return None
    return None if address.is_global else address
