"""How feeds and hosts want to be asked, and what of a feed has been seen.

Frozen, as every step is.
"""

import sqlalchemy as sa
from alembic import op

revision = "v0003"
down_revision = "v0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the column and the tables."""
    op.add_column("feeds", sa.Column("manners", sa.Text))
    op.create_table(
        "blocks",
        sa.Column("url", sa.Text, nullable=False),
        sa.Column("seen", sa.LargeBinary, nullable=False),
        sa.PrimaryKeyConstraint("url", name="blocks_pk"),
    )
    op.create_table(
        "hosts",
        sa.Column("host", sa.Text, nullable=False),
        sa.Column("rest_until", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("host", name="hosts_pk"),
    )
