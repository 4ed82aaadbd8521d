"""A drafted mapping as commented YAML: each line with the column's reason, and what was left out with its own."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator

from longarm.ingest.formats.suggesting import Column, Draft
from longarm.model.names import slug

_NOT_TEXT = frozenset({"yes", "no", "on", "off", "null", "true", "false", "none"})
_SAYS = {
    "holdings": "Each row is a holding: an owner, a company, and what the one holds of the other.",
    "companies": "Each row is a company.",
    "persons": "Each row is a person.",
}


def text(draft: Draft, file: str) -> str:
    """Write a draft as YAML."""
    return "\n".join(_lines(draft, file)) + "\n"


def _lines(draft: Draft, file: str) -> Iterator[str]:
    last = re.split(r"[/\\!]", file)[-1]
    yield f"# A draft for {_plain(last)}, from its columns and first rows. Go through every line of it."
    yield f"# {_SAYS[draft.kind]}"
    for warning in draft.warnings:
        yield f"# CHECK: {_plain(warning)}"
    yield f"{slug(last.rsplit('.', 1)[0])}:"
    yield "  # publisher:              who published the table"
    yield "  # publisher_class: copy   its class in the grade table, such as register"
    yield "  queries:"
    yield f"    - csv_url: {_quoted(last)}"
    yield "      entities:"
    for name, (schema, keys, columns) in draft.entities.items():
        yield f"        {name}:"
        yield f"          schema: {schema}"
        yield f"          keys: [{', '.join(_quoted(k) for k in keys)}]"
        yield f"          key_literal: {'party' if schema != 'Ownership' else 'holding'}"
        yield "          properties:"
        if schema == "Ownership":
            yield "            owner: {entity: owner, required: true}"
            yield "            asset: {entity: company, required: true}"
        yield from _properties(columns)
        if not columns and schema != "Ownership":
            yield "            {}"
    if draft.left:
        yield "      # Not mapped:"
        for column in draft.left:
            yield f"      #   {_quoted(column.name)}: {_why(column)}"


def _properties(columns: tuple[Column, ...]) -> Iterator[str]:
    """Write properties: columns that say the same one together."""
    done: set[str | None] = set()
    for column in columns:
        if column.prop in done:
            continue
        done.add(column.prop)
        same = [c for c in columns if c.prop == column.prop]
        words = f"column: {_quoted(column.name)}"
        if len(same) > 1:
            words = f"columns: [{', '.join(_quoted(c.name) for c in same)}]"
        form = f", format: {_quoted(column.look.format)}" if column.look.format else ""
        yield f"            {column.prop}: {{{words}{form}}}  # {_why(column)}"


def _why(column: Column) -> str:
    seen = f"; {column.look.filled:.0%} filled, such as {column.look.example!r}" if column.look.example else "; empty"
    return _plain((column.why or "no property fits it") + seen)


def _quoted(text: str) -> str:
    """Write a text so that YAML reads it as the same text."""
    if re.fullmatch(r"[A-Za-z][A-Za-z0-9_ -]*[A-Za-z0-9]", text) and text.lower() not in _NOT_TEXT:
        return text
    shown = json.dumps(text, ensure_ascii=False)
    return "".join(c if c.isprintable() else f"\\U{ord(c):08x}" for c in shown)


def _plain(text: str) -> str:
    """Give a text that stays on its line and steers no terminal."""
    return re.sub(r"[^\x20-\x7e\xa1-\uffff]+", " ", text)
