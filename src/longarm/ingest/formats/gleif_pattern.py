"""What two records of the same tags have in common: where each of their texts belongs.

Most records of a register repeat one of a few hundred sequences of tags. Such a sequence is read once with marks in the
place of texts, and the record that comes out says for every text to which field it goes.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any, Final

from longarm.ingest.formats.gleif_shape import Record

_MARK: Final = re.compile("\x00(\\d+)\x00")


@dataclass(frozen=True)
class Pattern:
    """Where the texts of a record belong, by their place among its texts."""

    fixed: Record
    """what the tags themselves say"""
    texts: tuple[tuple[str, int], ...]
    joined: tuple[tuple[str, tuple[int, ...]], ...]
    """fields that several texts share"""
    parts: tuple[tuple[str, tuple[Pattern, ...]], ...]

    def record(self, texts: list[str]) -> Record:
        """Make the record of these texts."""
        record: Record = dict(self.fixed)
        for path, place in self.texts:
            if text := texts[place].strip():
                record[path] = text
        for path, places in self.joined:
            if text := ", ".join(filter(None, (texts[place].strip() for place in places))):
                record[path] = text
        for path, parts in self.parts:
            record[path] = [part.record(texts) for part in parts]
        return record


def marked(tags: tuple[str, ...]) -> str:
    """Write a record of these tags in which each text is a mark."""
    return "".join(f"<{tag}>\x00{place}\x00" for place, tag in enumerate(tags))


def pattern(record: dict[str, Any]) -> Pattern:
    """Read where the marks of a record came to stand."""
    fixed: Record = {}
    texts: list[tuple[str, int]] = []
    joined: list[tuple[str, tuple[int, ...]]] = []
    parts: list[tuple[str, tuple[Pattern, ...]]] = []
    for path, value in record.items():
        if isinstance(value, list):
            parts.append((path, tuple(pattern(part) for part in value)))
            continue
        places = tuple(int(found) for found in _MARK.findall(value))
        if not places:
            fixed[path] = value
        elif len(places) == 1:
            texts.append((path, places[0]))
        else:
            joined.append((path, places))
    return Pattern(fixed, tuple(texts), tuple(joined), tuple(parts))
