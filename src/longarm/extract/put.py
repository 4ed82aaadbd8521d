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
    ours: re.Pattern[str]
    bill: re.Pattern[str]
    joined: re.Pattern[str]


def put(text: str, sentence: Span, claim: Span, lang: str) -> Stance:
    """Say how a claim at a span of a sentence is put, with the words that say so."""
    words = _words(lang)
    before = (max(sentence[0], claim[0] - _REACH), claim[0])
    last = max((m.end() for m in _BREAK.finditer(text, *before)), default=before[0])
    before = (last, claim[0])
    shared = re.compile(rf"(?:{words.joined.pattern})\W*$", re.IGNORECASE).search(text, *before)
    for stance, pattern, where in (
        (DENIED, words.ours, (before[0], claim[0] + 1)),
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
    ahead = words.ahead.search(text, *before) if shared else None
    return Stance(PLANNED, ahead.span()) if ahead else Stance(ASSERTED)


def is_bill(text: str, sentence: Span, lang: str) -> bool:
    """Say whether a sentence speaks of a law that is not one yet."""
    return _words(lang).bill.search(text, *sentence) is not None


def corrects(text: str, sentence: Span, claim: Span, lang: str) -> bool:
    """Say whether the text corrects, in this sentence, what it said itself."""
    return _words(lang).ours.search(text, sentence[0], min(sentence[1], claim[0] + 1)) is not None


@cache
def _words(lang: str) -> _Words:
    given = yaml.safe_load(files("longarm.extract").joinpath("put.yaml").read_text("utf-8"))
    ends = {
        k: rf"(?:(?<!\w)|(?=n['’]t))(?:{v})" + (r"(?!\w)" if k != "not_so" or lang != "fr" else r"(?:(?!\w)|(?<=['’]))")
        for k, v in given[lang].items()
    }
    return _Words(**{k: re.compile(v, re.IGNORECASE) for k, v in ends.items()})
