"""The order of the queue: what would change findings most comes first."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from longarm.model.claims import Claim
from longarm.review.relations import NO_TIE

_WEIGHT = {
    "controls": 9,
    "owns": 9,
    "subsidiary_of": 8,
    "has_access": 8,
    "operates": 8,
    "maintains": 7,
    "hosts": 7,
    "special_right": 7,
    "transfers_data_to": 6,
    "joint_venture": 6,
    "sale": 5,
    "legal_duty": 5,
    "registered_in": 5,
    "supplies": 4,
    "finances": 4,
    "tenant_of": 4,
    "commitment": 3,
    "no_indication": 3,
    "wrongful_conduct": 3,
}
"""Relations by how near they are to what carries a finding; the rest stand beside one, or give background."""


@dataclass(frozen=True)
class Change:
    """What accepting a claim would do to one finding: a share of worlds in the graded result, before and after."""

    site: str
    state: str
    part: str
    capability: str
    before: float
    after: float
    what: str = "power and means"
    """what meets there: power and means, means, legal power"""

    @property
    def weight(self) -> float:
        """How much confidence moves; what is short of power and means weighs a quarter."""
        return abs(self.after - self.before) * (1.0 if self.what == "power and means" else 0.25)


def rank(claim: Claim, changes: Sequence[Change], linked: Collection[str], near: Collection[str]) -> tuple[float, ...]:
    """Give the key by which a claim stands in the queue, smallest first.

    First by the largest change of a finding; then what names more entities of a case (`near`, of those `linked`), for
    it stands beside a finding; then by relation; then in the order of the text.
    """
    largest = max((c.weight for c in changes), default=0.0)
    weight = _WEIGHT.get(claim.relation, 0 if claim.relation in NO_TIE else 2)
    return (-round(largest, 6), -len(set(linked) & set(near)), -weight, claim.start)
