"""One entity at once, however many there are: its statements by id or canonical id, and who stands beside it.

Rests on packed files of each part, which are made once and mapped. Both clocks, ends and withdrawals count as in every
other read.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import numpy as np

from longarm.model import identity, vocabulary
from longarm.model.statement import BASE
from longarm.model.tables import ENDINGS, STATEMENTS
from longarm.store import decisions, lake
from longarm.store.packed import Packed, Packing, is_written, write

if TYPE_CHECKING:
    from longarm.workspace.store import OnFile

_NUMBERS: Final = ("record", "span_start", "span_end")
_OWN: Final = ("id", "value", "original_value", "valid_from", "valid_to", *_NUMBERS)
_SHARED: Final = tuple(n for n in STATEMENTS.schema.names if n not in {*_OWN, "entity_id", "canonical_id"})
_BY_ENTITY: Final = Packing(_SHARED, _OWN)
_POINTING: Final = Packing(("schema", "prop"), ("entity_id", "id"))


class Entities:
    """The look-up. It answers for the state in which it was opened."""

    def __init__(self, ws: OnFile, known_at: str | None = None):
        parts = decisions.parts(ws.database, STATEMENTS.name)
        for part in parts:
            _make(ws, part)
        digest = hashlib.sha256("".join(p.hash for p in parts).encode()).hexdigest()[:24]
        self._own = Packed(_folder(ws, "entity") / f"top-{digest}", [_path(ws, "entity", p) for p in parts], _BY_ENTITY)
        self._pointing = Packed(
            _folder(ws, "pointing") / f"top-{digest}", [_path(ws, "pointing", p) for p in parts], _POINTING
        )
        self._known_at = known_at
        self._withdrawn = ws.withdrawn(known_at)
        self._confirmed = ws.confirmed(known_at)
        self._ends = _Ends(ws, known_at)
        self._same = _same(ws, known_at)

    def statements(self, entity: str) -> list[dict[str, Any]]:
        """Give the statements of an entity, or of all that people judged to be the same one, each once."""
        found: dict[str, dict[str, Any]] = {}
        for name in self._same.get(entity, (entity,)):
            for row in self._own.rows(name):
                if (self._known_at is None or str(row["first_seen"]) <= self._known_at) and row[
                    "id"
                ] not in self._withdrawn:
                    found.setdefault(str(row["id"]), self._whole(name, row))
        self._ends.put(list(found.values()), self._confirmed)
        return list(found.values())

    def entity(self, entity: str) -> dict[str, Any] | None:
        """Give an entity as FollowTheMoney has it, with the statements beneath each value; None if unknown."""
        rows = self.statements(entity)
        if not rows:
            return None
        beneath: dict[str, dict[str, list[str]]] = {}
        for row in rows:
            if row["prop"] != BASE:
                beneath.setdefault(row["prop"], {}).setdefault(row["value"], []).append(row["id"])
        if len({r["schema"] for r in rows}) > 1:  # the vocabulary decides which rows go together
            ordered = sorted(rows, key=lambda r: str(r["id"]))
            (made,) = vocabulary.to_entities({**r, "canonical_id": entity} for r in ordered)
            return {**made, "statements": {p: {v: beneath[p][v] for v in vs} for p, vs in made["properties"].items()}}
        properties = {prop: list(values) for prop, values in beneath.items()}
        return {"id": entity, "schema": rows[0]["schema"], "properties": properties, "statements": beneath}

    def neighbours(self, entity: str, limit: int = 100) -> dict[str, Any]:
        """Give who points to an entity and to whom it points, at most `limit`, with how many there are."""
        found: dict[tuple[str, str, str], str] = {}
        for name in self._same.get(entity, (entity,)):
            for row in self._own.rows(name):
                if row["prop_type"] == "entity":
                    found.setdefault(("to", str(row["prop"]), str(row["value"])), str(row["id"]))
            for row in self._pointing.rows(name):
                found.setdefault(("from", str(row["prop"]), str(row["entity_id"])), str(row["id"]))
        rows = [{"way": w, "prop": p, "entity": e, "statement": i} for (w, p, e), i in list(found.items())[:limit]]
        return {"entity": entity, "total": len(found), "neighbours": rows}

    def __len__(self) -> int:
        return len(self._own)

    def _whole(self, entity: str, row: dict[str, str | None]) -> dict[str, Any]:
        made: dict[str, Any] = {"entity_id": entity, "canonical_id": entity, **row}
        for name in _NUMBERS:
            made[name] = None if row[name] is None else int(str(row[name]))
        return made


class _Ends:
    """Ends of statements, by their ids, in sorted arrays."""

    def __init__(self, ws: OnFile, known_at: str | None):
        tables = [lake.read_part(ws.layout.parts, ENDINGS, p) for p in decisions.parts(ws.database, ENDINGS.name)]
        rows = [
            (k, t.column("ended"), t.column("known")) for t in tables for k in [identity.keys_of(t.column("statement"))]
        ]
        keys = np.concatenate([k for k, _, _ in rows]) if rows else np.empty((0, 2), dtype=np.uint64)
        self._dates = [d for _, ended, known in rows for d in zip(ended.to_pylist(), known.to_pylist(), strict=True)]
        self._order = np.argsort(keys[:, 0], kind="stable")
        self._keys = keys[self._order]
        self._known_at = known_at

    def put(self, rows: list[dict[str, Any]], confirmed: dict[str, str]) -> None:
        """Give each row its end, or the day on which it was last seen."""
        for row in rows:
            ended = self._of(row["id"]) if len(self._keys) else None
            if ended is not None:
                row["valid_to"] = row["valid_to"] or ended
            elif confirmed:
                row["last_seen"] = max(row["last_seen"], confirmed.get(row["document"], ""))

    def _of(self, identity_: str) -> str | None:
        first, second = np.uint64(int(identity_[:16], 16)), np.uint64(int(identity_[16:], 16))
        at = int(np.searchsorted(self._keys[:, 0], first))
        while at < len(self._keys) and self._keys[at, 0] == first:
            if self._keys[at, 1] == second:
                ended, known = self._dates[int(self._order[at])]
                if self._known_at is None or known <= self._known_at:
                    return str(ended)
            at += 1
        return None


def _same(ws: OnFile, known_at: str | None) -> dict[str, tuple[str, ...]]:
    """Give for every id that people judged to be another's all ids of that entity."""
    from longarm.workspace.answering import same_in

    groups: dict[str, set[str]] = {}
    for case in ws.cases(known_at).values():
        for entity, canonical in same_in(ws, case, known_at).items():
            groups.setdefault(canonical, {canonical}).add(entity)
    return {i: tuple(sorted(group)) for group in groups.values() for i in group}


def _folder(ws: OnFile, kind: str) -> Path:
    return ws.layout.indexes / kind


def _path(ws: OnFile, kind: str, part: lake.Part) -> Path:
    return _folder(ws, kind) / part.hash


def _make(ws: OnFile, part: lake.Part) -> None:
    """Pack a part by entity, and by the entity that is pointed to, where that was not done yet."""
    import pyarrow.compute as pc

    kinds = ("entity", "pointing")
    if all(is_written(_path(ws, kind, part)) for kind in kinds):
        return
    ws.progress(f"Indexing {part.rows:,} statements")
    table = lake.read_part(ws.layout.parts, STATEMENTS, part)
    write(_path(ws, "entity", part), table, "entity_id", _BY_ENTITY)
    pointing = table.filter(pc.equal(table.column("prop_type"), "entity"))
    write(_path(ws, "pointing", part), pointing, "value", _POINTING)


def each(ws: OnFile) -> Iterator[str]:
    """Give the ids of all entities, part by part; one that stands in two parts comes twice."""
    for part in decisions.parts(ws.database, STATEMENTS.name):
        yield from (
            lake.read_part(ws.layout.parts, STATEMENTS, part, ["entity_id"]).column("entity_id").unique().to_pylist()
        )
