"""Canonical ids: entities that a person judged to be the same go under one id.

The first id of the first judgement that names a group is the group's id, so it does not change when later judgements
join more to it. A judgement is a decision: taken back, the entities part again.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import Any


def canonical(judgements: Iterable[Sequence[str]]) -> dict[str, str]:
    """Give entity → canonical id, for entities whose canonical id is another. Order of judgements decides the name."""
    parent: dict[str, str] = {}
    order: dict[str, int] = {}

    def top(entity: str) -> str:
        while parent[entity] != entity:
            parent[entity] = parent[parent[entity]]
            entity = parent[entity]
        return entity

    for ids in judgements:
        for entity in ids:
            parent.setdefault(entity, entity)
            order.setdefault(entity, len(order))
        for other in ids[1:]:
            first, second = sorted((top(ids[0]), top(other)), key=lambda e: order[e])
            parent[second] = first
    return {entity: top(entity) for entity in parent if top(entity) != entity}


def apply(rows: Iterable[Mapping[str, Any]], same: Mapping[str, str]) -> list[dict[str, Any]]:
    """Give rows of `statements` under canonical ids: the entity that a row is about, and every entity that it names.

    `canonical_id` has the id, `entity_id` stays what the source calls it; what a safeguard cuts is named by its ends.
    """
    found = []
    for row in rows:
        new = dict(row)
        new["canonical_id"] = same.get(row["entity_id"], row["entity_id"])
        if same and row["prop_type"] == "entity":
            new["value"] = same.get(row["value"], row["value"])
        elif same and row["prop"] == "cuts" and ">" in row["value"]:
            ends, bracket, role = row["value"].partition("[")
            holder, held = ends.split(">", 1)
            new["value"] = f"{same.get(holder, holder)}>{same.get(held, held)}{bracket}{role}"
        found.append(new)
    return found


def schemata(rows: Iterable[Mapping[str, Any]]) -> dict[str, str]:
    """Give the schema of each canonical entity: the one that most judged statements give it, else most of any.

    A statement that cannot be judged (F or 6) settles nothing where others speak: no hearsay makes a firm a person.
    """
    judged: dict[str, Counter[str]] = defaultdict(Counter)
    every: dict[str, Counter[str]] = defaultdict(Counter)
    for row in rows:
        entity = row["canonical_id"]
        every[entity][row["schema"]] += 1
        grade = row["grade"] or "F6"
        if "F" not in grade and "6" not in grade:
            judged[entity][row["schema"]] += 1
    return {e: min((judged.get(e) or c).items(), key=lambda item: (-item[1], item[0]))[0] for e, c in every.items()}
