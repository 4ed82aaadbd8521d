"""Sentences from templates over the data: each true by its finding, none stronger. A state is named, a people never."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any, Final

from longarm.dossier.tongue import ENGLISH, N_, Tongue

CAN: Final = {
    "see": N_("can see into {place}"),
    "shape": N_("can shape {place}"),
    "stop": N_("can stop {place}"),
}
"""What whoever has the means can do at a place."""
DO: Final = {"see": N_("see into {place}"), "shape": N_("shape {place}"), "stop": N_("stop {place}")}
OVER: Final = {"control": N_("controls"), "compel": N_("can compel"), "influence": N_("can influence")}
"""What a state has over whom it has power, by the level of the power."""
POWER: Final = {"control": N_("control"), "compel": N_("legal power"), "influence": N_("influence")}
PLAIN: Final = 0.8
"""From this confidence on a sentence stands without its share of worlds."""


def finding(
    f: Mapping[str, Any],
    state: str,
    names: Mapping[str, str],
    *,
    only_wide: bool = False,
    law_in_base: bool = True,
    whole: Mapping[str, Any] | None = None,
    tongue: Tongue = ENGLISH,
) -> str:
    """Give one true sentence about a finding; `only_wide` where the narrow reading stands on another rung.

    `whole` is the finding of the whole site that it speaks for: where their shares are printed otherwise, the sentence
    says that its own is that of the part. Where no law of the state is in the base, it says that none was looked at.
    """
    said = _finding(f, state, names, tongue, law_in_base=law_in_base, whole=whole)
    return tongue.say(N_("Where disputed routes are taken as open, {said}"), said=said) if only_wide else capital(said)


def capital(sentence: str) -> str:
    """Begin a sentence with a capital."""
    return sentence[:1].upper() + sentence[1:]


def _finding(
    f: Mapping[str, Any],
    state: str,
    names: Mapping[str, str],
    t: Tongue,
    *,
    law_in_base: bool,
    whole: Mapping[str, Any] | None,
) -> str:
    country = t.in_text(state)
    place = names.get(f["part"], f["part"]) if f["part"] else t.say(N_("the site"))
    entity = _met_in(f, names, t)
    can, do = (t.say(words[f["capability"]], place=place) for words in (CAN, DO))
    over = t.term(OVER[f["level"] or "influence"])
    worlds = _in_worlds(f, t, whole)
    if f["rung"] == "power and means":
        said = N_("{country} {over} {entity}, which {can}{worlds}")
        return ended(t.say(said, country=country, over=over, entity=entity, can=can, worlds=worlds))
    if f["rung"] == "means only":
        who = entity or t.say(N_("somebody"))
        said = N_("{who}, tied to {country}, {can}; no power of that state over it was found to meet that{worlds}")
        if not law_in_base:
            said = N_("{who}, tied to {country}, {can}; no law of that state in force that day is in the base{worlds}")
        return ended(t.say(said, who=who, country=country, can=can, worlds=worlds))
    if f["rung"] == "legal power only":
        said = N_("{country} {over} {entity}, whose access does not let it {do}{worlds}")
        return ended(t.say(said, country=country, over=over, entity=entity, do=do, worlds=worlds))
    below = _below(f, t)
    if below and f["rung"] == "no path found":
        return t.say(N_("What is on file makes a path in {share} of worlds, below the threshold."), share=below)
    if f["rung"] == "no path found" and not law_in_base:
        return t.say(
            N_("Nothing found in the ties on file; no law of {country} in force that day is in the base."),
            country=country,
        )
    if f["rung"] == "no path found":
        return t.say(N_("Nothing found in the law and the ties on file; that is no proof of absence."))
    if f["rung"] == "not assessed":
        return t.say(N_("Neither the law of {country} nor a holder of access is on file."), country=country)
    return t.say(N_("Judged by a person: {rung}."), rung=t.term(f["rung"]))


def ended(sentence: str) -> str:
    """End a sentence with one full stop, also where it ends in a name such as `Holdings Inc.`."""
    return sentence if sentence.endswith((".", "?", "!")) else f"{sentence}."


def _in_worlds(f: Mapping[str, Any], t: Tongue, whole: Mapping[str, Any] | None = None) -> str:
    """Say in how many worlds a finding holds, where that is less than four fifths, or other than at the whole site."""
    share = f["confidence"]
    if share is None:
        return ""
    if whole is not None and f["part"] and t.share(whole["confidence"] or 0) != t.share(share):
        return t.say(N_(" (there in {share} of worlds)"), share=t.share(share))
    if share >= PLAIN:
        return ""
    return t.say(N_(" (in {share} of worlds)"), share=t.share(share))


def _below(f: Mapping[str, Any], t: Tongue) -> str:
    """Give the share of worlds in which there is something below the threshold; nothing where there is none."""
    share = 1 - (1 if f["confidence"] is None else f["confidence"])
    return t.share(share) if round(share * 100) > 0 else ""


def _met_in(f: Mapping[str, Any], names: Mapping[str, str], t: Tongue) -> str:
    """Name the entity of the strongest path; where the share printed is not its own alone, say so."""
    name = met_in(f, names)
    several = {p["meets_in"] for p in f["paths"]}
    alone = sum(p.get("share", 1) for p in f["paths"] if p["meets_in"] == f["paths"][0]["meets_in"]) if name else 0
    if len(several) > 1 and alone < (f["confidence"] or 0):
        return t.say(N_("{entity} and others"), entity=name)
    return name


def met_in(f: Mapping[str, Any], names: Mapping[str, str]) -> str:
    """Give the name of the entity in which the strongest path of a finding meets."""
    if not f["paths"]:
        return ""
    entity = f["paths"][0]["meets_in"]
    return names.get(entity, entity)


def headline(report: Mapping[str, Any], tongue: Tongue = ENGLISH) -> str:
    """Give the answer in one or two sentences: the strongest finding, and that nothing on file shows use."""
    return capital(_headline(report, tongue))


def _headline(report: Mapping[str, Any], t: Tongue) -> str:
    state, names = report["question"]["state"], report["names"]
    first = carrying(report)
    if first is None:
        return t.say(N_("Nothing was asked."))
    looked = bool(report.get("coverage", {}).get("law_in_base", True))
    said = _answer(first, state, names, t, law_in_base=looked)
    narrow = strongest(report, "narrow")
    if first["reading"] == "wide" and narrow is not None:
        both = N_("Where disputed routes are taken as open, {said} Else, {narrow}")
        said = t.say(both, said=said, narrow=_answer(narrow, state, names, t, law_in_base=looked))
    further = second(report)
    if further is not None:
        also = names.get(further[1]["meets_in"], further[1]["meets_in"])
        too = t.say(N_("Where disputed routes are taken as open, they meet in {entity} too"), entity=also)
        said = f"{said} {ended(too)}"
    judged = any(f["judged"] for f in report["findings"])
    quiet = judged or first["rung"] == "not assessed"
    unused = t.say(N_("Nothing on file shows use."))
    return said if quiet else f"{said} {unused}"


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


def _answer(f: Mapping[str, Any], state: str, names: Mapping[str, str], t: Tongue, *, law_in_base: bool = True) -> str:
    met, country, worlds = _met_in(f, names, t), t.in_text(state), _in_worlds(f, t)
    if f["rung"] == "power and means":
        said = N_("{country} has {power} and practical means that meet in {entity}{worlds}")
        return ended(t.say(said, country=country, power=t.term(POWER[f["level"]]), entity=met, worlds=worlds))
    if f["rung"] == "means only":
        who = met or t.say(N_("somebody"))
        said = N_(
            "{who}, tied to {country}, has practical means at the site; no power that meets them was found{worlds}."
        )
        return t.say(said, who=who, country=country, worlds=worlds)
    if f["rung"] == "legal power only":
        said = N_("{country} has power over {entity}, whose access gives no such means{worlds}.")
        return t.say(said, country=country, entity=met, worlds=worlds)
    below = _below(f, t)
    if below and f["rung"] == "no path found":
        said = N_("a path of {country} holds in {share} of worlds, below the threshold.")
        return t.say(said, country=country, share=below)
    if f["rung"] == "no path found" and not law_in_base:
        said = N_("no path of {country} was found in the ties on file; no law of it in force that day is in the base.")
        return t.say(said, country=country)
    if f["rung"] == "no path found":
        said = N_("no path of {country} was found in the law and the ties on file. That is no proof of absence.")
        return t.say(said, country=country)
    if f["rung"] == "not assessed":
        said = N_("not assessed: neither the law of {country} nor a holder of access is on file.")
        return t.say(said, country=country)
    return t.say(N_("judged by a person: {rung}."), rung=t.term(f["rung"]))


def weightiest(
    whole: Mapping[str, Any], findings: Iterable[Mapping[str, Any]], rank: Mapping[str, int]
) -> Mapping[str, Any]:
    """Give the finding at the most critical part that stands on the same rung: sentences speak of that part.

    `rank` is how critical a part is, as `weights` gives it; among equals the higher confidence goes first.
    """
    wanted = ("capability", "reading", "rung", "level")
    same = [f for f in findings if f["part"] is not None and all(f[k] == whole[k] for k in wanted)]
    return min(same, key=lambda f: (rank.get(f["part"], 1), -(f["confidence"] or 0)), default=whole)


def dates_line(report: Mapping[str, Any], tongue: Tongue = ENGLISH) -> str:
    """Give the two dates of the answer."""
    q = report["question"]
    return tongue.say(
        N_("as of {as_of}, known at {known_at}"), as_of=tongue.day(q["as_of"]), known_at=tongue.day(q["known_at"])
    )


_RANK = ("not assessed", "no path found", "legal power only", "means only", "power and means")
_LEVELS = ("influence", "compel", "control")
