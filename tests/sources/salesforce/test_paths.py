"""Which file is which metadata."""

from __future__ import annotations

import pytest

from auditor.sources.salesforce.parsed import MetadataFile
from auditor.sources.salesforce.paths import metadata_file

_OBJECTS = "force-app/main/default/objects"
_CASES = [
    pytest.param("src/objects/Job__c.object", "object", "Job__c", None, id="an object of the older format"),
    pytest.param(f"{_OBJECTS}/Job__c/Job__c.object-meta.xml", "object", "Job__c", None, id="an object's own file"),
    pytest.param(f"{_OBJECTS}/Job__c/fields/A__c.field-meta.xml", "field", "A__c", "Job__c", id="a field"),
    pytest.param(
        "any/Job__c/listViews/All.listView-meta.xml", "listView", "All", "Job__c", id="a list view anywhere"
    ),
    pytest.param("stray/A__c.field-meta.xml", "field", "A__c", None, id="a field outside of an object"),
    pytest.param(
        "src/layouts/Job__c-Job %28Sales%29.layout", "layout", "Job__c-Job (Sales)", None, id="an encoded name"
    ),
    pytest.param(
        "f/reports/Sales/Nordic/Open.report-meta.xml",
        "report",
        "Sales/Nordic/Open",
        None,
        id="a report in folders",
    ),
    pytest.param("src/reports/Sales/Open.report", "report", "Sales/Open", None, id="a report of the older format"),
    pytest.param("f/email/Unit/Hi.email", "email", "Unit/Hi", None, id="a template's body"),
    pytest.param("f/email/Unit/Hi.email-meta.xml", "email-meta", "Unit/Hi", None, id="a template's descriptor"),
    pytest.param("src/reports/Sales-meta.xml", "folder-meta", "Sales", None, id="a folder's descriptor"),
    pytest.param("src/classes/Foo.cls", "cls", "Foo", None, id="a class"),
    pytest.param("src/classes/Foo.cls-meta.xml", "cls-meta", "Foo", None, id="a class's descriptor"),
    pytest.param("f/lwc/foo/foo.js-meta.xml", "js-meta", "foo", None, id="a component's descriptor"),
    pytest.param("f/applications/S.app-meta.xml", "app", "S", None, id="an application"),
    pytest.param("f/aura/S/S.app", "aura-app", "S", None, id="the markup of an Aura application"),
    pytest.param("f/aura/S/S.app-meta.xml", "app-meta", "S", None, id="its descriptor"),
    pytest.param("f/customMetadata/T.R.md-meta.xml", "md", "T.R", None, id="a record of a metadata type"),
    pytest.param("f/customMetadata/T.R.md", "md", "T.R", None, id="the same in the older format"),
    pytest.param("README.md", "markdown", "README", None, id="documentation"),
    pytest.param(
        "f/quickActions/Case.New.quickAction-meta.xml", "quickAction", "Case.New", None, id="a name with a dot"
    ),
    pytest.param(".forceignore", "", ".forceignore", None, id="a file of a tool"),
    pytest.param("LICENSE", "", "LICENSE", None, id="a file without a suffix"),
]


@pytest.mark.parametrize(("path", "suffix", "name", "owner"), _CASES)
def test_a_path_says_what_a_file_is(path: str, suffix: str, name: str, owner: str | None) -> None:
    assert metadata_file(path) == MetadataFile(path, suffix, name, owner)
