"""YAML written by hand, checked against a JSON schema, with every fault led back to its line.

Anchors and aliases are refused: a case file needs none, and they are how a small file becomes a huge one. Dates stay
text, as they are written, since `2018-12` must stay partial.
"""

from __future__ import annotations

import difflib
import json
import math
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

import yaml

from longarm.errors import SourceError
from longarm.ingest import json_lines
from longarm.ingest.files import control, text, unwritable

MAX_BYTES = 4 * 1024 * 1024
MAX_JSON = 8 * 1024 * 1024
MAX_EVENTS = 400_000
"""Scalars, and beginnings and ends of lists and mappings: what reading costs time for."""
MAX_DEPTH = 40

Path = tuple[str | int, ...]


_Safe: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


class _Loader(_Safe):  # type: ignore[misc] # the compiled loader where there is one
    """YAML without dates: what looks like one stays text."""


_Loader.yaml_implicit_resolvers = {
    first: [(tag, pattern) for tag, pattern in resolvers if tag != "tag:yaml.org,2002:timestamp"]
    for first, resolvers in yaml.SafeLoader.yaml_implicit_resolvers.items()
}


@dataclass(frozen=True)
class Lined:
    """A value from a YAML or JSON file, and the line of each of its places."""

    value: Any
    lines: Mapping[Path, int]
    file: str

    def line(self, *path: str | int) -> int:
        """Give the line of a place, or of the nearest place around it."""
        while path not in self.lines and path:
            path = path[:-1]
        return self.lines.get(path, 1)

    def fault(self, message: str, *path: str | int, mend: str | None = None) -> SourceError:
        """Make an error that names the file and the line of a place."""
        return SourceError(message, file=self.file, line=self.line(*path), mend=mend)


def read(data: bytes, name: str) -> Lined:
    """Read one YAML or JSON document. Raises SourceError with the line."""
    most = MAX_JSON if name.endswith(".json") else MAX_BYTES
    if len(data) > most:
        raise SourceError(f"the file has {len(data):,} bytes; at most {most:,} were expected", file=name)
    content = text(data, name)
    if (at := control(content)) is not None:
        raise SourceError(
            f"a control character (U+{ord(content[at]):04X}) stands here",
            file=name,
            line=content.count("\n", 0, at) + 1,
            mend="take it out",
        )
    if name.endswith(".json"):
        try:
            value, lines = json_lines.read(content)
        except (ValueError, RecursionError):
            pass  # read as YAML, which says the line of the fault
        else:
            return _writable(Lined(value, lines, name))
    return _writable(_yaml(content, name))


def _writable(lined: Lined) -> Lined:
    """Give the value back if every text in it can be kept and shown, and every number is one; else raise."""
    waiting: list[tuple[Path, Any]] = [((), lined.value)]
    while waiting:
        path, value = waiting.pop()
        if isinstance(value, dict):
            waiting += [((*path, key), each) for key, each in value.items()]
            for key in value:
                _check_text(lined, key, (*path, key))
        elif isinstance(value, list):
            waiting += [((*path, i), each) for i, each in enumerate(value)]
        elif isinstance(value, str):
            _check_text(lined, value, path)
        elif isinstance(value, float) and not math.isfinite(value):
            raise lined.fault(f"'{value}' is not a number that is read", *path)
    return lined


def _check_text(lined: Lined, value: str, path: Path) -> None:
    if fault := unwritable(value):
        raise lined.fault(fault, *path, mend="take it out")


def _yaml(content: str, name: str) -> Lined:
    try:
        _refuse_traps(content, name)
        loader = _Loader(content)
        node = loader.get_single_node()
        if node is None:
            raise SourceError("the file holds nothing", file=name)
        lines: dict[Path, int] = {}
        value = _construct(loader, node, (), lines, name)
    except SourceError:
        raise
    except yaml.MarkedYAMLError as fault:
        mark = fault.problem_mark or fault.context_mark
        raise SourceError(
            f"this is not YAML: {fault.problem or fault.context}",
            file=name,
            line=mark.line + 1 if mark else None,
            mend=_mend(fault.problem or ""),
        ) from fault
    except (yaml.YAMLError, RecursionError, ValueError) as fault:
        raise SourceError(f"this is not YAML: {fault}", file=name) from fault
    return Lined(value, lines, name)


def _refuse_traps(content: str, name: str) -> None:
    """Refuse aliases and deep nesting from the flat stream of events, before anything is built of it."""
    depth = 0
    for count, event in enumerate(yaml.parse(content, _Loader)):
        if count > MAX_EVENTS:
            raise SourceError(f"the file holds over {MAX_EVENTS:,} values", file=name, mend="split it")
        tag = getattr(event, "tag", None)
        if tag is not None:
            shown = tag.replace("tag:yaml.org,2002:", "!!")
            raise SourceError(f"the tag {shown} is not read", file=name, line=_line(event), mend="leave it out")
        if isinstance(event, yaml.AliasEvent) or getattr(event, "anchor", None):
            raise SourceError("anchors and aliases are not read", file=name, line=_line(event), mend="write it out")
        depth += isinstance(event, yaml.CollectionStartEvent) - isinstance(event, yaml.CollectionEndEvent)
        if depth > MAX_DEPTH:
            raise SourceError(
                f"this is not YAML that is read: nested over {MAX_DEPTH} deep", file=name, line=_line(event)
            )


def _line(event: yaml.Event) -> int | None:
    return event.start_mark.line + 1 if event.start_mark else None


def _mend(problem: str) -> str:
    if "tab" in problem or "\\t" in problem:
        return "use spaces, not tabs"
    if "mapping values are not allowed" in problem:
        return "put a text that holds a colon in quotes"
    return "look at this line and the one above: indentation, colons and quotes"


def _construct(loader: Any, node: yaml.Node, path: Path, lines: dict[Path, int], name: str) -> Any:
    lines[path] = node.start_mark.line + 1
    if isinstance(node, yaml.MappingNode):
        found: dict[str, Any] = {}
        for key_node, value_node in node.value:
            key = str(key_node.value)
            if key in found:
                raise SourceError(f"'{key}' stands here twice", file=name, line=key_node.start_mark.line + 1)
            found[key] = _construct(loader, value_node, (*path, key), lines, name)
            lines[*path, key] = key_node.start_mark.line + 1
        return found
    if isinstance(node, yaml.SequenceNode):
        return [_construct(loader, n, (*path, i), lines, name) for i, n in enumerate(node.value)]
    return loader.construct_object(node)


@cache
def schema(name: str) -> dict[str, Any]:
    """Give a JSON schema that longarm ships for the case folder."""
    found: dict[str, Any] = json.loads(files("longarm.ingest").joinpath("schemas", name).read_text("utf-8"))
    return found


def check(lined: Lined, schema_name: str) -> Lined:
    """Give the value back if it fits its schema; raise SourceError for the first fault, by line, with the mend."""
    import jsonschema

    # An id with a line break behind it is none, though `$` alone would take it.
    extend: Any = jsonschema.validators.extend
    whole = extend(jsonschema.Draft202012Validator, {"pattern": _whole})
    validator = whole(schema(schema_name))
    faults = sorted(validator.iter_errors(lined.value), key=lambda f: _order(lined, f))
    if faults:
        fault = _deepest(faults[0])
        raise lined.fault(_say(fault), *fault.absolute_path, mend=_expected(fault, len(faults)))
    return lined


def _whole(_: Any, pattern: str, value: Any, __: Any) -> Iterator[Any]:
    import jsonschema

    if isinstance(value, str) and not re.fullmatch(pattern, value, re.ASCII):
        yield jsonschema.ValidationError(f"{value!r} does not match {pattern!r}")


def _order(lined: Lined, fault: Any) -> tuple[int, bool, str]:
    """By line; of one line an unknown key first, since a slip in a key also makes the line lack it."""
    return lined.line(*fault.absolute_path), fault.validator != "additionalProperties", str(fault.message)


def _deepest(fault: Any) -> Any:
    """Follow `anyOf` to the branch that came furthest: that is the one that the writer meant."""
    while fault.context:
        fault = max(fault.context, key=lambda f: (len(f.absolute_path), f.validator != "type"))
    return fault


def _say(fault: Any) -> str:
    place = ".".join(str(p) for p in fault.absolute_path) or "the file"
    value = fault.instance
    shown = json.dumps(value, ensure_ascii=False)[:80] if not isinstance(value, dict | list) else ""
    if fault.validator == "required":
        missing = next(k for k in fault.validator_value if k not in value)
        return f"{place} lacks '{missing}'"
    if fault.validator == "additionalProperties":
        return f"{place} has an unknown key '{_unknown(fault)}'"
    if fault.validator == "enum":
        return f"{place}: {shown} is not one of the values that stand here"
    if fault.validator == "type":
        kinds = fault.validator_value if isinstance(fault.validator_value, list) else [fault.validator_value]
        return f"{place}: {shown or 'this'} is not {' or '.join(_KINDS.get(str(k), str(k)) for k in kinds)}"
    if fault.validator == "pattern":
        return f"{place}: {shown} does not have the form that stands here"
    return f"{place}: {fault.message[:160]}"


def _unknown(fault: Any) -> str:
    return min(str(k) for k in fault.instance if k not in fault.schema.get("properties", {}))


_KINDS = {
    "object": "a mapping",
    "array": "a list",
    "string": "a text",
    "number": "a number",
    "integer": "a whole number",
    "boolean": "true or false",
    "null": "null",
}


def _expected(fault: Any, count: int) -> str:
    more = f" ({count - 1} more after this one)" if count > 1 else ""
    if fault.validator == "enum":
        return "one of: " + ", ".join(str(v) for v in fault.validator_value) + more
    if fault.validator == "additionalProperties":
        known = fault.schema.get("properties", {})
        near = difflib.get_close_matches(_unknown(fault), known, n=1)
        return (f"did you mean '{near[0]}'? " if near else "") + "known here: " + _list(known) + more
    told = fault.schema.get("description") if isinstance(fault.schema, dict) else None
    return (told or "see docs/case-folder.md") + more


def _list(names: Iterable[str]) -> str:
    return ", ".join(names)
