"""What a worked example may expect, and how each is computed: ownership, sanctions, registers, screening.

Each answer takes the question and the value that is expected, of which it uses the keys only (whose share is asked).
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, Final

from longarm.control import awv, beneficial, eu, integrated, interval, ofac, psc
from longarm.control.attribution import Attributed, contributors
from longarm.control.capability import capabilities
from longarm.control.integrated import Values
from longarm.control.majority import closure, kinds_of_control, pairs, votes_of
from longarm.control.question import Question, part

Answer = Callable[[Question, Any], Any]


def _pairs(q: Question, _: Any) -> list[list[str]]:
    return [list(pair) for pair in pairs(q.holdings, q.rule)]


def _controls(q: Question, asked: Mapping[str, Any]) -> dict[str, list[str]]:
    return {name: sorted(closure(q.holdings, [name], q.rule)) for name in asked}


def _control(q: Question, asked: Mapping[str, Any]) -> dict[str, bool | str]:
    found: dict[str, bool | str] = {}
    for label, value in asked.items():
        root, target = q.ends(label)
        answer = interval.controls(interval.tighten(q.holdings)[0], root, q.rule)(target)
        found[label] = answer == "yes" if isinstance(value, bool) else answer
    return found


def _by_kind(q: Question, asked: Mapping[str, Any]) -> dict[str, list[str]]:
    return {label: kinds_of_control(q.holdings, *q.ends(label), q.rule) for label in asked}


def _capability(q: Question, asked: Mapping[str, Any]) -> dict[str, list[str]]:
    return {label: [str(c) for c in capabilities(q.holdings, *q.ends(label), q.rule)] for label in asked}


def share_of_votes(q: Question, holder: str, held: str) -> float | None:
    """Give the holder's part of the votes that are cast."""
    votes, cast = votes_of(q.holdings, q.entity(holder), q.entity(held), q.rule)
    return votes / cast if cast > 0 else None


def _values(compute: Callable[[Question, str], Values]) -> Answer:
    def answer(q: Question, asked: Mapping[str, Any]) -> dict[str, float | None]:
        found, rows = {}, dict[str, Values]()
        for label in asked:
            root, target = q.ends(label)
            if root not in rows:
                rows[root] = compute(q, root)
            value = rows[root].get(target, 0)
            found[label] = None if value is None else float(value)
        return found

    return answer


def _most(q: Question, _: Any) -> float:
    every = (v for one in q.holdings.actors for v in integrated.integrated(q.holdings, one).values())
    return max((float(v) for v in every if v is not None), default=0.0)


def _blocked(q: Question) -> Attributed:
    return ofac.blocked(q.holdings, q.listed)


def _aggregate(q: Question, asked: Mapping[str, Any]) -> dict[str, float | None]:
    eu_asked = str(q.given.get("method", "")).startswith("eu")
    found = eu.owned(q.holdings, q.listed, q.as_of) if eu_asked else _blocked(q)
    return {name: part(found.held.get(name, 0)) for name in asked}


def contributes(q: Question, slug: str) -> list[str]:
    """Give the listed persons whose holdings reach an entity through what is blocked."""
    return contributors(q.holdings, _blocked(q), q.entity(slug))


def _psc(q: Question, asked: Mapping[str, Any]) -> dict[str, dict[str, str]]:
    return {company: psc.register(q.holdings, company) for company in asked}


def _indirect(q: Question, asked: Mapping[str, Any]) -> dict[str, float | None]:
    return {label: part(psc.through_stakes(q.holdings, *q.ends(label))) for label in asked}


def _acquisition(q: Question) -> awv.Acquisition:
    acquirers = q.names("acquirers") or q.names("acquirer")
    tier = int(q.given.get("tier", 25))
    if q.given.get("same_state") is False:
        apart = [awv.acquisition(q.holdings, [one], q.target, tier) for one in acquirers]
        return max(apart, key=lambda one: one.votes)
    return awv.acquisition(q.holdings, acquirers, q.target, tier)


def _notifiable(q: Question, _: Any) -> bool:
    found, before = _acquisition(q), q.given.get("before")
    if isinstance(before, (int, float)):
        return awv.notifiable_step(q.parts(before), found.votes, found.tier) is not None
    return found.reaches


def _steps(q: Question, asked: list[Mapping[str, Any]]) -> list[dict[str, Any]]:
    found = []
    for step in asked:
        crossed = awv.notifiable_step(q.parts(step["before"]), q.parts(step["after"]), int(step["tier"]))
        computed = {"notifiable": crossed is not None, "step": crossed}
        found.append({key: computed.get(key, value) for key, value in step.items()})
    return found


def _ranges(q: Question, asked: Mapping[str, Any]) -> dict[str, list[float]]:
    found = {}
    for label in asked:
        root, target = q.ends(label)
        value = interval.integrated_range(q.holdings, root).get(target)
        found[label] = [0.0, 0.0] if value is None else [float(value.lo), float(value.hi)]
    return found


def _lower_open(q: Question, _: Any) -> bool:
    ends = [q.ends(label) for label in q.given.get("integrated_interval") or ()] or [(q.root, q.target)]
    return all(interval.integrated_range(q.holdings, root)[target].lower_open for root, target in ends)


ANSWERS: Final[dict[str, Answer]] = {
    "pairs": _pairs,
    "controls": _controls,
    "control": _control,
    "control_by_kind": _by_kind,
    "capability": _capability,
    "integrated": _values(lambda q, root: integrated.integrated(q.holdings, root)),
    "multiplied": _values(lambda q, root: dict(integrated.multiplied(q.holdings, root))),
    "raw": _values(lambda q, root: integrated.uncorrected(q.holdings, root)),
    "raw_inverse": _values(lambda q, root: integrated.inverse(q.holdings, root)),
    "ultimate": _values(lambda q, root: integrated.ultimate(q.holdings, root)),
    "integrated_max": _most,
    "singular": lambda q, _: integrated.has_no_inverse(q.holdings),
    "natural_person_ubo": lambda q, _: list(beneficial.owners(q.holdings)),
    "blocked": lambda q, _: sorted(_blocked(q).reached),
    "aggregate": _aggregate,
    "owned": lambda q, _: sorted(eu.owned(q.holdings, q.listed, q.as_of).reached),
    "control_indicator": lambda q, _: list(eu.signs_of_control(q.holdings, q.listed, q.as_of)),
    "psc": _psc,
    "indirect_share": _indirect,
    "votes": lambda q, _: part(_acquisition(q).votes),
    "notifiable": _notifiable,
    "steps": _steps,
    "integrated_interval": _ranges,
    "lower_open": _lower_open,
    "tightened": lambda q, _: bool(interval.tighten(q.holdings)[1]),
    "joint_lower": lambda q, _: part(interval.joint_lower(q.holdings, q.target)),
    "joint_upper": lambda q, _: part(interval.joint_upper(q.holdings, q.target)),
}
