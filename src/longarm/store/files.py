"""The file layer: every change that the store makes on disk goes through one of these few operations.

A file comes to be whole or not at all: it is written beside its place, synced, and renamed. A test that puts a failing
`Disk` in the place of `disk` sees what a full disk, a broken one or a kill leaves behind after each of them.
"""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO


class Disk:
    """The operations, each one call to the system."""

    def make_folder(self, path: Path) -> None:
        """Make a folder, and those above it."""
        path.mkdir(parents=True, exist_ok=True)

    def create(self, folder: Path) -> tuple[BinaryIO, Path]:
        """Open a new file of a passing name in a folder."""
        handle, name = tempfile.mkstemp(dir=folder, prefix=".writing-")
        return os.fdopen(handle, "wb"), Path(name)

    def write(self, out: BinaryIO, data: bytes | memoryview) -> None:
        """Write bytes at the end of an open file."""
        out.write(data)

    def sync(self, out: BinaryIO) -> None:
        """Wait until the bytes of an open file are on the disk."""
        out.flush()
        os.fsync(out.fileno())

    def rename(self, old: Path, new: Path) -> None:
        """Give a file its name, in the place of whatever had it."""
        os.replace(old, new)

    def sync_folder(self, folder: Path) -> None:
        """Wait until the names in a folder are on the disk."""
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)

    def remove(self, path: Path) -> None:
        """Remove a file, where it is there."""
        path.unlink(missing_ok=True)


disk = Disk()


class Writing:
    """A file that is being written. `keep` gives it its name; without it, nothing is left."""

    def __init__(self, out: BinaryIO, temporary: Path):
        self._out = out
        self._temporary = temporary
        self.size = 0
        """bytes so far"""

    def write(self, data: bytes | memoryview) -> int:
        """Write bytes."""
        disk.write(self._out, data)
        count = len(data) if isinstance(data, bytes) else data.nbytes
        self.size += count
        return count

    def keep(self, path: Path) -> None:
        """Give the file its name, once all its bytes are on the disk."""
        disk.sync(self._out)
        disk.make_folder(path.parent)
        disk.rename(self._temporary, path)
        disk.sync_folder(path.parent)


@contextmanager
def writing(folder: Path) -> Iterator[Writing]:
    """Open a file to be kept below `folder`."""
    disk.make_folder(folder)
    out, temporary = disk.create(folder)
    try:
        yield Writing(out, temporary)
    finally:
        out.close()
        temporary.unlink(missing_ok=True)  # not `disk`: this tidies up after a fault, and is nothing where it was kept


def write_whole(path: Path, data: bytes) -> None:
    """Write a file so that a killed writer leaves the old one, or none."""
    with writing(path.parent) as out:
        out.write(data)
        out.keep(path)
