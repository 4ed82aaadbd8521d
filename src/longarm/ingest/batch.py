"""What one ingest brings: documents, origins, statements, decisions; and what it refused, with the reason."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from longarm.model.statement import Statement


@dataclass(frozen=True)
class Document:
    """A document with its bytes; `id` is their hash."""

    id: str
    data: bytes
    kind: str
    retrieved: str
    locator: str
    media_type: str = "text/plain"
    publisher: str | None = None
    publisher_class: str | None = None
    title: str | None = None
    url: str | None = None
    published: str | None = None
    lang: str | None = None

    def row(self, dataset: str) -> dict[str, Any]:
        """Give the row of the `documents` table."""
        row = {k: v for k, v in vars(self).items() if k != "data"}
        return {**row, "size": len(self.data), "dataset": dataset}


@dataclass(frozen=True)
class Origin:
    """An independent source."""

    id: str
    name: str
    date: str | None = None
    note: str | None = None

    def row(self, dataset: str) -> dict[str, Any]:
        """Give the row of the `origins` table."""
        return {**vars(self), "dataset": dataset}


@dataclass(frozen=True)
class Reject:
    """A row that was not taken."""

    file: str
    line: int
    reason: str
    row: str


@dataclass
class Batch:
    """Everything that one source gives."""

    dataset: str
    documents: dict[str, Document] = field(default_factory=dict)
    origins: dict[str, Origin] = field(default_factory=dict)
    statements: list[Statement] = field(default_factory=list)
    decisions: list[tuple[str, str, Any, str]] = field(default_factory=list)
    """(kind, subject, value, known from)"""
    rejects: list[Reject] = field(default_factory=list)
    warnings: list[str] = field(default_factory=list)
    is_whole: bool = False
    """True where the source says all that it says: what it no longer states is withdrawn"""

    def add(self, document: Document) -> Document:
        """Take a document once, however often it is brought."""
        return self.documents.setdefault(f"{document.id} {document.locator}", document)
