"""The dossier as a text document: the finished page, in real styles, for those who write on it.

Takes the page in one column (`linear`) and gives the bytes of a DOCX. Nothing is computed here, and no word is added
but the number of a page: what the document says is what the page says. The same page gives the same bytes, so that two
people can compare what they were given.
"""

from __future__ import annotations

import io
import re
import zipfile
from datetime import UTC, datetime
from typing import Any, Final

from docx import Document
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Twips

from longarm.dossier import docx_styles as looks
from longarm.dossier.docx_blocks import Place, Writer
from longarm.dossier.linear import clean, linear
from longarm.dossier.tongue import N_, tongue
from longarm.model.terms import LANGUAGES

_PAGE: Final = (11906, 16838)
"""A4, in twentieths of a point."""
_MARGIN: Final = 1080
_ONE_LINE: Final = 95
"""Letters of a footer beside which the number of the page still fits."""
_FIELDS: Final = {"\0": "PAGE", "\1": "NUMPAGES"}
_NO_TIME: Final = (1980, 1, 1, 0, 0, 0)
"""The first moment that a zip can name; a clock in the file would change its bytes."""
_UNUSED: Final = ("thumbnail", "stylesWithEffects", "customXml")
"""Parts of python-docx's template that speak of the template."""
_REPLACED: Final = {
    "word/fontTable.xml": looks.FONT_TABLE,
    "docProps/app.xml": '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n<Properties xmlns='
    '"http://schemas.openxmlformats.org/officeDocument/2006/extended-properties"><Application>longarm</Application>'
    "</Properties>",
}


def to_docx(html: str, *, title: str, footer: str, language: str) -> bytes:
    """Give the page as a text document; `footer` stands on every page, `language` is that of the page."""
    document = Document()
    looks.dress(document, language)
    section = document.sections[0]
    section.page_width, section.page_height = Twips(_PAGE[0]), Twips(_PAGE[1])
    section.left_margin = section.right_margin = section.top_margin = section.bottom_margin = Twips(_MARGIN)
    section.header_distance = section.footer_distance = Twips(_MARGIN // 2)
    _foot(section.footer.paragraphs[0], clean(footer), language)
    said = document.core_properties
    said.title, said.author, said.language = clean(title)[:255], "longarm", language
    said.created = said.modified = datetime(*_NO_TIME, tzinfo=UTC)
    said.last_modified_by, said.comments, said.keywords, said.revision = "longarm", "", "", 1
    Writer(document, whole=_PAGE[0] - 2 * _MARGIN).blocks(linear(html), Place(document.element.body))
    for holder in (document.part, document.part.package):
        for name in [name for name, rel in holder.rels.items() if rel.reltype.endswith(_UNUSED)]:
            del holder.rels[name]
    out = io.BytesIO()
    document.save(out)
    return _timeless(out.getvalue())


def _foot(paragraph: Any, text: str, language: str) -> None:
    """Write the footer: the text at the left, the number of the page at the right."""
    paragraph.style = "footer"
    paragraph.paragraph_format.tab_stops.add_tab_stop(Twips(_PAGE[0] - 2 * _MARGIN), 2)
    run = paragraph.add_run(text)
    if len(text) > _ONE_LINE:
        run.add_break()
    paragraph.add_run("\t")
    words = tongue(language if language in LANGUAGES else "en").say(N_("page {page} of {pages}"), page="\0", pages="\1")
    for said in re.split("([\0\1])", words):
        if said in _FIELDS:
            _count(paragraph, _FIELDS[said])
        else:
            paragraph.add_run(said)


def _count(paragraph: Any, what: str) -> None:
    """Append a field that the word processor fills."""
    new = OxmlElement("w:fldSimple")
    new.set(qn("w:instr"), what)
    run, said = OxmlElement("w:r"), OxmlElement("w:t")
    said.text = "1"
    run.append(said)
    new.append(run)
    paragraph._p.append(new)  # noqa: SLF001 - python-docx has no fields; this is the element under its paragraph


def _timeless(made: bytes) -> bytes:
    """Write the zip again without its clock, and without what python-docx's template says of itself."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(made)) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            entry = zipfile.ZipInfo(name, _NO_TIME)
            entry.compress_type, entry.create_system, entry.external_attr = zipfile.ZIP_DEFLATED, 0, 0
            new.writestr(entry, _REPLACED[name] if name in _REPLACED else old.read(name))
    return out.getvalue()
