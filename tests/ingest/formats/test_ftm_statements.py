"""FollowTheMoney statements: what its own tools write comes in, as JSON lines and as CSV."""

from __future__ import annotations

import io
import json
from typing import Any

import pytest
from followthemoney import model
from followthemoney.statement import Statement
from followthemoney.statement.serialize import get_statement_writer
from hypothesis import given, settings
from hypothesis import strategies as st

from longarm.errors import SourceError
from longarm.ingest.formats import known
from longarm.ingest.stream import Chunk, Input

ENTITIES = st.lists(
    st.builds(
        lambda i, name, country: {
            "id": f"e{i}",
            "schema": "Company",
            "properties": {"name": [name], "jurisdiction": [country]},
        },
        st.integers(0, 9),
        st.sampled_from(["Acme", "港务", 'Quoted "Ltd"', "Comma, Inc", "Ünder"]),
        st.sampled_from(["gb", "de"]),
    ),
    min_size=1,
    max_size=6,
)


def read(data: bytes) -> list[Chunk]:
    """By whatever reader knows it."""
    source = Input("x", lambda: io.BytesIO(data), "2026-11-24", len(data))
    return list(known.recognised(data[:65536], "x").read(source))


def rows(chunks: list[Chunk]) -> list[dict[str, Any]]:
    """All that was said."""
    return [r for c in chunks for r in c.said.to_pylist()]


@pytest.mark.parametrize("form", ["json", "csv"])
@settings(deadline=None, max_examples=30)
@given(entities=ENTITIES)
def test_what_followthemoney_writes_is_read(form: str, entities: list[dict[str, Any]]) -> None:
    """Entity, schema, property, value and source of every statement."""
    written = io.BytesIO()
    kept = []
    writer = get_statement_writer(written, form)
    for entity in entities:
        for statement in Statement.from_entity(model.get_proxy(entity), "harbour"):
            writer.write(statement)
            kept.append((statement.entity_id, statement.schema, statement.prop, statement.value))
    writer.close()
    found = rows(read(written.getvalue()))
    assert [(r["entity_id"], r["schema"], r["prop"], r["value"]) for r in found] == kept
    assert {r["origin"] for r in found} == {"dataset:harbour"}


GOOD = {"entity_id": "a", "schema": "Company", "prop": "name", "value": "A", "dataset": "d"}


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        ({"schema": "Sorcerer"}, "no schema"),
        ({"prop": "colour"}, "no property"),
        ({"prop": "ownershipOwner"}, "no property"),
        ({"value": None}, "no 'value'"),
        ({"value": 3}, "not a text"),
        ({"entity_id": " "}, "no 'entity_id'"),
        ({"prop": "incorporationDate", "value": "the year of the comet"}, "not a date"),
    ],
)
def test_a_bad_statement_is_set_aside_with_its_line(change: dict[str, Any], reason: str) -> None:
    """And the ones around it are taken."""
    data = "".join(json.dumps(r) + "\n" for r in (GOOD, {**GOOD, **change}, GOOD)).encode() + b"nonsense\n"
    chunks = read(data)
    assert [r["record"] for r in rows(chunks)] == [1, 3]
    bad, nonsense = (r for c in chunks for r in c.rejects)
    assert (bad.line, nonsense.line) == (2, 4)
    assert reason in bad.reason


def test_a_sheet_with_a_short_row_keeps_the_others() -> None:
    """The reason counts the cells."""
    data = b"entity_id,schema,prop,value\na,Company,name,A\nb,Company\nc,Company,name,C\n"
    chunks = read(data)
    assert [r["entity_id"] for r in rows(chunks)] == ["a", "c"]
    assert "2 cells" in chunks[0].rejects[0].reason


def test_a_sheet_of_another_head_is_not_taken_for_one() -> None:
    """Nor is it when it is named."""
    with pytest.raises(SourceError, match="nothing that is read here"):
        read(b"a,b,c\n1,2,3\n")
    source = Input("x", lambda: io.BytesIO(b"a,b\n"), "2026-11-24")
    with pytest.raises(SourceError, match="lacks"):
        list(known.named("ftm-statements-csv").read(source))
