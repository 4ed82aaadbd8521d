"""Paragraphs of an article that an extractor missed, because the page keeps its body in several boxes.

Pages cut a long article where an advertisement stands, and an extractor that picks the best box loses the others. Where
most of the found paragraphs stand in boxes of one make (element and class), paragraphs in further boxes of that make
belong to them, as far as no other article or headline comes between.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import Final

from lxml.html import HtmlElement

from longarm.extract.reading.marks import folded

_LEAST: Final = 60
"""letters of a paragraph that is missed"""
_SHARE: Final = 0.15
"""of the found text: less than that missing is the extractor's own judgement, and it stands"""


def filled(tree: HtmlElement, lines: Sequence[str]) -> list[str]:
    """Give the lines with the missed paragraphs in their places."""
    found = {folded(line): number for number, line in enumerate(lines)}
    whole = " ".join(map(folded, lines))
    paragraphs = [(p, folded(said(p))) for p in tree.iter("p")][:5000]
    makes: Counter[tuple[str, str, str]] = Counter()
    places = [number for number, (_, key) in enumerate(paragraphs) if len(key) > _LEAST and key in found]
    for number in places:
        makes[_make(paragraphs[number][0])] += len(paragraphs[number][1])
    if len(places) < 3:
        return list(lines)
    make, letters = makes.most_common(1)[0]
    if not make[1] or letters < 0.6 * makes.total():
        return list(lines)
    around = _around(paragraphs[places[0]][0])
    after: dict[int, list[str]] = {}
    last = -1
    for p, key in paragraphs[places[0] :]:
        if key in found:
            last = max(last, found[key])
        elif key in whole:
            continue  # the extractor has it, in other lines
        elif around is not None and _make(p) == make and len(key) > _LEAST and _around(p) is around and _plain(p, key):
            after.setdefault(last, []).append(" ".join(said(p).split()))
    missed = sum(len(text) for texts in after.values() for text in texts)
    if missed < _SHARE * sum(map(len, lines)):
        return list(lines)
    out = list(after.get(-1, []))
    for number, line in enumerate(lines):
        out += [line, *after.get(number, [])]
    return out


def _make(p: HtmlElement) -> tuple[str, str, str]:
    box = p.getparent()
    return ("", "", "") if box is None else (str(box.tag), box.get("class", ""), p.get("class", ""))


def said(p: HtmlElement) -> str:
    """Give the words of an element; those on the two sides of a line break stay apart."""
    # A line break has no text: without a space the words on its two sides would be one.
    return " ".join(p.itertext(with_tail=True)) if p.find("br") is not None else p.text_content()


def _around(p: HtmlElement) -> HtmlElement | None:
    return next(p.iterancestors("article"), None)


def _plain(p: HtmlElement, key: str) -> bool:
    linked = sum(len(folded(link.text_content())) for link in p.iter("a"))
    return linked < 0.3 * len(key) and next(p.iterancestors("aside", "nav", "footer", "form", "figure"), None) is None
