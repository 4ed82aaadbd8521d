"""The pages: which address shows what, and what a page must know of its case. The look lies in `dossier`."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, Any

from fastapi import APIRouter, Depends
from starlette.responses import HTMLResponse, RedirectResponse, Response

from longarm.dossier import page
from longarm.dossier.view import View, view
from longarm.model import grades, states
from longarm.model.case import Case
from longarm.model.options import ReachOptions
from longarm.model.terms import DEMONSTRATION
from longarm.serve import explained, reader, turns
from longarm.serve.asked import as_query, asked, offered
from longarm.workspace import Workspace

Reach = Annotated[ReachOptions, Depends(asked(ReachOptions))]
"""The options of `reach`, read from the query of an address."""


def routes(workspace: Workspace, compute: turns.Reach) -> APIRouter:
    """Give the routes of the pages."""
    router = APIRouter(include_in_schema=False, default_response_class=HTMLResponse)

    @router.get("/")
    def home() -> str:
        """Show the cases of the workspace."""
        frame = page.Frame(current="cases", is_demonstration=_has_demonstration(workspace))
        cases = [_listed(case) for _, case in sorted(workspace.cases().items())]
        return page.page("home.html", frame, cases=cases)

    @router.get("/sites/{site}")
    def all_states(site: str, options: Reach) -> str:
        """Show every state of a case side by side; the site's own state last."""
        case = workspace.case(site)
        found = [view(compute(site, state, options)) for state in case.states]
        views = page.in_order(found, case.own_state)
        frame = _frame(workspace, case, "states", options, found[0] if found else None)
        return page.page("states.html", frame, views=views, own=case.own_state, case_title=case.title)

    @router.get("/sites/{site}/{state}")
    def answer(site: str, state: str, options: Reach) -> str:
        """Show one answer: the question, its lines, the path, what cuts it, what stands beside."""
        found = view(compute(site, state, options))
        frame = _frame(workspace, workspace.case(site), found.state, options, found)
        return page.render(found, frame, _bearings(workspace, options.known_at), _titles(found))

    @router.get("/sites/{site}/{state}/print.css")
    def print_sheet(site: str, state: str, options: Reach) -> Response:
        """Give the foot of the printed pages of an answer."""
        found = view(compute(site, state, options))
        return Response(page.print_sheet(found), media_type="text/css")

    @router.get("/documents/{identity}")
    def document(identity: str, start: int | None = None, end: int | None = None) -> str:
        """Show the text of a document, the quoted words marked."""
        return reader.show(workspace, identity, start, end, _around(workspace))

    @router.get("/statements/{identity}", response_model=None)
    @router.get("/explain/{identity:path}", response_model=None)
    def explain(identity: str) -> Response:
        """Show what is known of one id."""
        found = workspace.explain(identity)
        if found["kind"] == "document":
            return RedirectResponse(f"/documents/{found['id']}", 303)
        if found["kind"] == "article":
            name, _, number = found["id"].removeprefix("law:").partition("#")
            return RedirectResponse(f"/law/{name}#article-{number}", 303)
        return HTMLResponse(explained.show(workspace, found, _around(workspace)))

    @router.get("/law/{instrument}")
    def law(instrument: str) -> str:
        """Show an instrument of the law base: its articles, routes and limits."""
        from longarm.law.listing import detail

        found = detail(instrument)
        return page.page(
            "law.html",
            _around(workspace),
            l=found,
            jurisdiction=states.name(found["jurisdiction"]),
            powers=sum(a["gives_power"] for a in found["articles"]),
            grade_words={n: grades.in_words(grades.read(g)) for n, g in found["grades"].items()},
        )

    return router


def _listed(case: Case) -> Mapping[str, Any]:
    return {
        "site": case.site,
        "title": case.title,
        "as_of": case.as_of,
        "own": case.own_state,
        "note": case.note,
        "states": [(s, states.name(s)) for s in case.states],
    }


def _around(workspace: Workspace) -> page.Frame:
    """Give the frame of a page that stands in no case: in that of the only case, where there is one."""
    cases = list(workspace.cases().values())
    is_demonstration = _has_demonstration(workspace)
    if len(cases) != 1:
        return page.Frame(is_demonstration=is_demonstration)
    (case,) = cases
    named = tuple((s, states.name(s)) for s in case.states)
    return page.Frame(case.site, case.title, named, is_demonstration=is_demonstration)


def _frame(workspace: Workspace, case: Case, current: str, options: ReachOptions, found: View | None) -> page.Frame:
    asked_for = [found.state] if found and current == found.state else []
    return page.Frame(
        site=case.site,
        site_name=found.site_name if found else case.title,
        states=tuple((s, states.name(s)) for s in dict.fromkeys((*case.states, *asked_for))),
        current=current,
        as_of=found.as_of if found else case.as_of or "",
        known_at=found.known_at if found else "",
        asked=as_query(options),
        options=tuple(offered(ReachOptions)),
        is_demonstration=_has_demonstration(workspace, case.id),
    )


def _has_demonstration(workspace: Workspace, dataset: str | None = None) -> bool:
    return any(d["kind"] == DEMONSTRATION and dataset in (None, d["dataset"]) for d in workspace.documents().values())


def _titles(found: View) -> Mapping[str, str]:
    """Give the titles of the instruments that an answer looked at."""
    from longarm.law.instruments import instrument

    return {i: instrument(i).title.en for i in found.coverage["instruments"]}


def _bearings(workspace: Workspace, known_at: str | None) -> Mapping[str, page.Bearing]:
    """Give what each cited fact bears on and stands against, so that a denial stands beside what it answers."""
    bears: dict[str, str] = {}
    against: dict[str, set[str]] = {}
    for row in workspace.statements(known_at):
        if row["schema"] == "CitedFact":
            against.setdefault(row["entity_id"], set())
            if row["prop"] == "bears":
                bears[row["entity_id"]] = row["value"]
            elif row["prop"] == "contradicts":
                against[row["entity_id"]].add(row["value"])
    return {fact: page.Bearing(bears.get(fact), frozenset(others)) for fact, others in against.items()}
