"""watchlist.yaml and holders.yaml, changed in their text from the operators' chat."""

import os
import stat
from collections import Counter
from datetime import UTC, date, datetime
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.configuration.amend import mark_of
from bot.configuration.draft import Draft, DraftError, OneLineListError, file_of, opened
from bot.configuration.load import HOLDERS, WATCH_LIST, load
from bot.configuration.save import SaveError
from bot.errors import ConfigurationError
from bot.model.change import AddHolder, AddSpelling, AddWatch, AddWords, Change, Part, RemoveWord
from bot.model.office import Office
from bot.register.load import load as shipped
from bot.text.fold import fold

NOW = datetime(2026, 11, 28, 14, 3, tzinfo=UTC)
MARK = mark_of("+ Taurus", "Erika (42)", NOW)
BLOCK = """\
# what rings
watches:
  - name: A   # the first
    keywords:
      - Scholz   # a chancellor
      # deeper
      - Merz
    exclude: [Texas]

  # between
  - {name: B, keywords: [x, y], ring: stories}
  - name: C
    contacts:
    - US defence minister
    - RU defence minister
    - DE defence minister
# the end
"""
ONE_LINE = "keywords: [Austin, Belousov]  # mine\n"


def folder_of(place: Path, text: str) -> Path:
    """Make a folder with this watch-list and one feed."""
    (place / "feeds.yaml").write_text("feeds:\n  - url: https://one.example/rss\n", encoding="utf-8")
    (place / WATCH_LIST).write_bytes(text.encode())
    return place


def draft_of(place: Path, text: str, file: str = WATCH_LIST) -> Draft:
    """Open a folder with this watch-list."""
    return opened(folder_of(place, text), file, shipped())


def lines_changed(place: Path, text: str, change: Change, mark: str = MARK) -> tuple[list[str], list[str]]:
    """Give the lines that a change takes out and puts in."""
    draft = draft_of(place, text, file_of(change))
    before = Counter((draft.content or b"").decode().splitlines())
    after = Counter((draft.changed(change, mark).content or b"").decode().splitlines())
    return sorted((before - after).elements()), sorted((after - before).elements())


@pytest.mark.parametrize(
    ("text", "change", "gone", "come"),
    [
        (
            ONE_LINE,
            AddWords(0, Part.KEYWORDS, ("Taurus",)),
            ["keywords: [Austin, Belousov]  # mine"],
            [f"keywords: [Austin, Belousov, Taurus]  # mine; {MARK}"],
        ),
        (
            ONE_LINE,
            RemoveWord(0, Part.KEYWORDS, 0),
            ["keywords: [Austin, Belousov]  # mine"],
            [f"keywords: [Belousov]  # mine; {MARK}"],
        ),
        (BLOCK, AddWords(0, Part.KEYWORDS, ("Taurus",)), [], [f"      - Taurus  # {MARK}"]),
        (
            BLOCK,
            AddWords(0, Part.EXCLUDE, ("a, b: #c",)),
            ["    exclude: [Texas]"],
            [f"    exclude: [Texas, 'a, b: #c']  # {MARK}"],
        ),
        (BLOCK, RemoveWord(0, Part.KEYWORDS, 0), ["      - Scholz   # a chancellor"], [f"      # {MARK}"]),
        (BLOCK, RemoveWord(0, Part.EXCLUDE, 0), ["    exclude: [Texas]"], [f"    # {MARK}"]),
        (
            BLOCK,
            AddWords(1, Part.KEYWORDS, ("z",)),
            ["  - {name: B, keywords: [x, y], ring: stories}"],
            [f"  - {{name: B, keywords: [x, y, z], ring: stories}}  # {MARK}"],
        ),
        (
            BLOCK,
            AddWords(1, Part.EXCLUDE, ("z",)),
            ["  - {name: B, keywords: [x, y], ring: stories}"],
            [f"  - {{name: B, keywords: [x, y], ring: stories, exclude: [z]}}  # {MARK}"],
        ),
        (BLOCK, AddWords(2, Part.KEYWORDS, ("z",)), [], [f"    keywords: [z]  # {MARK}"]),
        (BLOCK, AddWords(2, Part.CONTACTS, ("Boris Pistorius",)), [], [f"    - Boris Pistorius  # {MARK}"]),
        (BLOCK, RemoveWord(2, Part.CONTACTS, 2), ["    - DE defence minister"], [f"    # {MARK}"]),
        (
            BLOCK,
            AddWatch("New: one", ("x", "y z")),
            [],
            [f"  - name: 'New: one'  # {MARK}", "    keywords: [x, y z]"],
        ),
    ],
)
def test_a_change_touches_its_own_lines(
    tmp_path: Path, text: str, change: Change, gone: list[str], come: list[str]
) -> None:
    """Written as the list is written, with who and when beside it; everything else stays as it is."""
    assert lines_changed(tmp_path, text, change) == (sorted(gone), sorted(come))


def test_a_newer_mark_takes_the_place_of_an_older_one(tmp_path: Path) -> None:
    """A line that is edited every day does not grow for ever; the editor's own comment stays."""
    draft = draft_of(tmp_path, ONE_LINE)
    for word in ("one", "two", "three"):
        draft = draft.changed(AddWords(0, Part.KEYWORDS, (word,)), mark_of(f"+ {word}", "Erika; # (42)", NOW))
    told = "# mine; + three: Erika, # (42), 2026-11-28 14:03"
    assert draft.content == f"keywords: [Austin, Belousov, one, two, three]  {told}\n".encode()


def test_holders_are_put_at_the_end_of_their_file(tmp_path: Path) -> None:
    """Also where it holds only comments, or is not there at all."""
    text = "# only comments\n"
    (tmp_path / HOLDERS).write_text(text, encoding="utf-8")
    draft = draft_of(tmp_path, ONE_LINE, HOLDERS)
    changed = draft.changed(AddHolder("US", "Jane Example", date(2026, 11, 20)), MARK)
    assert changed.content is not None
    assert changed.content.decode().splitlines()[:3] == [
        "# only comments",
        "holders:",
        f"  - country: US  # {MARK}",
    ]
    assert [one.message for one in changed.new_warnings(draft)] == [
        "Jane Example and Pete Hegseth hold the office US defence minister at one time"
    ]
    again = changed.changed(AddSpelling("RU", "Andrei Belousov", "Belusoff"), MARK)
    assert again.content is not None
    assert again.content.startswith(changed.content)
    (tmp_path / HOLDERS).unlink()
    fresh = draft_of(tmp_path, ONE_LINE, HOLDERS)
    fresh.changed(AddSpelling("RU", "Andrei Belousov", "Belusoff"), MARK).save(None)
    known = load(tmp_path, shipped()).register.holders_of(Office("RU"))
    assert any("Belusoff" in holder.all_names() for holder in known)


def test_what_check_would_call_an_error_is_refused_with_its_words(tmp_path: Path) -> None:
    """The place is that of the folder's own file, as the editor would look for it."""
    draft = draft_of(tmp_path, BLOCK)
    for change, words in (
        (AddWatch("a", ("x",)), 'the name "a" is already used in line 3'),
        (AddWords(2, Part.CONTACTS, ("Boris Unknown",)), "is neither an office nor a person"),
        (AddWords(0, Part.KEYWORDS, ("!!!",)), "has no letter or digit"),
    ):
        with pytest.raises(ConfigurationError) as caught:
            draft.changed(change, MARK)
        assert words in caught.value.problems[0].message
        assert Path(caught.value.problems[0].path).resolve() == (tmp_path / WATCH_LIST).resolve()


def test_a_warning_is_told_once(tmp_path: Path) -> None:
    """Only what the change itself makes doubtful."""
    text = "watches:\n  - name: A\n    keywords: [Iowa, Texas, Ohio]\n    exclude: [Texas]\n"
    draft = draft_of(tmp_path, text)
    changed = draft.changed(AddWords(0, Part.EXCLUDE, ("Ohio",)), MARK)
    assert [one.message for one in changed.new_warnings(draft)] == [
        '"Ohio" is a keyword and excluded too: as a keyword it does nothing'
    ]


def test_a_warning_whose_lines_have_moved_is_not_told_again(tmp_path: Path) -> None:
    """A watch that adds nothing was known to, whatever stands above it now."""
    text = "watches:\n  - name: A\n    keywords: [Texas]\n  - name: B\n  - name: C\n    keywords: [Ohio]\n"
    draft = draft_of(tmp_path, text)
    changed = draft.changed(AddWords(0, Part.EXCLUDE, ("Utah",)), MARK)
    assert len(changed.warnings) == len(draft.warnings) == 2
    assert {one.message for one in changed.warnings} != {one.message for one in draft.warnings}
    assert changed.new_warnings(draft) == ()


def test_one_line_has_no_place_for_a_watch(tmp_path: Path) -> None:
    """That is an answer of its own: a person has to make a list of it first."""
    with pytest.raises(OneLineListError):
        draft_of(tmp_path, ONE_LINE).changed(AddWatch("N", ("x",)), MARK)


@pytest.mark.parametrize(
    "text",
    [
        "keywords: &a [x, y]\n",
        "watches:\n  - name: A\n    keywords: &a [x, y]\n  - name: B\n    keywords: *a\n",
        "keywords:\n  - 'x\n\n    y'\n  - z\n",
        "{keywords: [x]}",
    ],
)
def test_a_strange_layout_is_changed_as_meant_or_left_alone(tmp_path: Path, text: str) -> None:
    """What two watches share is not changed for one of them."""
    draft = draft_of(tmp_path, text)
    try:
        changed = draft.changed(AddWords(0, Part.KEYWORDS, ("new",)), MARK)
    except DraftError as error:
        assert "only you can edit safely" in str(error)  # noqa: PT017 -- one of two good ends
        return
    expected = (*draft.watching.watchlist.watches[0].keywords, "new")
    assert changed.watching.watchlist.watches[0].keywords == expected
    assert changed.watching.watchlist.watches[1:] == draft.watching.watchlist.watches[1:]


def test_it_is_written_whole_or_not_at_all(tmp_path: Path) -> None:
    """A file that was edited by hand meanwhile, or is read-only, is left as it is."""
    draft = draft_of(tmp_path, ONE_LINE)
    path = tmp_path / WATCH_LIST
    path.chmod(0o640)
    changed = draft.changed(AddWords(0, Part.KEYWORDS, ("Taurus",)), MARK)
    changed.save(draft.content)
    assert path.read_bytes() == changed.content
    assert stat.S_IMODE(path.stat().st_mode) == 0o640
    with pytest.raises(SaveError, match="changed by somebody else"):
        changed.save(draft.content)
    path.chmod(0o440)
    with pytest.raises(SaveError, match="read-only"):
        draft.save(changed.content)
    assert path.read_bytes() == changed.content
    assert sorted(one.name for one in tmp_path.iterdir()) == ["feeds.yaml", WATCH_LIST]


def test_a_save_while_the_disk_writes_is_not_overwritten(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """An editor who saves as late as while the new file is put on the disk keeps what he saved."""
    draft = draft_of(tmp_path, ONE_LINE)
    path = tmp_path / WATCH_LIST
    changed = draft.changed(AddWords(0, Part.KEYWORDS, ("Taurus",)), MARK)
    monkeypatch.setattr(os, "fsync", lambda _: path.write_text("keywords: [by hand]\n", encoding="utf-8"))
    with pytest.raises(SaveError, match="changed by somebody else"):
        changed.save(draft.content)
    assert path.read_text(encoding="utf-8") == "keywords: [by hand]\n"
    assert sorted(one.name for one in tmp_path.iterdir()) == ["feeds.yaml", WATCH_LIST]


WORD = st.text(st.characters(exclude_categories=("Cc", "Cs", "Cn")), min_size=1, max_size=12).filter(
    lambda word: any(letter.isalnum() for letter in fold(word))
)
PLAIN = st.from_regex(r"[A-Za-zÄäß][a-zäß]{2,8}", fullmatch=True)
COMMENT = st.sampled_from(["", "", "  # why", "   # Straße – “x”", " # [a, b]", "  #"])
LINE = st.sampled_from(["", "# between", "    # deep", "      # deeper"])


@st.composite
def lists(draw: st.DrawFn) -> list[str]:
    """Write a list of words, in brackets or below each other."""
    key = draw(st.sampled_from(["keywords", "exclude"]))
    words = draw(st.lists(PLAIN, min_size=1, max_size=4, unique=True))
    if draw(st.booleans()):
        return [f"    {key}: [{', '.join(words)}]{draw(COMMENT)}"]
    if draw(st.booleans()):
        return [
            f"    {key}: [",
            *(f"      {word},{draw(COMMENT)}" for word in words),
            f"    ]{draw(COMMENT)}",
        ]
    margin = draw(st.sampled_from(["    ", "      "]))
    rows = [f"{margin}- {word}{draw(COMMENT)}" for word in words]
    return [f"    {key}:{draw(COMMENT)}", *rows]


Owner = tuple[int, str] | None
"""Of which watch and key a line is; None of none that is changed."""


@st.composite
def watch_lists(draw: st.DrawFn) -> list[tuple[str, Owner]]:
    """Write a watch-list as an editor might, each line with its list."""
    lines: list[tuple[str, Owner]] = [(one, None) for one in draw(st.lists(LINE, max_size=2))]
    lines += [(f"watches:{draw(COMMENT)}", None)]
    for number in range(draw(st.integers(1, 3))):
        lines += [(f"  - name: W{number}{draw(COMMENT)}", None)]
        told = draw(st.lists(lists(), min_size=1, max_size=2, unique_by=lambda one: one[0].split(":")[0]))
        for one in told:
            owned = (number, one[0].split(":")[0].strip())
            lines += [(line, owned) for line in (*one, *draw(st.lists(LINE, max_size=2)))]
    ending = draw(st.sampled_from(["\n", "\r\n"]))
    ended = [(line + ending, owner) for line, owner in lines]
    last, owner = lines[-1]
    return [*ended[:-1], (last + draw(st.sampled_from([ending, ""])), owner)]


def change_of(draft: Draft, word: str, data: st.DataObject) -> AddWords | RemoveWord:
    """Draw a change of one list that the watch-list may have."""
    watches = draft.watching.watchlist.watches
    place = data.draw(st.integers(0, len(watches) - 1))
    part: Part = data.draw(st.sampled_from([Part.KEYWORDS, Part.EXCLUDE]))
    present = watches[place].keywords if part is Part.KEYWORDS else watches[place].exclude
    remove: bool = bool(present) and data.draw(st.sampled_from([True, False]))
    return (
        RemoveWord(place, part, data.draw(st.integers(0, len(present) - 1)))
        if remove
        else AddWords(place, part, (" ".join(word.split()),))
    )


@settings(deadline=None, max_examples=60, suppress_health_check=[HealthCheck.too_slow])
@given(written=watch_lists(), word=WORD, by=st.text(max_size=30), data=st.data())
def test_every_line_not_concerned_stays(
    written: list[tuple[str, Owner]], word: str, by: str, data: st.DataObject
) -> None:
    """Arbitrary lists, comments and line ends: what is above and below the list is there byte for byte."""
    text = "".join(line for line, _ in written)
    with TemporaryDirectory() as name:
        draft = draft_of(Path(name), text)
        change = change_of(draft, word, data)
        after = (draft.changed(change, mark_of(f"+ {word}", by, NOW)).content or b"").decode()
    owner = (change.watch, str(change.part))
    own = [number for number, (_, whose) in enumerate(written) if whose == owner]
    if not own:
        lines = [line.strip("\r\n") for line in after.split("\n")]
        was = [line.strip("\r\n") for line in text.split("\n")]
        assert any(was == lines[:at] + lines[at + 1 :] for at in range(len(lines)))
        return
    above = "".join(line for line, _ in written[: own[0]])
    below = "".join(line for line, _ in written[own[-1] + 1 :])
    assert after.startswith(above)
    assert after.endswith(below)
    middle = after[len(above) : len(after) - len(below)]
    kept = [line for line, whose in written if whose == owner]
    if isinstance(change, AddWords) and "[" not in kept[0].partition("#")[0]:
        left = iter(line.strip("\r\n") for line in middle.split("\n"))
        assert all(line.strip("\r\n") in left for line in kept)
