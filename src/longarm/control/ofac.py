"""The 50 % rule of the United States Treasury (OFAC).

Source: OFAC, *Revised Guidance on Entities Owned by Persons Whose Property and Interests in Property Are Blocked*
(13 August 2014), and FAQ 398 (ownership, not control), 399 (aggregation) and 401 (indirect ownership). An entity
that blocked persons own 50 % or more, together, directly or through other blocked entities, is blocked itself; each
link is tested by itself, and an entity below 50 % passes nothing on.
"""

from __future__ import annotations

from collections.abc import Iterable

from longarm.control.attribution import Attributed, link_by_link
from longarm.control.holdings import End, Holdings
from longarm.control.majority import Rule
from longarm.model.terms import WHOLE

HALF_OR_MORE = Rule(WHOLE // 2, inclusive=True)


def blocked(holdings: Holdings, listed: Iterable[str], rule: Rule = HALF_OR_MORE, end: End = "lo") -> Attributed:
    """Give the entities that count as blocked because listed persons own them; `end="hi"` those that may be."""
    return link_by_link(holdings, listed, rule, "shares", end)
