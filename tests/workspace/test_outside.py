"""Outside readers and declared integrations, from the configuration to the catalogue."""

from __future__ import annotations

from pathlib import Path

import pytest

from auditor.config.reading import read_config
from auditor.errors import ConfigurationError
from auditor.model.catalogue import Catalog, Field, Object, Role, Skipped
from auditor.model.components import IntegrationPoint
from auditor.model.references import Access, Certainty, Reference
from auditor.workspace.outside import beyond

APP = IntegrationPoint("connected_app", "Sync", "Sync.xml", direction="in", aliases=("ERP-Sync",))
CATALOG = Catalog(
    "crm",
    Role.CRM,
    "salesforce",
    (Object("Deal__c", fields=(Field("Deal__c", "Code__c"),)),),
    integration_points=(APP,),
)
HEAD = "version: 1\nsystems:\n  - {name: crm, role: crm, sources: [{kind: salesforce, path: .}]}\n"


def _beyond(folder: Path, text: str) -> Catalog:
    (folder / "auditor.yaml").write_text(HEAD + text, encoding="utf-8")
    (found,) = beyond(read_config(folder / "auditor.yaml", ()), (CATALOG,), lambda _step, _done, _total: None)
    return found


def test_files_of_a_reader_are_searched_and_named_as_the_configuration_writes_them(tmp_path: Path) -> None:
    (tmp_path / "bi").mkdir()
    (tmp_path / "bi" / "load.sql").write_text("select Code__c from Deal__c")
    (tmp_path / "one.sql").write_text("select Code__c from Deal__c")

    found = _beyond(tmp_path, "outside_readers:\n  - {name: BI, path: [bi, one.sql], complete: true}\n")

    assert found.references == tuple(
        Reference("outside_reader", "BI", "Deal__c.Code__c", Access.READS, Certainty.CERTAIN, path, 1, "sql")
        for path in ("bi/load.sql", "one.sql")
    )
    (component,) = found.components
    assert (component.kind, component.name, component.path) == ("outside_reader", "BI", "bi, one.sql")
    assert dict(component.attributes) == {
        "complete": "true",
        "direction": "unknown",
        "files": "2",
        "unsearched": "0",
    }


def test_a_place_that_is_not_there_is_said_and_leaves_the_reader_incomplete(tmp_path: Path) -> None:
    found = _beyond(tmp_path, "outside_readers:\n  - {name: BI, path: gone, complete: true}\n")

    assert found.skipped == (Skipped("gone", "outside reader BI (auditor.yaml:5:5): nothing stands at this path"),)
    assert found.components[0].attribute("complete") == "false"


@pytest.mark.parametrize("name", ["sync", "ERP-Sync", "erp -sync"])
def test_a_declared_integration_joins_the_app_of_its_name(name: str, tmp_path: Path) -> None:
    found = _beyond(tmp_path, f"integrations:\n  - {{name: {name}, objects: [Deal__c]}}\n")

    (point,) = found.integration_points
    assert (point.name, point.register, point.objects) == ("Sync", "auditor.yaml:5", ("Deal__c",))
    assert name in point.aliases


def test_one_that_no_metadata_names_stands_for_itself(tmp_path: Path) -> None:
    found = _beyond(tmp_path, 'integrations:\n  - {name: Shop, clients: ["0H4000000000001"], direction: both}\n')

    assert found.integration_points[1] == IntegrationPoint(
        "integration",
        "Shop",
        "auditor.yaml",
        5,
        direction="both",
        aliases=("0H4000000000001",),
        register="auditor.yaml:5",
    )


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        pytest.param("outside_readers:\n  - {name: BI}\n", "auditor.yaml:5:5: missing key 'path'", id="no path"),
        pytest.param(
            "outside_readers:\n  - {name: BI, path: x, complet: true}\n",
            "auditor.yaml:5:25: unknown key 'complet'; did you mean complete?",
            id="mistyped",
        ),
        pytest.param(
            "outside_readers:\n  - {name: BI, path: x, complete: maybe}\n",
            "auditor.yaml:5:35: 'maybe' is neither true nor false",
            id="no boolean",
        ),
        pytest.param(
            "outside_readers:\n  - {name: BI, path: x, names: [labels]}\n",
            "auditor.yaml:5:5: names: 'labels' is none of api, label",
            id="an unknown kind of name",
        ),
        pytest.param(
            "outside_readers:\n  - {name: BI, path: x}\n  - {name: BI, path: y}\n",
            "auditor.yaml:5:3: two bear the outside reader name 'crm:BI'",
            id="twice",
        ),
        pytest.param(
            "integrations:\n  - {name: A, direction: inward}\n",
            "auditor.yaml:5:26: 'inward' is none of in, out, both",
            id="an unknown direction",
        ),
    ],
)
def test_what_is_wrong_is_told_with_its_place(text: str, problem: str, tmp_path: Path) -> None:
    with pytest.raises(ConfigurationError) as wrong:
        _beyond(tmp_path, text)

    assert wrong.value.problems == (problem,)
