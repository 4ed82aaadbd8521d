"""The codes of the register of persons with significant control, and the interests that they stand for.

Bounds as the law has them: Companies Act 2006, Schedule 1A, paras 2 to 6 (over 25 % of shares or votes; the majority of
the board; significant influence or control; by way of a trust or firm), in the tiers of SI 2016/339, Schedule 2; for
limited liability partnerships SI 2009/1804, for Scottish partnerships SI 2017/694; for overseas entities the Economic
Crime (Transparency and Enforcement) Act 2022, Schedule 2 (over 25 %, and no tiers). Whether exactly 75 % belongs to the
middle or the upper tier is worded differently by the regulations and by Companies House: both tiers take it in.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

_OVER: Final = "0000001"
"""A bound that is excluded moves by one part in 10⁹, as `shares.read` moves `>25`."""
BANDS: Final = {
    "25-to-50": (f"25.{_OVER}", "50"),
    "50-to-75": (f"50.{_OVER}", "75"),
    "75-to-100": ("75", "100"),
    "more-than-25": (f"25.{_OVER}", "100"),
}
CAPACITIES: Final = ("", "as-trust", "as-firm", "as-control-over-trust", "as-control-over-firm")
"""In which the right is held: oneself, or by way of a trust or firm that one is in or has control over."""
_CAPACITY: Final = r"(?:-(?P<capacity>as-(?:control-over-)?(?:trust|firm)))?"
_FORM: Final = r"(?:-(?:limited-liability-partnership|registered-overseas-entity|scottish-partnership))?"
_SHARE: Final = re.compile(
    r"(?:part-)?(?P<of>ownership-of-shares|voting-rights|right-to-share-surplus-assets)-(?P<band>25-to-50|50-to-75"
    rf"|75-to-100|more-than-25)-percent{_CAPACITY}{_FORM}"
)
_RIGHT: Final = re.compile(
    r"(?P<of>right-to-appoint-and-remove-(?:directors|members|person)|significant-influence-or-control)"
    rf"{_CAPACITY}{_FORM}"
)
_NOMINEE: Final = re.compile(
    r"registered-owner-as-nominee-(?:person|another-entity)-[a-z-]+-registered-overseas-entity"
)

HOLDING, CONTROL, SURPLUS = "holding", "control", "surplus"
"""The records of one person in one company: shares and votes; rights without a share; what is left on winding up."""


@dataclass(frozen=True)
class Nature:
    """What one code says."""

    code: str
    record: str
    capacity: str = ""
    band: tuple[str, str] | None = None
    is_votes: bool = False
    control: str = ""
    interest: str = ""
    is_known: bool = True


@dataclass(frozen=True, eq=False)
class Interest:
    """What one person has in one company in one capacity: one record of ours. It is told from others by itself."""

    suffix: str
    schema: str
    roles: tuple[str, ...]
    """the codes"""
    interests: tuple[str, ...]
    controls: tuple[str, ...] = ()
    low: str | None = None
    high: str | None = None
    votes: str | None = None
    """range of the votes"""
    unknown: tuple[str, ...] = ()
    """codes that are not known"""


@lru_cache(maxsize=10_000)
def nature(code: str) -> Nature:
    """Read one nature of control. A code that is not known is kept as a control of that name, which gives nothing."""
    if found := _SHARE.fullmatch(code):
        band, capacity = BANDS[found["band"]], found["capacity"] or ""
        if found["of"] == "ownership-of-shares":
            return Nature(code, HOLDING, capacity, band, interest="shareholding")
        if found["of"] == "voting-rights":
            return Nature(code, HOLDING, capacity, band, is_votes=True, interest="votingRights")
        return Nature(
            code, SURPLUS, capacity, band, control="surplus assets", interest="rightsToSurplusAssetsOnDissolution"
        )
    if found := _RIGHT.fullmatch(code):
        capacity = found["capacity"] or ""
        if found["of"].startswith("right-to-appoint"):
            return Nature(code, CONTROL, capacity, control="appointment", interest="appointmentOfBoard")
        words = "significant influence or control"
        return Nature(code, CONTROL, capacity, control=words, interest="otherInfluenceOrControl")
    if _NOMINEE.fullmatch(code):
        return Nature(code, CONTROL, control="property nominee", interest="nominee")
    return Nature(code, CONTROL, control=code, interest="unknownInterest", is_known=False)


@lru_cache(maxsize=50_000)
def interests(codes: tuple[str, ...]) -> tuple[Interest, ...]:
    """Give the records that several natures of control of one person make, one a capacity and kind."""
    grouped: dict[tuple[str, str], list[Nature]] = {}
    for code in dict.fromkeys(codes):
        found = nature(code)
        grouped.setdefault((found.record, found.capacity), []).append(found)
    return tuple(_interest(record, capacity, said) for (record, capacity), said in grouped.items())


def _interest(record: str, capacity: str, said: list[Nature]) -> Interest:
    low, high = _bounds(n.band for n in said if not n.is_votes)
    votes = _bounds(n.band for n in said if n.is_votes)
    return Interest(
        suffix(record, capacity),
        "Ownership" if record == HOLDING else "Control",
        tuple(n.code for n in said),
        tuple(dict.fromkeys(n.interest for n in said)),
        tuple(dict.fromkeys(n.control for n in said if n.control)),
        low,
        high,
        f"{votes[0]}..{votes[1]}" if votes[0] else None,
        tuple(n.code for n in said if not n.is_known),
    )


def _bounds(bands: Iterable[tuple[str, str] | None]) -> tuple[str | None, str | None]:
    """Give the range that takes in all bands: what is held in one capacity under two codes lies between them."""
    listed = [band for band in bands if band]
    if not listed:
        return None, None
    return min((low for low, _ in listed), key=float), max((high for _, high in listed), key=float)


def suffix(record: str, capacity: str) -> str:
    """Give what the id of a record ends with."""
    return f"-{record}-{capacity}" if capacity else f"-{record}"


SUFFIXES: Final = (*(suffix(r, c) for r in (HOLDING, CONTROL, SURPLUS) for c in CAPACITIES), "-unknown")
"""All that the records of one person may end with: what ends with it where its line is deleted."""

PEOPLE: Final = {
    "individual-person-with-significant-control": "Person",
    "individual-beneficial-owner": "Person",
    "corporate-entity-person-with-significant-control": "Company",
    "corporate-entity-beneficial-owner": "Company",
    "legal-person-person-with-significant-control": "LegalEntity",
    "legal-person-with-significant-control": "LegalEntity",
    "legal-person-beneficial-owner": "LegalEntity",
}
"""kind of a line → schema of whom it names"""
PROTECTED: Final = frozenset({"super-secure-person-with-significant-control", "super-secure-beneficial-owner"})
STATEMENT: Final = "persons-with-significant-control-statement"
EXEMPTIONS: Final = "exemptions"
TOTALS: Final = "totals#persons-of-significant-control-snapshot"
OWNED, CONTROLLED = "beneficial ownership", "significant control"
"""What nobody is named for, in the register of overseas entities and in that of companies."""
OVERSEAS: Final = "OE"
"""Beginning of the numbers of overseas entities: they stand in the register, and under the law of another state."""
STATEMENTS: Final = frozenset(
    code + form
    for code in (
        "no-individual-or-entity-with-signficant-control",  # as the register writes it
        "psc-exists-but-not-identified",
        "psc-details-not-confirmed",
        "steps-to-find-psc-not-yet-completed",
        "psc-contacted-but-no-response",
        "psc-has-failed-to-confirm-changed-details",
        "restrictions-notice-issued-to-psc",
    )
    for form in ("", "-partnership")
) | frozenset(
    {
        "awaiting-confirmation-from-psc",
        "all-beneficial-owners-identified",
        "no-beneficial-owner-identified",
        "at-least-one-beneficial-owner-unidentified",
        "information-not-provided-for-at-least-one-beneficial-owner",
        "at-least-one-beneficial-owner-unidentified-and-information-not-provided-for-at-least-one-beneficial-owner",
        "nobody-has-become-or-ceased-to-be-a-beneficial-owner",
        "somebody-has-become-or-ceased-to-be-a-beneficial-owner",
        "no-change-beneficial-owner-relevant-period",
        "change-beneficial-owner-relevant-period",
        "no-trust-involved-relevant-period",
        "trust-involved-relevant-period",
        "no-change-beneficiary-relevant-period",
        "change-beneficiary-relevant-period",
    }
)
