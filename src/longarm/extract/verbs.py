"""The verbs of an English sentence, each with its own words: auxiliaries, negation, the infinitive's "to", its form."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from longarm.extract.tagging import Token

NOMINAL: Final = ("NN", "NP", "PN", "DT", "AT", "DPS", "AJ", "CRD", "ORD", "EX", "POS", "UNC", "ZZ")
"""How the tags of words in a noun phrase begin"""
ASKING: Final = ("DTQ", "AVQ", "PNQ")
"""Tags of who, which, what, when, where, how"""
_VERBAL: Final = ("VV", "VB", "VH", "VD", "VM")
_AUXILIARY: Final = ("VB", "VD", "VH")
_NEGATIONS: Final = frozenset(
    ("not", "n't", "nt", "never", "hardly", "scarcely", "barely", "neither", "nor", "without", "no")
)
_ONLY: Final = frozenset(("just", "only", "merely", "simply", "as"))
"""After not: "not only sold" says that it was sold"""
_MODALS: Final = frozenset(
    ("can", "ca", "could", "may", "might", "must", "shall", "should", "ought", "will", "'ll", "wo", "would")
)
_ADVERBS: Final = frozenset(("please", "just", "even", "also", "really", "only", "all", "so"))
_SUBJECTS: Final = frozenset(("i", "you", "we", "they", "he", "she", "u", "someone", "anyone", "somebody", "anybody"))
_PHRASE: Final = 5
"""words of a subject at most that stands between an auxiliary and its verb"""


@dataclass(frozen=True)
class Verb:
    """A verb with its own words."""

    at: int
    first: int
    """the first word of its own: auxiliary, negation or itself"""
    form: str
    """finite, bare (a base form without auxiliary), to, ing, or done (a participle without auxiliary)"""
    modal: str
    """the lemma of its modal, or nothing"""
    negated: bool
    asked: bool
    """an auxiliary stands before the subject"""
    chain: tuple[str, ...]
    """its forms of be, do and have, in order"""


def is_verb(token: Token) -> bool:
    """Say whether a word is a verb, an auxiliary or a modal."""
    return token.tag.startswith(_VERBAL)


def is_auxiliary(tokens: Sequence[Token], at: int) -> bool:
    """Say whether a form of be, do, have belongs to a verb within three words."""
    if not tokens[at].tag.startswith(_AUXILIARY):
        return False
    for t in tokens[at + 1 : at + 4]:
        if t.tag not in ("AV0", "XX0"):
            return t.tag.startswith("VV") or (t.tag.startswith(_AUXILIARY) and t.tag[-1] in "NGI")
    return False


def is_past(tokens: Sequence[Token], v: Verb) -> bool:
    """Say whether a verb is in the past or the perfect."""
    return (tokens[v.first] if v.chain else tokens[v.at]).tag[-1] == "D" or v.chain[:1] in (
        ("has",),
        ("have",),
        ("'ve",),
    )


def verb(tokens: Sequence[Token], at: int) -> Verb:
    """Give the verb at a word with what is its own."""
    head = tokens[at]
    chain: list[str] = []
    modal, negated, to = "", False, False
    first, i = at, at - 1
    while i >= 0:
        t = tokens[i]
        if t.word == "to" and ((not chain and _may_be_bare(head)) or chain[:1] in (["be"], ["have"])):
            to, first = True, i
            if i > 0 and tokens[i - 1].word in _NEGATIONS:
                negated, first = True, i - 1
            break
        if t.word in _MODALS or t.tag == "VM0":
            modal, first = t.lemma, i
        elif _helps(t, head, chain):
            chain.insert(0, t.word)
            first = i
        elif t.word in _NEGATIONS:
            negated, first = negated or tokens[i + 1].word not in _ONLY, i
        elif not (t.tag in ("AV0", "XX0") or t.word in _ADVERBS):
            break
        i -= 1
    asked = False
    bare = _may_be_bare(head) and not (to or chain or modal)
    participle = head.tag in ("VVG", "VVN") and not chain and not modal
    if (bare or participle) and (found := _inverted(tokens, at, first)) is not None:
        asked, first = True, found
        chain = [tokens[found].word]
        modal = tokens[found].lemma if tokens[found].tag == "VM0" else ""
        negated = negated or tokens[found + 1].word in _NEGATIONS
    if at + 1 < len(tokens) and tokens[at + 1].tag == "XX0" and head.tag.startswith((*_AUXILIARY, "VM")):
        negated = True  # the rest is not said: "but they didn't"
    return Verb(at, first, "to" if to else _form(head, chain, modal), modal, negated, asked, tuple(chain))


def _helps(t: Token, head: Token, chain: Sequence[str]) -> bool:
    """Say whether a form of be, do, have is an auxiliary of the verb behind it."""
    if not t.tag.startswith(_AUXILIARY):
        return False
    if t.lemma == "be" and head.tag in ("VVB", "VVI") and not chain and not head.word.endswith(("ed", "en")):
        return False  # "all you have to do is sign": a copula
    return t.tag[-1] in "BZD" or t.word in ("been", "being", "be", "having", "have", "do")


def _form(head: Token, chain: Sequence[str], modal: str) -> str:
    if modal or (chain and chain[0] not in ("being", "having", "been", "be")):
        return "finite"
    if chain:
        return "ing" if chain[0] in ("being", "having") else "bare"
    if not is_verb(head):
        ends = {"ing": "ing", "ed": "done", "en": "done"}
        return next((form for end, form in ends.items() if head.word.endswith(end)), "bare")
    return {"D": "finite", "Z": "finite", "G": "ing", "N": "done"}.get(head.tag[-1], "bare")


def _may_be_bare(head: Token) -> bool:
    return head.tag[-1] not in "DZG" and (head.tag in ("VVB", "VVI") or not head.word.endswith("ing"))


def _inverted(tokens: Sequence[Token], at: int, first: int) -> int | None:
    """Give the auxiliary before the subject of a question: "do you know", "when will they come"."""
    i = first - 1
    while i >= 0 and first - 1 - i < _PHRASE and tokens[i].tag.startswith((*NOMINAL, "AV")):
        if tokens[i].word in ("who", "what", "that"):
            return None
        i -= 1
    alone = i == first - 2 and tokens[first - 1].word in _SUBJECTS
    if i < 0 or i == first - 1:
        return None
    if tokens[i].word in _NEGATIONS and i > 0:
        i -= 1
    t = tokens[i]
    if t.tag.startswith(("VM", "VD")):
        if alone and tokens[at].tag[-1] in "BI":
            return i
    elif not (t.tag.startswith("VB") and tokens[at].tag in ("VVG", "VVN")) and not (
        t.tag.startswith("VH") and tokens[at].tag in ("VVN", "VVD")
    ):
        return None
    before = tokens[i - 1] if i > 0 else None
    opens = before is None or before.tag.startswith(("PU", "CJ")) or before.tag in ASKING
    return i if opens or (before is not None and before.word in ("not", "nor", "only")) else None
