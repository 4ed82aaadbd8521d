"""An e-mail (RFC 5322) as text: its plain part, or its HTML part without the marks; attachments are named, not read."""

from __future__ import annotations

import email
import email.policy
from email.message import EmailMessage
from typing import Any

from longarm.errors import Refused
from longarm.extract.reading.charset import decoded


def message(data: bytes) -> dict[str, Any]:
    """Give text, title (the subject), published (its date), publisher (the sender) and notes of an e-mail."""
    read = email.message_from_bytes(data, policy=email.policy.default)
    assert isinstance(read, EmailMessage)
    part = read.get_body(("plain", "html"))
    if part is None:
        raise Refused("the e-mail has no text", reason="empty")
    raw = part.get_payload(decode=True)
    text = decoded(raw if isinstance(raw, bytes) else b"", part.get_content_charset())[0]
    if part.get_content_type() == "text/html":
        from trafilatura import html2txt

        text = html2txt(text, clean=True)
    names = [piece.get_filename() or piece.get_content_type() for piece in read.iter_attachments()]
    date = _field(read, "Date")
    return {
        "text": text,
        "title": _field(read, "Subject"),
        "published": _day(read) if date else None,
        "publisher": _field(read, "From"),
        "notes": [f"attachments that are not read: {', '.join(names[:20])}"] if names else [],
    }


def _field(read: EmailMessage, name: str) -> str | None:
    try:
        return str(read[name])[:500] if read[name] else None
    except (ValueError, IndexError, AttributeError, TypeError):
        return None  # the library's own parser stumbles over some broken fields


def _day(read: EmailMessage) -> str | None:
    moment = getattr(read["Date"], "datetime", None)
    return moment.date().isoformat() if moment is not None else None
