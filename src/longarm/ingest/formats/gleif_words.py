"""The codes of GLEIF's formats, and what longarm takes them for.

A code that stands in none of these tables is kept as it is, and named in a warning.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

SCHEMATA: Final = {
    "GENERAL": "Company",
    "FUND": "Company",
    "BRANCH": "Company",
    "SOLE_PROPRIETOR": "LegalEntity",
    "RESIDENT_GOVERNMENT_ENTITY": "PublicBody",
    "INTERNATIONAL_ORGANIZATION": "Organization",
}
"""EntityCategory → schema. FollowTheMoney's Company is whatever can be owned, funds and partnerships too."""
OTHERWISE: Final = "LegalEntity"
NAMES: Final = {
    "PREVIOUS_LEGAL_NAME": "previousName",
    "TRADING_OR_OPERATING_NAME": "alias",
    "ALTERNATIVE_LANGUAGE_LEGAL_NAME": "alias",
    "PREFERRED_ASCII_TRANSLITERATED_LEGAL_NAME": "alias",
    "AUTO_ASCII_TRANSLITERATED_LEGAL_NAME": "alias",
}
NO_FORM: Final = "8888"
"""EntityLegalFormCode: no code of ISO 20275 for it, the form is written out"""
NOT_SAID: Final = frozenset({"NULL", ""})
NO_AUTHORITY: Final = frozenset({"RA999999", "RA888888"})
"""RegistrationAuthorityID: none, and none yet"""
ENDS: Final = "DISSOLUTION"
WITHDRAWN: Final = frozenset({"ANNULLED", "DUPLICATE"})
"""RegistrationStatus of a record that never should have been."""


@dataclass(frozen=True)
class Link:
    """What a type of relationship is taken for. The start node is the held, the end node the holder."""

    name: str
    """in the id of the relation"""
    schema: str
    control: str = ""
    """controlType, a right of roles.yaml"""
    interest: str = ""
    """interestType"""


LINKS: Final = {
    "IS_DIRECTLY_CONSOLIDATED_BY": Link("direct", "Control", "consolidation", "isDirectlyConsolidatedBy"),
    "IS_ULTIMATELY_CONSOLIDATED_BY": Link("ultimate", "Control", "consolidation", "isUltimatelyConsolidatedBy"),
    "IS_INTERNATIONAL_BRANCH_OF": Link("branch", "Control", "head office", "headOffice"),
    "IS_FUND-MANAGED_BY": Link("fund-managed", "Control", "fund management", "fundManagement"),
    "IS_SUBFUND_OF": Link("subfund", "UnknownLink"),
    "IS_FEEDER_TO": Link("feeder", "UnknownLink"),
}
"""An accounting consolidation is a tie of its own without a share; the management of a fund is no ownership (design
4.2). A sub-fund and a feeder fund are linked to their umbrella or master fund, and nobody is said to control."""
PERIOD: Final = "RELATIONSHIP_PERIOD"
"""The period of the relationship itself; the other two say what was looked at, and stand in the summary."""
ENDED: Final = "INACTIVE"

HOLDINGS: Final = {
    "DIRECT_ACCOUNTING_CONSOLIDATION_PARENT": "direct accounting consolidation parent",
    "ULTIMATE_ACCOUNTING_CONSOLIDATION_PARENT": "ultimate accounting consolidation parent",
}
REASONS: Final = frozenset(
    {
        "NATURAL_PERSONS",
        "NON_CONSOLIDATING",
        "NO_KNOWN_PERSON",
        "NO_LEI",
        "NON_PUBLIC",
        "BINDING_LEGAL_COMMITMENTS",
        "LEGAL_OBSTACLES",
        "DISCLOSURE_DETRIMENTAL",
        "DETRIMENT_NOT_EXCLUDED",
        "CONSENT_NOT_OBTAINED",
    }
)
"""The last five were replaced by NON_PUBLIC, and still stand in the files."""

LEI: Final = re.compile(r"[A-Z0-9]{18}[0-9]{2}", re.ASCII)
_DIGITS: Final = str.maketrans({chr(65 + i): str(10 + i) for i in range(26)})


def checks(lei: str) -> bool:
    """Say whether the check digits of a LEI fit (ISO 17442, ISO 7064 mod 97-10)."""
    return int(lei.translate(_DIGITS)) % 97 == 1


def entity_id(lei: str) -> str:
    """Give the id of an entity by its LEI."""
    return f"lei-{lei}"
