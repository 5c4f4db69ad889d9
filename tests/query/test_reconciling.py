"""Two objects joined and compared: what counts as the same, how rows meet, and which side is behind."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from pathlib import Path

import duckdb
import pytest

from auditor.dataclasses import replace
from auditor.model.catalogue import Skipped
from auditor.model.divergence import Example, JoinCounts, MoneyCell, PairDivergence, Stale, Staleness
from auditor.model.reconciliation import FieldRule, PairRule, SideRule, ValueKind
from auditor.query.engine import open_engine
from auditor.query.reconciling import reconcile_pair
from auditor.query.reconciling_codes import code_map
from auditor.query.reconciling_meeting import MOST_ROWS, Sides, meet, whole
from auditor.query.reconciling_sides import SideRows
from auditor.query.reconciling_telling import mask
from auditor.query.reconciling_values import Comparison
from auditor.query.scans import Scan, open_scan

NUMBER, DATE, PHONE = ValueKind.NUMBER, ValueKind.DATE, ValueKind.PHONE
BOOLEAN, TAX, TEXT = ValueKind.BOOLEAN, ValueKind.TAX_NUMBER, ValueKind.TEXT

VALUES = (
    ("case and spaces", FieldRule("v", "v", TEXT), "Nord  AB ", "nord ab", True),
    ("other letters", FieldRule("v", "v", TEXT), "Nord AB", "Nord A/S", False),
    ("more decimals", FieldRule("v", "v", NUMBER, 0.0), "100.00", "100", True),
    ("a decimal comma", FieldRule("v", "v", NUMBER, 0.0), "1 234,50", "1234.5", True),
    ("points of thousands", FieldRule("v", "v", NUMBER, 0.0), "1.234,50", "1234.5", True),
    ("within the tolerance", FieldRule("v", "v", NUMBER, 0.005), "1.004", "1", True),
    ("beyond the tolerance", FieldRule("v", "v", NUMBER, 0.005), "1.01", "1", False),
    ("another scale", FieldRule("v", "v", NUMBER, 0.0, 0.01), "12.5", "1250", True),
    ("no numbers", FieldRule("v", "v", NUMBER, 0.0), "n/a", "N/A", True),
    ("a moment and its day", FieldRule("v", "v", DATE), "2026-03-01T23:30:00.000+0000", "2026-03-01", True),
    (
        "a moment in its zone",
        FieldRule("v", "v", DATE, zone="Europe/Stockholm"),
        "2026-03-01T23:30:00.000+0000",
        "2026-03-02",
        True,
    ),
    ("a day without separators", FieldRule("v", "v", DATE), "2026-03-01", "20260301", True),
    ("a day before 1970", FieldRule("v", "v", DATE), "1961-03-01", "01.03.1961", True),
    ("the day after", FieldRule("v", "v", DATE), "2026-03-01", "2026-03-02", False),
    ("the day after, tolerated", FieldRule("v", "v", DATE, 1.0), "2026-03-01", "2026-03-02", True),
    ("a flag", FieldRule("v", "v", BOOLEAN), "true", "1", True),
    ("the other flag", FieldRule("v", "v", BOOLEAN), "false", "ja", False),
    ("a phone with its country", FieldRule("v", "v", PHONE), "+46 (0)8-123 45 67", "08-1234567", True),
    ("another phone", FieldRule("v", "v", PHONE), "08-1234568", "08-1234567", False),
    ("an organisation number with its century", FieldRule("v", "v", TAX), "16559900-0013", "559900-0013", True),
    ("a VAT number and its organisation", FieldRule("v", "v", TAX), "SE559900001301", "559900-0013", True),
    ("another country's VAT number", FieldRule("v", "v", TAX), "DK 12 34 56 78", "12345678", True),
    ("another organisation", FieldRule("v", "v", TAX), "559900-0013", "559900-0021", False),
)


def table(path: Path, text: str) -> Scan:
    path.write_text("\n".join(line.strip() for line in text.strip().splitlines()) + "\n", encoding="utf-8")
    return open_scan(path)


def compared(folder: Path, rule: PairRule, crm: str, erp: str, *, shown: bool = False) -> PairDivergence:
    scans = [table(folder / f"{name}.csv", text) for name, text in (("crm", crm), ("erp", erp))]
    sides = [SideRows({each.path.stem: (each,)}) for each in scans]
    with open_engine([each.path for each in scans]) as engine:
        found, skipped = reconcile_pair(engine, rule, sides[0], sides[1], shown=shown)
    assert skipped == ()
    return found


def pair(*fields: FieldRule, **dates: str) -> PairRule:
    changed = dates.get("changed", "")
    return PairRule("p", SideRule("crm", "k", changed=changed), SideRule("erp", "k", changed=changed), fields)


@pytest.mark.parametrize(
    ("rule", "crm", "erp", "same"), [each[1:] for each in VALUES], ids=[each[0] for each in VALUES]
)
def test_values_are_held_to_be_the_same(tmp_path: Path, rule: FieldRule, crm: str, erp: str, same: bool) -> None:
    found = compared(tmp_path, pair(rule), f'k,v\n1,"{crm}"', f'k,v\n1,"{erp}"').fields[0]
    assert (found.agreed, found.different) == ((1, 0) if same else (0, 1))


def test_rows_meet_by_key_and_every_other_row_is_counted(tmp_path: Path) -> None:
    crm = "k,v\nA1,x\na2 ,\nA3,x\nA4,x\nA4,y\n,z\nA5,x\nA7,"
    erp = "k,v\na1,y\nA2,x\nA3,\nA4,x\nA6,x\nA7,"
    found = compared(tmp_path, pair(FieldRule("v", "v", TEXT)), crm, erp)
    assert found.counts == JoinCounts(4, 1, 1, 1, 0, 2, 1)
    (field,) = found.fields
    assert (field.agreed, field.crm_empty, field.erp_empty, field.different, field.both_empty) == (0, 1, 1, 1, 1)
    assert field.examples == (Example("A1", "x", "x"),)


OFTEN_ON_BOTH = "SELECT {k} AS k, i::VARCHAR AS id, NULL::INTEGER AS changed, NULL::INTEGER AS dated, 'a' AS f0"
SOMETIMES_ZERO = OFTEN_ON_BOTH.format(
    k="CASE WHEN i % 3 = 0 THEN '0' WHEN i % 50 = 1 THEN 'twice' ELSE 'K' || i END"
)


def test_keys_that_stand_often_on_both_sides_are_left_out_before_rows_meet() -> None:
    sides = Sides(f"{SOMETIMES_ZERO} FROM range(900) t(i)", f"{SOMETIMES_ZERO} FROM range(600) t(i)")
    found = []
    with open_engine([]) as engine:
        for most in (MOST_ROWS, 1_000):
            rows = meet(engine, sides, (Comparison(TEXT),), most)
            found.append((whole(engine, rows.repeated).counts, rows.often))
    counts = JoinCounts(paired=392, only_crm=196, only_erp=0, crm_repeated=312, erp_repeated=208)
    assert found == [(counts, ()), (counts, (("0", 300, 200),))]


def test_each_spelling_is_told_as_the_same_beside_fields_that_agree(tmp_path: Path) -> None:
    rules = [rule for _, rule, _, _, _ in VALUES]
    fields = tuple(replace(rule, crm=f"v{place}", erp=f"v{place}") for place, rule in enumerate(rules))
    names = ",".join(["k", *(each.crm for each in fields)])
    crm, erp = (
        f"{names}\n"
        + "\n".join(
            ",".join([f"K{row}", *(f'"{VALUES[at][side if at == row else 2]}"' for at in range(len(rules)))])
            for row in range(len(rules))
        )
        for side in (2, 3)
    )
    found = compared(tmp_path, pair(*fields), crm, erp)
    told = [(each.different, each.agreed) for each in found.fields]
    always = len(rules) - 1
    expected = [(int(not same), always + int(same)) for *_, same in VALUES]
    assert [at for at, each in enumerate(told) if each != expected[at]] == [
        at for at, rule in enumerate(rules) if rule.scale != 1.0
    ]


def test_the_side_that_was_changed_first_is_behind(tmp_path: Path) -> None:
    crm = "k,v,d\n1,a,2026-01-01\n2,b,2026-01-05\n3,c,2026-02-01"
    erp = "k,v,d\n1,x,2026-01-03\n2,y,2026-01-09\n3,c,2026-01-01"
    (field,) = compared(tmp_path, pair(FieldRule("v", "v", TEXT), changed="d"), crm, erp).fields
    because = "rows were last changed on the other side"
    assert field.staleness == Staleness(Stale.CRM, 2, 0, date(2026, 1, 3), because)


def test_nobody_is_behind_where_rows_that_agree_were_changed_in_the_same_order(tmp_path: Path) -> None:
    crm = "k,v,d\n1,a,2026-02-01\n2,b,2026-02-01\n3,c,2026-02-01"
    erp = "k,v,d\n1,x,2026-01-03\n2,b,2026-01-09\n3,c,2026-01-01"
    (field,) = compared(tmp_path, pair(FieldRule("v", "v", TEXT), changed="d"), crm, erp).fields
    assert field.staleness.side is Stale.UNKNOWN


def test_sums_are_told_to_the_cent_and_rows_without_a_key_apart(tmp_path: Path) -> None:
    left, right = (SideRule(name, "k", amount="v", dated="d") for name in ("crm", "erp"))
    rule = PairRule("p", left, right, figure="orders")
    crm = 'k,v,d\n1,0.10,2026-01-01\n2,0.20,2026-02-01\n,5,2026-02-01\n3,"1 000,10",2026-02-03'
    erp = "k,v,d\n1,0.10,2026-01-31\n2,0.30,2026-02-01\n4,7.07,2026-03-01"
    money = compared(tmp_path, rule, crm, erp).money
    assert money is not None
    told = (money.crm, money.erp, money.gap, money.different, money.only_crm, money.only_erp, money.crm_keyless)
    assert [str(each) for each in told] == ["1000.40", "7.47", "992.93", "1", "1000.10", "7.07", "5.00"]
    assert money.by_period == (
        MoneyCell("2026-01", Decimal("0.10"), Decimal("0.10")),
        MoneyCell("2026-02", Decimal("1000.30"), Decimal("0.30")),
        MoneyCell("2026-03", Decimal("0.00"), Decimal("7.07")),
    )


def test_a_key_map_tells_which_row_is_which(tmp_path: Path) -> None:
    crm = table(tmp_path / "crm.csv", "k,v\nA,1\nB,2\nC,3\nD,4")
    erp = table(tmp_path / "erp.csv", "k,v\n10,1\n20,9\n30,3\nD,4")
    keys = table(tmp_path / "keys.csv", "crm_key,erp_key\na,10\nB,20\nC,30\nC,31")
    sides = SideRows({"crm": (crm,)}, key_map=keys), SideRows({"erp": (erp,)})
    with open_engine([crm.path, erp.path, keys.path]) as engine:
        found, skipped = reconcile_pair(engine, pair(FieldRule("v", "v", TEXT)), *sides, shown=True)
    assert found.counts == JoinCounts(2, 2, 2)
    assert found.fields[0].examples == (Example("B", "2", "9"),)
    assert skipped == (Skipped("keys.csv", "2 lines give a key more than one partner and are not used"),)


def test_parts_of_an_extract_are_one_and_of_a_record_in_two_the_last_change_counts(tmp_path: Path) -> None:
    first = table(tmp_path / "crm.1.csv", "Id,k,v,LastModifiedDate\n1,a,x,2026-01-02\n2,b,old,2026-01-01")
    second = table(tmp_path / "crm.2.csv", "Id,LastModifiedDate,v,k\n2,2026-02-01,y,b\n3,2026-02-01,z,c")
    erp = table(tmp_path / "erp.csv", "k,v\na,x\nb,y\nc,z")
    crm = SideRows({"crm": (first, second)}, ids=("Id",), changed=("LastModifiedDate",))
    with open_engine([first.path, second.path, erp.path]) as engine:
        found, skipped = reconcile_pair(
            engine, pair(FieldRule("v", "v", TEXT)), crm, SideRows({"erp": (erp,)}), shown=False
        )
    assert (found.counts, found.fields[0].agreed) == (JoinCounts(3, 0, 0), 3)
    reason = "1 rows stand in several parts of crm; of each record the row that was changed last counts"
    assert skipped == (Skipped("crm.2.csv", reason),)


def test_parquet_keeps_its_types_and_tells_the_same(tmp_path: Path) -> None:
    write = duckdb.connect()
    write.execute(
        f"COPY (SELECT * FROM (VALUES (1001::DOUBLE, 12.50::DECIMAL(9,2), DATE '2026-03-01', true, 'Nord'),"
        " (1002, 7, DATE '2026-03-02', false, NULL), (1003, 0.1, NULL, NULL, 'x')) t(k, n, d, b, v))"
        f" TO '{tmp_path}/crm.parquet'"
    )
    write.execute(
        "COPY (SELECT * FROM (VALUES (1001::BIGINT, 12.5::DOUBLE, TIMESTAMP '2026-03-01 23:00', true, ' nord '),"
        " (1002, 7.01, TIMESTAMP '2026-03-03 00:00', true, 'y'), (1003, NULL, NULL, NULL, 'x')) t(k, n, d, b, v))"
        f" TO '{tmp_path}/erp.parquet'"
    )
    kinds = {"n": NUMBER, "d": DATE, "b": BOOLEAN, "v": TEXT}
    rule = pair(*(FieldRule(name, name, kind, 0.005 if kind is NUMBER else 0.0) for name, kind in kinds.items()))
    csv_erp = "k,n,d,b,v\n1001,12.5,2026-03-01T23:00:00Z,1,nord\n1002,7.01,2026-03-03,1,y\n1003,,,,x"
    others = (open_scan(tmp_path / "erp.parquet"), table(tmp_path / "other.csv", csv_erp))
    crm = open_scan(tmp_path / "crm.parquet")
    found = []
    for erp in others:
        with open_engine([crm.path, erp.path]) as engine:
            sides = SideRows({"crm": (crm,)}), SideRows({"erp": (erp,)})
            found.append(reconcile_pair(engine, rule, *sides, shown=True)[0].fields)
    assert [
        (each.agreed, each.different, each.crm_empty, each.erp_empty, each.both_empty) for each in found[0]
    ] == [(1, 1, 0, 1, 0), (1, 1, 0, 0, 1), (1, 1, 0, 0, 1), (2, 0, 1, 0, 0)]
    assert found[0][1].examples == (Example("1002", "2026-03-02", "2026-03-03"),)
    assert [each.agreed for each in found[1]] == [each.agreed for each in found[0]]


def test_codes_are_mapped_where_they_nearly_always_say_the_same() -> None:
    rows = [("30 days", "30", 90), ("45 days", "30", 10), ("45 days", "45", 50), ("60 days", "60", 1)]
    assert code_map(rows) == (("30 days", "30"), ("45 days", "45"))


def test_a_crm_that_always_says_the_same_is_no_map() -> None:
    assert code_map([("x", "1", 10), ("x", "2", 10)]) == ()


def test_a_masked_value_keeps_its_shape_alone() -> None:
    assert mask("Åsa 12-AB") == "xxx 99-xx"
