"""Drafts of mappings: columns told by their names in four languages, and by what stands in them."""

from __future__ import annotations

import datetime as dt
import json
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner
from hypothesis import given, settings
from hypothesis import strategies as st
from mapped_tables import csv_of, source, xlsx_of

from longarm.cli import main
from longarm.ingest.formats import mapping, suggested_text, suggesting
from longarm.ingest.formats.mapped import preview

SAMPLE = Path(__file__).parents[1] / "samples" / "mapping"
HOLDING = ("Ownership", {"owner", "asset", "percentage", "startDate"})

HOLDINGS = {
    "english": ("Shareholder Name", "Shareholder LEI", "Company Name", "Company Number", "Share (%)", "Notified on"),
    "french": ("Actionnaire", "Code LEI de l'actionnaire", "Raison sociale", "SIREN", "Pourcentage", "Depuis"),
    "dutch": ("Aandeelhouder", "LEI aandeelhouder", "Vennootschap", "KvK-nummer", "Aandeel in %", "Ingangsdatum"),
    "german": ("Gesellschafter", "LEI Gesellschafter", "Firma", "HRB", "Anteil", "Seit"),
    "humps": ("ownerName", "ownerLei", "companyName", "companyRegistrationNumber", "sharePercent", "startDate"),
}
ROW = ("Elbe Holding SE", "529900T8BM49AURSDO55", "Norhaven Cranes Ltd", "00012345", "51,5", "31/12/2019")


def drafted(data: bytes, name: str = "t.csv") -> tuple[suggesting.Draft, list[dict[str, Any]]]:
    """A draft, and the entities that it makes of the first rows: a draft is always a mapping that can be read."""
    given = source(data, name)
    draft = suggesting.draft(given)
    made = mapping.read(suggested_text.text(draft, name).encode(), "draft.yaml")
    return draft, preview(made, given)[0]


@pytest.mark.parametrize("language", HOLDINGS)
def test_a_register_of_shareholders_is_told_in_every_language(language: str) -> None:
    """One row: owner, company, holding; with share, date and numbers."""
    draft, entities = drafted(csv_of(HOLDINGS[language], [ROW]))
    assert draft.kind == "holdings"
    owner, company, holding = entities
    assert (owner["schema"], owner["properties"]["name"]) == ("LegalEntity", ["Elbe Holding SE"])
    assert owner["properties"]["leiCode"] == ["529900T8BM49AURSDO55"]
    assert (company["schema"], company["properties"]["name"]) == ("Company", ["Norhaven Cranes Ltd"])
    assert company["properties"]["registrationNumber"] == ["00012345"]
    assert (holding["schema"], holding["properties"]["percentage"]) == ("Ownership", ["51.5"])
    assert holding["properties"]["startDate"] == ["2019-12-31"]
    assert (holding["properties"]["owner"], holding["properties"]["asset"]) == ([owner["id"]], [company["id"]])


COMPANIES = {
    "english": ("Company", "Registration number", "Country", "Registered office", "Email", "Date of incorporation"),
    "french": ("Dénomination", "Numéro SIREN", "Pays", "Siège social", "Courriel", "Date de création"),
    "dutch": ("Naam", "Ondernemingsnummer", "Land", "Zetel", "E-mail", "Oprichtingsdatum"),
    "german": ("Firma", "Handelsregisternummer", "Land", "Anschrift", "E-Mail", "Gründungsdatum"),
}


@pytest.mark.parametrize("language", COMPANIES)
def test_a_list_of_companies_is_told_in_every_language(language: str) -> None:
    """By names and values."""
    row = ("Quai SA", "123456789", "Belgique", "Rue 1, Liège", "a@quai.example.org", "01.02.1999")
    draft, entities = drafted(csv_of(COMPANIES[language], [row]))
    assert draft.kind == "companies"
    (company,) = entities
    assert company["properties"] == {
        "name": ["Quai SA"],
        "registrationNumber": ["123456789"],
        "country": ["be"],
        "address": ["Rue 1, Liège"],
        "email": ["a@quai.example.org"],
        "incorporationDate": ["1999-02-01"],
    }


@pytest.mark.parametrize("head", [("First name", "Surname", "Born"), ("Prénom", "Nom de famille", "Date de naissance")])
def test_people_are_persons(head: tuple[str, ...]) -> None:
    """A date of birth or a first name tells them."""
    draft, entities = drafted(xlsx_of([head, ("Ada", "Quay", dt.date(1970, 1, 2))]))
    assert draft.kind == "persons"
    assert entities[0]["schema"] == "Person"
    assert entities[0]["properties"] == {"firstName": ["Ada"], "lastName": ["Quay"], "birthDate": ["1970-01-02"]}


def test_values_tell_where_names_do_not() -> None:
    """A LEI by its check digits, countries, mail; and a name that its values belie is not believed."""
    rows = [("529900T8BM49AURSDO55", "be", "a@b.example", "maybe"), ("HWUPKR0MPOU8FGXBT394", "fr", "c@d.example", "no")]
    draft = suggesting.draft(source(csv_of(("f1", "f2", "f3", "Share"), rows)))
    told = {c.name: c.prop for c in draft.columns}
    assert told == {"f1": "leiCode", "f2": "country", "f3": "email", "Share": None}
    assert any(c.name == "Share" and "its values do not" in c.why for c in draft.left)


def test_what_cannot_be_told_is_said() -> None:
    """Day and month, parts of one."""
    head = ("Shareholder", "Company", "Share", "Since")
    draft = suggesting.draft(source(csv_of(head, [("A", "B", "0.5", "01/02/2020"), ("C", "D", "0.25", "03/04/2020")])))
    assert any("parts of 1" in w for w in draft.warnings)
    assert any("day first" in w for w in draft.warnings)


HEADS = st.lists(
    st.one_of(
        st.text(max_size=12),
        st.sampled_from(["owner", "company", "share", "naam", "no", "yes", '"', "a: b", "# x", "{}", "null", "KvK"]),
    ),
    min_size=1,
    max_size=6,
    unique=True,
)


@settings(max_examples=150, deadline=None)
@given(head=HEADS, cell=st.text(max_size=10))
def test_a_draft_is_always_a_mapping_of_its_table(head: list[str], cell: str) -> None:
    """Whatever the columns are called: what is written is read again, and names columns that are there."""
    from longarm.errors import SourceError

    data = csv_of(head, [[cell] * len(head)])
    try:
        draft = suggesting.draft(source(data))
    except SourceError:
        return  # it is no table
    if draft.entities:
        drafted(data)


def run(*args: str) -> Any:
    """A command, and what it printed."""
    return CliRunner().invoke(main, list(args))


def test_the_command_writes_a_draft_that_check_takes(tmp_path: Path) -> None:
    """Suggest, then check; a file that is there is not written over."""
    table, out = str(SAMPLE / "shareholders.csv"), str(tmp_path / "m.yaml")
    done = run("map", "suggest", table, "--out", out)
    assert done.exit_code == 0, done.output
    assert "Ownership" in done.output
    assert "row 5: the row has 2 cells" in done.output
    assert run("map", "suggest", table, "--out", out).exit_code != 0
    checked = json.loads(run("map", "check", out, table, "--json", "--rows", "2").stdout)
    assert [e["schema"] for e in checked["entities"]].count("Ownership") == 2
    told = json.loads(run("map", "suggest", table, "--json").stdout)
    assert told["kind"] == "holdings"
    assert told["mapping"] == Path(out).read_text("utf-8")


def test_the_command_says_faults_in_a_sentence(tmp_path: Path) -> None:
    """A file that is missing, a mapping that is none, a table that it does not fit."""
    (tmp_path / "m.yaml").write_text("queries: [{entities: {a: {schema: Compny, key: x}}}]")
    table = str(SAMPLE / "shareholders.csv")
    for args in (("suggest", "gone.csv"), ("check", "gone.yaml", table), ("check", str(tmp_path / "m.yaml"), table)):
        done = run("map", *args)
        assert done.exit_code != 0
        assert "Traceback" not in done.output
    assert "did you mean 'Company'" in run("map", "check", str(tmp_path / "m.yaml"), table).output
