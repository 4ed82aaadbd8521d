"""The folders of a workspace, and the one form in which JSON is written there."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from longarm.errors import NoWorkspace, WorkspaceExists
from longarm.store.files import write_whole

MARKER = "longarm.json"
FORMAT = 1


@dataclass(frozen=True)
class Layout:
    """Where each kind of data lies below one folder."""

    root: Path

    @property
    def documents(self) -> Path:
        """Facts: bytes of documents, named by their hash."""
        return self.root / "facts" / "documents"

    @property
    def parts(self) -> Path:
        """Facts: Parquet parts, named by their hash."""
        return self.root / "facts" / "parts"

    @property
    def decisions(self) -> Path:
        """Decisions: the SQLite file, where no other database is set."""
        return self.root / "decisions.sqlite"

    @property
    def derived(self) -> Path:
        """Derived: may be deleted at any moment."""
        return self.root / "derived"

    @property
    def claims(self) -> Path:
        """Derived: texts and the claims that were proposed from them, one folder a document."""
        return self.derived / "claims"

    @property
    def indexes(self) -> Path:
        """Derived: what answers for one id or one word at once."""
        return self.derived / "indexes"

    @property
    def loading(self) -> Path:
        """Derived: notes of loads that are not finished; without them such a load begins anew."""
        return self.derived / "loading"

    @property
    def rejects(self) -> Path:
        """Rows that were not taken, with the reason."""
        return self.root / "rejects"


def create(root: Path) -> Layout:
    """Make an empty workspace. Raises WorkspaceExists where there is one already."""
    layout = Layout(root)
    if (root / MARKER).exists():
        raise WorkspaceExists(f"'{root}' is a workspace already", mend="choose another folder, or use this one")
    layout.documents.mkdir(parents=True, exist_ok=True)
    layout.parts.mkdir(parents=True, exist_ok=True)
    write_whole(root / MARKER, json.dumps({"longarm": "workspace", "format": FORMAT}).encode() + b"\n")
    return layout


def find(start: Path, *, above: bool = True) -> Layout:
    """Find the workspace at `start`, or in a folder above it. Raises NoWorkspace, with the mend."""
    for folder in (start, *(start.absolute().parents if above else ())):
        if (folder / MARKER).is_file():
            return Layout(folder)
    raise NoWorkspace(
        f"there is no workspace in '{start}'" + (" or above it" if above else ""),
        mend="make one with 'longarm init DIR', or name one with '--workspace DIR'",
    )


def to_json(value: Any) -> bytes:
    """Write JSON in the one form whose bytes depend on nothing but the value."""
    return (json.dumps(value, ensure_ascii=False, indent=1, sort_keys=True) + "\n").encode()
