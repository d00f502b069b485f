"""Looking for a post that may stand in the channel, by the operator's chat and without one."""

import asyncio
from collections.abc import Awaitable, Callable
from typing import TypeVar

import pytest

from bot.model.message import Message
from bot.model.outcome import CannotLook, Found, LookLater, NotFound, Sighting
from bot.telegram.api import TRIES
from bot.telegram.look import LAST, MISSES, PROBES
from bot.telegram.messenger import BARRED, OPERATOR_PIECES, Manner, TelegramMessenger
from tests.servers.bot_api import TOKEN, BotApi, Fault, FaultKind
from tests.servers.telegram_chats import Chat, Origin, Shown
from tests.servers.telegram_html import parse

T = TypeVar("T")

BODY = '🔴 <b>A &amp; B</b> spoke\n<a href="https://example.org/?a=1">source</a> &#8222;x\u201c'
OPS = "777"

pytestmark = pytest.mark.filterwarnings("ignore:.*retry_after:DeprecationWarning")
both = pytest.mark.parametrize("ops", [OPS, None])


def _with(api: BotApi, ops: str | None, story: Callable[[TelegramMessenger], Awaitable[T]]) -> T:
    async def run() -> T:
        messenger = TelegramMessenger(TOKEN, "@draht", ops, api.url, Manner(0.5))
        try:
            return await story(messenger)
        finally:
            await messenger.close()

    return asyncio.run(run())


def _look(api: BotApi, ops: str | None, above: int | None, upto: int | None = None) -> Sighting:
    return _with(api, ops, lambda messenger: messenger.look_for("", BODY, above, upto))


def _channel(api: BotApi, first_id: int = 11) -> Chat:
    api.world.private(int(OPS), first_id=500)
    return api.world.channel("@draht", number=-1001, first_id=first_id)


def _own(chat: Chat, html: str = BODY) -> Shown:
    parsed = parse(html)
    return chat.add(Shown(0, parsed.text, parsed.entities, html))


@both
def test_a_post_that_stands_is_found_and_nothing_is_left(bot_api: BotApi, ops: str | None) -> None:
    """Past holes, service messages and other people's posts; no copy stays anywhere."""
    channel = _channel(bot_api)
    channel.hole()
    channel.foreign("pinned", service=True)
    channel.foreign("other")
    post = _own(channel)
    assert _look(bot_api, ops, 10) == Found(post.id)
    assert channel.texts() == ["other", post.text]
    assert bot_api.world.find_chat(OPS).visible() == []
    assert all(m.silent for chat in bot_api.world.chats for m in chat.messages.values() if m.forwarded_from)


@both
def test_a_post_that_does_not_stand_is_not_found(bot_api: BotApi, ops: str | None) -> None:
    """Also not below its floor, where an older post says the same."""
    channel = _channel(bot_api)
    older = _own(channel)
    channel.foreign("other")
    assert _look(bot_api, ops, older.id) == NotFound()


@both
def test_later_copies_are_named(bot_api: BotApi, ops: str | None) -> None:
    """The earliest is kept, the others are to go."""
    channel = _channel(bot_api)
    first, other, second = _own(channel), channel.foreign("x"), _own(channel)
    assert other.id
    assert _look(bot_api, ops, 10) == Found(first.id, (second.id,))


@both
def test_a_gap_is_looked_at_up_to_its_end_only(bot_api: BotApi, ops: str | None) -> None:
    """What stands above it is none of the question."""
    channel = _channel(bot_api)
    channel.foreign("x")
    _own(channel)
    assert _look(bot_api, ops, 10, 11) == NotFound()


@pytest.mark.parametrize(("ops", "upto"), [(None, None), (None, 5002), (OPS, 5002)])
def test_without_a_floor_the_newest_messages_are_looked_at(
    bot_api: BotApi, ops: str | None, upto: int | None
) -> None:
    """The very first post of an installation is found too, in a channel with a past."""
    channel = _channel(bot_api, first_id=5000)
    channel.foreign("the past")
    post = _own(channel)
    channel.foreign("other")
    assert _look(bot_api, ops, None, upto) == Found(post.id)
    assert channel.texts() == ["the past", post.text, "other"]


def test_without_a_floor_or_an_end_the_operators_chat_shows_nothing(bot_api: BotApi) -> None:
    """Nothing is posted to learn where to look: the post made anew tells it."""
    channel = _channel(bot_api)
    _own(channel)
    assert _look(bot_api, OPS, None) == NotFound()
    assert bot_api.calls == []


@pytest.mark.parametrize("floor", [None, 10])
def test_where_nothing_new_stands_a_look_within_the_channel_is_two_calls(
    bot_api: BotApi, floor: int | None
) -> None:
    """A sign tells the newest number; what this process said itself need not be read."""
    channel = _channel(bot_api)

    async def story(messenger: TelegramMessenger) -> Sighting:
        await messenger.post("", Message("something else"))
        return await messenger.look_for("", BODY, floor, None)

    _with(bot_api, None, story)
    assert bot_api.methods()[1:3] == ["sendMessage", "deleteMessage"]
    assert len(bot_api.methods()) == 3 + (0 if floor else bot_api.methods().count("forwardMessage"))
    assert channel.texts() == ["something else"]


@both
def test_posts_known_to_say_something_else_are_not_copied(bot_api: BotApi, ops: str | None) -> None:
    """What this process posted itself needs no look."""
    channel = _channel(bot_api)

    async def story(messenger: TelegramMessenger) -> Sighting:
        await messenger.post("", Message("something else"))
        _own(channel)
        return await messenger.look_for("", BODY, 10, None)

    assert _with(bot_api, ops, story) == Found(12)
    forwarded = {call.params["message_id"] for call in bot_api.calls if call.method == "forwardMessage"}
    assert "11" not in forwarded


@both
@pytest.mark.parametrize("kind", [FaultKind.FLOOD, FaultKind.RESET, FaultKind.ERROR_HTML, FaultKind.LOST])
def test_a_hindered_look_is_put_off(bot_api: BotApi, ops: str | None, kind: FaultKind) -> None:
    """A look that fails half-way says so, never that the post is not there."""
    channel = _channel(bot_api)
    _own(channel)
    bot_api.plan += [Fault(kind, "forwardMessage", seconds=30)] * TRIES
    assert isinstance(_look(bot_api, ops, 10), LookLater)


@pytest.mark.parametrize("kind", [FaultKind.RESET, FaultKind.ERROR_HTML, FaultKind.LOST])
def test_what_one_call_failed_to_show_is_asked_for_again_in_the_same_look(
    bot_api: BotApi, kind: FaultKind
) -> None:
    """A call that failed at once puts nothing off: copies in the operator's chat do no harm."""
    post = _own(_channel(bot_api))
    bot_api.plan += [Fault(kind, "forwardMessage")] * (TRIES - 1)
    assert _look(bot_api, OPS, 10) == Found(post.id)


@pytest.mark.parametrize("kind", [FaultKind.FLOOD, FaultKind.KICKED, FaultKind.HANG])
def test_a_look_taken_again_asks_only_for_what_it_has_not_seen(bot_api: BotApi, kind: FaultKind) -> None:
    """Holes seen before the hindrance count once more: nothing is asked for beyond them."""
    channel = _channel(bot_api)

    async def story(messenger: TelegramMessenger) -> list[Sighting]:
        await messenger.post("", Message("something else"))
        bot_api.chance = lambda _: (
            Fault(kind) if bot_api.methods().count("forwardMessage") == MISSES else None
        )
        before = await messenger.look_for("", BODY, 10, None)
        return [before, await messenger.look_for("", BODY, 10, None)]

    hindered, seen = _with(bot_api, OPS, story)
    assert isinstance(hindered, LookLater)
    assert seen == NotFound()
    assert bot_api.methods().count("forwardMessage") == MISSES + 1
    assert channel.texts() == ["something else"]


def test_a_message_is_read_once_for_all_lost_posts_of_a_chat(bot_api: BotApi) -> None:
    """Also where they are lost under the chat's other name; the post itself is always seen anew."""
    channel = _channel(bot_api)
    texts = [f"lost {number}" for number in range(4)]
    posts = [_own(channel, text) for text in texts]

    async def story(messenger: TelegramMessenger) -> list[Sighting]:
        await messenger.chat_of("")
        names = ["", "-1001", "@draht", ""]
        return [
            await messenger.look_for(name, text, 10, posts[-1].id)
            for name, text in zip(names, texts, strict=True)
        ]

    assert _with(bot_api, OPS, story) == [Found(post.id) for post in posts]
    forwarded = [call.params["message_id"] for call in bot_api.calls if call.method == "forwardMessage"]
    assert forwarded == ["11", "12", "13", "14", "12", "13", "14"]


def test_known_numbers_are_those_of_all_names_of_a_chat(bot_api: BotApi) -> None:
    """A channel posted to by name and by number counts once."""
    channel = _channel(bot_api)
    known = {"@draht": {11}, "-1001": {12}}
    for number in range(3):
        channel.foreign(f"other {number}")
    manner = Manner(0.5, known=lambda chat, _: known.get(chat, ()))

    async def run() -> None:
        messenger = TelegramMessenger(TOKEN, None, OPS, bot_api.url, manner)
        await messenger.chat_of("@draht")
        for name in known:
            assert await messenger.look_for(name, BODY, 10, 13) == NotFound()
        await messenger.close()

    asyncio.run(run())
    forwarded = [call.params["message_id"] for call in bot_api.calls if call.method == "forwardMessage"]
    assert forwarded == ["13"]


@pytest.mark.parametrize("method", ["forwardMessage", "deleteMessage"])
@pytest.mark.parametrize("kind", [FaultKind.LOST, FaultKind.RESET, FaultKind.KICKED])
def test_a_copy_left_in_the_channel_is_removed_by_the_next_look(
    bot_api: BotApi, method: str, kind: FaultKind
) -> None:
    """A look broken off within the channel leaves nothing once it was repeated."""
    channel = _channel(bot_api)
    other, post = channel.foreign("other"), _own(channel)
    bot_api.plan.append(Fault(kind, method))
    sighting = _look(bot_api, None, 10)

    async def settle(messenger: TelegramMessenger) -> None:
        if isinstance(sighting, Found):
            for copy in sighting.copies:
                await messenger.delete("", copy)

    _with(bot_api, None, settle)
    assert _look(bot_api, None, 10) == Found(post.id)
    assert channel.texts() == [other.text, post.text]


@pytest.mark.parametrize("kind", [FaultKind.ERROR_HTML, FaultKind.LOST])
def test_the_sign_for_the_newest_number_never_stays(bot_api: BotApi, kind: FaultKind) -> None:
    """Where it could not be deleted at once it is deleted later in the same look."""
    channel = _channel(bot_api)
    post = _own(channel)
    bot_api.plan.append(Fault(kind, "deleteMessage"))
    assert _look(bot_api, None, None) == Found(post.id)
    assert channel.texts() == [post.text]


def test_what_a_killed_settling_left_above_its_end_is_removed(bot_api: BotApi) -> None:
    """A look at a gap also clears the copies that an earlier look at it made, above the post made again."""
    channel = _channel(bot_api)
    other, again = channel.foreign("other"), _own(channel)
    channel.add(Shown(0, other.text, forwarded_from=Origin(channel.id, channel.username, other.id)))
    assert _look(bot_api, None, 10, again.id - 1) == NotFound()
    assert channel.texts() == [other.text, again.text]


@both
def test_a_channel_that_forbids_forwarding_cannot_be_looked_at(bot_api: BotApi, ops: str | None) -> None:
    """The operator is told which setting stands in the way."""
    channel = _channel(bot_api)
    channel.protected = True
    _own(channel)
    sighting = _look(bot_api, ops, 10)
    assert isinstance(sighting, CannotLook)
    assert "forbids forwarding" in sighting.reason


def test_an_operators_chat_that_stays_away_is_done_without(bot_api: BotApi) -> None:
    """It is waited for long; then the copy goes to the channel itself, so that no post stays lost."""
    post = _own(bot_api.world.channel("@draht", number=-1001, first_id=3))

    async def story(messenger: TelegramMessenger) -> list[Sighting]:
        return [await messenger.look_for("", BODY, 2, None) for _ in range(BARRED + 1)]

    *before, last = _with(bot_api, "778", story)
    assert all(isinstance(sighting, LookLater) for sighting in before)
    assert last == Found(post.id)


def test_an_operators_chat_that_moved_makes_no_post_twice(bot_api: BotApi) -> None:
    """It became a supergroup: the channel itself is used in the end, and nothing is sent again unseen."""
    post = _own(bot_api.world.channel("@draht", number=-1001, first_id=3))
    bot_api.world.migrate(bot_api.world.forum("", number=-500, topics=()), number=-1009)

    async def story(messenger: TelegramMessenger) -> list[Sighting]:
        return [await messenger.look_for("", BODY, 2, None) for _ in range(BARRED + 1)]

    *before, last = _with(bot_api, "-500", story)
    assert all(isinstance(sighting, LookLater) for sighting in before)
    assert last == Found(post.id)


def test_a_post_right_above_a_long_silence_is_found_among_many(bot_api: BotApi) -> None:
    """A wide gap is looked at from both ends, within a bounded number of calls."""
    channel = _channel(bot_api)
    for number in range(300):
        channel.foreign(f"post {number}")
    post = _own(channel)
    assert _look(bot_api, OPS, 10, post.id) == Found(post.id)
    assert bot_api.methods().count("forwardMessage") <= PROBES * LAST


def test_the_operator_is_told_in_plain_text(bot_api: BotApi) -> None:
    """Signs of markup in a sentence are shown, not read."""
    _channel(bot_api)
    _with(bot_api, OPS, lambda messenger: messenger.tell_operator("a < b & <c>"))
    assert bot_api.world.find_chat(OPS).texts() == ["a < b & <c>"]


def test_the_operator_hears_of_more_than_fits_into_one_message(bot_api: BotApi) -> None:
    """A hundred dead feeds are told in three messages, cut between lines, a thousand in not too many."""
    _channel(bot_api)
    lines = [f"Feed {number}:{' no answer' * 10}" for number in range(100)]
    _with(bot_api, OPS, lambda messenger: messenger.tell_operator("\n".join(lines)))
    told = bot_api.world.find_chat(OPS).texts()
    assert "\n".join(told).splitlines() == lines
    assert len(told) == 3
    _with(bot_api, OPS, lambda messenger: messenger.tell_operator("\n".join(["🔴" * 9_000, *lines * 10])))
    assert len(bot_api.world.find_chat(OPS).texts()) == 3 + OPERATOR_PIECES


def _on_profile(api: BotApi, above: int | None, upto: int | None = None) -> Sighting:
    async def run() -> Sighting:
        messenger = TelegramMessenger(TOKEN, "@draht", OPS, api.url, Manner(0.5, profile=5))
        try:
            return await messenger.look_for("", BODY, above, upto)
        finally:
            await messenger.close()

    return asyncio.run(run())


def test_a_profile_shows_the_post_in_one_call(bot_api: BotApi) -> None:
    """Also that it is not there, where the list is fresh and deep enough to have shown it."""
    channel = bot_api.world.profiles[5] = _channel(bot_api)
    floor = channel.foreign("floor").id
    assert _on_profile(bot_api, floor) == NotFound()
    first, second = _own(channel), _own(channel)
    assert _on_profile(bot_api, floor) == Found(first.id, (second.id,))
    assert _on_profile(bot_api, floor, first.id) == Found(first.id)
    assert set(bot_api.methods()) == {"getUserPersonalChatMessages"}


def test_a_profile_that_cannot_tell_leaves_it_to_the_forwards(bot_api: BotApi) -> None:
    """One of another channel, an old list, a list that does not reach back, or one with a copy of a look."""
    channel, other = _channel(bot_api), bot_api.world.channel("@other", number=-1002)
    floor = channel.foreign("floor").id
    post = _own(channel)
    bot_api.world.profiles[5] = other
    assert _on_profile(bot_api, floor) == Found(post.id)
    bot_api.world.profiles[5] = channel
    post.deleted = True
    assert _on_profile(bot_api, floor + 5) == NotFound()
    post.deleted = False
    for number in range(25):
        channel.foreign(f"other {number}")
    assert _on_profile(bot_api, floor) == Found(post.id)
    assert bot_api.methods().count("forwardMessage") > 3


@pytest.mark.parametrize("kind", [FaultKind.FLOOD, FaultKind.RESET, FaultKind.ERROR_HTML])
def test_a_hindered_look_at_a_profile_is_put_off(bot_api: BotApi, kind: FaultKind) -> None:
    """The profile is asked again rather than anything forwarded."""
    bot_api.world.profiles[5] = _channel(bot_api)
    bot_api.plan += [Fault(kind, "getUserPersonalChatMessages", seconds=30)] * TRIES
    assert isinstance(_on_profile(bot_api, 10), LookLater)


def test_what_cannot_be_deleted_for_now_is_not_forgotten(bot_api: BotApi) -> None:
    """A bot that is thrown out in the middle of a look clears its copies once it is back."""
    channel = _channel(bot_api)
    other, post = channel.foreign("other"), _own(channel)
    bot_api.plan += [Fault(FaultKind.KICKED, "deleteMessage")] * 4

    async def story(messenger: TelegramMessenger) -> list[Sighting]:
        return [await messenger.look_for("", BODY, 10, None) for _ in range(2)]

    hindered, seen = _with(bot_api, None, story)
    assert isinstance(hindered, LookLater)
    assert seen == Found(post.id)
    assert channel.texts() == [other.text, post.text]
