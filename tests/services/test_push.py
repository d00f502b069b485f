import asyncio
import io
import json
import logging
from collections.abc import Callable, Coroutine

import pytest

from bot.model.message import Message
from bot.model.outcome import CannotLook, Outcome, Refused, RetryLater, Sent, Unknown
from bot.services.push import PushMessenger
from tests.servers.receiver import HANG, LOSE, RESET, Receiver, receiver

POST = Message(
    "🔴 <b>Austin &amp; Beloussow</b>\n"
    'Sie sprachen am <tg-time unix="1720778400" format="D">12. Juli</tg-time>.\n\n'
    "<blockquote expandable><b>Pentagon:</b> offen.</blockquote>\n"
    'Quelle: <a href="https://a.example/1?x&amp;y">Blatt</a>',
    about="alert1",
)


def nothing_known(_: str) -> None:
    """Know neither heads nor numbers."""


nobody = (nothing_known, nothing_known)

Telling = Callable[[PushMessenger, Receiver], Coroutine[None, None, None]]


def told(tell: Telling, *script: int | str, topics: str = "hunter2") -> Receiver:
    """Let ntfy, as Apprise speaks to it, tell a receiver that answers by a script."""

    async def run() -> Receiver:
        async with receiver(script) as one:
            url = f"ntfy://me:hunter2@127.0.0.1:{one.port}/{topics}?rto=0.3"
            await tell(PushMessenger(url, {"alert1": "🔴 Austin & Beloussow"}.get, lambda _: 3), one)
            return one

    return asyncio.run(run())


def ending(*script: int | str, topics: str = "hunter2") -> Outcome:
    """Say how a post ends at a service that answers so."""
    found: list[Outcome] = []

    async def tell(service: PushMessenger, _: Receiver) -> None:
        found.append(await service.post("phone", POST))

    told(tell, *script, topics=topics)
    return found[0]


def test_a_post_is_a_title_and_a_text_in_the_services_own_form() -> None:
    """Plain text for ntfy: addresses stand behind their words, since it would lose them."""

    async def tell(service: PushMessenger, _: Receiver) -> None:
        assert await service.post("phone", POST) == Sent(4)
        assert await service.post("phone", POST) == Sent(5)

    sent = json.loads(told(tell).taken[0].body)
    assert sent["title"] == "🔴 Austin & Beloussow"
    assert [line.strip() for line in sent["message"].splitlines() if line.strip()] == [
        "Sie sprachen am 12. Juli.",
        ">Pentagon: offen.",
        "Quelle: Blatt (https://a.example/1?x&y)",
    ]


def test_a_service_with_links_gets_them() -> None:
    """In Markdown a link is one."""

    async def run() -> str:
        async with receiver() as one:
            url = f"ntfy://127.0.0.1:{one.port}/topic?format=markdown"
            await PushMessenger(url, *nobody).post("phone", POST)
            return str(json.loads(one.taken[0].body)["message"])

    assert "[Blatt](<https://a.example/1?x&y>)" in asyncio.run(run())


def test_an_edit_is_done_without_a_message_and_a_reply_names_its_post() -> None:
    """Nothing can be edited there; what changed and matters is a message of its own."""

    async def tell(service: PushMessenger, _: Receiver) -> None:
        assert await service.edit("phone", 4, POST) == Sent(4)
        await service.post(
            "phone", Message("Auch Moskau bestätigt.", silent=True, reply_to=4, about="alert1")
        )

    (one,) = told(tell).taken
    sent = json.loads(one.body)
    assert (sent["title"], sent["message"]) == ("🔴 Austin & Beloussow", "Auch Moskau bestätigt.")


def test_the_status_that_apprise_logs_says_how_it_ended() -> None:
    """Apprise itself says only that it did not work."""
    assert ending(429) == RetryLater("phone asks to slow down (429)")
    no_entry = "phone lets Draht not in (404); correct the address of its service"
    assert ending(404) == Refused(no_entry, by_channel=True)
    assert ending(413) == Refused("phone refuses this message (413)")
    assert ending(500) == Unknown("no clear answer from phone (500)")


def test_the_exception_that_apprise_met_says_how_it_ended() -> None:
    """What may have arrived is of unknown end; nothing can be seen there, so it is sent once more."""
    assert ending(LOSE) == Unknown("no clear answer from phone (ConnectionError)")
    assert ending(RESET) == Unknown("no clear answer from phone (ConnectionError)")
    assert ending(HANG) == Unknown("no clear answer from phone (ReadTimeout)")

    async def tell(service: PushMessenger, _: Receiver) -> None:
        assert isinstance(await service.look_for("phone", POST.body, None, None), CannotLook)

    told(tell)


def test_what_never_left_is_sent_later() -> None:
    """Where nobody listens nothing was sent."""

    async def run() -> Outcome:
        async with receiver() as one:
            port = one.port
        return await PushMessenger(f"ntfy://127.0.0.1:{port}/t", *nobody).post("p", POST)

    assert asyncio.run(run()) == RetryLater("p cannot be reached (ConnectionError)")


def test_of_several_receivers_none_is_told_again_because_of_another() -> None:
    """Where one of two was reached the message is given up and the operator told: no copies for the one."""
    several = "not all receivers of phone were reached; give each a channel of its own"
    assert ending(200, 429, topics="a/b") == Refused(several)
    assert isinstance(ending(429, 429, topics="a/b"), RetryLater)


def test_the_address_shows_nowhere(monkeypatch: pytest.MonkeyPatch) -> None:
    """Apprise and urllib3 log whole addresses, and for most services the address is the key."""
    log = io.StringIO()
    monkeypatch.setattr(logging.root, "handlers", [logging.StreamHandler(log)])
    monkeypatch.setattr(logging.root, "level", logging.DEBUG)
    ends = [repr(ending(answer)) for answer in (200, 404, 429, 500, RESET, HANG)]
    service = PushMessenger("slack://T1JJ3T3L2/A1BRTD4JD/hunter2hunter2hunter2hun", *nobody)
    with pytest.raises(ValueError, match="Apprise does not know such an address"):
        PushMessenger("nonsense://hunter2", *nobody)
    logging.getLogger("draht").warning("what others log is seen")
    assert "what others log is seen" in log.getvalue()
    assert "hunter2" not in " ".join([*ends, repr(service), log.getvalue()])
