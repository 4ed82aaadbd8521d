"""Canonical ids: entities that a person judged to be the same go under one id.

The first id of the first judgement that names a group is the group's id, so it does not change when later judgements
join more to it. A judgement is a decision: taken back, the entities part again.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence


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
