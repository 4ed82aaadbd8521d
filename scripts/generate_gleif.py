"""Write files of the LEI register in GLEIF's own formats, of any size, with invented names.

    python scripts/generate_gleif.py FOLDER [--entities 1000] [--seed 1] [--writing xml|json|csv] [--zip]
                                     [--part lei|rr|repex] [--delta] [--ugly]

The same seed and number give the same bytes. `--ugly` mixes in what real files hold: check digits that do not fit,
dates of 0001 and 9999, the text NULL, unknown codes, entities consolidated in a circle, records twice.
"""

from __future__ import annotations

import argparse
import csv
import io
import json
import zipfile
from collections.abc import Iterable
from pathlib import Path
from typing import IO, Any
from xml.sax.saxutils import escape, quoteattr

from invented_gleif import entities, exceptions, relations

from longarm.ingest.formats import gleif_shape as shape
from longarm.ingest.formats.gleif_shape import Record, Shape

SHAPES = {"lei": shape.ENTITIES, "rr": shape.RELATIONS, "repex": shape.EXCEPTIONS}
MAKERS = {"lei": entities, "rr": relations, "repex": exceptions}
NAMED = {"lei": "lei2", "rr": "rr", "repex": "repex"}
WITHIN = {"lei": "LEIRecords", "rr": "RelationshipRecords", "repex": "ReportingExceptions"}
_SHORT = {path: beginning for beginning, path in (*shape.RELATIONS.written.items(), *shape.EXCEPTIONS.written.items())}


def write(out: IO[bytes], part: str, writing: str, records: Iterable[Record], *, delta: bool = False) -> int:
    """Write records in one of the three writings. Gives how many."""
    if writing == "xml":
        return _xml(out, part, records, delta)
    return _json(out, part, records) if writing == "json" else _csv(out, part, list(records))


def nested(record: Record, of: Shape) -> dict[str, Any]:
    """Turn a record into the tree that XML and JSON write, elements in the order of the fields."""
    tree: dict[str, Any] = {}
    for path in [*of.fields, *of.parts]:
        if path not in record:
            continue
        where, _, attribute = path.partition("@")
        *steps, last = where.split(".")
        here = tree
        for step in steps:
            here = here.setdefault(step, {})
        if attribute:
            here.setdefault(last, {})["@" + attribute] = record[path]
        elif path in of.parts:
            here[last] = [dict(part) for part in record[path]]
        else:
            here.setdefault(last, {})["$"] = record[path]
    return tree


def _element(name: str, value: Any, prefix: str, indent: str) -> str:
    if isinstance(value, list):
        return "".join(_element(name, each, prefix, indent) for each in value)
    tag = name if ":" in name else f"{prefix}:{name}"
    if isinstance(value, str):
        return f"{indent}<{tag}>{escape(value)}</{tag}>\n"
    given = {("xml:lang" if key == "@lang" else key[1:]): each for key, each in value.items() if key[:1] == "@"}
    attributes = "".join(f" {key}={quoteattr(each)}" for key, each in given.items())
    text = value.get("$", value.get(""))
    if text is not None:
        return f"{indent}<{tag}{attributes}>{escape(text)}</{tag}>\n"
    below = "".join(_element(k, v, prefix, indent + "  ") for k, v in value.items() if not k.startswith("@"))
    return f"{indent}<{tag}{attributes}>\n{below}{indent}</{tag}>\n"


def _xml(out: IO[bytes], part: str, records: Iterable[Record], delta: bool) -> int:
    of, head = SHAPES[part], "LEIHeader" if part == "lei" else "Header"
    since = f"    <{part}:DeltaStart>2026-09-11T08:00:00Z</{part}:DeltaStart>\n" if delta else ""
    prologue = (
        f'<?xml version="1.0" encoding="UTF-8"?>\n<{part}:{of.root} xmlns:{part}="{of.namespace}2016" '
        f'xmlns:gleif="http://www.gleif.org/data/schema/golden-copy/extensions/1.0">\n  <{part}:{head}>\n'
        f"    <{part}:ContentDate>2026-09-11T16:00:00Z</{part}:ContentDate>\n"
        f"    <{part}:FileContent>GLEIF_{'DELTA' if delta else 'FULL'}_PUBLISHED</{part}:FileContent>\n"
        f"{since}  </{part}:{head}>\n  <{part}:{WITHIN[part]}>\n"
    )
    out.write(prologue.encode())
    count = 0
    for record in records:
        count += 1
        tree = nested(record, of)
        if part == "lei":
            tree.setdefault("Extension", {}).update(_extension(record))
        out.write(_element(of.record, tree, part, "    ").encode())
    out.write(f"  </{part}:{WITHIN[part]}>\n</{part}:{of.root}>\n".encode())
    return count


def _extension(record: Record) -> dict[str, Any]:
    """What GLEIF adds to each record of the golden copy: whether it conforms, and where its addresses lie."""
    city, land = record.get(f"{shape.SEAT}.City", ""), record.get(f"{shape.SEAT}.Country", "")
    place = {
        "gleif:relevance": "0.92",
        "gleif:match_type": "pointAddress",
        "gleif:lat": "50.6372",
        "gleif:lng": "5.4432",
        "gleif:geocoding_date": "2026-02-03T04:05:06.000Z",
        "gleif:bounding_box": "TopLeft.Latitude: 50.64, TopLeft.Longitude: 5.44, BottomRight.Latitude: 50.63",
        "gleif:match_level": "houseNumber",
        "gleif:formatted_address": f"{record.get(f'{shape.SEAT}.FirstAddressLine', '')}, {city}, {land}",
        "gleif:mapped_city": city,
        "gleif:mapped_country": land,
    }
    places = [{"gleif:original_address": f"{city}, {land}", **place} for _ in range(2)]
    return {"gleif:Geocoding": places, "gleif:conformity": {"gleif:conformityflag": "CONFORMING"}}


def _badger(value: Any) -> Any:
    """Write a tree as GLEIF's JSON does: a text is `{"$": text}`, the language `@xml:lang`."""
    if isinstance(value, list):
        return [_badger(each) for each in value]
    if isinstance(value, str):
        return {"$": value}
    keys = {"@lang": "@xml:lang", "": "$"}
    return {keys.get(k, k): v if k[:1] in ("@", "$", "") else _badger(v) for k, v in value.items()}


def _json(out: IO[bytes], part: str, records: Iterable[Record]) -> int:
    of = SHAPES[part]
    out.write(f'{{"{of.wrapper}":['.encode())
    count = 0
    for record in records:
        tree = _badger(nested(record, of))
        if part == "lei":
            tree.setdefault("Extension", {}).update(_badger(_extension(record)))
        out.write(b",\n" if count else b"")
        out.write(json.dumps({of.inside: tree} if of.inside else tree, ensure_ascii=False, indent=1).encode())
        count += 1
    out.write(b"]}")
    return count


def columns(of: Shape, records: list[Record]) -> list[tuple[str, str, int, str]]:
    """Give the columns of the CSV: (name, path, number among the parts or 0, what of the part)."""
    found = [(path.replace("@lang", ".xmllang").replace("@", "."), path, 0, "") for path in of.fields]
    for path, subs in of.parts.items():
        most = max((len(r.get(path, ())) for r in records), default=0)
        short = _SHORT.get(path + ".", path + ".")
        for number in range(1, max(most, 2) + 1):
            for sub in subs:
                name = sub.replace("@lang", "xmllang").removeprefix("@")
                if short.startswith("Relationship.Period"):
                    name = name[:1].lower() + name[1:]
                name = name + ".1" if name == "AdditionalAddressLine" else name
                found.append((f"{short}{number}" + (f".{name}" if name else ""), path, number, sub))
    return [("Exception.Category" if name == "ExceptionCategory" else name, *rest) for name, *rest in found]


def _csv(out: IO[bytes], part: str, records: list[Record]) -> int:
    listed = columns(SHAPES[part], records)
    text = io.TextIOWrapper(out, "utf-8", newline="", write_through=True)
    rows = csv.writer(text, quoting=csv.QUOTE_ALL, lineterminator="\n")
    rows.writerow(name for name, *_ in listed)
    for record in records:
        cells = []
        for _, path, number, sub in listed:
            parts = record.get(path)
            if number:
                cells.append(parts[number - 1].get(sub, "") if parts and len(parts) >= number else "")
            else:
                cells.append(parts or "")
        rows.writerow(cells)
    text.detach()
    return len(records)


def main() -> None:
    """Write the files that were asked for."""
    asked = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    asked.add_argument("folder", type=Path)
    asked.add_argument("--entities", type=int, default=1000)
    asked.add_argument("--seed", type=int, default=1)
    asked.add_argument("--writing", choices=("xml", "json", "csv"), default="xml")
    asked.add_argument("--part", choices=tuple(SHAPES), action="append")
    for flag in ("--zip", "--delta", "--ugly"):
        asked.add_argument(flag, action="store_true")
    given = asked.parse_args()
    given.folder.mkdir(parents=True, exist_ok=True)
    for part in given.part or SHAPES:
        kind = "intra-day" if given.delta else "golden-copy"
        path = given.folder / f"20260911-1600-gleif-goldencopy-{NAMED[part]}-{kind}.{given.writing}"
        records = MAKERS[part](given.entities, given.seed, given.ugly)
        with path.open("wb") as out:
            count = write(out, part, given.writing, records, delta=given.delta)
        if given.zip:
            with zipfile.ZipFile(f"{path}.zip", "w", zipfile.ZIP_DEFLATED) as archive:
                archive.write(path, path.name)
            path.unlink()
        print(f"{count:>10,} records  {path}{'.zip' if given.zip else ''}")


if __name__ == "__main__":
    main()
