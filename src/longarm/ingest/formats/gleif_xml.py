"""Records of a GLEIF file in XML, one at a time, in bounded memory.

The parser is expat, which fetches nothing; a document type is refused, so there are no entities to expand or to read
from elsewhere. A record that is not well-formed is given back as a fault, and reading goes on at the next one.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Generator, Iterator
from typing import Any, Final
from xml.parsers import expat

from longarm.errors import SourceError
from longarm.ingest.formats.bounded import opened
from longarm.ingest.formats.collecting import paused
from longarm.ingest.formats.gleif_places import Place, below, tree_of
from longarm.ingest.formats.gleif_plain import NotPlain, Plain
from longarm.ingest.formats.gleif_shape import MAX_RECORD, Found, Record, Shape
from longarm.ingest.stream import Input

BLOCK: Final = 1 << 18
MAX_DEPTH: Final = 256


class Records:
    """The records of one file; `header` is filled as soon as the first one is asked for."""

    def __init__(self, shape: Shape, source: Input, start: tuple[int, int] = (0, 0), *, plainly: bool = True) -> None:
        self.header: dict[str, str] = {}
        self._stream = opened(source)
        self._name = source.name
        self._shape = shape
        self._tree = tree_of(shape)
        self._number, self._start = start
        self._next = re.compile(rb"<(?:[\w.-]+:)?" + shape.record.encode() + rb"[\s>]")
        self._at = 0
        """bytes taken from the stream"""
        self._back = b""
        """bytes taken from it that are still to be read"""
        self._plainly = plainly

    def __iter__(self) -> Iterator[Found]:
        """Give the records. Raises SourceError for a document type, or where there is no such XML at all."""
        prologue, block = self._prologue()
        self._begun(prologue)
        plain = Plain.of(self._tree, prologue, block, self._stream.was_utf_16) if self._plainly else None
        if self._start > len(prologue):
            block = self._skip(self._start, block)
        at: int | None = max(self._start, len(prologue))
        while at is not None:
            if plain is None:
                at, block = yield from self._run(prologue, at, block)
                continue
            stretch = self._stretch(block, plain.opening)
            if not stretch:
                at, block = yield from self._run(prologue, at, self._held())
                continue
            try:
                with paused():
                    found = list(plain.read(stretch))
            except NotPlain:
                at, block = yield from self._run(prologue, at, stretch, is_stretch=True)
                continue
            for begin, record in found:
                self._number += 1
                yield Found(self._number, record, "", at + begin)
            at, block = at + len(stretch), b""

    def _stretch(self, block: bytes, opening: bytes) -> bytes:
        """Give whole records up to where one begins, and hold what follows; nothing where none ends in sight."""
        block += self._held()
        while (cut := block.rfind(opening)) <= 0 and len(block) <= MAX_RECORD:
            more = self._read()
            if not more:
                break
            block += more
        self._hold(block[max(cut, 0) :])
        return block[: max(cut, 0)]

    def _hold(self, block: bytes) -> None:
        self._back = block + self._back

    def _held(self) -> bytes:
        block, self._back = self._back, b""
        return block

    def _read(self) -> bytes:
        if self._back:
            return self._held()
        block = self._stream.read(BLOCK)
        self._at += len(block)
        return block

    def _prologue(self) -> tuple[bytes, bytes]:
        """Give what stands before the first record, and what was read beyond."""
        head = b""
        while len(head) <= MAX_RECORD:
            block = self._read()
            head += block
            found = self._next.search(head, max(0, len(head) - len(block) - 256))
            if found:
                return head[: found.start()], head[found.start() :]
            if not block:
                break
        return head, b""

    def _skip(self, target: int, block: bytes) -> bytes:
        """Go on to a byte of the source, and give what was already read of it."""
        if target <= self._at:
            return block[len(block) - (self._at - target) :]
        beyond = self._stream.skip(target - self._at)
        self._at = target + len(beyond)
        return beyond

    def _begun(self, prologue: bytes) -> _Reading:
        """Give a parser that has read what stands before the first record."""
        reading = _Reading(self._tree, self.header, self._name, self._stream.was_utf_16)
        try:
            reading.parse(prologue)
        except expat.ExpatError as fault:
            raise SourceError(f"this is not XML: {fault}", file=self._name) from None
        return reading

    def _run(
        self, prologue: bytes, at: int, block: bytes, *, is_stretch: bool = False
    ) -> Generator[Found, None, tuple[int | None, bytes]]:
        """Read from byte `at` until the end or the first fault; of a stretch, until its end where nothing is open.

        Gives where to go on, and what was read of it.
        """
        reading = self._begun(prologue)
        before, base = b"", at - len(prologue)
        is_last = False
        while not is_last:
            if not block:
                block = self._read()
            if len(block) > BLOCK and not is_stretch:  # so that limits are looked at in time
                self._hold(block[BLOCK:])
                block = block[:BLOCK]
            is_last = not block
            said = ""
            try:
                with paused():
                    reading.parse(block, is_last)
                said = reading.beyond()
            except expat.ExpatError as fault:
                said = f"not well-formed XML: {expat.ErrorString(fault.code)}"
                if is_last and "no element" in said:
                    said = "the file ends before its XML does"
            for begun, record in reading.done:
                self._number += 1
                yield Found(self._number, record, "", base + begun)
            reading.done.clear()
            if said:
                begun = reading.begun
                if begun < 0 and not self._number and not self.header:
                    raise SourceError(f"this is not XML that can be read: {said}", file=self._name)
                if begun >= 0 or not is_last:
                    self._number += 1
                position = base + (begun if begun >= 0 else reading.error)
                yield Found(self._number, None, said, position, is_record=begun >= 0)
                return self._resume(max(base + reading.error, base + begun + 1), before + block)
            if is_stretch and reading.begun < 0:
                return at + len(block), b""
            before, block, is_stretch = block, b"", False
        if not self._number and not self.header:
            raise SourceError(
                f"there is no {self._shape.record} in it", file=self._name, mend="GLEIF's own XML was expected"
            )
        return None, b""

    def _resume(self, error: int, known: bytes) -> tuple[int | None, bytes]:
        """Look for the next record after a fault. Gives its byte and what was read from there on."""
        begin = self._at - len(self._back) - len(known)
        found = self._next.search(known, max(0, error - begin))
        while not found:
            block = self._read()
            if not block:
                return None, b""
            known = known[-256:] + block
            begin = self._at - len(self._back) - len(known)
            found = self._next.search(known)
        return begin + found.start(), known[found.start() :]


class _Reading:
    """One run of the parser: what it has found, and where it stands."""

    def __init__(self, tree: Place, header: dict[str, str], name: str, was_utf_16: bool) -> None:
        self.done: list[tuple[int, Record]] = []
        self.begun = -1
        """the byte at which the present record begins; -1 between records"""
        self._fed = 0
        self._stack: list[Place] = []
        self._deep: list[Place] = []
        self._parser = parser = expat.ParserCreate("utf-8" if was_utf_16 else None, " ")
        parser.buffer_text = True
        parser.buffer_size = 1 << 16
        parser.StartElementHandler, parser.EndElementHandler, parser.CharacterDataHandler = self._handlers(tree, header)

        def refuse(*_: Any) -> None:
            raise SourceError("a document type is refused: it could name other files", file=name)

        parser.StartDoctypeDeclHandler = refuse

    def parse(self, block: bytes, is_last: bool = False) -> None:
        self._fed += len(block)
        self._parser.Parse(block, is_last)

    @property
    def error(self) -> int:
        """The byte at which the parser stands."""
        return max(int(self._parser.CurrentByteIndex), 0)

    def beyond(self) -> str:
        """Say what passes a limit."""
        if len(self._stack) + len(self._deep) > MAX_DEPTH:
            return f"elements stand in one another more than {MAX_DEPTH} deep"
        since = self.begun if self.begun >= 0 else self.error
        if self._fed - since > MAX_RECORD + BLOCK:
            return f"it is larger than {MAX_RECORD >> 20} MiB"
        return ""

    def _handlers(  # noqa: C901 (three closures over one state: as methods they cost a third more)
        self, tree: Place, header: dict[str, str]
    ) -> tuple[Callable[..., None], Callable[..., None], Callable[..., None]]:
        """Give the three handlers; as closures, since they run some 200 times a record."""
        stack, deep = self._stack, self._deep
        place = tree
        record: Record = {}
        part: dict[str, str] | None = None
        pieces: list[str] = []
        parser = self._parser

        def start(name: str, attributes: dict[str, str]) -> None:
            nonlocal place, record, part
            stack.append(place)
            place = place.children.get(name) or below(place, name)
            pieces.clear()
            kind = place.kind
            if place.below is place and place is not tree:  # nothing in it is read: only its depth is counted
                deep.append(place)
                parser.CharacterDataHandler = None
                parser.StartElementHandler, parser.EndElementHandler = deeper, shallower
                return
            if kind:
                if kind == "part":
                    part = {}
                    record.setdefault(place.path, []).append(part)
                elif kind == "record":
                    record, part = {}, None
                    self.begun = parser.CurrentByteIndex
                if attributes and place.attributes:
                    into = record if part is None else part
                    for attribute, value in attributes.items():
                        if key := place.attributes.get(attribute):
                            into[key] = value

        def deeper(*_: Any) -> None:
            deep.append(place)

        def shallower(_: str) -> None:
            nonlocal place
            deep.pop()
            if not deep:
                place = stack.pop()
                parser.CharacterDataHandler = pieces.append
                parser.StartElementHandler, parser.EndElementHandler = start, end

        def end(_: str) -> None:
            nonlocal place, part
            kind = place.kind
            if kind:
                if kind == "text":
                    if value := "".join(pieces).strip():
                        into = record if part is None else part
                        known = into.get(place.path)
                        into[place.path] = f"{known}, {value}" if known else value
                elif kind == "part":
                    if place.has_text and part is not None and (value := "".join(pieces).strip()):
                        part[""] = value
                    part = None
                elif kind == "record":
                    self.done.append((self.begun, record))
                    self.begun = -1
                elif kind == "header":
                    header[place.path] = "".join(pieces).strip()
            pieces.clear()
            place = stack.pop()

        return start, end, pieces.append
