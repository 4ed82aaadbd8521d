"""What a reader reports of what it took all the same: a few examples of each kind of fault, and how many there were."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from typing import Final

from longarm.ingest.formats.bods_series import Fault

EXAMPLES: Final = 10
MOST_KINDS: Final = 1000
MOST_WORDS: Final = 400

REFUSED: Final[dict[Fault, str]] = {
    Fault.SAME_ID: "another statement before it has the same statementId",
    Fault.OTHER_KIND: "its recordType is another than that of the first statement with this recordId",
    Fault.SUBJECT_NO_ENTITY: "its subject is a record that is no entity",
    Fault.PARTY_NO_PARTY: "its interestedParty is a record that is neither an entity nor a person",
}
TAKEN: Final[dict[Fault, str]] = {
    Fault.SUBJECT_ABSENT: "its subject is not a record of this source",
    Fault.PARTY_ABSENT: "its interestedParty is not a record of this source",
    Fault.SUBJECT_LATER: "its subject comes after it; a record comes before what refers to it",
    Fault.PARTY_LATER: "its interestedParty comes after it; a record comes before what refers to it",
    Fault.OWNER_NO_PERSON: "it calls an entity a beneficial owner, which only a person can be",
    Fault.NO_NOMINATION: "it has a nominee or a nominator, and its subject is no nomination arrangement",
    Fault.NO_TRUST: "it has a settlor, a trustee or a protector, and its subject is no trust",
    Fault.DECLARED_ABSENT: "its declarationSubject is not a record of this source",
    Fault.DECLARED_NO_PARTY: "its declarationSubject is a record that is neither an entity nor a person",
    Fault.COMPONENT_OF_NONE: "it is a component, and no relationship after it names it as one",
    Fault.COMPONENT_ABSENT: "it names a component that is not a record of this source",
    Fault.NEW_TWICE: "its record has more than one statement with the recordStatus new",
    Fault.NEW_NOT_FIRST: "its recordStatus is new, and it is not the first statement of its record",
    Fault.CLOSED_TWICE: "its record has more than one statement with the recordStatus closed",
    Fault.CLOSED_NOT_LAST: "its recordStatus is closed, and it is not the last statement of its record",
}


class Notices:
    """Faults of what was taken, counted by kind."""

    def __init__(self, source: str) -> None:
        self._source = source
        self._counts: Counter[str] = Counter()
        self._words: dict[str, str] = {}
        self._new: list[str] = []

    def put(self, kind: str, place: str, words: str) -> None:
        """Report a fault of a statement; after a few of a kind they are only counted."""
        if kind not in self._counts and len(self._counts) >= MOST_KINDS:
            kind, words = "more", "a fault of yet another kind"
        self._counts[kind] += 1
        words = words if len(words) <= MOST_WORDS else words[:MOST_WORDS] + "…"
        most = 1 if kind.startswith("scheme ") else EXAMPLES
        if self._counts[kind] <= most:
            self._words[kind] = words
            self._new.append(f"{self._source}: {place}: {words}")

    def drain(self) -> tuple[str, ...]:
        """Give what is new."""
        found, self._new = tuple(self._new), []
        return found

    def totals(self) -> Iterator[str]:
        """Give how many more there were of each kind that was not reported in full."""
        for kind, count in sorted(self._counts.items()):
            most = 1 if kind.startswith("scheme ") else EXAMPLES
            if count > most:
                yield f"{self._source}: {count - most:,} more like this: {self._words[kind]}"


def of_source(faults: int, table: dict[Fault, str]) -> list[tuple[str, str]]:
    """Give the faults of a statement that only the whole source shows: (kind, in words)."""
    return [(str(fault.name), words) for fault, words in table.items() if faults & fault]
