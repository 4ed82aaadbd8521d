"""Records of XML as GLEIF writes it, read without a parser where nothing in it needs one.

In a golden copy a record is elements, texts and a few attributes: no comment, no section, no declaration. Such a
stretch is split at its brackets, at three times the pace of the parser. Every tag must be one that was met and checked,
and must be closed by its own name; a stretch with anything else in it is left to the parser, which decides. What stands
in an element that is not read is not checked.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final, NamedTuple

from longarm.ingest.formats.gleif_pattern import Pattern, marked, pattern
from longarm.ingest.formats.gleif_places import DELETION, LANG, Place, below
from longarm.ingest.formats.gleif_shape import Record

_UNUSUAL: Final = (
    (b"!", b"<!"),
    (b"?", b"<?"),
    (b"]", b"]]>"),
    (b"\xef", b"\xef\xbf\xbe"),
    (b"\xef", b"\xef\xbf\xbf"),
)
"""(a byte that is quick to look for, what must not stand there)"""
_CONTROL: Final = bytes(code for code in range(0x20) if code not in (9, 10, 13))
_TAG: Final = re.compile(r'([^\W\d][\w.-]*:)?([^\W\d][\w.-]*)((?:\s+[\w.:-]+="[^"<>&\t\n\r]*")*)\s*(/?)')
_ATTRIBUTE: Final = re.compile(r'([\w.-]+:)?([\w.-]+)="([^"]*)"')
_DECLARED: Final = re.compile(rb'xmlns(?::([\w.-]+))?\s*=\s*["\']([^"\'<]*)["\']')
_ENCODING: Final = re.compile(rb"<\?xml[^>]*encoding\s*=\s*[\"']([^\"']+)")
_REFERENCE: Final = re.compile(r"&(?:(amp|lt|gt|quot|apos)|#(\d{1,7})|#x([0-9A-Fa-f]{1,6}));")
_LETTERS: Final = {"amp": "&", "lt": "<", "gt": ">", "quot": '"', "apos": "'"}
_PATTERNS: Final = 3000
"""Patterns that are remembered: some 10 KB each."""
_REMEMBERED: Final = 4000
"""Tags that one place remembers; most places meet one, names meet one a language and kind."""


class NotPlain(ValueError):
    """A stretch that is left to the parser."""


class _Tag(NamedTuple):
    """An opening tag that was met and checked."""

    place: Place
    closing: str
    attributes: dict[str, str]
    """key in the record or in the part → value"""
    is_empty: bool


@dataclass(frozen=True)
class Plain:
    """Reads stretches that need no parser."""

    opening: bytes
    """the tag that begins each record"""
    _closing: str
    _prefix: str
    _uris: dict[str, str]
    """prefix with its colon → namespace"""
    _root: Place
    _met: dict[Place, dict[str, _Tag]]
    _patterns: dict[tuple[str, ...], Pattern]

    @classmethod
    def of(cls, tree: Place, prologue: bytes, first: bytes, was_utf_16: bool) -> Plain | None:
        """Make one for a file by what stands before its first record and by that record's tag; None if it cannot be."""
        encoding = _ENCODING.search(prologue)
        if encoding and not was_utf_16 and encoding[1].lower() not in (b"utf-8", b"us-ascii"):
            return None
        opening = first[: first.find(b">") + 1]
        if not opening:
            return None
        try:
            found = _TAG.fullmatch(opening[1:-1].decode())
            declared = [(p.decode(), uri.decode()) for p, uri in _DECLARED.findall(prologue + opening)]
        except UnicodeDecodeError:
            return None
        uris = {prefix + ":" if prefix else "": uri for prefix, uri in declared}
        if (
            found is None
            or len(uris) < len(set(declared))
            or found[3].count("=") != opening.count(b"xmlns")
            or found[4]
        ):
            return None
        prefix = found[1] or ""
        place = below(tree, f"{uris.get(prefix, '')} {found[2]}")
        return cls(opening, f"/{prefix}{found[2]}>", prefix, uris, place, {}, {}) if place.kind == "record" else None

    def read(self, stretch: bytes) -> Iterator[tuple[int, Record]]:
        """Give (byte in the stretch, record) of a stretch that begins with a record and ends before another.

        Raises NotPlain before or after some were given: whoever asks takes all or none.
        """
        if any(byte in stretch and sign in stretch for byte, sign in _UNUSUAL) or len(
            stretch.translate(None, _CONTROL)
        ) < len(stretch):
            raise NotPlain
        before, *bodies = stretch.split(self.opening)
        if before:
            raise NotPlain
        at, width = 0, len(self.opening)
        for body in bodies:
            try:
                text = body.decode("utf-8")
            except UnicodeDecodeError:
                raise NotPlain from None
            if DELETION not in text:
                text = self._without_extension(text)
            if "\r" in text:
                text = text.replace("\r\n", "\n").replace("\r", "\n")
            yield at, self._by_pattern(text)
            at += width + len(body)

    def _by_pattern(self, text: str) -> Record:
        """Give a record by the pattern of its tags, which is made where it is met for the first time."""
        if text.count("<") != text.count(">"):
            return self._checked(text)
        pieces = text.replace(">", "<").split("<")
        tags, texts = tuple(pieces[1::2]), pieces[2::2]
        known = self._patterns.get(tags)
        if known is None:
            if len(self._patterns) >= _PATTERNS:
                return self._checked(text)
            known = self._patterns[tags] = pattern(self._record(marked(tags)))
        if "&" in text:
            texts = [each if "&" not in each else _plain(each) for each in texts]
        return known.record(texts)

    def _checked(self, text: str) -> Record:
        """Give a record on its own; each reference in it is one, wherever it stands."""
        if "&" in text:
            _plain(text)
        return self._record(text)

    def _without_extension(self, text: str) -> str:
        """Take out what others added to a record, a third of it or more; of it only deletions are read."""
        before, opening, after = text.partition(f"<{self._prefix}Extension>")
        if not opening:
            return text
        _, closing, rest = after.partition(f"</{self._prefix}Extension>")
        return before + rest if closing else text

    def _record(self, text: str) -> Record:  # noqa: C901 (one loop, run 150 times a record)
        record: Record = {}
        part: dict[str, str] | None = None
        place, opens = self._root, self._met.setdefault(self._root, {})
        above: list[tuple[Place, dict[str, _Tag], str]] = []
        closing = self._closing
        pieces = iter(text.split("<"))
        next(pieces)
        for piece in pieces:
            tag, ends, value = piece.partition(">")
            if not ends:
                raise NotPlain  # a tag that is open still where the next begins, known by name or not
            met = opens.get(tag)
            if met is None:
                if piece.startswith(closing):
                    part = None if place.kind == "part" else part
                    if not above:
                        break
                    place, opens, closing = above.pop()
                    continue
                met = self._meet(place, tag)
            child = met.place
            kind = child.kind
            if kind == "part":
                part = {}
                record.setdefault(child.path, []).append(part)
            into = record if part is None else part
            if met.attributes:
                into.update(met.attributes)
            if met.is_empty:
                part = None if kind == "part" else part
            elif kind == "text" or (kind == "part" and child.has_text):
                if not next(pieces, "").startswith(met.closing):
                    raise NotPlain
                if value := (value if "&" not in value else _plain(value)).strip():
                    key = child.path if kind == "text" else ""
                    into[key] = f"{into[key]}, {value}" if key in into else value
                part = None if kind == "part" else part
            elif child.below is child:
                _pass_over(pieces, tag, met.closing)
            else:
                above.append((place, opens, closing))
                place, closing = child, met.closing
                opens = self._met.setdefault(child, {})
        else:
            raise NotPlain
        if next(pieces, None) is not None:
            raise NotPlain
        return record

    def _meet(self, place: Place, tag: str) -> _Tag:
        """Check a tag that was not met here, and remember it."""
        found = _TAG.fullmatch(tag)
        if found is None or (found[1] or "") not in self._uris:
            raise NotPlain
        child = below(place, f"{self._uris[found[1] or '']} {found[2]}")
        given: dict[str, str] = {}
        for prefix, name, value in _ATTRIBUTE.findall(found[3]):
            full = f"{self._uris.get(prefix, '')} {name}" if prefix else name
            full = LANG if prefix == "xml:" and name == "lang" else full
            if name == "xmlns" or prefix == "xmlns:" or full in given or (prefix and full == f" {name}"):
                raise NotPlain
            given[full] = value
        keys = {key: given[name] for name, key in child.attributes.items() if name in given}
        met = _Tag(child, f"/{found[1] or ''}{found[2]}>", keys, bool(found[4]))
        known = self._met.setdefault(place, {})
        if len(known) < _REMEMBERED:
            known[tag] = met
        return met


def _pass_over(pieces: Iterator[str], tag: str, closing: str) -> None:
    """Go on to where an element closes that is not read."""
    again = (tag + ">", tag + " ", tag + "/")
    for piece in pieces:
        if piece.startswith(closing):
            return
        if piece.startswith(again):
            break
    raise NotPlain


def _plain(text: str) -> str:
    """Put the letters in the place of their references."""
    if _REFERENCE.sub("", text).count("&"):
        raise NotPlain
    return _REFERENCE.sub(_letter, text)


def _letter(found: re.Match[str]) -> str:
    if found[1]:
        return _LETTERS[found[1]]
    code = int(found[2]) if found[2] else int(found[3], 16)
    if code in (9, 10, 13) or 0x20 <= code <= 0xD7FF or 0xE000 <= code <= 0xFFFD or 0x10000 <= code <= 0x10FFFF:
        return chr(code)
    raise NotPlain
