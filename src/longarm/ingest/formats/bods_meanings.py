"""What each type of interest of BODS 0.4 means for ties: a holding, a right of `model/roles.yaml`, or a mere link.

`maybe` is what it may give besides, where the standard's words leave open whether it is control: it is stated as
inferred, and counts in the bounds only. Where the source itself calls the party a beneficial owner by this interest,
the opening is closed (`owner`).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final


@dataclass(frozen=True)
class Meaning:
    """What an interest is said as."""

    schema: str
    """Ownership, Control, Directorship, Representation or UnknownLink"""
    right: str | None = None
    """of Control: a right of `model/roles.yaml`"""
    maybe: str | None = None
    """a right that it may also be"""
    owner: str | None = None
    """the right that it is where the party is called a beneficial owner by it; None: as otherwise"""
    votes: bool = False
    """True where a share is of votes"""


def _control(right: str, *, maybe: str | None = None, owner: str | None = None) -> Meaning:
    return Meaning("Control", right, maybe, owner)


_ECONOMIC: Final = Meaning("UnknownLink", owner="named control")
OF: Final[dict[str, Meaning]] = {
    "shareholding": Meaning("Ownership"),
    "votingRights": Meaning("Ownership", votes=True),
    "unknownInterest": Meaning("Ownership"),
    "unpublishedInterest": Meaning("Ownership"),
    "appointmentOfBoard": _control("appointment"),
    "otherInfluenceOrControl": _control("minority interest", maybe="named control", owner="named control"),
    "controlViaCompanyRulesOrArticles": _control("named control"),
    "controlByLegalFramework": _control("named control"),
    "seniorManagingOfficial": Meaning("Directorship", "management"),
    "boardMember": Meaning("Directorship", "seat"),
    "boardChair": Meaning("Directorship", "seat"),
    "trustee": _control("trust"),
    "settlor": Meaning("UnknownLink", maybe="trust", owner="trust"),
    "protector": Meaning("UnknownLink", maybe="trust", owner="trust"),
    "beneficiaryOfLegalArrangement": Meaning("UnknownLink", owner="trust"),
    "nominator": _control("nominee"),
    "nominee": Meaning("Representation"),
    "rightsGrantedByContract": Meaning("UnknownLink", maybe="contractual", owner="contractual"),
    "conditionalRightsGrantedByContract": Meaning("UnknownLink", maybe="contractual", owner="contractual"),
    "rightsToSurplusAssetsOnDissolution": _ECONOMIC,
    "rightsToProfitOrIncome": _ECONOMIC,
    "enjoymentAndUseOfAssets": _ECONOMIC,
    "rightToProfitOrIncomeFromAssets": _ECONOMIC,
}
"""type of interest → what it means; reasons in docs/formats/bods.md"""

UNTYPED: Final = OF["unknownInterest"]
"""An interest whose type is not given is one of an unknown nature."""

ENDS: Final = {
    "Ownership": ("owner", "asset"),
    "Control": ("controller", "controlled"),
    "Directorship": ("director", "organization"),
    "Representation": ("agent", "client"),
    "UnknownLink": ("subject", "object"),
}
"""schema → the properties of who has the interest, and in whom"""
