"""The decisions: small tables in SQL, SQLite by default, PostgreSQL for a team. Later rows correct, none is erased.

The manifest of the lake lies here too, so that a commit of facts and its audit entry are one transaction.
"""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import sqlalchemy as sa

from longarm.errors import WorkspaceError
from longarm.store.lake import Part

METADATA = sa.MetaData()
REVISION = "0003"

COMMITS = sa.Table(
    "commits",
    METADATA,
    sa.Column("seq", sa.Integer, primary_key=True, autoincrement=True),
    sa.Column("source", sa.String(512), nullable=False, comment="what was ingested, as it was named"),
    sa.Column("dataset", sa.String(128), nullable=False),
    sa.Column("at", sa.String(32), nullable=False, comment="when it was committed, UTC, ISO 8601"),
    sa.Column("author", sa.String(128), nullable=False),
    sa.Column("program", sa.String(64), nullable=False),
)

PARTS = sa.Table(
    "parts",
    METADATA,
    sa.Column("seq", sa.Integer, sa.ForeignKey("commits.seq"), nullable=False),
    sa.Column("table_name", sa.String(64), nullable=False),
    sa.Column("hash", sa.String(64), nullable=False),
    sa.Column("row_count", sa.Integer, nullable=False),
    sa.Column("size", sa.BigInteger, nullable=False),
    sa.Column("scope", sa.String(256), nullable=False, server_default="", comment="dataset and reader of a load"),
    sa.Column("retired", sa.Integer, nullable=True, comment="the commit whose part stands in its place"),
    sa.UniqueConstraint("seq", "table_name", "hash"),
)

DECISIONS = sa.Table(
    "decisions",
    METADATA,
    sa.Column("seq", sa.Integer, primary_key=True, autoincrement=True),
    sa.Column("commit_seq", sa.Integer, sa.ForeignKey("commits.seq"), nullable=True),
    sa.Column("kind", sa.String(32), nullable=False, comment="case, judgement, same, note"),
    sa.Column("subject", sa.String(256), nullable=False, comment="what it decides on, such as the id of the case"),
    sa.Column("value", sa.Text, nullable=False, comment="JSON"),
    sa.Column("known", sa.String(10), nullable=False, comment="day from which it counts as known"),
    sa.Column("at", sa.String(32), nullable=False),
    sa.Column("author", sa.String(128), nullable=False),
)

AUDIT = sa.Table(
    "audit",
    METADATA,
    sa.Column("seq", sa.Integer, primary_key=True, autoincrement=True),
    sa.Column("at", sa.String(32), nullable=False),
    sa.Column("author", sa.String(128), nullable=False),
    sa.Column("what", sa.String(64), nullable=False),
    sa.Column("detail", sa.Text, nullable=False, comment="JSON"),
)


@dataclass(frozen=True)
class Decision:
    """One row: what was decided, on what, and from when it is known."""

    kind: str
    subject: str
    value: Any
    known: str


@dataclass(frozen=True)
class Stamp:
    """Who commits, when, with which program."""

    at: dt.datetime
    author: str
    program: str

    @property
    def text(self) -> str:
        """The moment in UTC, ISO 8601, to the second."""
        return self.at.astimezone(dt.UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def sqlite(path: Path) -> sa.URL:
    """Give the address of a SQLite file; a path is no text to paste into one: it may hold a `?` or a `#`."""
    return sa.URL.create("sqlite", database=str(path))


def connect(address: str | sa.URL) -> sa.Engine:
    """Open the database and bring its tables to this version of the program.

    Raises WorkspaceError where it cannot be opened, or was made by a newer program.
    """
    try:
        engine = sa.create_engine(address)
    except (sa.exc.ArgumentError, sa.exc.NoSuchModuleError, ImportError) as fault:
        raise WorkspaceError(
            f"this is no address of a database: {fault}", mend="see LONGARM_DATABASE in the documentation"
        ) from fault
    if engine.dialect.name == "sqlite":

        @sa.event.listens_for(engine, "connect")
        def _pragmas(connection: Any, _: Any) -> None:
            connection.execute("PRAGMA foreign_keys=ON")
            connection.execute("PRAGMA busy_timeout=30000")

    try:
        if _revision(engine) != REVISION:
            from longarm.store import migrations

            migrations.upgrade(engine)
    except BaseException as fault:
        engine.dispose()  # nobody holds it yet: its connections would stay open until they are collected
        if isinstance(fault, sa.exc.DBAPIError):
            raise WorkspaceError(f"the decisions cannot be opened: {fault.orig}") from fault
        raise
    return engine


def _revision(engine: sa.Engine) -> str | None:
    with engine.connect() as connection:
        if not sa.inspect(connection).has_table("alembic_version"):
            return None
        row = connection.execute(sa.text("SELECT version_num FROM alembic_version")).first()
        return None if row is None else str(row[0])


def commit(
    engine: sa.Engine,
    stamp: Stamp,
    *,
    source: str,
    dataset: str,
    parts: Sequence[Part],
    decisions: Sequence[Decision] = (),
    also: Callable[[sa.Connection, int], None] | None = None,
) -> int:
    """Make parts and decisions visible, with the audit entry, in one transaction. Gives the number of the commit.

    `also` writes more in the same transaction, under the number of the commit; what it raises takes everything back.
    """
    by = {"at": stamp.text, "author": stamp.author}
    with engine.begin() as connection:
        inserted = connection.execute(
            COMMITS.insert().values(source=source, dataset=dataset, program=stamp.program, **by)
        )
        key = inserted.inserted_primary_key
        assert key is not None
        seq = int(key[0])
        for part in parts:
            connection.execute(
                PARTS.insert().values(
                    seq=seq,
                    table_name=part.table,
                    hash=part.hash,
                    row_count=part.rows,
                    size=part.size,
                    scope=part.scope,
                )
            )
        for d in decisions:
            connection.execute(
                DECISIONS.insert().values(
                    commit_seq=seq, kind=d.kind, subject=d.subject, value=_json(d.value), known=d.known, **by
                )
            )
        detail = {"commit": seq, "source": source, "parts": [p.hash for p in parts], "decisions": len(decisions)}
        connection.execute(AUDIT.insert().values(what="commit", detail=_json(detail), **by))
        if also is not None:
            also(connection, seq)
    return seq


def parts(engine: sa.Engine, table: str, *, scope: str | None = None) -> list[Part]:
    """Give the parts of a table that are read now, of one scope or of all, in the order of their commits."""
    query = sa.select(PARTS).where(PARTS.c.table_name == table, PARTS.c.retired.is_(None))
    if scope is not None:
        query = query.where(PARTS.c.scope == scope)
    with engine.connect() as connection:
        return [_part(r) for r in connection.execute(query.order_by(PARTS.c.seq, PARTS.c.hash))]


@dataclass(frozen=True)
class Kept:
    """A part as the manifest has it."""

    part: Part
    commit: int
    retired: int | None
    """the compaction whose part stands in its place; 0 where it was set aside as damaged"""


def kept(engine: sa.Engine, *, since: int = 0, until: int | None = None) -> list[Kept]:
    """Give all parts that ever were, in the order of their commits, or those of the commits after one and up to one."""
    query = sa.select(PARTS).where(PARTS.c.seq > since).order_by(PARTS.c.seq, PARTS.c.table_name, PARTS.c.hash)
    if until is not None:
        query = query.where(PARTS.c.seq <= until)
    with engine.connect() as connection:
        return [Kept(_part(r), r.seq, r.retired) for r in connection.execute(query)]


def retire(connection: sa.Connection, hashes: Sequence[str], by: int | None, before: int | None = None) -> int:
    """Say of parts what stands in their place, inside a transaction. Gives of how many it was said."""
    now = PARTS.c.retired.is_(None) if before is None else PARTS.c.retired == before
    done = connection.execute(PARTS.update().where(PARTS.c.hash.in_(hashes), now).values(retired=by))
    return int(done.rowcount)


def _part(row: Any) -> Part:
    return Part(row.table_name, row.hash, row.row_count, row.size, row.scope)


def decisions(engine: sa.Engine, kind: str, known_at: str | None = None) -> list[Decision]:
    """Give the decisions of a kind, oldest first, that were known on a day."""
    query = sa.select(DECISIONS).where(DECISIONS.c.kind == kind).order_by(DECISIONS.c.seq)
    if known_at is not None:
        query = query.where(DECISIONS.c.known <= known_at)
    with engine.connect() as connection:
        return [Decision(r.kind, r.subject, json.loads(r.value), r.known) for r in connection.execute(query)]


def values_between(engine: sa.Engine, kind: str, before: int, after: int) -> list[Any]:
    """Give the values of a kind that the commits after one and up to another decided."""
    query = sa.select(DECISIONS.c.value).where(
        DECISIONS.c.kind == kind, DECISIONS.c.commit_seq > before, DECISIONS.c.commit_seq <= after
    )
    with engine.connect() as connection:
        return [json.loads(r.value) for r in connection.execute(query.order_by(DECISIONS.c.seq))]


def latest(engine: sa.Engine, kind: str, known_at: str | None = None) -> dict[str, Any]:
    """Give the value of the latest decision of a kind on each subject, of those known on a day."""
    return {d.subject: d.value for d in decisions(engine, kind, known_at)}


def commits(engine: sa.Engine) -> list[dict[str, Any]]:
    """Give the commits, oldest first."""
    with engine.connect() as connection:
        return [dict(row) for row in connection.execute(sa.select(COMMITS).order_by(COMMITS.c.seq)).mappings()]


def head(engine: sa.Engine) -> str:
    """Give a text that changes with every part and every decision: what derived data are keyed by."""
    with engine.connect() as connection:
        hashes = connection.execute(sa.select(PARTS.c.hash, PARTS.c.table_name).order_by(PARTS.c.seq, PARTS.c.hash))
        said = connection.execute(
            sa.select(DECISIONS.c.kind, DECISIONS.c.subject, DECISIONS.c.value, DECISIONS.c.known).order_by(
                DECISIONS.c.seq
            )
        )
        return _json([[list(r) for r in hashes], [list(r) for r in said]])


def _json(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, sort_keys=True)
