"""A stream of lines in blocks, within limits: no line is held that is longer than `MAX_LINE`."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import BinaryIO, Final

from longarm.errors import SourceError
from longarm.ingest.batch import Reject

MAX_LINE: Final = 16 * 1024 * 1024
"""bytes of a line; what is longer is set aside"""
BLOCK: Final = 8 * 1024 * 1024
MARK: Final = b"\xef\xbb\xbf"
"""what some editors write before the first line"""


@dataclass(frozen=True)
class Block:
    """Whole lines, each with its end, the last one too."""

    data: bytes
    first: int
    """number of its first line, from 1"""
    count: int
    """lines in it"""
    position: int = 0
    """bytes of the stream read at its end"""
    last: int = 0
    """lines of the stream read at its end"""
    rejects: tuple[Reject, ...] = ()
    """lines that were too long to be held, in its place"""

    def listed(self) -> Iterator[tuple[int, bytes]]:
        """Give its lines that are not blank, with their numbers, without their ends."""
        for number, row in enumerate(self.data.split(b"\n"), start=self.first):
            if row.strip():
                yield number, row.rstrip(b"\r")

    def chosen(self, numbers: Sequence[int]) -> Iterator[tuple[int, bytes]]:
        """Give some of its lines."""
        rows = self.data.split(b"\n")
        for number in numbers:
            yield number, rows[number - self.first].rstrip(b"\r")

    def halves(self) -> Iterator[Block]:
        """Give it as two blocks."""
        rows = self.data.split(b"\n")[:-1]
        middle = len(rows) // 2
        for start, half in ((0, rows[:middle]), (middle, rows[middle:])):
            yield Block(b"\n".join(half) + b"\n", self.first + start, len(half))


def blocks(stream: BinaryIO, name: str, start: tuple[int, int] = (0, 0)) -> Iterator[Block]:
    """Give the lines of a stream in blocks, from `(line, byte)` on. Raises SourceError where it is no text."""
    line, position = start
    if position:
        stream.seek(position)
    elif (mark := stream.read(3)) != MARK:
        if mark[:2] in (b"\xff\xfe", b"\xfe\xff"):
            raise SourceError("the file is UTF-16; UTF-8 was expected", file=name, mend="save it as UTF-8")
        yield from _blocks(stream, name, line, position, mark)
        return
    else:
        position = len(MARK)
    yield from _blocks(stream, name, line, position, b"")


def _blocks(stream: BinaryIO, name: str, line: int, position: int, begun: bytes) -> Iterator[Block]:
    """Cut at the last line end of each block. `position` is where `begun` starts."""
    while True:
        rejects: tuple[Reject, ...] = ()
        data = begun + stream.read(BLOCK)
        if not data:
            return
        if not data.endswith(b"\n"):
            rest = stream.readline(MAX_LINE)
            data += rest
            if not data.endswith(b"\n") and len(rest) == MAX_LINE:
                whole, _, long = data.rpartition(b"\n")
                data = whole + b"\n" if whole else b""
                skipped = len(long) + _skip(stream)
                number = line + data.count(b"\n") + 1
                reason = f"the line has {skipped:,} bytes; at most {MAX_LINE:,} were expected"
                rejects = (Reject(name, number, reason, long[:2000].decode("utf-8", "replace")),)
                count = data.count(b"\n")
                position += len(data) + skipped
                yield Block(data, line + 1, count, position, line + count + 1, rejects)
                line, begun = line + count + 1, b""
                continue
        position += len(data)
        if not data.endswith(b"\n"):
            data += b"\n"
        count = data.count(b"\n")
        yield Block(data, line + 1, count, position, line + count)
        line, begun = line + count, b""


def _skip(stream: BinaryIO) -> int:
    """Read past the end of a line. Gives how many bytes."""
    skipped = 0
    while piece := stream.readline(1 << 20):
        skipped += len(piece)
        if piece.endswith(b"\n"):
            break
    return skipped
