"""Lists of feeds as programs exchange them: OPML 1.0 and 2.0 in, 2.0 out.

Pure. Other programs' lists are seldom whole, so what libxml2 can still read of
one is read; an entity that a file declares for itself is refused, since only
an attack has one.
"""

import re
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from html.entities import html5

from lxml import etree

from bot.errors import InputError
from bot.feeds.languages import language_of
from bot.feeds.links import without_feed_scheme
from bot.model.subscription import Subscription
from bot.text.hosts import site_of

LARGEST = 10_000_000  # bytes, as for a feed (DESIGN.md §6)
MOST_OUTLINES = 50_000
_LONGEST_NAME = 500  # characters
_ENTITY = re.compile(rb"<!ENTITY", re.IGNORECASE)
_REFERENCE = re.compile(rb"&(?!#[0-9]{1,7};|#x[0-9a-fA-F]{1,6};)([A-Za-z][A-Za-z0-9]{0,40})?(;?)")
_END = re.compile(rb"</([\w.-]+:)?opml\s*>|<([\w.-]+:)?opml[^<>]*/>", re.IGNORECASE)
_XML_ENTITIES = {"amp", "lt", "gt", "quot", "apos"}
# Beside what OPML 2.0 knows, attributes stand in a namespace of their own.
_OWN = "urn:draht:feeds"
_UNWRITABLE = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_INVISIBLE = {"Cc", "Cs", "Cn"}  # as for names in feeds.yaml
_CODE = re.compile(r"[A-Za-z]{2}")


@dataclass(frozen=True, slots=True)
class Outline:
    """One feed that a list names, as it names it; `line` counts from 1."""

    line: int
    subscription: Subscription


def read_opml(content: bytes, name: str) -> tuple[Outline, ...]:
    """Read the feeds that a list names, folders and notes left out; raises `InputError` where it is none.

    An outline that says it is a feed and has no address comes with "" for one.
    """
    if len(content) > LARGEST:
        raise InputError(f"{name} is larger than {LARGEST // 1_000_000} MB: is it the right file?")
    # Without zeros UTF-16 and UTF-32 read as ASCII.
    if _ENTITY.search(content.replace(b"\0", b"")):
        raise InputError(f"{name} declares entities, which no list of feeds needs: it is not read")
    root = _root(content)
    if root is None or _local(root.tag) != "opml":
        raise InputError(f"{name} is not OPML: it should begin with <opml>{_instead(root)}")
    return tuple(_outlines(root, name))


def breaks_off(content: bytes) -> bool:
    """Whether a list ends before its root does, as a download that was cut short.

    What was read of it is whole outlines; how many are missing nobody knows.
    """
    return _END.search(content.replace(b"\0", b"")) is None


def _root(content: bytes) -> etree._Element | None:
    parser = etree.XMLParser(recover=True, resolve_entities=False, no_network=True, load_dtd=False)
    # What has zeros is UTF-16 or UTF-32, which no hand has spoilt.
    body = content if b"\0" in content else _REFERENCE.sub(_spelt_out, content.strip())
    try:
        return etree.fromstring(body, parser)
    except (etree.XMLSyntaxError, ValueError):
        return None


def _spelt_out(reference: re.Match[bytes]) -> bytes:
    """Write a reference that XML does not know as it was meant.

    Left to itself, libxml2 drops it, and "?a=1&b=2" becomes another address.
    """
    name = reference[1].decode("ascii") if reference[1] else ""
    if name in _XML_ENTITIES and reference[2]:
        return reference[0]
    meant = html5.get(f"{name};", "") if reference[2] else ""
    numbers = "".join(f"&#{ord(character)};" for character in meant)
    return numbers.encode("ascii") or b"&amp;" + reference[0][1:]


def _instead(root: etree._Element | None) -> str:
    return f", and begins with <{_local(root.tag)}>" if root is not None else ""


def _outlines(root: etree._Element, name: str) -> Iterator[Outline]:
    found = (element for element in root.iter() if _local(element.tag) == "outline")
    for number, element in enumerate(found):
        if number >= MOST_OUTLINES:
            raise InputError(f"{name} has more than {MOST_OUTLINES:,} outlines")
        told = {_local(key): str(value).strip() for key, value in element.attrib.items()}
        if "xmlurl" in told or told.get("type", "").lower() in {"rss", "atom"}:
            yield Outline(element.sourceline or 0, _subscription(told))


def _subscription(told: dict[str, str]) -> Subscription:
    """Read the attributes of an outline; of those that other programs fill as they like, what fits."""
    # No address holds "&amp;"; programs that escape twice write it.
    url = without_feed_scheme(told.get("xmlurl", "")).replace("&amp;", "&")
    name = _name(told.get("title", "")) or _name(told.get("text", ""))
    country = told.get("country", "")
    return Subscription(
        url=url,
        name=name if name not in {url, site_of(url)} else None,
        language=language_of(told.get("language")),
        country=country.upper() if _CODE.fullmatch(country) else None,
        interval=told.get("interval") or None,
        enabled=told.get("enabled", "").lower() != "false",
    )


def _name(text: str) -> str | None:
    shown = (c if unicodedata.category(c) not in _INVISIBLE else " " for c in text)
    words = " ".join("".join(shown).split())
    return words[:_LONGEST_NAME].rstrip() or None


def _local(tag: object) -> str:
    """Give a name without namespace, in lower case; comments have none."""
    return str(tag).rpartition("}")[2].rpartition(":")[2].lower() if isinstance(tag, str | bytes) else ""


def written_opml(subscriptions: Iterable[Subscription]) -> bytes:
    """Write a list as OPML 2.0 in UTF-8; reading it again gives the same feeds."""
    root = etree.Element("opml", {"version": "2.0"}, nsmap={"draht": _OWN})
    etree.SubElement(etree.SubElement(root, "head"), "title").text = "Feeds of Draht"
    body = etree.SubElement(root, "body")
    for subscription in subscriptions:
        etree.SubElement(body, "outline", dict(_attributes(subscription)))
    written: bytes = etree.tostring(root, xml_declaration=True, encoding="UTF-8", pretty_print=True)
    return written


def _attributes(subscription: Subscription) -> Iterator[tuple[str, str]]:
    name = _writable(subscription.name or site_of(subscription.url))
    yield "type", "rss"
    yield "text", name
    yield "title", name
    yield "xmlUrl", _writable(subscription.url)
    if subscription.language:
        yield "language", subscription.language
    if subscription.country:
        yield f"{{{_OWN}}}country", subscription.country
    if subscription.interval:
        yield f"{{{_OWN}}}interval", subscription.interval
    if not subscription.enabled:
        yield f"{{{_OWN}}}enabled", "false"


def _writable(text: str) -> str:
    """Leave out what XML cannot hold."""
    return _UNWRITABLE.sub("", text)
