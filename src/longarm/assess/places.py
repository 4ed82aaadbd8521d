"""Where the site and its parts lie, as they carry it themselves, and in which states the entities at it are at home."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from typing import Any

from longarm.model.ties import STATE, Kind, Ties

_HOME = frozenset({Kind.REGISTERED, Kind.SEATED})


def places(
    rows: Iterable[Mapping[str, Any]], site: str, parts: Collection[str], names: Mapping[str, str]
) -> list[dict[str, Any]]:
    """Give the site and those of its parts that carry coordinates of their own: {"id", "name", "kind", lat, long}."""
    at: dict[str, dict[str, float]] = {}
    for r in rows:
        if r["prop"] in ("latitude", "longitude") and r["canonical_id"] in {site, *parts}:
            try:
                at.setdefault(r["canonical_id"], {})[r["prop"]] = float(r["value"])
            except ValueError:
                continue
    return [
        {"id": p, "name": names.get(p, p), "kind": "site" if p == site else "part", **at[p]}
        for p in (site, *sorted(parts))
        if len(at.get(p, {})) == 2
    ]


def seats(ties: Ties, entities: Collection[str], names: Mapping[str, str]) -> list[dict[str, Any]]:
    """Give the states in which these entities are registered or managed: {"state", "entities", "ties"}."""
    found: dict[str, dict[str, set[str]]] = {}
    for t in ties.ties:
        if t.kind in _HOME and t.held in entities and t.holder.startswith(STATE) and not t.upper_only:
            row = found.setdefault(t.holder.removeprefix(STATE), {"entities": set(), "ties": set()})
            row["entities"].add(names.get(t.held, t.held))
            row["ties"].add(t.id)
    return [{"state": s, **{k: sorted(v) for k, v in row.items()}} for s, row in sorted(found.items())]
