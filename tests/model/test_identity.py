"""The ids of a table are the ids of its statements, one by one."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pyarrow as pa
from hypothesis import given
from hypothesis import strategies as st

from longarm.model import identity
from longarm.model.statement import Evidence, Statement
from longarm.model.tables import STATEMENTS

TEXT = st.text(st.characters(exclude_categories=["Cs"]), max_size=12)
MAYBE = st.none() | TEXT
DATES = st.sampled_from([None, "2018", "2018-12", "2018-12-05", "0001", "9999-12-31"])
EVIDENCE = st.builds(
    Evidence,
    document=MAYBE,
    span=st.none() | st.tuples(st.integers(0, 10**6), st.integers(0, 10**6)),
    origin=MAYBE,
    speaker=MAYBE,
    stance=st.sampled_from(["asserted", "denied", "planned"]),
    grade=st.sampled_from([None, "A1", "F6"]),
    valid_from=DATES,
    valid_to=DATES,
)
STATEMENT = st.builds(
    Statement, TEXT, TEXT, TEXT, TEXT, TEXT, TEXT, st.just("2026-11-24"), EVIDENCE, original_value=MAYBE, lang=MAYBE
)


def tabled(statements: list[Statement]) -> pa.Table:
    """The rows as they come, unsorted and unchecked."""
    return pa.Table.from_pylist([{"record": None, **s.row()} for s in statements], schema=STATEMENTS.schema)


@given(st.lists(STATEMENT, max_size=12))
def test_a_table_has_the_ids_that_its_statements_have(statements: list[Statement]) -> None:
    """Whatever is empty, in whatever script: or the same thing would be on file twice."""
    assert identity.ids(tabled(statements)).to_pylist() == [s.id for s in statements]


@given(st.lists(STATEMENT, min_size=1, max_size=6))
def test_encoded_words_give_the_same_ids(statements: list[Statement]) -> None:
    """A reader hands over schemata and properties as a dictionary."""
    table = tabled(statements)
    words = pa.table({n: table.column(n).dictionary_encode() if n != "record" else table.column(n) for n in WORDS})
    plain = {n: table.column(n) for n in table.column_names if n not in WORDS}
    encoded = pa.table({**plain, **{n: words.column(n) for n in words.column_names}})
    assert identity.ids(encoded).equals(identity.ids(table))


@given(STATEMENT, MAYBE)
def test_the_same_saying_in_another_document_is_the_same_saying(statement: Statement, document: str | None) -> None:
    """And in the same document under another date it is not."""
    other = replace(statement, evidence=replace(statement.evidence, document=document, span=None))
    first = replace(statement, evidence=replace(statement.evidence, span=None))
    later = replace(first, evidence=replace(first.evidence, valid_from="1999"))
    said = identity.sayings(tabled([first, other, later]))
    assert said[0].tolist() == said[1].tolist()
    assert said[0].tolist() != said[2].tolist()


def test_ids_come_back_from_their_text_as_numbers() -> None:
    """What look-ups sort by."""
    found = identity.keys_of(pa.array(["0000000000000001ffffffffffffffff"]))
    assert found.dtype == np.uint64
    assert found.tolist() == [[1, 2**64 - 1]]


WORDS = ("schema", "prop", "prop_type", "lang", "origin", "stance", "grade", "record")
