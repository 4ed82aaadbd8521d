"""Which texts repeat one another: by shared words, by stated credits, by names and numbers in one order.

Reads texts and their credits, gives origin groups: the original, each member's role, the evidence of every join, and
what in a copy is its own. Pure: no file, no clock, no network. An echo raises nothing; a new origin does.
"""

from __future__ import annotations

from longarm.echo.credits import Credit, Reach, stated
from longarm.echo.groups import Member, OriginGroup, groups, joins
from longarm.echo.index import Index
from longarm.echo.joining import Ground, Join, Role
from longarm.echo.shingles import contained, resemblance

__all__ = [
    "Credit",
    "Ground",
    "Index",
    "Join",
    "Member",
    "OriginGroup",
    "Reach",
    "Role",
    "contained",
    "groups",
    "joins",
    "resemblance",
    "stated",
]
