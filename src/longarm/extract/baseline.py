"""The plain rule baseline, kept to measure against: reporting verbs, percentages and a gazetteer of relation words.

It takes whole sentences as spans, one word list a relation for four languages together, the first name as subject, the
last as object, and the name beside a reporting verb as speaker.
"""

from __future__ import annotations

import re
from typing import Final, NamedTuple

from longarm.extract.names import RUN
from longarm.extract.sentences import Span, sentences
from longarm.model.claims import Claim, Text, claim_id

VERSION: Final = "baseline/1"

_GAZETTEER: Final = {
    "owns": r"\b(?:percent|procent|Prozent)\b|%",
    "registered_in": r"\b(?:registered|incorporated|immatriculée?|ingeschreven|eingetragen|Sitz|zetel|siège)\b",
    "operates": r"\b(?:operates|operated|runs|exploite|exploité|beheert|uitbater|betreibt|betrieben)\b",
    "supplies": r"\b(?:supplies|supplied|fournit|levert|geleverd|liefert|geliefert)\b",
    "maintains": r"\b(?:maintains|maintained|entretient|entretenu|onderhoudt|wartet|gewartet)\b",
    "examines": r"\b(?:examin\w+|investigat\w+|review\w*|enquête\w*|onderzoekt?|prüft|untersucht)\b",
    "agreement": r"\b(?:agreement|contract|accord|contrat|overeenkomst|Vertrag)\b",
    "commitment": r"\b(?:committed|promised|pledged|engagé|promis|belooft|verpflichtet|zugesagt)\b",
    "legal_duty": r"\b(?:law|loi|wet|Gesetz)\b",
    "listing": r"\b(?:list|listed|listing|bourse|beursgang|Börse|Börsengang)\b",
    "sale": r"\b(?:sale|sell|selling|vente|céder|verkoopt|verkocht|verkauft|Verkauf)\b",
    "no_comment": r"\b(?:comment|respond|commentaire|commentaar|reageerde|äußern|äußerte)\b",
    "finances": r"\b(?:loan|financed|prêt|prêté|lening|Kredit)\b",
    "hosts": r"\b(?:hosts|hosted|héberge\w*|gehost|speichert)\b",
    "subsidiary_of": r"\b(?:subsidiary|filiale|dochter|Tochter)\b",
    "joint_venture": r"\b(?:joint venture|coentreprise|Gemeinschaftsunternehmen)\b",
    "special_right": r"\b(?:golden share|veto|Veto|vetorecht|gouden aandeel)\b",
    "appointment": r"\b(?:appointed|nommée?|benoemd|ernannt)\b",
    "transfers_data_to": r"\b(?:data|données|gegevens|Daten)\b",
    "decision": r"\b(?:cleared|approved|rejected|autorisé|rejeté|goedgekeurd|genehmigt|abgewiesen)\b",
    "no_indication": r"\b(?:no indication|no sign|aucun indice|geen aanwijzing|keine Hinweise)\b",
    "controls": r"\b(?:controlled|controls|contrôlée?|zeggenschap|kontrolliert)\b",
}
_CUES: Final = {relation: re.compile(pattern, re.IGNORECASE) for relation, pattern in _GAZETTEER.items()}
_SAID: Final = re.compile(
    r"([A-ZÀ-Þ][\w’'-]+(?:\s[A-ZÀ-Þ][\w’'-]+)*)\s(?:said|says|told|added|denied|zei|zegt|meldde|sagte|"
    r"teilte|a déclaré|a indiqué)"
    r"|(?:said|according to|selon|volgens|laut|aldus)\s([A-ZÀ-Þ][\w’'-]+(?:\s[A-ZÀ-Þ][\w’'-]+)*)"
)
_DENIED: Final = re.compile(r"\b(?:not|no|never|denied|pas|aucun|démenti|niet|geen|nicht|kein\w*)\b", re.IGNORECASE)
_PLANNED: Final = re.compile(
    r"\b(?:will|plans|intends|va|devra|prévoit|zal|wil|gaat|will|wird|soll|plant)\b", re.IGNORECASE
)
_ALLEGED: Final = re.compile(r"\b(?:alleged|reportedly|may|might|aurait|serait|zou|angeblich|soll)\b", re.IGNORECASE)


class Read(NamedTuple):
    """What the baseline read."""

    claims: tuple[Claim, ...]


def claims(text: Text) -> Read:
    """Propose a claim for every sentence that holds a word of the gazetteer."""
    out: list[Claim] = []
    for start, end in _sentences(text):
        body = text.text[start:end]
        for relation, cue in _CUES.items():
            if not cue.search(body):
                continue
            names = RUN.findall(body)
            subject, objects = tuple(names[:1]), tuple(names[1:][-1:])
            said = _SAID.search(body)
            stance = (
                "denied"
                if _DENIED.search(body)
                else "alleged"
                if _ALLEGED.search(body)
                else "planned"
                if _PLANNED.search(body)
                else "asserted"
            )
            out.append(
                Claim(
                    id=claim_id(text.document, start, end, stance, relation, subject, objects),
                    document=text.document,
                    start=start,
                    end=end,
                    quote=body,
                    stance=stance,
                    attribution=tuple(name for name in (said.groups() if said else ()) if name),
                    relation=relation,
                    subject=subject,
                    object=objects,
                    version=VERSION,
                )
            )
    return Read(tuple(out))


def _sentences(text: Text) -> list[tuple[int, int]]:
    lines = [Span(line.start(), line.end()) for line in re.finditer(r"[^\n]+", text.text)]
    return [(one.start, one.end) for line in lines for one in sentences(text, line)]
