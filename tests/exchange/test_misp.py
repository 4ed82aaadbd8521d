"""The MISP event: read back by the library, tagged from the taxonomies' own values, sharing nothing by itself."""

from __future__ import annotations

import json
import re
import time
from typing import Any

import invented_dossier as made_up
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pymisp import MISPEvent
from pymisp.mispevent import MISPObject

from longarm.errors import OptionError
from longarm.exchange import misp

VOCABULARY = {
    "admiralty-scale:source-reliability": set("abcdef"),
    "admiralty-scale:information-credibility": set("123456"),
    "estimative-language:likelihood-probability": {
        "almost-no-chance",
        "very-unlikely",
        "unlikely",
        "roughly-even-chance",
        "likely",
        "very-likely",
        "almost-certain",
    },
}
"""From the machinetag.json of admiralty-scale and estimative-language in the repository misp-taxonomies of the MISP
project, which does not ship with pymisp."""
TLP = {"red", "amber", "amber+strict", "green", "clear"}
"""From FIRST, Traffic Light Protocol 2.0, which misp-taxonomies' tlp follows."""
TAG = re.compile(r'([a-z-]+:[a-z-]+)="([a-z0-9+-]+)"')


def _loaded(dossier: dict[str, Any], **more: Any) -> MISPEvent:
    made = MISPEvent()
    made.load(misp.event(dossier, **more))
    return made


def _tags(event: MISPEvent) -> set[str]:
    return {t.name for o in event.objects for a in o.attributes for t in a.tags}


def _texts(event: MISPEvent) -> dict[str, Any]:
    return {a.value: a for o in event.objects for a in o.attributes if a.object_relation == "text"}


def _references(event: MISPEvent) -> list[tuple[str, str, str, str]]:
    names = {o.uuid: next(a.value for a in o.attributes) for o in event.objects}
    return [
        (names[o.uuid], r.relationship_type, names[r.referenced_uuid], r.comment)
        for o in event.objects
        for r in o.ObjectReference
    ]


def test_the_library_reads_back_an_event_that_shares_nothing(liege: dict[str, Any]) -> None:
    """Who publishes and who may see it is decided by a person."""
    event = _loaded(liege)
    assert event.info == "How far do the arms of China, France and the United States reach into Liege Airport?"
    assert str(event.date)[:10] == liege["question"]["as_of"]
    assert (event.published, int(event.distribution), int(event.analysis), int(event.threat_level_id)) == (
        False,
        0,
        2,
        4,
    )
    assert not event.tags
    assert not [a for o in event.objects for a in o.attributes if a.to_ids]


def test_the_same_dossier_gives_the_same_bytes(invented: dict[str, Any]) -> None:
    """No clock and no random id: a second later it is the same."""
    first = misp.event(invented)
    time.sleep(1.1)
    assert misp.event(made_up.invented()) == first


def test_every_id_is_there_once(liege: dict[str, Any]) -> None:
    """MISP takes two things of one id for one thing."""
    ids = re.findall(r'"uuid": "([0-9a-f-]{36})"', misp.event(liege))
    assert len(ids) == len(set(ids))


def test_every_tag_is_a_value_of_its_taxonomy(liege: dict[str, Any]) -> None:
    """A tag that no taxonomy knows is shown by nobody's filter."""
    found = _tags(_loaded(liege))
    assert found
    for tag in found:
        match = TAG.fullmatch(tag)
        assert match, tag
        assert match[2] in VOCABULARY[match[1]]


def test_every_object_is_of_a_template_that_ships_and_keeps_its_rules(
    liege: dict[str, Any], liege_entities: Any
) -> None:
    """Relations of objects are those of MISP's own list."""
    path = MISPObject("report").misp_objects_path.parent / "relationships" / "definition.json"
    known = {v["name"] for v in json.loads(path.read_text("utf-8"))["values"]}
    event = _loaded(liege, entities=liege_entities)
    for o in event.objects:
        relations = set(MISPObject(o.name, strict=True)._definition["attributes"])
        assert {a.object_relation for a in o.attributes} <= relations
        assert {r.relationship_type for r in o.ObjectReference} <= known
    assert {o.name for o in event.objects} >= {"organization", "identity", "geolocation", "report", "annotation"}


@pytest.mark.parametrize("label", sorted(TLP))
def test_a_label_of_the_traffic_light_is_set_only_where_asked_for(invented: dict[str, Any], label: str) -> None:
    """With or without its prefix."""
    assert [t.name for t in _loaded(invented, tlp=label).tags] == [f"tlp:{label}"]
    assert [t.name for t in _loaded(invented, tlp=f"TLP:{label.upper()}").tags] == [f"tlp:{label}"]
    assert set(misp.TLP) == TLP


def test_a_label_that_does_not_exist_is_refused_with_those_that_do(invented: dict[str, Any]) -> None:
    """White is the old name, and no label of version 2.0."""
    with pytest.raises(OptionError, match="no label") as fault:
        misp.event(invented, tlp="white")
    assert "clear" in str(fault.value.where.mend)


def test_a_finding_carries_its_likelihood_and_nothing_found_carries_none(invented: dict[str, Any]) -> None:
    """The tag says how probable the sentence is; where nothing was found it would read as an assurance."""
    tags = {text: [t.name for t in a.tags] for text, a in _texts(_loaded(invented)).items()}
    by = {
        rung: t
        for text, t in tags.items()
        for rung in ("power and means", "no path found")
        if f"reading: {rung}" in text
    }
    assert by["power and means"] == ['estimative-language:likelihood-probability="very-likely"']
    assert by["no path found"] == []
    assert [t for text, t in tags.items() if "reading: not assessed" in text] == [[]]
    assert [t for text, t in tags.items() if "by a person's judgement" in text] == [[]]


def test_a_statement_carries_its_grade_and_how_it_is_put(invented: dict[str, Any]) -> None:
    """The words begin with the stance, which no reader can overlook."""
    text, found = next((t, a) for t, a in _texts(_loaded(invented)).items() if "We do not." in t)
    assert text.startswith("Denial: ")
    assert {t.name for t in found.tags} == {
        'admiralty-scale:source-reliability="b"',
        'admiralty-scale:information-credibility="2"',
    }


def test_a_tie_says_no_more_than_the_dossier(invented: dict[str, Any]) -> None:
    """An allegation is a suspected link; what is planned or denied is none; a duty is no act of anybody."""
    ties = {(a, b): (r, c) for a, r, b, c in _references(_loaded(invented)) if "statements: " in c}
    assert ties["Kestrel Terminals", "Osprey"][0] == "suspected-link"
    assert ties["Kestrel Terminals", "Osprey"][1].startswith("Allegation: ")
    assert ties["Australia", "Kestrel Terminals"][0] == "is-in-relation-with"
    assert "in the wide reading only" in ties["Australia", "Kestrel Terminals"][1]
    assert not [pair for pair in ties if set(pair) & {"heron", "crane"}]


def test_a_denial_is_tied_to_the_finding_beside_which_it_stands(invented: dict[str, Any]) -> None:
    """Allegation and denial are read together."""
    beside = {(a[:8], c) for a, r, b, c in _references(_loaded(invented)) if "stands beside" in c and "power" in b}
    assert ("Denial: ", "denied; stands beside the finding") in beside
    assert ("Allegati", "alleged; stands beside the finding") in beside


def test_a_person_is_a_person_without_a_nationality(invented: dict[str, Any]) -> None:
    """The template has a field for it; it stays empty."""
    invented["reports"]["AU"]["findings"][0]["paths"][0]["hops"] += [
        made_up.hop("staff", "kestrel", "p-one", []),
        made_up.hop("seated", "state:AU", "p-one", []),
    ]
    event = _loaded(invented, entities=made_up.entities())
    person = next(o for o in event.objects if o.name == "person")
    assert {a.object_relation for a in person.attributes} == {"full-name"}
    assert not person.ObjectReference
    assert "nationality" not in misp.event(invented, entities=made_up.entities())


def test_a_dossier_in_which_nothing_was_found_says_so() -> None:
    """No law in the base, no path: the limits are there, and no tag."""
    event = _loaded(made_up.empty())
    assert not _tags(event)
    assert any("No law of Australia in force that day is in the base" in text for text in _texts(event))


@settings(max_examples=25)
@given(st.text(min_size=1))
def test_any_text_gives_an_event_that_the_library_reads(text: str) -> None:
    """Names come from sources; blanks alone are among them."""
    event = _loaded(made_up.named(made_up.invented(), text), entities=made_up.entities())
    assert event.objects
