"""What a holder can do in an entity by holdings alone: see, shape, stop.

Control gives all three. Below it, a golden share or a veto gives shape and stop over the entity that it is in and
never a majority; a seat gives see and shape; a blocking minority gives shape and stop (design 4.2).
"""

from __future__ import annotations

from longarm.control.holdings import Holdings, live
from longarm.control.majority import MAJORITY, Rule, Tally, closure
from longarm.model.terms import CAPABILITIES, WHOLE, Capability

BLOCKING = Rule(WHOLE // 4, inclusive=False)
"""A quarter blocks what needs three quarters of the votes, as AktG 179(2) and the Companies Act 2006 s. 283 ask."""


def capabilities(
    holdings: Holdings, root: str, target: str, rule: Rule = MAJORITY, inside: frozenset[str] | None = None
) -> tuple[Capability, ...]:
    """Give what the root, with what it controls, can do in the target, in the order see, shape, stop."""
    inside = closure(holdings, [root], rule) if inside is None else inside
    if target in inside:
        return CAPABILITIES
    found: set[Capability] = set()
    votes = 0
    for holding in holdings.into.get(target, ()):
        if holding.owner == root or holding.owner in inside:
            found.update(holding.nature.gives)
            votes += live(holding, "lo")
    if BLOCKING.passes(votes, Tally(holdings, "lo").cast(target)):
        found |= {Capability.SHAPE, Capability.STOP}
    return tuple(c for c in CAPABILITIES if c in found)
