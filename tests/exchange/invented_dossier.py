"""A small invented dossier in which every stance, rung and awkward text occurs once; no real firm, person or paper."""

from __future__ import annotations

import copy
from collections.abc import Mapping
from typing import Any

DAY = "2026-03-04"


def statement(entity: str, prop: str, value: str, stance: str = "asserted", **more: Any) -> dict[str, Any]:
    """A statement as a report shows it."""
    plain = {
        "entity": entity,
        "schema": "Company",
        "prop": prop,
        "value": value,
        "quote": None,
        "stance": stance,
        "grade": "B2",
        "speaker": None,
        "origin": "o-paper",
        "origin_name": "The Paper on Norhaven",
        "publisher": "The Paper",
        "title": "Who runs the gate?",
        "published": "2025-11",
        "url": "https://paper.invalid/1?a=1&b=2",
        "document": "d" * 64,
        "document_kind": "our note",
        "span": [3, 9],
        "valid_from": None,
        "valid_to": None,
    }
    return plain | more


def hop(kind: str, start: str, end: str, statements: list[str], **more: Any) -> dict[str, Any]:
    """A hop as a report shows it."""
    plain = {
        "from": start,
        "to": end,
        "tie": f"{kind}:{start}>{end}",
        "kind": kind,
        "class": "",
        "level": "fact",
        "label": f"{start} {kind} {end}",
        "disputed": False,
        "cuttable": False,
        "last_confirmed": None,
        "statements": statements,
    }
    return plain | more


def finding(part: str | None, rung: str, **more: Any) -> dict[str, Any]:
    """A finding as a report shows it."""
    plain: dict[str, Any] = {
        "part": part,
        "capability": "see",
        "reading": "narrow",
        "level": None,
        "rung": rung,
        "computed_rung": rung,
        "confidence": 1.0,
        "error": 0.0,
        "bounds": [1.0, 1.0],
        "words": "almost certain",
        "gross": {"rung": rung, "level": None, "confidence": 1.0},
        "shares": {"joint": 0.0, "means_only": 0.0, "power_only": 0.0},
        "paths": [],
        "paths_more": 0,
        "paths_complete": True,
        "cuts": [],
        "cuts_leave": [],
        "next": [],
        "beside": [],
        "judged": [],
    }
    return plain | more


def _judged(found: dict[str, Any]) -> dict[str, Any]:
    judgement = {
        "rung": "evidence of use",
        "author": "An analyst",
        "on": DAY,
        "for": "2025-10",
        "cites": ["s-says"],
        "reason": "The log says so",
        "holds": True,
    }
    return found | {"computed_rung": "power and means", "capability": "stop", "judged": [judgement]}


def invented() -> dict[str, Any]:
    """The dossier: a path over an alleged, a planned and a denied tie to a gate, and nothing found beyond it."""
    statements = {
        "s-seat": statement("kestrel", "mainCountry", "au"),
        "s-alleged": statement("kestrel-osprey", "controller", "kestrel", "alleged", schema="Control", grade="A1"),
        "s-planned": statement("osprey-heron", "owner", "osprey", "planned", schema="Ownership"),
        "s-denied": statement("osprey-crane", "owner", "osprey", "denied", schema="Ownership"),
        "s-access": statement("osprey-gate", "holder", "osprey", schema="Access", quote="Osprey works the gate."),
        "s-says": statement(
            "f-1", "sentence", "Kestrel reads it.", "alleged", schema="CitedFact", speaker="A minister"
        ),
        "s-no": statement(
            "f-2", "sentence", "We do not.", "denied", schema="CitedFact", speaker="Kestrel", origin="o-k"
        ),
        "s-none": statement("f-3", "sentence", "Nothing was seen.", schema="CitedFact", grade="F6"),
        "s-person": statement("p-one", "nationality", "au", schema="Person"),
        "law:au-act#7": statement(
            "au-act",
            "article 7",
            "Firms assist.",
            document=None,
            document_kind="law",
            span=None,
            title="Assistance Act",
            title_original="Loi d'assistance",
            status="in force",
            publisher="Official Journal",
            published="2020-01-02",
        ),
    }
    hops = [
        hop("seated", "state:AU", "kestrel", ["s-seat"]),
        hop("duty", "state:AU", "kestrel", ["law:au-act#7"], level="compel", disputed=True),
        hop("control", "kestrel", "osprey", ["s-alleged"], level="control", cuttable=True),
        hop("interest", "osprey", "heron", ["s-planned"], level="control"),
        hop("interest", "osprey", "crane", ["s-denied"], level="control"),
        hop("fact", "osprey", "sector=ports", []),
        hop("access", "osprey", "gate", ["s-access"], level="means", **{"class": "operator of a system"}),
    ]
    path = {"hops": hops, "level": "compel", "meets_in": "osprey", "share": 0.7}
    found = {
        "level": "compel",
        "confidence": 0.84,
        "error": 0.02,
        "bounds": [0.8, 0.9],
        "words": "very likely",
        "paths": [path],
        "cuts": [["control:kestrel>osprey"]],
        "cuts_leave": [0.1],
        "next": [{"tie": "seated:state:AU>kestrel", "label": "", "share": 0.9, "gain": 0.1}],
        "beside": ["s-says", "s-no", "s-none"],
    }
    report = {
        "question": {"site": "norhaven", "state": "AU", "as_of": DAY, "known_at": DAY},
        "case": {"id": "norhaven", "title": "Norhaven", "threshold": 0.5},
        "findings": [
            finding("gate", "power and means", **found),
            finding("yard", "no path found"),
            finding(None, "not assessed", confidence=None, error=None, bounds=None, words=None),
            finding("gate", "evidence of use", **_judged(found)),
        ],
        "possible": [
            {
                "part": "yard",
                "capability": "see",
                "reading": "wide",
                "share": 0.1,
                "at_most": 0.4,
                "why": "below the threshold",
                "paths": [path],
            }
        ],
        "parts": [{"id": "gate", "type": "system"}, {"id": "yard", "type": "zone"}],
        "names": {"norhaven": "Port of Norhaven", "kestrel": "Kestrel Terminals", "osprey": "Osprey", "gate": "Gate"},
        "statements": statements,
        "coverage": {"status": "partial", "law_in_base": True, "parts_without_access": ["yard"], "gaps": []},
        "warnings": [],
    }
    return {
        "question": {"site": "norhaven", "states": ["AU"], "as_of": DAY, "known_at": DAY},
        "case": {"id": "norhaven", "title": "Norhaven", "threshold": 0.5},
        "reports": {"AU": report},
        "computed": {"version": "0.0.1"},
    }


def entities() -> list[dict[str, Any]]:
    """The FollowTheMoney entities behind it, as a workspace gives them."""
    rows: list[tuple[str, str, dict[str, list[str]]]] = [
        ("norhaven", "Site", {"name": ["Port of Norhaven"], "siteType": ["port"], "code": ["NOR"]}),
        ("gate", "SitePart", {"name": ["Gate"], "partType": ["system"], "site": ["norhaven"]}),
        ("kestrel", "Company", {"name": ["Kestrel Terminals"], "mainCountry": ["au"], "country": ["nz"]}),
        ("osprey", "Company", {"name": ["Osprey"]}),
        ("heron", "Company", {"name": ["Heron"]}),
        ("crane", "Company", {"name": ["Crane"]}),
        (
            "p-one",
            "Person",
            {"name": ["Ada One"], "nationality": ["au"], "country": ["au"], "position": ["Minister of Ports"]},
        ),
        (
            "kestrel-osprey",
            "Control",
            {"controller": ["kestrel"], "controlled": ["osprey"], "controlType": ["appointment"]},
        ),
        ("osprey-heron", "Ownership", {"owner": ["osprey"], "asset": ["heron"], "percentage": ["60"]}),
        ("osprey-crane", "Ownership", {"owner": ["osprey"], "asset": ["crane"], "percentage": ["70"]}),
    ]
    return [{"id": i, "schema": schema, "properties": properties} for i, schema, properties in rows]


def empty() -> dict[str, Any]:
    """A dossier of a state of which no law is in the base and no path was found."""
    made = invented()
    report = made["reports"]["AU"]
    report["findings"] = [finding(None, "no path found"), finding("gate", "not assessed", confidence=None, bounds=None)]
    report |= {"possible": [], "statements": {}}
    report["coverage"] = {"status": "partial", "law_in_base": False, "parts_without_access": ["gate", "yard"]}
    report["warnings"] = ["no law of AU is in the base: only ownership and control were looked at"]
    return made


def with_facts(dossier: Mapping[str, Any]) -> dict[str, Any]:
    """The dossier with the cited facts that the compiled value has: what contradicts what, and on whom."""
    made = copy.deepcopy(dict(dossier))
    made["facts"] = [
        {
            "id": "f-1",
            "statements": ["s-says"],
            "contradicts": [],
            "about": ["kestrel", "p-one"],
            "replies": [{"says": "Nobody answered this.", "on": DAY, "by": "longarm"}],
        },
        {"id": "f-2", "statements": ["s-no"], "contradicts": ["f-1"], "about": ["kestrel"], "replies": []},
        {"id": "f-3", "statements": ["s-none"], "contradicts": [], "about": ["kestrel"], "replies": []},
    ]
    return made


def named(dossier: Mapping[str, Any], text: str) -> dict[str, Any]:
    """The dossier with a text in the place of a name, a quote, a title, a publisher and a label."""
    made = copy.deepcopy(dict(dossier))
    report = made["reports"]["AU"]
    report["names"] = dict.fromkeys(report["names"], text)
    for s in report["statements"].values():
        s |= {"quote": text, "title": text, "publisher": text, "speaker": text, "origin_name": text}
    for f in report["findings"]:
        for path in f["paths"]:
            for h in path["hops"]:
                h["label"] = text
    return made
