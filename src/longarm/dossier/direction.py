"""Which way a text runs: by its first letter that has a direction."""

from __future__ import annotations

import unicodedata


def reads_from_right(text: str) -> bool:
    """Say whether the first letter with a direction runs from right to left (Unicode Annex 9, rules P2 and P3)."""
    first = next((d for d in map(unicodedata.bidirectional, text) if d in {"L", "R", "AL"}), "L")
    return first != "L"
