"""Public procurement as OCDS 1.0 and 1.1: release packages, record packages, and the same one object a line.

All releases of one contracting process (`ocid`) are laid together, as OCDS merges them: what a later release gives
anew replaces what an earlier one said, and ends it on that day; what it leaves out stands. A compiled release has the
last word. Processes with several releases wait in a temporary file until their last release has been seen.
"""

from __future__ import annotations

import json
import re
import tempfile
from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from typing import IO, Any, Final

import orjson

from longarm.errors import SourceError
from longarm.ingest.batch import Reject
from longarm.ingest.formats import json_items
from longarm.ingest.formats.json_items import Item
from longarm.ingest.formats.ocds_merging import Release, merged
from longarm.ingest.formats.said_rows import Rows
from longarm.ingest.stream import About, Chunk, Input

_LISTS: Final = ("releases", "records")
_CHUNK: Final = 2_000
"""releases of one chunk"""
_KEYS: Final = (b'"releases"', b'"records"', b'"compiledRelease"', b'"tag"', b'"initiationType"')


@dataclass(frozen=True)
class _Process:
    """The releases of one ocid that one object of the source holds."""

    ocid: str
    releases: tuple[Release, ...]


class Ocds:
    """The reader of OCDS."""

    name = "ocds"
    says = "Public procurement in the Open Contracting Data Standard: releases and records, 1.0 and 1.1."

    def recognises(self, head: bytes, name: str) -> float:  # noqa: ARG002 (the contract; a name says nothing)
        """Say how sure it is that this is OCDS: by keys that only it has."""
        start = head.lstrip(b"\xef\xbb\xbf \t\r\n")
        if b"\x00" in head[:64]:
            start = head.replace(b"\x00", b"")[2:].lstrip()
        if not start.startswith((b"{", b"[")):
            return 0.0
        if b'"ocid"' in start:
            return 0.95 if any(key in start for key in _KEYS) else 0.6
        return 0.5 if b'"releases"' in start or (b'"records"' in start and b"ocds" in start.lower()) else 0.0

    def about(self, source: Input) -> About:
        """Give what the package says of itself: its publisher and day."""
        with source.open() as stream:
            head = b"".join(block for (block, _), _ in zip(json_items.text(stream), range(2), strict=False))
        publisher = _named(head)
        found = re.search(rb'"publishedDate"\s*:\s*"(\d{4}(?:-\d\d(?:-\d\d)?)?)', head)
        prefix = re.search(rb'"ocid"\s*:\s*"(ocds-[0-9a-z]{6})', head)
        known = prefix[1].decode() if prefix else None
        return About(
            publisher=publisher,
            publisher_class="register",
            origin=f"register:{known or 'ocds'}",
            origin_name=publisher or f"Procurement notices {known or ''}".strip(),
            published=found[1].decode() if found else None,
        )

    def read(self, source: Input, *, start: tuple[int, int] = (0, 0)) -> Iterator[Chunk]:
        """Give the chunks; what stands in a record before `start` was given already."""
        counts = _counted(source)
        if not counts:
            raise SourceError(
                "no release with an ocid stands here",
                file=source.name,
                mend="an OCDS release package, record package, or one release a line was expected",
            )
        with tempfile.TemporaryFile(prefix="longarm-") as kept, source.open() as stream:
            waiting = _Waiting(kept, {k: n for k, n in counts.items() if n > 1})
            rows, records, position = Rows(), 0, 0
            rejects: list[Reject] = []
            for item in json_items.items(stream, _LISTS, "ocid"):
                process = _process(item, source.name, rejects)
                records, position = item.number, item.position
                if process is not None:
                    releases = waiting.whole(process)
                    if releases and (len(releases) > 1 or releases[0].number > start[0]):
                        faults = merged(process.ocid, releases, rows)
                        rejects += [Reject(source.name, item.number, f, _shown(item.data)) for f in faults]
                if records % _CHUNK == 0 or len(rows) > 200_000:
                    yield Chunk(rows.table(rejects, source.name), tuple(rejects), records, position)
                    rows, rejects = Rows(rows.cleaners), []
            yield Chunk(rows.table(rejects, source.name), tuple(rejects), records, position)


class _Waiting:
    """Processes whose releases have not all been seen: their bytes lie in a file."""

    def __init__(self, kept: IO[bytes], counts: dict[int, int]) -> None:
        self._kept, self._counts = kept, counts
        self._places: defaultdict[int, list[tuple[int, int]]] = defaultdict(list)
        self._seen: Counter[int] = Counter()

    def whole(self, process: _Process) -> list[Release]:
        """Give all releases of a process once its last one has been seen; until then, keep them and give none."""
        key = hash(process.ocid)
        if key not in self._counts:
            return list(process.releases)
        self._seen[key] += 1
        if self._seen[key] < self._counts[key]:
            data = orjson.dumps([[r.number, r.is_compiled, r.data] for r in process.releases])
            self._kept.seek(0, 2)
            self._places[key].append((self._kept.tell(), len(data)))
            self._kept.write(data)
            return []
        found = []
        for at, size in self._places.pop(key, ()):
            self._kept.seek(at)
            found += [Release(n, c, d) for n, c, d in orjson.loads(self._kept.read(size))]
        return found + list(process.releases)


def _counted(source: Input) -> Counter[int]:
    """Count the objects of each ocid, by its hash: who has only one need not wait."""
    counts: Counter[int] = Counter()
    with source.open() as stream:
        for item in json_items.items(stream, _LISTS, "ocid"):
            process = _process(item, source.name, [])
            if process is not None:
                counts[hash(process.ocid)] += 1
    return counts


def _process(item: Item, name: str, rejects: list[Reject]) -> _Process | None:
    """Read an item: a release, a record with releases, or (one a line) a package of one."""
    if item.fault is not None:
        rejects.append(Reject(name, item.number, item.fault, _shown(item.data)))
        return None
    try:
        value = _loaded(item.data)
    except (ValueError, RecursionError) as fault:
        rejects.append(Reject(name, item.number, f"this is not JSON: {fault}", _shown(item.data)))
        return None
    found = list(_releases(value, item.number))
    ocids = {r.data.get("ocid") for r in found}
    ocid = next(iter(ocids), None)
    if len(ocids) != 1 or not isinstance(ocid, str) or not ocid.strip():
        reason = "it has no 'ocid'" if len(ocids) < 2 else "its releases have several ocids"
        rejects.append(Reject(name, item.number, reason, _shown(item.data)))
        return None
    return _Process(ocid.strip(), tuple(found))


def _loaded(data: bytes) -> Any:
    try:
        return orjson.loads(data)
    except orjson.JSONDecodeError:
        try:
            data.decode()
        except UnicodeDecodeError:
            return orjson.loads(data.decode("cp1252", "replace"))
        return json.loads(data)  # half a character, a number beyond all bounds: Python's takes some of them


def _releases(value: Any, number: int) -> Iterator[Release]:
    """Give the releases of an item; those that a record only links to are not fetched."""
    if not isinstance(value, dict):
        return
    for inner in ("releases", "records"):
        listed = value.get(inner)
        if isinstance(listed, list):
            ocid = value.get("ocid")
            for each in listed:
                if isinstance(each, dict) and ("url" not in each or "date" in each):
                    for release in _releases(each, number):
                        yield Release(number, release.is_compiled, {"ocid": ocid, **release.data})
    compiled = value.get("compiledRelease")
    if isinstance(compiled, dict):
        yield Release(number, True, {"ocid": value.get("ocid"), **compiled})
    if not {"releases", "records", "compiledRelease"} & set(value):
        tags = value.get("tag")
        is_compiled = "compiled" in tags if isinstance(tags, list | str) else False
        yield Release(number, is_compiled, value)


def _named(head: bytes) -> str | None:
    found = re.search(rb'"publisher"\s*:\s*', head)
    if found is None:
        return None
    try:
        value, _ = json.JSONDecoder().raw_decode(head[found.end() : found.end() + 5000].decode("utf-8", "ignore"))
    except ValueError:
        return None
    name = value.get("name") if isinstance(value, dict) else value
    return name.strip() or None if isinstance(name, str) else None


def _shown(data: bytes) -> str:
    return data[:2000].decode("utf-8", "replace").replace("\x00", "\\0")
