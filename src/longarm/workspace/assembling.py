"""Statements to FollowTheMoney entities at scale: tables of JSON, with the statements beneath each value.

By Arrow: the rows of an entity stand together in the order of properties and values, and are joined as texts.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import TYPE_CHECKING, Final

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from longarm.model import vocabulary
from longarm.model.statement import BASE

if TYPE_CHECKING:
    from longarm.workspace.store import OnFile

_NEEDED: Final = '"entity_id", "schema", "prop", "value", "id"'
ENTITIES: Final = 200_000
"""entities that are put together at once"""


def entities(ws: OnFile, known_at: str | None = None) -> Iterator[pa.Table]:
    """Give tables of (id, json): one FollowTheMoney entity a row, sorted by id, its `statements` beside its properties.

    `{"id", "schema", "properties": {P: [V]}, "statements": {P: [[ID]]}}`: the ids of each value in the order of values.
    """
    from longarm.workspace import columns

    with columns.reading(ws, known_at=known_at) as (connection, query, values):
        ordered = f"SELECT {_NEEDED} FROM ({query}) ORDER BY entity_id, prop, value, id"  # noqa: S608 (names of ours)
        left: pa.Table | None = None
        for batch in connection.sql(ordered, params=values).to_arrow_reader(ENTITIES * 5):
            table = pa.Table.from_batches([batch])
            if left is not None:
                table = pa.concat_tables([left, table]).combine_chunks()
            last = table.column("entity_id")[-1]
            whole = pc.index(table.column("entity_id"), last).as_py()
            left = table.slice(whole)
            if whole:
                yield _assembled(table.slice(0, whole))
        if left is not None:
            yield _assembled(left)


def _assembled(rows: pa.Table) -> pa.Table:
    """Put together entities whose rows stand together, in the order of property, value, id."""
    rows = rows.combine_chunks()
    mixed = _mixed(rows)
    if not mixed.any():
        return _alike(rows)
    pieces = [_one_by_one(rows.filter(pa.array(mixed)))]
    if not mixed.all():
        pieces.append(_alike(rows.filter(pa.array(~mixed)).combine_chunks()))
    return pa.concat_tables(pieces).sort_by("id")


def _alike(rows: pa.Table) -> pa.Table:
    """Put together entities of one schema each."""
    entity, schema, prop = (rows.column(n).combine_chunks() for n in ("entity_id", "schema", "prop"))
    starts = _starts(entity)
    named = pc.not_equal(prop, BASE)
    kept = rows.filter(named).combine_chunks()
    places = np.cumsum(_changes(entity))[named.to_numpy(zero_copy_only=False)] - 1
    values_at = _starts(*(kept.column(n).combine_chunks() for n in ("entity_id", "prop", "value")))
    one = kept.take(pa.array(values_at))
    beneath = _listed(_quoted(kept.column("id").combine_chunks()), values_at, kept.num_rows, "[", "]")
    props_at = _starts(*(one.column(n).combine_chunks() for n in ("entity_id", "prop")))
    keys = _quoted(one.column("prop").combine_chunks().take(pa.array(props_at)))
    of_props = _listed(_quoted(one.column("value").combine_chunks()), props_at, one.num_rows, "[", "]")
    of_ids = _listed(beneath, props_at, one.num_rows, "[", "]")
    at = places[values_at][props_at]
    first = np.searchsorted(at, np.arange(len(starts)))
    properties = _listed(pc.binary_join_element_wise(keys, of_props, ":"), first, len(at), "{", "}")
    statements = _listed(pc.binary_join_element_wise(keys, of_ids, ":"), first, len(at), "{", "}")
    names = entity.take(pa.array(starts))
    texts = pc.binary_join_element_wise(
        '{"id":',
        _quoted(names),
        ',"properties":',
        properties,
        ',"schema":',
        _quoted(schema.take(pa.array(starts))),
        ',"statements":',
        statements,
        "}",
        "",
    )
    return pa.table({"id": names, "json": texts})


def _changes(*columns: pa.Array) -> np.ndarray:
    """Say of each row whether one of some columns differs from the row before."""
    differs = np.ones(len(columns[0]), dtype=np.bool_)
    if len(differs) > 1:
        differs[1:] = False
        for column in columns:
            differs[1:] |= pc.not_equal(column.slice(1), column.slice(0, len(column) - 1)).to_numpy(
                zero_copy_only=False
            )
    return differs


def _starts(*columns: pa.Array) -> np.ndarray:
    return np.flatnonzero(_changes(*columns))


def _listed(texts: pa.Array, starts: np.ndarray, count: int, opening: str, closing: str) -> pa.Array:
    """Join the texts from each start to the next by commas, in brackets."""
    offsets = pa.array(np.append(starts, count).astype(np.int32))
    joined = pc.binary_join(pa.ListArray.from_arrays(offsets, texts), ",")
    return pc.binary_join_element_wise(opening, joined, closing, "")


_ESCAPED: Final = (("\\", "\\\\"), ('"', '\\"'), ("\n", "\\n"), ("\t", "\\t"), ("\r", "\\r"))
_PLAIN: Final = r"[\\\"\x00-\x1f]"


def _quoted(texts: pa.Array) -> pa.Array:
    """Give texts as JSON has them."""
    if pc.any(pc.match_substring_regex(texts, _PLAIN)).as_py():
        for plain, escaped in _ESCAPED:
            texts = pc.replace_substring(texts, plain, escaped)
    return pc.binary_join_element_wise('"', texts, '"', "")


def _mixed(rows: pa.Table) -> np.ndarray:
    """Say of each row whether its entity has more than one schema."""
    starts = _starts(rows.column("entity_id").combine_chunks())
    codes = rows.column("schema").combine_chunks().dictionary_encode().indices.to_numpy()
    is_mixed = np.maximum.reduceat(codes, starts) != np.minimum.reduceat(codes, starts)
    found: np.ndarray = np.repeat(is_mixed, np.diff(np.append(starts, len(codes))))
    return found


def _one_by_one(rows: pa.Table) -> pa.Table:
    """Put together entities of several schemata, which is seldom: the vocabulary decides which rows go together."""
    listed = sorted(rows.to_pylist(), key=lambda r: str(r["id"]))
    beneath: dict[tuple[str, str, str], list[str]] = {}
    for row in listed:
        beneath.setdefault((row["entity_id"], row["prop"], row["value"]), []).append(row["id"])
    made = list(vocabulary.to_entities({**r, "canonical_id": r["entity_id"]} for r in listed))
    for entity in made:
        entity["statements"] = {
            prop: [beneath[entity["id"], prop, v] for v in values] for prop, values in entity["properties"].items()
        }
    texts = [json.dumps(e, ensure_ascii=False, separators=(",", ":")) for e in made]
    return pa.table({"id": pa.array([e["id"] for e in made]), "json": pa.array(texts)})
