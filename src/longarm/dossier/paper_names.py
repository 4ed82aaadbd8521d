"""Names on a map of the PDF that run from right to left: set as text over the drawing, not inside it.

WeasyPrint sets the text of an SVG letter by letter from the left, so Arabic would stand unjoined and backwards. Set
over the drawing, a name is shaped and ordered by Pango, and can be selected and read out as any text.
"""

from __future__ import annotations

import re
import unicodedata
from typing import Final

from markupsafe import Markup

from longarm.dossier.direction import reads_from_right

_VIEW: Final = re.compile(r'viewBox="0 0 ([\d.]+) ([\d.]+)"')
_HIDDEN: Final = '<g class="map-narrow"'
"""Where the marks for a narrow screen begin, which no paper shows."""
_TEXT: Final = re.compile(
    r'<text fill="currentColor" x="(?P<x>[\d.-]+)" y="(?P<y>[\d.-]+)" text-anchor="middle" '
    r'font-size="(?P<size>[\d.]+)"(?P<more>[^>]*)>(?P<said>[^<]*)</text>'
)
_CAP: Final = 0.36
"""Half the height of a capital, in sizes of the letters: how far the middle of a name lies above its base line."""


def over(drawing: Markup, wide_mm: float) -> Markup:
    """Take out of a drawing the names that hold letters from right to left, and set them over it, `wide_mm` wide."""
    view = _VIEW.search(drawing)
    if view is None:
        return drawing
    width, height = float(view[1]), float(view[2])
    names: list[str] = []

    def taken(found: re.Match[str]) -> str:
        if not _runs_back(found["said"]):
            return found[0]
        size = float(found["size"])
        if "stroke=" not in found["more"]:  # the first of the two is the halo, which the ground of the name replaces
            left = 100 * float(found["x"]) / width
            top = 100 * (float(found["y"]) - _CAP * size) / height
            place = f"left:{left:.2f}%;top:{top:.2f}%;font-size:{size * wide_mm / width:.2f}mm"
            way = "rtl" if reads_from_right(found["said"]) else "ltr"
            names.append(f'<span class="map-over" dir="{way}" style="{place}">{found["said"]}</span>')
        return ""

    shown, mark, hidden = str(drawing).partition(_HIDDEN)
    left_over = _TEXT.sub(taken, shown) + mark + hidden
    if not names:
        return drawing
    return Markup(f'<div class="map-under">{left_over}{"".join(names)}</div>')  # noqa: S704 - pieces of our own drawing


def _runs_back(text: str) -> bool:
    return any(unicodedata.bidirectional(letter) in {"R", "AL"} for letter in text)
