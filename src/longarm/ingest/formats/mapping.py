"""A mapping file: how the columns of a table become entities, in FollowTheMoney's mapping language.

Read from YAML or JSON into queries, each checked against the vocabulary; every fault names its line and the nearest
word that is known. See docs/formats/mapping.md for the language and for what longarm adds to it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Final

from longarm.errors import SourceError
from longarm.ingest import yaml_lines
from longarm.ingest.formats.mapping_words import PropertyMap, is_mapping, known, near, property_map, text, texts
from longarm.ingest.yaml_lines import Lined, Path
from longarm.model import grades, vocabulary

if TYPE_CHECKING:
    from followthemoney.schema import Schema

_ABOUT: Final = ("publisher", "publisher_class", "origin", "published", "snapshot", "label", "info_url")
_QUERY: Final = ("csv_url", "csv_urls", "entities", "filters", "filters_not", "sheet", "delimiter", "database")
_ENTITY: Final = ("schema", "key", "keys", "key_literal", "id_column", "properties")


@dataclass(frozen=True)
class EntityMap:
    """What makes one entity of a row."""

    name: str
    schema: Schema
    keys: tuple[str, ...]
    id_column: str | None
    seed: bytes
    """what the hash of the keys begins with: the dataset, then the literal of the key"""
    properties: tuple[PropertyMap, ...]


@dataclass(frozen=True)
class Query:
    """What is read from one table: which rows, and which entities of each, those that others need first."""

    entities: tuple[EntityMap, ...]
    columns: Mapping[str, int]
    """columns that are named → line of the mapping file"""
    filters: tuple[tuple[str, frozenset[str | None], bool], ...] = ()
    """(column, values, whether they are to be left out)"""
    files: tuple[str, ...] = ()
    """names of the tables that it is for; any where empty"""
    sheet: str | None = None
    delimiter: str | None = None


@dataclass(frozen=True)
class MappingFile:
    """All queries of a mapping file, and what it says of the source."""

    name: str
    dataset: str | None
    queries: tuple[Query, ...]
    about: Mapping[str, Any] = field(default_factory=dict)

    def of(self, source: str) -> tuple[Query, ...]:
        """Give the queries for a table of this name: those that name it, or all where they name one table at most.

        Raises SourceError where the mapping is of other tables.
        """
        last = re.split(r"[/!]", source)[-1]
        stem = re.sub(r"\.(gz|bz2|xz|zst)$", "", last)
        fit = tuple(q for q in self.queries if not q.files or any(_last(f) in (last, stem) for f in q.files))
        tables = {_last(f) for q in self.queries for f in q.files}
        if any(q.files for q in fit) or not tables:
            return fit
        if len(tables) == 1:
            return self.queries
        raise SourceError(
            f"the mapping is of other tables: {', '.join(sorted(tables))}; not of '{last}'",
            file=self.name,
            mend="name the table as the mapping does, or put its name into the query as csv_url",
        )


def _last(address: str) -> str:
    return re.split(r"[/\\]", address.split("?")[0])[-1]


def read(data: bytes, name: str) -> MappingFile:
    """Read a mapping file. Raises SourceError with the line and what mends it."""
    lined = yaml_lines.read(data, name)
    value = lined.value
    path: Path = ()
    dataset = None
    if not isinstance(value, dict):
        raise lined.fault("a mapping file is a mapping with 'queries'", mend="see docs/formats/mapping.md")
    if not {"query", "queries", "entities"} & set(value):
        inner = [k for k, v in value.items() if isinstance(v, dict)]
        if len(inner) != 1 or not {"query", "queries", "entities"} & set(value[inner[0]]):
            raise lined.fault(
                "no queries stand here" if len(inner) < 2 else "the file holds several datasets",
                mend="one dataset, with 'queries' beneath it; see docs/formats/mapping.md",
            )
        dataset, path = inner[0], (inner[0],)
        value = value[dataset]
    about = _about(lined, value, path)
    queries: list[Query] = []
    if "entities" in value:
        queries.append(_query(lined, path, value, dataset))
    for word in ("query", "queries"):
        listed = value.get(word)
        if isinstance(listed, list):
            queries += [_query(lined, (*path, word, i), q, dataset) for i, q in enumerate(listed)]
        elif listed is not None:
            queries.append(_query(lined, (*path, word), listed, dataset))
    if not queries:
        raise lined.fault("no queries stand here", *path, mend="see docs/formats/mapping.md")
    return MappingFile(name, dataset, tuple(queries), about)


def _about(lined: Lined, value: Mapping[str, Any], path: Path) -> dict[str, Any]:
    given = {k: value[k] for k in _ABOUT if value.get(k) is not None}
    classes = [name for name, _ in grades.table().classes]
    named = given.get("publisher_class")
    if named is not None and named not in classes:
        raise lined.fault(
            f"'{named}' is not a class of publisher",
            *path,
            "publisher_class",
            mend=near(str(named), classes),
        )
    return given


def _query(lined: Lined, path: Path, value: Any, dataset: str | None) -> Query:
    is_mapping(lined, path, value, "a query")
    if "database" in value:
        raise lined.fault(
            "a database is not asked: longarm reads what was handed in, so that it can be shown later",
            *path,
            "database",
            mend="export the query as CSV or Parquet, and name that as csv_url",
        )
    if path and path[-1] != dataset:
        known(lined, path, value, _QUERY)
    entities = value.get("entities")
    if not isinstance(entities, dict) or not entities:
        raise lined.fault("the query defines no entities", *path, mend="entities: {company: {schema: Company, …}}")
    made = {name: _entity(lined, (*path, "entities", name), name, e, dataset) for name, e in entities.items()}
    for name, entity in made.items():
        _check_ends(lined, (*path, "entities", name), entity, made)
    filters = []
    for word, is_not in (("filters", False), ("filters_not", True)):
        given = value.get(word) or {}
        is_mapping(lined, (*path, word), given, word)
        filters += [(column, frozenset(_filter_values(given[column])), is_not) for column in given]
    columns = _columns(lined, path, value, made, filters)
    return Query(
        entities=tuple(_in_order(lined, path, made)),
        columns=columns,
        filters=tuple(filters),
        files=tuple(texts(value, "csv_url", "csv_urls")),
        sheet=text(value.get("sheet")),
        delimiter=_delimiter(lined, path, value),
    )


def _filter_values(value: Any) -> list[str | None]:
    return [text(v) for v in value] if isinstance(value, list) else [text(value)]


def _delimiter(lined: Lined, path: Path, value: Mapping[str, Any]) -> str | None:
    given = value.get("delimiter")
    if given is not None and (not isinstance(given, str) or len(given) != 1 or given in '\r\n"'):
        raise lined.fault("a delimiter is one character", *path, "delimiter", mend='such as ";" or "\\t"')
    return given


def _columns(
    lined: Lined,
    path: Path,
    value: Mapping[str, Any],
    made: Mapping[str, EntityMap],
    filters: Iterable[tuple[str, frozenset[str | None], bool]],
) -> dict[str, int]:
    """Give each column that a query names, with the line on which it does so."""
    found: dict[str, int] = {}
    for name, entity in made.items():
        at: Path = (*path, "entities", name)
        for key in entity.keys:
            found.setdefault(key, lined.line(*at, "keys" if "keys" in value["entities"][name] else "key"))
        if entity.id_column:
            found.setdefault(entity.id_column, lined.line(*at, "id_column"))
        for prop in entity.properties:
            raw = value["entities"][name]["properties"][prop.prop.name]
            for column in prop.template[1::2] if prop.template else prop.columns:
                word = next((w for w in ("template", "columns", "column") if raw.get(w) is not None), "column")
                found.setdefault(column, lined.line(*at, "properties", prop.prop.name, word))
    for column, _, is_not in filters:
        found.setdefault(column, lined.line(*path, "filters_not" if is_not else "filters", column))
    return found


def _entity(lined: Lined, path: Path, name: str, value: Any, dataset: str | None) -> EntityMap:
    from followthemoney.util import key_bytes

    is_mapping(lined, path, value, f"entity '{name}'")
    known(lined, path, value, _ENTITY)
    schema = _schema(lined, path, name, value)
    keys, id_column = tuple(texts(value, "key", "keys")), text(value.get("id_column"))
    if not keys and id_column is None:
        raise lined.fault(f"entity '{name}' has neither keys nor id_column", *path, mend="key: a column that tells it")
    if keys and id_column is not None:
        raise lined.fault(f"entity '{name}' has keys and id_column", *path, "id_column", mend="leave out one of them")
    given = value.get("properties") or {}
    is_mapping(lined, (*path, "properties"), given, "properties")
    properties = tuple(property_map(lined, (*path, "properties", prop), schema, prop, p) for prop, p in given.items())
    seed = key_bytes(dataset) + key_bytes(text(value.get("key_literal")))
    return EntityMap(name, schema, keys, id_column, seed, properties)


def _schema(lined: Lined, path: Path, name: str, value: Mapping[str, Any]) -> Schema:
    named = text(value.get("schema"))
    if named is None:
        raise lined.fault(f"entity '{name}' has no schema", *path, mend="schema: Company, Person, Ownership, …")
    found = vocabulary.model().get(named)
    if found is None:
        raise lined.fault(
            f"there is no schema '{named}'", *path, "schema", mend=near(named, vocabulary.model().schemata)
        )
    if found.abstract:
        narrower = sorted(s.name for s in found.descendants if not s.abstract)
        raise lined.fault(
            f"schema '{named}' is abstract: no entity is one", *path, "schema", mend="one of: " + ", ".join(narrower)
        )
    return found


def _check_ends(lined: Lined, path: Path, entity: EntityMap, made: Mapping[str, EntityMap]) -> None:
    """Raise where a property points at no entity of the query, or at one that it cannot take."""
    for prop in entity.properties:
        if prop.entity is None:
            continue
        at: Path = (*path, "properties", prop.prop.name, "entity")
        other = made.get(prop.entity)
        if other is None:
            raise lined.fault(f"there is no entity '{prop.entity}' in this query", *at, mend=near(prop.entity, made))
        if prop.prop.range is None:
            raise lined.fault(f"{prop.prop.qname} takes a {prop.prop.type.name}, not an entity", *at)
        if not other.schema.is_a(prop.prop.range):
            raise lined.fault(
                f"{prop.prop.qname} takes a {prop.prop.range.name}; '{prop.entity}' is a {other.schema.name}", *at
            )


def _in_order(lined: Lined, path: Path, made: Mapping[str, EntityMap]) -> list[EntityMap]:
    """Give the entities so that each comes after those that it points at."""
    waiting, found, done = dict(made), [], set[str]()
    while waiting:
        ready = [n for n, e in waiting.items() if {p.entity for p in e.properties if p.entity} <= done]
        if not ready:
            raise lined.fault(
                f"entities point at one another in a circle: {', '.join(waiting)}",
                *path,
                "entities",
                next(iter(waiting)),
            )
        for name in ready[:1]:
            found.append(waiting.pop(name))
            done.add(name)
    return found
