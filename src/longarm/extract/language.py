"""The words of a language that extraction needs: clause boundaries, negation, references and the patterns of relations.

All of it is declared in one YAML file a language (`relations/en.yaml` …); code holds no word of any language.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files
from typing import Any, Final

import yaml

LANGUAGES: Final = ("en", "fr", "nl", "de")
"""Languages in which claims are read; others give mentions only."""

RELATIONS: Final = frozenset(
    (
        "owns", "controls", "special_right", "subsidiary_of", "joint_venture", "registered_in", "operates", "tenant_of",
        "supplies", "maintains", "hosts", "has_access", "transfers_data_to", "agreement", "commitment", "legal_duty",
        "examines", "decision", "wrongful_conduct", "listing", "sale", "separation", "appointment", "finances",
        "precedent", "no_comment", "no_indication", "origin_of_reporting", "possible_trigger",
    )
)  # fmt: skip
"""The vocabulary of claims."""


@dataclass(frozen=True)
class Rule:
    """A declared pattern: the words that speak of a relation, and where its ends stand."""

    relation: str
    cue: re.Pattern[str]
    frame: str
    """active: subject before, object after; passive: the reverse; near: the name beside the cue is the subject"""
    needs_share: bool
    unless: re.Pattern[str] | None
    span: str
    """clause, or rest: from the cue to the end of the sentence"""
    stance: str | None
    """a stance that the words themselves settle"""
    weak: bool
    """read only in a clause in which no other rule has read anything: "the sale of" beside "has approved" is no sale"""


@dataclass(frozen=True)
class Grammar:
    """What is declared for one language."""

    lang: str
    rules: tuple[Rule, ...]
    """those that are not weak first"""
    words: dict[str, re.Pattern[str]]
    fractions: dict[str, tuple[float, float]]
    vague: tuple[tuple[re.Pattern[str], str], ...]
    function_words: frozenset[str]


@lru_cache(maxsize=len(LANGUAGES))
def grammar(lang: str) -> Grammar:
    """Read and compile what is declared for a language of LANGUAGES."""
    raw: dict[str, Any] = yaml.safe_load(
        files("longarm.extract").joinpath("relations", f"{lang}.yaml").read_text(encoding="utf-8")
    )
    macros: dict[str, str] = raw["macros"]

    def compiled(pattern: str) -> re.Pattern[str]:
        for name, value in reversed(macros.items()):
            pattern = pattern.replace("{" + name + "}", f"(?:{value})")
        return re.compile(pattern, re.IGNORECASE)

    rules: list[Rule] = []
    for relation, declared in raw["relations"].items():
        if relation not in RELATIONS:
            raise ValueError(f"{lang}.yaml speaks of the relation {relation}, which the vocabulary lacks")
        rules.extend(
            Rule(
                relation=relation,
                cue=compiled(entry["cue"]),
                frame=entry.get("frame", "active"),
                needs_share=bool(entry.get("share", False)),
                unless=compiled(entry["unless"]) if "unless" in entry else None,
                span=entry.get("span", "clause"),
                stance=entry.get("stance"),
                weak=bool(entry.get("weak", False)),
            )
            for entry in declared
        )
    return Grammar(
        lang=lang,
        rules=tuple(sorted(rules, key=lambda one: one.weak)),
        words={name: compiled(pattern) for name, pattern in raw["words"].items()},
        fractions={word: (float(low), float(high)) for word, (low, high) in raw["fractions"].items()},
        vague=tuple((compiled(pattern), meaning) for pattern, meaning in raw["vague"]),
        function_words=frozenset(raw["function_words"].split()),
    )
