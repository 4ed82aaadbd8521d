"""Two reports of one question compared: what moved, by how much, and which ties made it move."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

Place = tuple[str | None, str, str]


def compare(before: Mapping[str, Any], after: Mapping[str, Any]) -> dict[str, Any]:
    """Give every finding whose rung, level or confidence is another, with the paths that fell away or came."""
    first, second = _by_place(before), _by_place(after)
    moved = [_moved(first.get(p), second.get(p), p) for p in (*first, *(p for p in second if p not in first))]
    return {
        "question": after["question"],
        "scenario": after.get("scenario"),
        "moved": [m for m in moved if m is not None],
        "unmoved": sum(m is None for m in moved),
        "names": {**before["names"], **after["names"]},
    }


def _by_place(report: Mapping[str, Any]) -> dict[Place, Mapping[str, Any]]:
    return {(f["part"], f["capability"], f["reading"]): f for f in report["findings"]}


def _moved(before: Mapping[str, Any] | None, after: Mapping[str, Any] | None, place: Place) -> dict[str, Any] | None:
    then, now = _standing(before), _standing(after)
    if then == now:
        return None
    lost, come = _ways(before) - _ways(after), _ways(after) - _ways(before)
    return {
        "part": place[0],
        "capability": place[1],
        "reading": place[2],
        "before": then,
        "after": now,
        "paths_gone": [list(w) for w in sorted(lost)],
        "paths_come": [list(w) for w in sorted(come)],
    }


def _standing(f: Mapping[str, Any] | None) -> dict[str, Any] | None:
    return None if f is None else {k: f[k] for k in ("rung", "level", "confidence", "bounds")}


def _ways(f: Mapping[str, Any] | None) -> set[tuple[str, ...]]:
    if f is None:
        return set()
    return {tuple(h["tie"] for h in path["hops"]) for path in f["paths"]}
