"""What people write to ask for a field, in every form that is read."""

from __future__ import annotations

from pathlib import Path

import pytest

from auditor.errors import SourceError
from auditor.formats.yamlnodes import Problems
from auditor.model.catalogue import Calculation
from auditor.model.proposals import Proposal
from auditor.workspace.proposing_files import read_proposals
from auditor.workspace.proposing_forms import KEYS, Platform, name_for, proposal_of, template

CRM = Platform("crm", salesforce=True)
FIELD = """<?xml version="1.0" encoding="UTF-8"?>
<CustomField xmlns="http://soap.sforce.com/2006/04/metadata">
    <fullName>Region__c</fullName><label>Region</label><type>Text</type><length>40</length>
</CustomField>
"""
OBJECT = """<?xml version="1.0" encoding="UTF-8"?>
<CustomObject xmlns="http://soap.sforce.com/2006/04/metadata"><label>Audit</label></CustomObject>
"""


def _read(path: Path, **given: str) -> tuple[list[Proposal], tuple[str, ...]]:
    problems = Problems()
    written = read_proposals(path, given, problems)
    found = [proposal for each in written if (proposal := proposal_of(each, CRM, problems)) is not None]
    return found, problems.lines


def _told(proposal: Proposal) -> tuple[str, str, str | None, str | None]:
    (field,) = proposal.fields
    return proposal.object, field.name, field.label, field.type


def test_the_template_is_a_proposal_without_a_problem(tmp_path: Path) -> None:
    path = tmp_path / "wish.yaml"
    path.write_text(template(), encoding="utf-8")
    (proposal,), problems = _read(path)

    assert problems == ()
    assert _told(proposal) == ("Account", "Preferred_Meeting_Time__c", "Preferred meeting time", "Picklist")
    assert proposal.request.readers == ("report Weekly calls", "sales managers")
    assert [value.name for value in proposal.fields[0].picklist] == ["Morning", "Afternoon"]
    assert all(f"{key}:" in template() for key in KEYS if key not in ("system", "object_label", "length"))


def test_a_field_file_is_asked_for_on_the_object_that_it_stands_in(tmp_path: Path) -> None:
    path = tmp_path / "objects" / "Account" / "fields" / "Region__c.field-meta.xml"
    path.parent.mkdir(parents=True)
    path.write_text(FIELD, encoding="utf-8")

    assert [_told(each) for each in _read(path, owner="sales")[0]] == [("Account", "Region__c", "Region", "Text")]


def test_a_field_file_alone_needs_the_object_named(tmp_path: Path) -> None:
    path = tmp_path / "Region__c.field-meta.xml"
    path.write_text(FIELD, encoding="utf-8")

    assert [_told(each)[0] for each in _read(path, object="Contact")[0]] == ["Contact"]
    assert _read(path) == (
        [],
        ("Region__c.field-meta.xml:1:1: stands in no object's folder: name the object with --object",),
    )


def test_an_object_folder_is_a_new_object_with_its_fields(tmp_path: Path) -> None:
    folder = tmp_path / "Audit__c"
    (folder / "fields").mkdir(parents=True)
    (folder / "Audit__c.object-meta.xml").write_text(OBJECT, encoding="utf-8")
    (folder / "fields" / "Region__c.field-meta.xml").write_text(FIELD, encoding="utf-8")
    (proposal,), problems = _read(folder)

    assert problems == ()
    assert proposal.new is not None
    assert (proposal.object, proposal.new.label, len(proposal.fields)) == ("Audit__c", "Audit", 1)
    assert proposal.keys == ("crm:Audit__c", "crm:Audit__c.Region__c")


def test_rows_of_an_issue_tracker_are_read_whatever_their_headers_are_called(tmp_path: Path) -> None:
    path = tmp_path / "issues.csv"
    text = "Issue key;Summary;Custom field (Objekt);Custom field (Typ);Ägare;Varför\n"
    path.write_text(text + "CRM-1;Önskad färg;Case;text;sales;what to order\n\n", encoding="utf-8")
    (proposal,), problems = _read(path)

    assert problems == ()
    assert _told(proposal) == ("Case", "Onskad_Farg__c", "Önskad färg", "Text")
    assert (proposal.request.owner, proposal.request.why) == ("sales", "what to order")


def test_a_new_object_is_written_with_its_fields(tmp_path: Path) -> None:
    path = tmp_path / "wish.yaml"
    path.write_text("object: Audit__c\nlabel: Audit\nfields: [{label: Score, type: number}]\n", encoding="utf-8")
    (proposal,), _ = _read(path)

    assert proposal.new is not None
    assert [(each.name, each.type) for each in proposal.fields] == [("Score__c", "Number")]


def test_a_formula_is_calculated(tmp_path: Path) -> None:
    path = tmp_path / "wish.yaml"
    path.write_text("{object: Account, label: Town, type: text, formula: BillingCity}\n", encoding="utf-8")

    assert _read(path)[0][0].fields[0].calculation is Calculation.FORMULA


def test_every_problem_is_told_at_once_with_the_nearest_word(tmp_path: Path) -> None:
    path = tmp_path / "wish.yaml"
    path.write_text(
        "- {object: Account, lable: Town, name: T__c, type: txet}\n"
        "- {label: Town, type: text, trial_until: soon, required: maybe}\n"
        "- just a word\n",
        encoding="utf-8",
    )
    known = f"; known are {', '.join(KEYS)}"

    assert _read(path)[1] == (
        "wish.yaml:1:1: type: 'txet' is no type; did you mean text?",
        f"wish.yaml:1:3: unknown key 'lable'; did you mean label?{known}".replace(":3:", ":1:"),
        "wish.yaml:2:1: names no object: write `object: Account`",
        "wish.yaml:2:1: required: 'maybe' is neither yes nor no",
        "wish.yaml:2:1: trial_until: 'soon' is no day; write 2026-11-21",
        f"wish.yaml:3:3: expected keys ({', '.join(KEYS)}), found a value",
    )


@pytest.mark.parametrize(
    ("name", "text", "said"),
    [
        ("wish.txt", "x", "is none of"),
        ("wish.field-meta.xml", "<not closed", "wish.field-meta.xml: "),
    ],
)
def test_what_cannot_be_read_is_an_error_with_its_reason(tmp_path: Path, name: str, text: str, said: str) -> None:
    folder = tmp_path / "Account" / "fields"
    folder.mkdir(parents=True)
    path = folder / name
    path.write_text(text, encoding="utf-8")

    with pytest.raises(SourceError, match=said):
        _read(path)


@pytest.mark.parametrize(
    ("label", "salesforce", "name"),
    [
        ("Antal anställda", True, "Antal_Anstallda__c"),
        ("Antal anställda", False, "antal_anstallda"),
        ("3D-modell", True, "X3d_Modell__c"),
        ("å" * 60, True, f"{'A' + 'a' * 39}__c"),
        ("???", True, "Field__c"),
    ],
)
def test_a_name_is_made_from_the_label(label: str, salesforce: bool, name: str) -> None:
    assert name_for(label, Platform("crm", salesforce)) == name
