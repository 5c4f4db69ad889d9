"""Every kind of evidence is described, recognised and read without ever failing."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from auditor.errors import AuditorError
from auditor.model.observations import Evidence
from auditor.usage.githistory import GIT
from auditor.usage.kit.entries import KIT
from auditor.usage.registry import BY_ID, KINDS, evidence_kind, read, recognise
from tests.usage.kitchen import request

RECOGNISED = [
    ("report-register", "Id,DeveloperName,Name,FolderName,LastRunDate\n"),
    ("report-describe", '{"reportMetadata": {"detailColumns": []}}'),
    ("report-describe", '{"status": 0, "result": {"reportMetadata": {"detailColumns": ["A"]}}}'),
    ("email-template-register", "Id;DeveloperName;Name;TimesUsed;LastUsedDate\n"),
    ("tooling-custom-field", "Id,TableEnumOrId,DeveloperName\n"),
    ("tooling-custom-field", "Id,TableEnumOrId,DeveloperName,CreatedDate,CreatedById,LastModifiedDate\n"),
    ("tooling-validation-rule", "Id,ValidationName,Active,CreatedDate,CreatedById,LastModifiedDate\n"),
    ("setup-audit-trail", "Id,CreatedDate,CreatedById,Action,Section,Display\n"),
    ("flow-register", "DurableId,ApiName,IsActive\n"),
    ("record-count", '{"sObjects": [{"count": 3, "name": "Account"}]}'),
    ("fill-by-cohort", "object,quarter,record_type,creator_kind,rows,A__c\n"),
    ("fill-by-cohort", "yr,qtr,creator,total,expr0\n"),
    ("fill-by-cohort", "object,field,quarter,rows,filled\n"),
    ("users", "Id,IsActive,LastLoginDate,ProfileId,UserType\n"),
    ("permission-set-assignments", "AssigneeId,PermissionSetId\n"),
    ("permission-set-assignments", "Id,AssigneeId,Assignee.IsActive,PermissionSet.Name\n"),
    ("organization", "Id,Name,IsSandbox\n"),
    ("report-event", "EventDate,UserId,ReportId,Name,ColumnHeaders\n"),
    ("list-view-event", "EventDate,UserId,ListViewId,ColumnHeaders,QueriedEntities\n"),
    ("api-event", "EventDate,UserId,QueriedEntities,Query\n"),
    ("field-history", "AccountId,CreatedById,CreatedDate,Field,DataType,OldValue,NewValue\n"),
    ("event-log-file", '"EVENT_TYPE","TIMESTAMP","REQUEST_ID","USER_ID"\n'),
    ("event-log", "object,fields,time,user\n"),
    ("record-extract", "Id,CreatedDate,CreatedById,LastModifiedDate,Name\n"),
    ("setup-audit-trail", "Action,Section,CreatedDate,Display\n"),
    ("setup-audit-trail", "Date,User,Source Namespace Prefix,Action,Section,Delegate User\n"),
    ("object-describe", '{"status": 0, "result": {"name": "Account", "label": "Account", "fields": []}}'),
    ("object-describe", '{"name": "Account", "label": "Account", "fields": [], "childRelationships": []}'),
    ("global-describe", '{"encoding": "UTF-8", "maxBatchSize": 200, "sobjects": []}'),
    ("field-definition", "EntityDefinition.QualifiedApiName,QualifiedApiName,Label,DataType\n"),
    ("entity-definition", "DurableId,QualifiedApiName,Label,KeyPrefix\n"),
    ("entity-definition", "Id,DeveloperName,NamespacePrefix,ManageableState\n"),
    ("tooling-validation-rule", "Id,ValidationName,Active\n"),
    (None, "Action,Section,When,What\n"),
    (None, "Id,Name\n"),
    (None, ""),
]


@pytest.mark.parametrize(("kind", "text"), RECOGNISED, ids=[f"{kind}: {text[:40]}" for kind, text in RECOGNISED])
def test_a_file_is_recognised_by_its_columns_alone(kind: str | None, text: str, tmp_path: Path) -> None:
    path = tmp_path / "export.txt"
    path.write_text(text)
    assert recognise(path) == kind


def test_a_repository_is_recognised_by_its_git_folder(tmp_path: Path) -> None:
    assert recognise(tmp_path) is None
    (tmp_path / ".git").mkdir()
    assert recognise(tmp_path) == "git-history"


def test_every_kind_says_what_it_can_and_cannot_and_how_to_get_it() -> None:
    assert len(BY_ID) == len(KINDS)
    for kind in KINDS:
        assert kind.testimony.says.endswith("."), kind.id
        assert kind.testimony.silent_on.endswith("."), kind.id
        assert kind.recipe.setup, kind.id
        assert kind.patterns, kind.id


def test_an_unknown_kind_is_refused_and_all_are_named() -> None:
    with pytest.raises(AuditorError, match="report-register"):
        evidence_kind("report-registry")


@pytest.mark.parametrize("kind", [kind.id for kind in KINDS])
def test_no_file_at_all_is_said(kind: str, tmp_path: Path) -> None:
    evidence = read(request(kind, tmp_path / "none.csv"))
    assert evidence.skipped
    assert evidence.sources[0].format == kind


KIT_IDS = [kind.id for kind in KINDS if kind.id != "git-history"]
HEADERS = [text for _, text in RECOGNISED if text and not text.startswith("{")]


@pytest.mark.parametrize("kind", KIT_IDS)
@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(header=st.sampled_from(HEADERS), rows=st.lists(st.lists(st.text(max_size=12), max_size=8), max_size=6))
def test_no_reader_fails_on_any_rows(kind: str, header: str, rows: list[list[str]], tmp_path: Path) -> None:
    path = tmp_path / "export.csv"
    text = header + "\n".join(",".join(row) for row in rows)
    path.write_text(text, encoding="utf-8", errors="replace")
    assert isinstance(read(request(kind, path)), Evidence)


@pytest.mark.parametrize("kind", KIT_IDS)
@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(content=st.binary(max_size=200))
def test_no_reader_fails_on_any_bytes(kind: str, content: bytes, tmp_path: Path) -> None:
    path = tmp_path / "export.json"
    path.write_bytes(content)
    assert isinstance(read(request(kind, path)), Evidence)


def test_every_kind_of_the_kit_stands_in_the_documentation() -> None:
    text = (Path(__file__).parents[2] / "docs" / "evidence.md").read_text(encoding="utf-8")
    assert [kind.id for kind in (*KIT, *GIT) if f"| `{kind.id}` |" not in text] == []
