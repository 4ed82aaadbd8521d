"""Laying a scenario over the ties of a day: what it ends is gone, what it adds holds in every world."""

from __future__ import annotations

from dataclasses import replace

from longarm.model.scenario import Scenario
from longarm.model.ties import Ties


def lay(built: Ties, assumed: Ties, scenario: Scenario) -> Ties:
    """Give the ties with the scenario laid over them.

    `assumed` are the ties that its own statements make: they rest on no source, so they carry no assertion and hold
    everywhere. They take the place of what it ends and of what other sources say of the same tie.
    """
    added = {t.id for t in assumed.ties}
    gone = {t.id for t in built.ties if (t.holder, t.held) in scenario.ended} | added
    kept = built.without(gone)
    states = scenario.safeguards or {}
    guards = tuple(replace(s, state=states.get(s.id, s.state)) for s in (*kept.safeguards, *assumed.safeguards))
    unique = {s.id: s for s in guards}
    return Ties((*kept.ties, *assumed.ties), kept.assertions, tuple(unique.values()))
