"""Every accepted method by name, and all of them side by side for one holder or one company.

A method answers for one holder: what it holds of each entity below it, as a number in parts per 10⁹ where there is
one, and in words. Asked about a company, it is put to everybody above it. Adding a method is adding an entry.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from typing import Final

from longarm.control import findings, interval, power_index
from longarm.control.findings import Compute, Finding
from longarm.control.holdings import Holdings
from longarm.errors import OptionError, UnknownEntity


@dataclass(frozen=True)
class Row:
    """A finding beside its method and source, as it is shown."""

    method: str
    title: str
    holder: str
    held: str
    value: str
    number: int | None
    """parts per 10⁹, where the method gives a number"""
    words: str
    source: str
    at_most: str | None = None
    """the value with every range at its upper end, where that is another"""

    def to_dict(self) -> dict[str, str | int | None]:
        """Give it as plain values."""
        return asdict(self)


@dataclass(frozen=True)
class Method:
    """A method, where it comes from, and how it is computed for one holder."""

    name: str
    title: str
    source: str
    compute: Compute


NOTHING: Final = Finding("none", 0, "nothing for certain")
"""What a method says of an entity where it only says something at the upper end of the ranges."""

_AWV = "Außenwirtschaftsverordnung § 56 (1), (4), (5)"

METHODS: Final = {
    m.name: m
    for m in (
        Method("majority", "Control by joint majority", "Ceri, Gottlob and Tanca 1990; Directive 2013/34/EU art. 22",
               findings.by_majority),
        Method("integrated", "Integrated ownership", "Baldone et al. 1998; Vitali et al. 2011", findings.by_integrated),
        Method("multiplied", "Multiplied interest", "product of the shares along each way", findings.by_multiplied),
        Method("interval", "Between the bounds", "interval arithmetic with column sums (Moore 1966)",
               findings.by_interval),
        Method("ofac50", "OFAC 50 % rule", "OFAC guidance of 13 August 2014; FAQ 398, 399, 401",
               findings.by_sanctions(findings.caught_by_ofac)),
        Method("eu50", "EU ownership test", "EU Best Practices (3 July 2024), paras 62 to 64",
               findings.by_sanctions(findings.caught_by_eu)),
        Method("psc", "UK significant control", "Companies Act 2006, Sch. 1A, paras 2, 3, 18", findings.by_psc),
        Method("awv10", "German tier of 10 %", _AWV, findings.by_awv(10)),
        Method("awv20", "German tier of 20 %", _AWV, findings.by_awv(20)),
        Method("awv25", "German tier of 25 %", _AWV, findings.by_awv(25)),
        Method("shapley_shubik", "Shapley–Shubik index", "Shapley and Shubik 1954",
               findings.by_power(power_index.shapley_shubik)),
        Method("banzhaf", "Banzhaf index", "Banzhaf 1965", findings.by_power(power_index.banzhaf_normalised)),
        Method("capability", "What holdings allow", "design 4.2; AktG 179(2)", findings.by_capability),
    )
}  # fmt: skip
"""The methods in the order in which they are shown."""


def side_by_side(
    holdings: Holdings,
    root: str | None = None,
    target: str | None = None,
    methods: Iterable[str] | None = None,
    as_of: dt.date | None = None,
) -> list[Row]:
    """Put the methods side by side for everything below `root`, everybody above `target`, or the two of them.

    A value is what is certain: ranges and unknown shares count at their lower end, and `at_most` has the upper one.

    Raises UnknownEntity for a name that no holding has, OptionError for a method that there is not.
    """
    for name in (root, target):
        if name is not None and name not in holdings.entities:
            raise UnknownEntity(f"'{name}' is in none of the {len(holdings.rows)} holdings")
    if root is None and target is None:
        raise OptionError("neither a root nor a target: name who holds, or what is held")
    chosen = _chosen(methods)
    now = holdings.at(as_of)
    most = interval.at_most(now)
    holders = [root] if root is not None else sorted(_above(now, target or ""))
    found: list[Row] = []
    for method in chosen:
        for holder in holders:
            lower = method.compute(now, holder, as_of)
            upper = lower if most is None else method.compute(most, holder, as_of)
            for held in sorted({*lower, *upper} if target is None else {target} & {*lower, *upper}):
                least = lower.get(held, NOTHING)
                other = upper[held].value if held in upper and upper[held].value != least.value else None
                found.append(
                    Row(
                        method.name, method.title, holder, held,
                        least.value, least.number, least.words, method.source, other,
                    )
                )  # fmt: skip
    return found


def _chosen(names: Iterable[str] | None) -> list[Method]:
    wanted = list(names) if names is not None else ["all"]
    if wanted == ["all"]:
        return list(METHODS.values())
    for name in wanted:
        if name not in METHODS:
            raise OptionError(f"'{name}' is no method; choose from all, {', '.join(METHODS)}")
    return [METHODS[name] for name in wanted]


def _above(holdings: Holdings, target: str) -> set[str]:
    seen, todo = set[str](), [target]
    while todo:
        for h in holdings.into.get(todo.pop(), ()):
            if h.owner not in seen:
                seen.add(h.owner)
                todo.append(h.owner)
    return (seen - {target}) & set(holdings.actors)
