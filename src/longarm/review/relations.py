"""What each relation of a claim says in the vocabulary: one row a relation, one small writer a kind of record.

A relation that is no tie (a denial of conduct, a refusal to comment, an examination) becomes a cited fact alone: it
stands beside what it is about, and moves no tie. Roles and rights are the least that the words bear; a reviewer who
knows more says so. `most` gives what they could mean at most, for the upper bound and for the order of the queue.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Final

from longarm.model.claims import Claim
from longarm.model.roles import right, role
from longarm.model.terms import Stance

Values = dict[str, Sequence[str]]


@dataclass(frozen=True)
class Ends:
    """Whom the mentions of a claim mean: ids of entities; None where a mention is left unlinked."""

    subject: tuple[str | None, ...]
    object: tuple[str | None, ...]
    site: str | None
    parts: Mapping[str, str]
    """ids of sites and their parts → type of part: zone, system, data holding; site"""
    states: Mapping[str, str] = field(default_factory=dict)
    """mention → state, as a code in small letters"""


@dataclass(frozen=True)
class Choices:
    """What a reviewer says beyond the claim's own words."""

    role: str | None = None
    """a role of the means table, where the claim speaks of an access"""
    right: str | None = None
    """a right, where it speaks of control or influence"""
    instrument: str | None = None
    article: str | None = None
    most: bool = False
    """take the role that gives most"""


@dataclass(frozen=True)
class Record:
    """An entity that a claim describes, before it is written as statements."""

    schema: str
    values: Values
    entity: str | None = None
    """None: a record of its own, named after the claim"""


Writer = Callable[[Claim, Ends, Choices], list[Record]]


@dataclass(frozen=True)
class Relation:
    """A relation of claims: what the cited fact bears on, and who writes its tie, if it is one."""

    bears: str
    writer: Writer | None = None
    least: str | None = None
    """role that the words bear"""
    most: str | None = None
    """role that they could mean at most"""


def records(claim: Claim, ends: Ends, choices: Choices) -> list[Record]:
    """Give the ties and properties that a claim states; nothing where an end that they need is not linked."""
    relation = RELATIONS.get(claim.relation)
    if relation is None or relation.writer is None:
        return []
    if choices.role is None:
        choices = replace(choices, role=relation.most if choices.most else relation.least)
    return [replace(r, values=_plain(r.values)) for r in relation.writer(claim, ends, choices)]


def bears(claim: Claim) -> str:
    """Say what the cited fact of a claim bears on."""
    if claim.relation == "wrongful_conduct":
        said = {Stance.DENIED.value: "denial", Stance.ALLEGED.value: "allegation"}
        return said.get(claim.stance, "conduct")
    if claim.stance == Stance.PLANNED:
        return "plan"
    relation = RELATIONS.get(claim.relation)
    return relation.bears if relation else "context"


def _plain(values: Values) -> Values:
    return {prop: [v for v in several if v] for prop, several in values.items() if any(several)}


def _dated(claim: Claim) -> Values:
    """Give since when and until when; a deadline ("by") is neither."""
    starts = [d.date for d in claim.dates if d.role in ("since", "from", "on")]
    ends = [d.date for d in claim.dates if d.role == "until"]
    return {"startDate": [partial(d) for d in starts[:1]], "endDate": [partial(d) for d in ends[:1]]}


def partial(date: str) -> str:
    """Give a date as the vocabulary takes it: of an interval a/b, the part that both have in common; else nothing."""
    first, _, last = date.partition("/")
    for length in (10, 7, 4):
        if re.fullmatch(r"\d{4}(-\d{2}(-\d{2})?)?", first[:length]) and (not last or last[:length] == first[:length]):
            return first[:length]
    return ""


def _pairs(one: Sequence[str | None], other: Sequence[str | None]) -> list[tuple[str, str]]:
    return [(a, b) for a in one for b in other if a is not None and b is not None and a != b]


def _share(claim: Claim) -> Values:
    if claim.share is None:
        return {}
    lo, hi = claim.share
    if lo == hi:
        return {"percentage": [f"{lo:g}"]}
    return {"percentageMinimum": [f"{lo:g}"], "percentageMaximum": [f"{hi:g}"]}


def _owns(claim: Claim, ends: Ends, _: Choices) -> list[Record]:
    return [
        Record(
            "Ownership",
            {"owner": [a], "asset": [b], "interestType": ["shareholding"], **_share(claim), **_dated(claim)},
        )
        for a, b in _pairs(ends.subject, ends.object)
    ]


def _joint(claim: Claim, ends: Ends, choices: Choices) -> list[Record]:
    """The subject is held by the objects."""
    return _owns(claim, replace(ends, subject=ends.object, object=ends.subject), choices)


def _bought(claim: Claim, ends: Ends, _: Choices) -> list[Record]:
    """A sale to a named buyer gives the buyer a holding from its date on; what the seller keeps is not said."""
    if len(ends.object) < 2 or ends.object[0] is None:
        return []
    held = ends.object[0]
    start = _dated(claim)["startDate"]
    return [
        Record(
            "Ownership",
            {"owner": [a], "asset": [held], "interestType": ["shareholding"], **_share(claim), "startDate": start},
        )
        for a in ends.object[1:]
        if a is not None and a != held
    ]


def _control(usual: str) -> Writer:
    def write(claim: Claim, ends: Ends, choices: Choices) -> list[Record]:
        kind = choices.right or usual
        return [
            Record("Control", {"controller": [a], "controlled": [b], "controlType": [kind], **_dated(claim)})
            for a, b in _pairs(ends.subject, ends.object)
        ]

    return write


def _special(claim: Claim, ends: Ends, choices: Choices) -> list[Record]:
    """A special right: the one that the words name; where they name none of the table, the reviewer must say which."""
    named = right(claim.quote)
    kind = choices.right or (named.name if named else "veto" if choices.most else None)
    return _control(kind)(claim, ends, replace(choices, right=None)) if kind else []


def _daughter(claim: Claim, ends: Ends, choices: Choices) -> list[Record]:
    turned = replace(ends, subject=ends.object, object=ends.subject)
    return _control("subsidiary")(claim, turned, choices)


def _registered(claim: Claim, ends: Ends, _: Choices) -> list[Record]:
    codes = [ends.states[o] for o in claim.object if o in ends.states]
    return [Record("", {"jurisdiction": codes[:1]}, entity=s) for s in ends.subject if s and codes]


def _access(claim: Claim, ends: Ends, choices: Choices) -> list[Record]:
    """An access needs a part of a site: that which the object means, else the site that the claim names."""
    parts = [o for o in ends.object if o in ends.parts] or [ends.site if ends.site in ends.parts else None]
    return [
        Record("Access", {"holder": [a], "part": [b], "accessRole": [_role(choices, ends.parts[b])], **_dated(claim)})
        for a, b in _pairs(ends.subject, parts)
    ]


def _role(choices: Choices, part: str) -> str:
    name = choices.role or "present"
    return role(_OF_PART.get((name, part), name)).name


def _flow(claim: Claim, ends: Ends, choices: Choices) -> list[Record]:
    """A flow of data between the two; and where it comes from a part of the site, that its recipient gets it."""
    what = claim.quote if len(claim.quote) <= 80 else "data"
    found = [
        Record("Flow", {"source": [a], "target": [b], "flowType": [what], **_dated(claim)})
        for a, b in _pairs(ends.subject, ends.object)
    ]
    part = ends.site if ends.site in ends.parts else next((s for s in ends.subject if s in ends.parts), None)
    if part is None:
        return found
    name = role(choices.role or "data recipient").name
    return found + [
        Record("Access", {"holder": [b], "part": [part], "accessRole": [name], **_dated(claim)})
        for b in ends.object
        if b is not None and b not in ends.parts
    ]


def _commitment(claim: Claim, ends: Ends, _: Choices) -> list[Record]:
    to = [o for o in ends.object if o is not None]
    return [
        Record("Commitment", {"party": [s], "counterparty": to[:1], "summary": [claim.quote], **_dated(claim)})
        for s in ends.subject
        if s is not None
    ]


def _duty(claim: Claim, ends: Ends, choices: Choices) -> list[Record]:
    """A duty needs its instrument by name, which only a reviewer gives: else it is a cited fact."""
    if choices.instrument is None:
        return []
    given = {"instrument": [choices.instrument], "article": [choices.article or ""], **_dated(claim)}
    return [Record("Duty", {"addressee": [s], **given}) for s in ends.subject if s is not None]


def _listed(claim: Claim, ends: Ends, _: Choices) -> list[Record]:
    return [
        Record("EntityFact", {"subject": [s], "fact": ["is_listed"], "factValue": ["yes"], **_dated(claim)})
        for s in ends.subject
        if s is not None
    ]


def _office(claim: Claim, ends: Ends, _: Choices) -> list[Record]:
    return [
        Record("Directorship", {"director": [a], "organization": [b], **_dated(claim)})
        for a, b in _pairs(ends.subject, ends.object)
    ]


OPERATOR: Final = "operator of a zone"
_OF_PART: Final = {(OPERATOR, "system"): "operator of a system", (OPERATOR, "data holding"): "operator of a system"}

RELATIONS: Final[Mapping[str, Relation]] = {
    "owns": Relation("tie", _owns),
    "controls": Relation("tie", _control("named control")),
    "special_right": Relation("tie", _special),
    "subsidiary_of": Relation("tie", _daughter),
    "joint_venture": Relation("tie", _joint),
    "registered_in": Relation("tie", _registered),
    "operates": Relation("tie", _access, OPERATOR, OPERATOR),
    "tenant_of": Relation("tie", _access, "tenant", "tenant"),
    "supplies": Relation("tie", _access, "present", "software supplier with updates"),
    "maintains": Relation("tie", _access, "present", "remote maintainer"),
    "hosts": Relation("tie", _access, "host without the keys", "host with the keys"),
    "has_access": Relation("tie", _access, "present", "remote maintainer"),
    "transfers_data_to": Relation("tie", _flow, "data recipient", "data recipient"),
    "agreement": Relation("agreement"),
    "commitment": Relation("agreement", _commitment),
    "legal_duty": Relation("tie", _duty),
    "examines": Relation("watching"),
    "decision": Relation("context"),
    "wrongful_conduct": Relation("conduct"),
    "listing": Relation("tie", _listed),
    "sale": Relation("tie", _bought),
    "separation": Relation("context"),
    "appointment": Relation("tie", _office),
    "finances": Relation("tie", _control("creditor")),
    "precedent": Relation("precedent"),
    # Who said nothing said neither yes nor no: it stands on file, and beside no finding.
    "no_comment": Relation("no comment"),
    "no_indication": Relation("negative finding"),
    "origin_of_reporting": Relation("context"),
    "possible_trigger": Relation("context"),
}
"""The relations of the vocabulary of claims, and what each becomes."""

ACCESS: Final = frozenset(name for name, r in RELATIONS.items() if r.writer is _access)
"""Relations that speak of an access."""
NO_TIE: Final = frozenset(name for name, r in RELATIONS.items() if r.writer is None)
"""Relations that become a cited fact alone."""
