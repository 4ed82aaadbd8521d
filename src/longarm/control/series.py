"""Who holds what after each statement of a series: records that are new, updated and closed.

Source: Beneficial Ownership Data Standard 0.4, *Information updates*: the latest statement of a record replaces the
former ones, and a closed record holds no longer.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from longarm.control.holdings import Holding, Holdings

ENDED = frozenset({"closed", "ended", "deleted", "void"})


def after_step(rows: Iterable[Holding], step: int) -> Holdings:
    """Give the holdings in force once all statements up to and with `step` are known."""
    latest: dict[tuple[str, ...], Holding] = {}
    for row in sorted(rows, key=lambda h: (h.step, h.row)):
        if row.step <= step:
            key = ("record", row.record) if row.record else ("tie", row.owner, row.owned, row.kind, row.share_class)
            latest[key] = row
    kept = (h for h in latest.values() if (h.status or "").casefold() not in ENDED)
    return Holdings.of(replace(h, step=0) for h in kept)
