"""A claim on the terminal: the words in their surroundings, who says so, what it would state and change."""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from rich.console import Group
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from longarm.model import states
from longarm.review.log import worded

if TYPE_CHECKING:
    from rich.console import Console

    from longarm.workspace import Decided

STANCES = {"asserted": "bold", "alleged": "bold yellow", "denied": "bold red", "planned": "bold blue"}
_MOST_CHANGES = 6
SHORT = 11
"""Characters of an id in a list: enough to name the claim by."""
KEYS = (
    ("a", "accept"), ("c", "correct"), ("r", "refuse"), ("s", "split"), ("t", "stance"),
    ("u", "undo"), ("n", "next"), ("p", "previous"), ("q", "quit"),
)  # fmt: skip


def plain(text: str) -> str:
    """Give a text from elsewhere without what could steer a terminal: control characters and turns of direction."""
    return "".join(c if c in "\n\t" or unicodedata.category(c) not in ("Cc", "Cf", "Cs") else "·" for c in text)


def show_claim(item: Mapping[str, Any], out: Console, place: tuple[int, int] | None = None) -> None:
    """Show one claim."""
    claim, document = item["claim"], item["document"]
    head = Text()
    if place:
        head.append(f"Claim {place[0]} of {place[1]}  ", "dim")
    head.append(plain(document["title"] or document["id"]), "bold")
    said = [document["publisher"] or "no publisher", document["published"] or "undated", document["url"] or ""]
    head.append("\n" + plain(", ".join(x for x in said if x)), "dim")
    out.print(head)
    out.print()
    out.print(Padding(_words(item), (0, 2)))
    out.print()
    table = Table(box=None, show_header=False, padding=(0, 2, 0, 0))
    table.add_column(style="dim", no_wrap=True)
    table.add_column()
    table.add_row("says", _says(claim))
    table.add_row("put as", Text(claim["stance"], STANCES.get(claim["stance"], "")))
    if item["cue"]:
        table.add_row("", Text(f"by the words “{plain(item['cue'])}”"))
    table.add_row("said by", Text(plain(_chain(item))))
    table.add_row("grade", Text(f"{item['grade']}: {item['grade_words']}"))
    for each in item["mentions"]:
        table.add_row("means" if each is item["mentions"][0] else "", _meant(each))
    for i, record in enumerate(r for r in item["states"] if r["schema"] != "CitedFact"):
        table.add_row("" if i else "states", Text(plain(_record(record))))
    if not any(r["schema"] != "CitedFact" for r in item["states"]):
        table.add_row("states", Text("a sentence on file, no tie"))
    table.add_row("changes", _changes(item["changes"], item["changes_note"]))
    if item["status"] != "pending":
        table.add_row("is", Text(f"{item['status']}, by decision {', '.join(map(str, item['decisions']))}", "bold"))
    table.add_row("claim", Text(f"{claim['id']}, proposed by {plain(claim['version'])}", "dim"))
    out.print(table)


def show_list(queue: Mapping[str, Any], out: Console) -> None:
    """Show the queue, one claim a row."""
    counts = ", ".join(f"{n} {what}" for what, n in sorted(queue["decided"].items()))
    out.print(f"{queue['pending']} claims wait" + (f"; {counts}." if counts else "."))
    if not queue["items"]:
        return
    table = Table(box=None, padding=(0, 2, 0, 0))
    for name in ("Claim", "Put as", "Says", "Said by", "Would change"):
        table.add_column(name, no_wrap=name in ("Claim", "Put as"), overflow="fold")
    for item in queue["items"]:
        table.add_row(
            Text(item["id"][:SHORT]),
            Text(item["claim"]["stance"], STANCES.get(item["claim"]["stance"], "")),
            _says(item["claim"]),
            Text(plain(_chain(item))),
            _change(item["changes"][0]) if item["changes"] else Text("–", "dim"),
        )
    out.print(table)
    if queue["measured"] < queue["pending"]:
        out.print(f"What they would change was computed for {queue['measured']} of {queue['pending']}.", style="dim")


def show_decided(done: Decided, out: Console) -> None:
    """Say what a decision did, and what it changed in the findings."""
    from dataclasses import asdict

    words = Text(f"Decision {done.seq}: {done.act}. The claim is {done.status}.", "bold")
    if done.takes_back:
        words.append(f" Taken back: {', '.join(map(str, done.takes_back))}.", "not bold")
    if done.appended or done.withdrawn:
        words.append(f" {done.appended} statements appended, {done.withdrawn} withdrawn.", "not bold")
    for name, (before, after) in done.fields.items():
        words.append(f"\n{name}: {plain(worded(before))} → {plain(worded(after))}", "not bold")
    for name in done.unlinked:
        words.append(f"\n“{plain(name)}” is left unlinked: nothing that needs it was appended.", "not bold")
    for part in done.parts:
        words.append(f"\nA claim of its own: {part}", "not bold")
    out.print(words)
    if done.changes:
        out.print(Padding(_changes([asdict(c) for c in done.changes], "in the findings"), (0, 2)))
    elif done.appended or done.withdrawn:
        out.print("  No finding moved.", style="dim")


def show_log(rows: Sequence[Mapping[str, Any]], out: Console) -> None:
    """Show the log of review."""
    table = Table(box=None, padding=(0, 2, 0, 0))
    for name in ("No.", "Day", "By", "Act", "Claim", "Why"):
        table.add_column(name, overflow="fold")
    for row in rows:
        style = "" if row["stands"] else "dim strike"
        of = row["value"].get("takes_back")
        act = f"undo of {', '.join(map(str, of))}" if of else row["act"]
        cells = (str(row["seq"]), row["at"][:10], row["author"], act, row["claim"][:SHORT], row["reason"])
        table.add_row(*(Text(plain(c), style) for c in cells))
    out.print(table if rows else Text("Nothing was decided yet.", "dim"))


def keys() -> Text:
    """Give the line of keys."""
    line = Text()
    for key, what in KEYS:
        line.append(f" {key} ", "reverse")
        line.append(f" {what}  ")
    return line


def _words(item: Mapping[str, Any]) -> Text:
    found = Text()
    found.append("…" if item["claim"]["start"] > len(item["before"]) else "", "dim")
    found.append(plain(item["before"]), "dim")
    found.append(plain(item["claim"]["quote"]), "bold reverse")
    found.append(plain(item["after"]), "dim")
    return found


def _says(claim: Mapping[str, Any]) -> Text:
    found = Text(plain(", ".join(claim["subject"]) or "–"), "bold")
    found.append(f" {claim['relation'].replace('_', ' ')} ", "not bold")
    found.append(plain(", ".join(claim["object"])), "bold")
    if claim["share"]:
        lo, hi = claim["share"]
        found.append(f", {lo:g} %" if lo == hi else f", {lo:g} to {hi:g} %", "not bold")
    for date in claim["dates"]:
        found.append(f", {date['role']} {date['date']}", "not bold")
    if claim["site"]:
        found.append(f", at {plain(claim['site'])}", "not bold")
    return found


def _chain(item: Mapping[str, Any]) -> str:
    first = item["document"]["publisher"] or "the text"
    return " ← ".join((first, *item["claim"]["attribution"]))


def _meant(each: Mapping[str, Any]) -> Group:
    name = Text(f"“{plain(each['mention'])}” ")
    if each["suggested"]:
        name.append(f"→ {each['suggested']}", "bold")
        name.append(" (the only one of this name)", "dim")
        return Group(name)
    if not each["candidates"]:
        name.append("nothing on file is called so", "dim")
        return Group(name)
    name.append("may be ", "dim")
    name.append(", ".join(f"{c['entity']} ({plain(c['name'])})" for c in each["candidates"]))
    return Group(name)


def _record(record: Mapping[str, Any]) -> str:
    values = ", ".join(f"{prop} {' and '.join(several)}" for prop, several in record["values"].items())
    return f"{record['schema']}: {values}"


def _changes(changes: Sequence[Mapping[str, Any]], note: str) -> Group:
    if not changes:
        return Group(Text(note, "dim"))
    lines = [_change(c) for c in changes[:_MOST_CHANGES]]
    more = len(changes) - len(lines)
    tail = f"and {more} more; {note}" if more else note
    return Group(*lines, Text(tail, "dim"))


def _change(c: Mapping[str, Any]) -> Text:
    found = Text(f"{states.name(c['state'])}, {plain(c['part'])}, {c['capability']}: {c['what']} ")
    return found.append(f"{c['before']:.0%}\u00a0→\u00a0{c['after']:.0%}", "bold")
