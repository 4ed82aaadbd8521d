"""What the tests of the server share: a client, and every address that a reader can reach by following links."""

from __future__ import annotations

import html
import re
import warnings
from functools import cache
from urllib.parse import urlsplit

from longarm.serve.app import create_app
from longarm.workspace import Workspace

with warnings.catch_warnings():
    warnings.filterwarnings("ignore", message="Using `httpx`")  # Starlette would rather have httpx2
    from fastapi.testclient import TestClient

HOSTILE = '<script>alert(1)</script>"><img src=x onerror=alert(2)>'
LINK = re.compile(r"<(a|link|form|img|script|use|iframe|input)\b([^>]*)>")
ADDRESS = re.compile(r'(?:href|src|action)="([^"]*)"')


def client_of(workspace: Workspace) -> TestClient:
    """Give a client that comes under the server's own name and does not follow where it is sent."""
    return TestClient(
        create_app(workspace), base_url="http://localhost", raise_server_exceptions=False, follow_redirects=False
    )


def links(page: str) -> list[tuple[str, str, str]]:
    """Give (element, its attributes, the address) of all that a page points to."""
    found = []
    for element, attributes in LINK.findall(page):
        found += [(element, attributes, html.unescape(a)) for a in ADDRESS.findall(attributes)]
    return found


@cache
def crawl(client: TestClient, start: str = "/", limit: int = 400) -> dict[str, str]:
    """Give the pages that can be reached from `start` with their text, following where they send; looked up once."""
    waiting, seen = [start], {}
    while waiting and len(seen) < limit:
        address = waiting.pop(0)
        if address in seen:
            continue
        response = client.get(address, follow_redirects=True)
        assert response.status_code == 200, f"{address}: {response.status_code}\n{response.text[:2000]}"
        is_kept = "attachment" in response.headers.get("content-disposition", "")
        is_page = response.headers["content-type"].startswith("text/html") and not is_kept
        seen[address] = response.text if is_page else ""
        for _, _, to in links(seen[address]):
            parts = urlsplit(to)
            is_asked_again = re.search(r"/(dossier|evidence)\.\w+$", parts.path) and parts.query
            if not parts.scheme and not parts.netloc and to.startswith("/") and not is_asked_again:
                waiting.append(to.partition("#")[0])
    return seen
