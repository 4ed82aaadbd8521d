"""Measure how fast the registers' readers turn files into statements, on one core.

    python scripts/bench_registers.py [--entities 100000] [--lines 300000] [--whole] [--folder FOLDER]

Files are invented, in the registers' own formats (`generate_gleif.py`, `generate_psc.py`), and written first; reading
counts from the opened file to the last Arrow table. Each reader runs in a process of its own. Both the time on the
clock and that on the processor are printed: on a machine that others use, the second is the one to compare.
`--whole` reads as many records as the LEI register has (3.4 M entities, 0.5 M relations): the invented file again and
again under one header, without writing ten gigabytes.
"""

from __future__ import annotations

import argparse
import io
import json
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

import generate_gleif
import generate_psc

from longarm.ingest.formats.gleif_lei import GleifEntities
from longarm.ingest.formats.gleif_repex import GleifExceptions
from longarm.ingest.formats.gleif_rr import GleifRelations
from longarm.ingest.formats.psc import PersonsWithSignificantControl
from longarm.ingest.stream import Input, Reader

READERS: dict[str, Reader] = {
    r.name: r for r in (GleifEntities(), GleifRelations(), GleifExceptions(), PersonsWithSignificantControl())
}
AIMS = {"gleif-lei": 15_000, "psc": 60_000}
"""records a second on one core"""


class Again(io.RawIOBase):
    """A file of XML or JSON lines whose records come again until there are as many as asked for."""

    def __init__(self, path: Path, opening: bytes, times: int) -> None:
        super().__init__()
        data = path.read_bytes()
        first = data.index(opening) if opening else 0
        last = data.rindex(b"</", 0, data.rindex(b"</")) if opening else len(data)
        self._pieces = self._all(data[:first], data[first:last], data[last:], times)
        self._piece, self._at = b"", 0

    @staticmethod
    def _all(begin: bytes, middle: bytes, end: bytes, times: int) -> Iterator[bytes]:
        yield begin
        for _ in range(times):
            yield middle
        yield end

    def read(self, size: int = -1) -> bytes:
        """Give some bytes."""
        while self._at >= len(self._piece):
            found = next(self._pieces, None)
            if found is None:
                return b""
            self._piece, self._at = found, 0
        end = len(self._piece) if size < 0 else self._at + size
        given = self._piece[self._at : end]
        self._at += len(given)
        return given


def measure(name: str, path: Path, times: int) -> None:
    """Read one file and print what it took, as JSON; run in a process of its own."""
    opening = {"gleif-lei": b"<lei:LEIRecord>", "gleif-rr": b"<rr:RelationshipRecord>"}.get(name, b"")
    source = Input(str(path), lambda: path.open("rb"), "2026-11-24", path.stat().st_size)
    if times > 1:
        source = Input(str(path), lambda: Again(path, opening, times), "2026-11-24")  # type: ignore[arg-type]
    next(iter(READERS[name].read(source)))  # what is loaded once: the vocabulary, the tables of countries
    clock, processor = time.perf_counter(), time.process_time()
    statements = rejects = records = 0
    for chunk in READERS[name].read(source):
        statements += chunk.said.num_rows
        rejects += len(chunk.rejects)
        records = chunk.records
    found = {
        "records": records,
        "statements": statements,
        "rejects": rejects,
        "clock": time.perf_counter() - clock,
        "processor": time.process_time() - processor,
        "peak": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024,
    }
    print(json.dumps(found))


def files(folder: Path, entities: int, lines: int) -> Iterator[tuple[str, Path]]:
    """Write the files, each with its reader."""
    for part, name in (("lei", "gleif-lei"), ("rr", "gleif-rr"), ("repex", "gleif-repex")):
        for writing in ("xml", "json", "csv"):
            path = folder / f"{part}.{writing}"
            with path.open("wb") as out:
                generate_gleif.write(out, part, writing, generate_gleif.MAKERS[part](entities, 1, False))
            yield name, path
    path = folder / "psc-snapshot-2026-09-18.txt"
    with path.open("w", encoding="utf-8") as out:
        out.writelines(json.dumps(row, separators=(",", ":")) + "\n" for row in generate_psc.rows(lines, 1))
    yield "psc", path


def main() -> None:
    """Write, measure, print the table."""
    asked = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    asked.add_argument("--entities", type=int, default=100_000)
    asked.add_argument("--lines", type=int, default=300_000)
    asked.add_argument("--whole", action="store_true")
    asked.add_argument("--folder", type=Path)
    asked.add_argument("--measure", nargs=3, help=argparse.SUPPRESS)
    given = asked.parse_args()
    if given.measure:
        measure(given.measure[0], Path(given.measure[1]), int(given.measure[2]))
        return
    head = ("file", "records", "rec/s clock", "rec/s cpu", "aim", "statements/s cpu", "MiB/s", "peak MiB")
    print("{:<30}{:>11}{:>13}{:>11}{:>8}{:>18}{:>8}{:>10}".format(*head))
    with tempfile.TemporaryDirectory() as fresh:
        folder = given.folder or Path(fresh)
        folder.mkdir(parents=True, exist_ok=True)
        for name, path in files(folder, given.entities, given.lines):
            times = 1
            if given.whole and (path.suffix == ".xml" or name == "psc") and name != "gleif-repex":
                most = {"gleif-lei": 3_400_000, "gleif-rr": 500_000, "psc": 3_000_000}[name]
                times = -(
                    -most // {"gleif-lei": given.entities, "gleif-rr": given.entities // 7}.get(name, given.lines)
                )
            command = [sys.executable, __file__, "--measure", name, str(path), str(times)]
            done = subprocess.run(command, check=True, capture_output=True, text=True)  # noqa: S603 (this script itself)
            found = json.loads(done.stdout)
            size = path.stat().st_size * times / (1 << 20)
            cells = (
                f"{name} {path.suffix[1:]}" + (f" × {times}" if times > 1 else ""),
                f"{found['records']:,}",
                f"{found['records'] / found['clock']:,.0f}",
                f"{found['records'] / found['processor']:,.0f}",
                f"{AIMS[name]:,}" if name in AIMS else "",
                f"{found['statements'] / found['processor']:,.0f}",
                f"{size / found['processor']:,.0f}",
                f"{found['peak']:,.0f}",
            )
            print("{:<30}{:>11}{:>13}{:>11}{:>8}{:>18}{:>8}{:>10}".format(*cells), flush=True)


if __name__ == "__main__":
    main()
