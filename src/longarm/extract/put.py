"""How a whole claim is put: asserted, alleged, denied or planned, by the words inside it and before it in its sentence.

Order matters, and follows from what a wrong answer costs. That something was denied or is only planned must never be
read as said to be so; so words of denial count first, then those of what is to come, then those that keep a distance.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Final

import yaml

from longarm.extract.stance import ALLEGED, ASSERTED, DENIED, PLANNED, Stance

Span = tuple[int, int]
_REACH: Final = 160
"""Letters before a claim within which words of its sentence still speak of it."""
_BREAK: Final = re.compile(r"[;:]\s|[.!?]\s")


@dataclass(frozen=True)
class _Words:
    not_so: re.Pattern[str]
    dropped: re.Pattern[str]
    ahead: re.Pattern[str]
    distance: re.Pattern[str]
    denied: re.Pattern[str]


def put(text: str, sentence: Span, claim: Span, lang: str) -> Stance:
    """Say how a claim at a span of a sentence is put, with the words that say so."""
    words = _words(lang)
    before = (max(sentence[0], claim[0] - _REACH), claim[0])
    last = max((m.end() for m in _BREAK.finditer(text, *before)), default=before[0])
    before = (last, claim[0])
    for stance, pattern, where in (
        (DENIED, words.denied, before),
        (DENIED, words.denied, claim),
        (DENIED, words.not_so, claim),
        (DENIED, words.dropped, claim),
        (ALLEGED, words.distance, before),
        (PLANNED, words.ahead, claim),
        (ALLEGED, words.distance, claim),
    ):
        found = pattern.search(text, *where)
        if found is not None:
            return Stance(stance, found.span())
    return Stance(ASSERTED)


@cache
def _words(lang: str) -> _Words:
    given = yaml.safe_load(files("longarm.extract").joinpath("put.yaml").read_text("utf-8"))
    ends = {
        k: rf"(?:(?<!\w)|(?=n['’]t))(?:{v})" + (r"(?!\w)" if k != "not_so" or lang != "fr" else r"(?:(?!\w)|(?<=['’]))")
        for k, v in given[lang].items()
    }
    return _Words(**{k: re.compile(v, re.IGNORECASE) for k, v in ends.items()})
