"""Blocks of the page as paragraphs of a text document: each in a named style, in the order in which they are read."""

from __future__ import annotations

import base64
import binascii
import io
from dataclasses import dataclass, replace
from typing import Any, Final

from docx.image.exceptions import InvalidImageStreamError, UnexpectedEndOfFileError, UnrecognizedImageError
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Twips

from longarm.dossier import docx_styles as looks
from longarm.dossier.direction import reads_from_right
from longarm.dossier.docx_runs import PLAIN, Ink, Look, fill, language, sign
from longarm.dossier.docx_tables import table
from longarm.dossier.linear import LEAVES, classes, clean

_HEADINGS: Final = {"h1": 0, "h2": 1, "h3": 2, "h4": 3, "h5": 3, "h6": 3}
_BY_CLASS: Final = (
    ("name", "Path Name"),
    ("lead", "Lead"),
    ("kicker", "Kicker"),
    ("caption", "Table Caption"),
    ("runin", "Run-in"),
    ("ends", "Ends"),
    ("w", "Evidence Head"),
    ("when", "Evidence Head"),
    ("rec", "Normal"),
    ("say", "Quote"),
    ("inplace", "Quote"),
    ("fine", "caption"),
    ("crumbs", "caption"),
    ("cap", "caption"),
)
"""Styles of paragraphs by their class, the first that fits."""
_AROUND: Final = (
    ("foot", "Small"),
    ("hop", "Path Hop"),
    ("small", "Small"),
    ("muted", "Small"),
    ("gains", "Small"),
    ("cap", "caption"),
    ("text", "Quote"),
    ("original", "Original"),
)
"""Styles that a container, or a paragraph without another, gives to plain text."""
_LINES: Final = {
    "control": ("single", "24", looks.REACH),
    "compel": ("double", "8", looks.REACH),
    "influence": ("dotted", "16", looks.REACH),
    "means": ("single", "10", looks.INK),
    "fact": ("single", "4", looks.RULE_2),
    "con": ("single", "18", looks.COUNTER),
}
"""The rule at the left of a paragraph: how the line of a path is drawn beside a hop, and what counters."""
_PLAIN: Final = frozenset({"said", "alone", "notes", "gains", "cols", "pieces", "bib"})
"""Lists whose items need no sign: each begins with its own head."""
_SHORT: Final = 900
"""Letters of a piece of evidence that stays on one page."""
_TALLEST: Final = 11000
"""Height of a picture with its caption on one page, in twentieths of a point."""


@dataclass(frozen=True)
class Place:
    """Where paragraphs go, and what they take from what stands around them."""

    holder: Any
    style: str = ""
    left: int = 0
    rule: str = ""
    number: int = 0
    """number of the list whose item begins here"""
    is_cell: bool = False
    keeps: bool = False
    """whether what goes here stays with what follows"""
    look: Look = PLAIN

    def put(self, element: Any) -> None:
        """Append an element; in the body the properties of the section stay last."""
        last = self.holder[-1] if len(self.holder) else None
        if last is not None and last.tag == qn("w:sectPr"):
            last.addprevious(element)
        else:
            self.holder.append(element)


class Writer:
    """What writing one document needs to remember: its part, its bookmarks and the last heading."""

    def __init__(self, document: Any, whole: int) -> None:
        self.document, self.whole = document, whole
        self.ink = Ink(document.part)
        self.last_heading = 0
        self.has_title = False

    def blocks(self, container: Any, place: Place) -> None:
        """Write what a container holds; the number of a list goes to the first paragraph."""
        for child in container:
            following = child.getnext()
            # What stands right before a table says what it is about.
            heads = following is not None and following.tag == "table" and not place.is_cell
            self._block(child, replace(place, keeps=place.keeps or heads))
            place = replace(place, number=0)

    def _block(self, element: Any, place: Place) -> None:
        if element.tag in LEAVES:
            self._leaf(element, place)
        elif element.tag in {"ul", "ol"}:
            self._list(element, place)
        elif element.tag == "img":
            self._picture(element, place)
        elif element.tag == "table":
            self._table(element, place)
        elif element.tag != "hr":
            self.blocks(element, _within(element, place))

    def _leaf(self, element: Any, place: Place) -> None:
        named = classes(element)
        style = next((s for name, s in _BY_CLASS if name in named), "") or place.style
        style = style or next((s for name, s in _AROUND if name in named), "Normal")
        if element.tag in _HEADINGS:
            style = self._heading(_HEADINGS[element.tag])
        elif element.tag == "figcaption":
            style = "caption"
        if place.number and style in {"Normal", "Small"}:
            style = "List Bullet" if place.number == 1 else "List Number"
        text = element.text_content()
        paragraph = _paragraph(
            style, place, is_rtl=style != "Path Name" and _is_free(element) and reads_from_right(text)
        )
        look = replace(place.look, language=language(element) or place.look.language)
        if style == "Path Name":
            paragraph.extend(sign(*_node(element)))
        fill(paragraph, element, self.ink, look)
        place.put(paragraph)

    def _heading(self, level: int) -> str:
        """Give the style of a heading; no level is skipped, so that the outline is one."""
        if level == 0 and not self.has_title:
            self.has_title = True
            return "Title"
        self.last_heading = max(1, min(level, self.last_heading + 1))
        return f"heading {self.last_heading}"

    def _list(self, element: Any, place: Place) -> None:
        named = classes(element)
        number = looks.restart(self.document) if element.tag == "ol" and not named & {"path", "gains"} else 1
        place = _within(element, place)
        for item in element:
            around = _within(item, place)
            leaf = next((e for e in item.iter() if e.tag in LEAVES), None)
            head = frozenset() if leaf is None else classes(leaf)
            if leaf is not None and len(leaf) and not leaf.text:
                head |= classes(leaf[0])
            if "path" in named:
                keeps = item.getnext() is element[-1]
                self.blocks(item, replace(around, style="Path Hop", rule=_level(item), keeps=keeps))
            elif "pieces" in named:
                self._together(item, around)
            elif named & _PLAIN or head & {"w", "when", "sign", "note"} or "note" in classes(item):
                self.blocks(item, around)
            else:
                self.blocks(item, replace(around, left=place.left + looks.INDENT, number=number))

    def _together(self, item: Any, place: Place) -> None:
        """Write a piece of evidence: a short one is not parted from who says so by the end of a page."""
        before = sum(1 for e in place.holder if e.tag != qn("w:sectPr"))
        self.blocks(item, place)
        made = [e for e in place.holder[before:] if e.tag == qn("w:p")]
        if len(item.text_content()) < _SHORT:
            for paragraph in made[:-1]:
                paragraph.pPr.get_or_add_keepNext()

    def _table(self, element: Any, place: Place) -> None:
        def write(cell: Any, source: Any, style: str) -> None:
            look = Look(bold=True) if source.tag == "th" and style == "Table Text" else PLAIN
            inside = Place(cell, style, is_cell=True, look=look)
            self.blocks(source, _within(source, inside))

        made = table(element, self.whole - place.left, write)
        if made is not None:
            place.put(made)
            # Two tables that touch become one; the paragraph between them is as low as can be.
            gap = _paragraph("Table Text", Place(None))
            gap.pPr.append(looks.element("spacing", before="0", after="0", line="120", lineRule="exact"))
            place.put(gap)

    def _picture(self, element: Any, place: Place) -> None:
        head, _, data = (element.get("src") or "").partition(",")
        if head != "data:image/png;base64":
            return
        try:
            inline = self.document.part.new_pic_inline(
                io.BytesIO(base64.b64decode(data, validate=True)), Twips(self.whole - place.left), None
            )
        except (binascii.Error, InvalidImageStreamError, UnexpectedEndOfFileError, UnrecognizedImageError, OSError):
            return
        high = Twips(_TALLEST)
        if inline.extent.cy > high:
            wide = inline.extent.cx * high // inline.extent.cy
            for extent in (inline.extent, inline.graphic.graphicData.pic.spPr.xfrm.ext):
                extent.cx, extent.cy = wide, high
        inline.docPr.set("descr", clean(element.get("alt") or ""))
        paragraph = _paragraph("Normal", replace(place, keeps=True))
        run, drawing = OxmlElement("w:r"), OxmlElement("w:drawing")
        drawing.append(inline)
        run.append(drawing)
        paragraph.append(run)
        place.put(paragraph)


def _within(element: Any, place: Place) -> Place:
    """Give the place inside a container: what it says by its class holds for all that it holds."""
    named = classes(element)
    if "note" in named:
        place = replace(place, style="Note Counter" if "counter" in named else "Note")
    elif element.tag == "header" or "sec-h" in named:
        place = replace(place, style=place.style or "Small", keeps=True)
    elif element.tag == "blockquote" and "original" not in named:
        place = replace(place, style="Quote")
    else:
        place = replace(place, style=next((s for name, s in _AROUND if name in named), place.style))
    if "con" in named and not place.is_cell:
        place = replace(place, rule="con", left=place.left + 200)
    if language(element):
        place = replace(place, look=replace(place.look, language=language(element)))
    return place


def _is_free(element: Any) -> bool:
    """Say whether the page leaves the direction of a paragraph to its text: our own sentences keep that of the page."""
    if len(element) == 1 and not (element.text or "").strip() and not (element[0].tail or "").strip():
        element = element[0]
    around = next((e for e in (element, *element.iterancestors()) if e.get("dir")), None)
    return around is not None and around.get("dir") in {"auto", "rtl"}


def _level(item: Any) -> str:
    return next((name for name in classes(item) if name in _LINES), "")


def _node(name: Any) -> tuple[str, str]:
    """Give the sign of a stop on a path and its colour, as the page draws it."""
    item = next((e for e in name.iterancestors("li")), name)
    if "end" in classes(item):
        return "■\N{NO-BREAK SPACE}", looks.INK
    return ("◉\N{NO-BREAK SPACE}", looks.REACH) if "meet" in classes(item) else ("○\N{NO-BREAK SPACE}", looks.INK)


def _paragraph(style: str, place: Place, *, is_rtl: bool = False) -> Any:
    """Make a paragraph; its properties stand in the order of the schema."""
    new = OxmlElement("w:p")
    properties = new.get_or_add_pPr()
    properties.append(looks.element("pStyle", val=looks.style_id(style)))
    if place.keeps:
        properties.append(looks.element("keepNext"))
    if place.number > 1:
        numbered, level = OxmlElement("w:numPr"), looks.element("ilvl", val="0")
        numbered.extend((level, looks.element("numId", val=str(place.number))))
        properties.append(numbered)
    rule = "" if style == "Path Name" else place.rule
    if rule:
        kind, size, colour = _LINES[rule]
        borders = OxmlElement("w:pBdr")
        borders.append(
            looks.element("left", val=kind, sz=size, space="12" if style == "Path Hop" else "8", color=colour)
        )
        properties.append(borders)
    if is_rtl:
        properties.append(looks.element("bidi"))
    if place.left:
        hanging = {"hanging": str(looks.INDENT)} if place.number else {}
        properties.append(looks.element("ind", left=str(place.left), **hanging))
    return new
