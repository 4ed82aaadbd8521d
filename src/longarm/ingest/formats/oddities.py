"""What is unusual in a source, counted, so that it can be said once and not a million times."""

from __future__ import annotations

from collections import Counter


class Odd:
    """Counts what is unusual in a file, to be said once a chunk."""

    def __init__(self) -> None:
        self._seen: Counter[str] = Counter()

    def note(self, what: str) -> None:
        """Count something; a file that has a thousand kinds of oddities has the rest counted together."""
        self._seen[what if len(self._seen) < 1000 or what in self._seen else "other oddities"] += 1

    def said(self) -> tuple[str, ...]:
        """Say what there was, and forget it."""
        found = tuple(f"{what} ({times} times)" if times > 1 else what for what, times in self._seen.items())
        self._seen.clear()
        return found
