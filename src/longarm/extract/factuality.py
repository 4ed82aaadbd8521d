"""Whether an English predicate of one word happened, by what governs it in its clause, and whether it gives an order.

The words are data (`cues/factuality.yaml`). After Saurí and Pustejovsky, "FactBank" (2009): negation and modality act
inward, to the nearest boundary of a clause. No weights are trained: the labelled predicates only measure.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Final

import yaml

Span = tuple[int, int]

ASSERTED: Final = "asserted"
ALLEGED: Final = "alleged"
DENIED: Final = "denied"
PLANNED: Final = "planned"
_BREAK: Final = re.compile(r"[;:()–—]|\s-\s|[.!?]\s")
_ORDER: Final = re.compile(
    r"^[\s\"'“‘>*•-]*(?:(?:please|just|also|then|so|and|or|but|now|simply|always|never|don['’]t|do not|first|next)\b"
    r"[\s,]*(?:me|us|them|him|her)?\s*)*$",
    re.IGNORECASE,
)
"""What may stand before an order: nothing, or words that no subject hides in."""
_ASKED: Final = re.compile(
    r"\W*(?:(?:and|so|but|or|well)\s+)?(?:do|does|did|is|are|was|were|can|could|will|would|should|have|has|had|may|shall)(?:n['’]t)?\b",
    re.IGNORECASE,
)
"""How a question begins that asks whether something is so; one that asks who or why takes the rest as given."""
_FINITE: Final = re.compile(
    r"(?:ed|s|ing|was|were|had|did|went|got|took|made|said|came|found|told|gave|left|felt|knew|saw)$", re.IGNORECASE
)
"""Endings and forms that no order, and no second verb after a modal, has."""


@dataclass(frozen=True)
class Put:
    """How something is put; None where it is put as no claim: a question, a condition, a wish, an order."""

    stance: str | None
    cue: Span | None = None
    """the words that set it"""


@dataclass(frozen=True)
class _Words:
    """The words of a language, ready to be looked for."""

    negation: re.Pattern[str]
    future: re.Pattern[str]
    possible: re.Pattern[str]
    rumour: re.Pattern[str]
    condition: re.Pattern[str]
    cut: re.Pattern[str]
    infinitive: re.Pattern[str]
    kept: re.Pattern[str]


def put(said: str, predicate: Span) -> Put:
    """Say how the predicate at a span of an English sentence is put."""
    words, at = _words(), predicate[0]
    start = _clause(said, at, words)
    clause = said[start:at]
    if said.rstrip(" \"'”’»)").endswith("?") and _ASKED.match(clause):
        return Put(None, (len(said) - 1, len(said)))
    for name, pattern in (
        (DENIED, words.negation),
        (None, words.condition),
        (ALLEGED, words.rumour),
        (PLANNED, words.future),
        (ALLEGED, words.possible),
    ):
        found = _last(pattern, clause)
        if found is not None and _governs(clause, found, name):
            return Put(name, (start + found.start(), start + found.end()))
    if not _FINITE.search(said[at : predicate[1]]) and _is_order(said, at):
        return Put(None, predicate)
    bare = re.search(rf"\b(?:{words.infinitive.pattern})\s+(?:\w+ly\s+)?$", clause, re.IGNORECASE)
    if bare is not None and not re.search(rf"\b{words.kept.pattern}\s+(?:\w+ly\s+)?$", clause, re.IGNORECASE):
        return Put(PLANNED, (start + bare.start(), start + bare.end()))
    return Put(ASSERTED)


def _is_order(said: str, at: int) -> bool:
    """Say whether a bare verb of English gives an order: it begins its sentence, or is joined to a verb that does."""
    start = max((m.end() for m in _BREAK.finditer(said[:at])), default=0)
    before = said[start:at]
    if _ORDER.match(before) or re.search(r"\bplease\b,?(?:\W+\w+){0,2}\W*$", before, re.IGNORECASE):
        return True
    joined = re.match(
        r"[\s\"'“]*(?:please\s+)?(?P<verb>\w+)\b.*(?:,|\band|\bor|\bthen)\s*(?:\w+ly\s+)?$",
        said[:at].rsplit(". ", 1)[-1],
        re.IGNORECASE | re.DOTALL,
    )
    return joined is not None and not _FINITE.search(joined["verb"]) and joined["verb"].lower() in _ORDERS


_ORDERS: Final = frozenset(
    {"go", "call", "let", "try", "make", "take", "get", "give", "come", "see"}
    | {"look", "work", "send", "keep", "stop", "ask", "talk", "check", "contact", "visit"}
    | {"bring", "read", "tell", "save", "find", "avoid", "buy", "use", "put", "run"}
    | {"hop", "stay", "click", "add", "write", "turn", "leave"}
)
"""Verbs that orders often begin with."""


def _last(pattern: re.Pattern[str], clause: str) -> re.Match[str] | None:
    found = None
    for each in pattern.finditer(clause):
        found = each
    return found


def _governs(clause: str, found: re.Match[str], name: str | None) -> bool:
    """Say whether a word still acts on what ends the clause: no finished verb of its own stands between."""
    between = clause[found.end() :]
    far = len(re.findall(r"\w+", between))
    if name is None:
        return far <= 5
    if name == DENIED:
        return far <= 6
    return far <= 3


def _clause(said: str, at: int, words: _Words) -> int:
    """Give where the clause of a predicate begins: after the last boundary before it."""
    before = said[:at]
    start = max((m.end() for m in _BREAK.finditer(before)), default=0)
    for cut in words.cut.finditer(before, start):
        start = cut.end()
    return start


@cache
def _words() -> _Words:
    given: dict[str, str] = yaml.safe_load(files("longarm.extract.cues").joinpath("factuality.yaml").read_text("utf-8"))
    found = {}
    for name, words in given.items():
        begins = r"(?:(?<!\w)|(?=n['’]t))" if name == "negation" else r"(?<!\w)"
        found[name] = re.compile(rf"{begins}(?:{words})(?!\w)", re.IGNORECASE)
    return _Words(**found)
