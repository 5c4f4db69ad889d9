"""The fields of a whole ERP that come nearest to a field that nobody made yet."""

from __future__ import annotations

from collections.abc import Sequence

from auditor.matching.nearest import Wanted, nearest
from auditor.matching.profiles import FieldProfile, ObjectProfile
from auditor.matching.recorded import Recorded, record, recorded
from auditor.matching.systems import SystemProfile, prepare
from auditor.model.matches import Matches


class _Rows:
    def __init__(self, rows: dict[str, bytes]) -> None:
        self.rows = rows

    def get(self, keys: Sequence[str]) -> dict[str, bytes]:
        return {key: self.rows[key] for key in keys if key in self.rows}


def _object(name: str, *fields: str) -> ObjectProfile:
    return ObjectProfile(name, fields=tuple(FieldProfile(each, position=at) for at, each in enumerate(fields)))


_ACCOUNT = _object("Account", "Name", "Region__c")
_CRM = SystemProfile("crm", (_ACCOUNT, _object("Visit__c", "Purpose__c")))
_ERP = SystemProfile(
    "erp",
    (
        _object("kund", "kundnr", "namn", "kreditgrans", "vatnr"),
        _object("lager", "lagernr", "saldo"),
        _object("kundpris", "kundnr", "artnr", "pris"),
    ),
)
_SHOP = SystemProfile("shop", (_object("Customer", "CreditLimit", "ShoeSize"),))


def _known() -> Recorded:
    known = recorded(_Rows(dict(record(prepare((_CRM,), (_ERP, _SHOP)), Matches()))))
    assert known is not None
    return known


def _near(label: str, count: int = 5) -> list[tuple[str, str, str]]:
    found = nearest(_known(), Wanted("crm", _ACCOUNT, FieldProfile("New__c", label, type="Text")), count)
    assert sorted(found, key=lambda each: -each.score) == found
    assert all(0 < each.score < 1 and each.because for each in found)
    return [(each.erp_system, each.erp_object, each.erp_field) for each in found]


def test_the_field_that_means_the_same_is_first_in_any_language() -> None:
    assert _near("Customer number", 1) == [("erp", "kund", "kundnr")]
    assert _near("ERP-kundnummer", 1) == [("erp", "kund", "kundnr")]
    assert _near("Stock balance", 1) == [("erp", "lager", "saldo")]


def test_every_erp_is_asked() -> None:
    assert set(_near("Credit limit", 2)) == {("erp", "kund", "kreditgrans"), ("shop", "Customer", "CreditLimit")}


def test_another_crm_and_words_that_nobody_says_have_none() -> None:
    stranger = Wanted("old", _ACCOUNT, FieldProfile("New__c", "Customer number"))

    assert nearest(_known(), stranger) == []
    assert nearest(_known(), Wanted("crm", ObjectProfile("Zzz__c"), FieldProfile("Qqq__c", "Qqq"))) == []
