"""A page as one column of text: what is left when there is neither style sheet nor drawing.

The text document and the Markdown file are made from the finished page, so that no sentence is made twice. What both
need first is the same and is done here: choose what is converted, turn what the style sheet draws into words and signs
(`linear_marks`), and bring the page into one shape. In that shape text stands in leaves only (`LEAVES`), everything
around them is a container, blanks are collapsed, and a link leads to the web or to an anchor that exists.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import Any, Final
from urllib.parse import quote, urlsplit

from lxml import etree
from lxml import html as lxml_html

from longarm.dossier import linear_marks, linear_tables
from longarm.dossier.tongue import ENGLISH, tongue
from longarm.model.terms import LANGUAGES

LEAVES: Final = frozenset({"p", "h1", "h2", "h3", "h4", "h5", "h6", "figcaption"})
"""Elements that hold text; they hold no other block."""
BLOCKS: Final = LEAVES.union(
    ("address", "article", "aside", "blockquote", "body", "dd", "details", "div", "dl", "dt", "fieldset", "figure"),
    ("footer", "header", "hr", "img", "li", "main", "ol", "pre", "section", "summary", "table", "tbody", "td", "tfoot"),
    ("th", "thead", "tr", "ul"),
)
_LEFT_OUT: Final = (
    *("nav", "form", "script", "style", "template", "noscript", "iframe", "object", "embed", "button", "input"),
    *("select", "textarea", "audio", "video", "canvas", "colgroup"),
)
_LEFT_OUT_CLASSES: Final = ("noprint", "screen", "skip")
_HELD: Final = frozenset({"table", "thead", "tbody", "tfoot", "tr", "ul", "ol"})
"""Containers that hold other containers only: text between those is layout."""
_FORBIDDEN: Final = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff]")
"""Characters that XML 1.0 forbids, section 2.2, and those that it discourages."""
_LOOSE_PERCENT: Final = re.compile(r"%(?![0-9A-Fa-f]{2})")
_BLANKS: Final = re.compile(r"[ \t\r\n]+")


def linear(text: str) -> Any:
    """Give the `main` of a page in one column, as an element of lxml; the body where a text has no `main`."""
    parser = lxml_html.HTMLParser(encoding="utf-8", remove_comments=True, remove_pis=True, huge_tree=True)
    try:
        page = lxml_html.document_fromstring(clean(text).encode(), parser=parser)
    except etree.ParserError:  # nothing but blanks and comments
        return lxml_html.Element("main")
    found = page.xpath('//main[@id="main"]') or page.xpath("//body") or [page]
    main = found[0]
    main.tail = None
    for banner in page.xpath('//body/*[@class="banner"]') if main.tag == "main" else ():
        # That a demonstration text is part of the case stands above the page, and must not be lost.
        banner.set("class", "note counter")
        banner.tail = None
        main.insert(0, banner)
    _leave_out(main)
    # A numeric reference such as &#1; brings back what was cleaned above.
    _each_text(main, clean)
    linear_marks.drawn_as_text(main)
    _reshape(main)
    spoken = page.get("lang") or ""
    linear_tables.reshape(main, tongue(spoken) if spoken in LANGUAGES else ENGLISH)
    _settle(main)
    for leaf in [e for e in main.iter() if e.tag in LEAVES]:
        _collapse(leaf)
    _anchor(main)
    _drop_empty(main)
    return main


def clean(text: str) -> str:
    """Put U+FFFD where XML allows no character."""
    return _FORBIDDEN.sub("\ufffd", text)


def classes(element: Any) -> frozenset[str]:
    """Give the classes of an element."""
    return frozenset((element.get("class") or "").split())


def address(href: str) -> str | None:
    """Give a web address that any reader can follow; nothing for other schemes, our own server and what is no address.

    Word declares a whole document broken for one malformed address, so what an address cannot hold is percent-encoded.
    """
    try:
        parts = urlsplit(href.strip())
        host = (parts.hostname or "").encode("idna").decode()
        port = f":{parts.port}" if parts.port else ""
    except ValueError:  # UnicodeError, which idna raises, is one
        return None
    if parts.scheme not in {"http", "https"} or not re.fullmatch(r"[A-Za-z0-9_.-]+", host):
        return None
    path, query, fragment = (
        quote(part, safe="/%:@!$&'*+,;=~-._?") for part in (parts.path, parts.query, parts.fragment)
    )
    path, query, fragment = (_LOOSE_PERCENT.sub("%25", part) for part in (path, query, fragment))
    return f"{parts.scheme}://{host}{port}{path}{f'?{query}' if query else ''}{f'#{fragment}' if fragment else ''}"


def _leave_out(main: Any) -> None:
    chosen = " or ".join(f"self::{tag}" for tag in _LEFT_OUT)
    by_class = " or ".join(f"contains(concat(' ', normalize-space(@class), ' '), ' {c} ')" for c in _LEFT_OUT_CLASSES)
    for element in main.xpath(f".//*[{chosen} or {by_class} or @hidden]"):
        element.drop_tree()
    for figure in main.xpath(".//figure[not(.//img)]"):
        # A drawing without a picture: its words are for those who see it, its table says the same and stays.
        for element in figure.xpath("./figcaption | .//svg"):
            element.drop_tree()
    for picture in main.xpath(".//img[not(ancestor::figure)]"):
        picture.drop_tree()


def _reshape(main: Any) -> None:
    """Give elements of the web the shape that paper has: details are open, notes are quotations."""
    for element in main.xpath(".//summary"):
        for inner in element.xpath(".//b | .//strong | .//h2 | .//h3 | .//h4 | .//p"):
            inner.drop_tag()
        linear_marks.wrap(element, "b")
        element.tag, element.attrib["class"] = "p", "runin"
    for element in main.xpath(".//details"):
        element.tag = "div"
    for element in main.xpath('.//p[contains(concat(" ", @class, " "), " note ")]'):
        linear_marks.wrap(element, "p")
        element.tag = "blockquote"


def _settle(container: Any) -> None:
    """Put each run of text among blocks into a paragraph of its own, so that containers hold blocks only."""
    children = list(container)
    run: list[Any] = []
    if container.tag in _HELD:
        container.text = None
    text, container.text = container.text, None

    def close(before: Any | None) -> None:
        nonlocal text, run
        if run or (text and text.strip()):
            leaf = lxml_html.Element("p")
            leaf.text = text
            leaf.extend(run)
            if before is None:
                container.append(leaf)
            else:
                before.addprevious(leaf)
        text, run = None, []

    for child in children:
        if child.tag in BLOCKS or any(e.tag in BLOCKS for e in child.iterdescendants()):
            if child.tag not in BLOCKS:
                child.tag = "div"
            close(child)
            text, child.tail = (None if container.tag in _HELD else child.tail), None
            if child.tag not in LEAVES:
                _settle(child)
        else:
            run.append(child)
    close(None)


def _texts(element: Any) -> Iterator[tuple[Any, str]]:
    """Give every place that holds text below an element, in reading order."""
    if element.text:
        yield element, "text"
    for child in element:
        yield from _texts(child)
        if child.tail or child.tag == "br":
            yield child, "tail"


def _each_text(main: Any, change: Callable[[str], str]) -> None:
    for element, place in list(_texts(main)):
        setattr(element, place, change(getattr(element, place) or ""))


def _collapse(leaf: Any) -> None:
    """Collapse blanks as a browser does, across the elements of one leaf."""
    ended, last = True, None
    for element, place in list(_texts(leaf)):
        ended = ended or (place == "tail" and element.tag == "br")
        said = _BLANKS.sub(" ", getattr(element, place) or "")
        said = said[1:] if ended and said.startswith(" ") else said
        setattr(element, place, said)
        if said:
            ended, last = said.endswith(" "), (element, place)
    if last and ended:
        setattr(last[0], last[1], getattr(*last).rstrip(" "))


def _anchor(main: Any) -> None:
    """Keep an anchor where a link leads to one, and of links those that lead somewhere."""
    wanted = {a.get("href")[1:] for a in main.xpath('.//a[starts-with(@href, "#")]')}
    kept: set[str] = set()
    for element in main.xpath(".//*[@id]"):
        name = element.get("id")
        leaf = next((e for e in (element, *element.iterancestors(), *element.iter()) if e.tag in LEAVES), None)
        if name in wanted and name not in kept and leaf is not None:
            anchor = lxml_html.Element("a", {"class": "anchor", "id": name})
            anchor.tail, leaf.text = leaf.text, None
            leaf.insert(0, anchor)
            kept.add(name)
        if element.get("class") != "anchor":
            del element.attrib["id"]
    for link in main.xpath(".//a[not(@class='anchor')]"):
        href = link.get("href") or ""
        target = href if href.startswith("#") and href[1:] in kept else address(href)
        if target is None or not link.text_content().strip():
            link.drop_tag()
        else:
            link.set("href", target)


def _drop_empty(main: Any) -> None:
    """Leave out containers and leaves without a word; cells stay, since a table has a shape."""
    for element in reversed(list(main.iterdescendants())):
        if element.tag in BLOCKS - {"td", "th", "hr", "img"} and not len(element) and not (element.text or "").strip():
            element.drop_tree()
