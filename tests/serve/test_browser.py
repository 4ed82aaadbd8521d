"""The page in a real browser: Debian's Chromium, wide and narrow, light, dark and in print, with scripts off."""

from __future__ import annotations

import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

import longarm
from tests_support import case

pytestmark = pytest.mark.browser
PAGES = ("/", "/sites/liege-airport", "/sites/liege-airport/CN", "/sites/liege-airport/FR", "/law/cn-nil-2017")


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The Liège case, served by the command itself."""
    folder = tmp_path_factory.mktemp("served") / "ws"
    longarm.init(folder).ingest(case("liege"))
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    command = [sys.executable, "-m", "longarm.cli", "--workspace", str(folder), "serve", "--port", str(port)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as server:
        assert server.stdout is not None
        assert f"http://127.0.0.1:{port}/" in server.stdout.readline()
        yield f"http://127.0.0.1:{port}"
        server.terminate()
        started = time.monotonic()
        assert server.wait(20) is not None
        assert time.monotonic() - started < 20


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [1440, 1024, 390])
@pytest.mark.parametrize("path", PAGES)
def test_a_page_reads_at_every_width_without_a_script(
    browser: object, address: str, path: str, width: int, scheme: str
) -> None:
    """Nothing runs over the edge, nothing is asked of another address, nothing is complained of in the console."""
    context = browser.new_context(  # type: ignore[attr-defined]
        viewport={"width": width, "height": 900}, java_script_enabled=False, color_scheme=scheme
    )
    asked: list[str] = []
    said: list[str] = []
    page = context.new_page()
    page.on("request", lambda r: asked.append(r.url))
    page.on("console", lambda m: said.append(m.text))
    answer = page.goto(address + path)
    assert answer.ok
    assert page.locator("h1").count() == 1
    assert page.locator("main").is_visible()
    assert all(url.startswith((address, "data:")) for url in asked), asked
    assert not said, said
    box = page.locator("body").bounding_box()
    assert box is not None
    assert box["width"] <= width
    for name in ("main", "header"):
        for found in page.locator(name).all():
            inner = found.bounding_box()
            assert inner is None or inner["x"] + inner["width"] <= width + 1, name
    context.close()


def test_the_answer_leads_to_its_quote_by_keyboard(browser: object, address: str) -> None:
    """From the list of evidence to the words in the document, with Tab and Enter alone."""
    context = browser.new_context(viewport={"width": 1440, "height": 900}, java_script_enabled=False)  # type: ignore[attr-defined]
    page = context.new_page()
    page.goto(f"{address}/sites/liege-airport/CN#evidence")
    target = page.locator('#evidence a[href*="/documents/"][href*="start="]').first
    href = target.get_attribute("href")
    for _ in range(400):
        page.keyboard.press("Tab")
        if page.locator(":focus").get_attribute("href") == href:
            break
    else:
        pytest.fail("the link is never focused")
    with page.expect_navigation():
        page.keyboard.press("Enter")
    assert page.locator("mark").first.is_visible()
    assert page.get_by_text("Our note").first.is_visible()
    context.close()


def test_the_printed_page_is_a4_and_keeps_its_words(browser: object, address: str, tmp_path: Path) -> None:
    """A PDF of a few pages, whose text can be selected."""
    context = browser.new_context()  # type: ignore[attr-defined]
    page = context.new_page()
    page.goto(f"{address}/sites/liege-airport/CN")
    page.emulate_media(media="print")
    path = tmp_path / "page.pdf"
    page.pdf(path=path, prefer_css_page_size=True)
    assert path.read_bytes().startswith(b"%PDF")
    assert 10_000 < path.stat().st_size < 5_000_000
    context.close()
