"""`longarm extract`: files in, claims out; a file that cannot be read stops no other."""

from __future__ import annotations

import json
from pathlib import Path

from click.testing import CliRunner

from longarm.cli import main

BODY = "The depot is operated by Vorsk Handling, Merrow Steel said on Friday.\n"


def run(*words: str) -> tuple[int, str, str]:
    done = CliRunner().invoke(main, ["extract", *words])
    return done.exit_code, done.stdout, done.stderr


def test_json_has_text_lines_and_claims_at_their_spans(tmp_path: Path) -> None:
    """The form that benchmarks read."""
    path = tmp_path / "a.txt"
    path.write_text(BODY, "utf-8")
    code, out, _ = run(str(path), "--json", "--lang", "en", "--published", "2025-03-06")
    assert code == 0
    (answer,) = json.loads(out)
    assert (answer["document"], answer["text"]) == ("a.txt", BODY)
    assert answer["lines"] == [{"start": 0, "end": len(BODY) - 1, "kind": "body"}]
    (claim,) = answer["claims"]
    assert answer["text"][claim["start"] : claim["end"]] == claim["quote"]
    assert (claim["relation"], claim["subject"], claim["attribution"]) == (
        "operates",
        ["Vorsk Handling"],
        ["Merrow Steel"],
    )
    assert set(claim) >= {"id", "stance", "object", "dates", "share", "version"}


def test_a_file_that_cannot_be_read_is_said_and_the_others_go_on(tmp_path: Path) -> None:
    """The file and the reason; the exit code says that something failed."""
    good, bad = tmp_path / "good.txt", tmp_path / "bad.pdf"
    good.write_text(BODY, "utf-8")
    bad.write_bytes(b"%PDF-1.7 broken off")
    code, out, err = run(str(bad), str(tmp_path / "none.txt"), str(good))
    assert code == 2
    assert "bad.pdf is not read: the PDF is broken" in err
    assert "no such file" in err
    assert "good.txt" in out
    assert "operates" in out


def test_a_date_that_is_none_is_refused(tmp_path: Path) -> None:
    """Never a traceback for a user's mistake."""
    path = tmp_path / "a.txt"
    path.write_text(BODY, "utf-8")
    code, _, err = run(str(path), "--published", "yesterday")
    assert code == 2
    assert "not a date" in err


def test_a_file_in_another_charset_is_read_and_the_guess_is_said(tmp_path: Path) -> None:
    """Nothing is lost for a missing declaration."""
    path = tmp_path / "a.txt"
    french = (
        "Le dépôt est à Liège, où la société a été créée après l’été. Il a déjà été rénové par la ville, près du quai."
    )
    path.write_bytes(f"{french}\n{french}\n{BODY}".encode("cp1252"))
    code, out, _ = run(str(path), "--json")
    assert code == 0
    (answer,) = json.loads(out)
    assert answer["text"].startswith(french)
    assert any("charset" in note for note in answer["notes"])


def test_a_page_is_read_like_a_text(tmp_path: Path) -> None:
    """HTML by its ending and its bytes; claims stand in the text that is given back."""
    path = tmp_path / "a.html"
    body = BODY.strip()
    path.write_text(
        f"<html lang=en><title>T</title><article><h1>Depot</h1><p>{body}</p><p>{body}</p></article>", "utf-8"
    )
    code, out, _ = run(str(path), "--json", "--lang", "en")
    assert code == 0
    (answer,) = json.loads(out)
    assert answer["claims"]
    assert all(answer["text"][c["start"] : c["end"]] == c["quote"] for c in answer["claims"])
