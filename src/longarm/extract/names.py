"""Names in a text: runs of capitalised words, their fullest form, and whom a role such as "the ministry" stands for."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from importlib.resources import files
from typing import Final

Span = tuple[int, int]

_WORD: Final = r"[^\W\d_a-zß-öø-ÿ][\w’'&.-]*[\w&]|[A-Z]"
_JOIN: Final = r"(?:of|the|and|de|du|des|la|le|les|d’|d'|van|von|der|den|für|fur|zu|&|et|für den|l’|l')"
_NAME: Final = re.compile(rf"(?:{_WORD})(?:[ \u00a0](?:{_JOIN}[ \u00a0]?){{0,2}}(?:{_WORD}))*")
_OPENERS: Final = frozenset(files("longarm.extract").joinpath("openers.txt").read_text("utf-8").split())
"""Words that begin a sentence with a capital and are no name."""


@dataclass(frozen=True)
class Name:
    """A name where it stands."""

    start: int
    end: int
    text: str


def names(text: str, span: Span) -> tuple[Name, ...]:
    """Give the names in a part of a text, in order."""
    found = []
    for m in _NAME.finditer(text, *span):
        start, said = m.start(), m[0]
        while (first := re.match(r"([\w’'.]+)[ \u00a0]+", said)) and first[1].rstrip(".").lower() in _OPENERS:
            start, said = start + first.end(), said[first.end() :]
        said = re.sub(r"[’']s$", "", said)
        if elided := re.match(r"[LDldS][’']", said):
            start, said = start + elided.end(), said[elided.end() :]
        if said.lower() not in _OPENERS and re.match(r"[^\W\d_]", said) and said[:1].isupper():
            found.append(Name(start, start + len(said), said))
    return tuple(found)


def fullest(name: str, known: Iterable[str]) -> str:
    """Give the fullest form of a name among those of a text: one that holds its words in their order."""
    words = name.split()
    best = name
    for other in known:
        parts = other.split()
        if len(parts) <= len(best.split()) or len(parts) > 6:
            continue
        if any(parts[i : i + len(words)] == words for i in (0, len(parts) - len(words))):
            best = other
    return best
