"""The dossier over HTTP: the page, and the same in every other form. One computation for one question."""

from __future__ import annotations

from typing import Annotated, Any, Final
from urllib.parse import quote, urlencode

from fastapi import APIRouter, Depends, Query
from starlette.requests import Request
from starlette.responses import HTMLResponse, RedirectResponse, Response

from longarm.dossier.checks import must_be_whole
from longarm.dossier.document import Form, document, footer
from longarm.dossier.page import Frame, foot_rule
from longarm.dossier.tongue import tongue
from longarm.dossier.whole import Whole, whole
from longarm.dossier.writing import MEDIA, Wanted, written
from longarm.errors import OptionError
from longarm.model import states
from longarm.model.formats import FORMATS
from longarm.model.options import DossierOptions
from longarm.serve import turns
from longarm.serve.asked import as_query, asked
from longarm.workspace import Workspace
from longarm.workspace.exporting import exported

Asked = Annotated[DossierOptions, Depends(asked(DossierOptions))]
"""The options of `dossier`, read from the query of an address."""
States = Annotated[list[str] | None, Query(description="States by their ISO 3166 codes; those of the case if none.")]
NAMED: Final = {"en": "English", "fr": "Français", "nl": "Nederlands", "de": "Deutsch"}
"""Languages by the names that they give themselves."""
MOST_STATES: Final = 24
"""States of one page, at most."""


def routes(workspace: Workspace) -> APIRouter:
    """Give the routes of the dossier, pages and files."""
    router = APIRouter()

    # A dossier is minutes of nobody's time but much of the machine's: they are compiled one after the other.
    compute = turns.in_turn(workspace.dossier, turns=1)

    def compiled(site: str, state: list[str] | None, options: DossierOptions) -> dict[str, Any]:
        if len(state or ()) > MOST_STATES:
            raise OptionError(f"{len(state or ())} states are too many for one page", mend=f"{MOST_STATES} at most")
        return compute(site, tuple(state or ()), options)

    def shown(site: str, state: list[str], options: DossierOptions, linked: list[str]) -> str:
        value = compiled(site, state, options)
        made = whole(value, tongue(options.lang))
        return document(value, made, _frame(workspace, value, made, options, linked), Form(is_file=False))

    @router.get("/sites/{site}", include_in_schema=False)
    def site_page(site: str, request: Request) -> RedirectResponse:
        """Lead to the dossier of a site."""
        workspace.case(site)
        asked_for = f"?{request.url.query}" if request.url.query else ""
        return RedirectResponse(f"/sites/{quote(site, safe='')}/dossier{asked_for}", 307)

    @router.get("/sites/{site}/dossier", include_in_schema=False, response_class=HTMLResponse)
    def show(site: str, options: Asked, state: States = None) -> str:
        """Show the dossier of a site."""
        return shown(site, state or [], options, state or [])

    @router.get("/sites/{site}/dossier/print.css", include_in_schema=False)
    def foot(site: str, options: Asked, state: States = None) -> Response:
        """Give the foot of the printed pages of a dossier."""
        value = compiled(site, state, options)
        said = footer(value["names"].get(site, site), value, tongue(options.lang))
        return Response(foot_rule(said), media_type="text/css")

    def as_file(site: str, form: str, options: Asked, state: States = None, brief: bool = False) -> Response:
        """Give the dossier of a site as html, pdf, docx, md or json; refused while an accusation lacks its answer."""
        value = compiled(site, state, options)
        data = written(value, Wanted(form, language=options.lang, brief=brief))
        name = f"{site}-{value['question']['as_of']}.{form}"
        # A file carries its own style inside, which a page of the server may not: it is to be kept, not shown.
        headers = {} if form == "json" else {"Content-Disposition": f'attachment; filename="{name}"'}
        return Response(data, media_type=MEDIA[form], headers=headers)

    def evidence(site: str, form: str, options: Asked, state: States = None) -> Response:
        """Give the evidence of a dossier as ftm, csv, stix, misp, csl or bibtex; refused as the dossier is."""
        value = compiled(site, state, options)
        must_be_whole(value, whole(value, tongue(options.lang)))
        data = exported(value, workspace.entities(options.known_at), form)
        name = f"{site}-{value['question']['as_of']}.{FORMATS[form].ending}"
        headers = {"Content-Disposition": f'attachment; filename="{name}"'}
        return Response(data, media_type=FORMATS[form].media, headers=headers)

    router.add_api_route("/sites/{site}/evidence.{form}", evidence, include_in_schema=False)
    router.add_api_route("/api/evidence/{site}.{form}", evidence, tags=["dossier"], response_class=Response)
    router.add_api_route("/sites/{site}/dossier.{form}", as_file, include_in_schema=False)
    router.add_api_route("/api/dossier/{site}.{form}", as_file, tags=["dossier"], response_class=Response)

    @router.get("/sites/{site}/{state}", include_in_schema=False, response_class=HTMLResponse)
    def of_state(site: str, state: str, options: Asked) -> str:
        """Show the dossier of a site for one state."""
        return shown(site, [state], options, [state.upper()])

    return router


def _frame(
    workspace: Workspace, value: dict[str, Any], made: Whole, options: DossierOptions, state: list[str]
) -> Frame:
    case = workspace.case(made.site)
    query = [*(("state", s) for s in state), *as_query(options).items()]
    others = [(name, value) for name, value in query if name != "lang"]
    return Frame(
        site=made.site,
        site_name=made.site_name,
        states=tuple((s, states.name(s)) for s in dict.fromkeys((*case.states, *value["question"]["states"]))),
        current=state[0] if len(state) == 1 else "dossier",
        as_of=value["question"]["as_of"],
        known_at=value["question"]["known_at"] or "",
        asked=as_query(options),
        asked_query=urlencode(query),
        languages=tuple(
            (code, name, f"/sites/{quote(made.site, safe='')}/dossier?{urlencode([*others, ('lang', code)])}")
            for code, name in NAMED.items()
        ),
        is_demonstration=value["case"]["has_demonstration"],
    )
