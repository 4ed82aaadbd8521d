"""What people hand in, opened: a file, a folder, a pattern, standard input, an archive, and archives in those.

Nothing is written where it was found, and nothing is loaded whole. An archive that is read from its middle (a packed
tar, an archive in an archive, standard input) is unpacked once into a temporary file that goes with the last `Input`
that needs it. Whatever cannot be taken is refused alone, with its reason; the rest is read.
"""

from __future__ import annotations

import glob
import os
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import BinaryIO

from longarm.errors import SourceError
from longarm.ingest.archives import members
from longarm.ingest.batch import Reject
from longarm.ingest.stream import Input
from longarm.ingest.unpacking import Held, Limits, Spent

STANDARD_INPUT = "-"

Refuse = Callable[[Reject], None]


def opened(
    source: str | Path,
    *,
    retrieved: str,
    refuse: Refuse,
    limits: Limits | None = None,
    stdin: BinaryIO | None = None,
) -> Iterator[Input]:
    """Give what `source` holds, each as a stream of bytes, in the order of names; hand what is not taken to `refuse`.

    `source` is a path, a pattern such as `data/**/*.json`, or `-` for standard input. Raises SourceError where there is
    no such source, or where nothing of it can be taken.
    """
    spent = Spent(limits or Limits())
    refused: list[Reject] = []

    def note(reject: Reject) -> None:
        refused.append(reject)
        refuse(reject)

    given = 0
    for held in _sources(str(source), spent, note, stdin):
        for each in members(held, spent, note, retrieved, held.depth):
            given += 1
            yield each
    if not given and len(refused) == 1:
        raise SourceError(refused[0].reason, file=refused[0].file)
    if not given:
        first = f": {refused[0].file}: {refused[0].reason}" if refused else ""
        raise SourceError(
            f"nothing in '{source}' can be read; {len(refused)} were refused{first}" if refused else "it holds no file",
            file=str(source),
            mend="give a file, a folder, a pattern in quotes, or - for standard input",
        )


def _sources(source: str, spent: Spent, refuse: Refuse, stdin: BinaryIO | None) -> Iterator[Held]:
    """Give the files that a source names, not yet looked into."""
    if source == STANDARD_INPUT:
        held = Held.spooled("standard input", stdin or sys.stdin.buffer, spent)
        yield held
        return
    path = Path(source)
    if path.is_dir():
        yield from _folder(path, spent, refuse)
    elif path.exists():
        yield Held.file(path, source)
    elif glob.has_magic(source):
        found = sorted(glob.glob(source, recursive=True))
        if not found:
            raise SourceError(f"no file fits the pattern '{source}'", mend="put it in quotes, and try it with ls")
        for name in found:
            if Path(name).is_dir():
                if "**" not in source:
                    yield from _folder(Path(name), spent, refuse)
            else:
                spent.one_more(name)
                yield Held.file(Path(name), name)
    else:
        raise SourceError(f"there is no file or folder '{source}'", mend="check the name")


def _folder(root: Path, spent: Spent, refuse: Refuse) -> Iterator[Held]:
    """Give the files of a folder, by name; hidden ones are passed by, links that lead out are refused."""
    base = root.resolve()
    for folder, folders, names in os.walk(root):
        folders[:] = sorted(f for f in folders if not f.startswith("."))
        for name in sorted(names):
            path = Path(folder) / name
            if name.startswith("."):
                continue
            if path.is_symlink() and not path.resolve().is_relative_to(base):
                refuse(Reject(str(path), 0, "the link leads out of the folder; put the file itself there", ""))
            elif not path.is_file():
                refuse(Reject(str(path), 0, "it is no file: a link to nothing, a pipe or a device", ""))
            else:
                spent.one_more(str(path))
                yield Held.file(path, str(path))
