"""The dossier in a real browser and on paper: accessible, read without a script, by keyboard, in print, as PDF.

The shipped Liège case stands for what is usual; the hard case (tests/dossier/hard_case.py) for what is not.
"""

from __future__ import annotations

import ctypes
import os
import socket
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pypdfium2
import pytest
from pypdfium2 import raw

import longarm
from dossier.hard_case import SITE, UNANSWERED, UNANSWERED_CASE, hard_case
from longarm.dossier.whole import Whole, whole
from longarm.dossier.writing import Wanted, written
from tests_support import case

if TYPE_CHECKING:
    from playwright.sync_api import Browser, BrowserContext, Page

pytestmark = pytest.mark.browser
SITES = ("liege-airport", SITE)
SHIPPED = {"liege": "liege-airport", "tollerort": "ctt-site", "cloud": "hdh-site"}
WIDTHS = (1440, 390)
SCHEMES = ("light", "dark")
PATIENCE = 120_000
"""Milliseconds in which a dossier must have been compiled, on a slow machine too."""
MARGIN = 15 / 25.4 * 72 - 1
"""Points that a printed page keeps free at its sides, less one for the round of a letter."""
OVER = """
width => [...document.querySelectorAll('body *')].filter(e => {
    const box = e.getBoundingClientRect();
    return box.width && box.right > width + 1 && !e.closest('.vh, .fig-hidden, .skip, nav, svg');
}).map(e => `${e.tagName}.${e.className}: ${(e.textContent || '').trim().slice(0, 60)}`)
"""
"""What runs over the right edge; the menu is moved sideways by itself, and drawings are cut at their frame."""


@pytest.fixture(scope="module")
def workspaces(tmp_path_factory: pytest.TempPathFactory) -> dict[str, longarm.Workspace]:
    """The shipped cases, each in a workspace of its own; the hard one beside Liège, in the one that is served."""
    folder = tmp_path_factory.mktemp("dossiers")
    found = {name: longarm.init(folder / name) for name in ("served", "tollerort", "cloud", "example")}
    for name in ("tollerort", "cloud", "example"):
        found[name].ingest(case(name))
    found["served"].ingest(case("liege"))
    found["served"].ingest(hard_case(folder / "hard"))
    return found | {"liege": found["served"]}


@pytest.fixture(scope="module")
def address(workspaces: dict[str, longarm.Workspace]) -> Iterator[str]:
    """Liège and the hard case, served by the command itself."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    root = str(workspaces["served"].layout.root)
    command = [sys.executable, "-m", "longarm.cli", "--workspace", root, "serve", "--port", str(port)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as server:
        assert server.stdout is not None
        assert f"http://127.0.0.1:{port}/" in server.stdout.readline()
        yield f"http://127.0.0.1:{port}"
        server.terminate()
        server.wait(20)


@pytest.fixture(scope="module")
def values(workspaces: dict[str, longarm.Workspace]) -> Callable[[str], dict[str, Any]]:
    """Compile the dossier of a shipped case, or of the hard one, when it is first asked for."""
    made: dict[str, dict[str, Any]] = {}

    def value(name: str) -> dict[str, Any]:
        if name not in made:
            workspace = workspaces["served" if name == "hard" else name]
            made[name] = workspace.dossier(SITE if name == "hard" else SHIPPED[name])
        return made[name]

    return value


@pytest.fixture(scope="module")
def files(values: Callable[[str], dict[str, Any]], tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """The dossiers of Liège and of the hard case as HTML files, by their site."""
    folder = tmp_path_factory.mktemp("files")
    found = {}
    for name, site in (("liege", SITES[0]), ("hard", SITE)):
        found[site] = folder / f"{name}.html"
        found[site].write_bytes(written(values(name), Wanted("html")))
    return found


def _context(browser: Browser, width: int, scheme: str = "light", **more: Any) -> BrowserContext:
    dark: Any = scheme
    made = browser.new_context(viewport={"width": width, "height": 900}, color_scheme=dark, **more)
    made.set_default_navigation_timeout(PATIENCE)
    return made


def _violations(page: Page, options: dict[str, Any] | None = None) -> list[str]:
    """Say what axe-core finds: the rule, and where."""
    from axe_playwright_python.sync_playwright import Axe

    found = Axe().run(page, options=options or {"resultTypes": ["violations"]}).response["violations"]
    return [f"{v['id']}: {v['help']}: {n['target']}" for v in found for n in v["nodes"]]


def _tab_to(page: Page, wanted: Callable[[str], bool]) -> str:
    """Press Tab until what has the focus is wanted; give its address, or else its id."""
    for _ in range(600):
        page.keyboard.press("Tab")
        focused = page.locator(":focus")
        name = focused.get_attribute("href") or f"#{focused.get_attribute('id')}"
        if focused.evaluate("e => e.tagName") == "SUMMARY":
            name = focused.inner_text()
        if wanted(name):
            return name
    pytest.fail("it is never focused")


def _is_in_sight(page: Page, selector: str) -> bool:
    """Say whether the first of what is selected stands in the window."""
    box = page.locator(selector).first.bounding_box()
    height = (page.viewport_size or {"height": 0})["height"]
    return box is not None and box["height"] > 0 and 0 <= box["y"] < height


@pytest.mark.parametrize("scheme", SCHEMES)
@pytest.mark.parametrize("width", WIDTHS)
@pytest.mark.parametrize("site", SITES)
def test_axe_finds_nothing_on_the_page(browser: Browser, address: str, site: str, width: int, scheme: str) -> None:
    """Names, roles, headings, languages, contrast: no violation at any width, light or dark."""
    context = _context(browser, width, scheme, bypass_csp=True)
    page = context.new_page()
    page.goto(f"{address}/sites/{site}/dossier")
    assert _violations(page) == []
    context.close()


@pytest.mark.parametrize(("site", "width", "scheme"), [(SITES[0], 1440, "light"), (SITES[1], 390, "dark")])
def test_axe_finds_nothing_in_the_file(
    browser: Browser, files: dict[str, Path], site: str, width: int, scheme: str
) -> None:
    """The file opened from a disk is as accessible as the page, its frame too."""
    context = _context(browser, width, scheme, bypass_csp=True)
    page = context.new_page()
    page.goto(files[site].as_uri())
    assert _violations(page) == []
    context.close()


@pytest.mark.parametrize("scheme", SCHEMES)
@pytest.mark.parametrize("width", WIDTHS)
@pytest.mark.parametrize("site", SITES)
def test_the_page_is_whole_without_a_script(browser: Browser, address: str, site: str, width: int, scheme: str) -> None:
    """Nothing is asked of another address, nothing said in the console, nothing over the edge, all chapters there."""
    context = _context(browser, width, scheme, java_script_enabled=False)
    asked: list[str] = []
    said: list[str] = []
    page = context.new_page()
    page.on("request", lambda r: asked.append(r.url))
    page.on("console", lambda m: said.append(m.text))
    answer = page.goto(f"{address}/sites/{site}/dossier")
    assert answer is not None
    assert answer.ok
    assert all(url.startswith((f"{address}/", "data:")) for url in asked), asked
    assert said == []
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    assert page.evaluate(OVER, width) == []
    assert page.locator("h1").count() == 1
    for name in ("said", "law", "sources", "evidence", "computed", "disagree"):
        assert page.locator(f"#{name} h2").first.is_visible(), name
    context.close()


@pytest.mark.parametrize("width", WIDTHS)
@pytest.mark.parametrize("site", SITES)
def test_the_file_asks_nobody_for_anything(browser: Browser, files: dict[str, Path], site: str, width: int) -> None:
    """Style, fonts and drawings are inside, and nothing runs over the edge."""
    context = _context(browser, width)
    asked: list[str] = []
    said: list[str] = []
    page = context.new_page()
    page.on("request", lambda r: asked.append(r.url))
    page.on("console", lambda m: said.append(m.text))
    page.goto(files[site].as_uri())
    assert [url for url in asked if not url.startswith("data:")] == [files[site].as_uri()]
    assert said == []
    assert page.evaluate(OVER, width) == []
    context.close()


def test_a_chapter_and_the_quoted_words_are_reached_by_keyboard(browser: Browser, address: str) -> None:
    """From the top to a chapter, from there to a reference, from there to the words marked in their document."""
    context = _context(browser, 1440, java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{address}/sites/liege-airport/dossier")
    page.keyboard.press("Tab")
    assert page.locator(":focus").get_attribute("href") == "#main"
    _tab_to(page, lambda name: name == "#state-CN" and page.locator(".toc a:focus").count() == 1)
    page.keyboard.press("Enter")
    assert page.url.endswith("#state-CN")
    assert _is_in_sight(page, "#state-CN h2")
    to = _tab_to(page, lambda name: name.startswith("#e") and page.locator(f"{name} mark").count() > 0)
    assert page.locator(":focus").inner_text() == f"[{to.removeprefix('#e')}]"
    page.keyboard.press("Enter")
    assert page.url.endswith(to)
    assert _is_in_sight(page, f"{to} mark")
    assert page.locator(f"{to} mark").inner_text().strip()
    context.close()


def test_the_evidence_of_a_tie_is_opened_by_keyboard(browser: Browser, address: str) -> None:
    """What is folded away is a control of its own: Enter shows the words, who says them and through whom."""
    context = _context(browser, 1440, java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{address}/sites/liege-airport/dossier#state-CN")
    assert not page.locator("#state-CN details.ev .said").first.is_visible()
    _tab_to(page, lambda name: name.startswith("Open the evidence"))
    page.keyboard.press("Enter")
    opened = page.locator("#state-CN details.ev[open]").first
    assert opened.locator(".say, .inplace").first.is_visible()
    assert opened.locator(".crumbs").first.is_visible()
    context.close()


def test_who_disagrees_asks_again_by_keyboard(browser: Browser, address: str) -> None:
    """Another threshold, typed and sent with Enter: the page is computed again, and says first what was supposed."""
    context = _context(browser, 1440, java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{address}/sites/liege-airport/dossier")
    assert page.locator(".supposed").count() == 0
    _tab_to(page, lambda name: name == "#gaps")
    page.keyboard.press("Enter")
    _tab_to(page, lambda name: name == "#ask-threshold")
    page.keyboard.type("0.9")
    with page.expect_navigation():
        page.keyboard.press("Enter")
    assert "threshold=0.9" in page.url
    assert "the threshold is 0.90" in page.locator(".supposed").inner_text()
    assert _is_in_sight(page, ".supposed")
    assert page.locator("#ask-threshold").input_value() == "0.9"
    context.close()


@pytest.mark.parametrize("site", SITES)
def test_the_page_is_printed_in_its_columns(
    browser: Browser, files: dict[str, Path], site: str, tmp_path: Path
) -> None:
    """A4, no word cut at the edge, and a sentence of the answer in lines of words, not of letters."""
    context = _context(browser, 1440, java_script_enabled=False)
    page = context.new_page()
    page.goto(files[site].as_uri())
    sentence = page.locator("table.reach .why", has_text="Nothing found").first.inner_text()
    page.emulate_media(media="print")
    page.pdf(path=tmp_path / "page.pdf", prefer_css_page_size=True)
    context.close()
    document = pypdfium2.PdfDocument(tmp_path / "page.pdf")
    assert document[0].get_size() == pytest.approx((595, 842), abs=1)
    words = " ".join(document[i].get_textpage().get_text_range() for i in range(3))
    assert sentence in " ".join(words.split())
    assert _over_the_edge(document) == []


def _over_the_edge(document: pypdfium2.PdfDocument) -> list[str]:
    """Give the pages with a letter in the margin of their sides, and that letter's neighbours."""
    found = []
    for number, page in enumerate(document, start=1):
        width, text = page.get_width(), page.get_textpage()
        for i in range(text.count_chars()):
            left, _, right, _ = text.get_charbox(i)
            if right > left and (left < MARGIN or right > width - MARGIN):
                found.append(f"page {number}: {text.get_text_range(max(0, i - 20), 30)!r}")
                break
    return found


def _is_whole(data: bytes, made: Whole) -> pypdfium2.PdfDocument:
    """Check that a PDF is tagged, page by page, and names its language and its title."""
    document = pypdfium2.PdfDocument(data)
    assert raw.FPDFCatalog_IsTagged(document)
    for page in document:
        tree = raw.FPDF_StructTree_GetForPage(page)
        assert raw.FPDF_StructTree_CountChildren(tree) > 0
        raw.FPDF_StructTree_Close(tree)
    assert _language(document) == "en"
    assert made.site_name in document.get_metadata_dict()["Title"]
    return document


def _language(document: pypdfium2.PdfDocument) -> str:
    room = (ctypes.c_ushort * 16)()
    raw.FPDFCatalog_GetLanguage(document, room, ctypes.sizeof(room))
    return "".join(map(chr, room)).partition("\0")[0]


@pytest.mark.parametrize("name", SHIPPED)
def test_a_brief_has_two_pages(values: Callable[[str], dict[str, Any]], name: str) -> None:
    """The answer, the path, what was said and what cuts it, on exactly two pages, tagged, with their words inside."""
    value = values(name)
    made = whole(value)
    document = _is_whole(written(value, Wanted("pdf", brief=True)), made)
    assert len(document) == 2
    assert made.first.view.headline in " ".join(document[0].get_textpage().get_text_range().split())
    assert _over_the_edge(document) == []


def test_the_hard_case_becomes_a_whole_pdf(values: Callable[[str], dict[str, Any]]) -> None:
    """Names of 300 letters and lines of 2,000 break inside their column, on every page; scripts stay words."""
    value = values("hard")
    document = _is_whole(written(value, Wanted("pdf")), whole(value))
    assert _over_the_edge(document) == []
    letters = "".join("".join(p.get_textpage().get_text_range().split()) for p in document)
    # Where a page also holds words from right to left, PDFium gives round brackets the other way round.
    letters = letters.replace("(", "").replace(")", "")
    assert "<script>alert1</script>" in letters
    assert "{country}%s%nd{0}" in letters
    assert "北岸数字物流股份有限公司" in letters


@pytest.mark.parametrize("form", ["pdf", "docx"])
def test_the_same_dossier_gives_the_same_bytes(
    workspaces: dict[str, longarm.Workspace], form: str, tmp_path: Path
) -> None:
    """In another process too, where sets are in another order."""
    root = str(workspaces["example"].layout.root)
    made = []
    for seed in ("1", "2"):
        out = tmp_path / f"{seed}.{form}"
        command = [sys.executable, "-m", "longarm.cli", "--workspace", root, "dossier", "port-of-norhaven"]
        subprocess.run([*command, "--brief", "--out", str(out)], check=True, env=os.environ | {"PYTHONHASHSEED": seed})
        made.append(out.read_bytes())
    assert made[0] == made[1]


def test_an_unanswered_accusation_is_written_as_a_draft_only(browser: Browser, tmp_path: Path) -> None:
    """Refused with the list and exit code 2; with --draft it is written, and the page says first that it is one."""
    workspace = longarm.init(tmp_path / "ws")
    workspace.ingest(hard_case(tmp_path / "case", UNANSWERED_CASE))
    out = tmp_path / "out.html"
    command = [sys.executable, "-m", "longarm.cli", "--workspace", str(tmp_path / "ws"), "dossier", SITE, "AU"]
    refused = subprocess.run([*command, "--out", str(out)], capture_output=True, text=True)
    assert refused.returncode == 2
    assert not out.exists()
    for fact in UNANSWERED:
        assert fact in refused.stderr
    subprocess.run([*command, "--draft", "--out", str(out)], check=True, capture_output=True)
    context = _context(browser, 390)
    page = context.new_page()
    page.goto(out.as_uri())
    assert page.locator(".draft").is_visible()
    assert "2 sentences lack their source or their answer" in page.locator(".draft").inner_text()
    context.close()
