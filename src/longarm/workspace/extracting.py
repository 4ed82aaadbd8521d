"""A document in: from a file, an address or a pasted text to claims that wait for a person, with all that it rests on.

    address → fetch → WARC ┐
    file ──────────────────┴► original → reading → text → claims → review

The WARC, the original and the text are kept as three documents, each saying from which it was taken. A text is named
by the hash of its original, so two files of one name are two documents, and the same file twice is one.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import longarm
from longarm import config
from longarm.errors import InputError, OptionError, Refused, SourceError
from longarm.model import dates
from longarm.review.writing import DATASET
from longarm.store import archive, decisions, lake
from longarm.workspace import echoes, proposing
from longarm.workspace.proposing import Proposed

if TYPE_CHECKING:
    from longarm.extract.assemble import Extraction
    from longarm.extract.reading import Given, Reading
    from longarm.fetch import Entry, Fetched
    from longarm.model.options import ExtractOptions
    from longarm.workspace.store import OnFile

LARGEST: Final = 20_000_000
"""Bytes of one document."""
_WARC: Final = "application/warc"


@dataclass(frozen=True)
class Source:
    """A document as it came in."""

    given: Given
    warc: bytes | None = None
    """what went over the wire, where it came from the web"""
    title: str | None = None
    """where the document says none of itself"""

    @property
    def name(self) -> str:
        """What people call it: its file name, title or address, or that it was pasted."""
        return self.given.name or self.title or self.given.url or "a pasted text"


@dataclass(frozen=True)
class Extracted:
    """What was read out of one document, and what of it waits for a person now."""

    source: Source
    reading: Reading
    found: Extraction
    proposed: Proposed | None = None
    """None where nothing was kept"""
    original: str | None = None
    """id of the original in the archive"""
    warc: str | None = None
    """id of the WARC in the archive"""
    is_on_file: bool = False
    """True where this very document was on file before"""
    echo: dict[str, Any] | None = None
    """the document on file that it repeats, with the evidence: then it is no new origin"""


def is_web(source: str) -> bool:
    """Say whether a source is an address of the web; anything else is a path."""
    return source.lower().startswith(("http://", "https://"))


def opened(source: str, at: dt.datetime) -> Source:
    """Take a file, or a page from the web. Raises SourceError, or Refused with its reason."""
    from longarm.extract.reading import Given

    if not is_web(source):
        return Source(Given(file_bytes(source), name=Path(source).name))
    got = _fetched(source, at)
    given = Given(got.body, name=got.url, url=got.url, media_type=got.media_type, charset=got.charset)
    return Source(given, _warc(got))


def _fetched(source: str, at: dt.datetime) -> Fetched:
    from longarm import fetch

    try:
        return fetch.fetch(source, at)
    except Refused as fault:
        mend = fault.where.mend or "open it in a browser, and hand in the page that you save, or its text"
        raise Refused(fault.message, reason=fault.reason, mend=mend) from None


def _warc(got: Fetched) -> bytes:
    from longarm import fetch

    return fetch.warc(got)


def file_bytes(name: str) -> bytes:
    """Read a file whole. Raises SourceError where it is missing, too large or not to be read."""
    path = Path(name)
    try:
        if "://" in name or name.lower().startswith("www."):
            raise SourceError("this is no address of the web", file=name, mend="one begins with https:// or http://")
        if path.is_dir():
            raise SourceError("this is a folder", file=name, mend=f"name its files, as {name.rstrip('/')}/*")
        if not path.is_file():
            raise SourceError("no such file", file=name, mend="give the path of a document, or an address of the web")
        if path.stat().st_size > LARGEST:
            raise SourceError(f"more than {LARGEST:,} bytes", file=name, mend="split it into its documents")
        return path.read_bytes()
    except OSError as fault:
        raise SourceError(f"cannot be read: {fault.strerror}", file=name) from None


def feed(source: str, at: dt.datetime) -> list[Entry]:
    """Give the entries of a feed, from a file or the web. Raises SourceError, or Refused with its reason."""
    from longarm import fetch

    if not is_web(source):
        return list(fetch.entries(file_bytes(source), Path(source).name))
    got = _fetched(source, at)
    return list(fetch.entries(got.body, got.url))


def extract(source: Source, options: ExtractOptions) -> Extracted:
    """Read a document and what it claims; nothing is kept.

    Raises Refused where it cannot be read, OptionError for a date that is none or a model that is not set.
    """
    from longarm.extract import assemble
    from longarm.extract.reading import read

    if options.published is not None:
        try:
            dates.span(options.published)
        except ValueError:
            raise OptionError(
                f"--published {options.published}: not a date", mend="write it as 2025-03-06, or 2025-03"
            ) from None
    if options.lang is not None and not _is_language(options.lang):
        raise OptionError(f"--lang {options.lang}: not a language", mend="an ISO 639 code, such as en, fr, nl or de")
    known = {k: v for k in ("lang", "published", "publisher") if (v := getattr(options, k))}
    reading = read(replace(source.given, **known))
    reading = replace(reading, text=replace(reading.text, title=reading.text.title or source.title))
    found = assemble.claims(reading.text)
    if options.model:
        found = _also_modelled(reading, found)
    return Extracted(source, reading, replace(found, notes=(*reading.notes, *found.notes)))


def _is_language(code: str) -> bool:
    from rigour.langs import iso_639_alpha3

    return len(code) in (2, 3) and iso_639_alpha3(code) is not None


def take(ws: OnFile, source: Source, options: ExtractOptions) -> Extracted:
    """Read a document, keep it, and propose its claims. The same document twice proposes nothing twice.

    Where another document on file has the same text to the letter, it is kept too and told as an echo; its claims are
    those that wait already, or were decided. Raises as `extract` does; then nothing is kept.
    """
    read = extract(source, options)
    text = read.reading.text
    kept = archive.name_of(text.text.encode())
    there = ws.documents().get(kept)
    original, warc = _keep(ws, read, options.kind)
    taken_from = warc if original == kept else original
    if there is not None and there["taken_from"] != taken_from and original != kept:
        same = {k: there[k] for k in ("title", "publisher", "published", "locator")}
        same |= {"document": kept, "role": "verbatim cut", "why": "the same text, to the letter", "weak": False}
        done = Proposed(text.document, kept, 0, len(read.found.claims), 0, 0)
        return replace(read, proposed=done, original=original, warc=warc, echo=same)
    proposed = proposing.propose(
        *(ws, text, read.found.claims, options.kind),
        publisher_class=options.publisher_class,
        locator=source.name,
        taken_from=taken_from,
    )
    echo = echoes.repeats(ws, proposed.kept)
    was_there = there is not None
    return replace(read, proposed=proposed, original=original, warc=warc, echo=echo, is_on_file=was_there)


def take_all(
    ws: OnFile, sources: Sequence[str], options: ExtractOptions, at: dt.datetime
) -> Iterator[tuple[str, Extracted | InputError]]:
    """Take documents one after the other; one that is not taken comes with its reason, and the others go on."""
    for name in sources:
        try:
            yield name, take(ws, opened(name, at), options)
        except InputError as fault:
            yield name, fault


def _keep(ws: OnFile, read: Extracted, kind: str) -> tuple[str, str | None]:
    """Put original and WARC into the archive, with their rows; give their ids."""
    from longarm.model.tables import DOCUMENTS

    data, warc = read.source.given.data, read.source.warc
    original = archive.put(ws.layout.documents, data)
    came = archive.put(ws.layout.documents, warc) if warc is not None else None
    now = dt.datetime.now(dt.UTC)
    text = read.reading.text
    about = {
        "publisher": text.publisher,
        "title": text.title,
        "url": text.url,
        "dataset": DATASET,
        "retrieved": str(now.date()),
        "published": proposing.day_of(text.published),
        "locator": read.source.name,
    }
    rows = []
    on_file = ws.documents()
    if original not in on_file and data != text.text.encode():
        media_type = read.source.given.media_type or _MEDIA_TYPES.get(read.reading.kind, "application/octet-stream")
        rows.append(
            {**about, "id": original, "kind": kind, "media_type": media_type, "size": len(data), "taken_from": came}
        )
    if came is not None and warc is not None and came not in on_file:
        rows.append({**about, "id": came, "kind": kind, "media_type": _WARC, "size": len(warc)})
    if rows:
        part = lake.write(ws.layout.parts, DOCUMENTS, DOCUMENTS.table(rows))
        stamp = decisions.Stamp(now, config.read().author, f"longarm {longarm.__version__}")
        decisions.commit(ws.database, stamp, source=read.source.name[:512], dataset=DATASET, parts=[part])
    return original, came


_MEDIA_TYPES: Final = {
    "html": "text/html",
    "pdf": "application/pdf",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "mail": "message/rfc822",
    "plain": "text/plain",
}


def _also_modelled(reading: Reading, found: Extraction) -> Extraction:
    """Add what a language model proposes, where it says something that the rules did not read."""
    from longarm.extract import modelled
    from longarm.fetch import model

    setting = config.read().model
    if setting is None:
        raise OptionError(
            "no language model is set", mend="set LONGARM_MODEL_URL and LONGARM_MODEL, see docs/extract.md"
        )
    chosen = model.Model(setting.url, setting.name, setting.key)
    asked = modelled.questions(reading.text, found)
    answers = [(question, model.ask(chosen, question.body(setting.name))) for question in asked]
    return modelled.added(reading.text, found, answers, setting.name)
