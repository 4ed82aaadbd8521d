"""A case folder held against an expected.json, in a workspace of its own that is thrown away afterwards."""

from __future__ import annotations

import tempfile
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

from longarm.errors import SourceError
from longarm.model.options import ReachOptions
from longarm.workspace import Progress, init

if TYPE_CHECKING:
    from longarm.assess.expected import Comparison

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
        ws.ingest(case)
        site = str(lined.value["site"])
        known = ws.scenarios(site)

        def ask(state: str, as_of: str, scenario: str | None) -> Mapping[str, Any] | None:
            if scenario is not None and scenario not in known:
                return None
            return ws.reach(site, state, ReachOptions(as_of=as_of, scenario=scenario))

        try:
            return compare(lined.value, ask)
        except KeyError as fault:
            raise SourceError(f"a finding lacks {fault}", file=str(expected)) from None
