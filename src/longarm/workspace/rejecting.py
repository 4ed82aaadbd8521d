"""Rows of a large source that were not taken: a file for each stretch, joined when the load is committed."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from contextlib import suppress
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING

from longarm.ingest.batch import Reject
from longarm.store import files
from longarm.store.files import write_whole

if TYPE_CHECKING:
    from longarm.store.loads import Stretch
    from longarm.workspace.store import OnFile

_PIECE = 1 << 20


def write_piece(ws: OnFile, key: str, number: int, rejects: Sequence[Reject]) -> str | None:
    """Write what a stretch did not take, one JSON object a line. Gives the file's name; None where all was taken."""
    if not rejects:
        return None
    path = ws.layout.rejects / f"loading-{key[:12]}-{number}.jsonl"
    write_whole(path, "".join(json.dumps(asdict(r), ensure_ascii=False) + "\n" for r in rejects).encode())
    return path.name


def name(ws: OnFile, dataset: str, key: str) -> str:
    """Name the file of a load below its workspace."""
    return str(_path(ws, dataset, key).relative_to(ws.layout.root))


def joined(ws: OnFile, dataset: str, key: str, stretches: Iterable[Stretch]) -> str | None:
    """Join the files of the stretches into that of the load. Gives its name; None where all was taken."""
    pieces = _pieces(ws, stretches)
    if not pieces:
        return None
    with files.writing(ws.layout.rejects) as out:
        for path in pieces:
            with path.open("rb") as stream:
                while piece := stream.read(_PIECE):
                    out.write(piece)
        out.keep(_path(ws, dataset, key))
    return name(ws, dataset, key)


def first(ws: OnFile, stretches: Iterable[Stretch]) -> Reject:
    """Give the first row that was not taken."""
    with _pieces(ws, stretches)[0].open(encoding="utf-8") as stream:
        return Reject(**json.loads(stream.readline()))


def forget(ws: OnFile, stretches: Iterable[Stretch]) -> None:
    """Remove the files of the stretches. What cannot be removed is left: the load is committed already."""
    for path in _pieces(ws, stretches):
        with suppress(OSError):
            files.disk.remove(path)


def _path(ws: OnFile, dataset: str, key: str) -> Path:
    return ws.layout.rejects / f"{dataset.replace(':', '-')}-{key[:12]}.jsonl"


def _pieces(ws: OnFile, stretches: Iterable[Stretch]) -> list[Path]:
    return [ws.layout.rejects / s.reject_file for s in stretches if s.reject_file]
