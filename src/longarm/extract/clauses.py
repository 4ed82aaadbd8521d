"""Cut a sentence into the clauses in which claims stand: without the words of attribution around them.

Strong boundaries (a relative clause, a reporting verb with its complement, a semicolon) always cut. Weak ones (a comma,
"and") cut only between two cues, so that "keeps 51 percent and a golden share" gives two claims and "the crane and
gate data" stays whole.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

from longarm.extract.language import Grammar

Span = tuple[int, int]

_MARKS: Final = re.compile(r"[;:]\s|\s[–—-]{1,2}\s|(?<=[”\"»“]),?\s(?=\S+\s(?:\S+\s)?$)")
_LEAD: Final = re.compile(
    r"^(?:[–—-]\s+|\(?\d{1,2}[a-z]?[.)]\s+|[A-ZÀ-Ý][A-ZÀ-Ý ,.'’0-9a-zà-ý]{2,40}\([\w. ]+\) [–-]{1,2} )"
)
_QUOTED: Final = re.compile(r"(?:[,.!?][”\"»“]|[”\"»“],|\s»,?)\s")


def trim(text: str, span: Span, also: str = "") -> Span:
    """Take white space, and the characters of `also`, off both ends of a span."""
    start, end = span
    while start < end and (text[start].isspace() or text[start] in also):
        start += 1
    while start < end and (text[end - 1].isspace() or text[end - 1] in also):
        end -= 1
    return start, end


def clauses(text: str, sentence: Span, cues: Sequence[Span], grammar: Grammar) -> list[Span]:
    """Cut a sentence at its strong boundaries, and at weak ones that part two cues; spans in order, none empty."""
    start, end = sentence
    body = text[start:end]
    lead = _LEAD.match(body)
    firm: set[Span] = {(start, start + lead.end())} if lead else set()
    for name in ("leading", "complement"):
        for match in grammar.words[name].finditer(body):
            opened = (start + match.start(), start + match.end())
            # "found no indication that" is itself what is claimed; only other reporting verbs open a clause.
            if name == "leading" or not any(s < opened[1] and opened[0] < e for s, e in cues):
                firm.add((opened[1], opened[1]))
    for pattern in (_MARKS, grammar.words["trailing"]):
        firm.update((start + match.start(), start + match.end()) for match in pattern.finditer(body))
    firm.update(_behind_quotes(body, start, grammar))
    loose = {
        (start + match.start(), start + match.end())
        for name in ("relative", "clause")
        for match in grammar.words[name].finditer(body)
    }
    cuts = [cut for cut in sorted(firm | loose) if not any(s < cut[0] < e for s, e in cues)]
    pieces: list[Span] = []
    at = start
    for number, (left, right) in enumerate([*cuts, (end, end)]):
        following = cuts[number + 1][0] if number + 1 < len(cuts) else end
        if (left, right) in loose - firm and not any(s < following and right < e for s, e in cues):
            continue  # a clause that says nothing of its own belongs to the one before it
        if left > at:
            pieces.extend(_weakly(text, (at, left), cues, grammar))
        at = max(at, right)
    return [piece for raw in pieces if (piece := trim(text, raw, ","))[0] < piece[1]]


def _behind_quotes(body: str, start: int, grammar: Grammar) -> list[Span]:
    """Cut behind a closing quotation mark that words of attribution follow."""
    return [
        (start + match.start() + 1, start + match.end())
        for match in _QUOTED.finditer(body)
        if grammar.words["said"].search(body, match.end(), match.end() + 80)
    ]


def _weakly(text: str, piece: Span, cues: Sequence[Span], grammar: Grammar) -> list[Span]:
    """Cut a piece between each two cues that stand apart, at the last coordination between them."""
    start, end = piece
    inside = sorted((s, e) for s, e in cues if start <= s and e <= end)
    if len(inside) < 2:
        return [piece]
    out: list[Span] = []
    at, reach = start, inside[0][1]
    for s, e in inside[1:]:
        if s > reach:
            between = list(grammar.words["coordination"].finditer(text, reach, s))
            if between:
                cut = between[0] if "," in between[0].group() else between[-1]
                out.append((at, cut.start()))
                at = cut.end()
        reach = max(reach, e)
    return [*out, (at, end)]
