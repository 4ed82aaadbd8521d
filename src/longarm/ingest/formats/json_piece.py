"""A record of a JSON source, as it is handed on: its bytes, or why it is none."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from msgspec import Struct

MAX_RECORD: Final = 16 * 1024 * 1024
"""bytes of a record; a longer one is refused"""
KEPT: Final = 2000
"""bytes of a refused record that are kept to show it"""
TOO_LONG: Final = f"the record is longer than {MAX_RECORD:,} bytes"
SPACE: Final = b" \t\r\n"


class Piece(Struct, frozen=True, gc=False):
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
