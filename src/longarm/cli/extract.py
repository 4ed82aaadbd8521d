"""From texts to claims: extract."""

from __future__ import annotations

import datetime as dt
import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from longarm.cli.frame import FAULT, consoles, json_option, open_workspace, options, tell, write_out
from longarm.errors import InputError
from longarm.model.options import ExtractOptions

if TYPE_CHECKING:
    from rich.console import Console

    from longarm.extract.assemble import Extraction
    from longarm.extract.reading import LeftOut
    from longarm.model.claims import Claim, Text
    from longarm.workspace.extracting import Extracted, Source


@click.command()
@click.argument("files", metavar="FILE-OR-URL...", nargs=-1, required=True)
@options(ExtractOptions)
@click.option("--propose", is_flag=True, help="Keep the documents in the workspace, and put their claims into review.")
@click.option("--warc", "kept", metavar="DIR", help="Where the answers of web addresses are kept too, as WARC.")
@json_option
@click.pass_context
def extract(
    ctx: click.Context, /, files: tuple[str, ...], propose: bool, kept: str | None, as_json: bool, **given: Any
) -> None:
    """Read documents and propose claims: who says what about whom, each at its place in the text.

    An address that begins with http:// or https:// is fetched: one page, within limits, never from an inner network.

    Without --propose nothing is stored. Nothing here is a finding: a claim is a proposal until a person accepts it.
    """
    from longarm.workspace import extracting

    chosen, at = ExtractOptions(**given), dt.datetime.now(dt.UTC).replace(microsecond=0)
    workspace = open_workspace(ctx) if propose else None
    done: list[dict[str, Any]] = []
    failed = 0
    for name in files:
        try:
            source = extracting.opened(name, at)
            _write_warc(source, kept, at)
            read = extracting.take(workspace, source, chosen) if workspace else extracting.extract(source, chosen)
        except InputError as fault:
            failed += 1
            if as_json:
                done.append({"document": name, **fault.to_dict()})
            else:
                tell(fault.to_dict(), str(fault), fault.where.mend)
            continue
        if as_json:
            done.append(answer_of(read))
        else:
            say(read)
    if as_json:
        click.echo(json.dumps(done, ensure_ascii=False, indent=1))
    if failed:
        ctx.exit(FAULT)


def _write_warc(source: Source, folder: str | None, at: dt.datetime) -> None:
    if folder is None or source.warc is None:
        return
    name = f"{at:%Y%m%dT%H%M%SZ}-{hashlib.sha256(source.name.encode()).hexdigest()[:12]}.warc"
    Path(folder).mkdir(parents=True, exist_ok=True)
    write_out(Path(folder) / name, source.warc)


def answer_of(read: Extracted) -> dict[str, Any]:
    """Give what was read out of a document as plain values, with what was proposed of it."""
    text = read.reading.text
    if read.proposed is not None:
        about = asdict(read.proposed) | {"original": read.original, "warc": read.warc, "echo": read.echo}
        return as_answer(text, read.found, read.reading.left_out) | {"name": read.source.name, "proposed": about}
    return as_answer(replace(text, document=read.source.name), read.found, read.reading.left_out)


def say(read: Extracted) -> None:
    """Say what was read out of a document; what was proposed of it, in a few lines."""
    text = replace(read.reading.text, document=read.source.name)
    if read.proposed is None:
        _say(text, read.found)
        return
    out, err = consoles()
    _say_head(text, read.found, out, err)
    done = read.proposed
    more = f", {done.known} decided before" if done.known else ""
    more += f", {done.superseded} of an older version superseded" if done.superseded else ""
    was = "It was on file already: " if read.is_on_file else ""
    what = f"{done.proposed} claim waits" if done.proposed == 1 else f"{done.proposed} claims wait"
    out.print(f"  {was}{what}{more}. [dim]Next: longarm review[/]", highlight=False)
    if done.refused:
        err.print(f"  [red]![/] {done.refused} claims were refused; each with its reason in {done.reject_file}")
    if read.echo is not None:
        from rich.markup import escape

        out.print(f"  {escape(repeated(read.echo))} [dim]Next: longarm echo[/]", highlight=False, soft_wrap=True)


def repeated(echo: Mapping[str, Any]) -> str:
    """Say of what on file a document is an echo."""
    if echo["document"] is None:
        return f"Whether it is an echo of another is {echo['why']}."
    by = f" ({echo['publisher']})" if echo["publisher"] else ""
    return f"It is no new origin: it repeats “{echo['title'] or echo['locator']}”{by}: {echo['why']}."


def as_answer(text: Text, found: Extraction, left_out: Sequence[LeftOut] = ()) -> dict[str, Any]:
    """Give what was read out of a document as plain values."""
    return {
        "document": text.document,
        "title": text.title,
        "published": text.published,
        "publisher": text.publisher,
        "url": text.url,
        "text": text.text,
        "lang": found.lang,
        "notes": list(found.notes),
        "lines": [{"start": line.start, "end": line.end, "kind": line.kind.value} for line in found.lines],
        "claims": [_plain(claim) for claim in found.claims],
        "left_out": [asdict(line) for line in left_out],
        "mentions": [{"start": m.start, "end": m.end, "name": m.name} for m in found.mentions],
    }


def _plain(claim: Claim) -> dict[str, Any]:
    value = asdict(claim)
    del value["document"]
    return value


def _say(text: Text, found: Extraction) -> None:
    from rich.markup import escape

    out, err = consoles()
    _say_head(text, found, out, err)
    for line in found.lines:
        if line.kind != "body":
            out.print(f"  [dim]{line.kind}: {escape(text.text[line.start : line.end][:90])}[/]", highlight=False)
    for claim in found.claims:
        chain = escape(" ← ".join(("the text", *claim.attribution)))
        said = f"[bold]{claim.stance}[/] {escape(claim.relation.replace('_', ' '))}"
        ends = " → ".join(escape(", ".join(side)) for side in (claim.subject, claim.object) if side)
        out.print(f"\n  {said} [dim]· {chain}[/]", highlight=False)
        out.print(f"  {escape(claim.quote)}", highlight=False)
        if ends:
            out.print(f"  [dim]{ends}[/]", highlight=False)


def _say_head(text: Text, found: Extraction, out: Console, err: Console) -> None:
    from rich.markup import escape

    body = sum(line.kind == "body" for line in found.lines)
    told = f"{len(found.lines)} lines, {body} of the body · {len(found.claims)} claims · {len(found.mentions)} mentions"
    out.print(f"\n[bold]{escape(text.document)}[/] [dim]{found.lang or 'language not told'} · {told}[/]")
    for note in found.notes:
        err.print(f"  [red]![/] {escape(note)}")
