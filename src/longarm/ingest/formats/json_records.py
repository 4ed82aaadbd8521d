"""The records of a JSON array or of JSON lines, one by one, from a stream of any size.

Reads bytes, writes for each record its number, its line and its own bytes. A record that is no JSON costs that record
alone: lines begin afresh by themselves; in an array the next record is looked for by the keys that only a record's
start has. Memory stays within a few times `MAX_RECORD`.
"""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import BinaryIO, Final, NamedTuple

import msgspec

MAX_RECORD: Final = 16 * 1024 * 1024
"""bytes of a record; a longer one is refused"""
BLOCK: Final = 2 * 1024 * 1024
"""bytes read at a time"""
_PATIENCE: Final = 1024 * 1024
"""bytes of an unclosed record after which the start of another inside it is taken for what it looks like"""
_TRIES: Final = 24
_SPACE: Final = b" \t\r\n"
_TOKEN: Final = re.compile(rb'"(?:[^"\\]++|\\.)*+(?P<closed>")?|[\[\]{}]', re.DOTALL)
_BETWEEN: Final = re.compile(rb"\}[ \t\r\n]*[,\]]")
_LEAD: Final = re.compile(rb"[ \t\r\n,]*+")
_SCALAR: Final = re.compile(rb"[^,\]]*+")
_KEPT: Final = 2000
"""bytes of a refused record that are kept to show it"""
_LONG: Final = f"the record is longer than {MAX_RECORD:,} bytes"
_CLOSES: Final = {ord("}"): ord("{"), ord("]"): ord("[")}
_BOMS: Final = ((codecs.BOM_UTF8, "utf-8-sig"), (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16"))
_RAW: Final = msgspec.json.Decoder(list[msgspec.Raw])


class Piece(NamedTuple):
    """One record's bytes, or what stands in the place of one."""

    record: int
    """from 1; of JSON lines the line"""
    line: int
    """of the source, from 1, on which it begins"""
    data: bytes
    fault: str | None = None
    """why it is none; `data` then holds its beginning"""


@dataclass(frozen=True, slots=True)
class Batch:
    """The records of one stretch."""

    pieces: list[Piece]
    position: int
    """bytes read up to here"""


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
    first = next(blocks, None)
    if first is None:
        return
    split = _Array(start_keys) if first[0].lstrip(_SPACE).startswith(b"[") else _Lines()
    yield split.take(*first)
    for block, position in blocks:
        yield split.take(block, position)
    yield split.end()


def _utf8(stream: BinaryIO) -> Iterator[tuple[bytes, int]]:
    decoder = None
    position = 0
    while block := stream.read(BLOCK):
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
        left = not self._skips and self._rest.strip(_SPACE)
        return Batch([Piece(self._line, self._line, self._rest)] if left else [], self._position)

    def _too_long(self) -> list[Piece]:
        if self._skips:
            self._rest = b""
        elif len(self._rest) > MAX_RECORD:
            found = [_long(self._line + 1, self._rest)]
            self._rest, self._skips = b"", True
            return found
        return []


class _Array:
    """Records of one array."""

    def __init__(self, start_keys: tuple[str, ...]) -> None:
        keys = b"|".join(re.escape(key.encode()) for key in start_keys)
        self._start = re.compile(rb'\{[ \t\r\n]*"(?:' + keys + rb')"[ \t\r\n]*:')
        self._rest = b""
        self._at = 0
        """where in the buffer the next record is looked for"""
        self._record = 0
        self._line = 1
        self._is_open = False
        self._is_closed = False
        self._skips = False
        self._position = 0

    def take(self, block: bytes, position: int) -> Batch:
        """Take the next bytes."""
        self._position = position
        self._rest = self._rest[self._at :] + block
        self._at = 0
        if not self._is_open:
            self._pass(self._rest.index(b"[") + 1)
            self._is_open = True
        pieces: list[Piece] = []
        if self._skips:
            self._search()
        if not self._skips:
            self._at_once(pieces)
            self._with_care(pieces, is_last=False)
        return Batch(pieces, position)

    def end(self) -> Batch:
        """Give what is left: an array that nobody closed."""
        pieces: list[Piece] = []
        if not self._skips:
            self._with_care(pieces, is_last=True)
        if not self._is_closed:
            self._add(pieces, len(self._rest), "the array ends without its closing bracket: the file is cut short")
        return Batch(pieces, self._position)

    def _at_once(self, pieces: list[Piece]) -> None:
        """Take all whole records of the buffer, where it parses up to a cut between two of them.

        A cut is right if and only if what precedes it, closed with a bracket, is an array: so a guess is proved.
        """
        cut = len(self._rest)
        for _ in range(_TRIES):
            cut = self._rest.rfind(b"}", self._at, cut)
            if cut < 0:
                return
            if not _BETWEEN.match(self._rest, cut):
                continue
            try:
                found = _RAW.decode(b"[" + self._rest[self._at : cut + 1] + b"]")
            except (msgspec.DecodeError, RecursionError):
                continue
            self._take(pieces, found)
            return

    def _take(self, pieces: list[Piece], found: list[msgspec.Raw]) -> None:
        rest, at, record, line = self._rest, self._at, self._record, self._line
        has_lines = rest.find(b"\n", at) >= 0
        for raw in found:
            data = bytes(raw)
            lead = _LEAD.match(rest, at)
            assert lead is not None
            begins = lead.end()
            end = begins + len(data)
            if has_lines:
                line += rest.count(b"\n", at, begins)
            record += 1
            pieces.append(Piece(record, line, data))
            if has_lines:
                line += data.count(b"\n")
            at = end
        self._at, self._record, self._line = at, record, line

    def _with_care(self, pieces: list[Piece], *, is_last: bool) -> None:
        """Take records bracket by bracket: slower, and right where something is broken."""
        while not self._is_closed:
            found = _LEAD.match(self._rest, self._at)
            assert found is not None
            self._pass(found.end())
            if self._rest.startswith(b"]", self._at):
                self._is_closed = True
                self._pass(self._at + 1)
                if self._rest[self._at :].strip(_SPACE):
                    self._add(pieces, len(self._rest), "after the end of the array there is more")
                return
            left = len(self._rest) - self._at
            end = self._end_of_record()
            if end is None and not is_last and left <= (_PATIENCE if self._next_start() else MAX_RECORD):
                return
            if end is not None and end - self._at <= MAX_RECORD and _is_json(self._rest[self._at : end]):
                self._add(pieces, end, None)
            elif not left or not self._give_up(pieces, end, is_last=is_last):
                return

    def _end_of_record(self) -> int | None:
        """Give where the record that begins here ends, or None where it does not end in the buffer."""
        if self._rest[self._at : self._at + 1] not in (b"{", b"[", b'"'):
            found = _SCALAR.match(self._rest, self._at)
            assert found is not None
            return found.end() if found.end() < len(self._rest) else None
        opened = bytearray()
        for token in _TOKEN.finditer(self._rest, self._at):
            sign = self._rest[token.start()]
            if sign == ord('"'):
                if token["closed"] is None:
                    return None
            elif sign not in _CLOSES:
                opened.append(sign)
            elif not opened or opened.pop() != _CLOSES[sign]:
                return token.end()
            if not opened:
                return token.end()
        return None

    def _next_start(self) -> int | None:
        found = self._start.search(self._rest, self._at + 1)
        return found.start() if found else None

    def _give_up(self, pieces: list[Piece], end: int | None, *, is_last: bool) -> bool:
        """Refuse what stands here and go on at the next start of a record. False where more must be read first."""
        begins = self._next_start()
        if begins is not None and (end is None or begins < end):
            end = begins
        if end is not None:
            self._add(pieces, end, "this is not JSON")
            return True
        is_long = len(self._rest) - self._at > MAX_RECORD
        self._skips = is_long and not is_last
        self._add(pieces, len(self._rest), _LONG if is_long else "this is not JSON: it does not end")
        return False

    def _search(self) -> None:
        """Look for the next start of a record behind one that was too long."""
        begins = self._next_start()
        self._skips = begins is None
        self._pass(begins if begins is not None else max(len(self._rest) - 256, 0))

    def _add(self, pieces: list[Piece], end: int, fault: str | None) -> None:
        """Take or refuse what stands from here to `end`."""
        self._record += 1
        upto = min(end, self._at + _KEPT) if fault else end
        pieces.append(Piece(self._record, self._line, self._rest[self._at : upto], fault))
        self._pass(end)

    def _pass(self, to: int) -> None:
        self._line += self._rest.count(b"\n", self._at, to)
        self._at = to


def _is_json(data: bytes) -> bool:
    try:
        msgspec.json.decode(data, type=msgspec.Raw)
    except (msgspec.DecodeError, RecursionError):
        return False
    return True


def _long(line: int, data: bytes) -> Piece:
    return Piece(line, line, data[:_KEPT], _LONG)
