"""Faults as people and programs read them: one table from errors to HTTP, problem+json below /api, a page elsewhere."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from http import HTTPStatus
from typing import Any, Final

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from starlette.exceptions import HTTPException
from starlette.responses import HTMLResponse, JSONResponse, Response

from longarm import errors
from longarm.dossier import page
from longarm.serve.guard import HEADERS

STATUS: Final[Mapping[type[errors.LongarmError], HTTPStatus]] = {
    errors.UnknownState: HTTPStatus.NOT_FOUND,
    errors.UnknownSite: HTTPStatus.NOT_FOUND,
    errors.UnknownEntity: HTTPStatus.NOT_FOUND,
    errors.InputError: HTTPStatus.BAD_REQUEST,
    errors.Unanswered: HTTPStatus.CONFLICT,
    errors.EvidenceError: HTTPStatus.BAD_REQUEST,
    errors.WorkspaceError: HTTPStatus.SERVICE_UNAVAILABLE,
    errors.LongarmError: HTTPStatus.INTERNAL_SERVER_ERROR,
}
"""The status of an error is that of the nearest class above it that stands here."""
_TITLES: Final = {
    HTTPStatus.NOT_FOUND: "It is not here",
    HTTPStatus.BAD_REQUEST: "The question cannot be read",
    HTTPStatus.CONFLICT: "The dossier is not written",
    HTTPStatus.SERVICE_UNAVAILABLE: "The workspace cannot be read",
    HTTPStatus.METHOD_NOT_ALLOWED: "This address is only read",
}
_STANDS: Final = "Nothing was changed; every answer that was given before still stands."
_PROBLEM: Final = "application/problem+json"


@dataclass(frozen=True)
class Fault:
    """What went wrong, in words."""

    status: HTTPStatus
    code: str
    message: str
    place: str | None = None
    mend: str | None = None


def of(error: errors.LongarmError) -> Fault:
    """Give the fault that an error is."""
    status = next(STATUS[c] for c in type(error).__mro__ if c in STATUS)
    where = error.where
    place = f"{where.file}, line {where.line}" if where.file and where.line else where.file
    return Fault(status, error.code, error.message, place, where.mend)


def answer(request: Request, fault: Fault) -> Response:
    """Answer with a fault: problem+json (RFC 9457) to programs, a page to people."""
    if _is_program(request.url.path):
        body: dict[str, Any] = {
            "type": "about:blank",
            "title": fault.status.phrase,
            "status": fault.status.value,
            "detail": fault.message,
            "instance": request.url.path,
            "error": fault.code,
            "place": fault.place,
            "mend": fault.mend,
        }
        return JSONResponse(body, fault.status, HEADERS, media_type=_PROBLEM)
    text = page.page(
        "fault.html",
        page.Frame(),
        status=f"{fault.status.value} {fault.status.phrase}",
        title=_TITLES.get(fault.status, "This went wrong"),
        message=fault.message[:1].upper() + fault.message[1:],
        place=fault.place,
        asked=request.url.path + (f"?{request.url.query}" if request.url.query else ""),
        mend=fault.mend,
        stands=_STANDS,
    )
    return HTMLResponse(text, fault.status, HEADERS)


def install(app: FastAPI) -> None:
    """Let the application answer every fault through here."""

    def ours(request: Request, error: Exception) -> Response:
        assert isinstance(error, errors.LongarmError)
        return answer(request, of(error))

    def unread(request: Request, error: Exception) -> Response:
        assert isinstance(error, RequestValidationError)
        told = "; ".join(f"{e['loc'][-1]}: {e['msg']}, not '{e.get('input')}'" for e in error.errors())
        return answer(request, Fault(HTTPStatus.BAD_REQUEST, "option", told))

    def routed(request: Request, error: Exception) -> Response:
        assert isinstance(error, HTTPException)
        status = HTTPStatus(error.status_code)
        told = "there is no such page" if status == HTTPStatus.NOT_FOUND else str(error.detail)
        return answer(request, Fault(status, status.name.lower(), told, mend="start from the cases, at /"))

    def unforeseen(request: Request, _: Exception) -> Response:
        told = "longarm met something that it does not know; the server's own window shows it"
        return answer(request, Fault(HTTPStatus.INTERNAL_SERVER_ERROR, "error", told))

    app.add_exception_handler(errors.LongarmError, ours)
    app.add_exception_handler(RequestValidationError, unread)
    app.add_exception_handler(HTTPException, routed)
    app.add_exception_handler(Exception, unforeseen)


def _is_program(path: str) -> bool:
    return path.startswith("/api/") or path in ("/api", "/healthz", "/openapi.json")
