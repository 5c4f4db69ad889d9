# ruff: noqa: ANN401 - makers pass any keyword on to the value that they make
"""What the CRM repeats of the ERP, who is master of it, and whether people may write the copy."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

from auditor.facts.base import Facts, Settings
from auditor.facts.catalogue import facts_of
from auditor.graph.build import build_graph
from auditor.model.catalogue import Catalog, Field, Object, ObjectKind, Role
from auditor.model.charter import Charter, Mirror
from auditor.model.matches import DeclaredPair, Direction
from auditor.model.observations import Definition, Evidence
from auditor.model.values import ABSENT, Unknown, Value
from tests.facts.world import TODAY

_COPY = "crm:Invoice_Copy__c"
_ORIGINAL = "erp:faktura"


def _object(name: str, *fields: str, **more: Any) -> Object:
    return Object(name, fields=tuple(Field(name, field, position=at) for at, field in enumerate(fields)), **more)


_CRM = Catalog(
    "crm",
    Role.CRM,
    "salesforce",
    objects=(
        replace(
            _object("Invoice_Copy__c", "Invoice_Number__c", "Invoice_Date__c", "Due_Date__c"),
            fields=(
                Field("Invoice_Copy__c", "Invoice_Number__c", position=0),
                Field("Invoice_Copy__c", "Invoice_Date__c", position=1, updatable=False),
                Field("Invoice_Copy__c", "Due_Date__c", position=2),
                Field("Invoice_Copy__c", "Customer__c", type="Lookup", reference_to=("Account",), position=3),
            ),
        ),
        _object("Visit__c", "Purpose__c", "Mood__c"),
        _object("Invoice__x", "Invoice_Number__c", "Invoice_Date__c", "Due_Date__c", kind=ObjectKind.EXTERNAL),
        _object("Account", "Region__c"),
    ),
)
_ERP = Catalog(
    "erp",
    Role.ERP,
    "sql",
    objects=(
        _object("faktura", "fakturanr", "fakturadatum", "forfallodatum", "kundnr"),
        _object("lager", "lagernr"),
    ),
)


def _facts(*catalogs: Catalog, **settings: Any) -> Facts:
    evidence = Evidence()
    return facts_of(build_graph(catalogs or (_CRM, _ERP), evidence), evidence, Settings(TODAY, **settings))


def _edges(facts: Facts, key: str) -> dict[str, dict[str, object]]:
    return {edge.subject: dict(edge.attributes) for edge in facts.related(key, "duplicates").edges}


def test_objects_and_fields_repeat_those_of_the_erp() -> None:
    facts = _facts()

    assert list(_edges(facts, _COPY)) == [_ORIGINAL]
    assert {
        key.rpartition(".")[2]: [(edge, kind["kind"]) for edge, kind in _edges(facts, key).items()]
        for key in facts.graph.fields_of(_COPY)
    } == {
        "Invoice_Number__c": [("erp:faktura.fakturanr", "shadow")],
        "Invoice_Date__c": [("erp:faktura.fakturadatum", "shadow")],
        "Due_Date__c": [("erp:faktura.forfallodatum", "shadow")],
        "Customer__c": [("erp:faktura.kundnr", "link")],
    }
    assert facts.fact(_COPY, "shadow_count") == 3


def test_what_is_linked_or_has_no_counterpart_repeats_nothing() -> None:
    facts = _facts()

    assert _edges(facts, "crm:Invoice__x") == {}
    assert _edges(facts, "crm:Visit__c") == {}
    assert facts.fact("crm:Visit__c", "shadow_count") == 0
    assert facts.fact("crm:Visit__c.Mood__c", "writable") is ABSENT


def test_the_erp_repeats_nothing_of_the_crm() -> None:
    facts = _facts()

    assert _edges(facts, _ORIGINAL) == {}
    assert facts.related(_ORIGINAL, "duplicates").missing is None
    assert facts.fact(_ORIGINAL, "shadow_count") is ABSENT


def test_without_an_erp_nothing_is_known() -> None:
    facts = _facts(_CRM)

    assert isinstance(facts.related(_COPY, "duplicates").missing, Unknown)
    assert isinstance(facts.fact(_COPY, "shadow_count"), Unknown)


def test_without_a_map_or_a_charter_nobody_knows_the_master() -> None:
    facts = _facts()

    assert isinstance(facts.fact(_ORIGINAL, "master"), Unknown)
    assert isinstance(facts.fact("crm:Invoice_Copy__c.Due_Date__c", "writable"), Unknown)


def test_a_declared_map_says_who_is_master_and_why() -> None:
    pair = DeclaredPair(
        "Invoice_Copy__c", "faktura", "Due_Date__c", "forfallodatum", Direction.TO_CRM, "map.csv", 2
    )
    facts = _facts(maps=(pair,))

    copy, original = "crm:Invoice_Copy__c.Due_Date__c", "erp:faktura.forfallodatum"
    assert _edges(facts, copy) == {original: {"kind": "mirrored", "score": 1.0, "direction": "erp->crm"}}
    assert facts.fact(original, "master") is True
    assert facts.fact(copy, "master") is False
    assert facts.fact(copy, "master_because") == "kept in step from the ERP: declared in map.csv:2"
    assert facts.fact(_COPY, "shadow_count") == 2


def test_the_other_way_round_the_crm_is_master() -> None:
    pair = DeclaredPair(
        "Invoice_Copy__c", "faktura", "Due_Date__c", "forfallodatum", Direction.TO_ERP, "map.csv", 2
    )
    facts = _facts(maps=(pair,))

    assert facts.fact("erp:faktura.forfallodatum", "master") is False
    assert facts.fact("crm:Invoice_Copy__c.Due_Date__c", "master") is True
    assert facts.fact("crm:Invoice_Copy__c.Due_Date__c", "writable") is ABSENT


def test_a_field_that_nobody_can_edit_is_not_writable() -> None:
    pair = DeclaredPair(
        "Invoice_Copy__c", "faktura", "Invoice_Date__c", "fakturadatum", Direction.TO_CRM, "map.csv", 2
    )

    assert _facts(maps=(pair,)).fact("crm:Invoice_Copy__c.Invoice_Date__c", "writable") is False


def test_the_charter_may_let_a_field_repeat_the_erp() -> None:
    charter = Charter("charter.yaml", mirrors=(Mirror("crm:Invoice_Copy__c.Due_Date__c", "erp"),))
    facts = _facts(charter=charter)

    found = _edges(facts, "crm:Invoice_Copy__c.Due_Date__c")["erp:faktura.forfallodatum"]
    assert (found["kind"], found["direction"]) == ("mirrored", "erp->crm")
    assert facts.fact("erp:faktura.forfallodatum", "master") is True


def test_where_nothing_else_tells_who_had_it_first_is_the_master() -> None:
    copy, original = "crm:Invoice_Copy__c.Due_Date__c", "erp:faktura.forfallodatum"

    def told(crm: Definition, erp: Definition) -> list[Value]:
        evidence = Evidence(definitions=(crm, erp))
        facts = facts_of(build_graph((_CRM, _ERP), evidence), evidence, Settings(TODAY))
        return [facts.fact(key, name) for key in (original, copy) for name in ("master", "master_because")]

    made = Definition(copy, "tooling-custom-field", created=date(2024, 5, 1))
    assert told(made, Definition(original, "git-history", created_not_after=date(2019, 1, 7))) == [
        True,
        "it was there first, since 2019-01-07 at the latest",
        False,
        "the other system had it first",
    ]
    later = told(made, Definition(original, "git-history", created_not_after=date(2025, 1, 7)))
    assert all(isinstance(value, Unknown) for value in later)
