"""Ultimate beneficial owners: the persons who own more than a threshold in the end, or control.

Source: FATF Recommendation 24 and Directive (EU) 2015/849 art. 3(6)(a): more than 25 %; Regulation (EU) 2024/1624
art. 52 takes 25 % or more from 10 July 2027. A ring of companies that owns itself has nobody at its end.
"""

from __future__ import annotations

from fractions import Fraction

from longarm.control.holdings import Holdings
from longarm.control.integrated import integrated
from longarm.control.majority import closure

QUARTER = Fraction(1, 4)


def owners(holdings: Holdings, threshold: Fraction = QUARTER, inclusive: bool = False) -> dict[str, tuple[str, ...]]:
    """Give each holder in whom nobody holds anything, with the entities that it owns or controls in the end."""
    found = {}
    for person in holdings.sources:
        below = {
            name
            for name, part in integrated(holdings, person).items()
            if part is not None and (part >= threshold if inclusive else part > threshold)
        }
        below |= closure(holdings, [person])
        if below:
            found[person] = tuple(sorted(below))
    return found
