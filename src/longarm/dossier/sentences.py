"""Sentences from templates over the data: each true by its finding, none stronger. A state is named, a people never."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from longarm.model import dates, states

CAN = {"see": "see into", "shape": "shape", "stop": "stop"}
_OVER = {"control": "controls", "compel": "can compel", "influence": "can influence"}


def finding(f: Mapping[str, Any], state: str, names: Mapping[str, str], *, only_wide: bool = False) -> str:
    """Give one true sentence about a finding; `only_wide` where the narrow reading stands on another rung."""
    said = _finding(f, state, names)
    return f"Where disputed routes are taken as open, {said}" if only_wide else capital(said)


def capital(sentence: str) -> str:
    """Begin a sentence with a capital."""
    return sentence[:1].upper() + sentence[1:]


def _finding(f: Mapping[str, Any], state: str, names: Mapping[str, str]) -> str:
    country = states.in_text(state)
    place = names.get(f["part"], f["part"]) if f["part"] else "the site"
    entity = _met_in(f, names)
    verb = CAN[f["capability"]]
    if f["rung"] == "power and means":
        return f"{country} {_OVER[f['level']]} {entity}, which can {verb} {place}."
    if f["rung"] == "means only":
        who = entity or "Somebody"
        return f"{who}, tied to {country}, can {verb} {place}; no power of {country} over it meets that."
    if f["rung"] == "legal power only":
        return f"{country} {_OVER[f['level'] or 'influence']} {entity}, whose access does not let it {verb} {place}."
    if f["rung"] == "no path found":
        return "Nothing found in the law and the ties on file; that is no proof of absence."
    if f["rung"] == "not assessed":
        return f"Neither the law of {country} nor a holder of access is on file."
    return f"Judged by a person: {f['rung']}."


def _met_in(f: Mapping[str, Any], names: Mapping[str, str]) -> str:
    if not f["paths"]:
        return ""
    entity = f["paths"][0]["meets_in"]
    return names.get(entity, entity)


def headline(report: Mapping[str, Any]) -> str:
    """Give the answer in one or two sentences: the strongest finding, and that nothing on file shows use."""
    return capital(_headline(report))


def _headline(report: Mapping[str, Any]) -> str:
    country = states.in_text(report["question"]["state"])
    narrow, wide = (_strongest(report, reading) for reading in ("narrow", "wide"))
    first = narrow or wide
    if first is None:
        return "Nothing was asked."
    said = _answer(first, country, report["names"])
    if narrow and wide and narrow["reading"] != wide["reading"]:
        met, also = (_met_in(f, report["names"]) for f in (narrow, wide))
        if wide["rung"] != narrow["rung"]:
            said = f"Where disputed routes are taken as open, {_answer(wide, country, report['names'])} Else, {said}"
        elif also != met and wide["rung"] == "power and means":
            said += f" Where disputed routes are taken as open, they meet in {also} too."
    judged = any(f["judged"] for f in report["findings"])
    quiet = judged or first["rung"] == "not assessed"
    return said if quiet else f"{said} Nothing on file shows use."


def _strongest(report: Mapping[str, Any], reading: str) -> Mapping[str, Any] | None:
    """Give the strongest finding of a reading, at the most critical part that stands on its rung."""
    whole = [f for f in report["findings"] if f["part"] is None and f["reading"] == reading]
    best = max(whole, key=lambda f: (_RANK.index(f["rung"]), f["confidence"] or 0), default=None)
    rank = {p["id"]: i for i, p in enumerate(report["parts"])}
    return None if best is None else weightiest(best, report["findings"], rank)


def _answer(f: Mapping[str, Any], country: str, names: Mapping[str, str]) -> str:
    met = _met_in(f, names)
    if f["rung"] == "power and means":
        power = {"control": "control", "compel": "legal power", "influence": "influence"}[f["level"]]
        return f"{country} has {power} and practical means that meet in {met}."
    if f["rung"] == "means only":
        return f"{met}, tied to {country}, has practical means at the site; no power that meets them was found."
    if f["rung"] == "legal power only":
        return f"{country} has power over {met}, whose access gives no such means."
    if f["rung"] == "no path found":
        return f"no path of {country} was found in the law and the ties on file. That is no proof of absence."
    return f"not assessed: neither the law of {country} nor a holder of access is on file."


def weightiest(
    whole: Mapping[str, Any], findings: Iterable[Mapping[str, Any]], rank: Mapping[str, int]
) -> Mapping[str, Any]:
    """Give the finding at the most critical part that stands on the same rung: sentences speak of that part."""
    wanted = ("capability", "reading", "rung", "level")
    same = [f for f in findings if f["part"] is not None and all(f[k] == whole[k] for k in wanted)]
    return min(same, key=lambda f: (rank.get(f["part"], 99), -(f["confidence"] or 0)), default=whole)


def dates_line(report: Mapping[str, Any]) -> str:
    """Give the two dates of the answer."""
    q = report["question"]
    return f"as of {dates.in_words(q['as_of'])}, known at {dates.in_words(q['known_at'])}"


_RANK = ("not assessed", "no path found", "legal power only", "means only", "power and means")
