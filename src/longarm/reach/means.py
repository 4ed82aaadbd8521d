"""Means: in which worlds an entity can see, shape or stop something at a part of the site (design 4.3)."""

from __future__ import annotations

from longarm.model.terms import Capability
from longarm.model.ties import Kind
from longarm.reach.power import Sets, Web


def means(web: Web) -> dict[str, Sets]:
    """Give part → entity → worlds for the capability of the web.

    *Contains* passes stop down; *processes* passes see, shape and stop from a system to the data that it processes;
    standing in a zone gives nothing.
    """
    found: dict[str, Sets] = {}
    for part, ties in web.into[Kind.ACCESS].items():
        for tie in ties:
            if web.capability in tie.gives:
                here = found.setdefault(part, {})
                here[tie.holder] = here.get(tie.holder, 0) | web.mask(tie)
    kinds = [Kind.PROCESSES] + ([Kind.CONTAINS] if web.capability == Capability.STOP else [])
    links = [tie for kind in kinds for ties in web.out[kind].values() for tie in ties]
    changed = True
    while changed:
        changed = False
        for link in links:
            for holder, m in list(found.get(link.holder, {}).items()):
                below = found.setdefault(link.held, {})
                passed = below.get(holder, 0) | (m & web.mask(link))
                if passed != below.get(holder, 0):
                    below[holder] = passed
                    changed = True
    return found


def accesses(web: Web) -> dict[str, Sets]:
    """Give part → entity → worlds in which it has any access there, whatever that gives."""
    found: dict[str, Sets] = {}
    for part, ties in web.into[Kind.ACCESS].items():
        for tie in ties:
            here = found.setdefault(part, {})
            here[tie.holder] = here.get(tie.holder, 0) | web.mask(tie)
    return found
