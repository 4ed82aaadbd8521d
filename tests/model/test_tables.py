"""Stages meet in tables that keep their contracts."""

from __future__ import annotations

import pytest

from longarm.errors import ContractError
from longarm.model.tables import CONTRACTS, ORIGINS

ROW = {"id": "o", "name": "An origin", "date": None, "note": None, "dataset": "d"}


def test_every_column_says_in_a_sentence_what_it_is() -> None:
    """A table that one can stop and look at explains itself."""
    for contract in CONTRACTS:
        assert contract.says.endswith(".")
        assert all(says for *_, says in contract.columns), contract.name
        assert set(contract.key) <= {n for n, *_ in contract.columns}


def test_the_order_of_rows_does_not_depend_on_the_order_of_writing() -> None:
    """Rows lie in the order of their key."""
    rows = [{**ROW, "id": i} for i in "cab"]
    assert ORIGINS.table(rows).equals(ORIGINS.table(rows[::-1]))


@pytest.mark.parametrize(
    "rows", [[ROW, ROW], [{**ROW, "name": None}], [{**ROW, "name": 3.5}], [{**ROW, "colour": "blue"}]]
)
def test_a_row_that_breaks_the_contract_is_our_mistake(rows: list[dict[str, object]]) -> None:
    """A key twice, an empty value, a wrong type, an unknown column."""
    with pytest.raises(ContractError):
        ORIGINS.table(rows)
