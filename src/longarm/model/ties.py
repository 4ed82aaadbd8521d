"""Ties, assertions and safeguards as values: the rows of their tables, typed, as the kernel takes them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import asdict, dataclass, replace
from typing import Any

import pyarrow as pa

from longarm.model.tables import ASSERTIONS, SAFEGUARDS, TIES

STATE = "state:"
"""Prefix of the node that stands for a state, as in `state:BE`; it tells a state from an entity of that name."""

SUSPENDED = "suspended"
"""The class of an interest that says: these votes count for nobody."""


def state_node(code: str) -> str:
    """Give the node of a state in the graph of ties."""
    return STATE + code


class Kind:
    """The kinds of tie, and what each says of its ends (holder → held)."""

    ORGAN = "organ"
    """state → the body that is its organ"""
    INTEREST = "interest"
    """holder → company, with a share; class `shares` or `votes`"""
    CONTROL = "control"
    """holder → company that it controls directly: appointment, contract, trust, named control"""
    INFLUENCE = "influence"
    """holder → company in which it has a veto, a seat, or which depends on it; class names which"""
    REGISTERED = "registered"
    """state → entity under whose law it is registered"""
    SEATED = "seated"
    """state → entity that is managed there"""
    FACT = "fact"
    """entity → a fact that an article asks for"""
    STAFF = "staff"
    """employer → person posted or employed"""
    ACCESS = "access"
    """holder → part of the site; class names the role"""
    CONTAINS = "contains"
    """part → part inside it: passes stop"""
    PROCESSES = "processes"
    """system → data that it processes: passes all"""
    PLACE = "place"
    """state → part whose data or keys lie there, that comes from there or is offered there"""
    DUTY = "duty"
    """state → entity that an article binds by its own words; class names instrument and article"""
    DUTY_PARENT = "duty-parent"
    """state → entity whose controlled companies the article binds too"""
    DUTY_STAFF = "duty-staff"
    """state → entity whose staff the article binds too"""
    DUTY_AT = "duty-at"
    """state → entity, at one part only: data, keys, offering or items"""
    SAFEGUARD = "safeguard"
    """a safeguard's being in force"""


@dataclass(frozen=True)
class Assertion:
    """What one origin says about one tie: one draw."""

    key: str
    tie: str
    origin: str
    stance: str
    put_as: str
    letter: str
    digit: str
    certainty: str = "graded"
    share_lo: int | None = None
    share_hi: int | None = None
    statements: tuple[str, ...] = ()


@dataclass(frozen=True)
class Tie:
    """A relation between two entities in force, with what it needs and what it passes on."""

    id: str
    kind: str
    holder: str
    held: str
    cls: str = ""
    gives: tuple[str, ...] = ()
    requires: tuple[tuple[str, ...], ...] = ()
    opens: str = "narrow"
    upper_only: bool = False
    cuttable: bool = False
    label: str = ""
    last_confirmed: str | None = None
    at: str | None = None


@dataclass(frozen=True)
class Safeguard:
    """A measure, the ties that it takes away, and in what share of worlds it works."""

    id: str
    name: str
    cuts: tuple[str, ...]
    capabilities: tuple[str, ...]
    state: str
    verified: str
    effectiveness: int
    tie: str


def tie_id(kind: str, holder: str, held: str, cls: str = "", at: str | None = None) -> str:
    """Name a tie by what it is: two sources on one holding are one tie."""
    text = f"{kind}:{holder}>{held}"
    if cls:
        text += f"[{cls}]"
    return f"{text}@{at}" if at else text


def draw_key(origin: str, tie: str, stance: str) -> str:
    """Name the draw of an assertion (design 4.1: keyed by origin, tie and stance)."""
    return f"{origin}\x1f{tie}\x1f{stance}"


def to_tables(
    ties: Iterable[Tie], assertions: Iterable[Assertion], safeguards: Iterable[Safeguard]
) -> tuple[pa.Table, pa.Table, pa.Table]:
    """Give the three tables, checked against their contracts."""
    return (
        TIES.table(_plain(t) for t in ties),
        ASSERTIONS.table(_plain(a) for a in assertions),
        SAFEGUARDS.table(_plain(s) for s in safeguards),
    )


def _plain(value: Tie | Assertion | Safeguard) -> dict[str, Any]:
    row = asdict(value)
    if isinstance(value, Tie):
        row["requires"] = [list(r) for r in value.requires]
    return {k: list(v) if isinstance(v, tuple) else v for k, v in row.items()}


@dataclass(frozen=True)
class Ties:
    """The ties of one day as known on another, with the assertions beneath them: what the kernel computes on."""

    ties: tuple[Tie, ...]
    assertions: tuple[Assertion, ...]
    safeguards: tuple[Safeguard, ...] = ()

    def by_id(self) -> dict[str, Tie]:
        """Give the ties by their id."""
        return {t.id: t for t in self.ties}

    def merged(self, other: Ties) -> Ties:
        """Give both sets of ties as one; a tie in both appears once, as here."""
        known = {t.id for t in self.ties}
        return Ties(
            self.ties + tuple(t for t in other.ties if t.id not in known),
            self.assertions + other.assertions,
            self.safeguards + other.safeguards,
        )

    def without(self, gone: Iterable[str]) -> Ties:
        """Give the ties without those named."""
        out = set(gone)
        return replace(
            self,
            ties=tuple(t for t in self.ties if t.id not in out),
            assertions=tuple(a for a in self.assertions if a.tie not in out),
        )

    @staticmethod
    def from_tables(ties: pa.Table, assertions: pa.Table, safeguards: pa.Table) -> Ties:
        """Read the three tables back."""
        return Ties(
            tuple(
                Tie(**{**r, "gives": tuple(r["gives"]), "requires": tuple(tuple(x) for x in r["requires"])})
                for r in ties.to_pylist()
            ),
            tuple(Assertion(**{**r, "statements": tuple(r["statements"])}) for r in assertions.to_pylist()),
            tuple(
                Safeguard(**{**r, "cuts": tuple(r["cuts"]), "capabilities": tuple(r["capabilities"])})
                for r in safeguards.to_pylist()
            ),
        )
