"""The words that the bot talks with are whole in each language."""

from importlib.resources import files

import pytest

from bot.errors import ConfigurationError
from bot.languages import post, talk

FOLDER = files("bot.languages") / "talk"


def test_the_bot_talks_every_language_of_posts() -> None:
    """Whoever reads a channel is answered in its language."""
    assert talk.codes() == post.codes()
    for code in talk.codes():
        assert talk.load(code).code == code


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ('undone = "Taken back."', "", "'say.undone' is missing"),
        ('undone = "Taken back."', 'undone = " "', "'say.undone' must be a text"),
        ("nothing_held = ", "hello = 1\nnothing_held = ", "'say.hello' is not known"),
        ("“{who}” neither", "“{whom}” neither", "'say.unknown_who' must use {who}"),
        ('undone = "Taken back."', 'undone = "{x}"', "'say.undone' must use no name in braces"),
        ("[labels]", "[buttons]", "'buttons' is not known"),
        ("[labels]", "[labels", "not valid TOML"),
    ],
)
def test_a_fault_of_a_file_is_named(old: str, new: str, said: str) -> None:
    """With the file, the key, and what is wrong with it."""
    text = (FOLDER / "en.toml").read_text(encoding="utf-8")
    assert old in text
    with pytest.raises(ConfigurationError) as refusal:
        talk.read("en", text.replace(old, new, 1))
    assert said in str(refusal.value)
    assert "bot/languages/talk/en.toml" in str(refusal.value)


def test_a_language_that_the_bot_does_not_talk_is_refused() -> None:
    """And those it does are named."""
    with pytest.raises(ConfigurationError, match=r"does not talk 'xx' \(known: de, en\)"):
        talk.load("xx")


def test_commands_are_described_within_telegrams_limits() -> None:
    """A description has 256 characters at most; more and none is shown."""
    for code in talk.codes():
        commands = talk.load(code).commands
        told = [getattr(commands, name) for name in commands.__slots__]
        assert all(0 < len(one) <= 60 for one in told)
