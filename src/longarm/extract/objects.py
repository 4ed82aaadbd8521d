"""The object of a relation: a name, a thing, a place or a recipient, by what the relation wants (`wants`)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from longarm.extract.kinds import ACTORS, FIRMS, Kind
from longarm.extract.phrase import Phrase
from longarm.extract.subjects import Subjects
from longarm.extract.wants import Wanted

Names = tuple[str, ...]

FROM: Final = frozenset("from by auprès à de van von vom bei".split())  # noqa: SIM905
TO: Final = frozenset(
    "to with towards into at à au aux chez vers avec aan naar met bij an mit zu zum zur bei for pour voor für".split()  # noqa: SIM905
)
_ASIDE: Final = frozenset(
    "by under since until during after before par door seit bis depuis pendant sinds tot durch nach".split()  # noqa: SIM905
)
_NAMED: Final = FIRMS | {Kind.SITE, Kind.AUTHORITY, Kind.PLACE}


@dataclass(frozen=True)
class Objects(Subjects):
    """A cue in its clause, and how its object is found."""

    def _objects(self, found: list[Phrase], want: Wanted, subject: str) -> Names:
        if want.take == "none":
            return ()
        if want.take == "place":
            return _one(self._place(found))
        if want.take == "recipient":
            return _one(self._behind_preposition(found, TO, subject))
        if want.take == "landlord" and (landlord := self._behind_preposition(found, FROM, subject)):
            return (landlord,)
        if want.take in ("thing", "landlord"):
            return self._thing(found, want, subject)
        named = [p for p in found if self._fits(p, want.object & _NAMED) and not self._located(p, found)]
        named = [p for p in named if p.preposition != "'s" or p.body >= self.cue[0]]
        names = [
            name
            for p in named
            if (name := self._name(p, frozenset({subject}))) != subject and self._is_settled(p, name)
        ]
        if want.take == "all":
            return tuple(dict.fromkeys(names))
        shares = self.rule.relation == "owns" and not any(p.kind is Kind.QUANTITY for p in found)
        if shares and not names and want.object & {Kind.DATA}:
            names = [
                self._name(p) for p in found if self._fits(p, want.object | {Kind.OTHER}) and self._name(p) != subject
            ]
        if not names and want.about:
            names = [name for name in self._in_mind(want.object & _NAMED - {Kind.AUTHORITY}) if name != subject]
        if not names and any(p.kind is Kind.DEAL for p in found):
            names = [name for name in [*self.refs.part("buyer"), *self.refs.held] if name != subject]
        names = names or [self._name(p) for p in found if self._fits(p, want.object) and self._name(p) != subject]
        return tuple(names[:1])

    def _located(self, phrase: Phrase, found: list[Phrase]) -> bool:
        """Say whether a site only tells where: "the gates at Calder Airport", where something else is the object."""
        first = next((p for p in found if p.kind in (Kind.DATA, Kind.THING, Kind.OTHER) and not p.pronoun), None)
        local = phrase.preposition in ("at", "in", "on", "à", "en", "auf", "am", "im", "bei", "op", "te", "près")
        return local and phrase.kind in (Kind.SITE, Kind.PLACE) and first is not None and first.end <= phrase.start

    def _behind_preposition(self, found: list[Phrase], prepositions: frozenset[str], subject: str) -> str:
        given = [p for p in found if p.preposition in prepositions and p.body >= self.cue[0]]
        named = [self._name(p, frozenset({subject})) for p in given if self._fits(p, ACTORS | {Kind.SITE})]
        return next((name for name in named if name != subject), "")

    def _place(self, found: list[Phrase]) -> str:
        behind = [p for p in found if p.body >= self.cue[0] and not p.pronoun]
        for kinds in (frozenset({Kind.PLACE}), frozenset({Kind.NAME})):
            for phrase in [*behind, *(p for p in found if p not in behind)]:
                if phrase.kind in kinds and phrase.name and (phrase.preposition or Kind.PLACE in kinds):
                    return phrase.name
        return ""

    def _thing(self, found: list[Phrase], want: Wanted, subject: str) -> Names:
        out: list[str] = []
        kinds = want.object | {Kind.OTHER}
        for phrase in found:
            if out and not phrase.joined:
                break
            if phrase.pronoun == "pronoun" and not out and self.cue[0] <= phrase.body < self.cue[1] + 3:
                name = self.refs.pronoun(phrase, frozenset({Kind.DATA, Kind.SITE, Kind.THING}))
            elif not self._fits(phrase, kinds) or (phrase.preposition and self._skips(phrase)):
                continue
            else:
                name = self._name(phrase)
            if name and name != subject:
                out.append(name)
        return tuple(dict.fromkeys(out))

    @staticmethod
    def _skips(phrase: Phrase) -> bool:
        return phrase.preposition in _ASIDE


def _one(name: str) -> Names:
    return (name,) if name else ()
