"""What kind of document bytes are: by their first bytes, for a name or a declared type may be wrong or hostile."""

from __future__ import annotations

import re
from typing import Final

from longarm.errors import Refused

_ENDINGS: Final = {
    "eml": "mail",
    "html": "html",
    "htm": "html",
    "xhtml": "html",
    "pdf": "pdf",
    "docx": "docx",
    "txt": "plain",
    "text": "plain",
    "md": "plain",
}
_TYPES: Final = {
    "message/rfc822": "mail",
    "text/html": "html",
    "application/xhtml+xml": "html",
    "application/pdf": "pdf",
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document": "docx",
    "text/plain": "plain",
    "text/markdown": "plain",
}
_PAGE: Final = re.compile(
    rb"<(!doctype\s+html|html|head|body|article|main|div|p|h1|title|meta|script|table)[\s>/]", re.IGNORECASE
)
_FEED: Final = re.compile(
    rb"\A(?:<\?xml[^>]*>\s*)?(?:<!--.{0,500}?-->\s*)?<(?:rss|feed|rdf:rdf)[\s>]", re.IGNORECASE | re.DOTALL
)
_MAIL: Final = re.compile(rb"\A(?:[A-Za-z][A-Za-z0-9-]{1,60}:[^\n]{0,2000}\r?\n(?:[ \t][^\n]{0,2000}\r?\n)*){2,}")
_MAIL_FIELDS: Final = re.compile(
    rb"^(from|to|subject|date|message-id|mime-version|received):", re.IGNORECASE | re.MULTILINE
)
_NOT_READ: Final = (
    (b"\x89PNG", "a picture"),
    (b"\xff\xd8\xff", "a picture"),
    (b"GIF8", "a picture"),
    (b"\x1f\x8b", "a packed file"),
    (b"BZh", "a packed file"),
    (b"\xfd7zXZ", "a packed file"),
    (b"7z\xbc\xaf", "a packed file"),
    (b"Rar!", "a packed file"),
    (b"\xd0\xcf\x11\xe0", "an old Office file"),
    (b"{\\rtf", "RTF"),
    (b"\x7fELF", "a program"),
    (b"MZ\x90", "a program"),
    (b"%!PS", "PostScript"),
)


def kind_of(data: bytes, media_type: str | None = None, name: str | None = None) -> str:
    """Give the kind: html, pdf, docx, mail or plain. Raises Refused for what is not read."""
    start = data[:8192].lstrip(b"\xef\xbb\xbf \t\r\n")
    if not start and not data.strip():
        raise Refused("it is empty", reason="empty")
    for magic, what in _NOT_READ:
        if data.startswith(magic):
            raise Refused(f"it is {what}, which is not read", reason="type")
    if _FEED.search(start[:1024]):
        raise Refused("it is a feed, a list of documents: `longarm feed` lists and reads them", reason="type")
    if b"%PDF-" in data[:1024]:
        return "pdf"
    if data.startswith((b"PK\x03\x04", b"PK\x05\x06")):
        return "docx"
    ending = (name or "").rpartition(".")[2].lower()
    declared = _ENDINGS.get(ending) or _TYPES.get(media_type or "")
    if declared in ("mail", "html"):
        return declared
    if declared in ("pdf", "docx"):
        raise Refused(f"it is declared as {declared.upper()} and is none", reason="broken")
    wide = data.startswith((b"\xff\xfe", b"\xfe\xff"))
    if not wide and data[:8192].count(b"\0") > 8:
        raise Refused("it is no text", reason="type")
    return "plain" if declared == "plain" else _guessed(start)


def _guessed(start: bytes) -> str:
    if _PAGE.search(start[:2048]):
        return "html"
    head = _MAIL.match(start)
    fields = {name.lower() for name in _MAIL_FIELDS.findall(head.group(0))} if head else set()
    return "mail" if len(fields) >= 2 else "plain"
