"""What each method says of one holder: a number where there is one, and words for people."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from fractions import Fraction

from longarm.control import awv, eu, integrated, interval, ofac, power_index, psc
from longarm.control.attribution import Attributed
from longarm.control.capability import capabilities
from longarm.control.holdings import Holdings, live
from longarm.control.majority import closure, kinds_of_control, votes_of
from longarm.errors import OptionError
from longarm.model.shares import percent
from longarm.model.terms import WHOLE


@dataclass(frozen=True)
class Finding:
    """What one method says of one holder and one entity."""

    value: str
    number: int | None
    words: str


Compute = Callable[[Holdings, str, dt.date | None], Mapping[str, Finding]]


def _parts(value: Fraction) -> int:
    return round(value * WHOLE)


def by_majority(h: Holdings, root: str, _: dt.date | None) -> Mapping[str, Finding]:
    """Say what the holder controls, for certain or for some values of the ranges."""
    certain, possible = closure(h, [root]), closure(h, [root], end="hi")
    found = {}
    for name in sorted(certain | possible):
        votes, cast = votes_of(h, root, name, inside=certain)
        number = votes * WHOLE // cast if cast > 0 else None
        if name in certain:
            how = " and ".join(kinds_of_control(h, root, name, inside=certain))
            found[name] = Finding("controls", number, f"controls it by {how}")
        else:
            found[name] = Finding("may control", number, "controls it for some values of the ranges, not for all")
    return found


def by_integrated(h: Holdings, root: str, _: dt.date | None) -> Mapping[str, Finding]:
    """Say what the holder has along all ways."""
    found = {}
    for name, value in integrated.integrated(h, root).items():
        if value is None:
            found[name] = Finding("undefined", None, "a ring of companies owns itself entirely")
        else:
            share = percent(_parts(value))
            found[name] = Finding(share, _parts(value), f"has {share} of its value along all ways")
    return found


def by_multiplied(h: Holdings, root: str, _: dt.date | None) -> Mapping[str, Finding]:
    """Say what multiplying along each way gives."""
    try:
        found = integrated.multiplied(h, root)
    except OptionError as error:
        return {name: Finding("not computed", None, error.message) for name in integrated.direct(h, root)}
    return {
        name: Finding(percent(_parts(v)), _parts(v), f"has {percent(_parts(v))} by multiplying along each way")
        for name, v in found.items()
    }


def by_interval(h: Holdings, root: str, _: dt.date | None) -> Mapping[str, Finding]:
    """Say between what the ownership lies, and whether it controls."""
    answer = interval.controls(h, root)
    found = {}
    for name, value in interval.integrated_range(h, root).items():
        lo, hi = percent(_parts(value.lo)), percent(_parts(value.hi))
        words = {"yes": "control for every value", "no": "control for none", "unknown": "control for some values"}
        text = lo if lo == hi else f"{lo} to {hi}"
        found[name] = Finding(text, _parts(value.lo), f"has {text} of its value; {words[answer(name)]}")
    return found


def caught_by_ofac(h: Holdings, root: str, _: dt.date | None) -> Attributed:
    """Take the holder as the only blocked person."""
    return ofac.blocked(h, [root])


def caught_by_eu(h: Holdings, root: str, as_of: dt.date | None) -> Attributed:
    """Take the holder as the only listed person, by the test of the day."""
    return eu.owned(h, [root], as_of)


def by_sanctions(attribute: Callable[[Holdings, str, dt.date | None], Attributed]) -> Compute:
    """Make a method of a 50 % rule: the holder is taken as the only listed person."""

    def compute(h: Holdings, root: str, as_of: dt.date | None) -> Mapping[str, Finding]:
        found = attribute(h, root, as_of)
        return {
            name: Finding("owned", part, f"would be caught if {root} were listed: {percent(part)} counts")
            if name in found.reached
            else Finding("not owned", part, f"would not be caught if {root} were listed: {percent(part)} counts")
            for name, part in found.held.items()
            if name != root
        }

    return compute


def by_psc(h: Holdings, root: str, _: dt.date | None) -> Mapping[str, Finding]:
    """Say in which tier the holder is a person with significant control."""
    chain = psc.stakes(h, root)
    found = {}
    for name in sorted({row.owned for one in chain | {root} for row in h.out_of.get(one, ())} - {root}):
        nature = psc.nature_of_control(h, root, name, chain)
        part = psc.through_stakes(h, root, name, chain)
        text = f"{nature} %" if nature in psc.TIERS else nature or "none"
        found[name] = Finding(text, part, f"holds {percent(part)} directly and through majority stakes")
    return found


def by_awv(tier: int) -> Compute:
    """Make a method of one German tier."""

    def compute(h: Holdings, root: str, _: dt.date | None) -> Mapping[str, Finding]:
        found = {}
        for name, (votes, reaches) in awv.acquisitions(h, [root], tier).items():
            verb = "reaches" if reaches else "stays below"
            words = f"{verb} {tier} %: {percent(votes)} count"
            found[name] = Finding("reached" if reaches else "below", votes, words)
        return found

    return compute


def by_power(index: Callable[[power_index.Game], dict[str, Fraction]]) -> Compute:
    """Make a method of a power index, for the votes that the holder has itself."""

    def compute(h: Holdings, root: str, _: dt.date | None) -> Mapping[str, Finding]:
        found = {}
        for name in sorted({row.owned for row in h.out_of.get(root, ()) if live(row, "lo")} - {root}):
            weights: dict[str, int] = {}
            for row in h.into[name]:
                if votes := live(row, "lo"):
                    weights[row.owner] = weights.get(row.owner, 0) + votes
            silent = h.silent.get(name)
            quota = power_index.more_than_half(WHOLE - (silent.lo if silent else 0))
            try:
                value = index(power_index.Game(weights, max(quota, 1)))[root]
            except OptionError as error:
                found[name] = Finding("not computed", None, error.message)
            else:
                share = percent(_parts(value))
                found[name] = Finding(share, _parts(value), f"tips {share} of the votes among the known holders")
        return found

    return compute


def by_capability(h: Holdings, root: str, _: dt.date | None) -> Mapping[str, Finding]:
    """Say what holdings alone allow."""
    found, inside = {}, closure(h, [root])
    for name in sorted(integrated.downstream(h, root) - {root}):
        if able := capabilities(h, root, name, inside=inside):
            found[name] = Finding(", ".join(able), None, f"can {', '.join(able)} by holdings alone")
    return found
