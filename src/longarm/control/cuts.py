"""What carries control, and what cuts it: minimal path sets, minimal cut sets, and the smallest sale.

A path set is a set of holdings that suffices by itself; a cut set is one without which control ends (Barlow and
Proschan, *Statistical Theory of Reliability*, 1975, ch. 1). Both are found together from a yes-or-no test alone
(Fredman and Khachiyan, 1996; Gunopulos et al., 2003), so that joint majorities, contracts and plain reachability
take the same code. Holdings of one holder in one entity are one element, named `A>B`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from itertools import combinations

from longarm.control.holdings import Holdings, live
from longarm.control.integrated import downstream
from longarm.control.majority import MAJORITY, Rule, Tally, closure
from longarm.errors import OptionError
from longarm.model.terms import WHOLE

Labels = frozenset[str]
Test = Callable[[Holdings], bool]

MOST_SETS = 5_000
_MOST_LOST = 16


@dataclass(frozen=True)
class Structure:
    """All minimal path sets and cut sets, each sorted, the smaller first."""

    paths: tuple[tuple[str, ...], ...]
    cuts: tuple[tuple[str, ...], ...]


def between(holdings: Holdings, root: str, target: str) -> Holdings:
    """Give the holdings that lie on some way from the root to the target."""
    below = downstream(holdings, root)
    above, todo = {target}, [target]
    while todo:
        for h in holdings.into.get(todo.pop(), ()):
            if h.owner not in above:
                above.add(h.owner)
                todo.append(h.owner)
    inside = below & above
    rows = tuple(h for h in holdings.rows if h.owner in inside and h.owned in inside and h.owned != root)
    return Holdings(tuple(h for h in rows if h.owner != target), holdings.warnings)


def control_structure(holdings: Holdings, root: str, target: str, rule: Rule = MAJORITY) -> Structure:
    """Give what carries and what cuts the root's control of the target.

    Votes that are suspended stay so: they are on no way, and still leave fewer votes to be cast.
    """
    way = between(holdings, root, target).rows
    carrying = frozenset(h.label for h in way if live(h, "lo") or h.controls or h.nature.lends_voice)
    silent = tuple(h for h in holdings.rows if (h.suspended or h.is_own) and h.label not in carrying)
    kept = Holdings(tuple(h for h in way if h.label in carrying) + silent)
    return structure(kept, carrying, lambda left: target in closure(left, [root], rule))


def reach_structure(holdings: Holdings, root: str, target: str) -> Structure:
    """Give what carries and what cuts any connection, whatever its size."""
    way = between(holdings, root, target)
    return structure(way, frozenset(h.label for h in way.rows), lambda left: target in downstream(left, root))


def structure(holdings: Holdings, labels: Labels, test: Test) -> Structure:
    """Find all minimal path and cut sets among `labels`, for a test that more holdings never make false."""
    if not test(holdings):
        return Structure((), ())
    paths: list[Labels] = []
    cuts: list[Labels] = [frozenset()]
    tested: set[Labels] = set()
    while (cut := next((c for c in cuts if c not in tested), None)) is not None:
        if not test(holdings.without(cut)):
            tested.add(cut)
            continue
        paths.append(_shrink(holdings, labels, labels - cut, test))
        cuts = _cross(cuts, paths[-1])
        if len(paths) > MOST_SETS or len(cuts) > MOST_SETS:
            raise OptionError(f"there are more than {MOST_SETS} minimal path or cut sets; name a nearer target")
    return Structure(_sorted(paths), _sorted(cuts))


def _shrink(holdings: Holdings, labels: Labels, enough: Labels, test: Test) -> Labels:
    for label in sorted(enough):
        if test(holdings.without(labels - (enough - {label}))):
            enough -= {label}
    return enough


def _cross(cuts: list[Labels], path: Labels) -> list[Labels]:
    """Give the minimal sets that meet all former paths and this one (Berge, 1989)."""
    kept = [cut for cut in cuts if cut & path]
    grown = {cut | {label} for cut in cuts if not cut & path for label in path}
    fresh = [cut for cut in grown if not any(other <= cut for other in kept)]
    fresh = [cut for cut in fresh if not any(other < cut for other in fresh)]
    return sorted([*kept, *fresh], key=lambda cut: (len(cut), sorted(cut)))


def _sorted(sets: Iterable[Labels]) -> tuple[tuple[str, ...], ...]:
    return tuple(sorted((tuple(sorted(one)) for one in sets), key=lambda one: (len(one), one)))


def smallest_sale(holdings: Holdings, root: str, target: str, rule: Rule = MAJORITY) -> int | None:
    """Give the least votes, in parts per 10⁹ summed over companies, whose sale to others ends the control.

    A sale lets some entities on the way go and keeps the others: for each that is let go, the votes of those that
    are kept must fall to where the rule no longer passes. None where no sale of votes ends it (a contract holds).
    """
    inside = closure(holdings, [root], rule)
    if target not in inside:
        return 0
    held = between(holdings, root, target)
    middle = sorted((inside - {target}) & set(held.into))
    if len(middle) > _MOST_LOST:
        raise OptionError(
            f"{len(middle)} controlled entities lie between '{root}' and '{target}': name a nearer target"
        )
    best: int | None = None
    for size in range(len(middle) + 1):
        for some in combinations(middle, size):
            cost = _cost(holdings, {root, *inside} - {target, *some}, {target, *some}, rule)
            if cost is not None and (best is None or cost < best):
                best = cost
    return best


def _cost(holdings: Holdings, kept: set[str], lost: set[str], rule: Rule) -> int | None:
    total = 0
    for name in sorted(lost):
        group = [h for h in holdings.into.get(name, ()) if h.owner in kept]
        if any(h.controls for h in group):
            return None
        cast = Tally(holdings, "lo").cast(name)
        limit = rule.threshold * cast // WHOLE
        allowed = limit if not rule.passes(limit, cast) else limit - 1
        total += max(0, sum(live(h, "lo") for h in group) - allowed)
    return total
