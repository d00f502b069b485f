"""Whatever strangers write or press: no state changes, every answer is valid, few are given."""

from collections.abc import Sequence
from datetime import timedelta
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.runners.talking import Talking
from bot.talk.buttons import pressed
from bot.talk.request import Incoming, request_of
from tests.servers.telegram_people import Person
from tests.storage.newsday import NOON
from tests.talk.stage import EDITOR, JULY, JUNE, READER, Stage, stage

ID = "0123456789abcdef0123"


def _state(talk: Stage) -> Any:
    """Give everything that an editor could have changed."""
    archive, store = talk.store.archive, talk.store
    return archive.rulings(), archive.backlog(), archive.held(), store.switch("pause"), store.switch("mute")


def _armed(talk: Stage) -> Sequence[str]:
    """Let there be something to spoil; give the data of every button that could."""
    june, july = talk.entered("june", JUNE), talk.entered("july", JULY)
    talk.told(june)
    alert = talk.told(july, held=True)
    corrections = (f"n:{june.id}", f"d:{june.id}", f"d:{june.id}:{july.id}", f"w:{june.id}")
    slots = (f"w:{june.id}:day", f"w:{june.id}:day:-", f"w:{june.id}:initiative:US")
    return (*corrections, *slots, f"a:{alert.id}", f"r:{alert.id}", f"u:{ID}")


def test_a_stranger_presses_editors_buttons_in_vain(talk: Stage) -> None:
    """He is refused politely in the button itself, in his own chat and in the operators'."""
    forged = _armed(talk)
    before = _state(talk)
    for data in forged:
        talk.clock.advance(timedelta(minutes=1))
        talk.presses(READER, data)
        talk.hears()
    talk.presses(READER, forged[0], talk.ops)
    talk.hears()
    assert _state(talk) == before
    refusals = [notice for notice in talk.world.notices if notice]
    assert set(refusals) == {"Das dürfen nur die Redakteure dieses Kanals."}
    assert talk.world.answers(talk.ops) == []
    assert talk.world.answers(talk.home[READER.id]) == []


def test_an_editor_in_a_strange_group_is_nobody(talk: Stage) -> None:
    """A group that is not the operators' gets no answer, whoever asks, and its buttons do nothing."""
    forged = _armed(talk)
    group = talk.world.group(-100555)
    talk.world.joins(READER, group)
    before = _state(talk)
    for text in ("/pause", "/last", "/start", "/contacts US", "Hallo"):
        talk.writes(EDITOR, text, group)
        talk.writes(READER, text, group)
    talk.presses(EDITOR, forged[0], group)
    talk.hears()
    assert _state(talk) == before
    assert talk.world.answers(group) == []
    assert talk.world.notices == []


def test_a_channels_own_posts_are_not_requests(talk: Stage) -> None:
    """Nor is what somebody forwards, or says in a chat's name, or what another bot says."""
    channel = talk.world.channel("@draht", number=-1001)
    origin = {"type": "hidden_user", "date": 1, "sender_user_name": "x"}
    as_chat = {"id": -1001, "type": "channel", "title": "x"}
    talk.writes(EDITOR, "/pause", channel)
    talk.writes(EDITOR, "/pause", talk.ops, forward_origin=origin)
    talk.writes(EDITOR, "/pause", talk.ops, sender_chat=as_chat)
    talk.writes(EDITOR, "/pause@another_bot", talk.ops)
    talk.writes(EDITOR, "pause", talk.ops)
    talk.hears()
    assert talk.store.switch("pause") is None
    assert "sendMessage" not in talk.api.methods()


@pytest.mark.parametrize(
    "data",
    [
        "",
        ":",
        "n:",
        "n",
        "x:" + ID,
        "n:" + ID[:-1],
        "n:" + ID.upper(),
        f"n:{ID}\n",
        f"n:{ID}:{ID}",
        f"d:{ID}:{ID}",
        f"w:{ID}:day:2024-02-30",
        f"w:{ID}:day:20240225",
        f"w:{ID}:medium:carrier pigeon",
        f"w:{ID}:initiative:us",
        f"w:{ID}:place:Berlin",
        f"w:{ID}:colour",
        f"a:{ID}:day",
        "n:" + "0" * 20 + "' OR 1=1",
        "ü" * 32,
        "x" * 100_000,
    ],
)
def test_forged_data_is_nothing(data: str) -> None:
    """Only what a button of ours can say is read at all."""
    assert pressed(data) is None


def test_an_editors_outdated_button_says_so(talk: Stage) -> None:
    """Forged or old data of an editor meets no contact, alert or ruling."""
    home = talk.home[EDITOR.id]
    for data in (f"n:{ID}", f"d:{ID}", f"u:{ID}", f"a:{ID}", f"r:{ID}", "nonsense"):
        talk.presses(EDITOR, data)
        talk.hears()
        assert talk.last(home).text in {
            "Dieser Knopf gilt nicht mehr.",
            "Diese Meldung wartet nicht mehr auf Freigabe.",
        }
    assert talk.store.archive.rulings() == ()


HOSTILE = st.one_of(
    st.text(max_size=200),
    st.sampled_from(
        [
            "<b>x</b>",
            "</a><script>",
            "&lt;&nbsp;&#0;",
            "\u202edaB\u2066",
            "{who} {0.__class__} %s",
            "x" * 100_000,
            "<" * 4_096,
            "\U0001f4a3" * 300,
            "a\u0301" * 500,
            "'; DROP TABLE contacts; --",
            "%_\\",
            "\x00\ud800",
        ]
    ),
)


@settings(deadline=None, max_examples=15)
@given(
    words=HOSTILE, command=st.sampled_from(["/contacts ", "/why ", "/last ", "/start ", "/mute ", "/", ""])
)
def test_any_words_get_a_valid_answer_or_none(words: str, command: str) -> None:
    """HTML, right-to-left signs, 100 kB: what is said back is text, and nothing else happens."""
    with stage() as talk:
        talk.entered("june", JUNE)
        before = _state(talk)
        text = (command + words).encode("utf-8", "replace").decode()
        talk.writes(READER, text)
        talk.hears()
        assert _state(talk) == before
        said = talk.world.answers(talk.home[READER.id])
        sent = [call for call in talk.api.calls if call.method == "sendMessage"]
        assert len(said) == len(sent) <= 1
        assert all(len(one.text) <= 4_096 and "\u202e" not in one.text for one in said)


def test_a_flood_of_one_meets_silence(talk: Stage) -> None:
    """A few answers at once, then one every few seconds; the rest costs a look at the bucket."""
    home = talk.home[READER.id]

    async def story(talking: Talking) -> None:
        for _ in range(100):
            talk.writes(READER, "/contacts US")
        await talking.talk()
        assert len(talk.world.answers(home)) == 6
        talk.clock.advance(timedelta(seconds=10))
        for _ in range(50):
            talk.writes(READER, "/start")
        await talking.talk()
        assert len(talk.world.answers(home)) == 8

    talk.run(story)


def test_a_flood_of_many_shuts_no_editor_out(talk: Stage) -> None:
    """All strangers together get a bounded number of answers, the editor gets his."""
    for number in range(200):
        person = Person(1000 + number, f"P{number}")
        talk.home[person.id] = talk.world.private(person.id)
        talk.writes(person, "/start")
    talk.writes(EDITOR, "/pause")
    talk.hears()
    talk.hears()
    answered = sum(bool(talk.world.answers(talk.home[1000 + number])) for number in range(200))
    assert answered == 30
    assert talk.store.switch("pause") is not None


def test_a_flood_of_presses_meets_silence(talk: Stage) -> None:
    """A button pressed a hundred times comes to rest a few times."""
    for _ in range(100):
        talk.presses(READER, f"n:{ID}")
    talk.hears()
    assert talk.api.methods().count("answerCallbackQuery") == 6


@given(st.text(max_size=50), st.sampled_from(["private", "group", "supergroup"]))
def test_reading_a_request_never_fails(text: str, kind: str) -> None:
    """Whatever is written, a request or none comes of it, bounded in length."""
    incoming = Incoming(1, NOON, 1, text * 50, "de", 1, "", kind, text=text * 50)
    request = request_of(incoming, "draht_test_bot")
    assert request is None or len(request.arguments) <= 500
