"""Bytes of a source within limits: blocks, lines of bounded length, UTF-16 as UTF-8; and where in it they stand."""

from __future__ import annotations

import codecs
from collections.abc import Iterator
from typing import BinaryIO, Final

from longarm.ingest.stream import Input

BLOCK: Final = 1 << 20
MAX_LINE: Final = 16 * 1024 * 1024
_MARKS: Final = ((codecs.BOM_UTF16_LE, "utf-16-le"), (codecs.BOM_UTF16_BE, "utf-16-be"))


class Utf8:
    """A source as UTF-8 without a byte order mark: what is UTF-16 is turned on the way, and counted as turned."""

    def __init__(self, stream: BinaryIO) -> None:
        self._stream = stream
        self._left = stream.read(4)
        self._decoder: codecs.IncrementalDecoder | None = None
        for mark, name in _MARKS:
            if self._left.startswith(mark):
                self._decoder = codecs.getincrementaldecoder(name)("replace")
                self._left = self._left[len(mark) :]
        self.was_utf_16 = self._decoder is not None
        self._left = self._left.removeprefix(codecs.BOM_UTF8)

    def read(self, size: int = BLOCK) -> bytes:
        """Give some bytes, at most about `size`; none at the end."""
        while True:
            block = self._left or self._stream.read(size)
            self._left = b""
            if self._decoder is None:
                return block
            text = self._decoder.decode(block, final=not block)
            if text or not block:
                return text.encode("utf-8", "replace")

    def skip(self, size: int) -> bytes:
        """Pass over bytes, and give what was read beyond them."""
        while size > 0:
            block = self.read(min(BLOCK, size))
            if not block:
                break
            if len(block) > size:
                return block[size:]
            size -= len(block)
        return b""


def opened(source: Input) -> Utf8:
    """Open a source from its start."""
    return Utf8(source.open())


Line = tuple[int, int, bytes | None]
"""(number, byte after it, the line without its end; None where it is longer than MAX_LINE)"""


def lines(stream: Utf8, start: tuple[int, int] = (0, 0)) -> Iterator[Line]:
    """Give every line."""
    for block in blocks(stream, start):
        yield from block


def blocks(stream: Utf8, start: tuple[int, int] = (0, 0)) -> Iterator[list[Line]]:
    """Give the lines that end in each block of bytes."""
    number, at = start
    rest = stream.skip(at)
    is_too_long = False
    while True:
        block = stream.read(BLOCK)
        if not block and not rest and not is_too_long:
            return
        pieces = (rest + block).split(b"\n")
        rest = pieces.pop() if block else b""
        found: list[Line] = []
        for piece in pieces:
            number += 1
            at += len(piece) + bool(block)
            found.append((number, at, None if is_too_long or len(piece) > MAX_LINE else piece))
            is_too_long = False
        if len(rest) > MAX_LINE or is_too_long:
            at += len(rest)
            rest, is_too_long = b"", True
        yield found
        if not block:
            return
