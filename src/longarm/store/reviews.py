"""The log of review: what people decided on claims. Append-only; a later row takes earlier ones back."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa

from longarm.errors import OptionError
from longarm.store.decisions import AUDIT, METADATA, Stamp

REVIEWS = sa.Table(
    "reviews",
    METADATA,
    # The writer gives the number: of two that decide at the same moment one fails, and looks again.
    sa.Column("seq", sa.Integer, primary_key=True, autoincrement=False),
    sa.Column("commit_seq", sa.Integer, sa.ForeignKey("commits.seq"), nullable=False),
    sa.Column("claim", sa.String(64), nullable=False, comment="id of the claim that is decided on"),
    sa.Column("act", sa.String(16), nullable=False, comment="accept, correct, refuse, split, stance, undo"),
    sa.Column("value", sa.Text, nullable=False, comment="JSON: the claim as it stood, and what was decided"),
    sa.Column("reason", sa.Text, nullable=False),
    sa.Column("known", sa.String(10), nullable=False, comment="day from which it counts as known"),
    sa.Column("at", sa.String(32), nullable=False),
    sa.Column("author", sa.String(128), nullable=False),
)


@dataclass(frozen=True)
class Review:
    """One act on a claim."""

    seq: int
    claim: str
    act: str
    value: Mapping[str, Any]
    reason: str
    known: str
    at: str = ""
    author: str = ""


def read(engine: sa.Engine) -> list[Review]:
    """Give the whole log, oldest first."""
    columns = [c for c in REVIEWS.c if c.name != "commit_seq"]
    with engine.connect() as connection:
        rows = connection.execute(sa.select(*columns).order_by(REVIEWS.c.seq)).mappings()
        return [Review(**{**row, "value": json.loads(row["value"])}) for row in rows]


def count(engine: sa.Engine) -> int:
    """Give how many acts there are."""
    with engine.connect() as connection:
        return int(connection.execute(sa.select(sa.func.count()).select_from(REVIEWS)).scalar_one())


def write(connection: sa.Connection, commit: int, stamp: Stamp, review: Review) -> None:
    """Append one act, with its audit entry, inside the transaction of a commit.

    Raises OptionError where somebody else decided since the log was read.
    """
    by = {"at": stamp.text, "author": stamp.author}
    row = {
        "seq": review.seq,
        "commit_seq": commit,
        "claim": review.claim,
        "act": review.act,
        "value": json.dumps(review.value, ensure_ascii=False, sort_keys=True),
        "reason": review.reason,
        "known": review.known,
    }
    try:
        connection.execute(REVIEWS.insert().values(**row, **by))
    except sa.exc.IntegrityError:
        raise OptionError("somebody else decided at the same moment", mend="look at the claim again") from None
    detail = {"review": review.seq, "claim": review.claim, "act": review.act, "reason": review.reason, "commit": commit}
    audit = json.dumps(detail, ensure_ascii=False, sort_keys=True)
    connection.execute(AUDIT.insert().values(what="review", detail=audit, **by))
