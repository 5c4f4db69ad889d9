"""References found equal an independent count of plain elements over the corpora (xml.etree, simple paths)."""

from __future__ import annotations

import xml.etree.ElementTree as ElementTree
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

import pytest

from auditor.sources.salesforce.parsed import MetadataFile, Parsed

_SPACE = "{http://soap.sforce.com/2006/04/metadata}"


@dataclass(frozen=True, slots=True)
class Case:
    """Files of some suffixes, the paths of elements in them, and the mentions that must be as many."""

    suffixes: tuple[str, ...]
    paths: tuple[str, ...]
    kind: str
    parts: frozenset[str]
    accesses: frozenset[str]
    objects: bool
    """Whether the mentions are of objects themselves."""


def case(
    suffixes: str, paths: str, kind: str, parts: str, accesses: str = "reads writes shows grants lists translates"
) -> Case:
    """One case, its lists written as words. A case about objects has parts that are in `_OF_OBJECTS`."""
    words = frozenset(parts.split())
    return Case(
        tuple(suffixes.split()),
        tuple(paths.split()),
        kind,
        words,
        frozenset(accesses.split()),
        words <= _OF_OBJECTS,
    )


_OF_OBJECTS = frozenset({"object", "base_object", "entity"})


_BEHAVIOURS = "field edit required readonly"
_CASES = {
    "fields on layouts": case(
        "layout",
        "layoutSections/layoutColumns/layoutItems/field relatedContent/relatedContentItems/layoutItem/field"
        " summaryLayout/summaryLayoutItems/field",
        "layout",
        _BEHAVIOURS,
        "shows",
    ),
    "fields demanded by layouts": case(
        "layout",
        "layoutSections/layoutColumns/layoutItems[behavior='Required']/field"
        " relatedContent/relatedContentItems/layoutItem[behavior='Required']/field",
        "layout",
        "required",
        "requires",
    ),
    "related lists": case("layout", "relatedLists/relatedList", "layout", "related_list"),
    "columns of related lists": case("layout", "relatedLists/fields", "layout", "related_list_column"),
    "orders of related lists": case("layout", "relatedLists/sortField", "layout", "related_list_sort"),
    "mini layouts": case("layout", "miniLayout/fields", "layout", "mini_layout"),
    "related objects": case("layout", "relatedObjects", "layout", "related_object"),
    "fields on pages": case(
        "flexipage", "flexiPageRegions/itemInstances/fieldInstance/fieldItem", "flexipage", _BEHAVIOURS, "shows"
    ),
    "objects of pages": case("flexipage", "sobjectType", "flexipage", "object"),
    "visibility on pages": case(
        "flexipage",
        "flexiPageRegions/itemInstances/fieldInstance/visibilityRule/criteria/leftValue"
        " flexiPageRegions/itemInstances/componentInstance/visibilityRule/criteria/leftValue",
        "flexipage",
        "visibility",
    ),
    "columns of reports": case("report", "columns/field", "report", "column"),
    "groupings of reports": case("report", "groupingsDown/field groupingsAcross/field", "report", "grouping"),
    "filters of reports": case("report", "filter/criteriaItems/column", "report", "filter"),
    "orders of reports": case("report", "sortColumn", "report", "sort"),
    "time frames of reports": case("report", "timeFrameFilter/dateColumn", "report", "time_frame"),
    "columns of report types": case("reportType", "sections/columns/field", "report_type", "column"),
    "joins of report types": case("reportType", "join/relationship join/join/relationship", "report_type", "join"),
    "base objects of report types": case("reportType", "baseObject", "report_type", "base_object"),
    "columns of list views": case("listView object", "columns listViews/columns", "list_view", "column"),
    "filters of list views": case(
        "listView object", "filters/field listViews/filters/field", "list_view", "filter"
    ),
    "fields of compact layouts": case(
        "compactLayout object", "fields[.!=''] compactLayouts/fields", "compact_layout", "field"
    ),
    "displayed fields of field sets": case(
        "fieldSet object",
        "displayedFields/field fieldSets/displayedFields/field",
        "field_set",
        "displayed",
        "shows",
    ),
    "available fields of field sets": case(
        "fieldSet object", "availableFields/field fieldSets/availableFields/field", "field_set", "available"
    ),
    "places of errors": case(
        "validationRule object",
        "errorDisplayField validationRules/errorDisplayField",
        "validation_rule",
        "error_place",
        "requires",
    ),
    "fields of permission sets": case(
        "permissionset", "fieldPermissions/field", "permission_set", "edit read none", "grants"
    ),
    "fields of profiles": case("profile", "fieldPermissions/field", "profile", "edit read none"),
    "translated fields": case(
        "fieldTranslation objectTranslation", "name fields/name", "translation", "field", "translates"
    ),
    "values of custom metadata": case("md", "values/field", "custom_metadata", "field"),
    "fields of paths": case("pathAssistant", "fieldName", "path_assistant", "stage"),
    "entities of event channels": case(
        "platformEventChannelMember", "selectedEntity", "event_channel_member", "entity"
    ),
}
_CORPORA = ("sf-ebikes", "sf-eda", "sf-electron-motors", "sf-volunteers-mdapi")
Files = dict[str, list[tuple[MetadataFile, Path]]]
Readings = dict[str, list[tuple[str, Parsed]]]


@pytest.mark.parametrize("corpus", _CORPORA)
@pytest.mark.parametrize("name", list(_CASES))
def test_mentions_are_as_many_as_elements(
    corpus_files: Files, corpus_parsed: Readings, corpus: str, name: str
) -> None:
    wanted = _CASES[name]
    expected = sum(
        _elements(path, wanted) for file, path in corpus_files[corpus] if file.suffix in wanted.suffixes
    )
    actual = sum(_mentions(parsed, wanted) for _, parsed in corpus_parsed[corpus])

    assert expected == actual


def test_every_count_is_about_something(corpus_parsed: Readings) -> None:
    parsed = [item for readings in corpus_parsed.values() for _, item in readings]
    empty = [name for name, wanted in _CASES.items() if not sum(_mentions(item, wanted) for item in parsed)]

    assert empty == []


def test_object_permissions_are_mentions_of_objects(corpus_files: Files, corpus_parsed: Readings) -> None:
    wanted = case("permissionset profile", "objectPermissions/object", "permission_set", "")
    for corpus in _CORPORA:
        files = [path for file, path in corpus_files[corpus] if file.suffix in wanted.suffixes]
        found = [
            item
            for _, parsed in corpus_parsed[corpus]
            for item in parsed.mentions
            if item.component_kind in ("permission_set", "profile") and not item.path
        ]

        assert sum(_elements(path, wanted) for path in files) == len(found)


def _elements(path: Path, wanted: Case) -> int:
    root = ElementTree.parse(path).getroot()
    return sum(1 for place in wanted.paths for item in _at(root, place) if (item.text or "").strip())


def _at(root: ElementTree.Element, place: str) -> Iterable[ElementTree.Element]:
    steps = (step.replace("[b", f"[{_SPACE}b") for step in place.split("/"))
    return root.iterfind("/".join(f"{_SPACE}{step}" for step in steps))


def _mentions(parsed: Parsed, wanted: Case) -> int:
    return sum(
        1
        for item in parsed.mentions
        if item.component_kind == wanted.kind
        and item.part in wanted.parts
        and item.access.value in wanted.accesses
        and (item.path or wanted.objects)
    )
