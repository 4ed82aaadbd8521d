"""A web page as lines: trafilatura finds the article, the page says what each line is and what stands around it.

Headline, bylines, captions and teasers of the article's region stay in page order, each with its kind; navigation,
menus, footers and scripts are left out and named.

Title, publication date, publisher and language come from what the page declares (JSON-LD, Open Graph, meta elements).
"""

from __future__ import annotations

import re
from typing import Any, Final

from longarm.errors import Refused
from longarm.extract.reading.gaps import filled
from longarm.extract.reading.left import left_out, without_scripts
from longarm.extract.reading.margins import About, judged
from longarm.extract.reading.marks import folded, marks
from longarm.extract.reading.region import Block, region
from longarm.extract.reading.surroundings import kind_of_block
from longarm.model.claims import LineKind

MOST: Final = 10 * 1024 * 1024
"""bytes of a page"""
_DEEPEST: Final = 2000
_ROW: Final = re.compile(r"\s*\|\s*")


def article(html: str, url: str | None = None) -> dict[str, Any]:
    """Give lines with kinds, left_out, title, published, publisher and lang; raises Refused where it has no text."""
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
    scripts = without_scripts(tree)
    lines = [piece for line in found.text.split("\n") for piece in _cells(line)]
    lines = filled(tree, lines)
    kinds = judged(lines, marks(tree, {folded(line) for line in lines}), about)
    body = [line for line, kind in zip(lines, kinds, strict=True) if kind is LineKind.BODY]
    if sum(map(len, body)) * 2 < sum(map(len, lines)) and len(body) < 3:
        # What was taken for margins is most of the page: better too much than nothing.
        kinds = [LineKind.BODY] * len(lines)
    around = region(tree, lines, about.titles)
    told = [(behind, block, kind_of_block(block, about, behind)) for behind, block in around.back]
    controls = [block for _, block, kind in told if kind is None]
    out = [(row.kind, row.text) for row in left_out(tree, controls, around.outside)]
    return {
        "lines": _in_page_order(list(zip(lines, kinds, strict=True)), told),
        "left_out": out + ([("script", str(scripts))] if scripts else []),
        "title": found.title,
        "published": found.date,
        "publisher": found.sitename,
        "lang": lang,
    }


def _in_page_order(
    lines: list[tuple[str, LineKind]], back: list[tuple[int, Block, LineKind | None]]
) -> list[tuple[str, str]]:
    after: dict[int, list[tuple[str, str]]] = {}
    for behind, block, kind in back:
        if kind is not None:
            after.setdefault(behind, []).append((block.words, kind.value))
    whole = after.get(-1, [])
    for number, (line, kind) in enumerate(lines):
        whole += [(line, kind.value), *after.get(number, [])]
    return whole


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
