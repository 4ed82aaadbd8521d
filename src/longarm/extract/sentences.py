"""Sentences of a line, by their offsets in the text.

A line is cut at a full stop, question mark or exclamation mark that is followed by a space and a capital, a digit or a
quotation mark, unless the word before is an abbreviation, an initial or an ordinal number. A quotation that runs over
several sentences is cut too: who speaks is settled by `attribution`, not by the cut.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

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
    r"[.!?…]+[\"”»’')\]]*(?:[\u00a0\u202f ]*»)?\s+(?=[\"“„«‘'(\[]?[\u00a0\u202f ]?[^\W\d_a-zà-öø-ÿ]|[\"“„«]"
    r"|\d|§|[-–—•])"
)
_SHORT: Final = frozenset(
    [
        "mr",
        "mrs",
        "ms",
        "dr",
        "prof",
        "st",
        "sr",
        "jr",
        "gen",
        "col",
        "lt",
        "sgt",
        "rep",
        "sen",
        "gov",
        "vs",
        "no",
        "nos",
        "art",
        "arts",
        "sec",
        "ca",
        "etc",
        "inc",
        "ltd",
        "co",
        "corp",
        "bros",
        "dept",
        "fig",
        "vol",
        "jan",
        "feb",
        "mar",
        "apr",
        "jun",
        "jul",
        "aug",
        "sep",
        "sept",
        "oct",
        "nov",
        "dec",
        "m",
        "mm",
        "mme",
        "mlle",
        "me",
        "bd",
        "av",
        "dhr",
        "mevr",
        "mw",
        "drs",
        "ir",
        "ing",
        "mr",
        "bv",
        "nv",
        "nr",
        "blz",
        "jl",
        "resp",
        "bzw",
        "z.b",
        "d.h",
        "u.a",
        "usw",
        "nr",
        "abs",
        "bes",
        "evtl",
        "ggf",
        "inkl",
        "max",
        "min",
        "mio",
        "mrd",
        "mln",
        "str",
        "tel",
        "vgl",
        "zzgl",
        "e.v",
        "i.e",
        "e.g",
        "u.s",
        "u.k",
        "u.n",
        "a.m",
        "p.m",
    ]
)
_WORD: Final = re.compile(r"([\w.]+)$")
_MONTH: Final = re.compile(r"[^\W\d_]")


def sentences(text: Text, line: Line) -> tuple[Span, ...]:
    """Give the sentences of a line in order; together they cover it but for the space between them."""
    body = text.text
    found: list[Span] = []
    start = line.start
    for cut in _CUT.finditer(body, line.start, line.end):
        word = _WORD.search(body[max(line.start, cut.start() - 20) : cut.start()])
        before = word.group(1) if word else ""
        if body[cut.start()] == "." and _no_end(
            before, body[cut.end() : cut.end() + 12], text.lang, start == cut.start() - len(before)
        ):
            continue
        end = cut.start() + len(cut.group().rstrip())
        found.append(Span(start, end))
        start = cut.end()
    end = line.start + len(body[line.start : line.end].rstrip())
    if start < end:
        found.append(Span(start, end))
    return tuple(found)


def _no_end(before: str, after: str, lang: str | None, first: bool) -> bool:
    """Say whether the full stop after this word ends no sentence."""
    low = before.lower()
    if low in _SHORT or (len(before) == 1 and before.isalpha()):
        return True
    if first and before.rstrip("abc").isdigit():  # the number of a paragraph
        return True
    # German and Dutch ordinals: "am 8. Juli", "des 19. Jahrhunderts"
    return (lang or "").startswith(("de", "nl")) and before.isdigit() and len(before) <= 2 and bool(_MONTH.match(after))
