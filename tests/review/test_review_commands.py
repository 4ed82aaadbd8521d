"""Article in, claims, review, findings changed: the journey on the command line."""

from __future__ import annotations

import io
import json
from pathlib import Path
from typing import Any

import pytest
from article import ACCESS, OWNS, SILENCE, TEXT
from click.testing import CliRunner, Result

from longarm.cli import main
from longarm.cli.review_screen import plain
from longarm.workspace import Workspace


def _run(ws: Workspace, *args: str, keys: str | None = None) -> Result:
    return CliRunner().invoke(main, ["--workspace", str(ws.layout.root), *args], input=keys)


def _json(ws: Workspace, *args: str) -> Any:
    done = _run(ws, *args, "--json")
    assert done.exit_code == 0, done.output
    return json.loads(done.stdout)


def test_from_an_article_to_changed_findings_and_back(example: Workspace, file: Path) -> None:
    """Import, list, show, accept, reach, undo, log."""
    before = _json(example, "reach", "port-of-norhaven", "AU")["findings"]
    (taken,) = _json(example, "review", "import", str(file), "--publisher-class", "press")
    assert taken["proposed"] == 6
    first = _json(example, "review", "list")["items"][0]
    assert first["id"] == ACCESS.id
    shown = _run(example, "review", "show", ACCESS.id[:11])
    assert "an engineer" in shown.output
    role = ("--role", "remote maintainer", "--reason", "read")
    links = ("--subject", "kestrel-terminals", "--object", "crane-controls")
    done = _json(example, "review", "accept", ACCESS.id, *links, *role)
    assert {c["part"] for c in done["changes"]} == {"crane-controls"}
    after = _json(example, "reach", "port-of-norhaven", "AU")["findings"]
    assert after != before
    undone = _run(example, "review", "undo")
    assert "Taken back: 1" in undone.output
    assert [r["act"] for r in _json(example, "review", "log")] == ["undo", "accept"]


def test_every_act_is_a_command(proposed: Workspace) -> None:
    """Correct, stance, split, refuse."""
    _json(proposed, "review", "correct", OWNS.id, "--share", "50..60", "--subject", "Morrow", "--reason", "misread")
    _json(proposed, "review", "stance", OWNS.id, "alleged")
    item = _json(proposed, "review", "show", OWNS.id)
    assert item["claim"]["share"] == [50.0, 60.0]
    assert item["claim"]["subject"] == ["Morrow"]
    parts = _json(
        proposed, "review", "split", OWNS.id, "--quote", "Morrow Capital", "--part", '{"quote": "60 percent"}'
    )
    assert len(parts["parts"]) == 2
    _json(proposed, "review", "refuse", SILENCE.id, "--reason", "background")
    assert "background" in _run(proposed, "review", "log").output


@pytest.mark.parametrize(
    "args",
    [
        ("show", "cl-none"),
        ("refuse", OWNS.id),
        ("accept", OWNS.id, "--subject", "a", "--subject", "b"),
        ("accept", OWNS.id, "--site", "x"),
        ("accept", OWNS.id, "--link", "nothing"),
        ("split", OWNS.id, "--part", "{"),
        ("split", OWNS.id, "--part", "[]"),
        ("correct", OWNS.id, "--share", "half"),
        ("undo", "7"),
        ("import", "nowhere.json"),
    ],
)
def test_a_mistake_is_told_in_a_sentence(proposed: Workspace, args: tuple[str, ...]) -> None:
    """No traceback, exit 2, and nothing decided."""
    done = _run(proposed, "review", *args)
    assert done.exit_code == 2
    assert "Traceback" not in done.output
    assert proposed.reviews() == []


def test_a_reject_file_says_why(example: Workspace, file: Path) -> None:
    """Its place is told, and the other claims are taken."""
    raw = json.loads(file.read_text("utf-8"))
    raw["claims"][2]["quote"] = "never written"
    file.write_text(json.dumps(raw), "utf-8")
    (taken,) = _json(example, "review", "import", str(file))
    assert (taken["proposed"], taken["refused"]) == (5, 1)
    (row,) = map(json.loads, (example.layout.root / taken["reject_file"]).read_text("utf-8").splitlines())
    assert (row["index"], bool(row["mend"])) == (2, True)


def test_a_text_cannot_steer_the_terminal(example: Workspace) -> None:
    """No escape sequence, no turn of direction, no markup comes through."""
    from dataclasses import replace

    bad = "\x1b]0;owned\x07\u202e[bold]x[/bold]"
    example.propose(replace(TEXT, title=bad), [replace(SILENCE, subject=(bad,), version=bad)])
    for args in (("list",), ("show", SILENCE.id)):
        out = _run(example, "review", *args).output
        assert "\x1b]" not in out
        assert "\u202e" not in out
        assert "[bold]" in out
    assert plain("a\nb") == "a\nb"


def test_the_queue_by_keyboard(proposed: Workspace, monkeypatch: pytest.MonkeyPatch) -> None:
    """One key a decision: next, previous, stance, refuse, accept, undo, quit."""
    monkeypatch.setattr("sys.stdin.isatty", lambda: True, raising=False)
    from rich.console import Console

    from longarm.cli import review_keys

    keys = iter("npt" + "r" + "c" + "s" + "a" + "u" + "xq")
    answers = iter(["asserted", "sure", "not so", "share", "55", "", "one", "", "kestrel-terminals", "n", "", ""])
    monkeypatch.setattr("click.getchar", lambda: next(keys))
    monkeypatch.setattr("click.prompt", lambda *_, **__: next(answers))
    out = Console(record=True, width=100, file=io.StringIO())
    review_keys.go_through(proposed, out)
    acts = [r["act"] for r in reversed(proposed.reviews())]
    assert acts[:2] == ["stance", "refuse"]
    assert acts[-1] == "undo"
    assert "two parts or more" in out.export_text()


@pytest.mark.parametrize("way", ["in one step", "by a file"])
def test_the_whole_journey_with_what_was_really_read(example: Workspace, tmp_path: Path, way: str) -> None:
    """A page in, read by `longarm extract`, proposed, accepted: the dossier differs, and an undo brings it back."""
    page = tmp_path / "article.html"
    paragraphs = "".join(f"<p>{line}</p>" for line in TEXT.text.split("\n\n") if "<script>" not in line)
    page.write_text(f'<html lang="en"><title>{TEXT.title}</title><article>{paragraphs}</article></html>', "utf-8")
    told = ("--published", "2026-11-20", "--publisher", "Harbour Gazette", "--json")
    if way == "in one step":
        (done,) = json.loads(
            _run(example, "extract", str(page), "--propose", "--publisher-class", "press", *told).stdout
        )
        assert done["proposed"]["proposed"] == len(done["claims"])
    else:
        read = CliRunner().invoke(main, ["extract", str(page), *told])
        assert read.exit_code == 0, read.output
        (tmp_path / "claims.json").write_text(read.stdout, "utf-8")
        _json(example, "review", "import", str(tmp_path / "claims.json"), "--publisher-class", "press")
    waiting = [_json(example, "review", "show", i["id"]) for i in _json(example, "review", "list")["items"]]
    access = next(w["claim"] for w in waiting if w["claim"]["relation"] == "has_access")
    assert access["stance"] == "alleged"
    before = example.dossier("port-of-norhaven", ["AU"])
    links = ("--subject", "kestrel-terminals", "--object", "crane-controls", "--role", "remote maintainer")
    done = _json(example, "review", "accept", access["id"], *links, "--reason", "read")
    assert done["changes"]
    after = example.dossier("port-of-norhaven", ["AU"])
    assert after["reports"] != before["reports"]
    cited = [s for s in after["statements"].values() if s["publisher"] == "Harbour Gazette"]
    assert cited
    assert all(s["quote"] in TEXT.text for s in cited if s["quote"])
    assert _run(example, "review", "undo").exit_code == 0
    assert example.dossier("port-of-norhaven", ["AU"])["reports"] == before["reports"]
