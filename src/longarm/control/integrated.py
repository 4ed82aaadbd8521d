"""Integrated ownership: the economic interest along all ways, with cross-holdings corrected.

Sources: Brioschi, Buzzacchi and Colombo, *Journal of Banking & Finance* 13 (1989), for A(I−A)⁻¹; Baldone, Brioschi
and Paleari, *Rivista internazionale di scienze sociali* 106 (1998), for the correction that cuts the links into the
root; Vitali, Glattfelder and Battiston, *PLoS ONE* 6 (2011), appendix 3; Elliott, Golub and Jackson, *American
Economic Review* 104 (2014), sec. I, for the value that outside holders have in the end.
"""

from __future__ import annotations

from collections import defaultdict
from fractions import Fraction

from longarm.control.holdings import End, Holdings
from longarm.control.linear import is_singular, solve
from longarm.errors import OptionError
from longarm.model.terms import WHOLE

Values = dict[str, Fraction | None]
"""None: the ring of cross-holdings owns itself entirely, and there is no single answer."""

WAYS = 100_000
"""Ways along which a multiplied interest is summed in a graph with cycles, before it is refused."""


def columns(holdings: Holdings, end: End = "lo", cut: str | None = None) -> dict[str, dict[str, Fraction]]:
    """Give what each holder holds of each entity; nothing into, and nothing from, the one that is cut out."""
    found: dict[str, dict[str, Fraction]] = defaultdict(lambda: defaultdict(Fraction))
    for h in holdings.rows:
        part = getattr(h.owns, end)
        if part and cut not in (h.owner, h.owned):
            found[h.owned][h.owner] += Fraction(part, WHOLE)
    return {name: dict(column) for name, column in found.items()}


def direct(holdings: Holdings, root: str, end: End = "lo") -> dict[str, Fraction]:
    """Give what the root holds of others itself."""
    found: dict[str, Fraction] = defaultdict(Fraction)
    for h in holdings.out_of.get(root, ()):
        part = getattr(h.owns, end)
        if part and not h.is_own:
            found[h.owned] += Fraction(part, WHOLE)
    return dict(found)


def integrated(holdings: Holdings, root: str, end: End = "lo") -> Values:
    """Give the root's integrated ownership in everything that it reaches, the links into the root cut."""
    below = downstream(holdings, root)
    kept = Holdings(tuple(h for h in holdings.rows if h.owner in below and h.owned in below))
    values = solve(columns(kept, end, cut=root), direct(holdings, root, end))
    values.update({name: seed for name, seed in direct(holdings, root, end).items() if name not in values})
    return {name: value for name, value in sorted(values.items()) if value is None or value}


def downstream(holdings: Holdings, root: str) -> set[str]:
    """Give the root and everybody below it."""
    seen, todo = {root}, [root]
    while todo:
        for h in holdings.out_of.get(todo.pop(), ()):
            if h.owned not in seen:
                seen.add(h.owned)
                todo.append(h.owned)
    return seen


def inverse(holdings: Holdings, root: str) -> Values:
    """Give the root's row of (I − A)⁻¹, in which its own cross-holdings come back to it (Brioschi et al. 1989)."""
    return solve(columns(holdings), {root: Fraction(1)})


def uncorrected(holdings: Holdings, root: str) -> Values:
    """Give the root's row of A(I − A)⁻¹: integrated ownership before Baldone's correction."""
    values = inverse(holdings, root)
    own = values.get(root)
    if own is not None:
        values[root] = own - 1
    return values


def ultimate(holdings: Holdings, root: str) -> Values:
    """Give the value that the root's own outside holders, or the root as a person, have in the end.

    Elliott, Golub and Jackson (2014): Ĉ(I − C)⁻¹, where Ĉ is what nobody in the system holds of the root. The
    values of all roots in one entity sum to one.
    """
    outside = 1 - sum(columns(holdings).get(root, {}).values(), start=Fraction(0))
    return {name: None if v is None else outside * v for name, v in inverse(holdings, root).items()}


def multiplied(holdings: Holdings, root: str, end: End = "lo") -> dict[str, Fraction]:
    """Give the product of the shares along every way without a repeated company, summed over the ways."""
    found: dict[str, Fraction] = defaultdict(Fraction)
    below: dict[str, dict[str, Fraction]] = {}
    ways = 0
    work = [(root, Fraction(1), iter(sorted(direct(holdings, root, end).items())))]
    on_way = {root}
    while work:
        name, product, rest = work[-1]
        step = next(rest, None)
        if step is None:
            work.pop()
            on_way.discard(name)
            continue
        held, part = step
        if held in on_way:
            continue
        ways += 1
        if ways > WAYS:
            raise OptionError(f"more than {WAYS} ways lead down from '{root}'; take the integrated ownership instead")
        found[held] += product * part
        if held not in below:
            below[held] = direct(holdings, held, end)
        on_way.add(held)
        work.append((held, product * part, iter(sorted(below[held].items()))))
    return dict(sorted(found.items()))


def has_no_inverse(holdings: Holdings) -> bool:
    """Say whether some ring of companies owns itself entirely, so that (I − A) has no inverse."""
    return is_singular(columns(holdings))
