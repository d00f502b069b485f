"""A page over real HTTP: what robots.txt allows, what is an article, and what only stands in its place."""

import asyncio
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

import pytest

from bot.articles.source import HttpArticleSource
from bot.feeds.fetch import Limits
from bot.model.article import PageOutcome, Visit
from tests.articles.site import PARAGRAPHS, TITLE, article
from tests.servers.feed_server import (
    Behaviour,
    FeedServer,
    bomb,
    drip,
    endless,
    feed_server,
    redirect,
    reply,
    reset,
    silent,
)

NOW = datetime(2024, 7, 13, 8, tzinfo=UTC)
HTML = "text/html; charset=utf-8"
HERE = ("127.0.0.0/8", "::1/128")


@dataclass(frozen=True)
class Site:
    """A server that has pages, and who reads them."""

    server: FeedServer

    def visits(
        self, *urls: str, hours: int = 0, allowed: tuple[str, ...] = HERE, feed: str | None = None
    ) -> list[Visit]:
        """Read pages one after another, each so many hours after the one before."""

        async def main() -> list[Visit]:
            source = HttpArticleSource(allowed, Limits(seconds=0.5, size=1_000_000))
            try:
                return [
                    await source.visit(url, NOW + number * timedelta(hours=hours), feed or url)
                    for number, url in enumerate(urls)
                ]
            finally:
                await source.close()

        return asyncio.run(main())

    def visit(self, behaviour: Behaviour, path: str = "/politik/1", allowed: tuple[str, ...] = HERE) -> Visit:
        """Read a page that behaves so."""
        (made,) = self.visits(self.server.put(path, behaviour), allowed=allowed)
        return made

    def asked(self) -> list[str]:
        """Give the paths that were asked for, in order."""
        return [request.path for request in self.server.requests]


@pytest.fixture
def site() -> Iterator[Site]:
    """Serve a newspaper."""
    with feed_server() as server:
        yield Site(server)


def shows(body: bytes, content_type: str = HTML) -> Behaviour:
    """Answer with a page."""
    return reply(200, body, content_type=content_type)


def test_an_article_is_read_with_its_day_and_language(site: Site) -> None:
    """Title, text, day of publication and declared language come from the page, its menu does not."""
    head = '<meta property="article:published_time" content="2024-07-12T20:30:00+02:00">'
    made = site.visit(shows(article(head=head)))
    assert made.outcome is PageOutcome.READ
    assert made.article is not None
    assert (made.article.title, made.article.published, made.article.language) == (
        TITLE,
        date(2024, 7, 12),
        "de",
    )
    assert made.article.text == "\n".join(PARAGRAPHS)


@pytest.mark.parametrize("charset", ["windows-1251", "utf-8", "koi8-r"])
@pytest.mark.parametrize("told_by", ["header", "page"])
def test_a_page_is_decoded_as_it_says(site: Site, charset: str, told_by: str) -> None:
    """By the server's word, else by the page's own."""
    words = "Министр обороны провёл телефонный разговор с американским коллегой, сообщило ведомство. " * 4
    meta = f'<meta charset="{charset}">' if told_by == "page" else ""
    head = f"<head>{meta}<title>Разговор</title></head>"
    page = f"<html>{head}<body><article><p>{words}</p></article></body></html>"
    content_type = f"text/html; charset={charset}" if told_by == "header" else "text/html"
    made = site.visit(shows(page.encode(charset), content_type))
    assert made.article is not None
    assert made.article.text == words.strip()


@pytest.mark.parametrize("told_by", ["header", "page"])
def test_a_page_in_utf_8_is_read_so_whatever_it_is_called(site: Site, told_by: str) -> None:
    """Servers call all their pages by one charset, and templates outlive it."""
    words = "Müller und Šimonytė sprachen am Freitag über die Lage. " * 9
    meta = '<meta charset="iso-8859-1">' if told_by == "page" else ""
    html = f"<html><head>{meta}<title>T</title></head><body><article><p>{words}</p></article></body></html>"
    made = site.visit(
        shows(html.encode(), "text/html; charset=iso-8859-1" if told_by == "header" else "text/html")
    )
    assert made.article is not None
    assert made.article.text == words.strip()


def test_a_charset_that_is_none_of_pages_is_not_believed(site: Site) -> None:
    """Python takes the square of a page's length for punycode, which would end the reading of pages."""
    words = "Müller sprach am Freitag. " * 9
    html = f"<html><head><title>T</title></head><body><article><p>{words}</p></article>"
    made = site.visit(shows(html.encode("punycode"), "text/html; charset=punycode"))
    assert made.article is not None
    assert made.article.text.startswith("Mller sprach")


def test_robots_txt_is_obeyed_and_asked_for_once_a_day(site: Site) -> None:
    """What is disallowed is never asked for; the rules are asked for anew after a day."""
    rules = b"User-agent: *\nDisallow: /\n\nUser-agent: Draht\nDisallow: /intern/\n"
    site.server.put("/robots.txt", reply(200, rules))
    allowed = site.server.put("/politik/1", shows(article()))
    forbidden = site.server.put("/intern/1", shows(article()))
    made = site.visits(allowed, forbidden, allowed, allowed, hours=9)
    assert [one.outcome for one in made] == [
        PageOutcome.READ,
        PageOutcome.ROBOTS,
        PageOutcome.READ,
        PageOutcome.READ,
    ]
    assert "/intern/1" not in site.asked()
    assert site.asked().count("/robots.txt") == 2


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16"])
def test_a_mark_before_the_rules_hides_none_of_them(site: Site, encoding: str) -> None:
    """Editors of Windows begin a file with a mark; its first line, which says whom it is for, counts."""
    site.server.put("/robots.txt", reply(200, "User-agent: *\nDisallow: /\n".encode(encoding)))
    assert site.visit(shows(article())).outcome is PageOutcome.ROBOTS
    assert site.asked() == ["/robots.txt"]


@pytest.mark.parametrize(
    ("rules", "read"),
    [
        (reply(404), True),
        (reply(403), True),
        (reply(410), True),
        (reply(200, b"\xff\x00 no rules at all <html>"), True),
        (reply(200, b"User-agent: *\nDisallow: /" + b"\n#" * 600_000), False),
        (reply(500), False),
        (reply(429), False),
        (silent(), False),
        (reset(), False),
    ],
)
def test_a_site_without_rules_allows_one_that_cannot_be_asked_does_not(
    site: Site, rules: Behaviour, *, read: bool
) -> None:
    """4xx means that there are none; a server that fails is asked for nothing now, and again later."""
    site.server.put("/robots.txt", rules)
    made = site.visit(shows(article()))
    assert (made.outcome is PageOutcome.READ) is read
    assert ("/politik/1" in site.asked()) is read


def test_rules_hold_where_redirects_lead_to(site: Site) -> None:
    """A page that is found at last on a path that is disallowed is not kept."""
    site.server.put("/robots.txt", reply(200, b"User-agent: *\nDisallow: /plus/"))
    site.server.put("/plus/1", shows(article()))
    assert site.visit(redirect("/plus/1")).outcome is PageOutcome.ROBOTS


def test_no_page_is_read_at_a_private_address(site: Site) -> None:
    """Neither asked for by name nor by a redirect; nothing is sent there, not even for robots.txt."""
    made = site.visit(shows(article()), allowed=())
    assert made.outcome is PageOutcome.FAILED
    assert site.asked() == []
    inside = f"http://127.0.0.2:{site.server.port}/politik/1"
    away = site.visit(redirect(inside), allowed=("127.0.0.1/32",))
    assert (away.outcome, away.again) == (PageOutcome.FAILED, False)
    assert "private address" in away.detail


def test_a_page_that_a_feed_elsewhere_names_reaches_no_network_of_ours(site: Site) -> None:
    """The editor allows networks for his feeds; a hostile one must not make Draht ask them."""
    url = site.server.put("/politik/1", shows(article()))
    asked = len(site.server.requests)
    (made,) = site.visits(url, feed="https://hostile.example/rss")
    assert made.outcome is PageOutcome.FAILED
    assert len(site.server.requests) == asked


WALLED = {
    "declared": (
        article(head='<script type="application/ld+json">{"isAccessibleForFree": "False"}</script>'),
        PageOutcome.PAYWALL,
    ),
    "tier": (article(head='<meta property="article:content_tier" content="locked">'), PageOutcome.PAYWALL),
    "teaser": (article(paragraphs=(*PARAGRAPHS[:2], "Jetzt weiterlesen mit Plus.")), PageOutcome.PAYWALL),
    "russian": (article(paragraphs=(PARAGRAPHS[0], "Материал доступен по подписке.")), PageOutcome.PAYWALL),
    "consent": (
        article(
            "Datenschutz", ("Wir und unsere Partners nutzen Cookies. Alle akzeptieren oder alle ablehnen?",)
        ),
        PageOutcome.CONSENT,
    ),
    "consent by title": (article("Before you continue to Google", ("Choose.",)), PageOutcome.CONSENT),
    "challenge": (article("Just a moment...", ("Enable JavaScript and cookies.",)), PageOutcome.CHALLENGE),
    "guard": (
        article("blatt.example", ("Wait.",), '<script src="https://geo.captcha-delivery.com/c.js"></script>'),
        PageOutcome.CHALLENGE,
    ),
    "error": (article("Seite nicht gefunden", ("Diese Seite gibt es nicht mehr.",)), PageOutcome.NO_ARTICLE),
    "nothing": (b"<html><body></body></html>", PageOutcome.NO_ARTICLE),
    "no html": (b"\x00\xff\xfe", PageOutcome.NO_ARTICLE),
}


@pytest.mark.parametrize("name", WALLED)
def test_what_stands_in_place_of_an_article_is_called_by_its_name(site: Site, name: str) -> None:
    """Paywall, consent, a test for bots, an error page: none is taken for the text."""
    body, outcome = WALLED[name]
    made = site.visit(shows(body))
    assert (made.outcome, made.article) == (outcome, None)
    assert site.server.url("/politik/1") in made.detail


def test_a_full_article_that_advertises_a_subscription_is_an_article(site: Site) -> None:
    """Only a text that breaks off soon is taken for a paywall's teaser."""
    made = site.visit(shows(article(paragraphs=(*PARAGRAPHS * 5, "Jetzt abonnieren!"))))
    assert made.outcome is PageOutcome.READ


def test_a_redirect_to_the_front_page_is_no_article(site: Site) -> None:
    """A story that is gone leads home on many sites; what stands there is not its text."""
    site.server.put("/", shows(article()))
    assert site.visit(redirect("/")).outcome is PageOutcome.ELSEWHERE


FAULTS = {
    "404": (reply(404), False),
    "500": (reply(500), True),
    "gone": (reply(410), False),
    "loop": (redirect("/politik/1"), False),
    "bomb": (bomb("gzip"), False),
    "endless": (endless(), False),
    "drip": (drip(article()), True),
    "silent": (silent(), True),
    "reset": (reset(), True),
}


@pytest.mark.parametrize("name", FAULTS)
def test_a_fault_ends_in_a_sentence_and_only_some_are_worth_another_look(site: Site, name: str) -> None:
    """Within the limits of feeds; whatever lasts is not asked for again."""
    behaviour, again = FAULTS[name]
    made = site.visit(behaviour)
    assert (made.outcome, made.again) == (PageOutcome.FAILED, again)
    assert made.detail


def test_what_is_no_page_is_not_read_as_one(site: Site) -> None:
    """A link to a PDF, a film or a program's data."""
    assert site.visit(shows(b"%PDF-1.7", "application/pdf")).outcome is PageOutcome.NO_ARTICLE


def test_no_secret_of_an_address_is_told(site: Site) -> None:
    """User and password in a link are in no detail."""
    url = site.server.put("/politik/1", reply(404)).replace("http://", "http://draht:geheim@")
    (made,) = site.visits(url)
    assert "geheim" not in made.detail
