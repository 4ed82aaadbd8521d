"""Laying a scenario over the ties of a day: what it ends is gone, what it adds holds in every world."""

from __future__ import annotations

from dataclasses import replace

from longarm.model.scenario import Scenario
from longarm.model.ties import Kind, Tie, Ties


def lay(built: Ties, assumed: Ties, scenario: Scenario) -> Ties:
    """Give the ties with the scenario laid over them.

    `built` are the ties of all statements, those of the scenario among them; `assumed` are the ties of its own alone.
    What it assumes rests on no source, so no letter and no digit says how often it is right: it is right everywhere.
    It takes the place of what the scenario ends, and of what other sources say of the same tie.
    """
    added = {t.id for t in assumed.ties}
    gone = {t.id for t in built.ties if (t.holder, t.held) in scenario.ended} | added
    kept = built.without(gone)
    sure = tuple(
        replace(a, letter="F", digit="6", certainty="graded", put_as="assumed")
        for a in assumed.assertions
        if a.stance == "asserted"
    )
    states = scenario.safeguards or {}
    # A safeguard that the scenario puts in force is so everywhere, whatever is said of it today.
    working = {s.tie: s for s in built.safeguards if states.get(s.id) == "in force"}
    kept = kept.without(working)
    bare = tuple(Tie(t, Kind.SAFEGUARD, s.id, s.id, label=f"{s.name} is in force") for t, s in working.items())
    guards = tuple(replace(s, state=states.get(s.id, s.state)) for s in built.safeguards)
    return Ties((*kept.ties, *assumed.ties, *bare), (*kept.assertions, *sure), guards)
