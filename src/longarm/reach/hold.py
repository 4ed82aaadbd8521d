"""In which worlds each tie holds, before safeguards (design 4.1).

A tie holds where more origins soundly and rightly assert it than deny it. Three calculations on the same draws: the
graded one leaves out what cannot be judged; *lower* takes every such assertion, range, stale or unclear date at the
value that gives least reach, *upper* at the one that gives most. What takes reach away, a safeguard or a suspension
of votes, is therefore taken the other way round.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property

import numpy as np

from longarm.model.grades import GradeTable
from longarm.model.terms import Bound, Capability, Reading
from longarm.model.ties import SUSPENDED, Assertion, Kind, Safeguard, Tie, Ties
from longarm.reach.stakes import Figures, figures
from longarm.reach.worlds import Worlds, pack, unpack

GRADED = "graded"
OWN_WORD = frozenset({"stale", "unclear date"})
"""Only in the bounds, but with the draws of its own grade: the source can be judged, the date cannot."""
_OPPOSITE = {Bound.LOWER: Bound.UPPER, Bound.GRADED: Bound.GRADED, Bound.UPPER: Bound.LOWER}


@dataclass(frozen=True)
class Forced:
    """What a question changes: ties set true or false everywhere, origins struck, safeguards left out."""

    true: frozenset[str] = frozenset()
    false: frozenset[str] = frozenset()
    struck: frozenset[str] = frozenset()
    gross: bool = False


@dataclass(frozen=True)
class Draws:
    """What every assertion gives: drawn once, counted under each bound."""

    worlds: Worlds
    bound: Bound
    spoken: Mapping[str, tuple[tuple[Assertion, int], ...]]
    """tie → (assertion, worlds in which it may be sound and right)"""


@dataclass(frozen=True)
class Held:
    """The ties as sets of worlds, for one bound and one reading."""

    draws: Draws
    reading: Reading
    ties: Mapping[str, Tie]
    safeguards: tuple[Safeguard, ...]
    own: Mapping[str, int]
    """tie id → worlds in which it holds by its own assertions"""
    figures: Mapping[str, Figures]
    """id of an interest → its share by worlds"""
    _live: dict[Capability, dict[str, int]] = field(default_factory=dict)

    @property
    def worlds(self) -> Worlds:
        """The worlds that all sets here are of."""
        return self.draws.worlds

    @property
    def bound(self) -> Bound:
        """Which of the three calculations this is."""
        return self.draws.bound

    def live(self, capability: Capability) -> Mapping[str, int]:
        """Give tie id → worlds in which it holds for a capability: safeguards applied, and what it rests on there."""
        found = self._live.get(capability)
        if found is None:
            gone = self.taken.get(capability, {})
            standing = {t: m & ~gone[t] if t in gone else m for t, m in self.own.items()}
            found = {t.id: _with_needs(t, standing, self.ties) for t in self.ties.values()}
            self._live[capability] = found
        return found

    def mask(self, tie: str, capability: Capability) -> int:
        """Give the worlds in which one tie holds for a capability."""
        return self.live(capability).get(tie, 0)

    @cached_property
    def taken(self) -> Mapping[str, Mapping[str, int]]:
        """Capability → tie → worlds in which a safeguard that is in force and works takes it away."""
        taken: dict[str, dict[str, int]] = {}
        for s in self.safeguards:
            works = self.own.get(s.tie, 0) & self.worlds.draw(f"works\x1f{s.id}", s.effectiveness)
            for capability in s.capabilities:
                here = taken.setdefault(capability, {})
                for cut in s.cuts:
                    here[cut] = here.get(cut, 0) | works
        return taken

    def only(self, ids: Collection[str]) -> Held:
        """Give the same, with these ties alone; their safeguards stay."""
        kept = set(ids) | {s.tie for s in self.safeguards if set(s.cuts) & set(ids)}
        return Held(
            self.draws,
            self.reading,
            {i: t for i, t in self.ties.items() if i in kept},
            tuple(s for s in self.safeguards if s.tie in kept),
            {i: m for i, m in self.own.items() if i in kept},
            {i: f for i, f in self.figures.items() if i in kept},
        )

    def forced(self, forced: Forced) -> Held:
        """Give the same with something forced; only the ties that this changes are counted again."""
        own, shares = dict(self.own), dict(self.figures)
        changed = {t for t in forced.true | forced.false if t in self.ties}
        if forced.struck:
            changed |= {t for t in self.ties if any(a.origin in forced.struck for a, _ in self._spoken(t))}
        for t in changed:
            own[t], figured = _settle(self.ties[t], self._spoken(t), self.draws, self.reading, forced)
            if figured is not None:
                shares[t] = figured
        return replace(self, own=own, figures=shares, safeguards=() if forced.gross else self.safeguards, _live={})

    def _spoken(self, tie: str) -> tuple[tuple[Assertion, int], ...]:
        return self.draws.spoken.get(tie, ())


def draws(ties: Ties, table: GradeTable) -> set[tuple[str, int]]:
    """Give every (key, thousandths) that may be asked for: what an enumeration needs to know."""
    found = set()
    for a in ties.assertions:
        for key, value in ((a.origin, table.of_letter(a.letter)), (a.key, table.of_digit(a.digit))):
            if value is not None:
                found.add((key, value))
    return found | {(f"works\x1f{s.id}", s.effectiveness) for s in ties.safeguards}


def hold(ties: Ties, worlds: Worlds, table: GradeTable, bound: Bound, reading: Reading) -> Held:
    """Settle in which worlds each tie holds under a bound and a reading."""
    spoken: dict[str, list[tuple[Assertion, int]]] = defaultdict(list)
    for a in ties.assertions:
        spoken[a.tie].append((a, _possible(a, worlds, table)))
    drawn = Draws(worlds, bound, {t: tuple(s) for t, s in spoken.items()})
    own: dict[str, int] = {}
    shares: dict[str, Figures] = {}
    by_id = ties.by_id()
    for t in by_id.values():
        own[t.id], figured = _settle(t, drawn.spoken.get(t.id, ()), drawn, reading, Forced())
        if figured is not None:
            shares[t.id] = figured
    in_force = tuple(s for s in ties.safeguards if s.state == "in force")
    return Held(drawn, reading, by_id, in_force, own, shares)


def _possible(a: Assertion, worlds: Worlds, table: GradeTable) -> int:
    """Give the worlds in which an assertion may be sound and right; all of them where nothing says how often it is."""
    if a.certainty != GRADED and a.certainty not in OWN_WORD:
        return worlds.all
    letter, digit = table.of_letter(a.letter), table.of_digit(a.digit)
    sound = worlds.all if letter is None else worlds.draw(a.origin, letter)
    right = worlds.all if digit is None else worlds.draw(a.key, digit)
    return sound & right


def _settle(
    tie: Tie, spoken: Iterable[tuple[Assertion, int]], drawn: Draws, reading: Reading, forced: Forced
) -> tuple[int, Figures | None]:
    """Give the worlds in which a tie holds and, for an interest, its share by worlds."""
    said = [(a, 0 if a.origin in forced.struck else m) for a, m in spoken]
    bound = _OPPOSITE[drawn.bound] if tie.kind == Kind.SAFEGUARD else drawn.bound

    def under(which: Bound) -> int:
        if tie.id in forced.false or (tie.opens == Reading.WIDE and reading == Reading.NARROW):
            return 0
        if tie.id in forced.true:
            return drawn.worlds.all
        if tie.upper_only and which != Bound.UPPER:
            return 0
        return _count(said, which, drawn.worlds)

    if tie.kind != Kind.INTEREST:
        return under(bound), None
    by_bound = {b: under(b) for b in Bound}
    own = by_bound[Bound.UPPER if tie.cls == SUSPENDED and bound == Bound.LOWER else bound]
    return own, figures(said, by_bound, bound, is_forced=tie.id in forced.true)


def _count(said: Collection[tuple[Assertion, int]], bound: Bound, worlds: Worlds) -> int:
    """Count origins: more for it than against it. A tie without any assertion rests on the ties that it requires."""
    if not said:
        return worlds.all
    sides: dict[str, dict[str, int]] = {"asserted": {}, "denied": {}}
    for a, m in said:
        doubted_in = Bound.UPPER if a.stance == "asserted" else Bound.LOWER
        if m and (a.certainty == GRADED or bound == doubted_in):
            side = sides[a.stance]
            side[a.origin] = side.get(a.origin, 0) | m
    asserted, denied = sides["asserted"].values(), sides["denied"].values()
    if not denied:
        held = 0
        for m in asserted:
            held |= m
        return held
    balance = np.zeros(worlds.count, dtype=np.int32)
    for m in asserted:
        balance += unpack(m, worlds.count)
    for m in denied:
        balance -= unpack(m, worlds.count)
    return pack(balance > 0)


def _with_needs(
    tie: Tie, standing: Mapping[str, int], ties: Mapping[str, Tie], seen: frozenset[str] = frozenset()
) -> int:
    """Give the worlds in which a tie stands and all of one alternative that it rests on stands too."""
    found = standing[tie.id]
    if not tie.requires or not found:
        return found
    met = 0
    for alternative in tie.requires:
        both = found
        for needed in alternative:
            known = needed in standing and needed not in seen
            both &= _with_needs(ties[needed], standing, ties, seen | {tie.id}) if known else 0
        met |= both
    return met
