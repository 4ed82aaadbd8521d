"""What is said against somebody who is named, and whether its source and its answer are on file: the right of reply.

A dossier is not written to a file while a negative statement on a named person or firm lacks a source, or what was said
against it. Where nobody answered, a person must have looked, and say so (`replies` in decisions.yaml).
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from typing import Any

from longarm.model.terms import ANSWERS

NEGATIVE = frozenset({"allegation", "conduct", "watching", "precedent"})
"""What a cited fact bears on when it speaks against whom it names."""
NAMED = frozenset({"Person", "Company", "Organization", "LegalEntity"})
"""Schemata whose entities are persons or firms; public bodies and places are none."""


def is_negative(fact: Mapping[str, Any], named: Collection[str]) -> bool:
    """Say whether a cited fact speaks against a person or firm that it names."""
    against = fact["bears"] in NEGATIVE or fact["stance"] == "alleged"
    return against and fact["bears"] not in ANSWERS and bool(set(fact["about"]) & set(named))


def named(schemata: Mapping[str, str], facts: Iterable[Mapping[str, Any]]) -> set[str]:
    """Give the entities that are persons or firms; an id that nothing describes counts as one, for nobody can say."""
    unknown = {e for f in facts for e in f["about"] if e not in schemata}
    return {entity for entity, schema in schemata.items() if schema in NAMED} | unknown


def answers(fact: Mapping[str, Any], facts: Mapping[str, Mapping[str, Any]]) -> list[str]:
    """Give the facts that answer a fact: what stands against it and is itself no allegation, and recorded answers."""
    found = {other for other in fact["contradicts"] if other in facts}
    found |= {i for i, f in facts.items() if fact["id"] in f["contradicts"]}
    found = {i for i in found if facts[i]["stance"] != "alleged"}
    return sorted((found | {i for i in _recorded(fact) if i in facts}) - {fact["id"]})


def _recorded(fact: Mapping[str, Any]) -> set[str]:
    return {r["answered_by"] for r in fact["replies"] if r.get("answered_by")}


def is_looked_for(fact: Mapping[str, Any]) -> bool:
    """Say whether a person wrote down that nobody answered: a reply that names no other fact."""
    return any(not r.get("answered_by") for r in fact["replies"])


def wanting(facts: Iterable[Mapping[str, Any]], named_entities: Collection[str]) -> list[dict[str, Any]]:
    """Give the negative statements that lack a source or an answer: {"id", "sentence", "lacks": [...]}."""
    by_id = {f["id"]: f for f in facts}
    found = []
    for fact in by_id.values():
        if not is_negative(fact, named_entities):
            continue
        lacks = []
        if not fact["documents"]:
            lacks.append("source")
        if not answers(fact, by_id) and not is_looked_for(fact):
            lacks.append("answer")
        if lacks:
            found.append({"id": fact["id"], "sentence": fact["sentence"], "lacks": lacks})
    return found
