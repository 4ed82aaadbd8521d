"""What else a worked example may expect: power indices, cuts, groups and agreements, series, worlds, plans."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import ROUND_CEILING, Decimal
from fractions import Fraction
from typing import Any, Final

from longarm.control import concert, cuts, power_index, series, worlds
from longarm.control.answers import Answer
from longarm.control.holdings import live
from longarm.control.majority import closure, pairs
from longarm.control.question import Question, part
from longarm.model.terms import WHOLE


def game(q: Question) -> power_index.Game:
    """Give the game of a case: the weights that it states, or the votes of the holders in the company."""
    if stated := q.given.get("weights"):
        weights = {str(name): int(weight) for name, weight in stated.items()}
        total = sum(weights.values())
    else:
        weights = _votes(q)
        total = WHOLE - (share.lo if (share := q.holdings.silent.get(q.target)) else 0)
    if (votes := q.given.get("quota_votes")) is not None:
        return power_index.Game(weights, int(votes))
    if (quota := q.given.get("quota")) is not None:
        least = (Decimal(str(quota)) * total).to_integral_value(ROUND_CEILING)
        return power_index.Game(weights, int(least))
    return power_index.Game(weights, power_index.more_than_half(total))


def _votes(q: Question, dispersed: bool = False) -> dict[str, int]:
    found: dict[str, int] = {}
    for holding in q.holdings.into.get(q.target, ()):
        if holding.nature.dispersed == dispersed and (votes := live(holding, "lo")):
            found[holding.owner] = found.get(holding.owner, 0) + votes
    return found


def _shapley(q: Question, _: Any) -> dict[str, float]:
    ocean = 0 if q.given.get("weights") else sum(_votes(q, dispersed=True).values())
    if not ocean and "ocean" in str(q.given.get("method", "")):
        ocean = WHOLE - sum(_votes(q).values())
    if not ocean:
        return _floats(power_index.shapley_shubik(game(q)))
    atoms = {name: Fraction(votes, WHOLE) for name, votes in _votes(q).items()}
    quota = Fraction(Decimal(str(q.given.get("quota", "0.5"))))
    found = power_index.shapley_shubik_ocean(atoms, Fraction(ocean, WHOLE), quota)
    small = {name: 1 - sum(found.values(), start=Fraction(0)) for name in _votes(q, dispersed=True)}
    return _floats(found | small)


def _floats(values: Mapping[str, Fraction]) -> dict[str, float]:
    return {name: float(value) for name, value in values.items()}


def _controls(q: Question) -> cuts.Structure:
    return cuts.control_structure(q.holdings, q.root, q.target, q.rule)


def _reaches(q: Question) -> cuts.Structure:
    return cuts.reach_structure(q.holdings, q.root, q.target)


def _lists(sets: tuple[tuple[str, ...], ...]) -> list[list[str]]:
    return [list(one) for one in sets]


def _sale(q: Question, _: Any) -> float | None:
    return part(cuts.smallest_sale(q.holdings, q.root, q.target, q.rule))


def _is_cut(q: Question, _: Any) -> bool:
    """A plan cuts where it takes away a control that there was, for some value that it allows."""
    plan = q.given.get("planned")
    after = q.planned(plan) if isinstance(plan, Mapping) else q
    return not set(pairs(q.holdings, q.rule)) <= set(pairs(after.holdings, q.rule))


def _alone(q: Question, _: Any) -> list[str]:
    joint = {name for group in q.groups for name in closure(q.holdings, group, q.rule)}
    return [one for one in q.holdings.actors if closure(q.holdings, [one], q.rule) & (joint or set(q.holdings.into))]


def _alone_over(q: Question, asked: Mapping[str, Any]) -> dict[str, list[str]]:
    return {company: concert.single_controllers(q.holdings, company, q.rule) for company in asked}


def _groups(q: Question, _: Any) -> list[str]:
    return sorted({name for group in q.groups for name in concert.together(q.holdings, group, q.rule).controls})


def _actual(q: Question, asked: Mapping[str, Any]) -> dict[str, str | list[str] | None]:
    found: dict[str, str | list[str] | None] = {}
    for company in asked:
        named = concert.actual_controllers(q.holdings, company, q.agreements, q.rule)
        found[company] = named[0] if len(named) == 1 else named or None
    return found


def _block(q: Question, _: Any) -> float | None:
    parties = [party for one in q.agreements for party in one.parties] or [m for g in q.groups for m in g]
    return part(concert.block(q.holdings, parties, q.target))


def _series(q: Question, asked: Mapping[str, Mapping[str, Any]]) -> dict[str, dict[str, float]]:
    found = {}
    for step, expected in asked.items():
        rows = series.after_step(q.rows, int(step)).rows
        as_pairs = any(">" in key for key in expected)
        totals: dict[str, int] = {}
        for h in rows:
            key = h.label if as_pairs else h.owner
            totals[key] = totals.get(key, 0) + h.owns.lo
        found[step] = {key: total / WHOLE for key, total in totals.items()}
    return found


def _reach(q: Question, asked: Mapping[str, Any]) -> dict[str, float]:
    return {label: float(worlds.probability(q.rows, q.origins, *q.ends(label), q.rule)) for label in asked}


def _independent(q: Question, _: Any) -> float:
    ends = [q.ends(label) for label in q.given.get("reach") or ()] or [(q.root, q.target)]
    return float(worlds.if_independent(q.rows, q.origins, *ends[0], q.rule))


MORE_ANSWERS: Final[dict[str, Answer]] = {
    "shapley_shubik": _shapley,
    "banzhaf_absolute": lambda q, _: _floats(power_index.banzhaf_absolute(game(q))),
    "banzhaf_normalised": lambda q, _: _floats(power_index.banzhaf_normalised(game(q))),
    "minimal_path_sets_control": lambda q, _: _lists(_controls(q).paths),
    "minimal_cut_sets_control": lambda q, _: _lists(_controls(q).cuts),
    "minimal_path_count_control": lambda q, _: len(_controls(q).paths),
    "minimal_cut_count_control": lambda q, _: len(_controls(q).cuts),
    "minimal_path_sets_reach": lambda q, _: _lists(_reaches(q).paths),
    "minimal_cut_sets_reach": lambda q, _: _lists(_reaches(q).cuts),
    "minimal_path_count_reach": lambda q, _: len(_reaches(q).paths),
    "minimal_cut_count_reach": lambda q, _: len(_reaches(q).cuts),
    "smallest_sale_that_cuts": _sale,
    "cut": _is_cut,
    "single_controllers": _alone,
    "single_controllers_of": _alone_over,
    "group_controls": _groups,
    "actual_controller": _actual,
    "voting_block": _block,
    "after_step": _series,
    "reach": _reach,
    "wrong_if_independent": _independent,
}
