"""What `draht backtest` says of an edit: each change with the line that caused it, and how it ends."""

import json
from pathlib import Path
from typing import Any

import pytest

from tests.acceptance.desk import Desk

LIST = """\
watches:
  - name: Washington – Moskau
    contacts: [US defence minister, RU defence minister]
    keywords:
      - Austin
    channel: "@draht"
  - name: Taurus
    ring: stories
    keywords:
      - Taurus
    channel: "@taurus"
"""
CALL = (
    "Verteidigungsminister Lloyd Austin hat am {day} mit seinem Amtskollegen Andrej Beloussow telefoniert. "
    "{more}"
)


def _story(number: int, published: str, text: str, source: str = "nordblatt") -> dict[str, object]:
    return {
        "id": f"s{number}",
        "source": source,
        "lang": "de",
        "published": published,
        "title": "Meldung",
        "text": text,
    }


STORIES = (
    _story(1, "2024-07-12T10:00:00Z", CALL.format(day="12. Juli", more="Das Telefonat dauerte lange.")),
    _story(2, "2024-09-03T10:00:00Z", CALL.format(day="3. September", more="Es ging um Texas und Taurus.")),
    _story(
        3, "2024-09-05T10:00:00Z", "Der Bundestag hat lange über die Lieferung von Taurus an Kiew beraten."
    ),
    _story(
        4,
        "2024-09-05T12:00:00Z",
        "Der Bundestag hat lange über die Lieferung von Taurus an Kiew beraten, sagt Boris.",
        "bote",
    ),
)
CALL_OF_JULY, CALL_OF_SEPTEMBER = (
    "12 Jul 2024 Belousov – Austin, phone",
    "3 Sep 2024 Belousov – Austin, phone",
)


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    """Give a desk with a list and a file of stories."""
    made = Desk(tmp_path)
    made.configure(watch_list=LIST)
    made.stories(*STORIES)
    return made


def _edited(desk: Desk, before: str, after: str) -> str:
    assert LIST.count(before) == 1
    (desk.folder / "new.yaml").write_text(LIST.replace(before, after), encoding="utf-8")
    return "new.yaml"


def _said(desk: Desk, before: str, after: str, *more: str) -> list[str]:
    """Backtest an edit; give the lines of its changes, blanks made one."""
    done = desk.draht("backtest", _edited(desk, before, after), "--jsonl", "stories.jsonl", *more)
    assert (done.status, done.err) == (0, "")
    return [" ".join(line.split()) for line in done.out.splitlines()[:-1]]


@pytest.mark.parametrize(
    ("before", "after", "wanted"),
    [
        (
            "- Austin",
            "- Telefonat",
            [f"- {CALL_OF_SEPTEMBER} → @draht config/watchlist.yaml:5 keywords: Austin (nordblatt: “"],
        ),
        (
            "    keywords:\n      - Austin\n",
            "    keywords:\n      - Austin\n    exclude:\n      - Kiew\n      - Texas\n",
            [f"- {CALL_OF_SEPTEMBER} → @draht new.yaml:8 exclude: Texas (nordblatt: “…ussow tele"],
        ),
        (
            "    keywords:\n      - Austin\n",
            "    query: person:Austin NEAR/5f Juli\n",
            [f"- {CALL_OF_SEPTEMBER} → @draht config/watchlist.yaml:5 keywords: Austin (nordblatt: “"],
        ),
        (
            '    channel: "@draht"',
            "    media: [meeting]\n    channel: '@draht'",
            [f"- {CALL_OF_SEPTEMBER} → @draht new.yaml:6 media: meeting", f"- {CALL_OF_JULY} → @draht new"],
        ),
        (
            "[US defence minister, RU defence minister]",
            "[DE defence minister]",
            [f"- {CALL_OF_SEPTEMBER} → @draht new.yaml:3 contacts: DE", f"- {CALL_OF_JULY} → @draht new"],
        ),
        (
            '"@draht"',
            '"@taurus"',
            [
                "- 3 Sep 2024 “Meldung” → @taurus new.yaml:6 channel",
                f"~ {CALL_OF_SEPTEMBER} → @draht, now @taurus (another channel) new.yaml:6 channel: @taurus",
                f"~ {CALL_OF_JULY} → @draht, now @taurus (another channel) new.yaml:6 channel: @taurus",
            ],
        ),
        (
            "      - Taurus\n",
            "      - Boris\n",
            [
                "- 3 Sep 2024 “Meldung” → @taurus config/watchlist.yaml:10 keywords: Taurus",
                "= 5 Sep 2024 “Meldung” → @taurus (another post, another time, other words) config",
            ],
        ),
        (
            "  - name: Taurus\n",
            "  - name: Alle\n    channel: '@alle'\n  - name: Taurus\n",
            [f"+ {CALL_OF_SEPTEMBER} → @alle new.yaml:7 name: Alle", f"+ {CALL_OF_JULY} → @alle new.yaml:7"],
        ),
        (
            "watches:\n",
            "max_age: 1d\nchannels:\n  - name: '@draht'\n    approve: true\nwatches:\n",
            [
                f"~ {CALL_OF_SEPTEMBER} → @draht (another ring) new.yaml:1 max_age: 1d new.yaml:3",
                f"~ {CALL_OF_JULY} → @draht (another ring)",
            ],
        ),
        (
            "watches:\n",
            "language: en\nchannels:\n  - name: '@draht'\n    digest: Mon 07:00\nwatches:\n",
            [
                f"~ {CALL_OF_SEPTEMBER} → @draht (other words) new.yaml:1 language: en new.yaml:3",
                f"~ {CALL_OF_JULY} → @draht (other words) new.yaml:1 language: en new.yaml:3",
            ],
        ),
    ],
)
def test_each_change_names_its_line(desk: Desk, before: str, after: str, wanted: list[str]) -> None:
    """Added words stand in the new file, removed ones in the old one; the story's words follow."""
    said = _said(desk, before, after)
    assert len(said) == len(wanted)
    for line, beginning in zip(said, wanted, strict=True):
        assert line.startswith(beginning)


def test_another_language_alone_is_the_cause_of_other_words(desk: Desk) -> None:
    """Neither a channel that only takes the language from the list, nor a watch edited beside it."""
    described = LIST + "channels:\n  - name: '@draht'\n    digest: Mon 07:00\n"
    edited = "language: en\n" + described.replace("      - Austin\n", "      - Austin\n      - Hegseth\n")
    desk.configure(watch_list=described)
    (desk.folder / "new.yaml").write_text(edited, encoding="utf-8")
    done = desk.draht("backtest", "new.yaml", "--jsonl", "stories.jsonl")
    assert [line.partition("(other words)   ")[2] for line in done.out.splitlines()[:-1]] == [
        "new.yaml:1 language: en",
        "new.yaml:1 language: en",
    ]


def test_many_changes_are_summed_up_by_their_lines(desk: Desk) -> None:
    """Behind more than a screen of changes stands how many each line is the cause of."""
    extra = "".join(
        f"  - name: N{n}\n    contacts: [US defence minister]\n    channel: '@c{n}'\n" for n in range(11)
    )
    (desk.folder / "new.yaml").write_text(LIST.replace("- Austin", "- Telefonat") + extra, encoding="utf-8")
    told = desk.draht("backtest", "new.yaml", "--jsonl", "stories.jsonl").out.splitlines()
    summary = told[told.index("in short:") + 1 :]
    assert summary[0] == "  2 gained by new.yaml:15 name: N1"
    assert summary[7:9] == ["  2 gained by new.yaml:36 name: N8", "  6 by other lines"]
    assert summary[9].startswith("21 gained, 0 lost, 1 changed, 0 merged differently; 4 stories")


def test_a_file_that_is_not_there_is_called_so(desk: Desk) -> None:
    """A name that ends like a file's is none of a folder's."""
    done = desk.draht("backtest", "nix.yaml", "--jsonl", "stories.jsonl")
    assert done.status == 1
    assert done.err.startswith("nix.yaml: error: there is no such file (")


def test_only_posts_since_then_are_told(desk: Desk) -> None:
    """--since leaves out the call of July."""
    said = _said(desk, '"@draht"', '"@andere"', "--since", "2024-09")
    assert [line.split(" → ")[0] for line in said] == [f"~ {CALL_OF_SEPTEMBER}"]


def test_since_the_first_day_of_the_calendar_is_since_ever(desk: Desk) -> None:
    """What lies before every story leaves out none."""
    whole = _said(desk, '"@draht"', '"@andere"')
    assert _said(desk, '"@draht"', '"@andere"', "--since", "0001-01-01") == whole


def test_nothing_changes_nothing_is_said(desk: Desk) -> None:
    """A list against itself, renamed: one line of figures, status 0 even with --exit-code."""
    new = _edited(desk, "name: Taurus", "name: Marschflugkörper")
    done = desk.draht("backtest", new, "--jsonl", "stories.jsonl", "--exit-code")
    assert (done.status, done.err) == (0, "")
    assert done.out.startswith("nothing would have changed; 4 stories, 2 of them")


def test_with_exit_code_a_change_ends_with_three(desk: Desk) -> None:
    """For CI: 0 nothing changes, 1 a list has errors, 2 called wrongly, 3 something changes."""
    new = _edited(desk, "- Austin", "- Telefonat")
    assert desk.draht("backtest", new, "--jsonl", "stories.jsonl").status == 0
    assert desk.draht("backtest", new, "--jsonl", "stories.jsonl", "--exit-code").status == 3
    assert desk.draht("backtest", "--old", new, "--jsonl", "stories.jsonl", "--exit-code").status == 3
    assert desk.draht("backtest").status == 2
    assert desk.draht("backtest", new, "--since", "yesterday").status == 2


def test_errors_of_both_lists_are_told_at_once(desk: Desk) -> None:
    """Each with its file and line; the stories are not looked at."""
    desk.configure(watch_list=LIST.replace("ring: stories", "ring: storys"))
    new = _edited(desk, "- Austin", "- [Austin]")
    done = desk.draht("backtest", new, "--jsonl", "nothing.jsonl")
    assert done.status == 1
    told = done.err.splitlines()
    assert [line.partition(": error")[0] for line in told] == ["config/watchlist.yaml:8:11", "new.yaml:5:9"]


def test_without_an_archive_it_is_said_what_to_do(desk: Desk) -> None:
    """Looking makes no database."""
    done = desk.draht("backtest", _edited(desk, "- Austin", "- Telefonat"))
    assert done.status == 1
    assert "there is no database at" in done.err
    assert "--jsonl" in done.err
    assert not desk.state.exists()


def test_programs_get_a_line_a_change_and_the_figures(desk: Desk) -> None:
    """The line holds alert, channel, text and cause."""
    new = _edited(desk, "- Austin", "- Telefonat")
    done = desk.draht("backtest", new, "--jsonl", "stories.jsonl", "--json")
    change, figures = map(json.loads, done.out.splitlines())
    assert (change["change"], change["date"], change["countries"]) == ("lost", "2024-09-03", ["RU", "US"])
    assert change["after"] is None
    assert change["before"]["channel"] == "@draht"
    assert "Austin" in change["before"]["text"]
    assert _cause(change) == {
        "list": "old",
        "file": "config/watchlist.yaml",
        "line": 5,
        "key": "keywords",
        "text": "Austin",
        "story": "s2",
        "words": "Lloyd Austin",
    }
    assert figures["summary"] == {"gained": 0, "lost": 1, "changed": 0, "merged": 0, "stories": 4, "heard": 2}


def _cause(change: dict[str, Any]) -> dict[str, Any]:
    (cause,) = change["causes"]
    return dict(cause)


def test_other_holders_are_read_anew(desk: Desk) -> None:
    """A folder whose holders.yaml knows a new minister recognises his call, and says where from."""
    new = desk.folder / "new"
    new.mkdir()
    (new / "watchlist.yaml").write_text("watches:\n  - name: Alle\n", encoding="utf-8")
    (new / "holders.yaml").write_text(
        "holders:\n  - {country: US, person: Jane Doebridge, start: 2024-01-01}\n", encoding="utf-8"
    )
    old = desk.folder / "old.yaml"
    old.write_text("watches:\n  - name: Alle\n", encoding="utf-8")
    text = "Jane Doebridge hat am 12. Juli mit dem russischen Verteidigungsminister Beloussow telefoniert."
    desk.stories(_story(1, "2024-07-12T10:00:00Z", text))
    done = desk.draht("backtest", "new", "--old", "old.yaml", "--jsonl", "stories.jsonl")
    assert (done.status, done.err) == (0, "")
    assert "Doebridge" in done.out
    assert "holders.yaml" in done.out
