"""The desk of a reviewer: the texts, the entities that mentions may mean, and what a claim would change in findings."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cache, cached_property
from typing import TYPE_CHECKING, Any

from longarm.errors import OptionError, UnknownEntity
from longarm.model import states
from longarm.model.claims import Claim
from longarm.model.names import slug
from longarm.model.terms import Stance
from longarm.review.names import Names
from longarm.review.order import Change
from longarm.review.relations import Choices, Ends
from longarm.review.writing import Acceptance, Cited, New, Written
from longarm.store import claims as proposals

if TYPE_CHECKING:
    from longarm.model.statement import Statement
    from longarm.workspace.store import OnFile

NEW = "new"
"""What a mention is linked to when an entity is to be made of it: `new`, or `new:Person`."""
MADE = ("Company", "LegalEntity", "Organization", "PublicBody", "Person")
"""Schemata of entities that are made of a mention."""


@cache
def type_of(schema: str, prop: str) -> str:
    """Give the type of a property."""
    from longarm.model.vocabulary import property_of

    return str(property_of(schema, prop).type.name)


@dataclass
class Desk:
    """What review looks things up in, read once."""

    ws: OnFile
    rows: list[dict[str, Any]]
    texts: dict[str, dict[str, Any]]
    _texts: dict[str, str] = field(default_factory=dict, repr=False)

    @classmethod
    def of(cls, ws: OnFile, known_at: str | None = None) -> Desk:
        """Open it on what is on file now, or was on a day."""
        texts, _ = proposals.read(ws.layout.claims)
        return cls(ws, ws.statements(known_at), texts)

    @cached_property
    def names(self) -> Names:
        """Names of everything on file."""
        named = [r for r in self.rows if r["prop"] in ("name", "alias") and r["stance"] != Stance.DENIED]
        return Names((r["entity_id"], r["value"], self.schemata[r["entity_id"]]) for r in named)

    @cached_property
    def schemata(self) -> dict[str, str]:
        """Schema of every entity: the narrowest that is given, as the ties take it."""
        found: dict[str, str] = {}
        for r in self.rows:
            if found.get(r["entity_id"]) in (None, "LegalEntity"):
                found[r["entity_id"]] = r["schema"]
        return found

    @cached_property
    def parts(self) -> dict[str, str]:
        """Sites and their parts, each with its type."""
        found = {r["entity_id"]: "site" for r in self.rows if r["schema"] == "Site"}
        return found | {r["entity_id"]: r["value"] for r in self.rows if r["prop"] == "partType"}

    @cached_property
    def near(self) -> frozenset[str]:
        """Entities that stand at an end of some tie."""
        ends = ("owner", "asset", "controller", "controlled", "holder", "part", "body")
        return frozenset(r["value"] for r in self.rows if r["prop"] in ends) | frozenset(self.parts)

    @cached_property
    def documents(self) -> dict[str, dict[str, Any]]:
        """Documents by their id."""
        return self.ws.documents()

    def document(self, name: str) -> str:
        """Give the document that is meant: by its id, the id of its text, or what people call it.

        Raises UnknownEntity where none of this name is on file, or several are.
        """
        texts = {d: row["kept"] for d, row in self.texts.items()}
        if name in texts:
            return name
        called = {i: row["locator"] or "" for i, row in self.documents.items()}
        found = [d for d, kept in texts.items() if kept == name or called.get(kept) == name or _begins(name, d, kept)]
        if len(found) != 1:
            what = f"{len(found)} documents are called '{name}'" if found else f"no text of '{name}' is on file"
            raise UnknownEntity(what, mend="the name, or the id that longarm review show --json gives")
        return found[0]

    def text(self, document: str) -> str:
        """Give the text of a document. Raises UnknownEntity where none is kept."""
        kept = self._row(document)["kept"]
        if kept not in self._texts:
            self._texts[kept] = self.ws.text(kept)
        return self._texts[kept]

    def cited(self, document: str) -> Cited:
        """Give the document as statements cite it."""
        row = self._row(document)
        return Cited(
            row["kept"],
            row["published"],
            row["publisher"],
            row["publisher_class"] or "copy",
            row["origin"],
            row["lang"],
        )

    def _row(self, document: str) -> dict[str, Any]:
        if document in self.texts:
            return self.texts[document]
        # The derived table may be gone while decisions on its claims stand: the text itself is a fact.
        for row in self.documents.values():
            is_text = row["dataset"] == "review" and row["media_type"] == "text/plain"
            if is_text and document in (row["taken_from"], row["id"], row["locator"]):
                return {**row, "kept": row["id"], "origin": None}
        raise UnknownEntity(f"no text of the document '{document}' is kept", mend="extract it again")

    def suggested(self, claim: Claim) -> dict[str, str]:
        """Give the entities that are the only ones of a mention's name. A suggestion, never a link by itself."""
        found = {mention: self.names.only(mention) for mention in mentions(claim)}
        return {mention: entity for mention, entity in found.items() if entity is not None}

    def unlinked(self, claim: Claim, links: Mapping[str, str]) -> tuple[str, ...]:
        """Give the mentions that a person left unlinked; the name of a state needs no link."""
        return tuple(m for m in mentions(claim) if not links.get(m) and states.by_name(m) is None)

    def acceptance(
        self, claim: Claim, links: Mapping[str, str], choices: Choices | None = None, grade: str | None = None
    ) -> Acceptance:
        """Put a claim together with what its mentions mean.

        Raises UnknownEntity for an id that is not on file, OptionError for a mention that the claim does not have.
        """
        known = mentions(claim)
        meant: dict[str, str] = {}
        new: dict[str, New] = {}
        codes = {m: code.lower() for m in known if (code := states.by_name(m)) is not None}
        for mention, target in links.items():
            if mention not in known:
                raise OptionError(f"the claim does not speak of '{mention}'", mend=f"it names: {', '.join(known)}")
            if target.startswith("state:"):
                codes[mention] = states.check(target.removeprefix("state:")).lower()
            elif target == NEW or target.startswith(f"{NEW}:"):
                made = self._made(claim, mention, target)
                new[made.entity] = made
                meant[mention] = made.entity
            elif target:
                meant[mention] = self._known(target)
        schemata = {**self.schemata, **{n.entity: n.schema for n in new.values()}}
        ends = Ends(
            tuple(meant.get(m) for m in claim.subject),
            tuple(meant.get(m) for m in claim.object),
            meant.get(claim.site) if claim.site else None,
            self.parts,
            codes,
        )
        return Acceptance(
            claim, self.cited(claim.document), ends, choices or Choices(), schemata, tuple(new.values()), grade
        )

    def _known(self, entity: str) -> str:
        if entity in self.schemata:
            return entity
        near = ", ".join(c.entity for c in self.names.candidates(entity, 3))
        raise UnknownEntity(
            f"nothing here has the id '{entity}'",
            mend=f"near to it: {near}" if near else "an entity's id, or new:Company",
        )

    def _made(self, claim: Claim, mention: str, target: str) -> New:
        schema = target.partition(":")[2] or "Company"
        if schema not in MADE:
            raise OptionError(f"no '{schema}' is made of a mention", mend=f"one of: {', '.join(MADE)}")
        name = slug(mention)
        if name in self.schemata or name == "unnamed":
            name = f"{name}-{claim.id.removeprefix('cl-')[:8]}"
        return New(name, schema, mention)

    def origins(self, written: Written) -> list[dict[str, Any]]:
        """Give the rows of the origins that statements name."""
        found: dict[str, dict[str, Any]] = {}
        for s in written.statements:
            origin = s.evidence.origin
            if origin is not None:
                row = self.documents.get(s.evidence.document or "", {})
                name = s.evidence.speaker or row.get("publisher") or row.get("title") or origin
                found[origin] = {
                    "id": origin, "name": name, "date": row.get("published"), "note": None, "dataset": "review"
                }  # fmt: skip
        return list(found.values())

    def standings(self) -> dict[tuple[str, ...], float]:
        """Give confidence of every finding of every case: the share of worlds, by site, state, part, capability."""
        from longarm.workspace.changing import standings

        return standings(self.ws)

    def moved(self, before: Mapping[tuple[str, ...], float]) -> tuple[Change, ...]:
        """Say which findings are no longer what they were."""
        from longarm.workspace.changing import differences

        return differences(before, self.standings())


def _begins(name: str, *ids: str) -> bool:
    return len(name) >= 7 and any(i.startswith(name) for i in ids)


def fitting(said: Iterable[Statement], schemata: Mapping[str, str]) -> str | None:
    """Say which statement names an entity of a kind that its property cannot take; None where all fit.

    A register may know a firm as whatever it is; only what can be nobody (a site, a part, a document) is no owner.
    """
    from longarm.model.vocabulary import is_a, property_of

    for s in said:
        if s.prop_type != "entity" or s.value not in schemata or s.schema == "CitedFact":
            continue
        wanted, is_what = property_of(s.schema, s.prop).range, schemata[s.value]
        if wanted is None or is_a(is_what, wanted.name):
            continue
        if wanted.name in ("LegalEntity", "Person", "Organization", "Company") and not is_a(is_what, "LegalEntity"):
            return f"'{s.value}' is a {is_what}: it cannot be the {s.prop} of a {s.schema}"
    return None


def mentions(claim: Claim) -> list[str]:
    """Give what a claim names, each once: subject, object, site."""
    return list(dict.fromkeys((*claim.subject, *claim.object, *((claim.site,) if claim.site else ()))))
