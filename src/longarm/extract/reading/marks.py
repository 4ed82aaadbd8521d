"""What the page itself says of a line: that it is all link, a caption, a subtitle, a heading; looked up by its words.

An extractor hands on words without the element they stood in. The elements are walked once here, so that each line can
be asked what it was: structure knows teasers in every language, where words know them in a few.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from itertools import islice
from typing import Final

from lxml import etree
from lxml.html import HtmlElement

_BLOCKS: Final = frozenset(
    [
        "p",
        "li",
        "h1",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "figcaption",
        "blockquote",
        "dd",
        "dt",
        "td",
        "th",
        "pre",
        "address",
        "caption",
        "time",
    ]
)
_LOOSE: Final = frozenset(["div", "section", "aside", "header", "span"])
_HOLDS_LINKS: Final = frozenset(("div", "section", "article", "aside", "main", "body"))
_SKIPPED: Final = frozenset(
    ["script", "style", "noscript", "template", "svg", "iframe", "nav", "form", "select", "textarea", "head", "button"]
)
_CAPTION: Final = re.compile(r"(?<![a-z])(fig)?caption|photo-?credit|image-?credit|bildunterschrift|legende?(?![a-z])")
_DECK: Final = re.compile(r"(?<![a-z])(sub-?(title|head(line)?|hed)|dek|deck|standfirst|chapeau|untertitel|ondertitel)")
_ASIDE: Final = re.compile(
    r"(?<![a-z])(related|read-?(more|also|next)|see-?also|more-?(on|from|stories)|recirc|recommend\w*"
    r"|newsletter\w*|sign-?up|subscri\w*|promo\w*|teasers?|share|sharing|social|tags|byline|popular|trending|copyright|disclaimer)(?![a-z])"
)
_BYLINE: Final = re.compile(
    r"(?<![a-z])(by-?line|authors?|writer|dateline|time-?stamp|(publish|post|entry|article|pub)[-_]{0,2}(ed|date|info|meta|time)"
    r"|date|published|posted|updated|autor|auteur|datum|source|agency|attribution)(?![a-z])"
)
_SOURCE: Final = re.compile(r"(?<![a-z])(source|agency|attribution)(?![a-z])")
_WORD: Final = re.compile(r"\w+")


def folded(text: str) -> str:
    """Give the words of a text, lower case, parted by one space: what lines are looked up by."""
    return " ".join(_WORD.findall(text.casefold()))


@dataclass(frozen=True)
class Mark:
    """What is known of the element that held a line."""

    tag: str
    linked: int
    """letters inside links"""
    letters: int
    lead: str
    """words before the first link, folded"""
    caption: bool = False
    pictured: bool = False
    """a few words in one box with a picture"""
    deck: bool = False
    aside: bool = False
    listed: bool = False
    signed: bool = False
    """named as the place of authors, dates or sources"""
    sourced: bool = False
    """named as the place of a source"""


def marks(tree: HtmlElement, wanted: Collection[str], most: int = 20_000) -> dict[str, Mark]:
    """Give the marks of the wanted lines (folded words); of two blocks with the same words, the one with less link."""
    found: dict[str, Mark] = {}
    for block in islice(_blocks(tree), most):
        text = block.text_content()
        if len(text) > 20_000:
            continue
        key = folded(text)
        if key in wanted:
            mark = mark_of(block, key)
            if key not in found or mark.linked < found[key].linked:
                found[key] = mark
        elif key and next(block.iter("br"), None) is not None:
            for part, linked in _parts(block):
                if part in wanted:
                    found.setdefault(part, Mark("br", linked, len(part), ""))
    return found


def mark_of(block: HtmlElement, key: str) -> Mark:
    """Give what the page says of one block; `key` is its words, folded."""
    around = next(block.iterancestors("a"), None)
    linked = len(key) if around is not None else sum(len(folded(link.text_content())) for link in block.iter("a"))
    names = names_of(block)
    return Mark(
        *(str(block.tag), min(linked, len(key)), len(key), folded(block.text or "")),
        caption=block.tag == "caption" or _within(block, "figcaption") or bool(_CAPTION.search(names)),
        pictured=_under_picture(block, key),
        deck=bool(_DECK.search(names)),
        aside=bool(_ASIDE.search(names)),
        listed=block.tag == "li",
        signed=block.tag == "time" or block.get("rel") == "author" or bool(_BYLINE.search(names)),
        sourced=bool(_SOURCE.search(names)),
    )


def _parts(block: HtmlElement) -> Iterator[tuple[str, int]]:
    """Give the words, and letters in links, of what stands between the line breaks of a block."""
    text: list[str] = []
    linked = depth = 0
    for event, node in etree.iterwalk(block, events=("start", "end")):
        if not isinstance(node.tag, str):
            continue
        if event == "start":
            if node.tag == "br":
                if key := folded(" ".join(text)):
                    yield key, min(linked, len(key))
                text, linked = [], 0
            depth += node.tag == "a"
            words = node.text or ""
        else:
            depth -= node.tag == "a"
            words = (node.tail or "") if node is not block else ""
        text.append(words)
        linked += len(folded(words)) if depth else 0
    if key := folded(" ".join(text)):
        yield key, min(linked, len(key))


def _under_picture(block: HtmlElement, key: str) -> bool:
    """Say whether a few words stand with a picture in a box of their own."""
    if len(key) > 120 or str(block.tag) in ("li", "td", "th") or str(block.tag).startswith("h"):
        return False
    box = block
    for _ in range(3):
        if box.find(".//img") is not None:
            return True
        outer = box.getparent()
        if outer is None or len(folded(outer.text_content()[:1000])) > len(key):
            return False
        box = outer
    return False


def _blocks(tree: HtmlElement) -> Iterator[HtmlElement]:
    waiting = [tree]
    while waiting:
        element = waiting.pop()
        tag = element.tag
        if not isinstance(tag, str) or tag in _SKIPPED:
            continue
        children = [child for child in element if isinstance(child.tag, str)]
        own = tag == "a" and _tag_around(element) in _HOLDS_LINKS
        if own or tag in _BLOCKS or (tag in _LOOSE and not any(child.tag in _BLOCKS | _LOOSE for child in children)):
            yield element
        waiting.extend(reversed(children))


def _tag_around(element: HtmlElement) -> str:
    outer = element.getparent()
    return "" if outer is None else str(outer.tag)


def names_of(element: HtmlElement) -> str:
    """Give class, id and property of an element and of the one around it: further out they speak of the whole page."""
    outer = element.getparent()
    near = [element] if outer is None or outer.tag in ("body", "article", "main", "html") else [element, outer]
    return " ".join(f"{e.get('class', '')} {e.get('id', '')} {e.get('itemprop', '')}" for e in near).lower()


def _within(element: HtmlElement, tag: str) -> bool:
    return element.tag == tag or next(element.iterancestors(tag), None) is not None
