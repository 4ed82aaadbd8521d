"""Mapping tables: draft a mapping of one, and see what a mapping makes of it."""

from __future__ import annotations

import datetime as dt
import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from longarm.cli.frame import consoles, json_option
from longarm.errors import SourceError

if TYPE_CHECKING:
    from rich.console import Console

    from longarm.ingest.batch import Reject
    from longarm.ingest.formats.mapping import MappingFile
    from longarm.ingest.stream import Input

ROWS = 10
"""Rows of a preview."""


@click.group(name="map")
def mapping() -> None:
    """Tables of any kind: draft a mapping to entities, and see what a mapping makes of the first rows."""


@mapping.command()
@click.argument("source", metavar="FILE")
@click.option("--out", metavar="MAPPING", help="Write the mapping here; to standard output if not given.")
@json_option
def suggest(source: str, out: str | None, as_json: bool) -> None:
    """Draft a mapping for FILE (CSV, TSV, XLSX, Parquet; packed, too) and preview ten rows of it."""
    from longarm.ingest.formats import mapping as language
    from longarm.ingest.formats import suggested_text, suggesting

    given, _ = _first(source)
    draft = suggesting.draft(given)
    text = suggested_text.text(draft, given.name)
    if out is not None:
        _write(Path(out), text)
    if not draft.entities:
        found: dict[str, Any] = {"entities": [], "rejects": [], "warnings": list(draft.warnings)}
    else:
        found = _preview(language.read(text.encode(), out or "the draft"), given)
        found["warnings"] = [*draft.warnings, *found["warnings"]]
    if as_json:
        click.echo(json.dumps({"kind": draft.kind, "mapping": text, **found}, ensure_ascii=False, indent=1))
        return
    console, err = consoles()
    if out is None:
        click.echo(text)
        _show(err, found)
        return
    _show(console, found)
    console.print(f"Wrote {out}. Go through every line of it, then: longarm map check {out} {source}", markup=False)


@mapping.command()
@click.argument("mapping_file", metavar="MAPPING")
@click.argument("source", metavar="FILE")
@click.option("--rows", default=ROWS, show_default=True, type=click.IntRange(1, 1000), help="How many rows to show.")
@json_option
def check(mapping_file: str, source: str, rows: int, as_json: bool) -> None:
    """Show what MAPPING makes of the first rows of FILE, and what it sets aside."""
    from longarm.ingest.formats import mapping as language

    given, _ = _first(source)
    try:
        data = Path(mapping_file).read_bytes()
    except OSError as fault:
        raise SourceError(f"cannot be read: {fault.strerror}", file=mapping_file, mend="check the name") from None
    found = _preview(language.read(data, mapping_file), given, rows)
    if as_json:
        click.echo(json.dumps(found, ensure_ascii=False, indent=1))
        return
    _show(consoles()[0], found)


def _first(source: str) -> tuple[Input, list[Reject]]:
    """Open the one table that a source is. Raises SourceError where it is several."""
    from longarm.ingest.opening import opened

    refused: list[Reject] = []
    found = opened(source, retrieved=dt.datetime.now(dt.UTC).date().isoformat(), refuse=refused.append)
    first = next(found)
    second = next(found, None)
    if second is not None:
        raise SourceError(f"it holds several files: {first.name}, {second.name}, …", file=source, mend="name one table")
    return first, refused


def _preview(made: MappingFile, source: Input, rows: int = ROWS) -> dict[str, Any]:
    from longarm.ingest.formats.mapped import preview

    entities, chunks = preview(made, source, rows)
    return {
        "entities": entities,
        "rejects": [vars(r) for c in chunks for r in c.rejects],
        "warnings": [w for c in chunks for w in c.warnings],
    }


def _write(path: Path, text: str) -> None:
    try:
        with path.open("x", encoding="utf-8") as handle:
            handle.write(text)
    except FileExistsError:
        raise SourceError("it is there already", file=str(path), mend="give another name, or take it away") from None
    except OSError as fault:
        raise SourceError(f"it cannot be written: {fault.strerror}", file=str(path)) from None


def _show(out: Console, found: dict[str, Any]) -> None:
    from rich.markup import escape
    from rich.table import Table

    table = Table(title="The first rows as entities", title_justify="left", box=None, padding=(0, 2, 0, 0))
    for head in ("row", "schema", "id", "properties"):
        table.add_column(head, overflow="fold", style="dim" if head in ("row", "id") else None)
    names = {e["id"]: (e["properties"].get("name") or [None])[0] for e in found["entities"]}
    for entity in found["entities"]:
        told = []
        for prop, values in entity["properties"].items():
            if prop != "namesMentioned":
                told.append(f"{prop}: " + " | ".join(str(names.get(v) or v) for v in values))
        table.add_row(str(entity["row"]), entity["schema"], entity["id"][:12], escape(_plain("\n".join(told))))
    out.print(table)
    for reject in found["rejects"]:
        out.print(f"[red]![/] row {reject['line']}: {escape(_plain(reject['reason']))}")
    for warning in found["warnings"]:
        out.print(f"[red]![/] {escape(_plain(warning))}")


def _plain(text: str) -> str:
    return "".join(c if c == "\n" or c.isprintable() else " " for c in text)
