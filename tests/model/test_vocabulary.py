"""FollowTheMoney's vocabulary goes in and out unchanged, with longarm's schemata beside it."""

from __future__ import annotations

import json
from typing import Any

import pytest
from followthemoney import model as ftm

import longarm
from longarm.errors import SourceError
from longarm.model import vocabulary
from tests_support import case


def test_every_schema_of_followthemoney_is_there_unchanged() -> None:
    """Ours add; of theirs only the voting percentage and its like are added to."""
    ours = vocabulary.model()
    added = {"Ownership", "Control"}
    for schema in ftm:
        same = ours[schema.name]
        theirs = {n: p.type.name for n, p in schema.properties.items() if not p.stub}
        have = {n: p.type.name for n, p in same.properties.items() if not p.stub}
        assert theirs.items() <= have.items(), schema.name
        if schema.name not in added:
            assert set(have) == set(theirs), schema.name


def test_the_extensions_are_schemata_like_any_other() -> None:
    """Site, part, access, duty, safeguard, instrument (design 3)."""
    for name in ("Site", "SitePart", "Access", "Duty", "Safeguard", "Instrument"):
        assert vocabulary.model()[name].properties
        assert vocabulary.is_own(name)
    assert vocabulary.property_of("Ownership", "votingPercentage")


def test_an_unknown_property_is_named_with_what_there_is() -> None:
    """The mend lists the properties."""
    with pytest.raises(SourceError, match="no property 'colour'") as fault:
        vocabulary.property_of("Company", "colour")
    assert "jurisdiction" in (fault.value.where.mend or "")


def test_the_entities_of_the_liege_file_come_out_as_they_went_in(tmp_path: Any) -> None:
    """In = out, after FollowTheMoney's own normalisation of values and order."""
    source = case("liege") / "entities.ftm.jsonl"
    ws = longarm.init(tmp_path / "ws")
    ws.ingest(source)
    given = [_normal(json.loads(line)) for line in source.read_text("utf-8").splitlines()]
    assert [_normal(e) for e in ws.entities()] == sorted(given, key=lambda e: e["id"])


def _normal(entity: dict[str, Any]) -> dict[str, Any]:
    proxy = ftm.get_proxy({**entity, "caption": None}, cleaned=False)
    properties = {p: sorted(v) for p, v in proxy.to_dict()["properties"].items()}
    return {"id": proxy.id, "schema": proxy.schema.name, "properties": properties}
