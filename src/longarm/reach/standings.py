"""Where the whole site stands at several thresholds: the same worlds, no paths, no cuts (design 4.1: other tables)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from longarm.model.finding import Standing
from longarm.model.terms import BOUNDS, CAPABILITIES, READINGS, Capability, Reading
from longarm.reach.meet import Question, planes
from longarm.reach.rung import stand

Places = tuple[Capability, Reading, int]
"""(capability, reading, threshold in thousandths)"""


def standings(
    question: Question, thresholds: Sequence[int], assessed: Mapping[str | None, bool]
) -> dict[Places, Standing]:
    """Give the standing of the whole site for every capability, reading and threshold (in thousandths of worlds)."""
    by_bound = {b: planes(question, b) for b in BOUNDS}
    return {
        (capability, reading, threshold): stand(
            {b: by_bound[b][capability].meetings[reading, None] for b in BOUNDS},
            question.worlds,
            threshold,
            is_assessed=assessed[None],
        )
        for capability in CAPABILITIES
        for reading in READINGS
        for threshold in thresholds
    }
