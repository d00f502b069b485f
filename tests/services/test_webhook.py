import asyncio
import hashlib
import hmac
import json
from collections.abc import Callable, Coroutine
from dataclasses import replace
from datetime import UTC, datetime

import pytest

from bot.model.message import Message
from bot.model.outcome import NotFound, Outcome, Refused, RetryLater, Sent, Unknown
from bot.services.webhook import WebhookMessenger
from tests.fakes.clock import FakeClock
from tests.servers.receiver import ENDLESS, HANG, LOSE, RESET, Receiver, receiver

SECRET = "hunter2-of-the-hook"
NOON = datetime(2024, 7, 13, 12, 0, tzinfo=UTC)
POST = Message(
    '🔴 <b>Austin &amp; Beloussow</b>\nQuelle: <a href="https://a.example/1?x&amp;y">Blatt</a>',
    about="alert1",
    entry="entry1",
)

Telling = Callable[[WebhookMessenger, Receiver], Coroutine[None, None, None]]


def told(
    tell: Telling, *script: int | str, patience: float = 5.0, path: str = "/hook?key=hunter2"
) -> Receiver:
    """Let a webhook tell a receiver that answers by a script."""

    async def run() -> Receiver:
        async with receiver(script) as one:
            url = f"http://127.0.0.1:{one.port}{path}"
            hook = WebhookMessenger(url, SECRET, FakeClock(NOON), lambda _: 7, patience)
            try:
                await tell(hook, one)
            finally:
                await hook.close()
            return one

    return asyncio.run(run())


def ending(*script: int | str, retry_after: str | None = None, patience: float = 5.0) -> Outcome:
    """Say how a post ends at a receiver that answers so."""
    found: list[Outcome] = []

    async def tell(hook: WebhookMessenger, one: Receiver) -> None:
        one.retry_after = retry_after
        found.append(await hook.post("hook", POST))

    told(tell, *script, patience=patience)
    return found[0]


def test_an_answer_without_end_is_a_receipt() -> None:
    """Its status is all that counts: what follows neither holds up the next message nor fills the memory."""
    assert ending(ENDLESS, patience=60) == Sent(8)


def test_a_post_is_json_with_everything_a_program_needs() -> None:
    """Alert, kind, channel, text, HTML and when; numbers go on from the highest known one."""

    async def tell(hook: WebhookMessenger, _: Receiver) -> None:
        assert await hook.post("hook", POST) == Sent(8)

    (one,) = told(tell).taken
    assert (one.path, one.headers["content-type"]) == ("/hook?key=hunter2", "application/json")
    assert json.loads(one.body) == {
        "alert": "alert1",
        "kind": "post",
        "channel": "hook",
        "number": 8,
        "reply_to": None,
        "silent": False,
        "text": "🔴 Austin & Beloussow\nQuelle: Blatt (https://a.example/1?x&y)",
        "html": POST.body,
        "at": "2024-07-13T12:00:00+00:00",
    }


def test_a_delivery_is_signed_as_the_readme_says() -> None:
    """HMAC-SHA256 over the timestamp, a full stop and the body, with the secret."""

    async def tell(hook: WebhookMessenger, _: Receiver) -> None:
        await hook.post("hook", POST)

    (one,) = told(tell).taken
    signed = one.headers["draht-timestamp"].encode() + b"." + one.body
    assert one.headers["draht-timestamp"] == str(int(NOON.timestamp()))
    expected = hmac.new(SECRET.encode(), signed, hashlib.sha256).hexdigest()
    assert one.headers["draht-signature"] == f"sha256={expected}"


def test_replies_and_edits_are_told_apart() -> None:
    """A webhook gets edits too, unlike the services that cannot edit."""

    async def tell(hook: WebhookMessenger, _: Receiver) -> None:
        await hook.post("hook", POST)
        await hook.post(
            "hook", Message("Auch Moskau", silent=True, reply_to=8, about="alert1", entry="entry2")
        )
        assert await hook.edit("hook", 8, replace(POST, body="neu", entry="entry3")) == Sent(8)

    documents = [json.loads(one.body) for one in told(tell).taken]
    assert [(one["kind"], one["number"], one["reply_to"]) for one in documents] == [
        ("post", 8, None),
        ("reply", 9, 8),
        ("edit", 8, None),
    ]


def test_a_message_sent_again_has_the_same_delivery_id_and_any_other_another() -> None:
    """So a receiver can drop what it has; newer words of one entry are another message."""

    async def tell(hook: WebhookMessenger, _: Receiver) -> None:
        assert isinstance(await hook.post("hook", POST), Unknown)
        assert await hook.look_for("hook", POST.body, 7, None) == NotFound()
        await hook.post("hook", POST)
        await hook.edit("hook", 8, replace(POST, entry="entry2"))
        await hook.edit("hook", 8, replace(POST, entry="entry2", body="neuer"))
        await hook.edit("hook", 8, replace(POST, entry="entry3"))

    ids = [one.headers["draht-delivery"] for one in told(tell, LOSE).taken]
    assert ids[0] == ids[1]
    assert len(set(ids)) == 4


@pytest.mark.parametrize("status", [429, 503])
def test_a_receiver_that_is_busy_is_told_later(status: int) -> None:
    """Its Retry-After is kept to, in seconds or as a date."""
    assert ending(status) == RetryLater(f"hook asks to slow down ({status})")
    assert ending(status, retry_after="7") == RetryLater(f"hook asks to slow down ({status})", 7.0)
    date = "Sat, 13 Jul 2024 12:01:00 GMT"
    assert ending(status, retry_after=date) == RetryLater(f"hook asks to slow down ({status})", 60.0)


@pytest.mark.parametrize(
    ("status", "by_channel"), [(301, True), (401, True), (404, True), (410, True), (400, False), (422, False)]
)
def test_a_receiver_that_says_no_is_not_asked_for_ever(status: int, by_channel: bool) -> None:  # noqa: FBT001
    """An address or key that is wrong keeps posts due, a post that is not understood is given up."""
    outcome = ending(status)
    assert isinstance(outcome, Refused)
    assert outcome.by_channel is by_channel


def test_a_lost_answer_is_of_unknown_end() -> None:
    """After a reset, a 500 or a time-out the receiver may have it."""
    assert ending(RESET) == Unknown("no clear answer from hook (ReadError)")
    assert ending(LOSE) == Unknown("no clear answer from hook (RemoteProtocolError)")
    assert ending(500) == Unknown("no clear answer from hook (500)")
    assert ending(HANG, patience=0.2) == Unknown("no clear answer from hook (ReadTimeout)")


def test_what_never_left_is_sent_later() -> None:
    """Where nobody listens nothing was sent."""

    async def run() -> Outcome:
        async with receiver() as one:
            port = one.port
        hook = WebhookMessenger(f"http://127.0.0.1:{port}/", SECRET, FakeClock(NOON), lambda _: None)
        return await hook.post("hook", POST)

    assert asyncio.run(run()) == RetryLater("hook cannot be reached (ConnectError)")


def test_address_and_secret_show_nowhere() -> None:
    """Neither in a repr nor in the reason of any end."""
    ends = [repr(ending(answer, patience=0.2)) for answer in (400, 404, 429, 500, RESET, LOSE, HANG)]
    hook = WebhookMessenger("https://h.example/?key=hunter2", SECRET, FakeClock(NOON), lambda _: None)
    assert "hunter2" not in " ".join([*ends, repr(hook)])
