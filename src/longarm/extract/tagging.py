"""English words with their parts of speech, by HanTa (Wartena 2019, "A probabilistic morphology model"), offline.

The tags are those of the British National Corpus (C5): VVB base form, VVD past, VVZ, VVI infinitive, VVG, VVN, VM0
modal, VB*, VD*, VH* for be, do, have; NN*, NP0, PN* nouns and pronouns; CJS, CJT subordinators, CJC conjunctions.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import Any, Final

_LONGEST: Final = 40
"""letters of a word that are shown to the tagger: its time grows with their square"""
_MOST: Final = 1500
"""words of a sentence that are tagged; a longer one is cut"""
_HELPERS: Final = "ca|wo|sha|do|did|does|is|are|was|were|have|has|had|could|would|should|must|need|ai"
_WORD: Final = re.compile(
    "|".join(
        (
            rf"(?:{_HELPERS})(?=n['’]?t\b)|\bn['’]t\b|(?<=[a-z])n['’]?t\b",  # don't, dont
            r"(?:gon|wan)(?=na\b)|(?<=gon)na\b|(?<=wan)na\b|got(?=ta\b)|(?<=got)ta\b",
            r"can(?=not\b)|(?<=can)not\b|i(?=m\b)|(?<=\bi)m\b|let(?=s\b)|(?<=\blet)s\b",
            r"['’](?:s|re|ve|ll|d|m)\b",
            r"[^\W_]+(?=n['’]t\b)",
            r"[^\W_]+(?:[-.@][^\W_]+)*",
            r"[^\w\s]",
        )
    ),
    re.IGNORECASE,
)
_WRITTEN_OUT: Final = {
    "gon": "going", "na": "to", "wan": "want", "ta": "to", "ca": "can", "wo": "will", "sha": "shall", "n’t": "n't",
    "nt": "n't", "m": "'m", "s": "'s", "i": "I", "u": "you", "pls": "please", "plz": "please", "’s": "'s", "’re": "'re",
    "’ve": "'ve", "’ll": "'ll", "’d": "'d", "’m": "'m",
}  # fmt: skip
"""How contracted words are shown to the tagger"""


@dataclass(frozen=True)
class Token:
    """A word or mark: where it stands, its form in lower case and written out, its lemma, its tag."""

    start: int
    end: int
    word: str
    lemma: str
    tag: str


@lru_cache(maxsize=256)
def tagged(said: str) -> tuple[Token, ...]:
    """Give the words and marks of an English sentence in order."""
    found = list(_WORD.finditer(said))[:_MOST]
    shown = []
    for match in found:
        word = match.group()
        shout = word.isupper() and len(word) > 3 and said.isupper()
        shown.append(_WRITTEN_OUT.get(word.lower(), word.lower() if shout else word)[:_LONGEST])
    if not shown:
        return ()
    return tuple(
        Token(match.start(), match.end(), word.lower(), str(lemma).lower(), str(tag))
        for match, word, (_, lemma, tag) in zip(found, shown, _tagger().tag_sent(shown), strict=True)
    )


@cache
def _tagger() -> Any:
    from HanTa.HanoverTagger import HanoverTagger

    return HanoverTagger("morphmodel_en.pgz")
