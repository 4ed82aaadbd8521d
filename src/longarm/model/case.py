"""A case: one examination of a site. What it sets is a decision of people, and the dossier prints it."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from longarm.model import grades
from longarm.model.terms import WHOLE


@dataclass(frozen=True)
class Stale:
    """How old is too old: a tie of this kind, last confirmed longer ago, counts in the upper bound only."""

    kind: str
    years: int
    reason: str


@dataclass(frozen=True)
class Case:
    """The site, the states to test, the scope and the figures of one examination."""

    id: str
    title: str
    site: str
    states: tuple[str, ...]
    as_of: str | None = None
    threshold: int = 500
    """Thousandths of worlds that J must reach for `power and means`."""
    influence_from: int = WHOLE // 4
    """A minority interest counts as influence from this share, in parts per 10⁹."""
    stale: tuple[Stale, ...] = ()
    table: grades.GradeTable = field(default_factory=grades.table)
    own_state: str | None = None
    """The state in which the site lies: it runs through the same code, and is shown last."""
    note: str | None = None

    @staticmethod
    def from_dict(value: dict[str, Any]) -> Case:
        """Read what `case.yaml` says, after it has passed its schema."""
        return Case(
            id=value["id"],
            title=value["title"],
            site=value["site"],
            states=tuple(s.upper() for s in value["states"]),
            as_of=None if value.get("as_of") is None else str(value["as_of"]),
            threshold=round(float(value.get("threshold", 0.5)) * 1000),
            influence_from=round(float(value.get("influence_from_percent", 25)) * (WHOLE // 100)),
            stale=tuple(Stale(s["kind"], int(s["years"]), s["reason"]) for s in value.get("stale_after") or ()),
            table=grades.table(value.get("grades")),
            own_state=(value.get("own_state") or "").upper() or None,
            note=value.get("note"),
        )
