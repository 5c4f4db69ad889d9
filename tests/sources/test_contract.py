"""What every source promises, whatever it reads."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from auditor.model.catalogue import Catalog, Role
from auditor.model.names import field_key, parse_subject
from auditor.sources.merging import merge_catalogs
from auditor.workspace.catalogs import KINDS, read_place

_OBJECT = """<CustomObject xmlns="http://soap.sforce.com/2006/04/metadata"><label>Kund</label><pluralLabel>K</pluralLabel>
<fields><fullName>Region__c</fullName><label>Region</label><type>Text</type><length>20</length></fields>
<fields><fullName>Total__c</fullName><label>Total</label><type>Number</type><formula>LEN(Region__c)</formula></fields>
</CustomObject>"""
_EDMX = """<Edmx Version="4.0"><DataServices><Schema Namespace="N">
<EntityType Name="Order"><Key><PropertyRef Name="Id"/></Key><Property Name="Id" Type="Edm.String"/></EntityType>
</Schema></DataServices></Edmx>"""


def _salesforce(folder: Path) -> None:
    (folder / "src" / "objects").mkdir(parents=True)
    (folder / "src" / "objects" / "Kund__c.object").write_text(_OBJECT, encoding="utf-8")
    (folder / "src" / "objects" / "Broken__c.object").write_text("<CustomObject>", encoding="utf-8")


def _odata(folder: Path) -> None:
    (folder / "metadata.xml").write_text(_EDMX, encoding="utf-8")
    (folder / "broken.xml").write_text("<Edmx>", encoding="utf-8")


def _sql(folder: Path) -> None:
    with sqlite3.connect(folder / "erp.sqlite") as connection:
        connection.execute('create table "order" (id text primary key, "no." text)')
    connection.close()


def _tabular(folder: Path) -> None:
    (folder / "fields.csv").write_text("object,field\nOrder,Id\nOrder,\n", encoding="utf-8")


SAMPLES: dict[str, Callable[[Path], None]] = {
    "odata": _odata,
    "salesforce": _salesforce,
    "sql": _sql,
    "tabular": _tabular,
}


@pytest.fixture(params=KINDS)
def catalog(request: pytest.FixtureRequest, tmp_path: Path) -> Catalog:
    SAMPLES[request.param](tmp_path)
    (found,) = read_place(str(tmp_path), None, None, lambda _step, _done, _total: None)
    assert found.kind == request.param, "each sample is recognised as what it is"
    return found


def test_fields_know_their_object_and_stand_in_order(catalog: Catalog) -> None:
    for entity in catalog.objects:
        assert entity.fields, entity.name
        assert {field.object for field in entity.fields} == {entity.name}
        positions = [field.position for field in entity.fields]
        unordered = [0] * len(positions)  # a source whose fields have no order says so by giving none
        assert positions in (list(range(len(positions))), unordered)


def test_everything_is_sorted_and_named_once(catalog: Catalog) -> None:
    names = [entity.name for entity in catalog.objects]
    assert names == sorted(set(names))
    assert list(catalog.skipped) == sorted(catalog.skipped)
    for entity in catalog.objects:
        fields = [field.name for field in entity.fields]
        assert len(fields) == len(set(fields))


def test_what_is_not_said_is_none_and_no_empty_text(catalog: Catalog) -> None:
    for entity in catalog.objects:
        assert "" not in (entity.name, entity.label, entity.description, *entity.aliases)
        for field in entity.fields:
            assert "" not in (
                field.name,
                field.label,
                field.type,
                field.description,
                field.help,
                *field.reference_to,
            )


def test_what_was_read_and_skipped_lies_below_the_place(catalog: Catalog, tmp_path: Path) -> None:
    places = {origin.path for entity in catalog.objects if (origin := entity.origin) is not None}
    for path in {*places, *(line.path for line in catalog.skipped)}:
        assert (tmp_path / path).is_file(), path


def test_every_name_prints_and_parses(catalog: Catalog) -> None:
    for entity in catalog.objects:
        for field in entity.fields:
            printed = field_key(catalog.system, entity.name, field.name)
            assert str(parse_subject(printed)) == printed


def test_a_bad_file_costs_one_line_with_its_path(catalog: Catalog) -> None:
    expected = {"odata": "broken.xml", "salesforce": "src/objects/Broken__c.object", "tabular": "fields.csv"}
    if catalog.kind in expected:
        assert [line.path for line in catalog.skipped] == [expected[catalog.kind]]


def test_reading_twice_gives_the_same(catalog: Catalog, tmp_path: Path) -> None:
    (again,) = read_place(str(tmp_path), None, None, lambda _step, _done, _total: None)

    assert again == catalog


def test_an_object_of_two_sources_is_taken_from_the_first_and_said(catalog: Catalog) -> None:
    merged = merge_catalogs([catalog, replace(catalog, role=Role.ERP, location="second")])

    assert merged.objects == catalog.objects
    assert merged.role is catalog.role
    said = [line.reason for line in merged.skipped if "second" in line.reason]
    assert len(said) == len(catalog.objects)
