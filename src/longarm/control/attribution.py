"""Ownership that is tested link by link: a holder who meets the test counts in full for the next link.

The 50 % rules of sanctions law and the attribution rules of investment screening share this one step; what differs
is the test, who starts, and whether shares or votes are counted.
"""

from __future__ import annotations

from collections import defaultdict, deque
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

from longarm.control.holdings import End, Holding, Holdings, live
from longarm.control.majority import Rule
from longarm.model.terms import WHOLE

Counted = Literal["shares", "votes"]


@dataclass(frozen=True)
class Attributed:
    """Who counts, and how much those who count hold of each entity."""

    start: frozenset[str]
    reached: frozenset[str]
    """who meets the test, in shares or votes added over all who count"""
    held: dict[str, int]
    """the sum held in each entity, in parts per 10⁹"""


def link_by_link(
    holdings: Holdings, start: Iterable[str], rule: Rule, counted: Counted = "shares", end: End = "lo"
) -> Attributed:
    """Add up what the start and everybody reached so far holds in each entity, and let those who pass count too."""
    first = frozenset(start)
    inside, queue = set(first), deque(sorted(first))
    held: dict[str, int] = defaultdict(int)
    while queue:
        for holding in holdings.out_of.get(queue.popleft(), ()):
            if holding.is_own:
                continue
            held[holding.owned] += amount(holding, counted, end)
            direct = counted == "votes" and holding.controls
            if holding.owned not in inside and (
                direct or rule.passes(held[holding.owned], cast(holdings, holding.owned, counted))
            ):
                inside.add(holding.owned)
                queue.append(holding.owned)
    return Attributed(first, frozenset(inside - first), {name: part for name, part in sorted(held.items()) if part})


def amount(holding: Holding, counted: Counted, end: End = "lo") -> int:
    """Give what one holding counts for."""
    return live(holding, end) if counted == "votes" else getattr(holding.owns, end)


def cast(holdings: Holdings, name: str, counted: Counted) -> int:
    """Give what the shares or votes are measured against: all of them, less the votes that count for nobody."""
    silent = holdings.silent.get(name) if counted == "votes" else None
    return WHOLE - (silent.lo if silent else 0)


def contributors(holdings: Holdings, found: Attributed, target: str) -> list[str]:
    """Give those at the start whose holdings reach the target through entities that meet the test."""
    seen, todo = set[str](), [target]
    while todo:
        for holding in holdings.into.get(todo.pop(), ()):
            owner = holding.owner
            if owner not in seen and (holding.owns.lo or holding.stated_votes.lo):
                seen.add(owner)
                if owner in found.reached:
                    todo.append(owner)
    return sorted(seen & found.start)
