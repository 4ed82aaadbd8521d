"""What runs inside the child: bytes of any kind to text, with what the document says of itself."""

from __future__ import annotations

import json
from typing import Any

from longarm.errors import Refused
from longarm.extract.reading import html, mail, pdf, word
from longarm.extract.reading.charset import decoded
from longarm.extract.reading.kinds import kind_of
from longarm.extract.reading.plain import as_written, tidied
from longarm.extract.written_in import language
from longarm.model.claims import LineKind


def warm() -> None:
    """Load the libraries before the doors are shut, and the model of languages."""
    import charset_normalizer  # noqa: F401
    import pypdfium2  # noqa: F401

    words = "<p>A page to begin with, so that all tables are loaded.</p>"
    page = f"<html><head><title>t</title></head><body><article>{words}</article></body></html>"
    html.article(page, "https://example.org/")
    language("A sentence in a language that is easily told from others.")


def read_here(data: bytes, options: dict[str, Any]) -> dict[str, Any]:
    """Read a document in this process; raises Refused. Libraries' own faults come through."""
    kind = kind_of(data, options.get("media_type"), options.get("name"))
    notes: list[str] = []
    if kind == "pdf":
        found = pdf.pages(data)
    elif kind == "docx":
        found = word.paragraphs(data)
    elif kind == "mail":
        found = mail.message(data)
    else:
        if kind == "html" and len(data) > html.MOST:
            raise Refused(f"the page has {len(data):,} bytes, more than the {html.MOST:,} that are read", reason="size")
        text, _, note = decoded(data, options.get("charset"))
        notes += [note] if note else []
        found = html.article(text, options.get("url")) if kind == "html" else {"text": as_written(text)}
    if kind == "html":
        text, lines, body = _laid_out(found["lines"])
    else:
        text, lines = found["text"] if kind == "plain" else tidied(found["text"]), []
        body = text
    if not text.strip():
        raise Refused("it has no text", reason="empty")
    return {
        "kind": kind,
        "text": text,
        "lines": lines,
        "left_out": found.get("left_out", []),
        "title": _short(found.get("title")),
        "published": found.get("published"),
        "made": found.get("made"),
        "publisher": _short(found.get("publisher")),
        "lang": language(body, found.get("lang")),
        "notes": notes + found.get("notes", []),
    }


def read(data: bytes, options: dict[str, Any]) -> bytes:
    """Read a document and give the result as JSON."""
    return json.dumps(read_here(data, options), ensure_ascii=False).encode("utf-8", "replace")


def _laid_out(lines: list[tuple[str, str]]) -> tuple[str, list[tuple[int, int, str]], str]:
    """Give the text of lines with their kinds, the span and kind of each line in it, and the text of the body alone."""
    pieces = [(piece, kind) for line, kind in lines for piece in tidied(line).split("\n") if piece]
    spans: list[tuple[int, int, str]] = []
    at = 0
    for piece, kind in pieces:
        spans.append((at, at + len(piece), kind))
        at += len(piece) + 1
    body = "\n".join(piece for piece, kind in pieces if kind == LineKind.BODY)
    return "\n".join(piece for piece, _ in pieces), spans, body


def _short(text: str | None) -> str | None:
    return (tidied(text).replace("\n", " ")[:500] or None) if text else None
