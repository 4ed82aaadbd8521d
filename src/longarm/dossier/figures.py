"""What the figures share: SVG elements, their colours, room for labels, and an SVG document that stands alone.

An element carries a class and, beside it, the plain attributes that the class means on light paper. A style sheet
overrides attributes, so a browser shows light and dark; a renderer that gives no page styles to an SVG, as WeasyPrint
and those that make pictures for a text document do, shows the attributes. No style attribute is written: the content
policy of the pages forbids it.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from math import cos, pi, sin
from typing import Final

from markupsafe import Markup, escape

LIGHT: Final = {
    "paper": "#fdfcfa",
    "panel": "#f5f3ee",
    "rule": "#dedad1",
    "rule-2": "#8d8a83",
    "ink": "#16191f",
    "ink-2": "#454b54",
    "ink-3": "#646a72",
    "reach": "#0b4f8c",
    "reach-bg": "#e9f0f7",
    "counter": "#a13a0f",
}
"""The tokens on light paper, as in `tokens.css`; a test holds them together."""

Attributes = dict[str, str | float]
FONT: Final = "Plex, 'IBM Plex Sans', 'Noto Sans', 'Noto Sans CJK SC', sans-serif"

_BOX: Final = '<rect x=".7" y=".7" width="12.6" height="12.6" rx="2" fill="none" stroke-width="1.2"'
_DOT: Final = 'r="1.1" fill="currentColor" stroke="none"'
_SIGNS: Final = {
    "asserted": f'{_BOX}/><path d="M4 5.4h6M4 8.6h6"/>',
    "alleged": f'{_BOX}/><path d="M3.6 8c1-2.4 2.2-2.4 3.4-1s2.4 1.4 3.4-1"/>',
    "denied": f'{_BOX}/><path d="M4 5.4h6M4 8.6h6M8.8 3.4 5.2 10.6"/>',
    "planned": f'{_BOX} stroke-dasharray="2.2 1.6"/><path d="M3.6 7h6M7.6 4.8 9.9 7 7.6 9.2"/>',
    "inferred": f'{_BOX}/><circle cx="7" cy="4.7" {_DOT}/><circle cx="4.5" cy="9" {_DOT}/>'
    f'<circle cx="9.5" cy="9" {_DOT}/>',
}
_UNKNOWN: Final = (
    f'{_BOX} stroke-dasharray="1 1.7"/><path d="M5.2 5.3c.1-2.3 3.7-2.2 3.6 0 0 1.3-1.7 1.3-1.8 2.9"/>'
    '<circle cx="7" cy="10.3" r=".9" fill="currentColor" stroke="none"/>'
)


def el(name: str, inside: str = "", of: str = "", /, **attributes: str | float) -> Markup:
    """Write one element of a class; texts and values are escaped, Markup stands. `stroke_width` is `stroke-width`."""
    given: Attributes = {"class": of} if of else {}
    pairs = given | {key.rstrip("_").replace("_", "-"): value for key, value in attributes.items()}
    written = "".join(f' {key}="{escape(short(value))}"' for key, value in pairs.items())
    return Markup(f"<{name}{written}>{escape(inside)}</{name}>" if inside else f"<{name}{written}/>")  # noqa: S704 - each part is escaped


def group(elements: Iterable[str], of: str = "", /, **attributes: str | float) -> Markup:
    """Hold elements together, under attributes that they inherit; nothing where there are none."""
    inside = Markup("").join(elements)
    return el("g", inside, of, **attributes) if inside else Markup("")


def tinted(token: str, elements: Iterable[str], /, **attributes: str | float) -> Markup:
    """Hold elements together in the colour of a token, which they take up by `currentColor`."""
    return group(elements, f"fig-{token}", color=LIGHT[token], **attributes)


def short(value: str | float) -> str:
    """Write a number with at most two decimals, and no zero that says nothing."""
    if isinstance(value, str):
        return value
    text = f"{value:.2f}".rstrip("0").rstrip(".")
    return "0" if text in ("-0", "") else text


def sign(stance: str) -> Markup:
    """Draw the sign of a stance, the same as in `symbols.html`, whole: a printed SVG sees no symbol of another."""
    more: Attributes = {"viewBox": "0 0 14 14", "aria_hidden": "true"}
    return el("svg", tinted(_token(stance), [_strokes(stance)]), "fig-sign", width=14, height=14, **more)


def sign_at(stance: str, x: float, y: float) -> Markup:
    """Draw the sign of a stance in another drawing, its upper left corner at this place."""
    return tinted(_token(stance), [_strokes(stance)], transform=f"translate({short(x)} {short(y)})")


def _token(stance: str) -> str:
    return "counter" if stance == "denied" else "ink-2"


def _strokes(stance: str) -> Markup:
    inside = Markup(_SIGNS.get(stance, _UNKNOWN))  # noqa: S704 - constants of this module
    return el("g", inside, fill="none", stroke="currentColor", stroke_width="1.35")


def link(address: str | None) -> str | None:
    """Give an address that may be linked: a place of our own, or a page of the web; nothing else."""
    plain = (address or "").strip()
    is_ours = plain.startswith("#") or (plain.startswith("/") and not plain.startswith(("//", "/\\")))
    return plain if is_ours or plain.lower().startswith(("https://", "http://")) else None


def measured(text: str, size: float) -> float:
    """Estimate how wide a text runs in this size; full-width letters count double."""
    return size * sum(1.0 if unicodedata.east_asian_width(c) in "WF" else 0.56 for c in text)


def wrapped(text: str, size: float, width: float, lines: int) -> list[str]:
    """Break a text into lines of this width; what runs over the last line ends in an ellipsis."""
    found: list[str] = []
    words = [piece for word in text.split() for piece in _pieces(word, size, width)]
    for word in words:
        if found and measured(f"{found[-1]} {word}", size) <= width:
            found[-1] += f" {word}"
        else:
            found.append(word)
    if len(found) > lines:
        found = found[:lines]
        while measured(found[-1] + "…", size) > width and len(found[-1]) > 1:
            found[-1] = found[-1][:-1]
        found[-1] += "…"
    return found


def _pieces(word: str, size: float, width: float) -> list[str]:
    pieces = [""]
    for letter in word:
        if pieces[-1] and measured(pieces[-1] + letter, size) > width:
            pieces.append("")
        pieces[-1] += letter
    return pieces


@dataclass(frozen=True)
class Box:
    """A place that is taken: its middle and its size."""

    x: float
    y: float
    width: float
    height: float

    def meets(self, other: Box) -> bool:
        """Say whether two places share ground."""
        over, down = abs(self.x - other.x), abs(self.y - other.y)
        return over * 2 < self.width + other.width and down * 2 < self.height + other.height


def placed(want: Box, taken: Sequence[Box], frame: tuple[float, float], gap: float = 3) -> Box:
    """Move a box from where it would stand to the nearest free place within the frame, in a spiral; there it stays.

    Where no place is free within reach, the box stands where it was wanted: a mark is never lost.
    """
    step = want.height / 2
    for turn in range(60):
        far = turn * step / 2
        for i in range(24 if turn else 1):
            angle = 2 * pi * i / 24
            x, y = want.x + far * cos(angle) * max(1.0, want.width / want.height / 2), want.y + far * sin(angle)
            if not (want.width / 2 <= x <= frame[0] - want.width / 2):
                continue
            if not (want.height / 2 <= y <= frame[1] - want.height / 2):
                continue
            room = Box(x, y, want.width + gap, want.height + gap)
            if not any(room.meets(t) for t in taken):
                return Box(x, y, want.width, want.height)
    return want


def standalone(svg: str) -> str:
    """Give a document of its own from an SVG of a page: named space, white ground, no classes; colours are light."""
    head, _, rest = svg.partition(">")
    head = re.sub(r' (?:class|aria-hidden)="[^"]*"', "", head)
    if " xmlns=" not in head:
        head = head.replace("<svg", '<svg xmlns="http://www.w3.org/2000/svg"', 1)
    size = re.search(r'viewBox="0 0 ([\d.]+) ([\d.]+)"', head)
    if size and " width=" not in head:
        head += f' width="{size[1]}" height="{size[2]}"'
    # Quotes in texts are escaped, so only attributes can match.
    rest = re.sub(r' class="[^"]*"', "", rest)
    return f'{head}><rect width="100%" height="100%" fill="#ffffff"/>{rest}'
