"""The readers there are, and which of them a source is for, told by its content.

A reader is any class of a module of this package that has what `stream.Reader` asks for: a new format is a new file.
"""

from __future__ import annotations

import importlib
import inspect
import pkgutil
from functools import cache
from typing import TYPE_CHECKING, Final

from longarm.errors import OptionError, SourceError
from longarm.ingest import files, formats

if TYPE_CHECKING:
    from longarm.ingest.stream import Reader

_ASKED: Final = ("name", "says", "recognises", "about", "read")
_SURE: Final = 0.5
"""below this no reader is believed"""


@cache
def readers() -> tuple[Reader, ...]:
    """Give one of each reader, in the order of their names."""
    found: dict[str, Reader] = {}
    for module in pkgutil.iter_modules(formats.__path__):
        if module.name == "known":
            continue
        loaded = importlib.import_module(f"{formats.__name__}.{module.name}")
        for kind in vars(loaded).values():
            if isinstance(kind, type) and kind.__module__ == loaded.__name__ and all(hasattr(kind, a) for a in _ASKED):
                if _needs_more(kind):
                    continue
                reader: Reader = kind()
                found[reader.name] = reader
    return tuple(found[name] for name in sorted(found))


def _needs_more(kind: type) -> bool:
    """Say whether a reader must be told something first: one of tables needs its mapping, and is asked for with it."""
    given = inspect.signature(kind).parameters.values()
    return any(p.default is p.empty and p.kind is not p.VAR_KEYWORD for p in given)


def named(name: str) -> Reader:
    """Give the reader of a name. Raises OptionError, with the names there are."""
    for reader in readers():
        if reader.name == name:
            return reader
    raise OptionError(f"'{name}' is no format that is read here", mend=_listed())


def recognised(head: bytes, name: str) -> Reader:
    """Give the reader that is surest that a source is for it. Raises SourceError, with what is read here."""
    sure, best = max(((r.recognises(head, name), r.name) for r in readers()), default=(0.0, ""))
    if sure < _SURE:
        raise SourceError(f"this is {_what(head)}nothing that is read here", file=name, mend=_mend(head))
    return named(best)


def _mend(head: bytes) -> str:
    text = "'longarm extract' reads documents; a case keeps their text in documents/ as .txt; here is read: "
    return (text if files.binary(head) else "") + _listed()


def _what(head: bytes) -> str:
    """Call by its name what may well be a mistake."""
    if not head.strip():
        return "empty: "
    if head[:2] in (b"\xff\xfe", b"\xfe\xff"):
        return "UTF-16: "
    kind = files.binary(head)
    return f"{kind}: " if kind else ""


def _listed() -> str:
    lines = "".join(f"\n           {r.name}: {r.says}" for r in readers())
    return f"a case folder or zip with case.yaml and site.yaml, or by content, or with --format:{lines}"
