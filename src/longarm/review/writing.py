"""From a claim that was accepted to the statements that it becomes, each citing document, span, speaker and stance."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace

from longarm.model import grades
from longarm.model.claims import Claim
from longarm.model.names import slug
from longarm.model.statement import BASE, Evidence, Statement
from longarm.model.terms import Stance
from longarm.review import relations
from longarm.review.relations import Choices, Ends, Record

DATASET = "review"
"""The source of every statement that a reviewer accepted; it belongs to no case, so every case may rest on it."""

TypeOf = Callable[[str, str], str]
"""(schema, property) → name of its type"""


@dataclass(frozen=True)
class Cited:
    """The document that a claim stands in, as its statements cite it."""

    kept: str
    """SHA-256 of the text in the archive"""
    published: str | None = None
    publisher: str | None = None
    publisher_class: str = "copy"
    origin: str | None = None
    """what the whole document goes back to, where that was found"""
    lang: str | None = None


@dataclass(frozen=True)
class New:
    """An entity that a reviewer makes of a mention."""

    entity: str
    schema: str
    name: str


@dataclass(frozen=True)
class Acceptance:
    """A claim as it is accepted: what its mentions mean, and what the reviewer adds."""

    claim: Claim
    cited: Cited
    ends: Ends
    choices: Choices = field(default_factory=Choices)
    schemata: Mapping[str, str] = field(default_factory=dict)
    """id of an entity → its schema"""
    new: tuple[New, ...] = ()
    grade: str | None = None
    """another grade than the default of the publisher's class"""


@dataclass(frozen=True)
class Written:
    """What an acceptance states."""

    statements: tuple[Statement, ...]
    """what the claim says"""
    made: Mapping[str, tuple[Statement, ...]]
    """what describes each entity that it makes"""
    linked: tuple[str, ...]
    """ids of all entities that it speaks of"""


def evidence(claim: Claim, cited: Cited, grade: str | None = None) -> Evidence:
    """Give what stands behind a claim. Its origin is the last of its chain: who spoke first on that occasion.

    Where the text speaks for itself, the origin is that of the whole document, or its publisher's report of that day.
    """
    speaker = claim.attribution[-1] if claim.attribution else None
    day = cited.published or ""
    if speaker is not None:
        origin = f"speaker:{slug(speaker)}:{day}"
    elif cited.origin is not None:
        origin = cited.origin
    elif cited.publisher is not None:
        origin = f"report:{slug(cited.publisher)}:{day or cited.kept[:12]}"
    else:
        origin = f"document:{cited.kept}"
    usual = str(grades.table().default(cited.publisher_class))
    return Evidence(
        document=cited.kept,
        span=(claim.start, claim.end),
        origin=origin,
        speaker=speaker,
        stance=claim.stance,
        grade=grade or usual,
    )


def write(accepted: Acceptance, day: str, type_of: TypeOf) -> Written:
    """Give the statements of a claim: the ties and properties that it states, and the sentence itself as a cited fact.

    A mention that is linked to nothing takes part in no tie; the cited fact keeps its name as the text has it.
    """
    claim = accepted.claim
    said = _Saying(evidence(claim, accepted.cited, accepted.grade), day, type_of, accepted.cited.lang)
    found: list[Statement] = []
    for i, record in enumerate(relations.records(claim, accepted.ends, accepted.choices), start=1):
        found += said.record(_named(record, f"{claim.id}-{i}", accepted.schemata))
    found += said.record(_fact(accepted), "sentence")
    asserted = replace(said, evidence=replace(said.evidence, stance=Stance.ASSERTED.value))
    made = {n.entity: tuple(asserted.record(Record(n.schema, {"name": [n.name]}, n.entity))) for n in accepted.new}
    return Written(tuple(found), made, _linked(accepted.ends))


def unreviewed(accepted: Acceptance, day: str, type_of: TypeOf) -> list[Statement]:
    """Give the ties of a claim that nobody decided on: put as inferred, so that they count in the upper bound only.

    What is denied or planned adds no reach at its most, so it gives nothing.
    """
    claim = accepted.claim
    if claim.stance not in (Stance.ASSERTED, Stance.ALLEGED):
        return []
    most = replace(accepted.choices, most=True)
    basis = replace(evidence(claim, accepted.cited), stance=Stance.INFERRED.value, origin=f"unreviewed:{claim.id}")
    said = _Saying(basis, day, type_of, accepted.cited.lang, dataset="unreviewed")
    found: list[Statement] = []
    for i, record in enumerate(relations.records(claim, accepted.ends, most), start=1):
        found += said.record(_named(record, f"{claim.id}-{i}", accepted.schemata))
    return found


@dataclass(frozen=True)
class _Saying:
    evidence: Evidence
    day: str
    type_of: TypeOf
    lang: str | None = None
    dataset: str = DATASET

    def record(self, record: Record, in_own_words: str = "") -> list[Statement]:
        """Give the statements of one record: that it is there, and each of its values."""
        assert record.entity is not None
        found = []
        for prop, values in ((BASE, [record.entity]), *record.values.items()):
            kind = "id" if prop == BASE else self.type_of(record.schema, prop)
            lang = self.lang if prop == in_own_words else None
            found += [
                Statement(record.entity, record.schema, prop, v, kind, self.dataset, self.day, self.evidence, lang=lang)
                for v in values
            ]
        return found


def _named(record: Record, own: str, schemata: Mapping[str, str]) -> Record:
    """Give a record its id: its own; a property of an entity goes under that entity, with its schema."""
    if record.entity is None:
        return replace(record, entity=own)
    return replace(record, schema=record.schema or schemata.get(record.entity, "LegalEntity"))


def _fact(accepted: Acceptance) -> Record:
    claim = accepted.claim
    chain = " ← ".join(claim.attribution)
    values = {
        "subject": list(claim.subject),
        "predicate": [claim.relation.replace("_", " ")],
        "object": list(claim.object),
        "sentence": [claim.quote],
        "bears": [relations.bears(claim)],
        "about": list(_linked(accepted.ends)),
        "remark": [f"As said by: {chain}"] if len(claim.attribution) > 1 else [],
        "startDate": [relations.partial(d.date) for d in claim.dates[:1] if d.role != "until"],
        "endDate": [relations.partial(d.date) for d in claim.dates if d.role == "until"][:1],
    }
    return Record("CitedFact", {k: [x for x in v if x] for k, v in values.items()}, claim.id)


def _linked(ends: Ends) -> tuple[str, ...]:
    several: Iterable[str | None] = (*ends.subject, *ends.object, ends.site)
    return tuple(dict.fromkeys(e for e in several if e is not None))
