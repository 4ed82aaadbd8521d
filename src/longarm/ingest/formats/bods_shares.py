"""Shares of BODS interests as longarm writes them: a figure or two ends, an open end moved by one part in 10⁹.

Reads `share` with its exact figure, its bounds and its exclusive bounds, writes percentages. Bounds that contradict
each other are no share: the interest then stays without one. Figures are taken by their decimal digits, never by
binary arithmetic, so ten times 5 % stay 50 %.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache
from typing import Final

from msgspec import UNSET, UnsetType

from longarm.ingest.formats.bods_shape import Share

PART: Final = Decimal("0.0000001")
"""one part in 10⁹, in per cent: how far `more than 25` lies from `25` (`model.shares.read`)"""
_WHOLE: Final = Decimal(100)


@dataclass(frozen=True)
class Bounds:
    """A share between two ends, both included, in per cent; an end is None where it is not given."""

    least: Decimal | None = None
    most: Decimal | None = None

    @property
    def is_exact(self) -> bool:
        """True where both ends are one figure."""
        return self.least is not None and self.least == self.most

    @property
    def is_majority(self) -> bool:
        """True where all that it may be is more than half."""
        return self.least is not None and self.least > 50

    def in_words(self) -> str:
        """Give it in one text: `25`, or `25..50`, an end that is not given being 0 or 100."""
        if self.is_exact:
            return figure(self.least or Decimal(0))
        return f"{figure(self.least or Decimal(0))}..{figure(_WHOLE if self.most is None else self.most)}"


@lru_cache(maxsize=65_536)
def read(share: Share | UnsetType) -> Bounds | None:
    """Give the bounds of a share; None where it says nothing, or contradicts itself.

    An exact figure stands before bounds that hold it. Of a bound given twice, the narrower is meant.
    """
    if share is UNSET:
        return None
    lows = [*_each(share.minimum), *(low + PART for low in _each(share.exclusive_minimum))]
    highs = [*_each(share.maximum), *(high - PART for high in _each(share.exclusive_maximum))]
    least, most = max(lows, default=None), min(highs, default=None)
    if (Decimal(0) if least is None else least) > (_WHOLE if most is None else most):
        return None  # so are more than everything, and less than nothing
    for exact in _each(share.exact):
        if (least is not None and exact < least) or (most is not None and exact > most):
            return None
        return Bounds(exact, exact)
    least, most = least or None, None if most == _WHOLE else most  # no less than 0, no more than 100: nothing is said
    return None if least is None and most is None else Bounds(least, most)


def figure(value: Decimal) -> str:
    """Write a percentage without an exponent and without zeros at its end."""
    text = format(value, "f")
    return text.rstrip("0").rstrip(".") if "." in text else text


def _each(given: float | UnsetType) -> list[Decimal]:
    return [] if given is UNSET else [Decimal(repr(given)).quantize(PART).normalize()]
