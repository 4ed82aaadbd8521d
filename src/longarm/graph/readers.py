"""What each kind of record says of ties: one reader a schema, from FollowTheMoney's and longarm's own vocabulary."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace

from longarm.graph.records import Record
from longarm.model import shares
from longarm.model.names import plainest
from longarm.model.roles import right, role
from longarm.model.terms import WHOLE
from longarm.model.ties import SUSPENDED, Kind, Tie, state_node, tie_id

ORGANISATIONS = frozenset({"LegalEntity", "Organization", "Company", "PublicBody"})
PERSONS = frozenset({"Person"})
CUTTABLE = frozenset({Kind.INTEREST, Kind.CONTROL, Kind.INFLUENCE, Kind.ACCESS, Kind.STAFF, Kind.PROCESSES})


@dataclass(frozen=True)
class Said:
    """What a record says of a tie: the tie, its dates and its share."""

    tie: Tie
    props: tuple[str, ...]
    valid_from: str | None = None
    valid_to: str | None = None
    share: shares.Share | None = None
    is_unclear: bool = False
    """True where the record does not say enough to be more than a possibility, such as a bare country"""
    only_its_end: bool = False
    """True where the record speaks of the tie only in saying that it ended"""
    gives_stated: bool = False
    """True where the record itself says what the tie gives: it overrides what the role or right gives"""


def read(record: Record, names: Mapping[str, str]) -> list[Said]:
    """Give what a record says of ties: nothing, one, or several."""
    reader = _READERS.get(record.schema)
    found = reader(record, names) if reader else []
    if record.schema in ORGANISATIONS | PERSONS:
        found = found + _home(record, names)
    return found


def _said(record: Record, tie: Tie, props: tuple[str, ...], share: shares.Share | None = None) -> Said:
    """What an interval entity says: the tie with its own dates."""
    start = record.one("startDate") or record.one("date")
    return Said(tie, (*props, "startDate", "endDate"), start, (record.values.get("endDate") or (None,))[-1], share)


def _ownership(record: Record, names: Mapping[str, str]) -> list[Said]:
    owner, asset = record.one("owner"), record.one("asset")
    if not owner or not asset:
        return []
    if any("suspend" in kind.lower() for kind in record.values.get("interestType", ())):
        return [_suspended(record, owner, asset, names)]
    found = []
    props = ("owner", "asset")
    given = {
        "shares": _share(record, "percentage", "percentageMinimum", "percentageMaximum"),
        "votes": _share(record, "votingPercentage"),
    }
    if given["votes"] is None and given["shares"] is None:
        given["shares"] = shares.UNKNOWN
    for cls, share in given.items():
        if share is not None:
            label = f"{names.get(owner, owner)} holds {_words(share)} of {names.get(asset, asset)}" + (
                " by votes" if cls == "votes" else ""
            )
            tie = _tie(Kind.INTEREST, owner, asset, cls, label=label)
            prop = (
                ("percentage", "percentageMinimum", "percentageMaximum") if cls == "shares" else ("votingPercentage",)
            )
            given_share = None if share == shares.UNKNOWN else share
            found.append(_said(record, tie, props + prop, given_share))
    return found


def _suspended(record: Record, owner: str, asset: str, names: Mapping[str, str]) -> Said:
    """Votes that count for nobody: all that the holder has, or as many as are named. The holding itself stays."""
    share = (
        _share(record, "votingPercentage")
        or _share(record, "percentage", "percentageMinimum", "percentageMaximum")
        or shares.Share(WHOLE, WHOLE)
    )
    label = f"the votes of {names.get(owner, owner)} in {names.get(asset, asset)} are suspended"
    tie = replace(_tie(Kind.INTEREST, owner, asset, SUSPENDED, label=label), cuttable=False)
    return _said(record, tie, ("owner", "asset", "interestType", "percentage", "votingPercentage"), share)


def _words(share: shares.Share) -> str:
    if share == shares.UNKNOWN:
        return "a share that nobody gives"
    return str(share)


def _share(record: Record, exact: str, least: str = "", most: str = "") -> shares.Share | None:
    values = [shares.read(v) for v in record.values.get(exact, ())]
    lows = [shares.parts(v) for v in record.values.get(least, ())]
    highs = [shares.parts(v) for v in record.values.get(most, ())]
    if lows or highs:
        ends = min(lows, default=0), max(highs, default=WHOLE)  # rows of two sources may cross: then all between
        values.append(shares.Share(min(ends), max(ends)))
    if not values:
        return None
    return shares.Share(min(v.lo for v in values), max(v.hi for v in values))


def _control(record: Record, names: Mapping[str, str]) -> list[Said]:
    holder, held = record.one("controller"), record.one("controlled")
    if not holder or not held:
        return []
    over, under = names.get(holder, holder), names.get(held, held)
    found = []
    for name in record.values.get("controlType", ("named control",)):
        row = right(name)
        if row is None or row.kind == "consolidation":
            continue
        if row.kind == "organ":
            tie = _tie(Kind.CONTROL, holder, held, row.name, label=f"{under} is a body of {over}")
        elif row.kind == "control":
            tie = _tie(Kind.CONTROL, holder, held, row.name, label=f"{over} controls {under}: {row.name}")
        else:
            gives = tuple(sorted(record.values.get("gives") or row.gives))
            tie = _tie(Kind.INFLUENCE, holder, held, row.name, label=f"{over} in {under}: {row.name}")
            tie = replace(tie, gives=gives)
        said = _said(record, tie, ("controller", "controlled", "controlType", "gives"))
        found.append(replace(said, gives_stated="gives" in record.values))
    return found


def _state_body(record: Record, names: Mapping[str, str]) -> list[Said]:
    body, state = record.one("body"), record.one("state")
    if not body or not state:
        return []
    tie = _tie(Kind.ORGAN, state_node(state.upper()), body, label=f"{names.get(body, body)} is a body of the state")
    return [_said(record, tie, ("body", "state"))]


def _home(record: Record, names: Mapping[str, str]) -> list[Said]:
    """Where an entity is registered and where it is managed; for a person, nothing: origin is never an input."""
    if record.schema in PERSONS:
        return []
    name = names.get(record.entity, record.entity)
    found = []
    clear = {c.upper() for p in ("jurisdiction", "mainCountry") for c in record.values.get(p, ())}
    for prop, kind, words in (
        ("jurisdiction", Kind.REGISTERED, "is registered under the law of"),
        ("mainCountry", Kind.SEATED, "is managed in"),
        ("country", Kind.SEATED, "is put in"),
    ):
        for code in record.values.get(prop, ()):
            if prop == "country" and (record.schema == "PublicBody" or code.upper() in clear):
                continue
            tie = _tie(kind, state_node(code.upper()), record.entity, label=f"{name} {words} {code.upper()}")
            found.append(Said(tie, (prop,), is_unclear=prop == "country"))
    if record.schema == "PublicBody":
        for code in record.values.get("jurisdiction", record.values.get("country", ())):
            tie = _tie(
                Kind.ORGAN, state_node(code.upper()), record.entity, label=f"{name} is a public body of {code.upper()}"
            )
            found.append(Said(tie, ("country", "jurisdiction")))
    for sector in record.values.get("sector", ()):
        tie = _tie(Kind.FACT, record.entity, f"sector={sector.strip().lower()}", label=f"{name}: sector {sector}")
        found.append(Said(tie, ("sector",)))
    return found


def _access(record: Record, names: Mapping[str, str]) -> list[Said]:
    holder, part = record.one("holder"), record.one("part")
    if not holder or not part:
        return []
    found = []
    for name in record.values.get("accessRole", ("present",)):
        try:
            row = role(name)
        except ValueError:
            row = role("present")
        gives = tuple(sorted(record.values.get("gives") or row.gives))
        label = f"{names.get(holder, holder)} is {row.name} at {names.get(part, part)}"
        tie = replace(_tie(Kind.ACCESS, holder, part, row.name, label=label), gives=gives)
        said = _said(record, tie, ("holder", "part", "accessRole", "gives"))
        found.append(replace(said, gives_stated="gives" in record.values))
    return found


def _employment(record: Record, names: Mapping[str, str]) -> list[Said]:
    employer, employee = record.one("employer"), record.one("employee")
    if not employer or not employee:
        return []
    label = f"{names.get(employer, employer)} employs {names.get(employee, employee)}"
    return [_said(record, _tie(Kind.STAFF, employer, employee, label=label), ("employer", "employee"))]


def _part(record: Record, names: Mapping[str, str]) -> list[Said]:
    name = names.get(record.entity, record.entity)
    found = []
    for prop, kind, words in (("contains", Kind.CONTAINS, "contains"), ("processes", Kind.PROCESSES, "processes")):
        for other in record.values.get(prop, ()):
            tie = _tie(kind, record.entity, other, label=f"{name} {words} {names.get(other, other)}")
            found.append(Said(tie, (prop,)))
    for prop in _PLACES:
        for code in record.values.get(prop, ()):
            label = f"{name}: {_PLACES[prop]} {code.upper()}"
            tie = _tie(Kind.PLACE, state_node(code.upper()), record.entity, prop, label=label)
            found.append(Said(tie, (prop,)))
    return found


def _entity_fact(record: Record, names: Mapping[str, str]) -> list[Said]:
    subject, fact = record.one("subject"), record.one("fact")
    if not subject or not fact:
        return []
    found = []
    for value in record.values.get("factValue", ("yes",)):
        if fact in _PLACE_OF:  # dated, unlike the same said as a property of the part
            label = f"{names.get(subject, subject)}: {_PLACES[_PLACE_OF[fact]]} {value.upper()}"
            tie = _tie(Kind.PLACE, state_node(value.upper()), subject, _PLACE_OF[fact], label=label)
            found.append(_said(record, tie, ("subject", "fact", "factValue")))
            continue
        label = f"{names.get(subject, subject)}: {fact.replace('_', ' ')}" + (f" {value}" if value != "yes" else "")
        tie = _tie(Kind.FACT, subject, f"{fact}={value.strip().lower()}", label=label)
        found.append(_said(record, tie, ("subject", "fact", "factValue")))
    return found


def _tie(kind: str, holder: str, held: str, cls: str = "", label: str = "") -> Tie:
    return Tie(tie_id(kind, holder, held, cls), kind, holder, held, cls, cuttable=kind in CUTTABLE, label=label)


def _duty(record: Record, names: Mapping[str, str]) -> list[Said]:
    """A source that says that an article applies to an entity settles the facts that the article asks for."""
    addressee, instrument, article = record.one("addressee"), record.one("instrument"), record.one("article")
    if not addressee or not instrument:
        return []
    met = (f"meets={instrument}#{article}" if article else f"meets={instrument}").lower()
    label = f"{names.get(addressee, addressee)} is bound by {instrument} {article or ''}".rstrip()
    return [_said(record, _tie(Kind.FACT, addressee, met, label=label), ("addressee", "instrument", "article"))]


def _safeguard(record: Record, _: Mapping[str, str]) -> list[Said]:
    """The tie that stands for a safeguard's being in force."""
    name = record.one("title") or record.entity
    tie = _tie(Kind.SAFEGUARD, record.entity, record.entity, label=f"{name} is in force")
    return [_said(record, tie, ("title", "measure", "state"))]


_PLACES = {
    "dataLocation": "its data lie in",
    "keysHeldIn": "its keys are held in",
    "itemOrigin": "it comes from",
    "offeredIn": "it is offered in",
}

_PLACE_OF = {
    "data_location": "dataLocation",
    "keys_held_in": "keysHeldIn",
    "item_origin": "itemOrigin",
    "offered_in": "offeredIn",
}

_READERS: dict[str, Callable[[Record, Mapping[str, str]], list[Said]]] = {
    "Ownership": _ownership,
    "Control": _control,
    "StateBody": _state_body,
    "Access": _access,
    "Employment": _employment,
    "SitePart": _part,
    "Site": _part,
    "EntityFact": _entity_fact,
    "Duty": _duty,
    "Safeguard": _safeguard,
}


def names(records: Iterable[Record]) -> dict[str, str]:
    """Give every entity its plainest name."""
    return plainest((r.entity, value) for r in records for value in r.values.get("name", ()))
