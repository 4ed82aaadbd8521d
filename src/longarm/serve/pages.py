"""The pages beside the dossier: the cases, documents, statements, instruments of law. The look lies in `dossier`."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from fastapi import APIRouter
from starlette.responses import HTMLResponse, RedirectResponse, Response

from longarm.dossier import page
from longarm.model import grades, states
from longarm.model.case import Case
from longarm.serve import explained, reader
from longarm.workspace import Workspace


def routes(workspace: Workspace) -> APIRouter:
    """Give the routes of the pages."""
    router = APIRouter(include_in_schema=False, default_response_class=HTMLResponse)

    @router.get("/")
    def home() -> str:
        """Show the cases of the workspace."""
        frame = page.Frame(current="cases", is_demonstration=workspace.has_demonstration())
        cases = [_listed(case) for _, case in sorted(workspace.cases().items())]
        return page.page("home.html", frame, cases=cases)

    @router.get("/documents/{identity}")
    def document(identity: str, start: int | None = None, end: int | None = None) -> str:
        """Show the text of a document, the quoted words marked."""
        return reader.show(workspace, identity, start, end, _around(workspace))

    @router.get("/documents/{identity}/original", response_class=Response)
    def original(identity: str) -> Response:
        """Give a document's own bytes to be saved: never to be shown, for it may be anybody's page."""
        data, name = reader.original(workspace, identity)
        headers = {"Content-Disposition": f'attachment; filename="{name}"'}
        return Response(data, media_type="application/octet-stream", headers=headers)

    @router.get("/statements/{identity}", response_model=None)
    @router.get("/explain/{identity:path}", response_model=None)
    def explain(identity: str) -> Response:
        """Show what is known of one id."""
        found = workspace.explain(identity)
        if found["kind"] == "document":
            return RedirectResponse(f"/documents/{found['id']}", 303)
        if found["kind"] == "claim":
            return RedirectResponse(f"/review/{found['id']}", 303)
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
    is_demonstration = workspace.has_demonstration()
    if len(cases) != 1:
        return page.Frame(is_demonstration=is_demonstration)
    (case,) = cases
    named = tuple((s, states.name(s)) for s in case.states)
    return page.Frame(case.site, case.title, named, is_demonstration=is_demonstration)
