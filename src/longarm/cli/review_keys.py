"""Review by keyboard: one claim at a time, one key a decision."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any

import click

from longarm.cli.review import dates_of, share_of
from longarm.cli.review_screen import keys, plain, show_claim, show_decided
from longarm.errors import LongarmError
from longarm.review.relations import ACCESS, RELATIONS, Choices
from longarm.workspace.reviewing import Verdict

if TYPE_CHECKING:
    from rich.console import Console

    from longarm.workspace import Workspace


def go_through(workspace: Workspace, out: Console) -> None:
    """Go through the queue until it is empty or the reader quits. Every decision is kept as it is made."""
    at = 0
    queue = workspace.review_queue()["items"]
    while queue:
        at = max(0, min(at, len(queue) - 1))
        item = queue[at]
        out.rule()
        show_claim(item, out, (at + 1, len(queue)))
        out.print()
        out.print(keys())
        key = click.getchar().lower()
        if key in ("q", "\x03", "\x04", "\x1b"):
            return
        if key in ("n", "j", " "):
            at += 1
        elif key in ("p", "k"):
            at -= 1
        elif (key in _ACTS or key == "u") and _act(workspace, item, key, out):
            queue = workspace.review_queue()["items"]
            at = next((i for i, each in enumerate(queue) if each["id"] == item["id"]), at)
    out.print("No claim waits.", style="bold")
    while click.getchar().lower() == "u":  # the last decision may be taken back also from here
        if _act(workspace, {}, "u", out):
            go_through(workspace, out)
            return


def _act(workspace: Workspace, item: Mapping[str, Any], key: str, out: Console) -> bool:
    """Do what a key says; a fault is told, and the claim stays. Says whether anything was decided."""
    try:
        if key == "u":
            show_decided(workspace.undo_review(), out)
            return True
        verdict = _ACTS[key](item, out)
        if verdict is None:
            return False
        show_decided(workspace.review(item["id"], verdict), out)
    except LongarmError as fault:
        out.print(f"longarm: {plain(fault.message)}", style="red", markup=False)
        if fault.where.mend:
            out.print(f"         {plain(fault.where.mend)}", markup=False)
        return False
    except click.Abort:
        out.print("\nNot decided.", style="dim")
        return False
    return True


def _ask(question: str, default: str = "") -> str:
    return str(click.prompt(question, default=default, show_default=bool(default))).strip()


def _accept(item: Mapping[str, Any], out: Console) -> Verdict | None:
    links: dict[str, str] = {}
    for each in item["mentions"]:
        name = plain(each["mention"])
        out.print(f"“{name}” means:", markup=False)
        for i, candidate in enumerate(each["candidates"], start=1):
            out.print(f"  {i}  {candidate['entity']}: {plain(candidate['name'])}", markup=False)
        answer = _ask("number or id, n: a new company, new:Person …, -: leave it unlinked", each["suggested"] or "-")
        if answer.isdigit() and 0 < int(answer) <= len(each["candidates"]):
            answer = each["candidates"][int(answer) - 1]["entity"]
        if answer not in ("", "-"):
            links[each["mention"]] = "new:Company" if answer == "n" else answer
    relation = item["claim"]["relation"]
    role = _ask("role, Enter: the least that the words bear") if relation in ACCESS else ""
    right = _ask("right, Enter: the one that the words name") if relation == "special_right" else ""
    return Verdict("accept", _ask("reason, Enter: none"), links, Choices(role or None, right or None))


def _correct(item: Mapping[str, Any], _: Console) -> Verdict | None:
    claim = item["claim"]
    field = _ask("field: relation, subject, object, attribution, share, dates, site, quote")
    if not field:
        return None
    if field in ("subject", "object", "attribution"):
        listed = _ask(f"{field}, several with | between", plain(" | ".join(claim[field])))
        value: Any = [x.strip() for x in listed.split("|") if x.strip()]
    elif field == "share":
        value = share_of(_ask("per cent as 30, or 30..33.3, or none"))
    elif field == "dates":
        value = dates_of(_ask("as `since 2018-12`, several with | between, or none").split("|"))
    else:
        value = _ask(f"{field} ({', '.join(RELATIONS)})" if field == "relation" else field)
    return Verdict("correct", _ask("reason, Enter: none"), fields={field: value})


def _refuse(_: Mapping[str, Any], __: Console) -> Verdict | None:
    return Verdict("refuse", _ask("reason"))


def _split(_: Mapping[str, Any], out: Console) -> Verdict | None:
    out.print("The words of each part, as they stand in the claim; an empty line ends.")
    parts: list[Mapping[str, Any]] = []
    while words := _ask(f"part {len(parts) + 1}"):
        parts.append({"quote": words})
    return Verdict("split", "", parts=parts) if parts else None


def _stance(_: Mapping[str, Any], __: Console) -> Verdict | None:
    stance = _ask("asserted, alleged, denied or planned")
    return Verdict("stance", _ask("reason, Enter: none"), stance=stance) if stance else None


_ACTS: dict[str, Callable[[Mapping[str, Any], Console], Verdict | None]] = {
    "a": _accept,
    "c": _correct,
    "r": _refuse,
    "s": _split,
    "t": _stance,
}
