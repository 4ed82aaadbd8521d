"""The objects of a STIX 2.1 bundle as they are made: identifiers, dates, references, and our one extension.

The extension (STIX 2.1, section 7.3) carries what the standard has no field for: stance, the whole Admiralty grade,
origin, and our ids of statements and ties, by which anybody can ask for the evidence again.
"""

from __future__ import annotations

import json
import uuid
from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import Any, Final

from longarm.exchange import words
from longarm.exchange.cited import Cited, sort_key
from longarm.exchange.documents import Document
from longarm.model import states
from longarm.model.ties import STATE

NAMESPACE: Final = uuid.UUID("6f8f3a52-2f4e-5f0b-9d0e-0a5c0f5c7a11")
"""Of all ids that an export makes up: fixed for ever."""
_CLASS: Final = {
    "Person": "individual",
    **dict.fromkeys(("Company", "Organization", "PublicBody"), "organization"),
}
_TEXT: Final = {"type": "string"}
_TEXTS: Final = {"type": "array", "items": _TEXT}
_SHARE: Final = {"type": "number", "minimum": 0, "maximum": 1}
SCHEMA: Final = {
    "$schema": "https://json-schema.org/draft/2020-12/schema",
    "title": "Evidence of longarm",
    "description": "How a relationship, a note or an opinion is put, and by which statements. Only the stance "
    "'asserted' says that something is so.",
    "type": "object",
    "required": ["extension_type"],
    "properties": {
        "extension_type": {"const": "property-extension"},
        "stance": {"enum": ["asserted", "alleged", "denied", "planned", "inferred"]},
        "grades": {**_TEXTS, "description": "Admiralty grades, a letter A to F and a digit 1 to 6, as B2"},
        "origins": {**_TEXTS, "description": "independent sources that the statements go back to"},
        "statement_ids": _TEXTS,
        "tie": _TEXT,
        "kind": _TEXT,
        "class": _TEXT,
        "level": {**_TEXT, "description": "control, compel, influence, means or fact"},
        "disputed": {"type": "boolean", "description": "open in the wide reading only"},
        "cuttable": {"type": "boolean", "description": "can be sold, ended or closed"},
        "last_confirmed": _TEXT,
        "part": _TEXT,
        "capability": {"enum": ["see", "shape", "stop"]},
        "reading": {"enum": ["narrow", "wide"]},
        "rung": _TEXT,
        "computed_rung": _TEXT,
        "share": {**_SHARE, "description": "share of possible worlds that decided the computed rung"},
        "error": {**_SHARE, "description": "half-width of its 95 % interval"},
        "lower": _SHARE,
        "upper": _SHARE,
        "gross_rung": {**_TEXT, "description": "without the safeguards on file"},
        "gross_share": _SHARE,
        "paths_not_listed": {"type": "integer"},
        "confidence_basis": {"enum": ["share of worlds", "Admiralty credibility"]},
    },
    "additionalProperties": False,
}
_CREDIBILITY: Final = {"1": 90, "2": 70, "3": 50, "4": 30, "5": 10}
"""STIX 2.1, Appendix A, Admiralty credibility; 6, whose truth cannot be judged, has no value there."""


def finding_key(c: Cited, state: str, finding: Mapping[str, Any]) -> str:
    """Name the note of a finding."""
    return " ".join(("finding", c.site, *sort_key(state, finding)))


def statement_key(statement: str) -> str:
    """Name the note of a statement that stands beside findings."""
    return f"statement {statement}"


class Made:
    """The objects made so far, each once."""

    def __init__(self, c: Cited, schemata: Mapping[str, str]) -> None:
        """Take the dossier, and the FollowTheMoney schema of its entities where they are known."""
        self.c = c
        self.day = f"{c.day}T00:00:00.000Z"
        self._schemata = schemata
        self._parts = c.parts()
        self._objects: dict[str, dict[str, Any]] = {}
        asked = {k: v for k, v in c.given["question"].items() if k != "states"}
        self._asked = json.dumps([asked, c.version, c.case.get("id")], sort_keys=True)
        self.author = self.id("identity", "longarm")
        self.extension = self.id("extension-definition", "evidence 1.0.0")
        self.add("identity", "longarm", name="longarm", identity_class="system", description=words.CAPABILITY)
        self.add(
            "extension-definition",
            "evidence 1.0.0",
            name="Evidence of longarm",
            description="Stance, grades, origins and statements beneath an object, and where a finding stands.",
            schema=json.dumps(SCHEMA, sort_keys=True),
            version="1.0.0",
            extension_types=["property-extension"],
        )

    def id(self, kind: str, key: str) -> str:
        """Give the identifier of an object: that of the day and of what it is; of the question too, if computed."""
        asked = "" if kind in ("identity", "location", "extension-definition") else self._asked
        return f"{kind}--{uuid.uuid5(NAMESPACE, json.dumps([kind, key, self.c.day, asked]))}"

    def add(self, kind: str, key: str, *, ours: Mapping[str, Any] | None = None, **given: Any) -> str:
        """Make an object if it is not there, with what is ours in the extension; give its identifier."""
        identity = self.id(kind, key)
        if identity not in self._objects:
            held = {k: v for k, v in given.items() if v is not None and v != []}
            extra = {k: v for k, v in (ours or {}).items() if v is not None and v != []}
            if extra:
                held["extensions"] = {self.extension: {"extension_type": "property-extension", **extra}}
            if identity != self.author:
                held["created_by_ref"] = self.author
            self._objects[identity] = {
                "type": kind,
                "spec_version": "2.1",
                "id": identity,
                "created": self.day,
                "modified": self.day,
                **held,
            }
        return identity

    def identity(self, entity: str, roles: list[str] | None = None) -> str:
        """Give the identity of an entity, a part of the site or a state."""
        part = self._parts.get(entity)
        if entity.startswith(STATE):
            kind: str | None = "organization"
        elif part is not None or roles:
            kind, roles = "system" if part == "system" else None, roles or [f"site part: {part or 'kind not known'}"]
        else:
            kind = _CLASS.get(self._schemata.get(entity, ""))
        return self.add("identity", entity, name=self.c.name(entity), identity_class=kind, roles=roles)

    def location(self, state: str) -> str:
        """Give the place of a state, by its ISO 3166 code."""
        return self.add("location", f"state {state}", name=states.name(state), country=state)

    def is_person(self, entity: str) -> bool:
        """True where the entity is known to be a person."""
        return self._schemata.get(entity) == "Person"

    def is_known(self, entity: str) -> bool:
        """True where the dossier has a name for it."""
        return entity in self.c.names or entity in self._parts

    def evidence(self, statements: Sequence[str], stance: str) -> dict[str, Any]:
        """Give what the extension says of some statements."""
        held = [self.c.statements[s] for s in statements]
        return {
            "stance": stance,
            "grades": sorted({str(s["grade"]) for s in held if s.get("grade")}),
            "origins": sorted({str(s["origin"]) for s in held if s.get("origin")}),
            "statement_ids": list(statements),
        }

    def by_grade(self, statements: Sequence[str]) -> dict[str, int]:
        """Give the confidence by the best credibility among statements of the firmest stance; none for 6."""
        held = [self.c.statements[s] for s in statements]
        firmest = next((p for p in words.PUT if any(s["stance"] == p for s in held)), None)
        digits = [d for s in held if s["stance"] == firmest and (d := words.credibility(s)) in _CREDIBILITY]
        return {"confidence": _CREDIBILITY[min(digits)]} if digits else {}

    def references(self, statements: Iterable[str]) -> list[dict[str, str]]:
        """Give the documents beneath some statements as external references (2.5): publisher, title, address."""
        held = list(statements)
        return [_reference(d, self.c.articles_of(held)) for d in self.c.documents_of(held)]

    def written(self) -> str:
        """Give the bundle as text, each object checked against the standard by `stix2`."""
        made = [_checked(held) for _, held in sorted(self._objects.items())]
        key = f"bundle {self.c.site} {' '.join(self.c.states)}"
        whole = {"type": "bundle", "id": self.id("bundle", key), "objects": made}
        return json.dumps(whole, ensure_ascii=False, indent=1, sort_keys=True) + "\n"


def _checked(held: Mapping[str, Any]) -> Any:
    import stix2

    return json.loads(stix2.parse(dict(held), version="2.1").serialize())


def _reference(d: Document, articles: Collection[str]) -> dict[str, str]:
    published = f", published {d.published}" if d.published else ""
    note = "; read as our own note" if d.is_our_note else ""
    found = {"source_name": d.publisher or "publisher not known", "description": f"{d.title}{published}{note}"}
    if cited := [a for a in d.articles if f"{d.id}#{a}" in articles]:
        found["description"] += f"; article{'s' if len(cited) > 1 else ''} {', '.join(cited)}"
    return {**found, "url": d.url} if d.url else {**found, "external_id": d.id}
