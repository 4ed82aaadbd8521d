"""Dates in a text, absolute and relative, resolved from the day of publication; what is partial stays partial.

Reads the cue table `cues/dates.yaml`. A grammar of its own, for general parsers complete what is not said ("in July"
becomes a day) and guess at numbers; here a year is a year, a season or a week an interval `a/b` (ISO 8601-1, 5.5).
A weekday or month without more is the nearest one that lies back, unless the sentence looks ahead.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING, Final

from longarm.extract.cues import known, patterns, table
from longarm.extract.dateforms import date_pattern
from longarm.model.claims import ClaimDate

if TYPE_CHECKING:
    from collections.abc import Callable

    from longarm.model.claims import Text

MOST_DATES: Final = 200
"""Dates read of one stretch of text"""

_SUMMER: Final = re.compile(r"(?:[ld][’']|cet |en )$", re.IGNORECASE)
_ISO: Final = re.compile(r"\d{4}(?:-\d\d(?:-\d\d)?)?")


@dataclass(frozen=True)
class FoundDate(ClaimDate):
    """A date of a claim, with the span of its words."""

    start: int = 0
    end: int = 0


def dates_in(text: Text, start: int, end: int) -> tuple[FoundDate, ...]:
    """Give the dates in a stretch, in order; a relative one only where the text has a day of publication."""
    lang = known(text.lang)
    if lang is None:
        return ()
    anchor = _anchor(text.published)
    found: list[FoundDate] = []
    mentioned: int | None = None
    for match in date_pattern(lang).finditer(text.text, start, min(end, len(text.text))):
        if len(found) >= MOST_DATES:
            break
        if match["s"] and match["s"].lower() == "été" and not _SUMMER.search(text.text[: match.start("s")][-4:]):
            continue  # the participle
        got = {key: value for key, value in match.groupdict().items() if value}
        sentence = text.text[max(start, text.text.rfind(".", start, match.start()) + 1) : min(end, match.end() + 60)]
        ahead = patterns("stance", "planned", lang).search(sentence) is not None
        ahead = ahead or (bool(got.get("role")) and _role(got["role"], lang, ahead) in ("by", "until", "from"))
        ahead = ahead or ("m_edge" in got and patterns("stance", "duty", lang).search(sentence) is not None)
        value = _value(got, anchor, lang, ahead, mentioned)
        if value is None:
            continue
        if value[:4].isdigit():
            mentioned = int(value[:4])
        found.append(
            FoundDate(value, match.group().strip(), _role(got.get("role"), lang, ahead), match.start(), match.end())
        )
    return tuple(found)


def _anchor(published: str | None) -> date | None:
    if not published or not _ISO.match(published):
        return None
    parts = [int(part) for part in published[:10].split("-") if part.isdigit()]
    try:
        return date(*[*parts, 1, 1][:3])
    except ValueError:
        return None


def _role(word: str | None, lang: str, ahead: bool) -> str:
    if word is None:
        return "on"
    for role, words in table("dates")[lang]["roles"].items():
        if re.fullmatch(words, word, re.IGNORECASE):
            # German "bis" and Dutch "tegen" serve for both: a plan is to be done by then, a state lasts until then
            return "by" if role == "until" and ahead and lang == "de" else str(role)
    return "on"


def _turn(word: str | None, lang: str) -> int:
    """Give -1, 0 or 1 for last, this, next; 2 where nothing is said."""
    if word is None:
        return 2
    row = table("dates")[lang]
    turns = ((-1, "last"), (0, "this"), (1, "next"))
    return next((n for n, key in turns if re.fullmatch(row[key], word, re.IGNORECASE)), 2)


def _nth(names: list[str], word: str) -> int:
    return next(n for n, name in enumerate(names) if re.fullmatch(name, word, re.IGNORECASE))


def _value(got: dict[str, str], anchor: date | None, lang: str, ahead: bool, mentioned: int | None) -> str | None:
    """Give the ISO date or interval of a match, or None where it cannot be known."""
    for key, read in _READERS.items():
        if key in got:
            try:
                return read(got, anchor, lang, ahead, mentioned)
            except (ValueError, OverflowError):  # the thirtieth of February, a week before the year 1
                return None
    return None


def _year(anchor: date, month: int, day: int, turn: int, ahead: bool) -> int:
    """Give the year of a month that has none: the nearest one back, or ahead where the sentence looks ahead."""
    later = (month, day) > (anchor.month, anchor.day)
    if turn == 1 or (turn == 2 and ahead):
        return anchor.year + (0 if later or (month == anchor.month and turn == 2) else 1)
    return anchor.year - (1 if later else 0) if turn != 0 else anchor.year


def _day(got: dict[str, str], anchor: date | None, lang: str, ahead: bool, key: str) -> str | None:
    month, day = _nth(table("dates")[lang]["months"], got[f"{key}_m"]) + 1, int(got[f"{key}_d"])
    if f"{key}_y" in got:
        return date(int(got[f"{key}_y"]), month, day).isoformat()
    return None if anchor is None else date(_year(anchor, month, day, 2, ahead), month, day).isoformat()


def _month(got: dict[str, str], anchor: date | None, lang: str, ahead: bool, mentioned: int | None) -> str | None:
    if got["m"].islower() and lang in ("en", "de"):  # "may", "march" as verbs
        return None
    month = _nth(table("dates")[lang]["months"], got["m"]) + 1
    said = got.get("m_y")
    if said and said.isdigit():
        return f"{said}-{month:02d}"
    if said:
        return f"{mentioned}-{month:02d}" if mentioned else None
    if anchor is None:
        return None
    turn = _turn(got.get("m_turn") or got.get("m_turn2"), lang)
    return f"{_year(anchor, month, 0, turn, ahead)}-{month:02d}"


def _season(got: dict[str, str], anchor: date | None, lang: str, ahead: bool, _: int | None) -> str | None:
    seasons = table("dates")[lang]["seasons"].items()
    first, last = next(months for name, months in seasons if re.fullmatch(name, got["s"], re.IGNORECASE))
    turn = _turn(got.get("s_turn") or got.get("s_turn2"), lang)
    if "s_y" in got:
        year = int(got["s_y"])
    elif anchor is None:
        return None
    elif turn == 0:
        year = anchor.year
    else:
        year = _year(anchor, first, 0, turn, ahead)
        if turn == -1 and year == anchor.year and anchor.month <= last:  # "last spring", said in spring
            year -= 1
    return f"{year}-{first:02d}/{year + (last < first)}-{last:02d}"


def _weekday(got: dict[str, str], anchor: date | None, lang: str, *_: object) -> str | None:
    if anchor is None:
        return None
    weekday = _nth(table("dates")[lang]["days"], got.get("w_day") or got["w_day0"])
    turn = _turn(got.get("w_turn") or got.get("w_turn2"), lang)
    back = (anchor.weekday() - weekday) % 7
    if turn == 1:
        return (anchor + timedelta(days=(weekday - anchor.weekday()) % 7 or 7)).isoformat()
    return (anchor - timedelta(days=back or (7 if turn == -1 else 0))).isoformat()


def _unit(got: dict[str, str], anchor: date | None, lang: str, _ahead: bool, _: int | None) -> str | None:
    if anchor is None:
        return None
    turn = _turn(got.get("u_turn") or got.get("u2_turn"), lang)
    unit = _unit_name(got.get("u") or got["u2"], lang)
    if unit == "week" and "u_day" in got:
        monday = anchor - timedelta(days=anchor.weekday()) + timedelta(weeks=turn)
        return (monday + timedelta(days=_nth(table("dates")[lang]["days"], got["u_day"]))).isoformat()
    return _shift(anchor, unit, turn) if turn != 2 else None


def _unit_name(word: str, lang: str) -> str:
    units: dict[str, str] = table("dates")[lang]["units"]
    return next(name for name, words in units.items() if re.fullmatch(words, word, re.IGNORECASE))


def _shift(anchor: date, unit: str, by: int) -> str:
    """Move a day by units: a week is an interval of days, a month and a year keep no day."""
    if unit == "day":
        return (anchor + timedelta(days=by)).isoformat()
    if unit == "week":
        monday = anchor - timedelta(days=anchor.weekday()) + timedelta(weeks=by)
        return f"{monday.isoformat()}/{(monday + timedelta(days=6)).isoformat()}"
    if unit == "month":
        months = anchor.year * 12 + anchor.month - 1 + by
        return f"{months // 12}-{months % 12 + 1:02d}"
    return f"{anchor.year + by}"


def _counted(got: dict[str, str], anchor: date | None, lang: str, key: str, sign: int) -> str | None:
    if anchor is None:
        return None
    word = got[f"{key}_n"].lower()
    count = int(word) if word.isdigit() else int(table("dates")[lang]["numbers"][word])
    unit = _unit_name(got[f"{key}_u"], lang)
    if unit == "week":  # "three weeks ago" is no week of the calendar: its month is what can be said
        return (anchor + timedelta(weeks=sign * count)).isoformat()[:7]
    return _shift(anchor, unit, sign * count)


def _part(got: dict[str, str], anchor: date | None, lang: str, key: str, months: int) -> str | None:
    number = int(table("dates")[lang]["ordinals"][got[key].lower()])
    year = got.get(f"{key}_y") or (str(anchor.year) if anchor else None)
    return f"{year}-{(number - 1) * months + 1:02d}/{year}-{number * months:02d}" if year else None


def _year_end(got: dict[str, str], anchor: date | None, *_: object) -> str | None:
    year = got.get("year_end_y") or (str(anchor.year) if anchor else None)
    return f"{year}-12" if year else None


def _christmas(_got: dict[str, str], anchor: date | None, *_: object) -> str | None:
    return date(anchor.year, 12, 25).isoformat() if anchor else None


_READERS: Final[dict[str, Callable[[dict[str, str], date | None, str, bool, int | None], str | None]]] = {
    "iso": lambda got, *_: date.fromisoformat(got["iso"]).isoformat(),
    "ago_n": lambda got, anchor, lang, *_: _counted(got, anchor, lang, "ago", -1),
    "hence_n": lambda got, anchor, lang, *_: _counted(got, anchor, lang, "hence", 1),
    "year_end": _year_end,
    "quarter": lambda got, anchor, lang, *_: _part(got, anchor, lang, "quarter", 3),
    "half": lambda got, anchor, lang, *_: _part(got, anchor, lang, "half", 6),
    "dm_d": lambda got, anchor, lang, ahead, _: _day(got, anchor, lang, ahead, "dm"),
    "md_d": lambda got, anchor, lang, ahead, _: _day(got, anchor, lang, ahead, "md"),
    "m": _month,
    "w_day": _weekday,
    "w_day0": _weekday,
    "s": _season,
    "u": _unit,
    "u2": _unit,
    "today": lambda _got, anchor, *_: anchor.isoformat() if anchor else None,
    "yesterday": lambda _got, anchor, *_: (anchor - timedelta(days=1)).isoformat() if anchor else None,
    "tomorrow": lambda _got, anchor, *_: (anchor + timedelta(days=1)).isoformat() if anchor else None,
    "christmas": _christmas,
    "y": lambda got, *_: got["y"],
}
