"""A case folder held against an expected.json, in a workspace of its own that is thrown away afterwards."""

from __future__ import annotations

import tempfile
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

from longarm.errors import SourceError, WorkspaceExists
from longarm.model.options import ReachOptions
from longarm.store.files import write_whole
from longarm.workspace import Progress, init

if TYPE_CHECKING:
    from longarm.assess.expected import Comparison
    from longarm.ingest.drafting import Wanted

_NEEDED = ("site", "findings")


def check(case: str | Path, expected: str | Path, progress: Progress) -> Comparison:
    """Ingest a case, ask for every finding that is expected, and hold the answers against it.

    A finding inside a scenario is asked with the case's own scenario of that id; where the case has none, it is
    skipped and said to be. Raises SourceError for a file that is no case, or no expectation.
    """
    from longarm.assess.expected import compare
    from longarm.ingest import files, yaml_lines

    path = Path(expected)
    data = files.read(path)
    if len(data) != 1:
        raise SourceError(f"'{expected}' is not one file", mend="name the expected.json")
    lined = yaml_lines.read(next(iter(data.values())), str(expected))
    if not isinstance(lined.value, dict) or not all(k in lined.value for k in _NEEDED):
        raise SourceError(f"this is no expectation: it lacks {' or '.join(_NEEDED)}", file=str(expected))
    with tempfile.TemporaryDirectory(prefix="longarm-check-") as folder:
        ws = init(Path(folder) / "ws")
        ws.progress = progress
        site = str(lined.value["site"])
        ws.ingest(_whole(Path(case), lined.value, Path(folder)))
        known = ws.scenarios(site)

        def ask(state: str, as_of: str, scenario: str | None) -> Mapping[str, Any] | None:
            if scenario is not None and scenario not in known:
                return None
            return ws.reach(site, state, ReachOptions(as_of=as_of, scenario=scenario))

        try:
            return compare(lined.value, ask)
        except KeyError as fault:
            raise SourceError(f"a finding lacks {fault}", file=str(expected)) from None


def _whole(case: Path, expected: Mapping[str, Any], folder: Path) -> Path:
    """Give the case, or, where it has facts and entities but no register, a copy with a drafted one."""
    from longarm.ingest import drafting, files

    given = files.read(case)
    if not drafting.is_draftable(given):
        return case
    findings = expected["findings"]
    wanted = drafting.Wanted(
        site=str(expected["site"]),
        parts=tuple(p for p in expected.get("parts") or () if isinstance(p, dict) and "id" in p),
        states=tuple(dict.fromkeys(str(f["state"]).upper() for f in findings)),
        as_of=(expected.get("meta") or {}).get("default_as_of"),
    )
    return write_draft(given, wanted, folder / "case")


def write_draft(given: Mapping[str, bytes], wanted: Wanted, folder: Path) -> Path:
    """Write facts and entities with a drafted register into a folder. Raises WorkspaceExists where it is taken."""
    from longarm.ingest import drafting

    if folder.exists() and any(folder.iterdir()):
        raise WorkspaceExists(f"'{folder}' is not empty", mend="choose another folder")
    kept = {n: d for n, d in given.items() if n == "facts.json" or n.endswith(".ftm.jsonl")}
    for name, data in {**kept, **drafting.draft(given, wanted)}.items():
        write_whole(folder / name, data)
    return folder
