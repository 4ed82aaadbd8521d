"""A noun phrase where it stands in a text."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from longarm.extract.kinds import Kind


@dataclass(frozen=True)
class Phrase:
    """A noun phrase where it stands."""

    start: int
    """where its article begins"""
    body: int
    """where it begins without its article"""
    end: int
    preposition: str
    """the word before it, in small letters; "of" where it belongs to the phrase before it"""
    determiner: str
    owned: bool
    """its determiner is a possessive"""
    words: str
    """without article"""
    name: str
    """the fullest form of the name that it is; empty for a description"""
    head: str
    """the noun that carries it, in small letters"""
    kind: Kind
    owner: str = ""
    """whose it is, where a name says so: "Vorsk's engineers\""""
    of: Phrase | None = None
    """the phrase that belongs to it: "a third of the shares\""""
    joined: bool = False
    """"and" stands between it and the phrase before"""
    pronoun: str = ""
    """pronoun, person or relative, where it is one"""
