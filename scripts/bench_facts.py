"""Facts at the size that the field has, on one core, side by side with followthemoney and DuckDB as a user calls them.

    python scripts/bench_facts.py [STATEMENTS] [--peers SHARE]

STATEMENTS is 2,000,000 if not given; 20,000,000 is what the issue asks for. Names are invented, the same on every run.
Everything is made in a temporary folder and removed.
"""

from __future__ import annotations

import argparse
import datetime as dt
import json
import resource
import shutil
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import duckdb
import numpy as np
import orjson
import pyarrow as pa
import pyarrow.parquet as pq
from followthemoney import model
from followthemoney.statement import Statement
from followthemoney.statement.entity import StatementEntity
from followthemoney.statement.serialize import get_statement_writer

import longarm
from longarm.ingest.stream import SAID, About, Chunk, Input
from longarm.model.options import IngestOptions
from longarm.model.tables import STATEMENTS
from longarm.store import decisions, lake
from longarm.workspace import assembling, loading, preparing
from longarm.workspace.entities import Entities

NOW = dt.datetime(2026, 11, 24, tzinfo=dt.UTC)
CHUNK = 250_000
PER_ENTITY = 5


def lines(entities: int) -> Iterator[str]:
    """Invented companies, people and holdings, as FollowTheMoney writes them."""
    for i in range(entities):
        kind = i % 3
        if kind == 0:
            properties = {
                "name": [f"Norhaven Works {i * 7919 % entities:x} Ltd"],
                "jurisdiction": [("gb", "de", "fr", "pt")[i % 4]],
                "registrationNumber": [f"{i * 31 % 10**8:08d}"],
                "address": [f"{i % 213} Quay Street, Port {i % 977}"],
                "incorporationDate": [f"{1950 + i % 70}-{1 + i % 12:02d}"],
            }
            yield json.dumps({"id": f"nh-c-{i:08d}", "schema": "Company", "properties": properties})
        elif kind == 1:
            properties = {"name": [f"Ines Caldeira {i:x}"], "birthDate": [f"{1940 + i % 60}-05"], "country": ["pt"]}
            yield json.dumps({"id": f"nh-p-{i:08d}", "schema": "Person", "properties": properties})
        else:
            properties = {
                "owner": [f"nh-p-{i - 1:08d}"],
                "asset": [f"nh-c-{i - 2:08d}"],
                "percentage": [str(i % 100)],
                "startDate": [f"{2000 + i % 25}"],
            }
            yield json.dumps({"id": f"nh-o-{i:08d}", "schema": "Ownership", "properties": properties})


class Arrow:
    """A reader that has its statements in memory: what is measured is the store alone."""

    name = "arrow"
    says = "statements in memory"

    def __init__(self, statements: int):
        self.statements = statements

    def recognises(self, head: bytes, name: str) -> float:  # noqa: ARG002 (as readers have it)
        return 0.0

    def about(self, source: Input) -> About:  # noqa: ARG002 (as readers have it)
        return About("Bench", "register", "register:bench", "Bench")

    def chunk(self, start: int, count: int) -> pa.Table:
        """Rows of invented entities, five each, in their order."""
        number = np.arange(start, start + count)
        entity, prop = number // PER_ENTITY, number % PER_ENTITY
        ids = pa.array([f"nh-{e:08d}" for e in range(entity[0], entity[-1] + 1)]).take(pa.array(entity - entity[0]))
        names = pa.array([f"Norhaven Works {e * 7919 % self.statements:x} Ltd" for e in entity[::PER_ENTITY].tolist()])
        few = pa.array([f"{n:02d}" for n in range(100)]).take(pa.array(number % 100))
        value = pa.array(ids.to_numpy(zero_copy_only=False))
        value = pa.compute.if_else(pa.array(prop == 0), ids, few)
        value = pa.compute.if_else(pa.array(prop == 1), names.take(pa.array((number - start) // PER_ENTITY)), value)
        made = {
            "entity_id": ids,
            "schema": _words(["Company"], np.zeros(count)),
            "prop": _words(["id", "name", "jurisdiction", "status", "sector"], prop),
            "prop_type": _words(["id", "name", "country", "string", "string"], prop),
            "value": value,
            "record": pa.array(entity + 1),
            "stance": _words(["asserted"], np.zeros(count)),
        }
        return pa.table({f.name: made.get(f.name, pa.nulls(count, f.type)) for f in SAID}, schema=SAID)

    def read(self, source: Input, *, start: tuple[int, int] = (0, 0)) -> Iterator[Chunk]:  # noqa: ARG002
        for at in range(start[1], self.statements, CHUNK):
            end = min(at + CHUNK, self.statements)
            yield Chunk(self.chunk(at, end - at), (), end // PER_ENTITY, end)


def _words(words: list[str], codes: np.ndarray) -> pa.DictionaryArray:
    return pa.DictionaryArray.from_arrays(pa.array(codes.astype(np.int32)), pa.array(words))


def clocked(act: Callable[[], Any]) -> tuple[float, float, Any]:
    """Give seconds of the processor, seconds of the wall, and what came of it."""
    wall, cpu = time.perf_counter(), time.process_time()
    done = act()
    return time.process_time() - cpu, time.perf_counter() - wall, done


def say(what: str, unit: str, count: int, timed: tuple[float, float, Any], more: str = "") -> None:
    """Print one row."""
    cpu, wall, _ = timed
    print(
        f"{what:<58} {count / cpu:>12,.0f} {unit}/s of one core  {count / wall:>12,.0f} on the wall  {more}", flush=True
    )


def write_arrow(folder: Path, statements: int) -> Any:
    """Statements from Arrow to a committed lake, and DuckDB's copy of the same from Parquet to Parquet."""
    ws = longarm.init(folder / "arrow")
    (folder / "none").write_bytes(b"bench")
    reader = Arrow(statements)
    place = preparing.inputs.found(str(folder / "none"))
    task = preparing.prepared(ws, reader, place, IngestOptions(), NOW, "bench")
    made = sum(
        clocked(lambda a=at: reader.chunk(a, min(CHUNK, statements - a)))[0] for at in range(0, statements, CHUNK)
    )
    cpu, wall, done = clocked(lambda: loading.load(ws, task))
    parts = decisions.parts(ws.database, STATEMENTS.name)
    size = sum(p.size for p in parts)
    assert done.statements == statements
    say(
        "longarm: Arrow → ids, de-duplicated, committed",
        "rows",
        statements,
        (cpu - made, wall - made, None),
        f"{size / statements:.1f} bytes a row, {len(parts)} parts",
    )
    files = [str(lake.path_of(ws.layout.parts, p)) for p in parts]
    with duckdb.connect(config={"threads": 1}) as connection:
        out = folder / "copy.parquet"
        query = f"COPY (FROM read_parquet({files!r})) TO '{out}' (COMPRESSION zstd)"
        timed = clocked(lambda: connection.execute(query))
        say(
            "DuckDB: Parquet → Parquet, no id, no check",
            "rows",
            statements,
            timed,
            f"{out.stat().st_size / statements:.1f} bytes a row",
        )
        out.unlink()
    return ws


def read_entities(folder: Path, entities: int, share: int) -> None:
    """FtM JSON lines to committed statements."""
    path = folder / "entities.ftm.jsonl"
    with path.open("w", encoding="utf-8") as out:
        for line in lines(entities):
            out.write(line + "\n")
    ws = longarm.init(folder / "ftm")
    timed = clocked(lambda: ws.ingest(path, IngestOptions(publisher_class="register")))
    rate = timed[2].statements / timed[0]
    say("longarm: FtM JSON lines → committed", "statements", timed[2].statements, timed)
    rows = path.read_bytes().split(b"\n", entities // share)[: entities // share]

    def theirs(target: Path | None) -> int:
        count = 0
        with (target or folder / "unused").open("wb") as out:
            writer = get_statement_writer(out, "csv")
            for row in rows:
                for statement in Statement.from_entity(model.get_proxy(orjson.loads(row)), "bench"):
                    count += 1
                    if target is not None:
                        writer.write(statement)
            writer.close()
        return count

    for what, target in (("in memory only", None), ("to a CSV file", folder / "theirs.csv")):
        timed = clocked(lambda t=target: theirs(t))
        say(
            f"followthemoney: FtM JSON lines → statements, {what}",
            "statements",
            timed[2],
            timed,
            f"longarm is {rate / (timed[2] / timed[0]):.1f} times as quick",
        )


def assemble(ws: Any, statements: int, share: int) -> None:
    """Statements to entities, with the ids of the statements beneath each value."""
    count = statements // PER_ENTITY
    timed = clocked(lambda: sum(t.num_rows for t in assembling.entities(ws)))
    assert timed[2] == count, (timed[2], count)
    say("longarm: statements → entities with provenance", "entities", count, timed)
    part = decisions.parts(ws.database, STATEMENTS.name)[0]
    some = statements // share // PER_ENTITY * PER_ENTITY
    rows = lake.read_part(ws.layout.parts, STATEMENTS, part).slice(0, some).to_pylist()
    wanted = ("entity_id", "prop", "schema", "value", "dataset")
    objects = [Statement(**{k: r[k] for k in wanted}, id=r["id"]) for r in rows]
    from followthemoney.dataset import Dataset

    dataset = Dataset.make({"name": "bench", "title": "Bench"})

    def theirs() -> int:
        return sum(
            bool(StatementEntity.from_statements(dataset, objects[at : at + PER_ENTITY]).to_dict())
            for at in range(0, len(objects), PER_ENTITY)
        )

    timed = clocked(theirs)
    say("followthemoney: statements in memory, sorted → entities", "entities", timed[2], timed)
    files = [str(lake.path_of(ws.layout.parts, p)) for p in decisions.parts(ws.database, STATEMENTS.name)]
    query = f"""SELECT entity_id, any_value(schema), map_from_entries(list((prop, vs)))
        FROM (SELECT entity_id, schema, prop, list((value, id)) AS vs FROM read_parquet({files!r}) GROUP BY ALL)
        GROUP BY entity_id"""  # noqa: S608
    with duckdb.connect(config={"threads": 1}) as connection:
        timed = clocked(lambda: sum(len(b) for b in connection.sql(query).to_arrow_reader(100_000)))
        say("DuckDB: SQL over the parts → entities with provenance", "entities", timed[2], timed)


def look_up(ws: Any, statements: int) -> None:
    """One entity by its id."""
    timed = clocked(lambda: Entities(ws))
    say("longarm: look-up index built", "statements", statements, timed)
    timed = clocked(lambda: Entities(ws))
    print(f"{'longarm: look-up index opened again':<58} {timed[1] * 1000:>12.1f} ms")
    found = timed[2]
    wanted = [f"nh-{e:08d}" for e in np.random.default_rng(1).integers(0, statements // PER_ENTITY, 20_000).tolist()]
    for what, act in (("statements", found.statements), ("entity", found.entity), ("neighbours", found.neighbours)):
        took, busy = [], []
        for entity in wanted:
            start, own = time.perf_counter_ns(), time.thread_time_ns()
            assert act(entity)
            busy.append(time.thread_time_ns() - own)
            took.append(time.perf_counter_ns() - start)
        p50, p99 = np.percentile(took, [50, 99]) / 1e6
        own50, own99 = np.percentile(busy, [50, 99]) / 1e6
        print(
            f"{f'longarm: {what} by id':<58} {p50:>12.4f} ms p50  {p99:.4f} ms p99 on the wall; "
            f"{own50:.4f} and {own99:.4f} ms of the processor"
        )
    files = [str(lake.path_of(ws.layout.parts, p)) for p in decisions.parts(ws.database, STATEMENTS.name)]
    with duckdb.connect(config={"threads": 1}) as connection:
        took = []
        for entity in wanted[:50]:
            start = time.perf_counter_ns()
            query = f"FROM read_parquet({files!r}) WHERE entity_id = ?"
            assert len(connection.execute(query, [entity]).fetchall()) == PER_ENTITY
            took.append(time.perf_counter_ns() - start)
        print(f"{'DuckDB: statements by id over the parts':<58} {np.median(took) / 1e6:>12.4f} ms p50")


def main() -> None:
    """Run it all."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("statements", nargs="?", type=int, default=2_000_000)
    parser.add_argument("--peers", type=int, default=10, help="slow peers get one in so many of the rows")
    given = parser.parse_args()
    statements = given.statements // PER_ENTITY * PER_ENTITY
    pa.set_cpu_count(1)
    model.get_proxy({"id": "warm", "schema": "Person", "properties": {}})
    folder = Path(tempfile.mkdtemp(prefix="longarm-bench-"))
    print(f"{statements:,} statements, pyarrow {pa.__version__}, DuckDB {duckdb.__version__}, parquet {pq.__name__}")
    try:
        ws = write_arrow(folder, statements)
        look_up(ws, statements)
        assemble(ws, statements, given.peers)
        read_entities(folder, statements // PER_ENTITY, given.peers)
        print(f"most memory: {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024:,.0f} MiB")
    finally:
        shutil.rmtree(folder)


if __name__ == "__main__":
    main()
