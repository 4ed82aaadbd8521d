"""Reading claims out of texts: lines by kind, and what is said, by whom, how it is put."""

from __future__ import annotations

import json
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from longarm.cli.frame import consoles, json_option, tell
from longarm.errors import LongarmError, SourceError

if TYPE_CHECKING:
    from rich.console import Console

    from longarm.extract.claims import Extraction

LARGEST = 20_000_000
"""Bytes of one file."""


@click.command()
@click.argument("files", metavar="FILE...", nargs=-1, required=True)
@click.option(
    "--lang", type=click.Choice(("en", "fr", "nl", "de")), help="The language; told from the text if not given."
)
@click.option("--published", metavar="DATE", help="When it was published: YYYY-MM-DD.")
@click.option("--publisher", metavar="NAME", help="Who published it.")
@json_option
@click.pass_context
def extract(ctx: click.Context, /, files: tuple[str, ...], as_json: bool, **given: Any) -> None:
    """Read FILEs of text, a line a paragraph, and say what they claim. Nothing is kept: a claim is a proposal.

    With --json one document a line. A file that cannot be read is named, the others are read; the exit code is then 2.
    """
    out, _ = consoles()
    failed = False
    for name in files:
        try:
            found = _read(name, **given)
        except LongarmError as fault:
            failed = True
            tell(fault.to_dict(), str(fault), fault.where.mend)
            continue
        if as_json:
            click.echo(json.dumps(_told(found), ensure_ascii=False))
        else:
            _show(found, out)
    ctx.exit(2 if failed else 0)


def _read(name: str, lang: str | None, published: str | None, publisher: str | None) -> Extraction:
    from longarm.extract.claims import extract as read
    from longarm.extract.language import language
    from longarm.model import dates
    from longarm.model.claims import Text

    if published is not None:
        try:
            dates.span(published)
        except ValueError as fault:
            raise SourceError(f"--published: {fault}", file=name, mend="write it as 2023-10-05") from None
    path = Path(name)
    try:
        if path.stat().st_size > LARGEST:
            raise SourceError(f"more than {LARGEST:,} bytes", file=name, mend="split it, or take the article out")
        said = path.read_bytes().decode("utf-8-sig")
    except UnicodeDecodeError as fault:
        line = path.read_bytes()[: fault.start].count(b"\n") + 1
        raise SourceError("this is no text in UTF-8", file=name, line=line, mend="save it as UTF-8") from None
    except OSError as fault:
        raise SourceError(f"cannot be read: {fault.strerror}", file=name) from None
    said = said.replace("\r\n", "\n")
    return read(Text(path.name, said, lang or language(said), published, publisher))


def _told(found: Extraction) -> dict[str, Any]:
    claims = [{k: v for k, v in asdict(c).items() if k != "document"} for c in found.claims]
    told = {
        "document": found.text.document,
        "lang": found.text.lang,
        "text": found.text.text,
        "lines": [asdict(line) for line in found.lines],
        "claims": claims,
    }
    return told if found.left_out is None else {**told, "left_out": found.left_out}


def _show(found: Extraction, out: Console) -> None:
    from rich.markup import escape

    body = sum(line.kind == "body" for line in found.lines)
    out.print(
        f"\n[bold]{escape(found.text.document)}[/] [dim]{found.text.lang or 'language not told'} · "
        f"{len(found.lines)} lines, {body} of the body · {len(found.claims)} claims[/]"
    )
    if found.left_out:
        out.print(f"  [red]![/] {escape(found.left_out)}")
    for line in found.lines:
        if line.kind != "body":
            out.print(f"  [dim]{line.kind}: {escape(found.text.text[line.start : line.end][:90])}[/]")
    for c in found.claims:
        chain = " ← ".join(c.attribution) or "the text itself"
        said = f"[bold]{c.stance}[/] {escape(c.relation.replace('_', ' '))}"
        out.print(f"\n  {said} [dim]{c.start}–{c.end} · {escape(chain)}[/]")
        out.print(f"  {escape(c.quote)}", highlight=False)
        ends = " → ".join(escape(", ".join(side)) for side in (c.subject, c.object) if side)
        if ends:
            out.print(f"  [dim]{ends}[/]")
