"""How lines for people are written."""

import sys

import pytest

from bot.cli.output import say_folded, say_parts

LINE = "  - one minister (Boris Pistorius, DE) and a word of contact, but no second defence minister"


def test_a_long_line_is_folded_between_words_on_a_terminal(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Nothing is broken inside a word, and what follows stands below its beginning."""
    monkeypatch.setenv("COLUMNS", "60")
    monkeypatch.setattr(sys.stdout, "isatty", lambda: True)
    say_folded(LINE)
    say_folded("  Quelle: Blatt")
    first, second, short = capsys.readouterr().out.splitlines()
    assert len(first) <= 60
    assert second.startswith("      ")
    assert f"{first} {second.strip()}" == LINE
    assert short == "  Quelle: Blatt"


def test_each_part_of_a_long_line_begins_a_line_on_a_terminal(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """What does not fit is parted where it has parts; what fits stays one line, as everywhere else."""
    monkeypatch.setenv("COLUMNS", "60")
    say_parts("- Belousov – Austin, phone", "edited.yaml:8 exclude: Texas and some more words")
    monkeypatch.setattr(sys.stdout, "isatty", lambda: True)
    say_parts("- Belousov – Austin, phone", "edited.yaml:8 exclude: Texas and some more words")
    say_parts("- Belousov – Austin", "edited.yaml:8")
    assert capsys.readouterr().out.splitlines() == [
        "- Belousov – Austin, phone   edited.yaml:8 exclude: Texas and some more words",
        "- Belousov – Austin, phone",
        "    edited.yaml:8 exclude: Texas and some more words",
        "- Belousov – Austin   edited.yaml:8",
    ]


def test_elsewhere_a_line_stays_one(capsys: pytest.CaptureFixture[str]) -> None:
    """A program that reads lines finds each whole."""
    say_folded(LINE)
    assert capsys.readouterr().out == f"{LINE}\n"
