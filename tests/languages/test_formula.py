from __future__ import annotations

import html
import re
import tarfile
from pathlib import Path

import pytest

from auditor.languages.formula import Formula, FormulaField, parse_formula
from auditor.languages.literals import HardCoded
from auditor.languages.problem import SyntaxProblem

Mention = tuple[str, str, str]


def _mentions(text: str) -> list[Mention]:
    return [(item.path, item.function, item.role.value) for item in parse_formula(text).fields]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param("Amount", [("Amount", "", "value")], id="a bare field"),
        pytest.param(
            "Account.Owner.Name", [("Account.Owner.Name", "", "value")], id="a path over standard lookups"
        ),
        pytest.param("A__r.B__r.C__c", [("A__r.B__r.C__c", "", "value")], id="a path over custom lookups"),
        pytest.param("$User.UserRole.Name", [("$User.UserRole.Name", "", "value")], id="a global variable"),
        pytest.param(
            "$CustomMetadata.T__mdt.2nd.F__c",
            [("$CustomMetadata.T__mdt.2nd.F__c", "", "value")],
            id="a record name may begin with a digit",
        ),
        pytest.param("$Setup.O__c.F__c * 2", [("$Setup.O__c.F__c", "", "value")], id="a custom setting"),
        pytest.param("if(true, null, False)", [], id="words of the language are no fields, in any case"),
        pytest.param("\"F__c\" & 'G__c'", [], id="a name in quotes is text"),
        pytest.param('"a \\" F__c" & G__c', [("G__c", "", "value")], id="a quote within a text is escaped"),
        pytest.param("/* F__c */ G__c", [("G__c", "", "value")], id="a comment means nothing"),
        pytest.param("/* F__c", [], id="an open comment ends with the text"),
        pytest.param("ISBLANK(F__c)", [("F__c", "ISBLANK", "blank")], id="tested for blank"),
        pytest.param("IsNull( F__c )", [("F__c", "ISNULL", "blank")], id="functions ignore case"),
        pytest.param('ISPICKVAL(F__c, "")', [("F__c", "ISPICKVAL", "blank")], id="compared with no choice"),
        pytest.param("ISPICKVAL(F__c, 'x')", [("F__c", "ISPICKVAL", "value")], id="compared with a choice"),
        pytest.param('F__c = ""', [("F__c", "", "blank")], id="compared with an empty text"),
        pytest.param("NULL <> F__c", [("F__c", "", "blank")], id="compared with null, the other way round"),
        pytest.param("LEN(F__c) = 0", [("F__c", "LEN", "blank")], id="a length compared with zero"),
        pytest.param("LEN(TRIM(F__c)) < 1", [("F__c", "TRIM", "blank")], id="a length below one"),
        pytest.param("0 = LEN(F__c)", [("F__c", "LEN", "blank")], id="zero compared with a length"),
        pytest.param("1 > LEN(F__c)", [("F__c", "LEN", "blank")], id="one above a length"),
        pytest.param("LEN(F__c) > 1", [("F__c", "LEN", "value")], id="a length above one is a value"),
        pytest.param("LEN(F__c) = 5", [("F__c", "LEN", "value")], id="another length is a value"),
        pytest.param("F__c = 0", [("F__c", "", "value")], id="zero itself is a value"),
        pytest.param('F__c & G__c = ""', [("F__c", "", "value"), ("G__c", "", "value")], id="two fields at once"),
        pytest.param(
            'A__c = "" && B__c || C__c <> null',
            [("A__c", "", "blank"), ("B__c", "", "value"), ("C__c", "", "blank")],
            id="each term on its own",
        ),
        pytest.param("ISCHANGED(F__c)", [("F__c", "ISCHANGED", "change")], id="tested for change"),
        pytest.param("PRIORVALUE(F__c) > 1", [("F__c", "PRIORVALUE", "prior")], id="the value before"),
        pytest.param("ISBLANK(PRIORVALUE(F__c))", [("F__c", "PRIORVALUE", "blank")], id="the outer test wins"),
        pytest.param("(ISBLANK((F__c)))", [("F__c", "ISBLANK", "blank")], id="brackets mean nothing"),
        pytest.param("MAX(1,(F__c))", [("F__c", "MAX", "value")], id="the function around brackets"),
        pytest.param("RowCount", [("RowCount", "", "value")], id="a report's own column is left to the caller"),
        pytest.param("ÅÄÖ__c + 1", [("ÅÄÖ__c", "", "value")], id="letters beyond ASCII are letters"),
    ],
)
def test_fields_are_found_with_what_is_done_to_them(text: str, expected: list[Mention]) -> None:
    assert expected == _mentions(text)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param(
            "VALUE({!price}) + {!var.F__c}",
            (
                FormulaField("price", 8, "VALUE", anchored=True),
                FormulaField("var.F__c", 20, anchored=True),
            ),
            id="braces of a flow mark variables",
        ),
        pytest.param(
            "[Account].Industry",
            (FormulaField("Account.Industry", 0, anchored=True),),
            id="brackets of a process mark the object",
        ),
        pytest.param(
            "Account.Contacts$Amount__c:SUM / 2",
            (FormulaField("Account.Contacts$Amount__c", 0, aggregate="SUM"),),
            id="a report's summary keeps table and aggregate apart",
        ),
    ],
)
def test_anchored_names_and_aggregates_are_marked(text: str, expected: tuple[FormulaField, ...]) -> None:
    assert expected == parse_formula(text).fields


def test_functions_and_hard_coded_values_are_listed() -> None:
    text = 'IF(Id = "001D000000IRt53IAD", HYPERLINK("https://a.example", "x"), "")'
    expected = Formula(
        (FormulaField("Id", 3, "IF"),),
        ("HYPERLINK", "IF"),
        (
            HardCoded("id", "001D000000IRt53IAD", 9, certain=True),
            HardCoded("url", "https://a.example", 41, certain=True),
        ),
    )
    assert expected == parse_formula(text)


def test_offsets_count_from_where_the_formula_stands() -> None:
    assert (FormulaField("F__c", 104, "NOT"),) == parse_formula("NOT(F__c)", start=100).fields


@pytest.mark.parametrize(
    ("text", "fields", "problem"),
    [
        pytest.param("IF(F__c, 1", ["F__c"], SyntaxProblem("a bracket is not closed", 10), id="an open bracket"),
        pytest.param(
            "F__c) + G__c", ["F__c", "G__c"], SyntaxProblem("unexpected ')'", 4), id="one bracket too many"
        ),
        pytest.param('F__c & "x', ["F__c"], SyntaxProblem("unexpected '\"'", 7), id="an open quote"),
        pytest.param("F__c # G__c", ["F__c", "G__c"], SyntaxProblem("unexpected '#'", 5), id="a stray sign"),
        pytest.param("", [], None, id="nothing"),
    ],
)
def test_broken_formulas_still_yield_their_fields(
    text: str, fields: list[str], problem: SyntaxProblem | None
) -> None:
    found = parse_formula(text)
    assert (fields, problem) == ([item.path for item in found.fields], found.problem)


_VOLUNTEERS = "sf-volunteers-mdapi/src/"
_MOTORS = "sf-electron-motors/force-app/main/default/"
_EDA = "sf-eda/sf-eda.tar.gz:force-app/main/default/objects/"
_NS = "%%%NAMESPACE%%%"


def _address(part: str) -> list[Mention]:
    """What `if(ISBLANK(part), "", part & …)` mentions."""
    return [(part, "ISBLANK", "blank"), (part, "IF", "value")]


# Read by hand in the files; the number says which formula of the file it is.
CORPUS_CASES = [
    pytest.param(
        _VOLUNTEERS + "objects/Volunteer_Hours__c.object",
        0,
        [("Contact__r.LastName", "", "value"), ("Contact__r.FirstName", "", "value")],
        id="volunteers: the full name joins two fields of the contact",
    ),
    pytest.param(
        _VOLUNTEERS + "objects/Volunteer_Hours__c.object",
        1,
        [("Volunteer_Shift__r.Start_Date_Time__c", "", "value")],
        id="volunteers: the start is that of the shift",
    ),
    pytest.param(
        _VOLUNTEERS + "objects/Volunteer_Hours__c.object",
        2,
        [
            ("Status__c", "ISPICKVAL", "value"),
            ("Hours_Worked__c", "IF", "value"),
            ("Number_of_Volunteers__c", "IF", "value"),
        ],
        id="volunteers: total hours depend on a status",
    ),
    pytest.param(
        _VOLUNTEERS + "objects/Volunteer_Hours__c.object",
        3,
        [("Volunteer_Job__r.Campaign__r.Name", "", "value")],
        id="volunteers: a path of three parts",
    ),
    pytest.param(
        _VOLUNTEERS + "objects/Volunteer_Hours__c.object",
        5,
        [("Status__c", "ISPICKVAL", "value"), ("Hours_Worked__c", "ISNULL", "blank")],
        id="volunteers: a completed entry requires hours",
    ),
    pytest.param(
        _VOLUNTEERS + "objects/Volunteer_Hours__c.object",
        6,
        [("Status__c", "ISPICKVAL", "blank")],
        id="volunteers: a status is required",
    ),
    pytest.param(
        _VOLUNTEERS + "objects/Volunteer_Job__c.object",
        0,
        [("External_Signup_Url__c", "ISBLANK", "blank"), ("External_Signup_Url__c", "REGEX", "value")],
        id="volunteers: an address may be blank or well formed",
    ),
    pytest.param(
        _VOLUNTEERS + "workflows/Contact.workflow",
        0,
        [("Volunteer_Last_Web_Signup_Date__c", "", "value")],
        id="volunteers: a date compared with today",
    ),
    pytest.param(
        _VOLUNTEERS + "workflows/Volunteer_Hours__c.workflow",
        2,
        [
            ("Status__c", "ISPICKVAL", "value"),
            ("Status__c", "ISPICKVAL", "value"),
            ("Contact__r.Email", "ISBLANK", "blank"),
            ("Contact__r.Volunteer_Auto_Reminder_Email_Opt_Out__c", "NOT", "value"),
            ("Start_Date__c", "", "value"),
        ],
        id="volunteers: a reminder is due",
    ),
    pytest.param(
        _MOTORS + "objects/Vehicle__c/fields/Contact_Name__c.field-meta.xml",
        0,
        [("Owner__r.FirstName", "", "value"), ("Owner__r.LastName", "", "value")],
        id="motors: the owner's name",
    ),
    pytest.param(
        _EDA + "Attendance_Event__c/fields/Course_Name__c.field-meta.xml",
        0,
        [("Course_Connection__r.Course_Offering__r.Course__r.Name", "", "value")],
        id="eda: a path of four parts",
    ),
    pytest.param(
        _EDA + "Behavior_Response__c/fields/Contact__c.field-meta.xml",
        0,
        [
            ("Behavior_Involvement__r.Contact__c", "HYPERLINK", "value"),
            ("Behavior_Involvement__r.Contact__r.FirstName", "HYPERLINK", "value"),
            ("Behavior_Involvement__r.Contact__r.LastName", "HYPERLINK", "value"),
        ],
        id="eda: a link to a contact",
    ),
    pytest.param(
        _EDA + "Relationship__c/validationRules/Contact_Do_Not_Change.validationRule-meta.xml",
        0,
        [("Contact__c", "ISCHANGED", "change")],
        id="eda: a contact must not change",
    ),
    pytest.param(
        _EDA + "Relationship__c/fields/Relationship_Explanation__c.field-meta.xml",
        0,
        [
            ("RelatedContact__r.Salutation", "TEXT", "value"),
            ("RelatedContact__r.FirstName", "", "value"),
            ("RelatedContact__r.LastName", "", "value"),
            ("$Label.Relationship_Explanation_Connector", "", "value"),
            ("Contact__r.Salutation", "TEXT", "value"),
            ("Contact__r.FirstName", "", "value"),
            ("Contact__r.LastName", "", "value"),
            ("Type__c", "TEXT", "value"),
        ],
        id="eda: a sentence with a label in it",
    ),
    pytest.param(
        _EDA + "Contact/fields/Work_Address__c.field-meta.xml",
        0,
        [
            ("Primary_Address_Type__c", "ISPICKVAL", "value"),
            *_address("MailingStreet"),
            *_address("MailingCity"),
            *_address("MailingState"),
            *_address("MailingPostalCode"),
            *_address("MailingCountry"),
            ("Secondary_Address_Type__c", "ISPICKVAL", "value"),
            *_address("OtherStreet"),
            *_address("OtherCity"),
            *_address("OtherState"),
            *_address("OtherPostalCode"),
            *_address("OtherCountry"),
        ],
        id="eda: the parts of one of two addresses",
    ),
    pytest.param(
        "sf-eda/sf-eda.tar.gz:unpackaged/post/facility_display_name/objects/___NAMESPACE___Facility__c.object",
        0,
        [
            (_NS + "Parent_Facility__c", "ISBLANK", "blank"),
            (_NS + "Parent_Facility__r.Name", "IF", "value"),
            ("Name", "IF", "value"),
            (_NS + "Account__c", "ISBLANK", "blank"),
            (_NS + "Account__r.Name", "IF", "value"),
            ("Name", "IF", "value"),
            ("Name", "IF", "value"),
        ],
        id="eda: names with a namespace token",
    ),
]


@pytest.mark.parametrize(("place", "position", "expected"), CORPUS_CASES)
def test_formulas_of_real_repositories(corpora: Path, place: str, position: int, expected: list[Mention]) -> None:
    found = re.findall(
        r"<(?:formula|errorConditionFormula)>(.*?)</(?:formula|errorConditionFormula)>",
        _content(corpora, place),
        re.DOTALL,
    )
    assert expected == _mentions(html.unescape(found[position]))


def _content(corpora: Path, place: str) -> str:
    archive, colon, member = place.partition(":")
    if not colon:
        return (corpora / place).read_text(encoding="utf-8")
    with tarfile.open(corpora / archive) as opened:
        stream = opened.extractfile(f"./{member}")
        assert stream is not None
        return stream.read().decode("utf-8")
