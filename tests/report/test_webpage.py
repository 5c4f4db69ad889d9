"""The HTML report loads nothing, runs nothing but its own script, and reads well without it."""

from __future__ import annotations

import json
import re
from base64 import b64encode
from dataclasses import replace
from datetime import date, timedelta
from hashlib import sha256
from xml.etree import ElementTree

import pytest

from auditor.model.results import AuditResult, Growth, GrowthRow
from auditor.report.charts import bars_svg, growth_svg
from auditor.report.rendering import render
from auditor.report.view import Bar, Bars, Column, GrowthChart, LongTable
from auditor.report.webpage import table_data
from tests.report.samples import FINDINGS, SAMPLE


def _html(result: AuditResult = SAMPLE) -> str:
    return render(result, "html").decode()


def _hash(text: str) -> str:
    return "sha256-" + b64encode(sha256(text.encode()).digest()).decode()


def test_policy_lets_its_own_style_and_script_run_and_nothing_else() -> None:
    page = _html()
    style = re.findall(r"<style>(.*?)</style>", page, re.DOTALL)
    script = re.findall(r"<script>(.*?)</script>", page, re.DOTALL)
    policy = re.findall(r'http-equiv="Content-Security-Policy" content="(.*?)"', page)

    assert [text.replace("&#39;", "'") for text in policy] == [
        f"default-src 'none'; style-src '{_hash(style[0])}'; script-src '{_hash(script[0])}'; "
        "base-uri 'none'; form-action 'none'"
    ]


def test_every_link_leads_to_a_place_within() -> None:
    page = _html()
    links = set(re.findall(r'(?:href|src)="(.*?)"', page))

    assert {link[1:] for link in links} <= set(re.findall(r'\bid="(.*?)"', page))
    assert all(link.startswith("#") for link in links)
    assert re.findall(r"@import|url\(|<link|<img|<iframe|XMLHttpRequest|fetch\(", page) == []


def test_sections_in_their_order() -> None:
    assert re.findall(r'<section class="part" id="(.*?)">', _html()) == [
        *(
            "score",
            "scope",
            "sprawl",
            "purposes",
            "candidates",
            "plan",
            "drift",
            "integrations",
            "outside",
            "policies",
            "exceptions",
        ),
        *("evidence", "skipped", "findings"),
        *("inventory", "appendix"),
    ]


def test_long_list_prints_its_first_part_and_holds_the_rest_as_data() -> None:
    many = tuple(replace(FINDINGS[0], subject=f"crm:Account.F{n:03}__c", fingerprint=str(n)) for n in range(100))
    page = _html(replace(SAMPLE, findings=many))
    section = page[page.index('id="findings"') : page.index('id="inventory"')]

    data = json.loads(re.findall(r'<script type="application/json".*?>(.*?)</script>', section)[0])

    assert section.count("<tr>") == 1 + 60
    assert "The first 60 of 100 are printed; findings.csv holds all of them." in section
    assert [data[2]["values"][code] for code in data[2]["codes"]] == [f"Account.F{n:03}__c" for n in range(100)]


def test_columns_are_coded_by_their_different_values() -> None:
    table = LongTable("t", (Column("A"), Column("B")), (("x", "<"), ("y", "&"), ("x", "\u2028")), 1, "t.csv")

    assert str(table_data(table)) == (
        '[{"title":"A","values":["x","y"],"codes":[0,1,0]},'
        '{"title":"B","values":["\\u0026","\\u003c","�"],"codes":[1,0,2]}]'
    )


@pytest.mark.parametrize("quarters", [1, 2, 9, 36, 120])
def test_growth_is_drawn_within_its_picture(quarters: int) -> None:
    rows = tuple(GrowthRow(f"{1996 + n // 4}-Q{n % 4 + 1}", n, n // 3, n - n // 3, 5 * n) for n in range(quarters))
    picture = ElementTree.fromstring(str(growth_svg(GrowthChart("<&>", rows, "…"))))
    boxes = [element.attrib for element in picture if element.tag == "rect"]
    width, height = (float(number) for number in picture.attrib["viewBox"].split()[2:])

    assert len(boxes) == sum(1 for row in rows if row.added) + sum(1 for row in rows if row.removed)
    assert all(float(box["x"]) >= 0 and float(box["x"]) + float(box["width"]) <= width for box in boxes)
    assert all(float(box["y"]) >= 0 and float(box["y"]) + float(box["height"]) <= height for box in boxes)


def test_no_history_draws_nothing_and_says_why() -> None:
    page = _html(replace(SAMPLE, growth=()))

    assert str(growth_svg(GrowthChart("t", (), "s"))) == ""
    assert "Growth is unknown: no register of custom fields and no git history was read" in page


def test_bars_are_drawn_to_scale_with_their_limit_and_remark() -> None:
    bars = Bars("Fields", (Bar("<Account>", 80, 500, "above 60"), Bar("Case", 40)))
    picture = ElementTree.fromstring(str(bars_svg(bars)))
    boxes = [element.attrib for element in picture if element.tag == "rect"]

    assert float(boxes[0]["width"]) == 2 * float(boxes[1]["width"])
    assert [box["class"] for box in boxes] == ["bar over", "bar"]
    assert [element.text for element in picture if element.tag == "text"] == [
        *("<Account>", "80 of 500 · above 60"),
        *("Case", "40"),
    ]


@pytest.mark.parametrize(
    ("quarters", "expected"),
    [
        pytest.param(5, "3 custom fields on 2 objects, 4 more than a year ago;", id="a year of history"),
        pytest.param(4, "3 custom fields on 2 objects;", id="less than a year proves no growth"),
        pytest.param(0, "3 custom fields on 2 objects;", id="no history"),
    ],
)
def test_growth_of_a_year_in_the_headline(quarters: int, expected: str) -> None:
    rows = tuple(GrowthRow(f"202{5 + n // 4}-Q{n % 4 + 1}", 1, 0, 1, n + 1) for n in range(quarters))
    growth = (Growth("crm", rows),) if rows else ()

    assert expected in _html(replace(SAMPLE, growth=growth))


def test_growth_of_a_register_is_what_was_added() -> None:
    rows = tuple(GrowthRow(f"202{5 + n // 4}-Q{n % 4 + 1}", 1, 0, 1, n + 1) for n in range(5))

    page = _html(replace(SAMPLE, growth=(Growth("crm", rows),), coverage=()))

    assert "3 custom fields on 2 objects, 4 of them added in the last four quarters;" in page


def test_day_of_the_audit_is_written_out() -> None:
    pages = [_html(replace(SAMPLE, as_of=date(2026, 1, 31) + timedelta(days=n))) for n in (0, 1)]

    assert ["As of 31 January 2026" in pages[0], "As of 1 February 2026" in pages[1]] == [True, True]
