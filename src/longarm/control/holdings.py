"""Holdings: who holds how much of whom, by which kind, as integers in parts per 10⁹.

What is wrong in the rows (shares that sum to more than 100 %, own shares, rows given twice) is reported by row and
never normalised. Two sources on one holding are one tie, never a sum: where they differ, the holding lies between.
"""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Literal

from longarm.control.kinds import KINDS, Kind
from longarm.model.dates import Certainty, in_force
from longarm.model.shares import UNKNOWN, Share, percent
from longarm.model.terms import WHOLE

End = Literal["lo", "hi"]
"""Which end of a range a calculation takes."""

NOTHING = Share(0, 0)


@dataclass(frozen=True)
class Holding:
    """One tie between a holder and what it holds."""

    owner: str
    owned: str
    kind: str = "shares"
    share: Share | None = None
    """the economic interest; None where nobody says how much, or where the kind has no number"""
    votes: Share | None = None
    """the votes, where they differ from the share"""
    lower_open: bool = False
    """the lower end itself is excluded ("over 25 %")"""
    share_class: str = ""
    valid_from: str | None = None
    valid_to: str | None = None
    suspended: bool = False
    """its votes count for nobody, while the ownership stays"""
    suspended_from: str | None = None
    suspended_to: str | None = None
    origin: str | None = None
    chance: str | None = None
    """how probable its origin is taken to be, as written"""
    record: str | None = None
    step: int = 0
    status: str | None = None
    word: str = ""
    """the kind as the source writes it, where that is another word"""
    row: int = 0

    @property
    def nature(self) -> Kind:
        """What its kind counts for."""
        return KINDS[self.kind]

    @property
    def owns(self) -> Share:
        """The economic interest that it counts as."""
        if not self.nature.owns:
            return NOTHING
        if self.share is None:
            return UNKNOWN if self.nature.measured else NOTHING
        return self.share

    @property
    def stated_votes(self) -> Share:
        """The votes that it carries unless they are suspended."""
        if self.votes is not None:
            return self.votes
        if not self.nature.votes:
            return NOTHING
        if self.share is None:
            return UNKNOWN if self.nature.measured else NOTHING
        return self.share

    @property
    def controls(self) -> bool:
        """True where it makes its holder the controller by itself."""
        if self.kind == "appointment" and self.share is not None:
            return 2 * self.share.lo > WHOLE
        return self.nature.controls == "always" or (
            self.nature.controls == "without a share" and self.share is None and self.votes is None
        )

    @property
    def is_own(self) -> bool:
        """True where a company holds its own shares."""
        return self.owner == self.owned

    @property
    def label(self) -> str:
        """How worked examples and cuts name it: `A>B`."""
        return f"{self.owner}>{self.owned}"


def live(holding: Holding, end: End) -> int:
    """Give the votes that are cast: none for own shares (Directive (EU) 2017/1132 art. 63; AktG 71b) or suspended."""
    return 0 if holding.suspended or holding.is_own else getattr(holding.stated_votes, end)


@dataclass(frozen=True)
class Holdings:
    """All holdings of one question, in an order that does not depend on that of the rows."""

    rows: tuple[Holding, ...]
    warnings: tuple[str, ...] = ()

    @classmethod
    def of(cls, rows: Iterable[Holding], warnings: Iterable[str] = ()) -> Holdings:
        """Put rows together: one tie a holding, with what contradicts reported by row."""
        said = list(warnings)
        ties: dict[tuple[str, ...], list[Holding]] = defaultdict(list)
        for row in rows:
            ties[_tie(row)].append(row)
        merged = tuple(_merge(group, said) for _, group in sorted(ties.items()))
        said += [f"row {h.row}: {h.owner} holds itself; own shares carry no votes" for h in merged if h.is_own]
        found = cls(merged)
        said += _sums(found)
        return cls(merged, tuple(dict.fromkeys(said)))

    @cached_property
    def into(self) -> dict[str, tuple[Holding, ...]]:
        """The holdings in each entity."""
        found: dict[str, list[Holding]] = defaultdict(list)
        for row in self.rows:
            found[row.owned].append(row)
        return {name: tuple(group) for name, group in found.items()}

    @cached_property
    def out_of(self) -> dict[str, tuple[Holding, ...]]:
        """The holdings of each holder."""
        found: dict[str, list[Holding]] = defaultdict(list)
        for row in self.rows:
            found[row.owner].append(row)
        return {name: tuple(group) for name, group in found.items()}

    @cached_property
    def entities(self) -> tuple[str, ...]:
        """Everybody who holds or is held."""
        return tuple(sorted(self.into.keys() | self.out_of.keys()))

    @cached_property
    def actors(self) -> tuple[str, ...]:
        """The holders who can act: a free float cannot."""
        return tuple(sorted(n for n, group in self.out_of.items() if not all(h.nature.dispersed for h in group)))

    @cached_property
    def sources(self) -> tuple[str, ...]:
        """The actors in whom nobody holds anything."""
        return tuple(name for name in self.actors if name not in self.into)

    @cached_property
    def silent(self) -> dict[str, Share]:
        """The votes in each entity that count for nobody: suspended ones and own shares."""
        found = {}
        for name, group in self.into.items():
            dead = [h.stated_votes for h in group if h.suspended or h.is_own]
            if dead:
                found[name] = Share(min(sum(d.lo for d in dead), WHOLE), min(sum(d.hi for d in dead), WHOLE))
        return found

    @cached_property
    def least_votes(self) -> dict[str, int]:
        """The votes that are cast in each entity at least."""
        return {name: sum(live(h, "lo") for h in group) for name, group in self.into.items()}

    def at(self, as_of: dt.date | None, end: End = "lo") -> Holdings:
        """Give what was in force on a day; a partial date is certain outside its span, in the upper end inside it."""
        if as_of is None:
            return self
        rows = []
        least = Certainty.YES if end == "lo" else Certainty.UNCLEAR
        for row in self.rows:
            if in_force(row.valid_from, row.valid_to, as_of).value < least.value:
                continue
            dated = row.suspended_from is not None or row.suspended_to is not None
            paused = in_force(row.suspended_from, row.suspended_to, as_of) if dated else Certainty.NO
            # An unclear suspension counts where it gives less reach.
            silent = row.suspended or paused is Certainty.YES or (paused is Certainty.UNCLEAR and end == "lo")
            rows.append(replace(row, valid_from=None, valid_to=None, suspended=silent))
        return Holdings.of(rows, self.warnings)

    def without(self, labels: Iterable[str]) -> Holdings:
        """Give the holdings that are left when those named `A>B` are sold or ended."""
        gone = frozenset(labels)
        return Holdings(tuple(row for row in self.rows if row.label not in gone), self.warnings)


def _tie(row: Holding) -> tuple[str, ...]:
    when = (row.valid_from or "", row.valid_to or "", row.suspended_from or "", row.suspended_to or "")
    return (row.owner, row.owned, row.kind, row.share_class, *when, row.record or "", f"{row.step:09d}")


def _merge(group: list[Holding], said: list[str]) -> Holding:
    if len(group) == 1:
        return group[0]
    group = sorted(group, key=lambda h: (h.owns.lo, h.stated_votes.lo, h.owns.hi, h.stated_votes.hi, h.row))
    first, names = group[0], " and ".join(str(n) for n in sorted(h.row for h in group))
    if len({(h.share, h.votes) for h in group}) == 1:
        said.append(f"rows {names}: {first.label} is given more than once; it counts once")
        return replace(first, suspended=any(h.suspended for h in group))
    figures = " and ".join(dict.fromkeys(str(h.share) if h.share else "unknown" for h in group))
    said.append(f"rows {names}: {first.label} is given with different shares ({figures}); it lies between")
    owns = [h.share if h.share is not None else h.owns for h in group]
    votes = [h.stated_votes for h in group]
    return replace(
        first,
        share=Share(min(s.lo for s in owns), max(s.hi for s in owns)),
        votes=Share(min(v.lo for v in votes), max(v.hi for v in votes)) if any(h.votes for h in group) else None,
        suspended=any(h.suspended for h in group),
    )


def _sums(holdings: Holdings) -> list[str]:
    said = []
    for name, group in sorted(holdings.into.items()):
        for what, total in (
            ("shares", sum(h.owns.lo for h in group)),
            ("votes", sum(h.stated_votes.lo for h in group)),
        ):
            undated = not any(h.valid_from or h.valid_to or h.step for h in group)
            if total > WHOLE and undated:
                rows = ", ".join(str(n) for n in sorted(h.row for h in group))
                said.append(f"rows {rows}: the {what} in {name} sum to {percent(total)}, more than 100 %")
                break
    return said
