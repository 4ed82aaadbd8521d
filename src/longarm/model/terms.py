"""The closed vocabularies of the design (section 1), as they stand in code, in tables and on screen."""

from __future__ import annotations

from enum import StrEnum
from typing import Final


class Capability(StrEnum):
    """What an entity can do at a part of the site."""

    SEE = "see"
    """espionage"""
    SHAPE = "shape"
    """interference"""
    STOP = "stop"
    """disruption"""


class Level(StrEnum):
    """How firmly a state can make an entity act; the order is that of strength."""

    CONTROL = "control"
    COMPEL = "compel"
    INFLUENCE = "influence"


class Reading(StrEnum):
    """Which legal routes are taken as open. Nothing else hangs on it."""

    NARROW = "narrow"
    """routes marked yes"""
    WIDE = "wide"
    """also those that lawyers dispute"""


class Stance(StrEnum):
    """How a statement is put."""

    ASSERTED = "asserted"
    ALLEGED = "alleged"
    DENIED = "denied"
    PLANNED = "planned"
    INFERRED = "inferred"


class Rung(StrEnum):
    """Where a finding stands. The middle two are siblings; the words are no scale of guilt."""

    NOT_ASSESSED = "not assessed"
    NO_PATH = "no path found"
    LEGAL_POWER = "legal power only"
    MEANS = "means only"
    POWER_AND_MEANS = "power and means"
    USE = "evidence of use"
    INTENT = "evidence of intent"


class Bound(StrEnum):
    """Which of the three calculations on the same draws (design 4.1)."""

    LOWER = "lower"
    GRADED = "graded"
    UPPER = "upper"


CAPABILITIES: Final = tuple(Capability)
LEVELS: Final = tuple(Level)
READINGS: Final = tuple(Reading)
BOUNDS: Final = tuple(Bound)

WHOLE: Final = 1_000_000_000
"""A share of 100 %: shares are integers, parts per 10⁹, so that ten times 5 % is 50 % exactly."""

OUR_NOTE: Final = "our note"
"""Kind of a document: what we noted of a page, which is shown in the place of its words."""
DEMONSTRATION: Final = "demonstration"
"""Kind of a document: a text made for show, from no publisher. It proves nothing."""

WORLDS: Final = 1024
"""How many possible worlds a confidence is a share of, to start with."""

LANGUAGES: Final = ("en", "fr", "nl", "de")
"""Languages in which longarm writes, by their ISO 639-1 codes; English is the one that the others are made from."""

ANSWERS: Final = frozenset({"denial", "negative finding"})
"""What a cited fact bears on when it answers another, beside the stance `denied`."""
AGREED: Final = ("agreement", "plan")
"""What a cited fact bears on when something was agreed or planned."""
