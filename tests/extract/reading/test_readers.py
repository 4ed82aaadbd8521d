"""Each kind of document becomes a text of one paragraph a line, with what it says of itself."""

from __future__ import annotations

import io
import re
import zipfile

import docx
import pytest
import weasyprint
from hypothesis import given, settings
from hypothesis import strategies as st

from longarm.errors import Refused
from longarm.extract.lines import classify
from longarm.extract.reading import Given, pasted, read
from longarm.extract.reading.charset import decoded
from longarm.extract.reading.kinds import kind_of
from longarm.extract.reading.margins import About, judged
from longarm.extract.reading.marks import Mark, folded
from longarm.extract.reading.plain import as_written, tidied
from longarm.model.claims import LineKind

FIRST = (
    "The harbour board has approved the lease of the northern quay to a group of investors, its chair said on Monday, "
    "after a meeting that lasted most of the day."
)
SECOND = (
    "The investors will hold 30 percent of the operating company, and the city keeps the right to block a sale of the "
    "control room, according to the contract that was made public."
)
PAGE = f"""<!doctype html><html lang="en"><head><meta charset="utf-8"><title>Quay leased | The Daily Anchor</title>
<meta property="og:title" content="Quay leased to investors"><meta property="og:site_name" content="The Daily Anchor">
<meta property="article:published_time" content="2026-03-02T08:00:00Z"></head><body>
<nav><a href="/">Home</a> <a href="/world">World</a></nav>
<article><h1>Quay leased to investors</h1><p>{FIRST}</p>
<p><a href="/x">Why the city needs a second harbour and who is going to pay for it</a></p>
<p>Read more: <a href="/y">The harbour in ten pictures</a></p>
<figure><img src="q.jpg"><figcaption>The northern quay, seen from the lighthouse</figcaption></figure>
<p>{SECOND}</p><p>(Reporting by Ada Example; editing by Bo Example)</p>
<p>Sign up for our newsletter and never miss a story.</p></article></body></html>"""


def told(page: str) -> list[tuple[str, str]]:
    """Give the lines of a page with the kind that the page gives them."""
    text = read(Given(page.encode())).text
    return [(line.kind.value, text.text[line.start : line.end]) for line in text.lines]


def body(page: str) -> list[str]:
    return [line for kind, line in told(page) if kind == "body"]


def test_a_page_gives_its_lines_in_order_with_their_kinds() -> None:
    """Headline, teaser, caption and promotion stay in the text where the page has them; navigation is left out."""
    found = read(Given(PAGE.encode(), url="https://good.org/a"))
    assert found.kind == "html"
    assert [(line.kind.value, found.text.text[line.start : line.end]) for line in classify(found.text)] == [
        ("headline", "Quay leased to investors"),
        ("body", FIRST),
        ("teaser", "Why the city needs a second harbour and who is going to pay for it"),
        ("teaser", "Read more: The harbour in ten pictures"),
        ("caption", "The northern quay, seen from the lighthouse"),
        ("body", SECOND),
        ("agency credit", "(Reporting by Ada Example; editing by Bo Example)"),
        ("promotion", "Sign up for our newsletter and never miss a story."),
    ]
    assert (found.text.title, found.text.published, found.text.lang) == ("Quay leased to investors", "2026-03-02", "en")
    assert found.text.publisher == "The Daily Anchor"
    assert [(row.kind, row.text) for row in found.left_out] == [("navigation", "Home World")]


@pytest.mark.parametrize(
    ("block", "kind"),
    [
        ('<div class="byline">By Ada Example and Bo Example</div>', "byline"),
        ("<time>2 March 2026, 08:00</time>", "byline"),
        ('<div class="wire-source">Portville Press Agency</div>', "source credit"),
        ('<div class="image-credit">Photo: Cy Example</div>', "caption"),
        ('<figure><img src="a.jpg"><figcaption>Cranes at the quay</figcaption></figure>', "caption"),
        ('<aside><ul><li><a href="/z">Ferry line to the island opens in spring</a></li></ul></aside>', "teaser"),
        ('<h3 class="related">More from the harbour</h3>', "teaser"),
    ],
)
def test_what_an_extractor_drops_in_the_article_is_put_back_with_its_kind(block: str, kind: str) -> None:
    """At its place between the paragraphs, and never as body."""
    page = f"<html><body><article><h1>Quay</h1><p>{FIRST}</p>{block}<p>{SECOND}</p></article></body></html>"
    lines = told(page)
    assert [k for k, _ in lines] == ["headline", "body", kind, "body"]
    assert lines[2][1] in folded_words(block)


def folded_words(block: str) -> str:
    return " ".join(re.sub("<[^>]*>", "", block).split())


def test_no_paragraph_is_put_back_twice_and_buttons_are_named_as_left_out() -> None:
    """A page that prints its text twice gives it once; forms, buttons and scripts are no text."""
    furniture = "<button>Share</button><form>Search</form><script>var a = 'nothing to read';</script><div>Copy</div>"
    page = f"<html><article><h1>Quay</h1><p>{FIRST}</p>{furniture}<p>{SECOND}</p><p>{FIRST}</p></article>"
    found = read(Given(page.encode()))
    assert found.text.text.count(SECOND) == found.text.text.count("Quay") == 1
    assert "nothing to read" not in found.text.text
    assert {row.kind for row in found.left_out} >= {"control", "form", "script"}


@settings(deadline=None)  # the first page loads the libraries
@given(st.lists(st.sampled_from([FIRST, SECOND, "By Ada Example", "Read more: a tale", "Photo: Cy", "x"]), max_size=12))
def test_lines_of_a_page_are_its_text(paragraphs: list[str]) -> None:
    """The lines cover the text in order, each at its offsets, whatever the page holds."""
    page = (
        "<html><body><article><h1>Quay</h1>" + "".join(f"<p>{p}</p>" for p in paragraphs) + "</article></body></html>"
    )
    try:
        text = read(Given(page.encode()), confined=False).text
    except Refused:
        return
    assert "\n".join(text.text[line.start : line.end] for line in text.lines) == text.text
    assert [(line.start, line.end) for line in text.lines] == [(line.start, line.end) for line in classify(text)]


def test_reading_twice_gives_the_same_text_also_in_this_process() -> None:
    """Spans point into the text: it must come back to the letter."""
    assert read(Given(PAGE.encode())) == read(Given(PAGE.encode())) == read(Given(PAGE.encode()), confined=False)


def test_a_pdf_gives_paragraphs_not_lines() -> None:
    """Lines that a typesetter broke are joined; paragraphs stay apart."""
    made = weasyprint.HTML(string=f"<title>Lease</title><p>{FIRST}</p><p>{SECOND}</p>").write_pdf()
    found = read(Given(made, "lease.pdf"))
    assert (found.kind, found.text.title) == ("pdf", "Lease")
    assert found.text.text.split("\n") == [FIRST, SECOND]


def test_an_article_in_several_boxes_is_whole() -> None:
    """A page that cuts its article into boxes loses no paragraph, and gets none of the next article."""
    words = [
        f"Paragraph {n} of a long report tells how the quay was leased, and to whom, in many words." for n in range(16)
    ]
    boxes = "".join(
        f'<div class="chunk"><div class="part"><p>{a}</p><p>{b}</p></div></div><aside><p>Buy now</p></aside>'
        for a, b in zip(words[::2], words[1::2], strict=True)
    )
    next_one = "<p>Another report speaks of something else, at length.</p>"
    other = f'<article><h1>Another</h1><div class="part">{next_one}</div></article>'
    page = f"<html><head><title>Quay</title></head><body><article><h1>Quay</h1>{boxes}</article>{other}</body></html>"
    assert body(page) == words


def test_links_between_line_breaks_are_teasers() -> None:
    """A paragraph of links and labels leads on, in whatever language; a linked sentence of the story stays."""
    first, second = "Haven krijgt derde terminal van de stad", "Wat de buurt van de haven vindt"
    links = f"<a href='/1'>{first}</a> [VIDEO]<br><a href='/2'>{second}</a>"
    page = f"<html><body><article><h1>Quay</h1><p>{FIRST}</p><p>{links}</p><p>{SECOND}</p></article></body></html>"
    assert body(page) == [FIRST, SECOND]
    assert ("teaser", first) in [(kind, line.removesuffix(" [VIDEO]")) for kind, line in told(page)]
    linked = Mark("p", len(folded(SECOND)), len(folded(SECOND)), "")
    assert judged([SECOND], {folded(SECOND): linked}, About(frozenset(), "")) == [LineKind.BODY]


def _word(body: str, **parts: str) -> bytes:
    space = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as packed:
        packed.writestr("word/document.xml", f"<w:document {space}><w:body>{body}</w:body></w:document>")
        for name, data in parts.items():
            packed.writestr(name, data)
    return out.getvalue()


def test_a_word_file_gives_paragraphs_cells_and_what_was_inserted() -> None:
    """A tracked deletion is out, an insertion is in; tables come cell by cell, in order."""
    made = docx.Document()
    made.core_properties.title = "Lease"
    made.add_paragraph(FIRST)
    made.add_table(1, 2).rows[0].cells[1].text = "30 percent"
    made.add_paragraph(SECOND)
    out = io.BytesIO()
    made.save(out)
    found = read(Given(out.getvalue(), "lease.docx"))
    assert found.text.title == "Lease"
    assert found.text.text.split("\n") == [FIRST, "30 percent", SECOND]
    tracked = (
        "<w:p><w:r><w:t>The share is </w:t></w:r><w:del><w:r><w:delText>20</w:delText></w:r></w:del>"
        "<w:ins><w:r><w:t>30</w:t></w:r></w:ins><w:r><w:t> percent.</w:t></w:r></w:p>"
    )
    assert read(Given(_word(tracked))).text.text == "The share is 30 percent."


def test_an_e_mail_gives_its_text_subject_sender_and_day() -> None:
    """The plain part is taken; attachments are named."""
    mail = (
        "From: Ada <ada@good.org>\r\nTo: bo@good.org\r\nSubject: =?utf-8?q?Caf=C3=A9?=\r\nMIME-Version: 1.0\r\n"
        "Date: Tue, 24 Nov 2026 10:00:00 +0100\r\nContent-Type: multipart/mixed; boundary=x\r\n\r\n"
        "--x\r\nContent-Type: text/plain; charset=iso-8859-1\r\nContent-Transfer-Encoding: quoted-printable\r\n\r\n"
        "Le caf=E9 est ferm=E9.\r\n--x\r\nContent-Type: application/pdf; name=a.pdf\r\n"
        "Content-Disposition: attachment; filename=a.pdf\r\n\r\nxx\r\n--x--\r\n"
    )
    found = read(Given(mail.encode()))
    assert (found.kind, found.text.title, found.text.published) == ("mail", "Café", "2026-11-24")
    assert found.text.text.strip() == "Le café est fermé."
    assert found.notes == ("attachments that are not read: a.pdf",)


@pytest.mark.parametrize(
    ("data", "declared", "charset"),
    [
        ("Größe".encode("utf-8-sig"), None, "utf-8"),
        ("Größe".encode("utf-16"), "utf-8", "utf-16-le"),
        ("Größe".encode(), "iso-8859-1", "utf-8"),
        ("Größe “so”".encode("cp1252"), "iso-8859-1", "cp1252"),
        ('<meta charset="windows-1251"><p>Договор подписан'.encode("cp1251"), None, "cp1251"),
        ('<meta charset="gb2312"><p>合同已经签署'.encode("gb18030"), None, "gb18030"),
        ("Договор подписан вчера, сообщил представитель.".encode("cp1251"), "utf-8", "cp1251"),
        ("Der Vertrag über die Häfen wird geprüft, sagte die Behörde.".encode("cp1252"), "nonsense", "cp1252"),
        ("Größe".encode("cp1252"), "rot13", "cp1252"),
    ],
)
def test_a_charset_is_found_and_a_wrong_one_is_mended(data: bytes, declared: str | None, charset: str) -> None:
    """By mark, by validity as UTF-8, by declaration, by likelihood; a false declaration loses no letter."""
    text, read_as, _ = decoded(data, declared)
    assert "�" not in text
    assert read_as == charset


@given(st.text(alphabet=st.characters(codec="utf-8", exclude_characters="\r\0")))
def test_utf_8_is_read_to_the_letter(text: str) -> None:
    """Whatever is valid UTF-8 stays as it is."""
    if not text.startswith("\ufeff"):
        assert decoded(text.encode(), "iso-8859-1")[0] == text


@given(st.binary(max_size=400), st.text(max_size=12) | st.none())
def test_any_bytes_have_a_text(data: bytes, declared: str | None) -> None:
    """No bytes and no declared charset make anything but a text, without nulls and carriage returns."""
    text = decoded(data, declared)[0]
    assert "\0" not in text
    assert "\r" not in text
    text.encode("utf-8", "strict")


@given(st.text())
def test_tidying_twice_changes_nothing_more(text: str) -> None:
    """One space, no empty line, NFC: a fixed form."""
    assert tidied(tidied(text)) == tidied(text)


def test_a_plain_text_stays_to_the_letter_unless_it_is_wrapped() -> None:
    """Offsets are those of the file; a text wrapped at a width is joined into paragraphs."""
    text = f"A headline\nBy A. Author\n{FIRST}\n\n{SECOND}  twice\n"
    assert as_written(text) == text
    words, lines = f"{FIRST} {SECOND}".split(), [""]
    for word in words:
        if len(lines[-1]) + len(word) > 70:
            lines.append("")
        lines[-1] = f"{lines[-1]} {word}".strip()
    wrapped = "\n".join(lines)
    assert as_written(f"{wrapped}\n\n{wrapped}\n") == f"{FIRST} {SECOND}\n{FIRST} {SECOND}"
    assert pasted(FIRST).text.text == FIRST


@pytest.mark.parametrize(
    ("data", "name", "kind"),
    [
        (b"%PDF-1.7", None, "pdf"),
        (b"\xef\xbb\xbf <!DOCTYPE html><p>x", "a.txt.unknown", "html"),
        (b"Subject: a\nFrom: b\n\ntext", None, "mail"),
        (b"Selmouth: a town\nof 40,000", None, "plain"),
        (b"<p>x", "a.txt", "plain"),
        (b"PK\x03\x04", "a.pdf", "docx"),
    ],
)
def test_a_kind_is_told_by_the_first_bytes(data: bytes, name: str | None, kind: str) -> None:
    """A name is a hint where the bytes do not say it."""
    assert kind_of(data, None, name) == kind


@given(st.binary(max_size=300), st.sampled_from([None, "text/html", "application/pdf", "x/y"]), st.text(max_size=9))
def test_any_bytes_have_a_kind_or_are_refused(data: bytes, media_type: str | None, name: str) -> None:
    """Nothing else comes out."""
    try:
        assert kind_of(data, media_type, name) in ("html", "pdf", "docx", "mail", "plain")
    except Refused as fault:
        assert fault.reason in ("empty", "type", "broken")  # noqa: PT017 - either outcome is right
