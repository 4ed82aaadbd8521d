"""Paths: the minimal sets of ties that carry a finding, each with the worlds in which all of it holds (design 4.5).

A majority that several hold together is one step with several ties, so a path is a set of ties that reads in order
from the state to the part. It holds where all its ties hold and every step of several has enough votes, so the union
over all paths is J. The search walks backwards from the part and never through the same entity twice, so cycles of
ownership end it. It keeps at most `LIMIT` ways an entity, and says so when it stopped there.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import combinations, islice, product

from longarm.model.roles import right, rights
from longarm.model.terms import LEVELS, Capability, Level
from longarm.model.ties import Kind, Tie, state_node
from longarm.reach.power import Web, staff_of_parents
from longarm.reach.stakes import MAJORITY, Stake

LIMIT = 128
"""Ways kept an entity."""
COALITION = 6
"""Holders of one company that are looked at together."""

Ways = dict[frozenset[str], int]
"""Sets of ties → the worlds in which they carry."""
_WaysOf = Callable[[str, frozenset[str]], Ways]


@dataclass(frozen=True)
class Path:
    """One minimal way, from the state to the part."""

    ties: tuple[str, ...]
    """in reading order"""
    worlds: int
    level: Level | None
    """None for means without power"""
    entity: str
    """in which power and means meet"""


@dataclass(frozen=True)
class Paths:
    """The paths of a finding, strongest first."""

    paths: tuple[Path, ...]
    is_complete: bool
    """False where the search stopped at its limit"""


def minimal(ways: Mapping[frozenset[str], int]) -> Iterator[tuple[frozenset[str], int]]:
    """Give the ways that hold somewhere and that no smaller way replaces wherever they hold, the smallest first."""
    kept: list[tuple[frozenset[str], int]] = []
    for way in sorted(ways, key=lambda w: (len(w), sorted(w))):
        worlds = ways[way]
        if worlds and not any(k <= way and not worlds & ~m for k, m in kept):
            kept.append((way, worlds))
            yield way, worlds


class Search:
    """Ways to power over an entity and to means at a part, for one state and the capability of a web."""

    def __init__(self, web: Web, state: str, influence_from: int) -> None:
        self.web = web
        self.state = state
        self.node = state_node(state)
        self.influence_from = influence_from
        self.is_complete = True

    def paths(self, part: str, levels: Iterable[Level]) -> Paths:
        """Give the minimal paths to a part on which the power is of one of these levels."""
        found = _Found()
        for holder, access in self._means(part):
            for level in levels:
                found.add(_both(self.power(holder, level, part), access), level, holder)
        return self._ranked(found)

    def means_of(self, part: str, wide: Iterable[Web] = ()) -> Paths:
        """Give the ways by which entities that are tied to the state have means at a part.

        `wide` gives the ties of the wide reading for every capability: who is under a power there is tied to the state.
        """
        found = _Found()
        others = [Search(web, self.state, self.influence_from) for web in wide]
        for holder, access in self._means(part):
            found.add(_both(self._belongs(holder, frozenset()), access), None, holder)
            for other in others:
                for level in LEVELS:
                    found.add(_both(other.power(holder, level, part), access), None, holder)
        self.is_complete &= all(other.is_complete for other in others)
        return self._ranked(found)

    def power_at(self, part: str, levels: Iterable[Level] = LEVELS) -> Paths:
        """Give the ways by which the state has power over whoever has an access at a part, or the majority in it."""
        found = _Found()
        for tie in self.web.into[Kind.ACCESS].get(part, ()):
            access = {frozenset({tie.id}): self.web.mask(tie)}
            for level in levels:
                found.add(_both(self.power(tie.holder, level, part), access), level, tie.holder)
                found.add(_both(self._majority_of(tie.holder, level, frozenset()), access), level, tie.holder)
        return self._ranked(found)

    def power(self, entity: str, level: Level, part: str | None = None) -> Ways:
        """Give the minimal ways to power over an entity, of the means that this level adds."""
        if level == Level.CONTROL:
            return self._control(entity, frozenset())
        at: Ways = {}
        if part is not None:
            ties = self.web.into[Kind.DUTY_AT].get(entity, ())
            at = self._each(t for t in ties if t.holder == self.node and t.at == part)
        if level == Level.COMPEL:
            return self._cap(
                self._bound(entity, Kind.DUTY), self._parents(entity, frozenset()), self._staffed(entity), at
            )
        return self._cap(self._influenced(entity, frozenset()), at)

    # Each of these mirrors one line of `power`: what is a union of sets of worlds there is a union of ways here.

    def _control(self, entity: str, seen: frozenset[str]) -> Ways:
        return self._cap(self._bound(entity, Kind.ORGAN), self._owned(entity, seen, self._control))

    def _parents(self, entity: str, seen: frozenset[str]) -> Ways:
        bound = self._bound(entity, Kind.ORGAN), self._bound(entity, Kind.DUTY_PARENT)
        return self._cap(*bound, self._owned(entity, seen, self._parents))

    def _staffed(self, person: str) -> Ways:
        found = []
        for tie in self.web.into[Kind.STAFF].get(person, ()):
            opening = self._bound(tie.holder, Kind.DUTY_STAFF)
            bound = self._cap(self._bound(tie.holder, Kind.DUTY), self._control(tie.holder, frozenset()))
            through = self._staff_of_parents(tie.holder, frozenset())
            found.append(_both(self._cap(_both(opening, bound), through), {frozenset({tie.id}): self.web.mask(tie)}))
        return self._cap(*found)

    def _staff_of_parents(self, entity: str, seen: frozenset[str]) -> Ways:
        opened: Ways = {}
        if entity in staff_of_parents(self.web, self.node):
            parents = self._ties(entity, Kind.DUTY_PARENT)
            for staff in self._ties(entity, Kind.DUTY_STAFF):
                same = [t for t in parents if t.cls == staff.cls]
                opened = self._cap(opened, _both(self._each(same), self._each([staff])))
        return self._cap(opened, self._owned(entity, seen, self._staff_of_parents))

    def _influenced(self, entity: str, seen: frozenset[str]) -> Ways:
        """One influence hop, here or further up."""
        if entity in seen:
            return {}
        found: list[Ways] = []
        if self.web.capability in rights()["minority interest"].gives:
            found.append(self._together(entity, seen, self._parents, self.influence_from))
        for tie in self.web.into[Kind.INFLUENCE].get(entity, ()):
            row = right(tie.cls)
            if self.web.passes(tie):
                dealing = row is not None and row.through == "dealing"
                by = self.power(tie.holder, Level.COMPEL) if dealing else self._parents(tie.holder, seen | {entity})
                found.append(_both(by, {frozenset({tie.id}): self.web.mask(tie)}))
        return self._cap(*found, self._owned(entity, seen, self._either))

    def _either(self, entity: str, seen: frozenset[str]) -> Ways:
        return self._cap(self._parents(entity, seen), self._influenced(entity, seen))

    def _belongs(self, entity: str, seen: frozenset[str]) -> Ways:
        home = [self._bound(entity, kind) for kind in (Kind.REGISTERED, Kind.SEATED, Kind.ORGAN)]
        return self._cap(*home, self._owned(entity, seen, self._belongs))

    def _majority_of(self, entity: str, level: Level, seen: frozenset[str]) -> Ways:
        def over(holder: str, passed: frozenset[str]) -> Ways:
            better = [self.power(holder, one) for one in LEVELS[: LEVELS.index(level) + 1]]
            return self._cap(*better, self._majority_of(holder, level, passed))

        return self._owned(entity, seen, over)

    def _owned(self, entity: str, seen: frozenset[str], ways_of: _WaysOf) -> Ways:
        """Direct control, or a majority, by whoever has ways of its own."""
        if entity in seen:
            return {}
        found = [
            _both(ways_of(tie.holder, seen | {entity}), {frozenset({tie.id}): self.web.mask(tie)})
            for tie in self.web.into[Kind.CONTROL].get(entity, ())
        ]
        return self._cap(*found, self._together(entity, seen, ways_of, MAJORITY))

    def _together(self, entity: str, seen: frozenset[str], ways_of: _WaysOf, least: int) -> Ways:
        """Sets of holders that together have at least `least` somewhere, none of them idle there."""
        holders: list[tuple[Stake, Ways]] = []
        votes = self.web.votes(entity)
        for stake in votes.stakes:
            if stake.worlds and stake.holder not in seen and stake.holder != entity:
                ways = ways_of(stake.holder, seen | {entity})
                if ways:
                    holders.append((stake, ways))
        if len(holders) > COALITION:
            holders.sort(key=lambda h: (-max(share for share, _ in h[0].pieces), h[0].tie))
            self.is_complete = False
            holders = holders[:COALITION]
        found: list[Ways] = []
        for size in range(1, len(holders) + 1):
            for group in combinations(holders, size):
                stakes = [h[0] for h in group]
                enough = self._enough(entity, stakes, least)
                fewer = 0
                for left_out in stakes if size > 1 else ():
                    fewer |= self._enough(entity, [s for s in stakes if s is not left_out], least)
                if not enough & ~fewer:
                    continue
                step = {frozenset(s.tie for s in stakes): enough}
                together = product(*(h[1].items() for h in group))
                for several in islice(together, LIMIT):
                    found.append(step)
                    for way in several:
                        found[-1] = _both(found[-1], dict([way]))
                self.is_complete &= next(together, None) is None
        return self._cap(*found)

    def _enough(self, company: str, stakes: Iterable[Stake], least: int) -> int:
        """Give the worlds in which all these stakes are there and together enough."""
        present: dict[str, int] = {}
        everywhere = self.web.held.worlds.all
        for stake in stakes:
            if stake.holder in present:  # one holder, by votes in some worlds and by shares in others
                return 0
            present[stake.holder] = stake.worlds
            everywhere &= stake.worlds
        return self.web.votes(company).enough(present, least) & everywhere

    def _bound(self, entity: str, kind: str) -> Ways:
        return self._each(self._ties(entity, kind))

    def _ties(self, entity: str, kind: str) -> list[Tie]:
        return [t for t in self.web.into[kind].get(entity, ()) if t.holder == self.node]

    def _each(self, ties: Iterable[Tie]) -> Ways:
        """Each tie that gives the capability, with each of the alternatives that it rests on."""
        found: Ways = {}
        for tie in ties:
            if not self.web.passes(tie):
                continue
            for alternative in tie.requires or ((),):
                worlds = self.web.mask(tie)
                for needed in alternative:
                    worlds &= self.web.live.get(needed, 0)
                way = frozenset({tie.id, *alternative})
                found[way] = found.get(way, 0) | worlds
        return found

    def _means(self, part: str) -> Iterator[tuple[str, Ways]]:
        """Who has means at a part, and by which access and which inner links."""
        by_holder: dict[str, list[Ways]] = {}
        for holder, way, worlds in self._reaching(part, frozenset()):
            by_holder.setdefault(holder, []).append({way: worlds})
        for holder, several in sorted(by_holder.items()):
            yield holder, self._cap(*several)

    def _reaching(self, part: str, seen: frozenset[str]) -> Iterator[tuple[str, frozenset[str], int]]:
        if part in seen:
            return
        for tie in self.web.into[Kind.ACCESS].get(part, ()):
            if self.web.capability in tie.gives:
                yield tie.holder, frozenset({tie.id}), self.web.mask(tie)
        links = list(self.web.into[Kind.PROCESSES].get(part, ()))
        if self.web.capability == Capability.STOP:
            links += self.web.into[Kind.CONTAINS].get(part, ())
        for link in links:
            for holder, way, worlds in self._reaching(link.holder, seen | {part}):
                yield holder, way | {link.id}, worlds & self.web.mask(link)

    def _cap(self, *several: Ways) -> Ways:
        ways = minimal(_united(several))
        kept = dict(islice(ways, LIMIT))
        self.is_complete &= next(ways, None) is None
        return kept

    def _ranked(self, found: _Found) -> Paths:
        order = [*LEVELS, None]
        ranked: list[Path] = []
        kept: list[tuple[frozenset[str], int]] = []
        for way, level in sorted(found.ways, key=lambda w: (len(w[0]), order.index(w[1]), sorted(w[0]))):
            worlds = found.ways[way, level]
            if not any(k <= way and not worlds & ~m for k, m in kept):
                kept.append((way, worlds))
                ranked.append(Path(self._in_order(way), worlds, level, found.entities[way, level]))
        share = self.web.held.worlds.share
        ranked.sort(key=lambda p: (-share(p.worlds), order.index(p.level), len(p.ties), p.ties))
        return Paths(tuple(ranked), self.is_complete)

    def _in_order(self, way: frozenset[str]) -> tuple[str, ...]:
        """Order the ties as they are read: from the state outward, facts beside the duty that needs them."""
        left = {tie: self.web.held.ties[tie] for tie in way}
        reached, ordered = {self.node}, []
        while left:
            ready = [t for t in left.values() if t.holder in reached and t.kind != Kind.FACT]
            facts = [t for t in left.values() if t.kind == Kind.FACT and t.holder in reached]
            pick = min(facts or ready or list(left.values()), key=lambda t: (_ORDER.get(t.kind, 5), t.id))
            ordered.append(pick.id)
            reached.add(pick.held)
            del left[pick.id]
        return tuple(ordered)


class _Found:
    """Ways to one part, by the level of their power."""

    def __init__(self) -> None:
        self.ways: dict[tuple[frozenset[str], Level | None], int] = {}
        self.entities: dict[tuple[frozenset[str], Level | None], str] = {}

    def add(self, ways: Ways, level: Level | None, entity: str) -> None:
        for way, worlds in ways.items():
            self.ways[way, level] = self.ways.get((way, level), 0) | worlds
            self.entities.setdefault((way, level), entity)


def _united(several: Iterable[Ways]) -> Ways:
    found: Ways = {}
    for ways in several:
        for way, worlds in ways.items():
            found[way] = found.get(way, 0) | worlds
    return found


def _both(first: Ways, second: Ways) -> Ways:
    """Give every way of the one joined with every way of the other, where they hold together."""
    found: Ways = {}
    for a, m in first.items():
        for b, n in second.items():
            if m & n:
                found[a | b] = found.get(a | b, 0) | (m & n)
    return found


_ORDER = {
    Kind.ORGAN: 0,
    Kind.REGISTERED: 1,
    Kind.SEATED: 1,
    Kind.DUTY: 2,
    Kind.DUTY_PARENT: 2,
    Kind.DUTY_STAFF: 2,
    Kind.DUTY_AT: 2,
    Kind.FACT: 3,
    Kind.ACCESS: 6,
}
