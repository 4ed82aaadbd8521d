"""Streams that unpack within limits: bytes, how many times larger than packed, and memory.

Every fault of a packed stream (cut off, damaged, a bomb) comes out as a SourceError that names the file, at whatever
read it shows itself.
"""

from __future__ import annotations

import bz2
import contextlib
import gzip
import io
import lzma
import tarfile
import tempfile
import zipfile
import zlib
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, BinaryIO, Final

import pyarrow as pa

from longarm.errors import SourceError

BLOCK: Final = 1 << 20
FAULTS: Final = (
    OSError,
    EOFError,
    zlib.error,
    lzma.LZMAError,
    zipfile.BadZipFile,
    tarfile.TarError,
    NotImplementedError,
    RuntimeError,
    ValueError,
    pa.ArrowException,
)
"""What the libraries raise for packed bytes that are not what they should be."""

_MEMORY: Final = 256 * 1024 * 1024
"""Of one decoder of xz: its dictionary may be 4 GiB, which the file itself asks for."""


@dataclass(frozen=True)
class Limits:
    """What one source may cost."""

    total: int = 256 * 1024**3
    """bytes unpacked, over all"""
    spooled: int = 32 * 1024**3
    """bytes kept in temporary files at once and over all"""
    ratio: int = 200
    """how many times larger than packed; text seldom passes 30"""
    free: int = 64 * 1024**2
    """bytes that may unpack at any ratio: a small bomb harms nobody"""
    members: int = 100_000
    depth: int = 2
    """archives in archives"""


@dataclass
class Spent:
    """What a source has cost so far."""

    limits: Limits
    spooled: int = 0
    members: int = 0

    def one_more(self, name: str) -> None:
        """Count a file. Raises SourceError beyond the limit."""
        self.members += 1
        if self.members > self.limits.members:
            raise SourceError(f"over {self.limits.members:,} files", file=name, mend="hand it in in parts")

    def keep(self, count: int, name: str) -> None:
        """Count bytes that go to a temporary file. Raises SourceError beyond the limit."""
        self.spooled += count
        if self.spooled > self.limits.spooled:
            raise SourceError(f"it would unpack to over {self.limits.spooled:,} bytes", file=name, mend="unpack it")


@dataclass(frozen=True)
class Held:
    """Bytes on disk that can be opened from the start any time: a file of the user, or a temporary one."""

    name: str
    open: Callable[[], BinaryIO]
    size: int
    depth: int = field(default=0)

    @classmethod
    def file(cls, path: Path, name: str) -> Held:
        """Hold a file where it lies. Raises SourceError where it cannot be read."""
        try:
            if not path.is_file():
                raise SourceError("it is neither a file nor a folder", file=name)
            size = path.stat().st_size
        except OSError as fault:
            raise SourceError(f"it cannot be read: {fault.strerror}", file=name) from None
        return cls(name, lambda: _opened(path, name), size)

    @classmethod
    def spooled(cls, name: str, stream: BinaryIO, spent: Spent, depth: int = 0) -> Held:
        """Copy a stream into a temporary file, which goes when nothing holds it any more."""
        kept = tempfile.NamedTemporaryFile(prefix="longarm-")  # noqa: SIM115 (it lives as long as its readers)
        size = 0
        while block := stream.read(BLOCK):
            size += len(block)
            spent.keep(len(block), name)
            kept.write(block)
        kept.flush()

        def again() -> BinaryIO:
            return Path(kept.name).open("rb")

        return cls(name, again, size, depth)

    def head(self, count: int = 65536) -> bytes:
        """Give the first bytes."""
        with self.open() as stream:
            return _full(stream, count)


def _opened(path: Path, name: str) -> BinaryIO:
    try:
        return path.open("rb")
    except OSError as fault:
        raise SourceError(f"it cannot be read: {fault.strerror}", file=name) from None


def _full(stream: BinaryIO, count: int) -> bytes:
    found = b""
    while len(found) < count and (block := stream.read(count - len(found))):
        found += block
    return found


class Bounded(io.RawIOBase):
    """A stream that is counted as it is read, and refuses beyond its limits with a SourceError."""

    def __init__(
        self,
        inner: Any,
        beneath: BinaryIO,
        name: str,
        limits: Limits,
        *,
        packed: Callable[[], int],
        declared: int | None = None,
    ) -> None:
        """`packed` says how many packed bytes were read so far; `declared` how many an archive says will come.

        `beneath` is the raw file, which is closed with this stream.
        """
        self._inner, self._beneath, self._name, self._limits, self._packed = inner, beneath, name, limits, packed
        self._declared, self._read = declared, 0

    def readable(self) -> bool:
        """True: that is all that it can do."""
        return True

    def readinto(self, buffer: Any) -> int:
        """Read into a buffer; raises SourceError for a damaged stream or one that grows too large."""
        try:
            block = self._inner.read(min(len(buffer), BLOCK))
        except SourceError:
            raise
        except FAULTS as fault:
            raise SourceError(
                f"it cannot be unpacked further than byte {self._read:,}: {_reason(fault)}",
                file=self._name,
                mend="fetch or pack it again",
            ) from None
        self._read += len(block)
        if self._declared is not None and (
            self._read > self._declared or (not block and self._read < self._declared and len(buffer))
        ):
            raise SourceError("it is not as long as its archive says", file=self._name, mend="pack it again")
        if self._read > self._limits.total:
            raise SourceError(f"it unpacks to over {self._limits.total:,} bytes", file=self._name, mend="split it")
        if self._read > self._limits.free and self._read > self._limits.ratio * max(self._packed(), 1):
            raise SourceError(
                f"it unpacks to over {self._limits.ratio} times its size: a bomb, or nothing but repetition",
                file=self._name,
                mend="if it is meant so, hand it in unpacked",
            )
        buffer[: len(block)] = block
        return len(block)

    def close(self) -> None:
        """Close what lies beneath, too."""
        if not self.closed:
            with contextlib.suppress(*FAULTS):
                self._inner.close()
            self._beneath.close()
        super().close()


class _Xz(io.RawIOBase):
    """xz, one stream after the other, with a limit of memory, which the library's own file has not."""

    def __init__(self, raw: BinaryIO) -> None:
        self._raw, self._decoder, self._rest, self._begun = raw, lzma.LZMADecompressor(memlimit=_MEMORY), b"", False

    def readable(self) -> bool:
        return True

    def read(self, size: int = -1) -> bytes:
        while True:
            if self._decoder.eof:
                self._rest = (self._decoder.unused_data or self._rest).lstrip(b"\x00") or self._raw.read(BLOCK)
                if not self._rest:
                    return b""
                self._decoder = lzma.LZMADecompressor(memlimit=_MEMORY)
            if self._decoder.needs_input and not self._rest:
                self._rest = self._raw.read(BLOCK)
                if not self._rest:
                    raise EOFError("the file ends before its end marker")
            fed, self._rest = self._rest, b""
            if found := self._decoder.decompress(fed, size):
                return found

    def close(self) -> None:
        self._raw.close()
        super().close()


def _zstd(raw: BinaryIO) -> Any:
    return pa.CompressedInputStream(pa.PythonFile(raw, "r"), "zstd")


PACKED: Final[dict[bytes, tuple[str, Callable[[BinaryIO], Any]]]] = {
    b"\x1f\x8b": ("gzip", lambda raw: gzip.GzipFile(fileobj=raw, mode="rb")),
    b"BZh": ("bzip2", bz2.BZ2File),
    b"\xfd7zXZ\x00": ("xz", _Xz),
    b"\x28\xb5\x2f\xfd": ("zstd", _zstd),
}
"""first bytes → what packs so, and what unpacks it"""


def unpacked(held: Held, limits: Limits) -> Callable[[], BinaryIO] | None:
    """Give what opens the unpacked stream of a packed file; None where it is not packed by itself."""
    head = held.head(8)
    for magic, (_, unpack) in PACKED.items():
        if head.startswith(magic):
            return lambda: _unpack(held, unpack, limits)
    return None


def _unpack(held: Held, unpack: Callable[[BinaryIO], Any], limits: Limits) -> BinaryIO:
    raw = held.open()
    at = [0]

    def packed() -> int:
        # Where the library has closed the raw stream behind its end, the last place counts.
        at[0] = at[0] if raw.closed else raw.tell()
        return at[0]

    try:
        inner = unpack(raw)
    except FAULTS as fault:
        raw.close()
        raise SourceError(f"it cannot be unpacked: {_reason(fault)}", file=held.name) from None
    return io.BufferedReader(Bounded(inner, raw, held.name, limits, packed=packed), BLOCK)


def _reason(fault: BaseException) -> str:
    if isinstance(fault, lzma.LZMAError) and "memory" in str(fault).lower():
        return f"it asks for more than {_MEMORY:,} bytes of memory"
    return str(fault).strip().split("\n")[0][:200] or type(fault).__name__
