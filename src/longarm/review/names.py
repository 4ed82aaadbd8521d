"""Whom a mention may mean: candidates by name. A suggestion only; a mention becomes an entity by a decision."""

from __future__ import annotations

import difflib
import re
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property

LEAST = 0.72
"""How near a name must be to be suggested."""


def folded(name: str) -> str:
    """Give a name without case, accents and punctuation, its words with one blank between."""
    flat = unicodedata.normalize("NFKD", name).casefold()
    return " ".join(re.sub(r"[^\w]+", " ", "".join(c for c in flat if not unicodedata.combining(c))).split())


@dataclass(frozen=True)
class Candidate:
    """An entity that a mention may mean."""

    entity: str
    name: str
    schema: str
    score: float
    """0 to 1; 1 where the names are the same but for case, accents and punctuation"""


class Names:
    """The names of all entities on file."""

    def __init__(self, entities: Iterable[tuple[str, str, str]]) -> None:
        """Take (entity, name, schema), a row a name."""
        self.rows = [(e, n, s, folded(n)) for e, n, s in entities]

    @cached_property
    def _by_folded(self) -> Mapping[str, set[str]]:
        found: dict[str, set[str]] = {}
        for entity, _, _, flat in self.rows:
            found.setdefault(flat, set()).add(entity)
        return found

    def only(self, mention: str) -> str | None:
        """Give the entity of exactly this name, where there is one and no other."""
        found = self._by_folded.get(folded(mention), set())
        return next(iter(found)) if len(found) == 1 else None

    def candidates(self, mention: str, most: int = 5) -> list[Candidate]:
        """Give the entities whose name is near to a mention, the nearest first, each by its nearest name."""
        flat = folded(mention)
        best: dict[str, Candidate] = {}
        for entity, name, schema, other in self.rows:
            score = _nearness(flat, other)
            if score >= LEAST and (entity not in best or score > best[entity].score):
                best[entity] = Candidate(entity, name, schema, round(score, 2))
        return sorted(best.values(), key=lambda c: (-c.score, c.entity))[:most]


def _nearness(one: str, other: str) -> float:
    if not one or not other:
        return 0.0
    if one == other:
        return 1.0
    a, b = set(one.split()), set(other.split())
    # All words of the shorter name in the longer one: "Kestrel" and "Kestrel Terminals Pty Ltd".
    inside = 0.9 if (a <= b or b <= a) and max(map(len, a & b), default=0) > 2 else 0.0
    return max(inside, difflib.SequenceMatcher(None, one, other, autojunk=False).ratio() * 0.99)
