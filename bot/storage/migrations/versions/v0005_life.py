"""The life of an alert: replies, holds, quiet hours, and what people correct or turn off.

Frozen, as every step is.
"""

import sqlalchemy as sa
from alembic import op

revision = "v0005"
down_revision = "v0004"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the columns and the tables."""
    op.add_column("alerts", sa.Column("stamp", sa.Text, nullable=False, server_default=sa.text("''")))
    op.add_column("alerts", sa.Column("shown", sa.Text))
    op.add_column("alerts", sa.Column("told", sa.Text))
    op.add_column("alerts", sa.Column("silent", sa.Boolean, nullable=False, server_default=sa.false()))
    op.add_column("alerts", sa.Column("due_at", sa.DateTime(timezone=True)))
    op.add_column("alerts", sa.Column("held", sa.Boolean, nullable=False, server_default=sa.false()))
    op.add_column("outbox", sa.Column("silent", sa.Boolean, nullable=False, server_default=sa.false()))
    op.create_table(
        "rulings",
        sa.Column("id", sa.Text, nullable=False),
        sa.Column("contact", sa.Text, nullable=False),
        sa.Column("wrong", sa.Text, nullable=False),
        sa.Column("slot", sa.Text),
        sa.Column("value", sa.Text),
        sa.Column("by", sa.Text, nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("undone_at", sa.DateTime(timezone=True)),
        sa.PrimaryKeyConstraint("id", name="rulings_pk"),
    )
    op.create_index("rulings_contact", "rulings", ["contact"])
    op.create_table(
        "switches",
        sa.Column("name", sa.Text, nullable=False),
        sa.Column("by", sa.Text, nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("until", sa.DateTime(timezone=True)),
        sa.PrimaryKeyConstraint("name", name="switches_pk"),
    )
