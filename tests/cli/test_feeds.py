"""`draht feeds`, as editors and programs meet it."""

import json
import os
import pty
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.acceptance.desk import DRAHT, Desk, Done
from tests.servers import feed_server as servers
from tests.servers.feed_server import FeedServer, page

LIST = """\
allow_private: ["127.0.0.0/8"]   # the neighbour's
feeds:
  # --- German
  - url: https://www.tagesschau.de/index~rss2.xml
    name: tagesschau
    language: de
    country: DE
    # address: lists
  - url: https://leser:geheim@bote.example/a/rather/long/path/to/a/feed/that/goes/on/and/on/rss.xml
    name: Bote
    interval: 2m
    enabled: false

# the end
"""
RSS = (
    '<?xml version="1.0"?><rss version="2.0"><channel><title>{title}</title><language>de</language>'
    "<item><title>Meldung</title><pubDate>12 Jul 2024 08:00 GMT</pubDate></item></channel></rss>"
)


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    """Give a working folder with two feeds."""
    desk = Desk(tmp_path)
    desk.configure(feeds=LIST)
    return desk


@pytest.fixture(scope="module")
def server() -> Iterator[FeedServer]:
    """Run a server with two feeds, a page that names one, a page that names both, and one that names none."""
    with servers.feed_server() as running:
        for name in ("eins", "zwei"):
            running.put(f"/{name}.rss", page(RSS.format(title=f"Blatt {name}").encode()))
        links = [
            f'<link rel="alternate" type="application/rss+xml" href="/{name}.rss">'
            for name in ("eins", "zwei")
        ]
        for path, named in (("/one", links[:1]), ("/both", links), ("/none", [])):
            html = f"<html><head><title>x</title>{''.join(named)}</head><body>x</body></html>"
            running.put(path, page(html.encode(), content_type="text/html"))
        yield running


def feeds(desk: Desk, *arguments: str, given: bytes = b"") -> Done:
    """Run `draht feeds`; whatever comes of it, no password is shown and no traceback."""
    done = desk.draht("feeds", *arguments, given=given)
    assert "geheim" not in done.out + done.err
    assert "Traceback" not in done.err
    return done


def text(desk: Desk) -> str:
    """Give feeds.yaml as it is now."""
    return (desk.config / "feeds.yaml").read_text()


def test_list_is_a_table_with_whole_addresses_where_it_is_piped(desk: Desk) -> None:
    """One line a feed, nothing cut or wrapped, however long the address is."""
    done = feeds(desk, "list")
    head, first, second = done.out.splitlines()
    assert head.split() == ["NAME", "LANG", "CTRY", "EVERY", "ON", "URL"]
    assert first.split() == [
        "tagesschau",
        "de",
        "DE",
        "10m",
        "yes",
        "https://www.tagesschau.de/index~rss2.xml",
    ]
    rest = "bote.example/a/rather/long/path/to/a/feed/that/goes/on/and/on/rss.xml"
    assert second.split() == ["Bote", "-", "-", "2m", "no", f"https://{rest}"]
    assert done.status == 0


def test_list_keeps_to_eighty_columns_on_a_terminal(desk: Desk) -> None:
    """A long address goes on below itself, and none of it is lost."""
    ours, theirs = pty.openpty()
    environment = desk.environment | {"COLUMNS": "80", "TERM": "dumb"}
    subprocess.run([DRAHT, "feeds", "list"], cwd=desk.folder, env=environment, stdout=theirs, check=True)
    os.close(theirs)
    with os.fdopen(ours, "rb", buffering=0) as reader:
        lines = reader.read(10_000).decode().splitlines()
    assert max(map(len, lines)) <= 80
    column = lines[0].index("URL")
    assert "".join(line[column:].strip() for line in lines[2:]).endswith("/goes/on/and/on/rss.xml")


def test_list_gives_programs_a_line_a_feed(desk: Desk) -> None:
    """Everything that the table shows, with null for what is not told."""
    first, second = feeds(desk, "list", "--json").answers()
    assert first == {
        "name": "tagesschau",
        "language": "de",
        "country": "DE",
        "interval": "10m",
        "enabled": True,
        "url": "https://www.tagesschau.de/index~rss2.xml",
    }
    assert (second["language"], second["interval"], second["enabled"]) == (None, "2m", False)


def test_an_added_feed_is_called_what_it_calls_itself(desk: Desk, server: FeedServer) -> None:
    """Name and language are the feed's, and the file has four lines more and is sound."""
    url = server.url("/eins.rss")
    done = feeds(desk, "add", url, "--country", "AT")
    assert done.status == 0
    assert done.out == (
        f"added to config/feeds.yaml: Blatt eins ({url})\n"
        "  “Blatt eins”, 1 entry, newest 2024-07-12 08:00 UTC, de\n"
    )
    new = f"  - url: {url}\n    name: Blatt eins\n    language: de\n    country: AT\n"
    assert text(desk) == LIST.replace("\n\n# the end", f"\n{new}\n# the end")
    assert desk.draht("check").status == 0


def test_what_is_given_outweighs_what_the_feed_tells(desk: Desk, server: FeedServer) -> None:
    """All options reach the file."""
    options = ["--name", "Post", "--language", "nl", "--country", "NL", "--interval", "90s"]
    assert feeds(desk, "add", server.url("/eins.rss"), *options).status == 0
    *_, last = feeds(desk, "list", "--json").answers()
    assert [last[key] for key in ("name", "language", "country", "interval")] == ["Post", "nl", "NL", "90s"]


def test_of_a_page_with_one_feed_that_is_added(desk: Desk, server: FeedServer) -> None:
    """The page's address need not be exchanged for the feed's by hand."""
    done = feeds(desk, "add", server.url("/one"))
    assert (done.status, f"Blatt eins ({server.url('/eins.rss')})" in done.out) == (0, True)


def test_of_a_page_with_several_feeds_none_is_added(desk: Desk, server: FeedServer) -> None:
    """They are named, and the sentence says how to choose."""
    done = feeds(desk, "add", server.url("/both"))
    assert done.status == 1
    assert "is a page with 2 feeds:" in done.out
    assert server.url("/zwei.rss") in done.out
    assert done.err == f"draht: nothing is added; choose one: draht feeds add {server.url('/eins.rss')}\n"
    assert text(desk) == LIST


def test_a_feed_of_comments_is_not_one_of_several(desk: Desk, server: FeedServer) -> None:
    """WordPress declares it beside the feed of the articles, which is the one that is meant."""
    links = "".join(
        f'<link rel="alternate" type="application/rss+xml" href="/{path}/">'
        for path in ("feed", "comments/feed")
    )
    for path, title in (("/feed/", "Blatt"), ("/comments/feed/", "Kommentare")):
        server.put(path, page(RSS.format(title=title).encode()))
    url = server.put("/wp", page(f"<html>{links}".encode(), content_type="text/html"))
    assert feeds(desk, "add", url).status == 0
    assert server.url("/feed/") in text(desk)
    assert "Kommentare" not in text(desk)


def test_the_scheme_of_feeds_is_understood(desk: Desk, server: FeedServer) -> None:
    """Some pages link feed://… or feed:https://…, and that is what is copied from them."""
    url = server.url("/eins.rss")
    assert feeds(desk, "add", url.replace("http", "feed")).status == 0
    assert f"- url: {url}\n" in text(desk)


def test_what_cannot_be_read_is_added_only_unchecked(desk: Desk, server: FeedServer) -> None:
    """A dead address is refused with its reason; who knows better says so."""
    url = server.url("/dead")
    done = feeds(desk, "add", url)
    assert (done.status, text(desk)) == (1, LIST)
    assert done.err == (
        f"draht: {url} answered 404 Not Found; nothing is added (--unchecked adds it nevertheless)\n"
    )
    assert feeds(desk, "add", "--unchecked", url).status == 0
    assert f"  - url: {url}\n\n# the end" in text(desk)


@pytest.mark.parametrize(
    "url", ["https://www.tagesschau.de/index~rss2.xml", "http://tagesschau.de/index~rss2.xml/"]
)
def test_a_feed_that_is_there_is_not_added_again(desk: Desk, url: str) -> None:
    """Nor under another spelling of its address; nothing is asked for that."""
    done = feeds(desk, "add", url)
    known = "tagesschau (https://www.tagesschau.de/index~rss2.xml)"
    assert (done.status, done.err) == (1, f"draht: config/feeds.yaml has it already: {known}\n")
    assert text(desk) == LIST


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["tagesschau.de"], 'did you mean "https://tagesschau.de"?'),
        (["ftp://a.example/"], "feeds are read over http and https"),
        (["https://a.example/", "--language", "ua"], 'did you mean "uk"?'),
        (["https://a.example/", "--country", "uk"], 'did you mean "GB"?'),
        (["https://a.example/", "--interval", "5 minutes"], 'did you mean "5m"?'),
        (["https://a.example/", "--name", " "], "this text is empty"),
    ],
)
def test_a_wrong_call_says_what_was_meant(desk: Desk, arguments: list[str], said: str) -> None:
    """Options are held to the rules of the file before anything is asked."""
    done = feeds(desk, "add", *arguments)
    assert (done.status, said in done.err, text(desk)) == (2, True, LIST)


def test_a_name_of_nothing_is_a_wrong_call(desk: Desk) -> None:
    """An empty variable of a script removes nothing and is answered as what it is."""
    done = feeds(desk, "remove", "")
    assert (done.status, done.err) == (2, "draht: no feed is named; give its address or its name\n")


def test_telegrams_previews_are_no_feeds(desk: Desk) -> None:
    """Neither asked nor added, not even unchecked."""
    for call in (["add"], ["add", "--unchecked"], ["discover"]):
        done = feeds(desk, *call, "https://t.me/s/draht")
        assert done.status == 1
        assert "which Draht does not scrape" in done.err
    assert text(desk) == LIST


@pytest.mark.parametrize(
    "target", ["tagesschau", "TAGESSCHAU", "https://www.tagesschau.de/index~rss2.xml", "http://tagesschau.de/index~rss2.xml"]
)  # fmt: skip
def test_a_feed_is_removed_by_name_or_address(desk: Desk, target: str) -> None:
    """Its lines and the comment below them go; the heading and all else stay."""
    done = feeds(desk, "remove", target)
    known = "tagesschau (https://www.tagesschau.de/index~rss2.xml)"
    assert (done.status, done.out) == (0, f"removed from config/feeds.yaml: {known}\n")
    begin, end = LIST.index("  - url: https://www.tagesschau"), LIST.index("  - url: https://leser")
    assert text(desk) == LIST[:begin] + LIST[end:]


def test_an_address_need_not_be_typed_with_its_password(desk: Desk) -> None:
    """What the list shows is enough to remove a feed."""
    url = feeds(desk, "list", "--json").answers()[1]["url"]
    assert feeds(desk, "remove", str(url)).status == 0
    assert "geheim" not in text(desk)


def test_a_name_that_nobody_has_is_answered_with_those_near(desk: Desk) -> None:
    """A slip of the hand removes nothing and is told what was likely meant."""
    done = feeds(desk, "remove", "tageschau")
    assert (done.status, text(desk)) == (1, LIST)
    assert "has no feed tageschau; near it are:\ndraht:   tagesschau (https://www." in done.err


def test_a_name_that_two_feeds_have_removes_neither(desk: Desk) -> None:
    """The addresses are named to choose from."""
    desk.configure(feeds=LIST.replace("name: Bote", "name: tagesschau"))
    done = feeds(desk, "remove", "tagesschau")
    assert done.status == 1
    assert "tagesschau is the name of 2 feeds; give the address of one:" in done.err
    assert "https://bote.example/a/rather" in done.err


OPML = """<?xml version="1.0"?>
<opml version="1.0"><body><outline text="Presse">
<outline text="tagesschau" xmlUrl="http://tagesschau.de/index~rss2.xml"/>
<outline text="Kurier &amp; Co" xmlUrl="https://kurier.example/rss?a=1&amp;b=2" language="de-AT"/>
<outline text="Kurier" xmlurl="https://www.kurier.example/rss?a=1&amp;b=2"/>
<outline text="alt" xmlUrl="ftp://alt.example/rss"/>
<outline text="leer" type="rss"/>
<outline text="zuletzt" xmlUrl="https://zuletzt.example/"/>
</outline></body></opml>
"""


def test_import_adds_the_good_and_names_the_bad(desk: Desk) -> None:
    """What is there or comes twice is counted; a bad outline is told with its line and stops nothing."""
    (desk.folder / "list.opml").write_text(OPML)
    done = feeds(desk, "import", "list.opml")
    assert done.status == 1
    assert done.out.splitlines() == [
        "  Kurier & Co (https://kurier.example/rss?a=1&b=2)",
        "  zuletzt (https://zuletzt.example/)",
        "2 feeds added to config/feeds.yaml, 2 skipped (1 there already, 1 twice in the list), 2 refused",
    ]
    first, second = done.err.splitlines()
    assert first.startswith(
        'draht: list.opml:6: alt: "ftp://alt.example/rss" is not an http or https address'
    )
    assert second == "draht: list.opml:7: leer: it has no address (xmlUrl)"
    new = (
        "  - url: https://kurier.example/rss?a=1&b=2\n    name: Kurier & Co\n    language: de\n"
        "  - url: https://zuletzt.example/\n    name: zuletzt\n"
    )
    assert text(desk) == LIST.replace("\n\n# the end", f"\n{new}\n# the end")
    again = feeds(desk, "import", "list.opml", "--json")
    assert json.loads(again.out)["skipped"] == {"there already": 4, "twice in the list": 0}


def test_import_says_that_a_list_breaks_off(desk: Desk) -> None:
    """What there is of it is added, yet nobody takes half a list for the whole."""
    done = feeds(desk, "import", "-", given=OPML[: OPML.index('<outline text="zuletzt"')].encode())
    assert (done.status, "Kurier & Co" in done.out) == (1, True)
    assert done.err.splitlines()[-1].startswith("draht: standard input ends before </opml>: ")


@pytest.mark.parametrize(
    ("given", "said"),
    [
        (b"", "standard input is not OPML"),
        (b"<html/>", "it should begin with <opml>, and begins with <html>"),
        (b'<!DOCTYPE a [<!ENTITY b "c">]><opml/>', "declares entities"),
        (b"<opml><body/></opml>", ""),
    ],
)
def test_what_is_no_list_is_not_imported(desk: Desk, given: bytes, said: str) -> None:
    """A sentence, exit status 1, and nothing changed."""
    done = feeds(desk, "import", "-", given=given)
    assert (done.status, said in done.err, text(desk)) == (1, True, LIST)
    assert "names no feed" in done.out or said


def test_what_is_exported_imports_to_the_same_list(desk: Desk) -> None:
    """Names, languages, countries, intervals and rests survive; passwords are not passed on."""
    done = feeds(desk, "export")
    assert done.status == 0
    assert done.err.endswith("on/and/on/rss.xml is printed without its user and password\n")
    before = feeds(desk, "list").out
    desk.configure(feeds="feeds: []\n")
    assert feeds(desk, "import", "-", given=done.out.encode()).status == 0
    assert feeds(desk, "list").out == before


def test_discover_describes_the_feeds_of_a_page(desk: Desk, server: FeedServer) -> None:
    """Each with title, entries, newest date and language, for people and for programs."""
    done = feeds(desk, "discover", server.url("/both"))
    assert done.status == 0
    assert done.out.splitlines() == [
        f"{server.url('/both')} is a page with 2 feeds:",
        f"  {server.url('/eins.rss')}",
        "      “Blatt eins”, 1 entry, newest 2024-07-12 08:00 UTC, de",
        f"  {server.url('/zwei.rss')}",
        "      “Blatt zwei”, 1 entry, newest 2024-07-12 08:00 UTC, de",
    ]
    (told,) = feeds(desk, "discover", "--json", server.url("/both")).answers()
    assert told["is_feed"] is False
    assert told["feeds"][0] == {  # type: ignore[index]
        "url": server.url("/eins.rss"),
        "origin": "declared",
        "title": "Blatt eins",
        "entries": 1,
        "newest": "2024-07-12T08:00:00+00:00",
        "language": "de",
    }


def test_discover_knows_a_feed(desk: Desk, server: FeedServer) -> None:
    """Who has the feed's address already is told so."""
    done = feeds(desk, "discover", server.url("/eins.rss"))
    assert done.out.startswith(f"{server.url('/eins.rss')} is a feed:\n  “Blatt eins”, 1 entry")


def test_discover_says_what_was_tried_in_vain(desk: Desk, server: FeedServer) -> None:
    """Exit status 1, each address with its reason; --json tells the same."""
    url = server.url("/none")
    done = feeds(desk, "discover", url)
    assert (done.status, done.out) == (1, "")
    first, *tried = done.err.splitlines()
    assert first == f"draht: {url} is a page, and no feed of it was found; tried:"
    assert f"draht:   usual place: {server.url('/feed')} answered 404 Not Found" in tried
    told = feeds(desk, "discover", "--json", url)
    assert (told.status, len(told.answers()[0]["refused"])) == (1, len(tried))  # type: ignore[arg-type]


def test_a_lent_configuration_is_not_changed(tmp_path: Path) -> None:
    """Without a folder of one's own the shipped list is read, and only read."""
    desk = Desk(tmp_path)
    assert "tagesschau" in feeds(desk, "list").out
    for call in (["add", "--unchecked", "https://a.example/"], ["remove", "tagesschau"]):
        done = feeds(desk, *call)
        assert done.status == 1
        assert (
            "is what Draht ships, and the next version would overwrite it: copy the folder (cp -r" in done.err
        )
        assert "set DRAHT_CONFIG to the copy" in done.err


@pytest.mark.parametrize(
    "call", ["list", "add https://a.example/", "remove a", "export", "discover http://127.0.0.1:9/"]
)
def test_a_broken_list_is_told_as_check_tells_it(desk: Desk, call: str) -> None:
    """With file, line and column, and nothing is changed or asked."""
    desk.configure(feeds="feeds:\n  - urll: https://a.example/\n")
    done = feeds(desk, *call.split())
    assert done.status == 1
    assert done.err.startswith('config/feeds.yaml:2:5: error: unknown key "urll" (did you mean "url"?)')


def test_doctor_says_when_no_feed_is_heard(desk: Desk) -> None:
    """Whoever asks only whether Draht is well hears that it is deaf, and where to look."""
    desk.configure(feeds="feeds:\n  - url: http://bote.invalid/rss.xml\n")
    assert "0 of 1 feed heard" not in desk.draht("doctor").out
    assert desk.draht("poll").status == 0
    assert "BAD feeds: 0 of 1 feed heard; see why: draht feeds health" in desk.draht("doctor").out


def test_health_shows_no_password(desk: Desk) -> None:
    """Neither in the lines for people nor in those for programs, whatever became of the feed."""
    desk.configure(feeds="feeds:\n  - url: http://leser:geheim@bote.invalid/rss.xml\n    name: Bote\n")
    assert desk.draht("poll").status == 0
    for done in (feeds(desk, "health"), feeds(desk, "health", "--json")):
        assert (done.status, "http://bote.invalid/rss.xml" in done.out) == (1, True)
