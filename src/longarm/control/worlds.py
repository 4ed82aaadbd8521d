"""How probable control is when holdings rest on origins that may be wrong: every world, enumerated exactly.

Holdings that rest on one origin stand and fall together, so the worlds are those of the origins, not of the holdings
(Dalvi and Suciu, *Communications of the ACM* 52 (2009); design 4.1). Two origins of one holding are one tie.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from fractions import Fraction
from itertools import product

from longarm.control.holdings import Holding, Holdings
from longarm.control.majority import MAJORITY, Rule, closure
from longarm.errors import OptionError

MOST_ORIGINS = 16


def chances(rows: Sequence[Holding], origins: Mapping[str, Fraction]) -> list[tuple[str | None, Fraction]]:
    """Give for each row the origin that it rests on and how probable that is; None and 1 where it is certain."""
    named = dict(origins)
    for row in rows:
        if row.origin and row.chance is not None:
            named.setdefault(row.origin, Fraction(row.chance))
    found: list[tuple[str | None, Fraction]] = []
    for row in rows:
        if row.origin:
            found.append((row.origin, named.get(row.origin, Fraction(1))))
        elif row.chance is not None:
            found.append((f"row {row.row}", Fraction(row.chance)))
        else:
            found.append((None, Fraction(1)))
    return found


def probability(
    rows: Iterable[Holding], origins: Mapping[str, Fraction], root: str, target: str, rule: Rule = MAJORITY
) -> Fraction:
    """Give the share of worlds in which the root controls the target."""
    kept = tuple(rows)
    return _enumerate(kept, chances(kept, origins), root, target, rule)


def if_independent(
    rows: Iterable[Holding], origins: Mapping[str, Fraction], root: str, target: str, rule: Rule = MAJORITY
) -> Fraction:
    """Give the wrong answer that takes every holding as a witness of its own, for comparison."""
    kept = tuple(rows)
    apart = [(f"row {at}" if key else None, p) for at, (key, p) in enumerate(chances(kept, origins))]
    return _enumerate(kept, apart, root, target, rule)


def _enumerate(
    rows: tuple[Holding, ...], drawn: list[tuple[str | None, Fraction]], root: str, target: str, rule: Rule
) -> Fraction:
    uncertain = sorted({key: p for key, p in drawn if key and p < 1}.items())
    if len(uncertain) > MOST_ORIGINS:
        raise OptionError(f"{len(uncertain)} uncertain origins: worlds are enumerated up to {MOST_ORIGINS}")
    total = Fraction(0)
    for holds in product((True, False), repeat=len(uncertain)):
        wrong = {key for (key, _), right in zip(uncertain, holds, strict=True) if not right}
        weight = Fraction(1)
        for (_, p), right in zip(uncertain, holds, strict=True):
            weight *= p if right else 1 - p
        if not weight:
            continue
        world = Holdings.of(row for row, (key, _) in zip(rows, drawn, strict=True) if key not in wrong)
        if target in closure(world, [root], rule):
            total += weight
    return total
