"""Whatever a label, a path or a description holds, no format runs, links or obeys it."""

from __future__ import annotations

import json
import re
from html.parser import HTMLParser
from io import BytesIO

import pytest

from auditor.formats.sheets import harmless
from auditor.report.markdown import escaped
from auditor.report.rendering import FORMATS, render
from tests.report.samples import hostile

TEXTS = [
    pytest.param("<script>alert(1)</script>", id="a script"),
    pytest.param("</script><img src=x onerror=alert(1)>", id="the end of a script and an image"),
    pytest.param("\"><a href='javascript:alert(1)'>x</a>", id="the end of an attribute and a link"),
    pytest.param("{{ 7 * 7 }}{% raw %}", id="a template"),
    pytest.param("]]><!-- -->&lt;b&gt;", id="comments and entities"),
    pytest.param("a | b | [x](https://evil.example) `code` *strong*", id="marks of Markdown"),
    pytest.param("# heading\n- item\n| a | b |\n> quote", id="blocks of Markdown"),
    pytest.param('=HYPERLINK("https://evil.example")', id="a formula"),
    pytest.param("+1+cmd|' /C calc'!A0", id="a command in a formula"),
    pytest.param("@SUM(1)", id="an old formula"),
    pytest.param("\t=1+1", id="a formula behind a tab"),
    pytest.param("\x1b[2J\x1b]0;owned\x07", id="escape sequences of a terminal"),
    pytest.param("abc\u202egpj.exe\u2066", id="marks that turn the reading order"),
    pytest.param("line\u2028separator\u2029", id="line separators of old JavaScript"),
    pytest.param("half \ud800 pair", id="half of a surrogate pair"),
    pytest.param("nul\x00 bell\x07", id="control characters"),
]
_ALLOWED = {
    *("html", "head", "meta", "title", "style", "body", "a", "main", "section", "header", "p", "h1", "h2", "h3"),
    *(
        "dl",
        "div",
        "dt",
        "dd",
        "b",
        "span",
        "figure",
        "figcaption",
        "svg",
        "polygon",
        "polyline",
        "line",
        "circle",
    ),
    *(
        "text",
        "rect",
        "ul",
        "ol",
        "li",
        "br",
        "small",
        "article",
        "code",
        "em",
        "nav",
        "table",
        "caption",
        "thead",
    ),
    *("tbody", "tr", "th", "td", "script"),
}


class _Reader(HTMLParser):
    """Collects elements, addresses, and attributes that would run something."""

    def __init__(self) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.addresses: list[str] = []
        self.running: list[str] = []
        self.scripts: list[str] = []
        self._in_script = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        self._in_script = tag == "script"
        if self._in_script:
            self.scripts.append("")
        for name, value in attrs:
            if name in ("href", "src", "action", "srcset", "xlink:href", "data", "poster"):
                self.addresses.append(value or "")
            if name.startswith("on") or name == "style":
                self.running.append(name)

    def handle_data(self, data: str) -> None:
        if self._in_script:
            self.scripts[-1] += data

    def handle_endtag(self, tag: str) -> None:
        self._in_script = False


def _read(html: str) -> _Reader:
    reader = _Reader()
    reader.feed(html)
    return reader


@pytest.mark.parametrize("text", TEXTS)
def test_html_holds_our_own_elements_alone(text: str) -> None:
    page, plain = _read(render(hostile(text), "html").decode()), _read(render(hostile("plain"), "html").decode())

    assert set(page.tags) <= _ALLOWED
    assert page.running == []
    assert page.addresses == plain.addresses
    assert len(page.scripts) == len(plain.scripts)


@pytest.mark.parametrize("text", TEXTS)
def test_data_of_the_tables_stays_json_within_its_element(text: str) -> None:
    page = _read(render(hostile(text), "html").decode())

    tables = [json.loads(script) for script in page.scripts[:-1]]

    assert all(set(column) == {"title", "values", "codes"} for table in tables for column in table)
    assert not any(re.search("[<>&\u2028\u2029]", script) for script in page.scripts[:-1])


@pytest.mark.parametrize("text", TEXTS)
@pytest.mark.parametrize("form", ["text", "html", "markdown"])
def test_nothing_that_is_read_by_people_steers_the_screen(form: str, text: str) -> None:
    shown = render(hostile(text), form).decode()

    assert re.search("[\x00-\x08\x0b-\x1f\x7f\u202a-\u202e\u2066-\u2069\u2028\u2029]", shown) is None


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param("<img src=x>", "&lt;img src=x&gt;", id="HTML becomes entities"),
        pytest.param("a | b", "a \\| b", id="a pipe does not end a cell"),
        pytest.param("`x` *y* _z_ ~q~", "\\`x\\` \\*y\\* \\_z\\_ \\~q\\~", id="code and emphasis"),
        pytest.param("[a](b)", "\\[a\\](b)", id="a link"),
        pytest.param("https://evil.example", "https&#58;//evil.example", id="an address is not linked by itself"),
        pytest.param("www.evil.example", "www&#46;evil.example", id="nor is one without a scheme"),
        pytest.param("# a", "\\# a", id="a heading"),
        pytest.param("- a", "\\- a", id="an item"),
        pytest.param("2026-Q2 1:2", "2026-Q2 1:2", id="what marks nothing stays as it is"),
        pytest.param("1. a", "1\\. a", id="a numbered item"),
        pytest.param("a\n\n# b", "a  \\# b", id="line breaks are blanks"),
        pytest.param("@team #12", "\\@team \\#12", id="mentions of people and issues"),
        pytest.param("a\\|b", "a\\\\\\|b", id="a backslash frees no mark"),
        pytest.param("\x1b[31m", "\N{REPLACEMENT CHARACTER}\\[31m", id="escape sequences"),
    ],
)
def test_markdown_is_plain_text(text: str, expected: str) -> None:
    assert escaped(text) == expected


@pytest.mark.parametrize("text", TEXTS)
def test_rows_of_markdown_keep_their_cells(text: str) -> None:
    """Each table has one number of unescaped pipes in all its lines."""
    tables = re.findall(r"(?:^\|.*\|$\n?)+", render(hostile(text), "markdown").decode(), re.MULTILINE)

    for table in tables:
        assert len({len(re.findall(r"(?<!\\)(?:\\\\)*\|", line)) for line in table.splitlines()}) == 1


@pytest.mark.parametrize(
    ("cell", "expected"),
    [
        pytest.param("=1+1", "'=1+1", id="a formula"),
        pytest.param("-5 °C", "'-5 °C", id="a sign"),
        pytest.param("  =1", "'  =1", id="a formula behind blanks"),
        pytest.param("\t=1", "'\t=1", id="a formula behind a tab"),
        pytest.param("\x1b=1", "'=1", id="a formula behind what is dropped"),
        pytest.param("＝1", "'＝1", id="a formula in wide letters"),
        pytest.param("a=1", "a=1", id="a sign within is harmless"),
        pytest.param(-5, -5, id="a number stays a number"),
        pytest.param(None, None, id="nothing stays nothing"),
    ],
)
def test_cell_starts_no_formula(cell: str | int | None, expected: str | int | None) -> None:
    assert harmless(cell) == expected


@pytest.mark.parametrize("text", TEXTS)
def test_workbook_holds_no_formula(text: str) -> None:
    openpyxl = pytest.importorskip("openpyxl")

    book = openpyxl.load_workbook(BytesIO(render(hostile(text), "xlsx")))

    assert [
        cell.value for sheet in book for row in sheet.iter_rows() for cell in row if cell.data_type == "f"
    ] == []


@pytest.mark.parametrize("form", FORMATS)
@pytest.mark.parametrize("text", TEXTS)
def test_every_format_survives(form: str, text: str) -> None:
    if form == "xlsx":
        pytest.importorskip("openpyxl")

    assert render(hostile(text), form)
