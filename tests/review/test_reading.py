"""What `longarm extract --json` writes, read back: each claim against its span, each fault with its place."""

from __future__ import annotations

import json
from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest
from article import CLAIMS, OWNS, extracted
from hypothesis import given
from hypothesis import strategies as st

from longarm.errors import SourceError
from longarm.model.claims import stands
from longarm.review import reading
from longarm.workspace import Workspace


def test_what_was_written_is_read_back(proposed: Workspace) -> None:
    """Every field; the id is the hash of what the claim says."""
    (read,) = reading.read(extracted().encode(), "claims.json")
    assert read.claims == CLAIMS
    assert not read.refused
    assert read.text.publisher == "Harbour Gazette"


@pytest.mark.parametrize("form", ["one", "list", "lines"])
def test_one_document_a_list_or_one_a_line(form: str) -> None:
    """As the program prints one or several."""
    one = extracted()
    given_text = {"one": one, "list": f"[{one}, {one}]", "lines": f"{one}\n\n{one}\n"}[form]
    assert len(reading.read(given_text.encode(), "f")) == (1 if form == "one" else 2)


@pytest.mark.parametrize(
    ("data", "says"),
    [
        (b"", "not JSON"),
        (b"{", "not JSON"),
        (b"[" * 100_000, "not JSON"),
        (b'{"a": NaN}', "not JSON"),
        (b"\xff\xfe{}", "not UTF-8"),
        (b"[1]", "no document"),
        (b'{"document": "x", "text": 3, "claims": []}', "'text' is no text"),
        (b'{"document": "x", "text": "\\ud800", "claims": []}', "'text' is no text"),
        (b'{"document": "x", "text": "y", "claims": [], "published": "soon"}', "is no date"),
        (b'{"document": "x", "text": "y", "claims": {}}', "no document"),
    ],
)
def test_a_file_that_is_none_is_refused_with_its_place(data: bytes, says: str) -> None:
    """File, line, mend."""
    with pytest.raises(SourceError, match=says) as fault:
        reading.read(data, "claims.json")
    assert fault.value.where.file == "claims.json"
    assert fault.value.where.line is not None
    assert fault.value.where.mend


def test_a_file_that_is_too_large_is_refused() -> None:
    """Before it is parsed."""
    with pytest.raises(SourceError, match="too many"):
        reading.read(b" " * (reading.LARGEST + 1), "f")


@pytest.mark.parametrize(
    "change",
    [
        {"start": OWNS.start + 1}, {"quote": "something else"}, {"start": -5}, {"end": 10**9}, {"start": None},
        {"start": True}, {"stance": "inferred"}, {"stance": None}, {"relation": "Owns!"}, {"relation": 3},
        {"subject": [3]}, {"subject": [""]}, {"object": {"a": 1}}, {"share": [-1, 2]}, {"share": "half"},
        {"dates": [{"date": "soon"}]}, {"dates": ["2026"]}, {"dates": [{"date": "2026", "role": "when"}]},
        {"attribution": ["\ud800"]},
    ],
)  # fmt: skip
def test_a_claim_at_fault_is_refused_by_itself(change: dict[str, Any]) -> None:
    """With its place and the mend; the others are taken."""
    raw = json.loads(extracted())
    raw["claims"][0] |= change
    (read,) = reading.read(json.dumps(raw).encode(), "f")
    assert [r.index for r in read.refused] == [0]
    assert read.refused[0].reason
    assert read.refused[0].mend
    assert read.claims == CLAIMS[1:]


_json = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False) | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner, max_size=3),
    max_leaves=8,
)


@given(st.sampled_from(sorted(json.loads(extracted())["claims"][0])), _json)
def test_whatever_a_field_holds_there_is_no_traceback(name: str, value: Any) -> None:
    """The claim is taken and stands at its span, or it is refused."""
    raw = json.loads(extracted((OWNS,)))
    raw["claims"][0][name] = value
    (read,) = reading.read(json.dumps(raw).encode(), "f")
    assert len(read.claims) + len(read.refused) == 1
    assert all(stands(c, read.text.text) for c in read.claims)


@given(st.binary(max_size=60))
def test_whatever_a_file_holds_there_is_no_traceback(data: bytes) -> None:
    """It is refused with its place."""
    with suppress(SourceError):
        reading.read(data, "f")


def test_the_same_file_twice_proposes_nothing_twice(example: Workspace, file: Path) -> None:
    """And the document is kept once."""
    (first,) = example.import_claims(file, publisher_class="press")
    (second,) = example.import_claims(file, publisher_class="press")
    assert first.proposed == second.proposed == 6
    assert len(example.review_queue()["items"]) == 6
    assert len([d for d in example.documents().values() if d["dataset"] == "review"]) == 1
