from __future__ import annotations

import pytest

from auditor.languages.formula import FieldRole, FormulaField
from auditor.languages.literals import HardCoded
from auditor.languages.merge import MergeText, merge_fields
from auditor.languages.problem import SyntaxProblem


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param("Dear customer, F__c", MergeText(()), id="plain text mentions nothing"),
        pytest.param(
            "Dear {!Contact.FirstName},",
            MergeText((FormulaField("Contact.FirstName", 7, anchored=True),)),
            id="a field of the recipient",
        ),
        pytest.param(
            "{!$Record.F__c} and {!$User.Email}",
            MergeText(
                (FormulaField("$Record.F__c", 2, anchored=True), FormulaField("$User.Email", 22, anchored=True))
            ),
            id="global variables",
        ),
        pytest.param(
            "don't {!a.B__c} won't",
            MergeText((FormulaField("a.B__c", 8, anchored=True),)),
            id="an apostrophe outside of braces is text",
        ),
        pytest.param(
            '{!IF(ISBLANK(Case.Id), "}", Case.Subject)}',
            MergeText(
                (
                    FormulaField("Case.Id", 13, "ISBLANK", FieldRole.BLANK, anchored=True),
                    FormulaField("Case.Subject", 28, "IF", anchored=True),
                ),
                ("IF", "ISBLANK"),
            ),
            id="a formula, with a brace in quotes",
        ),
        pytest.param(
            "/00U/e?who={!Contact.Id}&x={!URLFOR('https://a.example')}",
            MergeText(
                (FormulaField("Contact.Id", 13, anchored=True),),
                ("URLFOR",),
                (HardCoded("url", "https://a.example", 37, certain=True),),
            ),
            id="a link",
        ),
        pytest.param(
            "{{{Recipient.FirstName}}} {{ Sender.Name }}",
            MergeText(
                (
                    FormulaField("Recipient.FirstName", 3, anchored=True),
                    FormulaField("Sender.Name", 29, anchored=True),
                )
            ),
            id="the braces of Lightning templates",
        ),
        pytest.param(
            "{!Account.Name} {!Account.",
            MergeText(
                (FormulaField("Account.Name", 2, anchored=True),),
                problem=SyntaxProblem("a merge field is not closed", 16),
            ),
            id="an open brace is told",
        ),
        pytest.param(
            "{!A.b's} {!C.d}",
            MergeText(
                (FormulaField("A.b", 2, anchored=True), FormulaField("C.d", 11, anchored=True)),
                problem=SyntaxProblem('unexpected "\'"', 5),
            ),
            id="an odd quote spoils only its own field",
        ),
    ],
)
def test_merge_fields_are_found_in_texts(text: str, expected: MergeText) -> None:
    assert expected == merge_fields(text)
