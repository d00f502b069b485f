"""A stage on which a day is played, where everything that was said and shown is kept."""

import asyncio
import io

from bot.demo import telling
from bot.demo.newsday import NewsDay
from bot.demo.play import Event, Heard, play
from bot.demo.telling import Line
from bot.model.message import Message
from bot.model.outcome import Outcome, Sent
from bot.terminal.messenger import TerminalMessenger


class Channel(TerminalMessenger):
    """The terminal, which also remembers each post's bodies (the first one and every edit) and replies."""

    def __init__(self, paper: io.StringIO) -> None:
        super().__init__(file=paper)
        self.said: list[str] = []
        self.bodies: dict[int, list[str]] = {}
        self.replies: list[str] = []

    async def post(self, channel: str, message: Message) -> Outcome:
        """Print and keep a post."""
        outcome = await super().post(channel, message)
        if message.reply_to is not None:
            self.said.append(f"reply {message.reply_to}")
            self.replies.append(message.body)
        elif isinstance(outcome, Sent):
            self.bodies[outcome.message_id] = [message.body]
            self.said.append(f"post {outcome.message_id}")
        return outcome

    async def edit(self, channel: str, message_id: int, message: Message) -> Outcome:
        """Print and keep an edit."""
        self.bodies[message_id].append(message.body)
        self.said.append(f"edit {message_id}")
        return await super().edit(channel, message_id, message)


class Played:
    """A day that was played to its end: what happened, what the channel was told, what was printed."""

    def __init__(self, day: NewsDay, language: str = "de") -> None:
        self.day = day
        self.events: list[Event] = []
        self.paper = io.StringIO()
        self.channel = Channel(self.paper)
        self._print(*telling.opening(day))
        asyncio.run(play(day, self.channel, language, self._tell))
        self._print(*telling.closing(self.events, day))

    @property
    def heard(self) -> list[Heard]:
        """Give the stories in the order of their reading."""
        return [event for event in self.events if isinstance(event, Heard)]

    @property
    def rung(self) -> list[Heard]:
        """Give the stories that made a post."""
        return [event for event in self.heard if any(decision.posted for decision in event.decisions)]

    @property
    def last_words(self) -> list[str]:
        """Give each post as the channel shows it at the end of the day."""
        return [bodies[-1] for bodies in self.channel.bodies.values()]

    def story(self, title: str) -> Heard:
        """Give what became of a story."""
        return next(event for event in self.heard if event.story.title == title)

    async def _tell(self, event: Event) -> None:
        self.events.append(event)
        self._print(telling.told(event, self.day))

    def _print(self, *lines: Line | None) -> None:
        self.paper.writelines(f"{line.text}\n" for line in lines if line)
