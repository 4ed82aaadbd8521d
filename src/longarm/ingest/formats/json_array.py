"""The records of one JSON array, block by block.

Where the array is sound, a whole block is parted at once: a cut between two records is guessed and proved by parsing
what precedes it. Where it is broken, brackets are counted, and the next record is looked for by the keys that only a
record's start has.
"""

from __future__ import annotations

import re
from collections import deque
from collections.abc import Iterator
from typing import Final

import msgspec

from longarm.ingest.formats.json_piece import KEPT, MAX_RECORD, SPACE, TOO_LONG, Batch, Piece

_PATIENCE: Final = 1024 * 1024
"""bytes of an unclosed record after which the start of another inside it is taken for what it looks like"""
_WINDOW: Final = 256 * 1024
"""bytes at the end of a block in which the start of its last record is looked for"""
_TRIES: Final = 24
_TOKEN: Final = re.compile(rb'"(?:[^"\\]++|\\.)*+(?P<closed>")?|[\[\]{}]', re.DOTALL)
_BETWEEN: Final = re.compile(rb"\}[ \t\r\n]*[,\]]")
_LEAD: Final = re.compile(rb"[ \t\r\n,]*+")
_SCALAR: Final = re.compile(rb"[^,\]]*+")
_CLOSES: Final = {ord("}"): ord("{"), ord("]"): ord("[")}
_RAW: Final = msgspec.json.Decoder(list[msgspec.Raw])


class Array:
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
        for cut in self._cuts():
            try:
                found = _RAW.decode(b"[" + self._rest[self._at : cut + 1] + b"]")
            except (msgspec.DecodeError, RecursionError):
                continue
            self._take(pieces, found)
            return

    def _cuts(self) -> Iterator[int]:
        """Give where records may end, the last first: before what looks like a start, then wherever a brace closes."""
        window = max(self._at, len(self._rest) - _WINDOW)
        for likely in deque(self._start.finditer(self._rest, window), maxlen=1):
            if (cut := self._rest.rfind(b"}", self._at, likely.start())) >= 0:
                yield cut
        cut = len(self._rest)
        for _ in range(_TRIES):
            cut = self._rest.rfind(b"}", self._at, cut)
            if cut < 0:
                return
            if _BETWEEN.match(self._rest, cut):
                yield cut

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
                if self._rest[self._at :].strip(SPACE):
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
        self._add(pieces, len(self._rest), TOO_LONG if is_long else "this is not JSON: it does not end")
        return False

    def _search(self) -> None:
        """Look for the next start of a record behind one that was too long."""
        begins = self._next_start()
        self._skips = begins is None
        self._pass(begins if begins is not None else max(len(self._rest) - 256, 0))

    def _add(self, pieces: list[Piece], end: int, fault: str | None) -> None:
        """Take or refuse what stands from here to `end`."""
        self._record += 1
        upto = min(end, self._at + KEPT) if fault else end
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
