from pathlib import Path

import pytest

from bot.configuration import excerpt
from bot.errors import Problem
from tests.configuration.desk import Desk


def shown(desk: Desk, text: str) -> str:
    """Give the excerpt of the first problem of a watch-list."""
    desk.write("watchlist.yaml", text)
    return excerpt(desk.findings()[0])


def test_the_line_stands_above_a_caret(desk: Desk) -> None:
    """The caret points to the column of the problem."""
    assert shown(desk, "language: de\nkeywords: []\n") == (
        "    2 │ keywords: []\n"
        "      │           ^"
    )  # fmt: skip


def test_a_tab_does_not_move_the_caret(desk: Desk) -> None:
    """A tab is shown as one blank."""
    assert shown(desk, "watches:\n\t- name: Moskau\n") == (
        "    2 │  - name: Moskau\n"
        "      │ ^"
    )  # fmt: skip


def test_credentials_are_hidden_and_the_caret_stays(desk: Desk) -> None:
    """The terminal's history never holds a password, and the dots are as long as it was."""
    desk.write("feeds.yaml", "feeds:\n  - {url: 'https://me:pw@example.org/', interval: 5}\n")
    assert excerpt(desk.findings()[0]) == (
        "    2 │   - {url: 'https://•••••@example.org/', interval: 5}\n"
        "      │                                                   ^"
    )


@pytest.mark.parametrize(
    "slip",
    [
        "watches: [{name: a, channel: 'tgram://s3cret/1'}]",
        "watches: [{name: a}]\nchannels: json://h/s3cret",
        "watches: [{name: a}]\nchannels:\n  - json://h/s3cret",
        "watches: [{name: a}]\nchannels:\n  - name: phone\n    servce: tgram://s3cret/1",
        "watches: [{name: a}]\nchannels:\n  - name: phone\n    service: [tgram://s3cret/1]",
    ],
)
def test_the_address_of_a_service_is_hidden_in_the_wrong_place_too(desk: Desk, slip: str) -> None:
    """As a channel, under a misspelt key, in a list: problems go to logs and to the operators' chat."""
    desk.write("watchlist.yaml", slip)
    found = desk.findings()
    assert found
    assert "s3cret" not in "\n".join(f"{one}\n{excerpt(one)}" for one in found)


def test_a_long_line_is_cut_around_the_caret(desk: Desk) -> None:
    """A line of many words shows those about the problem, and wraps on no terminal of 80 columns."""
    words = ", ".join(f"word{number}" for number in range(100))
    line, caret = shown(desk, f"keywords: [{words}, true, {words}]\n").splitlines()
    assert len(line) < 80
    assert line[caret.index("^") :].startswith("true, word0")


def test_a_control_character_never_reaches_the_terminal(desk: Desk) -> None:
    """An escape sequence in a file is spelt out."""
    assert "\x1b" not in shown(desk, "keywords: [\x1b[31mred]\n")
    assert "\\x1b" in shown(desk, "keywords: [\x1b[31mred]\n")


def test_a_problem_of_the_whole_file_has_no_excerpt(desk: Desk) -> None:
    """Nor has one whose file or line is gone."""
    assert shown(desk, "") == ""
    assert excerpt(Problem("config/gone.yaml", 1, 1, "x")) == ""
    assert excerpt(Problem("config/watchlist.yaml", 99, 1, "x")) == ""


def test_the_lines_of_the_file_count_as_those_of_the_reader(desk: Desk) -> None:
    """Signs that only some programs take for an end of line do not shift the excerpt."""
    desk.write("watchlist.yaml", 'colour: "a\u2028b\x85c\u2029d"\nkeywords: []\n')
    (problem,) = (found for found in desk.findings() if found.column == 11)
    assert excerpt(problem).startswith("    2 │ keywords: []\n")


def test_the_path_is_read_from_the_working_folder(desk: Desk) -> None:
    """The excerpt is found by the path that the problem shows."""
    desk.write("watchlist.yaml", "keywords: []\n")
    (problem,) = desk.findings()
    assert Path(problem.path).exists()
