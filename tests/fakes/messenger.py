"""A channel that does what it is told to, and shows every message to Telegram's parser."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from bot.model.message import Message
from bot.model.outcome import NotFound, Outcome, Sent, Sighting
from tests.servers.telegram_html import assert_valid_post


@dataclass
class FakeMessenger:
    """Ends each post and edit as scripted, then with `Sent`; remembers what it was asked."""

    outcomes: list[Outcome] = field(default_factory=list)
    sightings: list[Sighting] = field(default_factory=list)
    first_id: int = 1
    said: list[tuple[str, str, str]] = field(default_factory=list)
    looked: list[tuple[str, str, int | None, int | None]] = field(default_factory=list)
    deleted: list[tuple[str, int]] = field(default_factory=list)
    told: list[str] = field(default_factory=list)

    async def post(self, channel: str, message: Message) -> Outcome:
        """Keep the post and end as scripted."""
        assert_valid_post(message.body)
        did = "post" if message.reply_to is None else f"reply {message.reply_to}"
        self.said.append((f"silent {did}" if message.silent else did, channel, message.body))
        return self._next(self.first_id + len(self.said) - 1)

    async def edit(self, channel: str, message_id: int, message: Message) -> Outcome:
        """Keep the edit and end as scripted."""
        assert_valid_post(message.body)
        self.said.append((f"edit {message_id}", channel, message.body))
        return self._next(message_id)

    async def look_for(self, channel: str, body: str, above: int | None, upto: int | None) -> Sighting:
        """Keep the range and see what is scripted, else nothing."""
        self.looked.append((channel, body, above, upto))
        return self.sightings.pop(0) if self.sightings else NotFound()

    async def delete(self, channel: str, message_id: int) -> Outcome:
        """Keep the channel and the number."""
        self.deleted.append((channel, message_id))
        return Sent(message_id)

    async def tell_operator(self, text: str) -> None:
        """Keep the sentence."""
        self.told.append(text)

    def bodies(self, kind: str = "post") -> Sequence[str]:
        """Give the bodies posted (or edited), in order."""
        return [body for did, _, body in self.said if did.startswith(kind)]

    def _next(self, message_id: int) -> Outcome:
        return self.outcomes.pop(0) if self.outcomes else Sent(message_id)
