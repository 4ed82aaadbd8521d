"""What cuts a finding, which sources break it, and what to find out next (design 4.5).

Whatever is said here of a finding is what the whole calculation gives when it is run again with a tie set true or
false, or an origin struck. Only the ties that can bear on the finding take part in it, which changes nothing but the
time. The minimal paths say which cuts are worth trying.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations

from longarm.model.finding import Cut, Gain
from longarm.model.terms import LEVELS, Capability, Level
from longarm.model.ties import Kind, Tie
from longarm.reach.hold import Forced, Held
from longarm.reach.meet import Question, joint
from longarm.reach.paths import Path
from longarm.reach.power import Web
from longarm.reach.rung import reaches

CUT_SIZE = 3
"""Sales, ends and closures in one cut, at most: a larger one is no advice."""
CUT_TIES = 24
"""Ties that are tried in combination, those on most paths first."""
_ENTITY = (
    *(Kind.ORGAN, Kind.INTEREST, Kind.CONTROL, Kind.INFLUENCE, Kind.STAFF),
    *(Kind.DUTY, Kind.DUTY_PARENT, Kind.DUTY_STAFF, Kind.DUTY_AT),
)
_PART = (Kind.ACCESS, Kind.CONTAINS, Kind.PROCESSES)


@dataclass(frozen=True)
class Target:
    """Which finding is explained: where it stands, and at which level its J counts."""

    parts: tuple[str, ...]
    capability: Capability
    level: Level
    threshold: int
    """thousandths"""


def bearing(held: Held, parts: Iterable[str]) -> set[str]:
    """Give every tie that can bear on J at these parts, whatever is forced: backwards from them, with what it needs."""
    into: dict[str, list[Tie]] = {}
    for tie in held.ties.values():
        into.setdefault(tie.held, []).append(tie)
    found: set[str] = set()
    waiting: list[tuple[str, tuple[str, ...]]] = [(p, _PART) for p in parts]
    seen = set(waiting)
    needed: list[str] = []
    while waiting:
        end, kinds = waiting.pop()
        for tie in into.get(end, ()):
            if tie.kind not in kinds:
                continue
            found.add(tie.id)
            needed += [t for alternative in tie.requires for t in alternative]
            further = (tie.holder, _PART if tie.kind in _PART[1:] else _ENTITY)
            if further not in seen:
                seen.add(further)
                waiting.append(further)
    while needed:
        tie_id = needed.pop()
        if tie_id not in found and tie_id in held.ties:
            found.add(tie_id)
            needed += [t for alternative in held.ties[tie_id].requires for t in alternative]
    return found


class Core:
    """One finding, computed again and again with something forced."""

    def __init__(self, question: Question, held: Held, target: Target, paths: Iterable[Path]) -> None:
        self.question = question
        self.target = target
        self.held = held.only(bearing(held, target.parts))
        self.ways = [(frozenset(p.ties), p.worlds) for p in paths]
        self.on = {t for way, _ in self.ways for t in way}

    def share(self, forced: Forced, level: Level | None = None) -> float:
        """Give the share of J with something forced, by the whole calculation; at the finding's level if none is."""
        web = Web(self.held.forced(forced), self.target.capability)
        return self.question.worlds.share(joint(self.question, web, self.target.parts, level or self.target.level))

    def then(self, forced: Forced) -> tuple[Level, float] | None:
        """Give the highest lower level at which J still reaches the threshold with something forced."""
        for level in LEVELS[LEVELS.index(self.target.level) + 1 :]:
            share = self.share(forced, level)
            if reaches(share, self.target.threshold):
                return level, share
        return None

    def cuts(self, *, to_zero: bool = False) -> list[Cut]:
        """Give the inclusion-minimal cuts below the threshold, or to nothing, the smallest first.

        Whoever sells a holding sells its votes with its shares, so these go together where both are needed.
        """
        found: list[Cut] = []
        units = self._units()
        for size in range(1, CUT_SIZE + 1):
            for several in combinations(units, size):
                ties = tuple(sorted({t for unit in several for t in unit}))
                if any(set(c.ties) <= set(ties) for c in found) or not self._may_cut(ties, to_zero=to_zero):
                    continue
                if self._falls(self._left(ties), to_zero=to_zero):
                    found += self._leasts(ties, found, to_zero=to_zero)
        return found

    def _units(self) -> list[tuple[str, ...]]:
        """What can be sold, ended or closed at once, those on most paths first."""
        units: dict[tuple[str, ...], int] = {}
        for tie in sorted(self.on):
            if self.held.ties[tie].cuttable:
                unit = tuple(sorted(self._sold_with(self.held.ties[tie])))
                units[unit] = units.get(unit, 0) + sum(tie in way for way, _ in self.ways)
        return sorted(units, key=lambda u: (-units[u], u))[:CUT_TIES]

    def _sold_with(self, tie: Tie) -> Iterator[str]:
        yield tie.id
        if tie.kind == Kind.INTEREST:
            for other in self.held.ties.values():
                same = (other.kind, other.holder, other.held) == (tie.kind, tie.holder, tie.held)
                if same and other.id != tie.id and other.cuttable:
                    yield other.id

    def _may_cut(self, ties: Collection[str], *, to_zero: bool) -> bool:
        """False where the paths that are left are enough already: J is at least their union."""
        gone, left = set(ties), 0
        for way, worlds in self.ways:
            if not way & gone:
                left |= worlds
        return self._falls(self.question.worlds.share(left), to_zero=to_zero)

    def _falls(self, share: float, *, to_zero: bool) -> bool:
        return share == 0 if to_zero else not reaches(share, self.target.threshold)

    def _left(self, ties: Iterable[str]) -> float:
        return self.share(Forced(false=frozenset(ties)))

    def _leasts(self, ties: tuple[str, ...], known: Sequence[Cut], *, to_zero: bool) -> list[Cut]:
        """Give the least sets within ties that cut together: of a holding the votes, the shares, or both.

        Each is tried by itself: to sell one holding's votes too may leave another holder in control.
        """
        found: list[Cut] = []
        for size in range(1, len(ties) + 1):
            for some in combinations(ties, size):
                if any(set(c.ties) <= set(some) for c in (*known, *found)):
                    continue
                left = self._left(some)
                if self._falls(left, to_zero=to_zero):
                    found.append(Cut(some, left, self.then(Forced(false=frozenset(some)))))
        return found

    def gains(self) -> list[Gain]:
        """Rank uncertain ties by 2·p·(1−p)·|P(reach, tie true) − P(reach, tie false)|, largest first.

        The tie is forced, not conditioned upon: conditioning would credit whatever shares an origin with it. Whether a
        safeguard on the way is in force is a tie too, and may be what is best found out.
        """
        asked = self.on | {s.tie for s in self.held.safeguards if set(s.cuts) & self.on and s.tie in self.held.ties}
        found = []
        for tie in sorted(asked):
            p = self.question.worlds.share(self.held.own[tie])
            if 0 < p < 1:
                so = self.share(Forced(true=frozenset({tie})))
                not_so = self.share(Forced(false=frozenset({tie})))
                gain = 2 * p * (1 - p) * abs(so - not_so)
                if gain > 0:
                    found.append(Gain(tie, p, gain))
        return sorted(found, key=lambda g: (-g.gain, g.tie))

    def breaking(self) -> list[tuple[str, float]]:
        """Give the origins without which J falls below the threshold, with what is left."""
        origins = {a.origin for t in self.on for a, _ in self.held.draws.spoken.get(t, ())}
        lefts = [(origin, self.share(Forced(struck=frozenset({origin})))) for origin in sorted(origins)]
        return [(origin, left) for origin, left in lefts if not reaches(left, self.target.threshold)]
