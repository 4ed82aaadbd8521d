"""Text as runs of a text document: looks, languages, scripts, links and anchors inside one paragraph.

A word processor takes direction and font of a script from the run, not from the letters. So text is cut wherever its
script changes: Arabic and Hebrew run from right to left, Chinese, Japanese and Korean name their font, and our signs
name one that has them.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from typing import Any, Final

from docx.opc.constants import RELATIONSHIP_TYPE
from docx.oxml import OxmlElement
from docx.oxml.ns import qn

from longarm.dossier import docx_styles as looks
from longarm.dossier.linear import classes

_EAST: Final = re.compile(
    r"[\u1100-\u11ff\u2e80-\u303f\u3040-\u31ff\u3400-\u9fff\uac00-\ud7ff\uf900-\ufaff\uff01-\uffef\U00020000-\U0003ffff]"
)
_SIGN: Final = re.compile(
    r"[\u2190-\u21ff\u2200-\u22ff\u2460-\u24ff\u2500-\u27bf\u2b00-\u2bff\u3251-\u325f\u32b1-\u32bf]"
)
_LANGUAGE: Final = re.compile(r"[A-Za-z]{2,3}(?:-[A-Za-z0-9]{2,8})*")
_EAST_FONTS: Final = {"ja": "JP", "ko": "KR", "zh-tw": "TC", "zh-hant": "TC", "zh-hk": "HK"}
_ORDER: Final = (
    *("rStyle", "rFonts", "b", "bCs", "i", "iCs", "color", "sz", "szCs"),
    *("u", "shd", "rtl", "lang"),
)
"""The order that the schema asks for: Word refuses a file in another one."""


@dataclass(frozen=True)
class Look:
    """How a piece of text is shown, where it differs from its paragraph."""

    bold: bool | None = None
    """nothing where the paragraph says it"""
    italic: bool = False
    serif: bool = False
    marked: bool = False
    size: int = 0
    colour: str = ""
    language: str = ""
    is_link: bool = False


PLAIN: Final = Look()


@dataclass
class Ink:
    """What the runs of one document share: its part, for links to the web, and the numbers of its bookmarks."""

    part: Any
    bookmarks: dict[str, int] = field(default_factory=dict)

    def bookmark(self, name: str) -> tuple[int, str]:
        """Give number and name of a bookmark; a name holds letters, digits and underscores, at most forty."""
        number = self.bookmarks.setdefault(name, len(self.bookmarks) + 1)
        return number, f"a{number}_{re.sub(r'[^A-Za-z0-9]', '_', name)[:30]}"


def fill(paragraph: Any, leaf: Any, ink: Ink, look: Look) -> None:
    """Write the text of a leaf into a paragraph."""
    _inside(paragraph, leaf, ink, look)


def sign(text: str, colour: str) -> list[Any]:
    """Give the runs of one of our signs."""
    return list(_runs(text, Look(colour=colour)))


def language(element: Any) -> str:
    """Give the language that an element names, where it is one."""
    named = element.get("lang") or ""
    return named if _LANGUAGE.fullmatch(named) else ""


def _inside(holder: Any, element: Any, ink: Ink, look: Look) -> None:
    if element.text:
        holder.extend(_runs(element.text, look))
    for child in element:
        _child(holder, child, ink, look)
        if child.tail:
            holder.extend(_runs(child.tail, look))


def _child(holder: Any, child: Any, ink: Ink, look: Look) -> None:
    named = classes(child)
    if child.tag == "br":
        run = OxmlElement("w:r")
        run.append(OxmlElement("w:br"))
        holder.append(run)
    elif "anchor" in named:
        number, name = ink.bookmark(child.get("id"))
        holder.append(looks.element("bookmarkStart", id=str(number), name=name))
        holder.append(looks.element("bookmarkEnd", id=str(number)))
    elif child.tag == "a" and child.get("href") and not look.is_link:
        link = OxmlElement("w:hyperlink")
        href = child.get("href")
        if href.startswith("#"):
            link.set(qn("w:anchor"), ink.bookmark(href[1:])[1])
        else:
            link.set(qn("r:id"), ink.part.relate_to(href, RELATIONSHIP_TYPE.HYPERLINK, is_external=True))
        holder.append(link)
        _inside(link, child, ink, replace(look, is_link=True))
    else:
        _inside(holder, child, ink, _look(child, named, look))


def _look(child: Any, named: frozenset[str], look: Look) -> Look:
    """Change a look by what an element says; a rule for each mark of the visual language."""
    changed: dict[str, Any] = {}
    if child.tag in {"b", "strong"} or named & {"kind", "mv"}:
        changed["bold"] = True
    if child.tag in {"i", "em", "cite"}:
        # In a figure the second part is set back, not leaned.
        in_figure = any("cf" in classes(e) for e in child.iterancestors("span"))
        changed |= {"colour": looks.INK_3} if in_figure else {"italic": True}
    if child.tag == "mark":
        changed["marked"] = True
    if "q" in named:
        changed["serif"] = True
    if named & {"cap", "small", "muted", "grade", "han"}:
        changed |= {"size": 16, "colour": looks.INK_3 if "cap" in named else looks.INK_2, "bold": False}
    if named & {"denied", "counter", "cutno", "con"}:
        changed["colour"] = looks.COUNTER
    if "sign" in named and named & {"pm", "control", "compel", "influence"}:
        changed |= {"colour": looks.REACH, "bold": False}
    if language(child):
        changed["language"] = language(child)
    return replace(look, **changed)


def _runs(text: str, look: Look) -> Iterator[Any]:
    for script, piece in by_script(text):
        run = OxmlElement("w:r")
        properties = _properties(script, look)
        if len(properties):
            run.append(properties)
        said = OxmlElement("w:t")
        said.text = piece
        said.set("{http://www.w3.org/XML/1998/namespace}space", "preserve")
        run.append(said)
        yield run


def by_script(text: str) -> Iterator[tuple[str, str]]:
    """Cut text where its script changes: `latin`, `right` to left, `east` Asian, `sign`.

    Blanks, digits and points go with what stands before them, and those at the start with what follows.
    """
    pieces: list[tuple[str, str]] = []
    for letter in text:
        script = _script(letter) or (pieces[-1][0] if pieces else "")
        if script == "sign" and not _SIGN.match(letter):
            script = "latin"
        if pieces and (pieces[-1][0] == script or not pieces[-1][0]):
            pieces[-1] = (script, pieces[-1][1] + letter)
        else:
            pieces.append((script, letter))
    return iter([(script or "latin", piece) for script, piece in pieces])


def _script(letter: str) -> str:
    if _EAST.match(letter):
        return "east"
    if _SIGN.match(letter):
        return "sign"
    direction = unicodedata.bidirectional(letter)
    return "right" if direction in {"R", "AL"} else "latin" if direction == "L" else ""


def _properties(script: str, look: Look) -> Any:
    given: dict[str, dict[str, str]] = {}
    if look.is_link or look.marked:
        given["rStyle"] = {"val": "Hyperlink" if look.is_link else "QuotedWords"}
    fonts = {"ascii": looks.SERIF, "hAnsi": looks.SERIF} if look.serif else {}
    if script == "sign":
        fonts = dict.fromkeys(("ascii", "hAnsi", "eastAsia", "cs"), looks.SIGNS)
    if script == "east":
        kind = _EAST_FONTS.get(look.language.lower(), _EAST_FONTS.get(look.language[:2].lower(), "SC"))
        fonts |= {"eastAsia": f"Noto Sans CJK {kind}", "hint": "eastAsia"}
    if fonts:
        given["rFonts"] = fonts
    if look.bold is not None:
        given |= {"b": {"val": str(int(look.bold))}, "bCs": {"val": str(int(look.bold))}}
    if look.italic:
        given |= {"i": {}, "iCs": {}}
    if look.colour:
        given["color"] = {"val": look.colour}
    if look.size:
        given |= {"sz": {"val": str(look.size)}, "szCs": {"val": str(look.size)}}
    if look.marked:
        given["shd"] = {"val": "clear", "color": "auto", "fill": looks.MARK}
    if script == "right":
        given["rtl"] = {}
    if look.language:
        given["lang"] = {{"east": "eastAsia", "right": "bidi"}.get(script, "val"): look.language}
    properties = OxmlElement("w:rPr")
    properties.extend(looks.element(name, **given[name]) for name in _ORDER if name in given)
    return properties
