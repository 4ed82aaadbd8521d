"""A scenario: a named overlay of ties added, ended or changed, of sources struck, of plans taken as done (design 4.6).

It changes no fact: it is laid over the statements of one question, and the report names it.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any


@dataclass(frozen=True)
class Scenario:
    """What is laid over the facts."""

    id: str
    title: str
    text: str
    """the file as it was written: what derived data are keyed by"""
    as_of: str | None = None
    rows: tuple[Mapping[str, Any], ...] = ()
    """statements that are added; the ties that they make hold in every world"""
    planned: frozenset[str] = frozenset()
    """records whose planned statements count"""
    ended: frozenset[tuple[str, str]] = frozenset()
    """(holder, held) of ties that are taken away; a tie that is changed is ended and added"""
    struck: frozenset[str] = frozenset()
    """statements, records, documents or origins that are left out"""
    safeguards: Mapping[str, str] | None = None
    """safeguard → `in force` or `planned`, where the scenario sets another state"""

    def under(self, same: Mapping[str, str]) -> Scenario:
        """Give the scenario with the ends of ties under canonical ids."""
        return replace(self, ended=frozenset((same.get(a, a), same.get(b, b)) for a, b in self.ended))

    def strikes(self, row: Mapping[str, Any]) -> bool:
        """True where a statement is left out."""
        return bool(self.struck & {row["id"], row["entity_id"], row["document"] or "", row["origin"] or ""})
