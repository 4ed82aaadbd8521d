"""Names: which of an entity's is shown (in Latin letters where there is one, short), and the short form in ids."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable

_BEYOND_LATIN = 0x250


def plainness(name: str) -> tuple[bool, bool, int, str]:
    """Sort key of names: the plainest first."""
    return any(ord(c) >= _BEYOND_LATIN for c in name), name.isupper(), len(name), name


def plainest(names: Iterable[tuple[str, str]]) -> dict[str, str]:
    """Give every entity its plainest name, from (entity, name)."""
    found: dict[str, str] = {}
    for entity, name in names:
        found[entity] = min(found.get(entity, name), name, key=plainness)
    return found


def slug(text: str) -> str:
    """Give a short name in lower-case Latin letters and figures."""
    flat = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode().lower()
    return re.sub(r"[^a-z0-9]+", "-", flat).strip("-")[:60] or "unnamed"
