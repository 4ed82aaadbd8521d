"""A dossier as a STIX 2.1 bundle (OASIS Standard, 10 June 2021), made with the library `stix2`.

What becomes what, by the sections of the standard:

- An entity is an `identity` (4.5); its class is given where its schema is known, and left out otherwise. So are the
  site and its parts: an `infrastructure` (4.8) is "a type of TTP", which would mark an airport as somebody's tool, and
  a `location` (4.10) is no more than a place. A part that is a system has the class `system`; no word of the
  vocabulary of classes fits a zone or a flow. Where coordinates are on file, the site is `located-at` a location.
- A state is an `identity` of class `organization`, which by its definition may be a country, and a `location`.
- A tie on a path is a `relationship` (5.1). Tools that know no extension must not read an allegation as a fact, so the
  stance stands in the type itself (`allegedly-controls`); a tie that is only denied gives none; one that needs the wide
  reading is a `may-…`. A duty is what a state *can* compel, not what it did: `can-compel`.
- Findings, what stands beside them, and limits are `note`s (4.13); a state's answer is a `report` (4.16) over them. A
  denial is a `note` with its words, and an `opinion` (4.15), `disagree`, on the note that it answers.
- `confidence` (3.2, Appendix A) is the share of worlds where one was computed, times 100; else the Admiralty
  credibility, 6 giving none. Where nothing was found there is none either: it would read as an assurance.
- A url is given as it is, without a hash: the archive holds our notes on pages, not the pages.

Identifiers are UUIDs of version 5 on our own ids, and every date is the day on which all this was known: 2.9 recommends
random identifiers, but the same dossier must give the same bytes. That day is part of each id, for an object keeps its
`created` for ever (3.2); what was computed is named by the question too, so two answers of one day share no id.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from longarm.exchange import words
from longarm.exchange.cited import NOTHING_FOUND, Cited, cited
from longarm.exchange.stix_objects import Made, finding_key, statement_key
from longarm.model import states
from longarm.model.terms import Stance
from longarm.model.ties import STATE, Kind, state_node

if TYPE_CHECKING:
    from longarm.exchange.cited import Tie

_VERB = {
    Kind.ORGAN: "has-organ",
    Kind.INTEREST: "owns-share-of",
    Kind.CONTROL: "controls",
    Kind.INFLUENCE: "has-influence-over",
    Kind.STAFF: "employs",
    Kind.ACCESS: "has-access-to",
    Kind.CONTAINS: "contains",
    Kind.PROCESSES: "processes",
    Kind.SAFEGUARD: "guards",
    Kind.REGISTERED: "registered-in",
    Kind.SEATED: "located-at",
    Kind.DUTY: "can-compel",
    Kind.DUTY_PARENT: "can-compel",
    Kind.DUTY_STAFF: "can-compel",
    Kind.DUTY_AT: "can-compel",
}
_PUT = {Stance.ALLEGED: "allegedly-", Stance.PLANNED: "planned-", Stance.INFERRED: "inferred-"}
_OF_LAND = frozenset({Kind.REGISTERED, Kind.SEATED})
"""Kinds that say where an entity is: from the entity to the place of the state, and never for a person."""


def bundle(dossier: Mapping[str, Any], entities: Iterable[Mapping[str, Any]] = ()) -> str:
    """Give a dossier as a STIX 2.1 bundle. With the FollowTheMoney entities, identities have their class."""
    c = cited(dossier)
    made = Made(c, {str(e["id"]): str(e["schema"]) for e in entities})
    _site(made)
    answered = _answered(c)
    for state in c.states:
        _report(made, state, answered)
    return made.written()


def _site(made: Made) -> None:
    c = made.c
    made.identity(c.site, roles=["site"])
    for place in c.given.get("places") or ():
        if place.get("id") == c.site and place.get("latitude") is not None and place.get("longitude") is not None:
            where = made.add(
                "location",
                f"site {c.site}",
                name=c.name(c.site),
                latitude=float(place["latitude"]),
                longitude=float(place["longitude"]),
            )
            made.add(
                "relationship",
                f"site {c.site} located-at",
                relationship_type="located-at",
                source_ref=made.identity(c.site),
                target_ref=where,
            )


def _report(made: Made, state: str, answered: Mapping[str, Sequence[str]]) -> None:
    """Make the notes of a state's answer, and the report that holds all of it."""
    c = made.c
    r = c.reports[state]
    refs = {made.identity(c.site), made.identity(state_node(state)), made.location(state)}
    lines, nothing = [], []
    for f in r.get("findings") or ():
        if f.get("part") is None:
            lines.append(words.finding(c, state, f))
        if f["rung"] in NOTHING_FOUND:
            nothing.append(f)
        else:
            refs |= _finding(made, state, f)
    if nothing:
        refs.add(_nothing_found(made, state, nothing))
    for statement in c.beside(state):
        refs.add(_beside(made, statement))
        if statement in answered:
            refs.add(_opinion(made, statement, answered[statement]))
    refs.add(_limits(made, state))
    made.add(
        "report",
        f"report {c.site} {state}",
        name=f"How far does the arm of {states.in_text(state)} reach into {c.name(c.site)}?",
        description="\n".join(
            [f"As of {c.as_of}, known at {c.known_at}.", *words.supposed(c), words.CAPABILITY, *lines]
        ),
        published=made.day,
        lang="en",
        object_refs=sorted(refs),
    )


def _finding(made: Made, state: str, f: Mapping[str, Any]) -> set[str]:
    """Make the note of a finding and the relationships of its paths; give the ids of all of it."""
    c = made.c
    ties = [c.ties[str(h["tie"])] for path in f.get("paths") or () for h in path["hops"]]
    refs = {made.identity(f.get("part") or c.site), made.identity(state_node(state))}
    for tie in dict.fromkeys(ties):
        refs |= _tie(made, tie)
    share = words.figure(f)
    lower, upper = f.get("bounds") or (None, None)
    gross = f.get("gross") or {}
    note = made.add(
        "note",
        finding_key(c, state, f),
        abstract=f"{states.name(state)}: {f['capability']}, {c.place(f.get('part'))}, {f['reading']} reading",
        content=f"{words.finding(c, state, f)}\n{words.CAPABILITY}",
        lang="en",
        object_refs=sorted(refs),
        **({} if share is None else {"confidence": round(share * 100)}),
        ours={
            **{k: f.get(k) for k in ("part", "capability", "reading", "rung", "computed_rung", "level", "error")},
            "share": f.get("confidence"),
            "lower": lower,
            "upper": upper,
            "gross_rung": gross.get("rung"),
            "gross_share": gross.get("confidence"),
            "paths_not_listed": f.get("paths_more"),
            "confidence_basis": None if share is None else "share of worlds",
        },
    )
    return {note, *refs}


def _nothing_found(made: Made, state: str, found: list[Mapping[str, Any]]) -> str:
    """Make one note of all parts at which nothing was found: what was looked at, and what it does not mean."""
    c = made.c
    lines = [words.finding(c, state, f) for f in found]
    parts = {made.identity(f.get("part") or c.site) for f in found}
    return made.add(
        "note",
        f"nothing found {c.site} {state}",
        abstract=f"{states.name(state)}: where no path was found, or nothing was assessed. No good news by itself.",
        content="\n".join([words.NOT_GOOD_NEWS[r] for r in sorted({str(f["rung"]) for f in found})] + lines),
        lang="en",
        object_refs=sorted({*parts, made.identity(state_node(state))}),
    )


def _limits(made: Made, state: str) -> str:
    c = made.c
    below = [f"Below the threshold: {words.possible(c, p)}." for p in c.reports[state].get("possible") or ()]
    return made.add(
        "note",
        f"limits {c.site} {state}",
        abstract=f"{states.name(state)}: what was looked at, what nobody knows, what stays below the threshold",
        content="\n".join([*words.limits(c, state), *below]),
        lang="en",
        object_refs=sorted({made.identity(c.site), made.identity(state_node(state))}),
    )


def _beside(made: Made, statement: str) -> str:
    """Make the note of a statement that stands beside findings: how it is put, by whom, and what was answered."""
    c = made.c
    s, fact = c.statements[statement], c.facts.get(statement, {})
    answers = [f"On an answer ({r['by']}, {r['on']}): {r['says']}" for r in fact.get("replies") or ()]
    findings = c.beside()[statement]
    about = {made.identity(f.get("part") or c.site) for f in findings} | {
        made.identity(e) for e in fact.get("about") or () if made.is_known(e)
    }
    return made.add(
        "note",
        statement_key(statement),
        abstract=f"{words.PUT.get(s['stance'], s['stance'])}: {words.who(s)}",
        content="\n".join([words.statement(s), *answers]),
        lang="en",
        object_refs=sorted(about),
        **made.by_grade([statement]),
        external_references=made.references([statement]),
        ours=made.evidence([statement], s["stance"]),
    )


def _opinion(made: Made, denial: str, answered: Sequence[str]) -> str:
    """Make the opinion of who denies, in their words, on the notes that the denial answers."""
    s = made.c.statements[denial]
    return made.add(
        "opinion",
        f"denial {denial}",
        opinion="disagree",
        explanation=words.statement(s),
        authors=[str(s["speaker"])] if s.get("speaker") else None,
        lang="en",
        object_refs=sorted(made.id("note", key) for key in answered),
        external_references=made.references([denial]),
        ours=made.evidence([denial], s["stance"]),
    )


def _answered(c: Cited) -> dict[str, list[str]]:
    """Give for each denial the keys of the notes that it answers: what it contradicts, else what it stands beside.

    A denial that stands only where nothing was found answers no note, and gives no opinion: it disagrees with nothing.
    """
    beside = c.beside()
    of_fact: dict[str, list[str]] = {}
    for s in beside:
        if s in c.facts:
            of_fact.setdefault(str(c.facts[s]["id"]), []).append(statement_key(s))
    found: dict[str, list[str]] = {}
    for s in beside:
        if c.statements[s]["stance"] == Stance.DENIED:
            said = [o for f in c.facts.get(s, {}).get("contradicts") or () for o in of_fact.get(f, ())]
            answers = said or [
                finding_key(c, k, f)
                for k in c.states
                for f in c.reports[k].get("findings") or ()
                if s in (f.get("beside") or ()) and f["rung"] not in NOTHING_FOUND
            ]
            if answers:
                found[s] = answers
    return found


def _tie(made: Made, tie: Tie) -> set[str]:
    """Make the relationship of a tie; give its id and those of its ends. None where it is only denied."""
    c = made.c
    ends = {made.identity(e) for e in (tie.source, tie.target) if tie.kind != Kind.FACT or e != tie.target}
    if tie.stance == Stance.DENIED or tie.kind == Kind.FACT:
        return ends
    source, target = made.identity(tie.source), made.identity(tie.target)
    if tie.kind in _OF_LAND:
        if made.is_person(tie.target):
            return ends
        source, target = target, made.location(tie.source.removeprefix(STATE))
    share = c.shares.get(tie.id)
    graded = made.by_grade(tie.statements) if share is None else {"confidence": round(share * 100)}
    basis = "share of worlds" if share is not None else "Admiralty credibility" if graded else None
    notes = [f"{words.PUT[tie.stance]}: " if tie.stance != Stance.ASSERTED else "", tie.label]
    if tie.is_disputed:
        notes.append(
            ". Lawyers dispute this route: it is open in the wide reading only, for which the confidence stands"
        )
    relationship = made.add(
        "relationship",
        f"tie {tie.id}",
        relationship_type=_verb(tie),
        description="".join(notes),
        source_ref=source,
        target_ref=target,
        lang="en",
        **graded,
        external_references=made.references(tie.statements),
        ours={
            **made.evidence(tie.statements, tie.stance),
            "tie": tie.id,
            "kind": tie.kind,
            "class": tie.cls or None,
            "level": tie.level,
            "disputed": tie.is_disputed,
            "cuttable": tie.is_cuttable,
            "last_confirmed": tie.last_confirmed,
            "confidence_basis": basis,
        },
    )
    return {relationship, *ends, source, target}


def _verb(tie: Tie) -> str:
    """Give the type of a relationship, with how it is put before it."""
    verb = _VERB.get(tie.kind, "related-to")
    put = _PUT.get(Stance(tie.stance), "")
    return put + (f"may-{verb.removeprefix('can-')}" if tie.is_disputed else verb)
