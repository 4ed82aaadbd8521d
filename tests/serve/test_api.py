"""JSON over HTTP: the same values as in Python, under options that are declared once."""

from __future__ import annotations

import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from serve_support import TestClient

import longarm
from longarm.model.options import ReachOptions, declared
from longarm.serve.app import create_app
from longarm.serve.asked import FILE, offered
from longarm.serve.turns import in_turn

REACH = "/api/reach/{site}/{state}"
ANSWERS = {
    "/": "/",
    "/sites/{site}/dossier": "/sites/port-of-norhaven/dossier",
    "/sites/{site}/dossier/print.css": "/sites/port-of-norhaven/dossier/print.css",
    "/sites/{site}/dossier.{form}": "/sites/port-of-norhaven/dossier.html",
    "/api/dossier/{site}.{form}": "/api/dossier/port-of-norhaven.json",
    "/sites/{site}/evidence.{form}": "/sites/port-of-norhaven/evidence.csv",
    "/api/evidence/{site}.{form}": "/api/evidence/port-of-norhaven.stix",
    "/sites/{site}/{state}": "/sites/port-of-norhaven/AU",
    "/documents/{identity}": "/documents/{document}",
    "/documents/{identity}/original": "/documents/{document}/original",
    "/statements/{identity}": "/statements/{statement}",
    "/explain/{identity:path}": "/explain/port-of-norhaven",
    "/law/{instrument}": "/law/au-soci-2018",
    "/review": "/review",
    "/review/log": "/review/log",
    "/review/new": "/review/new",
    "/api/sites": "/api/sites",
    REACH: "/api/reach/port-of-norhaven/AU",
    "/api/explain/{identity:path}": "/api/explain/port-of-norhaven",
    "/healthz": "/healthz",
    "/openapi.json": "/openapi.json",
}

LEADS = {"/sites/{site}": ("/sites/port-of-norhaven?lang=fr", "/sites/port-of-norhaven/dossier?lang=fr")}
"""Routes that lead to another."""

ELSEWHERE = ("/review/{claim}",)
"""Routes that need a claim: tests/review asks them."""


def _routes(folder: Path) -> Iterator[str]:
    app = create_app(longarm.open(folder))
    found = [app.router]
    while found:
        router = found.pop()
        for route in router.routes:
            inner = getattr(route, "original_router", None) or getattr(route, "router", None)
            if inner is not None and hasattr(inner, "routes"):
                found.append(inner)
            elif getattr(route, "path", "") and not route.path.startswith("/static"):
                yield route.path


def test_every_route_is_known_here(example_made: Path) -> None:
    """A route that nobody tests cannot be added in silence."""
    assert sorted(set(_routes(example_made))) == sorted([*ANSWERS, *LEADS, *ELSEWHERE])


@pytest.mark.parametrize("route", LEADS)
def test_a_route_that_leads_elsewhere_carries_what_was_asked(client: TestClient, route: str) -> None:
    """The site's own address is that of its dossier."""
    address, to = LEADS[route]
    response = client.get(address)
    assert (response.status_code, response.headers["location"]) == (307, to)


@pytest.mark.parametrize("route", ANSWERS)
def test_every_route_answers(client: TestClient, route: str) -> None:
    """Each with 200, and with the headers that keep it to its own address."""
    report = client.get("/api/reach/port-of-norhaven/AU").json()
    statement, said = next((i, s) for i, s in report["statements"].items() if s["document"])
    response = client.get(ANSWERS[route].format(document=said["document"], statement=statement))
    assert response.status_code == 200
    assert response.headers["content-security-policy"].startswith("default-src 'self';")


def test_reach_is_the_report_that_python_gives(client: TestClient, example_made: Path) -> None:
    """One verb, one answer, whichever door."""
    asked = ReachOptions(as_of="2026-01-01", reading="wide")
    given = client.get("/api/reach/port-of-norhaven/CH", params={"as_of": "2026-01-01", "reading": "wide"}).json()
    assert given == longarm.open(example_made).reach("port-of-norhaven", "CH", asked)


def test_an_empty_option_counts_as_not_given(client: TestClient) -> None:
    """A form sends its empty fields too."""
    plain = client.get("/api/reach/port-of-norhaven/CH").json()
    assert client.get("/api/reach/port-of-norhaven/CH?as_of=&reading=").json() == plain


def test_explain_takes_any_id(client: TestClient) -> None:
    """An id may hold signs that an address gives another meaning, as an article's does."""
    found = client.get("/api/explain/law%3Aau-soci-2018%2335AA-35AB").json()
    assert (found["kind"], found["prop"]) == ("article", "article 35AA-35AB")


def test_sites_lists_cases_and_states(client: TestClient) -> None:
    """What there is to ask about."""
    (site,) = client.get("/api/sites").json()
    assert (site["site"], site["states"], site["own_state"]) == ("port-of-norhaven", ["AU", "CH", "PT"], "PT")


def test_the_description_lists_the_options_as_they_are_declared(client: TestClient) -> None:
    """Names, help and choices stand once, in `model.options`; OpenAPI repeats them word for word."""
    parameters = client.get("/openapi.json").json()["paths"][REACH]["get"]["parameters"]
    given = {p["name"]: p for p in parameters if p["in"] == "query"}
    assert list(given) == [o.name for o in offered(ReachOptions)]
    for option in offered(ReachOptions):
        assert given[option.name]["description"] == option.says
        assert given[option.name]["schema"].get("enum") == (list(option.choices) if option.choices else None)


def test_an_option_that_names_a_file_is_not_offered_over_http(client: TestClient) -> None:
    """The file would be the server's own, read for whoever asks."""
    named = {o.name for o in declared(ReachOptions) if o.metavar == FILE}
    page = client.get("/sites/port-of-norhaven/AU").text
    parameters = client.get("/openapi.json").json()["paths"][REACH]["get"]["parameters"]
    for name in named:
        assert name not in {p["name"] for p in parameters}
        assert f'name="{name}"' not in page
        assert client.get("/api/reach/port-of-norhaven/AU", params={name: "/etc/passwd"}).json() == (
            client.get("/api/reach/port-of-norhaven/AU").json()
        )


def test_no_documentation_page_loads_from_elsewhere(client: TestClient) -> None:
    """The shipped ones load their script from another address; the description itself stays."""
    assert client.get("/docs").status_code == client.get("/redoc").status_code == 404


@pytest.mark.parametrize("route", [r for r in ANSWERS if r not in ("/review/log", "/review/new")])
def test_routes_only_read(client: TestClient, route: str) -> None:
    """Nothing but GET is open; a decision of review is a form that tests/review tries."""
    for method in ("POST", "PUT", "PATCH", "DELETE"):
        assert client.request(method, ANSWERS[route]).status_code == 405


def test_equal_questions_are_computed_one_after_the_other() -> None:
    """The first computes, the rest find it done; nobody does the same work twice at once."""
    inside, most = 0, 0

    def slow(*_: object) -> dict[str, object]:
        nonlocal inside, most
        inside += 1
        most = max(most, inside)
        time.sleep(0.01)
        inside -= 1
        return {}

    reach = in_turn(slow)
    with ThreadPoolExecutor(8) as pool:
        list(pool.map(lambda _: reach("site", "AU", ReachOptions()), range(8)))
    assert most == 1
