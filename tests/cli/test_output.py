"""How lines for people are written."""

import sys

import pytest

from bot.cli.output import say_folded

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


def test_elsewhere_a_line_stays_one(capsys: pytest.CaptureFixture[str]) -> None:
    """A program that reads lines finds each whole."""
    say_folded(LINE)
    assert capsys.readouterr().out == f"{LINE}\n"
