"""What a claim would change: the findings of every case with its ties true, beside the findings as they stand."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from typing import TYPE_CHECKING, Any

from longarm.model import dates
from longarm.model.case import Case
from longarm.model.statement import Statement
from longarm.model.terms import Bound, Level, Reading, Stance
from longarm.review.order import Change
from longarm.workspace.store import today

if TYPE_CHECKING:
    from longarm.model.ties import Ties
    from longarm.workspace.linking import Desk
    from longarm.workspace.store import OnFile

WORLDS = 256
"""Worlds in which changes are measured: enough to put a queue in order; a report takes more."""
NOTICED = 0.004
"""The smallest change of a share that is told: one world in these."""
WHAT = ("power and means", "means", "legal power")

Standings = dict[tuple[str, ...], float]
"""(site, state, part or "", capability, what meets there) → share of worlds, graded, wide reading"""


@dataclass(frozen=True)
class _Grounds:
    """One case on its day."""

    ws: OnFile
    case: Case

    @property
    def as_of(self) -> str:
        return self.case.as_of or today()

    @cached_property
    def rows(self) -> list[dict[str, Any]]:
        from longarm.workspace.answering import rows_of

        return rows_of(self.ws, self.case)

    @cached_property
    def ties(self) -> Ties:
        from longarm.workspace.answering import ties_of

        return ties_of(self.ws, self.case, self.as_of, None)

    @cached_property
    def parts(self) -> tuple[str, ...]:
        from longarm.assess import coverage

        return (self.case.site, *(str(p["id"]) for p in coverage.parts(self.rows, self.case.site)))

    def standings(self, ties: Ties, extra: Sequence[Mapping[str, Any]] = ()) -> Standings:
        from longarm.law.duties import duties
        from longarm.reach.meet import Question, planes
        from longarm.reach.worlds import Sampled
        from longarm.resolve.same import schemata

        found: Standings = {}
        worlds = Sampled(WORLDS)
        kinds = schemata([*self.rows, *extra])
        for state in self.case.states:
            law = duties(ties, kinds, state, dates.span(self.as_of).first, self.case.table, None)
            merged = ties.merged(law.ties)
            question = Question(merged, state, self.parts, self.case.table, self.case.influence_from, worlds)
            for capability, plane in planes(question, Bound.GRADED).items():
                for (reading, part), met in plane.meetings.items():
                    if reading == Reading.WIDE and part is not None:
                        shares = (met.j, met.with_means & ~met.j, met.with_power[Level.INFLUENCE] & ~met.j)
                        for what, worlds_of in zip(WHAT, shares, strict=True):
                            found[self.case.site, state, part, capability, what] = worlds.share(worlds_of)
        return found


def standings(ws: OnFile) -> Standings:
    """Give how every finding of every case stands."""
    found: Standings = {}
    for case in ws.cases().values():
        grounds = _Grounds(ws, case)
        found |= grounds.standings(grounds.ties)
    return found


def differences(before: Mapping[tuple[str, ...], float], after: Mapping[tuple[str, ...], float]) -> tuple[Change, ...]:
    """Give what differs, the largest first; power and means before either alone."""
    found = [
        Change(key[0], key[1], key[2], key[3], before.get(key, 0.0), after.get(key, 0.0), key[4])
        for key in {**before, **after}
        if abs(before.get(key, 0.0) - after.get(key, 0.0)) >= NOTICED
    ]
    return tuple(sorted(found, key=lambda c: (-c.weight, WHAT.index(c.what), c.site, c.state, c.part, c.capability)))


class Changes:
    """What claims would change, measured on one state of the facts."""

    def __init__(self, desk: Desk) -> None:
        """Take the desk; the cases are computed when they are first asked for."""
        self.desk = desk
        self._grounds = [_Grounds(desk.ws, case) for case in desk.ws.cases().values()]
        self._base: dict[str, Standings] = {}

    def of(self, statements: Iterable[Statement], stance: str) -> tuple[Change, ...]:
        """Give the findings that would move if what is stated were right in every world; denied: if it were not so.

        Something planned moves nothing outside a scenario. Ties that touch nothing of a case move nothing in it.
        """
        if stance == Stance.PLANNED:
            return ()
        said = [replace(s, evidence=replace(s.evidence, stance=Stance.ASSERTED.value)) for s in statements]
        rows = [s.row() for s in said if s.schema != "CitedFact"]
        if not rows:
            return ()
        found: list[Change] = []
        for grounds in self._grounds:
            altered = self._altered(grounds, rows, is_so=stance != Stance.DENIED)
            if altered is not None:
                before = self._base.get(grounds.case.id)
                if before is None:
                    before = self._base[grounds.case.id] = grounds.standings(grounds.ties)
                found += differences(before, grounds.standings(altered, rows))
        return tuple(sorted(found, key=lambda c: -c.weight))

    def _altered(self, grounds: _Grounds, rows: list[dict[str, Any]], *, is_so: bool) -> Ties | None:
        from longarm.graph import records
        from longarm.graph import ties as graph
        from longarm.model.ties import Ties
        from longarm.resolve.same import apply
        from longarm.workspace.answering import same_in

        same = same_in(grounds.ws, grounds.case)
        known = apply(rows, same)
        built = graph.build(records.gather(known, {}, same), graph.Options(dates.span(grounds.as_of).first))
        base = grounds.ties
        there = {end for t in base.ties for end in (t.holder, t.held)} | set(grounds.parts)
        ours = [t for t in built.ties if {t.holder, t.held} & there]
        if not ours:
            return None
        ids = {t.id for t in built.ties}
        if not is_so:
            return base.without(ids) if ids & set(base.by_id()) else None
        sure = tuple(
            replace(a, letter="F", digit="6", certainty="graded", put_as="assumed")
            for a in built.assertions
            if a.stance == "asserted"
        )
        rest = base.without(ids)
        return Ties((*rest.ties, *built.ties), (*rest.assertions, *sure), rest.safeguards)
