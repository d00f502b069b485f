"""`draht check --schema`, as an editor's set-up calls it."""

import pytest
from typer.testing import CliRunner

from bot.cli.app import app
from bot.configuration.locate import shipped


@pytest.mark.parametrize(
    ("arguments", "name"),
    [
        ([], "watchlist"),
        (["watchlist"], "watchlist"),
        (["feeds"], "feeds"),
        (["holders.yaml"], "holders"),
    ],
)
def test_it_prints_what_is_shipped(arguments: list[str], name: str) -> None:
    """Byte for byte, so that its output can be redirected to the file; the watch-list's if none is named."""
    done = CliRunner().invoke(app, ["check", "--schema", *arguments])
    assert done.exit_code == 0
    assert done.stdout == (shipped() / "schema" / f"{name}.json").read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["--schema", "channels"], 'no schema of "channels"; there are: watchlist, feeds, holders'),
        (["--schema", "--expand"], "--schema stands alone: draht check --schema [watchlist|feeds|holders]"),
        (["--schema", "--json"], "--schema stands alone"),
    ],
)
def test_wrong_usage_is_told(arguments: list[str], said: str) -> None:
    """A file that there is none of, and options that do not go together, end with 2 and a sentence."""
    done = CliRunner().invoke(app, ["check", *arguments])
    assert (done.exit_code, done.stdout) == (2, "")
    assert said in done.stderr
