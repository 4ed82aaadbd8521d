"""Records of a GLEIF file in JSON, many at a time, in bounded memory.

The golden copy is one object around one list of thirteen gigabytes. It is cut where a record ends and the next one
begins with its first key; inside a text that key could not stand, since its quotes would be escaped. Each stretch is
parsed whole. Where that fails, its records are parsed one by one, and the bad ones given back as faults.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any, Final

import orjson

from longarm.errors import SourceError
from longarm.ingest.formats.bounded import opened
from longarm.ingest.formats.collecting import paused
from longarm.ingest.formats.gleif_shape import MAX_RECORD, Found, Record, Shape
from longarm.ingest.stream import Input

_STRETCH: Final = 1 << 21
_CLOSING: Final = re.compile(rb"[\s,]*\]?[\s,}\]]*\Z")
_MAX_LIST: Final = 10_000
"""Parts of one list that are read of a record."""


class Records:
    """The records of one file, in order."""

    def __init__(self, shape: Shape, source: Input, start: tuple[int, int] = (0, 0)) -> None:
        self.header: dict[str, str] = {}
        self._stream, self._shape, self._name = opened(source), shape, source.name
        self._number, self._at = start
        self._first = re.compile(rb"\{\s*\"" + shape.key.encode() + rb"\"\s*:")
        self._next = re.compile(rb"\}\s*,?\s*(\{\s*\"" + shape.key.encode() + rb"\"\s*:)")
        self._reach = reach(shape)

    def __iter__(self) -> Iterator[Found]:
        """Give the records. Raises SourceError where there is none."""
        buffer = self._begin()
        is_last = False
        while not is_last:
            block = self._stream.read(_STRETCH)
            is_last = not block
            buffer += block
            end = len(buffer) if is_last else self._last_cut(buffer)
            if end:
                yield from self._stretch(buffer[:end], is_last)
                self._at += end
                buffer = buffer[end:]
            elif len(buffer) > MAX_RECORD:
                self._number += 1
                yield Found(self._number, None, f"it is larger than {MAX_RECORD >> 20} MiB", self._at)
                buffer = self._pass_over(buffer)

    def _begin(self) -> bytes:
        """Go to where reading starts: the first record, or the one at which it was stopped."""
        if self._at:
            return self._stream.skip(self._at)
        buffer = b""
        while len(buffer) <= MAX_RECORD:
            block = self._stream.read(_STRETCH)
            buffer += block
            found = self._first.search(buffer)
            if found:
                self._at = found.start()
                return buffer[found.start() :]
            if not block:
                break
        if re.fullmatch(rb"\s*(\{\s*\"" + self._shape.wrapper.encode() + rb"\"\s*:\s*)?\[\s*\]\s*\}?\s*", buffer):
            return b""
        raise SourceError(
            "there is no record in it",
            file=self._name,
            mend=f'GLEIF\'s JSON was expected: {{"{self._shape.wrapper}": [{{"{self._shape.key}": …',
        )

    def _last_cut(self, buffer: bytes) -> int:
        """Give where the last record begins that is not whole yet, or 0."""
        key = b'"' + self._shape.key.encode() + b'"'
        at = len(buffer)
        while (at := buffer.rfind(key, 0, at)) > 0:
            begin = max(0, buffer.rfind(b"}", 0, at))
            found = self._next.match(buffer, begin)
            if found and found.end() > at:
                return found.start(1)
        return 0

    def _pass_over(self, buffer: bytes) -> bytes:
        """Give what follows a record that is too large, from the next one on."""
        while True:
            found = self._next.search(buffer)
            if found:
                self._at += found.start(1)
                return buffer[found.start(1) :]
            block = self._stream.read(_STRETCH)
            if not block:
                self._at += len(buffer)
                return b""
            self._at += max(0, len(buffer) - 256)
            buffer = buffer[-256:] + block

    def _stretch(self, data: bytes, is_last: bool) -> Iterator[Found]:
        """Give the records of a stretch that begins and ends with whole ones."""
        body = data.rstrip(b" \t\r\n,")
        if is_last:
            body = self._without_end(body)
        if not body.strip():
            return
        try:
            with paused():
                found = self._all(orjson.loads(b"[" + body + b"]"))
        except orjson.JSONDecodeError:
            yield from self._one_by_one(body)
            return
        yield from found

    def _all(self, listed: list[Any]) -> list[Found]:
        found = []
        for value in listed:
            self._number += 1
            found.append(self._found(value, self._at))
        return found

    def _without_end(self, body: bytes) -> bytes:
        """Take the brackets off that close the list and the object around it."""
        end = _CLOSING.search(body)
        if end and b"]" in end[0]:
            return body[: body.rfind(b"}", 0, body.rfind(b"]")) + 1]
        return body

    def _one_by_one(self, body: bytes) -> Iterator[Found]:
        begin = 0
        ends = [found.start(1) for found in self._next.finditer(body)] + [len(body)]
        for end in ends:
            self._number += 1
            piece = body[begin:end].rstrip(b" \t\r\n,")
            try:
                yield self._found(orjson.loads(piece), self._at + begin)
            except orjson.JSONDecodeError as fault:
                yield Found(self._number, None, f"this is not JSON: {fault}", self._at + begin)
            begin = end

    def _found(self, value: Any, position: int) -> Found:
        if self._shape.inside and isinstance(value, dict):
            value = value.get(self._shape.inside)
        if not isinstance(value, dict):
            return Found(self._number, None, "a record is one object", position)
        try:
            return Found(self._number, read(value, self._reach), "", position)
        except TypeError as fault:
            return Found(self._number, None, str(fault), position)


Reach = dict[str, Any]
"""key → what lies below: the path of a text, (path, what of it) of a part, or more keys"""


def reach(shape: Shape) -> Reach:
    """Make the tree of keys that are read."""
    tree: Reach = {}

    def at(path: str) -> Reach:
        here = tree
        for step in path.split("."):
            here = here.setdefault(step, {})
        return here

    for path in shape.fields:
        where, _, attribute = path.partition("@")
        at(where)["@xml:lang" if attribute == "lang" else f"@{attribute}" if attribute else "$"] = path
    for path, subs in shape.parts.items():
        at(path)["[]"] = (path, {("@xml:lang" if s == "@lang" else s) or "$": s for s in subs})
    return tree


def read(value: dict[str, Any], tree: Reach) -> Record:
    """Turn GLEIF's JSON, where a text is `{"$": text}` or the text itself, into a record.

    Raises TypeError where a value is neither.
    """
    record: Record = {}
    _into(record, value, tree)
    return record


def _into(record: Record, value: dict[str, Any], tree: Reach) -> None:
    for key, given in value.items():
        below = tree.get(key)
        if below is None or given is None:
            continue
        if isinstance(below, str):  # `$` or an attribute of what we stand in
            if text := _text(given):
                record[below] = text
        elif "[]" in below:
            path, subs = below["[]"]
            parts = [_part(each, subs) for each in (given if isinstance(given, list) else [given])[:_MAX_LIST]]
            record[path] = [part for part in parts if part]
        elif isinstance(given, dict):
            if len(below) == 1 and "$" in below:  # most of them: a text and nothing else
                if text := _text(given.get("$")):
                    record[below["$"]] = text
            else:
                _into(record, given, below)
        elif "$" in below:
            if text := _text(given):
                record[below["$"]] = text
        else:
            raise TypeError(f"'{key}' is not an object")


def _part(given: Any, subs: dict[str, str]) -> dict[str, str]:
    if not isinstance(given, dict):
        text = _text(given) if "$" in subs else ""
        return {"": text} if text else {}
    found = {}
    for key, sub in subs.items():
        value = given.get(key)
        if value is not None and (text := _joined(value)):
            found[sub] = text
    return found


def _joined(value: Any) -> str:
    if isinstance(value, list):
        return ", ".join(filter(None, (_text(each) for each in value[:_MAX_LIST])))
    return _text(value)


def _text(value: Any) -> str:
    if isinstance(value, str):
        return value.strip()
    if isinstance(value, dict):
        return _text(value.get("$"))
    if value is None:
        return ""
    if isinstance(value, (int, float)):
        return str(value)
    raise TypeError(f"{type(value).__name__} where a text was expected")
