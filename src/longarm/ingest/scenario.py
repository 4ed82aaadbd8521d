"""A scenario file: YAML with the same sections as the site register, and what to end, strike or take as done.

id: local-board
title: The Belgian operator is governed on its own
end: [{holder: cainiao, held: alibaba-smart-hub-be}]      # ties taken away
add: {interests: [...], accesses: [...], ...}             # as in site.yaml; no source is needed, it is assumed
planned: [o-plan-35]                                      # records whose planned statements count
strike: [lgg-017, ft-2023-10]                             # statements, facts, documents or origins left out
safeguards: {keys: in force}                              # a safeguard in another state
"""

from __future__ import annotations

from typing import Any

from longarm.errors import EvidenceError, SourceError
from longarm.ingest import yaml_lines
from longarm.ingest.batch import Batch, Document
from longarm.ingest.evidence import Sources
from longarm.ingest.facts import Publishers
from longarm.ingest.site_register import Register
from longarm.ingest.yaml_lines import Lined
from longarm.model import dates, grades
from longarm.model.scenario import Scenario
from longarm.store.archive import name_of

ASSUMED = {"own": "assumed in the scenario", "grade": "A1", "because": "it is what the scenario assumes"}


def read(data: bytes, name: str, site: str, day: str) -> Scenario:
    """Read a scenario for a site. Raises SourceError with file, line and mend."""
    lined = yaml_lines.check(yaml_lines.read(data, name), "scenario.schema.json")
    value = lined.value
    as_of = None if value.get("as_of") is None else str(value["as_of"])
    try:
        if as_of is not None:
            dates.whole_day(as_of)
    except ValueError as fault:
        raise lined.fault(str(fault), "as_of") from None
    batch = Batch(dataset=f"scenario:{value['id']}")
    sheet = Document(name_of(data), data, "data", day, name)
    sources = Sources({}, {}, sheet, Publishers({}, grades.table(), day), batch)
    added = _assumed(value.get("add") or {})
    overlay = Lined({"site": {"id": site}, **added}, _shifted(lined), name)
    try:
        Register(overlay, sources, batch, day).write_sections()
    except EvidenceError as fault:
        raise SourceError(fault.message, file=name) from None
    return Scenario(
        id=value["id"],
        title=value["title"],
        text=data.decode("utf-8-sig"),
        as_of=as_of,
        rows=tuple(s.row() for s in batch.statements),
        planned=frozenset(value.get("planned") or ()),
        ended=frozenset((e["holder"], e["held"]) for e in value.get("end") or ()),
        struck=frozenset(value.get("strike") or ()),
        safeguards=value.get("safeguards"),
    )


def _assumed(sections: dict[str, Any]) -> dict[str, Any]:
    return {
        name: [line if "source" in line else {**line, "source": ASSUMED} for line in lines]
        for name, lines in sections.items()
    }


def _shifted(lined: Lined) -> dict[tuple[str | int, ...], int]:
    """The lines of `add`, as if its sections stood at the top."""
    return {path[1:]: line for path, line in lined.lines.items() if path[:1] == ("add",)}
