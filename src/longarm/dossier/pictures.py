"""Drawings as pictures, for forms that cannot draw: the Word file shows the timeline and the map as PNG.

Letters come from the fonts that longarm ships; those of other scripts from the fonts of the machine.
"""

from __future__ import annotations

import base64
import tempfile
from functools import cache
from importlib.resources import files
from io import BytesIO
from pathlib import Path
from typing import Final

_WIDTH: Final = 1600
"""Pixels across: twice what a page of A4 needs on a screen."""


def png(svg: str) -> bytes:
    """Draw an SVG document that carries its own colours."""
    import resvg_py

    return bytes(
        resvg_py.svg_to_bytes(
            svg_string=svg,
            width=_WIDTH,
            background="#ffffff",
            font_files=_fonts(),
            sans_serif_family="IBM Plex Sans",
            font_family="IBM Plex Sans",
        )
    )


def inline(svg: str) -> str:
    """Give the picture of a drawing as the address of an image that stands inside its page."""
    return f"data:image/png;base64,{base64.b64encode(png(svg)).decode()}"


@cache
def _fonts() -> list[str]:
    """Write the fonts once in a form that is not compressed, for as long as the program runs."""
    from fontTools.ttLib import TTFont

    folder = tempfile.TemporaryDirectory(prefix="longarm-fonts-")
    _kept.append(folder)
    found = []
    for font in sorted(files("longarm.serve").joinpath("static", "fonts").iterdir(), key=lambda f: f.name):
        if font.name.endswith(".woff2"):
            plain = TTFont(BytesIO(font.read_bytes()))
            plain.flavor = None
            path = Path(folder.name) / font.name.replace(".woff2", ".ttf")
            plain.save(path)
            found.append(str(path))
    return found


_kept: list[tempfile.TemporaryDirectory[str]] = []
"""Holds the folder of the fonts until the program ends, which takes it away."""
