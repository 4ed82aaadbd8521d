"""The bibliography: one item a document, the publisher's page named, dates as exact as known, nothing that TeX runs."""

from __future__ import annotations

import json
import re
from typing import Any

import invented_dossier as made_up
import pytest
from hypothesis import given
from hypothesis import strategies as st

from longarm.exchange import bibliography

TYPES = {"article-newspaper", "report", "legislation", "webpage", "dataset", "document"}
"""Those that are used of the types of CSL 1.0.2, appendix III."""


def _items(dossier: dict[str, Any]) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = json.loads(bibliography.csl(dossier))
    return found


def _with_document(**given: Any) -> dict[str, Any]:
    made = made_up.invented()
    made["documents"] = [{"id": "d" * 64, **given}]
    return made


def _item(**given: Any) -> dict[str, Any]:
    return next(i for i in _items(_with_document(**given)) if i["type"] != "legislation")


def _balanced(text: str) -> bool:
    """Count braces as BibTeX does: behind a backslash too."""
    depth = 0
    for c in text:
        depth += (c == "{") - (c == "}")
        if depth < 0:
            return False
    return depth == 0


def test_every_cited_document_is_one_item(liege: dict[str, Any], bare: dict[str, Any]) -> None:
    """Twenty statements of one page are one item; so are the articles of one law."""
    documents = {d["id"] for d in liege["documents"] if d["is_cited"]}
    laws = {s["entity"] for s in liege["statements"].values() if s["document_kind"] == "law"}
    items = _items(liege)
    assert len(items) == len(documents | {s["document"] for s in liege["statements"].values()} - {None}) + len(laws)
    assert len({i["id"] for i in items}) == len(items)
    assert {i["type"] for i in items} <= TYPES
    assert _items(bare)


def test_both_forms_have_the_same_keys_in_the_same_order(liege: dict[str, Any]) -> None:
    """A text that cites by one can be set with the other; the same dossier gives the same bytes."""
    entries = bibliography.bibtex(liege)
    assert re.findall(r"^@[a-z]+\{([^,]+),$", entries, re.MULTILINE) == [i["id"] for i in _items(liege)]
    assert (entries, bibliography.csl(liege)) == (bibliography.bibtex(liege), bibliography.csl(liege))


def test_the_key_of_a_document_does_not_hang_on_the_others(liege: dict[str, Any], bare: dict[str, Any]) -> None:
    """A later dossier that cites more keeps the keys of what was cited before."""
    url = {i["id"]: i.get("URL") for i in _items(liege)}
    assert all(url[i["id"]] == i.get("URL") for i in _items(bare) if i["id"] in url)
    assert len({i["id"] for i in _items(bare)} & set(url)) == len(_items(bare))


def test_our_note_is_named_as_the_page_that_it_is_a_note_on() -> None:
    """The publisher's page is the source; that we read our note of it is said, and its language is not the page's."""
    item = _item(kind="our note", publisher="The Paper", publisher_class="press", lang="eng")
    assert (item["type"], item["container-title"], item["note"]) == (
        *("article-newspaper", "The Paper", "read as our own note"),
    )
    assert "language" not in item
    assert _item(kind="page", publisher="The Paper", lang="fra")["language"] == "fr"
    assert "note = {read as our own note}" in bibliography.bibtex(_with_document(kind="our note"))


@pytest.mark.parametrize(
    ("published", "parts"),
    [("2025", [2025]), ("2025-11", [2025, 11]), ("2025-11-04", [2025, 11, 4]), ("2025-11-04T10:00", [2025, 11, 4])],
)
def test_a_partial_date_stays_partial(published: str, parts: list[int]) -> None:
    """A month is not its first day."""
    made = _with_document(published=published, kind="page")
    item = next(i for i in _items(made) if i["type"] != "legislation")
    assert item["issued"] == {"date-parts": [parts]}
    assert f"date = {{{published[:10]}}}" in bibliography.bibtex(made)


@pytest.mark.parametrize(
    ("publisher_class", "kind", "expected"),
    [
        ("press", "our note", "article-newspaper"),
        ("agency", "our note", "article-newspaper"),
        ("authority-own-act", "our note", "report"),
        ("listed-filing", "our note", "report"),
        ("firm-on-itself", "our note", "webpage"),
        ("copy", "our note", "webpage"),
        ("law-secondary", "our note", "legislation"),
        (None, "data", "dataset"),
        (None, None, "webpage"),
    ],
)
def test_the_type_follows_the_kind_and_the_class_of_publisher(
    publisher_class: str | None, kind: str | None, expected: str
) -> None:
    """As CSL 1.0.2 names them."""
    made = _with_document(publisher_class=publisher_class, kind=kind, title="T")
    assert [i["type"] for i in _items(made) if i["title"] == "T"] == [expected]


def test_an_instrument_of_law_is_named_with_the_articles_that_are_cited(invented: dict[str, Any]) -> None:
    """And with the title that it has in its own language."""
    law = next(i for i in _items(invented) if i["type"] == "legislation")
    assert law["id"] == "law-au-act"
    assert (law["title"], law["original-title"], law["note"]) == (
        *("Assistance Act", "Loi d'assistance", "articles cited: 7"),
    )


def test_when_it_was_read_stands_there_if_it_is_known() -> None:
    """Accessed is the day on which the document was retrieved."""
    made = _with_document(retrieved="2026-01-02", kind="page", url="https://paper.invalid/x_%20y#z")
    item = next(i for i in _items(made) if i["type"] != "legislation")
    assert item["accessed"] == {"date-parts": [[2026, 1, 2]]}
    assert "urldate = {2026-01-02}" in bibliography.bibtex(made)
    assert "url = {https://paper.invalid/x_%20y#z}" in bibliography.bibtex(made)


@pytest.mark.parametrize("url", ["javascript:alert(1)", "https://x.invalid/}", "https://x.invalid/ y", "no address"])
def test_what_is_no_address_of_the_web_is_left_out(url: str) -> None:
    """Nor one that would close the field that it stands in."""
    made = _with_document(url=url, kind="page")
    assert "URL" not in next(i for i in _items(made) if i["type"] != "legislation")
    assert url not in bibliography.bibtex(made)


def test_what_tex_would_act_on_is_escaped() -> None:
    """A brace is named, for BibTeX counts it behind a backslash too."""
    text = bibliography.bibtex(_with_document(title=r"50 % of {A} & B_1 \input $x^2~#", kind="page"))
    escaped = r"50 \% of \textbraceleft{}A\textbraceright{} \& B\_1 \textbackslash{}input \$x\textasciicircum{}2"
    assert escaped in text


@given(st.text())
def test_any_text_leaves_the_entries_whole(text: str) -> None:
    """Braces balance in every field, no line end opens a field, and no key holds what BibTeX parts keys by."""
    entries = bibliography.bibtex(made_up.named(made_up.invented(), text))
    assert _balanced(entries)
    for line in entries.splitlines():
        assert re.fullmatch(r"(@[a-z]+\{[a-z0-9-]+,|  [a-z]+ = \{.*\},|\}|)", line), line
    json.loads(bibliography.csl(made_up.named(made_up.invented(), text)))


def test_a_text_made_for_show_is_no_source() -> None:
    """It comes from no publisher and is evidence of nothing."""
    assert {i["type"] for i in _items(_with_document(kind="demonstration"))} == {"legislation"}


def test_a_dossier_that_cites_nothing_has_an_empty_bibliography() -> None:
    """An empty list is JSON, and no entries are no entries."""
    assert (_items(made_up.empty()), bibliography.bibtex(made_up.empty())) == ([], "")
