"""Ownership and control where shares are ranges or unknown: what holds for every value, and what for some.

An unknown share lies between 0 and 100 %; what all others hold at least caps it, because the shares in one company
are 100 % together. Integrated ownership rises with every share, so its lower end takes the lower ends, and its upper
end fills each company's remaining shares with the holders through whom the root has most: interval arithmetic
(Moore, 1966) with a policy iteration (Howard, 1960) for the column sums.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass, replace
from fractions import Fraction
from typing import Literal

from longarm.control.holdings import Holding, Holdings
from longarm.control.integrated import columns, direct, downstream, integrated
from longarm.control.linear import Columns, solve
from longarm.control.majority import MAJORITY, Rule, closure
from longarm.model.shares import Share
from longarm.model.terms import WHOLE

Answer = Literal["yes", "no", "unknown"]
_ROUNDS = 200


@dataclass(frozen=True)
class Range:
    """An integrated ownership between two ends."""

    lo: Fraction
    hi: Fraction
    lower_open: bool
    """the lower end itself is not reached"""


def tighten(holdings: Holdings) -> tuple[Holdings, list[str]]:
    """Cap the upper end of each share by what the others hold at least; name every holding that this narrows."""
    said: list[str] = []
    rows: list[Holding] = []
    own = {name: sum(h.owns.lo for h in group) for name, group in holdings.into.items()}
    votes = {name: sum(h.stated_votes.lo for h in group) for name, group in holdings.into.items()}
    for h in holdings.rows:
        share = _capped(h.owns, own[h.owned]) if h.nature.owns else None
        voting = _capped(h.stated_votes, votes[h.owned])
        if (share and share != h.owns) or voting != h.stated_votes:
            said.append(f"row {h.row}: {h.label} is at most {share or voting}, because the others hold the rest")
            h = replace(h, share=share or h.share, votes=voting if h.votes else None)
        rows.append(h)
    return Holdings(tuple(rows), holdings.warnings), said


def at_most(holdings: Holdings) -> Holdings | None:
    """Give the holdings with every share at its tightened upper end; None where every share is exact."""
    if all(h.owns.is_exact and h.stated_votes.is_exact for h in holdings.rows):
        return None
    rows = (
        replace(h, share=_top(h.owns if h.nature.owns else h.share), votes=_top(h.votes))
        if h.share is not None or h.votes is not None or h.nature.measured
        else h
        for h in tighten(holdings)[0].rows
    )
    return Holdings(tuple(rows), holdings.warnings)


def _top(share: Share | None) -> Share | None:
    return None if share is None else Share(share.hi, share.hi)


def _capped(share: Share, least: int) -> Share:
    room = WHOLE - (least - share.lo)
    return share if share.hi <= room or room < share.lo else Share(share.lo, room)


def joint_lower(holdings: Holdings, company: str) -> int:
    """Give how much the holders of a company have together at least."""
    return sum(h.owns.lo for h in holdings.into.get(company, ()))


def joint_upper(holdings: Holdings, company: str) -> int:
    """Give how much the holders of a company have together at most."""
    return min(WHOLE, sum(h.owns.hi for h in holdings.into.get(company, ())))


def integrated_range(holdings: Holdings, root: str) -> dict[str, Range]:
    """Give the root's integrated ownership of everything below it, between its ends."""
    tight, _ = tighten(holdings)
    lower = integrated(tight, root)
    stated = integrated(_stated(tight), root)
    upper = _upper(tight, root)
    found = {}
    for name in sorted(upper):
        lo, as_stated = lower.get(name) or Fraction(0), stated.get(name) or Fraction(0)
        found[name] = Range(lo, max(lo, min(upper[name], Fraction(1))), lo > as_stated)
    return found


def _stated(holdings: Holdings) -> Holdings:
    """Take open lower ends as they are written, without the one part in 10⁹ that opens them."""
    return Holdings(
        tuple(
            replace(h, share=Share(max(h.share.lo - 1, 0), h.share.hi)) if h.lower_open and h.share else h
            for h in holdings.rows
        )
    )


def _upper(holdings: Holdings, root: str) -> dict[str, Fraction]:
    below = downstream(holdings, root)
    kept = Holdings(tuple(h for h in holdings.rows if h.owned in below))
    if all(h.owns.lo == h.owns.hi for h in kept.rows):
        return {name: v if v is not None else Fraction(1) for name, v in integrated(kept, root).items()}
    ends: dict[str, dict[str, tuple[Fraction, Fraction]]] = defaultdict(dict)
    for end_lo, end_hi in ((columns(kept, "lo"), columns(kept, "hi")),):
        for name, column in end_hi.items():
            ends[name] = {h: (end_lo.get(name, {}).get(h, Fraction(0)), hi) for h, hi in column.items()}
    ends.pop(root, None)
    worth: dict[str, Fraction] = {root: Fraction(1)}
    for _ in range(_ROUNDS):
        filled = {name: _fill(column, worth) for name, column in ends.items()}
        seeds = {name: column[root] for name, column in filled.items() if column.get(root)}
        inner: Columns = {
            name: {h: p for h, p in column.items() if h != root and h in below} for name, column in filled.items()
        }
        values = solve(inner, seeds)
        fresh = {name: Fraction(1) if v is None else v for name, v in values.items()} | {root: Fraction(1)}
        if fresh == worth:
            break
        worth = fresh
    seeds = direct(holdings, root, "hi")
    return {name: worth.get(name, Fraction(0)) for name in below - {root} if worth.get(name) or name in seeds}


def _fill(column: dict[str, tuple[Fraction, Fraction]], worth: dict[str, Fraction]) -> dict[str, Fraction]:
    """Give the shares in one company by which the root has most: the rest goes to whom it has most of."""
    filled = {holder: lo for holder, (lo, _) in column.items()}
    room = max(Fraction(0), 1 - sum(filled.values(), start=Fraction(0)))
    for holder in sorted(column, key=lambda h: (-worth.get(h, Fraction(0)), h)):
        more = min(room, column[holder][1] - column[holder][0])
        filled[holder] += more
        room -= more
    return filled


def controls(holdings: Holdings, root: str, rule: Rule = MAJORITY) -> Callable[[str], Answer]:
    """Give a function that says of an entity whether the root controls it for every value, for none, or unknown."""
    certain = closure(holdings, [root], rule, "lo")
    possible = closure(holdings, [root], rule, "hi")

    def answer(name: str) -> Answer:
        if name in certain:
            return "yes"
        return "unknown" if name in possible else "no"

    return answer
