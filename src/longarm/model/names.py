"""Which of an entity's names is shown: in Latin letters where there is one, not all in capitals, and short."""

from __future__ import annotations

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
