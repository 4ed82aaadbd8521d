"""The archive: documents under the hash of their bytes. Nothing in it is ever changed."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from pathlib import Path
from typing import BinaryIO, Final

from longarm.errors import Damaged, UnknownEntity
from longarm.store.files import write_whole, writing

_PIECE: Final = 1 << 20


def name_of(data: bytes) -> str:
    """Give the id of a document: SHA-256 of its bytes, in hexadecimal."""
    return hashlib.sha256(data).hexdigest()


def _path(folder: Path, document: str) -> Path:
    return folder / document[:2] / document


def put(folder: Path, data: bytes) -> str:
    """Keep a document and give its id. Putting the same bytes twice keeps them once."""
    document = name_of(data)
    path = _path(folder, document)
    if not path.exists():
        write_whole(path, data)
    return document


def put_stream(folder: Path, source: BinaryIO, told: Callable[[int], None] = lambda _: None) -> tuple[str, int]:
    """Keep a document of any size without holding it. Gives its id and its size; `told` hears of the bytes so far."""
    hashed = hashlib.sha256()
    with writing(folder) as out:
        while piece := source.read(_PIECE):
            hashed.update(piece)
            out.write(piece)
            told(out.size)
        document = hashed.hexdigest()
        path = _path(folder, document)
        if not path.exists():
            out.keep(path)
        return document, out.size


def check(folder: Path, document: str) -> None:
    """Read a document through, without holding it. Raises UnknownEntity or Damaged, as `get` does."""
    hashed = hashlib.sha256()
    with path_of(folder, document).open("rb") as source:
        while piece := source.read(_PIECE):
            hashed.update(piece)
    if hashed.hexdigest() != document:
        raise Damaged(f"document '{document}' has been changed on disk", mend="bring it back from a backup")


def path_of(folder: Path, document: str) -> Path:
    """Give where a document lies. Raises UnknownEntity where there is none of this id."""
    if not (len(document) == 64 and set(document) <= set("0123456789abcdef")):
        raise UnknownEntity(f"'{document}' is not the id of a document")
    path = _path(folder, document)
    if not path.is_file():
        raise UnknownEntity(f"there is no document '{document}' in this workspace")
    return path


def get(folder: Path, document: str) -> bytes:
    """Give the bytes of a document.

    Raises UnknownEntity where there is none of this id, Damaged where the bytes are no longer those that were kept.
    """
    data = path_of(folder, document).read_bytes()
    if name_of(data) != document:
        raise Damaged(f"document '{document}' has been changed on disk", mend="bring it back from a backup")
    return data
