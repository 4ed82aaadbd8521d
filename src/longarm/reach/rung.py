"""Which rung a meeting of power and means stands on, at which level, with which confidence (design 4.4)."""

from __future__ import annotations

from collections.abc import Mapping

from longarm.model.finding import Standing
from longarm.model.terms import LEVELS, Bound, Level, Rung
from longarm.reach.meet import Meeting
from longarm.reach.worlds import Worlds


def deciding(meeting: Meeting, rung: Rung, level: Level | None) -> int:
    """Give the set of worlds whose share decides a rung; for `no path found`, those in which there is something."""
    if rung == Rung.POWER_AND_MEANS:
        assert level is not None
        return meeting.joint[level]
    if rung == Rung.MEANS:
        return meeting.with_means
    if rung == Rung.LEGAL_POWER:
        return meeting.with_power[level or Level.INFLUENCE]
    return meeting.with_means | meeting.with_power[Level.INFLUENCE]


def stand(meetings: Mapping[Bound, Meeting], worlds: Worlds, threshold: int, *, is_assessed: bool) -> Standing:
    """Decide the rung by the graded calculation, and take its bounds from the other two.

    `threshold` is in thousandths of worlds. *power and means* if J reaches it, at the highest level whose J does; else
    *means only* if J ∪ M does; else *legal power only* if J ∪ L does; else *no path found*.
    """
    if not is_assessed:
        return Standing(Rung.NOT_ASSESSED)
    graded = meetings[Bound.GRADED]
    rung, level = _rung(graded, worlds, threshold)
    share = worlds.share(deciding(graded, rung, level))
    ends = [worlds.share(deciding(meetings[b], rung, level)) for b in (Bound.LOWER, Bound.UPPER)]
    if rung == Rung.NO_PATH:
        share, ends = 1 - share, [1 - ends[1], 1 - ends[0]]
    return Standing(rung, level, share, worlds.half_width(share), (ends[0], ends[1]))


def reaches(share: float, threshold: int) -> bool:
    """Say whether a share of worlds is at least `threshold` thousandths; the last bit of a float decides nothing."""
    return round(share * 1000, 9) >= threshold


def _rung(meeting: Meeting, worlds: Worlds, threshold: int) -> tuple[Rung, Level | None]:
    for level in LEVELS:
        if reaches(worlds.share(meeting.joint[level]), threshold):
            return Rung.POWER_AND_MEANS, level
    if reaches(worlds.share(meeting.with_means), threshold):
        return Rung.MEANS, None
    for level in LEVELS:
        if reaches(worlds.share(meeting.with_power[level]), threshold):
            return Rung.LEGAL_POWER, level
    return Rung.NO_PATH, None
