"""The report as one HTML file that loads nothing: styles and script within, and a policy that forbids the rest."""

from __future__ import annotations

import json
from base64 import b64encode
from collections.abc import Sequence
from functools import cache
from hashlib import sha256
from importlib.resources import files

from jinja2 import DictLoader, Environment, StrictUndefined
from markupsafe import Markup

from auditor.report import phrasing, wording
from auditor.report.charts import bars_svg, growth_svg
from auditor.report.terminal import printable
from auditor.report.view import LongTable, ReportView

_WORDS, _SPAN = 14, 24
"""Characters of a cell that is not broken: a word or two, and `2025-04-01 to 2026-11-21`."""


def report_html(view: ReportView) -> str:
    r"""The whole report as one document.

    What came from outside is escaped by Jinja2, in the tables' data by `\u` escapes; control characters and
    marks that turn the reading order are replaced. Scripts and styles run by their hash alone.
    """
    style, script = _asset("report.css"), _asset("report.js")
    return (
        _environment()
        .get_template("report.html.j2")
        .render(
            view=view,
            first=view.first,
            words=wording,
            style=Markup(style),  # noqa: S704 - our own file
            script=Markup(script),  # noqa: S704 - our own file
            policy=_policy(style, script),
        )
    )


def table_data(table: LongTable) -> Markup:
    """A table's columns as JSON, each with its different values once and a code a row.

    Nothing in it can end the script element or, in older readers, a line of it.
    """
    columns = [_column(column.title, [row[n] for row in table.rows]) for n, column in enumerate(table.columns)]
    text = json.dumps(columns, ensure_ascii=False, separators=(",", ":"))
    for mark in "<>&\u2028\u2029":
        text = text.replace(mark, f"\\u{ord(mark):04x}")
    return Markup(text)  # noqa: S704 - escaped above


def _column(title: str, cells: Sequence[str]) -> dict[str, object]:
    values = sorted({printable(cell) for cell in cells})
    codes = {value: number for number, value in enumerate(values)}
    return {"title": title, "values": values, "codes": [codes[printable(cell)] for cell in cells]}


def _finalized(value: object) -> object:
    """Plain text without what steers a reader; markup of our own as it is."""
    return printable(value) if isinstance(value, str) and not isinstance(value, Markup) else value


def _environment() -> Environment:
    names = ("report.html.j2", "blocks.html.j2")
    environment = Environment(
        loader=DictLoader({name: _read(name) for name in names}),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        finalize=_finalized,
    )
    environment.globals.update(
        growth_svg=growth_svg, listed=phrasing.listed, bars_svg=bars_svg, table_data=table_data
    )
    environment.tests["kind"] = lambda block, name: type(block).__name__ == name
    environment.tests["brief"] = _is_brief
    return environment


def _is_brief(cell: str) -> bool:
    """Whether a cell is best kept on one line: a word or two, a day, a span of days."""
    return 0 < len(cell) <= (_SPAN if cell[0].isdigit() else _WORDS)


def _policy(style: str, script: str) -> str:
    return (
        f"default-src 'none'; style-src '{_hash(style)}'; script-src '{_hash(script)}'; "
        "base-uri 'none'; form-action 'none'"
    )


def _hash(text: str) -> str:
    return "sha256-" + b64encode(sha256(text.encode()).digest()).decode()


def _asset(name: str) -> str:
    return _read(f"assets/{name}")


@cache
def _read(name: str) -> str:
    return files("auditor.reports").joinpath(name).read_text(encoding="utf-8")
