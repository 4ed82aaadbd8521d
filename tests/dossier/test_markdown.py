"""The Markdown file: read back by another program, it says what the page says, and no name becomes markup."""

from __future__ import annotations

import re

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from lxml import html
from markdown_it import MarkdownIt
from markdown_it.token import Token
from markupsafe import escape

import longarm
from longarm.dossier.linear import linear
from longarm.dossier.markdown import to_markdown
from longarm.dossier.writing import Wanted, written
from tests_support import case

WORD = re.compile(r"\w+")
READER = MarkdownIt("commonmark").enable("table").enable("strikethrough")
OURS = re.compile(r'<a id="[^"<>]*">|</a>|<br>|</?[bi]>')


def _made(inside: str) -> str:
    return to_markdown(f'<html><body><nav>Menu</nav><main id="main">{inside}</main></body></html>')


def _tokens(text: str) -> list[Token]:
    """All tokens of a Markdown text, those inside a line too."""
    return [t for block in READER.parse(text) for t in (block, *(block.children or ()))]


def _read(text: str) -> str:
    """The words of a Markdown text as another program shows them."""
    shown = READER.render(text)
    return html.fromstring(f"<div>{shown.replace('<br>', ' ')}</div>").text_content() if shown.strip() else ""


@pytest.fixture(scope="module")
def answer(tmp_path_factory: pytest.TempPathFactory) -> str:
    """The dossier of the real case for one state: all components together."""
    ws = longarm.init(tmp_path_factory.mktemp("markdown") / "ws")
    ws.ingest(case("tollerort"))
    return written(ws.dossier("ctt-site", ["CN"]), Wanted("html")).decode()


def test_every_word_of_the_page_is_in_the_markdown_in_its_order(answer: str) -> None:
    """Read back by another program."""
    text = to_markdown(answer)
    assert WORD.findall(_read(text)) == WORD.findall(" ".join(linear(answer).itertext()))
    assert text == to_markdown(answer)
    assert text.endswith("\n")
    assert not re.search(r"\n{3}| \n", text)


def test_the_real_page_has_its_headings_tables_and_links_and_no_other_markup(answer: str) -> None:
    """As many of each as the page has."""
    main, tokens = linear(answer), _tokens(to_markdown(answer))
    kinds = [t.type for t in tokens]
    assert kinds.count("heading_open") == len(main.xpath(".//h1 | .//h2 | .//h3 | .//h4"))
    assert kinds.count("table_open") == len(main.xpath(".//table"))
    assert kinds.count("td_open") + kinds.count("th_open") >= len(main.xpath(".//td | .//th"))
    assert kinds.count("link_open") == len(main.xpath(".//a[@href]"))
    assert all(OURS.fullmatch(t.content) for t in tokens if t.type in {"html_inline", "html_block"})
    assert not {"code_block", "fence", "code_inline", "image", "s_open", "hr"} & set(kinds)


def test_a_row_has_as_many_cells_as_its_head() -> None:
    """A span leaves empty cells; a table without a head gets an empty one."""
    text = _made(
        "<table><thead><tr><th>a</th><th>b</th></tr></thead><tbody><tr><td colspan='2'>both</td></tr></tbody></table>"
        '<dl class="facts"><div><dt>Publisher</dt><dd>Paper</dd></div></dl>'
    )
    assert text == "| a | b |\n| --- | --- |\n| both |  |\n\n|  |  |\n| --- | --- |\n| **Publisher** | Paper |\n"


def test_a_cell_of_several_lines_stays_on_one_line() -> None:
    """Paragraphs and list items of a cell are parted by a break."""
    text = _made("<table><tr><td><p>one</p><p>two<br>three</p><ul><li>four</li></ul></td></tr></table>")
    assert "| one<br>two<br>three<br>• four |" in text


def test_marks_become_signs_beside_their_words() -> None:
    """A bar becomes nothing, its figure stays; a cut has its ring."""
    text = _made(
        '<p><svg class="g means"><use href="#stop"/></svg><span>Means only</span></p>'
        '<p><span class="cf"><svg class="bar"></svg><span>0.61 <i>±.03</i></span></span></p>'
        '<p><span class="st denied"><svg><use href="#denied"/></svg>denied</span>'
        '<span class="cutno" role="img">21</span></p>'
    )
    assert text == "◨\xa0Means only\n\n0.61 ±.03\n\n≠\xa0denied ㉑\n"


def test_a_chain_is_one_line_and_a_path_a_list() -> None:
    """In the order in which the page shows them."""
    text = _made(
        '<ol class="crumbs"><li>Speaker</li><li>Paper</li></ol>'
        '<ol class="path"><li class="means"><b class="name">Firm</b>'
        '<div class="hop"><p><b>Means</b>: runs it</p></div></li><li class="end"><b class="name">Gate</b></li></ol>'
    )
    assert text == "Speaker › Paper\n\n- **Firm**\n\n  **Means**: runs it\n- **Gate**\n"


def test_what_was_said_stands_beside_what_was_said_against_it() -> None:
    """In two columns, as on the page."""
    text = _made(
        '<div class="pairs"><div class="pair"><div><p>said</p></div><div class="con"><p>denied</p></div></div></div>'
    )
    assert text.splitlines()[0] == "| What was said | What was said against it |"
    assert text.splitlines()[2] == "| said | denied |"


def test_links_lead_to_the_web_or_to_a_place_that_is_kept() -> None:
    """Those to our own server are their text."""
    text = _made(
        '<p><a href="https://a.invalid/(x)?a=1&amp;copy;=2">web</a> <a href="#über">in</a> <a href="/x">ours</a></p>'
        '<section id="über"><h2>Here</h2></section>'
    )
    links = [t.attrs["href"] for t in _tokens(text) if t.type == "link_open"]
    assert links == ["https://a.invalid/%28x%29?a=1&copy;=2", "#-fc-ber"]
    assert '## <a id="-fc-ber"></a>Here' in text
    assert "ours" in text


def test_notes_quotes_and_quoted_words_stand_out() -> None:
    """A note and a quotation are set in; the quoted words are bold."""
    text = _made('<p class="note">Note</p><blockquote>Words</blockquote><p>a <mark>b</mark> <q>c</q></p>')
    assert text == "> Note\n\n> Words\n\na **b** “c”\n"


@pytest.mark.parametrize(
    "inside", ["《网络》<b>（国家）</b>是", "x<b>“y”</b>z", "<b>a</b><b>b</b>", "<i>a</i><b>b</b>"]
)
def test_bold_stays_bold_beside_any_letter(inside: str) -> None:
    """Where signs would not count, a tag stands."""
    text = _made(f"<p>{inside}</p>")
    assert "*" not in _read(text)
    assert READER.render(text).count("<b>") + READER.render(text).count("<strong>") == inside.count("<b>")


HOSTILE = (
    "<script>alert(1)</script>",
    "[x](javascript:alert(1))",
    "![x](https://a.invalid/x.png)",
    "<https://a.invalid>",
    "a | b",
    "\\",
    "\\|",
    "# not a heading",
    "1. not a list",
    "- not a list",
    "+ not a list",
    "---",
    "===",
    "***",
    "```",
    "~~~",
    "> not a quote",
    "**not bold** _nor leaning_ `nor code` ~~nor struck~~",
    "&lt;b&gt; &amp; &#60;",
    "[a]: https://a.invalid",
    "| a |\n| --- |",
    ":--",
    "a  \nb",
    "    indented",
    "\t\ttabs",
    "!",
    "ends with #",
    "7)",
    "\u2028# x",
)


@pytest.mark.parametrize("name", HOSTILE)
def test_a_name_stays_a_name(name: str) -> None:
    """In a paragraph, a heading, a cell, a list, beside a link and after a break: text, and nothing but text."""
    said = escape(name)
    text = _made(
        f"<h2>{said}</h2><p>{said}</p><p>x<br>{said}</p><ul><li>{said}</li></ul>"
        f'<p>{said}<a href="https://b.invalid/">{said}</a></p><table><tr><td>{said}</td><td>z</td></tr></table>'
    )
    kinds = [t.type for t in _tokens(text)]
    assert kinds.count("heading_open") == kinds.count("table_open") == kinds.count("link_open") == 1
    assert kinds.count("bullet_list_open") == kinds.count("list_item_open") == 1
    assert kinds.count("th_open") == kinds.count("td_open") == 2
    assert set(kinds) <= {
        *("heading_open", "heading_close", "paragraph_open", "paragraph_close", "inline", "text", "hardbreak"),
        *("bullet_list_open", "bullet_list_close", "list_item_open", "list_item_close", "link_open", "link_close"),
        *("table_open", "table_close", "thead_open", "thead_close", "tbody_open", "tbody_close", "tr_open", "tr_close"),
        *("th_open", "th_close", "td_open", "td_close", "text_special"),
    }
    shown = " ".join(name.split())
    assert _read(text).split() == f"{shown} {shown} x {shown} {shown} {shown}{shown} {shown} z".split()


def test_github_makes_no_link_of_a_bare_address() -> None:
    """Nor does it make one of what looks like an address in a name."""
    assert _made("<p>https://evil.invalid www.evil.invalid</p>") == "https\\://evil.invalid www\\.evil.invalid\n"


@settings(max_examples=150, deadline=None)
@given(st.text(max_size=40), st.text(alphabet="*_`#[]()<>|\\!~&;-+=:. 1\nab\u4e2d", max_size=24))
@example("a", "\\\n")
def test_any_text_is_read_back_as_it_was(one: str, two: str) -> None:
    """Any text, and any row of the signs of Markdown, in text, bold, leaning and in a cell."""
    a, b = escape(one), escape(two)
    text = _made(f"<p>{a}<b>{b}</b>{a}</p><p>{b}<i>{a}</i>{b}</p><table><tr><td>{b}</td><td>{a}{b}</td></tr></table>")
    said = " ".join(" ".join(e.itertext()) for e in linear(f'<main id="main"><p>{a}{b}{a}</p><p>{b}{a}{b}</p></main>'))
    cells = " ".join(linear(f'<main id="main"><p>{b}</p><p>{a}{b}</p></main>').itertext())
    shown = _read(text)
    assert "".join(shown.split()) == "".join(f"{said}{cells}".split())
    assert all(OURS.fullmatch(t.content) for t in _tokens(text) if t.type.startswith("html"))
    assert "link_open" not in {t.type for t in _tokens(text)}
