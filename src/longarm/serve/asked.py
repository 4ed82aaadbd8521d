"""The options of a verb as parameters of an address: made from their one declaration, so no default stands twice."""

from __future__ import annotations

import inspect
from collections.abc import Callable, Iterator, Mapping
from typing import Any, TypeVar

from fastapi import Query

from longarm.model.options import Option, declared

T = TypeVar("T")
FILE = "FILE"
"""Stands for a value that names a file."""


def offered(of: type) -> Iterator[Option]:
    """Give the options that may be asked for over HTTP.

    One that names a file is left out: the file would be the server's, read for whoever asks.
    """
    return (option for option in declared(of) if option.metavar != FILE)


def asked(of: type[T]) -> Callable[..., T]:
    """Give what reads the options `of` a verb from the query of an address; an empty value counts as not given."""

    def read(**given: Any) -> T:
        return of(**{name: value for name, value in given.items() if value not in (None, "")})

    parameters = []
    for option in offered(of):
        more: dict[str, Any] = {"enum": list(option.choices)} if option.choices else {}
        query = Query(option.default, description=option.says, json_schema_extra=more)
        kind: Any = int if isinstance(option.default, int) else str | None
        parameters.append(
            inspect.Parameter(option.name, inspect.Parameter.KEYWORD_ONLY, default=query, annotation=kind)
        )
    read.__signature__ = inspect.Signature(parameters)  # type: ignore[attr-defined] # FastAPI reads parameters here
    return read


def as_query(options: Any) -> Mapping[str, str]:
    """Give the options that were asked for, as links carry them on."""
    given = {option: getattr(options, option.name) for option in offered(type(options))}
    return {option.name: str(value) for option, value in given.items() if value != option.default}
