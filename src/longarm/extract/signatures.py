"""Signatures: what English verbs, adjectives and nouns say of the clause that they take (`cues/embedding.yaml`).

"Managed to" says that it happened, "did not manage to" that it did not; "knew that" says it happened either way;
"hoped" leaves it open. After Karttunen, "Implicative verbs" (1971) and "Simple and phrasal implicatives" (2012).
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Final

import yaml

HAPPENED: Final = "+"
DID_NOT: Final = "-"
OPEN: Final = "o"


@dataclass(frozen=True)
class Signature:
    """What is said of a complement: +, - or o."""

    held: str
    """where the governing word itself holds"""
    denied: str
    """where it is denied"""


def signature(kind: str, lemma: str, word: str, *, past: bool = False) -> Signature | None:
    """Give the signature of a governing word for a kind of complement (to, object, bare, ing, that, noun), or None.

    Some verbs say more in the past: "was able to" and "had to" say that it happened (Bhatt, "Covert Modality", 1999).
    """
    for name in (f"{kind}_past", kind) if past else (kind,):
        rows = _table().get(name, {})
        found = rows.get(lemma) or rows.get(word)
        if found is not None:
            return found
    return None


@cache
def _table() -> dict[str, dict[str, Signature]]:
    given: dict[str, dict[str, list[str]]] = yaml.safe_load(
        files("longarm.extract.cues").joinpath("embedding.yaml").read_text("utf-8")
    )
    return {
        kind: {word: Signature(*signs.split("/")) for signs, words in rows.items() for word in words}
        for kind, rows in given.items()
    }
