"""Where a channel's posts stand: spoken through what, into which chat.

A message number means something only there. When a channel comes to lie
elsewhere (a token is set, another chat is named) its numbers are forgotten, so
that no later edit hits a stranger's message; and what was posted is not posted
anew. Call everything here under the ledger's lock.
"""

from dataclasses import dataclass, replace
from datetime import datetime

from sqlalchemy import Connection, case, delete, insert, select, union, update

from bot.model.alert import EntryState, Kind
from bot.model.channel import is_chat
from bot.storage import rows
from bot.storage.outbox import settle
from bot.storage.tables import UNFINISHED, alerts, chats, outbox, whereabouts


@dataclass(frozen=True, slots=True)
class Whereabouts:
    """A kind of messenger, and the chat of the default channel; "" where none is known."""

    transport: str
    chat: str

    def place(self, channel: str) -> tuple[str, str]:
        """Say where a channel's posts stand; chats are named without regard to case, services never move."""
        if not is_chat(channel):
            return "service", channel
        return self.transport, (channel or self.chat).lower()


def take_up(connection: Connection, present: Whereabouts, now: datetime) -> int:
    """Note how Draht speaks from now on; say how many posts that leaves where they are."""
    row = connection.execute(select(whereabouts)).one_or_none()
    before = None if row is None else Whereabouts(row.transport, row.chat)
    if before is not None:
        present = replace(present, chat=present.chat or before.chat)
        connection.execute(delete(whereabouts))
    connection.execute(insert(whereabouts).values(transport=present.transport, chat=present.chat))
    known = connection.execute(union(select(alerts.c.channel), select(chats.c.channel))).scalars()
    moved = [name for name in known if before is not None and before.place(name) != present.place(name)]
    return sum(leave(connection, channel, now) for channel in moved)


def leave(connection: Connection, channel: str, now: datetime) -> int:
    """Let go of what is bound to a channel's old place; count the posts that stand there.

    A post whose end is not known surely does not stand in the new place: it is
    due there, with the newest words. So is a reply, which then stands by itself.
    What was not tried yet keeps its time: it may wait for the morning.
    """
    connection.execute(delete(chats).where(chats.c.channel == channel))
    connection.execute(update(alerts).where(alerts.c.channel == channel).values(message_id=None))
    own = update(outbox).where(outbox.c.channel == channel)
    posts, edits = own.where(outbox.c.kind == Kind.POST.value), own.where(outbox.c.kind == Kind.EDIT.value)
    made = posts.where(outbox.c.state == EntryState.SENT.value)
    left = connection.execute(made.values(state=EntryState.ELSEWHERE.value)).rowcount
    said = own.where(outbox.c.kind == Kind.REPLY.value, outbox.c.state == EntryState.SENT.value)
    connection.execute(said.values(state=EntryState.ELSEWHERE.value))
    connection.execute(edits.where(UNFINISHED).values(state=EntryState.SUPERSEDED.value))
    at = case((outbox.c.attempts > 0, now), else_=outbox.c.not_before)
    anew = {"state": EntryState.DUE.value, "not_before": at, "attempts": 0}
    unbound = dict.fromkeys(("floor", "message_id", "error", "tried_at"))
    making = own.where(outbox.c.kind != Kind.EDIT.value)
    connection.execute(making.where(UNFINISHED).values(**anew, **unbound))
    waiting = select(outbox.c.alert).where(outbox.c.channel == channel, UNFINISHED)
    for row in connection.execute(select(alerts).where(alerts.c.id.in_(waiting))).all():
        settle(connection, rows.alert(row), now)
    return left
