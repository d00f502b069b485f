"""What a channel is told, and the rows that make sure it is told once."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


@dataclass(frozen=True, slots=True)
class Alert:
    """What one channel is told about one contact (or, for `ring: stories`, one story).

    `id` is derived from subject and channel. `channel` is "" for the default
    one. `body` is the newest text rendered for it, queued or sent. `message_id`
    is the channel's number of the post once it is known. `merged_into` names
    the elder alert that this one points to (DESIGN.md §4.1).
    """

    id: str
    subject: str
    channel: str
    body: str
    created_at: datetime
    message_id: int | None = None
    merged_into: str | None = None


class Kind(StrEnum):
    """What an outbox entry does; first posts go first (DESIGN.md §4.7)."""

    POST = "post"
    EDIT = "edit"


class EntryState(StrEnum):
    """Where an entry stands. DUE, SENDING and UNKNOWN still need work.

    ELSEWHERE is a post made where the channel no longer is: in the terminal
    before there was a token, or in another chat.
    """

    DUE = "due"
    SENDING = "sending"
    UNKNOWN = "unknown"
    SENT = "sent"
    REFUSED = "refused"
    SUPERSEDED = "superseded"
    ELSEWHERE = "elsewhere"


@dataclass(frozen=True, slots=True)
class OutboxEntry:
    """One message to send or to edit: a row before anything is sent.

    `number` grows with the order of creation. `not_before` is when it may be
    tried (next), `tried_at` when the last attempt began. `floor` is the highest
    message id known in the channel when the send began: a lost post can only
    lie above it. `message_id` is the post to edit, or the post made; of an
    UNKNOWN post, the one made again while the first may still be there.
    """

    id: str
    number: int
    alert: str
    channel: str
    kind: Kind
    body: str
    state: EntryState
    created_at: datetime
    not_before: datetime
    attempts: int = 0
    floor: int | None = None
    message_id: int | None = None
    error: str | None = None
    tried_at: datetime | None = None
