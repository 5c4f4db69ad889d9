"""References of real flows and workflows, each read by a person in the file before it was written down here."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from auditor.sources.salesforce.parsed import Parsed

CorpusRead = dict[str, tuple[Path, Parsed]]
Said = Callable[[Parsed], list[str]]
MOTORS, VOLUNTEERS = "sf-electron-motors", "sf-volunteers-mdapi"

LINES = {
    "a merge field of a process's variable in the text of a notification": (
        f"{MOTORS}/Vehicle_Status_Changed",
        50,
        ["reads action_input Vehicle__c:Name", "reads action_input Vehicle__c:Status__c"],
    ),
    "a reference that is added to a collection of texts": (
        f"{MOTORS}/Vehicle_Status_Changed",
        112,
        ["reads assigned_value Vehicle__c:OwnerId"],
    ),
    "the old value in a condition of a process": (
        f"{MOTORS}/Vehicle_Status_Changed",
        139,
        ["reads condition Vehicle__c:Status__c"],
    ),
    "a field that is set on a record that is saved later": (
        f"{MOTORS}/Approve_Loan",
        10,
        ["writes assignment Vehicle__c:SAP_ID__c"],
    ),
    "a filter of Get Records": (f"{MOTORS}/Approve_Loan", 93, ["reads filter Vehicle__c:SAP_ID__c"]),
    "a field that is loaded into a variable": (
        f"{MOTORS}/Approve_Loan",
        124,
        ["reads queried Loan__c:FirstName__c"],
    ),
    "a variable that is filled field by field": (
        f"{MOTORS}/Approve_Loan",
        123,
        ["lists assignment Loan__c:FirstName__c"],
    ),
    "a value of another object's record in a filter": (
        f"{MOTORS}/Approve_Loan",
        153,
        ["reads value Loan__c:Vehicle__c"],
    ),
    "records that are saved by the name of their variable": (
        f"{MOTORS}/Approve_Loan",
        169,
        ["writes update Vehicle__c:"],
    ),
    "two merge fields in a text on a screen": (
        f"{MOTORS}/Approve_Loan",
        215,
        ["reads screen Loan__c:FirstName__c", "reads screen Loan__c:LastName__c"],
    ),
    "a picklist that is offered on a screen": (
        f"{MOTORS}/Order_Vehicle",
        71,
        ["shows choice Vehicle__c:Payment_Type__c"],
    ),
    "a field that is written without a value": (
        f"{MOTORS}/Order_Vehicle",
        139,
        ["writes create Invoice__c:Price__c"],
    ),
    "a default that stands behind a lookup": (
        f"{MOTORS}/Order_Vehicle",
        478,
        ["reads screen Vehicle__c:Owner__r.Employer__c"],
    ),
    "a process that updates the parent by its id": (
        f"{MOTORS}/Loan_Process",
        281,
        ["writes update Vehicle__c:Manufacturing_Status__c"],
    ),
    "standard fields on both sides of a condition": (
        f"{MOTORS}/Loan_Process",
        78,
        ["reads condition Loan__c:LastModifiedDate"],
    ),
    "records that are deleted": (f"{MOTORS}/Reset_Vehicle", 35, ["writes delete Loan__c:"]),
    "the recipient of an alert": (
        f"{VOLUNTEERS}/Volunteer_Hours__c",
        18,
        ["reads recipient Volunteer_Hours__c:Contact__c"],
    ),
    "a field update and its formula": (
        f"{VOLUNTEERS}/Volunteer_Hours__c",
        38,
        ["writes update Volunteer_Hours__c:End_Date__c"],
    ),
    "the formula of a rule, with fields behind a lookup": (
        f"{VOLUNTEERS}/Volunteer_Hours__c",
        87,
        [
            "reads criteria Volunteer_Hours__c:Status__c",
            "reads criteria Volunteer_Hours__c:Contact__r.Email",
            "reads criteria Volunteer_Hours__c:Contact__r.Volunteer_Auto_Reminder_Email_Opt_Out__c",
            "reads criteria Volunteer_Hours__c:Start_Date__c",
        ],
    ),
    "a criterion that names its object": (
        f"{VOLUNTEERS}/Lead",
        40,
        ["reads criteria qualified Lead:Lead.Volunteer_Status__c"],
    ),
}


@pytest.mark.parametrize(("file", "line", "expected"), LINES.values(), ids=LINES.keys())
def test_what_stands_on_one_line(
    corpus_read: CorpusRead, placed: Said, file: str, line: int, expected: list[str]
) -> None:
    said = [item.removeprefix(f"{line} ") for item in placed(corpus_read[file][1]) if item.startswith(f"{line} ")]
    assert expected == said


FLOWS = {
    "Approve_Loan": (None, True, "screen", ["screen -"], []),
    "Decline_loan": (None, True, "screen", ["screen -"], []),
    "Loan_Process": ("Loan__c", True, "record", [], []),
    "Order_Vehicle": (
        None,
        True,
        "screen",
        ["creates Invoice__c", "creates Loan__c", "screen -"],
        ["lwc loanCalculator", "aura loanCalculator", "flow Price_Quote"],
    ),
    "Price_Quote": (None, True, "called", [], []),
    "Reset_Vehicle": (None, True, "screen", ["deletes Loan__c", "screen -"], []),
    "Vehicle": (
        "Vehicle__c",
        False,
        "record",
        ["message -"],
        ["apex_class VehicleApex", "apex_class VehicleDelivered"],
    ),
    "Vehicle_Status_Changed": ("Vehicle__c", True, "record", ["message -"], []),
}


@pytest.mark.parametrize(("flow", "expected"), FLOWS.items(), ids=FLOWS.keys())
def test_what_a_real_flow_is_and_does(
    corpus_read: CorpusRead,
    called: Said,
    does: Said,
    flow: str,
    expected: tuple[str | None, bool, str, list[str], list[str]],
) -> None:
    parsed = corpus_read[f"{MOTORS}/{flow}"][1]
    component = parsed.components[0]
    callees = [line.removeprefix(f"{flow} > ") for line in called(parsed)]
    assert expected == (component.object, component.active, component.trigger, does(parsed), callees)
