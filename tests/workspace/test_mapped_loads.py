"""Tables come in under a mapping, which is kept beside them; what closes a record closes its parts."""

from __future__ import annotations

from pathlib import Path

import pyarrow as pa
import pytest

import longarm
from longarm.errors import OptionError, SourceError
from longarm.model.options import IngestOptions
from longarm.workspace.standing import closing

SAMPLES = Path(__file__).parent.parent / "ingest" / "samples" / "mapping"


def test_a_table_is_loaded_under_its_mapping_once(tmp_path: Path) -> None:
    """The same table under the same mapping adds nothing; both are on file."""
    ws = longarm.init(tmp_path / "ws")
    options = IngestOptions(mapping=str(SAMPLES / "shareholders.yaml"), publisher="The Registry")
    first = ws.ingest(SAMPLES / "shareholders.csv", options)
    assert first.statements > 10
    assert any(r["schema"] == "Ownership" for r in ws.statements())
    assert ws.ingest(SAMPLES / "shareholders.csv", options).statements == 0


def test_a_table_without_a_mapping_is_told_what_it_needs(tmp_path: Path) -> None:
    """And a mapping beside a format is one too many."""
    ws = longarm.init(tmp_path / "ws")
    with pytest.raises(SourceError):
        ws.ingest(SAMPLES / "shareholders.csv")
    both = IngestOptions(mapping=str(SAMPLES / "shareholders.yaml"), format="ftm")
    with pytest.raises(OptionError, match="cannot both"):
        ws.ingest(SAMPLES / "shareholders.csv", both)


def test_what_closes_a_record_closes_its_parts_and_no_neighbour() -> None:
    """Parts are named after their record, with a full stop between; the later stretch counts."""
    entities = pa.chunked_array([["r-1", "r-1.share", "r-1.share.2", "r-10", "r-2", "r-2.x"]])
    assert closing(entities, {"r-1": 3, "r-2": 1, "r-2.x": 5}).tolist() == [4, 4, 4, 0, 2, 6]
