"""Files as bytes, within limits: a folder, a zip, one file. Nothing outside what was named is followed."""

from __future__ import annotations

import io
import re
import zipfile
import zlib
from collections.abc import Mapping
from pathlib import Path, PurePosixPath

from longarm.errors import SourceError

MAX_FILES = 5_000
MAX_TOTAL = 512 * 1024 * 1024
MAX_FILE = 256 * 1024 * 1024
MAX_RATIO = 200
"""How much larger than packed an archive may unpack: text seldom passes 20."""

_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f]")
_NO_TEXT = re.compile(_CONTROL.pattern + r"|\r(?!\n)|[\ud800-\udfff]")

_BINARY = {
    b"%PDF": "a PDF",
    b"PK\x03\x04": "a zip or an Office file",
    b"\xd0\xcf\x11\xe0": "an old Office file",
    b"{\\rtf": "an RTF file",
    b"\x89PNG": "a PNG image",
    b"\xff\xd8\xff": "a JPEG image",
    b"GIF89a": "a GIF image",
    b"\x1f\x8b": "a gzip file",
    b"7z\xbc\xaf": "a 7z archive",
    b"SQLite format 3": "an SQLite file",
}
"""first bytes → what begins so"""

Files = Mapping[str, bytes]
"""name inside the source, with forward slashes → bytes"""


def read(source: Path) -> dict[str, bytes]:
    """Read a folder, a zip or one file.

    Raises SourceError where it is missing, too large, or a trap: a link that leads out, a path that climbs, a bomb.
    """
    if not source.exists():
        raise SourceError(f"there is no file or folder '{source}'", mend="check the name")
    if source.is_dir():
        return _folder(source)
    if not source.is_file():
        raise SourceError(f"'{source}' is neither a file nor a folder", file=str(source))
    if source.stat().st_size > MAX_FILE:
        raise SourceError(
            f"the file has {source.stat().st_size:,} bytes; at most {MAX_FILE:,} are read at once",
            file=str(source),
            mend="split it",
        )
    data = source.read_bytes()
    if data[:4] == b"PK\x03\x04" and source.suffix.lower() not in (".xlsx", ".docx"):
        return unzip(data, str(source))
    return {source.name: data}


def _folder(root: Path) -> dict[str, bytes]:
    found: dict[str, bytes] = {}
    total = 0
    base = root.resolve()
    for path in sorted(root.rglob("*")):
        name = path.relative_to(root).as_posix()
        if not path.is_file() or any(part.startswith(".") for part in PurePosixPath(name).parts):
            continue
        if not path.resolve().is_relative_to(base):
            raise SourceError("the link leads out of the folder", file=name, mend="put the file itself there")
        total += path.stat().st_size
        _limit(len(found) + 1, total, str(root))
        found[name] = path.read_bytes()
    if not found:
        raise SourceError(f"the folder '{root}' is empty", mend="a case folder holds case.yaml and site.yaml")
    return found


def unzip(data: bytes, name: str) -> dict[str, bytes]:
    """Unpack a zip in memory. A single folder around everything is taken off."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            entries = [i for i in archive.infolist() if not i.is_dir()]
            _limit(len(entries), sum(i.file_size for i in entries), name)
            packed = sum(i.compress_size for i in entries)
            if sum(i.file_size for i in entries) > MAX_RATIO * max(packed, 1024):
                raise SourceError(f"it would unpack to over {MAX_RATIO} times its size", file=name)
            found: dict[str, bytes] = {}
            taken: set[str] = set()
            for entry in entries:
                path = PurePosixPath(entry.filename.replace("\\", "/"))
                if not path.parts:
                    raise SourceError(f"the archive holds an entry without a name: '{entry.filename}'", file=name)
                if path.as_posix() in taken:
                    raise SourceError(
                        f"the archive holds '{path.as_posix()}' twice", file=name, mend="pack each file once"
                    )
                taken.add(path.as_posix())
                if path.is_absolute() or ".." in path.parts or ":" in path.parts[0]:
                    raise SourceError(f"the archive holds a path that climbs out: '{entry.filename}'", file=name)
                with archive.open(entry) as stream:
                    content = stream.read(entry.file_size + 1)
                if len(content) != entry.file_size:
                    raise SourceError(f"'{entry.filename}' is not as long as the archive says", file=name)
                if not any(part.startswith((".", "__MACOSX")) for part in path.parts):
                    found[path.as_posix()] = content
    except (zipfile.BadZipFile, zlib.error, NotImplementedError, RuntimeError, EOFError, OSError) as fault:
        raise SourceError(f"the archive cannot be unpacked: {fault}", file=name, mend="pack it again") from fault
    tops = {PurePosixPath(n).parts[0] for n in found}
    if len(tops) == 1 and all(len(PurePosixPath(n).parts) > 1 for n in found):
        top = next(iter(tops))
        found = {n[len(top) + 1 :]: d for n, d in found.items()}
    return found


def _limit(count: int, total: int, name: str) -> None:
    if count > MAX_FILES:
        raise SourceError(f"over {MAX_FILES:,} files", file=name, mend="ingest it in parts")
    if total > MAX_TOTAL:
        raise SourceError(f"over {MAX_TOTAL:,} bytes", file=name, mend="ingest it in parts")


def binary(data: bytes) -> str | None:
    """Say what a file is that is no text: `a PDF`, `a binary file`. None where it may be a text."""
    for head, kind in _BINARY.items():
        if data.startswith(head):
            return kind
    return "a binary file" if b"\x00" in data[:65536] else None


def control(content: str) -> int | None:
    """Give where a control character stands that is neither tab nor line break: it could steer a terminal."""
    found = _CONTROL.search(content)
    return found.start() if found else None


def unwritable(value: str) -> str | None:
    """Say what in a text cannot be kept or shown: a control character, half a character. None where all can."""
    found = _NO_TEXT.search(value)
    if found is None:
        return None
    code = ord(found[0])
    what = "half a character (a lone surrogate)" if 0xD800 <= code <= 0xDFFF else "a control character"
    return f"a text holds {what}, U+{code:04X}"


def text(data: bytes, name: str) -> str:
    """Decode a text file: UTF-8, with or without a byte order mark.

    Raises SourceError, with the place, where it is empty, binary or in another encoding.
    """
    if not data.strip():
        raise SourceError("the file is empty", file=name)
    if data[:2] in (b"\xff\xfe", b"\xfe\xff"):
        raise SourceError("the file is UTF-16; UTF-8 was expected", file=name, mend="save it as UTF-8")
    if kind := binary(data):
        raise SourceError(
            f"this is {kind}, which is binary; a text was expected",
            file=name,
            mend="put its text into documents/ as .txt",
        )
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as fault:
        line = data.count(b"\n", 0, fault.start) + 1
        raise SourceError(
            f"byte {fault.start} (0x{data[fault.start]:02x}) is not UTF-8",
            file=name,
            line=line,
            mend="save the file as UTF-8",
        ) from fault
