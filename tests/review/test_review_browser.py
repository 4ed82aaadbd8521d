"""Article in, claims, review, findings changed: one journey in a real browser, by keyboard and without a script."""

from __future__ import annotations

import socket
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from article import ACCESS, CLAIMS, SILENCE, TEXT

import longarm
from tests_support import case

if TYPE_CHECKING:
    from playwright.sync_api import Browser

pytestmark = pytest.mark.browser


@pytest.fixture
def served(tmp_path: Path) -> Iterator[tuple[str, Path]]:
    """The example case with claims that wait, served by the command itself: address and workspace."""
    folder = tmp_path / "ws"
    workspace = longarm.init(folder)
    workspace.ingest(case("example"))
    workspace.propose(TEXT, CLAIMS, publisher_class="press")
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    command = [sys.executable, "-m", "longarm.cli", "--workspace", str(folder), "serve", "--port", str(port)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as server:
        assert server.stdout is not None
        assert str(port) in server.stdout.readline()
        yield f"http://127.0.0.1:{port}", folder
        server.terminate()


def test_review_by_keyboard(browser: Browser, served: tuple[str, Path]) -> None:
    """N and P move, A accepts what is suggested, U takes it back, R asks for the reason; the findings follow."""
    address, folder = served
    page = browser.new_page()
    said: list[str] = []
    page.on("console", lambda m: said.append(m.text))
    page.goto(f"{address}/review")
    first = page.locator("h1").inner_text()
    page.keyboard.press("n")
    page.wait_for_function("t => document.querySelector('h1').innerText !== t", arg=first)
    page.keyboard.press("p")
    page.wait_for_function("t => document.querySelector('h1').innerText === t", arg=first)
    page.select_option("#role", "remote maintainer")
    page.keyboard.press("Escape")
    page.keyboard.press("a")
    page.wait_for_selector("text=Decision 1: accept")
    assert "crane-controls" in page.locator("[role=status]").inner_text()
    assert longarm.open(folder).claim(ACCESS.id)["status"] == "accepted"
    page.goto(f"{address}/explain/{ACCESS.id}")
    assert ACCESS.quote in page.locator("main").inner_text()
    page.goto(f"{address}/review")
    page.keyboard.press("u")
    page.wait_for_selector("text=Decision 2: undo")
    page.goto(f"{address}/review/{SILENCE.id}")
    page.keyboard.press("r")
    page.keyboard.type("background only")
    page.keyboard.press("Enter")
    page.wait_for_selector("text=Decision 3: refuse")
    assert longarm.open(folder).reviews()[0]["reason"] == "background only"
    assert not said, said


def test_a_pasted_article_changes_the_dossier(browser: Browser, served: tuple[str, Path]) -> None:
    """Paste, read, accept, by keyboard; the page of the dossier says something else, and an undo brings it back."""
    address, folder = served
    page = browser.new_page()
    page.goto(f"{address}/sites/port-of-norhaven/dossier?states=AU")
    before = page.locator("main").inner_text()
    page.goto(f"{address}/review")
    page.keyboard.press("d")
    page.wait_for_selector("#t-text")
    page.fill("#t-text", TEXT.text.replace("Crane maker changes hands", "Crane maker has a new owner"))
    page.fill("#t-publisher", "Harbour Gazette")
    page.fill("#t-published", "2026-11-20")
    page.select_option("#t-class", "press")
    page.keyboard.press("Enter")
    page.wait_for_selector("text=is read:")
    waiting = longarm.open(folder).review_queue()["items"]
    access = next(i for i in waiting if i["claim"]["relation"] == "has_access" and i["document"]["title"] != TEXT.title)
    page.goto(f"{address}/review/{access['id']}")
    for i, mention in enumerate(access["mentions"], start=1):
        meant = "kestrel-terminals" if mention["mention"] in access["claim"]["subject"] else "crane-controls"
        assert page.locator(f"#m{i} option[value='{meant}']").count() == 1
        page.select_option(f"#m{i}", meant)
    page.select_option("#role", "remote maintainer")
    page.keyboard.press("Escape")
    page.keyboard.press("a")
    page.wait_for_selector("text=Decision 1: accept")
    page.goto(f"{address}/sites/port-of-norhaven/dossier?states=AU")
    assert page.locator("main").inner_text() != before
    page.goto(f"{address}/review")
    page.keyboard.press("u")
    page.wait_for_selector("text=Decision 2: undo")


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [1440, 1024, 390])
def test_the_page_reads_and_works_without_a_script(
    browser: Browser, served: tuple[str, Path], width: int, scheme: str
) -> None:
    """Nothing runs over the edge, nothing is complained of; the forms alone decide."""
    address, folder = served
    context = browser.new_context(
        viewport={"width": width, "height": 900}, java_script_enabled=False,
        color_scheme="dark" if scheme == "dark" else "light",
    )  # fmt: skip
    page = context.new_page()
    page.goto(f"{address}/review")
    assert page.locator("h1").count() == 1
    box = page.locator("main").bounding_box()
    assert box is not None
    assert box["width"] <= width
    for part in (".queue", ".words", ".decision"):
        inner = page.locator(part).bounding_box()
        assert inner is not None
        assert inner["x"] >= 0
        assert inner["x"] + inner["width"] <= width + 1
    page.click("button[data-key=a]")
    assert "Decision 1: accept" in page.locator("[role=status]").inner_text()
    page.goto(f"{address}/review/log")
    page.click("button:has-text('Undo')")
    assert longarm.open(folder).claim(ACCESS.id)["status"] == "pending"
    context.close()


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_page_is_accessible(browser: Browser, served: tuple[str, Path], scheme: str) -> None:
    """No violation that axe finds."""
    from axe_playwright_python.sync_playwright import Axe

    page = browser.new_page(color_scheme="dark" if scheme == "dark" else "light", bypass_csp=True)
    for path in ("/review", "/review/log", "/review/new"):
        page.goto(served[0] + path)
        found = Axe().run(page).response["violations"]
        assert not found, [(v["id"], [n["html"] for n in v["nodes"]]) for v in found]
