"""The first schema: feeds, stories, contacts, reports, alerts, outbox and three small tables.

Frozen: types are spelt out here, not taken from tables.py, which moves on.
"""

import sqlalchemy as sa
from alembic import op

revision = "v0001"
down_revision = None
branch_labels = None
depends_on = None

_INSTANT = sa.DateTime(timezone=True)
_NUMBER = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    """Make every table."""
    _feeds()
    _stories()
    _contacts()
    _reports()
    _alerts()
    _outbox()
    _small_tables()


def _feeds() -> None:
    op.create_table(
        "feeds",
        sa.Column("url", sa.Text, nullable=False),
        sa.Column("address", sa.Text),
        sa.Column("etag", sa.Text),
        sa.Column("last_modified", sa.Text),
        sa.Column("digest", sa.Text),
        sa.Column("first_read_at", _INSTANT),
        sa.Column("checked_at", _INSTANT),
        sa.Column("next_check", _INSTANT),
        sa.Column("failures", sa.Integer, nullable=False),
        sa.Column("fault", sa.Text),
        sa.Column("told", sa.Boolean, nullable=False),
        sa.PrimaryKeyConstraint("url", name="feeds_pk"),
    )


def _stories() -> None:
    op.create_table(
        "stories",
        sa.Column("arrival", _NUMBER, nullable=False, autoincrement=True),
        sa.Column("id", sa.Text, nullable=False),
        sa.Column("feed", sa.Text, nullable=False),
        sa.Column("source", sa.Text, nullable=False),
        sa.Column("url", sa.Text),
        sa.Column("title", sa.Text, nullable=False),
        sa.Column("text", sa.Text, nullable=False),
        sa.Column("language", sa.Text),
        sa.Column("country", sa.Text),
        sa.Column("instant", _INSTANT, nullable=False),
        sa.Column("day", sa.Date, nullable=False),
        sa.Column("dated", sa.Boolean, nullable=False),
        sa.Column("fresh_feed", sa.Boolean, nullable=False),
        sa.Column("verdict", sa.Text),
        sa.Column("recognition", sa.Text),
        sa.Column("decisions", sa.Text),
        sa.PrimaryKeyConstraint("arrival", name="stories_pk"),
        sa.UniqueConstraint("id", name="stories_id_key"),
    )
    op.create_index("stories_instant", "stories", ["instant"])
    op.create_index("stories_url", "stories", ["url"])
    unread = sa.text("verdict IS NULL")
    op.create_index(
        "stories_unread", "stories", ["instant", "arrival"], sqlite_where=unread, postgresql_where=unread
    )


def _contacts() -> None:
    op.create_table(
        "contacts",
        sa.Column("id", sa.Text, nullable=False),
        sa.Column("offices", sa.Text, nullable=False),
        sa.Column("status", sa.Text, nullable=False),
        sa.Column("medium", sa.Text, nullable=False),
        sa.Column("day", sa.Date),
        sa.Column("by", sa.Date, nullable=False),
        sa.Column("entered_at", _INSTANT, nullable=False),
        sa.Column("merged_into", sa.Text),
        sa.Column("payload", sa.Text, nullable=False),
        sa.PrimaryKeyConstraint("id", name="contacts_pk"),
    )
    op.create_index("contacts_offices_day", "contacts", ["offices", "day"])
    op.create_index("contacts_entered_at", "contacts", ["entered_at"])


def _reports() -> None:
    op.create_table(
        "reports",
        sa.Column("arrival", _NUMBER, nullable=False, autoincrement=True),
        sa.Column("id", sa.Text, nullable=False),
        sa.Column("story", sa.Text, nullable=False),
        sa.Column("offices", sa.Text, nullable=False),
        sa.Column("seats", sa.Integer, nullable=False),
        sa.Column("by", sa.Date, nullable=False),
        sa.Column("instant", _INSTANT, nullable=False),
        sa.Column("contact", sa.Text, nullable=False),
        sa.Column("place", sa.Integer, nullable=False),
        sa.Column("watched", sa.Boolean, nullable=False),
        sa.Column("payload", sa.Text, nullable=False),
        sa.PrimaryKeyConstraint("arrival", name="reports_pk"),
        sa.UniqueConstraint("id", name="reports_id_key"),
        sa.ForeignKeyConstraint(["contact"], ["contacts.id"], name="reports_contact_fk"),
    )
    op.create_index("reports_offices_by", "reports", ["offices", "by"])
    op.create_index("reports_contact", "reports", ["contact", "place"])
    op.create_index("reports_story", "reports", ["story"])
    many = sa.text("seats > 2")
    op.create_index("reports_of_many", "reports", ["by"], sqlite_where=many, postgresql_where=many)


def _alerts() -> None:
    op.create_table(
        "alerts",
        sa.Column("id", sa.Text, nullable=False),
        sa.Column("subject", sa.Text, nullable=False),
        sa.Column("channel", sa.Text, nullable=False),
        sa.Column("body", sa.Text, nullable=False),
        sa.Column("created_at", _INSTANT, nullable=False),
        sa.Column("message_id", _NUMBER),
        sa.Column("merged_into", sa.Text),
        sa.PrimaryKeyConstraint("id", name="alerts_pk"),
    )
    op.create_index("alerts_subject", "alerts", ["subject"])
    op.create_index("alerts_channel_message_id", "alerts", ["channel", "message_id"])


def _outbox() -> None:
    op.create_table(
        "outbox",
        sa.Column("number", _NUMBER, nullable=False, autoincrement=False),
        sa.Column("id", sa.Text, nullable=False),
        sa.Column("alert", sa.Text, nullable=False),
        sa.Column("channel", sa.Text, nullable=False),
        sa.Column("kind", sa.Text, nullable=False),
        sa.Column("body", sa.Text, nullable=False),
        sa.Column("state", sa.Text, nullable=False),
        sa.Column("created_at", _INSTANT, nullable=False),
        sa.Column("not_before", _INSTANT, nullable=False),
        sa.Column("tried_at", _INSTANT),
        sa.Column("attempts", sa.Integer, nullable=False),
        sa.Column("floor", _NUMBER),
        sa.Column("message_id", _NUMBER),
        sa.Column("error", sa.Text),
        sa.PrimaryKeyConstraint("number", name="outbox_pk"),
        sa.UniqueConstraint("id", name="outbox_id_key"),
        sa.ForeignKeyConstraint(["alert"], ["alerts.id"], name="outbox_alert_fk"),
    )
    op.create_index("outbox_alert", "outbox", ["alert", "number"])
    unfinished = sa.text("state IN ('due', 'sending', 'unknown')")
    op.create_index(
        "outbox_unfinished", "outbox", ["not_before"], sqlite_where=unfinished, postgresql_where=unfinished
    )


def _small_tables() -> None:
    op.create_table(
        "watches",
        sa.Column("key", sa.Text, nullable=False),
        sa.Column("since", _INSTANT, nullable=False),
        sa.PrimaryKeyConstraint("key", name="watches_pk"),
    )
    op.create_table(
        "chats",
        sa.Column("channel", sa.Text, nullable=False),
        sa.Column("moved_to", sa.Text, nullable=False),
        sa.PrimaryKeyConstraint("channel", name="chats_pk"),
    )
    op.create_table(
        "beats",
        sa.Column("name", sa.Text, nullable=False),
        sa.Column("at", _INSTANT, nullable=False),
        sa.PrimaryKeyConstraint("name", name="beats_pk"),
    )
