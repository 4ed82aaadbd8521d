"""Input that once slipped through and spoiled an answer: records that ran together, figures that are none, traps."""

from __future__ import annotations

import io
import json
import time
import zipfile
from pathlib import Path
from typing import Any

import pytest
import yaml

from longarm.errors import OptionError, SourceError
from longarm.ingest import files, scenario, yaml_lines
from longarm.model.options import IngestOptions
from longarm.workspace import Workspace
from tests_support import case, edit

OWN = {"own": "I was there"}


def add(folder: Path, **sections: list[dict[str, Any]]) -> None:
    """Append lines to sections of the register."""
    path = folder / "site.yaml"
    value = yaml.safe_load(path.read_text("utf-8"))
    for name, lines in sections.items():
        value[name] = [*(value.get(name) or ()), *({"source": OWN, **line} for line in lines)]
    path.write_text(yaml.safe_dump(json.loads(json.dumps(value, default=str)), sort_keys=False), "utf-8")


def records(ws: Workspace, schema: str, prop: str) -> dict[str, list[str]]:
    """The values of a property by record."""
    found: dict[str, list[str]] = {}
    for row in ws.statements():
        if row["schema"] == schema and row["prop"] == prop:
            found.setdefault(row["entity_id"], []).append(row["value"])
    return found


THINGS = [{"id": i, "name": i.upper()} for i in ("port", "port-x", "dock")]
PARTS = [{"id": i, "name": i, "type": "system"} for i in ("crane", "x-crane", "Crane")]


@pytest.mark.parametrize(
    "lines",
    [
        [{"holder": "port", "part": "crane", "since": "2018", "until": "2019"}, {"holder": "port", "part": "crane"}],
        [{"holder": "port", "part": "crane", "until": "2019"}, {"holder": "port", "part": "crane", "since": "2019"}],
        [{"holder": "port", "part": "x-crane"}, {"holder": "port-x", "part": "crane"}],
        [{"holder": "port", "part": "Crane"}, {"holder": "port", "part": "crane"}],
    ],
)
def test_two_lines_are_two_records(empty: Workspace, folder: Path, lines: list[dict[str, Any]]) -> None:
    """Other dates, other ends: another record, and each has one holder."""
    before = len(records_of_example("Access", "holder"))
    add(folder, entities=THINGS, parts=PARTS, accesses=[{"role": "tenant", **line} for line in lines])
    empty.ingest(folder)
    held = records(empty, "Access", "holder")
    assert len(held) == before + len(lines)
    assert all(len(set(values)) == 1 for values in held.values())


def records_of_example(schema: str, prop: str) -> list[str]:
    """The lines of the example that give a property."""
    assert (schema, prop) == ("Access", "holder")
    return list(yaml.safe_load((case("example") / "site.yaml").read_text("utf-8"))["accesses"])


def test_long_texts_that_begin_alike_are_two_records(empty: Workspace, folder: Path) -> None:
    """A made-up id ends in a short hash where it is too long, and fits what `explain` takes."""
    same = "What nobody knows about the cranes of this long and windy quay is "
    add(folder, gaps=[{"what": same + end, "find_out": "ask"} for end in ("who", "when")])
    empty.ingest(folder)
    ids = {r["entity_id"] for r in empty.statements() if r["prop"] == "sentence" and r["value"].startswith(same)}
    assert len(ids) == 2
    assert all(len(i) <= 200 for i in ids)


@pytest.mark.parametrize(
    ("sections", "says"),
    [
        (
            {
                "accesses": [
                    {"id": "one", "holder": "port", "part": "crane", "role": "tenant"},
                    {"id": "one", "holder": "dock", "part": "crane", "role": "tenant"},
                ]
            },
            "'one' stands here twice",
        ),
        ({"parts": [{"id": "crane", "name": "crane", "type": "zone"}]}, "'crane' .* type"),
        ({"parts": [{"id": "crane", "name": "another", "type": "system"}]}, "'crane' .* name"),
        ({"entities": [{"id": "port", "name": "PORT", "schema": "Person"}]}, "'port' .* schema"),
        ({"entities": [{"id": "crane", "name": "crane"}]}, "'crane' .*'parts'"),
    ],
)
def test_one_id_is_one_record(empty: Workspace, folder: Path, sections: dict[str, Any], says: str) -> None:
    """What runs together under one id is nonsense."""
    add(folder, entities=THINGS, parts=PARTS)
    add(folder, **sections)
    with pytest.raises(SourceError, match=says) as fault:
        empty.ingest(folder)
    assert fault.value.where.line is not None
    assert fault.value.where.line > 1


def test_a_second_line_may_add_a_source(empty: Workspace, folder: Path) -> None:
    """The same part, and the same access under its own id, said by somebody else too."""
    line = {"id": "one", "holder": "port", "part": "crane", "role": "tenant"}
    add(folder, entities=THINGS, parts=PARTS, accesses=[line, {**line, "source": "nor-004"}])
    add(folder, parts=[{**PARTS[0], "source": "nor-004"}])
    empty.ingest(folder)
    assert len({r["document"] for r in empty.statements() if r["entity_id"] == "one"}) == 2


def rows(folder: Path, *rows: dict[str, Any] | str) -> Path:
    """A file of plain entities."""
    path = folder / "plain.ftm.jsonl"
    path.write_text("\n".join(r if isinstance(r, str) else json.dumps(r) for r in rows) + "\n", "utf-8")
    return path


def owned(**properties: str) -> dict[str, Any]:
    """An ownership with properties."""
    given = {"owner": "a", "asset": "b", **properties}
    return {"id": "own", "schema": "Ownership", "properties": {k: [v] for k, v in given.items()}}


GOOD = {"id": "a", "schema": "Company", "properties": {"name": ["A"]}}


@pytest.mark.parametrize("value", ["50,5", "NaN", "Infinity", "150", "-5", "fifty", "~30%", "1e1", "٥٠", "5_0"])
@pytest.mark.parametrize("prop", ["percentage", "votingPercentage", "percentageMinimum", "percentageMaximum"])
def test_a_share_that_is_none_is_set_aside(empty: Workspace, tmp_path: Path, prop: str, value: str) -> None:
    """With the reason; the other rows are kept, and can be asked about."""
    taken = empty.ingest(rows(tmp_path, GOOD, owned(**{prop: value})))
    assert taken.rejects == 1
    assert taken.reject_file
    reason = json.loads((empty.layout.root / taken.reject_file).read_text("utf-8"))["reason"]
    assert prop in reason
    assert value in reason


@pytest.mark.parametrize(
    "row",
    [
        {"id": "s", "schema": "Safeguard", "properties": {"effectiveness": ["much"]}},
        {"id": "s", "schema": "Safeguard", "properties": {"effectiveness": ["nan"]}},
        {"id": "s", "schema": "Safeguard", "properties": {"effectiveness": ["1.5"]}},
        owned(startDate="0000-01-01"),
        owned(percentageMinimum="60", percentageMaximum="50"),
    ],
)
def test_a_figure_that_is_none_is_set_aside(empty: Workspace, tmp_path: Path, row: dict[str, Any]) -> None:
    """A row that no answer could read never gets in."""
    assert empty.ingest(rows(tmp_path, GOOD, row)).rejects == 1


def test_a_time_of_day_is_cut_to_the_day(empty: Workspace, tmp_path: Path) -> None:
    """FollowTheMoney allows it; a tie holds for days."""
    path = rows(tmp_path, GOOD, owned(startDate="2018-12-05T10:00:00", percentage="50"))
    assert empty.ingest(path).rejects == 0
    assert records(empty, "Ownership", "startDate") == {"own": ["2018-12-05"]}
    assert {r["valid_from"] for r in empty.statements() if r["entity_id"] == "own"} == {"2018-12-05"}


@pytest.mark.parametrize(
    ("name", "old", "new", "says"),
    [
        ("case.yaml", "as_of: 2026-11-23", "as_of: 2026", "whole day"),
        ("case.yaml", "as_of: 2026-11-23", 'as_of: "2026-02-30"', "day of the calendar"),
        ("case.yaml", "as_of: 2026-11-23", "as_of: 9999-99", "day of the calendar"),
        ("case.yaml", "    years: 5", "    years: 201", "years"),
        ("sources.yaml", "retrieved: 2026-11-23", "retrieved: 9999-99", "day of the calendar"),
        ("sources.yaml", "retrieved: 2026-11-23", "retrieved: -1", "not a date"),
        ("sources.yaml", "retrieved: 2026-11-23", f"retrieved: {10**30}", "not a date"),
        ("sources.yaml", "    class: authority-own-act", "    class: gossip", "not a class"),
        (
            "sources.yaml",
            "    file: documents/concession.txt",
            "    file: documents/concession.txt\n    retrieved: 9999-99",
            "day of the calendar",
        ),
        ("sources.yaml", "published: 2019-03-01", "published: 2019-02-30", "day of the calendar"),
        ("sources.yaml", "date: 2026-02", "date: 2026-22", "day of the calendar"),
        ("site.yaml", 'share: "70"', "share: .nan", "not a number"),
        ("site.yaml", "latitude: 40.15", "latitude: .nan", "not a number"),
        ("case.yaml", "id: norhaven ", 'id: "norhaven\\n" ', "form"),
        ("site.yaml", 'share: "70"', 'share: "nan"', "not a"),
        ("site.yaml", 'share: "70"', 'share: !!float "70"', "tag"),
        ("site.yaml", 'share: "70"', "share: !!timestamp 2018-01-01", "tag"),
        ("site.yaml", 'share: "70"', "share: !!binary aGVsbG8=", "tag"),
        ("site.yaml", "    role: remote maintainer", "    rol: remote maintainer", "unknown key 'rol'"),
    ],
)
def test_a_value_that_no_answer_could_use_is_refused(
    empty: Workspace, folder: Path, name: str, old: str, new: str, says: str
) -> None:
    """When it is handed in, with the file and the line; not when somebody asks."""
    edit(folder, name, old, new)
    with pytest.raises(SourceError, match=says) as fault:
        empty.ingest(folder)
    assert fault.value.where.file == name
    assert fault.value.where.line is not None
    assert fault.value.where.line > 1
    assert empty.statements() == []
    if "rol:" in new:
        assert "did you mean 'role'?" in (fault.value.where.mend or "")


def test_a_partial_day_of_retrieval_counts_as_its_last(empty: Workspace, folder: Path) -> None:
    """Before, nobody can say that it was known."""
    edit(folder, "sources.yaml", "retrieved: 2026-11-23", "retrieved: 2026-10")
    empty.ingest(folder)
    assert {r["first_seen"] for r in empty.statements()} == {"2026-10-31"}


CITED = 'source: {document: concession, quote: "a public institute of the Portuguese State"}'
RUNS = 'source: {document: concession, quote: "shall operate the container quay for thirty years"}'


@pytest.mark.parametrize(
    ("kind", "old", "new", "says"),
    [
        ("demonstration", RUNS, RUNS, "proves nothing"),
        ("demonstration", CITED, CITED, "proves nothing"),
        ("register", RUNS, "source: {document: concession}", "must quote it"),
    ],
)
def test_a_source_that_bears_nothing_is_refused(
    empty: Workspace, folder: Path, kind: str, old: str, new: str, says: str
) -> None:
    """A text made for show is the source of no tie; a text that is not quoted is no source."""
    edit(folder, "sources.yaml", "kind: register", f"kind: {kind}")
    edit(folder, "site.yaml", old, new)
    with pytest.raises(SourceError, match=says) as fault:
        empty.ingest(folder)
    assert fault.value.where.line


@pytest.mark.parametrize("inside", [True, False])
def test_a_demonstration_takes_no_grade(empty: Workspace, folder: Path, inside: bool) -> None:
    """Neither in the line nor in its source: it cannot be judged, whatever the writer says of it."""
    add(folder, entities=[{"id": "shown", "name": "Shown"}])
    path = folder / "sources.yaml"
    value = yaml.safe_load(path.read_text("utf-8"))
    value["documents"].append({"id": "show", "file": "documents/show.txt", "kind": "demonstration"})
    path.write_text(yaml.safe_dump(json.loads(json.dumps(value, default=str))), "utf-8")
    (folder / "documents" / "show.txt").write_text("Shown Ltd", "utf-8")
    source, graded = {"document": "show", "quote": "Shown Ltd"}, {"grade": "A1", "because": "I like it"}
    line = {"source": {**source, **graded}} if inside else {"source": source, **graded}
    add(folder, entities=[{"id": "other", "name": "Other", "source": source}])
    empty.ingest(folder)
    assert {r["grade"] for r in empty.statements() if r["entity_id"] == "other"} == {"F6"}
    add(folder, entities=[{"id": "graded", "name": "Graded", **line}])
    with pytest.raises(SourceError, match="takes no grade"):
        empty.ingest(folder)


@pytest.mark.parametrize("name", [".", "./", "x/.."])
def test_an_entry_without_a_name_is_refused(name: str) -> None:
    """One sentence, no traceback."""
    if name.endswith("/"):
        assert files.unzip(packed([(name, b""), ("b", b"y")]), "x.zip") == {"b": b"y"}
        return
    with pytest.raises(SourceError, match=r"x\.zip"):
        files.unzip(packed([(name, b"x"), ("b", b"y")]), "x.zip")


@pytest.mark.filterwarnings("ignore:Duplicate name")
@pytest.mark.parametrize("other", ["case.yaml", "./case.yaml"])
def test_two_entries_of_one_name_are_refused(other: str) -> None:
    """Nobody could say which is meant."""
    with pytest.raises(SourceError, match="twice"):
        files.unzip(packed([("case.yaml", b"x"), (other, b"y")]), "x.zip")


def packed(entries: list[tuple[str, bytes]]) -> bytes:
    """A zip of entries, in order, names as they are."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in entries:
            archive.writestr(zipfile.ZipInfo(name), data)
    return out.getvalue()


BAD_TEXTS = ["\\ud800", "\\u001b[31m", "\\u0000", "\\u009b31m", "a\\rb"]


@pytest.mark.parametrize("bad", BAD_TEXTS)
def test_a_row_with_half_a_character_or_an_escape_is_set_aside(empty: Workspace, tmp_path: Path, bad: str) -> None:
    """In an id, a property or a value; the other rows are kept."""
    good = json.dumps(GOOD)
    broken = [good.replace('"a"', f'"{bad}"'), good.replace('"A"', f'"A{bad}"'), good.replace("name", bad)]
    taken = empty.ingest(rows(tmp_path, GOOD, *broken))
    assert taken.rejects == 3
    assert [e["id"] for e in empty.entities()] == ["a"]


@pytest.mark.parametrize("bad", BAD_TEXTS)
@pytest.mark.parametrize(
    ("name", "old"),
    [
        ("facts.json", '"text": "'),
        ("site.yaml", '{document: concession, quote: "Port'),
        ("facts.json", '"publisher": "'),
    ],
)
def test_a_text_with_half_a_character_or_an_escape_is_refused(
    empty: Workspace, folder: Path, name: str, old: str, bad: str
) -> None:
    """With the line."""
    edit(folder, name, old, old + bad)
    with pytest.raises(SourceError) as fault:
        empty.ingest(folder)
    assert fault.value.where.file == name
    assert fault.value.where.line


def test_raw_escapes_are_refused_with_the_line() -> None:
    """A file that would colour a terminal is no register."""
    with pytest.raises(SourceError, match="control character") as fault:
        yaml_lines.read(b"a: 1\nb: x\x1b[31m\n", "x.yaml")
    assert fault.value.where.line == 2


def test_json_may_write_any_character_as_json_does() -> None:
    """A pair of surrogates is one character in JSON, and not in YAML."""
    found = yaml_lines.read(b'{\n"a": [1,\n"\\ud83d\\ude00\\/"]}', "facts.json")
    assert found.value == {"a": [1, "\U0001f600/"]}
    assert found.line("a", 1) == 3


@pytest.mark.parametrize("name", ["example", "cloud", "liege", "tollerort"])
def test_the_lines_of_json_are_those_that_yaml_gives(name: str) -> None:
    """Two readers of one file."""
    data = (case(name) / "facts.json").read_bytes()
    one, other = yaml_lines.read(data, "facts.json"), yaml_lines.read(data, "facts.yaml")
    assert one.value == other.value
    assert one.lines == other.lines


def test_a_file_of_very_many_values_is_refused_soon() -> None:
    """It would take a minute to read."""
    start = time.monotonic()
    for data in (b"- [x, y]\n" * 400_000, b"- [x, y]\n" * 200_000):
        with pytest.raises(SourceError, match=r"over|at most"):
            yaml_lines.read(data, "x.yaml")
    assert time.monotonic() - start < 30


@pytest.mark.parametrize("dataset", ["../../escaped", "a/b", "-x", "x" * 201, "a b", "a\n"])
def test_a_dataset_is_an_id(empty: Workspace, tmp_path: Path, dataset: str) -> None:
    """It becomes a name on disk."""
    with pytest.raises(OptionError, match="dataset"):
        empty.ingest(rows(tmp_path, GOOD), IngestOptions(dataset=dataset))
    assert empty.statements() == []


@pytest.mark.parametrize(
    ("head", "says"),
    [(b"%PDF-1.7\n\xe2\xe3", "PDF"), (b"\x89PNG\r\n\x1a\n", "PNG"), (b"\xd0\xcf\x11\xe0\xa1\xb1", "Office")],
)
def test_a_binary_is_called_by_its_name(empty: Workspace, folder: Path, tmp_path: Path, head: bytes, says: str) -> None:
    """As a source, as a file of the case, and as a document that a line quotes."""
    (tmp_path / "x.ftm.jsonl").write_bytes(head + b"\n")
    with pytest.raises(SourceError, match=says) as fault:
        empty.ingest(tmp_path / "x.ftm.jsonl")
    assert ".txt" in (fault.value.where.mend or "")
    (folder / "documents" / "concession.txt").write_bytes(head + b"\n")
    with pytest.raises(SourceError, match=says) as fault:
        empty.ingest(folder)
    assert fault.value.where.file == "site.yaml"
    assert fault.value.where.line


@pytest.mark.parametrize("as_of", ["2026", "2026-02-30"])
def test_the_day_of_a_scenario_is_a_whole_day(as_of: str) -> None:
    """As that of a case."""
    data = f'id: x\ntitle: X\nas_of: "{as_of}"\n'.encode()
    with pytest.raises(SourceError, match="day") as fault:
        scenario.read(data, "x.yaml", "site", "2026-11-23")
    assert fault.value.where.line == 3
