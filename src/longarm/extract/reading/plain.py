"""Plain and pasted text: one paragraph or element a line, whatever way it was broken into lines."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from statistics import quantiles
from typing import Final

_SPACE: Final = re.compile(r"[^\S\n]+")
_UNSEEN: Final = re.compile(r"[\x01-\x08\x0b\x0c\x0e-\x1f\x7f\u200b\u2060\ufeff\u00ad]")
_ENDS: Final = re.compile(r"[.!?:…]['\"»”’)\]]*$")


def tidied(text: str) -> str:
    """Give a text in NFC, with single spaces, without invisible signs and empty lines."""
    text = _UNSEEN.sub("", unicodedata.normalize("NFC", text).replace("\u2028", "\n").replace("\u2029", "\n"))
    lines = (_SPACE.sub(" ", line).strip() for line in text.split("\n"))
    return "\n".join(line for line in lines if line)


def as_written(text: str) -> str:
    """Give a plain text to the letter, so that offsets are those of the file; only a wrapped one is joined."""
    joined_up = unwrapped(text)
    return text if joined_up is text else tidied(joined_up)


def unwrapped(text: str) -> str:
    """Give a text with the lines of each paragraph joined, where a program has wrapped them at a width.

    Wrapped is a text of which nine lines in ten that are followed by another in their paragraph are no longer than 100
    characters, while their paragraphs are divided by empty lines.
    """
    blocks = [
        [line.strip() for line in block.split("\n")] for block in re.split(r"\n[^\S\n]*\n", text) if block.strip()
    ]
    inner = [len(line) for block in blocks for line in block[:-1]]
    if len(blocks) < 2 or len(inner) < 3 or quantiles(inner, n=10)[-1] > 100:
        return text
    width = quantiles(inner, n=10)[-1]
    return "\n".join(piece for block in blocks for piece in joined(block, width))


def joined(lines: Sequence[str], width: float) -> list[str]:
    """Join lines that run to the width into paragraphs; a word parted by a hyphen at a line's end is made whole."""
    out: list[str] = []
    running = False
    for line in lines:
        if running and out:
            before = out[-1]
            whole = re.search(r"[^\W\d_]-$", before) is not None and line[:1].islower()
            out[-1] = before[:-1] + line if whole else f"{before} {line}"
        else:
            out.append(line)
        running = len(line) >= 0.75 * width and not (_ENDS.search(line) and len(line) < 0.85 * width)
        running = running or (line.endswith("-") and len(line) > 0.6 * width)
    return out
