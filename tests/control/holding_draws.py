"""Random holdings for the properties of the control methods."""

from __future__ import annotations

from collections.abc import Mapping

from hypothesis import strategies as st

from longarm.control.holdings import Holding, Holdings
from longarm.model.shares import Share
from longarm.model.terms import WHOLE

NAMES = "ABCDEF"
STEP = WHOLE // 20


def holding(owner: str, owned: str, lo: int, hi: int | None = None, kind: str = "shares", row: int = 0) -> Holding:
    """Give one holding in parts per 10⁹."""
    return Holding(owner, owned, kind, Share(lo, lo if hi is None else hi), row=row)


def of(*ties: tuple[str, str, float]) -> Holdings:
    """Give holdings from (owner, owned, per cent)."""
    rows = (holding(a, b, round(p * WHOLE / 100), row=at) for at, (a, b, p) in enumerate(ties, 1))
    return Holdings.of(rows)


@st.composite
def rows(draw: st.DrawFn, names: str = NAMES, acyclic: bool = False, ranged: bool = False) -> list[Holding]:
    """Draw holdings in which no company is held over 100 %, in steps of 5 %."""
    found = []
    for at, owned in enumerate(names):
        owners = list(names[:at]) if acyclic else [n for n in names if n != owned]
        left = 20
        for owner in draw(st.lists(st.sampled_from(owners), unique=True, max_size=3)) if owners else []:
            part = draw(st.integers(0, left))
            if part:
                left -= part
                more = draw(st.integers(0, 20 - part)) if ranged else 0
                found.append(holding(owner, owned, part * STEP, (part + more) * STEP, row=len(found) + 1))
    return found


def matrix(holdings: Holdings, names: str = NAMES) -> list[list[float]]:
    """Give A, who holds what of whom, as numbers."""
    at: Mapping[str, int] = {name: i for i, name in enumerate(names)}
    found = [[0.0] * len(names) for _ in names]
    for h in holdings.rows:
        found[at[h.owner]][at[h.owned]] += h.owns.lo / WHOLE
    return found
