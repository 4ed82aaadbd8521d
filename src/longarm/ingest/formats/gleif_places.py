"""The places in GLEIF's XML that are read: a tree by the names of elements, from the paths that a shape lists."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Final

from longarm.ingest.formats.gleif_shape import Shape

LANG: Final = "http://www.w3.org/XML/1998/namespace lang"
"""`xml:lang`, by its namespace."""
DELETION: Final = "Deletion"
"""The element below a record's extension that says: this record was deleted."""
HEADER: Final = ("ContentDate", "FileContent", "DeltaStart", "RecordCount", "Originator")
_GOLDEN: Final = "http://www.gleif.org/data/schema/golden-copy/extensions/"
_NAMES: Final = 2000
"""How many names a place remembers; a file that invents more pays for each."""


@dataclass(eq=False)
class Place:
    """A place in the tree: what is read there, and what lies below it."""

    children: dict[str, Place] = field(default_factory=dict)
    below: Place | None = None
    """what stands for a child that has no name here"""
    path: str = ""
    """of a part, its list; of a text, its key in the record or in the part"""
    kind: str = ""
    """record, part, text, header"""
    attributes: dict[str, str] = field(default_factory=dict)
    """attribute → its key in the record or in the part"""
    has_text: bool = False
    """of a part: its own text is read"""


def below(place: Place, name: str) -> Place:
    """Give the place of an element, and remember it by its full name."""
    uri, _, local = name.rpartition(" ")
    short = local
    if uri.startswith(_GOLDEN):
        short = "gleif:" + local
    elif uri and not uri.startswith("http://www.gleif.org/data/schema/"):
        short = name
    found = place.children.get(short) or place.below
    assert found is not None
    if len(place.children) < _NAMES:
        place.children[name] = found
    return found


def tree_of(shape: Shape) -> Place:
    """Make the tree of what is read; all else is one place that leads nowhere."""
    nowhere = Place()
    nowhere.below = nowhere
    outside = Place()
    outside.below = outside
    record = Place(kind="record", below=nowhere)
    header = Place(below=nowhere)
    for field_name in HEADER:
        header.children[field_name] = Place(kind="header", path=field_name, below=nowhere)
    outside.children.update({shape.record: record, "LEIHeader": header, "Header": header})

    def at(path: str) -> Place:
        here = record
        for step in path.split("."):
            here = here.children.setdefault(step, Place(below=nowhere))
        return here

    for path in shape.fields:
        where, _, attribute = path.partition("@")
        if attribute:
            at(where).attributes[LANG if attribute == "lang" else attribute] = path
            at(where).kind = at(where).kind or "group"
        else:
            at(where).kind, at(where).path = "text", path
    for path, subs in shape.parts.items():
        here = at(path)
        here.kind, here.path, here.has_text = "part", path, "" in subs
        for sub in subs:
            if sub.startswith("@"):
                here.attributes[LANG if sub == "@lang" else sub[1:]] = sub
            elif sub:
                here.children[sub] = Place(kind="text", path=sub, below=nowhere)
    return outside
