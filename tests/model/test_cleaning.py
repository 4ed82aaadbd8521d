"""A column is cleaned as each of its values is."""

from __future__ import annotations

import pyarrow as pa
import pytest
from followthemoney.types import registry
from hypothesis import given, settings
from hypothesis import strategies as st

from longarm.model.cleaning import changed, clean_column

KINDS = sorted(t.name for t in registry.types)
PIECES = st.sampled_from(
    [
        "Acme",
        "Ltd.",
        " ",
        "  ",
        ",",
        ", ",
        ".",
        ";",
        '"',
        "'",
        "é",
        "e\u0301",
        "Ж",
        "ё",
        "港",
        "ESQ,",
        "<BR>",
        "-",
        "\u00ad",
    ]
    + [
        "2018",
        "-12",
        "-05",
        "-31",
        "T10:00",
        "gb",
        "GB",
        "Germany",
        "25.5",
        "%",
        "http://",
        "x.com",
        "\n",
        "\t",
        "\u200b",
    ]
)
VALUES = st.lists(st.lists(PIECES, min_size=1, max_size=6).map("".join) | st.text(max_size=6), max_size=12)


def alone(kind: str, value: str) -> str | None:
    """As FollowTheMoney cleans it; it raises for a line break in a media type."""
    try:
        return registry.get(kind).clean(value)
    except ValueError:
        return None


@pytest.mark.parametrize("kind", KINDS)
@settings(deadline=None)
@given(values=VALUES)
def test_a_column_is_cleaned_as_followthemoney_cleans_one_value(kind: str, values: list[str]) -> None:
    """Of every type: what the quick pattern lets through is what FollowTheMoney would have left alone."""
    values = [v for v in values if v.isprintable() or "\n" in v or "\t" in v]
    own = clean_column(kind, pa.array(values, pa.string()))
    assert own.to_pylist() == [alone(kind, v) for v in values]


def test_what_cleaning_changed_is_kept_as_it_was_written() -> None:
    """The original stands beside the clean value, and only there."""
    values = pa.array(["Acme Ltd", "Acme   Ltd"])
    cleaned = clean_column("name", values)
    assert cleaned.to_pylist() == ["Acme Ltd", "Acme Ltd"]
    assert changed(values, cleaned).to_pylist() == [None, "Acme   Ltd"]
