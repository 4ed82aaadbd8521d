"""A client of the server over the example case, and over a case whose every text is hostile."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from serve_support import HOSTILE, TestClient, client_of

import longarm
from tests_support import case


@pytest.fixture(scope="session")
def client(example_made: Path) -> Iterator[TestClient]:
    """The server over the example case."""
    with client_of(longarm.open(example_made)) as found:
        yield found


@pytest.fixture(scope="session")
def hostile(tmp_path_factory: pytest.TempPathFactory) -> Iterator[TestClient]:
    """The server over a case that names, titles, quotes and links with scripts, and holds a demonstration text."""
    folder = tmp_path_factory.mktemp("hostile")
    shutil.copytree(case("example"), folder / "case")
    changes = {
        "site.yaml": [
            ("name: Kestrel Terminals Pty Ltd", f"name: '{HOSTILE}'"),
            ("name: Manifests and crew lists", f"name: '{HOSTILE}'"),
        ],
        "case.yaml": [("title: ", f"title: '{HOSTILE}' #")],
        "sources.yaml": [
            ("documents:\n", "documents:\n" + _DEMONSTRATION),
            ("title: Concession of the container quay (extract)", f"title: '{HOSTILE}'"),
        ],
        "facts.json": [("https://", "javascript:alert(3)//"), ("A councillor said", "A <b>councillor</b> said")],
        "documents/concession.txt": [("\n", " <script>alert(4)</script>\n")],
    }
    for name, edits in changes.items():
        path = folder / "case" / name
        text = path.read_text("utf-8")
        for old, new in edits:
            assert old in text, f"{name}: '{old}' stood there when this test was written"
            text = text.replace(old, new, -1 if name == "facts.json" else 1)
        path.write_text(text, "utf-8")
    (folder / "case" / "documents" / "shown.txt").write_text("Written to try the readers on.\n", "utf-8")
    workspace = longarm.init(folder / "ws")
    workspace.ingest(folder / "case")
    with client_of(workspace) as found:
        yield found


_DEMONSTRATION = """\
  - id: shown
    file: documents/shown.txt
    kind: demonstration
    class: unjudged
    title: A text to try on
    lang: eng
"""
