"""The line of each place in a JSON file: `json` gives the value, this walk over the same text gives the lines.

YAML reads nearly all JSON, but not a character written as two halves, as `json` itself writes
all beyond the first plane.
"""

from __future__ import annotations

import json
import re
from typing import Any

Path = tuple[str | int, ...]

_TOKEN = re.compile(r'"(?:[^"\\]|\\.)*"|[{}\[\],:\n]|[^\s"{}\[\],:]+')


def read(content: str) -> tuple[Any, dict[Path, int]]:
    """Give the value and the line of each place. Raises ValueError or RecursionError where it is not JSON."""
    value = json.loads(content, parse_constant=_refuse, object_pairs_hook=_once)
    return value, _lines(content)


def _refuse(name: str) -> Any:
    raise ValueError(f"'{name}' is not JSON")


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) < len(pairs):
        raise ValueError("a key stands twice")
    return found


def _lines(content: str) -> dict[Path, int]:
    lines: dict[Path, int] = {}
    path: list[str | int | None] = []
    """of each mapping or list around this place, the key or number at which we are; None: a key comes next"""
    line = 1
    for piece in _TOKEN.findall(content):
        if piece == "\n":
            line += 1
        elif piece in "}]":
            path.pop()
        elif piece == ",":
            at = path[-1]
            path[-1] = at + 1 if isinstance(at, int) else None
        elif piece != ":":
            if path and path[-1] is None:
                path[-1] = str(json.loads(piece))
            place = tuple(step for step in path if step is not None)
            lines.setdefault(place, line)
            if piece in "{[":
                path.append(None if piece == "{" else 0)
    return lines
