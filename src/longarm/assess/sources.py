"""The sources of a case: its documents, and the origins that they go back to ("9 articles, 3 origins")."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import Any

_SHOWN = (
    "id",
    "kind",
    "publisher",
    "publisher_class",
    "title",
    "url",
    "published",
    "retrieved",
    "lang",
)


def documents(
    rows: Iterable[Mapping[str, Any]], kept: Mapping[str, Mapping[str, Any]], cited: Collection[str]
) -> list[dict[str, Any]]:
    """Give the documents that statements of the case are read from, by publisher and date.

    `cited` are the statements that the answers rest on; `is_cited` says whether one of them is of this document.
    """
    used: dict[str, set[str]] = {}
    grades: dict[str, set[str]] = {}
    carry: set[str] = set()
    for r in rows:
        if r["document"]:
            used.setdefault(r["document"], set()).add(r["origin"] or "")
            grades.setdefault(r["document"], set()).add(r["grade"] or "")
            if r["id"] in cited:
                carry.add(r["document"])
    found = [
        {
            **{k: kept[d].get(k) for k in _SHOWN},
            "origins": sorted(used[d] - {""}),
            "grades": sorted(grades[d] - {""}),
            "is_cited": d in carry,
        }
        for d in used
        if d in kept
    ]
    return sorted(found, key=lambda d: (d["publisher"] or "~", d["published"] or "~", d["id"]))


def origins(
    rows: Iterable[Mapping[str, Any]], kept: Mapping[str, Mapping[str, Any]], cited: Collection[str]
) -> list[dict[str, Any]]:
    """Give the origins with the documents that repeat each: those with most documents first.

    An origin that is a page of its own, or a person's own word, has no row of its own on file; it is given by its id.
    """
    behind: dict[str, list[Mapping[str, Any]]] = {}
    for r in rows:
        if r["origin"]:
            behind.setdefault(r["origin"], []).append(r)
    found = [_origin(o, said, kept.get(o, {}), cited) for o, said in behind.items()]
    return sorted(found, key=lambda o: (-len(o["documents"]), o["date"] or "~", o["id"]))


def _origin(
    identity: str, said: Sequence[Mapping[str, Any]], row: Mapping[str, Any], cited: Collection[str]
) -> dict[str, Any]:
    return {
        "id": identity,
        "name": row.get("name"),
        "date": row.get("date"),
        "note": row.get("note"),
        "documents": sorted({r["document"] for r in said if r["document"]}),
        "statements": len(said),
        "cited": sum(r["id"] in cited for r in said),
        "facts": sorted({r["entity_id"] for r in said if r["schema"] == "CitedFact"}),
        "grades": sorted({r["grade"] for r in said if r["grade"]}),
    }
