"""A web page as text: trafilatura finds the article, its margins are taken off, and the page says what it is.

Title, publication date, publisher and language come from what the page declares (JSON-LD, Open Graph, meta elements).
"""

from __future__ import annotations

import re
from typing import Any, Final

from longarm.errors import Refused
from longarm.extract.reading.gaps import filled
from longarm.extract.reading.margins import About, parted
from longarm.extract.reading.marks import folded, marks

MOST: Final = 10 * 1024 * 1024
"""bytes of a page"""
_DEEPEST: Final = 2000
_ROW: Final = re.compile(r"\s*\|\s*")


def article(html: str, url: str | None = None) -> dict[str, Any]:
    """Give text, left_out, title, published, publisher and lang of a page; raises Refused where it has no text."""
    import trafilatura
    from trafilatura.utils import load_html

    tree = load_html(html)
    if tree is None:
        raise Refused("it is no page of HTML", reason="empty")
    if (lang := tree.get("lang")) is not None:
        lang = lang.split("-")[0].lower()[:3]
    found = trafilatura.bare_extraction(
        *(tree, url),
        include_comments=False,
        with_metadata=True,
        date_extraction_params={"original_date": True, "extensive_search": False, "max_date": "2100-01-01"},
    )
    if found is None or isinstance(found, dict) or not found.text:
        raise Refused("no article is found in the page", reason="empty")
    about = About(_titles(tree, found.title), folded(found.description or ""))
    lines = [piece for line in found.text.split("\n") for piece in _cells(line)]
    lines = filled(tree, lines)
    kept, out = parted(lines, marks(tree, {folded(line) for line in lines}), about)
    if sum(map(len, kept)) * 2 < sum(map(len, lines)) and len(kept) < 3:
        kept, out = lines, []  # what was taken for margins is most of the page: better too much than nothing
    return {
        "text": "\n".join(kept),
        "left_out": [(row.kind, row.text) for row in out],
        "title": found.title,
        "published": found.date,
        "publisher": found.sitename,
        "lang": lang,
    }


def _cells(line: str) -> list[str]:
    """Give the cells of a table's row apart: a page laid out by tables has its paragraphs in them."""
    if "|" not in line or not line.lstrip().startswith("|"):
        return [line] if line.strip() else []
    cells = [cell for cell in _ROW.split(line) if cell.strip(" -")]
    return cells if any(len(cell) > 200 for cell in cells) else [line]


def _titles(tree: Any, title: str | None) -> frozenset[str]:
    said = [title or ""]
    for path in ('//meta[@property="og:title"]/@content', '//meta[@name="twitter:title"]/@content', "//title/text()"):
        said += [str(found) for found in tree.xpath(path)[:2]]
    said += [heading.text_content() for heading in tree.xpath("//h1")[:3]]
    return frozenset(key for words in said if (key := folded(words)))
