"""What a dossier cites, gathered once for every format: its ties, statements, documents, names, and what stands beside.

It reads the value of a dossier and gives values. Two rules are kept here, so that no format can forget them: the stance
of a statement travels with whatever is made from it, and a person's nationality or origin goes nowhere.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Final

from longarm.exchange.documents import LAW, Document, article, document_id, documents
from longarm.model import states
from longarm.model.terms import Rung, Stance
from longarm.model.ties import STATE

ORIGIN_OF_PERSONS: Final = frozenset(
    {
        "nationality",
        "citizenship",
        "country",
        "mainCountry",
        "jurisdiction",
        "birthCountry",
        "birthPlace",
        "detectedCountry",
        "ethnicity",
        "religion",
        "political",
        "spokenLanguage",
        "passportNumber",
        "idNumber",
    }
)
"""Properties of a person that say, or give away, where they come from or what they believe; none is exported."""
NOTHING_FOUND: Final = frozenset({Rung.NO_PATH.value, Rung.NOT_ASSESSED.value})
"""Rungs on which nothing was found: never written as good news, never with a figure that reads as assurance."""

_UNPRINTABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]")
_ORDER: Final = tuple(s.value for s in Stance)


@dataclass(frozen=True)
class Tie:
    """A tie on a path of a finding, with how it is put by the statements beneath it."""

    id: str
    source: str
    target: str
    kind: str
    cls: str
    level: str
    label: str
    is_disputed: bool
    is_cuttable: bool
    last_confirmed: str | None
    statements: tuple[str, ...]
    stances: tuple[str, ...]
    """every stance in which its statements speak, in the order of the vocabulary"""

    @property
    def stance(self) -> str:
        """Say how it may be put: asserted where somebody asserts it; inferred where no statement is beneath it."""
        return self.stances[0] if self.stances else Stance.INFERRED.value


@dataclass(frozen=True)
class Cited:
    """A dossier, as every format reads it."""

    site: str
    states: tuple[str, ...]
    as_of: str
    known_at: str
    version: str
    case: Mapping[str, Any]
    reports: Mapping[str, Mapping[str, Any]]
    names: Mapping[str, str]
    statements: Mapping[str, Mapping[str, Any]]
    facts: Mapping[str, Mapping[str, Any]]
    """the cited facts of the case, by each of their statements"""
    ties: Mapping[str, Tie]
    """ties on the paths of findings; what stays below the threshold is not among them"""
    shares: Mapping[str, float]
    """tie → share of worlds in which it holds, where the dossier gives it"""
    documents: Mapping[str, Document]
    given: Mapping[str, Any]

    @property
    def day(self) -> str:
        """The day on which all this was known: what every date of an export is taken from."""
        return self.known_at[:10]

    def name(self, entity: str) -> str:
        """Give the name of an entity, a part or a state; its id where none is on file."""
        return states.name(entity.removeprefix(STATE)) if entity.startswith(STATE) else self.names.get(entity, entity)

    def place(self, part: str | None) -> str:
        """Give the name of a part; of the site, where a finding is about all of it."""
        return self.name(part or self.site)

    def parts(self) -> dict[str, str]:
        """Give the parts of the site with their types, those that any report lists."""
        return {str(p["id"]): str(p.get("type") or "") for r in self.reports.values() for p in r.get("parts") or ()}

    def document_of(self, statement: str) -> Document | None:
        """Give the document that a statement is read from."""
        found = self.statements.get(statement)
        return self.documents.get(document_id(found)) if found else None

    def documents_of(self, statements: Iterable[str]) -> tuple[Document, ...]:
        """Give the documents beneath some statements, each once, by their ids."""
        found = {d.id: d for s in statements if (d := self.document_of(s)) is not None}
        return tuple(found[d] for d in sorted(found))

    def articles_of(self, statements: Iterable[str]) -> frozenset[str]:
        """Give the articles of law among some statements, as `law:instrument#article`."""
        held = (self.statements[s] for s in statements if s in self.statements)
        return frozenset(f"{document_id(s)}#{article(s)}" for s in held if s.get("document_kind") == LAW)

    def beside(self, state: str | None = None) -> dict[str, list[Mapping[str, Any]]]:
        """Give the statements that stand beside findings, each with those findings; of one state, if one is named."""
        found: dict[str, list[Mapping[str, Any]]] = {}
        for code in self.states if state is None else (state,):
            for f in self.reports[code].get("findings") or ():
                for s in f.get("beside") or ():
                    if s in self.statements:
                        found.setdefault(s, []).append(f)
        return found


def cited(dossier: Mapping[str, Any]) -> Cited:
    """Gather what a dossier cites. Takes its value with `question`, `case`, `reports` and `computed`; more is used."""
    whole: dict[str, Any] = _cleaned(dossier)
    question = whole["question"]
    reports: dict[str, Any] = whole.get("reports") or {}
    statements = dict(_statements(whole, reports))
    names: dict[str, str] = {}
    for r in reports.values():
        names.update(r.get("names") or {})
    names.update(whole.get("names") or {})
    known_at = str(question.get("known_at") or question.get("as_of"))
    return Cited(
        site=str(question["site"]),
        states=tuple(s for s in (question.get("states") or reports) if s in reports),
        as_of=str(question.get("as_of") or known_at),
        known_at=known_at,
        version=str((whole.get("computed") or {}).get("version") or ""),
        case=whole.get("case") or {},
        reports=reports,
        names=names,
        statements=statements,
        facts={s: f for f in whole.get("facts") or () for s in f.get("statements") or ()},
        ties=_ties(reports, statements),
        shares=_shares(reports),
        documents=documents(whole, statements),
        given=whole,
    )


def sort_key(state: str, finding: Mapping[str, Any]) -> tuple[str, ...]:
    """Name a finding: its state, part, capability and reading, which are one finding's only."""
    return state, finding.get("part") or "", str(finding["capability"]), str(finding["reading"])


def _cleaned(value: Any) -> Any:
    """Put U+FFFD for what no text may hold: control characters but tab and line ends, halves of a character."""
    if isinstance(value, str):
        return _UNPRINTABLE.sub("\ufffd", value)
    if isinstance(value, Mapping):
        return {_cleaned(k): _cleaned(v) for k, v in value.items()}
    if isinstance(value, list | tuple):
        return [_cleaned(v) for v in value]
    return value


def _statements(whole: Mapping[str, Any], reports: Mapping[str, Any]) -> Iterator[tuple[str, Mapping[str, Any]]]:
    """Give all statements by their ids, in that order, without those that say where a person is from."""
    found: dict[str, Mapping[str, Any]] = {}
    for r in reports.values():
        found.update(r.get("statements") or {})
    found.update(whole.get("statements") or {})
    for i in sorted(found):
        if not (found[i].get("schema") == "Person" and found[i].get("prop") in ORIGIN_OF_PERSONS):
            yield i, found[i]


def _ties(reports: Mapping[str, Any], statements: Mapping[str, Mapping[str, Any]]) -> dict[str, Tie]:
    hops: dict[str, Mapping[str, Any]] = {}
    for r in reports.values():
        for f in r.get("findings") or ():
            for path in f.get("paths") or ():
                hops.update({str(h["tie"]): h for h in path["hops"]})
    return {tie: _tie(hops[tie], statements) for tie in sorted(hops)}


def _tie(hop: Mapping[str, Any], statements: Mapping[str, Mapping[str, Any]]) -> Tie:
    beneath = tuple(s for s in hop.get("statements") or () if s in statements)
    put = {str(statements[s].get("stance")) for s in beneath}
    return Tie(
        id=str(hop["tie"]),
        source=str(hop["from"]),
        target=str(hop["to"]),
        kind=str(hop["kind"]),
        cls=str(hop.get("class") or ""),
        level=str(hop.get("level") or ""),
        label=str(hop.get("label") or ""),
        is_disputed=bool(hop.get("disputed")),
        is_cuttable=bool(hop.get("cuttable")),
        last_confirmed=hop.get("last_confirmed"),
        statements=beneath,
        stances=tuple(s for s in _ORDER if s in put),
    )


def _shares(reports: Mapping[str, Any]) -> dict[str, float]:
    """Give the share of worlds of each tie that a report names among what to find out next; the smallest of several."""
    found: dict[str, float] = {}
    for r in reports.values():
        for f in r.get("findings") or ():
            for n in f.get("next") or ():
                found[n["tie"]] = min(found.get(n["tie"], 1.0), float(n["share"]))
    return found
