"""The warnings of a report in the language of the dossier; the report holds them as messages with their values."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from longarm.dossier.labels import share
from longarm.dossier.tongue import N_, Tongue

MESSAGES: Final = (
    N_("a path rests on {instrument}, which nobody has confirmed"),
    N_("the whole site, {capability}, {reading}: the search for paths stopped at its limit"),
    N_("{place}, {capability}, {reading}: the search for paths stopped at its limit"),
    N_("{state} is not among the states that the case tests: its ties may not have been looked for"),
    N_("{count} rows of the sources were not taken; they are in the reject file, with reasons"),
    N_("no law of {state} in force that day is in the base: only ownership and control were looked at"),
    N_("'not assessed' is no finding: neither law nor holders of access are on file"),
    N_("the {kind} of {company} add up to {total}; nothing was changed"),
    N_("{holder} in {held}: sources give {shares}; the smaller counts, at most the larger"),
)
"""Those of `model/warnings.py`, for the catalogues; a test holds the two together."""
_TERMS: Final = frozenset({"capability", "reading", "kind"})


def warned(report: Mapping[str, Any], tongue: Tongue) -> tuple[str, ...]:
    """Give the warnings of a report; those of one that an older version wrote stay in English."""
    told = report.get("warned")
    if told is None:
        return tuple(report["warnings"])
    found = []
    for each in told:
        message, values = each["message"], each["values"]
        found.append(tongue.say(message, **_said(values, tongue)))
    return tuple(found)


def _said(values: Mapping[str, Any], tongue: Tongue) -> dict[str, object]:
    found: dict[str, object] = {}
    for key, value in values.items():
        if key == "state":
            found[key] = tongue.in_text(values["code"])
        elif key == "shares":
            found[key] = tongue.several(share(s, tongue) for s in value)
        elif key == "total":
            found[key] = share(value, tongue)
        elif key == "count":
            found[key] = tongue.count(value)
        else:
            found[key] = tongue.term(value) if key in _TERMS else value
    return found
