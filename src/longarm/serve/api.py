"""The verbs over HTTP as JSON: the same methods, the same options, the same values as `--json` prints."""

from __future__ import annotations

from collections.abc import Callable
from typing import Annotated, Any

from fastapi import APIRouter, Depends

import longarm
from longarm.model.options import ReachOptions
from longarm.serve.asked import asked
from longarm.workspace import Workspace

Reach = Annotated[ReachOptions, Depends(asked(ReachOptions))]
"""The options of `reach`, read from the query of an address."""


def routes(workspace: Workspace, compute: Callable[[str, str, ReachOptions], dict[str, Any]]) -> APIRouter:
    """Give the routes below /api, and /healthz."""
    router = APIRouter()

    @router.get("/api/sites", tags=["sites"])
    def sites() -> list[dict[str, Any]]:
        """List the sites with their cases and the states to test."""
        return [
            {
                "site": site,
                "case": case.id,
                "title": case.title,
                "states": list(case.states),
                "own_state": case.own_state,
                "as_of": case.as_of,
            }
            for site, case in sorted(workspace.cases().items())
        ]

    @router.get("/api/reach/{site}/{state}", tags=["reach"])
    def reach(site: str, state: str, options: Reach) -> dict[str, Any]:
        """Say how far a state (an ISO 3166 code) reaches into a site, by which path, and what cuts it."""
        return compute(site, state, options)

    @router.get("/api/explain/{identity:path}", tags=["explain"])
    def explain(identity: str) -> dict[str, Any]:
        """Explain whatever an answer names: a statement, a tie, a cited fact, a document, an entity, an article."""
        return workspace.explain(identity)

    @router.get("/healthz", tags=["health"])
    def health() -> dict[str, Any]:
        """Say that the workspace can be read."""
        return {"status": "ok", "version": longarm.__version__, "sites": len(workspace.cases())}

    return router
