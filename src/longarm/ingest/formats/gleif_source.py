"""A GLEIF file of any kind: which of the three it is and in which writing, what it says of itself, and its records."""

from __future__ import annotations

import codecs
import io
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import replace
from typing import Any, Final, Literal

from longarm.errors import SourceError
from longarm.ingest.formats import gleif_csv, gleif_json, gleif_xml
from longarm.ingest.formats.gleif_shape import Found, Shape
from longarm.ingest.stream import About, Input

Writing = Literal["xml", "json", "csv"]
HEAD: Final = 1 << 16
ORIGIN: Final = "register:gleif"
_READERS: Final[Mapping[str, Any]] = {"xml": gleif_xml.Records, "json": gleif_json.Records, "csv": gleif_csv.Records}
_NAMED: Final = re.compile(
    r"(?P<day>\d{8})(?:-(?P<hour>\d{4}))?-gleif-.*?(?:golden-copy|(?P<delta>intra-day|last-day|last-week|last-month))",
    re.ASCII,
)
"""How GLEIF names its files: `20260911-1600-gleif-goldencopy-lei2-golden-copy.json`."""


def writing(head: bytes, shape: Shape) -> Writing | None:
    """Say from the first bytes in which writing this is the format of `shape`, if it is."""
    text = _decoded(head)
    begin = text.lstrip()[:1]
    if begin == "<":
        found = re.search(r"<(?:[\w.-]+:)?(?!\?|!)([A-Za-z]\w*)", re.sub(r"<[?!][^>]*>", "", text))
        return "xml" if found and (found[1] in (shape.root, shape.record) or shape.namespace in text) else None
    if begin in ("{", "["):
        return "json" if _is_json(text, shape) else None
    first = text.split("\n", 1)[0]
    columns = {name.strip().strip('"') for name in first.split(",")}
    return "csv" if shape.columns <= columns else None


def _is_json(text: str, shape: Shape) -> bool:
    found = re.search(rf'\{{\s*"{shape.key}"\s*:', text)
    if found is None:
        return False
    follows = text[found.start() :]
    return bool(re.search(_FOLLOWS[shape.wrapper], follows))


_FOLLOWS: Final = {
    "records": r'"(Entity|LegalName)"\s*:',
    "relations": r'"(StartNode|Relationship)"\s*:',
    "exceptions": r'"ExceptionCategory"\s*:',
}


def _decoded(head: bytes) -> str:
    for mark, name in (
        (codecs.BOM_UTF16_LE, "utf-16"),
        (codecs.BOM_UTF16_BE, "utf-16"),
        (codecs.BOM_UTF8, "utf-8-sig"),
    ):
        if head.startswith(mark):
            return head.decode(name, "replace")
    return head.decode("utf-8", "replace")


def recognises(head: bytes, shape: Shape) -> float:
    """Say how sure it is that these are the first bytes of this format."""
    return 0.95 if writing(head, shape) else 0.0


def records(source: Input, shape: Shape, start: tuple[int, int] = (0, 0)) -> Iterator[Found]:
    """Give the records from `start` on. Raises SourceError where the file is not of this format."""
    reader: Callable[..., Iterable[Found]] = _READERS[_writing(source, shape)]
    return iter(reader(shape, source, start))


def _writing(source: Input, shape: Shape) -> Writing:
    with source.open() as stream:
        found = writing(stream.read(HEAD), shape)
    if found is None:
        raise SourceError(
            f"this is no {shape.root} of GLEIF",
            file=source.name,
            mend="XML, JSON or CSV of the golden copy was expected",
        )
    return found


def about(source: Input, shape: Shape) -> About:
    """Say what the file says of itself; JSON and CSV say nothing, so their name is asked.

    Raises SourceError where the file is not of this format.
    """
    header: dict[str, str] = {}
    if _writing(source, shape) == "xml":
        with source.open() as stream:
            head = stream.read(HEAD)
        reading = gleif_xml.Records(shape, replace(source, open=lambda: io.BytesIO(head)))
        next(iter(reading), None)
        header = reading.header
    named = _NAMED.search(source.name)
    published = header.get("ContentDate", "")[:10]
    if not published and named:
        published = f"{named['day'][:4]}-{named['day'][4:6]}-{named['day'][6:]}"
    content = header.get("FileContent", "")
    is_delta = "DELTA" in content or bool(header.get("DeltaStart")) or bool(named and named["delta"])
    is_whole = "FULL" in content or bool(named and not named["delta"])
    return About(
        publisher="Global Legal Entity Identifier Foundation" if "LOU" not in content else header.get("Originator"),
        publisher_class="register",
        origin=ORIGIN,
        origin_name="LEI register (GLEIF)",
        published=published or None,
        is_snapshot=is_whole and not is_delta and "LOU" not in content,
        follows=header.get("DeltaStart") or None,
    )
