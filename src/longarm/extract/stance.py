"""How a predicate is put in its sentence: asserted, alleged, denied, planned, or put as no claim at all.

Rules over the clause: what governs a predicate stands before it, or closes the clause in Dutch and German. The words
are data (`stance.yaml`). After Saurí and Pustejovsky, "FactBank" (2009): negation and modality act inward, to the
nearest boundary of a clause.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any, Final

import yaml

Span = tuple[int, int]

ASSERTED: Final = "asserted"
ALLEGED: Final = "alleged"
DENIED: Final = "denied"
PLANNED: Final = "planned"
LANGUAGES: Final = ("en", "fr", "nl", "de")
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
class Stance:
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


def stance_of(text: str, sentence: Span, predicate: Span, lang: str | None) -> Stance:
    """Say how the predicate at a span is put; in a language without words of its own, as English."""
    words = _words(lang if lang in LANGUAGES else "en")
    said = text[sentence[0] : sentence[1]]
    at = predicate[0] - sentence[0]
    start = _clause(said, at, words)
    clause = said[start:at]
    if said.rstrip(" \"'”’»)").endswith("?") and (lang != "en" or _ASKED.match(clause)):
        return Stance(None, (sentence[1] - 1, sentence[1]))
    end = _end(said, predicate[1] - sentence[0])
    for name, pattern, where in (
        (DENIED, words.negation, _last),
        (None, words.condition, _last),
        (ALLEGED, words.rumour, _last),
        (PLANNED, words.future, _last),
        (ALLEGED, words.possible, _last),
    ):
        found = where(pattern, clause)
        if found is not None and _governs(clause, found, name):
            return Stance(name, (sentence[0] + start + found.start(), sentence[0] + start + found.end()))
    if lang in {"nl", "de"}:
        after = said[predicate[1] - sentence[0] : end]
        found = re.search(words.negation.pattern, after, re.IGNORECASE)
        if found is not None:
            base = predicate[1]
            return Stance(DENIED, (base + found.start(), base + found.end()))
    verb = said[at : predicate[1] - sentence[0]]
    if lang == "en" and not _FINITE.search(verb) and _is_order(said, at):
        return Stance(None, predicate)
    bare = re.search(rf"\b(?:{words.infinitive.pattern})\s+(?:\w+ly\s+)?$", clause, re.IGNORECASE)
    if bare is not None and not re.search(rf"\b{words.kept.pattern}\s+(?:\w+ly\s+)?$", clause, re.IGNORECASE):
        return Stance(PLANNED, (sentence[0] + start + bare.start(), sentence[0] + start + bare.end()))
    return Stance(ASSERTED)


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


def _end(said: str, at: int) -> int:
    found = re.compile(r"[,;:.!?–—]").search(said, at)
    return found.start() if found else len(said)


@cache
def _words(lang: str) -> _Words:
    given: dict[str, Any] = yaml.safe_load(files("longarm.extract").joinpath("stance.yaml").read_text("utf-8"))
    return _Words(
        **{
            k: re.compile(
                rf"(?<![\w])(?:{v})(?![\w])"
                if k != "negation" or lang != "en"
                else rf"(?:(?<![\w])|(?=n['’]t))(?:{v})(?![\w])",
                re.IGNORECASE,
            )
            for k, v in given[lang].items()
        }
    )
