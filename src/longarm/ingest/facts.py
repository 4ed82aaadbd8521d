"""Cited facts: one sentence each with its documents, stance, speaker and origin; and the source notes made of them.

The texts of others are not kept. For every page that facts cite, a note in our own words is made, which says what the
page is and what facts were taken from it; statements quote the note, and it is shown as *our note*.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from importlib.resources import files
from typing import Any

import yaml

from longarm.errors import EvidenceError, SourceError
from longarm.ingest.batch import Batch, Document, Origin
from longarm.ingest.yaml_lines import Lined
from longarm.model import dates, grades
from longarm.model.names import slug
from longarm.model.statement import Evidence, Statement, check_span
from longarm.model.terms import OUR_NOTE
from longarm.store.archive import name_of

NOT_TIES = frozenset({"not_shown", "unverified"})
"""Polarities that say that something was looked for and not found: never a tie, always shown."""


@dataclass(frozen=True)
class Publishers:
    """Which class each publisher is of, and what origins the case names."""

    classes: Mapping[str, str]
    table: grades.GradeTable
    retrieved: str
    origins: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)
    """fact id → the origin that sources.yaml gives it"""

    def of(self, publisher: str) -> str | None:
        """Give a publisher's class: by the case itself, else by the shipped rules; None where neither says."""
        return self.classes.get(publisher) or class_of(publisher)


@cache
def class_of(publisher: str) -> str | None:
    """Give a publisher's class by the shipped rules; None where they do not know it."""
    for when, given in _rules():
        if when.search(publisher.strip()):
            return given
    return None


@cache
def _rules() -> tuple[tuple[re.Pattern[str], str], ...]:
    data = yaml.safe_load(files("longarm.ingest").joinpath("publishers.yaml").read_text("utf-8"))
    return tuple((re.compile(row["when"], re.IGNORECASE), row["class"]) for row in data["rules"])


@dataclass(frozen=True)
class Fact:
    """A cited fact with the evidence that whatever cites it takes over: one for each document."""

    id: str
    polarity: str
    evidence: tuple[Evidence, ...]
    urls: frozenset[str]


def read(lined: Lined, batch: Batch, publishers: Publishers) -> dict[str, Fact]:
    """Turn cited facts into documents, origins and statements. Gives the facts by id.

    Raises SourceError for an id that stands twice, a date that is none, or an unknown class of publisher.
    """
    found: dict[str, Fact] = {}
    listed = lined.value["facts"]
    notes = _notes(listed, batch, publishers)
    for i, raw in enumerate(listed):
        if raw["id"] in found:
            raise lined.fault(f"fact '{raw['id']}' stands here twice", "facts", i, "id")
        for key in ("valid_from", "valid_to"):
            try:
                if raw.get(key):
                    dates.span(str(raw[key]))
            except ValueError as fault:
                raise lined.fault(str(fault), "facts", i, key) from None
        try:
            fact = _fact(raw, notes, publishers, batch)
        except (SourceError, EvidenceError) as fault:
            raise lined.fault(fault.message, "facts", i, mend=fault.where.mend) from None
        found[raw["id"]] = fact
    for i, raw in enumerate(listed):
        for other in raw.get("contradicts") or ():
            if other not in found:
                raise lined.fault(f"fact '{raw['id']}' contradicts '{other}', which is not here", "facts", i)
    return found


def _fact(raw: Mapping[str, Any], notes: Mapping[str, Document], publishers: Publishers, batch: Batch) -> Fact:
    origin = _origin(raw, publishers)
    batch.origins.setdefault(origin.id, origin)
    evidence = []
    for source in raw["sources"] or (None,):
        note = notes[_page(source)] if source else None
        span = None
        if note is not None:
            start = note.data.decode().index(f"[{raw['id']}] {raw['text']}") + len(raw["id"]) + 3
            span = (start, start + len(raw["text"]))
        evidence.append(
            Evidence(
                document=note.id if note else None,
                span=span,
                origin=origin.id,
                speaker=raw.get("speaker"),
                stance=_stance(raw),
                grade=str(_grade(raw, note, publishers)),
                valid_from=raw.get("valid_from") or None,
                valid_to=raw.get("valid_to") or None,
            )
        )
    for each, source in zip(evidence, raw["sources"] or (None,), strict=True):
        note = notes[_page(source)] if source else None
        batch.statements += _statements(raw, each, note, batch.dataset, publishers.retrieved)
    urls = frozenset(s["url"] for s in raw["sources"] if s.get("url"))
    return Fact(raw["id"], raw["polarity"], tuple(evidence), urls)


def _stance(raw: Mapping[str, Any]) -> str:
    polarity = str(raw["polarity"])
    return "inferred" if polarity in NOT_TIES else polarity


def _grade(raw: Mapping[str, Any], note: Document | None, publishers: Publishers) -> grades.Grade:
    """The default of the publisher's class, or of the origin where the case says so; a departure gives its reason."""
    if raw.get("grade"):
        return grades.read(raw["grade"])
    if raw["polarity"] in NOT_TIES or raw["polarity"] == "inferred" or note is None:
        return grades.Grade("F", "6")
    named = publishers.origins.get(raw["id"], {})
    if named.get("grade"):
        return grades.read(named["grade"])
    given = named.get("class") or note.publisher_class or "copy"
    try:
        return publishers.table.default(given)
    except ValueError as fault:
        raise SourceError(str(fault)) from None


def _origin(raw: Mapping[str, Any], publishers: Publishers) -> Origin:
    """The first speaker on that occasion; where nobody is named, the first report: one fact, one origin."""
    named = publishers.origins.get(raw["id"])
    if named is not None:
        day = named.get("date")
        return Origin(named["id"], named["name"], None if day is None else str(day), named.get("note"))
    if raw.get("origin"):
        return Origin(raw["origin"], raw["origin"])
    day = str(raw.get("valid_from") or "")
    if raw.get("speaker"):
        return Origin(f"speaker:{slug(raw['speaker'])}:{day}", str(raw["speaker"]), day or None)
    if raw["sources"]:
        first = raw["sources"][0]
        when = partial(first.get("date"))
        return Origin(f"report:{slug(first['publisher'])}:{when or slug(first['title'])}", first["publisher"], when)
    return Origin(f"fact:{raw['id']}", "no source")


def _statements(
    raw: Mapping[str, Any], evidence: Evidence, note: Document | None, dataset: str, day: str
) -> list[Statement]:
    given: dict[str, list[str]] = {
        "subject": [raw.get("subject") or ""],
        "predicate": [str(raw.get("predicate") or "").replace("_", " ")],
        "object": [raw.get("object") or ""],
        "sentence": [raw["text"]],
        "polarity": [raw["polarity"]],
        "remark": [raw.get("note") or ""],
        "hints": list(raw.get("capability_hint") or ()),
        "contradicts": list(raw.get("contradicts") or ()),
        "about": list(raw.get("about") or ()),
        "bears": [raw.get("bears") or ""],
        "startDate": [raw.get("valid_from") or ""],
        "endDate": [raw.get("valid_to") or ""],
    }
    types = {"contradicts": "entity", "about": "entity", "startDate": "date", "endDate": "date"}
    types |= {"sentence": "text", "remark": "text"}
    found = []
    for prop, values in given.items():
        for value in values:
            if not value:
                continue
            statement = Statement(
                raw["id"], "CitedFact", prop, value, types.get(prop, "string"), dataset, day, evidence
            )
            if prop == "sentence" and note is not None:
                check_span(statement, value, note.data.decode())
            found.append(statement)
    return found


def _page(source: Mapping[str, Any]) -> str:
    return "\x1f".join(str(source.get(k) or "") for k in ("publisher", "title", "url"))


def _notes(listed: list[dict[str, Any]], batch: Batch, publishers: Publishers) -> dict[str, Document]:
    """Make one note a page: what it is, and the facts taken from it."""
    pages: dict[str, tuple[dict[str, Any], list[dict[str, Any]]]] = {}
    for raw in listed:
        for source in raw["sources"]:
            pages.setdefault(_page(source), (source, []))[1].append(raw)
    made = {}
    unclassed = set()
    for page, (source, facts) in pages.items():
        given = publishers.of(source["publisher"])
        if given is None:
            unclassed.add(source["publisher"])
        when = partial(source.get("date"))
        head = [
            "Our note, in our own words. The page itself is not kept.",
            "",
            f"Publisher: {source['publisher']}",
            f"Title: {source['title']}",
            f"Date: {source.get('date') or 'not seen'}",
            f"Address: {source.get('url') or 'none'}",
            "",
            "What it says, as far as this case uses it:",
            "",
        ]
        body = [f"[{f['id']}] {f['text']}" + (f"\nRemark: {f['note']}" if f.get("note") else "") for f in facts]
        data = ("\n".join(head) + "\n\n".join(body) + "\n").encode()
        made[page] = batch.add(
            Document(
                id=name_of(data),
                data=data,
                kind=OUR_NOTE,
                retrieved=publishers.retrieved,
                locator=f"note {slug(source['publisher'])} {when or ''} {slug(source['title'])[:40]}".strip(),
                publisher=source["publisher"],
                publisher_class=given or "copy",
                title=source["title"],
                url=source.get("url"),
                published=when,
                lang="eng",
            )
        )
    if unclassed:
        names = ", ".join(sorted(unclassed)[:6]) + (f" and {len(unclassed) - 6} more" if len(unclassed) > 6 else "")
        batch.warnings.append(
            f"{len(unclassed)} publishers have no class and are graded as a copy (C3): {names}; "
            "name their class in sources.yaml"
        )
    return made


def partial(text: Any) -> str | None:
    """Give the partial date at the start of a text such as `2025 (day to be checked)`, or None."""
    found = re.match(r"\d{4}(-\d{2}(-\d{2})?)?", str(text or ""))
    if not found:
        return None
    try:
        dates.span(found[0])
    except ValueError:
        return None
    return found[0]
