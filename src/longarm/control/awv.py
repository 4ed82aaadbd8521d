"""Voting rights as the German Foreign Trade and Payments Ordinance counts them.

Source: Außenwirtschaftsverordnung § 56 (state of 2026): tiers of 10, 20 and 25 % (1), further steps (2), votes of
third parties in full where the acquirer holds the tier in them or acts jointly, presumed for holders controlled by
one third state (4), indirect holdings where each link reaches the tier (5). Paragraph 5 applies paragraph 4 at each
link, so the votes of all who count are added there.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from fractions import Fraction

from longarm.control.attribution import link_by_link
from longarm.control.holdings import End, Holdings
from longarm.control.linear import components
from longarm.control.majority import Rule
from longarm.errors import OptionError
from longarm.model.terms import WHOLE

_PERCENT = WHOLE // 100
STEPS = {10: (20, 25, 40, 50, 75), 20: (25, 40, 50, 75), 25: (40, 50, 75)}
"""Further steps of § 56 (2), for each tier of § 56 (1)."""


@dataclass(frozen=True)
class Acquisition:
    """What counts for one or several acquirers of the same state in one target."""

    votes: int
    tier: int
    reaches: bool
    counted: frozenset[str]
    """whose votes are counted in full"""


def check_tier(tier: int) -> int:
    """Give the tier back, in parts per 10⁹; raise OptionError where § 56 (1) has none such."""
    if tier not in STEPS:
        raise OptionError(f"tier {tier} is none of § 56 (1) AWV: 10, 20 or 25 was expected")
    return tier * _PERCENT


def acquisition(holdings: Holdings, acquirers: Iterable[str], target: str, tier: int, end: End = "lo") -> Acquisition:
    """Add the votes of the acquirers and of everybody in whom they hold the tier."""
    least = check_tier(tier)
    kept = Holdings(tuple(h for h in holdings.rows if h.owner != target))
    rule = Rule(least, inclusive=True)
    found = link_by_link(kept, acquirers, rule, "votes", end)
    votes = found.held.get(target, 0)
    counted = found.start | (found.reached - {target})
    return Acquisition(votes, tier, target in found.reached, counted)


def acquisitions(holdings: Holdings, acquirers: Iterable[str], tier: int) -> dict[str, tuple[int, bool]]:
    """Give the votes that count in every target, and whether they reach the tier: `acquisition` for all at once."""
    start = sorted(set(acquirers))
    found = link_by_link(holdings, start, Rule(check_tier(tier), inclusive=True), "votes")
    ties: dict[str, dict[str, Fraction]] = {
        name: {h.owner: Fraction(1) for h in group} for name, group in holdings.into.items()
    }
    rings = {name for group in components(ties) if len(group) > 1 for name in group}
    answers = {}
    for target in sorted({*found.held, *found.reached} - set(start)):
        if target in rings:
            one = acquisition(holdings, start, target, tier)
            answers[target] = (one.votes, one.reaches)
        else:
            answers[target] = (found.held.get(target, 0), target in found.reached)
    return answers


def notifiable_step(before: int, after: int, tier: int) -> int | None:
    """Give the highest tier or step that an acquisition reaches or crosses, in per cent, or None."""
    check_tier(tier)
    crossed = [step for step in (tier, *STEPS[tier]) if before < step * _PERCENT <= after]
    return max(crossed, default=None)
