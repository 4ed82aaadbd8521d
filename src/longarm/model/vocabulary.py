"""The vocabulary: FollowTheMoney's schemata and property types, and longarm's extensions in the same format.

`import followthemoney` costs over a second, so this module imports it only when a schema is asked for; nothing on the
way to a cached answer does.
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from importlib.resources import as_file, files
from typing import TYPE_CHECKING, Any

import yaml

from longarm.errors import SourceError

if TYPE_CHECKING:
    from followthemoney.model import Model
    from followthemoney.property import Property
    from followthemoney.proxy import EntityProxy

EXTENSIONS = "extensions.yaml"
ADDITIONS = "additions.yaml"


@cache
def model() -> Model:
    """Give FollowTheMoney's model with longarm's schemata beside its own, loaded once."""
    from followthemoney.model import Model as FtmModel
    from followthemoney.schema import Schema
    from followthemoney.settings import MODEL_PATH

    folder = files("longarm.model").joinpath("schema")
    additions: dict[str, Any] = yaml.safe_load(folder.joinpath(ADDITIONS).read_text("utf-8"))

    class Extended(FtmModel):
        """FollowTheMoney's model, read from its own files, ours merged in before the references are resolved."""

        def _load(self, filepath: str) -> None:
            with open(filepath, encoding="utf-8") as handle:
                data = yaml.load(handle, getattr(yaml, "CSafeLoader", yaml.SafeLoader))  # noqa: S506 (a safe loader)
            for name, config in data.items():
                if name in additions:
                    config.setdefault("properties", {}).update(additions[name])
                self.schemata[name] = Schema(self, name, config)

        def generate(self) -> None:
            with as_file(folder.joinpath(EXTENSIONS)) as path:
                if os.fspath(path) not in self._read:
                    self._read.add(os.fspath(path))
                    self._load(os.fspath(path))
            super().generate()

        _read: set[str] = set()  # noqa: RUF012 (one model a process: see @cache)

    return Extended(MODEL_PATH)


def is_own(schema: str) -> bool:
    """True where the schema is longarm's, not FollowTheMoney's."""
    return schema in _own_names()


@cache
def _own_names() -> frozenset[str]:
    text = files("longarm.model").joinpath("schema", EXTENSIONS).read_text("utf-8")
    return frozenset(yaml.safe_load(text))


def is_a(schema: str, of: str) -> bool:
    """Say whether a schema is another, or one of its kind."""
    found = model().get(schema)
    return found is not None and found.is_a(of)


def property_of(schema: str, prop: str) -> Property:
    """Give a property of a schema. Raises SourceError, naming both, where there is none."""
    found = model().get(schema)
    if found is None:
        raise SourceError(f"there is no schema '{schema}'", mend="use a FollowTheMoney or longarm schema")
    named = found.get(prop)
    if named is None:
        raise SourceError(f"schema '{schema}' has no property '{prop}'", mend=f"one of: {', '.join(found.properties)}")
    return named


def clean(schema: str, prop: str, value: str, around: EntityProxy | None = None) -> tuple[str, str]:
    """Clean a value by its property's type. Gives (value, name of the type).

    Raises SourceError where the type cannot take the value.
    """
    named = property_of(schema, prop)
    try:
        cleaned = named.type.clean(value, proxy=around)
    except ValueError:  # FollowTheMoney's own types raise it for a few values, such as a line break in a media type
        cleaned = None
    if cleaned is None:
        raise SourceError(f"'{value}' is not a {named.type.name}, which {schema}.{prop} takes")
    return cleaned, named.type.name


def to_entities(statements: Iterable[Mapping[str, Any]]) -> Iterator[dict[str, Any]]:
    """Assemble FollowTheMoney entities, `{"id", "properties", "schema"}`, from rows of `statements`.

    Rows of one canonical id make one entity; its schema is the narrowest that all of them have in common. Properties
    and values come sorted, which is FollowTheMoney's own normal form for comparison.
    """
    from followthemoney.exc import InvalidData

    found: dict[str, dict[str, set[str]]] = {}
    schemata: dict[str, str] = {}
    for row in statements:
        entity = row["canonical_id"]
        known = schemata.get(entity)
        try:
            schemata[entity] = row["schema"] if known is None else model().common_schema(known, row["schema"]).name
        except InvalidData:
            continue
        values = found.setdefault(entity, {})
        if row["prop"] != "id":
            values.setdefault(row["prop"], set()).add(row["value"])
    for entity in sorted(found):
        properties = {prop: sorted(values) for prop, values in sorted(found[entity].items())}
        yield {"id": entity, "properties": properties, "schema": schemata[entity]}
