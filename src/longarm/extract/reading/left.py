"""What of a page is not in its text, by kind: navigation, footers, forms, scripts, controls, what lies outside."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from lxml.html import HtmlElement

from longarm.extract.reading.region import Block, is_apart

_LONGEST: Final = 300
"""characters of a piece that are shown"""
_MOST: Final = 300
"""pieces of a page that are named; of further ones only the number is said"""
_SCRIPTS: Final = ("script", "style", "template")
_NAMES: Final = {
    "nav": "navigation",
    "menu": "navigation",
    "navigation": "navigation",
    "menubar": "navigation",
    "footer": "footer",
    "contentinfo": "footer",
    "form": "form",
    "search": "form",
    "select": "form",
    "textarea": "form",
    "button": "control",
}


@dataclass(frozen=True)
class LeftOut:
    """A piece of a page that is not in the text: navigation, footer, form, control, outside, hidden, script."""

    kind: str
    text: str
    """its first 300 characters; of scripts, their number"""


def left_out(tree: HtmlElement, controls: Iterable[Block], outside: Iterable[Block]) -> list[LeftOut]:
    """Name what is left out of a page."""
    found = [LeftOut(_name(element), words) for element in _apart(tree) if (words := _short(element.text_content()))]
    found += [LeftOut("control", _short(block.words)) for block in controls]
    found += [LeftOut("outside", _short(block.words)) for block in outside]
    if len(found) > _MOST:
        found = [*found[:_MOST], LeftOut("outside", f"{len(found) - _MOST} more pieces")]
    return found


def without_scripts(tree: HtmlElement) -> int:
    """Take scripts and styles off a page, and give their number: their code is no text."""
    scripts = list(tree.iter(*_SCRIPTS))
    for script in scripts:
        script.drop_tree()
    return len(scripts)


def _apart(tree: HtmlElement) -> Iterable[HtmlElement]:
    waiting = [tree]
    while waiting:
        element = waiting.pop()
        if not isinstance(element.tag, str) or element.tag == "head":
            continue
        if is_apart(element):
            yield element
        else:
            waiting.extend(reversed(element))


def _name(element: HtmlElement) -> str:
    return _NAMES.get(str(element.tag)) or _NAMES.get(element.get("role", "")) or "hidden"


def _short(words: str) -> str:
    return " ".join(words.split())[:_LONGEST]
