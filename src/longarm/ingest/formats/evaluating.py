"""A query of a mapping, evaluated over whole columns: which rows, which ids, which values, in what order they are said.

It follows FollowTheMoney's own evaluation (followthemoney.mapping, 4.11), where each rule is named: keys are hashed
in sorted order, a join takes what there is, a template fills gaps with nothing, an entity without its key or without
what it requires is passed over, and links to it stay empty. Where it departs: split values are trimmed, and an
interval whose share or date the calculation could not read is not taken.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from longarm.ingest.formats import cleaning
from longarm.ingest.formats.column_values import Slot, apart, first, has, ids_of, raw
from longarm.ingest.formats.mapping import EntityMap, Query
from longarm.ingest.formats.mapping_words import PropertyMap
from longarm.ingest.formats.saying import Said
from longarm.ingest.formats.tabular import Rows


@dataclass
class Met:
    """What was met with beside good values."""

    refused: dict[str, list[tuple[int, str]]] = field(default_factory=dict)
    """reason, with … for the value → (index of the row, value)"""
    passed: Counter[str] = field(default_factory=Counter)
    """what was passed over without fault → rows"""


@dataclass(frozen=True)
class Made:
    """One entity of every row: its ids, null where there is none, and its values."""

    ids: pa.Array
    slots: Mapping[str, Sequence[Slot]]


class Evaluation:
    """A query that is evaluated stretch by stretch; what cleans a column is remembered between them."""

    def __init__(self, query: Query) -> None:
        self._query = query
        self._cells = {column: cleaning.cells() for column in query.columns}
        self._cleaners = {
            (entity.name, prop.prop.name): cleaning.of(entity.schema, prop.prop, prop.format, prop.fuzzy)
            for entity in query.entities
            for prop in entity.properties
        }

    def add(self, rows: Rows, said: Said, met: Met) -> None:
        """Say what these rows say."""
        cells = {name: self._cells[name](rows.columns[name]) for name in self._query.columns}
        lines, at = rows.lines, pa.array(range(len(rows.lines)), pa.int64())
        if self._query.filters:
            mask = self._mask(cells, len(lines))
            cells = {name: column.filter(mask) for name, column in cells.items()}
            lines, at = lines.filter(mask), at.filter(mask)
        made: dict[str, Made] = {}
        for entity in self._query.entities:
            made[entity.name] = self._entity(entity, cells, made, at, met)
            _say(entity, made[entity.name], lines, said)

    def _mask(self, cells: Mapping[str, pa.Array], count: int) -> pa.Array:
        mask = pa.array([True] * count, pa.bool_())
        for column, wanted, is_not in self._query.filters:
            texts = pa.array(sorted(w for w in wanted if w is not None), pa.string())
            fits = pc.is_in(cells[column], value_set=texts)
            if None in wanted:
                fits = pc.or_(fits, pc.is_null(cells[column]))
            mask = pc.and_(mask, pc.invert(fits) if is_not else fits)
        return mask

    def _entity(
        self, entity: EntityMap, cells: Mapping[str, pa.Array], made: Mapping[str, Made], at: pa.Array, met: Met
    ) -> Made:
        count = len(at)
        ids = ids_of(entity, cells)
        missing = ids.null_count
        slots: dict[str, list[Slot]] = {}
        for prop in entity.properties:
            found = slots.setdefault(prop.prop.name, [])
            if prop.entity is not None:
                found.append(Slot(made[prop.entity].ids, made[prop.entity].ids))
                continue
            clean = self._cleaners[entity.name, prop.prop.name]
            for taken in raw(prop, cells, count):
                if prop.prop.name == "endDate" and entity.schema.is_a("Interval"):
                    taken = _without_end(taken, entity, met)
                values = clean(taken.values)
                slot = Slot(values, taken.values, taken.rows)
                found.append(slot)
                if values is not taken.values and values.null_count > taken.values.null_count:
                    ids = _refuse(entity, prop, slot, ids, at, met)
        for prop in entity.properties:
            if prop.required:
                before = ids.null_count
                ids = pc.if_else(has(slots[prop.prop.name], count), ids, pa.scalar(None, pa.string()))
                missing += ids.null_count - before
        if missing:
            met.passed[f"make no '{entity.name}': its key is empty, or a property that it requires"] += missing
        ids = _not_backwards(entity, slots, ids, at, met)
        self._mention(entity, made, slots)
        return Made(ids, slots)

    @staticmethod
    def _mention(entity: EntityMap, made: Mapping[str, Made], slots: dict[str, list[Slot]]) -> None:
        """Add the names of what an interval points at, as FollowTheMoney does, so that it is found by them."""
        if entity.schema.get("namesMentioned") is None:
            return
        for prop in entity.properties:
            if prop.entity is None:
                continue
            other = made[prop.entity]
            for name, found in other.slots.items():
                if name in _NAMES:
                    slots.setdefault("namesMentioned", []).extend(_of(slot, other.ids) for slot in found)


_NAMES = frozenset({"name", "alias", "previousName", "weakAlias", "abbreviation", "namesMentioned"})


def _of(slot: Slot, ids: pa.Array) -> Slot:
    """Give a slot where its entity is taken."""
    there = pc.is_valid(ids if slot.rows is None else ids.take(slot.rows))
    values = pc.if_else(there, slot.values, pa.scalar(None, pa.string()))
    return Slot(values, values, slot.rows)


def _refuse(entity: EntityMap, prop: PropertyMap, slot: Slot, ids: pa.Array, at: pa.Array, met: Met) -> pa.Array:
    """Note values that are none; give the ids without those entities that are better not taken."""
    bad = pc.indices_nonzero(pc.and_(pc.is_valid(slot.raw), pc.is_null(slot.values)))
    rows = bad if slot.rows is None else slot.rows.take(bad)
    is_vital = cleaning.is_vital(entity.schema, prop.prop)
    what = f"{entity.name}: {prop.prop.qname} takes a {prop.prop.type.name}, which '…' is not; "
    reason = what + ("this entity is not taken" if is_vital else "the value is left out, the rest is taken")
    places = zip(at.take(rows).to_pylist(), slot.raw.take(bad).to_pylist(), strict=True)
    met.refused.setdefault(reason, []).extend(places)
    if not is_vital:
        return ids
    lost = pc.is_in(pa.array(range(len(ids)), pa.int64()), value_set=rows.cast(pa.int64()))
    return pc.if_else(lost, pa.scalar(None, pa.string()), ids)


def _without_end(taken: Slot, entity: EntityMap, met: Met) -> Slot:
    """Give ends without those in the year 9999: registers write them where there is none."""
    is_never = pc.match_substring_regex(taken.values, r"^9999\b|\b9999$")
    if count := pc.sum(is_never).as_py():
        met.passed[f"give '{entity.name}' an end in the year 9999, which is read as no end"] += count
        values = pc.if_else(is_never, pa.scalar(None, pa.string()), taken.values)
        return Slot(values, values, taken.rows)
    return taken


def _not_backwards(
    entity: EntityMap, slots: Mapping[str, Sequence[Slot]], ids: pa.Array, at: pa.Array, met: Met
) -> pa.Array:
    """Leave out interests whose least share is larger than the most."""
    low, high = (first(slots.get(end, ()), len(at)) for end in cleaning.ENDS)
    if low is None or high is None:
        return ids
    crossed = pc.fill_null(pc.greater(low.cast(pa.float64()), high.cast(pa.float64())), False)
    if not pc.any(crossed, min_count=0).as_py():
        return ids
    rows = pc.indices_nonzero(crossed)
    places = zip(at.take(rows).to_pylist(), low.take(rows).to_pylist(), strict=True)
    reason = f"{entity.name}: percentageMinimum (…) is larger than percentageMaximum; this entity is not taken"
    met.refused.setdefault(reason, []).extend(places)
    return pc.if_else(crossed, pa.scalar(None, pa.string()), ids)


def _say(entity: EntityMap, made: Made, lines: pa.Array, said: Said) -> None:
    """Say the entities, then their properties, each where the entity is taken."""
    schema, count = entity.schema, len(lines)
    start = end = None
    if schema.is_a("Interval"):
        start = first([*made.slots.get("startDate", ()), *made.slots.get("date", ())], count)
        end = first(list(reversed(made.slots.get("endDate", ()))), count)
    firsts = None if schema.is_a("Interval") else _first_rows(made.ids)
    taken = pc.is_valid(made.ids)
    if firsts is not None:
        taken = pc.and_(taken, pc.equal(firsts, _numbers(count)))
    said.exist(
        schema.name,
        made.ids.filter(taken),
        lines.filter(taken),
        None if start is None else start.filter(taken),
        None if end is None else end.filter(taken),
    )
    langs = {prop.prop.name: prop.lang for prop in entity.properties}
    for name, slots in made.slots.items():
        prop = schema.get(name)
        assert prop is not None
        for slot in apart(slots):
            rows = slot.rows
            ids = made.ids if rows is None else made.ids.take(rows)
            mask = pc.and_(pc.is_valid(ids), pc.is_valid(slot.values))
            if firsts is not None and rows is None:
                same = pc.fill_null(pc.equal(slot.values, slot.values.take(firsts)), False)
                mask = pc.and_(mask, pc.invert(pc.and_(same, pc.not_equal(firsts, _numbers(count)))))
            values = slot.values.filter(mask)
            originals = None
            if slot.raw is not slot.values:
                raw = slot.raw.filter(mask)
                originals = pc.if_else(pc.equal(raw, values), pa.scalar(None, pa.string()), raw)
            said.add(
                schema.name,
                name,
                prop.type.name,
                ids.filter(mask),
                values,
                _where(lines, rows, mask),
                originals=originals,
                lang=langs.get(name),
                start=None if start is None else _where(start, rows, mask),
                end=None if end is None else _where(end, rows, mask),
            )


def _numbers(count: int) -> pa.Array:
    return pa.array(np.arange(count))


def _first_rows(ids: pa.Array) -> pa.Array | None:
    """Give for each row the first one with its id; None where no id stands twice.

    A company that a thousand rows name is said once in a stretch, and later rows say only what is new about it.
    """
    codes = pc.fill_null(ids.dictionary_encode().indices, -1).to_numpy(zero_copy_only=False)
    _, at, inverse = np.unique(codes, return_index=True, return_inverse=True)
    return None if len(at) == len(codes) else pa.array(at[inverse])


def _where(column: pa.Array, rows: pa.Array | None, mask: pa.Array) -> pa.Array:
    return (column if rows is None else column.take(rows)).filter(mask)
