"""The source of a register line: a cited fact, several, a quoted document, or the writer's own word."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from longarm.errors import EvidenceError
from longarm.ingest.batch import Batch, Document
from longarm.ingest.facts import Fact, Publishers
from longarm.ingest.files import binary
from longarm.ingest.yaml_lines import Lined
from longarm.model import grades
from longarm.model.statement import Evidence, find_span
from longarm.model.terms import DEMONSTRATION

Span = tuple[int, int]

_CARRYING = frozenset({"states", "facts", "interests", "accesses", "duties", "safeguards"})
"""sections whose lines can carry or cut a finding"""

_CARRYING_KEYS = frozenset(
    {
        "registered_in",
        "managed_in",
        "data_location",
        "keys_held_in",
        "item_origin",
        "offered_in",
        "contains",
        "processes",
    }
)
"""keys of other sections that do"""


@dataclass(frozen=True)
class Sources:
    """What a register line may cite."""

    facts: Mapping[str, Fact]
    documents: Mapping[str, Document]
    """by the id that sources.yaml gives them"""
    register: Document
    publishers: Publishers
    batch: Batch

    def of(self, line: Mapping[str, Any], lined: Lined, *path: str | int) -> list[Evidence]:
        """Give the evidence of a line, one for each document.

        Raises SourceError, with the line, where the source is unknown, the quote does not stand in its document, or a
        grade departs from the default without a reason.
        """
        source = line.get("source")
        if source is None:
            raise lined.fault("the line names no source", *path, mend="add 'source:'")
        if isinstance(source, dict):
            found = [self._quoted(source, lined, *path)] if "document" in source else [self._own(source, lined, *path)]
        else:
            found = []
            for fact in [source] if isinstance(source, str) else source:
                if fact not in self.facts:
                    raise lined.fault(
                        f"there is no cited fact '{fact}'", *path, "source", mend="a fact's id, as in facts.json"
                    )
                found += self.facts[fact].evidence
        if isinstance(source, dict) and "document" in source:
            self._not_for_show(source["document"], line, lined, *path)
        if line.get("grade") and not line.get("because"):
            raise lined.fault(
                f"grade {line['grade']} departs from the default without a reason",
                *path,
                "grade",
                mend="add 'because:'",
            )
        changes: dict[str, Any] = {k: line[k] for k in ("grade", "stance") if line.get(k)}
        changes["valid_from"] = _date(line.get("since")) or None
        changes["valid_to"] = _date(line.get("until")) or None
        try:
            return [replace(e, **{k: v for k, v in changes.items() if v is not None}) for e in found]
        except EvidenceError as fault:
            key = "until" if "until" in line and str(line["until"]) in fault.message else "since"
            raise lined.fault(fault.message, *path, key) from None

    def _not_for_show(self, name: str, line: Mapping[str, Any], lined: Lined, *path: str | int) -> None:
        """Raise SourceError where a line grades a demonstration text, or rests on it what could carry a finding."""
        if self.documents[name].kind != DEMONSTRATION:
            return
        if path[0] in _CARRYING or _CARRYING_KEYS & set(line):
            raise lined.fault(
                f"document '{name}' is a demonstration: it proves nothing", *path, "source", mend="cite a real source"
            )
        inside = "grade" in line["source"]
        if inside or line.get("grade"):
            place = ("source", "grade") if inside else ("grade",)
            raise lined.fault(
                f"document '{name}' is a demonstration and takes no grade", *path, *place, mend="leave the grade out"
            )

    def _quoted(self, source: Mapping[str, Any], lined: Lined, *path: str | int) -> Evidence:
        document = self.documents.get(source["document"])
        if document is None:
            raise lined.fault(
                f"there is no document '{source['document']}'", *path, "source", mend="an id from sources.yaml"
            )
        span = self._span(document, source, lined, *path)
        grade = source.get("grade")
        if grade is None:
            given = document.publisher_class or "unjudged"
            grade = str(self.publishers.table.default(given))
            if document.kind == DEMONSTRATION:  # from no publisher, and no origin: it adds nothing
                grade = "F6"
        elif not source.get("because"):
            raise lined.fault(f"grade {grade} gives no reason", *path, "source", mend="add 'because:'")
        return Evidence(
            document=document.id,
            span=span,
            origin=source.get("origin") or f"document:{document.id}",
            speaker=source.get("speaker"),
            stance=source.get("stance", "asserted"),
            grade=grade,
        )

    def _span(self, document: Document, source: Mapping[str, Any], lined: Lined, *path: str | int) -> Span | None:
        """Give where the quote stands; a statement read from a text must quote it (design 3)."""
        quote, kind = source.get("quote"), binary(document.data)
        if kind is not None:
            if quote is None:
                return None
            raise lined.fault(
                f"document '{source['document']}' cannot be quoted: {document.locator} is {kind}",
                *path,
                "source",
                mend="put its text into documents/ as .txt",
            )
        if quote is None:
            raise lined.fault(
                f"a statement read from a text must quote it, and this one does not quote '{source['document']}'",
                *path,
                "source",
                mend="add 'quote:'",
            )
        try:
            return find_span(quote, document.data.decode("utf-8"))
        except UnicodeDecodeError:
            message = f"document '{source['document']}' is not UTF-8"
            raise lined.fault(message, *path, "source", mend=f"save {document.locator} as UTF-8") from None
        except EvidenceError as fault:
            raise lined.fault(fault.message, *path, "source", "quote") from None

    def _own(self, source: Mapping[str, Any], lined: Lined, *path: str | int) -> Evidence:
        """The writer's own word: it cannot be judged, unless a grade is given with its reason."""
        grade = source.get("grade", str(grades.Grade("F", "6")))
        if "grade" in source and not source.get("because"):
            raise lined.fault(f"grade {grade} gives no reason", *path, "source", mend="add 'because:'")
        return Evidence(
            document=self.register.id,
            origin=f"register:{self.batch.dataset}",
            speaker=None,
            stance=source.get("stance", "asserted"),
            grade=grade,
        )


def _date(value: Any) -> str | None:
    return None if value is None else str(value)
