"""Sentences from templates over the data: each true by its finding, none stronger. A state is named, a people never."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from longarm.model import dates, states

CAN = {"see": "see into", "shape": "shape", "stop": "stop"}
PLAIN = 0.8
"""From this confidence on a sentence stands without its share of worlds."""
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
    entity = met_in(f, names)
    verb = CAN[f["capability"]]
    if f["rung"] == "power and means":
        return ended(f"{country} {_OVER[f['level']]} {entity}, which can {verb} {place}{_in_worlds(f)}")
    if f["rung"] == "means only":
        who = entity or "somebody"
        return ended(
            f"{who}, tied to {country}, can {verb} {place}; no power of {country} over it meets that{_in_worlds(f)}"
        )
    if f["rung"] == "legal power only":
        over = f"{country} {_OVER[f['level'] or 'influence']} {entity}"
        return ended(f"{over}, whose access does not let it {verb} {place}{_in_worlds(f)}")
    if f["rung"] == "no path found":
        return "Nothing found in the law and the ties on file; that is no proof of absence."
    if f["rung"] == "not assessed":
        return f"Neither the law of {country} nor a holder of access is on file."
    return f"Judged by a person: {f['rung']}."


def ended(sentence: str) -> str:
    """End a sentence with one full stop, also where it ends in a name such as `Holdings Inc.`."""
    return sentence if sentence.endswith((".", "?", "!")) else f"{sentence}."


def _in_worlds(f: Mapping[str, Any]) -> str:
    """Say in how many worlds a finding holds, where that is less than four fifths."""
    share = f["confidence"]
    return f" (in {share:.2f} of worlds)" if share is not None and share < PLAIN else ""


def met_in(f: Mapping[str, Any], names: Mapping[str, str]) -> str:
    """Give the name of the entity in which the strongest path of a finding meets."""
    if not f["paths"]:
        return ""
    entity = f["paths"][0]["meets_in"]
    return names.get(entity, entity)


def headline(report: Mapping[str, Any]) -> str:
    """Give the answer in one or two sentences: the strongest finding, and that nothing on file shows use."""
    return capital(_headline(report))


def _headline(report: Mapping[str, Any]) -> str:
    country, names = states.in_text(report["question"]["state"]), report["names"]
    first = carrying(report)
    if first is None:
        return "Nothing was asked."
    said = _answer(first, country, names)
    narrow = strongest(report, "narrow")
    if first["reading"] == "wide" and narrow is not None:
        said = f"Where disputed routes are taken as open, {said} Else, {_answer(narrow, country, names)}"
    further = second(report)
    if further is not None:
        also = names.get(further[1]["meets_in"], further[1]["meets_in"])
        said += ended(f" Where disputed routes are taken as open, they meet in {also} too")
    judged = any(f["judged"] for f in report["findings"])
    quiet = judged or first["rung"] == "not assessed"
    return said if quiet else f"{said} Nothing on file shows use."


def carrying(report: Mapping[str, Any]) -> Mapping[str, Any] | None:
    """Give the finding that the answer speaks of: headline, first path, cuts and next steps are all of this one.

    The narrow one, unless only the wide reading brings power and means together.
    """
    return leading(strongest(report, "narrow"), strongest(report, "wide"))


def leading(narrow: Mapping[str, Any] | None, wide: Mapping[str, Any] | None) -> Mapping[str, Any] | None:
    """Give that of two readings of which a sentence speaks: the wide one only where it stands on another rung."""
    if narrow is None or wide is None:
        return narrow or wide
    return narrow if narrow["rung"] in ("power and means", wide["rung"]) else wide


def second(report: Mapping[str, Any]) -> tuple[Mapping[str, Any], Mapping[str, Any]] | None:
    """Give the finding and path of the wide reading that meet in an entity in which no narrow one does."""
    first = carrying(report)
    if first is None or first["reading"] != "narrow" or first["rung"] != "power and means" or not first["paths"]:
        return None
    both = [f for f in report["findings"] if f["part"] is not None and f["rung"] == "power and means"]
    met = {p["meets_in"] for f in both if f["reading"] == "narrow" for p in f["paths"]}
    wide, weight = (f for f in both if f["reading"] == "wide"), weights(report)
    for f in sorted(wide, key=lambda f: (weight.get(f["part"], 1), -(f["confidence"] or 0))):
        for path in f["paths"]:
            if path["meets_in"] not in met:
                return f, path
    return None


def weights(report: Mapping[str, Any]) -> dict[str, int]:
    """Give how critical each part is: 0 for high, 1 for medium or not said, 2 for low."""
    return {p["id"]: {"high": 0, "low": 2}.get(p["criticality"] or "", 1) for p in report["parts"]}


def strongest(report: Mapping[str, Any], reading: str) -> Mapping[str, Any] | None:
    """Give the strongest finding of a reading: the highest rung and level, the most critical part, the confidence."""
    of_reading = [f for f in report["findings"] if f["reading"] == reading]
    top = max((_rank(f) for f in of_reading), default=None)
    highest = [f for f in of_reading if _rank(f) == top]
    weight = weights(report)
    return min(
        highest,
        key=lambda f: (f["part"] is None, weight.get(f["part"], 1), -(f["confidence"] or 0)),
        default=None,
    )


def _rank(f: Mapping[str, Any]) -> tuple[int, int]:
    """Rank a finding by rung and level; what a person judged to be use or intent stands above what is computed."""
    rung = _RANK.index(f["rung"]) if f["rung"] in _RANK else len(_RANK)
    return rung, _LEVELS.index(f["level"]) if f["level"] in _LEVELS else -1


def _answer(f: Mapping[str, Any], country: str, names: Mapping[str, str]) -> str:
    met = met_in(f, names)
    if f["rung"] == "power and means":
        power = {"control": "control", "compel": "legal power", "influence": "influence"}[f["level"]]
        return ended(f"{country} has {power} and practical means that meet in {met}{_in_worlds(f)}")
    if f["rung"] == "means only":
        said = f"{met or 'somebody'}, tied to {country}, has practical means at the site"
        return f"{said}; no power that meets them was found{_in_worlds(f)}."
    if f["rung"] == "legal power only":
        return f"{country} has power over {met}, whose access gives no such means{_in_worlds(f)}."
    if f["rung"] == "no path found":
        return f"no path of {country} was found in the law and the ties on file. That is no proof of absence."
    if f["rung"] == "not assessed":
        return f"not assessed: neither the law of {country} nor a holder of access is on file."
    return f"judged by a person: {f['rung']}."


def weightiest(
    whole: Mapping[str, Any], findings: Iterable[Mapping[str, Any]], rank: Mapping[str, int]
) -> Mapping[str, Any]:
    """Give the finding at the most critical part that stands on the same rung: sentences speak of that part.

    `rank` is how critical a part is, as `weights` gives it; among equals the higher confidence goes first.
    """
    wanted = ("capability", "reading", "rung", "level")
    same = [f for f in findings if f["part"] is not None and all(f[k] == whole[k] for k in wanted)]
    return min(same, key=lambda f: (rank.get(f["part"], 1), -(f["confidence"] or 0)), default=whole)


def dates_line(report: Mapping[str, Any]) -> str:
    """Give the two dates of the answer."""
    q = report["question"]
    return f"as of {dates.in_words(q['as_of'])}, known at {dates.in_words(q['known_at'])}"


_RANK = ("not assessed", "no path found", "legal power only", "means only", "power and means")
_LEVELS = ("influence", "compel", "control")
