"""Rows of `statements` in one line each, and the ties that they make on a day."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from itertools import count
from typing import Any

from longarm.graph.records import gather
from longarm.graph.ties import Options, build
from longarm.model.case import Stale
from longarm.model.ties import Assertion, Ties

Row = dict[str, Any]
_number = count()


def say(entity: str, schema: str, by: str, document: str | None = None, **values: Any) -> list[Row]:
    """Let an origin say properties of an entity; `by` is "origin grade", with a stance after it if not asserted."""
    origin, grade, *stance = by.split()
    return [
        {
            "id": f"s{next(_number):04d}",
            "entity_id": entity,
            "schema": schema,
            "prop": prop,
            "value": str(value),
            "dataset": "case",
            "document": document,
            "origin": origin,
            "stance": stance[0] if stance else "asserted",
            "grade": grade,
        }
        for prop, several in values.items()
        for value in (several if isinstance(several, (list, tuple)) else (several,))
    ]


def holding(
    by: str, percent: object = None, entity: str = "own", document: str | None = None, **more: Any
) -> list[Row]:
    """Let an origin say that A holds some of B."""
    given = {} if percent is None else {"percentage": percent}
    return say(entity, "Ownership", by, document, owner="a", asset="b", **given, **more)


def ties(
    *rows: list[Row],
    as_of: str = "2024-06-15",
    published: Mapping[str, str | None] | None = None,
    stale: Sequence[Stale] = (),
    planned: Sequence[str] = (),
) -> Ties:
    """Give the ties of a day."""
    listed = [row for some in rows for row in some]
    records = gather(listed, published or {}, {})
    return build(records, Options(dt.date.fromisoformat(as_of), stale, frozenset(planned)))


def one(found: Ties) -> Assertion:
    """Give the only assertion there is."""
    (assertion,) = found.assertions
    return assertion


def put(found: Ties) -> list[tuple[str, str, str]]:
    """Give what is said, as (origin, stance, certainty)."""
    return sorted((a.origin, a.stance, a.certainty) for a in found.assertions)


def ids(found: Ties) -> set[str]:
    return {t.id for t in found.ties}
