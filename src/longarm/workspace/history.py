"""The lake as it came to be: what lies in it, its commits, what one brought, what came between two."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from longarm.errors import UnknownEntity
from longarm.store import decisions, lake, loads
from longarm.workspace.compacting import SOURCE

if TYPE_CHECKING:
    from longarm.workspace.store import OnFile

SHOWN = 20
"""rows that are shown of each kind; the counts are of all"""


def stats(ws: OnFile) -> dict[str, Any]:
    """Say what lies in the lake: by table and source, what is retired, what no commit names, what is not finished."""
    kept = decisions.kept(ws.database)
    tables: dict[tuple[str, str], dict[str, Any]] = {}
    for each in kept:
        part = each.part
        row = tables.setdefault(
            (part.table, part.scope),
            {"table": part.table, "source": part.scope or "cases", "parts": 0, "rows": 0, "bytes": 0, "retired": 0},
        )
        if each.retired is None:
            row["parts"] += 1
            row["rows"] += part.rows
            row["bytes"] += part.size
        else:
            row["retired"] += 1
    named = {f"{k.part.hash}.parquet" for k in kept}
    unfinished = loads.unfinished(ws.database)
    waiting = {f"{p.hash}.parquet" for u in unfinished for s in u.stretches for p in s.parts}
    there = {p.name: p.stat().st_size for p in ws.layout.parts.glob("*.parquet")}
    unnamed = [size for name, size in there.items() if name not in named | waiting]
    return {
        "commits": len(decisions.commits(ws.database)),
        "tables": [tables[k] for k in sorted(tables)],
        "unfinished": [
            {"source": u.scope, "statements": sum(p.rows for s in u.stretches for p in s.parts)} for u in unfinished
        ],
        "unnamed": {"parts": len(unnamed), "bytes": sum(unnamed)},
    }


def log(ws: OnFile) -> list[dict[str, Any]]:
    """Give the commits, the newest first, each with how many rows it brought of each table."""
    rows: dict[int, dict[str, int]] = {}
    for each in decisions.kept(ws.database):
        tables = rows.setdefault(each.commit, {})
        tables[each.part.table] = tables.get(each.part.table, 0) + each.part.rows
    return [{**c, "rows": rows.get(c["seq"], {})} for c in reversed(decisions.commits(ws.database))]


def show(ws: OnFile, commit: int) -> dict[str, Any]:
    """Say what one commit brought. Raises UnknownEntity where there is none of this number."""
    found = next((c for c in log(ws) if c["seq"] == commit), None)
    if found is None:
        raise UnknownEntity(f"there is no commit {commit}", mend="'longarm lake log' lists them")
    parts = decisions.kept(ws.database, since=commit - 1, until=commit)
    return {
        **found,
        "parts": [{**vars(k.part), "retired": k.retired} for k in parts],
        "statements": _some(ws, parts),
    }


def diff(ws: OnFile, before: int, after: int) -> dict[str, Any]:
    """Say what came between two commits: statements that were added, that ended, that were withdrawn."""
    from longarm.model.tables import ENDINGS

    numbers = {c["seq"] for c in decisions.commits(ws.database)}
    if lacking := sorted({before, after} - numbers - {0}):
        raise UnknownEntity(f"there is no commit {lacking[0]}", mend="'longarm lake log' lists them")
    compactions = {c["seq"] for c in decisions.commits(ws.database) if c["source"] == SOURCE}
    parts = [k for k in decisions.kept(ws.database, since=before, until=after) if k.commit not in compactions]
    ended = [k for k in parts if k.part.table == ENDINGS.name]
    endings = [r for k in ended for r in lake.read_part(ws.layout.parts, ENDINGS, k.part).slice(0, SHOWN).to_pylist()]
    withdrawn: list[str] = []
    for value in decisions.values_between(ws.database, "version", before, after):
        withdrawn += [i for i in value["withdrawn"] if " " not in i]
    return {
        "before": before,
        "after": after,
        "added": sum(k.part.rows for k in parts if k.part.table == "statements"),
        "ended": sum(k.part.rows for k in ended),
        "withdrawn": len(withdrawn),
        "statements": _some(ws, parts),
        "endings": endings[:SHOWN],
        "withdrawn_ids": withdrawn[:SHOWN],
    }


def _some(ws: OnFile, parts: list[decisions.Kept]) -> list[dict[str, Any]]:
    """Give the first statements of some parts."""
    from longarm.model.tables import STATEMENTS

    shown: list[dict[str, Any]] = []
    columns = ["id", "entity_id", "schema", "prop", "value", "dataset"]
    for each in parts:
        if each.part.table == STATEMENTS.name and len(shown) < SHOWN:
            table = lake.read_part(ws.layout.parts, STATEMENTS, each.part, columns)
            shown += table.slice(0, SHOWN - len(shown)).to_pylist()
    return shown
