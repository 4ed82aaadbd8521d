"""Control by majority: the least fixpoint of joint majorities, control contracts and appointments.

An entity is controlled by a set when holders in the set jointly hold more than half of its votes, or when one of
them controls it directly. Sources: the "company control" problem (Ceri, Gottlob and Tanca, *Logic Programming and
Databases*, 1990, ch. 2); rule (ii) of Atzeni et al., KR4L 2020 (CEUR-WS 3020, paper 9); Directive 2013/34/EU
art. 22(1); AktG 16, 17. A cycle of holdings gives nobody control: the fixpoint is the least one.
"""

from __future__ import annotations

from collections import defaultdict, deque
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

from longarm.control.holdings import End, Holding, Holdings, live
from longarm.model.terms import WHOLE

Voices = Mapping[str, frozenset[str]]
"""Whose votes the leader of an agreement casts beside its own."""


@dataclass(frozen=True)
class Rule:
    """A threshold in parts per 10⁹ of the votes that are cast, and whether reaching it is enough."""

    threshold: int = WHOLE // 2
    inclusive: bool = False

    def passes(self, votes: int, cast: int = WHOLE) -> bool:
        """Say whether `votes` out of `cast` meet the rule, in integers."""
        if votes <= 0 or cast <= 0:
            return False
        left, right = votes * WHOLE, self.threshold * cast
        return left >= right if self.inclusive else left > right


MAJORITY = Rule()


class Tally:
    """The votes that a growing set of holders casts in each entity, at one end of their ranges."""

    def __init__(self, holdings: Holdings, end: End):
        self.holdings = holdings
        self.end: End = end
        self._sum: dict[str, int] = defaultdict(int)
        self._least: dict[str, int] = defaultdict(int)

    def add(self, holding: Holding) -> None:
        """Count one more holding for the set."""
        self._sum[holding.owned] += live(holding, self.end)
        self._least[holding.owned] += live(holding, "lo")

    def cast(self, name: str) -> int:
        """Give how many of all votes are cast at all."""
        silent = self.holdings.silent.get(name)
        return WHOLE - (getattr(silent, self.end) if silent else 0)

    def votes(self, name: str) -> int:
        """Give the votes of the set in one entity; the upper end leaves the others what they hold at least."""
        if self.end == "lo":
            return self._sum[name]
        least = self._least[name]
        others = self.holdings.least_votes[name] - least
        return max(min(self._sum[name], self.cast(name) - others), least)


def closure(
    holdings: Holdings,
    roots: Iterable[str],
    rule: Rule = MAJORITY,
    end: End = "lo",
    voices: Voices | None = None,
) -> frozenset[str]:
    """Give what the roots control jointly, themselves left out.

    `end="lo"` gives what they control for certain, `end="hi"` what they control for some value of the ranges.
    `voices` adds the votes of others to those of a leader, wherever they hold any.
    """
    start = frozenset(roots)
    inside, counted = set(start), set[str]()
    queue = deque((name, True) for name in sorted(start))
    tally = Tally(holdings, end)
    while queue:
        holder, acts = queue.popleft()
        held = holdings.out_of.get(holder, ())
        gained = [h.owned for h in held if h.controls] if acts else []
        if holder not in counted:
            counted.add(holder)
            for holding in held:
                tally.add(holding)
                if rule.passes(tally.votes(holding.owned), tally.cast(holding.owned)):
                    gained.append(holding.owned)
        if acts:
            lent = [h.owned for h in held if h.nature.lends_voice]
            queue.extend((name, False) for name in (*lent, *sorted((voices or {}).get(holder, ()))))
        for name in gained:
            if name not in inside:
                inside.add(name)
                queue.append((name, True))
    return frozenset(inside - start)


def pairs(holdings: Holdings, rule: Rule = MAJORITY, end: End = "lo") -> list[tuple[str, str]]:
    """Give every (controller, controlled), in order; nobody controls itself, and a free float controls nobody."""
    return [(one, other) for one in holdings.actors for other in sorted(closure(holdings, [one], rule, end))]


def votes_of(
    holdings: Holdings, root: str, target: str, rule: Rule = MAJORITY, inside: frozenset[str] | None = None
) -> tuple[int, int]:
    """Give the votes in the target that the root and what it controls cast, and all that are cast there.

    `inside` is the closure of the root, where it is known already.
    """
    tally = Tally(holdings, "lo")
    below = closure(holdings, [root], rule) if inside is None else inside
    for holding in holdings.into.get(target, ()):
        if holding.owner != target and (holding.owner == root or holding.owner in below):
            tally.add(holding)
    return tally.votes(target), tally.cast(target)


def kinds_of_control(
    holdings: Holdings, root: str, target: str, rule: Rule = MAJORITY, inside: frozenset[str] | None = None
) -> list[str]:
    """Give by which kinds the root controls the target: `shares` for a joint majority, or the tie in its own word."""
    below = closure(holdings, [root], rule) if inside is None else inside
    into = [h for h in holdings.into.get(target, ()) if h.owner != target and (h.owner == root or h.owner in below)]
    found = {h.word or h.kind for h in into if h.controls}
    by_votes, cast = votes_of(holdings, root, target, rule, below)
    if rule.passes(by_votes, cast):
        carrying = {h.kind for h in into if live(h, "lo") > 0 and not h.controls}
        found |= {"shares"} if "shares" in carrying or not carrying else carrying
    return sorted(found)


def suspend_upstream(holdings: Holdings, rule: Rule = MAJORITY) -> Holdings:
    """Suspend the votes that a controlled entity holds in those that control it, and in what they hold it by.

    AktG 71d, 136(2); Companies Act 2006 s. 136; own shares are deducted from all votes (AktG 16(3)). A suspension
    can create control and so a further suspension: repeated until nothing changes; it is never taken back.
    """
    while True:
        above = {(held, holder) for holder, held in pairs(holdings, rule)}
        rows = tuple(
            replace(h, suspended=True) if not h.suspended and (h.owner, h.owned) in above else h for h in holdings.rows
        )
        if rows == holdings.rows:
            return holdings
        holdings = Holdings(rows, holdings.warnings)
