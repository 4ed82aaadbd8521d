"""The source of a register line: a cited fact, several, a quoted document, or the writer's own word."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from longarm.errors import EvidenceError
from longarm.ingest.batch import Batch, Document
from longarm.ingest.facts import Fact, Publishers
from longarm.ingest.yaml_lines import Lined
from longarm.model import grades
from longarm.model.statement import Evidence, find_span


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

    def _quoted(self, source: Mapping[str, Any], lined: Lined, *path: str | int) -> Evidence:
        document = self.documents.get(source["document"])
        if document is None:
            raise lined.fault(
                f"there is no document '{source['document']}'", *path, "source", mend="an id from sources.yaml"
            )
        span = None
        if source.get("quote"):
            try:
                span = find_span(source["quote"], document.data.decode("utf-8", "replace"))
            except EvidenceError as fault:
                raise lined.fault(fault.message, *path, "source", "quote") from None
        grade = source.get("grade")
        if grade is None:
            given = document.publisher_class or "unjudged"
            grade = str(self.publishers.table.default(given))
            if document.kind == "demonstration":  # from no publisher, and no origin: it adds nothing
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
