"""The documents that a dossier cites: from its statements, and from its list of documents where it has one."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final
from urllib.parse import urlsplit

from longarm.model.terms import OUR_NOTE

LAW: Final = "law"
"""Kind of a document: an article of an instrument, which the law base holds."""


@dataclass(frozen=True)
class Document:
    """A document that a statement of the dossier is read from, or an instrument of law that it cites."""

    id: str
    title: str
    original_title: str | None
    publisher: str | None
    publisher_class: str | None
    published: str | None
    retrieved: str | None
    url: str | None
    """http or https only"""
    lang: str | None
    kind: str | None
    articles: tuple[str, ...] = ()

    @property
    def is_our_note(self) -> bool:
        """True where the archive holds what we noted of the publisher's page, and not the page."""
        return self.kind == OUR_NOTE


def documents(whole: Mapping[str, Any], statements: Mapping[str, Mapping[str, Any]]) -> dict[str, Document]:
    """Give the documents that the statements are read from, and those that the dossier lists as cited, by id."""
    rows = {str(d["id"]): d for d in whole.get("documents") or ()}
    first: dict[str, Mapping[str, Any]] = {}
    articles: dict[str, set[str]] = {}
    for s in statements.values():
        if i := document_id(s):
            first.setdefault(i, s)
            if s.get("document_kind") == LAW:
                articles.setdefault(i, set()).add(article(s))
    found = {}
    for i in sorted({*first, *(i for i, d in rows.items() if d.get("is_cited", True))}):
        row, s = rows.get(i, {}), first.get(i, {})
        url = row.get("url") or s.get("url")
        found[i] = Document(
            id=i,
            title=str(row.get("title") or s.get("title") or i),
            original_title=s.get("title_original"),
            publisher=row.get("publisher") or s.get("publisher"),
            publisher_class=row.get("publisher_class"),
            published=row.get("published") or s.get("published"),
            retrieved=row.get("retrieved"),
            url=str(url) if is_web(url) else None,
            lang=row.get("lang"),
            kind=row.get("kind") or s.get("document_kind"),
            articles=tuple(sorted(articles.get(i, ()), key=_by_number)),
        )
    return found


def document_id(statement: Mapping[str, Any]) -> str:
    """Give the id of what a statement is read from: its document's, or `law:` and the instrument's; '' for neither."""
    if statement.get("document"):
        return str(statement["document"])
    return f"law:{statement['entity']}" if statement.get("document_kind") == LAW else ""


def is_web(url: object) -> bool:
    """True for an address of the web that can be followed: http or https, with a host, and without blanks."""
    text = str(url or "")
    try:
        found = urlsplit(text)
    except ValueError:
        return False
    return found.scheme in ("http", "https") and bool(found.netloc) and not re.search(r"[\s\\<>\"{}|^`\ufffd]", text)


def article(statement: Mapping[str, Any]) -> str:
    """Give the number of the article that a statement of law is."""
    return str(statement["prop"]).removeprefix("article ")


def _by_number(article: str) -> tuple[list[int], str]:
    """Order articles as an instrument does: 8 before 44."""
    return [int(n) for n in re.findall(r"[0-9]{1,9}", article)], article
