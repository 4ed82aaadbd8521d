"""What an answer rests on: rows of a case, ties of a day, the law of a state, the question for the kernel."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from longarm.model import dates, states
from longarm.model.terms import WORLDS

if TYPE_CHECKING:
    from longarm.law.duties import Duties
    from longarm.model.case import Case
    from longarm.model.scenario import Scenario
    from longarm.model.ties import Ties
    from longarm.reach.meet import Question
    from longarm.workspace.store import OnFile


@dataclass(frozen=True)
class Asked:
    """One question about a case."""

    state: str
    as_of: str
    known_at: str | None = None
    scenario: Scenario | None = None
    """laid over the facts"""
    worlds: int = WORLDS
    without: tuple[str, ...] = ()
    """origins that are taken as false"""
    own_threshold: int | None = None
    """the case's own, in thousandths, where another one is asked for"""
    grades: str | None = None
    """the name of the table that stands in for the case's, where one does"""


@dataclass(frozen=True)
class Grounds:
    """What one question rests on."""

    rows: list[dict[str, Any]]
    ties: Ties
    """with the duties of the state"""
    law: Duties
    parts: list[dict[str, str | None]]
    question: Question
    assessed: dict[str | None, bool]


def grounds(ws: OnFile, case: Case, asked: Asked) -> Grounds:
    """Gather what a question rests on."""
    from longarm.assess import coverage
    from longarm.law.duties import duties
    from longarm.reach.meet import Question
    from longarm.reach.worlds import Sampled
    from longarm.resolve.same import schemata
    from longarm.workspace.answering import rows_of, ties_of

    rows = rows_of(ws, case, asked.known_at, asked.scenario)
    ties = ties_of(ws, case, asked.as_of, asked.known_at, asked.scenario)
    ws.progress(f"Reading the law of {states.name(asked.state)}")
    day = dates.span(asked.as_of).first
    law = duties(ties, schemata(rows), asked.state, day, case.table, asked.known_at)
    everything = without(ties.merged(law.ties), asked.without)
    described = coverage.parts(rows, case.site)
    places = (case.site, *(str(p["id"]) for p in described))
    return Grounds(
        rows,
        everything,
        law,
        described,
        Question(everything, asked.state, places, case.table, case.influence_from, Sampled(asked.worlds)),
        coverage.assessed(everything, places, has_law=bool(law.instruments)),
    )


def without(ties: Ties, origins: tuple[str, ...]) -> Ties:
    """Leave out what some origins say, and the ties and safeguards of which nobody else speaks."""
    if not origins:
        return ties
    said = tuple(a for a in ties.assertions if a.origin not in origins)
    spoken = {a.tie for a in said}
    silent = {t.id for t in ties.ties} - spoken
    before = {a.tie for a in ties.assertions}
    gone = silent & before
    return replace(
        ties,
        ties=tuple(t for t in ties.ties if t.id not in gone),
        assertions=said,
        safeguards=tuple(s for s in ties.safeguards if s.tie not in gone),
    )
