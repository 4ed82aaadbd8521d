"""Bad input: the file, the line, what was expected, the mend; the good rows kept; nothing written by half."""

from __future__ import annotations

import io
import json
import zipfile
from pathlib import Path

import pytest

import longarm
from longarm.errors import SourceError
from longarm.ingest import files, yaml_lines
from longarm.workspace import Workspace
from tests_support import edit

GOOD = '{"id": "acme", "schema": "Company", "properties": {"name": ["Acme"]}}'


@pytest.mark.parametrize(
    ("name", "old", "new", "says", "mend"),
    [
        ("site.yaml", "role: remote maintainer", "role: wizard", "not a role", None),
        ("site.yaml", 'share: "70"', 'share: "70,5"', "not a number", None),
        ("site.yaml", 'share: "70"', 'share: "170"', "not a share", None),
        ("site.yaml", "type: shareholding", "type: friendship", "not a type of interest", None),
        ("site.yaml", "state: in force", "state: maybe", "not one of the values", "in force"),
        ("site.yaml", "source: nor-005", "source: nor-999", "no cited fact 'nor-999'", None),
        ("site.yaml", 'quote: "a public institute', 'quote: "a private institute', "does not stand", None),
        ("site.yaml", "    schema: PublicBody", "    schema: Sorcerer", "not written here", "Company"),
        ("site.yaml", "    since: 2021\n", "    since: 20211\n", "not a date", None),
        ("site.yaml", "criticality: high", "critcality: high", "unknown key 'critcality'", "criticality"),
        ("site.yaml", "    role: remote maintainer\n", "", "lacks 'role'", None),
        ("case.yaml", "states: [AU, CH, PT]", "states: [AUS]", "form", "two letters"),
        ("case.yaml", "site: port-of-norhaven", "site: elsewhere", "the register describes", None),
        ("case.yaml", "threshold: 0.5", "threshold: 5", "threshold", None),
        ("sources.yaml", "class: listed-filing", "class: gossip", "not a class of publisher", None),
        ("sources.yaml", "facts: [nor-002, nor-003]", "facts: [nor-002, nor-777]", "nor-777", None),
        ("sources.yaml", "file: documents/concession.txt", "file: documents/gone.txt", "no file", None),
        ("facts.json", '"2023-01", "valid_to": null', '"2023-21", "valid_to": null', "day of the calendar", None),
        ("facts.json", '"polarity": "alleged"', '"polarity": "rumoured"', "not one of the values", "alleged"),
    ],
)
def test_a_fault_names_the_file_and_the_line(
    empty: Workspace, folder: Path, name: str, old: str, new: str, says: str, mend: str | None
) -> None:
    """And nothing was written."""
    line = edit(folder, name, old, new)
    with pytest.raises(SourceError) as caught:
        empty.ingest(folder)
    fault = caught.value
    assert says in fault.message
    assert fault.where.file == name
    assert fault.where.line is not None
    assert abs(fault.where.line - line) <= 4, f"line {fault.where.line} is not near {line}"
    if mend:
        assert mend in (fault.where.mend or "")
    assert empty.statements() == []
    assert empty.documents() == {}


def test_a_grade_that_departs_needs_a_reason(empty: Workspace, folder: Path) -> None:
    """Design 4.1: default grades by class of publisher, a departure needs a reason."""
    edit(folder, "site.yaml", "    source: nor-004\n", "    source: nor-004\n    grade: A1\n")
    with pytest.raises(SourceError, match="without a reason"):
        empty.ingest(folder)


@pytest.mark.parametrize(
    ("content", "says"),
    [
        (b"", "empty"),
        (b"   \n\n", "empty"),
        (b"id: [unclosed\n", "not YAML"),
        (b"a:\n\tb: 1\n", "not YAML"),
        (b"a: 1\na: 2\n", "stands here twice"),
        (b"a: &x 1\nb: *x\n", "anchors"),
        ("id: é".encode("latin-1"), "not UTF-8"),
        ("id: x".encode("utf-16"), "UTF-16"),
        (b"\x00\x01\x02", "binary"),
        (b"[" * 5000, "YAML"),
        (b"!!python/object/apply:os.system [ls]", "tag"),
        (b"a: 1\n---\nb: 2\n", "YAML"),
    ],
)
def test_a_file_that_is_no_yaml_is_said_to_be_none(content: bytes, says: str) -> None:
    """Wrong encoding, empty, binary, malformed, bombs: one sentence, never a traceback."""
    with pytest.raises(SourceError, match=says):
        yaml_lines.check(yaml_lines.read(content, "x.yaml"), "case.schema.json")


def test_a_byte_order_mark_is_no_fault() -> None:
    """Editors write it."""
    assert yaml_lines.read(b"\xef\xbb\xbfid: x", "x.yaml").value == {"id": "x"}


def test_a_huge_file_is_refused_before_it_is_read(tmp_path: Path, empty: Workspace) -> None:
    """A sparse file of a terabyte costs nothing."""
    path = tmp_path / "huge.ftm.jsonl"
    with path.open("wb") as out:
        out.truncate(1 << 40)
    with pytest.raises(SourceError, match="at most"):
        empty.ingest(path)


def test_good_rows_are_kept_and_bad_ones_set_aside_with_the_reason(tmp_path: Path, empty: Workspace) -> None:
    """Nothing is lost: the reject file holds line, reason and row."""
    bad = [
        "not json",
        "[1, 2]",
        '{"id": "x"}',
        '{"id": "", "schema": "Company", "properties": {}}',
        '{"id": "x", "schema": "Sorcerer", "properties": {}}',
        '{"id": "x", "schema": "Interval", "properties": {}}',
        '{"id": "x", "schema": "Company", "properties": {"colour": ["blue"]}}',
        '{"id": "x", "schema": "Company", "properties": {"name": "Acme"}}',
        '{"id": "x", "schema": "Company", "properties": {"incorporationDate": ["the year of the comet"]}}',
        "[" * 100_000,
    ]
    path = tmp_path / "some.ftm.jsonl"
    path.write_text("\n".join([GOOD, "", *bad]) + "\n", "utf-8")
    taken = empty.ingest(path)
    assert taken.rejects == len(bad)
    assert [e["id"] for e in empty.entities()] == ["acme"]
    assert taken.reject_file
    rejects = [json.loads(x) for x in (empty.layout.root / taken.reject_file).read_text("utf-8").splitlines()]
    assert [r["line"] for r in rejects] == list(range(3, 3 + len(bad)))
    assert all(r["reason"] for r in rejects)
    assert rejects[0]["row"] == "not json"


@pytest.mark.parametrize(
    "content", [b"hello", b"<html>", b"\x89PNG\r\n\x1a\n\x00\x00", b"{}", b"", "é".encode("latin-1")]
)
def test_what_is_nothing_that_is_read_here_is_said_to_be_so(tmp_path: Path, empty: Workspace, content: bytes) -> None:
    """With what is read; and nothing was written."""
    path = tmp_path / "thing"
    path.write_bytes(content)
    with pytest.raises(SourceError):
        empty.ingest(path)
    assert empty.statements() == []


def test_a_folder_that_is_no_case_says_how_to_make_one(tmp_path: Path, empty: Workspace) -> None:
    """`longarm init` writes an example."""
    (tmp_path / "x").mkdir()
    (tmp_path / "x" / "case.yaml").write_text("id: x", "utf-8")
    with pytest.raises(SourceError, match=r"lacks 'site\.yaml'") as fault:
        empty.ingest(tmp_path / "x")
    assert "init" in (fault.value.where.mend or "")
    with pytest.raises(SourceError, match="no file or folder"):
        empty.ingest(tmp_path / "nowhere")


def pack(entries: dict[str, bytes], **more: int) -> bytes:
    """A zip of some files."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED, **more) as archive:
        for name, data in entries.items():
            archive.writestr(name, data)
    return out.getvalue()


def test_a_case_is_handed_on_as_a_zip(empty: Workspace, folder: Path, tmp_path: Path) -> None:
    """Folder and zip give the same statements; a folder around everything is taken off."""
    entries = {f"norhaven/{p.relative_to(folder)}": p.read_bytes() for p in folder.rglob("*") if p.is_file()}
    (tmp_path / "case.zip").write_bytes(pack(entries))
    empty.ingest(tmp_path / "case.zip")
    other = longarm.init(tmp_path / "other")
    other.ingest(folder)
    assert empty.statements() == other.statements()


@pytest.mark.parametrize("name", ["../evil", "/etc/evil", "a/../../evil", "..\\evil", "C:\\evil"])
def test_a_path_that_climbs_out_of_an_archive_is_refused(name: str) -> None:
    """Nothing is unpacked to disk at all, and the name is refused."""
    with pytest.raises(SourceError, match="climbs out"):
        files.unzip(pack({name: b"x", "b": b"y"}), "x.zip")


def test_an_archive_that_unpacks_to_too_much_is_refused() -> None:
    """A bomb is told by what the archive says of itself, and read no further than that."""
    with pytest.raises(SourceError, match="times its size"):
        files.unzip(pack({"zeros": b"\0" * 50_000_000}), "x.zip")


def test_a_broken_archive_is_no_traceback() -> None:
    """Cut short, or with wrong sums."""
    good = pack({"a": b"hello" * 100})
    for broken in (good[:-10], good[:40] + b"\xff\xff" + good[42:]):
        with pytest.raises(SourceError, match=r"x\.zip"):
            files.unzip(broken, "x.zip")


def test_a_link_that_leads_out_of_the_folder_is_not_followed(folder: Path, empty: Workspace, tmp_path: Path) -> None:
    """Whoever hands a case on cannot make it read another's files."""
    (tmp_path / "secret").write_text("secret", "utf-8")
    (folder / "documents" / "link.txt").symlink_to(tmp_path / "secret")
    with pytest.raises(SourceError, match="leads out"):
        empty.ingest(folder)
