"""One computation for one question: whoever asks the same while it is computed waits for it."""

from __future__ import annotations

import threading
from collections.abc import Callable, Hashable
from typing import Final, TypeVar

_T = TypeVar("_T")
_TURNS: Final = 64
"""Locks that questions share by their hash, so that their number does not grow with what is asked."""


def in_turn(answer: Callable[..., _T], turns: int = _TURNS) -> Callable[..., _T]:
    """Give `answer` so that equal questions are answered one after the other: the first computes, the rest read.

    At most `turns` questions are answered at the same time; with one, all are answered one after the other.
    """
    locks = [threading.Lock() for _ in range(turns)]

    def asked(*question: Hashable) -> _T:
        same = tuple(q.upper() if isinstance(q, str) else q for q in question)  # a state is one in any letters
        with locks[hash(same) % turns]:
            return answer(*question)

    return asked
