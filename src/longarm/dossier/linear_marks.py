"""The marks of a page as text: a sign for each drawing whose word stands beside it, and parting signs for columns.

The signs are those of the terminal, so that one mark looks the same wherever there is no drawing. A bar becomes
nothing, since its figure stands beside it.
"""

from __future__ import annotations

import itertools
from typing import Any, Final

from lxml import html as lxml_html

from longarm.dossier import terminal
from longarm.dossier.page import RUNGS

LINES: Final = {"control": "━━", "compel": "══", "influence": "┄┄", "means": "──", "fact": "··"}
"""How a level is drawn; the same as on the terminal."""
_RINGS: Final = {"evidence of use": "({})", "evidence of intent": "(({}))"}
"""One ring more, two rings: as brackets, since no script has a ringed triangle."""
_PARTED: Final = dict.fromkeys(("kicker", "links", "when", "w", "sum", "fine", "key", "routes"), " · ")
"""Rows whose parts a style sheet sets apart by space; on one line of text a point parts them."""
_JOINED: Final = frozenset({"span", "a", "b", "i", "em", "small", "svg"})
_NBSP: Final = "\N{NO-BREAK SPACE}"


def drawn_as_text(main: Any) -> None:
    """Replace every drawing by its sign, and everything that only a style sheet says by text."""
    for element in main.xpath(".//svg"):
        _draw(element)
    for element in _by_class(main, "lv"):
        name = next((c for c in _classes(element) if c in LINES), None)
        if name:
            element.insert(0, _sign(LINES[name], f"line {name}", element.text))
            element.text = None
    for element in _by_class(main, "cutno"):
        element.text = circled((element.text_content() or "").strip())
    for element in main.iter("code", "kbd", "samp"):
        element.tag = "span"
    for element in _by_class(main, "echo"):
        for counts in element.xpath("./b[1]"):
            counts.tail = f": {(counts.tail or '').lstrip()}"
    for element in main.xpath(".//q"):
        element.text = f"“{element.text or ''}"
        _append(element, "”")
        element.tag, element.attrib["class"] = "span", "q"
    for name, sign in _PARTED.items():
        for element in _by_class(main, name):
            _part(element, sign)
    _set_apart(main)
    for element in main.xpath('.//ol[contains(concat(" ", @class, " "), " crumbs ")]'):
        _chain(element)
    _break_lines(main)
    _lead_in(main)


def circled(number: str) -> str:
    """Give a number in a ring, or in brackets where Unicode has no such ring."""
    if number.isascii() and number.isdigit() and 1 <= int(number) <= 50:
        n = int(number)
        return chr(0x2460 + n - 1 if n <= 20 else 0x3251 + n - 21 if n <= 35 else 0x32B1 + n - 36)
    return f"({number})"


def wrap(element: Any, tag: str) -> None:
    """Put all that an element holds into one new element."""
    inner = lxml_html.Element(tag)
    inner.text, element.text = element.text, None
    inner.extend(list(element))
    element.append(inner)


def _classes(element: Any) -> list[str]:
    return (element.get("class") or "").split()


def _by_class(main: Any, name: str) -> list[Any]:
    found: list[Any] = main.xpath(f'.//*[contains(concat(" ", normalize-space(@class), " "), " {name} ")]')
    return found


def _draw(drawing: Any) -> None:
    names = set(_classes(drawing))
    uses = drawing.xpath('.//*[local-name()="use"]/@href')
    form = uses[0].lstrip("#") if uses else ""
    parent = drawing.getparent()
    sign = None
    if "g" in names and form in {"see", "shape", "stop"}:
        rungs = [rung for rung, needed in RUNGS.items() if set(needed.split()) <= names]
        rung = max(rungs, key=lambda r: len(RUNGS[r]), default="not assessed")
        sign = _sign(_RINGS.get(rung, "{}").format(terminal.mark(form, rung)), f"rung {RUNGS[rung]}", drawing.tail)
    elif parent is not None and "st" in _classes(parent):
        sign = _sign(terminal.STANCE.get(form, "?"), "stance", drawing.tail)
    if sign is None:
        drawing.drop_tree()
    else:
        parent.replace(drawing, sign)


def _sign(text: str, kind: str, tail: str | None) -> Any:
    sign = lxml_html.Element("span", {"class": f"sign {kind}"})
    # A sign never stands at the end of a line without its word.
    sign.text = text
    sign.tail = _NBSP + (tail or "").lstrip()
    return sign


def _append(element: Any, text: str) -> None:
    if len(element):
        element[-1].tail = (element[-1].tail or "") + text
    else:
        element.text = (element.text or "") + text


def _part(row: Any, sign: str) -> None:
    """Put a sign between the parts of a row; a line that holds a row of its own is left as it is."""
    parts = [child for child in row if child.text_content().strip()]
    for child, following in itertools.pairwise(parts):
        if not (child.tail or "").strip() and following.tag in _JOINED | {"li"} and "sign" not in _classes(child):
            child.tail = sign
            if "row" in _classes(following):
                child.tail = None
                following.addprevious(lxml_html.Element("br"))
    if row.tag in {"ul", "ol"}:
        for child in row:
            child.drop_tag()
        row.tag = "p"


def _set_apart(main: Any) -> None:
    """Put a blank between neighbours that touch in the text and stand apart on the page."""
    for element in main.iter("span", "a", "b", "em", "i", "small"):
        following = element.getnext()
        if following is not None and not element.tail and following.tag in {"span", "a", "em", "small"}:
            element.tail = " "
    for element in _by_class(main, "cap"):
        before, holder = element.getprevious(), element.getparent()
        said = holder.text if before is None else before.tail
        if element.tag == "span" and said and said[-1].isalnum():
            if before is None:
                holder.text = f"{said} "
            else:
                before.tail = f"{said} "
    for element in main.xpath(".//span[not(node()) and not(@id)]"):
        element.drop_tree()


def _chain(crumbs: Any) -> None:
    """Write a chain on one line, in the order in which the page shows it."""
    links = list(crumbs)
    for link in links[:-1]:
        link.tail = " › "
    for link in links:
        if link is links[-1]:
            link.tail = None
        link.tag = "span"
    crumbs.tag = "p"
    crumbs.text = None
    if any("rows" in _classes(e) for e in crumbs.iterancestors("ul")):
        # There the chain is a path, and what the row is about; elsewhere it says who says so.
        del crumbs.attrib["class"]


def _break_lines(main: Any) -> None:
    """Begin a new line where the style sheet makes a block of an inline element, and keep the lines of kept text."""
    for element in main.xpath(".//th/em"):
        element.addprevious(lxml_html.Element("br"))
        element.attrib["class"] = "cap"
        element.tag = "span"
    for name in ("tl-published", "tl-note"):
        for element in _by_class(main, name):
            element.addprevious(lxml_html.Element("br"))
    for element in main.xpath('.//tr[contains(@class, "st-h")]/th/span[preceding-sibling::*]'):
        element.getprevious().tail = " · "
        element.set("class", "cap")
    for element in main.xpath('.//footer//div/b[1] | .//ol[contains(@class, "path")]/li/b[1]'):
        wrap(element, "b")
        element.tag = "p"
    for element in main.xpath('.//pre | .//*[contains(concat(" ", normalize-space(@class), " "), " text ")]'):
        _keep_lines(element)
        element.tag = "div" if element.tag == "pre" else element.tag


def _keep_lines(element: Any) -> None:
    for holder in list(element.iter()):
        for place in ("text", "tail") if holder is not element else ("text",):
            first, *others = (getattr(holder, place) or "").splitlines() or [""]
            setattr(holder, place, first)
            at = holder
            for number, line in enumerate(others):
                new = lxml_html.Element("br")
                new.tail = line
                if number == 0 and place == "text":
                    holder.insert(0, new)
                else:
                    # addnext would carry the tail of `at` along with it.
                    parent = at.getparent()
                    parent.insert(parent.index(at) + 1, new)
                at = new


def _lead_in(main: Any) -> None:
    """Move a sign, a ringed number or a figure that stands before a block into that block, where its words are."""
    for name in ("sign", "mv", "no", "ringed"):
        for element in _by_class(main, name):
            following = element.getnext()
            if element.getparent().tag not in {"li", "div"} or (element.tail or "").strip(f" \n\t{_NBSP}"):
                continue
            if following is None or following.tag not in {"div", "p"}:
                continue
            while len(following) and following[0].tag in {"div", "p"} and not (following.text or "").strip():
                following = following[0]
            element.tail = None
            following.text = f"{_NBSP if name == 'sign' else ' '}{(following.text or '').lstrip()}"
            following.insert(0, element)
            element.tail, following.text = following.text, None
