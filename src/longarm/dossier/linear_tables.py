"""Tables of a page on paper: what becomes one, which cell begins where, and how wide a column must be to be read."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final

from lxml import html as lxml_html
from markupsafe import escape

from longarm.dossier import linear_marks
from longarm.dossier.tongue import N_, Tongue

_PAIRS_HEADS: Final = (N_("What was said"), N_("What was said against it"))
_LONGEST_WORD: Final = 22
"""Letters after which a word may break: a name of 300 letters must not take the whole page."""
_LONGEST_CELL: Final = 40
"""Letters after which a cell asks for no more width: it is read on several lines."""
_BOLD: Final = 1.15
"""How much broader a letter of a head is."""
_ROOM: Final = 2.2
"""Letters that the margin of a cell takes."""
_MOST: Final = 1000
"""Columns that a span may ask for, as browsers have it."""


@dataclass(frozen=True)
class Slot:
    """One place of a row: where a cell begins, or where one from above goes on."""

    cell: Any
    column: int
    columns: int
    rows: int
    goes_on: bool = False
    """whether the cell began in a row above"""


@dataclass(frozen=True)
class Row:
    """One row of a grid."""

    element: Any
    slots: tuple[Slot, ...]
    is_head: bool
    body: int
    """which group of rows it is of; those of one group are read together"""


def reshape(main: Any, spoken: Tongue) -> None:
    """Make tables of facts and pairs, and of every table one that can stand on paper; heads in the page's language."""
    for caption in main.xpath(".//table/caption"):
        table = caption.getparent()
        table.addprevious(caption)
        caption.tag, caption.tail = "p", None
        if {"vh", "fig-hidden"} & set((caption.get("class") or "").split()):
            # Said to those who are read to: a text document has a place for it.
            table.set("summary", caption.text_content())
            caption.drop_tree()
        caption.set("class", "caption")
    for facts in main.xpath(".//dl"):
        _as_table(facts)
    for pairs in main.xpath('.//div[contains(concat(" ", @class, " "), " pairs ")]'):
        for pair in pairs:
            for side in pair:
                side.tag = "td"
            pair.tag = "tr"
        linear_marks.wrap(pairs, "tbody")
        pairs.tag = "table"
        heads = [spoken.say(words) for words in _PAIRS_HEADS]
        cells = "".join(f'<th scope="col">{escape(words)}</th>' for words in heads)
        pairs.insert(0, lxml_html.fragment_fromstring(f"<thead><tr>{cells}</tr></thead>"))
    for table in main.iter("table"):
        _drop_drawn_columns(table)
    for inner in main.xpath(".//td//table | .//th//table"):
        # No file that we write can hold a table in a cell: its words come one below the other.
        for element in (inner, *inner.iter("thead", "tbody", "tfoot", "tr", "td", "th")):
            element.tag = "div"


def _as_table(facts: Any) -> None:
    rows: list[tuple[Any, list[Any]]] = []
    for element in facts.xpath("./dt | ./dd | ./div/dt | ./div/dd"):
        if element.tag == "dt" or not rows:
            rows.append((element, []))
        else:
            rows[-1][1].append(element)
    new = lxml_html.Element("table", {"class": facts.get("class") or "facts"})
    if facts.get("id"):
        new.set("id", facts.get("id"))
    new.tail = facts.tail
    facts.getparent().replace(facts, new)
    body = lxml_html.Element("tbody")
    if "safe7" in (facts.get("class") or "").split():
        _side_by_side(new, body, rows)
        return
    new.append(body)
    for term, said in rows:
        row, cell = lxml_html.Element("tr"), lxml_html.Element("td")
        term.tag, term.tail = "th", None
        term.set("scope", "row")
        for element in said:
            element.tag, element.tail = "div", None
            cell.append(element)
        row.extend((term, cell))
        body.append(row)


def _side_by_side(table: Any, body: Any, facts: list[tuple[Any, list[Any]]]) -> None:
    """Set short facts beside each other, as the page does: their names in the head, one row below."""
    head, heads, row = lxml_html.Element("thead"), lxml_html.Element("tr"), lxml_html.Element("tr")
    for term, said in facts:
        term.tag, term.tail = "th", None
        term.set("scope", "col")
        cell = lxml_html.Element("td")
        for element in said:
            element.tag, element.tail = "div", None
            cell.append(element)
        heads.append(term)
        row.append(cell)
    head.append(heads)
    body.append(row)
    table.extend((head, body))


def _drop_drawn_columns(table: Any) -> None:
    """Leave out a column that held drawings only: the columns beside it say the same in words."""
    rows = [[cell for cell in row if cell.tag in {"td", "th"}] for row in table.iter("tr")]
    if any(cell.get("colspan") or cell.get("rowspan") for row in rows for cell in row):
        return
    width = max(map(len, rows), default=0)
    for number in range(width):
        column = [row[number] for row in rows if number < len(row)]
        if not any(cell.text_content().strip() or cell.find(".//img") is not None for cell in column):
            for cell in column:
                cell.getparent().remove(cell)


def grid(table: Any) -> tuple[tuple[Row, ...], int]:
    """Give the rows of a table with every place filled, and the number of columns."""
    rows: list[Row] = []
    for number, group in enumerate(_groups(table)):
        over: dict[int, Slot] = {}
        for element in group:
            slots: list[Slot] = []
            column = 0
            cells = [cell for cell in element if cell.tag in {"td", "th"}]
            while cells or column in over:
                if column in over:
                    slot = over.pop(column)
                    slots.append(slot)
                    left = slot.rows - 1
                else:
                    cell = cells.pop(0)
                    slot = Slot(cell, column, _span(cell, "colspan"), _span(cell, "rowspan"))
                    slots.append(slot)
                    left = slot.rows - 1
                if left:
                    over[column] = Slot(slot.cell, column, slot.columns, left, goes_on=True)
                column += slot.columns
            is_head = element.getparent().tag == "thead"
            rows.append(Row(element, tuple(slots), is_head, number))
    width = max((s.column + s.columns for row in rows for s in row.slots), default=0)
    return tuple(rows), width


def widths(rows: Sequence[Row], columns: int, whole: int) -> list[int]:
    """Share a width among columns as a browser does: each gets its longest word, the rest goes by what there is to say.

    After the automatic layout of CSS 2.1, section 17.5.2.2, with a ceiling on both measures.
    """
    least, most = [1.0] * columns, [1.0] * columns
    for row in rows:
        for slot in row.slots:
            if slot.columns == 1 and not slot.goes_on:
                broad = _BOLD if slot.cell.tag == "th" else 1.0
                lines = [_length(p.text_content()) for p in slot.cell.iter("p")] or [0]
                words = [_length(w) for w in re.split("[ \n]+", slot.cell.text_content())] or [0]
                least[slot.column] = max(least[slot.column], min(max(words), _LONGEST_WORD) * broad + _ROOM)
                most[slot.column] = max(most[slot.column], min(max(lines), _LONGEST_CELL) + _ROOM)
    most = [max(low, high) for low, high in zip(least, most, strict=True)]
    # One letter of the small type of a table is about 106 twentieths of a point wide.
    letters = whole / 106
    if sum(least) > letters:
        least = _levelled(least, letters)
    spare, wish = letters - sum(least), sum(most) - sum(least)
    if spare <= 0 or wish <= 0:
        shares = [x / sum(least) for x in least]
    elif wish <= spare:
        shares = [x / sum(most) for x in most]
    else:
        shares = [(low + spare * (high - low) / wish) / letters for low, high in zip(least, most, strict=True)]
    given = [int(whole * share) for share in shares]
    given[-1] += whole - sum(given)
    return given


def _levelled(wanted: Sequence[float], room: float) -> list[float]:
    """Fit what columns want into less room: the widest give, down to one width; no short word is broken for them."""
    ceiling, left = 0.0, room
    for number, width in enumerate(sorted(wanted)):
        ceiling = left / (len(wanted) - number)
        if width > ceiling:
            break
        left -= width
    return [min(width, ceiling) for width in wanted]


def _groups(table: Any) -> list[list[Any]]:
    groups: list[list[Any]] = []
    for element in table:
        if element.tag in {"thead", "tbody", "tfoot"}:
            groups.append([row for row in element if row.tag == "tr"])
        elif element.tag == "tr" and groups and element.getprevious().tag == "tr":
            groups[-1].append(element)
        elif element.tag == "tr":
            groups.append([element])
    return groups


def _span(cell: Any, name: str) -> int:
    given = cell.get(name) or ""
    return min(int(given), _MOST) if given.isascii() and given.isdigit() and int(given) else 1


def _length(text: str) -> int:
    return sum(2 if unicodedata.east_asian_width(letter) in "WF" else 1 for letter in text)
