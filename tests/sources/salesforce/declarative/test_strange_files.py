"""No file costs more than a line: every reader survives files that are empty, hollow or full of nonsense."""

from __future__ import annotations

import pytest

from auditor.formats.xml import Node, parse_xml
from auditor.sources.salesforce.declarative.registry import OBJECT_CHILDREN, TEXT_READERS, XML_READERS
from auditor.sources.salesforce.parsed import MetadataFile

_FILE = MetadataFile("odd/Thing.x", "x", "Thing")
_NONSENSE = (
    "\x00",
    "a" * 5000,
    "{!",
    "{!IF((((",
    "$User.",
    "..",
    "__c",
    "%%%NAMESPACE%%%",
    "a__c." * 500,
    '"',
    "B1#",
)


@pytest.mark.parametrize("suffix", sorted(XML_READERS))
def test_hollow_files_say_little_and_never_fail(suffix: str) -> None:
    parsed = XML_READERS[suffix](_FILE, parse_xml(b"<Odd/>"))

    assert all(item.path or item.object for item in parsed.mentions)


@pytest.mark.parametrize("tag", sorted(OBJECT_CHILDREN))
def test_hollow_children_say_nothing(tag: str) -> None:
    assert OBJECT_CHILDREN[tag]("Deal__c", parse_xml(b"<Odd/>"), _FILE).mentions == ()


@pytest.mark.parametrize("suffix", sorted(TEXT_READERS))
@pytest.mark.parametrize(
    "data", [b"", b"\xff\xfe\x00", b"[" * 10000, b'{"fields": [{"name": 1}], "object": "A"}', b"{!A.B"]
)
def test_text_of_any_kind_never_fails(suffix: str, data: bytes) -> None:
    assert TEXT_READERS[suffix](_FILE, data).channels


@pytest.mark.parametrize("suffix", sorted(XML_READERS))
def test_nonsense_in_every_place_never_fails(suffix: str) -> None:
    """A file as real ones are nested, with nonsense as every text."""
    for text in _NONSENSE:
        XML_READERS[suffix](_FILE, _filled(text))


def _filled(text: str) -> Node:
    root = Node("Odd", 1, {})
    for path in _PLACES:
        here = root
        for tag in path.split("/"):
            below = Node(tag, here.line + 1, {})
            below.text = text
            here.children.append(below)
            here = below
    return root


_PLACES = (
    "layoutSections/layoutColumns/layoutItems/field",
    "relatedLists/fields",
    "relatedLists/relatedList",
    "flexiPageRegions/itemInstances/componentInstance/componentInstanceProperties/value",
    "flexiPageRegions/itemInstances/fieldInstance/fieldItem",
    "flexiPageRegions/itemInstances/fieldInstance/visibilityRule/criteria/leftValue",
    "columns/field",
    "filter/criteriaItems/column",
    "aggregates/calculatedFormula",
    "reportType",
    "sections/columns/field",
    "join/relationship",
    "baseObject",
    "dashboardGridLayout/dashboardGridComponents/dashboardComponent/groupingColumn",
    "filters/field",
    "errorConditionFormula",
    "url",
    "values/value",
    "values/field",
    "criteriaItems/field",
    "ruleEntry/formula",
    "fieldPermissions/field",
    "endpoint",
    "fieldOverrides/formula",
    "textOnly",
    "subject",
    "selectedEntity",
    "recordFilter",
)
