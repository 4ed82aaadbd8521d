"""A PDF as text: page by page, lines joined into paragraphs by where they stand on the page.

PDFium gives the letters and their boxes. A new paragraph begins where the gap to the line above is wider than usual on
the page, where the size of the letters changes, or after a line that ends short.
"""

from __future__ import annotations

import re
from itertools import pairwise
from statistics import median
from typing import Any, Final

from longarm.errors import Refused
from longarm.extract.reading.plain import joined

MOST_PAGES: Final = 2000
_ACROSS: Final = re.compile(r"[^\W\d_,;]-?$")


def pages(data: bytes) -> dict[str, Any]:
    """Give text, title, published and notes of a PDF; raises Refused where it is broken, locked or has no text."""
    import pypdfium2 as pdfium

    try:
        document = pdfium.PdfDocument(data)
    except pdfium.PdfiumError as fault:
        locked = "password" in str(fault).lower()
        raise Refused(
            f"the PDF is {'locked' if locked else 'broken'} ({fault})", reason="locked" if locked else "broken"
        ) from None
    count = len(document)
    if count > MOST_PAGES:
        raise Refused(f"the PDF has {count:,} pages, more than the {MOST_PAGES:,} that are read", reason="size")
    paragraphs: list[str] = []
    without: list[int] = []
    for number in range(count):
        try:
            lines = _lines(document[number])
        except pdfium.PdfiumError:
            lines = []
        if not lines:
            without.append(number + 1)
        for paragraph in _paragraphs(lines):
            # A sentence that goes on over the page is one paragraph.
            if paragraphs and lines and paragraph[:1].islower() and _ACROSS.search(paragraphs[-1]):
                paragraphs[-1] += " " + paragraph
            else:
                paragraphs.append(paragraph)
    if not paragraphs:
        raise Refused("the PDF has no text: it may be scanned, and is not read by letter recognition", reason="empty")
    told = document.get_metadata_dict(skip_empty=True)
    made = re.match(r"D:(\d{4})(\d{2})?(\d{2})?", told.get("CreationDate", ""))
    notes = [f"no text on page {', '.join(map(str, without[:20]))}"] if without else []
    return {
        "text": "\n".join(paragraphs),
        "title": told.get("Title"),
        "published": None,
        "made": "-".join(part for part in made.groups() if part) if made else None,
        "notes": notes,
    }


def _lines(page: Any) -> list[tuple[str, float, float]]:
    """Give text, baseline and height of each line of a page, from the top."""
    text_page = page.get_textpage()
    text = text_page.get_text_range()
    found = []
    at = 0
    for line in re.split(r"\r\n|\n|\r", text):
        stripped = line.strip()
        if stripped:
            first = at + len(line) - len(line.lstrip())
            bottom, top = _box(text_page, first, min(len(stripped), 12))
            found.append((stripped.replace("\ufffe", "-").replace("\x02", "-"), bottom, top - bottom))
        at += len(line) + 2
    return found


def _box(text_page: Any, first: int, length: int) -> tuple[float, float]:
    bottom, top = 0.0, 0.0
    most = text_page.count_chars()
    boxes = [text_page.get_charbox(n, loose=True) for n in range(first, min(first + length, most))]
    if boxes:
        bottom, top = min(box[1] for box in boxes), max(box[3] for box in boxes)
    return bottom, top


def _paragraphs(lines: list[tuple[str, float, float]]) -> list[str]:
    if not lines:
        return []
    gaps = [above[1] - below[1] for above, below in pairwise(lines) if above[1] > below[1]]
    usual = median(gaps) if gaps else 0.0
    width = sorted(len(text) for text, _, _ in lines)[int(len(lines) * 0.9)]
    blocks: list[list[str]] = [[lines[0][0]]]
    for above, below in pairwise(lines):
        gap = above[1] - below[1]
        apart = gap > 1.35 * usual or gap < 0 or abs(above[2] - below[2]) > 0.2 * max(above[2], below[2])
        if apart:
            blocks.append([])
        blocks[-1].append(below[0])
    return [paragraph for block in blocks for paragraph in joined(block, width)]
