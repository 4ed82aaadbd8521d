"""The findings of one question: every part, capability and reading, with what carries, cuts and breaks each."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from longarm.model.finding import Finding, Possible, Standing, Way
from longarm.model.terms import BOUNDS, CAPABILITIES, LEVELS, READINGS, Bound, Capability, Level, Reading, Rung
from longarm.reach.explain import Core, Target
from longarm.reach.hold import Forced
from longarm.reach.meet import Meeting, Plane, Question, planes
from longarm.reach.paths import Path, Paths, Search
from longarm.reach.rung import stand

Planes = Mapping[Bound, Mapping[Capability, Plane]]


@dataclass(frozen=True)
class Found:
    """All findings of a question, and what stays below the threshold."""

    findings: tuple[Finding, ...]
    possible: tuple[Possible, ...]


def find(question: Question, threshold: int, assessed: Mapping[str | None, bool]) -> Found:
    """Compute the findings: the whole site first, then each part; by capability, narrow before wide.

    `threshold` is in thousandths of worlds; `assessed` says of each part whether there is anything to assess it by.
    """
    residual: Planes = {b: planes(question, b) for b in BOUNDS}
    bare = residual
    if any(s.state == "in force" for s in question.ties.safeguards):
        bare = {b: planes(question, b, Forced(gross=True)) for b in BOUNDS}
    found = []
    places: list[str | None] = [None, *question.parts[1:]]
    for part in places:
        for capability in CAPABILITIES:
            for reading in READINGS:
                at, gross_at = (
                    {b: from_[b][capability].meetings[reading, part] for b in BOUNDS} for from_ in (residual, bare)
                )
                standing = stand(at, question.worlds, threshold, is_assessed=assessed[part])
                gross = stand(gross_at, question.worlds, threshold, is_assessed=assessed[part])
                making = _Making(question, residual[Bound.GRADED], part, capability, reading)
                found.append(making.finding(standing, gross, at[Bound.GRADED], threshold))
    return Found(tuple(found), tuple(_possible(question, residual, found)))


def _possible(question: Question, residual: Planes, findings: list[Finding]) -> list[Possible]:
    """J in some worlds but not in enough, or in the upper bound alone."""
    found = []
    for f in findings:
        if f.part is None or f.standing.rung == Rung.POWER_AND_MEANS:
            continue
        upper = residual[Bound.UPPER][f.capability]
        most = question.worlds.share(upper.meetings[f.reading, f.part].j)
        if most:
            search = Search(upper.webs[f.reading], question.state, question.influence_from)
            ways = search.paths(f.part, LEVELS).paths[:2]
            found.append(
                Possible(f.part, f.capability, f.reading, f.joint, most, tuple(_way(question, p) for p in ways))
            )
    return found


def _way(question: Question, path: Path) -> Way:
    return Way(path.ties, question.worlds.share(path.worlds), path.level, path.entity)


class _Making:
    """One finding in the making."""

    def __init__(
        self,
        question: Question,
        graded: Mapping[Capability, Plane],
        part: str | None,
        capability: Capability,
        reading: Reading,
    ) -> None:
        self.question = question
        self.part = part
        self.capability = capability
        self.reading = reading
        self.web = graded[capability].webs[reading]
        self.wide = [graded[c].webs[Reading.WIDE] for c in CAPABILITIES]
        self.places = question.parts if part is None else (part,)

    def finding(self, standing: Standing, gross: Standing, meeting: Meeting, threshold: int) -> Finding:
        """Give the finding with everything that explains it."""
        share = self.question.worlds.share
        paths = self._paths(standing)
        core = None
        if standing.rung == Rung.POWER_AND_MEANS and standing.level is not None:
            target = Target(self.places, self.capability, standing.level, threshold)
            core = Core(self.question, self.web.held, target, paths.paths)
        broken = core.breaking() if core else []
        return Finding(
            part=self.part,
            capability=self.capability,
            reading=self.reading,
            standing=standing,
            gross=gross,
            joint=share(meeting.j),
            means_only=share(meeting.with_means & ~meeting.j),
            power_only=share(meeting.with_power[Level.INFLUENCE] & ~meeting.j),
            levels=tuple((level, share(meeting.joint[level])) for level in LEVELS),
            ways=tuple(_way(self.question, p) for p in paths.paths),
            ways_complete=paths.is_complete,
            cuts=tuple(core.cuts()) if core else (),
            gains=tuple(core.gains()) if core else (),
            breaks=tuple(broken),
            breaks_then=tuple(core.then(Forced(struck=frozenset({o}))) for o, _ in broken) if core else (),
        )

    def _paths(self, standing: Standing) -> Paths:
        found: dict[tuple[tuple[str, ...], Level | None], Path] = {}
        complete = True
        for place in self.places:
            here = self._at(place, standing)
            found.update({(p.ties, p.level): p for p in here.paths})
            complete &= here.is_complete
        share = self.question.worlds.share
        order = [*LEVELS, None]
        ranked = sorted(found.values(), key=lambda p: (-share(p.worlds), order.index(p.level), len(p.ties), p.ties))
        return Paths(tuple(ranked), complete)

    def _at(self, place: str, standing: Standing) -> Paths:
        search = Search(self.web, self.question.state, self.question.influence_from)
        if standing.rung == Rung.POWER_AND_MEANS and standing.level is not None:
            return search.paths(place, LEVELS[: LEVELS.index(standing.level) + 1])
        if standing.rung == Rung.MEANS:
            return search.means_of(place, self.wide)
        if standing.rung == Rung.LEGAL_POWER and standing.level is not None:
            return search.power_at(place, LEVELS[: LEVELS.index(standing.level) + 1])
        return Paths((), True)
