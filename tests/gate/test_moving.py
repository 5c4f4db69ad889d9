"""Which subjects a change renamed, as far as git and two catalogues tell."""

from __future__ import annotations

from collections.abc import Mapping

import pytest

from auditor.gate.moving import moved_subjects
from auditor.model.catalogue import Catalog, Field, Object, Origin, Role


def field(name: str, label: str = "Order value", kind: str = "Currency", of: str = "Thing__c") -> Field:
    return Field(of, name, label=label, type=kind, custom=True, origin=Origin(path(name, of), 2))


def path(name: str, of: str = "Thing__c") -> str:
    return f"objects/{of}/fields/{name}.field-meta.xml"


def crm(*fields: Field) -> Catalog:
    """A system with two objects, and some fields on them."""
    objects = (
        Object(name, custom=True, fields=tuple(each for each in fields if each.object == name))
        for name in ("Other__c", "Thing__c")
    )
    return Catalog("crm", Role.CRM, "salesforce", tuple(objects))


OLD = field("Old__c")
RENAMED = {"crm:Thing__c.Old__c": "crm:Thing__c.New__c"}


@pytest.mark.parametrize(
    ("before", "after", "renamed", "expected"),
    [
        pytest.param([OLD], [field("New__c")], {}, RENAMED, id="the same label and type under another name"),
        pytest.param([OLD], [field("New__c", "Order value.")], {}, RENAMED, id="a label that is nearly the same"),
        pytest.param([OLD], [field("New__c", "Discount")], {}, {}, id="another label"),
        pytest.param([OLD], [field("New__c", kind="Text")], {}, {}, id="another type"),
        pytest.param([OLD], [OLD, field("New__c")], {}, {}, id="the old one is still there"),
        pytest.param([OLD], [field("New__c"), field("More__c")], {}, {}, id="two that came could be meant"),
        pytest.param([OLD, field("Older__c")], [field("New__c")], {}, {}, id="two that went could be meant"),
        pytest.param([field("Old__c", "")], [field("New__c", "")], {}, {}, id="without a label none is alike"),
        pytest.param([OLD], [field("New__c", of="Other__c")], {}, {}, id="on another object, under another name"),
        pytest.param(
            [OLD],
            [field("New__c", "Discount")],
            {path("Old__c"): path("New__c")},
            RENAMED,
            id="git saw the file renamed, whatever its label",
        ),
        pytest.param(
            [OLD],
            [field("Old__c", of="Other__c")],
            {path("Old__c"): path("Old__c", "Other__c")},
            {"crm:Thing__c.Old__c": "crm:Other__c.Old__c"},
            id="git saw it moved to another object, with its name and label",
        ),
        pytest.param(
            [OLD],
            [field("Old__c", "Discount", of="Other__c")],
            {path("Old__c"): path("Old__c", "Other__c")},
            {},
            id="a small file on another object is alike, and no more",
        ),
    ],
)
def test_a_field_is_followed_where_nothing_else_could_be_meant(
    before: list[Field], after: list[Field], renamed: Mapping[str, str], expected: Mapping[str, str]
) -> None:
    assert moved_subjects(crm(*before), crm(*after), renamed) == expected
