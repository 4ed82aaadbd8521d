"""What an English verb depends on, as far as tags and order tell it: no parser, no weights.

A main clause depends on nothing; a complement on the verb, adjective or noun that takes it; other clauses on what opens
them; a joined verb on the one before it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from longarm.extract.tagging import Token
from longarm.extract.verbs import NOMINAL, Verb, is_auxiliary, is_verb, verb

FAR: Final = 30
"""words to the left in which the beginning of a clause is looked for"""
_PHRASE: Final = 8
"""words of a noun phrase at most"""
_CLOSED: Final = frozenset('.;:!?()[]–—"“”')
_WHEN: Final = frozenset(("when", "whenever", "until", "till", "before", "after", "once", "while"))
_IF: Final = frozenset(("if", "unless", "lest", "provided", "assuming", "supposing"))
_IF_SO: Final = frozenset(("possible", "so", "not", "necessary", "needed", "any", "applicable"))
"""What stands behind an if that opens no clause"""
_WH: Final = frozenset(("what", "how", "why", "where", "whatever", "whoever", "wherever", "whichever", "whom", "whose"))
_PREPOSED: Final = frozenset(("of", "to", "than", "like", "from", "without", "by", "before", "after", "while", "when"))
_PLEASE: Final = frozenset(("please", "pls", "plz"))
_BARE: Final = frozenset(("let", "make", "help", "have", "see", "hear", "watch", "bid", "feel"))
_BARE_BESIDE: Final = frozenset(("go", "come", "help", "try"))
_CAUSED: Final = frozenset(("get", "have", "want", "need", "like", "keep", "see"))


@dataclass(frozen=True)
class Link:
    """What a verb depends on."""

    kind: str
    """main, order, if, when, whether, wh, given, relative, that, to, noun, purpose, ing, bare, done, joined, reduced"""
    head: int = -1
    """the word that governs it"""
    opener: int = -1
    """the conjunction, pronoun, preposition or noun that opens it"""


def link(tokens: Sequence[Token], v: Verb) -> Link:
    """Give what a verb depends on."""
    i = v.first - 1
    while (
        i >= 0 and (tokens[i].tag in ("AV0", "XX0") or tokens[i].word in ("both", "either")) and tokens[i].word != "so"
    ):
        i -= 1
    if i >= 0 and not v.asked and (tokens[i].tag == "CJC" or tokens[i].word in (",", "/", "&", "+", "then")):
        other = _joined(tokens, v, i)
        if other is not None:
            return Link("joined", other, i)
    if v.form == "to":
        return _of_infinitive(tokens, i)
    if v.form == "ing":
        return _of_gerund(tokens, i)
    if v.form in ("bare", "done"):
        found = _of_bare(tokens, v, i) if v.form == "bare" else _of_participle(tokens, i)
        if found is not None:
            return found
    return _of_clause(tokens, v, i)


def _joined(tokens: Sequence[Token], v: Verb, conjunction: int) -> int | None:
    """Give the verb that this one is joined to: the nearest before the conjunction of the same form."""
    for j in range(conjunction - 1, max(-1, conjunction - FAR), -1):
        if tokens[j].word in ".;!?":
            return None
        if is_verb(tokens[j]) and tokens[j].tag != "VM0" and not is_auxiliary(tokens, j):
            other = verb(tokens, j)
            if _are_of_one_form(tokens, v, other):
                return j
    return None


def _are_of_one_form(tokens: Sequence[Token], v: Verb, other: Verb) -> bool:
    if v.form == "to":
        return other.form == "to"
    if v.form == "bare":  # "may come and see", "did not come and see", "to come and see", "come and see"
        helped = bool(other.modal) or other.chain[:1] in (("do",), ("does",), ("did",))
        return other.form in ("to", "bare") or helped
    if v.form in ("ing", "done"):
        return tokens[other.at].tag == tokens[v.at].tag or other.form == v.form
    return other.form == "finite" and (bool(v.chain or v.modal) or not (other.chain or other.modal))


def _of_infinitive(tokens: Sequence[Token], i: int) -> Link:
    if i < 0 or tokens[i].tag.startswith("PU"):
        return Link("purpose")
    t = tokens[i]
    if t.word in ("order", "as"):
        return Link("purpose", -1, i)
    if t.word in _WH or t.word in ("whether", "when", "who", "which"):
        return Link("wh", i, i)
    if is_verb(t) or t.tag.startswith("AJ") or t.word in ("able", "unable", "supposed", "likely", "going"):
        return Link("to", i)
    noun = i if t.tag.startswith("NN") else -1
    j = _verb_before(tokens, i)
    return Link("purpose" if noun < 0 and j >= 0 else "noun", j, noun)


def _verb_before(tokens: Sequence[Token], i: int) -> int:
    """Give the nearest verb to the left in the clause, -1 where there is none."""
    for j in range(i, max(-1, i - _PHRASE), -1):
        if is_verb(tokens[j]):
            return j
        if tokens[j].tag.startswith(("PU", "CJ")):
            break
    return -1


def _of_gerund(tokens: Sequence[Token], i: int) -> Link:
    if i < 0:
        return Link("ing")
    t = tokens[i]
    if t.tag in ("PRP", "PRF") or t.word in _PREPOSED:
        j = i - 1
        while j > 0 and (tokens[j].tag in ("AV0", "AVP") or (tokens[j].tag == "PNP" and is_verb(tokens[j - 1]))):
            j -= 1  # "thank you for helping": the verb governs
        return Link("ing", j, i)
    if is_verb(t) or t.lemma == "risk":  # "risks losing": taken for a noun by most taggers
        return Link("ing", i)
    return Link("reduced", i)


def _of_bare(tokens: Sequence[Token], v: Verb, i: int) -> Link | None:
    """Read "let me know", "go see", and orders behind another clause: "if so, please call"."""
    j = _over_phrase(tokens, i)
    if j >= 0 and is_verb(tokens[j]) and tokens[j].lemma in (_BARE if j < i else _BARE | _BARE_BESIDE):
        return Link("bare", j)
    if i < 0 or not tokens[v.at].tag.startswith(("VV", "VB", "VH", "VD")):
        return None
    if any(t.word in _PLEASE for t in tokens[i : v.at]) or tokens[i].word in (",", "then", "-"):
        return Link("order")
    if tokens[i].lemma == "be" and any(t.word == "do" for t in tokens[max(0, i - 6) : i]):
        return Link("bare", i)
    return None


def _of_participle(tokens: Sequence[Token], i: int) -> Link | None:
    """Read "get it recycled", and participles that belong to a noun."""
    j = _over_phrase(tokens, i)
    if j >= 0 and is_verb(tokens[j]) and tokens[j].lemma in _CAUSED and (j < i or tokens[j].lemma == "get"):
        return Link("done", j)
    if i >= 0 and tokens[i].tag.startswith(("NN", "NP", "PN", "AT", "DP", "DT", "PR", "AJ")) and tokens[i].tag != "PNP":
        return Link("reduced", i)
    return None


def _over_phrase(tokens: Sequence[Token], i: int) -> int:
    """Give the word before a noun phrase that ends here."""
    j = i
    while j >= 0 and i - j < 5 and tokens[j].tag.startswith(NOMINAL) and tokens[j].tag not in ("PNQ", "DTQ"):
        j -= 1
    return j


def _of_clause(tokens: Sequence[Token], v: Verb, i: int) -> Link:
    """Find what opens the clause of a finite verb, or that nothing does."""
    if v.asked:
        return Link("main", -1, v.first - 1)
    if i > 0 and tokens[i].tag == "PNP" and tokens[i - 1].tag in ("NN1", "NN2", "PNI") and v.form in ("finite", "bare"):
        return Link("relative", i - 1, i)  # "anything you need"
    subject = False
    inner: list[int] = []  # verbs and commas between: openers before them are theirs
    j = v.first - 1
    while j >= 0 and j > v.first - FAR and tokens[j].word not in _CLOSED:
        t = tokens[j]
        opener = _opener(tokens, j)
        if opener and not inner:
            return _opened(tokens, opener, j, subject=subject)
        if opener:
            inner.pop()
        elif is_verb(t) and t.tag != "VM0" and not is_auxiliary(tokens, j):
            if subject and not inner and j < i and _is_subject(tokens[j + 1 : i + 1]):
                return Link("that", j)  # "I hope you have"
            inner.append(j)
        elif t.word == "," or t.tag == "CJC":
            if subject and not inner:
                break
            if not subject and t.word == ",":
                inner.append(j)
        elif t.tag.startswith(("NN", "NP", "PN", "DT", "EX")):
            subject = True
        j -= 1
    first = all(not is_verb(tokens[k]) for k in range(max(0, j + 1), v.first))
    return Link("order") if not subject and v.form == "bare" and first else Link("main")


def _is_subject(between: Sequence[Token]) -> bool:
    return (
        len(between) <= _PHRASE
        and all(t.tag.startswith((*NOMINAL, "PRF", "AV")) for t in between)
        and not (between[0].tag.startswith("AV"))
    )


def _opener(tokens: Sequence[Token], j: int) -> str:
    """Give the kind of clause that a word opens, or nothing."""
    t = tokens[j]
    if t.word in _IF:
        return "" if j + 1 < len(tokens) and tokens[j + 1].word in _IF_SO else "if"
    if t.word in _WHEN:
        return "" if t.tag in ("PRP", "AV0", "AVP") else "when"
    if t.word == "whether":
        return "whether"
    if t.tag == "CJT":
        return "that"
    if t.word in ("who", "which", "that") and t.tag in ("PNQ", "DTQ"):
        return "relative"
    if t.word in _WH:
        return "wh"
    return "given" if t.tag == "CJS" or t.word == "because" else ""


def _opened(tokens: Sequence[Token], opener: str, j: int, *, subject: bool) -> Link:
    if j == 0:
        return Link("main" if opener in ("that", "relative") else opener, -1, j)
    before = tokens[j - 1]
    if opener == "that":
        if not before.tag.startswith(("NN", "NP", "PN", "DT")) or (subject and before.lemma in _THAT_NOUNS):
            return Link("that", j - 1, j)
        told = next((k for k in range(j - 1, max(-1, j - 4), -1) if is_verb(tokens[k])), None) if subject else None
        return Link("relative", j - 1, j) if told is None else Link("that", told, j)
    return Link(opener, j - 1, j)


_THAT_NOUNS: Final = frozenset(
    (
        "fact", "report", "claim", "idea", "belief", "hope", "chance", "possibility", "news", "rumor", "rumour",
        "doubt", "sign", "evidence", "way", "suggestion", "concern", "fear", "statement", "allegation", "assumption",
    )
)  # fmt: skip
"""Nouns that take a clause with that: "the fact that", not "the ship that" """
