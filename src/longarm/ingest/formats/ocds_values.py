"""Values of an OCDS release as texts, whatever type they came in; what is of a wrong kind is noted, never a fault."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

_MOST = 60_000
"""Characters of one text that are taken: a description, not a document."""


def texts_of(value: Any) -> list[str]:
    """Give a scalar as a text, a list as its texts; nothing for what is empty or an object."""
    if isinstance(value, str):
        return [value.strip()[:_MOST]] if value.strip() else []
    if isinstance(value, bool):
        return ["true" if value else "false"]
    if isinstance(value, float):
        whole = value.is_integer() and abs(value) < 1e15
        return [str(int(value)) if whole else repr(value)] if value == value and abs(value) != float("inf") else []
    if isinstance(value, int):
        return [str(value)] if abs(value) < 10**30 else []
    if isinstance(value, list):
        return [text for each in value[:1000] if not isinstance(each, list) for text in texts_of(each)]
    return []


class Looking:
    """Looks into a release, and notes what is not of the kind that stands there."""

    def __init__(self) -> None:
        self.faults: list[str] = []

    def one(self, holder: dict[str, Any], key: str) -> dict[str, Any]:
        """Give an object, an empty one where there is none."""
        value = holder.get(key)
        if value is None or isinstance(value, dict):
            return value or {}
        self._note(f"'{key}' is no object; it is passed over")
        return {}

    def many(self, holder: dict[str, Any], key: str) -> Iterator[dict[str, Any]]:
        """Give the objects of a list; a single object counts as one."""
        value = holder.get(key)
        if isinstance(value, dict):
            value = [value]
        if value is not None and not isinstance(value, list):
            self._note(f"'{key}' is no list; it is passed over")
            return
        for each in value or ():
            if isinstance(each, dict):
                yield each
            elif each is not None:
                self._note(f"'{key}' holds something that is no object; it is passed over")

    def _note(self, fault: str) -> None:
        if fault not in self.faults:
            self.faults.append(fault)
