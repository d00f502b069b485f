"""Stories twisted at random, through every room from the reader to the post."""

import random
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import pytest

from bot.assembly import desk, nowhere
from bot.configuration import load_watching
from bot.configuration.locate import shipped
from bot.model.story import Story
from bot.pipeline.desk import Desk
from bot.pipeline.replay import replay
from bot.register.load import load
from tests.servers.telegram_html import assert_valid_post

STORIES = 60
NOON = datetime(2024, 7, 12, 12, tzinfo=UTC)
TOLD = {
    "de": "US-Verteidigungsminister Lloyd Austin hat am Freitag mit seinem russischen Kollegen Andrej "
    "Beloussow telefoniert, auf Initiative der USA, teilte das Pentagon mit. „Die Kanäle müssen offen "
    "bleiben“, sagte Austin. Zuvor hatten sie am 25. Juni 2024 gesprochen.",
    "en": "Defense Secretary Lloyd Austin spoke by phone with Russian Defense Minister Andrei Belousov on "
    "July 12, 2024, the Pentagon said. The ministry denied that a second call was planned for Monday.",
}
NASTY = (
    *("</blockquote>", "<b>", "&lt;", "\x00", "\u202e", "\u2066", "*", "_", "`", "[x](http://e)", "\n\n"),
    *(
        "„",
        "“",
        '"',
        "(",
        ":",
        "–",
        "\xa0",
        "\ufffd",
        "🧨",
        "e\u0301\u0301",
        "{0}",
        "%s",
        "\\",
        "ß",
        "İ",
        "א",
    ),
    *("31. Februar 2024", "1. Januar 0001", "31. Dezember 9999", "99999999999999999999", "12.7.", "Montag"),
    *("nicht", "dementierte", "erneut", "US-", "Laut Pentagon:", "zum zweiten Mal", "3 Stunden lang"),
)


def twisted(text: str, draw: random.Random) -> str:
    """Take words out, put others in, repeat and turn them round."""
    words = text.split(" ")
    for _ in range(draw.choice((1, 2, 4, 8, 16))):
        place, other = draw.randrange(len(words)), draw.randrange(len(words))
        match draw.randrange(6):
            case 0:
                words.insert(place, draw.choice(NASTY))
            case 1:
                words[place] = words[place][:2] + draw.choice(NASTY) + words[place][2:]
            case 2:
                words[place], words[other] = words[other], words[place]
            case 3:
                words[place:place] = words[other : other + 5]
            case 4:
                words[place] = draw.choice((words[place].upper(), words[place][::-1], words[place] * 40))
            case _:
                words = words[: place + 1]
    return " ".join(words)


def stories(draw: random.Random) -> Iterator[Story]:
    """Tell of two calls in sixty twisted ways, over twenty days."""
    for number in range(STORIES):
        language, text = draw.choice(tuple(TOLD.items()))
        instant = NOON + timedelta(minutes=draw.randrange(60 * 24 * 20))
        source = twisted("Das Blatt", draw)
        url = draw.choice((f"https://blatt.example/{number}", None, 'http://x" onclick=', "javascript:x"))
        title = twisted("Austin und Beloussow telefonieren", draw)
        body = twisted(text, draw)
        yield Story(str(number), "feed", source, url, title, body, language, "DE", instant, instant.date())


@pytest.fixture(scope="module")
def shipped_desk() -> Desk:
    """Give the desk of the shipped configuration."""
    return desk(load_watching(shipped(), load()))


@pytest.mark.parametrize("seed", range(3))
def test_no_story_makes_any_room_raise_and_every_post_is_whole(shipped_desk: Desk, seed: int) -> None:
    """Each is decided; what is posted is HTML that Telegram shows whole, and steers no display."""
    with nowhere() as store:
        played = list(replay(stories(random.Random(seed)), shipped_desk, store))  # noqa: S311  a test's dice
    texts = [decision.text for one in played for decision in one.decisions if decision.text]
    assert len(played) == STORIES
    assert len(texts) > STORIES // 10
    for text in texts:
        assert_valid_post(text)
        assert not set(text) & set("\x00\u202e\u2066")
