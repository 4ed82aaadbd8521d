"""The plain baseline that the rules are measured against: reporting verbs, percentages, a gazetteer; kept for that."""

from __future__ import annotations

import re
from typing import Final

from longarm.extract.attribution import Speaker, all_names, speakers
from longarm.extract.lines import lines
from longarm.extract.names import names
from longarm.extract.sentences import sentences
from longarm.model.claims import Claim, Line, LineKind, Text, claim_id

_WORDS: Final = {
    "owns": r"\d ?(?:%|percent|per cent|procent|prozent)|owns|holds|détient|bezit|hält|gehört",
    "subsidiary_of": r"subsidiary|filiale|dochter|tochter",
    "registered_in": r"registered|immatriculée?|ingeschreven|eingetragen",
    "examines": r"examin|investigat|enquête|onderzoek|prüf",
    "sale": r"\bs(?:ale|old|ell)|vend|vente|verkoop|verkauf",
    "agreement": r"agreement|contract|contrat|accord|overeenkomst|vertrag",
    "no_comment": r"comment|commentaire|commentaar|stellungnahme",
    "no_indication": r"no indication|no evidence|aucun indice|geen aanwijzing|keine hinweise",
    "transfers_data_to": r"\bdata\b|données|gegevens|daten",
    "listing": r"listing|listed|bourse|beurs|börse",
    "legal_duty": r"\blaw\b|\bloi\b|\bwet\b|gesetz",
    "commitment": r"promis|engag|belooft|zugesagt",
}
"""A gazetteer of words, one relation each."""
_DENIED: Final = re.compile(
    r"\b(?:not|no|den(?:y|ied|ies)|pas|dément|niet|geen|ontkent|nicht|kein\w*)\b", re.IGNORECASE
)


def baseline(text: Text) -> tuple[Claim, ...]:
    """Propose a whole sentence for each word of the gazetteer, said by whoever stands first beside a reporting verb."""
    body = [Line(a, b, LineKind.BODY) for a, b in lines(text.text)]
    spans = [s for line in body for s in sentences(text, line)]
    known = all_names(text.text, spans, None)
    found = []
    for start, end in spans:
        said = text.text[start:end]
        who: tuple[Speaker, ...] = speakers(text.text, (start, end), text.lang, known)[:1]
        chain = tuple(s.name for s in who)
        ends = tuple(n.text for n in names(text.text, (start, end)))
        for relation, words in _WORDS.items():
            if re.search(words, said, re.IGNORECASE):
                stance = "denied" if _DENIED.search(said) else "asserted"
                given = (text.document, start, end, stance, relation, ends[:1], ends[1:2])
                found.append(
                    Claim(
                        id=claim_id(*given),
                        document=text.document,
                        start=start,
                        end=end,
                        quote=said,
                        stance=stance,
                        attribution=chain,
                        relation=relation,
                        subject=ends[:1],
                        object=ends[1:2],
                        version="baseline/1",
                    )
                )
    return tuple(found)
