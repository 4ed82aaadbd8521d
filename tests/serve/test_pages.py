"""The pages: every address answers with its content, from its own address alone."""

from __future__ import annotations

import re
from importlib.resources import files

import pytest
from serve_support import HOSTILE, TestClient, crawl, links

BANNER = "A demonstration text, from no publisher, is part of this case; it counts as no origin."
AVOIDED = re.compile(r"risk score|\bthreats?\b|red flag|suspicious|linked to|allegedly", re.IGNORECASE)


def test_the_front_page_leads_to_every_state_of_every_case(client: TestClient) -> None:
    """The cases of the workspace, with a link to each site and state."""
    page = client.get("/").text
    assert "Port of Norhaven (an invented example)" in page
    for state in ("AU", "CH", "PT"):
        assert f'href="/sites/port-of-norhaven/{state}"' in page


@pytest.mark.parametrize(
    "shown",
    [
        "how far does its arm reach into Port of Norhaven, by which path, and what cuts it?",
        "Portugal has influence and practical means that meet in Norhaven Container Terminal SA.",
        "Nothing on file shows use.",
        "The strongest path",
        "power and means meet here",
        "What cuts it",
        'aria-label="Cut 1"',
        "What to find out next",
        "The evidence, piece by piece",
        "What if I disagree?",
        "How it was computed",
        "Our note",
        "reliable, probably true",
        "last confirmed",
        "Looked at, no line drawn",
        "Not known",
        "Coverage: partial",
        "It is no proof of absence.",
    ],
)
def test_an_answer_shows(client: TestClient, shown: str) -> None:
    """The question, the answer, the path with its evidence, what cuts it, what stands beside, and the coverage."""
    assert shown in " ".join(client.get("/sites/port-of-norhaven/PT").text.split())


def test_an_allegation_stands_with_its_answer_and_only_beside_the_state_that_it_bears_on(client: TestClient) -> None:
    """A saying about a firm that nothing ties to a state is no part of that state's answer."""
    alleged, answer = "could be switched off from abroad", "possible only in windows that the port opens"
    page = " ".join(client.get("/sites/port-of-norhaven/AU").text.split())
    assert alleged in page
    assert answer in page
    assert alleged not in client.get("/sites/port-of-norhaven/CH").text


def test_a_grade_is_put_into_words_on_its_first_showing_only(client: TestClient) -> None:
    """A2 is explained once; after that the two letters stand alone."""
    page = client.get("/sites/port-of-norhaven/PT").text
    assert page.count("<b>A2</b>") > 1
    assert page.count("reliable, probably true") == 1


def test_all_states_stand_side_by_side_and_the_own_state_last(client: TestClient) -> None:
    """In the order of the highest rung, then by name; the site's own state by the same code, last."""
    page = client.get("/sites/port-of-norhaven/dossier").text
    order = re.findall(r'scope="rowgroup"><a href="#state-(\w\w)"', page)
    assert order == ["AU", "CH", "PT"]
    assert "the site’s own state, by the same code" in page


def test_what_was_asked_otherwise_is_said_and_links_carry_it_on(client: TestClient) -> None:
    """The page, the form and the links keep it."""
    page = client.get("/sites/port-of-norhaven/AU", params={"threshold": "0.9", "as_of": "2026-01-01"}).text
    assert "the threshold is 0.90" in page
    assert 'href="/sites/port-of-norhaven/CH?as_of=2026-01-01&amp;threshold=0.9"' in page
    assert "dossier.pdf?state=AU&amp;as_of=2026-01-01&amp;threshold=0.9" in page
    assert "as of <b>1 January 2026</b>" in page


def test_a_document_marks_the_quoted_words(client: TestClient) -> None:
    """The span that a statement cites is marked, and nothing else."""
    report = client.get("/api/reach/port-of-norhaven/PT").json()
    cited = next(s for s in report["statements"].values() if s["document_kind"] == "our note" and s["span"])
    start, end = cited["span"]
    page = client.get(f"/documents/{cited['document']}", params={"start": start, "end": end}).text
    assert f'<mark id="quote">{cited["quote"]}</mark>' in page
    assert "<b>Our note</b>" in page


def test_a_span_outside_the_text_is_said_and_the_text_still_shown(client: TestClient) -> None:
    """What was expected, and what still stands."""
    report = client.get("/api/reach/port-of-norhaven/PT").json()
    document = next(s["document"] for s in report["statements"].values() if s["document"])
    page = client.get(f"/documents/{document}", params={"start": 5, "end": 10**9}).text
    assert "are not in this text" in page
    assert "<mark" not in page


def test_ids_of_articles_and_documents_lead_to_their_own_pages(client: TestClient) -> None:
    """`/explain/ID` sends an article to its law and a document to its text."""
    sent = client.get("/explain/law%3Aau-soci-2018%2335AA-35AB")
    assert (sent.status_code, sent.headers["location"]) == (303, "/law/au-soci-2018#article-35AA-35AB")
    report = client.get("/api/reach/port-of-norhaven/PT").json()
    document = next(s["document"] for s in report["statements"].values() if s["document"])
    assert client.get(f"/explain/{document}").headers["location"] == f"/documents/{document}"


def test_every_link_leads_somewhere_and_no_page_asks_another_address(client: TestClient) -> None:
    """Only a source's own page is elsewhere, behind a link that says so and hands nothing on."""
    pages = crawl(client)
    assert len(pages) > 30
    for address, page in pages.items():
        for element, attributes, to in links(page):
            if re.match(r"[a-z]+:|//", to, re.IGNORECASE):
                assert element == "a", f"{address} loads {to}"
                assert 'rel="noreferrer noopener"' in attributes, f"{address} links to {to}"
            elif to.startswith("#"):
                assert f'id="{to[1:]}"' in page, f"{address} points to {to}, which is not there"


REVIEW_SCRIPT = '<script src="/static/review.js" defer></script>'


def test_pages_carry_no_script_and_no_inline_style(client: TestClient) -> None:
    """The content security policy forbids them; the pages do without. Review has one script, in a file of its own."""
    for address, page in crawl(client).items():
        page = page.replace(REVIEW_SCRIPT, "")
        assert not re.search(r"<script|<style|\sstyle=|\son[a-z]+=", page), address


def test_words_that_accuse_are_avoided(client: TestClient) -> None:
    """Never: risk score, threat, red flag, suspicious, linked to, allegedly."""
    pages = crawl(client)
    for address in ("/", "/sites/port-of-norhaven", "/sites/port-of-norhaven/AU", "/sites/port-of-norhaven/PT"):
        assert not AVOIDED.search(pages[address]), address


def test_style_sheets_load_nothing_from_elsewhere(client: TestClient) -> None:
    """Fonts lie beside them; there is no import and no address."""
    static = files("longarm.serve").joinpath("static")
    sheets = [f for f in static.iterdir() if f.name.endswith(".css")]
    assert {f.name for f in sheets} == {"tokens.css", "longarm.css", "figures.css", "paper.css", "review.css"}
    for sheet in sheets:
        text = sheet.read_text("utf-8")
        assert not re.search(r"https?:|//|@import", text), sheet.name
        for to in re.findall(r"url\(([^)]*)\)", text):
            assert client.get(f"/static/{to}").status_code == 200, to


def test_the_printed_foot_holds_site_state_and_dates(client: TestClient) -> None:
    """Each printed page says which answer it belongs to; the text cannot leave its string."""
    sheet = client.get("/sites/port-of-norhaven/dossier/print.css")
    assert sheet.headers["content-type"].startswith("text/css")
    content = re.search(r'content:"([^"]*)"', sheet.text)
    assert content is not None
    read = re.sub(r"\\([0-9a-f]+) ", lambda m: chr(int(m[1], 16)), content[1])
    assert read == "Port of Norhaven: as of 23 November 2026, known at 23 November 2026."


def test_hostile_texts_stay_texts(hostile: TestClient) -> None:
    """Names, titles, quotes and addresses that carry scripts are shown, and never run."""
    pages = crawl(hostile)
    shown = "".join(pages.values())
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in shown
    assert "&lt;script&gt;alert(4)&lt;/script&gt;" in shown
    for address, page in pages.items():
        page = page.replace(REVIEW_SCRIPT, "")
        assert not re.search(r"<script|<img|<b>councillor", page), address
        assert not any(to.lower().startswith("javascript:") for _, _, to in links(page)), address
    assert HOSTILE not in shown


def test_a_demonstration_text_is_announced_on_every_page(hostile: TestClient, client: TestClient) -> None:
    """It is evidence of nothing, and no page of its case leaves that out; without one there is no such banner."""
    for address, page in crawl(hostile).items():
        if page and not re.search(r"lang=(fr|nl|de)", address):
            assert BANNER in page, address
    assert BANNER not in client.get("/sites/port-of-norhaven/PT").text
