"""Whom the words before or behind a verb of speech name: a person in full, a body, a paper, an unnamed source.

The phrase that carries the words is settled like any other reference of the text (`references`); a source without a
name keeps the words that the text gives it.
"""

from __future__ import annotations

import re
from typing import Final

from longarm.extract.kinds import ACTORS, Kind
from longarm.extract.phrase import Phrase
from longarm.extract.phrases import phrases
from longarm.extract.references import References, references_in
from longarm.extract.smallwords import small_words
from longarm.extract.story import DATELINE

_FURTHER: Final = re.compile(
    r"\s(?:close to|familiar with|with (?:direct )?knowledge of|briefed on|proches? d|au fait d|dicht bij|vertraut mit)"
)
_BRIEFED: Final = re.compile(r"briefed on|au fait d")
_SPOKES: Final = re.compile(r"(?:spokes\w+|porte-parole|woordvoerd\w+|\w*sprecher(?:in)?s?)$")
_EMPTY: Final = frozenset({Kind.TIME, Kind.QUANTITY})
_SILENT: Final = frozenset("this that dies das dat dit ce cela es it there nothing nobody m mm mme me".split())  # noqa: SIM905


def voice(text: str, start: int, end: int, lang: str) -> str | None:
    """Give the name of the speaker in text[start:end]; None where the words hold no phrase that can speak."""
    if _FURTHER.search(text[start:end]) and not _BRIEFED.search(text[start:end]):
        return None  # a source that is told apart by what it knows keeps all of its words
    refs = references_in(text, lang)
    dated = DATELINE.match(text, start, end) if start == 0 or text[start - 1] == "\n" else None
    start = dated.end() if dated else start
    around = [p for p in refs.phrases(refs.sentence(start)) if p.body < start < p.body + len(p.words) and not p.name]
    inside = [*around[:1], *phrases(text, start, end, refs.mentions, lang)]
    spoken = [p for p in inside if not p.pronoun and p.kind not in _EMPTY and p.words.lower() not in _SILENT]
    return _said_by(text, spoken[0], spoken, refs, lang) or None if spoken else None


def spoken_of(text: str, at: int, pronoun: str, lang: str) -> str | None:
    """Give whom a pronoun before a verb of speech stands for: a person last named, or what was spoken of before."""
    refs = references_in(text, lang)
    word = re.sub(r".*-", "", pronoun.strip().lower())
    own = refs.sentence(at)
    if word in small_words(lang)["person"] or word in ("elle", "sie", "zij", "il", "er"):
        for span in [own, *refs.previous(own, 2)]:
            persons = [p for p in refs.phrases(span) if p.end <= at and (p.kind is Kind.PERSON) and p.name]
            if persons:
                return persons[-1].name
            if word not in small_words(lang)["person"] and (found := refs.subject(span, at, ACTORS)):
                return found
    for span in [own, *refs.previous(own, 2)]:
        if found := refs.subject(span, at, ACTORS):
            return found
    return next(iter(refs.salient(at, ACTORS)), None)


def _said_by(text: str, phrase: Phrase, spoken: list[Phrase], refs: References, lang: str) -> str:
    after = spoken[spoken.index(phrase) + 1 :]
    if phrase.preposition == "'s" and after:
        office = after[0].kind is Kind.AUTHORITY and not phrase.name
        return text[phrase.body : after[0].end] if office else _said_by(text, after[0], after, refs, lang)
    if phrase.name:
        return phrase.name
    if phrase.start in refs.apposed:
        return refs.apposed[phrase.start]
    if phrase.kind is Kind.PERSON and after and after[0].kind is Kind.PERSON and after[0].name:
        return after[0].name  # "member of parliament A B"
    if _SPOKES.match(phrase.head) and (firm := next((p for p in after if p.preposition and p.kind in ACTORS), None)):
        return refs.name_of(firm, firm.start)
    definite = phrase.owned or phrase.determiner in small_words(lang)["this"] or phrase.determiner in _THE
    if phrase.kind is Kind.STAFF and not definite:
        tied = phrase.of
        return text[phrase.body : tied.end] if tied and not tied.pronoun else phrase.words
    found = refs.name_of(phrase, phrase.start)
    return f"{phrase.determiner} {found}" if phrase.determiner in ("both", "beide") and found == phrase.words else found


_THE: Final = frozenset("the le la les l de het der die das den dem du au aux des".split())  # noqa: SIM905
