"""The dossier on the command line: written to a file, shown on the terminal, two of them compared."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import click

from longarm.cli.frame import consoles, json_option, open_workspace, options, progress, write_out
from longarm.errors import OptionError, SourceError
from longarm.model.options import DossierOptions


class _Dossier(click.Group):
    """A command that writes a dossier, and beneath it the one that compares two."""

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """Take `diff A B` as the command beneath; anything else is a site and its states."""
        if args[:1] and args[0] not in self.commands and args[0] not in ("-h", "--help"):
            args = ["write", *args]
        return super().parse_args(ctx, args)

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """Leave the name of the command beneath out of what is said: nobody typed it."""
        name, command, rest = super().resolve_command(ctx, args)
        return ("" if name == "write" else name), command, rest

    def format_help(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Show the help of what is written most: a dossier; then how two are compared."""
        wanted = self.commands["write"]
        wanted.format_help(click.Context(wanted, info_name=ctx.info_name, parent=ctx.parent), formatter)
        with formatter.section("Two dossiers compared"):
            formatter.write_dl([("longarm dossier diff A.json B.json", self.commands["diff"].get_short_help_str(80))])


@click.group(cls=_Dossier, short_help="Write the dossier of a site: page, PDF, Word, Markdown, JSON; compare two.")
def dossier() -> None:
    """Write the dossier of SITE for some STATEs, or compare two."""


@dossier.command("write", hidden=True)
@click.argument("site")
@click.argument("states", metavar="[STATE...]", nargs=-1)
@options(DossierOptions)
@click.option("--out", "out_file", metavar="FILE", help="A file that ends in .html, .pdf, .docx, .md or .json.")
@click.option("--brief", is_flag=True, help="Two pages: the answer, the path, what was said, what cuts it.")
@click.option(
    "--draft", is_flag=True, help="Write it though something lacks its source or its answer, marked as a draft."
)
@json_option
@click.pass_context
def write(ctx: click.Context, /, site: str, states: tuple[str, ...], as_json: bool, **given: Any) -> None:
    """Write the dossier of SITE for some STATEs; those of its case where none is named.

    Refused, with the list, while a negative statement about a named person or firm lacks its source or its answer.
    """
    from longarm.dossier.writing import MEDIA, Wanted, written

    out, err = consoles()
    out_file, brief, draft = given.pop("out_file"), given.pop("brief"), given.pop("draft")
    form = Path(out_file).suffix.removeprefix(".").lower() if out_file else ""
    if out_file and form not in MEDIA:
        known = ", ".join(f".{ending}" for ending in MEDIA)
        raise OptionError(f"'{out_file}' does not say in which form it is to be written", mend=f"end it in {known}")
    if brief and not out_file:
        raise OptionError("--brief is for a file", mend="add --out FILE, such as brief.pdf")
    folder = Path(out_file).parent if out_file else None
    if folder is not None and not folder.is_dir():
        raise OptionError(f"there is no folder '{folder}'", mend="make it first, or write elsewhere")
    workspace = open_workspace(ctx, None if as_json else err)
    asked = DossierOptions(**given)
    value = workspace.dossier(site, states, asked)
    if as_json and not out_file:
        click.echo(json.dumps(value, ensure_ascii=False, indent=1))
        return
    wanted = Wanted(form or "html", language=asked.lang, brief=brief, draft=draft)
    if not out_file:
        _show(value, out)
        return
    if not as_json:
        progress(err)(f"Writing {Path(out_file).name}")
    data = written(value, wanted)
    write_out(Path(out_file), data)
    if as_json:
        click.echo(json.dumps({"file": str(out_file), "bytes": len(data)}))
    else:
        click.echo(f"{out_file}: {len(data):,} bytes")


def _show(value: dict[str, Any], out: Any) -> None:
    from longarm.dossier.terminal import put, show
    from longarm.dossier.whole import whole

    made = whole(value)  # the terminal speaks English; files and pages speak the language that was asked for
    for i, chapter in enumerate(made.chapters):
        if i:
            put(out, "─" * 40)
        show(chapter.view, out)


@dossier.command("diff")
@click.argument("before", metavar="A.json")
@click.argument("after", metavar="B.json")
@json_option
def diff(before: str, after: str, as_json: bool) -> None:
    """Compare two dossiers written as JSON: what moved, and why."""
    from longarm.dossier.differences import differences, show_differences

    one, two = _read(before), _read(after)
    try:
        found = differences(one, two)
    except (TypeError, KeyError, ValueError, AttributeError) as fault:  # a file that says it is a dossier, and is not
        raise SourceError(f"one of the two files is damaged: {fault!r}", mend="write them again") from None
    if as_json:
        click.echo(json.dumps(found, ensure_ascii=False, indent=1))
        return
    show_differences(found, consoles()[0])


def _read(name: str) -> dict[str, Any]:
    """Read a dossier that was written as JSON."""
    from longarm.ingest import files

    found = files.read(Path(name))
    if len(found) != 1:
        raise SourceError(f"'{name}' is not one file", mend="a dossier that `longarm dossier … --out FILE.json` wrote")
    text = files.text(next(iter(found.values())), name)
    try:
        value = json.loads(text)
    except RecursionError:
        raise SourceError("it is no dossier: it is nested too deeply", file=name) from None
    except json.JSONDecodeError as fault:
        raise SourceError(f"it is not JSON: {fault.msg}", file=name, line=fault.lineno) from None
    if not isinstance(value, dict) or value.get("format") != 1 or "reports" not in value:
        raise SourceError("it is no dossier", file=name, mend="a file that `longarm dossier … --out FILE.json` wrote")
    return value
