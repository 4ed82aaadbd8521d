"""What a tie is, in words: made from its kind, its class and its two ends, in the language of the dossier.

The kernel's own label is English and stands where a kind has no message here.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Final

from longarm.dossier.tongue import N_, Tongue
from longarm.model.ties import STATE, SUSPENDED, Kind

_ID: Final = re.compile(
    r"(?P<kind>[^:]+):(?P<holder>[^>\[]+)>(?P<held>[^\[@]+)(?:\[(?P<cls>.*)\])?(?:@(?P<at>.+))?", re.DOTALL
)
_HOLDS: Final = re.compile(r"\bholds (?P<share>[^ ]* ?%(?: to [^ ]* ?%)?) of ")
_DUTY: Final = re.compile(
    r"(?P<title>.+), art\. (?P<number>.+): route (?P<route>[a-z ]+?)(?P<disputed> \(disputed\))?", re.DOTALL
)

_MEETS: Final = "meets="

SAID: Final[Mapping[str, str]] = {
    Kind.ORGAN: N_("{b} is a body of {a}"),
    Kind.REGISTERED: N_("{b} is registered under the law of {a}"),
    Kind.SEATED: N_("{b} is managed in {a}"),
    Kind.STAFF: N_("{a} employs {b}"),
    Kind.CONTAINS: N_("{a} contains {b}"),
    Kind.PROCESSES: N_("{a} processes {b}"),
    Kind.ACCESS: N_("{a} is {what} at {b}"),
    Kind.CONTROL: N_("{a} controls {b}: {what}"),
    Kind.INFLUENCE: N_("{a} in {b}: {what}"),
}
PLACED: Final[Mapping[str, str]] = {
    "dataLocation": N_("{b}: its data lie in {a}"),
    "keysHeldIn": N_("{b}: its keys are held in {a}"),
    "itemOrigin": N_("{b}: it comes from {a}"),
    "offeredIn": N_("{b}: it is offered in {a}"),
}


def label(tie: str, given: str, names: Mapping[str, str], tongue: Tongue) -> str:
    """Say what a tie is; `given` is the kernel's label."""
    found = _ID.fullmatch(tie)
    if found is None:
        return given
    kind, cls = found["kind"], found["cls"] or ""
    a, b = (_name(found[end], names, tongue) for end in ("holder", "held"))
    if kind.startswith(Kind.DUTY):
        return _duty(given, tongue)
    if kind == Kind.INTEREST:
        return _interest(given, cls, a, b, tongue)
    if kind == Kind.PLACE and cls in PLACED:
        return tongue.say(PLACED[cls], a=a, b=b)
    if kind == Kind.CONTROL and cls == "state":
        return tongue.say("{b} is a body of {a}", a=a, b=b)
    if kind == Kind.SEATED and " is put in " in given:
        return tongue.say("{b} is put in {a}", a=a, b=b)
    if kind == Kind.FACT and found["held"].startswith(_MEETS):
        return _met(found["held"].removeprefix(_MEETS), given, a, names, tongue)
    if kind in SAID:
        return tongue.say(SAID[kind], a=a, b=b, what=tongue.term(cls))
    return given


def _interest(given: str, cls: str, a: str, b: str, tongue: Tongue) -> str:
    if cls == SUSPENDED:
        return tongue.say("the votes of {a} in {b} are suspended", a=a, b=b)
    holding = _HOLDS.search(given)
    said = (
        tongue.say("{a} holds {share} of {b}", a=a, b=b, share=share(holding["share"], tongue))
        if holding
        else tongue.say("{a} holds a share of {b} that nobody gives", a=a, b=b)
    )
    return tongue.say("{said}, by votes", said=said) if cls == "votes" else said


def share(text: str, tongue: Tongue) -> str:
    """Write a share, or a range of shares, with the decimal sign of the language."""
    said = re.sub(r"\d+(?:\.\d+)?", lambda m: tongue.exact(m[0]), text)
    return said.replace(" to ", f" {tongue.say('to')} ")


def _duty(given: str, tongue: Tongue) -> str:
    found = _DUTY.fullmatch(given)
    if found is None:
        return given
    said = tongue.say(
        "{title}, art. {number}: route {route}",
        title=found["title"],
        number=found["number"],
        route=tongue.term(found["route"]),
    )
    return f"{said} ({tongue.say('disputed')})" if found["disputed"] else said


def _met(law: str, given: str, entity: str, names: Mapping[str, str], tongue: Tongue) -> str:
    """Say that a source holds an article to apply to an entity."""
    instrument, _, number = law.partition("#")
    title = names.get(instrument, instrument)
    # An id is in small letters; the number stands as its source writes it in the label.
    written = re.search(rf" is bound by {re.escape(instrument)} (.+)$", given, re.IGNORECASE)
    number = written[1] if number and written and written[1].lower() == number else number
    if not number:
        return tongue.say("{entity} is bound by {title}", entity=entity, title=title)
    return tongue.say("{entity} is bound by {title}, art. {number}", entity=entity, title=title, number=number)


def _name(entity: str, names: Mapping[str, str], tongue: Tongue) -> str:
    if entity.startswith(STATE):
        return tongue.in_text(entity.removeprefix(STATE))
    return names.get(entity, entity)
