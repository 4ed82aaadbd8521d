"""Whether an English predicate of one word happened: by its own negation and mood, and by what it depends on.

The walk goes from the predicate outwards: `verbs` gives its own words, `links` what it depends on, `signatures` what a
governing word says of it. After Saurí and Pustejovsky, "FactBank" (2009). No weights are trained: the labelled
predicates only measure. Where nothing tells, a purpose or an infinitive stays open.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from longarm.extract.links import Link, link
from longarm.extract.signatures import DID_NOT, HAPPENED, OPEN, Signature, signature
from longarm.extract.tagging import Token, tagged
from longarm.extract.verbs import ASKING, Verb, is_past, is_verb, verb

Span = tuple[int, int]

ASSERTED: Final = "asserted"
ALLEGED: Final = "alleged"
DENIED: Final = "denied"
PLANNED: Final = "planned"
_DEEPEST: Final = 6
"""steps outwards"""
_FUTURE: Final = frozenset(("will", "'ll", "wo", "shall"))
_JOURNEYS: Final = frozenset(("go", "leave", "move", "travel", "fly", "arrive", "depart", "visit", "return"))
"""Verbs whose progressive speaks of what is to come"""
_SOON: Final = frozenset(("tonight", "tomorrow", "soon", "next", "later", "shortly"))
_NOT_ORDERED: Final = frozenset(
    (
        "thank", "thank-you", "love", "like", "hope", "wish", "feel", "want", "enjoy", "hate", "guess", "think",
        "remember", "appreciate", "miss", "apologize", "need", "recommend", "sound", "look",
    )
)  # fmt: skip
"""Verbs that lack their subject and give no order: "Thank you", "Love this place" """
_INDEFINITE: Final = frozenset(
    (
        "a", "an", "any", "anyone", "anybody", "anything", "someone", "somebody", "something", "one", "whoever",
        "everyone", "those", "whatever", "no",
    )
)  # fmt: skip
_NOBODY: Final = frozenset(("none", "nobody", "nothing", "neither", "no"))
_KEEPING: Final = frozenset(("get", "have", "keep", "see"))
"""Verbs with an object and a participle that happened if they did: "had it repaired" """


@dataclass(frozen=True)
class Put:
    """How something is put; None where it is put as no claim: a question, a condition, a wish, an order."""

    stance: str | None
    cue: Span | None = None
    """the words that set it"""


_AS_SAID: Final = Put(ASSERTED)


def put(said: str, predicate: Span) -> Put:
    """Say how the predicate at a span of an English sentence is put."""
    tokens = tagged(said)
    at = next((n for n, token in enumerate(tokens) if token.start <= predicate[0] < token.end), None)
    return _AS_SAID if at is None else _put(tokens, at, 0)


def _put(tokens: Sequence[Token], at: int, depth: int) -> Put:
    if depth > _DEEPEST:
        return _AS_SAID
    if depth and not is_verb(tokens[at]):
        return _of_noun(tokens, at, depth)
    v = verb(tokens, at)
    own = _own(tokens, v)
    around = _around(tokens, v, link(tokens, v), depth)
    if around.stance == ASSERTED:
        return own
    if own.stance == ASSERTED:
        return around
    return Put(ALLEGED, own.cue) if own.stance == around.stance == DENIED else own


def _own(tokens: Sequence[Token], v: Verb) -> Put:
    """Read the verb's own words."""
    cue = (tokens[v.first].start, tokens[v.at].end)
    if v.negated:
        return Put(DENIED, cue)
    nobody = _nobody(tokens, v)
    if nobody is not None:
        return Put(DENIED, _span(nobody))
    if v.modal:
        return Put(PLANNED if v.modal in _FUTURE else ALLEGED, cue)
    return Put(PLANNED, cue) if _is_ahead(tokens, v) else _AS_SAID


def _is_ahead(tokens: Sequence[Token], v: Verb) -> bool:
    """Say whether a progressive speaks of the future: "is going to …", "are leaving"."""
    if tokens[v.at].tag != "VVG" or not v.chain or tokens[v.first].tag not in ("VBB", "VBZ"):
        return False
    return tokens[v.at].lemma in _JOURNEYS or any(t.word in _SOON for t in tokens[v.at + 1 : v.at + 9])


def _nobody(tokens: Sequence[Token], v: Verb) -> Token | None:
    """Give the word that denies a subject: "none of the calls", "nobody", "neither side"."""
    if v.form in ("to", "ing"):
        return None
    for t in reversed(tokens[max(0, v.first - 7) : v.first]):
        if t.word in _NOBODY and t.tag != "ITJ":
            return t
        if is_verb(t) or t.tag.startswith(("PU", "CJ")) or t.tag in (*ASKING, "PNP"):
            return None
    return None


def _around(tokens: Sequence[Token], v: Verb, on: Link, depth: int) -> Put:
    """Say what the place of a verb in its sentence makes of it."""
    cue = _span(tokens[on.opener if on.opener >= 0 else on.head if on.head >= 0 else v.at])
    if on.kind == "joined":
        if v.form != "finite" or depth >= _DEEPEST:
            return _put(tokens, on.head, depth + 1)
        other = verb(tokens, on.head)  # "did not come and was fined": only the place is shared
        return _around(tokens, other, link(tokens, other), depth + 1)
    if on.kind == "order":
        return _AS_SAID if tokens[v.at].lemma in _NOT_ORDERED else Put(None, cue)
    if v.asked:
        by_pronoun = any(t.tag in ASKING for t in tokens[max(0, v.first - 3) : v.first])
        return Put(None, cue) if not by_pronoun and any(t.word == "?" for t in tokens[v.at :]) else _AS_SAID
    if on.kind in ("if", "whether"):
        return Put(None, cue)
    if on.kind == "when":
        return _of_time(tokens, v, on, cue, depth)
    if on.kind == "wh":
        ever = on.opener >= 0 and tokens[on.opener].word.endswith("ever")
        return Put(PLANNED, cue) if v.form == "to" else Put(ALLEGED, cue) if ever else _AS_SAID
    if on.kind == "relative":
        return _of_relative(tokens, on, depth)
    if on.kind == "done":
        return _put(tokens, on.head, depth + 1) if tokens[on.head].lemma in _KEEPING else Put(PLANNED, cue)
    return _of_complement(tokens, v, on, cue, depth)


def _of_complement(tokens: Sequence[Token], v: Verb, on: Link, cue: Span, depth: int) -> Put:
    """Say how a verb is put that another word takes as its complement, or that has a purpose."""
    if on.kind == "that" and v.form == "bare" and v.first and tokens[v.first - 1].tag in ("NN1", "NP0"):
        return Put(PLANNED, cue)  # a subjunctive: "demanded that the state leave"
    if on.kind == "ing" and on.head < 0 and on.opener < 0:
        return _of_subject(tokens, v)
    if on.kind in ("that", "to", "ing", "bare"):
        return _governed(tokens, on.kind, (on.head, on.opener), cue, depth)
    if on.kind in ("noun", "purpose"):
        if on.head >= 0 and _signature(tokens, "object", on.head):
            return _governed(tokens, "object", (on.head, -1), cue, depth)
        if on.opener >= 0 and _signature(tokens, "noun", on.opener):
            return _governed(tokens, "noun", (on.opener, -1), cue, depth)
        return Put(PLANNED, cue)
    return _AS_SAID


def _of_subject(tokens: Sequence[Token], v: Verb) -> Put:
    """Say how a gerund at the beginning is put: "removing it would cost a lot" says that it was not removed."""
    for t in tokens[v.at + 1 : v.at + 12]:
        if t.tag == "VM0":
            return Put(ALLEGED, _span(t))
        if is_verb(t) and t.tag[-1] in "BDZ":
            break
    return _AS_SAID


def _governed(tokens: Sequence[Token], kind: str, by: tuple[int, int], cue: Span, depth: int) -> Put:
    """Read the signature of what governs, or else of what opens the clause, in the place where it stands itself."""
    head, opener = by
    found = _signature(tokens, kind, head) if head >= 0 else None
    if found is None and opener >= 0:
        found = _signature(tokens, kind, opener)
    env = _put(tokens, head, depth + 1) if head >= 0 else _AS_SAID
    if found is None:
        if kind == "to":
            return Put(PLANNED, cue)
        return _AS_SAID if kind == "that" or env.stance == DENIED else env
    if env.stance not in (ASSERTED, DENIED):
        signs = {found.held, found.denied}
        return {HAPPENED: _AS_SAID, DID_NOT: Put(DENIED, cue)}.get(signs.pop(), env) if len(signs) == 1 else env
    sign = found.held if env.stance == ASSERTED else found.denied
    return {HAPPENED: _AS_SAID, DID_NOT: Put(DENIED, cue), OPEN: Put(PLANNED, cue)}[sign]


def _signature(tokens: Sequence[Token], kind: str, at: int) -> Signature | None:
    return signature(kind, tokens[at].lemma, tokens[at].word, past=_stands_in_past(tokens, at))


def _stands_in_past(tokens: Sequence[Token], at: int) -> bool:
    """Say whether a verb, or the verb to which an adjective belongs, is in the past or the perfect."""
    for j in range(at, max(-1, at - 6), -1):
        if is_verb(tokens[j]):
            return is_past(tokens, verb(tokens, j))
        if tokens[j].tag.startswith(("PU", "CJ", "PN")):
            break
    return False


def _of_noun(tokens: Sequence[Token], at: int, depth: int) -> Put:
    """Say how the verb is put to which an adjective or noun belongs: "was not able to", "no plan to"."""
    for j in range(at - 1, max(-1, at - 7), -1):
        if tokens[j].tag.startswith(("PU", "CJ")):
            break
        if tokens[j].word in ("no", "without", "not"):
            return Put(DENIED, _span(tokens[j]))
        if is_verb(tokens[j]):
            return _put(tokens, j, depth + 1)
    return _AS_SAID


def _of_time(tokens: Sequence[Token], v: Verb, on: Link, cue: Span, depth: int) -> Put:
    """Say how a clause of time is put: a past one as said; a present one as the clause that it gives the time of."""
    if is_past(tokens, v):
        return _AS_SAID
    if tokens[on.opener].word in ("until", "till", "before", "once"):
        return Put(PLANNED, cue)
    for j in range(on.opener - 1, max(-1, on.opener - 12), -1):
        if is_verb(tokens[j]):
            return _put(tokens, j, depth + 1)
    comma = next((j for j in range(v.at, len(tokens)) if tokens[j].word == ","), len(tokens))
    later = next((j for j in range(comma, min(len(tokens), comma + 10)) if tokens[j].tag.startswith("VV")), None)
    return _AS_SAID if later is None else _put(tokens, later, depth + 1)


def _of_relative(tokens: Sequence[Token], on: Link, depth: int) -> Put:
    """Say how a relative clause is put: of what is not known to be, nothing is known to have happened."""
    indefinite = False
    for j in range(on.head, max(-1, on.head - 8), -1):
        if is_verb(tokens[j]):
            env = _put(tokens, j, depth + 1) if indefinite else _AS_SAID
            return Put(ALLEGED, env.cue) if env.stance == DENIED else env
        if tokens[j].tag.startswith(("PU", "CJ")):
            break
        if tokens[j].word == "no":
            return Put(ALLEGED, _span(tokens[j]))
        indefinite = indefinite or tokens[j].word in _INDEFINITE
    return _AS_SAID


def _span(token: Token) -> Span:
    return token.start, token.end
