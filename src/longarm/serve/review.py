"""The page of review: the queue, a claim, and every decision as a form that needs no script.

A form that decided is answered by the address of the page that shows it, so that loading that page again, or going
back, decides nothing a second time.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Mapping, Sequence
from typing import Any, Final
from urllib.parse import quote

from fastapi import APIRouter
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import HTMLResponse, RedirectResponse, Response

from longarm.dossier import page
from longarm.errors import EvidenceError, InputError, LongarmError, OptionError, UnknownEntity
from longarm.model.roles import rights, roles
from longarm.model.terms import Stance
from longarm.review.log import worded
from longarm.review.reading import claim_date
from longarm.review.relations import ACCESS, RELATIONS, Choices
from longarm.serve import forms, taking, turns
from longarm.serve.forms import Form, Seal
from longarm.workspace import Decided, Extracted, Verdict, Workspace, extracting
from longarm.workspace.linking import MADE

SHOWN: Final = 60
"""Claims of the queue that one page lists."""
_TOLD: Final = 200
"""Decisions of which this server remembers what they changed; the log keeps them all."""
_STANCES: Final = tuple(s.value for s in Stance if s != Stance.INFERRED)


def routes(workspace: Workspace, host: str | None) -> APIRouter:
    """Give the routes of review. On another host than the loopback names, they show and decide nothing."""
    router = APIRouter(include_in_schema=False, default_response_class=HTMLResponse)
    seal = Seal(host)
    desk = _Pages(workspace, seal)
    decide_in_turn = turns.in_turn(desk.decide, turns=1)
    take_in_turn = turns.in_turn(desk.take, turns=1)

    @router.get("/review")
    def queue(told: str | None = None) -> str:
        """Show the claim that would change findings most."""
        return desk.show(None, told)

    @router.get("/review/log")
    def log() -> str:
        """Show what was decided."""
        return desk.log()

    @router.get("/review/new")
    def new() -> str:
        """Show the page by which a document comes in."""
        return taking.show(workspace, seal)

    @router.post("/review/new", response_model=None)
    async def take(request: Request) -> Response:
        """Read a document, keep it and propose its claims; then show the first that waits."""
        form = await forms.read_with_file(request, extracting.LARGEST)
        seal.check(request, form)
        try:
            return RedirectResponse(await run_in_threadpool(take_in_turn, form), 303)
        except InputError as fault:
            return HTMLResponse(taking.show(workspace, seal, form, fault), 400)

    @router.get("/review/{claim}")
    def claim(claim: str, told: str | None = None) -> str:
        """Show a claim."""
        return desk.show(claim, told)

    @router.post("/review/{claim}", response_model=None)
    async def decide(claim: str, request: Request) -> Response:
        """Decide on a claim, or, at `/review/undo`, take a decision back; then show the next."""
        form = await forms.read(request)
        seal.check(request, form)
        try:
            return RedirectResponse(await run_in_threadpool(decide_in_turn, claim, form), 303)
        except (InputError, EvidenceError) as fault:
            if claim == "undo" or isinstance(fault, UnknownEntity):
                raise
            return HTMLResponse(await run_in_threadpool(desk.show, claim, None, fault), 400)

    return router


class _Pages:
    def __init__(self, workspace: Workspace, seal: Seal) -> None:
        self.workspace = workspace
        self.seal = seal
        self._told: OrderedDict[str, Decided | Extracted] = OrderedDict()

    def decide(self, claim: str, given: Form) -> str:
        """Do what a form says, and give the address of the page that shows what it changed."""
        if claim == "undo":
            seq = given.one("seq")
            if seq and not (seq.isascii() and seq.isdigit() and len(seq) < 10):
                raise OptionError(f"'{seq[:40]}' is no number of a decision", mend="take one from /review/log")
            done = self.workspace.undo_review(int(seq) if seq else None, given.one("reason"))
            return self._address(done.claim, str(done.seq), done)
        done = self.workspace.review(claim, _verdict(given, self.workspace.claim(claim)["claim"]))
        return self._address(done.claim if done.status == "pending" else None, str(done.seq), done)

    def take(self, given: Form) -> str:
        """Take a document, and give the address of the first of its claims."""
        read = taking.take(self.workspace, given)
        text = read.reading.text.document
        waiting = self.workspace.review_queue(text)["items"]
        return self._address(waiting[0]["id"] if waiting else None, f"text-{text[:16]}", read)

    def _address(self, claim: str | None, key: str, done: Decided | Extracted) -> str:
        self._told[key] = done
        while len(self._told) > _TOLD:
            self._told.popitem(last=False)
        return f"/review{'/' + quote(claim, safe='') if claim else ''}?told={key}"

    def show(self, claim: str | None, told: str | None = None, fault: LongarmError | None = None) -> str:
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
        done = self._told.get(told or "")
        return page.page(
            "review.html",
            page.Frame(current="review", is_demonstration=self.workspace.has_demonstration()),
            queue=queue,
            shown=queue["items"][first : first + SHOWN],
            item=item,
            done=done if isinstance(done, Decided) else None,
            read=done if isinstance(done, Extracted) else None,
            fault=fault,
            worded=worded,
            last=stands[0] if stands else None,
            token=self.seal.token,
            may_decide=self.seal.may_decide,
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
            token=self.seal.token,
            may_decide=self.seal.may_decide,
        )


def _verdict(given: Form, claim: Mapping[str, Any]) -> Verdict:
    act, reason = given.one("act"), given.one("reason")
    if act == "accept":
        mentions, entities = given.all("mention"), given.all("entity")
        links = {m: e for m, e in zip(mentions, entities, strict=False) if e} | _links(given, mentions)
        role, right, instrument, article = (given.one(n) or None for n in ("role", "right", "instrument", "article"))
        return Verdict(act, reason, links, Choices(role, right, instrument, article), given.one("grade") or None)
    if act == "split":
        return Verdict(act, reason, parts=[{"quote": line} for line in given.lines("parts")])
    if act == "correct":
        return Verdict(act, reason, fields=_fields(given, claim))
    return Verdict(act, reason, stance=given.one("stance") or None)


def _links(given: Form, mentions: Sequence[str]) -> dict[str, str]:
    """Give the links that are written out: the name of a mention, and the id of whom it means."""
    found: dict[str, str] = {}
    for line in given.lines("links"):
        name, sign, entity = (part.strip() for part in line.rpartition("="))
        if not sign or name not in mentions:
            raise OptionError(f"'{line[:80]}' links no mention of this claim", mend=f"NAME=ID; {', '.join(mentions)}")
        found[name] = entity
    return found


def _fields(given: Form, claim: Mapping[str, Any]) -> dict[str, Any]:
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
        "quote": given.raw("quote"),
        "dates": _dates(given.lines("dates"), claim["dates"]),
        **{end: given.lines(end) for end in ("subject", "object", "attribution")},
    }
    return {k: v for k, v in found.items() if v != claim[k] and not (k in ("quote", "relation") and not v)}


def _dates(lines: Sequence[str], before: Sequence[Mapping[str, str]]) -> list[dict[str, str]]:
    """Give the dates of a form; one that was there already keeps the words that it was read from."""
    words = {(d["role"], d["date"]): d["text"] for d in before}
    found = [claim_date(line) for line in lines]
    return [{**d, "text": words.get((d["role"], d["date"]), d["text"])} for d in found]
