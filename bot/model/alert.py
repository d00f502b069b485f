"""What a channel is told, and the rows that make sure it is told once."""

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from bot.model.claim import Status


@dataclass(frozen=True, slots=True)
class Shown:
    """What a post shows of a contact that readers must be told of when it changes.

    `initiators` and `confirmed` are countries: who is said to have asked for it,
    and whose own side has told of it. `denied` says that some source tells of a
    denial, whatever `status` is; `retracted` that an editor ruled that there was no contact.
    `days` are the other days beside `day` that it shows as told by some.
    """

    status: Status
    day: date | None = None
    initiators: tuple[str, ...] = ()
    confirmed: tuple[str, ...] = ()
    denied: bool = False
    retracted: bool = False
    days: tuple[date, ...] = ()


@dataclass(frozen=True, slots=True)
class Standing:
    """How far an alert has been told.

    `begun` once its post is made or may be; `unsaid` while a reply waits that surely was not sent.
    """

    begun: bool = False
    unsaid: bool = False


@dataclass(frozen=True, slots=True)
class Reply:
    """A short answer to a post, about something that changed; it rings only where it is not silent.

    One without a body takes back a reply that still waits. It goes out at
    `due_at` at the earliest (None: at once).
    """

    body: str
    silent: bool = True
    due_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Alert:
    """What one channel is told about one contact (or, for `ring: stories`, one story).

    `id` is derived from subject and channel. `channel` is "" for the default
    one. `body` is the newest text rendered for it, queued or sent. `message_id`
    is the channel's number of the post once it is known. `merged_into` names
    the elder alert that this one points to (DESIGN.md §4.1).

    `stamp` is a last line that only an edited post bears: as of when it stands.
    `shown` is what the body shows, None where it tells of no contact; `told`
    what it showed before the changes that the last reply names. The first
    post does not ring where `silent`, goes out at `due_at` at the earliest
    (None: at once), and waits for an editor while `held`. `revision` is that of
    the watch-list that made it, "" where none is known.
    """

    id: str
    subject: str
    channel: str
    body: str
    created_at: datetime
    message_id: int | None = None
    merged_into: str | None = None
    stamp: str = ""
    shown: Shown | None = None
    told: Shown | None = None
    silent: bool = False
    due_at: datetime | None = None
    held: bool = False
    revision: str = ""

    @property
    def stamped(self) -> str:
        """The body as an edit shows it."""
        return f"{self.body}\n{self.stamp}" if self.stamp else self.body


class Kind(StrEnum):
    """What an outbox entry does; first posts go first, edits last (DESIGN.md §4.7)."""

    POST = "post"
    REPLY = "reply"
    EDIT = "edit"


class EntryState(StrEnum):
    """Where an entry stands. DUE, SENDING and UNKNOWN still need work.

    HELD waits for an editor's word; a REJECTED post has it, and is never made.
    ELSEWHERE is a post made where the channel no longer is: in the terminal
    before there was a token, or in another chat.
    """

    HELD = "held"
    DUE = "due"
    SENDING = "sending"
    UNKNOWN = "unknown"
    SENT = "sent"
    REFUSED = "refused"
    SUPERSEDED = "superseded"
    ELSEWHERE = "elsewhere"
    REJECTED = "rejected"


@dataclass(frozen=True, slots=True)
class OutboxEntry:
    """One message to send or to edit: a row before anything is sent.

    `number` grows with the order of creation. `not_before` is when it may be
    tried (next), `tried_at` when the last attempt began. `floor` is the highest
    message id known in the channel when the send began: a lost post can only
    lie above it. `message_id` is the post to edit, or the message made; of an
    UNKNOWN one, that made again while the first may still be there. `reply_to`
    is the post that a reply answers, once that is made; `silent` ones do not ring.
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
    silent: bool = False
    reply_to: int | None = None

    @property
    def makes_message(self) -> bool:
        """Whether it puts a new message into the channel, which a second try could double."""
        return self.kind is not Kind.EDIT
