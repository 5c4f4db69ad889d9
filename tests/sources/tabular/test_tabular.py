"""Listings of fields as a source."""

from __future__ import annotations

from pathlib import Path

import pytest

from auditor.errors import SourceError
from auditor.formats.sheets import Sheet
from auditor.formats.workbooks import write_workbook
from auditor.model.catalogue import Calculation, Catalog, Relationship, Role, Skipped
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


def test_business_central_gives_its_21_tables_and_1650_fields(corpora: Path) -> None:
    catalog = read_tabular(str(corpora / "bc-tables" / "fields.csv"), "erp", Role.ERP)

    assert (len(catalog.objects), sum(len(entity.fields) for entity in catalog.objects)) == (21, 1650)
    assert catalog.skipped == ()
