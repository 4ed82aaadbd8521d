"""The application: pages for people and JSON for programs, over one workspace. It loads nothing from elsewhere."""

from __future__ import annotations

import mimetypes

from fastapi import FastAPI
from starlette.middleware import Middleware
from starlette.staticfiles import StaticFiles

import longarm
from longarm.serve import api, dossiers, faults, guard, pages, review, turns
from longarm.workspace import Workspace


def create_app(workspace: Workspace, host: str | None = None) -> FastAPI:
    """Give the application of a workspace; it answers to the loopback names and to `host`."""
    mimetypes.add_type("font/woff2", ".woff2")  # Python 3.11 does not know it, and the fonts must not be sniffed
    app = FastAPI(
        title="longarm",
        summary="How far does a state's arm reach into a critical site, by which path, and what cuts it?",
        version=longarm.__version__,
        docs_url=None,  # the shipped documentation pages load their script from another address
        redoc_url=None,
        middleware=[Middleware(guard.Guard, own=guard.hosts(host))],
    )
    faults.install(app)
    compute = turns.in_turn(workspace.reach)
    app.include_router(api.routes(workspace, compute))
    app.include_router(pages.routes(workspace))
    app.include_router(dossiers.routes(workspace))
    app.include_router(review.routes(workspace, host))
    app.mount("/static", StaticFiles(packages=[("longarm.serve", "static")]), name="static")
    return app
