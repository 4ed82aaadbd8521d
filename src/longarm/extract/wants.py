"""What the ends of each relation must be: the table `cues/ends.yaml`, read once."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import Final

from longarm.extract.cues import table
from longarm.extract.kinds import ACTORS, FIRMS, Kind

_GROUPS: Final = {"actor": ACTORS, "firm": FIRMS}


@dataclass(frozen=True)
class Wanted:
    """The kinds that can stand at the two ends of a relation, and where its object stands."""

    subject: frozenset[Kind]
    object: frozenset[Kind]
    take: str
    """named, thing, place, recipient, all or none"""
    about: bool
    """an object that is not said is what the text is about"""


@cache
def wanted(relation: str) -> Wanted:
    """Give what the ends of a relation must be; anything at all for one that the table lacks."""
    row = table("ends").get(relation, {"subject": "actor", "object": "actor", "take": "named"})
    return Wanted(_kinds(row["subject"]), _kinds(row["object"]), row["take"], bool(row.get("about", False)))


def _kinds(words: str) -> frozenset[Kind]:
    found: set[Kind] = set()
    for word in words.split():
        found |= _GROUPS.get(word) or {Kind(word)}
    return frozenset(found)
