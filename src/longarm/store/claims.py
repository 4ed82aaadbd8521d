"""Texts and claims as derived tables, one folder a document: written by extraction, read by review."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from longarm.model.tables import CLAIMS, TEXTS, Contract
from longarm.store import parquet
from longarm.store.files import write_whole


def write(folder: Path, text: Mapping[str, Any], claims: Sequence[Mapping[str, Any]]) -> None:
    """Write what is proposed from one document in the place of what was proposed before."""
    place = _place(folder, str(text["document"]))
    write_whole(place / "texts.parquet", parquet.to_bytes(TEXTS.table([text])))
    write_whole(place / "claims.parquet", parquet.to_bytes(CLAIMS.table(claims)))


def of_document(folder: Path, document: str) -> list[dict[str, Any]]:
    """Give the claims that are proposed from one document."""
    return _rows(_place(folder, document) / "claims.parquet", CLAIMS)


def read(folder: Path) -> tuple[dict[str, dict[str, Any]], list[dict[str, Any]]]:
    """Give the texts by their document, and the claims in the order of the text."""
    texts: dict[str, dict[str, Any]] = {}
    claims: list[dict[str, Any]] = []
    for place in sorted(folder.glob("*/")) if folder.is_dir() else ():
        for row in _rows(place / "texts.parquet", TEXTS):
            texts[row["document"]] = row
        claims += _rows(place / "claims.parquet", CLAIMS)
    return texts, sorted(claims, key=lambda c: (c["document"], c["start"], c["end"], c["id"]))


def digest(folder: Path) -> str:
    """Give a text that changes with every proposal."""
    found = sorted(folder.glob("*/claims.parquet")) if folder.is_dir() else []
    return hashlib.sha256(b"".join(p.read_bytes() for p in found)).hexdigest() if found else ""


def _place(folder: Path, document: str) -> Path:
    return folder / hashlib.sha256(document.encode()).hexdigest()[:32]


def _rows(path: Path, contract: Contract) -> list[dict[str, Any]]:
    """Give the rows of a file; nothing where it is missing or damaged, for it can be derived again."""
    import pyarrow as pa

    try:
        rows: list[dict[str, Any]] = parquet.from_bytes(path.read_bytes(), contract.schema).to_pylist()
    except (OSError, pa.ArrowException):
        return []
    return rows
