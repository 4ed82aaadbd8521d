"""The dossier as Markdown: the finished page in CommonMark with the tables of GitHub Flavored Markdown.

Takes the page in one column (`linear`) and leaves the walk through it to markdownify. What is added here: every sign of
Markdown in a text is escaped, so that a name stays a name; tables have a head and a full grid; what is emphasised stays
so beside letters of any script; and a link's target is kept where a link leads to it.
"""

from __future__ import annotations

import re
import unicodedata
from typing import Any, Final

from bs4.element import NavigableString, Tag
from lxml import html as lxml_html
from markdownify import MarkdownConverter

from longarm.dossier.linear import linear
from longarm.dossier.linear_tables import grid

_BREAK: Final = "\x1e"
"""Where a line of a cell ends, until the cell is written; `linear` leaves no such character in a text."""
_SPECIAL: Final = re.compile(r"([\\`*_\[\]<>&|~])")
_LINE_START: Final = re.compile(
    r"^(?=#{1,6}(?:\s|$)|[+-](?:\s|$)|-[-:\s]*$|:-|=+\s*$)|^([0-9]{1,9})(?=[.)](?:\s|$))", re.MULTILINE
)
"""What begins a heading, a list or a rule, or makes a heading or a table of the line above."""
_EMPHASISED: Final = ["b", "strong", "mark", "i", "em", "cite"]
_INLINE: Final = frozenset({*_EMPHASISED, "span", "a"})
_BARE: Final = re.compile(r"(https?|ftp)(://)|\b(www)(\.)", re.IGNORECASE)
"""What GitHub makes a link of though nobody linked it."""


def to_markdown(html: str) -> str:
    """Give the page as Markdown text that ends in one line feed."""
    main = linear(html)
    for table in main.xpath(".//table"):
        _square(table)
    # As XML: written as HTML, the addresses would be percent-encoded a second time.
    text = _Converter().convert(lxml_html.tostring(main, encoding="unicode", method="xml"))
    lines = [line.rstrip(" ") for line in text.split("\n")]
    return re.sub(r"\n{3,}", "\n\n", "\n".join(lines)).strip("\n") + "\n"


def _square(table: Any) -> None:
    """Give every row the same number of cells: Markdown knows no spans, and a row too short would shift."""
    rows, columns = grid(table)
    for row in rows:
        cells: list[Any] = []
        for slot in row.slots:
            cells.append(lxml_html.Element("td") if slot.goes_on else slot.cell)
            cells.extend(lxml_html.Element("td") for _ in range(slot.columns - 1))
        cells.extend(lxml_html.Element("td") for _ in range(columns - len(cells)))
        for cell in list(row.element):
            row.element.remove(cell)
        row.element.extend(cells)


class _Converter(MarkdownConverter):
    """The converter of markdownify, with our own words for what it leaves open."""

    def escape(self, text: str, parent_tags: set[str]) -> str:  # noqa: ARG002 - the signature is markdownify's
        """Escape what Markdown would read as markup anywhere in a line."""
        escaped = _SPECIAL.sub(r"\\\1", text)
        escaped = _BARE.sub(lambda found: f"{found[1] or found[3]}\\{found[2] or found[4]}", escaped)
        # Before a link, an exclamation mark would make a picture of it.
        return f"{escaped[:-1]}\\!" if escaped.endswith("!") else escaped

    def convert_p(self, _el: Tag, text: str, parent_tags: set[str]) -> str:
        """Write a paragraph; no line of it begins like a heading or a list."""
        text = re.sub(r"^(?:\\\n)+|(?:\\\n)+$", "", text).strip()
        if not text:
            return ""
        if "_inline" in parent_tags:
            return f"{_BREAK}{text}{_BREAK}"
        text = _LINE_START.sub(lambda found: f"{found[1] or ''}\\", text)
        return f"\n\n{text}\n\n"

    convert_figcaption = convert_p

    def convert_h1(self, el: Tag, text: str, parent_tags: set[str]) -> str:
        """Write a heading with the number of signs of its level; in a cell it is bold."""
        text = re.sub(r"\s*\n\s*", " ", text.strip())
        if not text:
            return ""
        if parent_tags & {"td", "th"}:
            return f"{_BREAK}**{text}**{_BREAK}"
        # Signs at the end of a heading would be taken for its closing sequence.
        text = re.sub(r"(#+)$", r"\\\1", text)
        return f"\n\n{'#' * int(el.name[1])} {text}\n\n"

    convert_h2 = convert_h3 = convert_h4 = convert_h5 = convert_h6 = convert_h1

    def convert_div(self, el: Tag, text: str, parent_tags: set[str]) -> str:
        """Write a container: a note stands apart, as a quotation does."""
        if "_inline" in parent_tags:
            return text
        if "note" in (el.get("class") or []):
            return self.convert_blockquote(el, text, parent_tags)
        return f"\n\n{text.strip()}\n\n" if text.strip() else ""

    convert_section = convert_article = convert_main = convert_div
    convert_header = convert_footer = convert_aside = convert_figure = convert_div

    def convert_blockquote(self, _el: Tag, text: str, parent_tags: set[str]) -> str:
        """Write a quotation."""
        if "_inline" in parent_tags or not text.strip():
            return text
        return "\n\n" + "\n".join(f"> {line}".rstrip() for line in text.strip().split("\n")) + "\n\n"

    def convert_b(self, el: Tag, text: str, parent_tags: set[str]) -> str:
        """Write bold text; inside a head or bold text it is bold already."""
        is_bold = parent_tags & {"b", "strong", "mark", "h1", "h2", "h3", "h4"}
        return text if is_bold else _emphasis(el, text, "**", "b")

    convert_strong = convert_mark = convert_b

    def convert_i(self, el: Tag, text: str, parent_tags: set[str]) -> str:
        """Write leaning text; in a figure the second part does not lean."""
        in_figure = any("cf" in (e.get("class") or []) for e in el.parents)
        return text if in_figure or parent_tags & {"i", "em", "cite"} else _emphasis(el, text, "*", "i")

    convert_em = convert_cite = convert_i

    def convert_a(self, el: Tag, text: str, parent_tags: set[str]) -> str:
        """Write a link, or the place that one leads to."""
        if "anchor" in (el.get("class") or []):
            return f'<a id="{_fragment(str(el.get("id")))}"></a>'
        href = str(el.get("href") or "")
        if href.startswith("#"):
            href = f"#{_fragment(href[1:])}"
        if not href or not text.strip() or "a" in parent_tags:
            return text
        # An address may hold what would be read as the name of a character.
        href = re.sub(r"&(?=#?[A-Za-z0-9]+;)", r"\\&", href)
        return f"[{text.strip()}]({href})"

    def convert_br(self, _el: Tag, _text: str, parent_tags: set[str]) -> str:
        """Write the end of a line."""
        if parent_tags & {"h1", "h2", "h3", "h4", "h5", "h6"}:
            return " "
        return _BREAK if "_inline" in parent_tags else "\\\n"

    def convert_img(self, _el: Tag, _text: str, **_: object) -> str:
        """Leave a picture out: its caption and its table stand here."""
        return ""

    def convert_li(self, el: Tag, text: str, parent_tags: set[str]) -> str:
        """Write an item of a list; what follows its first line is set in."""
        text = text.strip()
        if not text:
            return ""
        if "_inline" in parent_tags:
            return f"{_BREAK}• {text.strip(_BREAK)}{_BREAK}"
        parent = el.parent
        named = set(parent.get("class") or []) if parent is not None else set()
        is_numbered = parent is not None and parent.name == "ol" and not {"path", "gains", "pieces", "bib"} & named
        sign = f"{len(el.find_previous_siblings('li')) + 1}. " if is_numbered else "- "
        return sign + text.replace("\n", "\n" + " " * len(sign)) + "\n"

    def convert_ul(self, _el: Tag, text: str, parent_tags: set[str]) -> str:
        """Write a list."""
        return text if "_inline" in parent_tags else f"\n\n{text.strip()}\n\n"

    convert_ol = convert_ul

    def convert_td(self, el: Tag, text: str, **_: object) -> str:
        """Write a cell on one line; what names a row is bold."""
        lines = [line.strip() for line in re.split(f"[{_BREAK}\n]+", text) if line.strip()]
        if el.get("scope") in {"row", "rowgroup"}:
            lines = [line if "**" in line else f"**{line}**" for line in lines]
        return f" {'<br>'.join(lines)} |"

    convert_th = convert_td

    def convert_tr(self, _el: Tag, text: str, **_: object) -> str:
        """Write a row."""
        return "|" + text.strip("\n") + "\n"

    def convert_table(self, el: Tag, text: str, **_: object) -> str:
        """Write a table; one without a head gets an empty one, since Markdown has no other."""
        first = el.find("tr")
        if not isinstance(first, Tag):
            return ""
        rows = [line for line in text.split("\n") if line]
        columns = len(first.find_all(["td", "th"], recursive=False))
        has_head = first.parent is not None and first.parent.name == "thead"
        head = [] if has_head else ["|" + "  |" * columns]
        rule = "|" + " --- |" * columns
        rows = [*head, *rows]
        return "\n\n" + "\n".join([rows[0], rule, *rows[1:]]) + "\n\n"


def _emphasis(el: Tag, text: str, sign: str, tag: str) -> str:
    """Emphasise; by a tag where the letters around would not let the signs count (CommonMark 0.31, section 6.2).

    Signs beside a quotation mark or a bracket count only beside a blank, and Chinese has no blanks.
    """
    inner = text.strip()
    if not inner:
        return text
    before, after = text[: len(text) - len(text.lstrip())], text[len(text.rstrip()) :]
    left, right = _beside(el, -1), _beside(el, 1)
    opens = before or (left != "*" and (not _is_letter(left) or _is_letter(inner[0])))
    closes = after or (right != "*" and (not _is_letter(right) or _is_letter(inner[-1])))
    wrapped = f"{sign}{inner}{sign}" if opens and closes else f"<{tag}>{inner}</{tag}>"
    return f"{before}{wrapped}{after}"


def _beside(el: Tag, side: int) -> str:
    """Give the character before or after an element inside its paragraph, a blank at its ends, a star for emphasis."""
    near = el.previous_sibling if side < 0 else el.next_sibling
    holder = el
    while near is None and holder.parent is not None and holder.parent.name in _INLINE:
        holder = holder.parent
        near = holder.previous_sibling if side < 0 else holder.next_sibling
    if isinstance(near, Tag) and (near.name in _EMPHASISED or near.find(_EMPHASISED)):
        return "*"
    said = str(near) if isinstance(near, NavigableString) else near.get_text() if isinstance(near, Tag) else ""
    return (said[-1:] if side < 0 else said[:1]) or " "


def _fragment(name: str) -> str:
    """Give a name of a place as an address holds it: other letters by their number, so that no two names meet."""
    return re.sub(r"[^A-Za-z0-9_.:-]", lambda found: f"-{ord(found[0]):x}-", name)


def _is_letter(character: str) -> bool:
    return not character.isspace() and unicodedata.category(character)[0] not in "PS"
