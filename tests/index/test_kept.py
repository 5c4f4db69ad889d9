"""Rows of other rooms, and catalogues from outside, come back from a ground as they were."""

from __future__ import annotations

from pathlib import Path

import pytest

from auditor.index.ground import Ground, Label
from auditor.index.grounds import Sheet, Vault, open_ground, write_ground
from auditor.index.kept import Rows, TableRows, catalog_sheet, kept_catalog, row_sheet, row_sheets
from auditor.model.catalogue import Catalog, Field, Object, ObjectKind, Origin, Relation, Role, Skipped, Unresolved
from auditor.model.components import Component, Effect, EffectOn, IntegrationPoint, Trigger
from auditor.model.references import Access, Call, Certainty, Reference
from auditor.workspace.catalogs import read_place

_CATALOG = Catalog(
    "erp",
    Role.ERP,
    "odata+tabular",
    (
        Object(
            "Order",
            kind=ObjectKind.ENTITY,
            fields=(Field("Order", "No.", key=True, origin=Origin("m.xml", 3)),),
            relations=(Relation("lines", "OrderLine", many=True, fields=("No.",)),),
            attributes=(("a", "b"),),
        ),
    ),
    (Component("view", "V", "v.sql", trigger=Trigger.PUBLIC, effects=(EffectOn(Effect.CREATES, "Order"),)),),
    (Reference("view", "V", "Order.No.", Access.SHOWS, Certainty.POSSIBLE, "v.sql", 2, "column"),),
    (Call("view", "V", "view", "W", Certainty.CERTAIN, "v.sql"),),
    (IntegrationPoint("external_id", "No.", "m.xml", fields=("Order.No.",)),),
    {"view": 1},
    (Skipped("x", "why", 3),),
    1,
    (Unresolved("v.sql", 1, "view", "V", "Gone"),),
    "there",
)


def _ground(path: Path, *sheets: Sheet) -> Ground:
    vault = Vault(path / "c", b"secret")
    assert write_ground(vault, Label("k"), sheets)
    ground = open_ground(vault, "k")
    assert ground is not None
    return ground


def test_rows_are_asked_for_by_key(tmp_path: Path) -> None:
    wanted = {f"key{number}": bytes([number % 256]) * 100 for number in range(2000)}
    rows = Rows(_ground(tmp_path, row_sheet("rows", wanted)), "rows")

    assert rows.get(["key7", "none", "key1999"]) == {"key7": wanted["key7"], "key1999": wanted["key1999"]}
    assert rows.get(list(wanted)) == wanted
    assert (rows.one("key1"), rows.one("none")) == (wanted["key1"], None)


def test_rows_of_several_tables_are_asked_for_by_table_and_key(tmp_path: Path) -> None:
    given = [("file", "a", b"1"), ("word", "a", b"2"), ("file", "b", b"3")]
    rows = TableRows(_ground(tmp_path, *row_sheets("crm", given)), "crm")

    assert rows.get("file", ["a", "b", "c"]) == {"a": b"1", "b": b"3"}
    assert (rows.get("word", ["a"]), rows.get("none", ["a"])) == ({"a": b"2"}, {})


def test_a_catalogue_comes_back_as_it_was(tmp_path: Path) -> None:
    ground = _ground(tmp_path, catalog_sheet(_CATALOG))

    assert kept_catalog(ground, "erp") == _CATALOG
    assert kept_catalog(ground, "crm") is None


@pytest.mark.parametrize(
    ("name", "kind"),
    [("sap-odata-sales-order", "odata"), ("sf-ebikes", "salesforce"), ("netsuite-sdf", "tabular")],
)
def test_real_catalogues_come_back_as_they_were(name: str, kind: str, corpora: Path, tmp_path: Path) -> None:
    (catalog,) = read_place(str(corpora / name), kind, None, lambda *_: None, cached=False)

    assert kept_catalog(_ground(tmp_path, catalog_sheet(catalog)), catalog.system) == catalog
