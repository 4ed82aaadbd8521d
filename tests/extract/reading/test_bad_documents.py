"""Bad input: bombs, entities, broken and hostile files are refused with a reason, cost little, and stop nobody else."""

from __future__ import annotations

import io
import os
import zipfile

import pytest
import weasyprint
from hypothesis import given, settings
from hypothesis import strategies as st
from test_readers import FIRST, PAGE, _word

from longarm.errors import Refused
from longarm.extract.reading import Given, read, read_all

SPACE = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'


def zipped(**parts: bytes) -> bytes:
    """A zip file."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as packed:
        for name, data in parts.items():
            packed.writestr(name, data)
    return out.getvalue()


def document(head: str, text: str) -> bytes:
    """A Word file with something before its root."""
    body = f"{head}<w:document {SPACE}><w:body><w:p><w:r><w:t>{text}</w:t></w:r></w:p></w:body></w:document>"
    return zipped(**{"word/document.xml": body.encode()})


LAUGHS = (
    '<!DOCTYPE x [<!ENTITY a "ha">'
    + "".join(f'<!ENTITY {chr(98 + n)} "{f"&{chr(97 + n)};" * 10}">' for n in range(9))
    + "]>"
)
BAD: dict[str, tuple[bytes, str]] = {
    "200 MB page": (b"<html><body>" + b"<p>words and words</p>" * 9_300_000, "size"),
    "zip bomb in Word": (zipped(**{"word/document.xml": b"<a>" + b" " * 200_000_000}), "size"),
    "many parts": (zipped(**{f"word/{n}.xml": b"" for n in range(6000)}), "size"),
    "nested zips": (zipped(**{"a.zip": zipped(**{"b.zip": zipped(c=b"0" * 1_000_000)})}), "type"),
    "XXE in Word": (document('<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]>', "&a;"), "unsafe"),
    "outer DTD in Word": (document('<!DOCTYPE x SYSTEM "http://127.0.0.1:1/x.dtd">', "x"), "unsafe"),
    "billion laughs in Word": (document(LAUGHS, "&j;"), "unsafe"),
    "no XML in Word": (zipped(**{"word/document.xml": b"\0\1\2"}), "broken"),
    "deep XML in Word": (_word("<w:p>" * 100_000 + "</w:p>" * 100_000), "broken"),
    "cut zip": (document("", "x")[:-30], "broken"),
    "empty Word": (_word(""), "empty"),
    "broken PDF": (b"%PDF-1.7\n1 0 obj\n<< /Type /Catalog", "broken"),
    "PDF of rubbish": (b"%PDF-1.4\n" + os.urandom(5000), "broken"),
    "a name that lies": (b"no pdf at all", "broken"),
    "empty": (b"", "empty"),
    "blank": (b" \r\n\t ", "empty"),
    "picture": (b"\x89PNG\r\n\x1a\n" + b"\0" * 100, "type"),
    "packed": (b"\x1f\x8b\x08\0" + b"\0" * 100, "type"),
    "rubbish": (bytes(range(256)) * 40, "type"),
    "page without words": (b"<html><body><div></div></body></html>", "empty"),
    "million elements deep": (b"<html><body>" + b"<div>" * 1_000_000 + b"x", "empty"),
}


@pytest.mark.parametrize("what", BAD)
def test_bad_input_is_refused_with_its_reason(what: str) -> None:
    """The reason is one word, the message names the document and says what to do."""
    data, reason = BAD[what]
    with pytest.raises(Refused) as caught:
        read(Given(data, "lie.pdf" if what == "a name that lies" else what))
    assert caught.value.reason == reason
    assert str(caught.value).count("\n") == 0
    assert caught.value.where.mend


def test_a_refused_document_stops_no_other() -> None:
    """What is refused is skipped and named, by its hash; the others are read, in order."""
    good = Given(PAGE.encode(), "good.html")
    readings, skipped = read_all([good, Given(BAD["XXE in Word"][0], "bad.docx"), good, Given(b"", "nothing")])
    assert [found.text.text.split("\n")[1] for found in readings] == [FIRST, FIRST]
    assert [(row.name, row.reason) for row in skipped] == [("bad.docx", "unsafe"), ("nothing", "empty")]
    assert all(len(row.document) == 64 for row in skipped)


def test_a_page_opens_no_entity() -> None:
    """HTML knows no entities of its own: a file is not opened, and nothing grows."""
    page = PAGE.replace("<!doctype html>", '<!DOCTYPE html [<!ENTITY x SYSTEM "file:///etc/passwd">]>')
    text = read(Given(page.replace(FIRST, FIRST + " &x;").encode(), "a.html")).text.text
    assert "root:" not in text
    assert FIRST in text


@settings(max_examples=40, deadline=None)
@given(st.data())
def test_a_spoilt_document_is_read_or_refused(data: st.DataObject) -> None:
    """Bytes of good documents, cut and overwritten at random: never anything but a reading or a refusal."""
    _spoil(data)


@pytest.mark.long
@settings(max_examples=3000, deadline=None)
@given(st.data())
def test_many_spoilt_documents_are_read_or_refused(data: st.DataObject) -> None:
    """The same, for long."""
    _spoil(data)


_GOOD = {
    "a.html": PAGE.encode(),
    "a.pdf": weasyprint.HTML(string=f"<p>{FIRST}</p>").write_pdf(),
    "a.docx": _word(f"<w:p><w:r><w:t>{FIRST}</w:t></w:r></w:p>"),
    "a.eml": b"From: a@b.org\r\nSubject: x\r\nDate: Tue, 24 Nov 2026 10:00:00 +0100\r\n\r\n" + FIRST.encode(),
    "a": FIRST.encode("utf-16"),
}


def _spoil(data: st.DataObject) -> None:
    name = data.draw(st.sampled_from(sorted(_GOOD)))
    spoilt = bytearray(_GOOD[name])
    for at, put in data.draw(st.lists(st.tuples(st.integers(0, len(spoilt) - 1), st.binary(max_size=8)), max_size=12)):
        spoilt[at : at + len(put)] = put
    cut = data.draw(st.integers(0, len(spoilt)))
    if data.draw(st.booleans()):
        del spoilt[cut:]
    try:
        found = read(Given(bytes(spoilt), name))
    except Refused as fault:
        assert fault.reason in ("empty", "type", "size", "broken", "locked", "unsafe", "fault")  # noqa: PT017 - either outcome is right
    else:
        assert found.text.text.strip()
