"""The catalogues: how many messages have no translation, and whether those that have one hold the same values."""

from __future__ import annotations

import re
import string
from importlib.resources import files
from pathlib import Path

import pytest
from babel.messages.extract import extract_from_dir
from babel.messages.pofile import read_po

import longarm
from longarm.dossier.tongue import ENGLISH, catalogue, tongue

OTHERS = ("fr", "nl", "de")
MISSING = {"fr": 0, "nl": 0, "de": 0}
"""How many messages nobody has translated yet: lower it when it falls; it may not rise."""
ROOT = Path(longarm.__file__).parent / "dossier"
KEYWORDS = {"N_": None, "_": None, "say": None, "many": (1, 2)}
METHODS = [("**.py", "python"), ("templates/**.html", "jinja2")]


def messages() -> set[str]:
    """Every message that code or a template says."""
    found: set[str] = set()
    options = {"templates/**.html": {"trim_blocks": "true", "lstrip_blocks": "true", "silent": "false"}}
    for _, _, said, _, _ in extract_from_dir(ROOT, METHODS, options, KEYWORDS):
        found |= {said} if isinstance(said, str) else set(said)
    return found - {""}


def values(message: str) -> list[str]:
    """The names in braces."""
    return sorted(name for _, name, _, _ in string.Formatter().parse(message) if name)


@pytest.mark.parametrize("language", OTHERS)
def test_messages_without_a_translation_are_counted(language: str) -> None:
    """And their number does not rise."""
    there = catalogue(language)
    missing = sorted(m for m in messages() if m not in there)
    assert len(missing) <= MISSING[language], missing


@pytest.mark.parametrize("language", OTHERS)
def test_a_translation_holds_the_values_of_its_message(language: str) -> None:
    """None lost, none added, and the blanks at its ends kept: it is put into other sentences."""
    for message, said in catalogue(language).items():
        assert values(said) == values(message), message
        assert (said[:1] == " ", said[-1:] == " ") == (message[:1] == " ", message[-1:] == " "), message
        assert not re.search(r"<[a-z/]", said), message


@pytest.mark.parametrize("language", OTHERS)
def test_a_catalogue_says_nothing_that_nobody_says(language: str) -> None:
    """What fell out of use falls out of the catalogue."""
    with files("longarm.dossier").joinpath("locales", f"{language}.po").open("rb") as opened:
        read = read_po(opened, locale=language)
    ids = {i for m in read if m.id for i in (m.id if isinstance(m.id, (tuple, list)) else [m.id])}
    assert ids <= messages(), sorted(ids - messages())


def test_a_value_is_never_read_as_a_message() -> None:
    """A firm that is called `{country}` stays what it is called."""
    assert ENGLISH.say("{a} employs {b}", a="{country}", b="{b}") == "{country} employs {b}"


def test_dates_stay_as_partial_as_they_are() -> None:
    """A month has no day, a year no month, and what is no date is left alone."""
    assert [tongue("fr").day(d) for d in ("2018-12-05", "2018-12", "2018")] == [
        "5 décembre 2018",
        "décembre 2018",
        "2018",
    ]
    assert tongue("de").day("spring of 2018") == "spring of 2018"
    assert tongue("nl").share(0.944) == "0,94"


def test_a_language_that_is_none_is_said() -> None:
    """With those that there are."""
    with pytest.raises(ValueError, match="en, fr, nl, de"):
        tongue("xx")
