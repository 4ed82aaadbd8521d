"""BODS 0.4: statements a second on one core, ours beside libcovebods, on the same generated file.

libcovebods is under the AGPL: it is never imported here. It is installed into an environment of its own in a temporary
folder (`--peer`), and run in a process of its own; the list of registers that it fetches at its start is stubbed.

    python scripts/bench_bods.py [--statements 300000] [--peer] [--peer-statements 3000]
"""

from __future__ import annotations

import argparse
import json
import random
import resource
import subprocess
import sys
import tempfile
import time
import venv
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from longarm.ingest.formats import json_records
from longarm.ingest.formats.bods import Bods
from longarm.ingest.formats.bods_reading import START_KEYS
from longarm.ingest.formats.bods_schema import Unfit, decode
from longarm.ingest.formats.bods_series import Index
from longarm.ingest.stream import Input

_PEER = """
import sys, time
import libcove2.common
libcove2.common.get_orgids_prefixes = lambda *a, **k: ["GB-COH"]
import libcovebods.tasks.checks.record_based_checks as checks
checks.get_orgids_prefixes = libcove2.common.get_orgids_prefixes
from libcovebods.config import LibCoveBODSConfig
from libcovebods.data_reader import DataReader
from libcovebods.jsonschemavalidate import JSONSchemaValidator
from libcovebods.run_tasks import process_additional_checks
from libcovebods.schema import SchemaBODS
begin = time.process_time()
reader, config = DataReader(sys.argv[1]), LibCoveBODSConfig()
schema = SchemaBODS(reader, config)
faults = JSONSchemaValidator(schema).validate(reader)
found = process_additional_checks(reader, config, schema)["additional_checks"]
print(time.process_time() - begin, len(faults), len(found))
"""


def statements(count: int, seed: int = 4) -> Iterator[dict[str, Any]]:
    """Give statements as a register of significant control has them, in threes: a firm, a person, what joins them."""
    dice = random.Random(seed)  # noqa: S311 (invented data)
    made = 0
    while made < count:
        number = f"{made // 3:08}"
        for kind in ("entity", "person", "relationship"):
            if made < count:
                yield _statement(kind, number, dice)
                made += 1


def _statement(kind: str, number: str, dice: random.Random) -> dict[str, Any]:
    day = f"20{dice.randint(16, 25)}-{dice.randint(1, 12):02}-{dice.randint(1, 28):02}"
    details = {"entity": _entity, "person": _person, "relationship": _relationship}[kind](number, day, dice)
    return {
        "statementId": f"openownership-register-{kind[:4]}-{number}-{dice.getrandbits(40):010x}",
        "declarationSubject": f"GB-COH-{number}",
        "statementDate": day,
        "publicationDetails": {
            "publicationDate": "2026-01-05",
            "bodsVersion": "0.4",
            "license": "https://register.example.org/terms-and-conditions",
            "publisher": {"name": "Invented Register", "url": "https://register.example.org"},
        },
        "source": {
            "type": ["officialRegister"],
            "description": "Invented Register of Significant Control",
            "url": "https://download.example.org/en_pscdata.html",
            "retrievedAt": "2026-01-04T03:12:44Z",
            "assertedBy": [{"name": "Invented Companies House"}],
        },
        "recordId": {"entity": f"GB-COH-{number}", "person": f"GB-COH-PER-{number}"}.get(kind, f"GB-COH-REL-{number}"),
        "recordType": kind,
        "recordStatus": "new",
        "recordDetails": details,
    }


def _address(dice: random.Random, kind: str) -> dict[str, Any]:
    street = f"{dice.randint(1, 400)} {dice.choice(['High', 'Mill', 'Quay', 'Station'])} Street, Newtown"
    post = f"NT{dice.randint(1, 99)} {dice.randint(1, 9)}AB"
    return {"type": kind, "address": street, "postCode": post, "country": {"name": "United Kingdom", "code": "GB"}}


def _entity(number: str, day: str, dice: random.Random) -> dict[str, Any]:
    return {
        "isComponent": False,
        "entityType": {"type": "registeredEntity"},
        "name": f"{dice.choice(['Harbour', 'Northern', 'Cedar'])} {dice.choice(['Cranes', 'Data'])} {number} LTD",
        "jurisdiction": {"name": "United Kingdom of Great Britain and Northern Ireland (the)", "code": "GB"},
        "identifiers": [{"scheme": "GB-COH", "schemeName": "Companies House", "id": number}],
        "foundingDate": day,
        "addresses": [_address(dice, "registered")],
        "uri": f"https://opencorporates.example.org/companies/gb/{number}",
    }


def _person(number: str, _: str, dice: random.Random) -> dict[str, Any]:
    given, family = f"{dice.choice(['Ada', 'Juán', 'Mei', 'Olu'])} {number}", dice.choice(["Kraner", "Łuczak", "Obi"])
    return {
        "isComponent": False,
        "personType": "knownPerson",
        "names": [{"type": "legal", "fullName": f"{given} {family}", "familyName": family, "givenName": given}],
        "nationalities": [{"name": "United Kingdom", "code": "GB"}],
        "birthDate": f"19{dice.randint(40, 99)}-{dice.randint(1, 12):02}",
        "addresses": [_address(dice, "service")],
    }


def _relationship(number: str, day: str, dice: random.Random) -> dict[str, Any]:
    low = dice.choice([25, 50, 75])
    common = {
        "share": {"exclusiveMinimum": low, "maximum": low + 25},
        "directOrIndirect": "unknown",
        "beneficialOwnershipOrControl": True,
        "startDate": day,
    }
    return {
        "isComponent": False,
        "subject": f"GB-COH-{number}",
        "interestedParty": f"GB-COH-PER-{number}",
        "interests": [
            {"type": "shareholding", "details": f"ownership-of-shares-{low}-to-{low + 25}-percent", **common},
            {"type": "votingRights", "details": f"voting-rights-{low}-to-{low + 25}-percent", **common},
        ],
    }


def write(path: Path, count: int, *, lines: bool) -> None:
    """Write a generated file."""
    with path.open("w", encoding="utf-8") as file:
        file.write("" if lines else "[\n")
        for number, each in enumerate(statements(count)):
            between = "" if not number else "\n" if lines else ",\n"
            file.write(between + json.dumps(each, ensure_ascii=False, separators=(",", ":")))
        file.write("\n" if lines else "\n]\n")


def validated(path: Path) -> tuple[float, int]:
    """Validate a file and ask the whole of it, as the first pass of the reader does; give seconds and statements."""
    begin, index = time.process_time(), Index()
    with path.open("rb") as stream:
        for batch in json_records.batches(stream, START_KEYS):
            for piece in batch.pieces:
                try:
                    index.add(decode(piece.data))
                except Unfit as fault:
                    raise SystemExit(f"a generated statement is refused: {fault}") from None
    index.settle()
    return time.process_time() - begin, index.count


def read(path: Path) -> tuple[float, int, int]:
    """Read a file whole; give seconds, statements and rows."""
    source = Input(path.name, lambda: path.open("rb"), "2026-11-24", path.stat().st_size)
    begin, rows, records = time.process_time(), 0, 0
    for chunk in Bods().read(source):
        rows, records = rows + chunk.said.num_rows, chunk.records
        if chunk.rejects or chunk.warnings:
            raise SystemExit(f"a generated statement is reported: {chunk.rejects[:1]} {chunk.warnings[:1]}")
    return time.process_time() - begin, records, rows


def peer(folder: Path, count: int) -> None:
    """Run libcovebods on a smaller file of the same kind."""
    environment = folder / "peer"
    venv.create(environment, with_pip=True)
    python = environment / "bin" / "python"
    install = [python, "-m", "pip", "install", "-q", "libcovebods==0.16.0"]
    subprocess.run(install, check=True)  # noqa: S603 (our own words)
    path = folder / "peer.json"
    write(path, count, lines=False)
    run = subprocess.run([python, "-c", _PEER, path], check=True, capture_output=True, text=True)  # noqa: S603 (as above)
    seconds, schema, others = run.stdout.split()
    print(f"libcovebods 0.16.0: validated {count / float(seconds):>13,.0f} statements/s", end="")
    print(f"  ({count:,} statements, {schema} faults by the schema, {others} by other checks)")


def main() -> int:
    """Print the table."""
    asked = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    asked.add_argument("--statements", type=int, default=300_000)
    asked.add_argument("--peer", action="store_true", help="install and run libcovebods in a temporary folder")
    asked.add_argument("--peer-statements", type=int, default=3_000)
    given = asked.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        warm = Path(folder) / "warm.json"
        write(warm, 3_000, lines=True)
        read(warm)  # the vocabulary is imported once a process
        for name, lines in (("array", False), ("lines", True)):
            path = Path(folder) / f"{name}.json"
            write(path, given.statements, lines=lines)
            size = path.stat().st_size / given.statements
            seconds, count = validated(path)
            print(
                f"longarm, {name}: validated {count / seconds:>15,.0f} statements/s  ({count:,} of {size:,.0f} bytes)"
            )
            seconds, count, rows = read(path)
            print(f"longarm, {name}: read whole {count / seconds:>14,.0f} statements/s  ({rows / seconds:,.0f} rows/s)")
        print(f"longarm: highest memory {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024:,.0f} MiB")
        if given.peer:
            peer(Path(folder), given.peer_statements)
    return 0


if __name__ == "__main__":
    sys.exit(main())
