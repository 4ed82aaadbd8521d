"""Findings as values: what the kernel computes, and `assess` puts into words. Shares are of worlds, 0 to 1."""

from __future__ import annotations

from dataclasses import dataclass

from longarm.model.terms import Capability, Level, Reading, Rung


@dataclass(frozen=True)
class Standing:
    """Where a finding stands, with the confidence that decided it."""

    rung: Rung
    level: Level | None = None
    confidence: float | None = None
    """share of worlds that decided; None where nothing was assessed"""
    error: float | None = None
    """half-width of its 95 % interval"""
    bounds: tuple[float, float] | None = None


@dataclass(frozen=True)
class Way:
    """A minimal path: its ties from the state to the part, the share of worlds in which all hold, where it meets."""

    ties: tuple[str, ...]
    share: float
    level: Level | None
    entity: str


@dataclass(frozen=True)
class Cut:
    """An inclusion-minimal set of ties that can be sold, ended or closed; without it the finding falls."""

    ties: tuple[str, ...]
    left: float
    """share of J that is left, at the level of the finding"""
    then: tuple[Level, float] | None = None
    """a lower level at which J still reaches the threshold, and its share; None where none does"""


@dataclass(frozen=True)
class Gain:
    """An uncertain tie, and by how much knowing it could move the finding."""

    tie: str
    share: float
    gain: float


@dataclass(frozen=True)
class Possible:
    """What stays below the threshold but is not nothing."""

    part: str
    capability: Capability
    reading: Reading
    share: float
    """of worlds, graded"""
    at_most: float
    """of worlds, in the upper bound"""
    ways: tuple[Way, ...]


@dataclass(frozen=True)
class Finding:
    """One part (None: the whole site), capability and reading."""

    part: str | None
    capability: Capability
    reading: Reading
    standing: Standing
    gross: Standing
    joint: float
    means_only: float
    power_only: float
    levels: tuple[tuple[Level, float], ...]
    """J at each level"""
    ways: tuple[Way, ...] = ()
    ways_complete: bool = True
    cuts: tuple[Cut, ...] = ()
    gains: tuple[Gain, ...] = ()
    breaks: tuple[tuple[str, float], ...] = ()
    """origins without which J falls below the threshold, with what is left"""
    breaks_then: tuple[tuple[Level, float] | None, ...] = ()
    """for each of them, a lower level at which J still reaches the threshold"""
