"""One worked example as a question: its holdings, and what it takes as given beside what it expects."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from decimal import Decimal
from fractions import Fraction
from functools import cached_property
from typing import Any

from longarm.control.concert import Agreement
from longarm.control.holdings import Holding, Holdings
from longarm.control.majority import MAJORITY, Rule, closure
from longarm.control.rows import Read, fraction, read_rows
from longarm.errors import InputError
from longarm.model.dates import span
from longarm.model.terms import WHOLE


@dataclass(frozen=True)
class Question:
    """The holdings in force, and the values that are given: listed persons, a date, a quota, a target."""

    rows: tuple[Holding, ...]
    given: Mapping[str, Any]
    warnings: tuple[str, ...] = ()

    @classmethod
    def of(cls, case: Mapping[str, Any], expected: Mapping[str, Any]) -> Question:
        """Read a case; a row that cannot be read is reported, and the rest is asked all the same."""
        read: Read = read_rows(case.get("holdings") or ())
        taken = {k: v for k, v in case.items() if k not in ("holdings", "expected")}
        said = (*read.warnings, *(f"row {r.where.line}: {r.message}" for r in read.rejects))
        return cls(read.rows, {**taken, **expected}, said)

    @cached_property
    def holdings(self) -> Holdings:
        """The holdings in force on the day of the question."""
        return Holdings.of(self.rows, self.warnings).at(self.as_of)

    @cached_property
    def as_of(self) -> dt.date | None:
        """The day of the question, the first that a partial date may mean."""
        text = self.given.get("as_of")
        return span(str(text)).first if text else None

    @property
    def rule(self) -> Rule:
        """The majority that is asked for: more than half, unless the case says otherwise."""
        threshold = self.given.get("threshold")
        if threshold is None:
            return MAJORITY
        return Rule(self.parts(threshold), bool(self.given.get("inclusive", False)))

    @property
    def listed(self) -> list[str]:
        """The persons under sanctions."""
        return self.names("listed")

    def names(self, key: str) -> list[str]:
        """Give a list of names that the case takes as given."""
        value = self.given.get(key)
        return [str(v) for v in value] if isinstance(value, list) else [str(value)] if value is not None else []

    def parts(self, value: object) -> int:
        """Read a number from 0 to 1 as parts per 10⁹."""
        share = fraction(value)
        assert share is not None
        return share.lo

    @property
    def target(self) -> str:
        """The entity that the question is about: the one named, or the only one that holds nothing."""
        if named := self.given.get("target"):
            return str(named)
        ends = [n for n in self.holdings.into if n not in self.holdings.out_of]
        if len(ends) != 1:
            ends = list(self.holdings.into) if len(self.holdings.into) == 1 else ends
        if len(ends) != 1:
            raise InputError(f"{len(ends)} entities hold nothing themselves: a target was expected")
        return ends[0]

    @property
    def root(self) -> str:
        """Who is asked about: the one named, or the only one in whom nobody holds anything and who controls."""
        if named := self.given.get("root"):
            return str(named)
        tops = list(self.holdings.sources)
        if len(tops) > 1:
            tops = [n for n in tops if self.target in closure(self.holdings, [n], self.rule)] or tops
        if len(tops) != 1:
            raise InputError(f"{len(tops)} holders are held by nobody: a root was expected")
        return tops[0]

    @property
    def agreements(self) -> list[Agreement]:
        """The agreements to vote together."""
        return [
            Agreement(
                tuple(str(p) for p in one.get("parties", ())),
                None if one.get("leader") is None else str(one["leader"]),
                str(one.get("type", "acting in concert")),
            )
            for one in self.given.get("agreements") or ()
        ]

    @property
    def groups(self) -> list[list[str]]:
        """The groups that are taken to act together."""
        return [[str(m) for m in group] for group in self.given.get("groups") or ()]

    @property
    def origins(self) -> dict[str, Fraction]:
        """How probable each origin is taken to be."""
        return {str(k): Fraction(Decimal(str(v))) for k, v in (self.given.get("origin_p") or {}).items()}

    def entity(self, slug: str) -> str:
        """Give the entity whose name, in letters and figures only, is `slug`.

        Raises InputError where there is none.
        """
        for name in self.holdings.entities:
            if re.sub(r"[^a-z0-9]+", "_", name.casefold()).strip("_") == slug.casefold().strip("_"):
                return name
        raise InputError(f"no entity is written '{slug}'")

    def ends(self, label: str) -> tuple[str, str]:
        """Split `A>B` into holder and held."""
        known = set(self.holdings.entities)
        for at in (m.start() for m in re.finditer(">", label)):
            if label[:at] in known and label[at + 1 :] in known:
                return label[:at], label[at + 1 :]
        holder, sign, held = label.partition(">")
        if not sign:
            raise InputError(f"'{label}' names no holder and held: A>B was expected")
        return holder, held

    def planned(self, plan: Mapping[str, Any]) -> Question:
        """Give the question as a plan would change it: the share of one holding becomes a range."""
        named = plan.get("holding")
        rows = [h for h in self.rows if named is None or h.label == named]
        if len(rows) != 1:
            raise InputError(f"a plan changes one holding, and {len(rows)} fit: 'holding' with A>B was expected")
        value = plan.get("share_interval", plan.get("share"))
        lower, upper = bool(plan.get("lower_open")), bool(plan.get("upper_open"))
        share = rows[0].share if value is None else fraction(value, lower, upper)
        changed = replace(rows[0], share=share, votes=None, lower_open=lower)
        return replace(
            self, rows=tuple(changed if h is rows[0] else h for h in self.rows), given={**self.given, **plan}
        )

    def with_holdings(self, holdings: Holdings) -> Question:
        """Ask the same of other holdings."""
        return replace(self, rows=holdings.rows)


def part(value: int | Fraction | None) -> float | None:
    """Write parts per 10⁹, or a fraction, as a number from 0 to 1."""
    if value is None:
        return None
    return value / WHOLE if isinstance(value, int) else float(value)
