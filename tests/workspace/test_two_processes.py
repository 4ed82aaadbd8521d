"""Two processes load into one workspace at once: nothing is lost, nothing is there twice."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
import sqlalchemy as sa

import longarm

ENTITY = {"schema": "Company", "properties": {"jurisdiction": ["pt"]}}


@pytest.fixture(params=["sqlite", pytest.param("postgresql", marks=pytest.mark.postgresql)])
def environment(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[dict[str, str]]:
    """Where the decisions lie."""
    env = {k: v for k, v in os.environ.items() if k != "LONGARM_DATABASE"}
    if request.param == "sqlite":
        yield env
        return
    given = os.environ.get("LONGARM_TEST_POSTGRESQL")
    if not given:
        pytest.fail("LONGARM_TEST_POSTGRESQL names no server; scripts/test-all.sh starts one")
    server = sa.create_engine(given, isolation_level="AUTOCOMMIT")
    name = f"longarm_two_{os.getpid()}"
    with server.connect() as connection:
        connection.execute(sa.text(f'DROP DATABASE IF EXISTS "{name}"'))
        connection.execute(sa.text(f'CREATE DATABASE "{name}"'))
    yield {**env, "LONGARM_DATABASE": given.replace("/postgres?", f"/{name}?")}
    with server.connect() as connection:
        connection.execute(sa.text(f'DROP DATABASE "{name}" WITH (FORCE)'))
    server.dispose()


def run(root: Path, env: dict[str, str], *args: str) -> subprocess.Popen[str]:
    """The command line in a process of its own."""
    command = [sys.executable, "-m", "longarm.cli", "--workspace", str(root), *args]
    return subprocess.Popen(command, env=env, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)


def ended(process: subprocess.Popen[str]) -> int:
    """Wait for its end."""
    process.communicate(timeout=60)
    return process.returncode


def written(path: Path, name: str, count: int) -> Path:
    """A file of entities."""
    path.write_text("".join(json.dumps({"id": f"{name}-{i}", **ENTITY}) + "\n" for i in range(count)), "utf-8")
    return path


def test_two_sources_at_once_are_both_there_whole(tmp_path: Path, environment: dict[str, str]) -> None:
    """Into one dataset, by one reader: they meet in one place of the manifest."""
    root = tmp_path / "ws"
    longarm.init(root)
    assert ended(run(root, environment, "lake", "log")) == 0
    files = [written(tmp_path / f"{n}.jsonl", n, 300) for n in "ab"]
    loads = [run(root, environment, "ingest", str(f), "--dataset", "both", "--json") for f in files]
    for load in loads:
        out, err = load.communicate(timeout=120)
        assert load.returncode == 0, out + err
    said = run(root, environment, "lake", "stats", "--json")
    found = json.loads(said.communicate(timeout=60)[0])
    (row,) = (r for r in found["tables"] if r["table"] == "statements")
    assert (row["rows"], found["commits"]) == (1200, 2)
    assert ended(run(root, environment, "verify")) == 0


def test_the_same_source_at_once_is_there_once(tmp_path: Path, environment: dict[str, str]) -> None:
    """One of them loads it; the other finds it done, or is told that somebody is at it."""
    root = tmp_path / "ws"
    longarm.init(root)
    assert ended(run(root, environment, "lake", "log")) == 0
    file = written(tmp_path / "a.jsonl", "a", 300)
    loads = [run(root, environment, "ingest", str(file), "--json") for _ in range(2)]
    done = [(load.communicate(timeout=120), load.returncode) for load in loads]
    assert 0 in {code for _, code in done}
    for (out, err), code in done:
        assert code == 0 or "another process" in out + err, out + err
    said = run(root, environment, "lake", "stats", "--json")
    found = json.loads(said.communicate(timeout=60)[0])
    (row,) = (r for r in found["tables"] if r["table"] == "statements")
    assert (row["rows"], found["commits"]) == (600, 1)
