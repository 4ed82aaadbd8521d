"""Faults over HTTP: one table, problem+json for programs, a page for people, no trace of the inside."""

from __future__ import annotations

from pathlib import Path

import pytest
from serve_support import TestClient, client_of

import longarm
from longarm import errors
from longarm.serve import faults
from longarm.workspace import Workspace

CASES = [
    ("/sites/port-of-norhaven/ZZ", 404, "There is no state &#39;ZZ&#39;", "an ISO 3166 code"),
    ("/sites/nowhere/AU", 404, "There is no site &#39;nowhere&#39;", "sites here: port-of-norhaven"),
    ("/sites/nowhere", 404, "There is no site &#39;nowhere&#39;", "sites here: port-of-norhaven"),
    ("/sites/port-of-norhaven/AU?as_of=yesterday", 400, "&#39;yesterday&#39; is not a date", "a day as 2026-11-23"),
    ("/sites/port-of-norhaven/AU?grades=kind", 400, "there is no table &#39;kind&#39;", "one of: sceptical, trusting"),
    ("/sites/port-of-norhaven/dossier?state=ZZ", 404, "There is no state &#39;ZZ&#39;", "an ISO 3166 code"),
    ("/sites/port-of-norhaven/dossier.xls", 400, "&#39;xls&#39; is no form of a dossier", "one of: html"),
    ("/sites/port-of-norhaven/evidence.xls", 400, "&#39;xls&#39; is no format of evidence", "one of: ftm"),
    ("/documents/0000", 404, "No document here has the id &#39;0000&#39;", "SHA-256"),
    ("/documents/0000?start=one", 400, "start:", "not &#39;one&#39;"),
    ("/statements/0000", 404, "Nothing here has the id &#39;0000&#39;", "an id of a statement"),
    ("/law/xx-0000", 404, "the law base holds no &#39;xx-0000&#39;", "longarm law list"),
    ("/nowhere", 404, "There is no such page", "start from the cases"),
]


@pytest.mark.parametrize(("address", "status", "said", "mend"), CASES)
def test_a_fault_is_a_page(client: TestClient, address: str, status: int, said: str, mend: str) -> None:
    """It names the thing, the place, the value, what was expected, and what still stands."""
    response = client.get(address)
    assert response.status_code == status
    assert said.lower() in response.text.lower()
    assert mend in response.text
    assert "Nothing was changed" in response.text
    assert "Traceback" not in response.text


@pytest.mark.parametrize(
    ("address", "status", "code"),
    [
        ("/api/reach/port-of-norhaven/ZZ", 404, "unknown_state"),
        ("/api/reach/nowhere/AU", 404, "unknown_site"),
        ("/api/reach/port-of-norhaven/AU?known_at=2026", 400, "option"),
        ("/api/explain/nothing", 404, "unknown_entity"),
        ("/api/nothing", 404, "not_found"),
    ],
)
def test_a_fault_is_a_problem_to_programs(client: TestClient, address: str, status: int, code: str) -> None:
    """RFC 9457, with the code and the mend that the command line gives too."""
    response = client.get(address)
    problem = response.json()
    assert response.headers["content-type"] == "application/problem+json"
    assert response.status_code == problem["status"] == status
    assert problem["error"] == code
    assert problem["type"] == "about:blank"
    assert problem["instance"] == address.partition("?")[0]
    assert problem["detail"]
    assert problem["mend"]


def test_every_error_has_a_status() -> None:
    """The table reaches each class of the tree; an input at fault is never the server's fault."""

    def below(of: type[errors.LongarmError]) -> list[type[errors.LongarmError]]:
        return [of, *(d for c in of.__subclasses__() for d in below(c))]

    status = {c: faults.of(c("said")).status for c in below(errors.LongarmError)}
    assert all(400 <= s < 500 for c, s in status.items() if issubclass(c, errors.InputError))
    assert status[errors.Damaged] == status[errors.NoWorkspace] == 503
    assert status[errors.ContractError] == 500


def test_damaged_bytes_are_said_and_not_shown(example: Workspace) -> None:
    """A document whose bytes are not those that were committed gives 503 with its name, and no text of it."""
    document = next(iter(example.documents()))
    (path,) = [p for p in Path(example.layout.documents).rglob("*") if p.is_file() and document in p.name]
    path.chmod(0o644)
    path.write_bytes(b"something else")
    client = client_of(longarm.open(example.layout.root))
    response = client.get(f"/documents/{document}")
    assert response.status_code == 503
    assert "something else" not in response.text


def test_the_unforeseen_tells_nothing_of_the_inside(example: Workspace, monkeypatch: pytest.MonkeyPatch) -> None:
    """A fault of our own is answered in words, with the same headers, and its trace stays on the server."""

    def broken(*_: object) -> None:
        raise RuntimeError("secret of the inside")

    monkeypatch.setattr(Workspace, "cases", broken)
    for address in ("/", "/api/sites"):
        response = client_of(example).get(address)
        assert response.status_code == 500
        assert "secret of the inside" not in response.text
        assert response.headers["x-content-type-options"] == "nosniff"
