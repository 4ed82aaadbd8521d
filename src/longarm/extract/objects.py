"""The object of a relation: a name, a thing, a place or a recipient, by what the relation wants (`wants`)."""

from __future__ import annotations

from dataclasses import dataclass, replace
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
_INTO: Final = TO | {"auf", "tot", "in", "over", "sur", "über", "op"}
_SAYING: Final = frozenset({Kind.TIME, Kind.QUANTITY, Kind.PERSON})
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
        if want.take in ("named", "all"):
            return self._named(found, want, subject)
        given: Names = ()
        if want.take == "recipient":
            return _one(self._behind_preposition(found, TO, subject))
        if want.take == "landlord":
            given = _one(self._behind_preposition(found, FROM, subject))
        elif want.take == "towards":
            given = _one(self._behind_preposition([p for p in found if p.kind in _NAMED], TO, subject))
        elif want.take == "into":
            into = [p for p in found if p.preposition in _INTO and p.body >= self.cue[0] and p.kind not in _SAYING]
            given = self._thing(into, want, subject)
        named = replace(want, object=want.object | {Kind.NAME})
        return given or self._thing(found, want, subject) or self._thing(found, named, subject)

    def _named(self, found: list[Phrase], want: Wanted, subject: str) -> Names:
        """Give the names that can stand as an object, else what the clause is about, else a description."""
        named = [p for p in found if self._fits(p, want.object & _NAMED) and not self._located(p, found)]
        named = [p for p in named if p.preposition != "'s" or p.body >= self.cue[0]]
        settled = [(p, self._name(p, frozenset({subject}))) for p in named]
        names = [name for p, name in settled if name != subject and self._is_settled(p, name)]
        if not names and not want.about:
            names = [name for p in named if p.body >= self.cue[1] and (name := self._name(p)) != subject]
        if want.take == "all":
            return tuple(dict.fromkeys(names))
        owned = self.rule.relation == "owns" and not any(p.kind is Kind.QUANTITY for p in found)
        if not names and owned:
            names = self._described(found, want.object | {Kind.OTHER}, subject)
        if not names and want.about:
            names = [name for name in self._in_mind(want.object & _NAMED - {Kind.AUTHORITY}) if name != subject]
        if not names and any(p.kind is Kind.DEAL for p in found):
            names = [name for name in [*self.refs.part("buyer"), *self.refs.held] if name != subject]
        return tuple((names or self._described(found, want.object, subject))[:1])

    def _described(self, found: list[Phrase], kinds: frozenset[Kind], subject: str) -> list[str]:
        return [name for p in found if self._fits(p, kinds) and (name := self._name(p)) != subject]

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
