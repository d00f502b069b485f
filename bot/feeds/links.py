"""What the addresses of one article have in common, and where a redirector's leads."""

import re
from base64 import urlsafe_b64decode
from collections.abc import Mapping
from urllib.parse import SplitResult, parse_qs, parse_qsl, urlencode, urlsplit

_TRACKING = re.compile(
    r"(?:utm_|at_|ns_|wt_|wt\.|mtm_|pk_|hsa_|mc_|_hs|__twitter).*"
    r"|(?:fb|g|d|msc?l?k|y|tw|ttc)clid|msclkid|gbraid|wbraid|igshid|xtor|ref|ref_src|ref_url|referrer|cmp|cmpid"
    r"|ito|ocid|smid|spm|partner|traffic_source|feature|_ga"
    # Sessions, and what is there to get past a cache.
    r"|phpsessid|jsessionid|aspsessionid\w*|sessionid|session_id|nocache|no_cache|cachebuster",
    re.IGNORECASE,
)
_AMP = re.compile(r"(?:amp|_amp|isamp|is_amp)|(?:output|outputtype)=amp", re.IGNORECASE)
_SESSION = re.compile(r";jsessionid=[^/?]*", re.IGNORECASE)
_WWW = re.compile(r"^www\d?\.")
# The twin of a site for small screens: only where a site's name is left of it.
_TWIN = re.compile(r"^(?:m|mobile?|amp)\.(?=[^.]+\.[^.]+)")
_AMP_BEFORE = re.compile(r"^/amp(?=/.)")
_AMP_BEHIND = re.compile(r"(?<=[^/])/amp$|\.amp$|\.amp(?=\.html?$)")
_FEED_SCHEME = re.compile(r"^\s*feed:(?:(//)|(?=https?:))", re.IGNORECASE)
_DEFAULT_PORTS = {None, 80, 443}

_GOOGLE = re.compile(r"(?:www\.)?google\.(?:[a-z]{2,3}|com?\.[a-z]{2})")
_GOOGLE_NEWS = "news.google.com"
_GOOGLE_ARTICLE = re.compile(r"/(?:.*/)?(?:articles|read)/(CBM[\w-]+={0,2})/?")
_AMP_CACHE = re.compile(r"/(?:[acv]/|amp/)(s/)?(.+)")
# Host, path and the parameter that names the target.
_REDIRECTORS: Mapping[tuple[str, str], tuple[str, ...]] = {
    (_GOOGLE_NEWS, "/news/url"): ("url",),
    ("www.bing.com", "/news/apiclick.aspx"): ("url",),
    ("bing.com", "/news/apiclick.aspx"): ("url",),
    ("l.facebook.com", "/l.php"): ("u",),
    ("lm.facebook.com", "/l.php"): ("u",),
    ("t.umblr.com", "/redirect"): ("z",),
    ("vk.com", "/away.php"): ("to",),
    ("away.vk.com", "/away.php"): ("to",),
    ("www.youtube.com", "/redirect"): ("q",),
    ("out.reddit.com", ""): ("url",),
    ("duckduckgo.com", "/l"): ("uddg",),
    ("slack-redir.net", "/link"): ("url",),
    ("news.yandex.ru", "/yandsearch"): ("cl4url",),
    ("news.yandex.com", "/yandsearch"): ("cl4url",),
    ("yandex.ru", "/news/story"): ("cl4url",),
}
_MOST_HOPS = 3
_SEVEN_BITS = 0x80


def canonical_link(url: str) -> str:
    """Give what all addresses of one article have in common.

    Not fit to be asked for: scheme, `www.`, `m.` and `amp`, fragment, tracking
    and session parameters and the order of the others are gone.

    >>> canonical_link("HTTP://www.Blatt.example/a/?utm_source=rss&b=2&a=1#top")
    'blatt.example/a?a=1&b=2'
    >>> canonical_link("https://m.blatt.example/a/amp/")
    'blatt.example/a'
    """
    try:
        parts = urlsplit(direct(url.replace("&amp;", "&")))
        port = "" if parts.port in _DEFAULT_PORTS else f":{parts.port}"
    except ValueError:
        return url
    host = _TWIN.sub("", _WWW.sub("", (parts.hostname or "").rstrip(".")))
    if host == _GOOGLE_NEWS and (article := _GOOGLE_ARTICLE.fullmatch(parts.path)) is not None:
        # The rest is the language of whoever asked.
        return f"{host}/articles/{article[1]}"
    kept = sorted(pair for pair in parse_qsl(parts.query, keep_blank_values=True) if not _aside(*pair))
    query = f"?{urlencode(kept)}" if kept else ""
    path = _AMP_BEHIND.sub("", _AMP_BEFORE.sub("", _SESSION.sub("", parts.path).rstrip("/")))
    return f"{host}{port}{path}{query}"


def without_feed_scheme(url: str) -> str:
    """Give the address that a browser was to hand to a reader of feeds; any other as it is.

    >>> without_feed_scheme("feed:https://blatt.example/rss"), without_feed_scheme("feed://blatt.example/rss")
    ('https://blatt.example/rss', 'http://blatt.example/rss')
    """
    return _FEED_SCHEME.sub(lambda found: "http://" if found[1] else "", url)


def direct(url: str) -> str:
    """Give where a redirector's address leads, as far as the address itself tells; raises ValueError.

    >>> direct("https://www.google.com/url?q=https://blatt.example/a&sa=U")
    'https://blatt.example/a'
    """
    for _ in range(_MOST_HOPS):
        target = _target(urlsplit(url))
        if target is None or not target.startswith(("http://", "https://")) or not urlsplit(target).hostname:
            return url
        url = target
    return url


def google_news_target(article: str) -> str | None:
    """Give the address within one of Google News's article ids; those made since 2024 hold none."""
    try:
        raw = urlsafe_b64decode(article + "=" * (-len(article) % 4))
    except ValueError:
        return None
    if not raw.startswith(b'\x08\x13"') or len(raw) < 6:  # noqa: PLR2004 -- shorter than any address
        return None
    # A field of bytes as Protocol Buffers write it: its length in one or two sevens of bits.
    long = raw[3] >= _SEVEN_BITS
    length = (raw[3] & (_SEVEN_BITS - 1)) + (raw[4] * _SEVEN_BITS if long else 0)
    start = 5 if long else 4
    address = raw[start : start + length]
    return address.decode("ascii") if address.startswith(b"http") and address.isascii() else None


def _aside(name: str, value: str) -> bool:
    return bool(_TRACKING.fullmatch(name) or _AMP.fullmatch(name) or _AMP.fullmatch(f"{name}={value}"))


def _target(parts: SplitResult) -> str | None:
    host, path = (parts.hostname or ""), parts.path
    if host == _GOOGLE_NEWS and (article := _GOOGLE_ARTICLE.fullmatch(path)) is not None:
        return google_news_target(article[1])
    google = _GOOGLE.fullmatch(host) is not None
    if host.endswith(".cdn.ampproject.org") or (google and path.startswith("/amp/")):
        cached = _AMP_CACHE.fullmatch(path)
        return f"http{'s' if cached[1] else ''}://{cached[2]}" if cached else None
    names = ("url", "q") if google and path == "/url" else _REDIRECTORS.get((host, path.rstrip("/")), ())
    asked = parse_qs(parts.query) if names else {}
    return next((asked[name][0] for name in names if name in asked), None)
