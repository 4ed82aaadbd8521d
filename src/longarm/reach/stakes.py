"""Shares and votes by worlds: what each holder can cast in a company, and in which worlds holders together have enough.

Votes count where they are known for a holder, else its shares: never both, which would count it twice. Votes can be
suspended, and a company's own shares always are: they count for nobody, so the rest weighs more (design 4.2).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property

import numpy as np
import numpy.typing as npt

from longarm.model.terms import WHOLE, Bound
from longarm.model.ties import SUSPENDED, Assertion, Tie
from longarm.reach.worlds import Worlds, pack, unpack

MAJORITY = WHOLE // 2 + 1

Pieces = tuple[tuple[int, int], ...]
"""(share, worlds), the sets of worlds disjoint"""


@dataclass(frozen=True)
class Figures:
    """The share that one tie gives, by worlds."""

    pieces: Pieces
    """under the bound in question; over the worlds in which the tie holds, or is in doubt"""
    doubt: int
    """worlds in which the tie holds by what cannot be judged, or fails by it: empty in the graded calculation"""
    least: Pieces
    """under the lower bound"""
    most: Pieces
    """under the upper bound"""

    @cached_property
    def worlds(self) -> int:
        """The worlds in which the tie holds, or is in doubt."""
        found = 0
        for _, m in self.pieces:
            found |= m
        return found


def figures(
    said: Iterable[tuple[Assertion, int]], own: Mapping[Bound, int], bound: Bound, *, is_forced: bool
) -> Figures:
    """Give the share of an interest by worlds.

    Of the shares that hold in a world the smaller one counts, in the upper bound the larger. A share that nobody gives
    is 0 at least and all at most; it yields to a share that somebody gives. A tie that is forced true has the share
    that its assertions give, right or not.
    """
    given = [(a, m) for a, m in said if a.stance == "asserted" and a.share_lo is not None and a.share_hi is not None]
    judged = [(a, m) for a, m in given if a.certainty == "graded"]
    known = 0
    for _, m in judged:
        known |= m
    # Where the tie holds by judged assertions of which none gives a share, a doubtful figure is no least one.
    bare = own[Bound.GRADED] & ~known
    fallback = [a.share_lo or 0 for a, _ in (judged or given)] if is_forced else []
    graded = _pieces([(a.share_lo or 0, m) for a, m in judged], own[Bound.GRADED], min(fallback, default=0))
    least = _pieces([(a.share_lo or 0, m & ~bare) for a, m in given], own[Bound.UPPER], min(fallback, default=0))
    highest = max((a.share_hi or 0 for a, _ in given), default=WHOLE) if is_forced else WHOLE
    most = _pieces([(WHOLE - (a.share_hi or 0), m) for a, m in given], own[Bound.UPPER], WHOLE - highest)
    most = tuple((WHOLE - share, m) for share, m in most)
    return Figures(
        {Bound.LOWER: least, Bound.GRADED: graded, Bound.UPPER: most}[bound],
        0 if bound == Bound.GRADED else own[Bound.UPPER] & ~own[Bound.LOWER],
        _over(least, own[Bound.LOWER]),
        most,
    )


def _pieces(offers: list[tuple[int, int]], held: int, otherwise: int) -> Pieces:
    """Give the smallest offer that holds, world by world."""
    found: dict[int, int] = {}
    left = held
    for share, m in sorted(offers):
        if m & left:
            found[share] = found.get(share, 0) | (m & left)
            left &= ~m
    if left:
        found[otherwise] = found.get(otherwise, 0) | left
    return tuple(sorted(found.items()))


def _over(pieces: Pieces, worlds: int) -> Pieces:
    return tuple((share, m & worlds) for share, m in pieces if m & worlds)


@dataclass(frozen=True)
class Stake:
    """What one holder can cast in a company by one tie: (votes, worlds)."""

    holder: str
    tie: str
    pieces: Pieces

    @cached_property
    def worlds(self) -> int:
        """The worlds in which it is more than nothing."""
        found = 0
        for share, m in self.pieces:
            found |= m if share else 0
        return found


@dataclass(frozen=True)
class Silent:
    """Votes of one holder that count for nobody, taken as gives least or most reach where that is in doubt."""

    holder: str
    mine: Pieces
    """where the holder is one of those whose votes are counted"""
    others: Pieces
    """where it is not"""


class Votes:
    """The votes in one company, for one bound."""

    def __init__(self, worlds: Worlds, stakes: Iterable[Stake], silent: Iterable[Silent] = ()) -> None:
        self.worlds = worlds
        self.stakes = tuple(stakes)
        self.silent = tuple(silent)
        self._arrays: dict[int, npt.NDArray[np.int64]] = {}

    def enough(self, holders: Mapping[str, int], least: int) -> int:
        """Give the worlds in which `holders` together can cast at least `least` of the votes that count."""
        present = [(s, holders.get(s.holder, 0)) for s in self.stakes if holders.get(s.holder, 0) & s.worlds]
        if not present:
            return 0
        if self.silent:
            return self._of_those_that_count(holders, least)
        alone, parts = 0, 0
        for stake, here in present:
            for share, m in stake.pieces:
                live = m & here
                if live and share:
                    parts += 1
                    alone |= live if share >= least else 0
        if parts < 2:
            return alone
        sums = np.zeros(self.worlds.count, dtype=np.int64)
        for stake, here in present:
            sums += self._shares(stake.pieces) * unpack(here, self.worlds.count)
        return pack(sums >= max(least, 1))

    def _of_those_that_count(self, holders: Mapping[str, int], least: int) -> int:
        """As `enough`, with votes taken out of the count; own shares and what is suspended."""
        count = self.worlds.count
        held: dict[str, npt.NDArray[np.int64]] = {}
        for stake in self.stakes:
            shares = self._shares(stake.pieces)
            held[stake.holder] = held[stake.holder] + shares if stake.holder in held else shares
        cast, whole = np.zeros(count, dtype=np.int64), np.full(count, WHOLE, dtype=np.int64)
        quiet = {s.holder: s for s in self.silent}
        for holder, votes in held.items():
            here = unpack(holders.get(holder, 0), count)
            live = votes
            if holder in quiet:
                gone = np.where(here, self._shares(quiet[holder].mine), self._shares(quiet[holder].others))
                gone = np.minimum(gone, votes)
                live, whole = votes - gone, whole - gone
            cast += live * here
        if least == MAJORITY:
            return pack((cast > 0) & (2 * cast > whole))
        return pack((cast > 0) & (cast * WHOLE >= max(least, 1) * whole))

    def _shares(self, pieces: Pieces) -> npt.NDArray[np.int64]:
        found = self._arrays.get(id(pieces))
        if found is None:
            found = np.zeros(self.worlds.count, dtype=np.int64)
            for share, m in pieces:
                if share:
                    found += unpack(m, self.worlds.count) * np.int64(share)
            self._arrays[id(pieces)] = found
        return found


@dataclass(frozen=True)
class Interests:
    """All interests as they stand for one bound and one capability."""

    live: Mapping[str, int]
    """tie → worlds in which it holds, safeguards applied"""
    gone: Mapping[str, int]
    """tie → worlds in which a safeguard takes it away"""
    figures: Mapping[str, Figures]
    bound: Bound
    worlds: Worlds


def votes_in(company: str, ties: Iterable[Tie], among: Interests) -> Votes:
    """Read the interests in a company."""
    by_holder: dict[str, dict[str, Tie]] = {}
    for tie in ties:
        by_holder.setdefault(tie.holder, {})[tie.cls] = tie
    stakes: list[Stake] = []
    silent: list[Silent] = []
    for holder, classes in sorted(by_holder.items()):
        votes, shares, suspended = classes.get("votes"), classes.get("shares"), classes.get(SUSPENDED)
        stakes += _stakes(holder, votes, shares, among)
        if holder == company:
            own_shares: Pieces = ((WHOLE, among.worlds.all),)
            silent.append(Silent(holder, own_shares, own_shares))
        elif suspended is not None and among.live.get(suspended.id):
            at, here = among.figures[suspended.id], among.live[suspended.id]
            mine = {Bound.LOWER: at.most, Bound.GRADED: at.pieces, Bound.UPPER: at.least}[among.bound]
            others = {Bound.LOWER: at.least, Bound.GRADED: at.pieces, Bound.UPPER: at.most}[among.bound]
            silent.append(Silent(holder, _over(mine, here), _over(others, here)))
    return Votes(among.worlds, stakes, silent)


def _stakes(holder: str, votes: Tie | None, shares: Tie | None, among: Interests) -> list[Stake]:
    """Votes where they are known, else shares; where the votes are in doubt, what gives least reach, or most."""
    live, of = among.live, among.figures
    if votes is None or shares is None:
        tie = votes or shares
        return [Stake(holder, tie.id, _over(of[tie.id].pieces, live[tie.id]))] if tie and live.get(tie.id) else []
    voted, owned = live.get(votes.id, 0), live.get(shares.id, 0)
    gone, doubted = among.gone.get(votes.id, 0), of[votes.id].doubt
    doubt = doubted & ~gone
    is_upper = among.bound == Bound.UPPER
    # Votes that a safeguard takes are cast by nobody: the shares behind them must not step in, or it would add reach.
    taken = gone & of[votes.id].worlds & ~(doubted if is_upper else 0)
    by_votes = list(_over(of[votes.id].pieces, voted & ~doubt))
    by_shares = list(_over(of[shares.id].pieces, owned & ~voted & ~doubt & ~taken))
    for share, m in _over(of[votes.id].pieces, doubt):
        left = m
        for other, n in _over(of[shares.id].pieces, owned & m):
            takes_shares = other > share if is_upper else other < share
            (by_shares if takes_shares else by_votes).append((other if takes_shares else share, n))
            left &= ~n
        if left and is_upper:  # in the lower bound no shares there are the least
            by_votes.append((share, left))
    found = [Stake(holder, votes.id, tuple(by_votes)), Stake(holder, shares.id, tuple(by_shares))]
    return [s for s in found if s.pieces]
