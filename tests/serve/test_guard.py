"""What stands before every answer: the host that is asked for, and the headers."""

from __future__ import annotations

from pathlib import Path

import pytest
from serve_support import TestClient

import longarm
from longarm.serve import guard
from longarm.serve.app import create_app


@pytest.mark.parametrize("host", ["localhost", "localhost:8321", "127.0.0.1:80", "[::1]:8321", "LOCALHOST"])
def test_its_own_names_are_answered(client: TestClient, host: str) -> None:
    """The loopback address under each of its names, at any port."""
    assert client.get("/healthz", headers={"host": host}).status_code == 200


@pytest.mark.parametrize("host", ["example.org", "localhost.example.org", "127.0.0.1.example.org", "10.0.0.7", ""])
def test_a_foreign_name_is_refused(client: TestClient, host: str) -> None:
    """A page elsewhere whose name was rebound to this machine reads nothing."""
    response = client.get("/api/sites", headers={"host": host})
    assert response.status_code == 421
    assert "norhaven" not in response.text


def test_the_host_that_was_given_is_answered(example_made: Path) -> None:
    """`--host` adds its own name, and only that."""
    found = TestClient(create_app(longarm.open(example_made), "case.internal"), base_url="http://case.internal:8321")
    assert found.get("/healthz").status_code == 200
    assert found.get("/healthz", headers={"host": "other.internal"}).status_code == 421


def test_a_server_on_every_address_answers_to_addresses_but_not_to_names() -> None:
    """Rebinding always comes under a name."""
    own = guard.hosts("0.0.0.0")
    assert guard.is_own("192.0.2.7:8321", own)
    assert guard.is_own("[2001:db8::7]:8321", own)
    assert not guard.is_own("example.org", own)


@pytest.mark.parametrize("address", ["/", "/api/sites", "/static/longarm.css", "/nowhere", "/api/nowhere"])
def test_headers_keep_an_answer_to_its_own_address(client: TestClient, address: str) -> None:
    """Nothing from elsewhere, nothing inline, no frame, no guess of a type, no word to whom a link leads."""
    given = client.get(address).headers
    policy = given["content-security-policy"]
    assert "default-src 'self'" in policy
    assert "frame-ancestors 'none'" in policy
    assert "unsafe" not in policy
    assert given["x-content-type-options"] == "nosniff"
    assert given["referrer-policy"] == "no-referrer"


def test_a_path_out_of_the_static_folder_gives_nothing(client: TestClient) -> None:
    """Only the files that are meant to be seen."""
    for path in ("/static/../app.py", "/static/%2e%2e/app.py", "/static/..%2fapp.py", "/static/", "/static/fonts"):
        assert client.get(path).status_code == 404, path
