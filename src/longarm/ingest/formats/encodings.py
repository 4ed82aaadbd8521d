"""The bytes of a text table as UTF-8, in blocks that end with a line, whatever encoding they came in."""

from __future__ import annotations

import codecs
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import BinaryIO, Final

from longarm.ingest.batch import Reject

MAX_RECORD: Final = 16 * 1024 * 1024
"""Bytes of one line, and of one row."""

_BLOCK: Final = 4 << 20
_LATIN: Final = ("cp1252", "cp1250", "cp1254")
_CODES: Final = ("cp1252", "cp1250", "cp1251", "cp1253", "cp1254")
_MARKS: Final = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)


@dataclass
class Notes:
    """What reading has met with so far, beside rows."""

    name: str
    rejects: list[Reject] = field(default_factory=list)
    warnings: list[str] = field(default_factory=list)
    position: int = 0
    """bytes read"""
    charset: str | None = None
    """in which lines are read that are not UTF-8"""


def encoding(head: bytes) -> tuple[str, int]:
    """Give the encoding of a text by its first bytes, and the length of its mark: UTF-8 where nothing else shows."""
    for mark, name in _MARKS:
        if head.startswith(mark):
            return name, len(mark)
    # Without a mark: the first two letters are ASCII, and so are many after them.
    sample = head[: len(head) // 2 * 2][:4096]
    for name, empty, full in (("utf-16-le", 1, 0), ("utf-16-be", 0, 1)):
        if len(sample) >= 8 and sample[empty : empty + 3 : 2] == b"\0\0" and sample[full] and sample[full + 2]:
            often = sample[empty::2].count(0) > 0.2 * len(sample) / 2
            if often and sample[full::2].count(0) < 0.05 * len(sample) / 2:
                return name, 0
    return "utf-8", 0


def blocks(stream: BinaryIO, notes: Notes) -> Iterator[bytes]:
    """Give the text in UTF-8, in blocks that end with a line; an empty one stands for a line beyond the limit.

    Lines that are not UTF-8 in a text that seemed so are given as they are: see `decoded`.
    """
    head = b""
    while len(head) < 65536 and (more := stream.read(65536 - len(head))):
        head += more
    name, mark = encoding(head)
    wide = None if name == "utf-8" else codecs.getincrementaldecoder(name)("replace")
    if wide is not None:
        notes.warnings.append(f"it is read as {name.upper()}")
    end = b"\r" if b"\r" in head and b"\n" not in head else b"\n"
    waiting: list[bytes] = []
    size, is_skipping = 0, False
    block = head[mark:]
    notes.position = mark
    while block:
        notes.position += len(block)
        if wide is not None:
            block = wide.decode(block).encode("utf-8", "replace")
        at = block.rfind(end)
        if at < 0:
            size += len(block)
            is_skipping = is_skipping or size > MAX_RECORD
            waiting = [] if is_skipping else [*waiting, block]
        else:
            first = block.find(end)
            if is_skipping or size + first > MAX_RECORD:
                yield b""
                waiting, block, at, is_skipping = [], block[first + 1 :], at - first - 1, False
            if at >= 0:
                yield b"".join([*waiting, block[: at + 1]])
            waiting, size = [block[at + 1 :]], len(block) - at - 1
        block = stream.read(_BLOCK)
    if is_skipping:
        yield b""
    elif rest := b"".join(waiting):
        yield rest


def decoded(data: bytes, notes: Notes) -> str:
    """Decode a block: UTF-8, and lines that are not in the encoding that fits them best, which is said once."""
    try:
        return data.decode()
    except UnicodeDecodeError as fault:
        if notes.charset is None:
            notes.charset = _guessed(data)
            line = data[max(fault.start - 30, 0) : fault.start + 20]
            shown = " ".join(line.decode(notes.charset, "replace").split())
            notes.warnings.append(f"it is not UTF-8; such lines are read as {notes.charset}, a guess: '{shown}'")
    parts = []
    for line in data.splitlines(keepends=True):
        try:
            parts.append(line.decode())
        except UnicodeDecodeError:
            parts.append(line.decode(notes.charset, "replace"))
    return "".join(parts)


def _guessed(data: bytes) -> str:
    """Guess an encoding of one byte a letter.

    Where few letters are beyond ASCII the script is Latin: the encoding under which most of those are letters, the
    Western one of equals. Where most are, it is another script, and the frequencies of its letters tell.
    """
    sample = data[:20000]
    high = bytes(b for b in sample if b >= 0x80)
    letters = len(high) + sum(chr(b).isalpha() for b in sample if b < 0x80)
    if len(high) < 0.5 * letters:
        return max(_LATIN, key=lambda code: sum(c.isalpha() for c in high.decode(code, "replace")))
    from charset_normalizer import from_bytes

    best = from_bytes(sample, cp_isolation=list(_CODES)).best()
    return best.encoding if best is not None else "cp1252"
