"""Codes of registers and of papers that BODS identifiers are expected to use.

For entities: codes in the manner of org-id.guide that are met with in ownership data. The list is ours and not the
guide's, which is longer: a code that is not here is reported once, and taken. For persons: `{country}-{kind of paper}`,
the country by ISO 3166-1 alpha-3 or by the travel documents of ICAO.
"""

from __future__ import annotations

import re
from functools import cache
from typing import Final

from longarm.errors import UnknownState
from longarm.model import states

_REGISTERS: Final = """
AE-DCCI AL-NBC AR-CUIT AT-FB AT-UID AT-ZVR AU-ABN AU-ACN AU-ACNC AZ-IVI BD-RJSC BE-BCE_KBO BG-EIK BH-CR BM-ROC
BR-CNPJ BS-ROC BZ-IBC CA-BC CA-CC CA-CRA_ACR CA-FED CH-FDJP CH-UID CL-RUT CN-SAIC CN-USCC CO-CCB CO-RUE CR-RNP
CY-DRCOR CZ-DIC CZ-ICO DE-CR DE-HRB DK-CVR EC-RUC EE-KMKR EE-RIK EG-CR ES-DIR3 ES-RMC EU-VAT FI-PRO FR-INSEE FR-RCS
GB-CHC GB-COH GB-GOR GB-LAE GB-MPR GB-NIC GB-REV GB-SC GB-VAT GE-NAPR GG-RCE GH-CR GI-CH GR-GEMI HK-BRN HK-CR HR-MBS
HR-OIB HU-AFA HU-CR ID-KDN ID-PRO IE-CHY IE-CRO IL-ROC IM-CR IN-CIN IN-MCA IR-NRC IS-KT IS-RSK IT-CF IT-PIVA IT-RI
JE-FSC JE-OAC JP-JCN JP-NTA KE-NCB KE-RCO KR-BRN KR-CRN KY-CRN KZ-BIN LB-CR LI-FL LK-ROC LT-RC LU-RCS LV-RE MD-IDNO
MG-NIF MK-CRM MT-MBR MU-CR MW-MRA MX-RFC MY-SSM MZ-NUIT NA-BIPA NG-CAC NL-KVK NO-BRC NO-ORGNR NP-CRO NZ-NZBN PA-PRI
PE-RUC PH-SEC PK-VSWA PL-KRS PL-NIP PL-REGON PT-NIPC PT-RNPC PY-RUC QA-QFC RO-CUI RO-RC RS-APR RU-INN RU-OGRN RW-RDB
SA-CR SC-FSA SE-BLV SE-ON SG-ACRA SI-PRS SI-TIN SK-ICO SK-ORSR SK-RPVS SM-CR SV-NIT TH-DBD TR-MERSIS TW-TAX UA-EDR
UA-EDRPOU UG-RSB US-DOS US-DUNS US-EIN US-NDAA US-SEC US-USAGOV UY-RUT VE-RIF VG-FSC VN-TIN XI-BVD XI-DUNS XI-EORI
XI-GRID XI-IATI XI-ISIN XI-LEI XI-PB XI-PERMID XI-ROR XI-WIKIDATA XM-DAC XM-EUNES XM-OCHA XR-EC ZA-CIP ZA-NPO ZM-PCR
ZW-ROC
"""
REGISTERS: Final = frozenset(_REGISTERS.split())

PAPERS: Final = frozenset({"PASSPORT", "TAXID", "IDCARD"})
_NO_STATES: Final = """
D EUE GBD GBN GBO GBP GBS RKS UNA UNK UNO XAA XBA XCC XCE XCO XCT XDC XEC XES XIM XMP XOM XPO XXA XXB XXC XXX
"""
_ICAO: Final = frozenset(_NO_STATES.split())
"""codes of travel documents that are no country's by ISO 3166 (ICAO Doc 9303 part 3, section 5)"""
_PAPER: Final = re.compile(r"([^-]+)-([^-]+)")


@cache
def _countries() -> frozenset[str]:
    from babel.core import get_global

    three = {code for code in get_global("territory_aliases") if len(code) == 3 and code.isalpha()}
    return frozenset(code for code in three if _is_state(get_global("territory_aliases")[code][0])) | _ICAO


def _is_state(code: str) -> bool:
    try:
        return bool(states.check(code))
    except UnknownState:
        return False


def of_person(scheme: str) -> str | None:
    """Say what is wrong with the scheme of a person's identifier, or None."""
    found = _PAPER.fullmatch(scheme)
    if found is None:
        return f"the scheme '{scheme}' is not of the form country-PAPER, such as GBR-PASSPORT"
    if found[1] not in _countries():
        return f"the scheme '{scheme}' does not begin with a country's code of three letters"
    if found[2] not in PAPERS:
        return f"the scheme '{scheme}' does not end in PASSPORT, TAXID or IDCARD"
    return None


def of_entity(scheme: str) -> str | None:
    """Say what is wrong with the scheme of an entity's identifier, or None."""
    if scheme in REGISTERS:
        return None
    return f"the scheme '{scheme}' is not among the registers that are known here (org-id.guide lists more)"
