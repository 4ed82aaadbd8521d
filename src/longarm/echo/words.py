"""The words of a text, comparable across Unicode: what shingles, names and numbers are made of.

Reads characters, gives words with their place. Two spellings of one word are one word here: composed and decomposed
letters, ligatures, full-width forms, soft hyphens, every dash and apostrophe, and capital letters.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache
from hashlib import blake2b
from typing import Final

LONGEST: Final = 2_000_000
"""Characters that are read of one text; what lies beyond is not compared, and stays an own span."""

_WORD: Final = re.compile(r"[^\W_](?:[^\W_]|[\u00ad\u200b-\u200d\u0300-\u036f'’ʼ.,](?=[^\W_])|[\u00ad\u0300-\u036f])*")
_SENTENCE_END: Final = re.compile(r"[.!?:…]|\n")
_MARKS: Final = re.compile(r"[\u0300-\u036f\u00ad\u200b-\u200d]")
_OPENS: Final = "“„«‟"
_CLOSES: Final = "”»"


@dataclass(frozen=True)
class Word:
    """One word: folded, and where it stands; whether it starts a sentence, or is inside quotation marks."""

    folded: str
    written: str
    start: int
    end: int
    starts: bool
    quoted: bool


@lru_cache(maxsize=1 << 17)
def folded(word: str) -> str:
    """Fold one word: NFKC, case, accents, apostrophes; `Ærø’s` and `ÆRØ's` are the same."""
    plain = unicodedata.normalize("NFKD", unicodedata.normalize("NFKC", word).casefold())
    return _MARKS.sub("", plain).replace("’", "'").replace("ʼ", "'")


@lru_cache(maxsize=1 << 17)
def number_of(word: str) -> int:
    """Give 64 bits for a folded word, the same in every process."""
    return int.from_bytes(blake2b(word.encode(), digest_size=8).digest(), "little")


def words(text: str) -> tuple[Word, ...]:
    """Give the words of `text` in order, with their characters; at most LONGEST characters are read."""
    text = text[:LONGEST]
    quoted = _quoted(text)
    found: list[Word] = []
    last, q = 0, 0
    for match in _WORD.finditer(text):
        start, end = match.span()
        between = text[last:start]
        starts = not found or bool(_SENTENCE_END.search(between))
        while q < len(quoted) and quoted[q][1] <= start:
            q += 1
        inside = q < len(quoted) and quoted[q][0] <= start
        written = match.group()
        found.append(Word(folded(written), written, start, end, starts, inside))
        last = end
    return tuple(found)


def _quoted(text: str) -> list[tuple[int, int]]:
    """Give the stretches inside quotation marks, in order; a quotation ends with its line at the latest."""
    spans: list[tuple[int, int]] = []
    base = 0
    for line in text.split("\n"):
        opened: int | None = None
        for i, sign in enumerate(line):
            if sign == '"' or (sign == "“" and opened is not None):
                opened, spans = _turned(opened, base + i, spans)
            elif sign in _OPENS and opened is None:
                opened = base + i
            elif sign in _CLOSES and opened is not None:
                spans.append((opened, base + i + 1))
                opened = None
        base += len(line) + 1
    return spans


def _turned(opened: int | None, at: int, spans: list[tuple[int, int]]) -> tuple[int | None, list[tuple[int, int]]]:
    if opened is None:
        return at, spans
    return None, [*spans, (opened, at + 1)]
