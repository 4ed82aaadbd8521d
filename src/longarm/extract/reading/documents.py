"""Documents as text: the door to the readers, which work in a child process with limits.

Whatever is handed in, the answer is a text with what the document says of itself, or Refused with a reason in one word:
empty, type, size, broken, locked, unsafe, time, memory, crash, fault. `read_all` skips what is refused and says so.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, Final

from longarm.engine.confined import Bounds, Confined
from longarm.errors import Refused
from longarm.extract.reading.inside import read_here
from longarm.extract.reading.left import LeftOut
from longarm.extract.reading.plain import as_written
from longarm.extract.written_in import language
from longarm.model.claims import Line, LineKind, Text

_MENDS: Final = {
    "empty": "hand in a file that holds a text",
    "size": "hand in the part that matters, or paste its text",
    "locked": "save it without its password, or paste its text",
}
"""By reason, what mends it."""
_CHILD: Final = Confined("longarm.extract.reading.inside:read", Bounds())


@dataclass(frozen=True)
class Given:
    """A document as it was handed in, with what is known of it from outside."""

    data: bytes
    name: str | None = None
    """a file name: said in errors, and its ending is a hint"""
    url: str | None = None
    media_type: str | None = None
    charset: str | None = None
    published: str | None = None
    """ISO date, where known better than from the document"""
    publisher: str | None = None
    lang: str | None = None


@dataclass(frozen=True)
class Reading:
    """A document as text."""

    text: Text
    kind: str
    """html, pdf, docx, mail, plain or pasted"""
    left_out: tuple[LeftOut, ...] = ()
    """what of a page is not in the text, by kind: navigation, footer, form, control, outside, hidden, script"""
    made: str | None = None
    """ISO date at which the file says it was made: not when it was published"""
    notes: tuple[str, ...] = ()
    """what a reader should know: a guessed charset, pages without text, attachments"""


@dataclass(frozen=True)
class Skipped:
    """A document that was not read, and why."""

    document: str
    name: str
    reason: str
    message: str


def read(given: Given, *, confined: bool = True) -> Reading:
    """Read a document of any kind, or raise Refused; `confined=False` is for measuring the readers alone."""
    options = {"media_type": given.media_type, "charset": given.charset, "name": given.name, "url": given.url}
    name = given.name or given.url or "the document"
    try:
        found = json.loads(_CHILD(given.data, options)) if confined else read_here(given.data, options)
    except Refused as fault:
        raise Refused(
            f"{name} is not read: {fault.message}",
            reason=fault.reason,
            mend=_MENDS.get(fault.reason, "open it and paste its text, or hand in another form of it"),
        ) from None
    return _reading(given, found)


def read_all(documents: Iterable[Given]) -> tuple[list[Reading], list[Skipped]]:
    """Read documents one by one; what is refused is skipped, with its reason, and nothing is lost."""
    readings: list[Reading] = []
    skipped: list[Skipped] = []
    for given in documents:
        try:
            readings.append(read(given))
        except Refused as fault:
            skipped.append(Skipped(_sha(given.data), given.name or given.url or "", fault.reason, fault.message))
    return readings, skipped


def pasted(text: str, *, published: str | None = None, publisher: str | None = None, url: str | None = None) -> Reading:
    """Take a text that a person pasted; it is its own document, named by the hash of its UTF-8 bytes."""
    data = text.encode("utf-8", "replace")
    if len(data) > 10 * 1024 * 1024:
        raise Refused("the pasted text is longer than 10,485,760 bytes", reason="size")
    tidy = as_written(data.decode().replace("\r\n", "\n").replace("\r", "\n").replace("\x00", "�"))
    if not tidy.strip():
        raise Refused("the pasted text is empty", reason="empty")
    return Reading(Text(_sha(data), tidy, language(tidy), published, publisher, None, url), "pasted")


def _reading(given: Given, found: dict[str, Any]) -> Reading:
    text = Text(
        *(_sha(given.data), found["text"], given.lang or found["lang"]),
        *(given.published or found["published"], given.publisher or found["publisher"]),
        *(found["title"], given.url),
        tuple(Line(start, end, LineKind(kind)) for start, end, kind in found["lines"]),
    )
    out = tuple(LeftOut(kind, line) for kind, line in found["left_out"])
    return Reading(text, found["kind"], out, found["made"], tuple(found["notes"]))


def _sha(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()
