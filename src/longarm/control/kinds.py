"""What each kind of holding gives: ownership, votes, control by itself, or single capabilities.

The words are those of the worked examples; the names that the Beneficial Ownership Data Standard 0.4 gives to
interests are read as the same kinds. A kind that is not in the table is reported and read as shares.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final, Literal

from longarm.model.terms import Capability

Alone = Literal["never", "without a share", "always"]
"""When a holding of the kind makes its holder the controller, whatever the others hold."""


@dataclass(frozen=True)
class Kind:
    """What a holding of one kind counts for."""

    name: str
    owns: bool = False
    """its share is an economic interest"""
    votes: bool = False
    """its share carries votes, where no number of votes is given"""
    measured: bool = False
    """without a share, the share exists and is unknown"""
    controls: Alone = "never"
    lends_voice: bool = False
    """the holder directs how the held one votes elsewhere, and nothing else"""
    dispersed: bool = False
    """many small holders who act with nobody"""
    gives: tuple[Capability, ...] = ()
    """what it gives below control"""


_SEE, _SHAPE, _STOP = Capability.SEE, Capability.SHAPE, Capability.STOP

KINDS: Final = {
    kind.name: kind
    for kind in (
        Kind("shares", owns=True, votes=True, measured=True),
        Kind("votes", votes=True, measured=True),
        Kind("float", owns=True, votes=True, measured=True, dispersed=True),
        Kind("unknown", owns=True, votes=True, measured=True),
        Kind("profit", owns=True, measured=True),
        Kind("golden", owns=True, votes=True, gives=(_SHAPE, _STOP)),
        Kind("veto", gives=(_SHAPE, _STOP)),
        Kind("seat", gives=(_SEE, _SHAPE)),
        Kind("supplier", gives=(_STOP,)),
        Kind("creditor", gives=(_SHAPE,)),
        Kind("trust", owns=True, votes=True, controls="without a share"),
        Kind("subsidiary", owns=True, votes=True, controls="without a share"),
        Kind("agreement", controls="without a share", votes=True),
        Kind("appointment", controls="without a share"),
        Kind("contract", owns=True, controls="always"),
        Kind("control", owns=True, votes=True, controls="always"),
        Kind("concert", lends_voice=True),
        Kind("option"),
        Kind("consolidation"),
        Kind("management"),
        Kind("none"),
    )
}
"""An accounting consolidation and the management of a fund are ties without power of their own (design 4.2)."""

_ALIASES: Final = {
    "shares": "share shareholding equity stake ownership ordinary common preference partnership",
    "votes": "voting votingrights vote usufruct votingshares",
    "float": "freefloat public dispersed ocean",
    "unknown": "unknowninterest unpublishedinterest undisclosed",
    "profit": "rightstoprofitorincome rightstoprofitorincomefromassets economic nonvoting",
    "golden": "goldenshare specialshare specialmanagementshare",
    "veto": "vetoright vetorights",
    "seat": "boardseat boardmember boardchair",
    "supplier": "solesupplier",
    "creditor": "loan lender debt",
    "trust": "settlor trustee protector beneficiaryoflegalarrangement nominator trusteeship nominee",
    "subsidiary": "parent subsidiaryof state",
    "agreement": "votingagreement shareholdersagreement shareholderagreement",
    "appointment": "appointmentofboard appoint boardmajority appointsmajority boardappointment boardcontrol",
    "contract": "controlcontract contracts vie viecontract vieagreement contractual rightsgrantedbycontract "
    "otherinfluenceorcontrol",
    "control": "actualcontroller controlbylegalframework controlviacompanyrulesorarticles dominantinfluence organ",
    "concert": "proxy actinginconcert voicing family",
    "option": "conditionalrightsgrantedbycontract convertible pledge warrant",
    "consolidation": "accountingconsolidation isdirectlyconsolidatedby isultimatelyconsolidatedby",
    "management": "fundmanagement fundmanager",
    "none": "seniormanagingofficial enjoymentanduseofassets rightstosurplusassetsondissolution "
    "righttoprofitorincomefromassets planned",
}
_NAMES: Final = {word: name for name, words in _ALIASES.items() for word in (name, *words.split())}


def kind_of(text: str | None) -> tuple[str, bool]:
    """Give the kind that `text` names, and whether the word was known."""
    if text is None or not text.strip():
        return "shares", True
    word = "".join(c for c in text.casefold() if c.isalnum())
    return _NAMES.get(word, "shares"), word in _NAMES
