"""An oracle: section 4 of the design for one world at a time, with sets of names, written without the kernel.

Every tie is true or false, every share a number; all outcomes of the draws are gone through and weighted by exact
fractions. Slow, and plain enough to be checked by reading.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from fractions import Fraction
from functools import wraps
from itertools import product
from typing import Any

from reach_cases import ALL, SURE, Case

from longarm.model.terms import WHOLE
from longarm.model.ties import Assertion, Tie

LEVELS = ("control", "compel", "influence")
DATED = ("stale", "unclear date")


def once(method: Callable[..., Any]) -> Callable[..., Any]:
    """Keep what a world has answered."""

    @wraps(method)
    def kept(self: World, *asked: Any) -> Any:
        key = (method.__name__, *asked)
        if key not in self.kept:
            self.kept[key] = method(self, *asked)
        return self.kept[key]

    return kept


class World:
    """One world of a case: `u` gives each draw, in thousandths, below which it is true."""

    def __init__(self, case: Case, u: Mapping[str, int], bound: str, reading: str, capability: str) -> None:
        self.case, self.u, self.bound, self.reading, self.capability = case, u, bound, reading, capability
        self.kept: dict[tuple[Any, ...], Any] = {}
        self.interests: dict[str, dict[str, list[Tie]]] = {}
        for t in case.ties.values():
            if t.kind == "interest":
                self.interests.setdefault(t.held, {}).setdefault(t.holder, []).append(t)
        self.said: dict[str, list[Assertion]] = {t: [] for t in case.ties}
        for a in case.assertions:
            self.said[a.tie].append(a)
        self.node = f"state:{case.state}"
        gone = set()
        for s in case.safeguards:
            turned = {"lower": "upper", "upper": "lower", "graded": "graded"}[bound]
            works = self.below(f"works\x1f{s.id}", s.effectiveness)
            if s.state == "in force" and capability in s.capabilities and works and self.holds(s.tie, turned):
                gone |= set(s.cuts)
        self.gone = gone
        standing = {t for t in case.ties if t not in gone and self.holds(t, bound)}
        self.true = {t for t in standing if self.needs_met(case.ties[t], standing)}

    def below(self, key: str, thousandths: int | None) -> bool:
        return thousandths is None or thousandths >= 1000 or (thousandths > 0 and self.u[key] <= thousandths)

    def right(self, a: Assertion) -> bool:
        """Sound and right; true where it cannot be judged."""
        if a.certainty != "graded" and a.certainty not in DATED:
            return True
        return self.below(a.origin, SURE.of_letter(a.letter)) and self.below(a.key, SURE.of_digit(a.digit))

    @once
    def holds(self, tie_id: str, bound: str) -> bool:
        tie = self.case.ties[tie_id]
        if tie.opens == "wide" and self.reading == "narrow":
            return False
        if tie.upper_only and bound != "upper":
            return False
        if not self.said[tie_id]:
            return True
        sides: dict[str, set[str]] = {"asserted": set(), "denied": set()}
        for a in self.said[tie_id]:
            taken_as_true = "upper" if a.stance == "asserted" else "lower"
            if self.right(a) and (a.certainty == "graded" or bound == taken_as_true):
                sides[a.stance].add(a.origin)
        return len(sides["asserted"]) > len(sides["denied"])

    def needs_met(self, tie: Tie, standing: set[str]) -> bool:
        return not tie.requires or any(all(n in standing for n in some) for some in tie.requires)

    # --- votes ---------------------------------------------------------------------------------------------------

    @once
    def figure(self, tie_id: str, end: str) -> int:
        """The share that a tie gives where it holds: the least or most that what is said allows."""
        given = [a for a in self.said[tie_id] if a.stance == "asserted" and a.share_lo is not None and self.right(a)]
        judged = [a.share_lo for a in given if a.certainty == "graded"]
        if end == "graded":
            return min(judged, default=0)
        if end == "upper":
            return max((a.share_hi for a in given), default=WHOLE)
        if self.holds(tie_id, "graded") and not judged:
            return 0
        return min((a.share_lo for a in given), default=0)

    @once
    def votes(self, holder: str, company: str) -> int:
        """Votes where they are known, none where a safeguard took them, else shares; in doubt, least or most."""
        by_class = {t.cls: t for t in self.interests[company][holder]}
        voted, owned = by_class.get("votes"), by_class.get("shares")
        shares = self.figure(owned.id, self.bound) if owned and owned.id in self.true else 0
        if voted is None:
            return shares
        votes = 0 if voted.id in self.gone else self.figure(voted.id, self.bound)
        sure, may = self.holds(voted.id, "lower"), self.holds(voted.id, "upper")
        if self.bound == "graded":
            return votes if self.holds(voted.id, "graded") else shares
        options = ([votes] if may else []) + ([] if sure else [shares])
        return min(options) if self.bound == "lower" else max(options)

    @once
    def silent(self, holder: str, company: str, votes: int, mine: bool) -> int:
        """How many of a holder's votes count for nobody."""
        if holder == company:
            return votes
        for t in self.case.ties.values():
            if (t.kind, t.holder, t.held, t.cls) == (
                "interest",
                holder,
                company,
                "suspended",
            ) and t.id not in self.gone:
                end = self.bound
                if mine:  # for whom reach is counted, a suspension takes it away
                    end = {"lower": "upper", "upper": "lower", "graded": "graded"}[end]
                return min(self.figure(t.id, end), votes) if self.holds(t.id, end) else 0
        return 0

    def together(self, company: str, group: set[str], least: int | None) -> bool:
        """More than half of the votes that count, or at least `least` of them."""
        cast, whole = 0, WHOLE
        for holder in self.interests.get(company, {}):
            votes = self.votes(holder, company)
            quiet = self.silent(holder, company, votes, holder in group)
            whole -= quiet
            cast += votes - quiet if holder in group else 0
        return cast > 0 and (2 * cast > whole if least is None else cast * WHOLE >= least * whole)

    def controlled(self, start: Iterable[str]) -> set[str]:
        group = set(start)
        companies = set(self.interests) | {t.held for t in self.of("control")}
        while True:
            more = {
                c
                for c in companies - group
                if self.together(c, group, None) or any(t.holder in group for t in self.of("control", held=c))
            }
            if not more:
                return group
            group |= more

    def of(self, kind: str, holder: str | None = None, held: str | None = None) -> list[Tie]:
        return [t for t in self.of_kind(kind) if holder in (None, t.holder) and held in (None, t.held)]

    @once
    def of_kind(self, kind: str) -> list[Tie]:
        return [t for t in (self.case.ties[i] for i in sorted(self.true)) if t.kind == kind]

    # --- power, means, where they meet ---------------------------------------------------------------------------

    def passing(self, kind: str) -> list[Tie]:
        return [t for t in self.of(kind, holder=self.node) if not t.gives or self.capability in t.gives]

    def power(self) -> dict[str, set[str]]:
        control = self.controlled(t.held for t in self.passing("organ"))
        bound = control | {t.held for t in self.passing("duty")}
        parents = self.controlled(control | {t.held for t in self.passing("duty-parent")})
        open_staff = {(t.held, t.cls) for t in self.passing("duty-staff")}
        employers = {e for e, _ in open_staff if e in bound}
        employers |= self.controlled(t.held for t in self.passing("duty-parent") if (t.held, t.cls) in open_staff)
        compel = bound | parents | {t.held for t in self.of("staff") if t.holder in employers}
        hop = set(parents)
        if self.capability == "shape":
            hop |= {c for c in self.interests if self.together(c, parents, self.case.influence_from)}
        for t in self.of("influence"):
            acting = compel if t.cls in ("sole supplier", "creditor") else parents
            if self.capability in t.gives and t.holder in acting:
                hop.add(t.held)
        return {"control": control, "compel": compel, "influence": compel | self.controlled(hop)}

    def at(self, part: str) -> set[str]:
        return {t.held for t in self.passing("duty-at") if t.at == part}

    def means(self, part: str, seen: frozenset[str] = frozenset()) -> set[str]:
        found = {t.holder for t in self.of("access", held=part) if self.capability in t.gives}
        links = self.of("processes", held=part) + (self.of("contains", held=part) if self.capability == "stop" else [])
        for link in links:
            if link.holder not in seen | {part}:
                found |= self.means(link.holder, seen | {part})
        return found


def outcome(case: Case, u: Mapping[str, int], bound: str) -> dict[tuple[str, ...], bool]:
    """Give what meets in one world: (bound, reading, capability, part, what, level) → whether."""
    found: dict[tuple[str, ...], bool] = {}
    worlds = {(r, c): World(case, u, bound, r, c) for r in ("narrow", "wide") for c in ALL}
    power = {k: w.power() for k, w in worlds.items()}
    for (reading, capability), world in worlds.items():
        over = power[reading, capability]
        home = world.controlled(t.held for kind in ("organ", "registered", "seated") for t in world.passing(kind))
        owned = {level: world.controlled(over[level]) for level in LEVELS}
        for part in case.parts:
            means, at = world.means(part), world.at(part)
            access = {t.holder for t in world.of("access", held=part)}
            wide = set().union(*(power["wide", c]["influence"] | worlds["wide", c].at(part) for c in ALL))
            j = {level: bool(means & (over[level] | (at if level != "control" else set()))) for level in LEVELS}
            key = (bound, reading, capability, part)
            for level in LEVELS:
                reached = owned[level] | (at if level != "control" else set())
                found[*key, "joint", level] = j[level]
                found[*key, "power", level] = j[level] or bool(access & reached)
            found[*key, "means", ""] = j["influence"] or bool(means & (home | wide))
    return found


def exact(case: Case, cuts: Mapping[str, set[int]]) -> dict[tuple[str, ...], Fraction]:
    """Go through every outcome of the draws, and add up the weight of those in which something meets."""
    keys = sorted(cuts)
    edges = [sorted({0, 1000, *cuts[k]}) for k in keys]
    total: dict[tuple[str, ...], Fraction] = {}
    for cell in product(*(range(1, len(e)) for e in edges)):
        weight = Fraction(1)
        for e, i in zip(edges, cell, strict=True):
            weight *= Fraction(e[i] - e[i - 1], 1000)
        u = {k: e[i] for k, e, i in zip(keys, edges, cell, strict=True)}
        for bound in ("lower", "graded", "upper"):
            for key, so in outcome(case, u, bound).items():
                total[key] = total.get(key, Fraction(0)) + (weight if so else 0)
    return total
