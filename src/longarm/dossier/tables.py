"""On a terminal: what is known of one id, what a scenario moves, a case held against what readers expect."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from longarm.dossier.terminal import STANCE, put
from longarm.model import states

if TYPE_CHECKING:
    from rich.console import Console

PATHS = 2
"""How many paths a comparison names a finding; the others are counted."""


def show_explained(found: Mapping[str, Any], console: Console) -> None:
    """Write what is known of one id."""
    from rich.markup import escape

    put(console, f"\n[bold]{found['kind'].capitalize()}[/] {escape(str(found['id']))}")
    if found["kind"] == "document":
        for key in ("document_kind", "publisher", "title", "published", "retrieved", "url"):
            if found.get(key):
                put(console, f"[dim]{key.removeprefix('document_')}[/] {escape(str(found[key]))}", 2)
        _show_group(found, console)
        put(console, "")
        put(console, escape(found["text"]), 2)
        return
    if found.get("label"):
        put(console, f"{escape(found['label'])}", 2)
    if found["kind"] == "article" or found.get("schema") == "Instrument":
        put(console, f"[bold]{escape(found['title'])}[/], {found['prop']}  [dim]{found['grade']}[/]", 2)
        put(console, escape(found["value"]), 2)
        if found["quote"]:
            put(console, f"“{escape(found['quote'])}”", 2)
        if found.get("status") not in (None, "in force"):
            put(console, f"[dim]status[/] {escape(found['status'])}", 2)
        put(console, f"[dim]binds[/] {escape(found['of_whom'])}", 2)
        for route, value in found["routes"].items():
            put(console, f"[dim]route {route.replace('_', ' ')}[/] {value}", 2)
        put(console, f"[dim]{escape(found['publisher'] or '')} {escape(found['url'] or '')}[/]", 2)
        return
    _show_group(found, console)
    _show_statements(found["statements"], console)


def _show_group(found: Mapping[str, Any], console: Console) -> None:
    """Write who repeats whom: "20 articles, 1 origin", each with its role and the evidence of its join."""
    from rich.markup import escape

    group = found.get("group")
    if not group:
        return
    how = "decided" if group["decided"] else "proposed, not decided"
    put(
        console,
        f"[bold]{escape(group['says'])}[/]" + (f" [dim]{how} · {escape(group['id'])}[/]" * bool(group["members"])),
        2,
    )
    for member in group["members"]:
        who = ", ".join(str(x) for x in (member["publisher"], member["published"]) if x) or member["document"][:12]
        weak = " [dim](through a weak link)[/]" if member["weak"] else ""
        put(console, f"{member['role']}: {escape(who)}{weak} [dim]· {member['document'][:12]}[/]", 4)
        if member["why"]:
            put(console, f"[dim]{escape(member['why'])}[/]", 6)


def _show_statements(statements: Sequence[Mapping[str, Any]], console: Console) -> None:
    """Write who says it, in which words, and below it the values that were read from them."""
    from rich.markup import escape

    for (head, quote), several in _by_source(statements).items():
        put(console, head, 2)
        if quote:
            put(console, f"“{escape(quote)}”", 4)
        told: dict[str, str] = {}
        for s in several:
            told.setdefault(f"is a {s['schema']}" if s["prop"] == "id" else f"{s['prop']} = {s['value']}", s["id"])
        for line, identity in told.items():
            if not quote or not line.endswith(f"= {quote}"):
                put(console, f"{escape(line)} [dim]· {identity[:12]}[/]", 4)


def _by_source(statements: Sequence[Mapping[str, Any]]) -> dict[tuple[str, str | None], list[Mapping[str, Any]]]:
    """Group statements by who says them how, and in which words."""
    from rich.markup import escape

    grouped: dict[tuple[str, str | None], list[Mapping[str, Any]]] = {}
    for s in statements:
        chain = " ‹ ".join(dict.fromkeys(x for x in (s["publisher"], s["origin_name"], s["speaker"]) if x))
        grade = f" {s['grade']}" if s["grade"] else ""
        head = (
            f"{STANCE.get(s['stance'], '?')} {s['stance']}{grade} {escape(chain or 'no source')}, "
            f"{escape(s['published'] or 'undated')} [dim](known {s['known']})[/]"
        )
        grouped.setdefault((head, s["quote"]), []).append(s)
    return grouped


def show_comparison(answer: Mapping[str, Any], console: Console) -> None:
    """Write what a scenario moves: one line a finding, and which paths went or came, in names."""
    from rich.markup import escape

    q, names = answer["question"], answer["names"]
    site = names.get(q["site"], q["site"])
    put(console, f"\n[bold]{escape(answer['scenario']['title'])}[/]")
    put(console, f"[dim]{escape(site)}, {escape(states.name(q['state']))}, as of {q['as_of']}[/]")
    grouped: dict[tuple[str | None, str], dict[tuple[str, str], list[Mapping[str, Any]]]] = {}
    for m in answer["moved"]:
        same = m["before"] and m["after"] and m["before"]["level"] == m["after"]["level"]
        stood = (_stood(m["before"], level=not same), _stood(m["after"], level=not same))
        grouped.setdefault((m["part"], m["capability"]), {}).setdefault(stood, []).append(m)
    for (part, capability), by_stood in grouped.items():
        place = names.get(part, part) if part else "the whole site"
        put(console, "")
        for (before, after), moved in by_stood.items():
            readings = " and ".join(m["reading"] for m in moved)
            turn = f"{before} → {after}" if before != after else f"{before}, as before, by other paths"
            put(console, f"[bold]{capability.capitalize()}[/] · {escape(place)} · {readings}: {turn}")
        _show_ways([m for moved in by_stood.values() for m in moved], q["state"], names, console)
    put(console, f"\n[dim]{len(answer['moved'])} findings moved, {answer['unmoved']} did not.[/]")
    put(console, "[dim]What a scenario adds is assumed: it holds in every world.[/]")


def _show_ways(moved: Sequence[Mapping[str, Any]], state: str, names: Mapping[str, str], console: Console) -> None:
    """Write at most two of the paths that went or came, one of each first; never a mere change of article."""
    from rich.markup import escape

    went = dict.fromkeys(_way(w, state, names) for m in moved for w in m["paths_gone"])
    came = dict.fromkeys(_way(w, state, names) for m in moved for w in m["paths_come"])
    sides = [("went", [w for w in went if w not in came]), ("came", [w for w in came if w not in went])]
    firsts = [(title, way) for title, ways in sides for way in ways[:1]]
    rest = [(title, way) for title, ways in sides for way in ways[1:]]
    for title, way in (firsts + rest)[:PATHS]:
        put(console, f"[dim]{title}:[/] {escape(way)}", 2)
    more = len(firsts + rest) - PATHS
    if more > 0:
        put(console, f"[dim]and {more} more[/]", 2)
    if not firsts and (went or came):
        put(console, "[dim]the same bodies, by other articles of law[/]", 2)


def _way(ties: Sequence[str], state: str, names: Mapping[str, str]) -> str:
    """Give a path as the names along it: a tie is `kind:holder>held[class]`."""
    ends: dict[str, None] = {}
    for tie in ties:
        ends.update(dict.fromkeys(e for e in tie.partition(":")[2].partition("[")[0].split(">") if "=" not in e))
    own = {f"state:{state}": states.name(state)}
    return " → ".join(own.get(e) or names.get(e, e) for e in ends if e)


def _stood(f: Mapping[str, Any] | None, *, level: bool) -> str:
    """Say where a finding stands; `no path found` without a figure, which would read as good news."""
    if f is None:
        return "not there"
    if f["rung"] == "no path found":
        return str(f["rung"])
    by = f", {f['level']}" if level and f["level"] else ""
    figure = f" {f['confidence']:.2f}" if f["confidence"] is not None else ""
    return f"{f['rung']}{by}{figure}"


def show_checked(found: Mapping[str, Any], console: Console) -> None:
    """Write a case held against what readers expect: one line a finding and reading."""
    from rich import box
    from rich.markup import escape
    from rich.table import Table

    table = Table(box=box.SIMPLE_HEAD, pad_edge=False, show_edge=False)
    for name in ("", "finding", "question", "reading", "expected", "computed", "outcome"):
        table.add_column(name, overflow="fold")
    for r in found["rows"]:
        sign = "[red]≠[/]" if r["is_failure"] else "≠" if r["outcome"] == "differs" else "="
        question = f"{r['state']} {r['capability']} {r['part'] or 'site'} {r['as_of']}"
        expected = r["expected"]["rung"] + (f", {r['expected']['level']}" if r["expected"]["level"] else "")
        computed = ""
        if r["computed"]:
            level = f", {r['computed']['level']}" if r["computed"]["level"] else ""
            figure = f" {r['confidence']:.2f}" if r["confidence"] is not None else ""
            computed = f"{r['computed']['rung']}{level}{figure}"
        binding = "" if r["agreed"] else " (open)"
        cells = (r["id"] + binding, question, r["reading"], expected, computed, r["outcome"])
        table.add_row(sign, *(escape(c) for c in cells))
    put(console, table)
    counts = ", ".join(f"{n} {what}" for what, n in found["counts"].items() if n)
    console.print(f"{escape(found['case'])}: {counts}; {len(found['failures'])} binding differences.")
