"""The region of a page in which its article stands, with what an extractor dropped there put back in page order.

An extractor hands on the body and drops headline, byline, captions and teasers. Here the page is walked once from the
headline to the end of the article's box, and each block that is not in the extraction yet is offered with its place.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from lxml.html import HtmlElement

from longarm.extract.reading.gaps import said
from longarm.extract.reading.marks import folded

_MOST: Final = 20_000
"""blocks of a page that are looked at"""
_LONG: Final = 60
"""letters of a block that tells where the body is"""
_BACK: Final = 40
"""blocks before the body among which the headline is looked for"""
_BEHIND: Final = 15
"""blocks behind the body, in its box, that still belong to the article: credits, dates, what leads on"""
_WIDEST: Final = 600
"""letters of a block that is put back: a longer one that the extractor refused is another text"""
_SIZE: Final = 4
"""words in a shingle"""
_IN: Final = 0.5
"""share of a block's shingles from which it counts as extracted"""
APART: Final = frozenset(
    ("nav", "form", "noscript", "select", "textarea", "button", "head", "iframe", "menu", "dialog")
)
_APART_ROLES: Final = frozenset(("navigation", "search", "menu", "menubar", "dialog", "alertdialog", "contentinfo"))
_BLOCKS: Final = APART | frozenset(
    (
        "p", "li", "h1", "h2", "h3", "h4", "h5", "h6", "figcaption", "figure", "blockquote", "dd", "dt", "dl", "td",
        "th", "tr", "table", "tbody", "thead", "pre", "address", "caption", "div", "section", "article", "aside",
        "header", "footer", "main", "ul", "ol", "body", "html", "center", "hr",
    )
)  # fmt: skip


@dataclass(frozen=True)
class Block:
    """An element with words of its own and no block inside."""

    element: HtmlElement
    words: str
    key: str
    """the words, folded"""


@dataclass(frozen=True)
class Region:
    """What the walk found: blocks to put back, each behind the line of its number (-1 is before the first)."""

    back: tuple[tuple[int, Block], ...]
    outside: tuple[Block, ...]
    """blocks before and behind the region"""


def region(tree: HtmlElement, lines: Sequence[str], titles: frozenset[str]) -> Region:
    """Find the region of the article of which the lines were extracted; `titles` are the page's own, folded."""
    blocks = [block for _, block in zip(range(_MOST), _blocks(tree), strict=False)]
    keys = {key: number for number, line in reversed(list(enumerate(lines))) if (key := folded(line))}
    grams: dict[tuple[str, ...], int] = {}
    for number, line in enumerate(lines):
        for gram in _shingles(folded(line)):
            grams.setdefault(gram, number)
    places = [_place(block, keys, grams) for block in blocks]
    body = _in_order([at for at, block in enumerate(blocks) if len(block.key) >= _LONG], places)
    if not body:
        return Region((), tuple(blocks))
    first, last = _ends(blocks, body, titles)
    lined = {at: place for at in body if (place := places[at]) is not None}
    back: list[tuple[int, Block]] = []
    behind = -1
    seen: set[str] = set()
    for at in range(first, last + 1):
        block, place = blocks[at], places[at]
        if at in lined:
            behind = lined[at]
        elif place is None and len(block.key) <= _WIDEST and block.key not in seen:
            seen.add(block.key)
            back.append((behind, block))
        elif place is not None and behind < place <= behind + 3:
            behind = place  # a short line may stand anywhere by chance: it moves the place by a few lines only
    return Region(tuple(back), (*blocks[:first], *blocks[last + 1 :]))


def _in_order(blocks: Sequence[int], places: Sequence[int | None]) -> list[int]:
    """Give the longest run of blocks whose lines follow one another: a line may stand twice on a page."""
    ends: list[int] = []
    tops: list[int] = []
    before: dict[int, int | None] = {}
    for at in blocks:
        if (place := places[at]) is not None:
            slot = bisect_left(ends, place)
            before[at] = tops[slot - 1] if slot else None
            ends[slot : slot + 1], tops[slot : slot + 1] = [place], [at]
    run: list[int] = []
    at_last = tops[-1] if tops else None
    while at_last is not None:
        run.append(at_last)
        at_last = before[at_last]
    return run[::-1]


def is_apart(element: HtmlElement) -> bool:
    """Say whether an element is navigation, a form, a menu, the foot of the page, or not shown."""
    if element.tag == "footer":
        return next(element.iterancestors("article"), None) is None
    if element.tag in APART or element.get("role", "") in _APART_ROLES or element.get("hidden") is not None:
        return True
    return "display:none" in element.get("style", "").replace(" ", "").lower()


def _blocks(tree: HtmlElement) -> Iterator[Block]:
    holders: set[HtmlElement] = set()
    for element in tree.iter():
        if element.tag in _BLOCKS:
            for outer in element.iterancestors():
                if outer in holders:
                    break
                holders.add(outer)
    waiting = [tree]
    while waiting:
        element = waiting.pop()
        if not isinstance(element.tag, str) or element.tag in ("script", "style", "template", "svg"):
            continue
        if is_apart(element):
            continue
        if element in holders:
            waiting.extend(reversed(element))
            continue
        words = " ".join(said(element).split())
        if key := folded(words):
            yield Block(element, words, key)


def _place(block: Block, keys: dict[str, int], grams: dict[tuple[str, ...], int]) -> int | None:
    """Give the number of the line that holds a block, None where none does."""
    if (number := keys.get(block.key)) is not None:
        return number
    own = _shingles(block.key)
    found = [grams[gram] for gram in own if gram in grams]
    return found[0] if own and len(found) >= _IN * len(own) else None


def _shingles(key: str) -> list[tuple[str, ...]]:
    words = key.split()
    return [tuple(words[at : at + _SIZE]) for at in range(len(words) - _SIZE + 1)]


def _box(elements: Sequence[HtmlElement]) -> HtmlElement:
    """Give the smallest element that holds all."""
    chain = [elements[0], *elements[0].iterancestors()]
    for element in elements[1:]:
        around = {element, *element.iterancestors()}
        chain = [outer for outer in chain if outer in around]
    return chain[0]


def _ends(blocks: Sequence[Block], body: Sequence[int], titles: frozenset[str]) -> tuple[int, int]:
    """Give the first and the last block of the region: from the headline to a little behind the body, in its box."""
    first, last = body[0], body[-1]
    box = _box([blocks[at].element for at in body])
    if box.tag not in ("body", "html"):
        while last + 1 < len(blocks) and last < body[-1] + _BEHIND and _holds(box, blocks[last + 1]):
            last += 1
        while first > 0 and first > body[0] - _BACK and _holds(box, blocks[first - 1]):
            first -= 1
    before = range(max(0, body[0] - _BACK), body[0] + 1)
    heads = [at for at in before if blocks[at].element.tag == "h1"] or [at for at in before if blocks[at].key in titles]
    return (heads[-1] if heads else first), last


def _holds(box: HtmlElement, block: Block) -> bool:
    return any(outer is box for outer in block.element.iterancestors())
