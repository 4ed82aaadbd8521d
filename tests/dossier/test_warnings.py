"""Warnings in the language of the dossier, and the law in words: a report holds messages with their values."""

from __future__ import annotations

import pytest

from longarm.dossier import page, warnings
from longarm.dossier.labels import label
from longarm.dossier.tongue import tongue
from longarm.model import warnings as model
from longarm.model.warnings import Warned

NAMES = {"a": "Kestrel", "b": "Gate SA", "xx-law-2020": "Port Act"}


def _report(*told: Warned) -> dict[str, object]:
    return {"warnings": [w.text for w in told], "warned": [w.told() for w in told], "names": NAMES}


def test_the_catalogue_holds_every_warning() -> None:
    """A warning that no catalogue knows would stand in English on a French page."""
    assert set(warnings.MESSAGES) == set(model.MESSAGES)
    for language in ("fr", "nl", "de"):
        assert all(tongue(language).say(m) != m for m in model.MESSAGES)


VALUES = {
    "instrument": "Port Act",
    "capability": "see",
    "reading": "narrow",
    "place": "Gate",
    "state": "United States",
    "code": "US",
    "count": 12345,
    "kind": "votes",
    "company": "Gate SA",
    "total": "100.4567891 %",
    "holder": "Kestrel",
    "held": "Gate SA",
    "shares": ["25.54 %", "25.6 %", "30 % to 40 %"],
}


@pytest.mark.parametrize("message", model.MESSAGES)
def test_a_warning_reads_the_same_in_english_on_every_way(message: str) -> None:
    """The text that programs read, and the one on the page."""
    told = Warned(message, {k: v for k, v in VALUES.items() if f"{{{k}}}" in message or k == "code"})
    assert warnings.warned(_report(told), tongue("en")) == (told.text,)
    assert warnings.warned({"warnings": ["as it was"], "names": {}}, tongue("fr")) == ("as it was",)


def test_figures_and_states_are_written_as_the_language_has_them() -> None:
    """25,54 %, Australie."""
    shares = Warned(model.TWO_SHARES, {"holder": "Kestrel", "held": "Gate SA", "shares": ["25.54 %", "50 % to 100 %"]})
    (said,) = warnings.warned(_report(shares), tongue("fr"))
    assert "25,54 %" in said
    assert "25.54" not in said
    (said,) = warnings.warned(_report(Warned(model.NO_LAW, {"state": "Australia", "code": "AU"})), tongue("fr"))
    assert "Australie" in said
    (said,) = warnings.warned(_report(Warned(model.OVER_A_WHOLE, VALUES)), tongue("de"))
    assert "100,4567891 %" in said


def test_a_law_that_a_source_holds_to_apply_is_named() -> None:
    """Not by its id."""
    tie = "fact:a>meets=xx-law-2020#7"
    assert (
        label(tie, "Kestrel is bound by xx-law-2020 7", NAMES, tongue("en")) == "Kestrel is bound by Port Act, art. 7"
    )
    assert label(tie.partition("#")[0], "given", NAMES, tongue("en")) == "Kestrel is bound by Port Act"


def test_those_whom_the_same_routes_bind_stand_together() -> None:
    """Each entity once, each route once."""
    plain = {"at": None, "reading": "narrow", "certain": True}
    bound = [
        {"entity": "b", "route": "direct", **plain},
        {"entity": "a", "route": "direct", **plain},
        {"entity": "a", "route": "direct", **plain},
        {"entity": "c", "route": "parent", **plain, "reading": "wide"},
    ]
    found = page._by_routes(tongue("en"), bound, NAMES)
    assert found == [(("Kestrel", "Gate SA"), ("direct",)), (("c",), ("parent, disputed",))]


def test_how_a_law_stands_is_said_as_far_as_there_are_words() -> None:
    """The rest stays as the base has it."""
    french = tongue("fr")
    assert page._standing(french, "in force") == "en vigueur"
    assert page._standing(french, "in force in part") == "en vigueur en partie"
    assert page._standing(french, "bill; introduced 2026-03-12").endswith("; introduced 2026-03-12")
    assert page._standing(french, "something else") == "something else"
