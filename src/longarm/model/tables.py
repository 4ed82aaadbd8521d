"""The tables in which the stages meet: columns, types, key, order, one sentence each, checked on write.

A stage reads tables and writes tables; it never calls another stage. Facts (`documents`, `statements`, `origins`) lie
in the lake and are never changed; the others are derived and may be deleted at any time.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Final

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from longarm.errors import ContractError


@dataclass(frozen=True)
class Contract:
    """What a table promises: its name, one sentence, its columns, the key that is unique, and the order of rows."""

    name: str
    says: str
    columns: tuple[tuple[str, pa.DataType, bool, str], ...]
    """(name, type, may be null, one sentence)"""
    key: tuple[str, ...]

    @property
    def schema(self) -> pa.Schema:
        """The Arrow schema, each field carrying its sentence."""
        fields = [pa.field(n, t, nullable=null, metadata={"says": says}) for n, t, null, says in self.columns]
        return pa.schema(fields, metadata={"table": self.name, "says": self.says})

    def table(self, rows: Iterable[Mapping[str, Any]]) -> pa.Table:
        """Make a table of `rows`, sorted by its key.

        Raises ContractError where a column is missing or unknown, a value has the wrong type, or the key repeats.
        """
        listed = list(rows)
        names = [n for n, *_ in self.columns]
        for row in listed:
            if unknown := set(row) - set(names):
                raise ContractError(f"table '{self.name}' has no column {sorted(unknown)}")
        listed.sort(key=lambda row: tuple(str(row.get(k) or "") for k in self.key))
        columns = {n: [row.get(n) for row in listed] for n in names}
        try:
            table = pa.table({n: pa.array(columns[n], type=t) for n, t, *_ in self.columns}, schema=self.schema)
        except (pa.ArrowInvalid, pa.ArrowTypeError) as fault:
            raise ContractError(f"table '{self.name}': {fault}") from fault
        return self.check(table)

    def check(self, table: pa.Table) -> pa.Table:
        """Give the table back if it keeps the contract; raise ContractError if not."""
        if not self._is_like(table.schema):
            raise ContractError(f"table '{self.name}' has schema {table.schema}, not {self.schema}")
        for name, _, nullable, _ in self.columns:
            if not nullable and table.column(name).null_count:
                raise ContractError(f"table '{self.name}': column '{name}' has empty values")
        if (twice := self._repeated(table)) is not None:
            raise ContractError(f"table '{self.name}': the key {self.key} repeats: {twice}")
        return table

    def _is_like(self, schema: pa.Schema) -> bool:
        """True where the columns are those declared; texts may come as a dictionary, which is quicker to write."""
        plain = [
            f.with_type(f.type.value_type) if pa.types.is_dictionary(f.type) and f.type.value_type == _TEXT else f
            for f in schema
        ]
        return bool(pa.schema(plain).equals(self.schema))

    def _repeated(self, table: pa.Table) -> tuple[Any, ...] | None:
        """Give a key that two rows share, or None. By Arrow, for a part has a million rows; without its threads."""
        if len(self.key) == 1 and _surely_differ(table.column(self.key[0])):
            return None
        keys = table.select(list(self.key))
        counted = keys.group_by(list(self.key), use_threads=False).aggregate([([], "count_all")])
        more = counted.filter(pc.greater(counted.column("count_all"), 1)).slice(0, 1).select(list(self.key))
        return tuple(more.to_pylist()[0].values()) if more.num_rows else None


def _surely_differ(column: pa.ChunkedArray) -> bool:
    """True where values of one width, such as ids, differ by a sum over their bytes; False where it cannot say."""
    values = column.combine_chunks()
    if not pa.types.is_string(values.type) or values.null_count or not len(values):
        return False
    offsets = np.frombuffer(values.buffers()[1], dtype=np.int32)[values.offset : values.offset + len(values) + 1]
    width = int(offsets[1] - offsets[0])
    if width % 8 or not width or np.any(np.diff(offsets) != width):
        return False
    data = np.frombuffer(values.buffers()[2], dtype=np.uint8)[offsets[0] : offsets[-1]]
    words = data.view(np.uint64) if offsets[0] % 8 == 0 else np.frombuffer(data.tobytes(), dtype=np.uint64)
    weights = np.random.default_rng(width).integers(1, 2**63, width // 8, dtype=np.uint64) * np.uint64(2) + np.uint64(1)
    sums = np.sort((words.reshape(-1, width // 8) * weights).sum(axis=1, dtype=np.uint64))
    return not bool(np.any(sums[1:] == sums[:-1]))


_TEXT: Final = pa.string()
_LIST: Final = pa.list_(pa.string())

DOCUMENTS = Contract(
    "documents",
    "The files and register extracts that statements are read from; the bytes lie in the archive under the id.",
    (
        ("id", _TEXT, False, "SHA-256 of the bytes, in hexadecimal."),
        ("kind", _TEXT, False, "What it is: our note, register, original, demonstration, data."),
        ("publisher", _TEXT, True, "Who published what it is or reports on."),
        ("publisher_class", _TEXT, True, "The class of publisher in the grade table."),
        ("title", _TEXT, True, "Its title, or that of the page it is a note on."),
        ("url", _TEXT, True, "Where the original stands; never fetched by itself."),
        ("published", _TEXT, True, "Partial date of publication."),
        ("retrieved", _TEXT, False, "Day on which it was read; the known time of an imported case."),
        ("media_type", _TEXT, False, "Of the bytes in the archive."),
        ("lang", _TEXT, True, "Language of the text, ISO 639-3."),
        ("size", pa.int64(), False, "Bytes."),
        ("dataset", _TEXT, False, "The case or source that brought it."),
        ("locator", _TEXT, True, "Its name inside the source, for people."),
        ("taken_from", _TEXT, True, "Id of the document that it was taken from: a text's original, an answer's WARC."),
    ),
    ("id", "locator"),
)

ORIGINS = Contract(
    "origins",
    "The independent sources that chains of reports go back to.",
    (
        ("id", _TEXT, False, "Stable name, as statements give it."),
        ("name", _TEXT, False, "What people call it."),
        ("date", _TEXT, True, "Partial date of the occasion."),
        ("note", _TEXT, True, "Why these reports are one origin."),
        ("dataset", _TEXT, False, "The case or source that brought it."),
    ),
    ("id", "dataset"),
)

STATEMENTS = Contract(
    "statements",
    "Everything known: this property of this entity has this value, with who says so, where, and since when.",
    (
        ("id", _TEXT, False, "Hash of all that the statement says and rests on."),
        ("entity_id", _TEXT, False, "The entity as the source names it."),
        ("canonical_id", _TEXT, False, "As committed, the entity id; decisions are applied when it is read."),
        ("schema", _TEXT, False, "FollowTheMoney or extension schema."),
        ("prop", _TEXT, False, "Property; `id` says that the entity exists."),
        ("prop_type", _TEXT, False, "FollowTheMoney property type."),
        ("value", _TEXT, False, "The value, cleaned by its type."),
        ("original_value", _TEXT, True, "The value as written, where cleaning changed it."),
        ("dataset", _TEXT, False, "The case or source that brought it."),
        ("lang", _TEXT, True, "Language of the value."),
        ("first_seen", _TEXT, False, "Known time: day of commit, or of retrieval for an imported case."),
        ("last_seen", _TEXT, False, "Day on which the source was last seen to say so."),
        ("document", _TEXT, True, "Id of the document that it was read from."),
        ("record", pa.int64(), True, "Row or record of the document, from 1, where it is one of rows."),
        ("span_start", pa.int64(), True, "First character of the quote in the document's text."),
        ("span_end", pa.int64(), True, "Character after the last."),
        ("origin", _TEXT, True, "Id of the independent source."),
        ("speaker", _TEXT, True, "Who is made to say it in the document."),
        ("stance", _TEXT, False, "asserted, alleged, denied, planned or inferred."),
        ("grade", _TEXT, True, "Admiralty grade, such as B2."),
        ("valid_from", _TEXT, True, "Partial date from which it was so."),
        ("valid_to", _TEXT, True, "Partial date on which it ended."),
    ),
    ("id",),
)

ENDINGS = Contract(
    "endings",
    "Statements that a newer snapshot or a delta of their source no longer makes: the statement stays, and has an end.",
    (
        ("statement", _TEXT, False, "Id of the statement."),
        ("ended", _TEXT, False, "Partial date of the snapshot that no longer has it, where the statement has no end."),
        ("document", _TEXT, False, "Id of that snapshot's document."),
        ("known", _TEXT, False, "Known time: the day on which that snapshot was committed."),
    ),
    ("statement",),
)

TIES = Contract(
    "ties",
    "Relations between two entities, each once, however many sources assert it.",
    (
        ("id", _TEXT, False, "kind:holder>held, with class and part where they tell ties apart."),
        ("kind", _TEXT, False, "interest, control, influence, organ, registered, seated, fact, access, contains, …"),
        ("holder", _TEXT, False, "Who holds: the arrow's start."),
        ("held", _TEXT, False, "Who or what is held: the arrow's end."),
        ("cls", _TEXT, False, "Class of interest, role or fact value."),
        ("gives", _LIST, False, "Capabilities that the tie passes on; empty where it passes all."),
        ("requires", pa.list_(_LIST), False, "Alternatives of ties that must hold too; empty where none."),
        ("opens", _TEXT, False, "Under which reading: narrow (and so wide) or wide alone."),
        ("upper_only", pa.bool_(), False, "True where a needed fact is missing: upper bound only."),
        ("cuttable", pa.bool_(), False, "True where it can be sold, ended or closed; a law cannot."),
        ("label", _TEXT, False, "What it says, in words."),
        ("last_confirmed", _TEXT, True, "Latest date for which some source says that it held."),
        ("at", _TEXT, True, "The only part at which it counts, where it counts at one only."),
    ),
    ("id",),
)

ASSERTIONS = Contract(
    "assertions",
    "What one origin says about one tie: one draw a world, however many documents repeat it.",
    (
        ("key", _TEXT, False, "The key of its draw: origin, tie and stance."),
        ("tie", _TEXT, False, "Id of the tie."),
        ("origin", _TEXT, False, "Key of the origin's draw."),
        ("stance", _TEXT, False, "asserted or denied: whether it counts for or against."),
        ("put_as", _TEXT, False, "The stance as it was put: asserted, alleged, denied, planned, inferred."),
        ("letter", _TEXT, False, "Origin reliability, A to F."),
        ("digit", _TEXT, False, "Best credibility among its statements, 1 to 6."),
        ("certainty", _TEXT, False, "graded, or why only in a bound: unjudged, unreviewed, stale, unclear date."),
        ("share_lo", pa.int64(), True, "Smallest share that it means, parts per 10⁹."),
        ("share_hi", pa.int64(), True, "Largest share that it means, parts per 10⁹."),
        ("statements", _LIST, False, "Ids of the statements beneath it."),
    ),
    ("key", "certainty", "share_lo", "share_hi"),
)

SAFEGUARDS = Contract(
    "safeguards",
    "Measures that take named ties away for named capabilities, in the worlds where they are in force and work.",
    (
        ("id", _TEXT, False, "Entity id of the safeguard."),
        ("name", _TEXT, False, "What people call it."),
        ("cuts", _LIST, False, "Ids of the ties that it takes away."),
        ("capabilities", _LIST, False, "For which capabilities."),
        ("state", _TEXT, False, "in force or planned."),
        ("verified", _TEXT, False, "yes, no or not known."),
        ("effectiveness", pa.int64(), False, "Thousandths of worlds in which it works where it is in force."),
        ("tie", _TEXT, False, "Id of the tie that stands for its being in force."),
    ),
    ("id",),
)

TEXTS = Contract(
    "texts",
    "The documents that claims were read from, as texts: under which id the text is kept, and who published it.",
    (
        ("document", _TEXT, False, "Id of the document, as its claims name it."),
        ("kept", _TEXT, False, "SHA-256 of the text: what the archive keeps, and what statements cite."),
        ("kind", _TEXT, False, "What the document is."),
        ("lang", _TEXT, True, "Language of the text."),
        ("published", _TEXT, True, "Partial date of publication."),
        ("publisher", _TEXT, True, "Who published it."),
        ("publisher_class", _TEXT, True, "The class of publisher in the grade table."),
        ("title", _TEXT, True, "Its title."),
        ("url", _TEXT, True, "Where it stands; never fetched by itself."),
        ("origin", _TEXT, True, "The origin that the whole document goes back to, where one was found."),
    ),
    ("document",),
)

CLAIMS = Contract(
    "claims",
    "What a machine proposes as statements: each stands at a span of its text, and is decided on by a person.",
    (
        ("id", _TEXT, False, "Hash of document, span, predicate and stance."),
        ("document", _TEXT, False, "Id of the document."),
        ("start", pa.int64(), False, "First character of the quote."),
        ("end", pa.int64(), False, "The character after the quote."),
        ("quote", _TEXT, False, "The words at the span, to the letter."),
        ("stance", _TEXT, False, "asserted, alleged, denied or planned."),
        ("attribution", _LIST, False, "Nearest reporter first, speaker last."),
        ("relation", _TEXT, False, "A relation of the vocabulary of claims."),
        ("subject", _LIST, False, "Names, as the text has them."),
        ("object", _LIST, False, "Names, as the text has them."),
        ("share", pa.list_(pa.float64()), True, "Per cent, least and most."),
        ("dates", pa.list_(pa.struct([("date", _TEXT), ("text", _TEXT), ("role", _TEXT)])), False, "Its dates."),
        ("site", _TEXT, True, "The site, as the text names it."),
        ("cue", pa.list_(pa.int64()), True, "Span of the words that set the stance, where they stand elsewhere."),
        ("version", _TEXT, False, "What proposed it, with its version."),
    ),
    ("id",),
)

CONTRACTS: Final = (DOCUMENTS, ORIGINS, STATEMENTS, ENDINGS, TIES, ASSERTIONS, SAFEGUARDS, TEXTS, CLAIMS)
