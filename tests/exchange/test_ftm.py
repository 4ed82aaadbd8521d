"""The FollowTheMoney entities: read by plain FollowTheMoney, whole, and firm only where somebody asserts."""

from __future__ import annotations

import json
from typing import Any

import invented_dossier as made_up
import pytest
from followthemoney import model
from hypothesis import given, settings
from hypothesis import strategies as st

from longarm.exchange import ftm
from longarm.exchange.cited import ORIGIN_OF_PERSONS


def _read(dossier: dict[str, Any], entities: list[dict[str, Any]]) -> dict[str, dict[str, Any]]:
    return {e["id"]: e for e in map(json.loads, ftm.entities(dossier, entities).splitlines())}


def _made(dossier: dict[str, Any]) -> dict[str, dict[str, Any]]:
    return _read(dossier, made_up.entities())


def test_plain_followthemoney_reads_every_line_and_cleans_nothing_away(
    liege: dict[str, Any], liege_entities: list[dict[str, Any]]
) -> None:
    """Other tools know no schema of ours, and drop what they cannot clean."""
    for e in _read(liege, liege_entities).values():
        back = model.get_proxy(e, cleaned=False).to_dict()
        assert {k: sorted(v) for k, v in back["properties"].items()} == e["properties"]


def test_no_entity_points_to_one_that_is_not_there(liege: dict[str, Any], liege_entities: list[dict[str, Any]]) -> None:
    """A relation without its ends is nothing."""
    found = _read(liege, liege_entities)
    for e in found.values():
        for prop, value in model.get_proxy(e).itervalues():
            assert prop.type.name != "entity" or value in found, (e["id"], prop.name, value)


def test_everything_on_a_path_every_part_and_every_cited_document_is_there(
    liege: dict[str, Any], liege_entities: list[dict[str, Any]]
) -> None:
    """What the dossier cites, and no more."""
    found = _read(liege, liege_entities)
    hops = [h for r in liege["reports"].values() for f in r["findings"] for p in f["paths"] for h in p["hops"]]
    ends = {e for h in hops if h["kind"] != "fact" for e in (h["from"], h["to"])}
    assert {e for e in ends if not e.startswith("state:")} <= set(found)
    assert {str(p["id"]) for p in liege["reports"]["CN"]["parts"]} | {"liege-airport"} <= set(found)
    cited = {s["document"] for s in liege["statements"].values() if s["document"]}
    assert sum(e["schema"] in ("Article", "Document") for e in found.values()) >= len(cited)
    assert len(found) < len(liege_entities)


def test_lines_are_sorted_and_the_same_each_time(liege: dict[str, Any], liege_entities: list[dict[str, Any]]) -> None:
    """Whatever the order of the entities."""
    text = ftm.entities(liege, liege_entities)
    assert text == ftm.entities(liege, list(reversed(liege_entities)))
    ids = [json.loads(line)["id"] for line in text.splitlines()]
    assert ids == sorted(ids)


@pytest.mark.parametrize(
    ("tie", "schema", "status"),
    [
        ("kestrel-osprey", "UnknownLink", "alleged"),
        ("osprey-heron", "UnknownLink", "planned"),
    ],
)
def test_a_relation_that_nobody_asserts_is_a_link_that_says_how_it_is_put(
    invented: dict[str, Any], tie: str, schema: str, status: str
) -> None:
    """FollowTheMoney has no stance: an Ownership would be read as one."""
    found = _made(invented)[tie]
    assert (found["schema"], found["properties"]["status"]) == (schema, [status])
    assert not found["properties"]["role"][0].startswith(("Control", "Ownership"))


def test_a_relation_that_is_only_denied_is_not_there(invented: dict[str, Any]) -> None:
    """A denial creates no tie."""
    assert "osprey-crane" not in _made(invented)
    assert not [e for e in _made(invented).values() if "crane" in e["properties"].get("object", [])]


def test_a_value_that_is_only_alleged_is_said_in_words(invented: dict[str, Any]) -> None:
    """And one that no cited statement asserts is left out."""
    invented["reports"]["AU"]["statements"]["s-seat"]["stance"] = "alleged"
    kestrel = _made(invented)["kestrel"]["properties"]
    assert "mainCountry" not in kestrel
    assert "country" not in kestrel
    assert kestrel["notes"][0].startswith("Allegation: ")


def test_a_tie_without_a_schema_is_a_link_with_its_id_and_its_documents(invented: dict[str, Any]) -> None:
    """An access and a duty have none in FollowTheMoney."""
    links = {e["properties"]["recordId"][0]: e for e in _made(invented).values() if "recordId" in e["properties"]}
    access = links["access:osprey>gate"]["properties"]
    assert (access["subject"], access["object"], access["status"]) == (["osprey"], ["gate"], ["asserted"])
    assert len(access["proof"]) == 1
    assert "wide reading only" in links["duty:state:AU>kestrel"]["properties"]["summary"][0]


def test_no_property_says_where_a_person_is_from(invented: dict[str, Any], liege: Any, liege_entities: Any) -> None:
    """Though the file that came in had it."""
    person = _made(made_up.with_facts(invented))["p-one"]
    assert person["properties"] == {"name": ["Ada One"], "position": ["Minister of Ports"]}
    for e in _read(liege, liege_entities).values():
        assert e["schema"] != "Person" or not ORIGIN_OF_PERSONS & set(e["properties"])


def test_a_document_is_the_page_with_a_word_on_our_note(invented: dict[str, Any]) -> None:
    """No checksum: what we hold is our note on it; an article of law is read as it is."""
    found = [e["properties"] for e in _made(invented).values() if e["schema"] == "Document"]
    page = next(p for p in found if p["title"] == ["Who runs the gate?"])
    assert page["notes"] == ["Read as our own note on the publisher's page."]
    assert page["publishedAt"] == ["2025-11"]
    assert not [p for p in found if "contentHash" in p]
    assert [p["notes"] for p in found if p["title"] == ["Assistance Act"]] == [["Instrument of law; articles cited: 7"]]


def test_a_denial_is_a_note_on_whom_it_is_about(invented: dict[str, Any]) -> None:
    """With the words of who denies."""
    notes = [e["properties"] for e in _made(made_up.with_facts(invented)).values() if e["schema"] == "Note"]
    denial = next(n for n in notes if n["keywords"] == ["denied"])
    assert denial["entity"] == ["kestrel"]
    assert "We do not." in denial["description"][0]


def test_a_dossier_in_which_nothing_was_found_gives_the_site_and_its_parts() -> None:
    """No path is no reason to name a firm."""
    assert set(_made(made_up.empty())) == {"norhaven", "gate", "yard"}


def test_without_entities_on_file_names_are_enough(invented: dict[str, Any]) -> None:
    """A dossier that was sent as a file can be exported where its workspace is not."""
    found = _read(invented, [])
    assert found["kestrel"] == {
        "id": "kestrel",
        "properties": {"name": ["Kestrel Terminals"], "proof": found["kestrel"]["properties"]["proof"]},
        "schema": "LegalEntity",
    }


@settings(max_examples=50)
@given(st.text(min_size=1))
def test_any_text_gives_lines_that_followthemoney_reads(text: str) -> None:
    """One line an entity, whatever a name holds."""
    dossier = made_up.named(made_up.with_facts(made_up.invented()), text)
    for line in ftm.entities(dossier, made_up.entities()).split("\n")[:-1]:
        model.get_proxy(json.loads(line), cleaned=False)
