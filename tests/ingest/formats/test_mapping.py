"""The mapping language: the same entities as FollowTheMoney's own evaluation, and faults that say how to mend them."""

from __future__ import annotations

import io
import logging
import warnings
from typing import Any

import pytest
import yaml
from followthemoney.mapping.csv import CSVSource
from followthemoney.mapping.query import QueryMapping
from hypothesis import given, settings
from hypothesis import strategies as st
from mapped_tables import COMPANIES, csv_of, entities, read, source

from longarm.errors import SourceError
from longarm.ingest.formats import mapping
from longarm.ingest.formats.mapped import Mapped
from longarm.model import vocabulary

HEAD = ("id", "a", "b", "c", "when", "land")
CELLS = st.one_of(
    st.sampled_from(
        ["", "", "x", "X ", " Kade  3", '"Quay"', "é́", "Ligne Émeraude", "1", "0", "a;b", "a; b;;c", "B\u200bV", "ﬁ"]
    ),
    st.text(st.characters(codec="utf-8", exclude_categories=["Cs", "Cc"]), max_size=8),
)
DATES = st.sampled_from(["", "2001", "2001-02", "2001-02-03", "03/02/2001", "never", "2001-02-03T10:00:00"])
LANDS = st.sampled_from(["", "be", "BE", "Belgium", "Allemagne", "Atlantis", "fr"])
ROWS = st.lists(st.tuples(CELLS, CELLS, CELLS, CELLS, DATES, LANDS), min_size=1, max_size=8)
COLUMNS = st.lists(st.sampled_from(["a", "b", "c"]), min_size=1, max_size=3, unique=True)


@st.composite
def texts(draw: st.DrawFn) -> dict[str, Any]:
    """How a property of texts gets its values: every word of the language."""
    how = draw(st.sampled_from(["column", "columns", "literal", "literals", "join", "split", "template", "both"]))
    made: dict[str, Any] = {}
    if how == "template":
        made["template"] = draw(st.sampled_from(["{{a}} of {{b}}", "No {{c}}", "{{a}}{{b}}", "{{ a}}x", "plain"]))
        made["template"] = made["template"].replace("{{ a}}", "{{a}}")
    elif how in ("literal", "literals"):
        made[how] = "fixed" if how == "literal" else ["one", "two", "one"]
    else:
        made["columns"] = draw(COLUMNS)
        if how in ("join", "both"):
            made["join"] = draw(st.sampled_from([" ", "; ", "-"]))
        if how in ("split", "both"):
            made["split"] = draw(st.sampled_from([";", " "]))
        if how == "column":
            made = {"column": made["columns"][0]}
    if not {"join", "split", "template"} & set(made) and draw(st.booleans()):
        # A join of nothing is an empty text for FollowTheMoney, which fulfils what is required; for us it is nothing.
        made["required"] = True
    return made


@st.composite
def mappings(draw: st.DrawFn) -> dict[str, Any]:
    """A query with an owner, a company and an interest between them."""
    owner: dict[str, Any] = {"schema": draw(st.sampled_from(["LegalEntity", "Person", "Company"]))}
    owner["properties"] = {"name": draw(texts()), "country": {"column": "land"}, "summary": draw(texts())}
    company: dict[str, Any] = {"schema": "Company", "properties": {"alias": draw(texts()), "address": draw(texts())}}
    for entity in (owner, company):
        if draw(st.booleans()):
            entity["id_column"] = "id"
        else:
            entity["keys"] = draw(COLUMNS)
            if draw(st.booleans()):
                entity["key_literal"] = "k"
    if draw(st.booleans()):
        form = draw(st.sampled_from([{}, {"format": "%d/%m/%Y"}]))
        company["properties"]["incorporationDate"] = {"column": "when", **form}
    link = {
        "schema": "Ownership",
        "keys": ["id", "a"],
        "key_literal": "link",
        "properties": {
            "owner": {"entity": "owner", **({"required": True} if draw(st.booleans()) else {})},
            "asset": {"entity": "company"},
            "role": draw(texts()),
        },
    }
    made: dict[str, Any] = {"csv_url": "rows.csv", "entities": {"link": link, "owner": owner, "company": company}}
    for word in ("filters", "filters_not"):
        if draw(st.integers(0, 3)) == 0:
            column = draw(st.sampled_from(["a", "land"]))
            made[word] = {column: draw(st.sampled_from(["x", ["be", "x", "BE"], ["fr", None]]))}
    return made


def theirs(query: dict[str, Any], data: bytes, dataset: str) -> dict[str, tuple[str, dict[str, set[str]]]]:
    """What FollowTheMoney makes of it; values trimmed and without empty ones, where ours departs."""
    logging.getLogger("followthemoney").setLevel(logging.CRITICAL)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        made = QueryMapping(vocabulary.model(), query, key_prefix=dataset)
    assert isinstance(made.source, CSVSource)
    found: dict[str, tuple[str, dict[str, set[str]]]] = {}
    for record in CSVSource.read_csv(io.StringIO(data.decode(), newline="")):
        if not made.source.check_filters(record):
            continue
        for entity in made.map(record).values():
            assert entity.id
            _, properties = found.setdefault(entity.id, (entity.schema.name, {}))
            for prop, value in entity.itervalues():
                # As if the split had trimmed it; an id is whatever the table has.
                trimmed = value if prop.type.name == "entity" else prop.type.clean(value)
                if trimmed is not None:
                    properties.setdefault(prop.name, set()).add(trimmed)
    return found


@settings(max_examples=250, deadline=None)
@given(query=mappings(), rows=ROWS)
def test_the_same_entities_come_out_as_from_followthemoney(query: dict[str, Any], rows: list[tuple[str, ...]]) -> None:
    """Ids, schemata, values, links and the names that intervals mention, for every word of the language."""
    data = csv_of(HEAD, rows)
    text = yaml.safe_dump({"set": {"queries": [query]}}, allow_unicode=True)
    said, rejects, _ = read(text, data)
    assert all("cells" not in r.reason for r in rejects)
    ours = entities(said)
    # A schema that two entities of one id disagree on is the first's for them, and any for us.
    expected = theirs(query, data, "set")
    assert {i: p for i, (_, p) in ours.items()} == {i: p for i, (_, p) in expected.items()}
    for entity, (schema, _) in expected.items():
        assert ours[entity][0] == schema or query["entities"]["owner"].keys() & {"id_column", "keys"}


def faulty(text: str) -> SourceError:
    """The fault of a mapping."""
    with pytest.raises(SourceError) as fault:
        mapping.read(text.encode(), "m.yaml")
    assert fault.value.where.file == "m.yaml"
    return fault.value


FAULTS = [
    ("schema: Company", "schema: Compny", 5, "no schema 'Compny'", "did you mean 'Company'"),
    ("schema: Company", "schema: Thing", 5, "abstract", "Company"),
    ("name: {column", "naem: {column", 8, "no property 'naem'", "did you mean 'name'"),
    ("name: {column", "name: {colum", 8, "unknown key 'colum'", "did you mean 'column'"),
    ("id_column: id", "id_colum: id", 6, "unknown key 'id_colum'", "did you mean 'id_column'"),
    ("id_column: id", "key: id\n        id_column: id", 7, "keys and id_column", "leave out"),
    ("        id_column: id\n", "", 4, "neither keys nor id_column", "key"),
    ("name: {column: name}", "ownershipAsset: {column: name}", 8, "other end", ""),
    ("name: {column: name}", "parent: {entity: mother}", 8, "no entity 'mother'", "known here: company"),
    ("name: {column: name}", "name: {entity: company}", 8, "takes a name, not an entity", ""),
    ("name: {column: name}", "name: {}", 8, "from nowhere", "column"),
    ("name: {column: name}", "name: title", 8, "mapping of words", "docs/formats"),
    ("name: {column: name}", "phone: {column: name, country: Atlantis}", 8, "not a country", ""),
    ("name: {column: name}", "name: {column: name, lang: klingon!}", 8, "not a language", "ISO 639"),
    ("name: {column: name}", "name: {column: name, country: be}", 8, "phone number", "'country'"),
    ("since}", "since, format: day}", 10, "not a format of dates", "%d"),
    ("  - entities:", "  - database: postgresql://x\n    entities:", 3, "database is not asked", "CSV"),
    ("  - entities:", "  - delimiter: ';;'\n    entities:", 3, "one character", ""),
    ("name: {column: name}", "parent: {entity: company}", 4, "circle", ""),
    ("queries:", "publisher_class: gossip\nqueries:", 2, "class of publisher", "known here"),
]


@pytest.mark.parametrize(("old", "new", "line", "says", "mend"), FAULTS)
def test_a_fault_names_its_line_and_the_nearest_word(old: str, new: str, line: int, says: str, mend: str) -> None:
    """Of the mapping file, so that it can be mended there."""
    assert old in COMPANIES
    fault = faulty(COMPANIES.replace(old, new))
    assert says in fault.message
    assert fault.where.line == line
    assert mend in (fault.where.mend or "")


NONE = ["a: 1", "- 1", "queries: []", "x: {queries: []}", "queries:\n  - 1", "a: [", "", "{}"]


@pytest.mark.parametrize("text", NONE)
def test_what_is_no_mapping_is_refused(text: str) -> None:
    """In a sentence."""
    assert faulty(text).message


def test_a_column_that_the_table_has_not_is_refused_at_the_line_of_the_mapping() -> None:
    """With the nearest column that it has."""
    with pytest.raises(SourceError, match="no column 'name'") as fault:
        read(COMPANIES, csv_of(("id", "Naame", "country", "since"), []))
    assert (fault.value.where.file, fault.value.where.line) == ("m.yaml", 8)
    assert "'Naame'" in (fault.value.where.mend or "")


def test_a_mapping_of_several_tables_takes_the_queries_of_each() -> None:
    """By the name of the table, packed or not, whatever folder it lies in."""
    one, two = (yaml.safe_load(COMPANIES)["queries"][0] for _ in range(2))
    one["csv_url"], two["csv_url"] = "https://example.org/in/one.csv?x=1", "two.csv"
    text = yaml.safe_dump({"queries": [one, two]})
    made = mapping.read(text.encode(), "m.yaml")
    assert made.of("some/folder/one.csv") == made.queries[:1]
    assert made.of("a.zip!two.csv.gz") == made.queries[1:]
    with pytest.raises(SourceError, match="other tables"):
        made.of("three.csv")


def test_what_the_mapping_says_of_the_source_is_handed_on() -> None:
    """Publisher, class, origin, date, and whether it is whole."""
    told = {"publisher": "Kade", "publisher_class": "register", "origin": "register:kade", "snapshot": True}
    text = COMPANIES + yaml.safe_dump({**told, "published": "2026-01"})
    about = Mapped(mapping.read(text.encode(), "m.yaml")).about(source(b"", "x/rows.csv"))
    assert (about.publisher, about.publisher_class, about.origin) == ("Kade", "register", "register:kade")
    assert (about.published, about.is_snapshot) == ("2026-01", True)
    plain = Mapped(mapping.read(COMPANIES.encode(), "m.yaml")).about(source(b"", "x/rows.csv"))
    assert (plain.origin, plain.publisher_class, plain.is_snapshot) == ("table:rows.csv", "copy", False)


def test_several_queries_of_one_table_are_read_together() -> None:
    """Each row is said under all of them, so that reading can go on at a row."""
    one, two = (yaml.safe_load(COMPANIES)["queries"][0] for _ in range(2))
    two["entities"]["company"]["schema"] = "Organization"
    del two["entities"]["company"]["properties"]["incorporationDate"]
    text = yaml.safe_dump({"queries": [one, two]})
    data = csv_of(("id", "name", "country", "since"), [(str(i), "X", "be", "2001") for i in range(9)])
    reader = Mapped(mapping.read(text.encode(), "m.yaml"))
    whole, rest = ([r for c in reader.read(source(data), start=(n, 0)) for r in c.said.to_pylist()] for n in (0, 5))
    assert {r["schema"] for r in whole} == {"Company", "Organization"}
    assert [r["record"] for r in whole if r["prop"] == "id"] == [*range(2, 11)] * 2
    assert rest == [r for r in whole if r["record"] > 5]


SIGNS = st.sampled_from(["{", "- ", "&a ", "!!x ", "schema: ", "\n"])


@settings(max_examples=200, deadline=None)
@given(
    cuts=st.lists(st.tuples(st.integers(0, len(COMPANIES)), st.text(max_size=4) | SIGNS)),
    length=st.integers(0, 400),
)
def test_no_text_brings_a_traceback(cuts: list[tuple[int, str]], length: int) -> None:
    """Whatever is broken in a mapping: it is read, or a fault names the file."""
    text = COMPANIES
    for at, put in cuts:
        text = text[:at] + put + text[at + len(put) :]
    try:
        mapping.read(text[:length].encode("utf-8", "surrogatepass"), "m.yaml")
    except SourceError as fault:
        assert fault.where.file == "m.yaml"  # noqa: PT017 (either outcome is right)
