"""A dossier as a MISP event (MISP core format, draft-dulaunoy-misp-core-format), made with the library `pymisp`.

Objects are those of MISP's own templates: `organization`, `person`, else `identity` for who stands on a path and for
the parts of the site; `geolocation` for states; `report` for documents; `annotation` for findings, limits, statements.
A tie is an object reference with a relationship of MISP's own list that says no more than the tie does, and its label
as the comment; what is alleged or inferred is a `suspected-link`, and what is only planned or denied is none.

Tags. A statement carries its Admiralty grade (taxonomy `admiralty-scale`). A finding carries the words of its share of
worlds as `estimative-language:likelihood-probability`: our words are that predicate's own seven bands, and the share is
how probable the sentence is to which the tag is fixed ("has power and means that meet"), not that anything was done.
The other predicate, `confidence-in-analytic-judgment`, has three words without bands, on the amount and quality of
sources: one of them would be a judgement that nobody made. Where nothing was found, or a person set the rung, a finding
has no such tag. Who may see an event is the user's choice: no `tlp` tag unless one is asked for, and `distribution` 0.
"""

from __future__ import annotations

import datetime as dt
import json
import uuid
from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Any, Final

from longarm.errors import OptionError
from longarm.exchange import words
from longarm.exchange.cited import NOTHING_FOUND, Cited, Tie, cited, sort_key
from longarm.exchange.documents import LAW, Document, document_id
from longarm.model import states
from longarm.model.terms import Stance
from longarm.model.ties import STATE, Kind, state_node

if TYPE_CHECKING:
    from pymisp import MISPEvent, MISPObject

NAMESPACE: Final = uuid.UUID("0d0c8f0e-6a39-5d5b-8a55-5c1e0f3b7c21")
"""Of all ids that an event makes up: fixed for ever."""
TLP: Final = ("red", "amber+strict", "amber", "green", "clear")
"""The labels of FIRST's Traffic Light Protocol 2.0, as MISP's taxonomy `tlp` has them."""
LIKELIHOOD: Final = (
    "almost-no-chance",
    "very-unlikely",
    "unlikely",
    "roughly-even-chance",
    "likely",
    "very-likely",
    "almost-certain",
)
"""The values of `estimative-language:likelihood-probability`: ICD 203, section D.6.e(2)(a)."""
_RELATIONSHIP: Final = {
    Kind.INTEREST: "owner-of",
    Kind.CONTROL: "controls",
    Kind.CONTAINS: "contains",
    Kind.SEATED: "located-at",
}
"""Kinds of tie that a relationship of MISP's list says exactly; of the others it only says that there is one."""
_ORGANISATIONS: Final = frozenset({"Company", "Organization", "PublicBody"})


def event(dossier: Mapping[str, Any], tlp: str | None = None, entities: Iterable[Mapping[str, Any]] = ()) -> str:
    """Give a dossier as a MISP event. With the FollowTheMoney entities, organisations and persons are told apart.

    Raises OptionError where `tlp` is no label of the Traffic Light Protocol.
    """
    label = None if tlp is None else tlp.lower().removeprefix("tlp:")
    if label is not None and label not in TLP:
        raise OptionError(f"'{tlp}' is no label of the Traffic Light Protocol", mend=f"one of: {', '.join(TLP)}")
    c = cited(dossier)
    made = _Made(c, {str(e["id"]): str(e["schema"]) for e in entities})
    if label is not None:
        made.event.add_tag(f"tlp:{label}")
    for tie in c.ties.values():
        made.tie(tie)
    for d in c.documents.values():
        made.document(d)
    made.statements()
    for state in c.states:
        for f in c.reports[state].get("findings") or ():
            made.finding(state, f)
        made.limits(state)
    return made.written()


class _Made:
    """The event as it is made: each object once, with ids and times that depend on the dossier only."""

    def __init__(self, c: Cited, schemata: Mapping[str, str]) -> None:
        from pymisp import MISPEvent

        self.c = c
        self._schemata = schemata
        self._parts = c.parts()
        self._objects: dict[str, MISPObject] = {}
        self._said: dict[str, MISPObject] = {}
        self._asked = json.dumps([c.given["question"], c.version, c.case.get("id")], sort_keys=True)
        day = dt.date.fromisoformat(c.day)
        self._at = int(dt.datetime(day.year, day.month, day.day, tzinfo=dt.UTC).timestamp())
        self.event: MISPEvent = MISPEvent(force_timestamps=True)
        self.event.from_dict(
            info=words.question(c),
            uuid=self._id("event"),
            date=f"{c.as_of}-01-01"[:10],
            timestamp=self._at,
            published=False,
            analysis=2,  # completed
            threat_level_id=4,  # undefined: a capability is no threat level
            distribution=0,  # this organisation only, until somebody decides otherwise
        )

    def written(self) -> str:
        """Give the event as text, in a fixed order."""
        for _, made in sorted(self._objects.items()):
            self.event.add_object(made)
        whole = {"Event": json.loads(self.event.to_json())}
        return json.dumps(whole, ensure_ascii=False, indent=1, sort_keys=True) + "\n"

    def tie(self, tie: Tie) -> None:
        """Refer from one end of a tie to the other."""
        if tie.kind == Kind.FACT:
            self.entity(tie.source)
            return
        source, target = self.entity(tie.source), self.entity(tie.target)
        if tie.stance in (Stance.PLANNED, Stance.DENIED):
            return
        relationship = _RELATIONSHIP.get(tie.kind, "is-in-relation-with")
        if tie.kind in (Kind.SEATED, Kind.REGISTERED):
            if self._schemata.get(tie.target) == "Person":
                return
            source, target = target, source
        if tie.stance != Stance.ASSERTED or tie.is_disputed:
            relationship = "suspected-link" if tie.stance != Stance.ASSERTED else "is-in-relation-with"
        put = "; ".join(filter(None, (words.PUT[tie.stance], "in the wide reading only" if tie.is_disputed else "")))
        beneath = f" [{tie.id}; statements: {'; '.join(tie.statements) or 'none'}]"
        self._refer(source, target, relationship, f"{put}: {tie.label}{beneath}", f"tie {tie.id}")

    def entity(self, entity: str) -> MISPObject:
        """Give the object of an entity, a part of the site or a state."""
        c, name = self.c, self.c.name(entity)
        schema = self._schemata.get(entity)
        key = f"entity {entity}"
        if entity.startswith(STATE):
            code = entity.removeprefix(STATE)
            return self._object("geolocation", key, {"country": name, "countrycode": code})
        if entity == c.site or entity in self._parts:
            role = "site" if entity == c.site else f"site part: {self._parts[entity] or 'kind not known'}"
            system = {"identity_class": "system"} if self._parts.get(entity) == "system" else {}
            return self._object("identity", key, {"name": name, "roles": role, **system})
        if schema == "Person":
            return self._object("person", key, {"full-name": name})
        if schema in _ORGANISATIONS:
            return self._object("organization", key, {"name": name})
        return self._object("identity", key, {"name": name})

    def document(self, d: Document) -> None:
        """Make the report object of a document."""
        note = "Read as our own note on the publisher's page. " if d.is_our_note else ""
        about = f"{note}{d.publisher or 'Publisher not known'}, {d.published or 'date not known'}. Document {d.id}."
        kind = {"type": "Statute"} if d.kind == LAW else {"type": "Newspaper"} if d.publisher_class == "press" else {}
        self._object("report", f"document {d.id}", {"title": d.title, "link": d.url, "summary": about, **kind})

    def statements(self) -> None:
        """Make one annotation of statements that say the same in the same document; refer to what it is about."""
        together: dict[tuple[str, str], list[str]] = {}
        for s, held in self.c.statements.items():
            together.setdefault((document_id(held), words.statement(held)), []).append(s)
        for same in together.values():
            made = self._statement(same)
            self._said.update(dict.fromkeys(same, made))

    def _statement(self, same: Sequence[str]) -> MISPObject:
        c, s, key = self.c, self.c.statements[same[0]], f"statement {same[0]}"
        d = c.document_of(same[0])
        text = {"text": words.statement(s), "type": "Annotation", "ref": d.url if d else None}
        grade = str(s.get("grade") or "")
        tags = [f'admiralty-scale:source-reliability="{grade[0].lower()}"'] if grade else []
        tags += [f'admiralty-scale:information-credibility="{grade[1]}"'] if grade else []
        made = self._object("annotation", key, text, tags, f"{s['stance']}; statements: {'; '.join(same)}")
        if d is not None:
            self._refer(made, self._objects[f"document {d.id}"], "derived-from", s["stance"], f"{key} {d.id}")
        about = [str(e) for i in same for e in (c.statements[i]["entity"], *(c.facts.get(i, {}).get("about") or ()))]
        for entity in dict.fromkeys(about):
            if f"entity {entity}" in self._objects:
                self._refer(made, self._objects[f"entity {entity}"], "annotates", s["stance"], f"{key} {entity}")
        return made

    def finding(self, state: str, f: Mapping[str, Any]) -> None:
        """Make the annotation of a finding; refer to its part, its state, and from what stands beside it."""
        c = self.c
        key = " ".join(("finding", *sort_key(state, f)))
        said = "-".join(str(f.get("words") or "").split())
        is_tagged = words.figure(f) is not None and said in LIKELIHOOD
        tags = [f'estimative-language:likelihood-probability="{said}"'] if is_tagged else []
        kind = "Disclaimer" if f["rung"] in NOTHING_FOUND else "Conclusion"
        text = {"text": words.finding(c, state, f), "type": kind}
        made = self._object("annotation", key, text, tags, words.CAPABILITY)
        for entity in (f.get("part") or c.site, state_node(state)):
            self._refer(made, self.entity(entity), "annotates", f["rung"], f"{key} {entity}")
        for s in f.get("beside") or ():
            if s in c.statements:
                comment = f"{c.statements[s]['stance']}; stands beside the finding"
                self._refer(self._said[s], made, "annotates", comment, f"{key} beside {s}")

    def limits(self, state: str) -> None:
        """Make the annotation of what a state's answer does not cover."""
        c = self.c
        below = [f"Below the threshold: {words.possible(c, p)}." for p in c.reports[state].get("possible") or ()]
        text = "\n".join([f"{states.name(state)}: limits of the answer.", *words.limits(c, state), *below])
        made = self._object("annotation", f"limits {state}", {"text": text, "type": "Disclaimer"})
        self._refer(made, self.entity(state_node(state)), "annotates", "limits", f"limits {state}")

    def _object(
        self, template: str, key: str, given: Mapping[str, Any], tags: Iterable[str] = (), comment: str = ""
    ) -> MISPObject:
        """Make an object of a template if it is not there; tags go on its first attribute."""
        from pymisp import MISPObject

        if key in self._objects:
            return self._objects[key]
        made = MISPObject(template, strict=True, standalone=False, force_timestamps=True)
        made.uuid, made.timestamp, made.comment = self._id(key), self._at, comment
        for at, (relation, value) in enumerate((k, v) for k, v in given.items() if v):
            named: dict[str, Any] = {"uuid": self._id(f"{key} {relation}"), "timestamp": self._at, "to_ids": False}
            made.add_attribute(
                relation,
                value=value,
                Tag=[{"name": t} for t in tags] if at == 0 else [],
                **named,
            )
        self._objects[key] = made
        return made

    def _refer(self, source: MISPObject, target: MISPObject, relationship: str, comment: str, key: str) -> None:
        source.add_reference(target.uuid, relationship, comment, uuid=self._id(f"reference {key}"), timestamp=self._at)

    def _id(self, key: str) -> str:
        return str(uuid.uuid5(NAMESPACE, json.dumps([key, self._asked])))
