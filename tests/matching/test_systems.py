"""Duplicates between systems: shadow, mirrored by a map or an external id, and declared but gone."""

from __future__ import annotations

from dataclasses import replace

from auditor.matching.profiles import FieldProfile, ObjectProfile
from auditor.matching.systems import SystemProfile, match_systems
from auditor.model.matches import DeclaredPair, Direction, MatchKind


def _object(name: str, *fields: str, keys: tuple[str, ...] = ()) -> ObjectProfile:
    return ObjectProfile(
        name,
        fields=tuple(
            FieldProfile(field, position=position, key=field in keys) for position, field in enumerate(fields)
        ),
    )


_CRM = SystemProfile(
    "crm",
    (
        _object("Invoice_Copy__c", "Invoice_Number__c", "Invoice_Date__c", "Due_Date__c", "Net_Amount__c"),
        _object("Visit__c", "Purpose__c", "Next_Step__c", "Mood__c"),
    ),
)
_ERP = SystemProfile(
    "erp",
    (_object("faktura", "fakturanr", "fakturadatum", "forfallodatum", "belopp"), _object("lager", "lagernr")),
)


def _fields(declared: tuple[DeclaredPair, ...] = ()) -> dict[str, tuple[str, MatchKind, Direction]]:
    found = match_systems((_CRM,), (_ERP,), declared)
    return {
        f"{each.crm_object}.{each.crm_field}": (each.erp_field, each.kind, each.direction) for each in found.fields
    }


def test_what_nobody_declares_is_a_shadow() -> None:
    shadow = (MatchKind.SHADOW, Direction.UNSAID)

    assert _fields() == {
        "Invoice_Copy__c.Invoice_Number__c": ("fakturanr", *shadow),
        "Invoice_Copy__c.Invoice_Date__c": ("fakturadatum", *shadow),
        "Invoice_Copy__c.Due_Date__c": ("forfallodatum", *shadow),
        "Invoice_Copy__c.Net_Amount__c": ("belopp", *shadow),
    }


def test_a_declared_pair_is_mirrored_in_its_direction_whatever_it_is_called() -> None:
    declared = (
        DeclaredPair("invoice_copy__c", "FAKTURA", "due_date__c", "Forfallodatum", Direction.TO_CRM, "map.csv", 2),
        DeclaredPair("Visit__c", "lager", "Mood__c", "lagernr", Direction.BOTH, "map.csv", 3),
    )

    found = _fields(declared)

    assert found["Invoice_Copy__c.Due_Date__c"] == ("forfallodatum", MatchKind.MIRRORED, Direction.TO_CRM)
    assert found["Visit__c.Mood__c"] == ("lagernr", MatchKind.MIRRORED, Direction.BOTH)


def test_what_is_declared_and_gone_is_said() -> None:
    declared = (
        DeclaredPair("Invoice_Copy__c", "faktura", "Old__c", "moms", Direction.BOTH, "map.csv", 2),
        DeclaredPair("Gone__c", "lager", "", "", Direction.BOTH, "map.csv", 3),
    )

    assert [missing for _, missing in match_systems((_CRM,), (_ERP,), declared).gone] == [
        "Invoice_Copy__c of the CRM has no field Old__c; faktura of the ERP has no field moms",
        "the CRM has no object Gone__c",
    ]


def test_an_external_id_that_meets_a_key_mirrors_the_object() -> None:
    keyed = (
        replace(
            _CRM,
            objects=(
                _object(
                    "Invoice_Copy__c",
                    "Invoice_Number__c",
                    "Invoice_Date__c",
                    "Due_Date__c",
                    keys=("Invoice_Number__c",),
                ),
            ),
        ),
        replace(
            _ERP, objects=(_object("faktura", "fakturanr", "fakturadatum", "forfallodatum", keys=("fakturanr",)),)
        ),
    )

    objects = match_systems(keyed[:1], keyed[1:]).objects

    assert [(each.erp_object, each.kind, each.direction) for each in objects] == [
        ("faktura", MatchKind.MIRRORED, Direction.TO_CRM)
    ]
    assert objects[0].because[0] == "an external id joins it with the ERP's key"


def test_without_an_erp_there_is_nothing_to_compare() -> None:
    assert match_systems((_CRM,), ()).strangers
