"""Sentences and clauses of a line, by their marks: where one ends, and where a part of one can stand by itself."""

from __future__ import annotations

import re
from itertools import pairwise
from typing import Final

from longarm.model.claims import Line, Text

Span = tuple[int, int]

_END: Final = re.compile(r"[.!?…]+[\"'”’»)\]]*\s+(?=[\"'“„«‘(\[]?\s?[^\W\d_a-zß-öø-ÿ]|[\"“„«]|\d)")
_SHORT: Final = re.compile(
    r"(?:\b(?:Mr|Mrs|Ms|Dr|Prof|Sr|Jr|St|No|Nos|Art|art|Abs|Nr|vgl|bzw|ca|u\.a|z\.B|d\.h|Inc|Ltd|Co|Corp|vs|"
    r"M|MM|Mme|Mlle|dhr|mevr|nr|p|pp|Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept|Sep|Oct|Nov|Dec|Gen|Lt|Col|Rev|Hon)|"
    r"\b[A-Z]|\b[A-Z]\.[A-Z]|(?<![\w.])\d{1,2})$"
)
"""What stands before a full stop that ends no sentence: an abbreviation, an initial, an ordinal."""
_CLAUSE: Final = re.compile(
    r"[,;:—–]\s+|[\"“”„«»]\s*|\s+(?=(?:and|but|while|which|who|whose|und|aber|der|die|et|mais|qui|dont|en|maar|die|dat|que|that|dass)\s)",
    re.IGNORECASE,
)


def sentences(text: Text, line: Line) -> tuple[Span, ...]:
    """Give the sentences of a line, in order, without the blanks between them."""
    said = text.text[line.start : line.end]
    found, start = [], 0
    for mark in _END.finditer(said):
        if mark[0].startswith(".") and _SHORT.search(said[start : mark.start()]):
            continue
        end = mark.start() + len(mark[0].rstrip())
        found.append((line.start + start, line.start + end))
        start = mark.end()
    if start < len(said):
        found.append((line.start + start, line.end))
    return tuple(found)


def clauses(text: str, sentence: Span) -> tuple[Span, ...]:
    """Give the parts of a sentence between its marks and joining words; together they are the whole of it."""
    cuts = sorted({sentence[0], *(m.end() for m in _CLAUSE.finditer(text, *sentence)), sentence[1]})
    return tuple((a, b) for a, b in pairwise(cuts) if text[a:b].strip())
