"""The releases of one contracting process laid together: what stands, and what was replaced on which day.

After OCDS 1.1, "Merging": a value that a later release gives replaces the earlier one, what it leaves out stands, and a
null takes it away. A compiled release has the last word: what it does not have is gone.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final

from longarm.ingest.formats.ocds_parties import Parties
from longarm.ingest.formats.ocds_process import Speaking
from longarm.ingest.formats.said_rows import Row, Rows

_MOST: Final = 500
"""Releases of one process: each is laid over all before it."""
_DAY: Final = re.compile(r"\d{4}-\d{2}-\d{2}", re.ASCII)

Key = tuple[str, str, str]
"""entity, schema, property"""


@dataclass(frozen=True)
class Release:
    """One release, and in which object of the source it stands."""

    number: int
    is_compiled: bool
    data: dict[str, Any]

    @property
    def moment(self) -> str:
        """When it was published, as it says."""
        date = self.data.get("date")
        return date if isinstance(date, str) else ""

    @property
    def day(self) -> str | None:
        """The day of it, or None where it does not say."""
        found = _DAY.match(self.moment)
        return found[0] if found else None


def merged(ocid: str, releases: Sequence[Release], rows: Rows) -> list[str]:
    """Say what the releases of a process say. Gives what in them was of a wrong kind and was passed over."""
    ordered = sorted(releases, key=lambda r: (r.is_compiled, r.moment))
    faults: list[str] = []
    if len(ordered) > _MOST:
        faults.append(f"the process has {len(ordered):,} releases; the last {_MOST} are read")
        ordered = ordered[-_MOST:]
    parties = Parties(ocid, [r.data for r in ordered])
    given: defaultdict[Key, list[tuple[int, dict[str, str | None]]]] = defaultdict(list)
    state: dict[str, Any] = {}
    for index, release in enumerate(ordered):
        state = release.data if release.is_compiled else laid_over(state, release.data)
        speaking = Speaking(ocid, state, parties)
        for key, values in speaking.said().items():
            given[key].append((index, values))
        faults += [fault for fault in speaking.faults if fault not in faults]
    spans = _spans(given)
    for key, turns in given.items():
        for value, lang, first, end in _lives(turns, len(ordered)):
            start, until = spans.get(key[0], (None, None))
            valid_from = start or (ordered[first].day if first > turns[0][0] else None)
            valid_to = until if end is None else ordered[end].day
            rows.add(Row(*key, value, ordered[first].number, lang, valid_from, valid_to))
    return faults


def laid_over(before: dict[str, Any], later: dict[str, Any]) -> dict[str, Any]:
    """Merge a release into what is known: objects key by key, lists of objects by their ids, null takes away."""
    made = dict(before)
    for key, value in later.items():
        old = made.get(key)
        if value is None:
            made.pop(key, None)
        elif isinstance(value, dict) and isinstance(old, dict):
            made[key] = laid_over(old, value)
        elif isinstance(value, list) and isinstance(old, list) and _have_ids(value) and _have_ids(old):
            merged_items = {str(each["id"]): each for each in old}
            for each in value:
                own = str(each["id"])
                merged_items[own] = laid_over(merged_items[own], each) if own in merged_items else each
            made[key] = list(merged_items.values())
        else:
            made[key] = value
    return made


def _have_ids(listed: list[Any]) -> bool:
    return all(isinstance(each, dict) and isinstance(each.get("id"), str | int) for each in listed)


def _lives(
    turns: Sequence[tuple[int, dict[str, str | None]]], count: int
) -> list[tuple[str, str | None, int, int | None]]:
    """Give (value, language, release that first gave it, release after which it was gone or None).

    `turns` are the releases after which the property had values; after all others it had none.
    """
    begun, values = turns[0]
    if len(turns) == count - begun and all(later.keys() == values.keys() for _, later in turns):
        return [(value, lang, begun, None) for value, lang in values.items()]
    living: dict[str, tuple[int, str | None]] = {}
    found: list[tuple[str, str | None, int, int | None]] = []
    after = dict(turns)
    for index in range(turns[0][0], count):
        values = after.get(index, {})
        for gone in [v for v in living if v not in values]:
            first, lang = living.pop(gone)
            found.append((gone, lang, first, index))
        for value, lang in values.items():
            living.setdefault(value, (index, lang))
    return found + [(value, lang, first, None) for value, (first, lang) in living.items()]


def _spans(given: dict[Key, list[tuple[int, dict[str, str | None]]]]) -> dict[str, tuple[str | None, str | None]]:
    """Give the dates of intervals, as the last release has them: entity → first day, last day."""
    found: dict[str, tuple[str | None, str | None]] = {}
    dates: defaultdict[str, dict[str, str]] = defaultdict(dict)
    for (entity, _, prop), turns in given.items():
        if prop in ("startDate", "endDate", "date"):
            value = next(iter(turns[-1][1]), "")
            if _DAY.match(value):
                dates[entity][prop] = value[:10]
    for entity, told in dates.items():
        found[entity] = (told.get("startDate") or told.get("date"), told.get("endDate"))
    return found
