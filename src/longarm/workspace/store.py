"""What a workspace holds: the facts as tables, the decisions, the folder of what is derived."""

from __future__ import annotations

import datetime as dt
import hashlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from functools import cache, cached_property
from importlib.resources import files
from typing import TYPE_CHECKING, Any

import longarm
from longarm import config
from longarm.errors import UnknownSite
from longarm.model.case import Case
from longarm.model.terms import DEMONSTRATION
from longarm.store import archive, claims, decisions, layout, loads, reviews

if TYPE_CHECKING:
    import pyarrow as pa

    from longarm.model.tables import Contract

Progress = Callable[[str], None]
"""Is told each step in words, as it begins."""


def silent(_: str) -> None:
    """Tell nobody."""


@dataclass
class OnFile:
    """Facts and decisions below one folder, read as they were known on a day."""

    layout: layout.Layout
    progress: Progress = field(default=silent, repr=False)

    @cached_property
    def database(self) -> Any:
        """The decisions: SQLite in the workspace, or the database that LONGARM_DATABASE names."""
        return decisions.connect(config.read().database or decisions.sqlite(self.layout.decisions))

    def table(self, contract: Contract, scope: str | None = None) -> pa.Table:
        """Give all committed rows of a table, or those of one scope: `""` is what came as cases and from review."""
        from longarm.store import lake

        return lake.read(self.layout.parts, contract, decisions.parts(self.database, contract.name, scope=scope))

    def statements(self, known_at: str | None = None) -> list[dict[str, Any]]:
        """Give the rows of `statements` that were known on a day, each once, in order of their ids.

        What a newer version of its case no longer states is left out, from the day on which that version came in; what
        a newer snapshot of its register no longer has, ends on the snapshot's date. For small workspaces: every row is
        a dict. `workspace.columns` gives the same as Arrow tables.
        Where a person decided that documents go back to one origin, their statements have that origin.
        """
        from longarm.model.tables import STATEMENTS

        gone = self.withdrawn(known_at)
        rows: dict[str, dict[str, Any]] = {}
        for row in self.table(STATEMENTS).to_pylist():
            if (known_at is None or row["first_seen"] <= known_at) and row["id"] not in gone:
                rows.setdefault(row["id"], row)
        listed = [rows[i] for i in sorted(rows)]
        self._end(listed, known_at)
        groups = [g for g in self.decided("origin", known_at) if g["members"]]
        if groups:
            from longarm.echo.origins import applied

            listed = applied(listed, groups)
        return listed

    def _end(self, rows: list[dict[str, Any]], known_at: str | None) -> None:
        """Give an end to what newer snapshots no longer have, and to the rest the day on which it was last seen."""
        confirmed = self.confirmed(known_at)
        if not confirmed:
            return
        from longarm.model.tables import ENDINGS

        ended = {
            r["statement"]: r["ended"]
            for r in self.table(ENDINGS).to_pylist()
            if known_at is None or r["known"] <= known_at
        }
        for row in rows:
            if row["id"] in ended:
                row["valid_to"] = row["valid_to"] or ended[row["id"]]
            else:
                row["last_seen"] = max(row["last_seen"], confirmed.get(row["document"], ""))

    def confirmed(self, known_at: str | None = None) -> dict[str, str]:
        """Give for each document of a register the day of the latest snapshot: what it says stands until then."""
        found: dict[str, str] = {}
        latest: dict[str, str] = {}
        for load in loads.committed(self.database):
            if load.plan.kind == "list" or (known_at is not None and load.plan.day > known_at):
                continue
            if load.plan.kind == "snapshot":
                latest[load.scope] = max(latest.get(load.scope, ""), load.plan.day)
        for load in loads.committed(self.database):
            if load.plan.kind != "list" and load.scope in latest:
                found |= dict.fromkeys(load.plan.documents, latest[load.scope])
        return found

    def withdrawn(self, known_at: str | None = None) -> set[str]:
        """Give what newer versions of cases no longer state: ids of statements, and `kind subject` of decisions."""
        gone: set[str] = set()
        for d in decisions.decisions(self.database, "version", known_at):
            gone |= set(d.value["withdrawn"])
            gone -= set(d.value["restored"])
        return gone

    def documents(self, known_at: str | None = None) -> dict[str, dict[str, Any]]:
        """Give the documents by id, as their latest row has them, of those retrieved by a day."""
        from longarm.model.tables import DOCUMENTS

        rows = self.table(DOCUMENTS).to_pylist()
        return {r["id"]: r for r in rows if known_at is None or r["retrieved"] <= known_at}

    def has_demonstration(self, dataset: str | None = None, known_at: str | None = None) -> bool:
        """Say whether a text made for show is among the documents, of one case or of all, cited or not."""
        kept = self.documents(known_at).values()
        return any(d["kind"] == DEMONSTRATION and dataset in (None, d["dataset"]) for d in kept)

    def origins(self) -> dict[str, dict[str, Any]]:
        """Give the origins by id."""
        from longarm.model.tables import ORIGINS

        found = {r["id"]: r for r in self.table(ORIGINS).to_pylist()}
        for g in self.decided("origin"):
            if g["members"]:
                kept = {k: g[k] for k in ("id", "name", "date", "note")}
                found[g["id"]] = {**kept, "dataset": "decisions"}
        return found

    def text(self, document: str) -> str:
        """Give the text of a document. Raises UnknownEntity, or Damaged."""
        return archive.get(self.layout.documents, document).decode("utf-8", "replace")

    def original(self, document: str) -> bytes:
        """Give the bytes of a document as they were kept. Raises UnknownEntity, or Damaged."""
        return archive.get(self.layout.documents, document)

    def head(self) -> str:
        """Give a text that changes with every part, decision and claim: what derived data are keyed by."""
        proposed = claims.digest(self.layout.claims)
        own = decisions.head(self.database)
        return own if not proposed else f"{own}\n{proposed}\n{reviews.count(self.database)}"

    def entities(self, known_at: str | None = None) -> list[dict[str, Any]]:
        """Give FollowTheMoney entities, as any FollowTheMoney tool reads them, under the ids that sources use."""
        from longarm.model.vocabulary import to_entities

        return list(to_entities(self.statements(known_at)))

    def decided(self, kind: str, known_at: str | None = None, case: str | None = None) -> list[Any]:
        """Give the values of `standing`."""
        return list(self.standing(kind, known_at, case).values())

    def standing(self, kind: str, known_at: str | None = None, case: str | None = None) -> dict[str, Any]:
        """Give the decisions of a kind by subject: of each the latest, if it still stands.

        With `case`, only those that were made in it.
        """
        gone = self.withdrawn(known_at)
        return {
            subject: value
            for subject, value in decisions.latest(self.database, kind, known_at).items()
            if (case is None or subject.startswith(f"{case}:")) and f"{kind} {subject}" not in gone
        }

    def cases(self, known_at: str | None = None) -> dict[str, Case]:
        """Give the cases by their site: the latest word of each."""
        found: dict[str, Case] = {}
        for value in self.decided("case", known_at):
            case = Case.from_dict(value)
            found[case.site] = case
        return found

    def case(self, site: str, known_at: str | None = None) -> Case:
        """Give the case of a site. Raises UnknownSite, with the sites there are."""
        found = self.cases(known_at)
        if site not in found:
            told = decisions.decisions(self.database, "case") if known_at else []
            first = min((d.known for d in told if Case.from_dict(d.value).site == site), default=None)
            if first is not None:
                raise UnknownSite(
                    f"nothing was on file of '{site}' on {known_at}: its case was first known here on {first}",
                    mend=f"--known-at {first} or later; --as-of asks what was true on an earlier day",
                )
            there = ", ".join(sorted(found)) or "none: ingest a case folder first"
            raise UnknownSite(f"there is no site '{site}' in this workspace", mend=f"sites here: {there}")
        return found[site]


@cache
def program() -> str:
    """Name the program that derives: its version, and a hash of its files so that other code gives no old data."""
    digest = hashlib.sha256()
    for path in sorted(_own_files(files("longarm")), key=str):
        digest.update(path.name.encode() + path.read_bytes())
    return f"{longarm.__version__}+{digest.hexdigest()[:16]}"


def _own_files(folder: Any) -> Iterator[Any]:
    """The code and data that calculations rest on; pages and cases do not count."""
    for entry in folder.iterdir():
        if entry.is_dir() and entry.name not in ("serve", "cli", "cases", "dossier", "__pycache__"):
            yield from _own_files(entry)
        elif entry.name.endswith((".py", ".yaml", ".json")):
            yield entry


def today() -> str:
    """Give the day in UTC: the one place from which the program takes it."""
    return str(dt.datetime.now(dt.UTC).date())
