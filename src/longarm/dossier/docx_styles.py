"""The styles of the text document: the type, space and colour of the printed page as styles of a word processor.

Everything that is shown takes its looks from a named style, so that who edits the document can change them in one
place. The styles of python-docx's template are replaced as a whole: they rest on theme fonts, and there are 164.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any, Final

from docx.oxml import OxmlElement, parse_xml
from docx.oxml.ns import nsdecls, qn

SERIF, SANS, SIGNS, EAST, CROSS = "Source Serif 4", "IBM Plex Sans", "Segoe UI Symbol", "Noto Sans CJK SC", "Arial"
INK, INK_2, INK_3, REACH, COUNTER, MARK = "16191F", "454B54", "646A72", "0B4F8C", "A13A0F", "FFE79A"
RULE, RULE_2 = "C4C0B8", "8D8A83"
INDENT: Final = 300
"""How far a list, or what stands in it, is set in, in twentieths of a point."""


@dataclass(frozen=True)
class Style:
    """One paragraph style; sizes in half points, space in twentieths of a point."""

    name: str
    based: str = "Normal"
    font: str = ""
    size: int = 0
    colour: str = ""
    bold: bool | None = None
    before: int | None = None
    after: int | None = None
    line: int | None = None
    keep: bool = False
    outline: int | None = None
    left: int | None = None
    number: int = 0
    """which numbering of the document counts it"""
    border: str = ""
    """a rule: its side, its width in eighths of a point, its distance in points and its colour"""


STYLES: Final = (
    Style("Normal", "", SANS, 20, INK, after=80, line=264),
    Style("Headings", font=SERIF, bold=True, keep=True),
    Style("Title", "Headings", size=46, before=60, after=160, line=245),
    Style("heading 1", "Headings", size=31, before=380, after=90, outline=0, border="top 12 7 ink"),
    Style("heading 2", "Headings", size=24, before=240, after=70, outline=1),
    Style("heading 3", size=20, bold=True, before=180, after=50, keep=True, outline=2),
    Style("Lead", font=SERIF, size=26, after=180, line=276),
    Style("Kicker", size=18, colour=INK_2, after=40),
    Style("Small", size=18, colour=INK_2, after=60),
    Style("caption", size=16, colour=INK_3, after=60),
    Style("Quote", font=SERIF, size=21, before=20, after=40),
    Style("Original", "Quote", size=19, colour=INK_2, left=200, border="left 4 8 rule"),
    Style("Note", size=18, left=200, before=60, after=100, border="left 18 8 ink"),
    Style("Note Counter", "Note", border="left 18 8 counter"),
    Style("Run-in", bold=True, before=120, after=40, keep=True),
    Style("Table Caption", size=18, bold=True, before=120, after=60, keep=True),
    Style("Evidence Head", "caption", colour=INK_2, before=160, after=0, keep=True),
    Style("Ends", before=180, after=40, keep=True),
    Style("Path Name", before=0, after=0, bold=True, keep=True),
    Style("Path Hop", size=18, colour=INK_2, before=0, after=0, left=380, line=255),
    Style("List Bullet", after=50, left=INDENT, number=1),
    Style("List Number", after=50, left=INDENT, number=2),
    Style("List Continue", after=50, left=INDENT),
    Style("Table Text", size=18, after=20, line=252),
    Style("Table Head", "Table Text", size=17, bold=True, keep=True),
    Style("Group Head", "Table Text", size=20, bold=True, before=100, keep=True),
    Style("header", size=16, colour=INK_2, after=0),
    Style("footer", size=16, colour=INK_2, after=0),
)
KEEPING: Final = frozenset(style.name for style in STYLES if style.keep or style.based == "Headings")
"""Styles whose paragraphs stay with the next one."""
_COLOURS: Final = {"ink": INK, "rule": RULE_2, "counter": COUNTER}


def style_id(name: str) -> str:
    """Give the id of a style by its name: word processors know their own styles by these."""
    return "".join(word[:1].upper() + word[1:] for word in name.replace("-", " ").split())


def dress(document: Any, language: str) -> None:
    """Replace styles, numberings and settings of the template by our own."""
    styles = document.styles.element
    latent = [e for e in styles if e.tag.endswith("}latentStyles")]
    for element in list(styles):
        styles.remove(element)
    styles.append(_defaults(language))
    styles.extend(latent)
    styles.extend(_paragraph(style) for style in STYLES)
    for xml in _OTHERS:
        styles.append(_parse(xml))
    numbering = document.part.numbering_part.element
    for element in list(numbering):
        numbering.remove(element)
    numbering.extend((_abstract(1, "bullet", "–"), _abstract(2, "decimal", "%1.")))
    numbering.extend((_num(1, 1), _num(2, 2)))
    settings = document.settings.element
    for element in list(settings):
        settings.remove(element)
    for xml in _SETTINGS:
        settings.append(_parse(xml))
    settings.append(_parse(f'<w:themeFontLang w:val="{language}"/>'))


def restart(document: Any) -> int:
    """Begin a numbered list that counts from one, and give its number."""
    numbering = document.part.numbering_part.element
    number = len(numbering.findall(_tag("num"))) + 1
    new = _num(number, 2)
    new.append(_parse('<w:lvlOverride w:ilvl="0"><w:startOverride w:val="1"/></w:lvlOverride>'))
    numbering.append(new)
    return number


FONT_TABLE: Final = (
    f'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n<w:fonts {nsdecls("w")}>'
    + "".join(
        f'<w:font w:name="{name}"><w:altName w:val="{instead}"/><w:family w:val="{family}"/></w:font>'
        for name, instead, family in (
            (SERIF, "Georgia", "roman"),
            (SANS, "Calibri", "swiss"),
            (EAST, "Microsoft YaHei", "swiss"),
            (SIGNS, "Noto Sans Symbols2", "swiss"),
            (CROSS, "Liberation Sans", "swiss"),
        )
    )
    + "</w:fonts>"
)
"""Which font stands in where ours is not installed: a run names one font only, this table says what is like it."""


def _tag(name: str) -> str:
    return str(qn(f"w:{name}"))


def _parse(xml: str) -> Any:
    return parse_xml(re.sub(r"^<[\w:]+", lambda found: f"{found[0]} {nsdecls('w')}", xml))


def _fonts(name: str) -> str:
    return f'<w:rFonts w:ascii="{name}" w:hAnsi="{name}" w:eastAsia="{EAST}" w:cs="{CROSS}"/>'


def _defaults(language: str) -> Any:
    return _parse(
        f"<w:docDefaults><w:rPrDefault><w:rPr>{_fonts(SANS)}"
        f'<w:sz w:val="20"/><w:szCs w:val="20"/><w:lang w:val="{language}" w:eastAsia="zh-CN" w:bidi="ar-SA"/>'
        "</w:rPr></w:rPrDefault><w:pPrDefault/></w:docDefaults>"
    )


def _paragraph(style: Style) -> Any:
    side, width, space, colour = (style.border or "- - - ink").split()
    spacing = "".join(
        f' w:{key}="{value}"'
        for key, value in (("before", style.before), ("after", style.after), ("line", style.line))
        if value is not None
    )
    hanging = f' w:hanging="{INDENT}"' if style.number else ""
    paragraph = "".join(
        (
            "<w:keepNext/>" if style.keep else "",
            f'<w:numPr><w:numId w:val="{style.number}"/></w:numPr>' if style.number else "",
            f'<w:pBdr><w:{side} w:val="single" w:sz="{width}" w:space="{space}" w:color="{_COLOURS[colour]}"/></w:pBdr>'
            if style.border
            else "",
            f'<w:spacing{spacing} w:lineRule="auto"/>' if spacing else "",
            f'<w:ind w:left="{style.left}"{hanging}/>' if style.left is not None else "",
            f'<w:outlineLvl w:val="{style.outline}"/>' if style.outline is not None else "",
        )
    )
    run = "".join(
        (
            _fonts(style.font) if style.font else "",
            "<w:b/><w:bCs/>" if style.bold else "",
            f'<w:color w:val="{style.colour}"/>' if style.colour else "",
            f'<w:sz w:val="{style.size}"/><w:szCs w:val="{style.size}"/>' if style.size else "",
        )
    )
    based = f'<w:basedOn w:val="{style_id(style.based)}"/>' if style.based else ""
    following = '<w:next w:val="Normal"/>' if style.keep else ""
    default = "" if style.based else ' w:default="1"'
    return _parse(
        f'<w:style w:type="paragraph" w:styleId="{style_id(style.name)}"{default}><w:name w:val="{style.name}"/>{based}'
        f"{following}<w:qFormat/><w:pPr>{paragraph}</w:pPr><w:rPr>{run}</w:rPr></w:style>"
    )


def _abstract(number: int, form: str, text: str) -> Any:
    return _parse(
        f'<w:abstractNum w:abstractNumId="{number}"><w:multiLevelType w:val="singleLevel"/><w:lvl w:ilvl="0">'
        f'<w:start w:val="1"/><w:numFmt w:val="{form}"/><w:lvlText w:val="{text}"/><w:lvlJc w:val="left"/>'
        f'<w:pPr><w:ind w:left="{INDENT}" w:hanging="{INDENT}"/></w:pPr></w:lvl></w:abstractNum>'
    )


def _num(number: int, abstract: int) -> Any:
    new = OxmlElement("w:num")
    new.set(_tag("numId"), str(number))
    new.append(_parse(f'<w:abstractNumId w:val="{abstract}"/>'))
    return new


_SIDES: Final = '<w:{} w:val="single" w:sz="{}" w:space="0" w:color="{}"/>'
_CHARACTERS: Final = (
    '<w:style w:type="character" w:default="1" w:styleId="DefaultParagraphFont">'
    '<w:name w:val="Default Paragraph Font"/><w:uiPriority w:val="1"/><w:semiHidden/></w:style>'
)
_LINKS: Final = (
    '<w:style w:type="character" w:styleId="Hyperlink"><w:name w:val="Hyperlink"/>'
    f'<w:rPr><w:u w:val="single" w:color="{RULE_2}"/></w:rPr></w:style>'
)
_MARKED: Final = (
    '<w:style w:type="character" w:styleId="QuotedWords"><w:name w:val="Quoted Words"/><w:qFormat/>'
    f'<w:rPr><w:shd w:val="clear" w:color="auto" w:fill="{MARK}"/></w:rPr></w:style>'
)
_PLAIN_TABLE: Final = (
    '<w:style w:type="table" w:default="1" w:styleId="TableNormal"><w:name w:val="Normal Table"/><w:tblPr>'
    '<w:tblInd w:w="0" w:type="dxa"/><w:tblCellMar><w:left w:w="0" w:type="dxa"/><w:right w:w="140" w:type="dxa"/>'
    "</w:tblCellMar></w:tblPr></w:style>"
)
_NO_LIST: Final = '<w:style w:type="numbering" w:default="1" w:styleId="NoList"><w:name w:val="No List"/></w:style>'
_TABLE: Final = (
    '<w:style w:type="table" w:styleId="EvidenceTable"><w:name w:val="Evidence Table"/>'
    '<w:basedOn w:val="TableNormal"/><w:qFormat/><w:tblPr><w:tblBorders>'
    f"{_SIDES.format('top', 4, RULE_2)}{_SIDES.format('bottom', 4, RULE)}{_SIDES.format('insideH', 4, RULE)}"
    '</w:tblBorders><w:tblCellMar><w:top w:w="70" w:type="dxa"/><w:left w:w="0" w:type="dxa"/>'
    '<w:bottom w:w="70" w:type="dxa"/><w:right w:w="140" w:type="dxa"/></w:tblCellMar></w:tblPr>'
    '<w:tblStylePr w:type="firstRow"><w:tcPr><w:tcBorders><w:top w:val="nil"/>'
    f"{_SIDES.format('bottom', 8, INK)}"
    '</w:tcBorders><w:vAlign w:val="bottom"/></w:tcPr></w:tblStylePr></w:style>'
)
_OTHERS: Final = (_CHARACTERS, _LINKS, _MARKED, _PLAIN_TABLE, _NO_LIST, _TABLE)
_MODE: Final = (
    '<w:compat><w:compatSetting w:name="compatibilityMode" w:uri="http://schemas.microsoft.com/office/word" '
    'w:val="15"/></w:compat>'
)
"""Without this a word processor opens the file in a mode of compatibility and says so in its title bar."""
_SETTINGS: Final = (
    '<w:zoom w:percent="100"/>',
    '<w:defaultTabStop w:val="720"/>',
    '<w:characterSpacingControl w:val="doNotCompress"/>',
    _MODE,
)


def element(tag: str, **attributes: str) -> Any:
    """Make an element of a Word document, with attributes of its own namespace."""
    new = OxmlElement(f"w:{tag}")
    for key, value in attributes.items():
        new.set(qn(f"w:{key}"), value)
    return new
