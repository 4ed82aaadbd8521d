"""Origin groups: "20 articles, 1 origin", with the original, each member's role and the evidence of its join.

Each text joins the one text before it for which the evidence is strongest, so a digest that takes from two stories does
not make them one. A weak join is made with an original only, and whatever hangs on it says so.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from longarm.echo.credits import Credit
from longarm.echo.index import Index
from longarm.echo.joining import Ground, Join, Role, join, precedes
from longarm.echo.own import own_spans
from longarm.echo.reading import share
from longarm.model.claims import Text

_MUCH_OF_IT: Final = 0.3
"""share of a text that must stand in another of the same day for their guessed order not to matter"""


@dataclass(frozen=True)
class Member:
    """A text in a group: what it is there, why, and what in it is its own."""

    document: str
    role: Role
    join: Join | None
    """None for the original"""
    is_through_weak: bool
    """true where a join on the way to the original is weak"""
    own_spans: tuple[tuple[int, int], ...]
    """characters of what it does not take from the text it repeats; the whole text of an original"""


@dataclass(frozen=True)
class OriginGroup:
    """Texts that go back to one, the original first; a text that nothing repeats is a group of one."""

    members: tuple[Member, ...]

    @property
    def original(self) -> str:
        """The document of the earliest text; the report that it credits may itself not be on file."""
        return self.members[0].document

    @property
    def documents(self) -> tuple[str, ...]:
        """The documents, the original first."""
        return tuple(m.document for m in self.members)

    def sentence(self) -> str:
        """Say it in words."""
        count = len(self.members)
        return f"{count} article{'' if count == 1 else 's'}, 1 origin"


def joins(index: Index, text: Text) -> tuple[Join, ...]:
    """Give the joins of a text with those in the index that come before it, the strongest first.

    Where no day lies between two texts their order is a guess: then a text may also join a later one that holds much
    of it to the letter.
    """
    copy = index.of(text)
    key = precedes(copy)
    formulas = index.formulas(copy)
    found: list[tuple[Join, tuple[int, int, int, str]]] = []
    rival = 0
    for number in index.near(copy):
        other = index.reading(number)
        before = precedes(other)
        if before[0] > key[0]:
            continue
        shared = share(copy, other, index.weigh, formulas)
        made = join(copy, other, shared)
        if before > key:
            if before[1] > key[1]:
                continue  # the other says that it gives somebody's report, and this one does not: no guess is needed
            rival = max(rival, shared.words)
            if shared.copy_share < _MUCH_OF_IT or made is None or made.ground is not Ground.TEXT:
                continue
        if made is not None:
            found.append((made, before))
    found.sort(key=lambda pair: (*pair[0].strength, pair[1]))
    return tuple(made for made, _ in found if not _is_beside(made, rival))


def _is_beside(made: Join, rival: int) -> bool:
    """Say whether a text shares far more with one of the same day that our order puts after it.

    Without a day between them the order is a guess, and that other text may be what it repeats; what it shares with
    this one is then a passage that both took in, and no reason to make their stories one.
    """
    return made.credit is None and made.ground in (Ground.TEXT, Ground.WORDING) and 2 * made.shared.words < rival


def groups(texts: Sequence[Text], stated: Mapping[str, Sequence[Credit]] | None = None) -> tuple[OriginGroup, ...]:
    """Give the origin groups of texts, the largest first, whatever order they come in.

    `stated` gives, by document, the credits that another stage found; a text that it does not name is read for its own.
    Raises OptionError where there are more texts than an index takes.
    """
    index = Index()
    ordered = sorted(texts, key=lambda t: (t.published or "~", t.document))
    for text in ordered:
        index.add(text, (stated or {}).get(text.document))
    unique = {t.document: t for t in ordered}
    ranked = sorted(unique.values(), key=lambda t: precedes(index.of(t)))
    chosen: dict[str, Join] = {}
    for text in ranked:
        rival = 0
        for made in joins(index, text):
            if _top(chosen, made.origin) == text.document:
                rival = max(rival, made.shared.words)  # they are one group already, and this text is its original
            elif _is_beside(made, rival):
                continue
            elif not made.is_weak or made.origin not in chosen:
                chosen[text.document] = made
                break
    return _gathered(ranked, chosen, index)


def _top(chosen: Mapping[str, Join], document: str) -> str:
    while document in chosen:
        document = chosen[document].origin
    return document


def _is_through_weak(chosen: Mapping[str, Join], document: str) -> bool:
    while document in chosen:
        if chosen[document].is_weak:
            return True
        document = chosen[document].origin
    return False


def _gathered(ranked: Sequence[Text], chosen: Mapping[str, Join], index: Index) -> tuple[OriginGroup, ...]:
    members: dict[str, list[Member]] = {}
    for text in ranked:
        made = chosen.get(text.document)
        member = Member(
            text.document,
            Role.ORIGINAL if made is None else made.role,
            made,
            _is_through_weak(chosen, text.document),
            own_spans(index.of(text), made, None if made is None else index.read(made.origin)),
        )
        members.setdefault(_top(chosen, text.document), []).append(member)
    found = [OriginGroup(tuple(sorted(m, key=lambda member: member.join is not None))) for m in members.values()]
    return tuple(sorted(found, key=lambda g: (-len(g.members), g.original)))
