"""States by their ISO 3166 code: which there are, and what each is called."""

from __future__ import annotations

from functools import cache
from importlib.resources import files

import yaml

from longarm.errors import UnknownState


def check(code: str) -> str:
    """Give a state's code in capitals. Raises UnknownState, with the mend, where there is no such state."""
    found = code.strip().upper()
    if found in _names():
        return found
    by_name = [c for c, names in _names().items() if code.strip().lower() in {n.lower() for n in names.values()}]
    mend = f"the code of {code.strip()} is {by_name[0]}" if by_name else "an ISO 3166 code of two letters, such as BE"
    raise UnknownState(f"there is no state '{code}'", mend=mend)


def by_name(text: str) -> str | None:
    """Give the code of the state of this name, in any of the languages that are written here, or None."""
    return _by_name().get(text.strip().casefold())


@cache
def _by_name() -> dict[str, str]:
    found: dict[str, str] = {}
    for code, names in _names().items():
        for each in names.values():
            found.setdefault(each.casefold(), code)
    return found


def name(code: str, language: str = "en") -> str:
    """Give the name of a state; the code itself where none is known."""
    return _names().get(code.upper(), {}).get(language, code.upper())


def in_text(code: str) -> str:
    """Give the name of a state as it stands inside an English sentence, with its article where it takes one."""
    return _names().get(code.upper(), {}).get("text") or name(code)


@cache
def _names() -> dict[str, dict[str, str]]:
    text = files("longarm.model").joinpath("states.yaml").read_text("utf-8")
    found: dict[str, dict[str, str]] = yaml.load(text, getattr(yaml, "CSafeLoader", yaml.SafeLoader))  # noqa: S506
    return found
