"""Decisions: one suite, every database. SQLite always; PostgreSQL where a server is given."""

from __future__ import annotations

import datetime as dt
import os
from collections.abc import Iterator
from pathlib import Path

import pytest
import sqlalchemy as sa

from longarm.errors import WorkspaceError
from longarm.store import decisions
from longarm.store.decisions import Decision, Stamp
from longarm.store.lake import Part

STAMP = Stamp(dt.datetime(2026, 11, 24, 9, 30, tzinfo=dt.UTC), "somebody", "longarm 0")
PART = Part("statements", "a" * 64, 3, 100)


@pytest.fixture(params=["sqlite", pytest.param("postgresql", marks=pytest.mark.postgresql)])
def address(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """An empty database."""
    if request.param == "sqlite":
        yield f"sqlite:///{tmp_path / 'decisions.sqlite'}"
        return
    given = os.environ.get("LONGARM_TEST_POSTGRESQL")
    if not given:
        pytest.fail("LONGARM_TEST_POSTGRESQL names no server; scripts/test-all.sh starts one")
    server = sa.create_engine(given, isolation_level="AUTOCOMMIT")
    name = f"longarm_{tmp_path.name.replace('-', '_').lower()}"[:60]
    with server.connect() as connection:
        connection.execute(sa.text(f'DROP DATABASE IF EXISTS "{name}"'))
        connection.execute(sa.text(f'CREATE DATABASE "{name}"'))
    yield given.replace("/postgres?", f"/{name}?")
    with server.connect() as connection:
        connection.execute(sa.text(f'DROP DATABASE "{name}" WITH (FORCE)'))
    server.dispose()


@pytest.fixture
def database(address: str) -> Iterator[sa.Engine]:
    """The database, opened."""
    engine = decisions.connect(address)
    yield engine
    engine.dispose()


def test_a_commit_is_seen_whole(database: sa.Engine) -> None:
    """Parts, decisions and the audit entry, in one transaction."""
    said = [Decision("case", "liege", {"id": "liege"}, "2026-11-23")]
    seq = decisions.commit(database, STAMP, source="case", dataset="liege", parts=[PART], decisions=said)
    assert decisions.parts(database, "statements") == [PART]
    assert decisions.decisions(database, "case") == said
    assert decisions.commits(database)[0]["seq"] == seq
    with database.connect() as connection:
        assert connection.execute(sa.select(sa.func.count()).select_from(decisions.AUDIT)).scalar() == 1


def test_a_commit_that_fails_leaves_nothing(database: sa.Engine) -> None:
    """The same part twice in one commit breaks it: then there is no commit, no decision, no audit entry."""
    said = [Decision("case", "liege", {}, "2026-11-23")]
    with pytest.raises(sa.exc.IntegrityError):
        decisions.commit(database, STAMP, source="x", dataset="x", parts=[PART, PART], decisions=said)
    assert decisions.commits(database) == []
    assert decisions.decisions(database, "case") == []
    with database.connect() as connection:
        assert connection.execute(sa.select(sa.func.count()).select_from(decisions.AUDIT)).scalar() == 0


def test_what_was_decided_later_was_not_known_before(database: sa.Engine) -> None:
    """Known time covers decisions too."""
    for day, value in (("2026-01-01", 1), ("2026-06-01", 2)):
        decisions.commit(database, STAMP, source="x", dataset="x", parts=[], decisions=[Decision("n", "s", value, day)])
    assert [d.value for d in decisions.decisions(database, "n")] == [1, 2]
    assert [d.value for d in decisions.decisions(database, "n", "2026-03-01")] == [1]


def test_the_head_changes_with_every_part_and_decision(database: sa.Engine) -> None:
    """What derived data are keyed by."""
    heads = {decisions.head(database)}
    decisions.commit(database, STAMP, source="x", dataset="x", parts=[PART])
    heads.add(decisions.head(database))
    decisions.commit(
        database, STAMP, source="x", dataset="x", parts=[], decisions=[Decision("n", "s", 1, "2026-01-01")]
    )
    heads.add(decisions.head(database))
    assert len(heads) == 3


def test_opening_twice_changes_nothing(address: str) -> None:
    """The tables are made once, by Alembic."""
    first = decisions.connect(address)
    decisions.commit(first, STAMP, source="x", dataset="x", parts=[PART])
    first.dispose()
    second = decisions.connect(address)
    assert decisions.parts(second, "statements") == [PART]
    second.dispose()


def test_the_migrations_make_the_tables_that_the_code_uses(database: sa.Engine) -> None:
    """Alembic finds no difference between them."""
    from alembic.autogenerate import compare_metadata
    from alembic.migration import MigrationContext

    with database.connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True})
        different = [d for d in compare_metadata(context, decisions.METADATA) if d[0] != "modify_comment"]
        different = [d for d in different if not (isinstance(d, list) and d[0][0] == "modify_comment")]
    assert different == []


def test_tables_of_a_newer_program_are_refused(address: str) -> None:
    """Never guessed at."""
    engine = decisions.connect(address)
    with engine.begin() as connection:
        connection.execute(sa.text("UPDATE alembic_version SET version_num = '9999'"))
    engine.dispose()
    with pytest.raises(WorkspaceError, match="another version"):
        decisions.connect(address)


def test_a_database_that_cannot_be_opened_is_said_to_be_so(tmp_path: Path) -> None:
    """Never a traceback for a user's mistake."""
    with pytest.raises(WorkspaceError, match="cannot be opened"):
        decisions.connect(f"sqlite:///{tmp_path / 'no' / 'such' / 'folder.sqlite'}")
