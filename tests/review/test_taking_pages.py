"""The page by which a document comes in: pasted, as a file, by its address; kept, read, and nothing taken by force."""

from __future__ import annotations

import re
import warnings
from typing import Any

import pytest

from longarm.serve.app import create_app
from longarm.workspace import Workspace

with warnings.catch_warnings():
    warnings.filterwarnings("ignore", message="Using `httpx`")  # Starlette would rather have httpx2
    from fastapi.testclient import TestClient

WORDS = (
    "Kestrel Terminals holds 30 percent of Norhaven Port Company, the ministry said on Tuesday.\n"
    "The firm denied that it had shared data with the government.\n"
)
PAGE = (
    '<html lang="en"><head><title>Kestrel</title><script>alert(1)</script></head><body><article>'
    + "".join(f"<p>{line}</p>" for line in WORDS.splitlines())
    + "</article></body></html>"
)


def _client(ws: Workspace, host: str | None = None) -> TestClient:
    return TestClient(
        create_app(ws, host), base_url=f"http://{host or 'localhost'}", raise_server_exceptions=False,
        follow_redirects=False,
    )  # fmt: skip


@pytest.fixture
def client(example: Workspace) -> TestClient:
    """The server over the example case, nothing proposed."""
    return _client(example)


def _post(client: TestClient, file: tuple[str, bytes] | None = None, token: str | None = None, **fields: str) -> Any:
    found = re.search(r'name="token" value="([^"]+)"', client.get("/review/new").text)
    assert found
    data = {"token": found[1] if token is None else token, **fields}
    return client.post("/review/new", data=data, files={"file": file or ("", b"")})


def test_a_pasted_text_is_read_and_kept(client: TestClient, example: Workspace) -> None:
    """Its claims wait; the page that follows shows the first of them and says so."""
    answer = _post(client, text=WORDS, publisher="Harbour Gazette", published="2026-11-20", title="Kestrel")
    assert answer.status_code == 303
    page = client.get(answer.headers["location"]).text
    assert "is read: 2 claims wait" in page
    items = example.review_queue()["items"]
    assert {i["claim"]["relation"] for i in items} == {"owns", "transfers_data_to"}
    assert {i["document"]["title"] for i in items} == {"Kestrel"}
    (owns,) = (i["claim"] for i in items if i["claim"]["relation"] == "owns")
    assert WORDS[owns["start"] : owns["end"]] == owns["quote"]


def test_a_file_is_kept_as_it_came_beside_its_text(client: TestClient, example: Workspace) -> None:
    """The text says from which original it was read; that is saved, never shown."""
    answer = _post(client, ("kestrel.html", PAGE.encode()), publisher="Harbour Gazette")
    assert answer.status_code == 303
    item = example.review_queue()["items"][0]
    text = client.get(f"/documents/{item['document']['kept']}").text
    original = example.documents()[item["document"]["kept"]]["taken_from"]
    assert f"/documents/{original}" in text
    shown = client.get(f"/documents/{original}")
    assert "alert(1)" not in shown.text
    saved = client.get(f"/documents/{original}/original")
    assert saved.content == PAGE.encode()
    assert saved.headers["content-disposition"].startswith("attachment")
    assert saved.headers["content-type"] == "application/octet-stream"


def test_the_same_document_twice_proposes_nothing_twice(client: TestClient, example: Workspace) -> None:
    """Nor does it keep anything twice."""
    assert _post(client, text=WORDS).status_code == 303
    kept = example.documents()
    assert _post(client, text=WORDS).status_code == 303
    assert example.documents() == kept
    assert example.review_queue()["pending"] == 2


@pytest.mark.parametrize(
    ("file", "fields", "said"),
    [
        (None, {}, "nothing was handed in"),
        (None, {"text": " \n "}, "nothing was handed in"),
        (None, {"url": "ftp://example.org/a"}, "is no address of the web"),
        (None, {"url": "http://127.0.0.1:1/a"}, "not fetched"),
        (None, {"text": WORDS, "published": "last week"}, "not a date"),
        (None, {"text": WORDS, "publisher_class": "oracle"}, "is not a class of publisher"),
        (("a.png", b"\x89PNG\r\n"), {}, "which is not read"),
        (("../../a.pdf", b"%PDF-1.7 broken"), {}, "is not read"),
    ],
)
def test_what_cannot_be_taken_is_told_and_nothing_is_lost(
    client: TestClient, example: Workspace, file: tuple[str, bytes] | None, fields: dict[str, str], said: str
) -> None:
    """The page stands again with what was written in it; nothing was kept."""
    answer = _post(client, file, **fields, title="My title")
    assert answer.status_code == 400
    assert said in answer.text
    assert 'value="My title"' in answer.text
    assert not [d for d in example.documents().values() if d["dataset"] == "review"]


def test_a_page_elsewhere_hands_in_nothing(client: TestClient, example: Workspace) -> None:
    """No token, and no form of another kind."""
    assert _post(client, token="x", text=WORDS).status_code == 400
    assert client.post("/review/new", data={"text": WORDS}).status_code == 400
    assert (
        client.post("/review/new", content=b"x" * 10, headers={"content-type": "multipart/form-data"}).status_code
        == 400
    )
    assert example.review_queue()["pending"] == 0


def test_a_file_that_is_too_large_is_refused(client: TestClient, monkeypatch: pytest.MonkeyPatch) -> None:
    """Before it is read."""
    monkeypatch.setattr("longarm.workspace.extracting.LARGEST", 1000)
    monkeypatch.setattr("longarm.serve.forms.LARGEST", 1000)
    assert _post(client, ("a.txt", b"a" * 50_000)).status_code == 400


def test_a_server_on_another_address_takes_nothing(example: Workspace) -> None:
    """It knows nobody by name."""
    client = _client(example, "case.internal")
    assert 'name="token"' not in client.get("/review/new").text
    assert client.post("/review/new", data={"text": WORDS}, files={"file": ("", b"")}).status_code == 400
