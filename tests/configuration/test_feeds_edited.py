"""Feeds put into feeds.yaml and taken out of it: nothing else of the file changes."""

import difflib
import stat
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.configuration import locate
from bot.configuration.edition import EditError, Edition, edition_of, opened
from bot.configuration.save import SaveError
from bot.configuration.subscriptions import likeness, sound
from bot.errors import ConfigurationError
from bot.model.subscription import Subscription

SHIPPED = Path(__file__).resolve().parents[2] / "config" / "feeds.yaml"
NEW = Subscription("https://neu.example/rss?a=1&b=#2", "Neu: #1, 'x' \"y\"", "no", "NO", "2m", enabled=False)
NEWER = Subscription("https://neuer.example/feed")

# Everything that an added feed can be taken out of again without a trace.
FILES = {
    "CRLF": b"feeds:\r\n- url: https://a.example/ # eins\r\n\r\n# Ende\r\n",
    "no final newline": b"feeds:\n  - url: https://a.example/",
    "no final newline behind a comment": b"feeds:\n  - url: https://a.example/\n    # zu a",
    "a byte order mark": b"\xef\xbb\xbffeeds:\n  - url: https://a.example/\n",
    "brackets": b"feeds: [{url: https://a.example/}, {url: 'https://b.example/'} ] # zwei\n",
    "brackets over lines": b"feeds: [\n  {url: https://a.example/}, # a\n  {url: https://b.example/} #b\n]\n",
    "brackets with a last comma": b"feeds: [\n    {url: https://a.example/},  # a\n]\ninterval: 1h\n",
    "brackets throughout": b"{interval: 5m, feeds: [{url: https://a.example/}]}",
    "an empty list with comments": b"feeds:\n  # - url: https://a.example/\n\n# Ende\n",
    "comments at the end": b"feeds:\n  - url: https://a.example/\n    # zu a\n\n  # Rest\n# Ende\n",
    "keys behind the list": b"feeds:\n -   url: https://a.example/\n     name: 'A'\ninterval: 9m  # oft\n",
    "the dash alone": b"feeds:\n  -\n    # darunter\n    url: https://a.example/\n...\n",
    "a name over lines": b"feeds:\n  - url: https://a.example/\n    name: |\n     A\n     B\n\n# E\n",
    "quotes and anchors": b"feeds: &alle\n  - &a {url: \"https://a.example/\", name: 'A' }\n",
    "a document's marks": b"%YAML 1.2\n---\nfeeds:\n- url: https://a.example/\n...\n# nichts\n",
    "other letters": "feeds:\n  - url: https://a.example/\n    name: Газета \U0001f4f0 # ж\n".encode(),
}


@pytest.fixture(params=list(FILES.values()), ids=list(FILES))
def edition(request: pytest.FixtureRequest) -> Edition:
    """Give one file after the other."""
    return edition_of(Path("feeds.yaml"), request.param)


def test_a_feed_added_and_removed_leaves_the_file_byte_for_byte(edition: Edition) -> None:
    """Line ends, comments, quotes, blanks, marks and a missing last newline all stay."""
    more = edition.with_added([NEW, NEWER])
    assert more.subscriptions == (*edition.subscriptions, NEW, NEWER)
    first = len(edition.subscriptions)
    assert more.without(first).without(first).content == edition.content
    assert more.without(first + 1).without(first).content == edition.content


def test_what_stood_there_stands_there_still(edition: Edition) -> None:
    """Adding only ever adds: no byte of the old file is missing from the new one, none has moved."""
    after = edition.with_added([NEW]).content
    kept = difflib.SequenceMatcher(None, edition.content, after, autojunk=False)
    changes = {tag for tag, *_ in kept.get_opcodes()}
    assert changes == {"equal", "insert"}


def test_any_feed_of_a_file_can_be_removed(edition: Edition) -> None:
    """The others are still there, in their order."""
    more = edition.with_added([NEW])
    for place in range(len(more.subscriptions)):
        rest = more.without(place).subscriptions
        assert rest == more.subscriptions[:place] + more.subscriptions[place + 1 :]


def test_an_added_feed_follows_the_last_one_of_the_shipped_file() -> None:
    """It is written as all others are, behind the last one and its comment; nothing else changes."""
    before = edition_of(SHIPPED, SHIPPED.read_bytes())
    after = before.with_added([Subscription("https://neu.example/rss", "Neu", "de", "AT")])
    old, new = before.content.decode().splitlines(), after.content.decode().splitlines()
    changed = [line for line in difflib.ndiff(old, new) if not line.startswith("  ")]
    assert changed == [
        "+   - url: https://neu.example/rss",
        "+     name: Neu",
        "+     language: de",
        "+     country: AT",
    ]
    assert after.without(len(after.subscriptions) - 1).content == before.content


def test_a_removed_feed_takes_the_comments_below_it_along() -> None:
    """Of the shipped file go the feed's lines and its note on the address; headings stay."""
    before = edition_of(SHIPPED, SHIPPED.read_bytes())
    after = before.without(0).content.decode().splitlines()
    gone = [line for line in difflib.ndiff(before.content.decode().splitlines(), after) if line[0] in "+-"]
    assert len(gone) == 5
    assert gone[0] == "-   - url: https://www.tagesschau.de/index~rss2.xml"
    assert gone[4].startswith("-     # address: lists")
    assert "  # --- German: broadcasters" in after


@pytest.mark.parametrize(
    ("before", "after"),
    [
        (b"", b"feeds:\n  - url: https://neuer.example/feed\n"),
        (b"# nur Worte", b"# nur Worte\nfeeds:\n  - url: https://neuer.example/feed"),
        (b"interval: 1h\n", b"interval: 1h\nfeeds:\n  - url: https://neuer.example/feed\n"),
        (b"feeds: []  # leer\n", b"feeds:  # leer\n  - url: https://neuer.example/feed\n"),
        (b"{feeds: []}", b"{feeds: [{url: https://neuer.example/feed}]}"),
        (b"feeds: [\n# a\n]\n", b"feeds: [{url: https://neuer.example/feed}\n# a\n]\n"),
    ],
)
def test_the_first_feed_makes_its_list(before: bytes, after: bytes) -> None:
    """A file without feeds, or without anything, gets the list that it lacks."""
    assert edition_of(Path("feeds.yaml"), before).with_added([NEWER]).content == after


@given(
    name=st.text(min_size=1, max_size=30),
    path=st.text(min_size=0, max_size=20),
    flow=st.booleans(),
)
@settings(max_examples=200, deadline=None)
def test_any_name_and_address_is_read_as_it_was_written(name: str, path: str, flow: bool) -> None:  # noqa: FBT001
    """What the file may hold at all is quoted so that it comes back; what it may not is refused before."""
    new = sound(Subscription(f"https://neu.example/{path}", name))
    if isinstance(new, str):
        return
    file = b"feeds: [{url: https://a.example/}]" if flow else FILES["CRLF"]
    before = edition_of(Path("feeds.yaml"), file)
    try:
        after = before.with_added([new])
    except EditError:
        assert not new.url.isprintable() or not (new.name or "").isprintable()
        return
    assert after.subscriptions[-1] == new
    assert after.without(1).content == file


@pytest.mark.parametrize(
    "file", [b"feeds: *a\n", b"feeds: {}\n", b"feeds:\n  - url: x\n", b"\xff", b"a: [\n"]
)
def test_a_file_with_errors_is_not_edited(file: bytes) -> None:
    """What draht check calls an error is told first."""
    with pytest.raises(ConfigurationError):
        edition_of(Path("feeds.yaml"), file)


def test_a_change_that_would_be_another_than_the_one_meant_is_refused() -> None:
    """A feed whose anchor another needs, and a file without a place for a list, are left to the editor."""
    needed = b"feeds: [{url: &x https://a.example/}, {url: https://b.example/, name: *x}]\n"
    with pytest.raises(EditError, match=r"feeds\.yaml is left as it is"):
        edition_of(Path("feeds.yaml"), needed).without(0)
    with pytest.raises(EditError, match=r"feeds\.yaml is left as it is.* by hand and see with: draht check"):
        edition_of(Path("feeds.yaml"), b"{interval: 1h}\n").with_added([NEW])


def test_more_than_the_file_may_hold_is_refused() -> None:
    """Nothing is written that could not be read again."""
    many = [Subscription(f"https://neu.example/{number:02000}") for number in range(2_000)]
    with pytest.raises(EditError, match="larger than 4 MB"):
        edition_of(Path("feeds.yaml"), FILES["CRLF"]).with_added(many)


@pytest.mark.parametrize(
    "other",
    [
        "http://a.example/rss",
        "https://www.a.example/rss/",
        "HTTPS://A.example:443/rss",
        "https://a.example/rss#x",
    ],
)
def test_two_spellings_of_one_feed_are_alike(other: str) -> None:
    """Scheme, www, the last slash, the usual port and a fragment make no other feed."""
    assert likeness(other) == likeness("https://a.example/rss")


@pytest.mark.parametrize(
    "other", ["https://a.example/RSS", "https://a.example/rss?x=1", "https://b.example/rss"]
)
def test_what_may_be_another_feed_is_not_alike(other: str) -> None:
    """Path, query and host tell feeds apart."""
    assert likeness(other) != likeness("https://a.example/rss")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Give a folder with a feeds.yaml."""
    (tmp_path / "feeds.yaml").write_bytes(FILES["CRLF"])
    return tmp_path


def test_a_file_is_saved_whole_with_its_permissions(folder: Path) -> None:
    """Mode and link stay, and nothing is left beside it."""
    real = folder / "real.yaml"
    (folder / "feeds.yaml").rename(real)
    real.chmod(0o640)
    (folder / "feeds.yaml").symlink_to("real.yaml")
    before = opened(folder)
    after = before.with_added([NEW])
    after.save(before)
    assert real.read_bytes() == after.content
    assert (folder / "feeds.yaml").is_symlink()
    assert stat.S_IMODE(real.stat().st_mode) == 0o640
    assert sorted(path.name for path in folder.iterdir()) == ["feeds.yaml", "real.yaml"]


def test_a_file_that_changed_meanwhile_is_not_overwritten(folder: Path) -> None:
    """Who saved in an editor at that moment loses nothing."""
    before = opened(folder)
    (folder / "feeds.yaml").write_bytes(b"feeds: []\n")
    with pytest.raises(SaveError, match="was changed by somebody else just now"):
        before.with_added([NEW]).save(before)
    assert (folder / "feeds.yaml").read_bytes() == b"feeds: []\n"


def test_a_read_only_file_is_not_overwritten(folder: Path) -> None:
    """Not by root either, who could."""
    (folder / "feeds.yaml").chmod(0o444)
    before = opened(folder)
    with pytest.raises(SaveError, match=r"is read-only: copy the folder .* and set DRAHT_CONFIG to the copy"):
        before.with_added([NEW]).save(before)


def test_the_shipped_folder_is_the_users_only_where_it_was_chosen(tmp_path: Path) -> None:
    """In a clone config/ is the user's own; from elsewhere, and in the wheel, it is lent."""
    shipped = locate.shipped()
    assert locate.is_lent(shipped, None, tmp_path)
    assert not locate.is_lent(shipped, None, shipped.parent)
    assert not locate.is_lent(shipped, shipped, tmp_path)
    assert not locate.is_lent(tmp_path, None, tmp_path.parent)
