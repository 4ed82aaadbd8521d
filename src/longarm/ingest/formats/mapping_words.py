"""How one property of a mapping gets its values: read from the file, and checked against the vocabulary."""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from longarm.ingest.yaml_lines import Lined, Path

if TYPE_CHECKING:
    from followthemoney.property import Property
    from followthemoney.schema import Schema

_TEMPLATE: Final = re.compile("{{([^(}})]*)}}")
_PROPERTY: Final = (
    "column",
    "columns",
    "literal",
    "literals",
    "join",
    "split",
    "entity",
    "format",
    "fuzzy",
    "required",
    "template",
    "country",
    "lang",
)


@dataclass(frozen=True)
class PropertyMap:
    """Where the values of one property come from."""

    prop: Property
    columns: tuple[str, ...] = ()
    literals: tuple[str, ...] = ()
    entity: str | None = None
    """the entity of the same row that the property points at"""
    template: tuple[str, ...] = ()
    """texts and columns in turn, a text first; empty where there is no template"""
    join: str | None = None
    split: str | None = None
    format: str | None = None
    fuzzy: bool = False
    required: bool = False
    lang: str | None = None


def property_map(lined: Lined, path: Path, schema: Schema, name: str, value: Any) -> PropertyMap:
    prop = schema.get(name)
    if prop is None:
        names = [p for p, each in schema.properties.items() if not each.stub]
        raise lined.fault(f"schema '{schema.name}' has no property '{name}'", *path, mend=near(name, names))
    if prop.stub:
        raise lined.fault(f"'{name}' is the other end of a property, and is not given itself", *path)
    is_mapping(lined, path, value, f"property '{name}'")
    known(lined, path, value, _PROPERTY)
    template = _template(text(value.get("template")))
    made = PropertyMap(
        prop,
        columns=tuple(texts(value, "column", "columns")),
        literals=tuple(texts(value, "literal", "literals")),
        entity=text(value.get("entity")),
        template=template,
        join=text(value.get("join"), strip=False),
        split=text(value.get("split"), strip=False),
        format=_format(lined, path, prop, value),
        fuzzy=_is_true(value.get("fuzzy")),
        required=_is_true(value.get("required")),
        lang=_lang(lined, path, value),
    )
    if made.split == "":
        raise lined.fault("split is empty", *path, "split", mend="the character that stands between values")
    if not (made.columns or made.literals or made.entity or made.template):
        raise lined.fault(
            f"property '{name}' takes its values from nowhere", *path, mend="column, literal, template or entity"
        )
    return made


def _format(lined: Lined, path: Path, prop: Property, value: Mapping[str, Any]) -> str | None:
    """Give the format of dates and identifiers; of a phone number, the country that it is dialled in."""
    from followthemoney.exc import InvalidData

    given, country = text(value.get("format")), text(value.get("country"))
    if country is not None and prop.type.name != "phone":
        raise lined.fault(
            "'country' says where a phone number is dialled; no other property takes it",
            *path,
            "country",
            mend="give the country to the property 'country', as column or literal",
        )
    given = given or country
    if given is not None and prop.type.name == "phone":
        try:
            prop.type.clean("0", format=given)
        except InvalidData:
            raise lined.fault(f"'{given}' is not a country in which numbers are dialled", *path) from None
    if given is not None and prop.type.name == "date" and "%" not in given:
        raise lined.fault(f"'{given}' is not a format of dates", *path, "format", mend='such as "%d/%m/%Y"')
    return given


def _lang(lined: Lined, path: Path, value: Mapping[str, Any]) -> str | None:
    from followthemoney.types import registry

    given = text(value.get("lang"))
    if given is None:
        return None
    code = registry.language.clean(given)
    if code is None:
        raise lined.fault(f"'{given}' is not a language", *path, "lang", mend="ISO 639-3, such as fra or nld")
    return code


def _template(given: str | None) -> tuple[str, ...]:
    if given is None:
        return ()
    parts: list[str] = []
    at = 0
    for found in _TEMPLATE.finditer(given):
        parts += [given[at : found.start()], found[1]]
        at = found.end()
    return (*parts, given[at:])


def is_mapping(lined: Lined, path: Path, value: Any, what: str) -> None:
    if not isinstance(value, dict):
        raise lined.fault(f"{what} is a mapping of words to values", *path, mend="see docs/formats/mapping.md")


def known(lined: Lined, path: Path, value: Mapping[str, Any], words: Iterable[str]) -> None:
    for word in value:
        if word not in words:
            raise lined.fault(f"unknown key '{word}'", *path, word, mend=near(word, words))


def near(word: str, known: Iterable[str]) -> str:
    """Say which known words come nearest."""
    listed = sorted(known)
    folded = {k.lower(): k for k in listed}
    near = [folded[n] for n in difflib.get_close_matches(word.lower(), folded, n=3, cutoff=0.6)]
    if near:
        return f"did you mean '{near[0]}'?" + (f" (or {', '.join(near[1:])})" if near[1:] else "")
    return "known here: " + ", ".join(listed[:60]) + (" …" if len(listed) > 60 else "")


def _is_true(value: Any) -> bool:
    return value is True or str(value).strip().lower() in ("true", "yes", "y", "1", "on", "t")


def text(value: Any, *, strip: bool = True) -> str | None:
    if value is None or isinstance(value, dict | list):
        return None
    words = ("true" if value else "false") if isinstance(value, bool) else str(value)
    return (words.strip() or None) if strip else words


def texts(value: Mapping[str, Any], *words: str) -> list[str]:
    found: list[str] = []
    for word in words:
        given = value.get(word)
        for each in given if isinstance(given, list) else [given]:
            words_of = text(each)
            found += [] if words_of is None else [words_of]
    return found
