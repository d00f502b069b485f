"""A talk for tests: a real store, real rounds, real HTTP to a Bot API stand-in with people in it."""

import asyncio
from collections.abc import Callable, Coroutine, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from typing import Any

from bot.model.alert import Alert, EntryState
from bot.model.contact import Contact, Report
from bot.model.fetch import Fetched
from bot.model.story import derived_id
from bot.register.load import load
from bot.runners.parley import Files, Parley
from bot.runners.present import Present
from bot.runners.talking import Talking
from bot.runners.wire import Wire
from bot.storage import SqlStore
from bot.talk.access import Access
from bot.telegram.conversation import TelegramConversation
from tests.fakes.clock import FakeClock
from tests.fakes.messenger import FakeMessenger
from tests.runners.wire import stage as wired
from tests.servers.bot_api import TOKEN, BotApi, serving
from tests.servers.telegram_chats import Chat, Shown
from tests.servers.telegram_people import Button, PeopledWorld, Person
from tests.storage.newsday import NOON, contact_of, recognition_of, report_of, story_of

EDITOR, READER = Person(42, "Erika"), Person(77, "Leser")
OPS = -1009
JUNE, JULY = date(2024, 6, 25), date(2024, 7, 12)


@dataclass
class Stage:
    """A wire that talks, the people and chats at hand."""

    wire: Wire
    api: BotApi
    world: PeopledWorld
    clock: FakeClock
    messenger: FakeMessenger
    editors: frozenset[int] = frozenset({EDITOR.id})
    poll: int = 1
    chat: str = "@draht"
    files: Files | None = None
    ops: Chat = field(init=False)
    home: dict[int, Chat] = field(default_factory=dict)
    present: Present = field(init=False)

    def __post_init__(self) -> None:
        self.ops = self.world.group(OPS)
        for person in (EDITOR, READER):
            self.home[person.id] = self.world.private(person.id)

    @property
    def store(self) -> SqlStore:
        """Give the store."""
        return self.wire.store

    def writes(self, who: Person, text: str, chat: Chat | None = None, **more: Any) -> None:
        """Let somebody write to the bot."""
        self.world.writes(who, chat or self.home[who.id], text, **more)

    def presses(self, who: Person, data: str, chat: Chat | None = None, message: int = 1) -> None:
        """Let somebody press a button, or claim to."""
        self.world.presses(who, chat or self.home[who.id], message, data)

    def hears(self) -> None:
        """Let the bot hear what was said, and confirm it by asking once more."""

        async def story(talking: Talking) -> None:
            await talking.talk()
            await talking.talk()

        self.run(story)

    def run(self, story: Callable[[Talking], Coroutine[None, None, None]]) -> None:
        """Do something with a bot that has just been started, and end it."""

        async def whole() -> None:
            access = Access(self.editors, str(OPS))
            conversation = TelegramConversation(TOKEN, access, self.clock, self.api.url, self.poll)
            parley = Parley(conversation, access, load(), self.chat, "1.2.3", self.files)
            try:
                self.present = Present(replace(self.wire, parley=parley))
                await story(Talking(self.present, parley))
            finally:
                await conversation.close()

        asyncio.run(whole())

    def asks(self, who: Person, text: str, chat: Chat | None = None) -> str:
        """Let somebody ask something; give the last of what was answered there ("" for silence)."""
        place = chat or self.home[who.id]
        before = len(self.world.answers(place))
        self.writes(who, text, chat)
        self.hears()
        told = self.world.answers(place)
        return told[-1].text if len(told) > before else ""

    def last(self, chat: Chat) -> Shown:
        """Give what the bot said last in a chat."""
        return self.world.answers(chat)[-1]

    def button(self, chat: Chat, label: str) -> Button:
        """Give the button of this label under what the bot said last."""
        buttons = self.world.keyboard(chat, self.last(chat))
        return next(one for one in buttons if label in one.label)

    def pushes(self, who: Person, chat: Chat, label: str) -> None:
        """Let somebody press a button of what the bot said last, and the bot hear of it."""
        self.presses(who, self.button(chat, label).data, chat, self.last(chat).id)
        self.hears()

    def entered(self, name: str, day: date, *reports: Report) -> Contact:
        """Let a contact be known."""
        contact = contact_of(derived_id(name), day, *(reports or (report_of(name, day),)))
        with self.store.ledger() as ledger:
            for report in contact.reports:
                ledger.close_story(story_of(name, report.instant), recognition_of(), ())
            ledger.enter(contact, NOON)
        return contact

    def told(self, contact: Contact, *, channel: str = "", held: bool = False, number: int = 5) -> Alert:
        """Let a channel be told of a contact: posted under a number, or held."""
        alert = Alert(
            derived_id("alert", contact.id, channel),
            contact.id,
            channel,
            f"🔴 <b>Austin &amp; Beloussow telefonieren ({contact.day})</b>\nDie Minister telefonierten.",
            NOON,
            held=held,
        )
        with self.store.ledger() as ledger:
            ledger.tell(alert, NOON)
        for entry in self.store.outbox_due(NOON + timedelta(days=400)):
            if entry.alert == alert.id:
                sent = replace(entry, state=EntryState.SENT, message_id=number, tried_at=NOON)
                self.store.save_entry(sent)
        return alert


@contextmanager
def stage(looks: dict[str, list[Fetched]] | None = None) -> Iterator[Stage]:
    """Set up a talk with one editor and one reader, who have each written to the bot before."""
    world = PeopledWorld(TOKEN)
    with serving(BotApi(world=world)) as api, wired(dict(looks or {})) as behind:
        yield Stage(behind.wire, api, world, behind.clock, behind.messenger)
