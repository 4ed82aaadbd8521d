"""Persons with significant control of a company of the United Kingdom, by tier.

Source: Companies Act 2006, Part 21A and Schedule 1A: over 25 % of shares or votes (paras 2, 3); rights held through
a chain in which each has a majority stake in the next count in full (para 18); a majority stake is a majority of the
votes, the right to appoint the majority of the board, or dominant influence (para 18(3)); votes of the company itself
are left out. Tiers as Companies House registers them: over 25 % up to 50 %, over 50 % below 75 %, 75 % and more.
Reported are persons: holders in whom nobody holds anything here. The companies between are passed through.
"""

from __future__ import annotations

from longarm.control.attribution import Counted, amount, cast
from longarm.control.holdings import Holdings
from longarm.control.majority import closure
from longarm.model.terms import WHOLE

TIERS = ("25-50", "50-75", "75-100")
INFLUENCE = "significant influence or control"


def tier(part: int, whole: int = WHOLE) -> str | None:
    """Give the registered tier of a share or vote, or None at 25 % and below."""
    if 4 * part <= whole:
        return None
    if 2 * part <= whole:
        return TIERS[0]
    return TIERS[1] if 4 * part < 3 * whole else TIERS[2]


def stakes(holdings: Holdings, person: str) -> frozenset[str]:
    """Give everybody in whom a person has a majority stake, at any distance."""
    return closure(holdings, [person])


def held(
    holdings: Holdings, person: str, company: str, counted: Counted = "shares", chain: frozenset[str] | None = None
) -> int:
    """Give what a person holds of a company directly and through majority stakes, in full, in parts per 10⁹."""
    below = stakes(holdings, person) if chain is None else chain
    into = (h for h in holdings.into.get(company, ()) if not h.is_own)
    return sum(amount(h, counted) for h in into if h.owner == person or h.owner in below)


def through_stakes(holdings: Holdings, person: str, company: str, chain: frozenset[str] | None = None) -> int:
    """As `held`, by shares or votes, whichever is more."""
    return max(held(holdings, person, company, "shares", chain), held(holdings, person, company, "votes", chain))


def nature_of_control(holdings: Holdings, person: str, company: str, chain: frozenset[str] | None = None) -> str | None:
    """Give the highest tier that a person has in a company by shares or votes, or what it has without them."""
    below = stakes(holdings, person) if chain is None else chain
    by_shares = tier(held(holdings, person, company, "shares", below))
    by_votes = tier(held(holdings, person, company, "votes", below), cast(holdings, company, "votes"))
    tiers = [TIERS.index(t) for t in (by_shares, by_votes) if t]
    if tiers:
        return TIERS[max(tiers)]
    return INFLUENCE if company in below else None


def register(holdings: Holdings, company: str) -> dict[str, str]:
    """Give the persons with significant control of one company, with the tier."""
    found = {person: nature_of_control(holdings, person, company) for person in holdings.sources}
    return {person: nature for person, nature in found.items() if nature}
