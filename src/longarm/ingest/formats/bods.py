"""BODS 0.4, the Beneficial Ownership Data Standard: a JSON array or JSON lines, one statement each.

The source is read twice. The first pass decodes and validates every statement and keeps seven numbers of it; then the
whole is asked for what no statement shows alone (`bods_series`). The second pass says what is taken. A statement that
cannot be taken costs itself alone, with its reason; what is wrong with one that is taken is reported.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from msgspec import UNSET

from longarm.errors import SourceError
from longarm.ingest.formats import bods_values, json_records
from longarm.ingest.formats.bods_reading import Reading, pieces, taken
from longarm.ingest.formats.bods_schema import Unfit
from longarm.ingest.formats.bods_series import Index
from longarm.ingest.formats.bods_shape import Statement
from longarm.ingest.stream import About, Chunk, Input

HEAD: Final = 64 * 1024
_OLDER: Final = re.compile(rb'"statementType"\s*:\s*"(?:entityStatement|personStatement|ownershipOrControlStatement)"')
_PUBLISHER: Final = re.compile(rb'"publisher"\s*:\s*\{[^{}]{0,2000}?"(?:name|url)"\s*:\s*"((?:[^"\\]|\\.){1,300})"')
_PUBLISHED: Final = re.compile(rb'"publicationDate"\s*:\s*"(\d{4}-\d\d-\d\d)')


class Bods:
    """The reader of BODS."""

    name = "bods"
    says = "Beneficial Ownership Data Standard 0.4: entities, persons and relationships, as a JSON array or JSON lines"

    def recognises(self, head: bytes, name: str) -> float:  # noqa: ARG002 (the contract of readers has it)
        """Say from the first 64 KiB how sure it is that this is BODS; older versions are BODS too, to be refused."""
        text = json_records.plain(head)
        if text.lstrip()[:1] not in (b"[", b"{"):
            return 0.0
        keys = sum(b'"' + key + b'"' in text for key in (b"statementId", b"recordId", b"recordType", b"recordDetails"))
        if keys >= 3:
            return 0.97
        return 0.9 if _OLDER.search(text) else 0.0

    def about(self, source: Input) -> About:
        """Read who published it and when, from its beginning."""
        with source.open() as stream:
            text = json_records.plain(stream.read(HEAD))
        if not text.strip():
            raise SourceError("the file is empty", file=source.name)
        found, day = _PUBLISHER.search(text), _PUBLISHED.search(text)
        publisher = _unescaped(found[1]) if found else None
        # A time of retrieval is given where data are republished (standard, dates guidance): then it is a copy.
        is_register = b'"officialRegister"' in text and b'"retrievedAt"' not in text
        scope = bods_values.slug(publisher) if publisher else "unnamed"
        return About(
            publisher=publisher,
            publisher_class="register" if is_register else "copy",
            origin=f"register:bods-{scope}",
            origin_name=f"{publisher or 'an unnamed publisher'} (BODS)",
            published=day[1].decode() if day else None,
        )

    def read(self, source: Input, *, start: tuple[int, int] = (0, 0)) -> Iterator[Chunk]:
        """Give the chunks. Raises SourceError for a file that is neither an array nor one statement a line."""
        _refuse_other_forms(source)
        index, scope, plain = Index(), None, bytearray()
        for piece in pieces(source):
            try:
                statement, recoded = taken(piece)
            except Unfit:
                plain.append(0)
                continue
            plain.append(not recoded)
            index.add(statement)
            if scope is None:
                scope = _scope(statement)
        yield from Reading(source, scope or "bods", index.settle(), plain, start[0]).chunks()


def _unescaped(text: bytes) -> str | None:
    import json

    try:
        return str(json.loads(b'"' + text + b'"'))
    except ValueError:
        return None


def _refuse_other_forms(source: Input) -> None:
    with source.open() as stream:
        head = json_records.plain(stream.read(HEAD)).lstrip()
    if not head:
        raise SourceError("the file is empty", file=source.name)
    line = head.partition(b"\n")[0].strip()
    if head.startswith(b"{") and b"\n" in head and not line.endswith(b"}"):
        raise SourceError(
            "this is one object over several lines; an array of statements, or one statement a line, was expected",
            file=source.name,
            line=1,
            mend="put square brackets around the statements",
        )


def _scope(statement: Statement) -> str | None:
    published = statement.publication_details
    if published is UNSET:
        return None
    named = bods_values.given(published.publisher.name) or bods_values.given(published.publisher.url)
    return bods_values.slug(named) if named else None
