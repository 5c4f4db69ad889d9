"""Facts of duplicates after a change, told from what the audit before it left."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from auditor.facts.base import Facts, Settings
from auditor.facts.catalogue import facts_of
from auditor.facts.found_matches import Finder, Found, find_with, matches
from auditor.facts.matched import after_change, before_change, changed_by_matches, record_matches
from auditor.graph.build import build_graph
from auditor.model.catalogue import Catalog, Field, Object, Relationship, Role
from auditor.model.matches import DeclaredPair, Direction
from auditor.model.observations import Evidence
from auditor.model.values import Value
from tests.facts.world import TODAY

_MAPS = (DeclaredPair("Visit__c", "lager", "Mood__c", "lagernr", Direction.TO_CRM, "map.csv", 2),)
_SETTINGS = Settings(TODAY, maps=_MAPS)


def _object(name: str, *fields: str) -> Object:
    return Object(name, fields=tuple(Field(name, field, position=at) for at, field in enumerate(fields)))


_INVOICE = _object("Invoice_Copy__c", "Invoice_Number__c", "Invoice_Date__c", "Due_Date__c", "Note__c")
_VISIT = _object("Visit__c", "Purpose__c", "Mood__c")
_ERP = Catalog(
    "erp",
    Role.ERP,
    "sql",
    objects=(
        _object("faktura", "fakturanr", "fakturadatum", "forfallodatum", "kundnr"),
        _object("lager", "lagernr"),
        _object('no. "1"', "No."),
    ),
)


def _crm(*objects: Object) -> Catalog:
    return Catalog("crm", Role.CRM, "salesforce", objects=objects)


_BEFORE = _crm(_INVOICE, _VISIT)


def _facts(*catalogs: Catalog, settings: Settings = _SETTINGS) -> Facts:
    return facts_of(build_graph(catalogs, Evidence()), Evidence(), settings)


def _told(facts: Facts) -> Mapping[tuple[str, str], Value]:
    told: dict[tuple[str, str], Value] = {}
    for kind in ("object", "field"):
        for key in facts.subjects(kind):
            told[key, "duplicates"] = str(facts.related(key, "duplicates"))
            told |= {(key, name): facts.fact(key, name) for name in ("master", "master_because")}
            told[key, "more"] = facts.fact(key, "shadow_count" if kind == "object" else "writable")
    return told


def _anew(before: Facts, after: Facts) -> Finder:
    """Everything matched again with the weights of before: what the record must agree with."""
    from auditor.facts.compared import systems
    from auditor.facts.found_matches import POSSIBLE
    from auditor.matching.recorded import recorded

    pieces = dict(record_matches(before))

    class Rows:
        def get(self, keys: object) -> dict[str, bytes]:
            assert isinstance(keys, list | tuple)
            return {key: pieces[f"matches/{key}"] for key in keys if f"matches/{key}" in pieces}

    known = recorded(Rows())
    assert known is not None
    crms, erps = systems(after, Role.CRM), systems(after, Role.ERP)
    found = known.match_all(crms, erps, after.settings.maps, POSSIBLE)
    assert found is not None
    return Found(found)


def _edit(item: Object, *fields: Field) -> Object:
    kept = {field.name: field for field in item.fields} | {field.name: field for field in fields}
    return replace(item, fields=tuple(kept.values()))


_EDITS: dict[str, tuple[Catalog, set[str]]] = {
    "a field more": (
        _crm(_edit(_INVOICE, Field("Invoice_Copy__c", "Customer_Number__c", position=4)), _VISIT),
        {"crm:Invoice_Copy__c", "crm:Invoice_Copy__c.Customer_Number__c"},
    ),
    "a field less": (
        _crm(replace(_INVOICE, fields=_INVOICE.fields[1:]), _VISIT),
        {"crm:Invoice_Copy__c.Invoice_Number__c"},
    ),
    "an object less": (_crm(_INVOICE), {"crm:Visit__c", "crm:Visit__c.Purpose__c", "crm:Visit__c.Mood__c"}),
    "an object more": (
        _crm(_INVOICE, _VISIT, _object("Lager__c", "Lagernr__c", "Fakturanr__c")),
        {"crm:Lager__c", "crm:Lager__c.Lagernr__c", "crm:Lager__c.Fakturanr__c"},
    ),
    "a parent that says what its child is": (
        _crm(
            _INVOICE,
            _edit(
                _VISIT,
                Field(
                    "Visit__c",
                    "Invoice__c",
                    type="MasterDetail",
                    reference_to=("Invoice_Copy__c",),
                    relationship=Relationship.MASTER_DETAIL,
                    position=2,
                ),
            ),
        ),
        {"crm:Visit__c", "crm:Visit__c.Invoice__c"},
    ),
    "a formula of no account": (_BEFORE, {"crm:Visit__c.Purpose__c"}),
}


def test_after_a_change_the_record_tells_what_everything_matched_again_tells() -> None:
    before = _facts(_BEFORE, _ERP)
    pieces = dict(record_matches(before))

    for name, (catalog, touched) in _EDITS.items():
        recorded_before, after, anew = _facts(_BEFORE, _ERP), _facts(catalog, _ERP), _facts(catalog, _ERP)
        assert before_change(recorded_before, pieces)
        after_change(recorded_before, after, touched)
        find_with(anew, _anew(before, anew))

        assert _told(before) == _told(recorded_before), name
        assert _told(anew) == _told(after), name
        assert len(after.related("erp:faktura", "duplicates").edges) == 0, name


def test_without_a_record_the_weights_before_the_change_go_on() -> None:
    before = _facts(_BEFORE, _ERP)
    catalog, touched = _EDITS["a field more"]
    after, anew = _facts(catalog, _ERP), _facts(catalog, _ERP)

    assert not before_change(_facts(_BEFORE, _ERP), {})
    after_change(before, after, touched)
    find_with(anew, _anew(before, anew))

    assert _told(anew) == _told(after)


def test_those_whose_duplicates_differ_are_named_at_both_ends() -> None:
    before = _facts(_BEFORE, _ERP)
    catalog, touched = _EDITS["a field less"]
    after = _facts(catalog, _ERP)
    after_change(before, after, touched)

    changed = changed_by_matches(before, after, touched)

    assert changed is not None
    assert {"crm:Invoice_Copy__c", "crm:Invoice_Copy__c.Invoice_Number__c", "erp:faktura.fakturanr"} <= changed
    assert not any("Visit" in key for key in changed)


def test_a_pair_that_is_declared_anew_is_told_though_no_object_changed() -> None:
    before, after = _facts(_BEFORE, _ERP), _facts(_BEFORE, _ERP, settings=Settings(TODAY))
    after_change(before, after, ())

    assert before.fact("crm:Visit__c.Mood__c", "master") is False
    assert not after.related("crm:Visit__c.Mood__c", "duplicates").edges
    assert set(changed_by_matches(before, after, ()) or ()) == {
        "crm:Visit__c",
        "crm:Visit__c.Mood__c",
        "erp:lager.lagernr",
    }


def test_a_changed_erp_is_matched_whole_with_the_weights_of_before() -> None:
    before = _facts(_BEFORE, _ERP)
    less = replace(_ERP, objects=(replace(_ERP.objects[0], fields=_ERP.objects[0].fields[:2]), *_ERP.objects[1:]))
    after, anew = _facts(_BEFORE, less), _facts(_BEFORE, less)
    after_change(before, after, {"erp:faktura.kundnr"})
    find_with(anew, _anew(before, anew))

    assert changed_by_matches(before, after, {"erp:faktura.kundnr"}) is None
    assert _told(anew) == _told(after)


def test_without_an_erp_there_is_nothing_to_tell_before_and_after() -> None:
    before, after = _facts(_BEFORE), _facts(_EDITS["a field more"][0])
    after_change(before, after, {"crm:Invoice_Copy__c"})

    assert _told(_facts(_EDITS["a field more"][0])) == _told(after)
    assert matches(before).strangers
