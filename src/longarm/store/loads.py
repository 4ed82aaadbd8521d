"""Loads: large sources that come in by stretches. What was acknowledged of one is kept, and seen only when it is whole.

A load is named by what it loads: the hash of its documents, dataset, reader and options. So a load that was stopped is
found again and goes on after its last stretch, and one that was committed is never made twice.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass, field, replace
from typing import Any

import sqlalchemy as sa

from longarm.errors import WorkspaceError
from longarm.store.decisions import METADATA, Stamp
from longarm.store.lake import Part

LOADS = sa.Table(
    "loads",
    METADATA,
    sa.Column("seq", sa.Integer, primary_key=True, autoincrement=True),
    sa.Column("key", sa.String(64), nullable=False, unique=True, comment="hash of what is loaded, and how"),
    sa.Column("scope", sa.String(256), nullable=False, comment="dataset and reader: what a snapshot is one of"),
    sa.Column("place", sa.Integer, nullable=True, comment="which of its scope it is, from 1; null until committed"),
    sa.Column("commit_seq", sa.Integer, sa.ForeignKey("commits.seq"), nullable=True),
    sa.Column("value", sa.Text, nullable=False, comment="JSON: documents, kind, dated, follows, day"),
    sa.Column("at", sa.String(32), nullable=False),
    sa.Column("author", sa.String(128), nullable=False),
    sa.UniqueConstraint("scope", "place"),
)

STRETCHES = sa.Table(
    "stretches",
    METADATA,
    sa.Column("load_seq", sa.Integer, sa.ForeignKey("loads.seq"), primary_key=True),
    sa.Column("number", sa.Integer, primary_key=True, autoincrement=False),
    sa.Column("value", sa.Text, nullable=False, comment="JSON: where it ends, its parts, rejects, warnings"),
)


@dataclass(frozen=True)
class Plan:
    """What a load is of."""

    documents: tuple[str, ...]
    """ids, in the order in which they are read"""
    kind: str
    """list, delta or snapshot"""
    dated: str
    """partial date of which the source speaks: its publication, or the day on which it was read"""
    day: str
    """known from this day"""
    follows: str | None = None
    names: tuple[str, ...] = ()
    """by which a delta may name it"""


@dataclass(frozen=True)
class Stretch:
    """One acknowledged stretch: where it ends, and what came of it."""

    input: int
    """which of the documents"""
    record: int
    position: int
    """records and bytes of the document read at its end"""
    parts: tuple[Part, ...]
    rejects: int
    reject_file: str | None
    warnings: tuple[str, ...] = ()
    closed: tuple[str, ...] = ()
    """entities that the source says have ended"""
    is_end: bool = False
    """True where it is the last of its document"""


@dataclass(frozen=True)
class Load:
    """One load as it stands."""

    seq: int
    scope: str
    plan: Plan
    commit: int | None
    place: int | None
    stretches: tuple[Stretch, ...] = field(default=())


def key(*what: Any) -> str:
    """Give the key of a load."""
    return hashlib.sha256(json.dumps(what, ensure_ascii=False, sort_keys=True).encode()).hexdigest()


def begin(engine: sa.Engine, stamp: Stamp, key: str, scope: str, plan: Plan) -> Load:
    """Give the load of a key with what was acknowledged of it; begun where it is not there yet."""
    if (there := _find(engine, key)) is not None:
        return there
    value = json.dumps(asdict(plan), ensure_ascii=False)
    row = {"key": key, "scope": scope, "value": value, "at": stamp.text, "author": stamp.author}
    try:
        with engine.begin() as connection:
            connection.execute(LOADS.insert().values(**row))
    except sa.exc.IntegrityError:
        pass  # another process began it between the two lines
    begun = _find(engine, key)
    assert begun is not None
    return begun


def acknowledge(engine: sa.Engine, load: Load, number: int, stretch: Stretch) -> None:
    """Keep a stretch. Raises WorkspaceError where another process is at the same load."""
    value = json.dumps(asdict(stretch), ensure_ascii=False)
    try:
        with engine.begin() as connection:
            connection.execute(STRETCHES.insert().values(load_seq=load.seq, number=number, value=value))
    except sa.exc.IntegrityError:
        raise WorkspaceError(
            "another process is loading the same source", mend="let it finish, or stop it and begin again"
        ) from None


def restart(engine: sa.Engine, load: Load) -> Load:
    """Forget the stretches of a load that is not committed: it begins anew."""
    with engine.begin() as connection:
        connection.execute(STRETCHES.delete().where(STRETCHES.c.load_seq == load.seq))
    return replace(load, stretches=())


class Overtaken(Exception):
    """Another load of the same scope, or the same load, was committed in between."""


def settle(connection: sa.Connection, load: Load, commit: int, place: int) -> None:
    """Say that a load is committed, inside the transaction of its commit. Raises Overtaken."""
    mine = LOADS.update().where(LOADS.c.seq == load.seq, LOADS.c.commit_seq.is_(None))
    try:
        done = connection.execute(mine.values(commit_seq=commit, place=place))
    except sa.exc.IntegrityError:
        raise Overtaken from None
    if done.rowcount != 1:
        raise Overtaken


def committed(engine: sa.Engine, scope: str | None = None) -> list[Load]:
    """Give the committed loads, of one scope or of all, in their order."""
    query = sa.select(LOADS).where(LOADS.c.commit_seq.is_not(None)).order_by(LOADS.c.scope, LOADS.c.place)
    if scope is not None:
        query = query.where(LOADS.c.scope == scope)
    with engine.connect() as connection:
        return [_load(row, ()) for row in connection.execute(query)]


def unfinished(engine: sa.Engine) -> list[Load]:
    """Give the loads that were begun and not committed."""
    with engine.connect() as connection:
        rows = list(connection.execute(sa.select(LOADS).where(LOADS.c.commit_seq.is_(None)).order_by(LOADS.c.seq)))
        return [_load(row, _stretches(connection, row.seq)) for row in rows]


def _find(engine: sa.Engine, key: str) -> Load | None:
    with engine.connect() as connection:
        row = connection.execute(sa.select(LOADS).where(LOADS.c.key == key)).first()
        return None if row is None else _load(row, _stretches(connection, row.seq))


def _stretches(connection: sa.Connection, load: int) -> tuple[Stretch, ...]:
    query = sa.select(STRETCHES.c.value).where(STRETCHES.c.load_seq == load).order_by(STRETCHES.c.number)
    return tuple(_stretch(json.loads(row.value)) for row in connection.execute(query))


def _stretch(value: dict[str, Any]) -> Stretch:
    parts = tuple(Part(**p) for p in value.pop("parts"))
    return Stretch(**{**value, "parts": parts, "warnings": tuple(value["warnings"]), "closed": tuple(value["closed"])})


def _load(row: Any, stretches: Sequence[Stretch]) -> Load:
    value = json.loads(row.value)
    plan = Plan(**{**value, "documents": tuple(value["documents"]), "names": tuple(value["names"])})
    return Load(row.seq, row.scope, plan, row.commit_seq, row.place, tuple(stretches))
