"""The page of review: by forms alone, escaped, and for nobody else's page to use."""

from __future__ import annotations

import re
import warnings
from dataclasses import replace
from typing import Any

import pytest
from article import ACCESS, CLAIMS, OWNS, SEAT, TEXT

from longarm.serve.app import create_app
from longarm.workspace import Workspace

with warnings.catch_warnings():
    warnings.filterwarnings("ignore", message="Using `httpx`")  # Starlette would rather have httpx2
    from fastapi.testclient import TestClient

HOSTILE = '<script>alert(1)</script>"><img src=x onerror=alert(2)>'


def _client(ws: Workspace, host: str | None = None) -> TestClient:
    return TestClient(
        create_app(ws, host), base_url=f"http://{host or 'localhost'}", raise_server_exceptions=False,
        follow_redirects=False,
    )  # fmt: skip


@pytest.fixture
def client(proposed: Workspace) -> TestClient:
    """The server over the claims that wait."""
    return _client(proposed)


def _token(client: TestClient) -> str:
    found = re.search(r'name="token" value="([^"]+)"', client.get("/review").text)
    assert found
    return found[1]


def _post(client: TestClient, to: str, headers: dict[str, str] | None = None, **fields: Any) -> Any:
    data = {"token": _token(client), **fields}
    return client.post(f"/review/{to}", data=data, headers=headers or {}, follow_redirects=True)


def test_the_page_shows_the_claim_that_matters_most(client: TestClient) -> None:
    """Its words marked, who says so, what it would change."""
    text = client.get("/review").text
    assert f'<mark id="quote">{ACCESS.quote}</mark>' in text
    assert "crane-controls" in text
    assert "an engineer" in text


def test_a_claim_is_accepted_by_a_form_and_taken_back_by_another(client: TestClient, proposed: Workspace) -> None:
    """Without a script; the page says what each changed."""
    fields = {
        "act": "accept", "mention": ["Kestrel Terminals Pty Ltd", "Crane controls"],
        "entity": ["kestrel-terminals", "crane-controls"], "role": "remote maintainer", "reason": "read",
    }  # fmt: skip
    answer = _post(client, ACCESS.id, **fields)
    assert answer.status_code == 200
    assert "Decision 1: accept" in answer.text
    assert "crane-controls" in answer.text
    assert [r["act"] for r in proposed.reviews()] == ["accept"]
    answer = _post(client, "undo", seq="1")
    assert "Decision 2: undo" in answer.text
    assert proposed.claim(ACCESS.id)["status"] == "pending"


@pytest.mark.parametrize(
    ("act", "fields"),
    [
        ("refuse", {"reason": "background"}),
        ("stance", {"stance": "alleged"}),
        ("correct", {"relation": "controls", "subject": "Morrow Capital", "object": "Helvion Cranes AG",
                     "attribution": "the registry in Zug", "share": "50..60", "site": "", "quote": OWNS.quote}),
        ("split", {"parts": "Morrow Capital\r\nholds 60 percent"}),
    ],
)  # fmt: skip
def test_every_act_has_its_form(client: TestClient, proposed: Workspace, act: str, fields: dict[str, str]) -> None:
    """As on the command line."""
    assert _post(client, OWNS.id, act=act, **fields).status_code == 200
    (row,) = proposed.reviews()
    assert row["act"] == act
    if act == "correct":
        assert row["value"]["fields"] == {"relation": "controls", "share": [50.0, 60.0]}


def test_a_decision_is_answered_by_an_address(client: TestClient, proposed: Workspace) -> None:
    """Loading the page that shows it, or going back, decides nothing a second time."""
    data = {"token": _token(client), "act": "refuse", "reason": "background"}
    answer = client.post(f"/review/{OWNS.id}", data=data)
    assert answer.status_code == 303
    for _ in range(2):
        assert "Decision 1: refuse" in client.get(answer.headers["location"]).text
    assert len(proposed.reviews()) == 1
    assert client.get("/review?told=99").status_code == 200


def test_a_form_of_acceptance_takes_another_grade_with_its_reason(client: TestClient, proposed: Workspace) -> None:
    """As on the command line; without a reason it is refused."""
    fields = {"act": "accept", "mention": "Morrow Capital", "entity": "new:Company", "grade": "A1"}
    assert _post(client, OWNS.id, **fields).status_code == 400
    assert _post(client, OWNS.id, **fields, reason="read the filing itself").status_code == 200
    (row,) = proposed.reviews()
    assert row["value"]["grade"] == "A1"


def test_a_mention_may_mean_somebody_who_is_not_listed(client: TestClient, proposed: Workspace) -> None:
    """By the id, written beside the name; another name is told."""
    fields = {"act": "accept", "mention": ["Morrow Capital", "Helvion Cranes AG"], "entity": ["", ""]}
    assert _post(client, OWNS.id, **fields, links="Morrow=kestrel-terminals").status_code == 400
    assert _post(client, OWNS.id, **fields, links="Morrow Capital = kestrel-terminals").status_code == 200
    (row,) = proposed.reviews()
    assert row["value"]["links"] == {"Morrow Capital": "kestrel-terminals"}


def test_a_form_of_correction_takes_dates(client: TestClient, proposed: Workspace) -> None:
    """One a line, with its role; what is none is refused."""
    assert _post(client, OWNS.id, act="correct", dates="since yesterday", quote=OWNS.quote).status_code == 400
    assert _post(client, OWNS.id, act="correct", dates="since 2018-12\r\nby 2027", quote=OWNS.quote).status_code == 200
    dates = proposed.claim(OWNS.id)["claim"]["dates"]
    assert [(d["role"], d["date"]) for d in dates] == [("since", "2018-12"), ("by", "2027")]


@pytest.mark.parametrize(
    ("headers", "token"),
    [({}, ""), ({}, "x" * 43), ({"origin": "http://evil.example"}, None), ({"sec-fetch-site": "cross-site"}, None)],
)
def test_a_page_elsewhere_decides_nothing(
    client: TestClient, proposed: Workspace, headers: dict[str, str], token: str | None
) -> None:
    """No token, a wrong one, another origin, another site: refused."""
    data = {"token": _token(client) if token is None else token, "act": "refuse", "reason": "x"}
    assert client.post(f"/review/{OWNS.id}", data=data, headers=headers).status_code == 400
    assert client.post("/review/undo", data=data, headers=headers).status_code == 400
    assert proposed.reviews() == []


def test_a_server_on_another_address_decides_nothing(proposed: Workspace) -> None:
    """It knows nobody by name."""
    client = _client(proposed, "case.internal")
    text = client.get("/review").text
    assert 'name="act"' not in text
    assert 'name="token"' not in text
    assert client.post(f"/review/{OWNS.id}", data={"act": "refuse", "reason": "x"}).status_code == 400
    assert proposed.reviews() == []


@pytest.mark.parametrize(
    ("body", "kind"),
    [
        (b"a" * 300_000, "application/x-www-form-urlencoded"),
        (b"&".join(b"a=1" for _ in range(400)), "application/x-www-form-urlencoded"),
        (b"token=%ff%fe", "application/x-www-form-urlencoded"),
        (b"\xff\xfe", "application/x-www-form-urlencoded"),
        (b"{}", "application/json"),
        (b"", ""),
    ],
)
def test_a_body_that_is_no_form_is_refused(client: TestClient, body: bytes, kind: str) -> None:
    """Too large, too many fields, not UTF-8, another type: a page that says so, no traceback."""
    answer = client.post(f"/review/{OWNS.id}", content=body, headers={"content-type": kind})
    assert answer.status_code == 400
    assert "Traceback" not in answer.text


@pytest.mark.parametrize(("to", "fields"), [("cl-none", {"act": "refuse", "reason": "x"}), ("undo", {"seq": "99"}),
                                            ("undo", {"seq": "x"}), ("undo", {"seq": "²"}), ("undo", {})])  # fmt: skip
def test_a_mistake_has_its_page(client: TestClient, to: str, fields: dict[str, str]) -> None:
    """Nothing is decided; the fault is told."""
    assert _post(client, to, **fields).status_code in (400, 404)


def test_hostile_words_are_words(example: Workspace) -> None:
    """In the quote, the names, the chain, the title, the publisher, the address and the version."""
    text = replace(TEXT, title=HOSTILE, publisher=HOSTILE, url=f"javascript:{HOSTILE}")
    claim = replace(SEAT, subject=(HOSTILE,), attribution=(HOSTILE, HOSTILE), site=HOSTILE, version=HOSTILE)
    example.propose(text, [claim], publisher_class="press")
    client = _client(example)
    for address in ("/review", f"/review/{SEAT.id}"):
        page = client.get(address).text
        assert "<script>alert" not in page
        assert "<img" not in page
        assert 'href="javascript' not in page
    _post(client, SEAT.id, act="refuse", reason=HOSTILE)
    assert "<script>alert" not in client.get("/review/log").text


def test_an_empty_queue_says_what_is_missing(example: Workspace) -> None:
    """And how claims come in."""
    page = _client(example).get("/review")
    assert page.status_code == 200
    assert "/review/new" in page.text


def test_the_log_lists_every_decision(client: TestClient) -> None:
    """Those that were taken back too."""
    _post(client, OWNS.id, act="refuse", reason="not in the registry")
    _post(client, "undo")
    text = client.get("/review/log").text
    assert "not in the registry" in text
    assert "taken back" in text


def test_the_order_of_claims_is_that_of_the_commands(client: TestClient, proposed: Workspace) -> None:
    """One queue, three doors."""
    row = re.compile(r'<a href="/review/(cl-[0-9a-f]+)"(?: aria-current="true")?>\s*<span class="st')
    listed = row.findall(client.get("/review").text)
    assert listed == [i["id"] for i in proposed.review_queue()["items"]]
    assert len(listed) == len(CLAIMS)
