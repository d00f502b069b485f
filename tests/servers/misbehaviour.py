"""What servers do wrong, each kind by its name and with what a look at it must end in.

The behaviours are answers of `feed_server`; `FEED` has three items. They are made
for a server at `HOST`, the only address that the reader may ask, and for the
reader's limits of the tests: a second or less, some hundred thousand bytes.
"""

import gzip
from dataclasses import dataclass

from bot.model.fetch import Modified, Refusal, Unchanged
from tests.servers.feed_server import (
    XML,
    Behaviour,
    bomb,
    drip,
    endless,
    hinting,
    many_headers,
    packed_as,
    page,
    raw,
    redirect,
    redirect_here,
    repeating,
    reply,
    reset,
    reset_within,
    short_of_length,
    silent,
    unframed,
)

HOST = "127.0.0.5"
ETAG = '"as it was"'
ITEM = "<item><guid>{n}</guid><title>Meldung {n} über Kiew</title><description>Ein Satz.</description></item>"
ITEMS = "".join(ITEM.format(n=n) for n in range(1, 4))
TEXT = f'<?xml version="1.0"?><rss version="2.0"><channel><title>Blatt</title>{ITEMS}</channel></rss>'
FEED = TEXT.encode()
_SEVERED = FEED[: FEED.index(b"Meldung 3") + 4]
_HEADLESS = FEED[: FEED.index(b"<guid>1") + 3]
_BOMB = 20  # megabytes; the tests allow a fraction of one
_OK = b"HTTP/1.1 200 OK\r\nContent-Type: application/rss+xml\r\n"
_CHUNKED = _OK + b"Transfer-Encoding: chunked\r\n\r\n"
_PLAIN = _OK + b"Content-Length: %d\r\n" % len(FEED)
_IN_LATIN = TEXT.replace('"1.0"', '"1.0" encoding="utf-8"').encode("latin-1")
_YEARS_OFF = "Tue, 01 Jan 2047 00:00:00 GMT"

Outcome = Refusal | type[Modified] | type[Unchanged]


@dataclass(frozen=True, slots=True)
class Fault:
    """A misbehaviour; `known` is what the reader asks with (If-None-Match), if anything."""

    name: str
    behaviour: Behaviour
    outcome: Outcome
    known: str | None = None


def _framed(head: bytes, body: bytes = FEED) -> Behaviour:
    return raw(head + b"\r\n" + body)


def _chunk(data: bytes, extension: bytes = b"") -> bytes:
    return b"%x%s\r\n%s\r\n" % (len(data), extension, data)


SLOW = (
    Fault("never answers", silent(), Refusal.TIMEOUT),
    Fault("head byte by byte", drip(FEED), Refusal.TIMEOUT),
    Fault("body byte by byte", drip(FEED, head_at_once=True), Refusal.TIMEOUT),
    Fault("informational replies for ever", hinting(), Refusal.TIMEOUT),
    Fault(
        "informational replies in a flood", repeating(b"HTTP/1.1 103 Early Hints\r\n\r\n"), Refusal.TIMEOUT
    ),
)

ENDLESS = (
    Fault("endless body", endless(), Refusal.TOO_LARGE),
    Fault("endless items", endless(ITEM.encode() * 99, FEED[:80]), Refusal.TOO_LARGE),
    Fault("endless chunks", repeating(_chunk(b" " * 99), _CHUNKED), Refusal.TOO_LARGE),
    Fault(
        "endless headers",
        repeating(b"X-Filling: %s\r\n" % (b"x" * 99), b"HTTP/1.1 200 OK\r\n"),
        Refusal.BROKEN_REPLY,
    ),
    Fault("endless header", repeating(b"x", b"HTTP/1.1 200 OK\r\nX-Filling: "), Refusal.BROKEN_REPLY),
    Fault("endless status line", repeating(b"K", b"HTTP/1.1 200 O"), Refusal.BROKEN_REPLY),
    Fault("endless chunk extension", repeating(b";x=y", _CHUNKED + b"5"), Refusal.TOO_LARGE),
    Fault("endless trailers", repeating(b"X-Filling: x\r\n", _CHUNKED + _chunk(FEED) + b"0\r\n"), Modified),
    Fault("header of a megabyte", _framed(_PLAIN + b"X: %s\r\n" % (b"x" * (1 << 20))), Refusal.BROKEN_REPLY),
    Fault("ten thousand headers", _framed(_PLAIN + b"X: y\r\n" * 10_000), Refusal.BROKEN_REPLY),
    Fault("ten megabytes of headers", many_headers(), Refusal.BROKEN_REPLY),
    Fault("promises a terabyte", raw(_OK + b"Content-Length: 1099511627776\r\n\r\n" + FEED), Modified),
)

PACKED = (
    *(
        Fault(f"{packing} bomb", bomb(packing, _BOMB), Refusal.TOO_LARGE)
        for packing in ("gzip", "br", "zstd", "deflate")
    ),
    Fault(
        "gzip bomb that nobody speaks of", reply(200, gzip.compress(bytes(_BOMB << 20))), Refusal.TOO_LARGE
    ),
    Fault(
        "gzip bomb in gzip",
        reply(200, gzip.compress(gzip.compress(bytes(_BOMB << 20))), content_encoding="gzip"),
        Refusal.TOO_LARGE,
    ),
    Fault(
        "bomb of two packings",
        reply(200, gzip.compress(packed_as("br", bytes(_BOMB << 20))), content_encoding="br, gzip"),
        Refusal.TOO_LARGE,
    ),
    Fault("gzip cut off", reply(200, gzip.compress(FEED * 9)[:-30], content_encoding="gzip"), Modified),
    Fault(
        "gzip cut off in its head",
        reply(200, gzip.compress(FEED)[:7], content_encoding="gzip"),
        Refusal.TRUNCATED,
    ),
    Fault(
        "gzip damaged",
        reply(200, gzip.compress(FEED)[:10] + b"\xff" * 99, content_encoding="gzip"),
        Refusal.BAD_ENCODING,
    ),
    Fault(
        "gzip that is called brotli",
        reply(200, gzip.compress(FEED), content_encoding="br"),
        Refusal.BAD_ENCODING,
    ),
    Fault(
        "brotli that is called gzip",
        reply(200, packed_as("br", FEED), content_encoding="gzip"),
        Refusal.NOT_A_FEED,
    ),
    Fault("plain that is called gzip", reply(200, FEED, content_encoding="gzip"), Modified),
    Fault("gzip that is called nothing", reply(200, gzip.compress(FEED)), Modified),
    Fault("unknown packing", reply(200, FEED, content_encoding="compress"), Refusal.BAD_ENCODING),
    Fault("packing of no sense", reply(200, FEED, content_encoding="utf-8, none"), Refusal.BAD_ENCODING),
    Fault(
        "packing in raw bytes",
        unframed(_PLAIN + b"Content-Encoding: g\xf6\x1bzip\r\n", FEED),
        Refusal.BAD_ENCODING,
    ),
    Fault("packed four times", reply(200, FEED, content_encoding="br,br,br,br"), Refusal.BAD_ENCODING),
)

_FORBIDDEN_HOSTS = (
    *("127.0.0.1", "169.254.169.254", "[::1]", "10.0.0.1", "100.64.0.1", "[64:ff9b::a00:1]", "0.0.0.0"),
    *("2130706433", "0177.0.0.1", "127.1", "0x7f000001", "0x7f.1", "[::ffff:10.0.0.1]", "localhost"),
    *("192.168.1.1", "172.16.0.1", "[fd00::1]", "[fe80::1]", "168.63.129.16"),
)
_FORBIDDEN_TARGETS = (
    *(
        "file:///etc/passwd",
        "ftp://127.0.0.5/feed",
        "javascript:alert(1)",
        "data:text/xml,<rss/>",
        "gopher://127.0.0.5/",
    ),
    *("http://127.0.0.5:99999/", "http://127.0.0.5:-1/", "http://[::1", "http://999.1.1.1/"),
)
REDIRECTED = (
    *(
        Fault(f"redirect to {host}", redirect(f"http://{host}:9/"), Refusal.PRIVATE_ADDRESS)
        for host in _FORBIDDEN_HOSTS
    ),
    *(Fault(f"redirect to {place}", redirect(place), Refusal.BAD_ADDRESS) for place in _FORBIDDEN_TARGETS),
    Fault("redirect to itself", redirect(""), Refusal.HTTP_STATUS),
    Fault("redirect to its own address", redirect_here("http://{host}/feed"), Refusal.TOO_MANY_REDIRECTS),
    Fault("redirect to no host", redirect("http:///feed"), Refusal.TOO_MANY_REDIRECTS),
    Fault("redirect that grows", redirect_here("?again"), Refusal.TOO_MANY_REDIRECTS),
    Fault("redirect without a target", reply(301), Refusal.HTTP_STATUS),
    Fault("redirect to a relative place", redirect("good"), Modified),
    Fault("redirect to a place without scheme", redirect_here("//{host}/good"), Modified),
    Fault("redirect with credentials", redirect_here("http://draht:geheim@{host}/good"), Modified),
    Fault(
        "redirect in raw Latin-1",
        raw(b"HTTP/1.1 302 Found\r\nLocation: /good?\xfcber\r\nContent-Length: 0\r\n\r\n"),
        Modified,
    ),
    Fault("redirect to consent", redirect("https://consent.google.com/ml?continue=x"), Refusal.CONSENT),
    Fault(
        "redirect with a body without end",
        repeating(b" ", b"HTTP/1.1 302 Found\r\nLocation: /good\r\n\r\n"),
        Modified,
    ),
)

FRAMED = (
    Fault("length too long", short_of_length(_SEVERED, 400), Modified),
    Fault("length too short", unframed(_OK + b"Content-Length: 99\r\n", FEED), Refusal.TRUNCATED),
    Fault("length in characters", unframed(_OK + b"Content-Length: %d\r\n" % len(TEXT), FEED), Modified),
    Fault("negative length", _framed(_OK + b"Content-Length: -5\r\n"), Refusal.BROKEN_REPLY),
    Fault("length in words", _framed(_OK + b"Content-Length: many\r\n"), Refusal.BROKEN_REPLY),
    Fault("two lengths", _framed(_PLAIN + b"Content-Length: 6\r\n"), Refusal.BROKEN_REPLY),
    Fault("two equal lengths", _framed(_PLAIN + b"content-length: %d\r\n" % len(FEED)), Modified),
    Fault(
        "length beside chunks",
        raw(_PLAIN + b"Transfer-Encoding: chunked\r\n\r\n" + _chunk(FEED) + b"0\r\n\r\n"),
        Modified,
    ),
    Fault("chunk of no size", raw(_CHUNKED + b"zz\r\n"), Refusal.TRUNCATED),
    Fault("chunk longer than told", raw(_CHUNKED + b"5\r\n" + FEED), Refusal.TRUNCATED),
    Fault("good chunk before a broken one", raw(_CHUNKED + _chunk(_SEVERED) + b"zz\r\n"), Modified),
    Fault("chunks without end", raw(_CHUNKED + _chunk(_SEVERED)), Modified),
    Fault("chunks that break off", reset(_CHUNKED + _chunk(_SEVERED)), Modified),
    Fault(
        "long chunk extensions", raw(_CHUNKED + _chunk(FEED, b";x=" + b"y" * 999) + b"0\r\n\r\n"), Modified
    ),
    Fault("reset within the items", reset_within(_SEVERED, 9999), Modified),
    Fault("reset before an item", reset_within(_HEADLESS, 9999), Refusal.TRUNCATED),
    Fault("reset before the head", reset(), Refusal.UNREACHABLE),
    Fault("reset within the head", reset(b"HTTP/1.1 200 OK\r\nConte"), Refusal.UNREACHABLE),
    Fault("hangs up without an answer", raw(b""), Refusal.BROKEN_REPLY),
    Fault("hangs up before the body", short_of_length(b"", 500), Refusal.TRUNCATED),
    Fault("status line of another trade", raw(b"220 mail.example ESMTP\r\n"), Refusal.BROKEN_REPLY),
    Fault("status line of noise", raw(bytes(range(128, 256)) + b"\r\n\r\n"), Refusal.BROKEN_REPLY),
    Fault("HTTP/0.9", raw(FEED), Refusal.BROKEN_REPLY),
    Fault("HTTP/7.3", raw(b"HTTP/7.3 200 OK\r\n\r\n" + FEED), Refusal.BROKEN_REPLY),
    Fault("NUL in a header", _framed(_PLAIN + b"X: a\x00b\r\n"), Refusal.BROKEN_REPLY),
    Fault("header without a colon", _framed(_PLAIN + b"nonsense\r\n"), Refusal.BROKEN_REPLY),
    Fault("header without a name", _framed(_PLAIN + b": nonsense\r\n"), Refusal.BROKEN_REPLY),
    Fault("folded header", _framed(_PLAIN + b"X: a\r\n\tb\r\n"), Modified),
    Fault("lines that end in LF alone", _framed(_PLAIN.replace(b"\r\n", b"\n")), Modified),
)

ANSWERED = (
    Fault(
        "continue before the answer",
        raw(b"HTTP/1.1 100 Continue\r\n\r\n" + _PLAIN + b"\r\n" + FEED),
        Modified,
    ),
    Fault(
        "switches protocols",
        raw(b"HTTP/1.1 101 Switching Protocols\r\nUpgrade: x\r\nConnection: upgrade\r\n\r\n"),
        Refusal.HTTP_STATUS,
    ),
    Fault("204", reply(204), Refusal.EMPTY),
    Fault("206 to nobody's wish", reply(206, FEED, content_range=f"bytes 0-{len(FEED) - 1}/99999"), Modified),
    Fault("300", reply(300, FEED), Refusal.HTTP_STATUS),
    Fault("304 to nobody's question", reply(304), Refusal.HTTP_STATUS),
    Fault(
        "304 with a body",
        unframed(b"HTTP/1.1 304 Not Modified\r\nContent-Length: 5\r\n", b"hello"),
        Unchanged,
        ETAG,
    ),
    Fault(
        "304 with the length of what it stands for",
        unframed(b"HTTP/1.1 304 Not Modified\r\nContent-Length: 1234\r\n", b""),
        Unchanged,
        ETAG,
    ),
    Fault("304 whatever is asked", reply(304, etag='"another"'), Unchanged, ETAG),
    Fault("401", reply(401), Refusal.HTTP_STATUS),
    Fault("401 with a challenge", reply(401, www_authenticate='Basic realm="x"'), Refusal.HTTP_STATUS),
    Fault("403 of Cloudflare", reply(403, cf_mitigated="challenge"), Refusal.BLOCKED),
    Fault(
        "403 with a bomb",
        reply(403, gzip.compress(bytes(_BOMB << 20)), content_encoding="gzip"),
        Refusal.HTTP_STATUS,
    ),
    Fault(
        "403 of a protector's page",
        reply(403, b"<!doctype html><html><title>Attention Required! | Cloudflare"),
        Refusal.BLOCKED,
    ),
    Fault("403 with an endless page", repeating(b"<html>", b"HTTP/1.1 403 No\r\n\r\n"), Refusal.HTTP_STATUS),
    Fault("404", reply(404, b"gone fishing"), Refusal.HTTP_STATUS),
    Fault("410", reply(410), Refusal.GONE),
    Fault("429 with seconds", reply(429, retry_after="120"), Refusal.HTTP_STATUS),
    Fault("429 with a date", reply(429, retry_after=_YEARS_OFF), Refusal.HTTP_STATUS),
    Fault("429 with noise", reply(429, retry_after="soon\x7f"), Refusal.HTTP_STATUS),
    Fault("500 with the feed", reply(500, FEED), Refusal.HTTP_STATUS),
    Fault("503", reply(503), Refusal.HTTP_STATUS),
    Fault("999", reply(999), Refusal.HTTP_STATUS),
    Fault("nothing at all", reply(200), Refusal.EMPTY),
    Fault("blanks only", reply(200, b" \r\n\t "), Refusal.EMPTY),
    Fault(
        "a web page", reply(200, b"<!DOCTYPE html><html><title>Blatt", content_type="text/html"), Refusal.HTML
    ),
    Fault(
        "a wall of consent",
        reply(200, b"<!DOCTYPE html><html><title>Before you continue to Blatt"),
        Refusal.CONSENT,
    ),
    Fault("JSON", reply(200, b'{"kind": "list"}'), Refusal.NOT_A_FEED),
)

LYING = (
    Fault("NUL bytes in the body", reply(200, FEED.replace(b"Satz", b"Sa\x00tz")), Modified),
    Fault("NUL bytes only", reply(200, bytes(999)), Refusal.EMPTY),
    Fault("Latin-1 that is called UTF-8", reply(200, _IN_LATIN, content_type=XML), Modified),
    Fault("UTF-16 that is called UTF-8", reply(200, TEXT.encode("utf-16"), content_type=XML), Modified),
    Fault("UTF-8 that is called UTF-16", reply(200, FEED, content_type="text/xml; charset=utf-16"), Modified),
    Fault("charset of no sense", reply(200, FEED, content_type="text/xml; charset=klingon"), Modified),
    Fault(
        "mark of UTF-8 before Latin-1", reply(200, b"\xef\xbb\xbf" + _IN_LATIN, content_type=XML), Modified
    ),
    Fault("mark of UTF-16 before UTF-8", reply(200, b"\xff\xfe" + FEED, content_type=XML), Modified),
    Fault("a picture by its type", reply(200, FEED, content_type="image/png"), Modified),
    Fault("changing ETag", reply(200, FEED, etag='"never twice"'), Modified, ETAG),
    Fault("ETag of ten kilobytes", reply(200, FEED, etag='"' + "x" * 10_000 + '"'), Modified),
    Fault("ETag in raw bytes", _framed(_PLAIN + b'ETag: "\xff\xfe"\r\n'), Modified),
    Fault("last modified in years to come", reply(200, FEED, last_modified=_YEARS_OFF), Modified),
    Fault("last modified in noise", reply(200, FEED, last_modified="yesterday"), Modified),
    Fault("clock years ahead", reply(200, FEED, date=_YEARS_OFF, expires="0"), Modified),
    Fault(
        "clock in noise",
        reply(200, FEED, date="noon", expires=_YEARS_OFF, cache_control=",=,max-age"),
        Modified,
    ),
    Fault("a cookie", reply(200, FEED, set_cookie="id=7; Path=/"), Modified),
    Fault("a page called unmodified by its ETag", page(FEED, "gzip"), Modified, ETAG),
)

FAULTS = (*SLOW, *ENDLESS, *PACKED, *REDIRECTED, *FRAMED, *ANSWERED, *LYING)
