"""Reads what `longarm extract --json` writes: the text of a document and its claims, each checked against its span."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass
from typing import Any, Final

from longarm.errors import OptionError, SourceError
from longarm.model import dates
from longarm.model.claims import Claim, ClaimDate, Text, claim_id, stands
from longarm.model.terms import Stance

LARGEST: Final = 64 * 2**20
"""Bytes of a file that are read at most."""
LONGEST: Final = 5_000_000
"""Characters of one text at most."""
MOST_CLAIMS: Final = 20_000
"""Claims of one document at most."""
_LONG: Final = 2_000
"""Characters of a name, at most."""
_STANCES: Final = tuple(s.value for s in Stance if s != Stance.INFERRED)
_ROLES: Final = ("on", "since", "from", "until", "by")
_DATE: Final = re.compile(r"\d{4}(-\d{2}(-\d{2})?)?(/\d{4}(-\d{2}(-\d{2})?)?)?")
_META: Final = ("lang", "published", "publisher", "title", "url")


@dataclass(frozen=True)
class Refused:
    """A claim that was not taken."""

    index: int
    """its place among the claims of its document, from 0"""
    reason: str
    mend: str
    row: str


@dataclass(frozen=True)
class Proposals:
    """One document with what is proposed from it."""

    text: Text
    claims: tuple[Claim, ...]
    refused: tuple[Refused, ...]


class _Fault(ValueError):
    def __init__(self, reason: str, mend: str) -> None:
        super().__init__(reason)
        self.mend = mend


def read(data: bytes, file: str) -> list[Proposals]:
    """Read a file: one document, a list of them, or one a line. Raises SourceError with file, line and mend.

    A claim that is at fault is refused by itself; the others are taken.
    """
    if len(data) > LARGEST:
        raise SourceError(f"{len(data):,} bytes are too many", file=file, mend=f"{LARGEST:,} at most: split the file")
    try:
        given = data.decode("utf-8-sig")
    except UnicodeDecodeError as fault:
        line = data[: fault.start].count(b"\n") + 1
        raise SourceError(
            "this is not UTF-8", file=file, line=line, mend="write it with longarm extract --json"
        ) from None
    return [_document(raw, file, line) for raw, line in _raw(given, file)]


def _raw(given: str, file: str) -> Iterator[tuple[Any, int]]:
    try:
        whole = _json(given)
    except ValueError as fault:
        lines = [(i, line) for i, line in enumerate(given.splitlines(), start=1) if line.strip()]
        if len(lines) < 2:
            raise SourceError(f"this is not JSON: {fault}", file=file, line=_line(fault), mend=_FORM) from None
        for i, line in lines:
            try:
                yield _json(line), i
            except ValueError as inner:
                raise SourceError(f"this line is not JSON: {inner}", file=file, line=i, mend=_FORM) from None
        return
    for raw in whole if isinstance(whole, list) else [whole]:
        yield raw, 1


def _line(fault: ValueError) -> int:
    return getattr(fault, "lineno", 1)


def _json(text: str) -> Any:
    def no_constant(name: str) -> Any:
        raise ValueError(f"'{name}' is no number")

    try:
        return json.loads(text, parse_constant=no_constant)
    except RecursionError:
        raise ValueError("it is nested too deeply") from None


_FORM: Final = 'as longarm extract --json writes it: {"document", "text", "lines", "claims"}'


def _document(raw: Any, file: str, line: int) -> Proposals:
    if not isinstance(raw, dict) or not isinstance(raw.get("claims"), list):
        raise SourceError("this is no document with claims", file=file, line=line, mend=_FORM)
    name, words = raw.get("document"), raw.get("text")
    for key, value, most in (("document", name, _LONG), ("text", words, LONGEST)):
        if not isinstance(value, str) or not value or not _is_text(value):
            raise SourceError(f"'{key}' is no text", file=file, line=line, mend=_FORM)
        if len(value) > most:
            raise SourceError(f"'{key}' has {len(value):,} characters", file=file, line=line, mend=f"{most:,} at most")
    if len(raw["claims"]) > MOST_CLAIMS:
        raise SourceError(
            f"{len(raw['claims']):,} claims of one document are too many",
            file=file,
            line=line,
            mend=f"{MOST_CLAIMS:,} at most",
        )
    meta: dict[str, Any] = {}
    for key in _META:
        value = raw.get(key)
        if value is not None and not (isinstance(value, str) and len(value) <= _LONG and _is_text(value)):
            raise SourceError(f"'{key}' is no text", file=file, line=line, mend=_FORM)
        meta[key] = value or None
    if meta["published"] and not (
        _DATE.fullmatch(meta["published"]) and all(map(_is_day, meta["published"].split("/")))
    ):
        raise SourceError(
            f"published: '{meta['published']}' is no date", file=file, line=line, mend="YYYY, YYYY-MM or YYYY-MM-DD"
        )
    assert isinstance(name, str)
    assert isinstance(words, str)
    text = Text(name, words, **meta)
    claims: dict[str, Claim] = {}
    refused = []
    for i, row in enumerate(raw["claims"]):
        try:
            claim = _claim(row, text)
            claims.setdefault(claim.id, claim)
        except _Fault as fault:
            shown = json.dumps(row, ensure_ascii=False)[:_LONG]
            refused.append(Refused(i, str(fault), fault.mend, shown))
    return Proposals(text, tuple(claims.values()), tuple(refused))


def _claim(row: Any, text: Text) -> Claim:
    if not isinstance(row, dict):
        raise _Fault("it is no object", _FORM)
    start: Any = row.get("start")
    end: Any = row.get("end")
    quote = row.get("quote")
    if not (_is_whole(start) and _is_whole(end) and isinstance(quote, str)):
        raise _Fault("it has no quote with its span", "start and end count characters of the text, end excluded")
    if row.get("stance") not in _STANCES:
        raise _Fault(f"'{row.get('stance')}' is no stance of a claim", f"one of: {', '.join(_STANCES)}")
    relation = row.get("relation")
    if not isinstance(relation, str) or not re.fullmatch(r"[a-z][a-z_]{0,63}", relation):
        raise _Fault(f"'{relation}' is no relation", "a name of the vocabulary of claims, such as owns")
    subject, objects = (_names(row, key) for key in ("subject", "object"))
    claim = Claim(
        id=claim_id(text.document, start, end, row["stance"], relation, subject, objects),
        document=text.document,
        start=start,
        end=end,
        quote=quote,
        stance=row["stance"],
        attribution=_names(row, "attribution"),
        relation=relation,
        subject=subject,
        object=objects,
        share=_share(row.get("share")),
        dates=_dates(row.get("dates")),
        site=_names(row, "site")[0] if row.get("site") else None,
        cue=_cue(row.get("cue"), text),
        version=str(row.get("version") or "unknown")[:200],
    )
    if not stands(claim, text.text):
        there = text.text[max(0, start) : max(0, end)][:60]
        raise _Fault(
            f"the quote is not at characters {start} to {end}: '{there}' stands there, not '{quote[:60]}'",
            "extract again: text[start:end] must be the quote",
        )
    return claim


def _is_whole(value: Any) -> bool:
    return isinstance(value, int) and not isinstance(value, bool)


def _is_text(value: str) -> bool:
    """Say whether a text can be written as UTF-8: half a surrogate pair cannot."""
    return not any("\ud800" <= c <= "\udfff" for c in value)


def _names(row: Mapping[str, Any], key: str) -> tuple[str, ...]:
    value = row.get(key) or []
    listed = [value] if isinstance(value, str) else value
    fine = isinstance(listed, list) and len(listed) <= 100
    if not fine or not all(isinstance(v, str) and v and len(v) <= _LONG and _is_text(v) for v in listed):
        raise _Fault(f"'{key}' is no list of names", "a list of texts")
    return tuple(listed)


def _share(value: Any) -> tuple[float, float] | None:
    if value is None:
        return None
    pair = value if isinstance(value, list) and len(value) == 2 else [value, value]
    if not all(isinstance(v, int | float) and not isinstance(v, bool) and 0 <= v <= 100 for v in pair):
        raise _Fault(f"{value} is no share", "per cent, 0 to 100, or [least, most]")
    lo, hi = sorted(float(v) for v in pair)
    return lo, hi


def _dates(value: Any) -> tuple[ClaimDate, ...]:
    if value is None:
        return ()
    if not isinstance(value, list) or len(value) > 100:
        raise _Fault("'dates' is no list of dates", "[{date: YYYY-MM-DD or a/b, text, role}]")
    return tuple(_date(d) for d in value)


def _is_day(text: str) -> bool:
    try:
        dates.span(text)
    except ValueError:
        return False
    return True


def _date(value: Any) -> ClaimDate:
    if not isinstance(value, dict) or not isinstance(value.get("date"), str) or not _DATE.fullmatch(value["date"]):
        raise _Fault("a date is none", "{date: YYYY-MM-DD or a/b, text, role}")
    if not all(_is_day(part) for part in value["date"].split("/")):
        raise _Fault(f"'{value['date']}' is not a day of the calendar", "YYYY, YYYY-MM or YYYY-MM-DD, or two as a/b")
    role = value.get("role") or "on"
    if role not in _ROLES:
        raise _Fault(f"'{role}' is no role of a date", f"one of: {', '.join(_ROLES)}")
    return ClaimDate(value["date"], str(value.get("text") or "")[:_LONG], role)


def claim_date(words: str) -> dict[str, str]:
    """Read a date as a person types it: `since 2018-12`, `2018`, `from 2018/2020`. Raises OptionError."""
    role, _, date = words.strip().rpartition(" ")
    try:
        return asdict(_date({"date": date, "role": role.strip() or "on", "text": ""}))
    except _Fault:
        raise OptionError(
            f"'{words[:60]}' is no date of a claim",
            mend=f"as `since 2018-12`; before the date one of {', '.join(_ROLES)}",
        ) from None


def fits(given: Any) -> bool:
    """Say whether dates have the form of a claim's, and are days of the calendar."""
    try:
        _dates(given)
    except _Fault:
        return False
    return True


def _cue(value: Any, text: Text) -> tuple[int, int] | None:
    if isinstance(value, list) and len(value) == 2 and all(_is_whole(v) for v in value):
        start, end = value
        if 0 <= start < end <= len(text.text):
            return start, end
    return None
