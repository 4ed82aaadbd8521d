"""BODS packages for tests: a small sound one to break, a generator of sound ones, and readers in one call."""

from __future__ import annotations

import copy
import datetime as dt
import hashlib
import io
import json
from collections.abc import Mapping
from typing import Any

from hypothesis import strategies as st

from longarm.ingest.formats.bods import Bods
from longarm.ingest.stream import Chunk, Input

TODAY = "2026-11-24"
Statement = dict[str, Any]


def identifier(*parts: object) -> str:
    """Give a statementId."""
    return hashlib.sha256(repr(parts).encode()).hexdigest()[:40]


def statement(kind: str, record: str, details: Mapping[str, Any], **more: Any) -> Statement:
    """Give a sound statement around some details."""
    return {
        "statementId": identifier(kind, record, sorted(more.items(), key=str)),
        "declarationSubject": "e1",
        "statementDate": "2024-03-01",
        "recordId": record,
        "recordType": kind,
        "recordDetails": {"isComponent": False, **details},
        **more,
    }


def firm(record: str = "e1", **more: Any) -> Statement:
    """Give a statement on a firm."""
    kind = more.pop("entityType", {"type": "registeredEntity"})
    whole = {k: more.pop(k) for k in list(more) if k in _WHOLE}
    return statement("entity", record, {"entityType": kind, "name": f"Firm {record}", **more}, **whole)


def human(record: str = "p1", **more: Any) -> Statement:
    """Give a statement on a person."""
    whole = {k: more.pop(k) for k in list(more) if k in _WHOLE}
    details = {"personType": "knownPerson", "names": [{"fullName": f"Person {record}"}], **more}
    return statement("person", record, details, **whole)


def tie(record: str = "r1", subject: Any = "e1", party: Any = "p1", **more: Any) -> Statement:
    """Give a statement on a relationship."""
    whole = {k: more.pop(k) for k in list(more) if k in _WHOLE}
    details = {"subject": subject, "interestedParty": party, **more}
    return statement("relationship", record, details, **whole)


_WHOLE = (
    "statementId",
    "declarationSubject",
    "statementDate",
    "recordStatus",
    "publicationDetails",
    "source",
    "annotations",
)


def package() -> list[Statement]:
    """Give a sound package: two firms, two persons and what joins them."""
    share = {"type": "shareholding", "share": {"exact": 60}, "startDate": "2020-01-01"}
    return copy.deepcopy(
        [
            firm("e1"),
            firm("e2"),
            human("p1"),
            human("p2"),
            tie("r1", "e1", "p1", interests=[share]),
            tie("r2", "e2", "e1"),
        ]
    )


def read(given: list[Any] | bytes, *, lines: bool = False, name: str = "given.json") -> list[Chunk]:
    """Read a package."""
    if isinstance(given, bytes):
        data = given
    elif lines:
        data = "".join(json.dumps(each) + "\n" for each in given).encode()
    else:
        data = json.dumps(given).encode()
    return list(Bods().read(Input(name, lambda: io.BytesIO(data), TODAY, len(data))))


def rows(chunks: list[Chunk]) -> list[dict[str, Any]]:
    """Give all rows."""
    return [row for chunk in chunks for row in chunk.said.to_pylist()]


def reasons(chunks: list[Chunk]) -> list[str]:
    """Give the reasons of all that is refused."""
    return [reject.reason for chunk in chunks for reject in chunk.rejects]


def warnings(chunks: list[Chunk]) -> list[str]:
    """Give all that is reported of what is taken."""
    return [warning for chunk in chunks for warning in chunk.warnings]


def values(chunks: list[Chunk], entity: str) -> dict[str, list[str]]:
    """Give what is said of an entity whose id ends so: property → values."""
    found: dict[str, list[str]] = {}
    for row in rows(chunks):
        if row["entity_id"].endswith(entity) and row["stance"] == "asserted":
            found.setdefault(row["prop"], []).append(row["value"])
            found["schema"] = [row["schema"]]
    return found


_LETTERS = st.characters(codec="utf-8", categories=("L", "N", "P", "Zs"))
_TEXT = st.text(_LETTERS, min_size=1, max_size=20).map("x{}".format)
_DAYS = st.dates(min_value=dt.date(1990, 1, 1), max_value=dt.date(2024, 1, 1))
_COUNTRY = st.sampled_from(["DE", "FR", "CN", "RU", "GB"]).map(lambda code: {"name": code, "code": code})
_FIGURE = st.integers(0, 1000).map(lambda n: n / 10)


@st.composite
def shares(draw: st.DrawFn) -> dict[str, float]:
    """A share: exact, or bounds that do not cross."""
    if draw(st.booleans()):
        return {"exact": draw(_FIGURE)}
    low, high = sorted((draw(_FIGURE), draw(_FIGURE)))
    if high - low < 1:
        return {"exact": low}
    least = draw(st.sampled_from(["minimum", "exclusiveMinimum", ""]))
    most = draw(st.sampled_from(["maximum", "exclusiveMaximum", ""]))
    return {**({least: low} if least else {}), **({most: high} if most else {})}


@st.composite
def interests(draw: st.DrawFn, *, is_person: bool) -> dict[str, Any]:
    """An interest of any type that fits between any two."""
    from longarm.ingest.formats.bods_meanings import OF

    bound = {"nominee", "nominator", "settlor", "trustee", "protector"}
    found: dict[str, Any] = {"type": draw(st.sampled_from(sorted(set(OF) - bound)))}
    if draw(st.booleans()):
        found["share"] = draw(shares())
    if draw(st.booleans()):
        found["directOrIndirect"] = draw(st.sampled_from(["direct", "indirect", "unknown"]))
    if draw(st.booleans()):
        found["beneficialOwnershipOrControl"] = draw(st.booleans()) and is_person
    if draw(st.booleans()):
        start, end = sorted((draw(_DAYS), draw(_DAYS)))
        found |= {"startDate": start.isoformat(), "endDate": end.isoformat()}
    if draw(st.booleans()):
        found["details"] = draw(_TEXT)
    return found


@st.composite
def packages(draw: st.DrawFn) -> list[Statement]:
    """A sound package: firms, persons, then ties among them, some with a party that nobody names."""
    firms = [f"e{n}" for n in range(draw(st.integers(1, 4)))]
    humans = [f"p{n}" for n in range(draw(st.integers(0, 3)))]
    made = []
    for name in firms:
        more: dict[str, Any] = {"name": draw(_TEXT)}
        if draw(st.booleans()):
            more["jurisdiction"] = draw(_COUNTRY)
        if draw(st.booleans()):
            more["foundingDate"] = draw(_DAYS).isoformat()
        made.append(firm(name, declarationSubject=firms[0], **more))
    for name in humans:
        names = [{"type": "legal", "fullName": draw(_TEXT)}]
        made.append(human(name, declarationSubject=firms[0], names=names, nationalities=[draw(_COUNTRY)]))
    for n in range(draw(st.integers(0, 5))):
        party: Any = draw(st.sampled_from([*firms, *humans, None]))
        is_person = party in humans
        if party is None:
            party = {"reason": "unknown", "description": draw(_TEXT)}
        found = draw(st.lists(interests(is_person=is_person), max_size=3))
        subject = draw(st.sampled_from(firms))
        made.append(tie(f"r{n}", subject, party, declarationSubject=firms[0], interests=found))
    return made
