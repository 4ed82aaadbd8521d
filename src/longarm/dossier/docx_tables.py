"""Tables of the text document: a head that repeats, rows that stay whole, and columns that fit the page."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any, Final

from docx.oxml import OxmlElement
from docx.oxml.ns import qn

from longarm.dossier import docx_styles as looks
from longarm.dossier.linear import classes
from longarm.dossier.linear_tables import Row, Slot, grid, widths

_TALL: Final = 1400
"""Letters after which a row may break over a page: kept whole it would leave half a page empty."""
_KEEPING: Final = frozenset(map(looks.style_id, looks.KEEPING))
_SHARES: Final = {"pairs": (50, 50), "facts": (28, 72)}
"""Tables whose columns do not go by what stands in them, in hundredths of the page."""


def table(element: Any, whole: int, write: Callable[[Any, Any, str], None]) -> Any | None:
    """Build a table; `write` fills a cell from its element, in a style."""
    rows, columns = grid(element)
    if not columns:
        return None
    shares = next((_SHARES[name] for name in classes(element) if name in _SHARES), ())
    given = [whole * share // 100 for share in shares] if len(shares) == columns else widths(rows, columns, whole)
    new = OxmlElement("w:tbl")
    properties = _properties(whole, has_head=any(row.is_head for row in rows), has_stub=_has_stub(rows))
    if element.get("summary"):
        properties.append(looks.element("tblCaption", val=element.get("summary")))
    new.append(properties)
    columns_given = OxmlElement("w:tblGrid")
    columns_given.extend(looks.element("gridCol", w=str(width)) for width in given)
    new.append(columns_given)
    for row, keeps in zip(rows, _kept(rows), strict=True):
        new.append(_row(row, given, write, keeps=keeps))
    return new


def _row(row: Row, given: list[int], write: Callable[[Any, Any, str], None], *, keeps: bool) -> Any:
    new, properties = OxmlElement("w:tr"), OxmlElement("w:trPr")
    if row.is_head or len(row.element.text_content()) < _TALL:
        properties.append(looks.element("cantSplit"))
    if row.is_head:
        properties.append(looks.element("tblHeader"))
    if len(properties):
        new.append(properties)
    for slot in _filled(row, len(given)):
        new.append(_cell(slot, row, given, write))
    for paragraph in new.iter(qn("w:p")):
        # A row stays with the next if its paragraphs do: so each says it here, whatever its style says.
        if keeps or row.is_head or paragraph.style in _KEEPING:
            paragraph.pPr.get_or_add_keepNext().val = keeps or row.is_head
    return new


def _filled(row: Row, columns: int) -> Iterator[Slot]:
    end = 0
    for slot in row.slots:
        yield slot
        end = slot.column + slot.columns
    if end < columns:
        yield Slot(None, end, columns - end, 1)


def _cell(slot: Slot, row: Row, given: list[int], write: Callable[[Any, Any, str], None]) -> Any:
    new, properties = OxmlElement("w:tc"), OxmlElement("w:tcPr")
    wide = sum(given[slot.column : slot.column + slot.columns])
    properties.append(looks.element("tcW", w=str(wide), type="dxa"))
    if slot.columns > 1:
        properties.append(looks.element("gridSpan", val=str(slot.columns)))
    if slot.goes_on:
        properties.append(looks.element("vMerge"))
    elif slot.rows > 1:
        properties.append(looks.element("vMerge", val="restart"))
    named = classes(slot.cell) if slot.cell is not None else frozenset()
    if "con" in named:
        # What counters stands to the right of what it answers, behind a rust rule.
        borders, margins = OxmlElement("w:tcBorders"), OxmlElement("w:tcMar")
        borders.append(looks.element("left", val="single", sz="18", space="0", color=looks.COUNTER))
        margins.append(looks.element("left", w="200", type="dxa"))
        properties.extend((borders, margins))
    new.append(properties)
    if slot.cell is not None and not slot.goes_on:
        is_group = slot.cell.get("scope") == "rowgroup" or "st-h" in classes(row.element)
        write(new, slot.cell, "Group Head" if is_group else "Table Head" if row.is_head else "Table Text")
    if new[-1].tag != qn("w:p"):
        # A cell ends in a paragraph, also an empty one.
        empty = OxmlElement("w:p")
        empty.get_or_add_pPr().style = looks.style_id("Table Text")
        new.append(empty)
    return new


def _kept(rows: tuple[Row, ...]) -> list[bool]:
    """Say of each row whether it stays with the next: the rows below a head of a group are read together."""
    size: dict[int, int] = {}
    for row in rows:
        size[row.body] = size.get(row.body, 0) + len(row.element.text_content())
    grouped = {row.body for row in rows if "st-h" in classes(row.element)}
    kept = []
    for row, following in zip(rows, (*rows[1:], None), strict=True):
        is_one = following is not None and following.body == row.body
        is_heading = "st-h" in classes(row.element)
        kept.append(is_one and (is_heading or (row.body in grouped and size[row.body] < _TALL)))
    return kept


def _has_stub(rows: tuple[Row, ...]) -> bool:
    return any(slot.cell.get("scope") == "row" for row in rows for slot in row.slots[:1])


def _properties(whole: int, *, has_head: bool, has_stub: bool) -> Any:
    new = OxmlElement("w:tblPr")
    new.append(looks.element("tblStyle", val=looks.style_id("Evidence Table")))
    new.append(looks.element("tblW", w=str(whole), type="dxa"))
    new.append(looks.element("tblLayout", type="fixed"))
    flags = {"firstRow": has_head, "lastRow": False, "firstColumn": has_stub, "lastColumn": False}
    value = 0x0600 | (0x20 if has_head else 0) | (0x80 if has_stub else 0)
    marks = {name: str(int(is_set)) for name, is_set in flags.items()}
    new.append(looks.element("tblLook", val=f"{value:04X}", **marks, noHBand="1", noVBand="1"))
    return new
