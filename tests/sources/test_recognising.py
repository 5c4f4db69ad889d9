"""What lies at a place, told from names and first bytes."""

from __future__ import annotations

import pytest

from auditor.sources.recognising import odata_documents, recognise
from tests.sources.fake_trees import FakeTree

_EDMX = '<?xml version="1.0"?><edmx:Edmx xmlns:edmx="u" Version="4.0"/>'


@pytest.mark.parametrize(
    ("files", "kinds"),
    [
        pytest.param({"sfdx-project.json": "{}", "data/x.csv": "a\n"}, ("salesforce",), id="a Salesforce project"),
        pytest.param({"src/objects/A__c.object": "<CustomObject/>"}, ("salesforce",), id="the older format"),
        pytest.param({"svc/service.edmx": _EDMX}, ("odata",), id="$metadata by its ending"),
        pytest.param({"$metadata": _EDMX}, ("odata",), id="$metadata as it was saved"),
        pytest.param({"m.xml": _EDMX.encode("utf-16")}, ("odata",), id="$metadata as PowerShell saves it"),
        pytest.param({"m.json": '{"$Version": "4.01"}'}, ("odata",), id="$metadata as JSON"),
        pytest.param({"m.xml": "<html/>"}, (), id="other XML"),
        pytest.param({"m.edmx": _EDMX, "erp.sqlite": b"", "x.csv": "a\n"}, ("odata", "sql"), id="two of a kind"),
        pytest.param({"fields.CSV": "object,field\n"}, ("tabular",), id="a listing"),
        pytest.param({"package.json": "{}"}, ("tabular",), id="JSON that may be a listing"),
        pytest.param({"README.md": "# x"}, (), id="nothing known"),
    ],
)
def test_a_place_is_recognised(files: dict[str, str | bytes], kinds: tuple[str, ...]) -> None:
    assert recognise(FakeTree(files)) == kinds


def test_metadata_of_salesforce_is_not_opened_for_odata() -> None:
    tree = FakeTree({"a.layout-meta.xml": _EDMX, "b.edmx": _EDMX})

    assert odata_documents(tree) == ("b.edmx",)
