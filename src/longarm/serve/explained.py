"""What is known of one id, as a page: every statement with who says so, how it is put, and since when."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Final
from urllib.parse import quote

from longarm.dossier import page
from longarm.model import grades
from longarm.model.names import plainness
from longarm.workspace import Workspace

_IS_A: Final = "is a"
SHOWN: Final = 500
"""Statements that one page shows; how many more there are is said."""
_NAMES: Final = ("name", "title", "sentence")


def show(workspace: Workspace, found: Mapping[str, Any], frame: page.Frame) -> str:
    """Give the page of what `explain` found."""
    known = {r["entity_id"]: r["schema"] for r in workspace.statements()}
    statements: Sequence[Mapping[str, Any]] = found["statements"]
    groups: dict[str, list[Mapping[str, Any]]] = {}
    for s in statements[:SHOWN]:
        groups.setdefault(s["entity"], []).append(_row(s, known))
    for rows in groups.values():
        rows.sort(key=lambda r: (r["prop"] != _IS_A, r["prop"], r["value"]))
    return page.page(
        "explained.html",
        frame,
        kind="cited fact" if found.get("schema") == "CitedFact" else found["kind"],
        schema=found.get("schema"),
        id=found["id"],
        heading=_heading(found, statements),
        total=len(statements),
        shown=min(len(statements), SHOWN),
        groups=[
            {"id": entity, "name": _named(rows) or entity, "schema": known.get(entity, ""), "rows": rows}
            for entity, rows in groups.items()
        ],
    )


def _row(s: Mapping[str, Any], known: Mapping[str, str]) -> dict[str, Any]:
    is_base = s["prop"] == "id"
    chain = dict.fromkeys(x for x in (s["speaker"], s["origin_name"], s["publisher"]) if x)
    span = f"?start={s['span'][0]}&end={s['span'][1]}#quote" if s["span"] else ""
    return {
        **s,
        "prop": _IS_A if is_base else s["prop"],
        "value": s["schema"] if is_base else s["value"],
        "to": s["value"] if not is_base and s["value"] in known else None,
        "grade_words": grades.in_words(grades.read(s["grade"])) if s["grade"] else "",
        "kind": s["document_kind"] or "",
        "chain": tuple(chain),
        "address": f"/documents/{quote(s['document'], safe='')}{span}" if s["document"] else None,
    }


def _heading(found: Mapping[str, Any], statements: Sequence[Mapping[str, Any]]) -> str:
    if found["kind"] == "statement":
        (s,) = statements
        return f"{s['entity']} is a {s['schema']}" if s["prop"] == "id" else f"{s['entity']}, {s['prop']}"
    return _named([s for s in statements if s["entity"] == found["id"]]) or str(found["id"])


def _named(rows: Sequence[Mapping[str, Any]]) -> str | None:
    """Give the name of an entity, in Latin letters and short where there are several; or what a cited fact says."""
    for prop in _NAMES:
        names = [str(r["value"]) for r in rows if r["prop"] == prop]
        if names:
            return min(names, key=plainness)
    return None
