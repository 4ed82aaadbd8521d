"""Admiralty grades: labels with a stated table, never typed-in probabilities (design 4.1).

Letters A to E grade an origin, digits 1 to 5 what it says; F and 6 mean *cannot be judged*, which is no number.
Source of the scale: NATO AJP-2.1, annex; of the figures: the table of the case, `grades.yaml` to start from.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from functools import cache
from importlib.resources import files
from typing import Any, Final

import yaml

LETTERS: Final = "ABCDEF"
DIGITS: Final = "123456"


@dataclass(frozen=True)
class Grade:
    """One letter and one digit."""

    letter: str
    digit: str

    def __str__(self) -> str:
        return self.letter + self.digit

    @property
    def is_judgeable(self) -> bool:
        """False for F and for 6."""
        return self.letter != "F" and self.digit != "6"

    def lowered(self) -> Grade:
        """Give the grade of an allegation: one digit lower, 5 at the lowest; 6 stays 6."""
        return self if self.digit in "56" else Grade(self.letter, str(int(self.digit) + 1))


def read(text: str) -> Grade:
    """Read `B2`. Raises ValueError with the value."""
    text = text.strip().upper()
    if len(text) != 2 or text[0] not in LETTERS or text[1] not in DIGITS:
        raise ValueError(f"'{text}' is not a grade; a letter A to F and a digit 1 to 6 were expected, as in B2")
    return Grade(text[0], text[1])


@dataclass(frozen=True)
class GradeTable:
    """What letters and digits are worth in a case, in thousandths, so that a table is exact and hashable."""

    letters: tuple[tuple[str, int], ...]
    digits: tuple[tuple[str, int], ...]
    classes: tuple[tuple[str, str], ...] = field(default=())

    def of_letter(self, letter: str) -> int | None:
        """Thousandths for a letter; None for F."""
        return dict(self.letters).get(letter)

    def of_digit(self, digit: str) -> int | None:
        """Thousandths for a digit; None for 6."""
        return dict(self.digits).get(digit)

    def default(self, publisher_class: str) -> Grade:
        """Give the default grade of a class of publisher. Raises ValueError where the class is unknown."""
        grades = dict(self.classes)
        if publisher_class not in grades:
            known = ", ".join(grades)
            raise ValueError(f"'{publisher_class}' is not a class of publisher; one of these was expected: {known}")
        return read(grades[publisher_class])


def _thousandths(value: Any, what: str) -> int:
    number = round(float(value) * 1000)
    if not 0 <= number <= 1000:
        raise ValueError(f"{what}: {value} is not a probability; 0 to 1 was expected")
    return number


def table(values: Mapping[str, Any] | None = None) -> GradeTable:
    """Give the grade table: the shipped one, with what a case changes laid over it."""
    base = _shipped()
    if not values:
        return base
    letters = dict(base.letters)
    letters.update({str(k): _thousandths(v, f"letter {k}") for k, v in (values.get("letters") or {}).items()})
    digits = dict(base.digits)
    digits.update({str(k): _thousandths(v, f"digit {k}") for k, v in (values.get("digits") or {}).items()})
    classes = dict(base.classes)
    classes.update({str(k): str(read(str(v))) for k, v in (values.get("classes") or {}).items()})
    return GradeTable(tuple(letters.items()), tuple(digits.items()), tuple(classes.items()))


def others() -> tuple[str, ...]:
    """Name the tables that ship beside the first: a dossier says whether a finding would stand on them too."""
    return tuple(_data()["tables"])


def other(name: str, of: GradeTable) -> GradeTable:
    """Give a table with the figures of another, and the classes of publisher of the case's own."""
    values = _data()["tables"][name]
    return replace(table(values), classes=of.classes)


@cache
def _data() -> dict[str, Any]:
    found: dict[str, Any] = yaml.safe_load(files("longarm.model").joinpath("grades.yaml").read_text("utf-8"))
    return found


@cache
def _shipped() -> GradeTable:
    data = _data()
    return GradeTable(
        tuple((str(k), _thousandths(v, f"letter {k}")) for k, v in data["letters"].items()),
        tuple((str(k), _thousandths(v, f"digit {k}")) for k, v in data["digits"].items()),
        tuple((str(k), str(v["grade"])) for k, v in data["classes"].items()),
    )


def in_words(grade: Grade) -> str:
    """Say a grade in words, as the first showing of it does."""
    letters = {
        "A": "reliable",
        "B": "usually reliable",
        "C": "fairly reliable",
        "D": "not usually reliable",
        "E": "unreliable",
        "F": "cannot be judged",
    }
    digits = {
        "1": "confirmed",
        "2": "probably true",
        "3": "possibly true",
        "4": "doubtful",
        "5": "improbable",
        "6": "cannot be judged",
    }
    return f"{letters[grade.letter]}, {digits[grade.digit]}"
