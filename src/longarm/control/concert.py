"""Holders who act together: groups, families and agreements, and who is the actual controller.

Sources: Atzeni et al., KR4L 2020 (CEUR-WS 3020, paper 9), for family control; PRC Company Law 2023 art. 265 and the
CSRC *Measures for the Administration of the Takeover of Listed Companies* art. 83, 84, for acting in concert and the
actual controller; Directive 2004/109/EC art. 10(a), for votes under an agreement.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from longarm.control.holdings import Holdings, live
from longarm.control.majority import MAJORITY, Rule, Voices, closure


@dataclass(frozen=True)
class Agreement:
    """An agreement to vote together, led by one of its parties or by none."""

    parties: tuple[str, ...]
    leader: str | None = None
    kind: str = "acting in concert"


@dataclass(frozen=True)
class Group:
    """What a group controls together, and which of its members and others control something alone."""

    controls: tuple[str, ...]
    alone: tuple[str, ...]


def voices(agreements: Iterable[Agreement]) -> Voices:
    """Give whose votes each leader casts beside its own."""
    found: dict[str, frozenset[str]] = {}
    for one in agreements:
        if one.leader:
            found[one.leader] = found.get(one.leader, frozenset()) | (frozenset(one.parties) - {one.leader})
    return found


def together(holdings: Holdings, parties: Iterable[str], rule: Rule = MAJORITY) -> Group:
    """Give what the parties control jointly, and those among them who control some of it alone."""
    members = sorted(set(parties))
    joint = closure(holdings, members, rule)
    alone = tuple(one for one in members if closure(holdings, [one], rule) & joint)
    return Group(tuple(sorted(joint)), alone)


def single_controllers(holdings: Holdings, company: str, rule: Rule = MAJORITY) -> list[str]:
    """Give everybody who controls a company alone, at any distance."""
    return [one for one in holdings.actors if one != company and company in closure(holdings, [one], rule)]


def block(holdings: Holdings, parties: Iterable[str], company: str) -> int:
    """Give the votes that the parties and what they control have in a company together."""
    members = set(parties)
    group = members | closure(holdings, members) - {company}
    return sum(live(h, "lo") for h in holdings.into.get(company, ()) if h.owner in group)


def actual_controllers(
    holdings: Holdings, company: str, agreements: Sequence[Agreement] = (), rule: Rule = MAJORITY
) -> list[str]:
    """Give who in the end controls a company, with the votes that agreements lend: nobody controls them in turn.

    The parties of an agreement without a leader are named together, where none of them suffices alone.
    """
    lent = voices(agreements)
    reach = {one: closure(holdings, [one], rule, voices=lent) for one in sorted({*holdings.actors, *lent})}
    found = [one for one, below in reach.items() if company in below and one != company]
    top = [one for one in found if not any(one in reach[other] and other not in reach[one] for other in found)]
    if top:
        return top
    joint = [a for a in agreements if not a.leader and company in closure(holdings, a.parties, rule)]
    return sorted({party for a in joint for party in a.parties})
