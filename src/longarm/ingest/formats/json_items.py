"""The objects of a JSON source one by one, from a stream of any size: lines, an array, or the lists inside a package.

A package is an object whose lists of a given name (`releases`, `records`) hold the items. Brackets are counted outside
of strings, so that nothing but one item is ever held; one that is no JSON is set aside, and the next one is read.
"""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import BinaryIO, Final

from longarm.ingest.formats.encodings import MAX_RECORD, encoding

_BLOCK: Final = 1 << 20
_TOKEN: Final = re.compile(rb'"[^"\\]*+(?:\\.[^"\\]*+)*+"|[\[\]{}"]', re.DOTALL)
_OPEN: Final = b"[{"


@dataclass(frozen=True)
class Item:
    """One object of the source, as bytes."""

    number: int
    """the line of JSON lines; else which object it is, from 1"""
    data: bytes
    position: int
    """bytes read so far"""
    fault: str | None = None


def text(stream: BinaryIO) -> Iterator[tuple[bytes, int]]:
    """Give a stream in UTF-8 without a mark, with the bytes read so far."""
    head = stream.read(65536)
    name, mark = encoding(head)
    decoder = None if name == "utf-8" else codecs.getincrementaldecoder(name)("replace")
    position = len(head)
    block = head[mark:]
    while block:
        yield (block if decoder is None else decoder.decode(block).encode("utf-8", "replace")), position
        block = stream.read(_BLOCK)
        position += len(block)


def items(stream: BinaryIO, lists: tuple[str, ...], own: str = "") -> Iterator[Item]:
    """Give the items of a source: a package's `lists`, an array's elements, or one object after the other.

    `own` is a key that an item has itself: where it stands before any of the lists, whole objects are the items.
    """
    blocks = text(stream)
    first = next(blocks, None)
    if first is None:
        return
    if _is_lines(first[0]):
        yield from _lines(first, blocks)
    else:
        keys = tuple(f'"{name}"'.encode() for name in lists)
        yield from _Scan(keys, is_whole=_is_whole(first[0], keys, f'"{own}"'.encode())).items(first, blocks)


def _is_lines(head: bytes) -> bool:
    """True where the first line is an object by itself, and another follows."""
    import orjson

    line, end, rest = head.lstrip().partition(b"\n")
    if not line.startswith(b"{") or not end:
        return False
    try:
        return isinstance(orjson.loads(line), dict) and (not rest.strip() or rest.lstrip().startswith(b"{"))
    except orjson.JSONDecodeError:
        # A broken first line of an object a line: it ends as one, and the next begins as one.
        return line.rstrip().endswith(b"}") and rest.lstrip().startswith(b"{")


def _is_whole(head: bytes, lists: tuple[bytes, ...], own: bytes) -> bool:
    """True where an object that is an item itself comes first, not a package of them."""
    if own == b'""' or not head.lstrip().startswith(b"{") or own not in head:
        return False
    return all(not 0 <= head.find(key) < head.find(own) for key in lists)


def _lines(first: tuple[bytes, int], blocks: Iterator[tuple[bytes, int]]) -> Iterator[Item]:
    rest, number, skips = b"", 0, False
    for block, position in _chained(first, blocks):
        *whole, last = block.split(b"\n")
        for line in whole:
            number += 1
            line, rest = rest + line, b""
            if skips or len(line) > MAX_RECORD:
                yield Item(number, line[:2000], position, f"the line has over {MAX_RECORD:,} bytes")
                skips = False
            elif line.strip():
                yield Item(number, line, position)
        rest += last
        if len(rest) > MAX_RECORD:
            rest, skips = b"", True
    if rest.strip() or skips:
        fault = f"the line has over {MAX_RECORD:,} bytes" if skips else None
        yield Item(number + 1, rest, position, fault)


def _chained(first: tuple[bytes, int], blocks: Iterator[tuple[bytes, int]]) -> Iterator[tuple[bytes, int]]:
    yield first
    yield from blocks


def _remembered(buffer: bytes, counted: int) -> bytes:
    """Give what must be known of bytes that are passed over: whether a string is open, and a backslash at its end."""
    rest = buffer[counted:]
    if not rest:
        return b""
    odd = (len(rest) - len(rest.rstrip(b"\\"))) % 2
    return b'"' + b"\\" * odd


class _Scan:
    """Counts brackets, and knows where an item begins and ends."""

    def __init__(self, lists: tuple[bytes, ...], *, is_whole: bool) -> None:
        self._lists = lists
        self._depth = 0
        self._inside: int | None = 0 if is_whole else None
        """depth of the list whose items are given"""
        self._last = b""
        """the last string before a bracket: the key of what opens"""
        self._began: int | None = None
        """where in the buffer the item begins; None between items"""
        self._number = 0
        self._skips = False

    def items(self, first: tuple[bytes, int], blocks: Iterator[tuple[bytes, int]]) -> Iterator[Item]:
        """Give the items of the lists."""
        buffer, counted = b"", 0
        for block, position in _chained(first, blocks):
            buffer += block
            for token in _TOKEN.finditer(buffer, counted):
                sign = token[0]
                if sign == b'"':  # a string that goes on in the next block
                    counted = token.start()
                    break
                counted = token.end()
                if len(sign) > 1:
                    self._last = sign
                elif sign in _OPEN:
                    self._opens(sign, token.start())
                elif (found := self._closes(buffer, token.end(), position)) is not None:
                    yield found
            else:
                counted = len(buffer)
            begins = counted if self._began is None else self._began
            if len(buffer) - begins > MAX_RECORD and self._began is not None and not self._skips:
                self._number += 1
                reason = f"the object has over {MAX_RECORD:,} bytes"
                yield Item(self._number, buffer[begins : begins + 2000], position, reason)
                self._skips = True
            if self._skips or len(buffer) - begins > MAX_RECORD:
                buffer, counted = _remembered(buffer, counted), 0
            else:
                buffer, counted = buffer[begins:], counted - begins
            self._began = None if self._began is None else 0
        if self._began is not None and not self._skips:
            yield Item(self._number + 1, buffer[:2000], position, "the source ends inside this object: it is cut short")

    def _opens(self, sign: bytes, at: int) -> None:
        self._depth += 1
        if self._inside is None:
            if sign == b"[" and (self._depth == 1 or self._last in self._lists):
                self._inside = self._depth
            self._last = b""
        elif self._depth == self._inside + 1 and sign == b"{":
            self._began = at

    def _closes(self, buffer: bytes, end: int, position: int) -> Item | None:
        self._depth -= 1
        if self._inside is None:
            return None
        if self._depth < self._inside:
            self._inside = None
        elif self._depth == self._inside and self._began is not None:
            began, self._began = self._began, None
            if self._skips:
                self._skips = False
                return None
            self._number += 1
            return Item(self._number, buffer[began:end], position)
        return None
