from __future__ import annotations

from datetime import date

import pytest

from auditor.formats.yamls import read_yaml
from auditor.model.values import ABSENT, CountRange, DateRange, Never, Unknown, Value
from auditor.policy.literals import OperandError
from auditor.policy.testing.literals import read_value, write_value
from tests.policy.fakes import VOCABULARY

AS_OF = date(2026, 11, 21)
FACTS = {spec.name: spec for spec in VOCABULARY.facts}
DAY = date(2026, 8, 23)


@pytest.mark.parametrize(
    ("name", "text", "expected"),
    [
        ("custom", "true", True),
        ("custom", "absent", ABSENT),
        ("length", "5", 5),
        ("length", "3 to 5", CountRange(3, 5)),
        ("length", "at least 3", CountRange(3, None)),
        ("fill_rate", "50%", 0.5),
        ("fill_rate", "0.123456789", 0.123456789),
        ("quality", "short", "short"),
        ("label", "Region", "Region"),
        ("label", '"unknown"', "unknown"),
        ("label", '"a, b: {c}"', "a, b: {c}"),
        ("label", '""', ""),
        ("tags", "[b, a]", ("a", "b")),
        ("tags", "[]", ()),
        ("last_read", "2026-08-23", DateRange.on(DAY)),
        ("last_read", "2026-08-23 or earlier", DateRange(None, DAY)),
        ("last_read", "2026-08-23 or later", DateRange(DAY, None)),
        ("last_read", "2026-08-23 to 2026-11-21", DateRange(DAY, AS_OF)),
        ("last_read", "never until 2026-11-21", Never(None, AS_OF)),
        ("last_read", "never from 2026-08-23 to 2026-11-21", Never(DAY, AS_OF)),
    ],
)
def test_a_value_is_read_and_written_alike(name: str, text: str, expected: Value) -> None:
    read = read_value(FACTS[name], read_yaml(text, ""), AS_OF)

    assert read == expected
    assert read_value(FACTS[name], read_yaml(write_value(read, FACTS[name]), ""), AS_OF) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("today", DateRange.on(AS_OF)),
        ("90d ago", DateRange.on(DAY)),
        ("90d ago or earlier", DateRange(None, DAY)),
        ("90d ago to today", DateRange(DAY, AS_OF)),
        ("never", Never(None, AS_OF)),
        ("never in 90d", Never(DAY, AS_OF)),
        ("never until 90d ago", Never(None, DAY)),
        ("never from 1y ago to 90d ago", Never(date(2025, 11, 21), DAY)),
    ],
)
def test_days_count_from_the_audit(text: str, expected: Value) -> None:
    assert read_value(FACTS["last_read"], read_yaml(text, ""), AS_OF) == expected


def test_unknown_names_the_fact_and_what_settles_it() -> None:
    assert read_value(FACTS["length"], read_yaml("unknown", ""), AS_OF) == Unknown(
        "length is left open", ("length-export",)
    )


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("last_read", "yesterday"),
        ("last_read", "2026-13-01"),
        ("tags", "a"),
        ("length", "many"),
        ("custom", "yes"),
    ],
)
def test_what_is_no_value_of_the_fact_is_refused(name: str, text: str) -> None:
    with pytest.raises(OperandError):
        read_value(FACTS[name], read_yaml(text, ""), AS_OF)
