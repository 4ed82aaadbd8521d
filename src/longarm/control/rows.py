"""Read holdings from plain mappings; a row that cannot be read is given back with its line.

Numbers are parts of one, as worked examples write them: 0.2499, [0.25, 0.5], null for unknown. Text is a percentage:
`24.99 %`, `25..50`, `>50`, or stands under `percent`.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from typing import Any

from longarm.control.holdings import Holding, Holdings
from longarm.control.kinds import kind_of
from longarm.errors import SourceError
from longarm.model import shares
from longarm.model.dates import span
from longarm.model.shares import Share
from longarm.model.terms import WHOLE

_NAMES = {
    "holder": "owner", "shareholder": "owner", "parent": "owner", "from": "owner",
    "held": "owned", "company": "owned", "entity": "owned", "subsidiary": "owned", "to": "owned",
    "shares": "share", "stake": "share", "ownership": "share",
    "share_percent": "percent", "stake_percent": "percent", "%": "percent",
    "voting": "votes", "voting_rights": "votes", "interest": "kind", "type": "kind",
    "class": "share_class", "from_date": "valid_from", "start": "valid_from", "startdate": "valid_from",
    "to_date": "valid_to", "end": "valid_to", "enddate": "valid_to",
    "recordid": "record", "recordstatus": "status", "p": "chance",
}  # fmt: skip
_DATES = ("valid_from", "valid_to", "suspended_from", "suspended_to")


@dataclass(frozen=True)
class Read:
    """The rows that could be read, what is odd about them, and why the others could not."""

    rows: tuple[Holding, ...]
    warnings: tuple[str, ...]
    rejects: tuple[SourceError, ...]

    def holdings(self) -> Holdings:
        """Put the rows together, what could not be read reported beside."""
        return Holdings.of(self.rows, (*self.warnings, *(f"row {r.where.line}: {r.message}" for r in self.rejects)))


def fraction(value: object, open_lower: bool = False, open_upper: bool = False) -> Share | None:
    """Read a share as worked examples write it: parts of one, a pair of ends, or None for unknown."""
    if value is None:
        return None
    if isinstance(value, str):
        return shares.read(value) if value.strip() else None
    ends = list(value) if isinstance(value, (list, tuple)) else [value, value]
    if len(ends) != 2:
        raise ValueError(f"{value!r} is not a range: two ends were expected")
    lo = 0 if ends[0] is None else _parts(ends[0])
    hi = WHOLE if ends[1] is None else _parts(ends[1])
    if lo > hi:
        raise ValueError(f"{value!r} runs backwards: the smaller share comes first")
    return Share(min(lo + open_lower, hi), max(hi - open_upper, lo)) if lo < hi else Share(lo, hi)


def _parts(value: object) -> int:
    if isinstance(value, bool) or not isinstance(value, (int, float, Decimal, str)):
        raise ValueError(f"{value!r} is not a share: a number from 0 to 1 was expected")
    try:
        number = Decimal(str(value))
    except InvalidOperation:
        raise ValueError(f"{value!r} is not a share: a number from 0 to 1 was expected") from None
    if not number.is_finite() or not 0 <= number <= 1:
        raise ValueError(f"{value} is not a share: a number from 0 to 1 was expected")
    return int((number * WHOLE).to_integral_value())


def read_rows(rows: Iterable[Mapping[str, Any]], file_name: str | None = None, first: int = 1) -> Read:
    """Read holdings from mappings of the form of the worked examples."""
    found: list[Holding] = []
    said: list[str] = []
    rejects: list[SourceError] = []
    for line, row in enumerate(rows, start=first):
        try:
            if not isinstance(row, Mapping):
                raise ValueError(f"{row!r} is not a row with owner and owned")
            holding = _holding(row, line, said)
        except ValueError as error:
            rejects.append(SourceError(str(error), file=file_name, line=line))
            continue
        if holding is not None:
            found.append(holding)
    return Read(tuple(found), tuple(said), tuple(rejects))


def _holding(row: Mapping[str, Any], line: int, said: list[str]) -> Holding | None:
    given = {_NAMES.get(str(k).strip().casefold(), str(k).strip().casefold()): v for k, v in row.items() if k}
    for name in ("owner", "owned"):
        if given.get(name) is None or not str(given[name]).strip():
            raise ValueError(f"no {name}: a name was expected")
    if _true(given.get("component")) or _true(given.get("indirect")):
        said.append(
            f"row {line}: a component of, or a declared indirect, interest; not added to the holdings themselves"
        )
        return None
    kind, known = kind_of(None if given.get("kind") is None else str(given["kind"]))
    if not known:
        said.append(f"row {line}: kind '{given['kind']}' is not known; read as {kind}")
    lower, upper = _true(given.get("lower_open")), _true(given.get("upper_open"))
    for name in _DATES:
        if text := _text(given.get(name)):
            span(text)
    chance = _text(given.get("chance"))
    if chance is not None:
        _parts(chance)
    suspended = given.get("suspended", given.get("votes_suspended"))
    return Holding(
        owner=str(given["owner"]).strip(),
        owned=str(given["owned"]).strip(),
        kind=kind,
        word=_text(given.get("kind")) or "",
        share=_share(given, lower, upper),
        votes=fraction(given.get("votes")),
        lower_open=lower,
        share_class=_text(given.get("share_class")) or "",
        valid_from=_text(given.get("valid_from")),
        valid_to=_text(given.get("valid_to")),
        suspended=_true(suspended),
        suspended_from=_text(given.get("suspended_from")),
        suspended_to=_text(given.get("suspended_to")),
        origin=_text(given.get("origin")),
        chance=chance,
        record=_text(given.get("record")),
        step=_count(given.get("step")),
        status=_text(given.get("status")),
        row=line,
    )


def _share(given: Mapping[str, Any], lower: bool, upper: bool) -> Share | None:
    percent = _text(given.get("percent"))
    return fraction(given.get("share"), lower, upper) if percent is None else shares.read(percent)


def _text(value: object) -> str | None:
    return None if value is None or not str(value).strip() else str(value).strip()


def _true(value: object) -> bool:
    return value is True or str(value).strip().casefold() in ("true", "yes", "1", "x")


def _count(value: object) -> int:
    text = _text(value)
    if text is None:
        return 0
    if not text.isdecimal():
        raise ValueError(f"step '{text}' is not a whole number")
    return int(text)
