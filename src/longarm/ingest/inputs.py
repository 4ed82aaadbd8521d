"""Where a large source lies and how it is opened: a file, a folder, a glob, a zip; packed or not. Never read whole.

What a name says counts for nothing: the first bytes do. Limits: an archive of at most `MAX_MEMBERS` members; a stream
that unpacks to over `MAX_RATIO` times what was read of it is a bomb.
"""

from __future__ import annotations

import bz2
import glob
import gzip
import io
import lzma
import zipfile
import zlib
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import Any, BinaryIO, Final, cast

from longarm.errors import SourceError
from longarm.ingest.files import MAX_RATIO

HEAD: Final = 64 * 1024
MAX_MEMBERS: Final = 100_000
_FREE: Final = 256 * 1024 * 1024
"""bytes that may always come out: a short file may well pack better than any ratio"""
_FAULTS: Final = (EOFError, OSError, zlib.error, lzma.LZMAError, zipfile.BadZipFile, ValueError)
"""what the unpackers of the standard library and of Arrow raise"""


@dataclass(frozen=True)
class Place:
    """One source on disk."""

    name: str
    """as people named it; inside an archive `outer.zip!inner.json`"""
    path: Path
    member: str | None = None
    """which member of the zip at `path`"""
    is_alone: bool = True
    """False where the zip holds others, so that a record's number does not say of which"""

    def open(self) -> BinaryIO:
        """Open it unpacked, from the start. Raises SourceError where it cannot be unpacked, also while it is read."""
        raw = self.path.open("rb")
        try:
            inner: BinaryIO = raw
            if self.member is not None:
                inner = cast(BinaryIO, zipfile.ZipFile(raw).open(self.member))  # noqa: SIM115 (it is given out)
            return _unpacked(inner, raw, self.name)
        except BaseException:
            raw.close()
            raise

    def head(self) -> bytes:
        """Give its first 64 KiB, unpacked."""
        with self.open() as stream:
            return stream.read(HEAD)


def found(source: str) -> list[Place]:
    """Give the sources that a name means: one file, all files of a folder or a glob, all members of a zip.

    Raises SourceError where there are none.
    """
    path = Path(source)
    if path.is_dir():
        places = [p for f in sorted(path.rglob("*")) if _is_plain(f, path) for p in _members(f, _name(path, f))]
    elif path.exists():
        if not path.is_file():
            raise SourceError(f"'{source}' is neither a file nor a folder", file=source)
        places = _members(path, path.name)
    else:
        named = sorted(Path(p) for p in glob.glob(source, recursive=True))
        places = [p for f in named if f.is_file() for p in _members(f, f.name)]
        if not places:
            raise SourceError(f"there is no file or folder '{source}'", mend="check the name")
    if not places:
        raise SourceError(f"'{source}' is empty", mend="name a file, a folder or a glob")
    return places


def _name(folder: Path, file: Path) -> str:
    return f"{folder.name}/{file.relative_to(folder).as_posix()}"


def _is_plain(path: Path, folder: Path) -> bool:
    """True for a file below the folder that is neither hidden nor led to by a link that leads out."""
    hidden = any(p.startswith((".", "__MACOSX")) for p in path.relative_to(folder).parts)
    if hidden or not path.is_file():
        return False
    if not path.resolve().is_relative_to(folder.resolve()):
        raise SourceError("the link leads out of the folder", file=str(path), mend="put the file itself there")
    return True


def _members(path: Path, name: str) -> list[Place]:
    """Give a file, or what a zip holds. An Office file is a zip too, and is one source."""
    with path.open("rb") as stream:
        if stream.read(4) != b"PK\x03\x04":
            return [Place(name, path)]
    try:
        with zipfile.ZipFile(path) as archive:
            entries = [e for e in archive.infolist() if not e.is_dir()]
    except (zipfile.BadZipFile, NotImplementedError, OSError, ValueError) as fault:
        raise SourceError(f"the archive cannot be unpacked: {fault}", file=name, mend="pack it again") from fault
    if any(e.filename == "[Content_Types].xml" for e in entries):
        return [Place(name, path)]
    if len(entries) > MAX_MEMBERS:
        raise SourceError(f"the archive holds over {MAX_MEMBERS:,} files", file=name, mend="ingest it in parts")
    kept = []
    for entry in entries:
        inside = PurePosixPath(entry.filename.replace("\\", "/"))
        if not inside.parts or inside.is_absolute() or ".." in inside.parts or ":" in inside.parts[0]:
            raise SourceError(f"the archive holds a path that climbs out: '{entry.filename}'", file=name)
        if entry.flag_bits & 1:
            raise SourceError("the archive is locked with a password", file=name, mend="unpack it yourself")
        if not any(part.startswith((".", "__MACOSX")) for part in inside.parts):
            kept.append(entry.filename)
    return [Place(f"{name}!{k}", path, k, len(kept) == 1) for k in kept]


def _unpacked(stream: BinaryIO, raw: BinaryIO, name: str) -> BinaryIO:
    """Take off every packing, at most two deep: a zip may hold a gzip."""
    for _ in range(2):
        buffered = io.BufferedReader(cast(io.RawIOBase, stream), HEAD)
        try:
            first = buffered.peek(8)
        except _FAULTS as fault:
            raise SourceError(f"it cannot be unpacked: {fault}", file=name, mend="bring it in again") from fault
        opener = next((o for magic, o in _PACKED if first.startswith(magic)), None)
        if opener is None:
            return cast(BinaryIO, io.BufferedReader(_Bounded(buffered, raw, name), 1 << 20))
        stream = opener(buffered)
    return cast(BinaryIO, io.BufferedReader(_Bounded(stream, raw, name), 1 << 20))


def _zstd(stream: BinaryIO) -> BinaryIO:
    import pyarrow as pa

    return cast(BinaryIO, pa.CompressedInputStream(stream, "zstd"))


_PACKED: Final[tuple[tuple[bytes, Callable[[Any], BinaryIO]], ...]] = (
    (b"\x1f\x8b", lambda s: cast(BinaryIO, gzip.GzipFile(fileobj=s))),
    (b"\x28\xb5\x2f\xfd", _zstd),
    (b"BZh", lambda s: cast(BinaryIO, bz2.BZ2File(s))),
    (b"\xfd7zXZ\x00", lambda s: cast(BinaryIO, lzma.LZMAFile(s))),  # noqa: SIM115 (it is given out)
)


class _Bounded(io.RawIOBase):
    """A stream that stops a bomb, says what is wrong with a packing as SourceError, and can be wound forward."""

    def __init__(self, inner: Any, raw: BinaryIO, name: str):
        self._inner = inner
        self._raw = raw
        self._name = name
        self._given = 0

    def readable(self) -> bool:
        return True

    def seekable(self) -> bool:
        return True

    def tell(self) -> int:
        return self._given

    def seek(self, offset: int, whence: int = io.SEEK_SET, /) -> int:
        """Wind forward, by reading. Raises OSError for any other way."""
        wanted = offset + (self._given if whence == io.SEEK_CUR else 0)
        if whence == io.SEEK_END or wanted < self._given:
            raise io.UnsupportedOperation("a packed source is only read forwards")
        while self._given < wanted and (piece := self.read(min(1 << 20, wanted - self._given))):
            del piece
        return self._given

    def readinto(self, buffer: Any, /) -> int:
        try:
            data = self._inner.read(len(buffer))
        except _FAULTS as fault:
            raise SourceError(
                f"the packed data break off after {self._given:,} bytes: {fault}",
                file=self._name,
                mend="bring it in again; what came before may be whole",
            ) from fault
        buffer[: len(data)] = data
        self._given += len(data)
        if self._given > _FREE and self._given > MAX_RATIO * max(self._raw.tell(), 1):
            raise SourceError(f"it unpacks to over {MAX_RATIO} times its size", file=self._name, mend="unpack it first")
        return len(data)

    def close(self) -> None:
        if not self.closed:
            self._inner.close()
            self._raw.close()
        super().close()
