"""Telegram's ways with a bot that listens: conflicts, faults of the network, answers that are none."""

import asyncio
import logging
from dataclasses import replace
from datetime import timedelta

import pytest

from bot.pipeline.tempo import Tempo
from bot.runners.talking import UNHELD, Talking
from bot.talk.access import Access
from bot.talk.answer import Answer
from bot.talk.conversation import Deaf
from bot.telegram.conversation import TelegramConversation
from tests.servers.bot_api import TOKEN, Fault, FaultKind
from tests.talk.stage import EDITOR, READER, Stage

pytestmark = pytest.mark.filterwarnings("ignore:.*retry_after:DeprecationWarning")
SECRET = TOKEN.partition(":")[2]


def _conversation(talk: Stage, token: str = TOKEN) -> TelegramConversation:
    return TelegramConversation(token, Access(), talk.clock, talk.api.url, 1)


def test_what_is_asked_for_is_named_each_time(talk: Stage) -> None:
    """Telegram would else keep to what an earlier program asked for."""
    talk.hears()
    asked = [call.params for call in talk.api.calls if call.method == "getUpdates"]
    assert all(p["allowed_updates"] == '["message", "callback_query", "my_chat_member"]' for p in asked)


def test_a_server_that_holds_no_question_is_left_alone_for_a_while(talk: Stage) -> None:
    """Else each tick would ask anew; after something was said, it is asked for more at once."""
    rests: list[float] = []

    async def wait(seconds: float) -> None:
        rests.append(seconds)

    talk.wire = replace(talk.wire, tempo=Tempo(wait=wait))

    async def story(talking: Talking) -> None:
        await talking.talk()
        talk.writes(READER, "/start")
        await talking.talk()

    talk.run(story)
    assert rests == [UNHELD.total_seconds()]


@pytest.mark.parametrize(
    "kind", [FaultKind.ERROR_JSON, FaultKind.ERROR_HTML, FaultKind.RESET, FaultKind.LOST, FaultKind.FLOOD]
)
def test_a_fault_loses_no_question(talk: Stage, kind: FaultKind) -> None:
    """The bot rests, asks again, and answers; of a fault that passes no person is told."""
    talk.writes(READER, "/start")
    talk.api.plan.append(Fault(kind, "getUpdates"))

    async def story(talking: Talking) -> None:
        await talking.talk()
        assert talk.world.answers(talk.home[READER.id]) == []
        await talking.talk()

    talk.run(story)
    assert len(talk.world.answers(talk.home[READER.id])) == 1
    assert talk.messenger.told == []


def test_what_the_library_cannot_read_holds_up_nobody(talk: Stage) -> None:
    """A stranger's message of a kind newer than the library is left aside, what follows is answered."""
    talk.writes(READER, "/start", poll={"id": "1"})
    talk.writes(READER, "/start", date=10**14)
    talk.writes(READER, "/start")
    talk.hears()
    assert len(talk.world.answers(talk.home[READER.id])) == 1


def test_rests_grow_and_end_with_the_fault(talk: Stage) -> None:
    """One second, two, four, a minute at most; as long as Telegram asks for."""

    async def story() -> list[float]:
        conversation = _conversation(talk)
        rests = []
        for kind in (FaultKind.RESET,) * 8:
            talk.api.plan.append(Fault(kind, "getUpdates"))
            rests.append(await conversation.listen())
        talk.api.plan.append(Fault(FaultKind.FLOOD, "getUpdates", 17))
        rests.append(await conversation.listen())
        assert not isinstance(await conversation.listen(), Deaf)
        talk.api.plan.append(Fault(FaultKind.RESET, "getUpdates"))
        rests.append(await conversation.listen())
        await conversation.close()
        return [one.rest for one in rests if isinstance(one, Deaf)]

    assert asyncio.run(story()) == [1, 2, 4, 8, 16, 32, 60, 60, 17, 1]


def test_another_program_that_listens_is_told_of_once(talk: Stage) -> None:
    """A person must end it; when it is gone, the talk goes on."""
    talk.world.conflict = True

    async def story(talking: Talking) -> None:
        for _ in range(3):
            await talking.talk()
        talk.world.conflict = False
        talk.writes(READER, "/start")
        await talking.talk()

    talk.run(story)
    (told,) = talk.messenger.told
    assert told.startswith("Another program reads what people say to this bot")
    assert len(talk.world.answers(talk.home[READER.id])) == 1


def test_programs_that_disturb_each_other_are_told_of_once(talk: Stage) -> None:
    """Each hears well while the other rests; only after an hour without it is a conflict a new one."""

    async def story(talking: Talking) -> None:
        for pause in (timedelta(minutes=1),) * 3 + (timedelta(hours=1),):
            talk.world.conflict = True
            await talking.talk()
            talk.world.conflict = False
            talk.clock.advance(pause)
            await talking.talk()
        assert len(talk.messenger.told) == 1
        talk.world.conflict = True
        await talking.talk()

    talk.run(story)
    assert len(talk.messenger.told) == 2


def test_a_bot_that_cannot_say_its_name_waits(talk: Stage) -> None:
    """At a start without network nothing is lost, and nothing is asked in vain."""
    talk.writes(READER, "/start")
    talk.api.plan.append(Fault(FaultKind.RESET, "getMe"))

    async def story(talking: Talking) -> None:
        await talking.talk()
        assert "getUpdates" not in talk.api.methods()
        await talking.talk()

    talk.run(story)
    assert len(talk.world.answers(talk.home[READER.id])) == 1


def test_an_answer_that_fails_is_let_go(talk: Stage) -> None:
    """Whoever blocked the bot, or a fault of the network, holds up nobody else."""
    talk.api.plan.append(Fault(FaultKind.KICKED))
    talk.api.plan.append(Fault(FaultKind.RESET))
    for _ in range(2):
        talk.writes(READER, "/start")
    talk.writes(EDITOR, "/pause")
    talk.hears()
    assert talk.world.answers(talk.home[READER.id]) == []
    assert talk.store.switch("pause") is not None


def test_a_press_of_long_ago_still_has_its_effect(talk: Stage) -> None:
    """Telegram takes no notice for it any more; that is all."""
    talk.presses(EDITOR, "u:" + "0" * 20)
    talk.world._queries.clear()
    talk.hears()
    assert talk.last(talk.home[EDITOR.id]).text == "Dieser Knopf gilt nicht mehr."


def test_an_answer_that_stands_already_is_done(talk: Stage, caplog: pytest.LogCaptureFixture) -> None:
    """Put in its place again, it is no fault."""

    async def story() -> None:
        conversation = _conversation(talk)
        await conversation.say(str(READER.id), Answer("x"))
        message = talk.last(talk.home[READER.id]).id
        await conversation.change(str(READER.id), message, Answer("y"))
        await conversation.change(str(READER.id), message, Answer("y"))
        await conversation.close()

    asyncio.run(story())
    assert talk.last(talk.home[READER.id]).text == "y"
    assert not [record for record in caplog.records if record.name.startswith("bot")]


def test_the_token_shows_nowhere(talk: Stage, caplog: pytest.LogCaptureFixture) -> None:
    """Neither in what is told of a fault, nor in the log, nor in a repr; a wrong one is told of."""
    caplog.set_level(logging.DEBUG, logger="bot")

    async def story() -> list[str]:
        conversation, wrong = _conversation(talk), _conversation(talk, "123456789:WRONG-token_0000000000")
        said = [repr(conversation), repr(await wrong.listen())]
        for kind in (FaultKind.RESET, FaultKind.ERROR_HTML, FaultKind.ERROR_JSON):
            talk.api.plan += [Fault(kind, "getUpdates"), Fault(kind)]
            said.append(repr(await conversation.listen()))
            await conversation.say("@nowhere", Answer("x"))
        await conversation.close()
        await wrong.close()
        return said

    said = asyncio.run(story())
    assert "told=True" in said[1]
    everything = [*said, *(r.getMessage() for r in caplog.records if r.name.startswith("bot"))]
    assert not [one for one in everything if SECRET in one or "WRONG-token" in one]
