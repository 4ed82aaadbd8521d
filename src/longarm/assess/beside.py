"""What stands beside a finding: denials, dated negative findings, what contradicts a source, limits in the same law.

They explain what they stand beside, and cancel nothing (design 4.4). A cited fact stands beside a finding where it
contradicts, or is contradicted by, a fact that a path rests on; or where it denies, finds nothing, warns or watches,
and is about somebody on the path.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from longarm.model.terms import Capability, Stance

SPEAKS = frozenset({"denial", "negative finding", "conduct", "allegation", "watching", "limit", "precedent"})


@dataclass(frozen=True)
class CitedFact:
    """A cited fact as it may stand beside a finding."""

    id: str
    sentence: str
    statements: tuple[str, ...]
    """the statements that give its sentence, one a document"""
    stance: str
    bears: str | None
    about: frozenset[str]
    contradicts: frozenset[str]
    hints: frozenset[str]
    remark: str | None = None
    polarity: str | None = None
    start: str | None = None
    end: str | None = None
    """partial dates of what it says"""


def cited_facts(rows: Iterable[Mapping[str, Any]]) -> list[CitedFact]:
    """Gather cited facts from rows of `statements`."""
    found: dict[str, dict[str, set[str]]] = {}
    sentences: dict[str, set[str]] = {}
    stances: dict[str, str] = {}
    for row in rows:
        if row["schema"] != "CitedFact":
            continue
        found.setdefault(row["canonical_id"], {}).setdefault(row["prop"], set()).add(row["value"])
        stances[row["canonical_id"]] = row["stance"]
        if row["prop"] == "sentence":
            sentences.setdefault(row["canonical_id"], set()).add(row["id"])
    return [
        CitedFact(
            id=fact,
            sentence=min(values.get("sentence", {""})),
            statements=tuple(sorted(sentences.get(fact, ()))),
            stance=stances[fact],
            bears=min(values.get("bears", {""})) or None,
            about=frozenset(values.get("about", ())),
            contradicts=frozenset(values.get("contradicts", ())),
            hints=frozenset(values.get("hints", ())),
            remark=min(values.get("remark", {""})) or None,
            polarity=min(values.get("polarity", {""})) or None,
            start=min(values.get("startDate", values.get("date", {""}))) or None,
            end=max(values.get("endDate", {""})) or None,
        )
        for fact, values in sorted(found.items())
    ]


class Beside:
    """The cited facts of a workspace, and which of them carry which statement."""

    def __init__(self, facts: Iterable[CitedFact], carried_by: Mapping[str, Collection[str]]) -> None:
        """Take the facts, and for each statement the ids of the facts that it rests on."""
        self.facts = {f.id: f for f in facts}
        self.carried_by = carried_by
        self.answers: dict[str, set[str]] = {}
        for f in self.facts.values():
            for other in f.contradicts:
                self.answers.setdefault(other, set()).add(f.id)
                self.answers.setdefault(f.id, set()).add(other)

    def of(
        self, entities: Collection[str], statements: Collection[str], capability: Capability, tied: Collection[str]
    ) -> list[str]:
        """Give the statements that stand beside a finding on these entities and statements.

        What is only about somebody whom nothing ties to the state (`tied`) does not stand beside the state's finding.
        """
        under = {fact for s in statements for fact in self.carried_by.get(s, ())}
        chosen = {other for fact in under for other in self.answers.get(fact, ())}
        for f in self.facts.values():
            speaks = f.bears in SPEAKS or f.stance == Stance.DENIED
            if speaks and f.about & set(entities) and f.about & set(tied) and (not f.hints or capability in f.hints):
                chosen.add(f.id)
        for fact in list(chosen):  # an allegation never stands without what was said against it
            chosen |= self.answers.get(fact, set())
        return [s for fact in sorted(chosen - under) if fact in self.facts for s in self.facts[fact].statements[:1]]
