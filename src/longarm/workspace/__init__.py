"""The workspace: the one place where the stages meet. It calls them in order and keeps what is fresh.

    files → ingest → facts → graph → law → reach → assess → report

Every verb is a method here; the command line and HTTP call these methods and nothing else.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from longarm.errors import OptionError, WorkspaceExists
from longarm.model import states
from longarm.model.options import (
    ControlOptions,
    DossierOptions,
    ExtractOptions,
    IngestOptions,
    LawOptions,
    ReachOptions,
)
from longarm.model.terms import Reading
from longarm.store import derived, layout
from longarm.store.files import write_whole
from longarm.workspace import (
    answering,
    compiling,
    extracting,
    intake,
    lookups,
    proposing,
    queueing,
    reviewing,
    supposing,
)
from longarm.workspace.extracting import Extracted
from longarm.workspace.grounds import Asked
from longarm.workspace.intake import Ingested
from longarm.workspace.lookups import check_control_cases, control_of_holdings
from longarm.workspace.proposing import Proposed
from longarm.workspace.reviewing import Decided, Verdict
from longarm.workspace.store import OnFile, Progress, program, silent, today

if TYPE_CHECKING:
    from longarm.model.case import Case
    from longarm.model.claims import Claim, Text
    from longarm.model.scenario import Scenario
    from longarm.model.ties import Ties

__all__ = [
    "DEMO_SITE",
    "DEMO_STATE",
    "Decided",
    "Extracted",
    "Ingested",
    "Progress",
    "Proposed",
    "Verdict",
    "Workspace",
    "check_control_cases",
    "control_of_holdings",
    "demo",
    "init",
    "open",
    "write_example",
]

DEMO_SITE = "liege-airport"
DEMO_STATE = "CN"


class Workspace(OnFile):
    """Facts, decisions and what is derived from them, below one folder; and the verbs."""

    def ingest(self, source: str | Path, options: IngestOptions | None = None) -> Ingested:
        """Take a case folder or a zip of one; or a file, folder, glob or `-` in any format of `ingest.formats`.

        The format is found by content. The same source twice adds nothing; a load that was stopped goes on. Raises
        SourceError with file, line and mend; then nothing can be seen of it.
        """
        from longarm.ingest import case_folder, files
        from longarm.workspace import loading, preparing

        now = dt.datetime.now(dt.UTC)
        options = options or IngestOptions()
        self.progress(f"Reading {source}")
        path = Path(source)
        if options.format is None and case_folder.is_case_at(path):
            batch = case_folder.read(files.read(path), str(now.date()))
            return intake.commit(self, batch, str(path.name or path), now)
        return intake.together([loading.load(self, t) for t in preparing.tasks(self, str(source), options, now)])

    def reach(self, site: str, state: str, options: ReachOptions | None = None) -> dict[str, Any]:
        """Compute how far a state's arm reaches into a site: the report, in the shape that `--json` prints.

        Raises UnknownState, UnknownSite, or OptionError for a date that is none.
        """
        options = options or ReachOptions()
        code = states.check(state)
        known_at = lookups.whole_day("known-at", options.known_at)
        given = lookups.whole_day("as-of", options.as_of)
        if options.reading not in (None, *Reading):
            raise OptionError(f"'{options.reading}' is not a reading", mend="narrow or wide")
        if not 64 <= options.worlds <= 65536:
            raise OptionError(f"{options.worlds} worlds cannot be computed", mend="64 to 65536")
        case, without = supposing.altered(self.case(site, known_at), options), supposing.disbelieved(self, options)
        own = self.case(site, known_at).threshold if options.threshold is not None else None
        scenario = self.scenario(options.scenario, site, known_at) if options.scenario else None
        as_of = given or (scenario.as_of if scenario else None) or case.as_of or today()
        laid = scenario.text if scenario else None
        head = self.head()
        supposed = (case.threshold, options.grades, without)
        key = derived.key("reach", program(), head, site, code, as_of, known_at, laid, options.worlds, supposed)
        report: dict[str, Any] = derived.fresh(
            self.layout.derived,
            "reports",
            key,
            lambda: answering.report(
                self, case, Asked(code, as_of, known_at, scenario, options.worlds, without, own, options.grades)
            ),
        )
        if options.reading:
            for part in ("findings", "possible"):
                report[part] = [f for f in report[part] if f["reading"] == options.reading]
        return report

    def scenarios(self, site: str, known_at: str | None = None) -> dict[str, str]:
        """Give the scenarios that came with the case of a site by a day: id → the file as it was written."""
        found = self.standing("scenario", known_at, self.case(site, known_at).id)
        return {name.split(":", 1)[1]: text for name, text in found.items()}

    def scenario(self, name: str, site: str, known_at: str | None = None) -> Scenario:
        """Read a scenario: one of the case by its id, or a file. Raises SourceError with file, line and mend."""
        from longarm.ingest import files, scenario

        of_case = self.scenarios(site, known_at)
        if name in of_case:
            return scenario.read(of_case[name].encode(), f"scenarios/{name}.yaml", site, today())
        path = Path(name)
        if not path.exists():
            there = ", ".join(sorted(of_case)) or "none"
            raise OptionError(f"there is no scenario '{name}'", mend=f"a file, or one of the case: {there}")
        found = files.read(path)
        if len(found) != 1:
            raise OptionError(f"'{name}' is not one file", mend="name the scenario's YAML file")
        return scenario.read(next(iter(found.values())), name, site, today())

    def compare(self, site: str, state: str, options: ReachOptions) -> dict[str, Any]:
        """Compute a question without and with a scenario, and say what moved and why."""
        from longarm.assess.compare import compare

        if not options.scenario:
            raise OptionError("there is no scenario to compare with", mend="give --scenario FILE")
        after = self.reach(site, state, options)
        before = self.reach(site, state, replace(options, scenario=None, as_of=after["question"]["as_of"]))
        return compare(before, after)

    def dossier(
        self, site: str, asked_states: Sequence[str] = (), options: DossierOptions | None = None
    ) -> dict[str, Any]:
        """Compile the dossier of a site for some states, or for those of its case, in the shape that `--json` prints.

        Raises UnknownState, UnknownSite, or OptionError.
        """
        return compiling.dossier(self, site, asked_states, options or DossierOptions())

    def ties(self, case: Case, as_of: str, known_at: str | None = None) -> Ties:
        """Give the ties in force on a day, as known on another: a derived table."""
        return answering.ties_of(self, case, as_of, known_at)

    def explain(self, identity: str) -> dict[str, Any]:
        """Explain anything that a report names: a statement, tie, article of law, document, cited fact or entity.

        Raises UnknownEntity where nothing has this id.
        """
        return lookups.explain(self, identity)

    def law_applies(self, entity: str, options: LawOptions | None = None) -> dict[str, Any]:
        """Say which articles bind an entity on a day, by which route: of every state in which it is placed.

        Raises UnknownEntity where no tie places it anywhere, OptionError for a date that is none.
        """
        return lookups.law_applies(self, entity, options or LawOptions())

    def control(self, entity: str, options: ControlOptions | None = None) -> dict[str, Any]:
        """Say who controls an entity and what it controls, by every accepted method, from the ties of all cases.

        Raises UnknownEntity where no holding names it.
        """
        return lookups.control(self, entity, options or ControlOptions())

    def extract(self, source: str, options: ExtractOptions | None = None) -> Extracted:
        """Read a file or an address of the web, keep it, and propose its claims: they wait in the review.

        Raises SourceError, or Refused with its reason in one word; then nothing is kept.
        """
        at = dt.datetime.now(dt.UTC).replace(microsecond=0)
        return extracting.take(self, extracting.opened(source, at), options or ExtractOptions())

    def propose(
        self,
        text: Text,
        claims: Sequence[Claim],
        kind: str = "article",
        *,
        publisher_class: str | None = None,
        origin: str | None = None,
    ) -> Proposed:
        """Keep a text and propose its claims. One whose quote is not at its span is refused, none is proposed twice.

        `origin` names what the whole document goes back to, where an echo was found; `publisher_class` a class of the
        grade table, that of the shipped rules if not given. Raises OptionError for a class that is none.
        """
        return proposing.propose(self, text, claims, kind, publisher_class=publisher_class, origin=origin)

    def import_claims(
        self, file: str | Path, kind: str = "article", publisher_class: str | None = None
    ) -> list[Proposed]:
        """Propose what a file of `longarm extract --json` holds. Raises SourceError with file, line and mend."""
        return proposing.import_file(self, file, kind, publisher_class)

    def review_queue(self, document: str | None = None) -> dict[str, Any]:
        """Give the claims that wait for a decision, what would change findings most first."""
        return queueing.queue(self, document)

    def claim(self, identity: str, links: dict[str, str] | None = None) -> dict[str, Any]:
        """Give one claim with what it would change. Raises UnknownEntity where there is none of this id."""
        return queueing.one(self, identity, links)

    def review(self, identity: str, verdict: Verdict) -> Decided:
        """Decide on a claim, and say what that changed in the findings. Raises OptionError or EvidenceError."""
        return reviewing.decide(self, identity, verdict)

    def add_claim(self, document: str, fields: dict[str, Any], reason: str = "") -> Decided:
        """Add a claim that no machine proposed, at a quote of a text on file; it waits like any other."""
        return reviewing.add(self, document, fields, reason)

    def undo_review(self, seq: int | None = None, reason: str = "") -> Decided:
        """Take back a decision of review, the last one if none is named, and what rests on it; an undo as well."""
        return reviewing.undo(self, seq, reason)

    def reviews(self) -> list[dict[str, Any]]:
        """Give the log of review, the newest first, each act with whether it still stands."""
        return reviewing.history(self)


def init(folder: str | Path) -> Workspace:
    """Make an empty workspace. Raises WorkspaceExists where there is one."""
    return Workspace(layout.create(Path(folder)))


def open(folder: str | Path = ".") -> Workspace:  # noqa: A001 (the verb of the design)
    """Open the workspace in a folder or above it. Raises NoWorkspace, with the mend."""
    return Workspace(layout.find(Path(folder)))


def write_example(folder: Path) -> list[Path]:
    """Write the commented example of a case. Raises WorkspaceExists where a file of it is there already."""
    from importlib.resources import files

    written = []
    for name, data in sorted(_tree(files("longarm.cases").joinpath("example"))):
        path = folder / name
        if path.exists():
            raise WorkspaceExists(f"'{path}' is there already", mend="choose another folder")
        write_whole(path, data)
        written.append(path)
    return written


def _tree(folder: Any, prefix: str = "") -> Iterable[tuple[str, bytes]]:
    for entry in folder.iterdir():
        if entry.is_dir():
            yield from _tree(entry, f"{prefix}{entry.name}/")
        elif not entry.name.endswith((".py", ".pyc")):
            yield prefix + entry.name, entry.read_bytes()


def demo(folder: Path, progress: Progress = silent) -> Workspace:
    """Give a workspace in `folder` that holds the shipped Liège case; made where it is not there yet."""
    from importlib.resources import as_file, files

    made = open(folder) if (folder / layout.MARKER).is_file() else init(folder)
    made.progress = progress
    with as_file(files("longarm.cases").joinpath("liege")) as case:
        made.ingest(case)
    return made
