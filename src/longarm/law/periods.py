"""What a record says of its days beyond a first and a last: suspended, unclear, outlived, renumbered.

These are the `force` blocks of the YAML files, each with its reason and the record's own words. Pure values: reading
the file is `instruments`, asking about a day is `force`.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from longarm.model import dates


@dataclass(frozen=True)
class Period:
    """Days from one partial date to another, both included; an open end is None."""

    first: str | None
    last: str | None

    def holds(self, day: date) -> dates.Certainty:
        """Say whether the day lies in the period."""
        return dates.in_force(self.first, self.last, day)


@dataclass(frozen=True)
class OtherNumber:
    """The same duty under another number."""

    instrument: str
    number: str
    sure: bool


@dataclass(frozen=True)
class Force:
    """The dates of an instrument or an article, where they are more than `valid_from` and `valid_to`."""

    valid_from: str | None = None
    """Takes the place of the recorded first day."""
    valid_to: str | None = None
    suspended: tuple[Period, ...] = ()
    """Nothing fires in these days."""
    unclear: tuple[Period, ...] = ()
    """The record does not know: upper bound only."""
    effect_continues_to: str | None = None
    """The text has ended, but what was ordered under it binds until then."""
    effect_continues_for: tuple[str, ...] = ()
    """The numbers of the articles for which that is so."""
    effect_known_by: str | None = None
    """How the continuing is known, in the words of an instrument's confidence."""
    replaces: str | None = None
    replaced_by: str | None = None
    """An id where the base has the successor, else its name."""
    was: OtherNumber | None = None
    becomes: OtherNumber | None = None
    not_suspended: bool = False
    """The article goes on while its instrument is suspended, and is not touched by what is unclear afterwards."""
    awaits_act: bool = False
    """Needs an act that was looked for and not found: fires nothing."""
    condition_by_date: bool = False
    """The addressee's condition only repeats the dates, so it is answered by them."""
    why: str = ""
    quotes: tuple[str, ...] = ()


NOTHING_MORE: Final = Force()
"""The two recorded dates say all."""


def force(row: Mapping[str, Any] | None) -> Force:
    """Build a `Force` from its block in the file; an absent block says nothing. Raises TypeError on an unknown word."""
    if row is None:
        return NOTHING_MORE
    built: dict[str, Any] = dict(row)
    for name in ("suspended", "unclear"):
        built[name] = tuple(Period(p["from"], p["to"]) for p in row.get(name, ()))
    for name in ("was", "becomes"):
        built[name] = OtherNumber(**row[name]) if name in row else None
    for name in ("effect_continues_for", "quotes"):
        built[name] = tuple(row.get(name, ()))
    return Force(**built)
