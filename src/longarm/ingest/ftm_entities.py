"""FollowTheMoney entities, one JSON object a line: good rows become statements, bad ones rejects with the reason.

An entity that cites a fact by `recordId` takes that fact's evidence; one that only gives a `sourceUrl` takes the grade
of the page's publisher; one that gives neither cannot be judged, and counts in the bounds only.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from longarm.errors import EvidenceError, SourceError
from longarm.ingest.batch import Batch, Reject
from longarm.ingest.facts import NOT_TIES, Fact
from longarm.ingest.files import text, unwritable
from longarm.model import dates, shares, vocabulary
from longarm.model.statement import BASE, Evidence, Statement

MAX_LINE = 8 * 1024 * 1024

_DATES = ("startDate", "endDate", "date")
_ENDS = ("percentageMinimum", "percentageMaximum")
_FIGURE = re.compile(r"-?\d+(\.\d+)?", re.ASCII)
_FRACTION = re.compile(r"0(\.\d+)?|1(\.0+)?|\.\d+", re.ASCII)


@dataclass(frozen=True)
class Citing:
    """What entities may cite."""

    facts: Mapping[str, Fact] = field(default_factory=dict)
    pages: Mapping[str, Evidence] = field(default_factory=dict)
    """address of a page → evidence of whatever it alone is cited for"""
    otherwise: Evidence = field(default_factory=Evidence)
    """for entities that cite nothing"""


def rows(data: bytes, name: str) -> Iterator[tuple[int, str]]:
    """Give (line, text) of every row that is not blank. Raises SourceError for a file that is no text."""
    for number, row in enumerate(text(data, name).split("\n"), start=1):
        if row.strip():
            yield number, row.rstrip("\r")


def read(data: bytes, name: str, batch: Batch, citing: Citing, day: str) -> int:
    """Turn rows into statements. Gives how many entities were taken.

    Raises SourceError where not a single row is one: then the file is not what it was taken for.
    """
    taken = 0
    first: Reject | None = None
    for number, row in rows(data, name):
        try:
            statements = list(entity(row, batch.dataset, citing, day))
        except (SourceError, EvidenceError) as fault:
            reject = Reject(name, number, fault.message, row[:2000])
            first = first or reject
            batch.rejects.append(reject)
            continue
        batch.statements += statements
        taken += 1
    if not taken and first is not None:
        raise SourceError(
            first.reason, file=name, line=first.line, mend="one FollowTheMoney entity a line was expected"
        )
    return taken


def entity(row: str, dataset: str, citing: Citing, day: str) -> Iterator[Statement]:
    """Give the statements of one row. Raises SourceError or EvidenceError with what is wrong with it."""
    identity, schema, properties = _parse(row)
    found = vocabulary.model().get(schema)
    if found is None:
        raise SourceError(f"there is no schema '{schema}'")
    if found.abstract:
        raise SourceError(f"schema '{schema}' is abstract: no entity is one")
    checked = []
    is_interval = found.is_a("Interval")
    for prop, values in properties.items():
        named = vocabulary.property_of(schema, prop)
        if named.stub:
            raise SourceError(f"'{prop}' is the other end of a property, and is not given itself")
        for value in values:
            cleaned, kind = vocabulary.clean(schema, prop, value)
            if is_interval and prop in _DATES:
                cleaned = cleaned[:10]  # a tie holds for days
            readable(schema, prop, cleaned)
            checked.append((prop, cleaned, kind, value if value != cleaned else None))
    taken = {p: [c for prop, c, _, _ in checked if prop == p] for p in _DATES + _ENDS}
    _not_backwards(taken)
    for evidence in _evidence(properties, citing):
        dated = _dated(evidence, taken) if is_interval else evidence
        yield Statement(identity, schema, BASE, identity, "id", dataset, day, dated)
        for prop, cleaned, kind, original in checked:
            yield Statement(identity, schema, prop, cleaned, kind, dataset, day, dated, original_value=original)


def readable(schema: str, prop: str, value: str) -> None:
    """Raise SourceError where a value is none that the calculation can read: the row is better set aside now."""
    try:
        if prop in ("percentage", "votingPercentage") and schema == "Ownership":
            shares.read(value)
        elif prop in _ENDS:
            if not _FIGURE.fullmatch(value):
                raise ValueError(f"'{value}' is not a number; a percentage was expected")
            shares.parts(value)
        elif prop in _DATES and vocabulary.property_of(schema, prop).type.name == "date":
            dates.span(value[:10])
        elif prop == "effectiveness" and not _FRACTION.fullmatch(value):
            raise ValueError(f"'{value}' is not a number from 0 to 1")
    except ValueError as fault:
        raise SourceError(f"{prop}: {fault}") from None


def _not_backwards(taken: Mapping[str, list[str]]) -> None:
    lows, highs = ([shares.parts(v) for v in taken[end]] for end in _ENDS)
    if lows and highs and min(lows) > max(highs):
        raise SourceError("percentageMinimum is larger than percentageMaximum")


def _parse(row: str) -> tuple[str, str, dict[str, list[str]]]:
    if len(row) > MAX_LINE:
        raise SourceError(f"the row has {len(row):,} characters; at most {MAX_LINE:,} were expected")
    try:
        value: Any = json.loads(row)
    except (ValueError, RecursionError) as fault:
        raise SourceError(f"this is not JSON: {fault}") from None
    if not isinstance(value, dict):
        raise SourceError("a row is one object with id, schema and properties")
    entity, schema, properties = value.get("id"), value.get("schema"), value.get("properties")
    for given in _texts(value):
        if unfit := unwritable(given):
            raise SourceError(unfit)
    if not isinstance(entity, str) or not entity.strip():
        raise SourceError("the entity has no 'id'")
    if not isinstance(schema, str):
        raise SourceError(f"entity '{entity}' has no 'schema'")
    if not isinstance(properties, dict):
        raise SourceError(f"entity '{entity}' has no 'properties'")
    clean: dict[str, list[str]] = {}
    for prop, values in properties.items():
        if values is None:
            continue
        if not isinstance(values, list) or not all(isinstance(v, str) for v in values):
            raise SourceError(f"property '{prop}' of '{entity}' is not a list of texts")
        clean[prop] = values
    return entity, schema, clean


def _texts(value: Any) -> Iterator[str]:
    """Give every text of a row that becomes a statement, or is named in a message."""
    for key, each in value.items():
        yield key
        if isinstance(each, str):
            yield each
        elif key == "properties" and isinstance(each, dict):
            for prop, values in each.items():
                yield prop
                yield from (v for v in values if isinstance(v, str)) if isinstance(values, list) else ()


def _evidence(properties: Mapping[str, list[str]], citing: Citing) -> list[Evidence]:
    cited = [citing.facts[r] for r in properties.get("recordId", ()) if r in citing.facts]
    if cited:
        # A fact that says "not found" or "not shown" is no evidence for a record that cites it.
        return [e if fact.polarity not in NOT_TIES else _unshown(e) for fact in cited for e in fact.evidence]
    pages = [citing.pages[u] for u in properties.get("sourceUrl", ()) if u in citing.pages]
    return pages or [citing.otherwise]


def _unshown(evidence: Evidence) -> Evidence:
    return Evidence(evidence.document, evidence.span, evidence.origin, evidence.speaker, "inferred", "F6")


def _dated(evidence: Evidence, taken: Mapping[str, list[str]]) -> Evidence:
    """Take over the dates of the interval: they say for when it holds, the fact's say when it was seen."""
    start = taken["startDate"] or taken["date"]
    end = taken["endDate"]
    return Evidence(
        evidence.document,
        evidence.span,
        evidence.origin,
        evidence.speaker,
        evidence.stance,
        evidence.grade,
        start[0] if start else None,
        end[-1] if end else None,
    )
