"""Records: what one origin says of one entity in one stance, gathered from the statements of all its documents."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Any

from longarm.model import grades
from longarm.model.statement import BASE
from longarm.model.terms import Stance

UNJUDGED = grades.Grade("F", "6")
_NARROW = ("Person", "PublicBody", "Company", "Organization", "LegalEntity")
"""The narrower schema first: who is called a person by one statement and a legal entity by another is a person."""
_ENDS = {
    "Ownership": ("owner", "asset", "interestType"),
    "Control": ("controller", "controlled", "controlType"),
    "Access": ("holder", "part", "accessRole"),
    "Employment": ("employer", "employee"),
    "StateBody": ("body", "state"),
    "EntityFact": ("subject", "fact", "factValue"),
    "Duty": ("addressee", "instrument", "article"),
}
"""What names the tie that a record speaks of."""
_SAYS = frozenset(
    (
        "percentage",
        "percentageMinimum",
        "percentageMaximum",
        "votingPercentage",
        "gives",
        "startDate",
        "endDate",
        "date",
    )
)
"""What a record can say of a tie that another record names."""


@dataclass(frozen=True)
class Record:
    """One entity as one origin puts it."""

    entity: str
    schema: str
    origin: str
    put_as: str
    letter: str
    digit: str
    values: Mapping[str, tuple[str, ...]]
    statements: Mapping[str, tuple[str, ...]]
    """property → ids of the statements that give it"""
    published: str | None
    """latest publication among its documents"""

    @property
    def is_judged(self) -> bool:
        """True where it counts in the graded result."""
        return self.put_as != Stance.INFERRED and self.letter != "F" and self.digit != "6"

    def one(self, prop: str) -> str | None:
        """Give a value of a property, the smallest where there are several, or None."""
        found = self.values.get(prop)
        return found[0] if found else None

    def cited(self, *props: str) -> tuple[str, ...]:
        """Give the ids of the statements beneath some properties, or beneath all."""
        wanted = props or tuple(self.statements)
        return tuple(sorted({s for p in wanted for s in self.statements.get(p, ())}))


def gather(
    rows: Iterable[Mapping[str, Any]], published: Mapping[str, str | None], canonical: Mapping[str, str]
) -> list[Record]:
    """Group rows of `statements` by (entity, origin, stance).

    `published` gives the partial date of each document, `canonical` the canonical id of entities that were judged to
    be the same. A statement without an origin is an origin of its own document; without that, of its dataset. The
    record takes the best letter and the best digit among its statements (design 4.1).
    """
    groups: dict[tuple[str, str, str], list[Mapping[str, Any]]] = defaultdict(list)
    seen: set[str] = set()
    for row in rows:
        if row["id"] in seen:
            continue
        seen.add(row["id"])
        entity = canonical.get(row["entity_id"], row["entity_id"])
        origin = row["origin"] or (f"document:{row['document']}" if row["document"] else f"dataset:{row['dataset']}")
        groups[entity, origin, row["stance"]].append(row)
    found = [_record(key, groups[key], published) for key in sorted(groups)]
    return _completed(_of_one_schema(found))


def _of_one_schema(records: list[Record]) -> list[Record]:
    """Give the records of a legal entity or person the narrowest of these schemata that a judged one gives.

    What cannot be judged settles it only where nobody else speaks: no hearsay makes a firm a person.
    """
    best: dict[str, str] = {}
    judged = {r.entity for r in records if r.schema in _NARROW and r.is_judged}
    for r in records:
        if r.schema in _NARROW and (r.is_judged or r.entity not in judged):
            best[r.entity] = min(best.get(r.entity, r.schema), r.schema, key=_NARROW.index)
    return [replace(r, schema=best[r.entity]) if r.schema in _NARROW else r for r in records]


def _completed(records: list[Record]) -> list[Record]:
    """Let a record that only gives a figure or a date speak of the tie that other records of its entity name.

    A denial that names no tie counts against none: it denies the figure (design 4.1).
    """
    ends: dict[str, dict[str, set[str]]] = defaultdict(lambda: defaultdict(set))
    for r in records:
        for prop in _ENDS.get(r.schema, ()):
            ends[r.entity][prop].update(r.values.get(prop, ()))
    found = []
    for r in records:
        lacking = {p: tuple(sorted(ends[r.entity][p])) for p in _ENDS.get(r.schema, ()) if p not in r.values}
        names_it = any(p in r.values for p in _ENDS.get(r.schema, ()))
        if lacking and (names_it or (r.put_as != Stance.DENIED and _SAYS & set(r.values))):
            r = replace(r, values={**r.values, **{p: v for p, v in lacking.items() if v}})
        found.append(r)
    return found


def _record(key: tuple[str, str, str], rows: list[Mapping[str, Any]], published: Mapping[str, str | None]) -> Record:
    entity, origin, stance = key
    values: dict[str, set[str]] = defaultdict(set)
    cited: dict[str, set[str]] = defaultdict(set)
    given = []
    dates = []
    for row in rows:
        cited[row["prop"]].add(row["id"])
        if row["prop"] != BASE:
            values[row["prop"]].add(row["value"])
        given.append(grades.read(row["grade"]) if row["grade"] else UNJUDGED)
        if row["document"] and published.get(row["document"]):
            dates.append(str(published[row["document"]]))
    digit = min(g.digit for g in given)
    if stance == Stance.ALLEGED:
        digit = grades.Grade("A", digit).lowered().digit
    return Record(
        entity,
        min((row["schema"] for row in rows), key=lambda s: (_NARROW.index(s) if s in _NARROW else -1, s)),
        origin,
        stance,
        min(g.letter for g in given),
        digit,
        {p: tuple(sorted(v)) for p, v in values.items()},
        {p: tuple(sorted(s)) for p, s in cited.items()},
        max(dates, default=None),
    )
