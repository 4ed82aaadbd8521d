"""Feeds: what a publisher lists, in any format that feeds come in. Items are known by id, never by date alone."""

from __future__ import annotations

import calendar
import datetime as dt
from dataclasses import dataclass
from typing import Any, Final

from longarm.errors import SourceError
from longarm.fetch.addresses import Refused, asked

MOST: Final = 2_000
"""Items of one feed."""
LARGEST: Final = 10_000_000
"""Bytes of one feed."""


@dataclass(frozen=True)
class Item:
    """One item of a feed."""

    id: str
    """as the feed has it, or its address where it has none"""
    url: str
    title: str
    published: str | None
    """ISO day; None where the feed gives none that can be read"""


@dataclass(frozen=True)
class Feed:
    """What a feed lists, and what was left out with its reason."""

    title: str
    items: tuple[Item, ...]
    left_out: tuple[tuple[str, str], ...]


def feed(data: bytes, name: str = "the feed") -> Feed:
    """Read a feed; an item without an address is left out, and said. Raises SourceError where it is none."""
    import feedparser

    if len(data) > LARGEST:
        raise SourceError(f"{len(data):,} bytes are too many for a feed", file=name, mend=f"{LARGEST:,} at most")
    if b"<!ENTITY" in data or b"<!entity" in data.lower():
        raise SourceError("the feed declares entities, which can hide files or bombs", file=name)
    read: Any = feedparser.parse(data, response_headers={"content-type": "application/xml"})
    if not read.get("version"):
        raise SourceError("this is no feed", file=name, mend="RSS, Atom or JSON Feed")
    items: dict[str, Item] = {}
    left_out: list[tuple[str, str]] = []
    for entry in read.entries[:MOST]:
        url = str(entry.get("link") or "")
        title = str(entry.get("title") or "")
        try:
            place = asked(url).url
        except Refused as fault:
            left_out.append((title or str(entry.get("id") or "an item"), fault.message))
            continue
        known = str(entry.get("id") or place)
        items.setdefault(known, Item(known, place, title, _day(entry)))
    if len(read.entries) > MOST:
        left_out.append((f"{len(read.entries) - MOST} items", f"a feed is read up to {MOST:,} items"))
    return Feed(str(read.feed.get("title") or ""), tuple(items.values()), tuple(left_out))


def _day(entry: Any) -> str | None:
    given = entry.get("published_parsed") or entry.get("updated_parsed")
    try:
        return dt.datetime.fromtimestamp(calendar.timegm(given), dt.UTC).date().isoformat() if given else None
    except (ValueError, OverflowError, OSError):
        return None
