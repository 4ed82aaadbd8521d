"""An interest on file as an interest of BODS 0.4: its type, its share, its dates, and whether it makes an owner."""

from __future__ import annotations

from decimal import Decimal
from typing import Any, Final

from longarm.exchange.bods_records import Details, Held, put_day
from longarm.model import shares
from longarm.model.terms import WHOLE

ENDS: Final = {
    "Ownership": ("owner", "asset"),
    "Control": ("controller", "controlled"),
    "Directorship": ("director", "organization"),
    "Representation": ("agent", "client"),
    "UnknownLink": ("subject", "object"),
}
"""schema → the properties of who has the interest, and in whom"""
TYPES: Final = frozenset(
    (
        "shareholding",
        "votingRights",
        "appointmentOfBoard",
        "otherInfluenceOrControl",
        "seniorManagingOfficial",
        "settlor",
        "trustee",
        "protector",
        "beneficiaryOfLegalArrangement",
        "rightsToSurplusAssetsOnDissolution",
        "rightsToProfitOrIncome",
        "rightsGrantedByContract",
        "conditionalRightsGrantedByContract",
        "controlViaCompanyRulesOrArticles",
        "controlByLegalFramework",
        "boardMember",
        "boardChair",
        "unknownInterest",
        "unpublishedInterest",
        "enjoymentAndUseOfAssets",
        "rightToProfitOrIncomeFromAssets",
        "nominee",
        "nominator",
    )
)
_OF_CONTROL: Final = {
    "appointment": "appointmentOfBoard",
    "voting": "votingRights",
    "contractual": "rightsGrantedByContract",
    "trust": "trustee",
    "nominee": "nominator",
    "state": "controlByLegalFramework",
    "veto": "controlViaCompanyRulesOrArticles",
    "seat": "boardMember",
}
"""type of control → type of interest; all others are otherInfluenceOrControl, with the type in `details`"""
_RELATIONSHIP: Final = "relationship"
COMPONENT: Final = "component"
_DIRECT: Final = frozenset({"direct", "indirect", "unknown"})


def interests(held: Held, made: Details, *, number: int, holder_is_person: bool) -> list[dict[str, Any]] | None:
    """Give what an entity on file says as interests: one, two where it gives shares and votes, none where it says
    only that there is a relationship. None itself where BODS has no word for it.

    `number` is how many interests of the relationship precede it, for the notes on rounded dates.
    """
    found = _typed(held)
    if found is None:
        return None
    for at, interest in enumerate(found, start=number):
        _common(held, made, interest, f"/recordDetails/interests/{at}", holder_is_person=holder_is_person)
    return found


def _typed(held: Held) -> list[dict[str, Any]] | None:
    roles = held.all("role")
    if COMPONENT in roles:
        return None  # which whole it details is not on file
    given = next((t for t in held.all("interestType", "role") if t in TYPES), None)
    if held.schema == "Ownership":
        return _ownership(held, given)
    if held.schema == "Control":
        control = held.one("controlType") or "named control"
        kind = given or _OF_CONTROL.get(control, "otherInfluenceOrControl")
        named = {} if given or control in _OF_CONTROL else {"details": control}
        return [{"type": kind, **named, **_share(_noted_share(held))}]
    if held.schema == "Directorship":
        words = " ".join(roles).lower()
        kind = given or ("boardChair" if "chair" in words else "boardMember")
        return [{"type": kind, **({"details": roles[0]} if roles and not given else {}), **_share(_noted_share(held))}]
    if given is None:
        return [] if _RELATIONSHIP in roles else None
    return [{"type": given, **_share(_noted_share(held))}]


def _ownership(held: Held, given: str | None) -> list[dict[str, Any]] | None:
    if any("suspend" in kind.lower() for kind in held.all("interestType")):
        return None
    votes = held.one("votingPercentage")
    holds = _held_share(held)
    found: list[dict[str, Any]] = []
    if holds is not None or votes is None:
        found.append({"type": given or "shareholding", **_share(holds)})
    if votes is not None:
        found.append({"type": "votingRights" if found or given is None else given, **_share(shares.read(votes))})
    return found


def _held_share(held: Held) -> shares.Share | None:
    if exact := held.all("percentage"):
        each = [shares.read(text) for text in exact]
        return shares.Share(min(s.lo for s in each), max(s.hi for s in each))
    low = [shares.parts(text) for text in held.all("percentageMinimum")]
    high = [shares.parts(text) for text in held.all("percentageMaximum")]
    if not low and not high:
        return None
    return shares.Share(min(low, default=0), max(high, default=WHOLE))


def _noted_share(held: Held) -> shares.Share | None:
    """Find the share of an interest whose schema has none: it stands in words, `share: 25..50 %`."""
    for text in held.all("summary"):
        if text.startswith("share: ") and text.endswith(" %"):
            try:
                return shares.read(text.removeprefix("share: "))
            except ValueError:
                continue  # somebody else's words
    return None


def _share(share: shares.Share | None) -> dict[str, Any]:
    """Write a share; an end that lies one part in 10⁹ off a figure is that figure, excluded."""
    if share is None or share == shares.UNKNOWN:
        return {}
    if share.is_exact:
        return {"share": {"exact": _figure(share.lo)}}
    found: dict[str, float | int] = {}
    if share.lo:
        is_open = share.lo % 10 == 1
        found["exclusiveMinimum" if is_open else "minimum"] = _figure(share.lo - is_open)
    if share.hi < WHOLE:
        is_open = share.hi % 10 == 9
        found["exclusiveMaximum" if is_open else "maximum"] = _figure(share.hi + is_open)
    return {"share": found}


def _figure(parts: int) -> float | int:
    value = Decimal(parts) / (WHOLE // 100)
    return int(value) if value == value.to_integral_value() else float(value)


def _common(held: Held, made: Details, interest: dict[str, Any], place: str, *, holder_is_person: bool) -> None:
    direct = next((s for s in held.all("status") if s in _DIRECT), None)
    if direct:
        interest["directOrIndirect"] = direct
    roles = held.all("role")
    if "beneficial owner" in roles and holder_is_person:
        interest["beneficialOwnershipOrControl"] = True
    elif "not a beneficial owner" in roles:
        interest["beneficialOwnershipOrControl"] = False
    if details := held.one("description"):
        interest["details"] = details
    put_day(made, held.one("startDate") or held.one("date"), interest, "startDate", f"{place}/startDate", is_end=False)
    ends = held.all("endDate")
    put_day(made, ends[-1] if ends else None, interest, "endDate", f"{place}/endDate", is_end=True)
