"""The sections on who reaches in and who reads from outside."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from auditor.model.integrations import Integration, Standing
from auditor.model.results import OutsideReaderRow, UnreadChannel
from auditor.report.integration_sections import integration_section, outside_section
from auditor.report.naming import names_for
from auditor.report.view import Bullets, LongTable, Paragraph, Table
from tests.report.samples import SAMPLE

NAMES = names_for(SAMPLE.systems)
SHOP = Integration(
    "crm",
    "crm:api_client/Shop",
    "Shop",
    "api_client",
    "in",
    Standing.UNDECLARED,
    last=date(2026, 11, 20),
    objects=("crm:Product2",),
    fields=("crm:Product2.Code__c",),
    reads=True,
)
SYNC = Integration(
    "crm", "crm:connected_app/Sync", "Sync", "connected_app", "in", Standing.SILENT, declared_in=("apps/Sync.xml",)
)
USED = replace(SYNC, name="Used", standing=Standing.IN_USE, last=date(2026, 11, 1), calls=1200, writes=True)


def test_who_calls_gravest_first() -> None:
    callers = integration_section(replace(SAMPLE, integrations=(SYNC, USED, SHOP)), NAMES).blocks[0]

    assert isinstance(callers, LongTable)
    assert [" | ".join(row) for row in callers.rows] == [
        "Shop | seen, declared nowhere | API client | in | – | 2026-11-20 | unknown | Product2 | 1 | reads",
        "Sync | declared and not seen | connected app | in | Sync.xml | – | – | – | – | –",
        "Used | declared and seen | connected app | in | Sync.xml | 2026-11-01 | 1,200 | – | unknown | writes",
    ]


def test_nobody_calls() -> None:
    assert integration_section(SAMPLE, NAMES).blocks[0] == Paragraph(
        "Nobody is declared to call, and no log names who does."
    )


def test_outside_readers_and_what_is_not_known_of_others() -> None:
    row = OutsideReaderRow("crm", "BI", "bi", "reads", False, 12, 1, ("crm:Account.A__c",), 1, 3)
    gap = UnreadChannel("crm", "outside_reader", "no complete register is declared")

    table, open_ = outside_section(replace(SAMPLE, outside_readers=(row,), unread=(gap,)), NAMES).blocks

    assert isinstance(table, Table)
    assert table.rows == (("BI", "crm", "bi", "reads", "No", "12", "1", "1", "1", "3"),)
    assert open_ == Bullets(("no complete register is declared (crm)",), "What nobody watched or read")


def test_none_is_declared() -> None:
    (only,) = outside_section(SAMPLE, NAMES).blocks

    assert isinstance(only, Paragraph)
    assert only.text.startswith("None is declared under outside_readers: in auditor.yaml.")
