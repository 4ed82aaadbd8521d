"""The text document: all that the page says, in real styles, in the right direction, and the same bytes each time."""

from __future__ import annotations

import base64
import io
import re
import struct
import zipfile
import zlib
from typing import Any

import docx
import pytest
from docx.oxml.ns import qn
from hypothesis import given, settings
from hypothesis import strategies as st

import longarm
from longarm.dossier import linear_marks, linear_tables, terminal
from longarm.dossier.direction import reads_from_right
from longarm.dossier.docx import to_docx
from longarm.dossier.docx_runs import by_script
from longarm.dossier.linear import address, linear
from longarm.dossier.page import RUNGS
from longarm.dossier.writing import Wanted, written
from tests_support import case

WORD = re.compile(r"\w+")
TABLE = (
    '<table><thead><tr><th scope="col">State</th><th scope="col">See</th></tr></thead><tbody>'
    '<tr class="st-h"><th colspan="2" scope="rowgroup">Austria</th></tr>'
    '<tr><th scope="row">See</th><td>no path</td></tr></tbody></table>'
)


def _made(inside: str, **given: str) -> bytes:
    texts = {"title": "A title", "footer": "A footer", "language": "en"} | given
    return to_docx(f'<html><body><nav>Menu</nav><main id="main">{inside}</main></body></html>', **texts)


def _read(inside: str, **given: str) -> Any:
    return docx.Document(io.BytesIO(_made(inside, **given)))


def _text(document: Any) -> str:
    """All text of the body in reading order, a blank wherever a paragraph or a line ends."""
    return " ".join(
        "".join(t.text if t.tag == qn("w:t") else " " for t in p.iter(qn("w:t"), qn("w:br")))
        for p in document.element.body.iter(qn("w:p"))
    )


def _png(width: int, height: int) -> str:
    """A white picture as a data address."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    rows = zlib.compress((b"\0" + b"\xff" * width) * height)
    head = struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0)
    made = b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", rows) + chunk(b"IEND", b"")
    return "data:image/png;base64," + base64.b64encode(made).decode()


@pytest.fixture(scope="module")
def answer(tmp_path_factory: pytest.TempPathFactory) -> str:
    """The dossier of the real case for one state: all components together."""
    ws = longarm.init(tmp_path_factory.mktemp("docx") / "ws")
    ws.ingest(case("tollerort"))
    return written(ws.dossier("ctt-site", ["CN"]), Wanted("html")).decode()


def test_the_same_page_gives_the_same_bytes(answer: str) -> None:
    """No clock and no order of a set: two people can compare what they were given."""
    texts = {"title": "T", "footer": "F", "language": "en"}
    made = to_docx(answer, **texts)
    assert made == to_docx(answer, **texts)
    with zipfile.ZipFile(io.BytesIO(made)) as archive:
        assert {entry.date_time for entry in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}
        assert not [name for name in archive.namelist() if "thumbnail" in name or "customXml" in name]


def test_every_word_of_the_page_is_in_the_document_in_its_order(answer: str) -> None:
    """Headings, cells, lists and captions: what the page says, the document says."""
    from lxml import html

    main = html.document_fromstring(answer).xpath('//main[@id="main"]')[0]
    # Drawings, what is only for the screen, and captions that are read aloud: in Word they are the table's own.
    hidden = ("noprint", "tl-on")
    for out in main.xpath(
        ".//svg | .//caption | .//figcaption | " + " | ".join(f'.//*[contains(@class, "{n}")]' for n in hidden)
    ):
        out.drop_tree()
    for seven in main.xpath('.//dl[@class="safe7"]'):  # a row of names, then a row of values
        seven[:] = [*seven.xpath("./div/dt"), *seven.xpath("./div/dd")]
    for number in main.xpath('.//*[@class="cutno"]'):
        number.text = linear_marks.circled(number.text)
    said = WORD.findall(" ".join(main.itertext()))
    document = docx.Document(io.BytesIO(to_docx(answer, title="T", footer="F", language="en")))
    # Heads of what was said and what was said against it are the only words that the page leaves to its form.
    added = ["What", "was", "said", "What", "was", "said", "against", "it"]
    found = WORD.findall(_text(document))
    at = next(i for i in range(len(found)) if found[i : i + len(added)] == added)
    assert found[:at] + found[at + len(added) :] == said


def test_head_rows_repeat_and_rows_stay_whole() -> None:
    """A table that goes over a page is read with its head, and no row is cut."""
    (table,) = _read(TABLE).tables
    head, *others = [row._tr for row in table.rows]
    assert head.find(f".//{qn('w:tblHeader')}") is not None
    assert all(row.find(f".//{qn('w:tblHeader')}") is None for row in others)
    assert all(row.find(f".//{qn('w:cantSplit')}") is not None for row in (head, *others))
    assert table._tbl.tblPr.find(qn("w:tblLook")).get(qn("w:firstRow")) == "1"
    assert table.style.name == "Evidence Table"


def test_a_column_of_drawings_is_left_out_and_a_hidden_caption_is_kept_for_those_who_are_read_to() -> None:
    """What the drawing shows stands in words beside it."""
    inside = (
        '<table><caption class="vh">What was true</caption><thead><tr><th>Statement</th><th><svg></svg></th>'
        "<th>When</th></tr></thead><tbody><tr><th>a</th><td><svg></svg></td><td>2021</td></tr></tbody></table>"
    )
    (table,) = _read(inside).tables
    assert [[c.text for c in row.cells] for row in table.rows] == [["Statement", "When"], ["a", "2021"]]
    assert table._tbl.tblPr.find(qn("w:tblCaption")).get(qn("w:val")) == "What was true"


def test_short_facts_stand_side_by_side() -> None:
    """Seven safeguards are one row, as on the page."""
    (table,) = _read('<dl class="safe7"><div><dt>a</dt><dd>1</dd></div><div><dt>b</dt><dd>2</dd></div></dl>').tables
    assert [[c.text for c in row.cells] for row in table.rows] == [["a", "b"], ["1", "2"]]


def test_that_a_demonstration_text_is_in_the_case_is_said_first() -> None:
    """The banner stands above the page and is part of what is written."""
    made = to_docx(
        '<body><p class="banner">Demonstration</p><main id="main"><p>x</p></main></body>',
        title="T",
        footer="F",
        language="en",
    )
    first, _ = docx.Document(io.BytesIO(made)).paragraphs
    assert (first.text, first.style.name) == ("Demonstration", "Note Counter")


def test_a_head_of_a_group_spans_the_table_and_stays_with_its_rows() -> None:
    """A state's rows are read together."""
    (table,) = _read(TABLE).tables
    row = table.rows[1]._tr
    assert row.find(f".//{qn('w:gridSpan')}").get(qn("w:val")) == "2"
    assert row.find(f".//{qn('w:keepNext')}") is not None


def test_columns_fill_the_page_and_a_long_name_takes_no_more_than_its_share() -> None:
    """Five columns stay legible beside a name of 300 letters."""
    cells = "".join(f"<td>{text}</td>" for text in ("N" * 300, "0.94", "a few words", "B2", "yes"))
    (table,) = _read(f"<table><tbody><tr>{cells}</tr></tbody></table>").tables
    widths = [int(c.get(qn("w:w"))) for c in table._tbl.tblGrid]
    assert sum(widths) == 11906 - 2 * 1080
    assert max(widths) < sum(widths) * 2 / 3
    assert min(widths) > 400


def test_spans_over_rows_and_columns_leave_no_hole() -> None:
    """Every row of the grid is full: Word refuses others."""
    rows, columns = linear_tables.grid(
        linear(
            '<table><tr><td rowspan="2">a</td><td colspan="2">b</td></tr><tr><td>c</td><td>d</td></tr><tr></tr></table>'
        )[0]
    )
    assert columns == 3
    assert [[(s.column, s.columns, s.goes_on) for s in row.slots] for row in rows[:2]] == [
        [(0, 1, False), (1, 2, False)],
        [(0, 1, True), (1, 1, False), (2, 1, False)],
    ]


@pytest.mark.parametrize(
    ("text", "is_rtl"), [("شركة الملاحة (Co. 2020)", True), ("חברת נמל", True), ("Firm שם", False)]
)
def test_a_name_reads_in_the_direction_of_its_first_letter(text: str, is_rtl: bool) -> None:
    """Unicode Annex 9: the paragraph by its first letter, each run by its own."""
    (paragraph,) = _read(f'<p dir="auto">{text}</p>').paragraphs
    assert (paragraph._p.pPr.find(qn("w:bidi")) is not None) == is_rtl == reads_from_right(text)
    for run in paragraph.runs:
        right = run._r.rPr is not None and run._r.rPr.find(qn("w:rtl")) is not None
        assert right == any("\u0590" <= letter <= "\u06ff" for letter in run.text)
    assert paragraph.text == text


def test_a_sentence_of_ours_keeps_the_direction_of_the_page() -> None:
    """It may begin with an Arabic name; only the name runs from right to left."""
    (ours, name) = _read('<p>شركة الملاحة holds 75 % of Firm</p><div dir="auto"><p>شركة الملاحة</p></div>').paragraphs
    assert ours._p.pPr.find(qn("w:bidi")) is None
    assert name._p.pPr.find(qn("w:bidi")) is not None


def test_no_short_word_of_a_head_is_broken() -> None:
    """Where columns want more than the page has, the widest give."""
    names = (
        "Legal basis",
        "Legitimate aim",
        "Prior approval",
        "Handling limits",
        "Transparency",
        "Oversight",
        "Redress",
    )
    heads = "".join(f"<th>{name}</th>" for name in names)
    long = "".join("<td>not assessed</td>" if i else f"<td>{'N' * 300}</td>" for i in range(len(names)))
    (table,) = _read(f"<table><thead><tr>{heads}</tr></thead><tbody><tr>{long}</tr></tbody></table>").tables
    widths = [int(c.get(qn("w:w"))) for c in table._tbl.tblGrid]
    assert sum(widths) == 11906 - 2 * 1080
    for name, width in list(zip(names, widths, strict=True))[1:]:
        assert width > 106 * 1.15 * max(map(len, name.split())), name


def test_chinese_names_its_font_and_language() -> None:
    """So that no word processor draws it with the letters of another country."""
    (paragraph,) = _read('<p>In <span lang="zh">菜鸟网络</span> and <span lang="ja">株式会社</span></p>').paragraphs
    fonts = {r.text: r._r.rPr.rFonts.get(qn("w:eastAsia")) for r in paragraph.runs if r._r.rPr is not None}
    assert fonts == {"菜鸟网络": "Noto Sans CJK SC", "株式会社": "Noto Sans CJK JP"}
    assert paragraph.runs[1]._r.rPr.find(qn("w:lang")).get(qn("w:eastAsia")) == "zh"


def test_headings_are_real_and_no_level_is_skipped() -> None:
    """One title, then an outline that a screen reader can follow."""
    document = _read("<h1>A</h1><h3>B</h3><h2>C</h2><h4>D</h4>")
    assert [p.style.name for p in document.paragraphs] == ["Title", "Heading 1", "Heading 1", "Heading 2"]


def test_title_language_and_a_footer_with_its_page() -> None:
    """What a reader's program shows of the document."""
    document = _read("<p>x</p>", title="Title \x01", footer="As of May", language="nl")
    said = document.core_properties
    assert (said.title, said.author, said.language) == ("Title \ufffd", "longarm", "nl")
    foot = document.sections[0].footer.paragraphs[0]
    assert foot.text.startswith("As of May\tpagina")
    assert [f.get(qn("w:instr")) for f in foot._p.iter(qn("w:fldSimple"))] == ["PAGE", "NUMPAGES"]
    default = document.styles.element.find(f".//{qn('w:docDefaults')}//{qn('w:lang')}")
    assert default.get(qn("w:val")) == "nl"
    assert round(document.sections[0].page_width.mm) == 210


def test_links_lead_to_the_web_or_to_a_place_that_exists() -> None:
    """Those to our own server, and of other schemes, are their text."""
    document = _read(
        '<p><a href="https://a.invalid/x y(1)?q=%zz">web</a> <a href="#there">in</a> <a href="#nowhere">lost</a> '
        '<a href="/explain/x">ours</a> <a href="javascript:alert(1)">bad</a></p>'
        '<section id="there"><p>Here</p></section>'
    )
    links = list(document.element.body.iter(qn("w:hyperlink")))
    assert ["".join(t.text for t in link.iter(qn("w:t"))) for link in links] == ["web", "in"]
    (mark,) = document.element.body.iter(qn("w:bookmarkStart"))
    assert links[1].get(qn("w:anchor")) == mark.get(qn("w:name"))
    assert document.part.rels[links[0].get(qn("r:id"))].target_ref == "https://a.invalid/x%20y%281%29?q=%25zz"
    assert _text(document) == "web in lost ours bad Here"


@pytest.mark.parametrize("href", ["http://[", "https:///x", "mailto:a@b.invalid", "http://a b/", "//a.invalid", ""])
def test_what_is_no_web_address_is_no_link(href: str) -> None:
    """Word declares a whole file broken for one."""
    assert address(href) is None


def test_what_counters_stands_at_the_right_behind_a_rust_rule() -> None:
    """A denial beside what it answers."""
    inside = (
        '<div class="pairs"><div class="pair"><div><p>said</p></div><div class="con"><p>denied</p></div></div></div>'
    )
    (table,) = _read(inside).tables
    assert [cell.text for cell in table.rows[1].cells] == ["said", "denied"]
    assert table.rows[1].cells[1]._tc.find(f".//{qn('w:tcBorders')}/{qn('w:left')}").get(qn("w:color")) == "A13A0F"


def test_a_path_is_read_from_top_to_bottom_with_its_levels() -> None:
    """The rule beside a hop is the line of its level; the word stands in the hop."""
    inside = (
        '<ol class="path"><li class="compel"><b class="name">State</b><div class="hop"><span class="ringed">'
        '<span class="cutno">1</span></span><p><b>Compel</b>: a law</p></div></li>'
        '<li class="end"><b class="name">Gate</b></li></ol>'
    )
    first, hop, last = _read(inside).paragraphs
    assert (first.text, hop.text, last.text) == ("○\xa0State", "① Compel: a law", "■\xa0Gate")
    assert hop._p.pPr.find(f"{qn('w:pBdr')}/{qn('w:left')}").get(qn("w:val")) == "double"


def test_signs_are_those_of_the_terminal() -> None:
    """One mark looks the same wherever there is no drawing, and its word stands beside it."""
    assert linear_marks.LINES == terminal._LINE
    for rung, named in RUNGS.items():
        drawn = f'<p><svg class="g {named}"><use href="#shape"/></svg> {rung}</p>'
        sign, _, word = _read(drawn).paragraphs[0].text.partition("\xa0")
        assert (sign.strip("()"), word) == (terminal.mark("shape", rung), rung)
    assert (
        _read('<p><span class="cf"><svg class="bar"><path/></svg><span>0.94</span></span></p>').paragraphs[0].text
        == "0.94"
    )


def test_quoted_words_are_marked() -> None:
    """The marker of the page, and nothing else is marked."""
    (paragraph,) = _read("<p>He said <mark>these words</mark> then.</p>").paragraphs
    assert [r.text for r in paragraph.runs if r.style.name == "Quoted Words"] == ["these words"]


def test_a_picture_takes_the_width_of_the_text_and_keeps_its_words() -> None:
    """A figure that is only drawn is left out with its caption: its table says the same."""
    document = _read(
        f'<figure><img alt="A map" src="{_png(40, 10)}"><figcaption>Caption</figcaption></figure>'
        "<figure><svg><text>drawn</text></svg><figcaption>Gone</figcaption></figure>"
        '<figure><img src="data:image/png;base64,AAAA"><figcaption>Broken</figcaption></figure>'
    )
    (shape,) = document.inline_shapes
    assert shape.width.twips == 11906 - 2 * 1080
    assert round(shape.width / shape.height, 3) == 4
    assert shape._inline.docPr.get("descr") == "A map"
    assert _text(document).split() == ["Caption", "Broken"]


def test_a_tall_picture_fits_on_one_page() -> None:
    """With its caption."""
    (shape,) = _read(f'<figure><img src="{_png(10, 80)}"></figure>').inline_shapes
    assert shape.height.twips == 11000


def test_what_is_for_the_screen_is_left_out_and_details_are_open() -> None:
    """Navigation, forms and scripts are no part of the dossier."""
    document = _read(
        '<p class="noprint">a</p><form><p>b</p></form><script>c</script><div class="x screen">d</div>'
        "<details><summary>More</summary><p>inside</p></details>"
    )
    assert [(p.text, p.style.name) for p in document.paragraphs] == [("More", "Run-in"), ("inside", "Normal")]


def test_a_list_that_begins_anew_counts_from_one() -> None:
    """Each numbered list has a numbering of its own."""
    document = _read("<ol><li>a</li><li>b</li></ol><ul><li>x</li></ul><ol><li>c</li></ol>")
    assert [p.style.name for p in document.paragraphs] == ["List Number", "List Number", "List Bullet", "List Number"]
    numbers = [e.get(qn("w:val")) for e in document.element.body.iter(qn("w:numId"))]
    assert numbers[0] == numbers[1] != numbers[2]


@settings(max_examples=40, deadline=None)
@given(st.text(max_size=60), st.text(max_size=60))
def test_any_text_gives_a_document_that_holds_it(name: str, cell: str) -> None:
    """Control characters, halves of surrogates, markup, any script: what can be written is, the rest is U+FFFD."""
    from markupsafe import escape

    inside = f"<h1>{escape(name)}</h1><p>{escape(cell)}</p><table><tr><td>{escape(cell)}</td></tr></table>"
    document = _read(inside, title=name, footer=cell)
    kept = [WORD.findall(re.sub("[\x00-\x1f\x7f-\x9f\ud800-\udfff]", " ", text)) for text in (name, cell)]
    assert WORD.findall(_text(document).replace("\ufffd", " ")) == [*kept[0], *kept[1], *kept[1]]


@given(st.text(max_size=80))
def test_cutting_a_text_by_script_loses_nothing(text: str) -> None:
    """The pieces together are the text."""
    assert "".join(piece for _, piece in by_script(text)) == text
