"""From texts to claims: extract."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence
from dataclasses import asdict, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from longarm.cli.frame import FAULT, consoles, json_option, tell, write_out
from longarm.cli.sources import fetched, is_web, opened
from longarm.errors import InputError, OptionError
from longarm.model.dates import span

if TYPE_CHECKING:
    from longarm.extract.assemble import Extraction
    from longarm.extract.reading import Given, LeftOut, Reading
    from longarm.model.claims import Claim, Text


@click.command()
@click.argument("files", metavar="FILE-OR-URL...", nargs=-1, required=True)
@click.option("--lang", metavar="CODE", help="The language of the files (en, fr, nl, de); guessed if not given.")
@click.option("--published", metavar="DATE", help="When they were published: what relative dates are resolved from.")
@click.option("--publisher", metavar="NAME", help="Who published them.")
@click.option("--warc", "kept", metavar="DIR", help="Where the answers of web addresses are kept, as WARC.")
@json_option
@click.pass_context
def extract(
    ctx: click.Context,
    files: tuple[str, ...],
    lang: str | None,
    published: str | None,
    publisher: str | None,
    kept: str | None,
    as_json: bool,
) -> None:
    """Read documents and propose claims: who says what about whom, each at its place in the text.

    An address that begins with http:// or https:// is fetched: one page, within limits, never from an inner network.

    Nothing is stored, and nothing here is a finding: a claim is a proposal until a person accepts it.
    """
    from longarm.extract import assemble
    from longarm.extract.reading import Given

    if published is not None:
        _checked(published)
    done: list[dict[str, Any]] = []
    failed = 0
    for name in files:
        try:
            given = _from_web(name, kept) if is_web(name) else Given(opened(name), name=Path(name).name)
            text, read = _read(given, lang, published, publisher)
        except InputError as fault:
            failed += 1
            if as_json:
                done.append({"document": name, **fault.to_dict()})
            else:
                tell(fault.to_dict(), str(fault), fault.where.mend)
            continue
        found = assemble.claims(text)
        found = replace(found, notes=(*read.notes, *found.notes))
        if as_json:
            done.append(as_answer(text, found, read.left_out))
        else:
            _say(text, found)
    if as_json:
        click.echo(json.dumps(done, ensure_ascii=False, indent=1))
    if failed:
        ctx.exit(FAULT)


def _checked(published: str) -> None:
    try:
        span(published)
    except ValueError as fault:
        raise OptionError(f"--published {published}: not a date", mend="Write it as 2025-03-06, or 2025-03.") from fault


def _from_web(url: str, kept: str | None) -> Given:
    """Take a page from the web. Raises Refused where it may not be asked, or its answer may not be taken."""
    from longarm import fetch
    from longarm.extract.reading import Given

    got = fetched(url)
    if kept is not None:
        name = f"{got.at:%Y%m%dT%H%M%SZ}-{hashlib.sha256(got.url.encode()).hexdigest()[:12]}.warc"
        Path(kept).mkdir(parents=True, exist_ok=True)
        write_out(Path(kept) / name, fetch.warc(got))
    return Given(got.body, name=got.url, url=got.url, media_type=got.media_type, charset=got.charset)


def _read(given: Given, lang: str | None, published: str | None, publisher: str | None) -> tuple[Text, Reading]:
    """Read a document of any kind, in a child process with limits. Raises Refused where it cannot be read."""
    from longarm.extract.reading import read

    found = read(replace(given, published=published, publisher=publisher, lang=lang))
    return replace(found.text, document=given.name or found.text.document), found


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
    body = sum(line.kind == "body" for line in found.lines)
    told = f"{len(found.lines)} lines, {body} of the body · {len(found.claims)} claims · {len(found.mentions)} mentions"
    out.print(f"\n[bold]{escape(text.document)}[/] [dim]{found.lang or 'language not told'} · {told}[/]")
    for note in found.notes:
        err.print(f"  [red]![/] {escape(note)}")
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
