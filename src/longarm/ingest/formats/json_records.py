"""The records of a JSON array or of JSON lines, one by one, from a stream of any size.

Reads bytes, writes for each record its number, its line and its own bytes. A record that is no JSON costs that record
alone: lines begin afresh by themselves; in an array the next record is looked for by the keys that only a record's
start has. Memory stays within a few times `MAX_RECORD`.
"""

from __future__ import annotations

import codecs
from collections.abc import Iterator
from typing import BinaryIO, Final

from longarm.ingest.formats.json_array import Array
from longarm.ingest.formats.json_piece import KEPT, MAX_RECORD, SPACE, TOO_LONG, Batch, Piece

BLOCK: Final = 2 * 1024 * 1024
"""bytes read at a time"""
_TELLS: Final = 4
"""first bytes that tell the encoding"""
_BOMS: Final = ((codecs.BOM_UTF8, "utf-8-sig"), (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16"))


def encoding(head: bytes) -> str:
    """Say in which encoding a JSON text is, from its first bytes (RFC 8259 section 8.1, and what is met with)."""
    for mark, name in _BOMS:
        if head.startswith(mark):
            return name
    if head[1:2] == b"\0" and head[:1] != b"\0":
        return "utf-16-le"
    return "utf-16-be" if head[:1] == b"\0" and head[1:2] != b"\0" else "utf-8"


def is_array(head: bytes) -> bool:
    """True where the source is an array; otherwise its records stand one a line."""
    return plain(head).lstrip().startswith(b"[")


def plain(head: bytes) -> bytes:
    """Give the first bytes of a text in UTF-8, without a byte order mark."""
    name = encoding(head)
    return head if name == "utf-8" else codecs.getincrementaldecoder(name)("replace").decode(head).encode()


def batches(stream: BinaryIO, start_keys: tuple[str, ...]) -> Iterator[Batch]:
    """Give the records of a source in stretches. `start_keys` are keys that stand in a record itself, not deeper."""
    blocks = _utf8(stream)
    head, position = b"", 0
    while (block := next(blocks, None)) is not None:
        head, position = head + block[0], block[1]
        if head.strip(SPACE) or len(head) > MAX_RECORD:
            break
    if not head:
        return
    split = Array(start_keys) if head.lstrip(SPACE).startswith(b"[") else _Lines()
    yield split.take(head, position)
    for data, position in blocks:
        yield split.take(data, position)
    yield split.end()


def _utf8(stream: BinaryIO) -> Iterator[tuple[bytes, int]]:
    decoder = None
    position = 0
    while block := stream.read(BLOCK):
        while not position and len(block) < _TELLS and (more := stream.read(_TELLS - len(block))):
            block += more  # a pipe may give a byte at a time
        if not position and (name := encoding(block)) != "utf-8":
            decoder = codecs.getincrementaldecoder(name)("replace")
        position += len(block)
        yield (decoder.decode(block).encode("utf-8", "replace") if decoder else block), position


class _Lines:
    """Records that stand one a line."""

    def __init__(self) -> None:
        self._rest = b""
        self._line = 0
        self._skips = False
        self._position = 0

    def take(self, block: bytes, position: int) -> Batch:
        """Take the next bytes."""
        self._position = position
        whole, found, rest = block.rpartition(b"\n")
        if not found:
            self._rest += block
            return Batch(self._too_long(), position)
        pieces: list[Piece] = []
        for row in (self._rest + whole).split(b"\n"):
            self._line += 1
            if self._skips:
                self._skips = False
            elif len(row) > MAX_RECORD:
                pieces.append(_long(self._line, row))
            elif row and not row.isspace():
                pieces.append(Piece(self._line, self._line, row))
        self._rest = rest
        return Batch(pieces, position)

    def end(self) -> Batch:
        """Give what is left: a last line without its end."""
        self._line += 1
        left = not self._skips and self._rest.strip(SPACE)
        return Batch([Piece(self._line, self._line, self._rest)] if left else [], self._position)

    def _too_long(self) -> list[Piece]:
        if self._skips:
            self._rest = b""
        elif len(self._rest) > MAX_RECORD:
            found = [_long(self._line + 1, self._rest)]
            self._rest, self._skips = b"", True
            return found
        return []


def _long(line: int, data: bytes) -> Piece:
    return Piece(line, line, data[:KEPT], TOO_LONG)
