"""Stance: how a statement is put inside its sentence: asserted, alleged, denied, planned, or nothing said at all.

Reads the cue table `cues/stance.yaml`. What is asked, supposed or imagined has the stance None: it claims nothing.
A promise or a duty in force is asserted, although its fulfilment lies ahead; "no comment" and "no sign was found" are
facts about the speaker, so their negation makes no denial.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from longarm.extract import factuality
from longarm.extract.cues import known, patterns
from longarm.extract.sentences import Span

if TYPE_CHECKING:
    from longarm.model.claims import Text

LONGEST: Final = 2_000
"""Characters of a sentence that are searched for cues; a longer one is no sentence of prose"""

_CLAUSE: Final = re.compile(r"[,;:]\s|\b(?:that|which|who|dass|dat|que|qui|die|der)\s|[\"“”«»]", re.IGNORECASE)
_QUESTION: Final = re.compile(r"\?[\"”»’')\s]*$")


@dataclass(frozen=True)
class Stance:
    """A stance of the design, or None where nothing is claimed; and the words that set it, where there are any."""

    stance: str | None
    cue: Span | None = None


def stance_of(text: Text, sentence: Span, predicate: Span, lang: str | None = None) -> Stance:
    """Give the stance of a predicate or claim inside its sentence.

    A predicate of one English word that no cue touches is judged by `factuality`, which knows infinitives, wishes and
    instructions; a clause is not.
    """
    code = known(lang or text.lang) or "en"
    body = text.text
    within = Span(predicate.start, min(predicate.end, predicate.start + LONGEST))
    sent = Span(max(sentence.start, within.start - LONGEST), min(max(sentence.end, within.end), within.end + LONGEST))
    one_word = " " not in body[within.start : within.end].strip()
    if one_word:
        return _of_word(body, sent, within, code)
    if _QUESTION.search(body[sent.start : sent.end]) and within.end >= sent.end - 3:
        return Stance(None, Span(sent.end - 1, sent.end))
    supposed = patterns("stance", "hypothesis", code).search(body[sent.start : sent.end])
    if supposed:
        return Stance(None, Span(sent.start + supposed.start(), sent.start + supposed.end()))
    return _of_clause(body, sent, within, code)


def _find(body: str, span: Span, key: str, code: str) -> Span | None:
    found = patterns("stance", key, code).search(body[span.start : span.end])
    return Span(span.start + found.start(), span.start + found.end()) if found else None


def _of_clause(body: str, sentence: Span, claim: Span, code: str) -> Stance:
    """Judge a clause: first what governs it, then its own words, then what is said of it afterwards."""
    before, after = Span(sentence.start, claim.start), Span(claim.end, sentence.end)
    begin = (
        sentence.end
        + len(body[sentence.end : sentence.end + 4])
        - len(body[sentence.end : sentence.end + 4].lstrip(" "))
    )
    following = Span(begin, min(len(body), begin + 80))
    line_end = body.find("\n", following.start, following.end)
    if line_end >= 0:
        following = Span(following.start, line_end)
    retract = _find(body, following, "retract", code)
    if retract and after.end - after.start <= 3:
        return Stance("denied", retract)
    for key, stance in (("governs_denied", "denied"), ("governs_alleged", "alleged")):
        cue = _find(body, before, key, code)
        if cue and not (stance == "denied" and _find(body, before, "governs_alleged", code)):
            return Stance(stance, cue)
    neutral = _find(body, claim, "neutral", code)
    denial = _find(body, claim, "denied", code)
    alleged = _find(body, claim, "alleged", code)
    own = _own(body, claim, code, denial, neutral, alleged)
    if own.stance == "asserted":
        unnamed = _find(body, before, "unnamed", code) or _find(body, after, "unnamed", code)
        if unnamed:
            return Stance("alleged", unnamed)
        plan = _find(body, _same_clause(body, before), "planned", code)
        if plan and not own.cue:  # "will take ⟦a third of the port⟧"
            return Stance("planned", plan)
    return own


def _same_clause(body: str, before: Span) -> Span:
    """Give what stands before a claim in its own clause, at most ninety characters of it."""
    start = max(before.start, before.end - 90)
    cuts = [m.end() for m in _CLAUSE.finditer(body[start : before.end])]
    return Span(start + (cuts[-1] if cuts else 0), before.end)


def _own(body: str, claim: Span, code: str, denial: Span | None, neutral: Span | None, alleged: Span | None) -> Stance:
    """Judge a clause by its own words; the order says which cue wins over which."""
    if neutral:
        return Stance("asserted", neutral)
    duty = _find(body, claim, "duty", code)
    planned = _find(body, claim, "planned", code)
    if denial and not (duty and duty.start < denial.start):
        return Stance("denied", denial)
    if alleged and not duty:
        return Stance("alleged", alleged)
    if duty and not (planned and planned.start < duty.start):
        return Stance("asserted", duty)
    if planned:
        return Stance("planned", planned)
    return Stance("asserted")


def _of_word(body: str, sentence: Span, word: Span, code: str) -> Stance:
    """Judge a predicate of one word by what stands before it in its clause, and English ones by what governs them."""
    clause = body[max(sentence.start, body.rfind(",", sentence.start, word.start), word.start - 60) : word.start]
    shift = word.start - len(clause)
    if code == "en":
        whole = body[sentence.start : sentence.end]
        within = (word.start - sentence.start, word.end - sentence.start)
        put = factuality.put(whole, within)
        cue = Span(sentence.start + put.cue[0], sentence.start + put.cue[1]) if put.cue else None
        return Stance(put.stance, cue)
    for key, stance in (("denied", "denied"), ("alleged", "alleged"), ("planned", "planned")):
        found = patterns("stance", key, code).search(clause + body[word.start : word.end])
        if found:
            return Stance(stance, Span(shift + found.start(), shift + found.end()))
    return Stance("asserted")
