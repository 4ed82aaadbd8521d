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
_IN_FORCE: Final = frozenset({"commitment", "legal_duty"})
_LASTING: Final = frozenset({"special_right", "controls", "registered_in", "operates", "subsidiary_of"})
"""What holds now, where it is said that it will go on."""
_QUESTION: Final = re.compile(r"\?[\"”»’')\s]*$")


@dataclass(frozen=True)
class Stance:
    """A stance of the design, or None where nothing is claimed; and the words that set it, where there are any."""

    stance: str | None
    cue: Span | None = None


def stance_of(
    text: Text,
    sentence: Span,
    predicate: Span,
    lang: str | None = None,
    cue: Span | None = None,
    relation: str | None = None,
) -> Stance:
    """Give the stance of a predicate or claim inside its sentence.

    `cue` are the words of a claim that speak of its `relation`, where they are known: only what stands before them, or
    in their own part of the clause, governs them. A predicate of one English word that no cue touches is judged by
    `factuality`, which knows infinitives, wishes and instructions; a clause is not.
    """
    code = known(lang or text.lang) or "en"
    body = text.text
    within = Span(predicate.start, min(predicate.end, predicate.start + LONGEST))
    sent = Span(max(sentence.start, within.start - LONGEST), min(max(sentence.end, within.end), within.end + LONGEST))
    if cue is None and " " not in body[within.start : within.end].strip():
        return _of_word(body, sent, within, code)
    if _QUESTION.search(body[sent.start : sent.end]) and within.end >= sent.end - 3:
        return Stance(None, Span(sent.end - 1, sent.end))
    supposed = patterns("stance", "hypothesis", code).search(body[sent.start : sent.end])
    if supposed and cue is None:  # with a cue, the reader of claims has looked already
        return Stance(None, Span(sent.start + supposed.start(), sent.start + supposed.end()))
    return _of_clause(body, sent, within, code, cue or within, relation)


def _find(body: str, span: Span, key: str, code: str) -> Span | None:
    found = patterns("stance", key, code).search(body[span.start : span.end])
    return Span(span.start + found.start(), span.start + found.end()) if found else None


def _of_clause(body: str, sentence: Span, claim: Span, code: str, cue: Span, relation: str | None) -> Stance:
    """Judge a clause: first what governs it, then its own words, then what is said of it afterwards."""
    before, after = Span(sentence.start, claim.start), Span(claim.end, sentence.end)
    retract = _find(body, _following(body, sentence.end), "retract", code)
    if retract and after.end - after.start <= 3:
        return Stance("denied", retract)
    for key, stance in (("governs_denied", "denied"), ("governs_alleged", "alleged")):
        found = _find(body, before, key, code)
        if found and not (stance == "denied" and _find(body, before, "governs_alleged", code)):
            return Stance(stance, found)
    if relation == "precedent":  # an earlier case is told with all its denials: "never had its licence back"
        unlike = _find(body, claim, "no_precedent", code)
        return Stance("denied", unlike) if unlike else Stance("asserted")
    if relation in _IN_FORCE:
        return _in_force(body, before, claim, code)
    scope = _scope(body, claim, cue, code)
    joined = bool(_find(body, before, "joined", code))
    if relation == "decision":  # "rejected the bid" is a decision; only "has not rejected it" denies one
        denial = _find(body, Span(claim.start, cue.end), "negation", code)
    else:
        denial = _find(body, scope, "denied", code)
    alleged = _find(body, scope, "alleged", code)
    if relation and not alleged:
        alleged = _find(body, before, "hearsay", code) or (_find(body, before, "alleged", code) if joined else None)
    own = _own(body, scope, code, denial, alleged, relation)
    if own.stance == "asserted":
        unnamed = _find(body, before, "unnamed", code) or _find(body, after, "unnamed", code)
        if unnamed:
            return Stance("alleged", unnamed)
        plan = _find(body, _same_clause(body, before), "planned", code)
        if relation and joined and not plan:
            plan = _find(body, Span(before.start, scope.end), "planned", code)
        if plan and not own.cue:  # "will take ⟦a third of the port⟧"
            return Stance("planned", plan)
    return own


def _following(body: str, end: int) -> Span:
    """Give the beginning of the sentence that follows in the same line."""
    begin = end + len(body[end : end + 4]) - len(body[end : end + 4].lstrip(" "))
    following = Span(begin, min(len(body), begin + 80))
    line_end = body.find("\n", following.start, following.end)
    return Span(following.start, line_end) if line_end >= 0 else following


def _in_force(body: str, before: Span, claim: Span, code: str) -> Stance:
    """Judge a duty or an undertaking: in force although its fulfilment lies ahead, unless it is a bill or is denied."""
    denial = _find(body, claim, "no_duty", code)
    if denial:
        return Stance("denied", denial)
    bill = _find(body, claim, "bill", code) or _find(body, _same_clause(body, before), "bill", code)
    return Stance("planned", bill) if bill else Stance("asserted")


def _scope(body: str, claim: Span, cue: Span, code: str) -> Span:
    """Give what can govern a cue: its clause without what is only added behind it: "but not …", "which …"."""
    cut = patterns("stance", "afterthought", code).search(body, cue.end, claim.end) if cue != claim else None
    return Span(claim.start, cut.start() if cut else claim.end)


def _same_clause(body: str, before: Span) -> Span:
    """Give what stands before a claim in its own clause, at most ninety characters of it."""
    start = max(before.start, before.end - 90)
    cuts = [m.end() for m in _CLAUSE.finditer(body[start : before.end])]
    return Span(start + (cuts[-1] if cuts else 0), before.end)


def _own(body: str, claim: Span, code: str, denial: Span | None, alleged: Span | None, relation: str | None) -> Stance:
    """Judge a clause by its own words; the order says which cue wins over which."""
    # Of a relation that is known, its reader says what is no denial, and what is in force.
    neutral = _find(body, claim, "neutral", code) if relation is None else None
    duty = _find(body, claim, "duty", code) if relation is None else None
    if neutral:
        return Stance("asserted", neutral)
    planned = _find(body, claim, "planned", code)
    if denial and not (duty and duty.start < denial.start):
        return Stance("denied", denial)
    if alleged and not duty:
        return Stance("alleged", alleged)
    if duty and not (planned and planned.start < duty.start):
        return Stance("asserted", duty)
    if planned and not (relation in _LASTING and (kept := _find(body, claim, "goes_on", code))):
        return Stance("planned", planned)
    return Stance("asserted", kept) if planned else Stance("asserted")


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
