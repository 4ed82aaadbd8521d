"""Sentences of a line, by their offsets in the text.

A line is cut at a full stop, question mark or exclamation mark that is followed by a space and a capital, a digit or a
quotation mark, unless the word before is an abbreviation, an initial or an ordinal number. A quotation that runs over
several sentences is cut too: who speaks is settled by `attribution`, not by the cut.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Final

from longarm.extract.cues import LANGUAGES, known, table

if TYPE_CHECKING:
    from longarm.model.claims import Line, Text


@dataclass(frozen=True, order=True)
class Span:
    """A stretch of the decoded text, by characters, end excluded."""

    start: int
    end: int

    def holds(self, other: Span) -> bool:
        """Say whether the other span lies inside."""
        return self.start <= other.start and other.end <= self.end

    def meets(self, other: Span) -> bool:
        """Say whether the two share a character."""
        return self.start < other.end and other.start < self.end


_CUT: Final = re.compile(
    r"[.!?…]+[\"”»’')\]]*(?:[\u00a0\u202f ]*»)?\s+(?=[\"“„«‘'(\[]{0,2}[\u00a0\u202f ]?[^\W\d_a-zà-öø-ÿ]|[\"“„«…]"
    r"|\d|§|\.\.\.|[-–—•])"
)
_WORD: Final = re.compile(r"([\w.’'-]+)$")
_INITIALS: Final = re.compile(r"[^\W\d_a-zß-öø-ÿ](?:\.[^\W\d_a-zß-öø-ÿ])*")
"""J, P.J"""
_LETTER: Final = re.compile(r"[^\W\d_]")


def sentences(text: Text, line: Line | Span) -> tuple[Span, ...]:
    """Give the sentences of a line in order; together they cover it but for the space between them."""
    body = text.text
    found: list[Span] = []
    start = line.start
    for cut in _CUT.finditer(body, line.start, line.end):
        word = _WORD.search(body[max(line.start, cut.start() - 20) : cut.start()])
        before = word.group(1) if word else ""
        if body[cut.start()] == "." and _no_end(
            before, body[cut.end() : cut.end() + 12], known(text.lang), first=start == cut.start() - len(before)
        ):
            continue
        found.append(Span(start, cut.start() + len(cut.group().rstrip())))
        start = cut.end()
    end = line.start + len(body[line.start : line.end].rstrip())
    start += len(body[start:end]) - len(body[start:end].lstrip())
    if start < end:
        found.append(Span(start, end))
    return tuple(found)


def _no_end(before: str, after: str, lang: str | None, *, first: bool) -> bool:
    """Say whether the full stop after this word ends no sentence."""
    if before.lower() in ("no", "nos"):
        return after[:1].isdigit()
    short = _short(lang)
    if before in short or before[:1].lower() + before[1:] in short or _INITIALS.fullmatch(before):
        return True
    if first and before.rstrip("abc").isdigit():  # the number of a paragraph
        return True
    # German and Dutch ordinals: "am 8. Juli", "des 19. Jahrhunderts"
    return lang in ("de", "nl") and before.isdigit() and len(before) <= 2 and bool(_LETTER.match(after))


@cache
def _short(lang: str | None) -> frozenset[str]:
    words = table("abbreviations")
    return frozenset(words["all"] + [word for code in ([lang] if lang else LANGUAGES) for word in words[code]])
