"""The tables, one schema for SQLite and PostgreSQL; migrations/ makes the same.

What is queried is a column; the rest of a claim or contact is a JSON payload.
The conditions of partial indices are literal text, and queries use the same
text: SQLite takes such an index only where it can see that the words agree.
"""

from sqlalchemy import (
    Boolean,
    Column,
    Date,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    Table,
    false,
    text,
)

from bot.storage.columns import Instant, Number, Payload, Words

metadata = MetaData(
    naming_convention={
        "pk": "%(table_name)s_pk",
        "uq": "%(table_name)s_%(column_0_name)s_key",
        "fk": "%(table_name)s_%(column_0_name)s_fk",
    }
)

feeds = Table(
    "feeds",
    metadata,
    Column("url", Words, primary_key=True),
    Column("address", Words),
    Column("etag", Words),
    Column("last_modified", Words),
    Column("digest", Words),
    Column("first_read_at", Instant),
    Column("checked_at", Instant),
    Column("next_check", Instant),
    Column("failures", Integer, nullable=False),
    Column("fault", Words),
    Column("told", Boolean, nullable=False),
    Column("manners", Payload),
)

# What is only read where a feed has a new body: the digests of its item blocks.
blocks = Table(
    "blocks",
    metadata,
    Column("url", Words, primary_key=True),
    Column("seen", LargeBinary, nullable=False),
)

# Hosts that said "not now" (429, 503), and until when.
hosts = Table(
    "hosts",
    metadata,
    Column("host", Words, primary_key=True),
    Column("rest_until", Instant, nullable=False),
)

stories = Table(
    "stories",
    metadata,
    Column("arrival", Number, primary_key=True),
    Column("id", Words, nullable=False, unique=True),
    Column("feed", Words, nullable=False),
    Column("source", Words, nullable=False),
    Column("url", Words),
    Column("title", Words, nullable=False),
    Column("text", Words, nullable=False),
    Column("language", Words),
    Column("country", Words),
    Column("instant", Instant, nullable=False),
    Column("day", Date, nullable=False),
    Column("dated", Boolean, nullable=False),
    Column("fresh_feed", Boolean, nullable=False),
    Column("verdict", Words),
    Column("recognition", Payload),
    Column("decisions", Payload),
    # What is read in place of the feed's text where the page told more.
    Column("article", Words),
    Index("stories_instant", "instant"),
    Index("stories_url", "url"),
)

# A story without verdict is unread. Among a million read ones this index holds
# only those, so that a round with nothing to do costs nothing.
UNREAD = text("verdict IS NULL")
Index(
    "stories_unread",
    stories.c.instant,
    stories.c.arrival,
    sqlite_where=UNREAD,
    postgresql_where=UNREAD,
)

# Stories whose page is wanted, and what became of each; `article` is what the page said.
pages = Table(
    "pages",
    metadata,
    Column("story", Words, primary_key=True),
    Column("url", Words, nullable=False),
    Column("why", Words, nullable=False),
    Column("wanted_at", Instant, nullable=False),
    Column("not_before", Instant, nullable=False),
    Column("tried_at", Instant),
    Column("attempts", Integer, nullable=False),
    Column("outcome", Words),
    Column("detail", Words, nullable=False),
    Column("article", Payload),
    Index("pages_url", "url"),
)

# Asked for every second; nearly every page is settled.
UNSETTLED = text("outcome IS NULL")
Index("pages_unsettled", pages.c.not_before, sqlite_where=UNSETTLED, postgresql_where=UNSETTLED)

contacts = Table(
    "contacts",
    metadata,
    Column("id", Words, primary_key=True),
    Column("offices", Words, nullable=False),
    Column("status", Words, nullable=False),
    Column("medium", Words, nullable=False),
    Column("day", Date),
    Column("by", Date, nullable=False),
    Column("entered_at", Instant, nullable=False),
    Column("merged_into", Words),
    Column("payload", Payload, nullable=False),
    Index("contacts_offices_day", "offices", "day"),
    Index("contacts_entered_at", "entered_at"),
)

reports = Table(
    "reports",
    metadata,
    Column("arrival", Number, primary_key=True),
    Column("id", Words, nullable=False, unique=True),
    Column("story", Words, nullable=False),
    Column("offices", Words, nullable=False),
    Column("seats", Integer, nullable=False),
    Column("by", Date, nullable=False),
    Column("instant", Instant, nullable=False),
    Column("contact", Words, ForeignKey("contacts.id"), nullable=False),
    Column("place", Integer, nullable=False),
    Column("watched", Boolean, nullable=False),
    Column("payload", Payload, nullable=False),
    Index("reports_offices_by", "offices", "by"),
    Index("reports_contact", "contact", "place"),
    Index("reports_story", "story"),
)

# Contacts of three and more share offices instead of having the same; they are
# rare, so that reading all of a few days and comparing is cheapest.
OF_MANY = text("seats > 2")
Index("reports_of_many", reports.c.by, sqlite_where=OF_MANY, postgresql_where=OF_MANY)

alerts = Table(
    "alerts",
    metadata,
    Column("id", Words, primary_key=True),
    Column("subject", Words, nullable=False),
    Column("channel", Words, nullable=False),
    Column("body", Words, nullable=False),
    Column("created_at", Instant, nullable=False),
    Column("message_id", Number),
    Column("merged_into", Words),
    Column("stamp", Words, nullable=False, server_default=text("''")),
    Column("shown", Payload),
    Column("told", Payload),
    Column("silent", Boolean, nullable=False, server_default=false()),
    Column("due_at", Instant),
    Column("held", Boolean, nullable=False, server_default=false()),
    Column("revision", Words, nullable=False, server_default=text("''")),
    Index("alerts_subject", "subject"),
    Index("alerts_channel_message_id", "channel", "message_id"),
)

outbox = Table(
    "outbox",
    metadata,
    Column("number", Number, primary_key=True, autoincrement=False),
    Column("id", Words, nullable=False, unique=True),
    Column("alert", Words, ForeignKey("alerts.id"), nullable=False),
    Column("channel", Words, nullable=False),
    Column("kind", Words, nullable=False),
    Column("body", Words, nullable=False),
    Column("state", Words, nullable=False),
    Column("created_at", Instant, nullable=False),
    Column("not_before", Instant, nullable=False),
    Column("tried_at", Instant),
    Column("attempts", Integer, nullable=False),
    Column("floor", Number),
    Column("message_id", Number),
    Column("error", Words),
    Column("silent", Boolean, nullable=False, server_default=false()),
    Index("outbox_alert", "alert", "number"),
)

# Nearly every entry is finished; the sender asks every few seconds only for the
# few that are not.
UNFINISHED = text("state IN ('due', 'sending', 'unknown')")
Index("outbox_unfinished", outbox.c.not_before, sqlite_where=UNFINISHED, postgresql_where=UNFINISHED)

watches = Table(
    "watches",
    metadata,
    Column("key", Words, primary_key=True),
    Column("since", Instant, nullable=False),
)

chats = Table(
    "chats",
    metadata,
    Column("channel", Words, primary_key=True),
    Column("moved_to", Words, nullable=False),
)

# One row: through what, and into which chat, the last program spoke that sent anything.
whereabouts = Table(
    "whereabouts",
    metadata,
    Column("transport", Words, primary_key=True),
    Column("chat", Words, nullable=False),
)

# What editors have corrected; taken back or not, each is kept.
rulings = Table(
    "rulings",
    metadata,
    Column("id", Words, primary_key=True),
    Column("contact", Words, nullable=False),
    Column("wrong", Words, nullable=False),
    Column("slot", Words),
    Column("value", Words),
    Column("by", Words, nullable=False),
    Column("at", Instant, nullable=False),
    Column("undone_at", Instant),
    Index("rulings_contact", "contact"),
)

# What configuration acts, since when, and what is wrong with a later one that was saved. One row.
in_force = Table(
    "in_force",
    metadata,
    Column("name", Words, primary_key=True),
    Column("revision", Words, nullable=False),
    Column("since", Instant, nullable=False),
    Column("fault", Words),
    Column("fault_at", Instant),
)

# What a person has turned off.
switches = Table(
    "switches",
    metadata,
    Column("name", Words, primary_key=True),
    Column("by", Words, nullable=False),
    Column("at", Instant, nullable=False),
    Column("until", Instant),
)

beats = Table(
    "beats",
    metadata,
    Column("name", Words, primary_key=True),
    Column("at", Instant, nullable=False),
)

# What was changed in the files of the configuration from the operators' chat, each with the whole file.
edits = Table(
    "edits",
    metadata,
    Column("number", Number, primary_key=True),
    Column("id", Words, nullable=False, unique=True),
    Column("file", Words, nullable=False),
    Column("before", LargeBinary),
    Column("after", LargeBinary, nullable=False),
    Column("what", Words, nullable=False),
    Column("by", Words, nullable=False),
    Column("at", Instant, nullable=False),
    Column("undone_by", Words),
)

# Suggestions that an editor did not want; they never come again.
vetoes = Table(
    "vetoes",
    metadata,
    Column("id", Words, primary_key=True),
    Column("by", Words, nullable=False),
    Column("at", Instant, nullable=False),
)
