"""Where the shipped cases lie, and how to break one."""

from __future__ import annotations

from importlib.resources import as_file, files
from pathlib import Path


def case(name: str) -> Path:
    """Give the folder of a shipped case."""
    with as_file(files("longarm.cases").joinpath(name)) as folder:
        return folder


def edit(folder: Path, name: str, old: str, new: str) -> int:
    """Replace a text, and give the line on which it stands."""
    text = (folder / name).read_text("utf-8")
    assert old in text
    (folder / name).write_text(text.replace(old, new, 1), "utf-8")
    return text[: text.index(old)].count("\n") + 1
