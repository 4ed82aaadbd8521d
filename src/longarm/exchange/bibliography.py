"""The documents of a dossier as a bibliography: CSL-JSON and BibLaTeX, one item a document, with the same keys.

CSL-JSON as CSL 1.0.2 has it (appendices III and IV, item types and variables; `csl-data.json`), and BibLaTeX, which has
types for reports, laws, data and pages beside the article. A document that we hold as our own note is a note *on* the
publisher's page: what is named is the page, and that our note was read; the language of our note is not the page's, and
is left out. A date keeps the precision that it has.
"""

from __future__ import annotations

import json
import re
import unicodedata
from collections.abc import Iterator, Mapping
from typing import Any, Final

from longarm.exchange.cited import cited
from longarm.exchange.documents import LAW, Document
from longarm.model.terms import DEMONSTRATION

OUR_NOTE_WAS_READ: Final = "read as our own note"
_BY_CLASS: Final = {
    "agency": "article-newspaper",
    "press": "article-newspaper",
    "copy": "webpage",
    "authority": "report",
    "authority-own-act": "report",
    "listed-filing": "report",
    "firm": "webpage",
    "firm-on-itself": "webpage",
    "register": "dataset",
    "law-original": "legislation",
    "law-secondary": "legislation",
    "law-unconfirmed": "legislation",
}
"""Class of publisher → type of CSL."""
_ENTRY: Final = {
    "article-newspaper": "article",
    "report": "report",
    "legislation": "legislation",
    "dataset": "dataset",
    "webpage": "online",
    "document": "misc",
}
"""Type of CSL → type of BibLaTeX."""
_PUBLISHER: Final = {"article": "journaltitle", "report": "institution", "online": "organization"}
_DATE = re.compile(r"(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?")
_ESCAPED: Final = str.maketrans(
    {
        "\\": r"\textbackslash{}",
        "{": r"\textbraceleft{}",
        "}": r"\textbraceright{}",
        "~": r"\textasciitilde{}",
        "^": r"\textasciicircum{}",
        **{c: f"\\{c}" for c in "$&#%_"},
    }
)
"""What TeX would act on. A brace is named, not escaped: BibTeX counts braces behind a backslash too."""


def csl(dossier: Mapping[str, Any]) -> str:
    """Give the documents as CSL-JSON: one list, in the order of the keys."""
    items = [_item(key, d) for key, d in _keyed(dossier).items()]
    return json.dumps(items, ensure_ascii=False, indent=1, sort_keys=True) + "\n"


def bibtex(dossier: Mapping[str, Any]) -> str:
    """Give the documents as BibLaTeX entries, in the order of the keys."""
    return "\n".join(_entry(key, d) for key, d in _keyed(dossier).items())


def _keyed(dossier: Mapping[str, Any]) -> dict[str, Document]:
    """Give the documents by keys that stay the same: publisher, year, and as much of the id as tells them apart."""
    found: dict[str, Document] = {}
    for d in cited(dossier).documents.values():
        if d.kind == DEMONSTRATION:  # a text made for show, from no publisher: no source
            continue
        plain = unicodedata.normalize("NFKD", d.publisher or "").encode("ascii", "ignore").decode().lower()
        name = re.sub(r"[^a-z0-9]+", "", plain)[:24] or "document"
        rest = re.sub(r"[^a-zA-Z0-9]+", "-", d.id.removeprefix("law:")).strip("-") or "x"
        date = _DATE.match(d.published or "")
        stem = "law" if d.kind == LAW else f"{name}-{date[1] if date else 'undated'}"
        key = f"{stem}-{rest if d.kind == LAW else rest[:8]}"
        found[key if key not in found else f"{stem}-{rest}"] = d
    return dict(sorted(found.items()))


def _type(d: Document) -> str:
    if d.kind == LAW:
        return "legislation"
    if d.kind == "data":
        return "dataset"
    return _BY_CLASS.get(d.publisher_class or "", "webpage" if d.url else "document")


def _notes(d: Document) -> Iterator[str]:
    if d.is_our_note:
        yield OUR_NOTE_WAS_READ
    if d.articles:
        yield f"articles cited: {', '.join(d.articles)}"


def _item(key: str, d: Document) -> dict[str, Any]:
    kind = _type(d)
    found = {
        "id": key,
        "type": kind,
        "title": d.title,
        "original-title": d.original_title,
        "container-title": d.publisher if kind in ("article-newspaper", "webpage") else None,
        "publisher": d.publisher if kind not in ("article-newspaper", "webpage") else None,
        "issued": _parts(d.published),
        "accessed": _parts(d.retrieved),
        "URL": d.url,
        "language": None if d.is_our_note else _language(d.lang),
        "note": "; ".join(_notes(d)) or None,
    }
    return {k: v for k, v in found.items() if v is not None}


def _parts(date: str | None) -> dict[str, list[list[int]]] | None:
    """Give a date as CSL's date-parts: a year, a month or a day, as it is known."""
    match = _DATE.match(date or "")
    return {"date-parts": [[int(p) for p in match.groups() if p]]} if match else None


def _language(lang: str | None) -> str | None:
    """Give a language by its shortest code (RFC 5646, section 2.2.1), which is what CSL takes."""
    if not lang:
        return None
    from rigour.langs import iso_639_alpha2

    return iso_639_alpha2(lang) or lang


def _entry(key: str, d: Document) -> str:
    kind = _ENTRY[_type(d)]
    date, read = _DATE.match(d.published or ""), _DATE.match(d.retrieved or "")
    fields = {
        "title": f"{{{_escaped(d.title)}}}",
        "origtitle": _escaped(d.original_title) if d.original_title else None,
        "type": "Report" if kind == "report" else None,
        _PUBLISHER.get(kind, "publisher"): _escaped(d.publisher) if d.publisher else None,
        "date": date.group() if date else None,
        "url": d.url,
        "urldate": read.group() if read and d.url else None,
        "note": _escaped("; ".join(_notes(d))) or None,
    }
    lines = [f"  {name} = {{{value}}}," for name, value in fields.items() if value]
    return "\n".join([f"@{kind}{{{key},", *lines, "}", ""])


def _escaped(text: str) -> str:
    return " ".join(text.split()).translate(_ESCAPED)
