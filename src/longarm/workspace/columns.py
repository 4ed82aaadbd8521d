"""Statements at scale: the same as `OnFile.statements`, as Arrow, by DuckDB over the parts, with both clocks.

`known_at` leaves out what was not known on a day, and what was not known to have ended goes on. `as_of` leaves out
what was certainly not so on a day; what a partial date leaves open stays, and says so in the column `in_force`.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any, Final

from longarm.errors import Damaged
from longarm.model import dates
from longarm.store import decisions, lake

if TYPE_CHECKING:
    import duckdb
    import pyarrow as pa

    from longarm.workspace.store import OnFile

BATCH: Final = 100_000
"""rows that are given at a time"""
_MEMORY: Final = "1GB"
_NEVER: Final = "9999-99"
"""after every day"""

# A partial date holds what begins with it: cut to its length, a day is before it, inside it or after it.
_CERTAINLY_NOT: Final = """
    (valid_from IS NOT NULL AND left($as_of, length(valid_from)) < valid_from)
    OR (valid_to IS NOT NULL AND left($as_of, length(valid_to)) > valid_to)
"""
_UNCLEAR: Final = """
    (length(valid_from) < 10 AND left($as_of, length(valid_from)) = valid_from
        AND $as_of <> CASE length(valid_from) WHEN 4 THEN valid_from || '-12-31'
                      ELSE strftime(last_day(CAST(valid_from || '-01' AS DATE)), '%Y-%m-%d') END)
    OR (length(valid_to) < 10 AND left($as_of, length(valid_to)) = valid_to)
"""


def statements(
    ws: OnFile,
    *,
    as_of: str | None = None,
    known_at: str | None = None,
    entities: Sequence[str] | None = None,
    columns: Sequence[str] | None = None,
) -> pa.Table:
    """Give the statements as one table, in no order of note. Raises Damaged; ValueError for a date that is no day."""
    with reading(ws, as_of=as_of, known_at=known_at, entities=entities) as (connection, query, values):
        chosen = ", ".join(f'"{c}"' for c in columns) if columns else "*"
        return connection.sql(f"SELECT {chosen} FROM ({query})", params=values).to_arrow_table()


def batches(ws: OnFile, *, as_of: str | None = None, known_at: str | None = None) -> Iterator[pa.RecordBatch]:
    """Give the statements a batch at a time, so that any number of them can be read. Raises as `statements` does."""
    with reading(ws, as_of=as_of, known_at=known_at) as (connection, query, values):
        yield from connection.sql(query, params=values).to_arrow_reader(BATCH)


@contextmanager
def reading(
    ws: OnFile, *, as_of: str | None = None, known_at: str | None = None, entities: Sequence[str] | None = None
) -> Iterator[tuple[duckdb.DuckDBPyConnection, str, dict[str, Any]]]:
    """Give a connection, a query for the statements, and its values: to be read, or built upon."""
    import duckdb

    from longarm.model.tables import ENDINGS, STATEMENTS

    for day in (as_of, known_at):
        if day is not None:
            dates.whole_day(day)
    config: dict[str, str | bool | int | float | list[str]] = {
        "memory_limit": _MEMORY,
        "autoinstall_known_extensions": False,
        "autoload_known_extensions": False,
    }
    config["temp_directory"] = str(ws.layout.derived / "sorting")  # where a sort that is too large goes
    with duckdb.connect(config=config) as connection:
        _register(ws, connection, known_at)
        values: dict[str, Any] = {"known_at": known_at or _NEVER}
        names = [n for n in STATEMENTS.schema.names if n not in ("valid_to", "last_seen", "origin")]
        ended = (
            f"FROM ({_table(ws, ENDINGS)}) SELECT statement, min(ended) AS ended WHERE known <= $known_at GROUP BY ALL"
        )
        said = f"""
            SELECT {", ".join(f's."{n}"' for n in names)},
                coalesce(o.origin, s.origin) AS origin,
                coalesce(s.valid_to, e.ended) AS valid_to,
                CASE WHEN e.ended IS NULL THEN greatest(s.last_seen, c.day) ELSE s.last_seen END AS last_seen
            FROM ({_table(ws, STATEMENTS, is_once=True)}) s
            LEFT JOIN ({ended}) e ON e.statement = s.id
            LEFT JOIN confirmed c ON c.document = s.document
            LEFT JOIN origins o ON o.id = s.id
            WHERE s.first_seen <= $known_at AND s.id NOT IN (SELECT id FROM withdrawn)
        """
        if entities is not None:
            connection.register("wanted", _column("id", entities))
            said += " AND s.entity_id IN (SELECT id FROM wanted)"
        order = ", ".join(f'"{n}"' for n in STATEMENTS.schema.names)
        query = f"SELECT {order} FROM ({said})"
        if as_of is not None:
            values["as_of"] = as_of
            in_force = f"CASE WHEN {_UNCLEAR} THEN 'unclear' ELSE 'yes' END AS in_force"
            query = f"SELECT *, {in_force} FROM ({query}) WHERE NOT coalesce(({_CERTAINLY_NOT}), false)"
        yield connection, query, values


def _register(ws: OnFile, connection: duckdb.DuckDBPyConnection, known_at: str | None) -> None:
    """Lay out the small tables that decide what is read."""
    import pyarrow as pa

    confirmed = ws.confirmed(known_at)
    text = pa.string()
    connection.register(
        "confirmed",
        pa.table({"document": pa.array(list(confirmed), text), "day": pa.array(list(confirmed.values()), text)}),
    )
    connection.register("withdrawn", _column("id", sorted(i for i in ws.withdrawn(known_at) if " " not in i)))
    origins = _origins(ws, connection, known_at)
    connection.register(
        "origins", pa.table({"id": pa.array(list(origins), text), "origin": pa.array(list(origins.values()), text)})
    )


def _column(name: str, values: Sequence[str]) -> pa.Table:
    import pyarrow as pa

    return pa.table({name: pa.array(list(values), pa.string())})


def _origins(ws: OnFile, connection: duckdb.DuckDBPyConnection, known_at: str | None) -> dict[str, str]:
    """Give the statements whose origin a decision on echoes changes, with the new one."""
    from longarm.model.tables import STATEMENTS

    groups = [g for g in ws.decided("origin", known_at) if g["members"]]
    if not groups:
        return {}
    from longarm.echo.origins import applied

    connection.register("members", _column("id", sorted({m["document"] for g in groups for m in g["members"]})))
    query = f"SELECT * FROM ({_table(ws, STATEMENTS, is_once=True)}) WHERE document IN (SELECT id FROM members)"
    rows = connection.sql(query).to_arrow_table().to_pylist()
    return {new["id"]: new["origin"] for old, new in zip(rows, applied(rows, groups), strict=True) if old != new}


def _table(ws: OnFile, contract: Any, *, is_once: bool = False) -> str:
    """Give a query over the parts of a table; of rows that came twice, as cases may write them, the first."""
    parts = decisions.parts(ws.database, contract.name)
    types = {n: "BIGINT" if str(t) == "int64" else "VARCHAR" for n, t, *_ in contract.columns}
    empty = "SELECT " + ", ".join(f'CAST(NULL AS {t}) AS "{n}"' for n, t in types.items()) + " WHERE false"
    names = ", ".join(f'"{n}"' for n in types)
    pieces = [empty]
    if loaded := [_path(ws, p) for p in parts if p.scope]:
        files = ", ".join(f"'{f}'" for f in loaded)
        read = f"FROM read_parquet([{files}], union_by_name = true)"
        pieces.append(f"SELECT {names} FROM ({empty} UNION ALL BY NAME {read})")
    if others := [_path(ws, p) for p in parts if not p.scope]:
        read = " UNION ALL BY NAME ".join(f"SELECT *, {n} AS part FROM '{f}'" for n, f in enumerate(others))
        once = f"QUALIFY row_number() OVER (PARTITION BY {contract.key[0]} ORDER BY part) = 1" if is_once else ""
        pieces.append(f"SELECT {names} FROM ({empty} UNION ALL BY NAME {read}) {once}")
    return " UNION ALL BY NAME ".join(f"({p})" for p in pieces)


def _path(ws: OnFile, part: lake.Part) -> str:
    """Give where a part lies. Raises Damaged where it is missing or cut short; `verify` looks at every byte."""
    path = lake.path_of(ws.layout.parts, part)
    try:
        size = path.stat().st_size
    except OSError:
        size = -1
    if size != part.size:
        what = "is missing" if size < 0 else f"has {size:,} bytes, not {part.size:,}"
        raise Damaged(f"part '{part.hash}' of table '{part.table}' {what}", mend="'longarm verify' lists all damage")
    return str(path).replace("'", "''")
