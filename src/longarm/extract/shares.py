"""Read a share out of words: percentages and fractions, and ranges where the words are vague.

The ranges are those of the field guide of the labelled articles: "nearly n" is [n-2, n], "just over n" [n, n+2],
"around n" [n-2, n+2]; thirds, sixths and "the majority" are ranges by themselves.
"""

from __future__ import annotations

import re
from typing import Final

from longarm.extract.language import Grammar

Share = tuple[float, float]

_PERCENT: Final = re.compile(
    r"(\d{1,3}(?:[.,]\d{1,4})?)(?:\s*[\u00a0\u202f]?)(?:%|percent\b|per cent\b|procent\b|Prozent\b|pour cent\b)",
    re.IGNORECASE,
)
_VAGUE_BY: Final = 2.0


def shares(text: str, grammar: Grammar) -> list[tuple[int, int, Share]]:
    """Give start, end and percent, least and most, of every share in a text, from left to right."""
    found: list[tuple[int, int, Share]] = []
    for match in _PERCENT.finditer(text):
        value = float(match.group(1).replace(",", "."))
        if value <= 100:
            found.append((match.start(), match.end(), (value, value)))
    for words, share in sorted(grammar.fractions.items(), key=lambda item: -len(item[0])):
        for match in re.finditer(rf"\b{re.escape(words)}\b", text, re.IGNORECASE):
            if not any(s < match.end() and match.start() < e for s, e, _ in found):
                found.append((match.start(), match.end(), share))
    return [(s, e, _ranged(text[:s], share, grammar)) for s, e, share in sorted(found)]


def _ranged(before: str, share: Share, grammar: Grammar) -> Share:
    """Widen a share by the vague word that stands before it."""
    low, high = share
    for pattern, meaning in grammar.vague:
        if pattern.search(before):
            widened = {
                "under": (round(low) - _VAGUE_BY if low != high else low - _VAGUE_BY, high),
                "over": (low, high + _VAGUE_BY),
                "around": (low - _VAGUE_BY, high + _VAGUE_BY),
                "above": (low, 100.0),
            }[meaning]
            if meaning == "under" and low != high:
                # "just under a third" is said of 30 to 33.3: the field guide rounds down to the tens.
                return (float(int(low // 10) * 10), low)
            return (max(0.0, widened[0]), min(100.0, widened[1]))
    return share
