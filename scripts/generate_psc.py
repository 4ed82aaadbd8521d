"""Write a snapshot of the register of persons with significant control, of any size, with invented names.

    python scripts/generate_psc.py FILE [--lines 1000] [--seed 1] [--ugly] [--stream]

The same seed and number give the same bytes. Of a hundred lines some 80 are individuals, 11 firms, 6 statements, as in
the snapshots of 2026. `--ugly` mixes in what must not stop a reader; `--stream` writes events instead.
"""

from __future__ import annotations

import argparse
import json
import random
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from longarm.ingest.formats.psc_words import STATEMENTS, TOTALS

_BANDS = ("25-to-50-percent", "50-to-75-percent", "75-to-100-percent")
_SYLLABLES = [f"{c}{v}" for c in "bdklmnrstvz" for v in "aeiou"]
_KINDS = (
    ["individual-person-with-significant-control"] * 800
    + ["corporate-entity-person-with-significant-control"] * 110
    + ["persons-with-significant-control-statement"] * 65
    + ["individual-beneficial-owner"] * 8
    + ["corporate-entity-beneficial-owner"] * 6
    + ["legal-person-person-with-significant-control"] * 5
    + ["exemptions"] * 2
    + ["legal-person-beneficial-owner", "super-secure-person-with-significant-control", "super-secure-beneficial-owner"]
)
_FIRMS = {"legal_form": "Private Company Limited By Shares", "legal_authority": "Companies Act 2006"}


def rows(count: int, seed: int, ugly: bool = False) -> Iterator[dict[str, Any]]:
    """Give invented lines; the last one counts them."""
    totals = {"persons_of_significant_control_count": 0, "statements_count": 0, "exemptions_count": 0}
    for number in range(count):
        chance = random.Random(seed * 1_000_003 + number)
        row = _row(number, chance)
        kind = row["data"]["kind"]
        key = "statements" if "statement" in kind else "exemptions" if kind == "exemptions" else None
        totals[f"{key}_count" if key else "persons_of_significant_control_count"] += 1
        if ugly and chance.random() < 0.1:
            _ugly(row, chance)
        yield row
    yield {"data": {"kind": TOTALS, **totals, "generated_at": "2026-09-18T06:00:00Z"}}


def events(count: int, seed: int) -> Iterator[dict[str, Any]]:
    """Give the same as events of the stream, one in ten a deletion."""
    for number, row in enumerate(rows(count, seed)):
        if "company_number" not in row:
            continue
        uri = row["data"]["links"]["self"]
        yield {
            "resource_kind": "company-psc-individual",
            "resource_uri": uri,
            "resource_id": uri.rsplit("/", 1)[-1],
            "data": row["data"],
            "event": {
                "timepoint": 51_000_000 + number,
                "published_at": "2026-09-18T10:00:00",
                "type": "deleted" if number % 10 == 9 else "changed",
            },
        }


def _name(chance: random.Random, length: int = 3) -> str:
    return "".join(chance.choice(_SYLLABLES) for _ in range(length)).capitalize()


def _row(number: int, chance: random.Random) -> dict[str, Any]:
    kind = chance.choice(_KINDS)
    overseas = "beneficial-owner" in kind
    company = f"OE{number // 2:06d}" if overseas else f"{number // 2 + 1_000_000:08d}"
    entry = f"{chance.getrandbits(120):030x}"[:27]
    path = f"/company/{company}/persons-with-significant-control/{kind.split('-p')[0]}/{entry}"
    data: dict[str, Any] = {"etag": f"{chance.getrandbits(160):040x}", "kind": kind, "links": {"self": path}}
    day = f"{chance.randint(2016, 2026)}-{chance.randint(1, 12):02d}-{chance.randint(1, 28):02d}"
    if kind == "exemptions":
        data["links"] = {"self": f"/company/{company}/exemptions"}
        item = {"exempt_from": day}
        data["exemptions"] = {
            "disclosure_transparency_rules_chapter_five_applies": {
                "exemption_type": "disclosure-transparency-rules-chapter-five-applies",
                "items": [item],
            }
        }
    elif kind == "persons-with-significant-control-statement":
        data.update(statement=chance.choice(sorted(STATEMENTS)), notified_on=day)
    elif kind.startswith("super-secure"):
        data.update(description="super-secure-persons-with-significant-control", ceased=chance.random() < 0.2)
    else:
        _person(data, kind, day, chance, overseas)
    if "notified_on" in data and chance.random() < 0.25:
        data["ceased_on"] = f"2026-{chance.randint(1, 9):02d}-{chance.randint(1, 28):02d}"
    return {"company_number": company, "data": data}


def _person(data: dict[str, Any], kind: str, day: str, chance: random.Random, overseas: bool) -> None:
    data["address"] = {
        "address_line_1": f"{_name(chance)} Street",
        "country": chance.choice(["England", "United Kingdom", "Scotland", "Germany"]),
        "locality": _name(chance, 2),
        "postal_code": f"{chance.choice('BEGLMNS')}{chance.randint(1, 20)} {chance.randint(1, 9)}AB",
        "premises": str(chance.randint(1, 300)),
    }
    data["natures_of_control"] = _natures(chance, overseas)
    data["notified_on"] = day
    if kind.startswith("individual"):
        first, last = _name(chance, 2), _name(chance)
        data["name_elements"] = {"title": chance.choice(["Mr", "Ms"]), "forename": first, "surname": last}
        if chance.random() < 0.5:
            data["name_elements"]["middle_name"] = _name(chance, 2)
        data["name"] = f"{data['name_elements']['title']} {first} {last}"
        data["date_of_birth"] = {"month": chance.randint(1, 12), "year": chance.randint(1930, 2004)}
        data["nationality"] = chance.choice(["British", "French", "Indian", "British,Irish", "Chinese", "American"])
        data["country_of_residence"] = chance.choice(["England", "Wales", "United Kingdom", "France"])
    else:
        data["name"] = f"{_name(chance)} Holdings Limited"
        data["identification"] = {
            **_FIRMS,
            "country_registered": chance.choice(["England", "United Kingdom", "Jersey", "Germany"]),
            "place_registered": "Companies House",
            "registration_number": str(chance.randint(1_000_000, 15_000_000)).zfill(8),
        }


def _natures(chance: random.Random, overseas: bool) -> list[str]:
    if overseas:
        return [
            f"ownership-of-shares-more-than-25-percent{chance.choice(['', '-as-trust'])}-registered-overseas-entity"
        ]
    band = chance.choice(_BANDS)
    found = [f"ownership-of-shares-{band}"]
    if chance.random() < 0.7:
        found.append(f"voting-rights-{band}")
    if chance.random() < 0.4:
        found.append("right-to-appoint-and-remove-directors")
    if chance.random() < 0.05:
        found.append(f"ownership-of-shares-{band}-as-trust")
    if chance.random() < 0.05:
        found = ["significant-influence-or-control"]
    return found


def _ugly(row: dict[str, Any], chance: random.Random) -> None:
    data = row["data"]
    what = chance.randrange(6)
    if what == 0:
        row["company_number"] = "not a number"
    elif what == 1:
        data["notified_on"] = chance.choice(["0001-01-01", "9999-12-31", "yesterday"])
    elif what == 2:
        data["natures_of_control"] = ["right-to-ring-the-bell"]
    elif what == 3:
        data["kind"] = "ghost-person-with-significant-control"
    elif what == 4:
        data["name"] = {"not": "a text"}
        data.pop("name_elements", None)
    else:
        data["date_of_birth"] = {"year": 1970, "month": 13}


def main() -> None:
    """Write the file that was asked for."""
    asked = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    asked.add_argument("file", type=Path)
    asked.add_argument("--lines", type=int, default=1000)
    asked.add_argument("--seed", type=int, default=1)
    asked.add_argument("--ugly", action="store_true")
    asked.add_argument("--stream", action="store_true")
    given = asked.parse_args()
    made = events(given.lines, given.seed) if given.stream else rows(given.lines, given.seed, given.ugly)
    with given.file.open("w", encoding="utf-8") as out:
        for row in made:
            out.write(json.dumps(row, ensure_ascii=False, separators=(",", ":")) + "\n")


if __name__ == "__main__":
    main()
