"""Review on the command line: the queue by keyboard, and every decision as a command of its own."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict
from typing import TYPE_CHECKING, Any, TypeVar

import click

from longarm.cli.frame import consoles, json_option, open_workspace
from longarm.errors import OptionError

if TYPE_CHECKING:
    from longarm.workspace import Decided, Workspace
    from longarm.workspace.reviewing import Verdict

_F = TypeVar("_F", bound=Callable[..., Any])
_reason = click.option("--reason", default="", help="Why; it is kept beside the decision.")
_STANCES = ("asserted", "alleged", "denied", "planned")


@click.group(invoke_without_command=True, short_help="Go through claims: accept, correct, refuse, split, undo.")
@click.pass_context
def review(ctx: click.Context) -> None:
    """Go through the claims that wait, those first that would change findings most; by keyboard on a terminal."""
    if ctx.invoked_subcommand is not None:
        return
    workspace = open_workspace(ctx)
    if not sys.stdin.isatty():
        from longarm.cli.review_screen import show_list

        show_list(workspace.review_queue(), consoles()[0])
        return
    from longarm.cli.review_keys import go_through

    go_through(workspace, consoles()[0])


@review.command("list")
@click.option("--document", metavar="ID", help="Only the claims of this document.")
@json_option
@click.pass_context
def listed(ctx: click.Context, document: str | None, as_json: bool) -> None:
    """List the claims that wait, what would change findings most first."""
    queue = open_workspace(ctx).review_queue(document)
    if as_json:
        click.echo(json.dumps(queue, ensure_ascii=False, indent=1))
        return
    from longarm.cli.review_screen import show_list

    show_list(queue, consoles()[0])


@review.command()
@click.argument("claim", metavar="CLAIM")
@json_option
@click.pass_context
def show(ctx: click.Context, claim: str, as_json: bool) -> None:
    """Show one claim: its words in their surroundings, who says so, what it would state and change."""
    item = open_workspace(ctx).claim(claim)
    if as_json:
        click.echo(json.dumps(item, ensure_ascii=False, indent=1))
        return
    from longarm.cli.review_screen import show_claim

    show_claim(item, consoles()[0])


@review.command("import")
@click.argument("files", metavar="FILE...", nargs=-1, required=True)
@click.option("--publisher-class", metavar="CLASS", help="Class of publisher; by the publisher's name if not given.")
@click.option("--kind", default="article", show_default=True, help="What the documents are.")
@json_option
@click.pass_context
def import_(ctx: click.Context, files: Sequence[str], publisher_class: str | None, kind: str, as_json: bool) -> None:
    """Propose the claims of FILEs that `longarm extract --json` wrote. The same file twice proposes nothing twice."""
    workspace = open_workspace(ctx)
    taken = [p for f in files for p in workspace.import_claims(f, kind, publisher_class)]
    if as_json:
        click.echo(json.dumps([asdict(p) for p in taken], ensure_ascii=False, indent=1))
        return
    for p in taken:
        more = f", {p.known} decided before" if p.known else ""
        more += f", {p.superseded} of an older version superseded" if p.superseded else ""
        what = "1 claim waits" if p.proposed == 1 else f"{p.proposed} claims wait"
        click.echo(f"{p.document[:60]}: {what}{more}.")
        if p.refused:
            click.echo(f"! {p.refused} claims were refused; each with its reason in {p.reject_file}", err=True)


@review.command()
@click.argument("claim", metavar="CLAIM")
@click.option("--subject", "subjects", multiple=True, metavar="ID", help="The entity of each subject, in their order.")
@click.option("--object", "objects", multiple=True, metavar="ID", help="The entity of each object, in their order.")
@click.option("--site", metavar="ID", help="The part of a site that the claim's site means.")
@click.option("--link", "links", multiple=True, metavar="NAME=ID", help="The entity of a mention, by its name.")
@click.option(
    "--suggested/--no-suggested",
    default=True,
    show_default=True,
    help="Link each mention that is not named here to the only entity of its name.",
)
@click.option("--role", help="What an access gives: a role of the means table.")
@click.option("--right", help="What a control or a special right is: a right of the same table.")
@click.option("--instrument", help="For a duty: the instrument of law.")
@click.option("--article", help="For a duty: its article.")
@click.option("--grade", help="Another grade than the usual one, as B2; needs --reason.")
@_reason
@json_option
@click.pass_context
def accept(ctx: click.Context, /, claim: str, as_json: bool, **given: Any) -> None:
    """Accept CLAIM: append what it states. An ID is an entity's, `new:Company` makes one, `-` leaves it unlinked."""
    workspace = open_workspace(ctx)
    from longarm.review.relations import Choices

    item = workspace.claim(claim)
    links = _links(item, given)
    choices = Choices(given["role"], given["right"], given["instrument"], given["article"])
    _decide(workspace, claim, _verdict("accept", given["reason"], links, choices, given["grade"]), as_json)


@review.command()
@click.argument("claim", metavar="CLAIM")
@_reason
@json_option
@click.pass_context
def refuse(ctx: click.Context, claim: str, reason: str, as_json: bool) -> None:
    """Refuse CLAIM; the reason is needed. It is not proposed again."""
    _decide(open_workspace(ctx), claim, _verdict("refuse", reason), as_json)


@review.command()
@click.argument("claim", metavar="CLAIM")
@click.option("--relation", help="Another relation.")
@click.option("--subject", "subject", multiple=True, metavar="NAME", help="The subjects, as the text names them.")
@click.option("--object", "object_", multiple=True, metavar="NAME", help="The objects, as the text names them.")
@click.option("--attribution", multiple=True, metavar="NAME", help="Nearest reporter first, speaker last.")
@click.option("--share", metavar="PERCENT", help="A share as 30, or 30..33.3; `none` takes it away.")
@click.option("--date", "dates", multiple=True, metavar="DATE", help="Its dates, as `since 2018-12`; `none` for none.")
@click.option("--site", metavar="NAME", help="The site, as the text names it.")
@click.option("--quote", help="The right words, as they stand in the text.")
@_reason
@json_option
@click.pass_context
def correct(ctx: click.Context, /, claim: str, reason: str, as_json: bool, **given: Any) -> None:
    """Put fields of CLAIM right; it waits on, to be accepted."""
    plain = _given_fields(given)
    _decide(open_workspace(ctx), claim, _verdict("correct", reason, fields=plain), as_json)


@review.command()
@click.argument("claim", metavar="CLAIM")
@click.argument("stance", type=click.Choice(_STANCES))
@_reason
@json_option
@click.pass_context
def stance(ctx: click.Context, claim: str, stance: str, reason: str, as_json: bool) -> None:
    """Change how CLAIM is put; it waits on, to be accepted."""
    _decide(open_workspace(ctx), claim, _verdict("stance", reason, stance=stance), as_json)


@review.command()
@click.argument("claim", metavar="CLAIM")
@click.option("--quote", "quotes", multiple=True, help="The words of a part, as they stand in the claim.")
@click.option(
    "--part", "parts", multiple=True, metavar="JSON", help='A part with fields, as {"quote": …, "object": […]}.'
)
@_reason
@json_option
@click.pass_context
def split(
    ctx: click.Context, /, claim: str, quotes: Sequence[str], parts: Sequence[str], reason: str, as_json: bool
) -> None:
    """Split CLAIM into two or more, each a claim of its own that waits."""
    given: list[Mapping[str, Any]] = [{"quote": q} for q in quotes]
    for text in parts:
        try:
            part = json.loads(text)
        except ValueError as fault:
            raise OptionError(f"--part: this is not JSON: {fault}", mend='as {"quote": "…"}') from None
        if not isinstance(part, dict):
            raise OptionError("--part is no JSON object", mend='as {"quote": "…"}')
        given.append(part)
    _decide(open_workspace(ctx), claim, _verdict("split", reason, parts=given), as_json)


@review.command()
@click.argument("document", metavar="DOCUMENT")
@click.option("--quote", required=True, help="The words, as they stand in the text.")
@click.option("--relation", required=True, help="What they say, such as owns, has_access or no_comment.")
@click.option("--stance", type=click.Choice(_STANCES), default="asserted", show_default=True, help="How it is put.")
@click.option("--subject", "subject", multiple=True, metavar="NAME", help="The subjects, as the text names them.")
@click.option("--object", "object_", multiple=True, metavar="NAME", help="The objects, as the text names them.")
@click.option("--attribution", multiple=True, metavar="NAME", help="Nearest reporter first, speaker last.")
@click.option("--share", metavar="PERCENT", help="A share as 30, or 30..33.3.")
@click.option("--date", "dates", multiple=True, metavar="DATE", help="Its dates, as `since 2018-12`.")
@click.option("--site", metavar="NAME", help="The site, as the text names it.")
@_reason
@json_option
@click.pass_context
def add(ctx: click.Context, /, document: str, reason: str, as_json: bool, **given: Any) -> None:
    """Add a claim that was missed in DOCUMENT, by its name or id; it waits, to be accepted."""
    fields = _given_fields(given)
    done = open_workspace(ctx).add_claim(document, {**fields, "stance": given["stance"]}, reason)
    _tell(done, as_json)
    if not as_json:
        click.echo(f"It waits as {done.claim}: longarm review accept {done.claim[:11]}")


@review.command()
@click.argument("number", metavar="[NO]", type=int, required=False)
@_reason
@json_option
@click.pass_context
def undo(ctx: click.Context, number: int | None, reason: str, as_json: bool) -> None:
    """Take decision NO back, the last if none is given, and what rests on it. An undo may be taken back as well."""
    _tell(open_workspace(ctx).undo_review(number, reason), as_json)


@review.command("log")
@json_option
@click.pass_context
def log_(ctx: click.Context, as_json: bool) -> None:
    """Show what was decided, the newest first; what was taken back is struck through."""
    rows = open_workspace(ctx).reviews()
    if as_json:
        click.echo(json.dumps(rows, ensure_ascii=False, indent=1))
        return
    from longarm.cli.review_screen import show_log

    show_log(rows, consoles()[0])


def share_of(text: str) -> list[float] | None:
    """Read a share as a person types it: 30, 30..33.3, or none. Raises OptionError."""
    if text.strip().lower() == "none":
        return None
    first, _, last = text.replace("%", "").partition("..")
    try:
        return [float(first), float(last or first)]
    except ValueError:
        raise OptionError(f"'{text}' is no share", mend="per cent as 30, or 30..33.3") from None


def _given_fields(given: Mapping[str, Any]) -> dict[str, Any]:
    """Give the fields of a claim that options name."""
    fields = {k: v for k, v in given.items() if v and k not in ("object_", "share", "dates", "stance")}
    fields |= {"dates": dates_of(given["dates"])} if given["dates"] else {}
    fields |= {"object": given["object_"]} if given["object_"] else {}
    fields |= {"share": share_of(given["share"])} if given["share"] else {}
    return {k: list(v) if isinstance(v, tuple) else v for k, v in fields.items()}


def dates_of(words: Sequence[str]) -> list[dict[str, str]]:
    """Read dates as a person types them, or `none`. Raises OptionError."""
    from longarm.review.reading import claim_date

    return [claim_date(w) for w in words if w.strip().lower() != "none"]


def _links(item: Mapping[str, Any], given: Mapping[str, Any]) -> dict[str, str]:
    claim = item["claim"]
    links = {m["mention"]: m["suggested"] for m in item["mentions"] if m["suggested"]} if given["suggested"] else {}
    for end, ids in (("subject", given["subjects"]), ("object", given["objects"])):
        if len(ids) > len(claim[end]):
            raise OptionError(f"the claim has {len(claim[end])} of --{end}, not {len(ids)}", mend="one ID for each")
        links |= dict(zip(claim[end], ids, strict=False))
    if given["site"]:
        if not claim["site"]:
            raise OptionError("the claim names no site", mend="longarm review correct CLAIM --site NAME")
        links[claim["site"]] = given["site"]
    for text in given["links"]:
        name, sign, entity = text.rpartition("=")
        if not sign:
            raise OptionError(f"--link: '{text}' has no '='", mend="NAME=ID")
        links[name] = entity
    return {name: entity for name, entity in links.items() if entity != "-"}


def _verdict(*given: Any, **named: Any) -> Verdict:
    """Make a verdict; what it is made of is loaded when one is given, not for `longarm --help`."""
    from longarm.workspace.reviewing import Verdict

    return Verdict(*given, **named)


def _decide(workspace: Workspace, claim: str, verdict: Verdict, as_json: bool) -> None:

    _tell(workspace.review(claim, verdict), as_json)


def _tell(done: Decided, as_json: bool) -> None:
    if as_json:
        click.echo(json.dumps(asdict(done), ensure_ascii=False, indent=1))
        return
    from longarm.cli.review_screen import show_decided

    show_decided(done, consoles()[0])
