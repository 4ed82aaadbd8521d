"""Which kind of line a block is that an extractor refused in the article's region; None where it is a control.

Asked in this order: captions by their words and elements, the headline, credits by their words, then what `margins`
knows. What says nothing of itself is a teaser where it is long enough to be read, else a control.
"""

from __future__ import annotations

import re
from typing import Final

from lxml.html import HtmlElement

from longarm.extract.credits import credit_line
from longarm.extract.cues import patterns
from longarm.extract.reading.margins import About, by_page, is_title
from longarm.extract.reading.marks import mark_of, names_of
from longarm.extract.reading.region import Block
from longarm.model.claims import LineKind

_PICTURE: Final = re.compile(
    r"(?<![a-z])((photo|image|img|picture|video|media|fig)\w*[-_]{0,2}(credit|source|caption)|credit|caption)"
)
_READ: Final = 6
"""words of a block from which it is something to read, not a button"""
_HEADINGS: Final = frozenset(("h2", "h3", "h4", "h5", "h6"))
_CELLS: Final = frozenset(("td", "th", "label", "dt", "option"))


def kind_of_block(block: Block, about: About, behind: int) -> LineKind | None:
    """Give the kind of a block behind the line of this number (-1: before the first); None where it is a control."""
    words, element = block.words, block.element
    mark = mark_of(element, block.key)
    if element.tag not in _HEADINGS and _is_caption(words, mark.caption, names_of(element)):
        return LineKind.CAPTION
    if _is_heading(element, block, about) and behind < 1:
        return LineKind.HEADLINE
    if (credit := credit_line(words, -1, None)) is not None:
        return credit[0]
    kind = by_page(words, mark, about, started=behind > 0)
    if kind is LineKind.HEADLINE:
        kind = None if behind > 0 else (LineKind.TEASER if element.tag in _HEADINGS else kind)
    if kind is LineKind.PROMOTION or (kind is not None and len(words.split()) > 1):
        return kind
    if mark.pictured and len(words.split()) > 2:
        return LineKind.CAPTION
    if element.tag in _CELLS or len(words.split()) < (3 if element.tag in _HEADINGS else _READ):
        return None
    return LineKind.TEASER


def _is_caption(words: str, marked: bool, names: str) -> bool:
    if len(words) > 600 or len(words.split()) < 2:
        return False
    return marked or bool(_PICTURE.search(names)) or bool(patterns("lines", "caption", None).match(words))


def _is_heading(element: HtmlElement, block: Block, about: About) -> bool:
    return element.tag == "h1" or is_title(block.key, about.titles) or block.key == about.description != ""
