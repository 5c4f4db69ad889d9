"""Names print and parse."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from auditor.errors import AuditorError
from auditor.model.names import Subject, SubjectKind, parse_subject

_SYSTEMS = st.from_regex(r"[A-Za-z0-9_-]{1,8}", fullmatch=True)
_PARTS = st.text(min_size=1, max_size=12)


@pytest.mark.parametrize(
    ("text", "subject", "kind"),
    [
        pytest.param("crm:Account", Subject("crm", "Account"), SubjectKind.OBJECT, id="an object"),
        pytest.param("crm:Account.A__c", Subject("crm", "Account", "A__c"), SubjectKind.FIELD, id="a field"),
        pytest.param('erp:"No."."a""b"', Subject("erp", "No.", 'a"b'), SubjectKind.FIELD, id="quoted parts"),
        pytest.param(
            "erp:Sales Line.Amount", Subject("erp", "Sales Line", "Amount"), SubjectKind.FIELD, id="a blank"
        ),
        pytest.param(
            "crm:report/Sales/Q3: a.b",
            Subject("crm", "Sales/Q3: a.b", component_kind="report"),
            SubjectKind.COMPONENT,
            id="a component's name may hold anything",
        ),
        pytest.param("crm:", Subject("crm"), SubjectKind.SYSTEM, id="a system as a whole"),
    ],
)
def test_a_name_is_read_and_printed(text: str, subject: Subject, kind: SubjectKind) -> None:
    assert parse_subject(text) == subject
    assert str(subject) == text
    assert subject.kind is kind


@pytest.mark.parametrize("text", ["", "Account", "crm:A.B.C", "crm: A", "a b:C", 'crm:"open', "crm:.A"])
def test_what_names_nothing_is_refused_with_the_forms(text: str) -> None:
    with pytest.raises(AuditorError, match=r"names nothing\. Write system:Object"):
        parse_subject(text)


@given(_SYSTEMS, _PARTS, st.one_of(st.just(""), _PARTS))
def test_parsing_undoes_printing_for_any_object_and_field(system: str, name: str, field: str) -> None:
    subject = Subject(system, name, field)

    assert parse_subject(str(subject)) == subject


@given(_SYSTEMS, st.from_regex(r"[a-z_]{1,10}", fullmatch=True), _PARTS)
def test_parsing_undoes_printing_for_any_component(system: str, kind: str, name: str) -> None:
    subject = Subject(system, name, component_kind=kind)

    assert parse_subject(str(subject)) == subject
