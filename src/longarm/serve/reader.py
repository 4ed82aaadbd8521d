"""A document as a page: its text, the quoted words marked, and what kind of text it is."""

from __future__ import annotations

from typing import Final

from longarm.dossier import page
from longarm.errors import UnknownEntity
from longarm.workspace import Workspace

SHOWN: Final = 200_000
"""Characters of a text that one page shows; a longer one is shown around the quoted words, and says so."""

ENDINGS: Final = {
    "text/plain": "txt",
    "text/markdown": "md",
    "text/html": "html",
    "application/pdf": "pdf",
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document": "docx",
    "message/rfc822": "eml",
    "application/json": "json",
    "application/warc": "warc.gz",
}
"""By media type, how a saved file's name ends; never the name that the source gave it."""


def show(workspace: Workspace, identity: str, start: int | None, end: int | None, frame: page.Frame) -> str:
    """Give the page of a document. Raises UnknownEntity where there is none of this id, or Damaged."""
    documents = workspace.documents()
    if identity not in documents:
        raise UnknownEntity(f"no document here has the id '{identity}'", mend="the SHA-256 of its bytes")
    taken = [row for row in documents.values() if row["taken_from"] == identity]
    if taken or not documents[identity]["media_type"].startswith("text/"):
        return page.page("original.html", frame, d=documents[identity], texts=taken)
    text = workspace.text(identity)
    fault = _span_fault(start, end, len(text))
    begin, finish = (start or 0, end or 0) if fault is None and start is not None else (0, 0)
    first = 0 if len(text) <= SHOWN else max(0, min(begin - SHOWN // 4, len(text) - SHOWN))
    last = first + SHOWN
    return page.page(
        "document.html",
        frame,
        d=documents[identity],
        before=text[first:begin],
        marked=text[begin:finish],
        after=text[max(finish, first) : last],
        start=begin,
        end=finish,
        length=len(text),
        shown=(first, min(last, len(text))),
        span_fault=fault,
    )


def original(workspace: Workspace, identity: str) -> tuple[bytes, str]:
    """Give the bytes of a document and a name to save them under. Raises UnknownEntity, or Damaged."""
    documents = workspace.documents()
    if identity not in documents:
        raise UnknownEntity(f"no document here has the id '{identity}'", mend="the SHA-256 of its bytes")
    ending = ENDINGS.get(documents[identity]["media_type"], "bin")
    return workspace.original(identity), f"{identity[:16]}.{ending}"


def _span_fault(start: int | None, end: int | None, length: int) -> str | None:
    if start is None and end is None:
        return None
    if start is None or end is None or not 0 <= start < end <= length:
        return f"Characters {start} to {end} are not in this text; it has {length:,}."
    return None
