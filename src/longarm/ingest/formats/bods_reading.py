"""The second pass over a source of BODS: what is taken, what is refused, and what is reported of what is taken."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Final

from msgspec import UNSET

from longarm.ingest.batch import Reject
from longarm.ingest.formats import bods_checks, bods_interests, bods_parties, bods_series, bods_values, json_records
from longarm.ingest.formats.bods_notices import REFUSED, TAKEN, Notices, of_source
from longarm.ingest.formats.bods_parts import Unspecified
from longarm.ingest.formats.bods_rows import Rows
from longarm.ingest.formats.bods_schema import NotText, Unfit, again, decode
from longarm.ingest.formats.bods_series import Verdict
from longarm.ingest.formats.bods_shape import EntityStatement, PersonStatement, RelationshipStatement, Statement
from longarm.ingest.formats.json_piece import Piece
from longarm.ingest.stream import SAID, Chunk, Input

ROWS: Final = 200_000
"""rows of a chunk, about"""
BYTES: Final = 64 * 1024 * 1024
"""bytes of the source that make a chunk, however few rows they give"""
START_KEYS: Final = (
    "statementId",
    "statementDate",
    "statementID",
    "statementType",
    "declarationSubject",
    "recordId",
    "recordType",
    "recordStatus",
    "recordDetails",
    "publicationDetails",
)
"""keys that stand in a statement itself and in none of its parts"""


def pieces(source: Input) -> Iterator[Piece]:
    with source.open() as stream:
        for batch in json_records.batches(stream, START_KEYS):
            yield from batch.pieces


def taken(piece: Piece) -> tuple[Statement, bool]:
    """Give the statement of a piece, and whether it was in another encoding. Raises Unfit with the reason."""
    if piece.fault is not None:
        raise Unfit(piece.fault)
    recoded = False
    try:
        statement = decode(piece.data)
    except NotText:
        statement, recoded = decode(piece.data.decode("cp1252", "replace").encode()), True
    reason = bods_checks.refusal(statement)
    if reason is not None:
        raise Unfit(reason)
    return statement, recoded


@dataclass
class Reading:
    """The second pass."""

    source: Input
    scope: str
    verdict: Verdict
    plain: bytearray
    """of each record, 1 where it was found fit as it is: it is not asked again"""
    skip: int
    """records that are not given again"""
    _at: int = -1
    """of the statements that are one by the schema, the one at hand"""
    _record: int = 0
    _rejects: list[Reject] = field(default_factory=list)
    _closed: list[str] = field(default_factory=list)
    _given_records: int = 0
    _given_position: int = 0
    _dropped: Counter[str] = field(default_factory=Counter)

    def __post_init__(self) -> None:
        self._notices = Notices(self.source.name)
        self._days = _Days(self.verdict)

    def chunks(self) -> Iterator[Chunk]:
        """Give all that is taken and refused."""
        rows, position, number, size = Rows(), 0, 0, 0
        with self.source.open() as stream:
            for batch in json_records.batches(stream, START_KEYS):
                position = batch.position
                for piece in batch.pieces:
                    self._piece(rows, piece, is_plain=bool(self.plain[number]))
                    number += 1
                    size += len(piece.data)
                    if len(rows) >= ROWS or size >= BYTES:
                        yield from self._given(rows, position)
                        rows, size = Rows(), 0
        yield from self._given(rows, position, is_last=True)

    def _given(self, rows: Rows, position: int, *, is_last: bool = False) -> Iterator[Chunk]:
        """Give a chunk; before it, what it says anew of records whose earlier statements lie in another source.

        Those end first, in a chunk of its own: then what this one says of them stands. A load that stops between the
        two reads the rows again.
        """
        if self._closed:
            yield Chunk(SAID.empty_table(), (), self._given_records, self._given_position, (), tuple(self._closed))
            self._closed = []
        yield self._chunk(rows, position, is_last=is_last)
        self._given_records, self._given_position = self._record, position

    def _chunk(self, rows: Rows, position: int, *, is_last: bool = False) -> Chunk:
        table, dropped = rows.table()
        self._dropped += dropped
        rejects, self._rejects = tuple(self._rejects), []
        warnings = [*self._notices.drain(), *(self._totals() if is_last else ())]
        return Chunk(table, rejects, self._record, position, tuple(warnings))

    def _totals(self) -> Iterator[str]:
        yield from self._notices.totals()
        for prop, count in sorted(self._dropped.items()):
            yield f"{self.source.name}: {count:,} values of {prop} were none of its kind, and are not carried"

    def _piece(self, rows: Rows, piece: Piece, *, is_plain: bool) -> None:
        self._record = piece.record
        is_given = piece.record > self.skip
        try:
            statement, recoded = (again(piece.data), False) if is_plain else taken(piece)
        except Unfit as fault:
            if is_given:
                self._reject(piece, str(fault))
            return
        self._at += 1
        if not is_given:
            return
        wrong = self.verdict.faults[self._at]
        if wrong & bods_series.REFUSED:
            self._reject(piece, "; ".join(words for _, words in of_source(wrong, REFUSED)), statement)
            return
        found = list(bods_checks.faults(statement, piece.data, self.source.retrieved))
        if wrong:
            found += of_source(wrong, TAKEN)
        if recoded:
            found.append(("encoding", "it is not UTF-8, and was read as Windows-1252"))
        if found:
            place = _place(piece, statement)
            for kind, words in found:
                self._notices.put(kind, place, words)
        self._say(rows, statement, piece.record)

    def _reject(self, piece: Piece, reason: str, statement: Statement | None = None) -> None:
        row = piece.data[:2000].decode("utf-8", "replace")
        self._rejects.append(Reject(self.source.name, piece.line, f"{_place(piece, statement)}: {reason}", row))

    def _say(self, rows: Rows, statement: Statement, record: int) -> None:
        entity = bods_values.entity_id(self.scope, statement.record_id)
        has_earlier = bool(self.verdict.has_earlier[self._at])
        since = bods_values.day(statement.statement_date) if has_earlier else None
        until = self._days.last(self._at)
        if not has_earlier and statement.record_status in ("updated", "closed"):
            self._closed.append(entity)
        speaker = None if statement.source is UNSET else bods_parties.speaker(statement.source)
        if isinstance(statement, RelationshipStatement):
            if until is not None:
                entity = f"{entity}.{bods_values.part_id(statement.statement_id)}"
            elif statement.record_status == "closed":
                until = bods_values.day(statement.statement_date)
            version = bods_parties.Version(entity, record, speaker, since, until)
            bods_interests.relationship(rows, statement, version, self._ends(statement, entity))
            return
        version = bods_parties.Version(entity, record, speaker, since, until)
        if isinstance(statement, EntityStatement):
            bods_parties.entity(rows, statement, version)
        elif isinstance(statement, PersonStatement):
            bods_parties.person(rows, statement, version)

    def _ends(self, statement: RelationshipStatement, entity: str) -> bods_interests.Ends:
        said = statement.record_details
        subject, party = self.verdict.subject[self._at], self.verdict.party[self._at]
        if party >= 0:
            is_person = bods_series.kind_of(party) == bods_series.PERSON
        else:  # only a person can be a beneficial owner
            is_person = any(each.beneficial_ownership_or_control is True for each in said.interests or ())
        of = bods_series.type_of(subject) if subject >= 0 else "unknownEntity"
        is_state = party >= 0 and not is_person and bods_series.type_of(party) in ("state", "stateBody")
        return bods_interests.Ends(
            party=self._end(said.interested_party, f"{entity}.party"),
            subject=self._end(said.subject, f"{entity}.subject"),
            party_is_person=is_person,
            subject_schema=bods_parties.SCHEMA_OF[of],
            party_is_state=is_state,
            subject_is_state_body=of in ("state", "stateBody"),
        )

    def _end(self, given: str | Unspecified, unnamed: str) -> str:
        return unnamed if isinstance(given, Unspecified) else bods_values.entity_id(self.scope, given)


class _Days:
    """The last day of each version that another follows."""

    def __init__(self, verdict: Verdict) -> None:
        self._next = verdict.next_day

    def last(self, at: int) -> str | None:
        """Give the day before the next version's; None where there is none."""
        day = self._next[at]
        if not day:
            return None
        text = f"{abs(day) // 10_000:04}-{abs(day) // 100 % 100:02}-{abs(day) % 100:02}"
        return text if day < 0 else bods_interests.day_before(text)


def _place(piece: Piece, statement: Statement | None) -> str:
    named = f" ('{statement.statement_id}')" if statement is not None else ""
    return f"statement {piece.record:,}{named}"
