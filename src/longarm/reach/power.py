"""Power: in which worlds a state can make an entity act, by level (design 4.2).

Least fixpoints over sets of worlds. Ties are settled before, so nothing here depends on a power that is still being
computed. `control` passes through majorities held jointly and through direct control. `compel` reaches whom an article
binds, and passes to the companies of the bound only where the parent route is open. `influence` takes one influence
hop; after it, only control passes it on.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass

from longarm.model.roles import right, rights
from longarm.model.terms import Capability, Level
from longarm.model.ties import Kind, Tie, state_node
from longarm.reach.hold import Held
from longarm.reach.stakes import MAJORITY, Interests, Votes, votes_in

Sets = dict[str, int]
"""entity → worlds"""


@dataclass(frozen=True)
class Power:
    """For one state and one capability: entity → worlds, level by level; control ⊆ compel ⊆ influence."""

    control: Sets
    compel: Sets
    influence: Sets
    at: Mapping[str, Sets]
    """part → entity → worlds: duties that bind at this part only (data, keys, offering, items)"""

    def sets(self, level: Level) -> Sets:
        """Give the power at a level or a better one, without what binds at one part only."""
        return {Level.CONTROL: self.control, Level.COMPEL: self.compel, Level.INFLUENCE: self.influence}[level]

    def over(self, entity: str, level: Level, part: str | None = None) -> int:
        """Give the worlds of power over an entity at a level, at a part."""
        found = self.sets(level).get(entity, 0)
        if part is not None and level != Level.CONTROL:
            found |= self.at.get(part, {}).get(entity, 0)
        return found


class Web:
    """The ties of one bound and reading, indexed by kind and end, for one capability."""

    def __init__(self, held: Held, capability: Capability) -> None:
        self.held = held
        self.capability = capability
        self.live = held.live(capability)
        self.into: dict[str, dict[str, list[Tie]]] = defaultdict(lambda: defaultdict(list))
        self.out: dict[str, dict[str, list[Tie]]] = defaultdict(lambda: defaultdict(list))
        for tie in held.ties.values():
            if self.live[tie.id] or (tie.kind == Kind.INTEREST and held.figures[tie.id].worlds):
                self.into[tie.kind][tie.held].append(tie)
                self.out[tie.kind][tie.holder].append(tie)
        self._votes: dict[str, Votes] = {}

    def mask(self, tie: Tie) -> int:
        """Give the worlds in which a tie holds for this capability."""
        return self.live[tie.id]

    def passes(self, tie: Tie) -> bool:
        """True where the tie gives this capability."""
        return not tie.gives or self.capability in tie.gives

    def votes(self, company: str) -> Votes:
        """Give the votes in a company."""
        found = self._votes.get(company)
        if found is None:
            gone = self.held.taken.get(self.capability, {})
            among = Interests(self.live, gone, self.held.figures, self.held.bound, self.held.worlds)
            found = self._votes[company] = votes_in(company, self.into[Kind.INTEREST].get(company, ()), among)
        return found

    def controlled_by(self, seeds: Sets) -> Sets:
        """Close a set under majorities held jointly and direct control."""
        found = {e: m for e, m in seeds.items() if m}
        changed = set(found)
        while changed:
            targets = {t.held for e in changed for t in self.out[Kind.INTEREST].get(e, ())}
            targets |= {t.held for e in changed for t in self.out[Kind.CONTROL].get(e, ())}
            changed = set()
            for company in sorted(targets):
                reached = found.get(company, 0) | self.votes(company).enough(found, MAJORITY)
                for tie in self.into[Kind.CONTROL].get(company, ()):
                    reached |= self.mask(tie) & found.get(tie.holder, 0)
                if reached != found.get(company, 0):
                    found[company] = reached
                    changed.add(company)
        return found


def power(web: Web, state: str, influence_from: int) -> Power:
    """Compute what a state can make whom do, for the capability of the web.

    `influence_from` is the share from which a minority interest counts, in parts per 10⁹.
    """
    node = state_node(state)
    control = web.controlled_by(_from(web, Kind.ORGAN, node))
    bound = _merge(control, _from(web, Kind.DUTY, node))
    parents = web.controlled_by(_merge(control, _from(web, Kind.DUTY_PARENT, node)))
    compel = _merge(bound, parents, _staff(web, node, bound))
    influence = _merge(compel, _influence(web, parents, compel, influence_from))
    at: dict[str, Sets] = {}
    for tie in web.out[Kind.DUTY_AT].get(node, ()):
        if tie.at is not None and web.passes(tie):
            part = at.setdefault(tie.at, {})
            part[tie.held] = part.get(tie.held, 0) | web.mask(tie)
    return Power(control, compel, influence, at)


def _from(web: Web, kind: str, node: str) -> Sets:
    found: Sets = {}
    for tie in web.out[kind].get(node, ()):
        if web.passes(tie):
            found[tie.held] = found.get(tie.held, 0) | web.mask(tie)
    return found


def _merge(*several: Sets) -> Sets:
    found: Sets = {}
    for sets in several:
        for entity, m in sets.items():
            if m:
                found[entity] = found.get(entity, 0) | m
    return found


def _staff(web: Web, node: str, bound: Sets) -> Sets:
    """Persons posted or employed by a bound entity, where the article opens this route. Never a nationality.

    A company that an article binds through its parent has bound staff where that article opens both routes.
    """
    employers = {e: m & bound.get(e, 0) for e, m in _from(web, Kind.DUTY_STAFF, node).items()}
    employers = _merge(employers, web.controlled_by(staff_of_parents(web, node)))
    found: Sets = {}
    for employer, m in employers.items():
        for tie in web.out[Kind.STAFF].get(employer, ()):
            found[tie.held] = found.get(tie.held, 0) | (m & web.mask(tie))
    return found


def staff_of_parents(web: Web, node: str) -> Sets:
    """Give whose companies' staff an article binds: it opens the route through the parent and that to the staff."""
    parents = {(t.held, t.cls): web.mask(t) for t in web.out[Kind.DUTY_PARENT].get(node, ()) if web.passes(t)}
    found: Sets = {}
    for tie in web.out[Kind.DUTY_STAFF].get(node, ()):
        both = parents.get((tie.held, tie.cls), 0) & web.mask(tie)
        if both and web.passes(tie):
            found[tie.held] = found.get(tie.held, 0) | both
    return found


def _influence(web: Web, owners: Sets, actors: Sets, influence_from: int) -> Sets:
    """One influence hop from whoever the state can direct, then control from there.

    Rights of an owner (a minority, a veto, a seat) need somebody whom the state can direct as an owner; a supplier or
    creditor acts by itself, so there being bound is enough. A majority that some hold after a hop and some without one
    together counts as after a hop; nobody takes a second one.
    """
    hop: Sets = {}
    if web.capability in rights()["minority interest"].gives:
        for company in sorted({t.held for holder in owners for t in web.out[Kind.INTEREST].get(holder, ())}):
            hop[company] = web.votes(company).enough(owners, influence_from)
    for company, ties in web.into[Kind.INFLUENCE].items():
        for tie in ties:
            row = right(tie.cls)
            by = actors if row is not None and row.through == "dealing" else owners
            if web.passes(tie):
                hop[company] = hop.get(company, 0) | (web.mask(tie) & by.get(tie.holder, 0))
    return web.controlled_by(_merge(owners, hop))


def tied(web: Web, state: str, wide: Sets) -> Sets:
    """Give who belongs to a state's economy or stands under its power in the wide reading (design 4.4, M).

    Registered or seated there, or majority-held by whoever is, or by the state's own bodies.
    """
    node = state_node(state)
    home = _merge(_from(web, Kind.ORGAN, node), _from(web, Kind.REGISTERED, node), _from(web, Kind.SEATED, node))
    return _merge(web.controlled_by(home), wide)
