"""What accumulates, what does not and why, and that the same files are the same addition."""

from __future__ import annotations

import gzip
from datetime import date
from pathlib import Path

import pytest

from auditor.errors import FormatError
from auditor.model.accumulation import Addition
from auditor.model.observations import DayCount, Deed, Evidence, EvidenceSource, Observation, SourceKind, Window
from auditor.model.testimony.table import TESTIMONIES
from auditor.usage.accumulating import Stated, addition_digest, contribution, file_digest, objection
from auditor.usage.request import UsageRequest
from tests.usage.logs.logbook import AS_OF, CATALOG

ACCUMULATING = {
    "report-event",
    "list-view-event",
    "api-event",
    "field-history",
    "event-log-file",
    "event-log",
    "hubspot-property-history",
    "dataverse-audit",
    "sql-log",
    "report-register",
    "email-template-register",
}


def test_logs_of_use_and_registers_of_use_accumulate_and_all_others_say_why() -> None:
    assert {each.kind for each in TESTIMONIES if not objection(each.kind, each.memory)} == ACCUMULATING


def test_a_file_is_the_same_packed_or_not(tmp_path: Path) -> None:
    plain, packed = tmp_path / "a.csv", tmp_path / "b.csv.gz"
    plain.write_bytes(b"a,b\n1,2\n")
    packed.write_bytes(gzip.compress(b"a,b\n1,2\n"))
    assert file_digest(plain) == file_digest(packed)


def test_a_file_that_cannot_be_read_says_so(tmp_path: Path) -> None:
    broken = tmp_path / "b.csv.gz"
    broken.write_bytes(gzip.compress(b"a,b\n1,2\n" * 1_000)[:30])
    with pytest.raises(FormatError, match="cannot be read"):
        file_digest(broken)


SAME = addition_digest("api-event", "crm", Stated(), ["1", "2"])
DIGESTS = [
    ("another order", ("api-event", "crm", Stated(), ["2", "1"]), True),
    ("one file twice", ("api-event", "crm", Stated(), ["1", "2", "1"]), True),
    ("another kind", ("report-event", "crm", Stated(), ["1", "2"]), False),
    ("another system", ("api-event", "erp", Stated(), ["1", "2"]), False),
    ("another window", ("api-event", "crm", Stated(start="2026-01-01"), ["1", "2"]), False),
    ("another file", ("api-event", "crm", Stated(), ["1", "3"]), False),
]


@pytest.mark.parametrize(("words", "same"), [each[1:] for each in DIGESTS], ids=[each[0] for each in DIGESTS])
def test_what_makes_an_addition_the_same(words: tuple[str, str, Stated, list[str]], same: bool) -> None:
    assert (addition_digest(*words) == SAME) is same


FIELD, RAN = "crm:Account.Region__c", date(2026, 9, 1)
SEEN = Observation(FIELD, Deed.READ, "x", RAN, RAN, 3, 2)
THROUGH = Observation(FIELD, Deed.READ, "x", RAN, RAN, via="crm:report/A")
DAY = DayCount(FIELD, Deed.READ, "x", RAN, 3)


def request(kind: str) -> UsageRequest:
    return UsageRequest("x", "crm", kind, (), AS_OF, CATALOG)


def evidence(
    kind: str, *observations: Observation, days: tuple[DayCount, ...] = (), cut: bool = False
) -> Evidence:
    source = EvidenceSource("x", kind, "x.csv", SourceKind.LOG, AS_OF, 5, truncated=cut)
    window = Window("x", "crm", Deed.READ, RAN, RAN)
    return Evidence((source,), (window,), observations, days=days)


def blank(kind: str) -> Addition:
    return Addition("a", kind, "crm", SourceKind.LOG, "d", AS_OF)


def test_of_a_log_days_and_users_in_all_are_kept() -> None:
    read = evidence("api-event", SEEN, THROUGH, days=(DAY,))
    kept = contribution(request("api-event"), read, blank("api-event"), ["1"])
    assert kept is not None
    assert (kept.days, kept.users, kept.states) == ((DAY,), (SEEN,), ())
    assert (
        kept.addition.last,
        kept.addition.rows,
        kept.addition.subjects,
        len(kept.addition.windows),
    ) == (RAN, 5, 1, 1)


def test_what_may_have_been_cut_claims_no_day() -> None:
    kept = contribution(
        request("api-event"), evidence("api-event", SEEN, days=(DAY,), cut=True), blank("api-event"), ["1"]
    )
    assert kept is not None
    assert (kept.days, kept.addition.windows, kept.addition.truncated) == ((DAY,), (), True)


def test_of_a_register_each_state_is_kept_once_by_its_last_use() -> None:
    kind = "report-register"
    earlier = Observation(FIELD, Deed.READ, "x", date(2026, 8, 1))
    kept = contribution(request(kind), evidence(kind, earlier, SEEN), blank(kind), ["1"])
    assert kept is not None
    assert (
        kept.days,
        kept.states,
        kept.addition.memory,
        kept.addition.last,
    ) == ((), (SEEN,), SourceKind.REGISTER, AS_OF)


def test_a_log_that_counts_no_days_does_not_accumulate() -> None:
    assert contribution(request("api-event"), evidence("api-event", SEEN), blank("api-event"), ["1"]) is None
