"""The marks as drawings that carry their own colours: on paper no style sheet reaches into a drawing.

The same forms as in `symbols.html`: the form says the capability, the filled halves say power (left) and means (right).
"""

from __future__ import annotations

from typing import Final

from markupsafe import Markup

from longarm.dossier.figures import LIGHT, sign

_HALVES: Final = {
    "see": ("M9.4 2.2H9a6.8 6.8 0 0 0 0 13.6h.4z", "M9 2.2a6.8 6.8 0 0 1 0 13.6z"),
    "shape": ("M9 1.8 1.2 15.6h8.2V2.6z", "M9 1.8l7.8 13.8H9z"),
    "stop": ("M2.6 2.6h6.8v12.8H2.6z", "M9 2.6h6.4v12.8H9z"),
}
_OUTLINES: Final = {
    "see": "M9 2.2a6.8 6.8 0 0 1 0 13.6a6.8 6.8 0 0 1 0-13.6z",
    "shape": "M9 1.8l7.8 13.8H1.2z",
    "stop": "M2.6 2.6h12.8v12.8H2.6z",
}
_FILLED: Final = {
    "legal power only": (True, False),
    "means only": (False, True),
    "power and means": (True, True),
    "evidence of use": (True, True),
    "evidence of intent": (True, True),
}
_RINGS: Final = {"evidence of use": (11.0,), "evidence of intent": (11.0, 13.4)}


def form(capability: str, rung: str, small: bool = False) -> Markup:
    """Draw the mark of a finding."""
    left, right = _FILLED.get(rung, (False, False))
    colour = LIGHT["reach"] if left and right else LIGHT["ink"] if left or right else LIGHT["ink-3"]
    halves = [d for d, is_filled in zip(_HALVES[capability], (left, right), strict=True) if is_filled]
    pieces = [Markup('<path d="{}" fill="{}"/>').format(d, colour) for d in halves]
    dashed = Markup(' stroke-dasharray="1.6 2.2"') if rung == "not assessed" else Markup("")
    pieces.append(
        Markup('<path d="{}" fill="none" stroke="{}" stroke-width="1.6"{}/>').format(
            _OUTLINES[capability], colour, dashed
        )
    )
    pieces += [
        Markup('<circle cx="9" cy="9" r="{}" fill="none" stroke="{}" stroke-width="1.2"/>').format(r, colour)
        for r in _RINGS.get(rung, ())
    ]
    box = "-5 -5 28 28" if rung in _RINGS else "0 0 18 18"
    size = Markup(' class="g sm"') if small else Markup(' class="g"')
    return Markup('<svg{} viewBox="{}">{}</svg>').format(size, box, Markup("").join(pieces))


def stance(word: str) -> Markup:
    """Draw the sign of a stance."""
    return sign(word)


def bar(value: float, meets: bool = False) -> Markup:
    """Draw a confidence as a bar on a track from 0 to 1."""
    colour = LIGHT["reach"] if meets else LIGHT["ink"]
    return Markup(
        '<svg class="bar" viewBox="0 0 100 12" preserveAspectRatio="none"><path d="M0 11H100" stroke="{}"/>'
        '<rect width="{:.2f}" height="12" fill="{}"/><path d="M99.5 0V12" stroke="{}"/></svg>'
    ).format(LIGHT["rule"], value * 100, colour, LIGHT["rule-2"])


def dots(value: int) -> Markup:
    """Draw a safeguard of 0 to 2 as two dots, filled as far as it goes."""
    drawn = [
        Markup('<circle cx="{}" cy="6" r="4.6" fill="{}" stroke="{}" stroke-width="1.5"/>').format(
            x, LIGHT["ink"] if value > at else "none", LIGHT["ink"]
        )
        for at, x in enumerate((6, 20))
    ]
    return Markup('<svg class="dots" viewBox="0 0 28 12">{}</svg>').format(Markup("").join(drawn))
