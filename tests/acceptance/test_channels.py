import asyncio
import json
from collections.abc import Iterator

import pytest

from tests.acceptance.desk import Desk, Done
from tests.servers.bot_api import TOKEN, BotApi, serving
from tests.servers.feed_server import FeedServer, feed_server, page
from tests.servers.receiver import Receiver, receiver
from tests.servers.telegram_chats import Chat

SECRET = "hunter2-of-the-hook"
FEED = """\
<?xml version="1.0"?><rss version="2.0"><channel><title>Blatt</title><item>
<title>Austin und Beloussow telefonieren</title><link>https://blatt.example/1</link><guid>1</guid>
<pubDate>Wed, 26 Jun 2024 08:00:00 +0200</pubDate><description>US-Verteidigungsminister Lloyd Austin hat am
Dienstag mit seinem russischen Kollegen Andrej Beloussow telefoniert, teilte das Pentagon mit.</description>
</item></channel></rss>"""
WATCH_LIST = """\
max_age: 36500d
watches:
  - name: Moskau
    channel: [default, "@draht_en", phone, hook]
channels:
  - {name: "@draht_en", language: en}
  - {name: phone, service: env:DRAHT_PHONE}
  - {name: hook, language: en, service: env:DRAHT_HOOK, secret: env:DRAHT_HOOK_SECRET}
"""


@pytest.fixture
def feeds() -> Iterator[FeedServer]:
    """Serve one feed with one contact."""
    with feed_server() as server:
        server.put("/blatt.xml", page(FEED.encode()))
        yield server


@pytest.fixture
def newsroom(desk: Desk, feeds: FeedServer) -> Desk:
    """Give a desk whose Draht reads this feed and rings in four channels."""
    url = feeds.url("/blatt.xml")
    desk.configure(f'articles: false\nallow_private: ["127.0.0.0/8"]\nfeeds:\n  - url: {url}\n', WATCH_LIST)
    return desk


def polled(newsroom: Desk) -> tuple[Done, Receiver]:
    """Poll once beside a receiver that both services lead to."""

    async def run() -> tuple[Done, Receiver]:
        async with receiver() as one:
            newsroom.environment |= {
                "DRAHT_PHONE": f"ntfy://127.0.0.1:{one.port}/hunter2-of-the-phone",
                "DRAHT_HOOK": f"http://127.0.0.1:{one.port}/hook",
                "DRAHT_HOOK_SECRET": SECRET,
                "DRAHT_LOG": "debug",
            }
            return await asyncio.to_thread(newsroom.draht, "poll", "--json"), one

    return asyncio.run(run())


def told(one: Receiver) -> dict[str, str]:
    """Give what was told to ntfy (which gets a title) and to the webhook, in one line."""
    documents = [json.loads(taken.body) for taken in one.taken]
    return {
        document.get("kind", "phone"): document.get("title") or document["text"] for document in documents
    }


def test_one_story_rings_in_every_channel_in_its_language(newsroom: Desk) -> None:
    """The default channel in German, one in English, a phone by Apprise, a program: a post each."""
    with serving(BotApi()) as api:
        german, english = channels(api)
        api.world.private(777)
        newsroom.environment |= {
            "DRAHT_TELEGRAM_API": api.url,
            "DRAHT_TELEGRAM_TOKEN": TOKEN,
            "DRAHT_TELEGRAM_CHAT": "@draht",
            "DRAHT_TELEGRAM_OPS_CHAT": "777",
        }
        done, one = polled(newsroom)
        again, other = polled(newsroom)
    assert (done.status, done.answers()[-1]["posted"]) == (0, 4), done.out + done.err
    assert (again.status, again.answers()[-1]["posted"], other.taken) == (0, 0, [])
    assert heads(german) == ["🔴 Austin und Beloussow telefonieren"]
    assert heads(english) == ["🔴 Austin and Belousov speak by phone"]
    assert told(one)["phone"] == "🔴 Austin und Beloussow telefonieren"
    assert told(one)["post"].startswith("🔴 Austin and Belousov speak by phone\n")
    assert not any(secret in done.out + done.err for secret in (SECRET, "hunter2-of-the-phone", TOKEN))


def channels(api: BotApi) -> tuple[Chat, Chat]:
    """Make the two channels."""
    return api.world.channel("@draht", number=-1001000000001), api.world.channel(
        "@draht_en", number=-1001000000002
    )


def heads(chat: Chat) -> list[str]:
    """Give the first line of each post."""
    return [text.partition("\n")[0] for text in chat.texts()]


def test_without_a_token_telegrams_channels_go_to_the_terminal_and_services_are_told(newsroom: Desk) -> None:
    """What needs no token is not held back by it."""
    done, one = polled(newsroom)
    assert (done.status, sorted(told(one))) == (0, ["phone", "post"])
    assert "Austin und Beloussow telefonieren" in done.out
    assert "Austin and Belousov speak by phone" in done.out


def test_a_service_without_its_variable_is_named_before_anything_is_asked(newsroom: Desk) -> None:
    """Every missing one at once; check only warns, since the editor's machine need not have them."""
    unset = ["the channel phone needs DRAHT_PHONE", "the channel hook needs DRAHT_HOOK"]
    done, checked, doctor = newsroom.draht("poll"), newsroom.draht("check"), newsroom.draht("doctor")
    assert (done.status, checked.status, doctor.status) == (2, 0, 1)
    assert all(line in done.err and line in checked.err and line in doctor.out for line in unset)
