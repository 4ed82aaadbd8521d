"""Loads of large sources; of each part, what it is one of, and which compaction took its place."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"


def upgrade() -> None:
    """Make the tables and columns."""
    op.add_column("parts", sa.Column("scope", sa.String(256), nullable=False, server_default=""))
    op.add_column("parts", sa.Column("retired", sa.Integer, nullable=True))
    op.create_table(
        "loads",
        sa.Column("seq", sa.Integer, primary_key=True, autoincrement=True),
        sa.Column("key", sa.String(64), nullable=False, unique=True),
        sa.Column("scope", sa.String(256), nullable=False),
        sa.Column("place", sa.Integer, nullable=True),
        sa.Column("commit_seq", sa.Integer, sa.ForeignKey("commits.seq"), nullable=True),
        sa.Column("value", sa.Text, nullable=False),
        sa.Column("at", sa.String(32), nullable=False),
        sa.Column("author", sa.String(128), nullable=False),
        sa.UniqueConstraint("scope", "place"),
    )
    op.create_table(
        "stretches",
        sa.Column("load_seq", sa.Integer, sa.ForeignKey("loads.seq"), primary_key=True),
        sa.Column("number", sa.Integer, primary_key=True, autoincrement=False),
        sa.Column("value", sa.Text, nullable=False),
    )


def downgrade() -> None:
    """Decisions are precious: there is no way back that would erase them."""
    raise NotImplementedError("what was loaded is never forgotten")
