"""The words of the design as messages: what stands in data as a term is said through these, never by itself."""

from __future__ import annotations

from typing import Final

from longarm.dossier.tongue import N_

TERMS: Final = (
    *(N_("see"), N_("shape"), N_("stop")),
    *(N_("See"), N_("Shape"), N_("Stop")),
    *(N_("narrow"), N_("wide")),
    *(N_("control"), N_("compel"), N_("influence"), N_("means"), N_("fact, no power")),
    *(N_("asserted"), N_("alleged"), N_("denied"), N_("planned"), N_("inferred"), N_("not found")),
    N_("not reviewed"),
    *(N_("Not assessed"), N_("No path found"), N_("Legal power only"), N_("Means only"), N_("Power and means")),
    *(N_("not assessed"), N_("no path found"), N_("legal power only"), N_("means only"), N_("power and means")),
    *(N_("Evidence of use"), N_("Evidence of intent"), N_("evidence of use"), N_("evidence of intent")),
    *(N_("almost no chance"), N_("very unlikely"), N_("unlikely"), N_("roughly even chance"), N_("likely")),
    *(N_("very likely"), N_("almost certain")),
    *(N_("reliable"), N_("usually reliable"), N_("fairly reliable"), N_("not usually reliable"), N_("unreliable")),
    *(N_("confirmed"), N_("probably true"), N_("possibly true"), N_("doubtful"), N_("improbable")),
    N_("cannot be judged"),
    *(N_("negative finding"), N_("watching"), N_("conduct"), N_("precedent"), N_("limit")),
    *(N_("our note"), N_("register"), N_("original"), N_("demonstration"), N_("data"), N_("law")),
    *(N_("direct"), N_("parent"), N_("staff"), N_("data or keys"), N_("offering"), N_("item origin")),
    *(N_("complete"), N_("partial"), N_("sceptical"), N_("trusting")),
    *(N_("below the threshold"), N_("only in the upper bound"), N_("disputed"), N_("to"), N_("undated")),
    *(N_("in force"), N_("lapsed"), N_("repealed"), N_("replaced"), N_("unconfirmed")),
    *(N_("in force in part"), N_("in force in phases"), N_("suspended"), N_("bill")),
    *(N_("shares"), N_("votes")),
)
"""Terms that templates say by `_(value)`: listed here so that the catalogues hold them."""

ROLES: Final = (
    *(
        N_("owner of land or building"),
        N_("operator of a system"),
        N_("remote maintainer"),
        N_("security and access control"),
    ),
    *(
        N_("software supplier with updates"),
        N_("host without the keys"),
        N_("host with the keys"),
        N_("operator of a zone"),
    ),
    *(N_("ground handler"), N_("customs agent"), N_("tenant"), N_("carrier")),
    *(N_("data recipient"), N_("subscriber"), N_("delegate"), N_("data provider")),
    *(N_("financier with step-in rights"), N_("staff supplier"), N_("present")),
)
"""Roles of an access, as `model/roles.yaml` has them."""

RIGHTS: Final = (
    *(N_("state"), N_("appointment"), N_("voting"), N_("management")),
    *(N_("contractual"), N_("trust"), N_("nominee"), N_("subsidiary")),
    *(N_("indirect"), N_("named control"), N_("minority interest"), N_("blocking minority")),
    *(N_("veto"), N_("seat"), N_("sole supplier"), N_("creditor")),
    *(N_("head office"), N_("significant influence or control")),
)
"""Types of control and influence, as `model/roles.yaml` has them."""

SAFEGUARDS: Final = (
    *(N_("legal basis"), N_("legitimate aim"), N_("prior approval"), N_("handling limits")),
    *(N_("transparency"), N_("oversight"), N_("redress")),
)
"""The seven principles of the OECD declaration of 2022 on government access to personal data."""

READ: Final = (
    *(N_("asymmetric"), N_("by control"), N_("by ownership"), N_("continuing")),
    *(N_("denial"), N_("no finding"), N_("official narrow"), N_("open")),
    *(N_("practical"), N_("court"), N_("authority"), N_("service")),
    *(N_("government"), N_("firm"), N_("scholar")),
)
"""Positions of a reading of the law, and who reads."""

KINDS: Final = (
    *(N_("interest"), N_("access"), N_("secondary"), N_("text read")),
    *(N_("none"), N_("executive"), N_("judicial"), N_("independent")),
)
"""Kinds of tie that grow stale; how a law was read; who approves a use of it beforehand."""
