"""The page of review: the queue, a claim, and every decision as a form that needs no script.

A form carries a token that only a page of this server can hold, so no page elsewhere can decide in a reader's name
(cross-site request forgery). The server knows nobody by name; decisions are therefore taken on the loopback address
only, where whoever can ask is whoever runs it.
"""

from __future__ import annotations

import hmac
import secrets
from collections.abc import Mapping
from typing import Any, Final
from urllib.parse import parse_qs, urlsplit

from fastapi import APIRouter
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import HTMLResponse, Response

from longarm.dossier import page
from longarm.errors import OptionError
from longarm.model.roles import rights, roles
from longarm.model.terms import Stance
from longarm.review.relations import ACCESS, RELATIONS, Choices
from longarm.serve import turns
from longarm.serve.guard import LOOPBACK
from longarm.workspace import Decided, Verdict, Workspace
from longarm.workspace.linking import MADE

LARGEST: Final = 256 * 1024
"""Bytes of a form, at most."""
FIELDS: Final = 300
"""Fields of a form, at most."""
SHOWN: Final = 60
"""Claims of the queue that one page lists."""
_STANCES: Final = tuple(s.value for s in Stance if s != Stance.INFERRED)
_FORM: Final = "application/x-www-form-urlencoded"

Form = Mapping[str, list[str]]


def routes(workspace: Workspace, host: str | None) -> APIRouter:
    """Give the routes of review. On another host than the loopback names, they show and decide nothing."""
    router = APIRouter(include_in_schema=False, default_response_class=HTMLResponse)
    desk = _Pages(workspace, host is None or host.lower() in LOOPBACK | {"::1"})
    one_by_one = turns.in_turn(desk.decide, turns=1)

    @router.get("/review")
    def queue() -> str:
        """Show the claim that would change findings most."""
        return desk.show(None)

    @router.get("/review/log")
    def log() -> str:
        """Show what was decided."""
        return desk.log()

    @router.get("/review/{claim}")
    def claim(claim: str) -> str:
        """Show a claim."""
        return desk.show(claim)

    @router.post("/review/{claim}")
    async def decide(claim: str, request: Request) -> Response:
        """Decide on a claim, or, at `/review/undo`, take a decision back; then show the next."""
        form = await _read(request)
        desk.check(request, form)
        return HTMLResponse(await run_in_threadpool(one_by_one, claim, _Given(form)))

    return router


class _Given:
    """A form; two are the same only where they are one, so that each waits its own turn."""

    def __init__(self, form: Form) -> None:
        self.form = form

    def one(self, name: str) -> str:
        return self.form.get(name, [""])[0].strip()

    def all(self, name: str) -> list[str]:
        return self.form.get(name, [])

    def lines(self, name: str) -> list[str]:
        return [line.strip() for line in self.one(name).splitlines() if line.strip()]


class _Pages:
    def __init__(self, workspace: Workspace, may_decide: bool) -> None:
        self.workspace = workspace
        self.may_decide = may_decide
        self.token = secrets.token_urlsafe(32)

    def check(self, request: Request, form: Form) -> None:
        """Raise OptionError where a form does not come from a page of this server."""
        if not self.may_decide:
            raise OptionError("this server decides nothing", mend="decide with longarm review, or on your own machine")
        origin = request.headers.get("origin")
        # A page that sends no referrer sends its origin as "null"; the token tells it from others.
        is_foreign = origin not in (None, "null") and urlsplit(str(origin)).netloc != request.headers.get("host")
        is_foreign |= request.headers.get("sec-fetch-site", "same-origin") not in ("same-origin", "none")
        given = form.get("token", [""])[0]
        if is_foreign or not hmac.compare_digest(given.encode(), self.token.encode()):
            raise OptionError(
                "this form is not from a page of this server, or is older than it", mend="load /review again"
            )

    def decide(self, claim: str, given: _Given) -> str:
        """Do what a form says, and show what it changed and the next claim."""
        if claim == "undo":
            seq = given.one("seq")
            if seq and not (seq.isascii() and seq.isdigit() and len(seq) < 10):
                raise OptionError(f"'{seq[:40]}' is no number of a decision", mend="take one from /review/log")
            done = self.workspace.undo_review(int(seq) if seq else None, given.one("reason"))
            return self.show(done.claim, done)
        done = self.workspace.review(claim, _verdict(given, self.workspace.claim(claim)["claim"]))
        return self.show(done.claim if done.status == "pending" else None, done)

    def show(self, claim: str | None, done: Decided | None = None) -> str:
        queue = self.workspace.review_queue()
        ids = [each["id"] for each in queue["items"]]
        item = None
        if claim is not None:
            item = self.workspace.claim(claim)
        elif queue["items"]:
            item = queue["items"][0]
        at = ids.index(item["id"]) if item and item["id"] in ids else None
        stands = [r for r in self.workspace.reviews() if r["stands"] and r["act"] != "undo"]
        around = {"before": None, "after": ids[0] if ids else None}
        if at is not None:
            around = {"before": ids[at - 1] if at else None, "after": ids[at + 1] if at + 1 < len(ids) else None}
        first = 0 if at is None else max(0, at - SHOWN // 2)
        return page.page(
            "review.html",
            page.Frame(current="review", is_demonstration=self.workspace.has_demonstration()),
            queue=queue,
            shown=queue["items"][first : first + SHOWN],
            item=item,
            done=done,
            last=stands[0] if stands else None,
            token=self.token,
            may_decide=self.may_decide,
            made_of=MADE,
            roles=list(roles()),
            rights=list(rights()),
            relations=list(RELATIONS),
            access=ACCESS,
            stances=_STANCES,
            **around,
        )

    def log(self) -> str:
        return page.page(
            "review_log.html",
            page.Frame(current="review", is_demonstration=self.workspace.has_demonstration()),
            rows=self.workspace.reviews(),
            token=self.token,
            may_decide=self.may_decide,
        )


async def _read(request: Request) -> Form:
    """Read a form. Raises OptionError where it is too large, or is none."""
    if request.headers.get("content-type", "").partition(";")[0].strip() != _FORM:
        raise OptionError("this is no form", mend="use the form of the page")
    data = b""
    async for chunk in request.stream():
        data += chunk
        if len(data) > LARGEST:
            raise OptionError(f"the form is larger than {LARGEST:,} bytes", mend="shorten it")
    try:
        return parse_qs(data.decode(), keep_blank_values=True, max_num_fields=FIELDS, errors="strict")
    except ValueError:
        raise OptionError("the form cannot be read", mend="use the form of the page") from None


def _verdict(given: _Given, claim: Mapping[str, Any]) -> Verdict:
    act, reason = given.one("act"), given.one("reason")
    if act == "accept":
        mentions, entities = given.all("mention"), given.all("entity")
        links = {m: e for m, e in zip(mentions, entities, strict=False) if e}
        return Verdict(act, reason, links, Choices(given.one("role") or None, given.one("right") or None))
    if act == "split":
        return Verdict(act, reason, parts=[{"quote": line} for line in given.lines("parts")])
    if act == "correct":
        return Verdict(act, reason, fields=_fields(given, claim))
    return Verdict(act, reason, stance=given.one("stance") or None)


def _fields(given: _Given, claim: Mapping[str, Any]) -> dict[str, Any]:
    """Give the fields of a form of correction that differ from the claim."""
    share = given.one("share").replace("%", "")
    first, _, last = share.partition("..")
    try:
        value = [float(first), float(last or first)] if share else None
    except ValueError:
        raise OptionError(f"'{share[:40]}' is no share", mend="per cent as 30, or 30..33.3") from None
    found: dict[str, Any] = {
        "relation": given.one("relation"),
        "share": value,
        "site": given.one("site") or None,
        # A form writes each end of a line as two characters; the text has one.
        "quote": given.form.get("quote", [""])[0].replace("\r\n", "\n"),
        **{end: given.lines(end) for end in ("subject", "object", "attribution")},
    }
    return {k: v for k, v in found.items() if v != claim[k] and not (k in ("quote", "relation") and not v)}
