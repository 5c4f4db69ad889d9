"""Which evidence to get next, at what cost."""

from __future__ import annotations

import re
import shutil
import subprocess

import pytest

from auditor.languages.soql import parse_query
from auditor.model.catalogue import Calculation, Field, Object, ObjectKind
from auditor.model.testimony.table import BY_KIND
from auditor.model.testimony.words import Platform
from auditor.usage.kinds import PlanTarget
from auditor.usage.kit.aggregates import FIELDS_PER_QUERY, count_queries, countable
from auditor.usage.plan import evidence_plan
from auditor.usage.registry import KINDS
from tests.usage.kitchen import ACCOUNT, CATALOG

TARGET = PlanTarget(CATALOG, "my org", "evidence/2026")


def test_the_cheapest_that_settles_something_comes_first_and_what_is_held_comes_late() -> None:
    unknowns = {"report-register": 40, "fill-by-cohort": 90, "git-history": 3, "report-describe": 60, "users": 40}
    rows = evidence_plan(KINDS, TARGET, unknowns, held=("users",))
    assert [(row.kind, row.calls, row.settles, row.held) for row in rows[:5]] == [
        ("git-history", 0, 3, False),
        ("report-register", 1, 40, False),
        ("fill-by-cohort", 2, 90, False),
        ("report-describe", 4, 60, False),
        ("users", 1, 40, True),
    ]
    assert len(rows) == len(KINDS)


def test_fields_are_counted_in_one_query_an_object_grouped_by_cohort() -> None:
    (query,) = count_queries(ACCOUNT)
    assert query.stem == "Account.1"
    assert query.soql == (
        "SELECT CALENDAR_YEAR(CreatedDate) yr, CALENDAR_QUARTER(CreatedDate) qtr, CreatedBy.Profile.Name creator, "
        "RecordType.DeveloperName rectype, COUNT(Id) total, COUNT(Region__c), COUNT(Credit__c), COUNT(Must__c) "
        "FROM Account GROUP BY CALENDAR_YEAR(CreatedDate), CALENDAR_QUARTER(CreatedDate), CreatedBy.Profile.Name, "
        "RecordType.DeveloperName"
    )


def test_a_geolocation_is_counted_by_its_latitude() -> None:
    (query,) = count_queries(Object("A", fields=(Field("A", "Place__c", type="Location"),)))
    assert "COUNT(Place__Latitude__s)" in query.soql


def test_many_fields_go_in_batches() -> None:
    fields = tuple(Field("Big__c", f"F{number}__c", type="Text") for number in range(FIELDS_PER_QUERY * 2 + 1))
    assert [query.stem for query in count_queries(Object("Big__c", fields=fields))] == [
        "Big__c.1",
        "Big__c.2",
        "Big__c.3",
    ]


UNCOUNTED = [
    ("a checkbox", Field("A", "F__c", type="Checkbox")),
    ("long text", Field("A", "F__c", type="LongTextArea")),
    ("a multi-select picklist", Field("A", "F__c", type="MultiselectPicklist")),
    ("an encrypted text", Field("A", "F__c", type="EncryptedText")),
    ("a formula", Field("A", "F__c", type="Text", calculation=Calculation.FORMULA)),
    ("a standard field", Field("A", "F", type="Text", custom=False)),
]


@pytest.mark.parametrize("field", [field for _, field in UNCOUNTED], ids=[name for name, _ in UNCOUNTED])
def test_no_count_is_asked_of(field: Field) -> None:
    assert not countable(field)


def test_no_rows_are_counted_of_settings_events_and_external_objects() -> None:
    fields = (Field("X", "F__c", type="Text"),)
    rowless = (ObjectKind.CUSTOM_SETTING, ObjectKind.PLATFORM_EVENT, ObjectKind.EXTERNAL, ObjectKind.BIG_OBJECT)
    for kind in rowless:
        assert list(count_queries(Object("X", kind=kind, fields=fields))) == []


def test_every_printed_command_is_one_that_a_shell_can_read() -> None:
    shell = shutil.which("bash") or "sh"
    for row in evidence_plan(KINDS, TARGET, {}):
        for command in row.commands:
            done = subprocess.run([shell, "-n", "-c", command], capture_output=True, check=False)
            assert (done.returncode, done.stderr) == (0, b""), command


def test_the_organisation_and_folder_are_quoted() -> None:
    (row,) = [row for row in evidence_plan(KINDS, TARGET, {}) if row.kind == "flow-register"]
    assert row.commands[0].endswith(
        "--result-format csv --output-file evidence/2026/FlowDefinitionView.csv --target-org 'my org'"
    )


def test_every_query_of_the_plan_is_one_that_our_own_parser_reads() -> None:
    rows = [row for row in evidence_plan(KINDS, TARGET, {}) if BY_KIND[row.kind].platform is Platform.SALESFORCE]
    queries = [query for row in rows for command in row.commands for query in _SOQL.findall(command)]
    assert len(queries) == 22
    for query in queries:
        parsed = parse_query(query.replace(_QUOTE, "'"))
        assert (parsed.problem, parsed.cut) == (None, False), query


_QUOTE = """'"'"'"""
"""A single quote as the shell takes it within single quotes."""
_SOQL = re.compile(rf"""SELECT (?:{_QUOTE}|[^"'])+""")
