"""Zip and tar: what they hold as inputs, one by one, and what of it is refused: traps, links, locked and doubled names.

A member is read where it lies; only what must be read twice (an archive in an archive) goes to a temporary file.
Excel, Word and other documents are zips too, and are given whole.
"""

from __future__ import annotations

import io
import tarfile
import zipfile
from collections.abc import Callable, Iterator
from pathlib import PurePosixPath
from typing import Any, BinaryIO, Final

from longarm.errors import SourceError
from longarm.ingest.batch import Reject
from longarm.ingest.files import unwritable
from longarm.ingest.stream import Input
from longarm.ingest.unpacking import BLOCK, FAULTS, PACKED, Bounded, Held, Limits, Spent, unpacked

_ZIP: Final = b"PK\x03\x04"
_EMPTY_ZIP: Final = b"PK\x05\x06"
_DIRECTORY: Final = 32 * 1024 * 1024
"""Most bytes of a zip's directory: it is read whole, and each 46 of them may cost 500 of memory."""
_HEADER: Final = 1 << 20
"""Most bytes of one header of a tar: a header of eight gigabytes is possible, and would be read whole."""
_OFFICE: Final = ("[Content_Types].xml", "mimetype", "META-INF/container.xml")

Refuse = Callable[[Reject], None]


def members(held: Held, spent: Spent, refuse: Refuse, retrieved: str, depth: int) -> Iterator[Input]:
    """Give what a file holds: itself, or what is packed in it, down to the depth of the limits."""
    try:
        kind, opening = _kind(held, spent.limits)
    except SourceError as fault:
        refuse(_reject(held.name, fault))
        return
    if kind == "file":
        yield Input(held.name, opening, retrieved, held.size if opening == held.open else None)
        return
    if depth >= spent.limits.depth:
        refuse(Reject(held.name, 0, f"archives are opened {spent.limits.depth} deep, and this lies deeper", ""))
        return
    try:
        if kind == "again":  # packed twice over, or a packed archive: unpacked once, then looked at
            with opening() as stream:
                inner = Held.spooled(held.name, stream, spent, depth + 1)
            yield from members(inner, spent, refuse, retrieved, depth + 1)
        elif kind == "packed tar":
            with opening() as stream:
                inner = Held.spooled(held.name, stream, spent, depth)
            yield from _tar(inner, spent, refuse, retrieved, depth)
        elif kind == "tar":
            yield from _tar(held, spent, refuse, retrieved, depth)
        else:
            yield from _zip(held, spent, refuse, retrieved, depth)
    except SourceError as fault:
        refuse(_reject(held.name, fault))
    except FAULTS as fault:
        refuse(Reject(held.name, 0, f"the archive cannot be read: {fault}; pack it again", ""))


def _kind(held: Held, limits: Limits) -> tuple[str, Callable[[], BinaryIO]]:
    """Say what a file is by its first bytes: file, zip, tar, a packed tar, or packed twice: to be looked at again."""
    opening = unpacked(held, limits) or held.open
    with opening() as stream:
        head = b""
        while len(head) < 512 and (block := stream.read(512 - len(head))):
            head += block
    is_packed = opening != held.open
    if head[257:262] == b"ustar" or (is_packed and _is_old_tar(head)):
        return ("packed tar" if is_packed else "tar"), opening
    if head.startswith((_ZIP, _EMPTY_ZIP)):
        return ("again", opening) if is_packed else (_zip_kind(held), opening)
    if is_packed and head.startswith(tuple(PACKED)):
        return "again", opening
    return "file", opening


def _zip_kind(held: Held) -> str:
    """Tell an Office document, which is one file, from a zip that holds files."""
    try:
        with held.open() as raw:
            _check_directory(raw, held.size, held.name)
            with zipfile.ZipFile(raw) as archive:
                return "file" if any(e.filename in _OFFICE for e in archive.filelist[:50]) else "zip"
    except FAULTS:
        return "zip"


def _is_old_tar(head: bytes) -> bool:
    """Tars before 1988 have no magic: the sum of the header tells."""
    if len(head) < 512 or not head[:1].strip(b"\x00"):
        return False
    try:
        tarfile.TarInfo.frombuf(head[:512], "utf-8", "surrogateescape")
    except tarfile.TarError:
        return False
    return True


def _check_directory(raw: BinaryIO, size: int, name: str) -> None:
    """Refuse a zip whose directory alone would fill the memory, before the library reads it."""
    raw.seek(max(0, size - 65_557 - 76))
    tail = raw.read(65_557 + 76)
    at = tail.rfind(_EMPTY_ZIP)
    if at >= 0:
        asked = [int.from_bytes(tail[at + 12 : at + 16], "little")]
        if at >= 76 and tail[at - 76 : at - 72] == b"PK\x06\x06":
            asked = [int.from_bytes(tail[at - 76 + 40 : at - 76 + 48], "little")]
        if max(asked) > _DIRECTORY:
            raise SourceError("the archive's directory is too large", file=name, mend="unpack it, or pack it in parts")
    raw.seek(0)


def _zip(held: Held, spent: Spent, refuse: Refuse, retrieved: str, depth: int) -> Iterator[Input]:
    with held.open() as raw:
        _check_directory(raw, held.size, held.name)
        with zipfile.ZipFile(raw) as archive:
            entries = [e for e in archive.infolist() if not e.is_dir()]
    limits = spent.limits
    if sum(e.compress_size for e in entries) > held.size:
        raise SourceError("its members overlap: it is a bomb", file=held.name)
    total = sum(e.file_size for e in entries)
    if total > limits.total:
        raise SourceError(f"it would unpack to over {limits.total:,} bytes", file=held.name, mend="unpack it")
    taken: set[str] = set()
    for entry in entries:
        name = f"{held.name}!{entry.filename}"
        if reason := _unfit(entry.filename, taken) or _unfit_entry(entry, limits):
            refuse(Reject(_shown(name), 0, reason, ""))
        elif not _is_hidden(entry.filename):
            spent.one_more(name)
            yield from _member(_Entry(held, entry, limits, name), spent, refuse, retrieved, depth)


def _unfit_entry(entry: zipfile.ZipInfo, limits: Limits) -> str | None:
    if entry.flag_bits & 1:
        return "it is encrypted; unpack it with its password"
    if (entry.external_attr >> 16) & 0o170000 == 0o120000:
        return "it is a link; links are not followed"
    if entry.file_size > limits.free and entry.file_size > limits.ratio * max(entry.compress_size, 1):
        return f"it would unpack to over {limits.ratio} times its size: a bomb, or nothing but repetition"
    return None


class _Entry:
    """A member of a zip that can be opened from its start any time."""

    def __init__(self, held: Held, entry: zipfile.ZipInfo, limits: Limits, name: str) -> None:
        self._held, self._entry, self._limits, self.name, self.size = held, entry, limits, name, entry.file_size

    def open(self) -> BinaryIO:
        raw = self._held.open()
        try:
            inner = zipfile.ZipFile(raw).open(self._entry)  # noqa: SIM115 (closed with its stream)
        except FAULTS as fault:
            raw.close()
            raise SourceError(f"it cannot be unpacked: {fault}", file=self.name, mend="pack it again") from None
        size = self._entry.compress_size
        declared = self._entry.file_size
        stream = Bounded(inner, raw, self.name, self._limits, packed=lambda: size, declared=declared)
        return io.BufferedReader(stream, BLOCK)


def _tar(held: Held, spent: Spent, refuse: Refuse, retrieved: str, depth: int) -> Iterator[Input]:
    taken: set[str] = set()
    with held.open() as raw, tarfile.open(fileobj=_Headers(raw), mode="r:") as archive:
        while True:
            try:
                entry = archive.next()
            except FAULTS as fault:
                refuse(Reject(held.name, 0, f"what follows in the archive cannot be read: {fault}; pack it again", ""))
                return
            if entry is None:
                return
            archive.members = []  # type: ignore[attr-defined] # the library keeps all that it has seen
            name = f"{held.name}!{entry.name}"
            if entry.isdir():
                continue
            if reason := _unfit(entry.name, taken) or _unfit_file(entry, held.size):
                refuse(Reject(_shown(name), 0, reason, ""))
            elif not _is_hidden(entry.name):
                spent.one_more(name)
                inner = _Part(held, entry.offset_data, entry.size, name)
                yield from _member(inner, spent, refuse, retrieved, depth)


def _unfit_file(entry: tarfile.TarInfo, size: int) -> str | None:
    if entry.islnk() or entry.issym():
        return "it is a link; links are not followed"
    if not entry.isreg() or entry.issparse():
        return "it is no plain file"
    if entry.offset_data + entry.size > size:
        return "the archive is cut off inside it; fetch or pack it again"
    return None


class _Headers(io.RawIOBase):
    """The stream of a tar as its headers are read: no header may be larger than a header is."""

    def __init__(self, raw: BinaryIO) -> None:
        self._raw = raw

    def read(self, size: int = -1) -> bytes:
        if not 0 <= size <= _HEADER:
            raise tarfile.ReadError("a header asks for more bytes than a header has")
        return self._raw.read(size)

    def seek(self, offset: int, whence: int = 0) -> int:
        return self._raw.seek(offset, whence)

    def tell(self) -> int:
        return self._raw.tell()


class _Slice(io.RawIOBase):
    """A stretch of a file as a stream of its own."""

    def __init__(self, raw: BinaryIO, start: int, size: int) -> None:
        self._raw, self._start, self._size, self._at = raw, start, size, 0
        raw.seek(start)

    def readable(self) -> bool:
        return True

    def seekable(self) -> bool:
        return True

    def tell(self) -> int:
        return self._at

    def seek(self, offset: int, whence: int = 0) -> int:
        self._at = max(0, (0, self._at, self._size)[whence] + offset)
        self._raw.seek(self._start + min(self._at, self._size))
        return self._at

    def readinto(self, buffer: Any) -> int:
        block = self._raw.read(max(0, min(len(buffer), self._size - self._at)))
        self._at += len(block)
        buffer[: len(block)] = block
        return len(block)

    def close(self) -> None:
        self._raw.close()
        super().close()


class _Part:
    """A member of a tar that can be opened from its start any time."""

    def __init__(self, held: Held, start: int, size: int, name: str) -> None:
        self._held, self._start, self.size, self.name = held, start, size, name

    def open(self) -> BinaryIO:
        return io.BufferedReader(_Slice(self._held.open(), self._start, self.size))


def _member(inner: _Entry | _Part, spent: Spent, refuse: Refuse, retrieved: str, depth: int) -> Iterator[Input]:
    """Give a member as an input; an archive is opened in its turn."""
    with inner.open() as stream:
        head = stream.read(512)
        is_archive = head.startswith((_ZIP, _EMPTY_ZIP, *PACKED)) or head[257:262] == b"ustar"
    if not is_archive:
        yield Input(inner.name, inner.open, retrieved, inner.size)
        return
    with inner.open() as stream:
        held = Held.spooled(inner.name, stream, spent, depth + 1)
    yield from members(held, spent, refuse, retrieved, depth + 1)


def _unfit(name: str, taken: set[str]) -> str | None:
    """Say why a member of this name is not taken; None where it is."""
    if unwritable(name):
        return "its name holds a control character, or is no text"
    path = PurePosixPath(name.replace("\\", "/"))
    if not path.parts:
        return "it has no name"
    if path.is_absolute() or ".." in path.parts or ":" in path.parts[0]:
        return "its path climbs out of the archive"
    if path.as_posix() in taken:
        return "the archive holds this name twice; the first is read"
    taken.add(path.as_posix())
    return None


def _is_hidden(name: str) -> bool:
    return any(part.startswith((".", "__MACOSX")) and part != "." for part in PurePosixPath(name).parts)


def _shown(name: str) -> str:
    return name.encode("ascii", "backslashreplace").decode() if unwritable(name) else name


def _reject(name: str, fault: SourceError) -> Reject:
    mend = f"; {fault.where.mend}" if fault.where.mend else ""
    return Reject(fault.where.file or name, 0, fault.message + mend, "")
