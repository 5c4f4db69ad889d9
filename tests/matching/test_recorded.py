"""Matching again what changed gives what matching everything again with the same weights gives, to a digit."""

from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import replace
from functools import cache

import pytest

from auditor.matching.profiles import FieldProfile, ObjectProfile
from auditor.matching.recorded import Recorded, record, recorded
from auditor.matching.systems import SystemProfile, match_prepared, prepare
from auditor.model.matches import DeclaredPair, Direction, Match, Matches

LEAST = 0.3
_WORDS = (
    "order",
    "line",
    "customer",
    "amount",
    "deliveryaddresscity",
    "qty",
    "pris",
    "status",
    "belopp",
    "region",
)
_LABELS = ("Ordersumma", "Delivery City", "Customer Number", "Net amount", "", "Artikelnummer", "Who knows?")
_TYPES = ("Text", "Currency", "Number", "Date", "Lookup", "")


class _Rows:
    def __init__(self, rows: dict[str, bytes]) -> None:
        self.rows = rows

    def get(self, keys: Sequence[str]) -> dict[str, bytes]:
        return {key: self.rows[key] for key in keys if key in self.rows}


def _object(name: str, *fields: str, concept: str = "") -> ObjectProfile:
    profiles = tuple(FieldProfile(field, position=place, type="Text") for place, field in enumerate(fields))
    return ObjectProfile(name, name, fields=profiles, concept=concept, certainty=0.9 if concept else 0.0)


_CRM = SystemProfile(
    "crm",
    (
        _object("Invoice_Copy__c", "Invoice_Number__c", "Invoice_Date__c", "Due_Date__c", "Net_Amount__c"),
        _object("Order_Row__c", "Qty__c", "Unit_Price__c", "Ship_City__c", "Order__c", concept="order_line"),
        _object("Opportunity", "Order_Number__c", "Order_Value__c", "StageName", "CloseDate"),
        _object("Visit__c", "Purpose__c", "Next_Step__c", "Mood__c"),
    ),
)
_SECOND = SystemProfile(
    "old", (_object("Kund", "Kundnr", "Namn", "Ort", "Region"), _object("Visit__c", "Purpose__c"))
)
_ERP = SystemProfile(
    "erp",
    (
        _object("faktura", "fakturanr", "fakturadatum", "forfallodatum", "belopp"),
        _object("orderrad", "antal", "apris", "leveransort", "ordernr", concept="order_line"),
        _object("order", "ordernr", "ordervarde", "orderdatum"),
        _object("kund", "kundnr", "namn", "ort", "region"),
        _object("lager", "lagernr"),
    ),
)
_DECLARED = (
    DeclaredPair("visit__c", "LAGER", "mood__c", "Lagernr", Direction.BOTH, "map.csv", 2),
    DeclaredPair("Invoice_Copy__c", "faktura", "Due_Date__c", "forfallodatum", Direction.TO_CRM, "map.csv", 3),
    DeclaredPair("Gone__c", "faktura", "", "", Direction.TO_CRM, "map.csv", 4),
)
_CRMS = (_CRM, _SECOND)


@cache
def _recorded() -> tuple[Recorded, Matches]:
    systems = prepare(_CRMS, (_ERP,))
    found = match_prepared(systems, _DECLARED, LEAST)
    known = recorded(_Rows(dict(record(systems, found))))
    assert known is not None
    return known, found


def _of(found: Matches, system: str, entity: str) -> tuple[Match, ...]:
    both = (*found.objects, *found.fields)
    return tuple(each for each in both if (each.crm_system, each.crm_object) == (system, entity))


def _edited(item: ObjectProfile, dice: random.Random) -> ObjectProfile:
    fields = list(item.fields)
    for _ in range(dice.randint(1, 3)):
        place = dice.randrange(len(fields)) if fields else 0
        made = FieldProfile(
            "_".join(dice.sample(_WORDS, dice.randint(1, 3))),
            dice.choice(_LABELS),
            dice.choice(("", "What the customer pays for the order")),
            dice.choice(_TYPES),
            dice.choice((None, 20, 80)),
            place,
            dice.random() < 0.2,
            dice.choice(((), ("Visit__c",), ("Order_Row__c",))),
        )
        turn = dice.randrange(3)
        if turn == 0 or not fields:
            fields.insert(place, made)
        elif turn == 1:
            fields[place] = replace(made, name=fields[place].name)
        else:
            del fields[place]
    numbered = tuple(replace(each, position=place) for place, each in enumerate(fields))
    label = dice.choice((item.label, "Faktura", "Order row", "Something new"))
    return replace(item, label=label, fields=numbered, concept=dice.choice((item.concept, "", "invoice")))


def test_what_is_recorded_is_what_was_found() -> None:
    known, found = _recorded()

    for system in _CRMS:
        for each in system.objects:
            assert _of(found, system.name, each.name) == tuple(known.of_object(system.name, each.name))
            assert known.is_same(system.name, each)
    repeating = {(match.crm_system, match.crm_object) for match in found.fields if match.erp_object == "faktura"}
    assert repeating == set(known.repeating("erp", "faktura"))
    assert known.repeating("erp", "nothing") == ()


def test_the_same_systems_matched_with_the_recorded_weights_have_the_same_matches() -> None:
    known, found = _recorded()

    assert found == known.match_all(_CRMS, (_ERP,), _DECLARED, LEAST)


@pytest.mark.parametrize("seed", range(25))
def test_an_edited_object_is_matched_as_everything_would_be_and_others_are_as_they_were(seed: int) -> None:
    dice = random.Random(seed)
    known, found = _recorded()
    place = dice.randrange(len(_CRM.objects))
    edited = _edited(_CRM.objects[place], dice)
    after = SystemProfile("crm", (*_CRM.objects[:place], edited, *_CRM.objects[place + 1 :]))

    whole = known.match_all((after, _SECOND), (_ERP,), _DECLARED, LEAST)
    again = known.rematch(SystemProfile("crm", (edited,)), _DECLARED, LEAST)

    assert whole is not None
    assert _of(whole, "crm", edited.name) == again[edited.name]
    for system in (after, _SECOND):
        for each in system.objects:
            if each is not edited:
                assert _of(found, system.name, each.name) == _of(whole, system.name, each.name)


def test_a_new_object_and_one_of_a_name_that_another_system_has_are_matched_as_everything_would_be() -> None:
    known, _ = _recorded()
    new = (_object("Kund_Kopia__c", "Kundnr__c", "Namn__c", "Ort__c"), _object("Visit__c", "Mood__c"))
    after = SystemProfile("crm", (*_CRM.objects[:-1], *new))

    whole = known.match_all((after, _SECOND), (_ERP,), _DECLARED, LEAST)
    again = known.rematch(SystemProfile("crm", new), _DECLARED, LEAST)

    assert whole is not None
    assert {each.name: _of(whole, "crm", each.name) for each in new} == again
    assert any(match.erp_object == "kund" for match in again["Kund_Kopia__c"])


def test_what_is_of_another_format_or_incomplete_is_not_there() -> None:
    systems = prepare(_CRMS, (_ERP,))
    rows = dict(record(systems, match_prepared(systems)))

    assert recorded(_Rows({})) is None
    assert recorded(_Rows(rows | {"systems": b'["1 little",[["crm","erp"]]]'})) is None
    assert recorded(_Rows({key: value for key, value in rows.items() if key != "1/lens"})) is None


def test_other_systems_than_those_recorded_are_not_matched_with_their_weights() -> None:
    known, _ = _recorded()

    assert known.match_all((_CRM,), (_ERP,), (), LEAST) is None
