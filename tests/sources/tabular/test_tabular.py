"""Listings of fields as a source."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from auditor.errors import SourceError
from auditor.formats.sheets import Sheet
from auditor.formats.workbooks import write_workbook
from auditor.model.catalogue import Calculation, Catalog, PicklistValue, Relationship, Role, Skipped
from auditor.sources.tabular.cells import values
from auditor.sources.tabular.source import read_tabular

LISTING = """table,field,caption,type,table_relation,field_class,mandatory
Item,No.,Artikelnummer,Code[20],,,yes
Item,Inventory,Lagersaldo,Decimal,,FlowField,
Sales Line,Item,Artikel,Code[20],Item,,
"""


def _file(folder: Path, name: str, text: str) -> str:
    (folder / name).write_text(text, encoding="utf-8")
    return str(folder / name)


def _names(catalog: Catalog) -> list[tuple[str, list[str]]]:
    return [(entity.name, [field.name for field in entity.fields]) for entity in catalog.objects]


def test_columns_are_found_by_the_names_that_vendors_use(tmp_path: Path) -> None:
    catalog = read_tabular(_file(tmp_path, "fields.csv", LISTING), "erp", Role.ERP)

    assert _names(catalog) == [("Item", ["No.", "Inventory"]), ("Sales Line", ["Item"])]
    number, inventory = catalog.objects[0].fields
    assert (number.label, number.type, number.required, number.custom) == ("Artikelnummer", "Code[20]", True, None)
    assert inventory.calculation is Calculation.GENERATED
    (item,) = catalog.objects[1].fields
    assert (item.reference_to, item.relationship) == (("Item",), Relationship.LOOKUP)
    assert catalog.skipped == ()


@pytest.mark.parametrize(
    ("name", "text"),
    [
        pytest.param("x.csv", "Tabell;Kolumn\nKund;Nr\n", id="a mapping of columns, another delimiter"),
        pytest.param("x.json", '[{"Tabell": "Kund", "Kolumn": "Nr"}]', id="JSON"),
        pytest.param("x.yaml", "- {Tabell: Kund, Kolumn: Nr}\n", id="YAML"),
    ],
)
def test_every_dress_gives_the_same_catalogue(tmp_path: Path, name: str, text: str) -> None:
    columns = {"object": "Tabell", "field": "Kolumn"}

    catalog = read_tabular(_file(tmp_path, name, text), "erp", Role.ERP, columns)

    assert _names(catalog) == [("Kund", ["Nr"])]


def test_a_workbook_is_read_sheet_by_sheet(tmp_path: Path) -> None:
    path = tmp_path / "x.xlsx"
    rows = [["Kund", "Nr"], ["Kund", "Namn"]]
    write_workbook(
        path, [Sheet("a", ("object", "field"), rows), Sheet("b", ("entity", "column"), [["Order", "Id"]])]
    )

    assert _names(read_tabular(str(path), "erp", Role.ERP)) == [("Kund", ["Nr", "Namn"]), ("Order", ["Id"])]


def test_what_is_no_field_is_said_and_nothing_else_is_lost(tmp_path: Path) -> None:
    text = "object,field\nA,x\nA,\nA,x\nA,y,z\n,alone\n"

    catalog = read_tabular(_file(tmp_path, "list.csv", text), "erp", Role.ERP)

    assert _names(catalog) == [("A", ["x"]), ("list", ["alone"])]
    assert catalog.skipped == (
        Skipped("list.csv", "a row without a field name", 3),
        Skipped("list.csv", "A.x stands twice; the first is kept", 4),
        Skipped("list.csv", "3 cells under a header of 2", 5),
    )


def test_a_file_without_a_field_column_says_what_it_found(tmp_path: Path) -> None:
    catalog = read_tabular(_file(tmp_path, "x.csv", "a,b\n1,2\n3,4\n"), "erp", Role.ERP)

    assert catalog.skipped == (Skipped("x.csv", "no column names a field (found a, b); map one under columns"),)


def test_a_mapping_of_an_unknown_property_is_refused(tmp_path: Path) -> None:
    with pytest.raises(SourceError, match="columns: colour can not be mapped; known are object, field"):
        read_tabular(str(tmp_path), "erp", Role.ERP, {"colour": "x"})


HUBSPOT = """{"results": [
 {"name": "hs_lead", "label": "Lead", "type": "enumeration", "fieldType": "select", "hubspotDefined": true,
  "options": [{"label": "New", "value": "NEW", "hidden": false}, {"label": "Old", "value": "OLD", "hidden": true}],
  "modificationMetadata": {"readOnlyValue": true}, "hasUniqueValue": false},
 {"name": "invoice_num", "type": "string", "fieldType": "text"},
 {"name": "score", "type": "number", "fieldType": "calculation_equation", "calculated": true}],
 "paging": {"next": {"after": "3"}}}"""


def test_a_property_listing_without_objects_is_the_object_of_its_file(tmp_path: Path) -> None:
    catalog = read_tabular(_file(tmp_path, "company_properties.json", HUBSPOT), "crm", Role.CRM)

    assert _names(catalog) == [("company", ["hs_lead", "invoice_num", "score"])]
    lead, invoice, score = catalog.objects[0].fields
    assert lead.picklist == (PicklistValue("NEW", "New"), PicklistValue("OLD", "Old", active=False))
    assert (lead.custom, lead.updatable, lead.creatable) == (False, False, False)
    assert (invoice.custom, invoice.label, invoice.updatable) == (True, None, None), "absent means custom"
    assert score.calculation is Calculation.GENERATED
    reason = "the document says that it holds only a part of the records"
    assert catalog.skipped == (Skipped("company_properties.json", reason),)


def test_what_is_said_of_an_object_once_holds_for_it(tmp_path: Path) -> None:
    text = (
        "object,object_label,object_description,object_alt_names,field,is_custom,required,reference\n"
        "A,,,,x,0,systemrequired,\nB,,,,z,1,none,\nA,Konto,Kunden,Acc|Kto,y,1,none,B;C\n"
    )

    catalog = read_tabular(_file(tmp_path, "x.csv", text), "crm", Role.CRM)

    first, second = catalog.objects
    assert (first.label, first.description, first.aliases) == ("Konto", "Kunden", ("Acc", "Kto"))
    assert (second.label, second.aliases) == (None, ())
    x, y = first.fields
    assert (x.required, x.custom, y.required, y.custom, y.reference_to) == (True, False, False, True, ("B", "C"))


def test_files_of_different_shape_are_each_read_by_their_own_headers(tmp_path: Path) -> None:
    _file(tmp_path, "a.csv", "object,field,object_label\nA,x,First\n")
    _file(
        tmp_path, "b.json", '[{"entity": "B", "column": "y"}, {"entity": "B", "column": "z", "caption": "Zett"}]'
    )
    _file(tmp_path, "c.csv", "name,displayorder\nsales,1\n")
    _file(tmp_path, "d.csv", "table,field,field\nD,v,w\n")

    catalog = read_tabular(str(tmp_path), "erp", Role.ERP)

    assert _names(catalog) == [("A", ["x"]), ("B", ["y", "z"]), ("D", ["v"])]
    assert (catalog.objects[0].label, catalog.objects[1].fields[1].label) == ("First", "Zett")
    reason = "no column gives a type, so that name may name anything (found displayorder, name)"
    assert catalog.skipped == (
        Skipped("c.csv", f"{reason}; map one under columns"),
        Skipped("d.csv", "column 'field' stands more than once; the first is read"),
    )


def test_a_column_that_is_declared_and_missing_is_said(tmp_path: Path) -> None:
    catalog = read_tabular(_file(tmp_path, "x.csv", "a,b\n1,2\n"), "erp", Role.ERP, {"field": "Fält"})

    assert catalog.skipped == (Skipped("x.csv", "there is no column Fält (found a, b)"),)


def test_a_link_out_of_the_folder_is_not_followed(tmp_path: Path) -> None:
    outside, inside = tmp_path / "outside.csv", tmp_path / "in"
    outside.write_text("object,field\nA,x\n", encoding="utf-8")
    inside.mkdir()
    (inside / "link.csv").symlink_to(outside)

    assert read_tabular(str(inside), "erp", Role.ERP).objects == ()


@pytest.mark.parametrize(
    ("text", "names"),
    [
        pytest.param("Open; Released |Closed", ["Open", "Released", "Closed"], id="names with a sign between"),
        pytest.param('["a", "b"]', ["a", "b"], id="a list of texts"),
        pytest.param('[{"value": 1}, {"label": "x"}, 3, {"value": 1}]', ["1"], id="only what has a value, once"),
        pytest.param("[broken", [], id="a broken list"),
        pytest.param("", [], id="nothing"),
    ],
)
def test_values_are_read_in_every_dress(text: str, names: list[str]) -> None:
    assert [value.name for value in values(text)] == names


def test_hubspots_listing_gives_the_known_counts(corpora: Path) -> None:
    listing = corpora / "hubspot-properties-company-deal" / "company_properties" / "properties_example.00.json"

    (company,) = read_tabular(str(listing), "crm", Role.CRM).objects

    known = json.loads((corpora / "counts.json").read_text(encoding="utf-8"))
    expected = known["hubspot-properties-company-deal"]["company_properties/properties_example.00.json"]
    counted = {
        "properties": len(company.fields),
        "custom": sum(1 for field in company.fields if field.custom),
        "options": sum(len(field.picklist) for field in company.fields),
    }
    assert counted == {name: expected[name] for name in counted}


def test_business_central_gives_its_21_tables_and_1650_fields(corpora: Path) -> None:
    catalog = read_tabular(str(corpora / "bc-tables" / "fields.csv"), "erp", Role.ERP)

    assert (len(catalog.objects), sum(len(entity.fields) for entity in catalog.objects)) == (21, 1650)
    assert catalog.skipped == ()
