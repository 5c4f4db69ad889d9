from __future__ import annotations

import pytest

from auditor.languages.global_variables import GlobalTarget, global_target


@pytest.mark.parametrize(
    ("path", "expected"),
    [
        pytest.param("$User.Manager.Email", GlobalTarget("User", "Manager.Email"), id="the user"),
        pytest.param("$profile.Name", GlobalTarget("Profile", "Name"), id="the profile, in any case"),
        pytest.param("$Organization.Country", GlobalTarget("Organization", "Country"), id="the company"),
        pytest.param(
            "$RecordType.DeveloperName", GlobalTarget("RecordType", "DeveloperName"), id="the record type"
        ),
        pytest.param("$Setup.O__c.F__c", GlobalTarget("O__c", "F__c"), id="a custom setting"),
        pytest.param("$CustomMetadata.T__mdt.Rec.F__c", GlobalTarget("T__mdt", "F__c"), id="a metadata record"),
        pytest.param(
            "$ObjectType.Account.Fields.F__c.Label",
            GlobalTarget("Account", "F__c", names_only=True),
            id="a field's label",
        ),
        pytest.param(
            "$ObjectType.Account.Label", GlobalTarget("Account", "", names_only=True), id="an object's label"
        ),
        pytest.param("$Record.Owner.Name", GlobalTarget("", "Owner.Name"), id="the record of a flow"),
        pytest.param("$Record__Prior.F__c", GlobalTarget("", "F__c"), id="the record as it was"),
        pytest.param("$Source.F__c", GlobalTarget("", "F__c"), id="the record that a filter starts from"),
        pytest.param("$Label.Hello", None, id="a label reads no field"),
        pytest.param("$Permission.P", None, id="a permission reads no field"),
        pytest.param("$Api.Session_ID", None, id="the session reads no field"),
        pytest.param("$User", None, id="a variable alone reads no field"),
        pytest.param("Name", None, id="a field is no global variable"),
    ],
)
def test_global_variables_lead_to_fields(path: str, expected: GlobalTarget | None) -> None:
    assert expected == global_target(path)
