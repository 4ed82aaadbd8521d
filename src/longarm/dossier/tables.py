"""Tables on a terminal: what is known of one id, instruments of law, control by every method."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from longarm.dossier.terminal import STANCE

if TYPE_CHECKING:
    from rich.console import Console


def show_explained(found: Mapping[str, Any], console: Console) -> None:
    """Write what is known of one id."""
    from rich.markup import escape
    from rich.padding import Padding

    console.print(f"\n[bold]{found['kind'].capitalize()}[/] {escape(str(found['id']))}")
    if found["kind"] == "document":
        for key in ("document_kind", "publisher", "title", "published", "retrieved", "url"):
            if found.get(key):
                console.print(f"  [dim]{key.removeprefix('document_')}[/] {escape(str(found[key]))}")
        console.print(Padding(escape(found["text"]), (1, 0, 0, 2)))
        return
    if found.get("label"):
        console.print(f"  {escape(found['label'])}")
    if found["kind"] == "article" or found.get("schema") == "Instrument":
        console.print(f"  [bold]{escape(found['title'])}[/], {found['prop']}  [dim]{found['grade']}[/]")
        console.print(Padding(escape(found["value"]), (0, 0, 0, 2)))
        if found["quote"]:
            console.print(Padding(f"“{escape(found['quote'])}”", (0, 0, 0, 2)))
        console.print(f"  [dim]binds[/] {escape(found['of_whom'])}")
        for route, value in found["routes"].items():
            console.print(f"  [dim]route {route.replace('_', ' ')}[/] {value}")
        console.print(f"  [dim]{escape(found['publisher'] or '')} {escape(found['url'] or '')}[/]")
        return
    told: set[tuple[str, str]] = set()
    for s in found["statements"]:
        line = f"{s['prop']}: {s['quote'] or s['value']}" if s["prop"] != "id" else f"is a {s['schema']}"
        chain = " ‹ ".join(x for x in (s["publisher"], s["origin_name"], s["speaker"]) if x) or "no source"
        if (line, chain) in told:
            continue
        told.add((line, chain))
        sign = STANCE.get(s["stance"], "?")
        console.print(
            Padding(
                f"{sign} {s['stance']} {s['grade'] or ''} {escape(line)} [dim]{escape(chain)}, "
                f"{escape(s['published'] or 'undated')}, known {s['known']} · {s['id'][:12]}[/]",
                (0, 0, 0, 2),
            )
        )


def show_instruments(rows: Sequence[Mapping[str, Any]], console: Console) -> None:
    """Write a list of instruments."""
    from rich import box
    from rich.markup import escape
    from rich.table import Table

    table = Table(box=box.SIMPLE_HEAD, pad_edge=False, show_edge=False)
    for name in ("id", "state", "title", "since", "until", "read as", "powers"):
        table.add_column(name)
    for r in rows:
        title = escape(r["title"])
        table.add_row(
            r["id"],
            r["state"],
            title,
            r["since"] or "",
            r["until"] or "",
            r["confidence"],
            f"{r['powers']}/{r['articles']}",
        )
    console.print(table)
    console.print(f"[dim]{len(rows)} instruments. Powers: articles that give one, of those recorded.[/]")


def show_instrument(found: Mapping[str, Any], console: Console) -> None:
    """Write one instrument with its articles."""
    from rich.markup import escape
    from rich.padding import Padding

    title = found["title"]
    console.print(f"\n[bold]{escape(title['en'])}[/] {escape(title['original'])} [dim]{found['id']}[/]")
    console.print(f"  {escape(found['status'])}, since {found['valid_from']}; {found['confidence'].replace('_', ' ')}")
    for article in found["articles"]:
        gives = ", ".join(str(c) for c in article["capability"]) or "gives no power"
        console.print(
            f"\n[bold]Article {escape(article['number'])}[/] [dim]{article['kind'].replace('_', ' ')}[/] {gives}"
        )
        console.print(Padding(escape(article["compels"]), (0, 0, 0, 2)))
        routes = [f"{r.replace('_', ' ')} {v}" for r, v in article["routes"].items() if v != "no"]
        if routes:
            console.print(
                Padding(f"[dim]routes: {', '.join(routes)}; binds {escape(article['of_whom'])}[/]", (0, 0, 0, 2))
            )
    if found["readings"]:
        console.print("\n[bold]Readings[/] [dim](of courts, authorities, firms and scholars; never averaged)[/]")
        for r in found["readings"]:
            position = r["position"].replace("_", " ")
            articles = ", ".join(r.get("articles") or ())
            console.print(
                Padding(
                    f"[dim]{position}[/] {escape(str(r.get('author') or ''))} [dim]art. {escape(articles)}[/]",
                    (0, 0, 0, 2),
                )
            )
            console.print(Padding(escape(r["summary"]), (0, 0, 0, 4)))
    console.print("\n[bold]Safeguards on paper[/] [dim](0 to 2; not assessed is not zero; never added up)[/]")
    for name, value in found["safeguards"].items():
        console.print(f"  {name.replace('_', ' ')}: {'not assessed' if value is None else value}")


def show_control(answer: Mapping[str, Any], console: Console, err: Console) -> None:
    """Write control by every method: who stands above, what lies below."""
    from rich.markup import escape

    groups = [("", answer["rows"])] if "rows" in answer else []
    if "above" in answer:
        name = escape(answer["entity"])
        groups = [(f"Above {name}", answer["above"]), (f"Below {name}", answer["below"])]
    for title, rows in groups:
        if title:
            console.print(f"\n[bold]{title}[/]" + ("" if rows else "  [dim]nobody and nothing, by any method[/]"))
        if rows:
            console.print(_control_table(rows))
    for warning in answer["warnings"]:
        err.print(f"[red]![/] {escape(warning)}")


def _control_table(rows: Sequence[Mapping[str, Any]]) -> Any:
    from rich import box
    from rich.markup import escape
    from rich.table import Table

    table = Table(box=box.SIMPLE_HEAD, pad_edge=False, show_edge=False)
    for name in ("method", "holder", "held", "value", "in words"):
        table.add_column(name, overflow="fold")
    last = ""
    for r in rows:
        value = r["value"] + (f" to {r['at_most']}" if r.get("at_most") else "")
        method = r["title"] if r["title"] != last else ""
        last = r["title"]
        table.add_row(escape(method), escape(r["holder"]), escape(r["held"]), escape(value), escape(r["words"]))
    return table


def show_outcomes(outcomes: Sequence[Mapping[str, Any]], console: Console) -> None:
    """Write worked examples: every difference, and how many agree."""
    from rich.markup import escape

    different = [o for o in outcomes if not o["agreed"]]
    for o in different:
        console.print(f"[red]≠[/] {escape(str(o['case']))} {escape(str(o['what']))}")
        console.print(f"   expected {escape(str(o['expected']))}\n   computed {escape(str(o['computed']))}")
    cases = len({o["case"] for o in outcomes})
    console.print(f"{len(outcomes) - len(different)} of {len(outcomes)} figures of {cases} examples agree.")


def show_duties(answer: Mapping[str, Any], console: Console) -> None:
    """Write which articles bind an entity: those that bind for certain, then those that wait for a fact."""
    from rich import box
    from rich.markup import escape
    from rich.table import Table

    for title, certain in (("Binds", True), ("May bind: a fact that the article asks for is not known", False)):
        rows = [d for d in answer["duties"] if d["certain"] is certain]
        if not rows:
            continue
        console.print(f"\n[bold]{title}[/]")
        table = Table(box=box.SIMPLE_HEAD, pad_edge=False, show_edge=False)
        for name in ("state", "instrument", "article", "route", "gives", "reading", "grade"):
            table.add_column(name, overflow="fold")
        for d in rows:
            route = d["route"].replace("_", " ") + (f" at {d['at']}" if d["at"] else "")
            gives = ", ".join(d["gives"])
            cells = (d["state"], d["title"], d["article"], route, gives, d["reading"], d["grade"])
            table.add_row(*(escape(str(c)) for c in cells))
        console.print(table)
    if not answer["duties"]:
        console.print(f"No article of {', '.join(answer['states'])} in the base binds {escape(answer['entity'])}.")


def show_changes(rows: Sequence[Mapping[str, Any]], console: Console) -> None:
    """Write what changed in the law between two days."""
    from rich.markup import escape

    for r in rows:
        articles = "" if r["whole"] else f" art. {', '.join(r['articles'])}"
        to = r["becomes"]
        becomes = f" → {to['instrument']} {to.get('number') or ''}".rstrip() if to else ""
        console.print(f"{r['day']}  [bold]{r['turn']}[/]  {escape(r['instrument'] + articles + becomes)}")
        if r["why"]:
            console.print(f"            [dim]{escape(r['why'])}[/]")
    console.print(f"[dim]{len(rows)} changes.[/]")


def show_comparison(answer: Mapping[str, Any], console: Console) -> None:
    """Write what a scenario moves: each finding before and after, and the paths that fell away or came."""
    from rich.markup import escape

    q, names = answer["question"], answer["names"]
    scenario = answer["scenario"]
    console.print(f"\n[bold]{escape(scenario['title'])}[/] [dim]{q['site']}, {q['state']}, as of {q['as_of']}[/]")
    for m in answer["moved"]:
        place = names.get(m["part"], m["part"]) if m["part"] else "the whole site"
        console.print(f"\n[bold]{m['capability'].capitalize()}[/], {escape(place)}, {m['reading']} reading")
        console.print(f"  {_stood(m['before'])}  →  {_stood(m['after'])}")
        for title, ways in (("gone", m["paths_gone"]), ("come", m["paths_come"])):
            for way in ways[:4]:
                console.print(f"  [dim]{title}:[/] {escape(' · '.join(way))}", soft_wrap=True)
            if len(ways) > 4:
                console.print(f"  [dim]{title}: {len(ways) - 4} more[/]")
    console.print(f"\n[dim]{len(answer['moved'])} findings moved, {answer['unmoved']} did not.[/]")


def _stood(f: Mapping[str, Any] | None) -> str:
    if f is None:
        return "not there"
    level = f", {f['level']}" if f["level"] else ""
    figure = f" {f['confidence']:.2f}" if f["confidence"] is not None else ""
    return f"{f['rung']}{level}{figure}"


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
    console.print(table)
    counts = ", ".join(f"{n} {what}" for what, n in found["counts"].items() if n)
    console.print(f"{escape(found['case'])}: {counts}; {len(found['failures'])} binding differences.")
