"""A Word file (ECMA-376, Office Open XML) as text: paragraphs and cells in order, as the last version has them.

Read from its XML rather than through python-docx, whose paragraphs leave out what stands in tracked insertions and
content controls. A document type is refused, so there is no entity to expand; sizes are checked before unpacking.
"""

from __future__ import annotations

import io
import zipfile
import zlib
from typing import Any, Final

from lxml import etree

from longarm.errors import Refused

_W: Final = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_STRICT: Final = "{http://purl.oclc.org/ooxml/wordprocessingml/main}"
_DC: Final = "{http://purl.org/dc/elements/1.1/}"
_TERMS: Final = "{http://purl.org/dc/terms/}"
_UNSAFE: Final = "the file declares a document type, which no Word file does"
_MOST_PARTS: Final = 5000
MOST_UNPACKED: Final = 64 * 1024 * 1024
"""bytes of one part of the file"""
_BROKEN: Final = (zipfile.BadZipFile, zlib.error, EOFError, OSError, RuntimeError, ValueError, etree.XMLSyntaxError)
_SPACE: Final = {"tab": " ", "br": "\n", "cr": "\n", "noBreakHyphen": "-"}


def paragraphs(data: bytes) -> dict[str, Any]:
    """Give text, title and published of a Word file; raises Refused where it is none, broken or a bomb."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as packed:
            if len(packed.infolist()) > _MOST_PARTS:
                raise Refused(f"the file has more than {_MOST_PARTS:,} parts", reason="size")
            names = set(packed.namelist())
            if "word/document.xml" not in names:
                raise Refused(
                    "it is a zip file and no Word file; hand in the documents in it one by one", reason="type"
                )
            body = _parsed(_part(packed, "word/document.xml"))
            notes = [
                _parsed(_part(packed, f"word/{n}.xml")) for n in ("footnotes", "endnotes") if f"word/{n}.xml" in names
            ]
            told = _parsed(_part(packed, "docProps/core.xml")) if "docProps/core.xml" in names else None
    except (
        zipfile.BadZipFile,
        EOFError,
        OSError,
        NotImplementedError,
        RuntimeError,
        etree.XMLSyntaxError,
        ValueError,
    ) as fault:
        if isinstance(fault, Refused):
            raise
        raise Refused(f"the Word file is broken or locked ({str(fault)[:120]})", reason="broken") from None
    lines = [line for tree in (body, *notes) for line in _lines(tree)]
    if not any(line.strip() for line in lines):
        raise Refused("the Word file has no text", reason="empty")
    title = told.findtext(f"{_DC}title") if told is not None else None
    made = told.findtext(f"{_TERMS}created") if told is not None else None
    return {"text": "\n".join(lines), "title": title or None, "published": None, "made": made[:10] if made else None}


def _part(packed: zipfile.ZipFile, name: str) -> bytes:
    # The size that the directory declares may lie: what is unpacked is counted.
    with packed.open(name) as part:
        data = part.read(MOST_UNPACKED + 1)
    if len(data) > MOST_UNPACKED:
        raise Refused(f"a part of the file unpacks to more than {MOST_UNPACKED:,} bytes", reason="size")
    return data


def _parsed(data: bytes) -> Any:
    if b"<!DOCTYPE" in data:
        raise Refused(_UNSAFE, reason="unsafe")
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False, recover=False)
    tree = etree.fromstring(data, parser)
    if tree.getroottree().docinfo.doctype:
        raise Refused(_UNSAFE, reason="unsafe")
    return tree


def _lines(tree: Any) -> list[str]:
    out: list[str] = []
    for space in (_W, _STRICT):
        for paragraph in tree.iter(f"{space}p"):
            pieces = []
            for node in paragraph.iter():
                name = node.tag.rpartition("}")[2] if isinstance(node.tag, str) else ""
                # A text box holds paragraphs of its own, which come by themselves.
                if next(node.iterancestors(f"{space}p"), paragraph) is not paragraph:
                    continue
                if name == "t":
                    pieces.append(node.text or "")
                elif name in _SPACE and node.getparent().tag == f"{space}r":
                    pieces.append(_SPACE[name])
            out.extend("".join(pieces).split("\n"))
    return out
