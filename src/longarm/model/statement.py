"""The statement: the atom of everything known, and the rule that its quote is where it says it is."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass
from typing import Any

from longarm.errors import EvidenceError
from longarm.model import dates, grades
from longarm.model.terms import Stance

BASE = "id"
"""The property that says: there is such an entity."""


@dataclass(frozen=True)
class Evidence:
    """Who says so, where, how it is put, and for when."""

    document: str | None = None
    span: tuple[int, int] | None = None
    origin: str | None = None
    speaker: str | None = None
    stance: str = Stance.ASSERTED.value
    grade: str | None = None
    valid_from: str | None = None
    valid_to: str | None = None

    def __post_init__(self) -> None:
        """Raise EvidenceError where stance, grade or a date is not one."""
        if self.stance not in set(Stance):
            raise EvidenceError(f"'{self.stance}' is not a stance; one of {', '.join(Stance)} was expected")
        try:
            if self.grade is not None:
                grades.read(self.grade)
            for text in (self.valid_from, self.valid_to):
                if text is not None:
                    dates.span(text)
        except ValueError as fault:
            raise EvidenceError(str(fault)) from None


@dataclass(frozen=True)
class Statement:
    """This property of this entity has this value, says this evidence."""

    entity_id: str
    schema: str
    prop: str
    value: str
    prop_type: str
    dataset: str
    first_seen: str
    evidence: Evidence
    original_value: str | None = None
    lang: str | None = None

    @property
    def id(self) -> str:
        """Hash of all that it says and rests on, but not of when it was read: the same thing said twice is one."""
        e = self.evidence
        parts = (
            self.dataset,
            self.entity_id,
            self.schema,
            self.prop,
            self.value,
            self.lang,
            e.document,
            e.span and f"{e.span[0]}-{e.span[1]}",
            e.origin,
            e.speaker,
            e.stance,
            e.grade,
            e.valid_from,
            e.valid_to,
        )
        packed = "\x1f".join("" if p is None else str(p) for p in parts)
        return hashlib.blake2b(packed.encode(), digest_size=16).hexdigest()

    def row(self) -> dict[str, Any]:
        """Give the row of the `statements` table."""
        e = asdict(self.evidence)
        start, end = e.pop("span") or (None, None)
        return {
            "id": self.id,
            "entity_id": self.entity_id,
            "canonical_id": self.entity_id,
            "schema": self.schema,
            "prop": self.prop,
            "prop_type": self.prop_type,
            "value": self.value,
            "original_value": self.original_value,
            "dataset": self.dataset,
            "lang": self.lang,
            "first_seen": self.first_seen,
            "last_seen": self.first_seen,
            "span_start": start,
            "span_end": end,
            **e,
        }


def check_span(statement: Statement, quote: str, text: str) -> Statement:
    """Give the statement back if `text[start:end]` is the quote; raise EvidenceError if it is not.

    A statement read from a text must quote it (design 3).
    """
    span = statement.evidence.span
    if span is None:
        raise EvidenceError(f"a statement on '{statement.entity_id}' quotes a text but gives no span")
    start, end = span
    if not (0 <= start < end <= len(text)) or text[start:end] != quote:
        found = text[max(0, start) : max(0, end)][:80]
        raise EvidenceError(
            f"the quote is not at characters {start}–{end} of its document: '{found}' stands there, "
            f"'{quote[:80]}' was expected"
        )
    return statement


def find_span(quote: str, text: str) -> tuple[int, int]:
    """Give the span of the first place where `quote` stands in `text`.

    Raises EvidenceError where it does not.
    """
    start = text.find(quote)
    if start < 0:
        raise EvidenceError(f"the quote '{quote[:80]}' does not stand in its document")
    return start, start + len(quote)


def unseen(statements: Iterable[Statement], known: Mapping[str, Any] | set[str]) -> list[Statement]:
    """Give the statements whose id is not known yet, each once, in order."""
    fresh: dict[str, Statement] = {}
    for statement in statements:
        if statement.id not in known:
            fresh.setdefault(statement.id, statement)
    return list(fresh.values())
