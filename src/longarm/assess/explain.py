"""What is known of one id: a statement with its evidence, or everything that statements say of an entity."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any


def explain(identity: str, rows: Sequence[Mapping[str, Any]]) -> dict[str, Any] | None:
    """Give kind, id and the rows beneath an id (it may be cut short if it stays unique), or None."""
    same = [r for r in rows if r["id"] == identity]
    if not same and len(identity) >= 8:
        same = [r for r in rows if r["id"].startswith(identity)]
        same = same if len(same) == 1 else []
    if same:
        return {"kind": "statement", "id": same[0]["id"], "rows": same}
    about = [r for r in rows if r["entity_id"] == identity]
    if about:
        return {"kind": "entity", "id": identity, "schema": about[0]["schema"], "rows": about}
    origin = [r for r in rows if r["origin"] == identity]
    if origin:
        return {"kind": "origin", "id": identity, "rows": origin}
    return None
