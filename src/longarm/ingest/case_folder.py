"""The case folder: site register, entities, cited facts, documents, decisions, read together into one batch.

    case.yaml             what is examined: the site, the states, the figures
    site.yaml             the site register, written by hand
    facts.json            cited facts (optional)
    sources.yaml          publishers, origins, documents (optional)
    entities.ftm.jsonl    FollowTheMoney entities (optional; any *.ftm.jsonl)
    documents/            texts that statements quote (optional)
    decisions.yaml        what people decided (optional)
    scenarios/            overlays to compute with, one YAML file each (optional)

A fault in a file written by hand stops the ingest before anything is written; a bad row of entities is set aside.
"""

from __future__ import annotations

import mimetypes
import zipfile
from collections.abc import Iterator, Mapping
from dataclasses import replace
from pathlib import Path, PurePosixPath
from typing import Any

from longarm.errors import EvidenceError, SourceError, UnknownState
from longarm.ingest import facts as cited
from longarm.ingest import ftm_entities, scenario, yaml_lines
from longarm.ingest.batch import Batch, Document
from longarm.ingest.evidence import Sources
from longarm.ingest.facts import Fact, Publishers, partial
from longarm.ingest.files import Files
from longarm.ingest.site_register import Register
from longarm.ingest.yaml_lines import Lined
from longarm.model import dates, grades, states
from longarm.model.case import Case
from longarm.model.statement import Evidence
from longarm.model.terms import OUR_NOTE
from longarm.store.archive import name_of

CASE = "case.yaml"
REGISTER = "site.yaml"
_KNOWN = ("README.md", "LICENSE", "NOTICE.md", "expected.json")


def is_case_at(path: Path) -> bool:
    """True where a folder or a zip is a case folder, alone or in one folder inside, told without reading all of it."""
    if path.is_dir():
        inside = list(path.iterdir())
        tops = [path, *inside] if len(inside) == 1 and inside[0].is_dir() else [path]
        return any((top / name).is_file() for top in tops for name in (CASE, REGISTER))
    if not path.is_file() or not zipfile.is_zipfile(path):
        return False
    try:
        with zipfile.ZipFile(path) as archive:
            named = [PurePosixPath(n.replace("\\", "/")) for n in archive.namelist()]
    except (zipfile.BadZipFile, NotImplementedError, OSError, ValueError):
        return False
    return any(n.name in (CASE, REGISTER) and len(n.parts) <= 2 for n in named)


def read(files: Files, day: str) -> Batch:
    """Read a case folder as of the day on which it is ingested (YYYY-MM-DD).

    Raises SourceError with file, line and mend for a fault in a file that is written by hand.
    """
    for name in (CASE, REGISTER):
        if name not in files:
            raise SourceError(f"the case folder lacks '{name}'", mend="'longarm init DIR' writes a commented example")
    case_file = yaml_lines.check(yaml_lines.read(files[CASE], CASE), "case.schema.json")
    register = yaml_lines.check(yaml_lines.read(files[REGISTER], REGISTER), "site.schema.json")
    given = _optional(files, "sources.yaml", "sources.schema.json")
    case = _case(case_file, register)
    batch = Batch(dataset=case.id, is_whole=True)
    known = _last_day(given, "retrieved") or day if given else day
    publishers = _publishers(given, case, known)
    documents = _documents(given, files, batch, publishers)
    facts = _facts(files, batch, publishers, given)
    sheet = batch.add(_sheet(files[REGISTER], REGISTER, known, case_file.value.get("author")))
    for name in sorted(files):
        if name.endswith(".ftm.jsonl"):
            source = batch.add(_sheet(files[name], name, known, None))
            ftm_entities.read(files[name], name, batch, _citing(facts, batch, publishers, source), known)
    try:
        described = {s.entity_id for s in batch.statements if s.schema != "CitedFact"}
        Register(register, Sources(facts, documents, sheet, publishers, batch), batch, known, described).write()
    except EvidenceError as fault:
        raise SourceError(fault.message, file=REGISTER) from None
    said = case_file.value if case.as_of is None else {**case_file.value, "as_of": case.as_of}
    batch.decisions.append(("case", case.id, said, known))
    _decisions(files, batch, known)
    _scenarios(files, batch, case, known)
    batch.warnings += dict.fromkeys(_dangling(batch))
    used = {CASE, REGISTER, "facts.json", "sources.yaml", "decisions.yaml", *_KNOWN}
    used |= {name for name in files if name.startswith("scenarios/") and name.endswith(".yaml")}
    used |= {d.locator for d in batch.documents.values()}
    for name in sorted(set(files) - used):
        batch.warnings.append(f"'{name}' is not part of a case folder and was not read")
    return batch


def _dangling(batch: Batch) -> Iterator[str]:
    """Say which ids a cited fact or a reply names that nothing in the case describes: a slip there hides an answer."""
    there = {s.entity_id for s in batch.statements}
    for s in batch.statements:
        if s.schema == "CitedFact" and s.prop in ("about", "contradicts") and s.value not in there:
            yield f"facts.json: '{s.entity_id}' says under '{s.prop}' an id that nothing describes: '{s.value}'"
    for kind, _, row, _ in batch.decisions:
        for key in ("to", "answered_by"):
            if kind == "reply" and row.get(key) and row[key] not in there:
                yield f"decisions.yaml: a reply names under '{key}' a fact that is not in facts.json: '{row[key]}'"


def _optional(files: Files, name: str, schema: str) -> Lined | None:
    return yaml_lines.check(yaml_lines.read(files[name], name), schema) if name in files else None


def _case(case_file: Lined, register: Lined) -> Case:
    try:
        case = Case.from_dict(case_file.value)
    except ValueError as fault:
        raise case_file.fault(str(fault), "grades") from None
    for key, codes in (("own_state", [case.own_state] if case.own_state else []), ("states", list(case.states))):
        for code in codes:
            try:
                states.check(code)
            except UnknownState as fault:
                raise case_file.fault(fault.message, key, mend=fault.where.mend) from None
    try:
        if case.as_of is not None:
            dates.whole_day(case.as_of)
    except ValueError as fault:
        raise case_file.fault(str(fault), "as_of") from None
    site = register.value["site"]["id"]
    if case.site != site:
        raise case_file.fault(f"the case examines '{case.site}', the register describes '{site}'", "site")
    return case


def _last_day(lined: Lined, *path: str | int) -> str | None:
    """Give the last day that a date of a file may mean: before, nobody can say that it was known."""
    value = lined.value
    for step in path:
        value = value.get(step) if isinstance(value, dict) else value[step]
    if value is None:
        return None
    try:
        return dates.span(str(value)).last.isoformat()
    except ValueError as fault:
        raise lined.fault(str(fault), *path) from None


def _publishers(given: Lined | None, case: Case, known: str) -> Publishers:
    if given is None:
        return Publishers({}, case.table, known)
    value = given.value
    for i, row in enumerate(value.get("publishers") or ()):
        _known_class(given, case.table, row["class"], "publishers", i, "class")
    origins: dict[str, Mapping[str, Any]] = {}
    for i, origin in enumerate(value.get("origins") or ()):
        if "class" in origin:
            _known_class(given, case.table, origin["class"], "origins", i, "class")
        if ("grade" in origin or "class" in origin) and "because" not in origin:
            raise given.fault(f"origin '{origin['id']}' departs from the default without a reason", "origins", i)
        _last_day(given, "origins", i, "date")  # it must be one
        for fact in origin.get("facts") or ():
            if fact in origins:
                raise given.fault(f"fact '{fact}' has two origins", "origins", i, mend="a fact goes back to one origin")
            origins[fact] = origin
    classes = {p["name"]: p["class"] for p in value.get("publishers") or ()}
    return Publishers(classes, case.table, known, origins)


def _known_class(given: Lined, table: grades.GradeTable, name: str, *path: str | int) -> None:
    try:
        table.default(name)
    except ValueError as fault:
        raise given.fault(str(fault), *path) from None


def _documents(given: Lined | None, files: Files, batch: Batch, publishers: Publishers) -> dict[str, Document]:
    found: dict[str, Document] = {}
    for i, row in enumerate((given.value.get("documents") if given else None) or ()):
        assert given is not None
        if row["file"] not in files:
            raise given.fault(f"there is no file '{row['file']}'", "documents", i, "file")
        if row["id"] in found:
            raise given.fault(f"document '{row['id']}' stands here twice", "documents", i, "id")
        if "class" in row:
            _known_class(given, publishers.table, row["class"], "documents", i, "class")
        _last_day(given, "documents", i, "published")  # it must be a date, and stays partial
        data = files[row["file"]]
        found[row["id"]] = batch.add(
            Document(
                id=name_of(data),
                data=data,
                kind=row.get("kind", "data"),
                retrieved=_last_day(given, "documents", i, "retrieved") or publishers.retrieved,
                locator=row["file"],
                media_type=row.get("media_type") or mimetypes.guess_type(row["file"])[0] or "text/plain",
                publisher=row.get("publisher"),
                publisher_class=row.get("class") or publishers.of(row.get("publisher", "")),
                title=row.get("title"),
                url=row.get("url"),
                published=partial(row.get("published")),
                lang=row.get("lang"),
            )
        )
    return found


def _facts(files: Files, batch: Batch, publishers: Publishers, given: Lined | None) -> dict[str, Fact]:
    if "facts.json" not in files:
        return {}
    lined = yaml_lines.check(yaml_lines.read(files["facts.json"], "facts.json"), "facts.schema.json")
    known = {f["id"] for f in lined.value["facts"]}
    for i, origin in enumerate((given.value.get("origins") if given else None) or ()):
        for fact in origin.get("facts") or ():
            if fact not in known and given is not None:
                raise given.fault(f"there is no cited fact '{fact}'", "origins", i, "facts")
    if given is None and (lined.value.get("meta") or {}).get("compiled") is not None:
        publishers = replace(publishers, retrieved=_last_day(lined, "meta", "compiled") or publishers.retrieved)
    return cited.read(lined, batch, publishers)


def _sheet(data: bytes, name: str, known: str, author: str | None) -> Document:
    """A file of the case itself is a document too: what has no other source rests on it."""
    what = "The register of the case, as its author wrote it" if name == REGISTER else "Entities that the case brings"
    return Document(name_of(data), data, "data", known, name, "text/plain", author, None, f"{what} ({name})")


def _citing(facts: Mapping[str, Fact], batch: Batch, publishers: Publishers, source: Document) -> ftm_entities.Citing:
    """What entities may cite: facts by id; pages by address, with the grade of their publisher.

    A page whose facts all go back to one origin has that origin: it is no second voice.
    """
    behind: dict[str, set[str]] = {}
    for fact in facts.values():
        for url in fact.urls:
            behind.setdefault(url, set()).update(e.origin for e in fact.evidence if e.origin)
    pages: dict[str, Evidence] = {}
    for note in batch.documents.values():
        if note.url and note.kind == OUR_NOTE:
            grade = publishers.table.default(note.publisher_class or "copy")
            origins = behind.get(note.url, set())
            origin = next(iter(origins)) if len(origins) == 1 else f"page:{note.url}"
            pages[note.url] = Evidence(document=note.id, origin=origin, grade=str(grade))
    nothing = Evidence(document=source.id, origin=f"document:{source.id}", grade="F6")
    return ftm_entities.Citing(facts, pages, nothing)


_DECIDED = {"judgements": "judgement", "notes": "note", "replies": "reply", "same": "same"}
"""Sections of `decisions.yaml`, and the kind of decision that a row of each is."""


def _decisions(files: Files, batch: Batch, known: str) -> None:
    given = _optional(files, "decisions.yaml", "decisions.schema.json")
    if given is None:
        return
    for section, kind in _DECIDED.items():
        for i, row in enumerate(given.value.get(section) or ()):
            subject = {
                "judgement": str(i),
                "note": f"{row.get('on_what')}:{i}",
                "reply": f"{row.get('to')}:{i}",
                "same": "=".join(row.get("ids", ())),
            }
            on = _last_day(given, section, i, "on") or known
            batch.decisions.append((kind, f"{batch.dataset}:{subject[kind]}", row, on))


def _scenarios(files: Files, batch: Batch, case: Case, known: str) -> None:
    """Check the scenarios of the case, and keep each as it was written."""
    for name in sorted(files):
        if name.startswith("scenarios/") and name.endswith(".yaml"):
            found = scenario.read(files[name], name, case.site, known)
            batch.decisions.append(("scenario", f"{case.id}:{found.id}", found.text, known))
