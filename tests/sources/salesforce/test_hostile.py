"""Files that no platform wrote: whatever stands in them, no reader fails and nothing runs away."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from auditor.model.catalogue import Role, Skipped
from auditor.sources.salesforce.automation import registry as automation
from auditor.sources.salesforce.code import registry as code
from auditor.sources.salesforce.declarative import registry as declarative
from auditor.sources.salesforce.dispatch import MAX_TEXT, READER_FAILED, has_reader, read_file
from auditor.sources.salesforce.paths import CHILD_FOLDERS, metadata_file
from auditor.sources.salesforce.source import read_salesforce

_DECOMPOSED = {suffix for suffix in CHILD_FOLDERS.values() if suffix != "sharingReason"}  # which names no field
_XML = sorted({*declarative.XML_READERS, *automation.XML_READERS, *code.XML_READERS, *_DECOMPOSED, "object"})
_TEXT = sorted({*declarative.TEXT_READERS, *code.TEXT_READERS})
_CHILDREN = sorted({*declarative.OBJECT_CHILDREN, *automation.OBJECT_CHILDREN, *CHILD_FOLDERS})
_TAGS = [
    *_CHILDREN,
    *("fullName", "name", "label", "field", "fields", "column", "columns", "value", "type", "formula", "filter"),
    *("criteriaItems", "filterItems", "lookupFilter", "valueField", "reportType", "sections", "table", "join"),
    *("relationship", "object", "sobjectType", "relatedLists", "relatedList", "layoutItems", "behavior", "rules"),
    *("actionCalls", "assignments", "recordLookups", "leftValueReference", "elementReference", "url", "page"),
    *("picklistValues", "picklist", "valueSet", "controllingField", "active", "componentName", "fieldItem"),
    *("visibilityRule", "criteria", "leftValue", "itemInstances", "fieldInstance", "block", "buckets"),
]
_TEXTS = [
    "",
    "true",
    "A__c",
    "Job__c.A__c",
    "$",
    "$.",
    ".",
    "..",
    "{!",
    "{!a.b}",
    "$User.",
    "A$B$C",
    "-",
    "é&lt;",
    "%%%",
]


def _element(children: list[str], tag: str, text: str) -> str:
    return f"<{tag}>{text}{''.join(children)}</{tag}>"


_LEAVES = st.builds(_element, st.just([]), st.sampled_from(_TAGS), st.sampled_from(_TEXTS))
_TREES = st.recursive(
    _LEAVES,
    lambda inner: st.builds(
        _element, st.lists(inner, max_size=4), st.sampled_from(_TAGS), st.sampled_from(_TEXTS)
    ),
    max_leaves=20,
)


def _failures(path: str, data: bytes) -> list[Skipped]:
    skipped = read_file(metadata_file(path), data).skipped
    return [line for line in skipped if line.reason.startswith(READER_FAILED)]


@settings(max_examples=300, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.sampled_from(_XML), st.lists(_TREES, max_size=4))
def test_no_reader_of_xml_fails_on_any_document(suffix: str, children: list[str]) -> None:
    folder = next((name for name, kind in CHILD_FOLDERS.items() if kind == suffix), suffix)
    document = f"<Root>{''.join(children)}</Root>".encode()

    assert _failures(f"objects/Job__c/{folder}/X.{suffix}-meta.xml", document) == []


@settings(max_examples=300, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.sampled_from(_TEXT), st.one_of(st.text(max_size=200).map(str.encode), st.binary(max_size=200)))
def test_no_reader_of_text_fails_on_any_bytes(suffix: str, data: bytes) -> None:
    assert _failures(f"lwc/x/x.{suffix}", data) == []


@pytest.mark.parametrize("suffix", _XML)
def test_every_registered_kind_is_reached(suffix: str) -> None:
    folder = next((name for name, kind in CHILD_FOLDERS.items() if kind == suffix), suffix)

    assert has_reader(metadata_file(f"objects/Job__c/{folder}/X.{suffix}-meta.xml"))


def test_a_deep_formula_is_read_and_a_deep_document_refused() -> None:
    deep = "(" * 50_000 + "A__c" + ")" * 50_000
    field = f"<CustomField><fullName>F__c</fullName><formula>{deep}</formula></CustomField>"
    path = "objects/Job__c/fields/F__c.field-meta.xml"

    assert [item.path for item in read_file(metadata_file(path), field.encode()).mentions] == ["A__c"]
    nested = b"<a>" * 300 + b"</a>" * 300
    assert read_file(metadata_file(path), nested).skipped == (
        Skipped(path, "elements are nested deeper than 200", 1),
    )


_CODE = "public class A { void f() { List<Job__c> jobs = [SELECT Hours__c FROM Job__c]; } }"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
def test_code_is_read_in_each_encoding_that_says_of_itself_what_it_is(encoding: str) -> None:
    read = read_file(metadata_file("classes/A.cls"), _CODE.encode(encoding))

    assert [(item.object, item.path) for item in read.mentions if item.path == "Hours__c"] == [
        ("Job__c", "Hours__c")
    ]


def test_code_larger_than_any_class_is_one_line() -> None:
    read = read_file(metadata_file("classes/A.cls"), _CODE.encode() + b" " * MAX_TEXT)

    assert read.skipped == (
        Skipped("classes/A.cls", f"a text larger than 4 MB ({len(_CODE) + MAX_TEXT:,} bytes), not read"),
    )


class _Circle:
    """Objects that look up to each other in a circle, and a path that goes round it for ever."""

    location = "circle"
    skipped = ()

    def paths(self) -> list[str]:
        return ["objects/A__c.object", "objects/B__c.object"]

    def read(self, path: str) -> bytes:
        own, other = ("A", "B") if "A__c" in path else ("B", "A")
        lookup = f"<fullName>{other}__c</fullName><type>Lookup</type><referenceTo>{other}__c</referenceTo>"
        around = ".".join(["B__r.A__r"] * 2000)
        formula = (
            f"<fullName>F__c</fullName><type>Text</type><formula>{around}.F__c</formula>" if own == "A" else ""
        )
        fields = "".join(f"<fields>{body}</fields>" for body in (lookup, formula) if body)
        return f"<CustomObject>{fields}</CustomObject>".encode()


def test_a_path_round_a_circle_is_a_few_references() -> None:
    found = read_salesforce(_Circle(), "crm", Role.CRM)

    assert [(item.component, item.target) for item in found.references] == [
        ("A__c.F__c", "A__c.B__c"),
        ("A__c.F__c", "A__c.F__c"),
        ("A__c.F__c", "B__c.A__c"),
    ]
