"""One computation for one question: whoever asks the same while it is computed waits for it."""

from __future__ import annotations

import threading
from collections.abc import Callable
from typing import Any, Final

from longarm.model.options import ReachOptions

Reach = Callable[[str, str, ReachOptions], dict[str, Any]]
_TURNS: Final = 64
"""Locks that questions share by their hash, so that their number does not grow with what is asked."""


def in_turn(reach: Reach) -> Reach:
    """Give `reach` so that equal questions are answered one after the other: the first computes, the rest read."""
    turns = [threading.Lock() for _ in range(_TURNS)]

    def asked(site: str, state: str, options: ReachOptions) -> dict[str, Any]:
        with turns[hash((site, state.upper(), options)) % _TURNS]:
            return reach(site, state, options)

    return asked
