"""What only the whole source shows: ids used twice, records that are not there, the order of statements, their series.

A first pass gives seven numbers a statement (56 bytes); all that is asked here is asked of whole columns at once.
Ids are kept as 64-bit hashes: of ten million ids, two share one with a chance of three in a million. The checks are
those of the standard (statement, serialisation, information updates, beneficial ownership) and of its public tools.
"""

from __future__ import annotations

from array import array
from dataclasses import dataclass, field
from enum import IntFlag
from typing import Final

import numpy as np
import numpy.typing as npt
from msgspec import UNSET

from longarm.ingest.formats.bods_parts import Unspecified
from longarm.ingest.formats.bods_shape import (
    EntityStatement,
    Interest,
    PersonStatement,
    RelationshipStatement,
    Statement,
)

Ints = npt.NDArray[np.int64]
Bools = npt.NDArray[np.bool_]

ENTITY, PERSON, RELATIONSHIP = 0, 1, 2
NEW, UPDATED, CLOSED = 1, 2, 3
_STATUS: Final = {"new": NEW, "updated": UPDATED, "closed": CLOSED}
ENTITY_TYPES: Final = (
    "registeredEntity",
    "legalEntity",
    "arrangement",
    "anonymousEntity",
    "unknownEntity",
    "state",
    "stateBody",
)
_TYPE_CODE: Final = {name: at for at, name in enumerate(ENTITY_TYPES)}
_TRUST_ROLES: Final = frozenset({"settlor", "trustee", "protector"})
_NOMINEE_ROLES: Final = frozenset({"nominee", "nominator"})
_KIND, _STATE, _TYPE = 3, 3 << 2, 7 << 4
_IS_NOMINATION, _IS_TRUST, _IS_COMPONENT, _OF_NOMINEE, _OF_TRUST, _OF_OWNER = (1 << at for at in range(7, 13))
_DAY_SHIFT: Final = 16


class Fault(IntFlag):
    """What is wrong with a statement, seen from the whole source."""

    SAME_ID = 1
    OTHER_KIND = 2
    SUBJECT_NO_ENTITY = 4
    PARTY_NO_PARTY = 8
    SUBJECT_ABSENT = 16
    PARTY_ABSENT = 32
    SUBJECT_LATER = 64
    PARTY_LATER = 128
    OWNER_NO_PERSON = 256
    NO_NOMINATION = 512
    NO_TRUST = 1024
    DECLARED_ABSENT = 2048
    DECLARED_NO_PARTY = 4096
    COMPONENT_OF_NONE = 8192
    COMPONENT_ABSENT = 16384
    NEW_TWICE = 32768
    NEW_NOT_FIRST = 65536
    CLOSED_TWICE = 131072
    CLOSED_NOT_LAST = 262144


REFUSED: Final = int(Fault.SAME_ID | Fault.OTHER_KIND | Fault.SUBJECT_NO_ENTITY | Fault.PARTY_NO_PARTY)


@dataclass(frozen=True)
class Verdict:
    """What the whole source says of each statement that is one by the schema, in their order."""

    faults: array[int]
    """of `Fault`"""
    next_day: array[int]
    """the day, as YYYYMMDD, of the next version of its record; 0 where there is none. Negative: the last day itself,
    where the next version closes the record and says that its interests had ended before."""
    has_earlier: array[int]
    """1 where an earlier version of its record is in the source"""
    subject: array[int]
    """of relationships: what the record of the subject is (`kind_of`, `type_of`); -1 where it is not there"""
    party: array[int]


@dataclass
class Index:
    """The numbers of all statements."""

    _numbers: array[int] = field(default_factory=lambda: array("q"))
    _parts: array[int] = field(default_factory=lambda: array("q"))
    _parts_of: array[int] = field(default_factory=lambda: array("q"))
    _days: dict[str, int] = field(default_factory=dict)
    count: int = 0

    def add(self, statement: Statement) -> None:
        """Take the next statement."""
        day = self._days.get(statement.statement_date)
        if day is None:
            text = statement.statement_date
            day = self._days[text] = int(text[:4] + text[5:7] + text[8:10])
            if len(self._days) > 200_000:
                self._days.clear()
        flags = _STATUS.get(str(statement.record_status), 0) << 2
        subject = party = end = 0
        if isinstance(statement, EntityStatement):
            kind = statement.record_details.entity_type
            flags |= ENTITY | _TYPE_CODE[kind.type] << 4
            flags |= _IS_NOMINATION * (kind.subtype == "nomination") | _IS_TRUST * (kind.subtype == "trust")
        elif isinstance(statement, PersonStatement):
            flags |= PERSON
        else:
            assert isinstance(statement, RelationshipStatement)
            said = statement.record_details
            flags |= RELATIONSHIP
            subject = 0 if isinstance(said.subject, Unspecified) else hash(said.subject) or 1
            party = 0 if isinstance(said.interested_party, Unspecified) else hash(said.interested_party) or 1
            for interest in said.interests or ():
                flags |= _OF_NOMINEE * (interest.type in _NOMINEE_ROLES) | _OF_TRUST * (interest.type in _TRUST_ROLES)
                flags |= _OF_OWNER * (interest.beneficial_ownership_or_control is True)
            if statement.record_status == "closed":
                end = _end(said.interests or ())
            for part in said.component_records or ():
                self._parts.append(hash(part) or 1)
                self._parts_of.append(self.count)
        flags |= _IS_COMPONENT * statement.record_details.is_component
        self._numbers.extend(
            (
                hash(statement.statement_id),
                hash(statement.record_id) or 1,
                day << _DAY_SHIFT | flags,
                hash(statement.declaration_subject) or 1,
                subject,
                party,
                end,
            )
        )
        self.count += 1

    def settle(self) -> Verdict:
        """Say what the whole source shows of each statement."""
        table = np.frombuffer(self._numbers, dtype=np.int64).reshape(-1, 7)
        parts = np.frombuffer(self._parts, dtype=np.int64), np.frombuffer(self._parts_of, dtype=np.int64)
        return _settle(table, parts)


def _end(interests: tuple[Interest, ...]) -> int:
    """Give the day on which the last interest ended, as YYYYMMDD; 0 where one of them has not, or there is none."""
    ends = [interest.end_date for interest in interests]
    if not ends or UNSET in ends:
        return 0
    return max(int(str(end)[:10].replace("-", "")) for end in ends)


def kind_of(flags: int) -> int:
    """Give the kind of a record: ENTITY, PERSON or RELATIONSHIP."""
    return flags & _KIND


def type_of(flags: int) -> str:
    """Give the entity type of a record that is an entity."""
    return ENTITY_TYPES[(flags & _TYPE) >> 4]


def _settle(table: Ints, parts: tuple[Ints, Ints]) -> Verdict:
    ids, records, packed, declared, subjects, parties, ends = (np.ascontiguousarray(table[:, c]) for c in range(7))
    flags, days = packed & ((1 << _DAY_SHIFT) - 1), packed >> _DAY_SHIFT
    faults = np.zeros(len(ids), dtype=np.int64)
    by_id = np.argsort(ids, kind="stable")
    faults[by_id[1:][ids[by_id][1:] == ids[by_id][:-1]]] |= Fault.SAME_ID
    _kinds(records, flags, faults)
    known = _Known(records, flags, days, ends, faults)
    known.series(faults)
    _relationships(known, subjects, parties, flags, faults)
    found, at = known.find(declared)
    faults[~found] |= Fault.DECLARED_ABSENT
    faults[found & (known.flags[at] & _KIND == RELATIONSHIP)] |= Fault.DECLARED_NO_PARTY
    _components(known, parts, records, flags, faults)
    columns = (faults, known.next_day, known.has_earlier, known.what(subjects), known.what(parties))
    return Verdict(*(array("q", column.astype(np.int64).tobytes()) for column in columns))


def _kinds(records: Ints, flags: Ints, faults: Ints) -> None:
    """Refuse statements of another kind than the first of their record in the source."""
    alive = np.flatnonzero(faults == 0)
    order = alive[np.argsort(records[alive], kind="stable")]
    first = np.r_[True, records[order][1:] != records[order][:-1]][: len(order)]
    kinds = flags[order] & _KIND
    faults[order[kinds != kinds[np.flatnonzero(first)][np.cumsum(first) - 1]]] |= Fault.OTHER_KIND


class _Known:
    """The records that are there, sorted, each with what its latest version is; and the series of their versions."""

    def __init__(self, records: Ints, flags: Ints, days: Ints, ends: Ints, faults: Ints) -> None:
        alive = np.flatnonzero(faults == 0)
        order = alive[np.lexsort((alive, days[alive], records[alive]))]
        starts = np.r_[True, records[order][1:] != records[order][:-1]][: len(order)]
        begins = np.flatnonzero(starts)
        lasts = np.r_[begins[1:], len(order)][: len(begins)] - 1
        self._order, self._begins, self._starts = order, begins, starts
        self._status = (flags[order] & _STATE) >> 2
        self.records = records[order[begins]]
        self.flags = np.r_[flags[order[lasts]], 0]
        self.first = np.r_[np.minimum.reduceat(order, begins) if len(order) else order, 0]
        self.next_day = np.zeros(len(records), dtype=np.int64)
        follows = np.flatnonzero(~starts)
        later = order[follows]
        ended = (ends[later] > 0) & (ends[later] < days[later])
        self.next_day[order[follows - 1]] = np.where(ended, -ends[later], days[later])
        self.has_earlier = np.zeros(len(records), dtype=np.bool_)
        self.has_earlier[order[follows]] = True

    def find(self, wanted: Ints) -> tuple[Bools, Ints]:
        """Say which hashes are records that are there, and where; `flags` and `first` may be asked at any place."""
        if not len(self.records):
            return np.zeros(len(wanted), dtype=np.bool_), np.zeros(len(wanted), dtype=np.int64)
        at = np.minimum(np.searchsorted(self.records, wanted), len(self.records) - 1)
        return self.records[at] == wanted, at

    def what(self, wanted: Ints) -> Ints:
        """Give what the records of these hashes are; -1 for those that are not there."""
        found, at = self.find(wanted)
        return np.where(found, self.flags[at], -1)

    def series(self, faults: Ints) -> None:
        """Ask the order of a series: one new, and first; one closed, and last."""
        if not len(self._order):
            return
        group = np.cumsum(self._starts) - 1
        for status, twice, misplaced in (
            (NEW, Fault.NEW_TWICE, Fault.NEW_NOT_FIRST),
            (CLOSED, Fault.CLOSED_TWICE, Fault.CLOSED_NOT_LAST),
        ):
            has = self._status == status
            many = np.add.reduceat(has.astype(np.int64), self._begins) > 1
            faults[self._order[has & many[group]]] |= twice
            last = np.r_[self._starts[1:], True]
            placed = self._starts if status == NEW else last
            faults[self._order[has & ~placed & ~many[group]]] |= misplaced


def _relationships(known: _Known, subjects: Ints, parties: Ints, flags: Ints, faults: Ints) -> None:
    is_tie = flags & _KIND == RELATIONSHIP
    own = np.arange(len(flags))
    for ends, absent, wrong, later in (
        (subjects, Fault.SUBJECT_ABSENT, Fault.SUBJECT_NO_ENTITY, Fault.SUBJECT_LATER),
        (parties, Fault.PARTY_ABSENT, Fault.PARTY_NO_PARTY, Fault.PARTY_LATER),
    ):
        found, at = known.find(ends)
        named = is_tie & (ends != 0)
        kind = known.flags[at] & _KIND
        faults[named & ~found] |= absent
        unfit = kind != ENTITY if wrong == Fault.SUBJECT_NO_ENTITY else kind == RELATIONSHIP
        faults[named & found & unfit] |= wrong
        faults[named & found & (known.first[at] > own)] |= later
    found, at = known.find(subjects)
    of = known.flags[at]
    faults[is_tie & found & (flags & _OF_NOMINEE > 0) & (of & _IS_NOMINATION == 0)] |= Fault.NO_NOMINATION
    faults[is_tie & found & (flags & _OF_TRUST > 0) & (of & _IS_TRUST == 0)] |= Fault.NO_TRUST
    found, at = known.find(parties)
    owner = is_tie & found & (flags & _OF_OWNER > 0)
    faults[owner & (known.flags[at] & _KIND != PERSON)] |= Fault.OWNER_NO_PERSON


def _components(known: _Known, parts: tuple[Ints, Ints], records: Ints, flags: Ints, faults: Ints) -> None:
    """A component is named by a relationship that comes after it; what a relationship names is there."""
    named, of = parts
    found, _ = known.find(named)
    faults[of[~found]] |= Fault.COMPONENT_ABSENT
    order = np.lexsort((of, named))
    names, last = named[order], of[order]
    is_last = np.r_[names[1:] != names[:-1], True][: len(names)]
    names, last = names[is_last], last[is_last]
    components = np.flatnonzero((flags & _IS_COMPONENT > 0) & (faults & REFUSED == 0))
    if not len(names):
        faults[components] |= Fault.COMPONENT_OF_NONE
        return
    at = np.minimum(np.searchsorted(names, records[components]), len(names) - 1)
    _, here = known.find(records[components])
    is_named = (names[at] == records[components]) & (known.first[here] < last[at])
    faults[components[~is_named]] |= Fault.COMPONENT_OF_NONE
