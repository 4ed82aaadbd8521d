"""Ownership and control in the sanctions law of the European Union, before and after 3 July 2024.

Source: Council of the European Union, *EU Best Practices for the effective implementation of restrictive measures*
(2024 update, paras 62 to 64); the test of ownership was "more than 50 %" until then, and is "50 % or more" since
(recital 28 of Regulation (EU) 2024/1745). The shares of several listed persons are added (Commission FAQ no. 8 on
asset freezes). Guidance, not binding. Signs of control warrant further analysis; they decide nothing.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable

from longarm.control.attribution import Attributed, link_by_link
from longarm.control.holdings import End, Holdings
from longarm.control.majority import Rule
from longarm.model.terms import WHOLE

CHANGED = dt.date(2024, 7, 3)
"""From this day an exact half counts."""


def rule_at(as_of: dt.date | None) -> Rule:
    """Give the test of ownership of a day; without a day, the present one."""
    return Rule(WHOLE // 2, inclusive=as_of is None or as_of >= CHANGED)


def owned(holdings: Holdings, listed: Iterable[str], as_of: dt.date | None = None, end: End = "lo") -> Attributed:
    """Give the entities that listed persons own, together, link by link."""
    return link_by_link(holdings, listed, rule_at(as_of), "shares", end)


def signs_of_control(holdings: Holdings, listed: Iterable[str], as_of: dt.date | None = None) -> dict[str, str]:
    """Give the entities not owned that show a sign of control, with the sign in words.

    The largest holder among the others (the example is 40 % against holders of 10 % each), a majority of the votes,
    and control by contract, appointment or trust. The first is named since July 2024 only.
    """
    first = sorted(set(listed))
    theirs = owned(holdings, first, as_of)
    found: dict[str, str] = {}
    for one in first:
        mine = {one} | owned(holdings, [one], as_of).reached
        for name, group in sorted(holdings.into.items()):
            if name in theirs.start or name in theirs.reached or name in found:
                continue
            sign = _sign(holdings, name, mine, as_of)
            if sign and any(h.owner in mine for h in group):
                found[name] = sign
    return found


def _sign(holdings: Holdings, name: str, mine: set[str], as_of: dt.date | None) -> str | None:
    group = holdings.into[name]
    if any(h.owner in mine and h.controls for h in group):
        return "control without ownership"
    if 2 * sum(h.stated_votes.lo for h in group if h.owner in mine and not h.suspended) > WHOLE:
        return "majority of the votes"
    share = sum(h.owns.lo for h in group if h.owner in mine)
    others: dict[str, int] = {}
    for h in group:
        if h.owner not in mine and not h.nature.dispersed:
            others[h.owner] = others.get(h.owner, 0) + h.owns.hi
    named = as_of is None or as_of >= CHANGED
    return "largest holder" if named and share and share > max(others.values(), default=0) else None
