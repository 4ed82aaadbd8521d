"""The files of the law base: their form, that nothing was lost, and that every state is coded by one test."""

from __future__ import annotations

import json
import re
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Any

import jsonschema
import pytest
import yaml

from longarm.law.instruments import index

BASE = Path(str(files("longarm.law"))) / "base"
RESEARCH = Path(__file__).parents[3] / "shared" / "data" / "law"
HINTS = {"sectors": "sectors_hint", "capability": "capability_hint"}

needs_research = pytest.mark.skipif(not RESEARCH.is_dir(), reason="the research files lie beside the checkout only")


@cache
def read(name: str) -> Any:
    return yaml.load((BASE / name).read_text("utf-8"), yaml.CSafeLoader)


@cache
def laws() -> dict[str, dict[str, Any]]:
    return {path.stem: read(f"instruments/{path.name}") for path in sorted((BASE / "instruments").glob("*.yaml"))}


@cache
def articles() -> dict[tuple[str, str], dict[str, Any]]:
    return {(law["id"], article["number"]): article for law in laws().values() for article in law["articles"]}


def research(name: str) -> dict[str, Any]:
    found: dict[str, Any] = json.loads((RESEARCH / name).read_text("utf-8"))
    return found


def test_every_file_has_the_form_of_the_schema() -> None:
    """Strict: no field that the schema does not name, no word outside the closed vocabularies."""
    schema = json.loads((BASE / "instrument.schema.json").read_text("utf-8"))
    jsonschema.Draft202012Validator.check_schema(schema)
    validator = jsonschema.Draft202012Validator(schema)
    faults = [f"{i}: {list(e.path)}: {e.message}" for i, law in laws().items() for e in validator.iter_errors(law)]
    assert not faults


@pytest.mark.parametrize(
    ("break_it", "what"),
    [
        (lambda law: law.update(flag="red"), "an unknown field"),
        (lambda law: law.update(jurisdiction=False), "an unquoted NO, which YAML reads as false"),
        (lambda law: law["articles"][0].update(kind="duty"), "an unknown kind"),
        (lambda law: law["articles"][0]["routes"].update(parent="maybe"), "an unknown route value"),
        (lambda law: law["articles"][0].update(gives_power=False), "a route or capability without power"),
        (lambda law: law["safeguards"].pop("redress"), "a safeguard left out instead of null"),
        (lambda law: law.update(valid_from="1.6.2017"), "a date of another form"),
    ],
)
def test_the_schema_refuses(break_it: Any, what: str) -> None:
    """The schema would notice each of these mistakes."""
    schema = json.loads((BASE / "instrument.schema.json").read_text("utf-8"))
    law = json.loads(json.dumps(next(x for x in laws().values() if x["articles"][0]["gives_power"])))
    break_it(law)
    assert list(jsonschema.Draft202012Validator(schema).iter_errors(law)), what


def test_the_words_of_the_schema_are_those_of_the_vocabulary() -> None:
    """One vocabulary: a word added to one file and not to the other is a mistake."""
    definitions = json.loads((BASE / "instrument.schema.json").read_text("utf-8"))["$defs"]
    article = definitions["article"]["properties"]
    words = read("vocabulary.yaml")["vocabulary"]
    assert set(article["kind"]["enum"]) == set(words["kind_power"]) | set(words["kind_no_power"])
    assert set(article["addressee"]["properties"]["who"]["items"]["enum"]) == set(words["addressee.who"])
    assert set(definitions["sector"]["enum"]) == set(words["addressee.sectors"])
    assert set(article["needs"]["items"]["enum"]) == set(words["needs"])
    assert set(definitions["routes"]["properties"]) == set(words["routes"])
    assert {str(w).lower().replace("none", "null") for w in article["trigger"]["enum"]} == set(words["trigger"])
    assert set(article["duty"]["items"]["enum"]) == set(read("method.yaml")["duties"])
    assert set(definitions["effect"]["properties"]["kinds"]["items"]["enum"]) == set(
        read("vocabulary.yaml")["effect"]["kinds"]
    )


def test_the_index_lists_every_file() -> None:
    """What the index does not name is never read."""
    rows = {
        i: {key: law[key] for key in ("jurisdiction", "valid_from", "valid_to", "status")} for i, law in laws().items()
    }
    assert dict(index()) == rows
    assert all(law["id"] == name for name, law in laws().items())


@needs_research
def test_no_field_of_an_instrument_was_lost() -> None:
    """Every field of the research is in the file, under its own name or the documented one."""
    for row in research("instruments.json")["instruments"]:
        law = laws()[row["id"]]
        for key, value in row.items():
            if key == "articles":
                continue
            assert law["routes" if key == "reach_routes" else key] == value, (row["id"], key)
        assert [a["number"] for a in law["articles"]] == [a["number"] for a in row["articles"]]
        for said in row["articles"]:
            made = articles()[row["id"], said["number"]]
            for key, value in said.items():
                assert made[HINTS.get(key, key)] == value, (row["id"], said["number"], key)
    assert len(laws()) == len(research("instruments.json")["instruments"]) == 153


@needs_research
def test_no_field_of_a_coding_was_lost() -> None:
    """Every field of the coding is in its article, and no article was left uncoded."""
    rows = research("articles.json")["articles"]
    for row in rows:
        made = articles()[row["instrument"], row["number"]]
        assert {key: made[key] for key in row if key != "instrument"} == {
            key: value for key, value in row.items() if key != "instrument"
        }
    assert {(row["instrument"], row["number"]) for row in rows} == set(articles())
    assert len(articles()) == 415


@needs_research
def test_readings_vocabulary_and_method_are_whole() -> None:
    """The other files of the research are here too; the one changed address is named in the notice."""
    assert read("interpretations.yaml") == research("interpretations.json")
    meta, vocabulary = research("articles.json")["meta"], read("vocabulary.yaml")
    assert vocabulary["vocabulary"] | {"sector_tree": vocabulary["sector_tree"]} == meta["vocabulary"]
    assert vocabulary["comparisons"] == meta["comparisons"]
    assert vocabulary["test"] == meta["test"]
    assert vocabulary["counts"]["articles"] == meta["counts"]
    about = research("instruments.json")["meta"]
    assert vocabulary["effect"] == about["effect_field"]
    assert vocabulary["notes"] == about["notes"]
    proxy = re.compile(r"https://[^\"]*php-proxy[^\"]*")
    said = proxy.sub("PROXY", json.dumps(research("method.json")))
    made = json.dumps(read("method.yaml")).replace(
        "https://www.scribd.com/document/491705055/anssi-guide-ebios-risk-manager-en-v1-0", "PROXY"
    )
    assert made == said


def test_what_an_article_names_exists() -> None:
    """`widens`, `backs` and the numbers in `force` point at articles of the base."""
    for (law, number), article in articles().items():
        named = [(w["instrument"], w["number"]) for w in article.get("widens", ())]
        named += [(law, b) for b in article.get("backs", ())]
        named += [
            (o["instrument"], o["number"]) for o in (article.get("force", {}).get(k) for k in ("was", "becomes")) if o
        ]
        assert all(n in articles() for n in named), (law, number)
    for law, row in laws().items():
        force = row.get("force", {})
        assert all((law, n) in articles() for n in force.get("effect_continues_for", ())), law
        if (old := force.get("replaces")) is not None:
            assert laws()[old]["force"]["replaced_by"] == law
    for reading in read("interpretations.yaml")["interpretations"]:
        assert reading["instrument"] in laws(), reading["id"]


def test_every_machine_date_quotes_its_record() -> None:
    """A `force` block rests on words that stand in the instrument itself, or in a reading of it."""
    readings = read("interpretations.yaml")["interpretations"]
    for law, row in laws().items():
        plain = json.loads(json.dumps(row))
        blocks = [b for b in [plain.pop("force", None), *(a.pop("force", None) for a in plain["articles"])] if b]
        record = json.dumps([plain, [r for r in readings if r["instrument"] == law]], ensure_ascii=False)
        for block in blocks:
            assert block["why"]
            assert all(json.dumps(q, ensure_ascii=False)[1:-1] in record for q in block["quotes"]), (law, block)


def groups() -> list[Any]:
    return [pytest.param(g, id=g["kind"]) for g in read("vocabulary.yaml")["comparisons"]]


@pytest.mark.parametrize("group", groups())
def test_like_articles_of_several_states_are_coded_alike(group: dict[str, Any]) -> None:
    """Every state is treated alike: the same duty opens the same routes, but for the differences that are declared."""
    like = [articles()[a["instrument"], a["number"]] for a in group["articles"]]
    assert {a["gives_power"] for a in like} == {group["gives_power"]}
    differ = [r for r in like[0]["routes"] if len({a["routes"][r] for a in like}) > 1]
    assert differ == group["routes_that_differ"]
    assert (len({tuple(a["capability"]) for a in like}) > 1) == group["capability_differs"]


def test_no_route_is_more_open_than_its_instrument() -> None:
    """The coding of an article may close a route of its instrument, never open one."""
    order = ("no", "disputed", "yes")
    for (law, number), article in articles().items():
        for route, value in article["routes"].items():
            assert order.index(value) <= order.index(laws()[law]["routes"][route]["value"]), (law, number, route)


def test_no_state_is_named_in_code() -> None:
    """Design 4.7: what a state's law does is in its data; the code knows no flag."""
    named = {row["jurisdiction"] for row in index().values()} | set(index())
    for path in sorted(Path(str(files("longarm.law"))).rglob("*.py")):
        quoted = set(re.findall(r"""["'`]([A-Z]{2}|[a-z]{2}-[a-z0-9-]+)["'`]""", path.read_text("utf-8")))
        assert not quoted & named, path.name
