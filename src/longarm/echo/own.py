"""What in a copy is its own: new facts stay claims of their own, with their own origin.

Of a copy to the letter, that is what does not stand in the text it repeats. Of a reworded or translated one, the words
say nothing: a sentence is its own where it brings a name or a number that the origin does not have.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from longarm.echo.joining import Ground, Join
from longarm.echo.marks import marks
from longarm.echo.reading import Reading
from longarm.echo.words import words

_SENTENCE: Final = re.compile(r"[^.!?\n]+(?:[.!?](?=\S)[^.!?\n]*)*[.!?]?")
_EDGE: Final = " \n\t\r.,;:–—-"
_NOUNS_WITH_CAPITALS: Final = frozenset({"de", "deu", "ger"})
"""languages in which a capital makes no name: in a copy put into them, only numbers show what is new"""
_NEW: Final = 2
"""new names that make a sentence its own; one may be the other spelling of an old one"""


def own_spans(copy: Reading, made: Join | None, origin: Reading | None) -> tuple[tuple[int, int], ...]:
    """Give the stretches of a text that are its own, in characters, without the blanks around them.

    An original, which has no join, is its own from end to end.
    """
    text = copy.text.text
    taken = made.shared.spans if made is not None else ()
    left = list(_between(text, taken))
    if made is None or origin is None or made.ground is Ground.TEXT:
        return tuple(left)
    return tuple(s for part in left for s in _sentences(text, part) if _is_new(text[s[0] : s[1]], copy, origin))


def _between(text: str, taken: tuple[tuple[int, int], ...]) -> Iterator[tuple[int, int]]:
    at = 0
    for start, end in (*taken, (len(text), len(text))):
        piece = text[at:start]
        trimmed = piece.strip(_EDGE)
        if trimmed:
            begin = at + piece.index(trimmed)
            yield begin, begin + len(trimmed)
        at = end


def _sentences(text: str, part: tuple[int, int]) -> Iterator[tuple[int, int]]:
    for match in _SENTENCE.finditer(text, *part):
        trimmed = match.group().strip()
        if trimmed:
            begin = match.start() + match.group().index(trimmed)
            yield begin, begin + len(trimmed)


def _is_new(sentence: str, copy: Reading, origin: Reading) -> bool:
    known = origin.stems
    fresh = [m.name for m in marks(words(sentence)) if m.sure and m.name not in known and m.name in copy.marks[1]]
    numbers = [m for m in fresh if m.startswith("#")]
    if copy.text.lang in _NOUNS_WITH_CAPITALS:
        return bool(numbers)
    return bool(numbers) or len(set(fresh)) >= _NEW
