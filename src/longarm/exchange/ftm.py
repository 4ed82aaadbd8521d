"""The entities that a dossier cites, as FollowTheMoney JSON lines in FollowTheMoney's own schemata alone.

`longarm export` writes everything on file, in our schemata too; this is taken from the same entities, cut down to what
the dossier cites and put so that any FollowTheMoney tool reads it: a site is a `RealEstate`, its part an `Asset`, a
state a `Territory`. FollowTheMoney has no stance. So an entity keeps what it is called and known by, and of all else
what a cited statement asserts; what somebody alleges, plans or denies is said in words with who says so, and a relation
that nobody asserts is an `UnknownLink` with its `status`. Documents are `Article` or `Document`; what stands beside the
findings is a `Note` on whom it is about.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Any, Final

from longarm.exchange import words
from longarm.exchange.cited import ORIGIN_OF_PERSONS, Cited, Tie, cited
from longarm.exchange.documents import LAW, Document
from longarm.model.terms import Stance
from longarm.model.ties import STATE, Kind

if TYPE_CHECKING:
    from followthemoney.proxy import EntityProxy

_OF_PRESS: Final = frozenset({"press", "agency", "copy"})
_KNOWN_BY: Final = frozenset({"name", "identifier", "address", "url"})
"""Types of property by which an entity is known: kept though no statement of the dossier rests on them."""
_ALSO: Final = frozenset({"position", "latitude", "longitude", "partType", "criticality", "siteType", "code", "title"})
_OWN_RELATIONS: Final = frozenset({Kind.INTEREST, Kind.CONTROL, Kind.INFLUENCE, Kind.STAFF})
"""Kinds of tie for which FollowTheMoney has schemata: those entities are exported, not a link beside them."""


def entities(dossier: Mapping[str, Any], entities: Iterable[Mapping[str, Any]]) -> str:
    """Give what the dossier cites as FollowTheMoney entities, one a line, by their ids.

    `entities` are those on file, as `longarm export` writes them.
    """
    made = _Made(cited(dossier), {str(e["id"]): e for e in entities})
    c = made.c
    made.thing(c.site)
    for part in c.parts():
        made.thing(part)
    for tie in c.ties.values():
        made.tie(tie)
    for d in c.documents.values():
        made.document(d)
    for statement in c.beside():
        made.note(statement)
    return made.written()


class _Made:
    """The entities made so far, each once."""

    def __init__(self, c: Cited, held: Mapping[str, Mapping[str, Any]]) -> None:
        self.c = c
        self._held = held
        self._made: dict[str, EntityProxy] = {}
        self._said: dict[str, list[str]] = {}
        for i, s in c.statements.items():
            self._said.setdefault(str(s["entity"]), []).append(i)

    def written(self) -> str:
        """Give the lines, properties and values sorted, as `longarm export` has them."""
        lines = []
        for name in sorted(self._made):
            given = self._made[name].to_dict()
            properties = {prop: sorted(values) for prop, values in sorted(given["properties"].items())}
            whole = {"id": given["id"], "properties": properties, "schema": given["schema"]}
            lines.append(json.dumps(whole, ensure_ascii=False, sort_keys=True))
        return "".join(f"{line}\n" for line in lines)

    def thing(self, entity: str) -> str:
        """Make an entity, a part of the site or a state, with what is on file of it; give its id."""
        if entity.startswith(STATE):
            return self._state(entity.removeprefix(STATE))
        if entity in self._made:
            return entity
        held = self._held.get(entity)
        if held is None:
            made = self._new(entity, "Asset" if entity == self.c.site or entity in self.c.parts() else "LegalEntity")
            made.add("name", self.c.name(entity), quiet=True)
        else:
            made = self._copied(held, _plain(str(held["schema"])))
        made.add("proof", self._proofs(self._said.get(entity, ())), quiet=True)
        return entity

    def tie(self, tie: Tie) -> None:
        """Make the relation of a tie: the entities that its statements are on, or a link where there is no schema."""
        person = str(self._held.get(tie.target, {}).get("schema")) == "Person"
        if tie.kind == Kind.FACT or (person and tie.kind in (Kind.REGISTERED, Kind.SEATED)):
            self.thing(tie.source if tie.kind == Kind.FACT else tie.target)
            return
        source, target = self.thing(tie.source), self.thing(tie.target)
        own = {str(self.c.statements[s]["entity"]) for s in tie.statements} if tie.kind in _OWN_RELATIONS else set()
        related = [e for e in sorted(own) if e in self._held and self._relation(self._held[e])]
        if not related and tie.stance != Stance.DENIED:
            self._link(f"tie-{_digest(tie.id)}", source, target, tie.label, tie.stance, tie.statements, tie)

    def document(self, d: Document) -> None:
        """Make a document. Its checksum is left out: what we hold may be our note on it."""
        made = self._new(_document_id(d.id), "Article" if d.publisher_class in _OF_PRESS else "Document")
        note = "Read as our own note on the publisher's page." if d.is_our_note else None
        law = f"Instrument of law; articles cited: {', '.join(d.articles)}" if d.kind == LAW else None
        for prop, value in (
            ("title", d.title),
            ("publisher", d.publisher),
            ("publishedAt", d.published),
            ("retrievedAt", d.retrieved),
            ("sourceUrl", d.url),
            ("language", None if d.is_our_note else d.lang),
            ("notes", note),
            ("notes", law),
        ):
            made.add(prop, value, quiet=True)

    def note(self, statement: str) -> None:
        """Make the note of a statement that stands beside findings, on whom it is about."""
        s, fact = self.c.statements[statement], self.c.facts.get(statement, {})
        made = self._new(f"note-{_digest(statement)}", "Note")
        made.add("name", f"{words.PUT.get(s['stance'], s['stance'])}: {words.who(s)}", quiet=True)
        made.add("description", words.statement(s), quiet=True)
        made.add("keywords", s["stance"], quiet=True)
        made.add("notes", [f"On an answer: {r['says']}" for r in fact.get("replies") or ()], quiet=True)
        made.add("proof", self._proofs([statement]), quiet=True)
        made.add("entity", [self.thing(e) for e in fact.get("about") or () if self._is_thing(e)], quiet=True)

    def _is_thing(self, entity: str) -> bool:
        schema = _plain(str(self._held[entity]["schema"])) if entity in self._held else None
        return schema is not None and not _edge(schema)

    def _relation(self, held: Mapping[str, Any]) -> bool:
        """Make a relation on file, as what it is where somebody asserts it, else as a link that says how it is put."""
        name, schema = str(held["id"]), _plain(str(held["schema"]))
        if schema is None or not _edge(schema):
            return False
        ends = [str(e) for prop in _edge(schema) for e in held["properties"].get(prop, ())[:1]]
        if len(ends) != 2:
            return False
        for end in ends:
            self.thing(end)
        said = tuple(self._said.get(name, ()))
        put = {self.c.statements[s]["stance"] for s in said}
        if Stance.ASSERTED in put:
            made = self._copied(held, schema)
            for prop, end in zip(_edge(schema), ends, strict=True):
                made.add(prop, end)
            made.add("proof", self._proofs(said), quiet=True)
        elif put - {Stance.DENIED}:
            stance = next(s for s in words.PUT if s in put)
            self._link(name, ends[0], ends[1], schema, stance, said, None)
        return bool(put)

    def _link(
        self, name: str, source: str, target: str, role: str, stance: str, said: Iterable[str], tie: Tie | None
    ) -> None:
        made = self._new(name, "UnknownLink")
        lead = "" if stance == Stance.ASSERTED else f"{words.PUT[stance]}: "
        made.add("subject", source)
        made.add("object", target)
        made.add("role", lead + role, quiet=True)
        made.add("status", stance, quiet=True)
        made.add("proof", self._proofs(said), quiet=True)
        if tie is not None:
            made.add("recordId", tie.id, quiet=True)
            made.add(
                "summary", "In the wide reading only: lawyers dispute it." if tie.is_disputed else None, quiet=True
            )
        if stance != Stance.ASSERTED:
            made.add("description", [words.statement(self.c.statements[s]) for s in said], quiet=True)

    def _state(self, code: str) -> str:
        name = f"state-{code.lower()}"
        if name not in self._made:
            made = self._new(name, "Territory")
            made.add("name", self.c.name(STATE + code), quiet=True)
            made.add("country", code, quiet=True)
        return name

    def _new(self, name: str, schema: str) -> EntityProxy:
        from followthemoney import model

        made = model.make_entity(schema)
        made.id = name
        self._made[name] = made
        return made

    def _copied(self, held: Mapping[str, Any], schema: str | None) -> EntityProxy:
        """Copy what is on file into a schema of FollowTheMoney; what it has no property for is said in words."""
        made = self._new(str(held["id"]), schema or "Asset")
        into = "notes" if "notes" in made.schema.properties else "summary"
        firm, unsure = self._put(str(held["id"]))
        for prop, values in held["properties"].items():
            if made.schema.is_a("Person") and prop in ORIGIN_OF_PERSONS:
                continue
            for value in values:
                known = made.schema.get(prop)
                if (prop, value) in unsure and (prop, value) not in firm:
                    made.add(into, words.statement(unsure[prop, value]), quiet=True)
                elif not ((prop, value) in firm or prop in _ALSO or (known and known.type.name in _KNOWN_BY)):
                    continue
                elif known is not None:
                    made.add(prop, value, quiet=True)
                elif value not in self._held:
                    made.add(into, f"{prop}: {value}", quiet=True)
        return made

    def _put(self, entity: str) -> tuple[set[tuple[str, str]], dict[tuple[str, str], Mapping[str, Any]]]:
        """Give the values of an entity that somebody asserts, and those that somebody puts otherwise."""
        firm, unsure = set(), {}
        for i in self._said.get(entity, ()):
            s = self.c.statements[i]
            if s["stance"] == Stance.ASSERTED:
                firm.add((s["prop"], s["value"]))
            else:
                unsure[s["prop"], s["value"]] = s
        return firm, unsure

    def _proofs(self, statements: Iterable[str]) -> list[str]:
        return [_document_id(d.id) for d in self.c.documents_of(statements)]


def _plain(schema: str) -> str | None:
    """Give the nearest schema of FollowTheMoney's own that an entity of ours may stand in; None where there is none."""
    from followthemoney import model

    from longarm.model.vocabulary import model as ours

    found = ours().get(schema)
    while found is not None:
        known = model.get(found.name)
        if known is not None:
            return None if known.abstract else known.name
        found = next(iter(sorted(found.extends, key=lambda s: s.name)), None)
    return None


def _edge(schema: str) -> tuple[str, ...]:
    """Give the properties that name the two ends of a relation; nothing for what is none."""
    from followthemoney import model

    found = model.get(schema)
    if found is None or not found.edge or found.edge_source is None or found.edge_target is None:
        return ()
    return found.edge_source, found.edge_target


def _document_id(document: str) -> str:
    return f"document-{_digest(document)}"


def _digest(text: str) -> str:
    """Shorten an id of ours to letters that FollowTheMoney takes in one of its own."""
    return hashlib.sha256(text.encode()).hexdigest()[:24]
