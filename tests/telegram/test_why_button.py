"""The button through which a reader asks why a post rang."""

import asyncio

import pytest

from bot.model.message import Message
from bot.model.outcome import Outcome, Sent
from bot.telegram import why
from bot.telegram.messenger import Manner, TelegramMessenger
from tests.servers.bot_api import TOKEN, BotApi, Fault, FaultKind
from tests.servers.telegram_chats import Chat

LINK = "https://t.me/draht_test_bot?start=why-a1"


def _channel(api: BotApi) -> Chat:
    return api.world.channel("@draht", number=-1001)


def _messenger(api: BotApi, patience: float = 5) -> TelegramMessenger:
    labels = {"": "Warum?", "@other": "Why?"}
    return TelegramMessenger(TOKEN, "@draht", None, api.url, Manner(patience, label=labels.__getitem__))


def test_a_post_and_its_edit_carry_the_button(bot_api: BotApi) -> None:
    """It leads to the bot with the alert's id; an edit without it would take it away."""
    channel = _channel(bot_api)

    async def story() -> list[tuple[tuple[str, str], ...]]:
        messenger = _messenger(bot_api)
        await messenger.post("", Message("x", about="a1"))
        buttons = [channel.messages[1].buttons]
        await messenger.edit("", 1, Message("y", about="a1"))
        await messenger.close()
        return [*buttons, channel.messages[1].buttons]

    assert asyncio.run(story()) == [(("Warum?", LINK),)] * 2
    assert bot_api.methods().count("getMe") == 1


def test_its_label_is_the_channels(bot_api: BotApi) -> None:
    """Each channel has its language."""
    other = bot_api.world.channel("@other", number=-1002)

    async def story() -> None:
        messenger = _messenger(bot_api)
        await messenger.post("@other", Message("x", about="a1"))
        await messenger.close()

    asyncio.run(story())
    assert other.messages[1].buttons == (("Why?", LINK),)


@pytest.mark.parametrize(
    "message", [Message("x"), Message("x", about="no such id!"), Message("x", reply_to=1, about="a1")]
)
def test_what_leads_nowhere_has_no_button(bot_api: BotApi, message: Message) -> None:
    """A message about nothing, one that no link can name, and a reply, whose post has it."""
    channel = _channel(bot_api)

    async def story() -> None:
        messenger = _messenger(bot_api)
        await messenger.post("", message)
        await messenger.close()

    asyncio.run(story())
    assert channel.messages[1].buttons == ()


@pytest.mark.parametrize("kind", [FaultKind.HANG, FaultKind.ERROR_HTML, FaultKind.RESET])
def test_posting_does_not_wait_for_the_bots_name(
    bot_api: BotApi, kind: FaultKind, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Where it cannot be learnt the posts go out without a button."""
    channel = _channel(bot_api)
    bot_api.plan.append(Fault(kind, "getMe"))
    monkeypatch.setattr(why, "LEARNING", 0.1)

    async def story() -> list[Outcome]:
        messenger = _messenger(bot_api, patience=60)
        sent = [await messenger.post("", Message(text, about="a1")) for text in ("x", "y")]
        await messenger.close()
        return sent

    assert asyncio.run(story()) == [Sent(1), Sent(2)]
    assert [m.buttons for m in channel.visible()] == [(), ()]
    assert bot_api.methods().count("getMe") == 1


def test_a_button_that_telegram_refuses_is_left_off(bot_api: BotApi) -> None:
    """The post is worth more than its button, and keeps its markup."""
    channel = _channel(bot_api)

    async def story() -> None:
        messenger = TelegramMessenger(TOKEN, "@draht", None, bot_api.url, Manner(label=lambda _: ""))
        await messenger.post("", Message("<b>x</b>", about="a1"))
        await messenger.close()

    asyncio.run(story())
    (shown,) = channel.visible()
    assert (shown.text, [e.kind for e in shown.entities], shown.buttons) == ("x", ["Bold"], ())


def test_the_names_of_one_chat_are_known_to_be_one(bot_api: BotApi) -> None:
    """By @name, number or topic; Telegram is asked once, and a name it does not know stands for itself."""
    _channel(bot_api)

    async def story() -> list[str]:
        messenger = _messenger(bot_api)
        names = ["", "@Draht", "-1001", "@draht/17", "@draht", "@none", "@none"]
        chats = [await messenger.chat_of(name) for name in names]
        await messenger.close()
        return chats

    assert asyncio.run(story()) == ["-1001"] * 5 + ["@none"] * 2
    assert bot_api.methods() == ["getChat", "getChat"]
