"""Who says it: persons in full, bodies, papers, sources without a name, quotations of several sentences."""

from __future__ import annotations

import pytest

from longarm.extract import assemble
from longarm.model.claims import Text

SAID = [
    ("en", "The dam is operated by Vorsk, the Works Ministry told the agency Norlink.", "Works Ministry"),
    ("en", "Vorsk runs the dam, said Mara Tolle, a spokeswoman for Calder Group.", "Mara Tolle"),
    ("en", "According to a leaked memo, Vorsk operates the dam.", "leaked memo"),
    ("en", "Chief executive Jan Brandt said on Tuesday that Vorsk operates the dam.", "Jan Brandt"),
    ("en", "The firm's director, Otto Hale, told Reuters that Vorsk operates the dam.", "Otto Hale"),
    ("en", "Vorsk operates the dam, a person familiar with the talks said.", "person familiar with the talks"),
    ("fr", "Vorsk exploite le barrage, a déclaré la ministre Lina Orme.", "Lina Orme"),
    ("fr", "Selon un rapport parlementaire, Vorsk exploite le barrage.", "rapport parlementaire"),
    ("fr", "Vorsk exploite, selon le quotidien La Vigie, le barrage de Sérac.", "La Vigie"),
    ("nl", "Vorsk beheert de dam, zegt woordvoerster Lina Orm van Calder.", "Lina Orm"),
    ("nl", "Volgens de vakbond De Sluis beheert Vorsk de dam.", "De Sluis"),
    ("de", "Vorsk betreibt den Damm, teilte das Umweltministerium am Montag mit.", "Umweltministerium"),
    ("de", "Nach Angaben der Netzaufsicht betreibt Vorsk den Damm.", "Netzaufsicht"),
    ("de", "Vorsk betreibt den Damm, sagte Geschäftsführer Jan Brandt der Zeitung „Tagblatt“.", "Jan Brandt"),
    ("de", "Wie das Magazin Spund berichtet, betreibt Vorsk den Damm.", "Spund"),
    ("de", "Vorsk betreibt den Damm, heißt es in einem Gutachten.", "Gutachten"),
    ("de", "Vorsk betreibt den Damm, so die stellvertretende Direktorin Mara Tolle.", "Mara Tolle"),
    ("de", "Medienberichten zufolge betreibt Vorsk den Damm.", "Medienberichte"),
    ("de", "Der Verband der Netzbetreiber warnte, Vorsk betreibt den Damm.", "Verband der Netzbetreiber"),
    ("nl", "Uit een rapport van de Rekenkamer blijkt dat Vorsk de dam beheert.", "rapport"),
    ("de", "Die Sprecherin des Konzerns, Jana Ott, bestritt, dass Vorsk den Damm betreibt.", "Jana Ott"),
]


@pytest.mark.parametrize(("lang", "body", "speaker"), SAID)
def test_the_speaker_is_named_as_the_text_names_it(lang: str, body: str, speaker: str) -> None:
    """Before or behind the claim, or put between commas in it; who speaks is not who operates."""
    claims = assemble.claims(Text("d", body, lang)).claims
    assert {(claim.attribution, claim.subject) for claim in claims} == {((speaker,), ("Vorsk",))}


QUOTED = [
    ("en", '"Vorsk operates the dam. It also maintains the gates," said Mara Tolle.', "Mara Tolle"),
    ("fr", "« Vorsk exploite le barrage. Il détient 30 % du capital de Calder », a assuré Lina Orme.", "Lina Orme"),
    ("nl", "„Vorsk beheert de dam. Het bedrijf onderhoudt ook de poorten”, aldus directeur Jan Brand.", "Jan Brand"),
    ("de", "„Vorsk betreibt den Damm. Die Firma wartet auch die Tore“, sagte Jana Ott.", "Jana Ott"),
]


@pytest.mark.parametrize(("lang", "body", "speaker"), QUOTED)
def test_a_quotation_of_two_sentences_has_one_speaker(lang: str, body: str, speaker: str) -> None:
    """Who closes the quotation has said all of it; what it says of a pronoun is settled inside it."""
    claims = assemble.claims(Text("d", body, lang)).claims
    assert [claim.attribution for claim in claims] == [(speaker,), (speaker,)]
    assert {claim.subject for claim in claims} == {("Vorsk",)}


def test_a_pronoun_that_speaks_is_the_person_named_before() -> None:
    """ "She added" takes up the mayor, not the firm."""
    body = "The mayor, Lina Orm, praised Vorsk. She said that Vorsk operates the dam."
    claims = assemble.claims(Text("d", body, "en")).claims
    assert [claim.attribution for claim in claims] == [("Lina Orm",)]


def test_who_reported_first_is_no_speaker_of_that() -> None:
    """That a paper was the first is what the text itself says."""
    claims = assemble.claims(Text("d", "As the agency Norlink first reported, Vorsk operates the dam.", "en")).claims
    chains = {claim.relation: claim.attribution for claim in claims}
    assert chains["origin_of_reporting"] == ()
    assert chains["operates"] == ("Norlink",)
