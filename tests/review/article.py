"""An invented article about the invented example case, and the claims in it."""

from __future__ import annotations

import json

from longarm.model.claims import Claim, ClaimDate, Text, claim_id

ARTICLE = """Crane maker changes hands

Morrow Capital, a fund from Sydney, holds 60 percent of Helvion Cranes AG, the registry in Zug shows.

Kestrel Terminals Pty Ltd has access to the Crane controls, an engineer alleged.

Kestrel Terminals Pty Ltd denies that it owns 70 percent of Norhaven Container Terminal SA, Coastline News reported.

Orrin Data Ltd will run the Terminal operating system from 2028, the harbour board said.

The port authority declined to comment.

Helvion Cranes AG is registered in Switzerland <script>alert("x")</script> and & so on.
"""
DOCUMENT = "a" * 64


def claim(
    quote: str,
    relation: str,
    subject: tuple[str, ...],
    objects: tuple[str, ...],
    stance: str = "asserted",
    attribution: tuple[str, ...] = (),
    share: tuple[float, float] | None = None,
    dates: tuple[ClaimDate, ...] = (),
    version: str = "rules/1",
) -> Claim:
    """A claim at the first place of its quote."""
    start = ARTICLE.index(quote)
    end = start + len(quote)
    return Claim(
        claim_id(DOCUMENT, start, end, stance, relation, subject, objects),
        DOCUMENT, start, end, quote, stance, attribution, relation, subject, objects,
        share=share, dates=dates, version=version,
    )  # fmt: skip


TEXT = Text(
    DOCUMENT, ARTICLE, "en", "2026-11-20", "Harbour Gazette", "Crane maker changes hands", "https://gazette.example/1"
)

OWNS = claim("Morrow Capital, a fund from Sydney, holds 60 percent of Helvion Cranes AG", "owns",
             ("Morrow Capital",), ("Helvion Cranes AG",), share=(60.0, 60.0),
             attribution=("the registry in Zug",))  # fmt: skip
ACCESS = claim("Kestrel Terminals Pty Ltd has access to the Crane controls", "has_access",
               ("Kestrel Terminals Pty Ltd",), ("Crane controls",), "alleged", ("an engineer",))  # fmt: skip
DENIAL = claim("it owns 70 percent of Norhaven Container Terminal SA", "owns", ("Kestrel Terminals Pty Ltd",),
               ("Norhaven Container Terminal SA",), "denied", ("Coastline News", "Kestrel Terminals Pty Ltd"),
               (70.0, 70.0))  # fmt: skip
PLAN = claim("Orrin Data Ltd will run the Terminal operating system from 2028", "operates", ("Orrin Data Ltd",),
             ("Terminal operating system",), "planned", ("the harbour board",),
             dates=(ClaimDate("2028", "from 2028", "from"),))  # fmt: skip
SILENCE = claim("The port authority declined to comment", "no_comment", ("The port authority",), ())
SEAT = claim('Helvion Cranes AG is registered in Switzerland <script>alert("x")</script>', "registered_in",
             ("Helvion Cranes AG",), ("Switzerland",))  # fmt: skip
CLAIMS = (OWNS, ACCESS, DENIAL, PLAN, SILENCE, SEAT)


def extracted(claims: tuple[Claim, ...] = CLAIMS) -> str:
    """What `longarm extract --json` prints of the article."""
    from longarm.review.log import to_dict

    meta = {
        "lang": "en",
        "published": "2026-11-20",
        "publisher": "Harbour Gazette",
        "title": "Crane maker changes hands",
    }
    return json.dumps(
        {"document": DOCUMENT, "text": ARTICLE, "lines": [], "claims": [to_dict(c) for c in claims], **meta}
    )
