"""What a mapping takes from the cells of a stretch, as columns: ids from keys, templates, joins, splits."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import pyarrow as pa
import pyarrow.compute as pc

from longarm.ingest.formats.mapping import EntityMap
from longarm.ingest.formats.mapping_words import PropertyMap


@dataclass(frozen=True)
class Slot:
    """Values of a property: one a row, or with the rows that they belong to where a split made several of one."""

    values: pa.Array
    raw: pa.Array
    """before the type cleaned them; the very same array where it changed nothing"""
    rows: pa.Array | None = None


def ids_of(entity: EntityMap, cells: Mapping[str, pa.Array]) -> pa.Array:
    """Give the id of each row's entity: a column, or SHA-1 of dataset, literal and sorted keys."""
    if entity.id_column is not None:
        return cells[entity.id_column]
    begun = hashlib.sha1(entity.seed, usedforsecurity=False)

    def hashed(keys: bytes) -> str:
        digest = begun.copy()
        digest.update(keys)
        return digest.hexdigest()

    columns = [cells[key] for key in entity.keys]
    if len(columns) == 1:
        coded = columns[0].dictionary_encode()
        made = [None if v is None else hashed(v.encode()) for v in coded.dictionary.to_pylist()]
        return pa.array(made, pa.string()).take(coded.indices)
    rows = zip(*(column.cast(pa.binary()).to_pylist() for column in columns), strict=True)
    joined = (b"".join(sorted(filter(None, row))) for row in rows)
    return pa.array([hashed(keys) if keys else None for keys in joined], pa.string())


def raw(prop: PropertyMap, cells: Mapping[str, pa.Array], count: int) -> list[Slot]:
    """Give the values of a property before its type cleans them: template, or literals and columns; joined; split."""
    if prop.template:
        parts = [
            pa.array([part] * count, pa.string()) if i % 2 == 0 else pc.fill_null(cells[part], "")
            for i, part in enumerate(prop.template)
        ]
        columns = [_joined(parts, "")]
    else:
        columns = [pa.array([literal] * count, pa.string()) for literal in prop.literals]
        columns += [cells[column] for column in prop.columns]
    if prop.join is not None and not prop.template:
        columns = [_joined(columns, prop.join)]
    if prop.split is None:
        return [Slot(column, column) for column in _unlike(columns)]
    parted = []
    for column in columns:
        lists = pc.split_pattern(column, prop.split)
        values = _filled(pc.utf8_trim_whitespace(lists.flatten()))
        parted.append(Slot(values, values, pc.list_parent_indices(lists)))
    return parted


def _joined(parts: Sequence[pa.Array], between: str) -> pa.Array:
    """Join columns where they have a value; null where none has."""
    made = parts[0]
    for part in parts[1:]:
        # Arrow's own skipping of nulls drops rows in which all are null.
        both = pc.binary_join_element_wise(made, part, between, null_handling="emit_null")
        made = pc.coalesce(both, made, part)
    return _filled(pc.utf8_trim_whitespace(made))


def _filled(values: pa.Array) -> pa.Array:
    """Give the values with null where there is nothing."""
    return pc.if_else(pc.equal(values, ""), pa.scalar(None, pa.string()), values)


def _unlike(columns: list[pa.Array]) -> list[pa.Array]:
    """Give columns without what an earlier one says of the same row."""
    found: list[pa.Array] = []
    for column in columns:
        for earlier in found:
            same = pc.fill_null(pc.equal(column, earlier), False)
            if pc.any(same, min_count=0).as_py():
                column = pc.if_else(same, pa.scalar(None, pa.string()), column)
        found.append(column)
    return found


def has(slots: Sequence[Slot], count: int) -> pa.Array:
    """Say for each row whether it has a value."""
    any_there = pa.array([False] * count, pa.bool_())
    for slot in slots:
        there = pc.is_valid(slot.values)
        if slot.rows is not None:
            rows = slot.rows.filter(there).cast(pa.int64())
            there = pc.is_in(pa.array(range(count), pa.int64()), value_set=rows)
        any_there = pc.or_(any_there, there)
    return any_there


def first(slots: Sequence[Slot], count: int) -> pa.Array | None:
    """Give the first value of each row; None where there are no such values at all."""
    found = []
    for slot in slots:
        if slot.rows is None:
            found.append(slot.values)
            continue
        one: list[str | None] = [None] * count
        for row, value in zip(slot.rows.to_pylist(), slot.values.to_pylist(), strict=True):
            one[row] = one[row] or value
        found.append(pa.array(one, pa.string()))
    return pc.coalesce(*found) if found else None


def apart(slots: Sequence[Slot]) -> list[Slot]:
    """Give slots in which no row says a value twice."""
    if len(slots) == 1 and slots[0].rows is None:
        return list(slots)
    if all(slot.rows is None for slot in slots):
        return [Slot(v, s.raw, None) for v, s in zip(_unlike([s.values for s in slots]), slots, strict=True)]
    seen: set[tuple[int, str]] = set()
    found = []
    for slot in slots:
        rows = range(len(slot.values)) if slot.rows is None else slot.rows.to_pylist()
        kept: list[str | None] = []
        for place in zip(rows, slot.values.to_pylist(), strict=True):
            kept.append(None if place in seen else place[1])
            seen.add(place)
        found.append(Slot(pa.array(kept, pa.string()), slot.raw, slot.rows))
    return found
