"""What the pages of stories say, and what became of asking for them.

Frozen, as every step is.
"""

import sqlalchemy as sa
from alembic import op

revision = "v0004"
down_revision = "v0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the column and the table."""
    op.add_column("stories", sa.Column("article", sa.Text))
    op.create_table(
        "pages",
        sa.Column("story", sa.Text, nullable=False),
        sa.Column("url", sa.Text, nullable=False),
        sa.Column("why", sa.Text, nullable=False),
        sa.Column("wanted_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("not_before", sa.DateTime(timezone=True), nullable=False),
        sa.Column("tried_at", sa.DateTime(timezone=True)),
        sa.Column("attempts", sa.Integer, nullable=False),
        sa.Column("outcome", sa.Text),
        sa.Column("detail", sa.Text, nullable=False),
        sa.Column("article", sa.Text),
        sa.PrimaryKeyConstraint("story", name="pages_pk"),
    )
    op.create_index("pages_url", "pages", ["url"])
    unsettled = sa.text("outcome IS NULL")
    op.create_index(
        "pages_unsettled", "pages", ["not_before"], sqlite_where=unsettled, postgresql_where=unsettled
    )
