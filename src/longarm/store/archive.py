"""The archive: documents under the hash of their bytes. Nothing in it is ever changed."""

from __future__ import annotations

import hashlib
from pathlib import Path

from longarm.errors import Damaged, UnknownEntity
from longarm.store.layout import write_whole


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


def get(folder: Path, document: str) -> bytes:
    """Give the bytes of a document.

    Raises UnknownEntity where there is none of this id, Damaged where the bytes are no longer those that were kept.
    """
    if not (len(document) == 64 and set(document) <= set("0123456789abcdef")):
        raise UnknownEntity(f"'{document}' is not the id of a document")
    path = _path(folder, document)
    if not path.is_file():
        raise UnknownEntity(f"there is no document '{document}' in this workspace")
    data = path.read_bytes()
    if name_of(data) != document:
        raise Damaged(f"document '{document}' has been changed on disk", mend="bring it back from a backup")
    return data
