"""A document in: read, kept with its original, proposed; an echo is told, a model asked only where it was set."""

from __future__ import annotations

import datetime as dt
import json
from pathlib import Path

import pytest

import longarm
from longarm.errors import OptionError, Refused, SourceError
from longarm.extract.reading import Given
from longarm.fetch import model
from longarm.model.options import ExtractOptions
from longarm.workspace import Workspace, echoes, extracting
from longarm.workspace.extracting import Source

NOW = dt.datetime(2026, 11, 24, tzinfo=dt.UTC)
LINES = (
    "Kestrel Terminals holds 30 percent of Norhaven Port Company, the ministry said on Tuesday.",
    "The firm denied that it had shared data with the government of any other state.",
    "Work on the northern quay began in spring, and the dredgers are to leave before the first storms of autumn.",
)
PAGE = "<html lang='en'><title>Kestrel</title><article>" + "".join(f"<p>{x}</p>" for x in LINES) + "</article></html>"
OPTIONS = ExtractOptions(publisher="Harbour Gazette", published="2026-11-20")


@pytest.fixture
def ws(tmp_path: Path) -> Workspace:
    """An empty workspace."""
    return longarm.init(tmp_path / "ws")


def test_text_original_and_answer_are_kept_each_saying_from_which_it_was_taken(ws: Workspace) -> None:
    """The text from the original, the original from what went over the wire."""
    source = Source(Given(PAGE.encode(), name="https://example.org/k", url="https://example.org/k"), b"WARC/1.1 ...")
    read = extracting.take(ws, source, OPTIONS)
    assert read.proposed is not None
    kept = ws.documents()
    text, original = kept[read.proposed.kept], kept[str(read.original)]
    assert (text["taken_from"], original["taken_from"]) == (read.original, read.warc)
    assert (original["media_type"], kept[str(read.warc)]["media_type"]) == ("text/html", "application/warc")
    assert ws.original(str(read.original)) == PAGE.encode()
    assert ws.text(read.proposed.kept) == read.reading.text.text
    assert {d["locator"] for d in kept.values()} == {"https://example.org/k"}


def test_two_files_of_one_name_are_two_documents(ws: Workspace, tmp_path: Path) -> None:
    """The claims of the first wait beside those of the second."""
    for i, line in enumerate(LINES[:2]):
        (tmp_path / str(i)).mkdir()
        (tmp_path / str(i) / "article.txt").write_text(line, "utf-8")
        ws.extract(str(tmp_path / str(i) / "article.txt"), OPTIONS)
    assert ws.review_queue()["pending"] == 2


def test_the_same_file_twice_is_one(ws: Workspace, tmp_path: Path) -> None:
    """Nothing is kept or proposed a second time."""
    (tmp_path / "a.html").write_text(PAGE, "utf-8")
    first, second = (ws.extract(str(tmp_path / "a.html"), OPTIONS) for _ in range(2))
    assert first.proposed == second.proposed
    assert ws.review_queue()["pending"] == first.proposed.proposed if first.proposed else False
    assert len(ws.documents()) == 2


def test_a_text_is_no_echo_of_its_own_original(ws: Workspace, tmp_path: Path) -> None:
    """But of another page with its words it is."""
    (tmp_path / "a.html").write_text(PAGE, "utf-8")
    assert ws.extract(str(tmp_path / "a.html"), OPTIONS).echo is None
    copy = PAGE.replace("</article>", "<p>Who pays for the dredging is not known yet.</p></article>")
    (tmp_path / "b.html").write_text(copy, "utf-8")
    echo = ws.extract(str(tmp_path / "b.html"), ExtractOptions(publisher="The Copyist", published="2026-11-21")).echo
    assert echo is not None
    assert (echo["title"], echo["publisher"], bool(echo["why"])) == ("Kestrel", "Harbour Gazette", True)
    assert [len(g["members"]) for g in echoes.proposed(ws)] == [2]


def test_the_same_text_under_another_name_proposes_nothing_again(ws: Workspace, tmp_path: Path) -> None:
    """A copy to the letter is kept as it came and told; what it says waits already."""
    (tmp_path / "a.html").write_text(PAGE, "utf-8")
    ws.extract(str(tmp_path / "a.html"), OPTIONS)
    waiting = ws.review_queue()
    (tmp_path / "b.html").write_text(PAGE.replace("<html", "<!-- copied --><html"), "utf-8")
    read = ws.extract(str(tmp_path / "b.html"), ExtractOptions(publisher="The Copyist"))
    assert read.echo is not None
    assert (read.echo["publisher"], read.echo["why"]) == ("Harbour Gazette", "the same text, to the letter")
    assert read.proposed is not None
    assert (read.proposed.proposed, read.proposed.known) == (0, waiting["pending"])
    assert ws.review_queue() == waiting
    assert str(read.original) in ws.documents()


def test_one_that_is_refused_keeps_no_other_from_coming_in(ws: Workspace, tmp_path: Path) -> None:
    """It comes with its reason."""
    (tmp_path / "a.html").write_text(PAGE, "utf-8")
    (tmp_path / "b.png").write_bytes(b"\x89PNG\r\n")
    names = [str(tmp_path / "b.png"), str(tmp_path / "none"), "http://169.254.169.254/x", str(tmp_path / "a.html")]
    taken = [read for _, read in extracting.take_all(ws, names, OPTIONS, NOW)]
    assert [type(t) for t in taken[:3]] == [Refused, SourceError, Refused]
    assert isinstance(taken[3], extracting.Extracted)
    assert len(ws.documents()) == 2


def test_a_date_that_is_none_is_told_before_anything_is_kept(ws: Workspace, tmp_path: Path) -> None:
    """With the mend."""
    (tmp_path / "a.html").write_text(PAGE, "utf-8")
    with pytest.raises(OptionError, match="not a date"):
        ws.extract(str(tmp_path / "a.html"), ExtractOptions(published="last week"))
    assert not ws.documents()


def test_a_model_is_asked_only_where_one_is_set(ws: Workspace, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Without the option never; with it and no address, it says what to set; what it adds carries its version."""
    (tmp_path / "a.html").write_text(PAGE, "utf-8")
    asked: list[model.Model] = []
    row = {"quote": "Work on the northern quay began in spring", "relation": "operates", "stance": "asserted"}

    def answer(of: model.Model, _: object) -> str:
        asked.append(of)
        return json.dumps({"claims": [row]})

    monkeypatch.setattr(model, "ask", answer)
    monkeypatch.delenv("LONGARM_MODEL_URL", raising=False)
    ws.extract(str(tmp_path / "a.html"), OPTIONS)
    with pytest.raises(OptionError, match="no language model is set"):
        ws.extract(str(tmp_path / "a.html"), ExtractOptions(model=True))
    assert asked == []
    monkeypatch.setenv("LONGARM_MODEL_URL", "http://127.0.0.1:1/v1")
    monkeypatch.setenv("LONGARM_MODEL", "m-1")
    read = ws.extract(str(tmp_path / "a.html"), ExtractOptions(model=True))
    assert [m.url for m in asked] == ["http://127.0.0.1:1/v1"]
    assert "model/m-1" in {c.version for c in read.found.claims}
    assert "model/m-1" in {i["claim"]["version"] for i in ws.review_queue()["items"]}


def test_a_waiting_claim_and_what_it_would_state_are_explained(ws: Workspace, tmp_path: Path) -> None:
    """By its own id, as long as nobody decided too."""
    (tmp_path / "a.html").write_text(PAGE, "utf-8")
    ws.extract(str(tmp_path / "a.html"), OPTIONS)
    claim = ws.review_queue()["items"][0]["id"]
    assert ws.explain(claim)["kind"] == "claim"
    assert ws.explain(claim)["claim"]["quote"] in PAGE
