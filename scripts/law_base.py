"""Make the law base (`src/longarm/law/base/`) from the folder of research files that it was compiled in.

Reads `instruments.json`, `articles.json`, `interpretations.json` and `method.json` in the folder given on the command
line; writes one YAML file an instrument, with the coding of each article merged in, and the index, the readings, the
vocabulary and the method. Run once for each new edition of the research; the same input gives the same bytes:

    python scripts/law_base.py FOLDER [--into src/longarm/law/base]

What the research says about dates in sentences only ("suspended by the minister on 19 November 2025") is turned into
machine fields by `law_force.py` beside this file, each with its reason and the words it rests on, checked here.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import yaml
from law_force import BY_ARTICLE, BY_INSTRUMENT, STANDING

Row = dict[str, Any]
WIDTH = 110
PROXIED = {
    # The research reached the guide through a web proxy; the address of the guide is what a reader needs.
    "https://rainy.clevelandohioweatherforecast.com/php-proxy/index.php"
    "?q=https%3A%2F%2Fwww.scribd.com%2Fdocument%2F491705055%2Fanssi-guide-ebios-risk-manager-en-v1-0": (
        "https://www.scribd.com/document/491705055/anssi-guide-ebios-risk-manager-en-v1-0"
    ),
}
TOP = [
    "id",
    "jurisdiction",
    "title",
    "short_name",
    "status",
    "standing",
    "in_force",
    "valid_from",
    "valid_to",
    "effect_until_about",
    "force",
    "confidence",
    "effect",
    "routes",
    "safeguards",
    "safeguards_basis",
    "articles",
    "sources",
    "note",
    "reviewed_on",
]
ARTICLE = [
    "number",
    "compels",
    "of_whom",
    "quote",
    "quote_lang",
    "text_seen",
    "duty",
    "sectors_hint",
    "capability_hint",
    "gives_power",
    "kind",
    "capability",
    "addressee",
    "routes",
    "route_cases",
    "needs",
    "trigger",
    "prior_approval",
    "secrecy_duty",
    "extraterritorial_text",
    "ownership_effect",
    "item_scope",
    "widens",
    "backs",
    "force",
    "basis",
    "coded_from",
]
SAFEGUARDS = [
    "legal_basis",
    "legitimate_aim",
    "prior_approval",
    "handling_limits",
    "transparency",
    "oversight",
    "redress",
]
HINTS = {"sectors": "sectors_hint", "capability": "capability_hint"}
"""Fields that the text record and the coding both have: the coding keeps the name, the record's becomes a hint."""


class Writer(yaml.SafeDumper):
    """Block style for what is read line by line, one line for what is read at a glance."""

    def increase_indent(self, flow: bool = False, indentless: bool = False) -> None:  # noqa: ARG002 - PyYAML's signature
        """Indent lists below their key."""
        super().increase_indent(flow, indentless=False)


def _is_short(value: object) -> bool:
    return value is None or isinstance(value, bool | int) or (isinstance(value, str) and len(value) <= 34)


def _mapping(writer: Writer, value: Row) -> yaml.Node:
    node = writer.represent_mapping("tag:yaml.org,2002:map", value.items())
    flat = not any(isinstance(v, dict | list) for v in value.values())
    fits = sum(len(f"{k}: {v}, ") for k, v in value.items()) < WIDTH
    node.flow_style = flat and fits and not ({"en", "id", "title", "legal_basis"} & set(value))
    return node


def _sequence(writer: Writer, value: list[Any]) -> yaml.Node:
    node = writer.represent_sequence("tag:yaml.org,2002:seq", value)
    node.flow_style = all(_is_short(v) for v in value)
    return node


Writer.add_representer(dict, _mapping)
Writer.add_representer(list, _sequence)


def text(value: object, heading: str) -> str:
    """Write `value` as YAML under a comment line, with an empty line before each article and each record of a list."""
    raw = yaml.dump(value, Dumper=Writer, width=WIDTH, allow_unicode=True, sort_keys=False)
    lines = []
    for line in raw.splitlines():
        if line.startswith(("  - number:", "  - id:", "- id:", "articles:", "sources:", "routes:")) and lines:
            lines.append("")
        lines.append(line)
    return f"# {heading}\n" + "\n".join(lines) + "\n"


def _read(folder: Path, name: str) -> Row:
    found: Row = json.loads((folder / name).read_text("utf-8"))
    return found


def _checked(force: Row | None, record: object, where: str) -> Row | None:
    """Give a force entry whose quotes all stand in the record; a departure without its source stops the run."""
    if force is None:
        return None
    said = json.dumps(record, ensure_ascii=False)
    for quote in force["quotes"]:
        if json.dumps(quote, ensure_ascii=False)[1:-1] not in said:
            raise SystemExit(f"{where}: the record does not say '{quote}'")
    return force


def _in_order(row: Row, keys: Iterable[str], where: str) -> Row:
    keys = list(keys)
    if lost := sorted(set(row) - set(keys)):
        raise SystemExit(f"{where}: this converter does not know {', '.join(lost)}; nothing may be lost")
    return {key: row[key] for key in keys if key in row}


def article(said: Row, coded: Row, record: object) -> Row:
    """Merge the text record of an article with its coding."""
    where = f"{coded['instrument']} {said['number']}"
    row = {HINTS.get(key, key): value for key, value in said.items()}
    row |= {key: value for key, value in coded.items() if key != "instrument"}
    force = _checked(BY_ARTICLE.get((coded["instrument"], said["number"])), record, where)
    return _in_order(row | ({"force": force} if force else {}), ARTICLE, where)


def instrument(row: Row, coding: dict[tuple[str, str], Row], record: object) -> Row:
    """Give one instrument as it is written: keys in the order in which one would read it aloud."""
    row = dict(row)
    row["routes"] = row.pop("reach_routes")
    row["safeguards"] = _in_order(row["safeguards"], SAFEGUARDS, row["id"])
    row["standing"] = next(word for start, word in STANDING if row["status"].startswith(start))
    row["articles"] = [article(a, coding[row["id"], a["number"]], record) for a in row["articles"]]
    if force := _checked(BY_INSTRUMENT.get(row["id"]), record, row["id"]):
        row["force"] = force
    return _in_order(row, TOP, row["id"])


def _without_proxy(value: Any) -> Any:
    if isinstance(value, dict):
        return {k: _without_proxy(v) for k, v in value.items()}
    if isinstance(value, list):
        return [_without_proxy(v) for v in value]
    return PROXIED.get(value, value) if isinstance(value, str) else value


def vocabulary(instruments: Row, articles: Row) -> Row:
    """Collect the closed words, the coding test and the groups of like articles."""
    meta = {k: v for k, v in articles["meta"].items() if k not in ("counts", "comparisons", "vocabulary", "test")}
    words = dict(articles["meta"]["vocabulary"])
    tree = words.pop("sector_tree")
    return {
        "coding": meta,
        "test": articles["meta"]["test"],
        "vocabulary": words,
        "sector_tree": tree,
        "effect": instruments["meta"]["effect_field"],
        "notes": instruments["meta"]["notes"],
        "counts": {"instruments": instruments["meta"]["counts"], "articles": articles["meta"]["counts"]},
        "comparisons": articles["meta"]["comparisons"],
    }


def main(arguments: list[str]) -> None:
    """Convert a folder of research files."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("folder", type=Path)
    parser.add_argument("--into", type=Path, default=Path(__file__).parents[1] / "src/longarm/law/base")
    options = parser.parse_args(arguments)
    laws, codes = _read(options.folder, "instruments.json"), _read(options.folder, "articles.json")
    readings = _read(options.folder, "interpretations.json")
    coding = {(a["instrument"], a["number"]): a for a in codes["articles"]}
    into: Path = options.into
    (into / "instruments").mkdir(parents=True, exist_ok=True)
    index = {}
    for row in laws["instruments"]:
        # A reading may hold the words that a date rests on, so it counts as part of the record.
        record = [row, [r for r in readings["interpretations"] if r["instrument"] == row["id"]]]
        made = instrument(row, coding, record)
        index[row["id"]] = {key: made[key] for key in ("jurisdiction", "valid_from", "valid_to", "status")}
        heading = f"{made['title']['en']} ({made['jurisdiction']}). Source, licence and making: ../NOTICE.md"
        (into / "instruments" / f"{row['id']}.yaml").write_text(text(made, heading), "utf-8")
    for name, value, heading in (
        ("index", index, "Which instrument is whose, and when, as recorded. Made by scripts/law_base.py: do not edit."),
        ("interpretations", readings, "Readings of courts, authorities, services, firms and scholars. See NOTICE.md"),
        ("vocabulary", vocabulary(laws, codes), "The closed words of the law base, and the groups of like articles."),
        (
            "method",
            _without_proxy(_read(options.folder, "method.json")),
            "Scales, definitions and the safeguard rubric.",
        ),
    ):
        (into / f"{name}.yaml").write_text(text(value, heading), "utf-8")


if __name__ == "__main__":
    main(sys.argv[1:])
