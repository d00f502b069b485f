"""Where Draht speaks: message numbers mean something only there.

Frozen, as every step is.
"""

import sqlalchemy as sa
from alembic import op

revision = "v0002"
down_revision = "v0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the table."""
    op.create_table(
        "whereabouts",
        sa.Column("transport", sa.Text, nullable=False),
        sa.Column("chat", sa.Text, nullable=False),
        sa.PrimaryKeyConstraint("transport", name="whereabouts_pk"),
    )
