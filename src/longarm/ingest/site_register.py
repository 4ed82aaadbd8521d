"""The site register: the YAML that a person writes by hand, turned into statements line by line.

Each section has its own small writer below; adding a section means adding one and its place in the JSON schema.
"""

from __future__ import annotations

import difflib
import hashlib
from collections.abc import Callable, Iterable, Mapping
from functools import cache
from importlib.resources import files
from typing import Any

import yaml

from longarm.errors import UnknownState
from longarm.ingest.batch import Batch
from longarm.ingest.evidence import Sources
from longarm.ingest.yaml_lines import Lined
from longarm.model import shares, states
from longarm.model.measures import measures
from longarm.model.names import slug
from longarm.model.roles import right, role
from longarm.model.statement import BASE, Evidence, Statement

Values = dict[str, Iterable[Any]]


@cache
def _vocabulary() -> dict[str, list[str]]:
    text = files("longarm.model").joinpath("entity_facts.yaml").read_text("utf-8")
    found: dict[str, list[str]] = yaml.safe_load(text)
    return found


class Register:
    """Writes the statements of one register."""

    def __init__(
        self, lined: Lined, sources: Sources, batch: Batch, day: str, described: Iterable[str] | None = None
    ) -> None:
        """Take what the register may speak of beyond what it describes itself; None: it may speak of anything."""
        self.lined = lined
        self.sources = sources
        self.batch = batch
        self.day = day
        site = lined.value["site"]
        self._written: dict[str, tuple[str, Mapping[str, Any]]] = {site["id"]: ("site", site)}
        self.ids = None if described is None else set(described) | self._own_ids()

    def _own_ids(self) -> set[str]:
        value = self.lined.value
        sections = ("parts", "entities", "contracts")
        named = {line["id"] for section in sections for line in value.get(section) or () if "id" in line}
        return named | {value["site"]["id"], *value["site"].get("same_as", ())}

    def write(self) -> None:
        """Write the site and every section. Raises SourceError with the line of the first fault."""
        self._site(self.lined.value["site"])
        self.write_sections()

    def write_sections(self) -> None:
        """Write every section but the site itself: what a scenario adds."""
        value = self.lined.value
        for section, writer in _SECTIONS.items():
            for i, line in enumerate(value.get(section) or ()):
                self._one_record(section, line, section, i)
                writer(self, line, (section, i))

    def put(
        self, entity: str, schema: str, values: Values, line: Mapping[str, Any], path: tuple[str | int, ...]
    ) -> None:
        """Write what a line says of an entity, once for each document of its source."""
        evidence = self.sources.of(line, self.lined, *path)
        dated: Values = {
            "startDate": [line.get("since")],
            "endDate": [line.get("until")],
            "description": [line.get("note")],
        }
        interval = schema not in ("Site", "SitePart", "Contract", *_THINGS)
        given = {**values, **(dated if interval else {"notes": [line.get("note")]})}
        for each in evidence:
            self._say(entity, schema, BASE, entity, each)
            for prop, several in given.items():
                for one in several:
                    if one is not None and one != "":
                        self._say(entity, schema, prop, _text(one), each)

    def _say(self, entity: str, schema: str, prop: str, value: str, evidence: Evidence) -> None:
        self.batch.statements.append(
            Statement(entity, schema, prop, value, _TYPES.get(prop, "string"), self.batch.dataset, self.day, evidence)
        )

    def key(self, line: Mapping[str, Any], *words: Any) -> str:
        """Give the id of a line: its own, or one made of what it says and for when.

        Words are joined by what no word holds, an empty word keeps its place, and a word that does not come through
        whole is told from others by a hash: so two lines that say different things never share an id.
        """
        if line.get("id"):
            return str(line["id"])
        dated = (*words, line.get("since"), line.get("until"))
        made = "--".join("" if w is None or w == "" else _word(_text(w)) for w in dated).rstrip("-")
        return made if len(made) <= MAX_ID else f"{made[: MAX_ID - 18]}--{_hash(made)}"

    def _one_record(self, section: str, line: Mapping[str, Any], *path: str | int) -> None:
        """Raise SourceError where an id that stands here already is used for something else.

        A second line of one id may add a source: a thing's must agree in what the thing is, any other's in all it says.
        """
        name = line.get("id")
        if name is None:
            return
        before, first = self._written.setdefault(name, (section, line))
        if before != section:
            raise self.lined.fault(
                f"id '{name}' stands under '{before}' already", *path, "id", mend="give it another id"
            )
        agree = _AGREE.get(section)
        keys = agree if agree is not None else sorted({*first, *line} - _OF_THE_SOURCE)
        for key in keys:
            usual = "Company" if key == "schema" else None
            one, other = first.get(key, usual), line.get(key, usual)
            if one != other and not (agree is not None and None in (one, other)):
                raise self.lined.fault(
                    f"'{name}' stands here twice, with another {key}",
                    *path,
                    key if key in line else "id",
                    mend="give the second line another id; a line that adds a source says the same",
                )

    def _site(self, line: dict[str, Any]) -> None:
        where = line.get("coordinates") or {}
        values: Values = {
            "name": [line["name"]],
            "alias": line.get("names", ()),
            "siteType": [line.get("type")],
            "country": [self.state(line["state"], "site", "state")] if line.get("state") else [],
            "code": line.get("codes", ()),
            "address": [line.get("address")],
            "latitude": [where.get("latitude")],
            "longitude": [where.get("longitude")],
        }
        # The site contains its zones: whoever can stop the whole can stop a zone. Systems and data it does not.
        parts = self.lined.value.get("parts") or ()
        values["contains"] = [p["id"] for p in parts if p["type"] == "zone" and p.get("in_the_site", True)]
        self.put(line["id"], "Site", values, line, ("site",))
        self.same(line, "site")

    def same(self, line: Mapping[str, Any], *path: str | int) -> None:
        """Note that records of other ids are this entity: a decision, which can be taken back."""
        for other in line.get("same_as", ()):
            value = {
                "ids": [line["id"], other],
                "reason": f"stated in {self.lined.file}, line {self.lined.line(*path)}",
            }
            self.batch.decisions.append(("same", f"{self.batch.dataset}:{line['id']}={other}", value, self.day))

    def known(self, entity: str, *path: str | int) -> str:
        """Give an id back if something describes it: a line of the register, a file of entities; else raise."""
        if self.ids is None or entity in self.ids:
            return entity
        near = difflib.get_close_matches(entity, self.ids, n=1)
        mend = f"did you mean '{near[0]}'?" if near else "describe it under 'entities:', or in a *.ftm.jsonl file"
        raise self.lined.fault(f"nothing here describes '{entity}'", *path, mend=mend)

    def state(self, code: Any, *path: str | int) -> str:
        """Give a state's code in small letters, as FollowTheMoney writes it, or raise with the line."""
        try:
            return states.check(str(code)).lower()
        except UnknownState as fault:
            raise self.lined.fault(fault.message, *path, mend=fault.where.mend) from None

    def check_role(self, name: str, *path: str | int) -> str:
        """Give the name of a role as the table has it, or raise with the line."""
        try:
            return role(name).name
        except ValueError as fault:
            raise self.lined.fault(str(fault), *path) from None

    def share(self, line: Mapping[str, Any], key: str, *path: str | int) -> shares.Share | None:
        """Read a share, or raise with the line."""
        if line.get(key) is None:
            return None
        try:
            return shares.read(str(line[key]))
        except ValueError as fault:
            raise self.lined.fault(str(fault), *path, key) from None


def _part(r: Register, line: dict[str, Any], path: tuple[str | int, ...]) -> None:
    values: Values = {
        "name": [line["name"]],
        "partType": [line["type"]],
        "criticality": [line.get("criticality")],
        "site": [r.lined.value["site"]["id"]],
        "place": [line.get("place")],
        "contains": line.get("contains", ()),
        "standsIn": [line.get("stands_in")],
        "processes": line.get("processes", ()),
    }
    for key in ("contains", "processes"):
        for i, other in enumerate(line.get(key, ())):
            r.known(other, *path, key, i)
    r.put(line["id"], "SitePart", values, line, path)
    # Where data and keys lie changes, so each place is a dated record of its own.
    for key in ("data_location", "keys_held_in", "item_origin", "offered_in"):
        if line.get(key):
            state = r.state(line[key], *path, key)
            placed: Values = {"subject": [line["id"]], "fact": [key], "factValue": [state]}
            when = {k: line.get(k) for k in ("since", "until")}
            r.put(r.key(when, line["id"], key, state), "EntityFact", placed, line, path)


def _state(r: Register, line: dict[str, Any], path: tuple[str | int, ...]) -> None:
    r.known(line["body"], *path, "body")
    state = r.state(line["state"], *path, "state")
    values: Values = {"body": [line["body"]], "state": [state]}
    r.put(r.key(line, "body", state, line["body"]), "StateBody", values, line, path)


def _entity(r: Register, line: dict[str, Any], path: tuple[str | int, ...]) -> None:
    schema = line.get("schema", "Company")
    if schema not in _THINGS:
        raise r.lined.fault(f"'{schema}' is not written here", *path, "schema", mend=f"one of: {', '.join(_THINGS)}")
    values: Values = {
        "name": [line.get("name")],
        "alias": line.get("names", ()),
        "jurisdiction": [r.state(line["registered_in"], *path, "registered_in")] if line.get("registered_in") else [],
        "mainCountry": [r.state(line["managed_in"], *path, "managed_in")] if line.get("managed_in") else [],
    }
    r.put(line["id"], schema, values, line, path)
    r.same(line, *path)


def _fact(r: Register, line: dict[str, Any], path: tuple[str | int, ...]) -> None:
    value = line.get("value", True)
    r.known(line["entity"], *path, "entity")
    if line["fact"] == "sector" and str(value).lower() not in _vocabulary()["sectors"]:
        raise r.lined.fault(
            f"'{value}' is not a sector", *path, "value", mend="one of: " + ", ".join(_vocabulary()["sectors"])
        )
    values: Values = {"subject": [line["entity"]], "fact": [line["fact"]], "factValue": [_text(value)]}
    r.put(r.key(line, "fact", line["entity"], line["fact"], value), "EntityFact", values, line, path)


def _interest(r: Register, line: dict[str, Any], path: tuple[str | int, ...]) -> None:
    kind = line["type"].strip().lower()
    for end in ("holder", "held"):
        r.known(line[end], *path, end)
    share, votes = r.share(line, "share", *path), r.share(line, "votes", *path)
    key = r.key(line, kind, line["holder"], line["held"])
    if kind in ("shareholding", "votes", "votingrights"):
        if share is None and votes is None and kind != "shareholding":
            raise r.lined.fault("an interest in votes gives no figure", *path, mend="add 'votes:'")
        values: Values = {"owner": [line["holder"]], "asset": [line["held"]], "interestType": [line["type"]]}
        if share is not None and share.is_exact:
            values["percentage"] = [_percent(share.lo)]
        elif share is not None:
            values |= {"percentageMinimum": [_percent(share.lo)], "percentageMaximum": [_percent(share.hi)]}
        if votes is not None:
            values["votingPercentage"] = (
                [_percent(votes.lo)] if votes.is_exact else [f"{_percent(votes.lo)}..{_percent(votes.hi)}"]
            )
        r.put(key, "Ownership", values, line, path)
        return
    if right(kind) is None:
        raise r.lined.fault(
            f"'{line['type']}' is not a type of interest",
            *path,
            "type",
            mend="shareholding, votes, or a right of roles.yaml",
        )
    control: Values = {
        "controller": [line["holder"]],
        "controlled": [line["held"]],
        "controlType": [line["type"]],
        "gives": line.get("gives", ()),
    }
    r.put(key, "Control", control, line, path)


def _access(r: Register, line: dict[str, Any], path: tuple[str | int, ...]) -> None:
    for end in ("holder", "part"):
        r.known(line[end], *path, end)
    role_name = r.check_role(line["role"], *path, "role")
    values: Values = {
        "holder": [line["holder"]],
        "part": [line["part"]],
        "accessRole": [role_name],
        "gives": line.get("gives", ()),
        "contract": [line.get("contract")],
    }
    r.put(r.key(line, "access", line["holder"], line["part"], role_name), "Access", values, line, path)


def _contract(r: Register, line: dict[str, Any], path: tuple[str | int, ...]) -> None:
    r.put(line["id"], "Contract", {"title": [line["title"]], "contractDate": [line.get("since")]}, line, path)
    for party in line.get("parties", ()):
        values: Values = {"contract": [line["id"]], "supplier": [party]}
        r.put(r.key({}, line["id"], party), "ContractAward", values, line, path)


def _commitment(r: Register, line: dict[str, Any], path: tuple[str | int, ...]) -> None:
    values: Values = {
        "party": [line["party"]],
        "counterparty": [line.get("counterparty")],
        "summary": [line["says"]],
        "contract": [line.get("contract")],
    }
    r.put(r.key(line, "commitment", line["party"], line["says"]), "Commitment", values, line, path)


def _flow(r: Register, line: dict[str, Any], path: tuple[str | int, ...]) -> None:
    values: Values = {"source": [line["from"]], "target": [line["to"]], "flowType": [line["what"]]}
    r.put(r.key(line, "flow", line["from"], line["to"], line["what"]), "Flow", values, line, path)


def _duty(r: Register, line: dict[str, Any], path: tuple[str | int, ...]) -> None:
    r.known(line["entity"], *path, "entity")
    values: Values = {
        "addressee": [line["entity"]],
        "instrument": [line["instrument"]],
        "article": [line.get("article")],
        "route": [line.get("route")],
    }
    r.put(r.key(line, "duty", line["entity"], line["instrument"], line.get("article")), "Duty", values, line, path)


def _safeguard(r: Register, line: dict[str, Any], path: tuple[str | int, ...]) -> None:
    """What a line leaves out comes from the catalogue; a measure that the catalogue lacks must say it itself."""
    usual = measures().get(str(line.get("measure", "")).strip().lower())
    cuts, verified = line.get("cuts", ()), line.get("verified", "not known")
    for i, cut in enumerate(cuts):
        for end in ("holder", "held"):
            r.known(cut[end], *path, "cuts", i, end)
    if "capabilities" not in line and usual is None:
        raise r.lined.fault(
            f"safeguard '{line['id']}' names no capabilities",
            *path,
            mend=f"add them, or a measure: {', '.join(measures())}",
        )
    if cuts and "effectiveness" not in line and usual is None:
        raise r.lined.fault(
            f"safeguard '{line['id']}' does not say how well it works", *path, mend="add 'effectiveness:'"
        )
    works = line.get("effectiveness", usual.effectiveness(verified) if usual and cuts else 0)
    values: Values = {
        "title": [line["name"]],
        "measure": [line.get("measure")],
        "cuts": [_cut(c) for c in cuts],
        "capability": line.get("capabilities") or (usual.capabilities if usual else ()),
        "state": [line["state"]],
        "verified": [verified],
        "effectiveness": [works],
    }
    r.put(line["id"], "Safeguard", values, line, path)


def _not_linked(r: Register, line: dict[str, Any], path: tuple[str | int, ...]) -> None:
    """The register's own words: the source that they cite did not say that there is no tie."""
    values: Values = {"sentence": [line["what"]], "remark": [line["reason"]], "bears": ["no tie"]}
    _own_words(r, r.key(line, "not-linked", line["what"]), {**values, "about": line.get("between", ())}, line, path)


def _gap(r: Register, line: dict[str, Any], path: tuple[str | int, ...]) -> None:
    values: Values = {"sentence": [line["what"]], "remark": [line["find_out"]], "bears": ["gap"]}
    _own_words(r, r.key(line, "gap", line["what"]), {**values, "about": line.get("about", ())}, line, path)


def _cut(cut: Mapping[str, str]) -> str:
    """Name the ties that a safeguard cuts by their ends and, where it cuts one role or right only, by that."""
    role_name = cut.get("role")
    return f"{cut['holder']}>{cut['held']}" + (f"[{role_name.strip().lower()}]" if role_name else "")


def _own_words(r: Register, entity: str, values: Values, line: dict[str, Any], path: tuple[str | int, ...]) -> None:
    source = line.get("source")
    cited = [source] if isinstance(source, str) else source if isinstance(source, list) else []
    if source is not None:
        r.sources.of(line, r.lined, *path)  # what it cites must be there
    own = {**line, "source": {"own": "written in the register"}, "grade": None, "stance": None}
    r.put(entity, "CitedFact", {**values, "cites": cited}, own, path)


def _word(text: str) -> str:
    """Give a word of an id; where slug loses something of it, with a hash of the whole."""
    short = slug(text)
    return short if short == text.replace(" ", "-") else f"{short[:40].rstrip('-')}-{_hash(text)}"


def _hash(text: str) -> str:
    return hashlib.blake2b(text.encode(), digest_size=8).hexdigest()


def _percent(parts: int) -> str:
    return shares.percent(parts).removesuffix(" %")


def _text(value: Any) -> str:
    return "yes" if value is True else "no" if value is False else str(value)


MAX_ID = 200
"""How long an id may be, as the schemas have it."""

_AGREE = {
    "parts": ("type", "name"),
    "entities": ("schema", "name"),
    "safeguards": ("name", "measure"),
    "contracts": ("title",),
}
"""Sections whose ids may stand on several lines, and what these must agree in."""

_OF_THE_SOURCE = frozenset({"source", "grade", "because", "stance", "note"})

_THINGS = ("Company", "Organization", "LegalEntity", "PublicBody", "Person")

_TYPES = {
    "id": "id",
    "name": "name",
    "alias": "name",
    "country": "country",
    "jurisdiction": "country",
    "mainCountry": "country",
    "state": "country",
    "startDate": "date",
    "endDate": "date",
    "contractDate": "date",
    "address": "address",
    "summary": "text",
    "description": "text",
    "notes": "text",
    "sentence": "text",
    "remark": "text",
    "latitude": "number",
    "longitude": "number",
    "effectiveness": "number",
} | dict.fromkeys(
    (
        *("site", "place", "contains", "standsIn", "processes", "body", "subject", "owner", "asset", "controller"),
        *("controlled", "holder", "part", "contract", "supplier", "party", "counterparty", "source", "target"),
        *("addressee", "about", "cites"),
    ),
    "entity",
)

_Writer = Callable[[Register, dict[str, Any], tuple[str | int, ...]], None]

_SECTIONS: dict[str, _Writer] = {
    "parts": _part,
    "states": _state,
    "entities": _entity,
    "facts": _fact,
    "interests": _interest,
    "accesses": _access,
    "contracts": _contract,
    "commitments": _commitment,
    "flows": _flow,
    "duties": _duty,
    "safeguards": _safeguard,
    "not_linked": _not_linked,
    "gaps": _gap,
}
