"""Feeds: RSS, RDF and Atom as a list of entries, with absolute web addresses and ISO dates.

feedparser takes a document type away before any parser sees it, and keeps only entities that are plain text: there is
nothing to expand and nothing to fetch. It is asked in a child process all the same, with limits.
"""

from __future__ import annotations

import codecs
import io
import json
import re
import time
from dataclasses import asdict, dataclass
from typing import Any, Final

from longarm.engine.confined import Bounds, Confined
from longarm.errors import Refused

MOST_ENTRIES: Final = 2000
_LONGEST: Final = 20_000


@dataclass(frozen=True)
class Entry:
    """One entry of a feed."""

    id: str
    """as the feed has it; its address where it has none. Not a date: a feed keyed by date loses entries"""
    url: str
    title: str
    published: str | None
    """ISO date of the day in UTC; None where the feed gives none, or only that of a change"""
    updated: str | None
    """ISO date of the day, in UTC, of its last change"""
    summary: str
    """as HTML without scripts, for a reader of documents"""


def entries(feed: bytes, base: str) -> list[Entry]:
    """Give the entries of a feed in its own order, each once; `base` is what relative addresses go from.

    One without an address of http or https comes with an empty one. Raises Refused where it is no feed.
    """
    rows = json.loads(_child()(feed, {"base": base}))
    if "refused" in rows:
        raise Refused(f"{base}: {rows['refused']}", reason="broken")
    return [Entry(**row) for row in rows["entries"]]


_CHILDREN: Final[list[Confined]] = []


def _child() -> Confined:
    if not _CHILDREN:
        _CHILDREN.append(Confined("longarm.fetch.feeds:parsed", Bounds(seconds=20, most_in=20 * 1024 * 1024)))
    return _CHILDREN[0]


def _in_ascii_letters(feed: bytes) -> bytes:
    """Give a feed in an encoding in which feedparser sees the document type that it takes away."""
    for mark, name in ((codecs.BOM_UTF32_LE, "utf-32"), (codecs.BOM_UTF32_BE, "utf-32")):
        if feed.startswith(mark):
            return _again(feed, name)
    if feed.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return _again(feed, "utf-16")
    if b"\x00" in feed[:64]:  # no mark: the first letter of XML is one that ASCII has
        return _again(feed, "utf-16-be" if feed[:1] == b"\x00" else "utf-16-le")
    return feed


def _again(feed: bytes, name: str) -> bytes:
    said = feed.decode(name, "replace").lstrip("\ufeff")
    return re.sub(r"^\s*<\?xml[^>]*\?>", "", said, count=1).encode("utf-8", "replace")


def _day(moment: Any) -> str | None:
    return time.strftime("%Y-%m-%d", moment) if moment and 1000 <= moment[0] <= 9999 else None


def parsed(feed: bytes, options: dict[str, Any]) -> bytes:
    """Parse a feed, inside the child."""
    import feedparser

    # A stream, never a string: a string is taken for an address or a file, and opened.
    found = feedparser.parse(
        io.BytesIO(_in_ascii_letters(feed)), response_headers={"content-location": options["base"]}
    )
    if not found.version and not found.entries:
        return json.dumps({"refused": "it is no feed of RSS, RDF or Atom"}).encode()
    kept: dict[tuple[str, str], Entry] = {}
    for row in found.entries[:MOST_ENTRIES]:
        url = str(row.get("link", ""))
        if not url.startswith(("http://", "https://")):
            url = ""
        published, updated = (_day(row.get(f"{what}_parsed")) for what in ("published", "updated"))
        summary = str(row.get("summary", ""))[:_LONGEST]
        entry = Entry(str(row.get("id") or url), url, str(row.get("title", ""))[:1000], published, updated, summary)
        # Feeds give one id to several entries; the same id and address is a repeat.
        kept.setdefault((entry.id, entry.url), entry)
    return json.dumps({"entries": [asdict(entry) for entry in kept.values()]}).encode()
