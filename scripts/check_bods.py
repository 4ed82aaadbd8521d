"""BODS 0.4: what we take and report, beside what libcovebods says, file by file.

libcovebods is under the AGPL: it is an oracle here, installed into an environment of its own in a temporary folder and
run in a process of its own; the list of registers that it fetches at its start is stubbed with ours.

    python scripts/check_bods.py [--suite CHECKOUT/tests/fixtures/0.4] [--fixtures] [--ours]

`--suite` is the public suite of lib-cove-bods, from a checkout outside this repository; `--fixtures` installs
`bods-v04-fixtures` beside the oracle; `--ours` takes the cases of tests/ingest/formats. Ends with 1 where a valid file
is refused, an invalid one is taken, or a file that fails a check is passed without a word.
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
import tempfile
import venv
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from longarm.errors import SourceError
from longarm.ingest.formats.bods import Bods
from longarm.ingest.formats.bods_schemes import REGISTERS
from longarm.ingest.stream import Input

_ORACLE = """
import json, sys
import libcove2.common
known = json.loads(sys.stdin.readline())
libcove2.common.get_orgids_prefixes = lambda *a, **k: known
import libcovebods.tasks.checks.record_based_checks as checks
checks.get_orgids_prefixes = libcove2.common.get_orgids_prefixes
from libcovebods.config import LibCoveBODSConfig
from libcovebods.data_reader import DataReader
from libcovebods.jsonschemavalidate import JSONSchemaValidator
from libcovebods.run_tasks import process_additional_checks
from libcovebods.schema import SchemaBODS
for path in sys.stdin.read().splitlines():
    try:
        reader, config = DataReader(path), LibCoveBODSConfig()
        schema = SchemaBODS(reader, config)
        faults = len(JSONSchemaValidator(schema).validate(reader))
        found = sorted(each["type"] for each in process_additional_checks(reader, config, schema)["additional_checks"])
    except Exception as fault:
        faults, found = 0, [f"it fails itself: {fault!r}"]
    print(json.dumps([faults, found]))
"""


def ours(path: Path) -> tuple[list[str], list[str]]:
    """Give what we refuse and what we report."""
    source = Input(path.name, lambda: path.open("rb"), "2026-11-24", path.stat().st_size)
    try:
        chunks = list(Bods().read(source))
    except SourceError as fault:
        return [fault.message], []
    return [r.reason for c in chunks for r in c.rejects], [w for c in chunks for w in c.warnings]


def oracle(python: Path, paths: list[Path]) -> list[tuple[int, list[str]]]:
    """Give what libcovebods says: faults by the schema, and the names of failed checks."""
    asked = "\n".join([json.dumps(sorted(REGISTERS)), *map(str, paths)])
    done = subprocess.run([python, "-c", _ORACLE], input=asked, capture_output=True, text=True, check=True)  # noqa: S603
    return [tuple(json.loads(line)) for line in done.stdout.splitlines()]


def cases(folder: Path) -> Iterator[tuple[str, Path]]:
    """Write the cases of our tests as files."""
    sys.path[:0] = [str(Path(__file__).parents[1] / "tests" / part) for part in ("ingest/formats", "")]
    import test_bods_checks as table

    listed: list[tuple[str, str, Any]] = [("valid", name, given) for name, given in table.PASSES.items()]
    listed += [("check", name, given) for name, (given, _) in table.REPORTED.items()]
    listed += [("check", name, given) for name, (given, _, _) in table.REFUSED.items()]
    for kind, name, given in listed:
        path = folder / f"{kind} {name}.json"
        path.write_text(json.dumps(given), "utf-8")
        yield kind, path


def suite(folder: Path) -> Iterator[tuple[str, Path]]:
    """Give the files of the public suite by what they must show."""
    for kind, pattern in (
        ("valid", "valid-schema/*.json"),
        ("invalid", "invalid-schema/*.json"),
        ("check", "additional-checks/*-invalid-*.json"),
        ("passes", "additional-checks/*-valid-*.json"),
        ("other", "*.json"),
    ):
        for path in sorted(folder.glob(pattern)):
            yield kind, path


def main() -> int:
    """Print what differs, and the totals."""
    asked = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    asked.add_argument("--suite", type=Path)
    asked.add_argument("--fixtures", action="store_true")
    asked.add_argument("--ours", action="store_true")
    given = asked.parse_args()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        venv.create(folder / "oracle", with_pip=True)
        python = folder / "oracle" / "bin" / "python"
        install = [python, "-m", "pip", "install", "-q", "libcovebods==0.16.0", "bods-v04-fixtures==0.1.1"]
        subprocess.run(install, check=True)  # noqa: S603 (our own words)
        files = [*suite(given.suite)] if given.suite else []
        if given.fixtures:
            found = sorted((folder / "oracle").glob("lib/python*/site-packages/bods_fixtures/data/*/*.json"))
            files += [("valid", path) for path in found]
        if given.ours:
            (folder / "ours").mkdir()
            files += cases(folder / "ours")
        return _compared(files, oracle(python, [path for _, path in files]))


def _compared(files: list[tuple[str, Path]], said: list[tuple[int, list[str]]]) -> int:
    total, good, differs = Counter[str](), Counter[str](), 0
    for (kind, path), (faults, found) in zip(files, said, strict=True):
        refused, reported = ours(path)
        total[kind] += 1
        fit = {"valid": not refused, "invalid": bool(refused), "check": bool(refused or reported)}.get(kind, True)
        good[kind] += fit
        if not fit:
            print(f"MISSED  {kind} {path.name}: {refused[:1]} {reported[:1]}")
        if bool(refused or reported) != bool(faults or found):
            differs += 1
            print(f"differs {kind} {path.name}: ours {[*refused, *reported][:2]}")
            print(f"        oracle: {faults} faults by the schema, {found[:3]}")
    for kind in total:
        print(f"{kind:8} {good[kind]} of {total[kind]} as they must be")
    print(f"{differs} of {len(files)} files where one says something and the other nothing")
    return 0 if good == total else 1


if __name__ == "__main__":
    sys.exit(main())
