from __future__ import annotations

from dataclasses import replace

from auditor.model.carriage import Carriage, Carried, NatureCount
from auditor.report.carriage_section import carriage_section
from auditor.report.naming import names_for
from auditor.report.view import Column, Paragraph, Table
from tests.report.samples import SAMPLE

COUNTS = (NatureCount("activity", 8, 138, 3110, 4535), NatureCount("transaction", 5, 82, 2741, 0))
SHARES = (Carried("objects", 0.25, 0.5), Carried("rows", 0.4, 0.4))


def test_a_crm_is_told_in_a_sentence_and_a_table_and_by_area() -> None:
    whole = Carriage("system", "crm", "crm", COUNTS, SHARES, uncounted=2)
    area = Carriage("area", "crm", "Sales", COUNTS, SHARES[1:])
    result = replace(SAMPLE, carriages=(whole, area))

    section = carriage_section(result, names_for(result.systems))

    figures = tuple(
        Column(title, True) for title in ("Objects in use", "Custom fields", "Rows", "Writes on record")
    )
    assert section.blocks == (
        Paragraph(
            "32 % to 45 % of what crm holds of the business are transactions: 25 % to 50 % of objects in use and "
            "40 % of rows. Rows of 2 objects were not counted."
        ),
        Table(
            (Column("Nature"), *figures),
            (("Activities", "8", "138", "3,110", "4,535"), ("Transactions", "5", "82", "2,741", "0")),
        ),
        Table(
            (Column("Business area", breaks=True), Column("Transactions, all in all", True), *figures),
            (("Sales", "40 %", "–", "–", "40 %", "–"),),
            "Share of transactions by business area",
        ),
    )


def test_nothing_in_use_makes_no_section() -> None:
    assert carriage_section(SAMPLE, names_for(SAMPLE.systems)).blocks == ()
