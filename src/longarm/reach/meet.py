"""Where power and means meet in one entity: J, M and L, part by part and for the whole site (design 4.4)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from longarm.model.grades import GradeTable
from longarm.model.terms import CAPABILITIES, LEVELS, READINGS, Bound, Capability, Level, Reading
from longarm.model.ties import Ties
from longarm.reach.hold import Forced, Held, hold
from longarm.reach.means import accesses, means
from longarm.reach.power import Power, Sets, Web, power, tied
from longarm.reach.worlds import Worlds


@dataclass(frozen=True)
class Question:
    """What is computed: on which ties, for which state and parts, with which figures."""

    ties: Ties
    state: str
    parts: tuple[str, ...]
    """the site itself first, then its parts"""
    table: GradeTable
    influence_from: int
    worlds: Worlds


@dataclass(frozen=True)
class Meeting:
    """Sets of worlds at a part: each includes the one before it, so that they never fall when evidence is added."""

    joint: Mapping[Level, int]
    """J: one entity has both power of the state, at this level or a better one, and means"""
    with_means: int
    """J ∪ M: somebody tied to the state has means"""
    with_power: Mapping[Level, int]
    """J ∪ L: the state has power, at this level or a better one, over somebody with an access there"""

    @property
    def j(self) -> int:
        """J at any level."""
        return self.joint[Level.INFLUENCE]


@dataclass(frozen=True)
class Plane:
    """Everything for one bound and capability, both readings."""

    meetings: Mapping[tuple[Reading, str | None], Meeting]
    """(reading, part or None for the whole site)"""
    webs: Mapping[Reading, Web]
    held: Mapping[Reading, Held]


def planes(question: Question, bound: Bound, forced: Forced | None = None) -> dict[Capability, Plane]:
    """Compute J, M and L of every part, for every capability, in both readings, under one bound."""
    held = {r: hold(question.ties, question.worlds, question.table, bound, r) for r in READINGS}
    if forced is not None:
        held = {r: h.forced(forced) for r, h in held.items()}
    webs = {(r, c): Web(held[r], c) for r in READINGS for c in CAPABILITIES}
    powers = {k: power(web, question.state, question.influence_from) for k, web in webs.items()}
    wide = [powers[Reading.WIDE, c] for c in CAPABILITIES]
    found: dict[Capability, Plane] = {}
    for capability in CAPABILITIES:
        meetings: dict[tuple[Reading, str | None], Meeting] = {}
        for reading in READINGS:
            web = webs[reading, capability]
            belongs = tied(web, question.state, _united(p.influence for p in wide))
            over = powers[reading, capability]
            # L also counts whoever the state has power over and who has the majority in the holder of the access.
            owned = {level: web.controlled_by(over.sets(level)) for level in LEVELS}
            can, may_enter = means(web), accesses(web)
            for part in question.parts:
                here = _united([belongs, *(p.at.get(part, {}) for p in wide)])
                at = _At(part, can.get(part, {}), may_enter.get(part, {}), here)
                meetings[reading, part] = _meet(over, owned, at)
            meetings[reading, None] = _union([meetings[reading, part] for part in question.parts])
        found[capability] = Plane(meetings, {r: webs[r, capability] for r in READINGS}, held)
    return found


def joint(question: Question, web: Web, parts: Iterable[str], level: Level) -> int:
    """Compute J alone, over some parts and at one level: what an explanation asks for often."""
    over = power(web, question.state, question.influence_from)
    can = means(web)
    found = 0
    for part in parts:
        for entity, m in can.get(part, {}).items():
            found |= m & over.over(entity, level, part)
    return found


@dataclass(frozen=True)
class _At:
    """Who is at a part."""

    part: str
    means: Sets
    access: Sets
    belongs: Sets
    """who is tied to the state"""


def _united(several: Iterable[Mapping[str, int]]) -> Sets:
    found: Sets = {}
    for sets in several:
        for entity, m in sets.items():
            found[entity] = found.get(entity, 0) | m
    return found


def _meet(over: Power, owned: Mapping[Level, Sets], at: _At) -> Meeting:
    joint_by = dict.fromkeys(LEVELS, 0)
    with_means = 0
    for entity, m in at.means.items():
        for level in LEVELS:
            joint_by[level] |= m & over.over(entity, level, at.part)
        with_means |= m & (at.belongs.get(entity, 0) | over.over(entity, Level.INFLUENCE, at.part))
    with_power = dict(joint_by)
    for level in LEVELS:
        for entity, m in at.access.items():
            with_power[level] |= m & (over.over(entity, level, at.part) | owned[level].get(entity, 0))
    return Meeting(joint_by, with_means, with_power)


def _union(several: Sequence[Meeting]) -> Meeting:
    joint_by, with_power = dict.fromkeys(LEVELS, 0), dict.fromkeys(LEVELS, 0)
    with_means = 0
    for m in several:
        for level in LEVELS:
            joint_by[level] |= m.joint[level]
            with_power[level] |= m.with_power[level]
        with_means |= m.with_means
    return Meeting(joint_by, with_means, with_power)
