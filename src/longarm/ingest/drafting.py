"""A draft of `case.yaml` and `site.yaml` from cited facts and entities alone, for a person to go through.

A register says which role a firm has at which part; entity files only have free words for it. This reads those words
by a stated list (`drafting.yaml`), writes a line for each with its facts, and marks every line as drafted. It proposes
no share, no date and no grade that the entities or the facts do not give.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

import yaml

from longarm.errors import SourceError
from longarm.ingest import ftm_entities
from longarm.ingest.files import Files

ORGANISATIONS = ("Company", "Organization", "LegalEntity", "PublicBody")
_OWN = {"grade": "B2", "because": "drafted from the entity file; to be gone through"}


@dataclass(frozen=True)
class Wanted:
    """What is known beforehand of the case: all may be missing."""

    site: str | None = None
    parts: tuple[Mapping[str, Any], ...] = ()
    states: tuple[str, ...] = ()
    as_of: str | None = None


def is_draftable(given: Files) -> bool:
    """True where a folder holds facts and entities but no register."""
    return "site.yaml" not in given and "facts.json" in given and any(n.endswith(".ftm.jsonl") for n in given)


def draft(given: Files, wanted: Wanted) -> dict[str, bytes]:
    """Give `case.yaml` and `site.yaml`. Raises SourceError where no entity can be told to be the site."""
    entities = _entities(given)
    facts = json.loads(given["facts.json"])
    site = _site(entities, wanted.site)
    parts = _parts(entities, site, wanted.parts)
    home = (site.one("country") or "").upper() or None
    states = wanted.states or tuple(sorted({c.upper() for e in entities.values() for c in e.all("country")}))
    case = {
        "id": str((facts.get("meta") or {}).get("case") or site.id),
        "title": f"{site.one('name') or site.id} (drafted)",
        "site": site.id,
        **({"own_state": home} if home else {}),
        "states": [s.upper() for s in states],
        **({"as_of": wanted.as_of} if wanted.as_of else {}),
        "stale_after": [{"kind": "interest", "years": 5, "reason": "accounts name the holders each year"}],
        "note": "Drafted from facts and entities; nobody has gone through it yet.",
    }
    known = {f["id"] for f in facts["facts"]}
    register = {
        "site": {
            "id": site.id,
            "name": site.one("name") or site.id,
            **({"state": home} if home else {}),
            "source": {"own": "the entity file names it as the site", **_OWN},
        },
        "parts": [_part(p, known) for p in parts],
        "states": [_body(e) for e in entities.values() if e.schema == "PublicBody" and e.one("country")],
        "entities": [_home(e) for e in entities.values() if _has_bare_home(e)],
        "facts": [line for e in entities.values() for line in _sectors(e)],
        "interests": [line for e in entities.values() for line in _interest(e, known)],
        "accesses": [line for e in entities.values() for line in _access(e, site, parts, known)],
    }
    head = "# DRAFT, made by longarm from facts and entities. Go through every line before you rely on an answer.\n"
    return {name: (head + _yaml(value)).encode() for name, value in (("case.yaml", case), ("site.yaml", register))}


@dataclass(frozen=True)
class _Entity:
    id: str
    schema: str
    properties: Mapping[str, Sequence[str]]

    def one(self, prop: str) -> str | None:
        found = self.properties.get(prop) or ()
        return found[0] if found else None

    def all(self, prop: str) -> Sequence[str]:
        return self.properties.get(prop) or ()

    @property
    def words(self) -> str:
        """All that it says of itself, in lower case."""
        wanted = ("name", "sector", "propertyType", "notes", "description", "role")
        return " ".join(v for p in wanted for v in self.all(p)).lower()


def _entities(given: Files) -> dict[str, _Entity]:
    found: dict[str, _Entity] = {}
    for name in sorted(given):
        if name.endswith(".ftm.jsonl"):
            for _, row in ftm_entities.rows(given[name], name):
                try:
                    value = json.loads(row)
                    found[value["id"]] = _Entity(value["id"], value["schema"], value["properties"])
                except (ValueError, KeyError, TypeError):
                    continue  # a bad row is set aside, with its reason, when the entities are read
    return found


def _site(entities: Mapping[str, _Entity], hint: str | None) -> _Entity:
    if hint in entities:
        return entities[str(hint)]
    named = [e for e in entities.values() if "critical site" in e.words]
    if len(named) != 1:
        raise SourceError("no entity can be told to be the site", mend="name it with --site")
    return named[0]


def _parts(entities: Mapping[str, _Entity], site: _Entity, wanted: Sequence[Mapping[str, Any]]) -> list[_Entity]:
    ids = {str(p["id"]) for p in wanted}
    ids |= {e.id for e in entities.values() if site.id in e.all("parent") or "site part" in e.words}
    for e in entities.values():
        inside = re.search(r"\bpart of\b|stands on", e.words)
        if e.schema == "UnknownLink" and site.id in e.all("object") and inside:
            ids |= set(e.all("subject"))
    return [entities[i] for i in sorted(ids) if i in entities and i != site.id]


def _part_type(e: _Entity) -> str:
    if e.schema == "RealEstate" or "zone" in e.all("propertyType"):
        return "zone"
    noted = re.search(r"site part \((zone|system|data holding|flow|keys)\)", e.words)
    if noted:
        return "data holding" if noted[1] == "keys" else noted[1]
    return next((row["type"] for row in _lists()["parts"] if re.search(row["when"], e.words)), "system")


def _part(e: _Entity, known: set[str]) -> dict[str, Any]:
    return {"id": e.id, "name": e.one("name") or e.id, "type": _part_type(e), "source": _source(e, known)}


def _source(e: _Entity, known: set[str]) -> Any:
    cited = [r for r in e.all("recordId") if r in known]
    if cited:
        return cited[0] if len(cited) == 1 else cited
    return {"own": "as the entity file has it", "grade": "F6", "because": "it cites no fact"}


def _body(e: _Entity) -> dict[str, Any]:
    source = {"own": "a public body, by the entity file", **_OWN, "grade": "A2"}
    return {"state": str(e.one("country")).upper(), "body": e.id, "source": source}


def _has_bare_home(e: _Entity) -> bool:
    """True where only a country is given: read as the place of registration and management of a firm."""
    bare = not e.all("jurisdiction") and not e.all("mainCountry")
    return e.schema in ORGANISATIONS and e.schema != "PublicBody" and bare and len(e.all("country")) == 1


def _home(e: _Entity) -> dict[str, Any]:
    code = str(e.one("country")).upper()
    source = {"own": "the only country that the entity file gives", **_OWN}
    return {"id": e.id, "schema": e.schema, "registered_in": code, "managed_in": code, "source": source}


def _sectors(e: _Entity) -> Iterable[dict[str, Any]]:
    if e.schema in ORGANISATIONS:
        for sector in dict.fromkeys(r["sector"] for r in _lists()["sectors"] if re.search(r["when"], e.words)):
            source = {"own": "its name or sector in the entity file", **_OWN, "grade": "B3"}
            yield {"entity": e.id, "fact": "sector", "value": sector, "source": source}


def _interest(e: _Entity, known: set[str]) -> Iterable[dict[str, Any]]:
    """A holding without a figure that its own description calls a subsidiary or a majority."""
    if e.schema != "Ownership" or e.all("percentage") or not e.one("owner") or not e.one("asset"):
        return
    line: dict[str, Any] = {"holder": e.one("owner"), "held": e.one("asset")}
    if re.search(r"subsidiar|wholly|parent\b", e.words):
        line["type"] = "subsidiary"
    elif "majority" in e.words:
        line |= {"type": "shareholding", "share": ">50"}
    else:
        return
    yield {**line, **_dates(e), "source": _source(e, known)}


def _access(e: _Entity, site: _Entity, parts: Sequence[_Entity], known: set[str]) -> Iterable[dict[str, Any]]:
    if e.schema != "UnknownLink":
        return
    places = {p.id: _part_type(p) for p in parts} | {site.id: "zone"}
    role = " ".join(e.all("role")).lower()
    if re.search(r"\bpart of\b|stands on", role):
        return
    for holder in e.all("subject"):
        for place in e.all("object"):
            if place in places and holder not in places:
                line = {"holder": holder, "part": place, "role": _role(role, places[place]), **_dates(e)}
                stance = next((s for s in ("planned", "alleged") if s in " ".join(e.all("status")).lower()), None)
                yield {**line, **({"stance": stance} if stance else {}), "source": _source(e, known), "note": role}


def _role(words: str, part_type: str) -> str:
    found = next((row["role"] for row in _lists()["roles"] if re.search(row["when"], words)), "present")
    if found == "operator":
        return "operator of a zone" if part_type == "zone" else "operator of a system"
    return str(found)


def _dates(e: _Entity) -> dict[str, str]:
    given = {"since": e.one("startDate"), "until": e.one("endDate")}
    return {k: v[:10] for k, v in given.items() if v}


@cache
def _lists() -> dict[str, list[dict[str, str]]]:
    found: dict[str, list[dict[str, str]]] = yaml.safe_load(
        files("longarm.ingest").joinpath("drafting.yaml").read_text("utf-8")
    )
    return found


def _yaml(value: Any) -> str:
    return yaml.safe_dump(value, allow_unicode=True, sort_keys=False, width=110)
