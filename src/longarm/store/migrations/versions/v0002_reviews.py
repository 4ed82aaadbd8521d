"""The decisions of review: one row an act on a claim; a later row takes earlier ones back."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"


def upgrade() -> None:
    """Make the table."""
    op.create_table(
        "reviews",
        sa.Column("seq", sa.Integer, primary_key=True, autoincrement=False),
        sa.Column("commit_seq", sa.Integer, sa.ForeignKey("commits.seq"), nullable=False),
        sa.Column("claim", sa.String(64), nullable=False),
        sa.Column("act", sa.String(16), nullable=False),
        sa.Column("value", sa.Text, nullable=False),
        sa.Column("reason", sa.Text, nullable=False),
        sa.Column("known", sa.String(10), nullable=False),
        sa.Column("at", sa.String(32), nullable=False),
        sa.Column("author", sa.String(128), nullable=False),
    )


def downgrade() -> None:
    """Decisions are precious: there is no way back that would erase them."""
    raise NotImplementedError("a decision of review is never erased")
