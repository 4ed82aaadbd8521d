"""What a role at a part of the site gives, and what a right or a dependency lets its holder do (design 4.2, 4.3).

Both tables are YAML with a reason in each row; a statement about the particular contract overrides a role.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

import yaml


@dataclass(frozen=True)
class Role:
    """One row of the means table."""

    name: str
    gives: tuple[str, ...]
    reason: str
    may_give: tuple[str, ...] = ()
    """What the role gives only where a statement says so."""


@dataclass(frozen=True)
class Right:
    """One row of the table of control and influence: what a type of control is, and what it gives."""

    name: str
    kind: str
    """control or influence, or organ"""
    gives: tuple[str, ...]
    through: str
    """ownership: works only for whoever can direct the holder as an owner; dealing: by the holder's own acts"""
    reason: str


@cache
def _data() -> dict[str, Any]:
    data: dict[str, Any] = yaml.safe_load(files("longarm.model").joinpath("roles.yaml").read_text("utf-8"))
    return data


@cache
def roles() -> dict[str, Role]:
    """Give the means table by the name of the role."""
    return {
        row["role"]: Role(row["role"], tuple(row["gives"]), row["reason"], tuple(row.get("may_give", ())))
        for row in _data()["roles"]
    }


@cache
def rights() -> dict[str, Right]:
    """Give the table of control and influence by the name of the right."""
    return {
        row["right"]: Right(
            row["right"], row["kind"], tuple(row["gives"]), row.get("through", "ownership"), row["reason"]
        )
        for row in _data()["rights"]
    }


def role(name: str) -> Role:
    """Give a role. Raises ValueError, with the roles there are, where there is none of this name."""
    found = roles().get(name.strip().lower())
    if found is None:
        raise ValueError(f"'{name}' is not a role; one of these was expected: {', '.join(roles())}")
    return found


def right(name: str) -> Right | None:
    """Give the right that a control type names, or None where the table does not know it."""
    text = name.strip().lower()
    if text in rights():
        return rights()[text]
    for row in _data()["rights"]:
        if any(word in text for word in row.get("also", ())):
            return rights()[row["right"]]
    return None
