"""A small language to write a case in a few lines, and random cases for the properties.

A tie without `by` holds everywhere. `by` names who says so: "paper B2", "paper B2 denied", "paper B2 stale"; several
are a list. F and 6 are left to the bounds.
"""

from __future__ import annotations

import random
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from fractions import Fraction

from longarm.model.finding import Finding
from longarm.model.grades import table
from longarm.model.terms import LEVELS, READINGS, WHOLE, Bound, Capability, Level, Reading
from longarm.model.ties import Assertion, Kind, Safeguard, Tie, Ties, draw_key, state_node, tie_id
from longarm.reach.findings import Found, find
from longarm.reach.hold import draws
from longarm.reach.meet import Plane, Question, planes
from longarm.reach.worlds import Enumerated, Sampled, Worlds

TABLE = table()
ALL = ("see", "shape", "stop")
SITE = "site"
By = str | Sequence[str]


@dataclass
class Case:
    """Ties, what is said of them, and the measures that take them away."""

    state: str = "S"
    parts: tuple[str, ...] = (SITE,)
    influence_from: int = WHOLE // 4
    ties: dict[str, Tie] = field(default_factory=dict)
    assertions: list[Assertion] = field(default_factory=list)
    safeguards: list[Safeguard] = field(default_factory=list)

    # --- ties ----------------------------------------------------------------------------------------------------

    def tie(self, kind: str, holder: str, held: str, cls: str = "", by: By = (), **more: object) -> str:
        """Put a tie, and give its id."""
        made = Tie(tie_id(kind, holder, held, cls, more.get("at")), kind, holder, held, cls, **more)  # type: ignore[arg-type]
        self.ties[made.id] = made
        self.say(made.id, by)
        return made.id

    def say(self, tie: str, by: By, percent: float | tuple[float, float] | None = None) -> None:
        """Put what somebody says of a tie."""
        lo, hi = percent if isinstance(percent, tuple) else (percent, percent)
        for words in [by] if isinstance(by, str) else by:
            origin, grade, *how = words.split()
            stance = "denied" if "denied" in how else "asserted"
            doubtful = grade[0] == "F" or grade[1] == "6"
            rest = " ".join(w for w in how if w != "denied")
            self.assertions.append(
                Assertion(
                    key=draw_key(origin, tie, stance),
                    tie=tie,
                    origin=origin,
                    stance=stance,
                    put_as=stance,
                    letter=grade[0],
                    digit=grade[1],
                    certainty=rest or ("unjudged" if doubtful else "graded"),
                    share_lo=None if lo is None else round(lo * WHOLE / 100),
                    share_hi=None if hi is None else round(hi * WHOLE / 100),
                )
            )

    def organ(self, body: str, by: By = (), state: str | None = None) -> str:
        return self.tie(Kind.ORGAN, state_node(state or self.state), body, by=by)

    def registered(self, entity: str, by: By = (), state: str | None = None) -> str:
        return self.tie(Kind.REGISTERED, state_node(state or self.state), entity, by=by)

    def seated(self, entity: str, by: By = (), state: str | None = None) -> str:
        return self.tie(Kind.SEATED, state_node(state or self.state), entity, by=by)

    def duty(
        self,
        entity: str,
        law: str = "law#1",
        by: By = (),
        route: str = Kind.DUTY,
        gives: Sequence[str] = ALL,
        **more: object,
    ) -> str:
        """Put what an article does by one of its routes."""
        node = state_node(str(more.pop("state", self.state)))
        return self.tie(route, node, entity, law, by, gives=tuple(gives), **more)

    def holds(
        self,
        holder: str,
        company: str,
        percent: float | tuple[float, float] | None,
        by: By = "sure A1",
        cls: str = "shares",
    ) -> str:
        """Put a holding; its one source is certain unless it is named."""
        made = self.tie(Kind.INTEREST, holder, company, cls, cuttable=cls != "suspended")
        self.say(made, by, percent)
        return made

    def controls(self, holder: str, company: str, by: By = ()) -> str:
        return self.tie(Kind.CONTROL, holder, company, "named control", by, cuttable=True)

    def influences(self, holder: str, company: str, cls: str, by: By = (), gives: Sequence[str] = ALL) -> str:
        return self.tie(Kind.INFLUENCE, holder, company, cls, by, gives=tuple(gives), cuttable=True)

    def employs(self, employer: str, person: str, by: By = ()) -> str:
        return self.tie(Kind.STAFF, employer, person, by=by, cuttable=True)

    def access(self, holder: str, part: str = SITE, gives: Sequence[str] = ALL, by: By = (), role: str = "role") -> str:
        if part not in self.parts:
            self.parts += (part,)
        return self.tie(Kind.ACCESS, holder, part, role, by, gives=tuple(gives), cuttable=True)

    def inside(self, kind: str, outer: str, inner: str, by: By = ()) -> str:
        self.parts += tuple(p for p in (outer, inner) if p not in self.parts)
        return self.tie(kind, outer, inner, by=by)

    def guard(
        self,
        name: str,
        cuts: Iterable[str],
        capabilities: Sequence[str] = ALL,
        works: int = 1000,
        by: By = (),
        state: str = "in force",
    ) -> str:
        made = self.tie(Kind.SAFEGUARD, name, name, by=by)
        self.safeguards.append(Safeguard(name, name, tuple(cuts), tuple(capabilities), state, "yes", works, made))
        return made

    # --- answers -------------------------------------------------------------------------------------------------

    def frozen(self) -> Ties:
        return Ties(tuple(self.ties.values()), tuple(self.assertions), tuple(self.safeguards))

    def exact(self) -> Enumerated:
        return Enumerated(draws(self.frozen(), SURE))

    def question(self, worlds: Worlds | None = None, state: str | None = None) -> Question:
        return Question(
            self.frozen(), state or self.state, self.parts, SURE, self.influence_from, worlds or self.exact()
        )

    def planes(self, bound: Bound = Bound.GRADED, worlds: Worlds | None = None) -> dict[Capability, Plane]:
        return planes(self.question(worlds), bound)

    def share(
        self,
        capability: str = "stop",
        level: str = "influence",
        part: str | None = None,
        reading: str = "narrow",
        bound: str = "graded",
        what: str = "joint",
    ) -> Fraction:
        """Give the exact share of J (or J ∪ M, J ∪ L)."""
        worlds = self.exact()
        meeting = planes(self.question(worlds), Bound(bound))[Capability(capability)].meetings[Reading(reading), part]
        found = {"joint": meeting.joint, "power": meeting.with_power}.get(what)
        return worlds.exact(meeting.with_means if found is None else found[Level(level)])

    def find(self, threshold: int = 500, worlds: Worlds | None = None) -> Found:
        return find(self.question(worlds), threshold, dict.fromkeys((None, *self.parts), True))

    def finding(
        self, capability: str = "stop", reading: str = "narrow", part: str | None = None, threshold: int = 500
    ) -> Finding:
        found = self.find(threshold).findings
        return next(f for f in found if (f.capability, f.reading, f.part) == (capability, reading, part))


SURE = replace(TABLE, letters=(*TABLE.letters, ("Z", 1000), ("N", 0)), digits=(*TABLE.digits, ("0", 1000)))
"""The shipped table, and Z0 for what is certain, N0 for what is certainly unsound."""


def sure(origin: str = "sure") -> str:
    return f"{origin} Z0"


# --- random cases ------------------------------------------------------------------------------------------------

ENTITIES = ("a", "b", "c", "d", "e")
PERSONS = ("x", "y")
PLACES = (SITE, "p", "q")
RIGHTS = ("blocking minority", "veto", "seat", "sole supplier", "creditor")


@dataclass(frozen=True)
class Mix:
    """What a random case is made of."""

    ties: int = 14
    origins: int = 4
    said: int = 3
    """assertions of one tie, at most"""
    doubtful: bool = True
    """with F, 6, stale and unclear ones"""
    guards: int = 2
    suspended: bool = True
    uncertain: int | None = None
    """how many assertions are left to chance, where all worlds are to be gone through; the others are certain"""


def random_case(rng: random.Random, mix: Mix = Mix()) -> Case:
    """Make a case with every kind of tie, denial, range, certainty, safeguard and reading."""
    case = Case(parts=PLACES)
    made = _Maker(case, rng, mix)
    case.access(rng.choice((*ENTITIES, *PERSONS)), rng.choice(PLACES), made.gives(), made.by())
    for _ in range(rng.randint(mix.ties // 2, mix.ties)):
        made.tie()
    for i in range(rng.randint(0, mix.guards)):
        cuts = rng.sample(sorted(case.ties), min(len(case.ties), rng.randint(1, 2)))
        works = rng.choice((1000, 1000, 800))
        case.guard(f"g{i}", cuts, made.gives(), works, made.by(), rng.choice(("in force", "in force", "planned")))
    case.assertions = list({(a.key, a.certainty, a.share_lo, a.share_hi): a for a in case.assertions}.values())
    if mix.uncertain is not None:
        chance = set(rng.sample(range(len(case.assertions)), min(mix.uncertain, len(case.assertions))))
        case.assertions = [
            a if i in chance or a.letter == "F" or a.digit == "6" else replace(a, letter="Z", digit="0")
            for i, a in enumerate(case.assertions)
        ]
    return case


class _Maker:
    def __init__(self, case: Case, rng: random.Random, mix: Mix) -> None:
        self.case, self.rng, self.mix = case, rng, mix

    def gives(self) -> tuple[str, ...]:
        return tuple(sorted(self.rng.sample(ALL, self.rng.choice((1, 2, 3, 3)))))

    def by(self) -> list[str]:
        return [self.word() for _ in range(self.rng.choice((0, 1, 1, 2, self.mix.said)))]

    def word(self) -> str:
        rng = self.rng
        doubtful = self.mix.doubtful and rng.random() < 0.25
        grade = rng.choice("ABCD") + rng.choice("1234")
        how = ""
        if doubtful:
            kind = rng.choice(("F", "6", "stale", "unclear date", "unreviewed"))
            grade = {"F": "F" + grade[1], "6": grade[0] + "6"}.get(kind, grade)
            how = "" if kind in "F6" else " " + kind
        stance = " denied" if rng.random() < 0.15 else ""
        return f"o{rng.randrange(self.mix.origins)} {grade}{stance}{how}"

    def who(self) -> str:
        return self.rng.choice(ENTITIES)

    def percent(self) -> float | tuple[float, float] | None:
        rng = self.rng
        at = rng.choice((5, 10, 15, 20, 25, 30, 40, 50, 50, 51, 60, 75, 100))
        if rng.random() < 0.25:
            return (at, min(100, at + rng.choice((5, 20, 40))))
        return None if rng.random() < 0.1 else at

    def interest(self, holder: str, company: str, cls: str) -> None:
        made = self.case.holds(holder, company, None, (), cls)
        for word in self.by() or [sure()]:
            self.case.say(made, word, None if " denied" in word else self.percent())

    def tie(self) -> None:
        self.rng.choice(
            (
                *(self.organ, self.home, self.duty, self.duty, self.holding, self.holding, self.holding, self.holding),
                *(self.pool, self.control, self.influence, self.staff, self.access, self.access, self.access),
                *(self.inner, self.duty_at, self.silence),
            )
        )()

    def organ(self) -> None:
        self.case.organ(self.who(), self.by(), self.rng.choice("SST"))

    def home(self) -> None:
        self.rng.choice((self.case.registered, self.case.seated))(self.who(), self.by(), self.rng.choice("SST"))

    def holding(self) -> None:
        holder, company = self.who(), self.who()
        for cls in self.rng.choice((("shares",), ("shares",), ("votes",), ("votes", "shares"))):
            self.interest(holder, company, cls)

    def pool(self) -> None:
        company = self.who()
        for holder in self.rng.sample(ENTITIES, 3):
            self.interest(holder, company, "shares")

    def control(self) -> None:
        self.case.controls(self.who(), self.who(), self.by())

    def influence(self) -> None:
        self.case.influences(self.who(), self.who(), self.rng.choice(RIGHTS), self.by(), self.gives())

    def staff(self) -> None:
        self.case.employs(self.who(), self.rng.choice(PERSONS), self.by())

    def access(self) -> None:
        holder = self.rng.choice((*ENTITIES, *PERSONS))
        gives = self.rng.choice((self.gives(), self.gives(), ()))
        self.case.access(holder, self.rng.choice(PLACES), gives, self.by(), self.rng.choice("lm"))

    def inner(self) -> None:
        outer, inner = self.rng.sample(PLACES, 2)
        self.case.inside(self.rng.choice((Kind.CONTAINS, Kind.PROCESSES)), outer, inner, self.by())

    def silence(self) -> None:
        if self.mix.suspended:
            made = self.case.holds(self.who(), self.who(), None, (), "suspended")
            for word in self.by() or [sure()]:
                self.case.say(made, word, None if " denied" in word else self.rng.choice((100, 100, 10, (5, 30))))

    def duty(self) -> None:
        rng, case = self.rng, self.case
        entity, law, state = self.who(), rng.choice(("law#1", "law#2")), rng.choice("SST")
        home = rng.choice((case.registered, case.seated))(entity, self.by(), state)
        fact = case.tie(Kind.FACT, entity, rng.choice(("sector=post", "sector=air")), by=self.by())
        needs = rng.choice((((home,),), ((home, fact),), ((home,), (fact,))))
        by = self.by()
        gives, direct = self.gives(), rng.choice(("narrow", "narrow", "wide"))
        upper = rng.random() < 0.15 and self.mix.doubtful
        for route in (Kind.DUTY, Kind.DUTY_PARENT, Kind.DUTY_STAFF):
            if route == Kind.DUTY or rng.random() < 0.5:
                opens = "wide" if route != Kind.DUTY and rng.random() < 0.5 else direct
                more = {"requires": needs, "opens": opens, "upper_only": upper, "state": state}
                case.duty(entity, law, by, route, gives, **more)

    def duty_at(self) -> None:
        rng, case = self.rng, self.case
        entity, part, state = self.who(), rng.choice(PLACES), rng.choice("SST")
        place = case.tie(Kind.PLACE, state_node(state), part, "dataLocation", self.by())
        access = case.access(entity, part, self.gives(), self.by(), "host")
        more = {"requires": ((place, access),), "opens": rng.choice(("narrow", "wide")), "at": part, "state": state}
        case.duty(entity, "law#3", self.by(), Kind.DUTY_AT, self.gives(), **more)


def sampled(count: int = 64) -> Sampled:
    return Sampled(count)


def sets(case: Case, worlds: Worlds, state: str | None = None) -> dict[tuple[str, ...], int]:
    """Give every set of worlds that the kernel computes: (bound, reading, capability, part, what, level)."""
    question = case.question(worlds, state)
    found: dict[tuple[str, ...], int] = {}
    for bound in Bound:
        for capability, plane in planes(question, bound).items():
            for reading in READINGS:
                for part in case.parts:
                    meeting = plane.meetings[reading, part]
                    for level in LEVELS:
                        found[bound, reading, capability, part, "joint", level] = meeting.joint[level]
                        found[bound, reading, capability, part, "power", level] = meeting.with_power[level]
                    found[bound, reading, capability, part, "means", ""] = meeting.with_means
    return found


def exact_or_none(case: Case, most: int) -> Enumerated | None:
    """Enumerate the worlds of a case where there are at most `most`."""
    cuts: dict[str, set[int]] = {}
    for key, value in draws(case.frozen(), SURE):
        if 0 < value < 1000:
            cuts.setdefault(key, set()).add(value)
    count = 1
    for values in cuts.values():
        count *= len(values) + 1
    return case.exact() if count <= most else None


def renamed(case: Case, names: Mapping[str, str]) -> Case:
    """Rename states and entities throughout; draw keys are carried along, not computed again."""

    def to(name: str) -> str:
        return state_node(names.get(name[6:], name[6:])) if name.startswith("state:") else names.get(name, name)

    ids = {
        t.id: tie_id(t.kind, to(t.holder), to(t.held), t.cls, None if t.at is None else to(t.at))
        for t in case.ties.values()
    }
    return Case(
        names.get(case.state, case.state),
        tuple(to(p) for p in case.parts),
        case.influence_from,
        {
            ids[t.id]: replace(
                t,
                id=ids[t.id],
                holder=to(t.holder),
                held=to(t.held),
                at=None if t.at is None else to(t.at),
                requires=tuple(tuple(ids[n] for n in alternative) for alternative in t.requires),
            )
            for t in case.ties.values()
        },
        [replace(a, tie=ids[a.tie]) for a in case.assertions],
        [replace(s, cuts=tuple(ids[c] for c in s.cuts), tie=ids[s.tie]) for s in case.safeguards],
    )
