"""Which watch-list made an alert, and which one acts.

Frozen, as every step is.
"""

import sqlalchemy as sa
from alembic import op

revision = "v0006"
down_revision = "v0005"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the column and the table."""
    op.add_column("alerts", sa.Column("revision", sa.Text, nullable=False, server_default=sa.text("''")))
    op.create_table(
        "in_force",
        sa.Column("name", sa.Text, nullable=False),
        sa.Column("revision", sa.Text, nullable=False),
        sa.Column("since", sa.DateTime(timezone=True), nullable=False),
        sa.Column("fault", sa.Text),
        sa.Column("fault_at", sa.DateTime(timezone=True)),
        sa.PrimaryKeyConstraint("name", name="in_force_pk"),
    )
