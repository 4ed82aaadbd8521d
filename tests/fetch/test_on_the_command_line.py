"""Addresses and feeds on the command line: fetched by the one fetcher, kept as WARC, refused in a sentence."""

from __future__ import annotations

import io
import json
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner
from fetch_world import World, page
from warcio.archiveiterator import ArchiveIterator

from longarm import fetch
from longarm.cli import main

PAGE = b"""<html lang="en"><head><title>Depot</title></head><body><article><h1>Depot sold</h1>
<p>The depot is operated by Vorsk Handling, Merrow Steel said on Friday in a statement to the town.</p>
<p>The town council of Portham has asked for the lease, and the clerk has sent it to every member.</p>
</article></body></html>"""
RSS = b"""<rss version="2.0"><channel><title>News</title><item><title>Depot sold</title>
<link>http://good.org/depot</link><pubDate>Tue, 24 Nov 2026 10:00:00 GMT</pubDate></item></channel></rss>"""


@pytest.fixture
def run(world: World, monkeypatch: pytest.MonkeyPatch) -> Callable[..., Any]:
    """Run a command in a world of its own."""
    world.paths["/depot"] = page(PAGE)
    world.paths["/feed"] = page(RSS, "application/rss+xml")
    monkeypatch.setattr(fetch, "fetch", partial(fetch.fetch, network=world.network))
    return lambda *words: CliRunner().invoke(main, words)


def test_a_page_of_the_web_is_read_and_kept_as_warc(run: Callable[..., Any], tmp_path: Path) -> None:
    """The claims stand in the text; what went over the wire lies in the folder."""
    done = run("extract", "http://good.org/depot", "--json", "--warc", str(tmp_path / "kept"))
    assert done.exit_code == 0, done.output
    (answer,) = json.loads(done.stdout)
    assert answer["url"] == "http://good.org/depot"
    assert any(c["relation"] == "operates" for c in answer["claims"])
    assert all(answer["text"][c["start"] : c["end"]] == c["quote"] for c in answer["claims"])
    (kept,) = (tmp_path / "kept").iterdir()
    records = list(ArchiveIterator(io.BytesIO(kept.read_bytes())))
    assert {r.rec_headers.get_header("WARC-Target-URI") for r in records if r.rec_type == "response"} == {answer["url"]}


@pytest.mark.parametrize("url", ["http://127.0.0.1/", "http://good.org:22/", "https://user@good.org/"])
def test_an_address_that_may_not_be_asked_is_said(run: Callable[..., Any], url: str) -> None:
    """In a sentence, and the other documents go on."""
    done = run("extract", url, "http://good.org/depot")
    assert done.exit_code == 2
    assert "is not fetched" in done.stderr
    assert "operates" in done.stdout


def test_a_feed_lists_what_can_be_read(run: Callable[..., Any], tmp_path: Path) -> None:
    """From the web and from a file alike."""
    (tmp_path / "feed.xml").write_bytes(RSS)
    for source in ("http://good.org/feed", str(tmp_path / "feed.xml")):
        done = run("feed", source, "--json")
        assert done.exit_code == 0, done.output
        (entry,) = json.loads(done.stdout)
        assert (entry["url"], entry["published"]) == ("http://good.org/depot", "2026-11-24")
    assert "2026-11-24" in run("feed", str(tmp_path / "feed.xml")).output
    (tmp_path / "no.xml").write_text("words", "utf-8")
    for wrong in (str(tmp_path / "no.xml"), str(tmp_path / "none.xml"), "http://10.0.0.1/feed"):
        done = run("feed", wrong)
        assert done.exit_code == 2
        assert "Traceback" not in done.output
