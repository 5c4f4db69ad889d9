"""Rules that test, match, share and route: which fields decide, and what happens then."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from auditor.model.components import Effect
from auditor.sources.salesforce.parsed import Parsed

Read = Callable[[str, str], Parsed]
Lines = Callable[[Parsed], list[str]]

_VALIDATION = "objects/Deal__c/validationRules/R.validationRule-meta.xml"
_CASES = [
    pytest.param(
        _VALIDATION,
        "<ValidationRule><fullName>R</fullName><active>true</active>\n"
        '<errorConditionFormula>AND(ISBLANK(Why__c), Account__r.Tier__c = "A", $User.IsActive,'
        " PRIORVALUE(Stage__c) = $CustomMetadata.T__mdt.Rec.Top__c)</errorConditionFormula>\n"
        "<errorDisplayField>Why__c</errorDisplayField></ValidationRule>",
        [
            "2 requires condition Deal__c:Why__c path",
            "2 reads condition Deal__c:Account__r.Tier__c path",
            "2 reads condition User:IsActive path",
            "2 reads condition Deal__c:Stage__c path",
            "2 reads condition T__mdt:Top__c path",
            "3 requires error_place Deal__c:Why__c path",
        ],
        id="a rule reads what it compares and requires what it only tests for blank",
    ),
    pytest.param(
        _VALIDATION,
        "<ValidationRule><fullName>R</fullName><errorConditionFormula>OR(ISBLANK(A__c), A__c &gt; 1,"
        " LEN(B__c) = 0, ISPICKVAL(C__c, &quot;&quot;), a__c &lt; 0)</errorConditionFormula></ValidationRule>",
        [
            "1 reads condition Deal__c:A__c path",
            "1 requires condition Deal__c:B__c path",
            "1 requires condition Deal__c:C__c path",
            "1 reads condition Deal__c:a__c path",
        ],
        id="a field that is tested for blank and compared is read, in whatever case it is written",
    ),
    pytest.param(
        "matchingRules/Account.matchingRule-meta.xml",
        "<MatchingRules><matchingRules><fullName>M</fullName><matchingRuleItems><fieldName>Name</fieldName>"
        "</matchingRuleItems><ruleStatus>Active</ruleStatus></matchingRules></MatchingRules>",
        ["1 reads match Account:Name path"],
        id="a matching rule reads what it compares",
    ),
    pytest.param(
        "duplicateRules/Account.D.duplicateRule-meta.xml",
        "<DuplicateRule><duplicateRuleFilter><duplicateRuleFilterItems><field>Department</field><table>$User</table>"
        "</duplicateRuleFilterItems></duplicateRuleFilter><duplicateRuleMatchRules><matchRuleSObjectType>Lead"
        "</matchRuleSObjectType><matchingRule>L</matchingRule><objectMapping><inputObject>Account</inputObject>"
        "<mappingFields><inputField>Name</inputField><outputField>Company</outputField></mappingFields>"
        "<outputObject>Lead</outputObject></objectMapping></duplicateRuleMatchRules></DuplicateRule>",
        [
            "1 reads filter User:Department path",
            "1 reads mapping Account:Name path",
            "1 reads mapping Lead:Company path",
        ],
        id="a duplicate rule reads its filter and both sides of its mapping",
    ),
    pytest.param(
        "sharingRules/Deal__c.sharingRules-meta.xml",
        "<SharingRules><sharingCriteriaRules><fullName>S</fullName><criteriaItems><field>Stage__c</field>"
        "</criteriaItems></sharingCriteriaRules><sharingOwnerRules><fullName>O</fullName></sharingOwnerRules>"
        "</SharingRules>",
        ["1 reads criteria Deal__c:Stage__c path"],
        id="sharing rules read their criteria",
    ),
    pytest.param(
        "sharingRules/Account.accountSharingRules",
        "<AccountSharingRules><criteriaBasedRules><fullName>S</fullName><criteriaItems><field>Tier__c</field>"
        "</criteriaItems></criteriaBasedRules></AccountSharingRules>",
        ["1 reads criteria Account:Tier__c path"],
        id="so do those of the oldest format",
    ),
    pytest.param(
        "sharingRules/Account/sharingCriteriaRules/S.sharingCriteriaRule-meta.xml",
        "<SharingCriteriaRule><fullName>S</fullName><criteriaItems><field>Tier__c</field></criteriaItems>"
        "</SharingCriteriaRule>",
        ["1 reads criteria Account:Tier__c path"],
        id="and those in files of their own",
    ),
    pytest.param(
        "assignmentRules/Case.assignmentRules-meta.xml",
        "<AssignmentRules><assignmentRule><fullName>A</fullName><ruleEntry><criteriaItems><field>Case.Origin</field>"
        "</criteriaItems></ruleEntry><ruleEntry>"
        "<formula>ISPICKVAL(Type, 'X') &amp;&amp; Account.Tier__c = 'A'</formula>"
        "</ruleEntry></assignmentRule></AssignmentRules>",
        [
            "1 reads criteria Case:Case.Origin qualified",
            "1 reads formula Case:Type path",
            "1 reads formula Case:Account.Tier__c path",
        ],
        id="an assignment rule reads criteria and formulas on its object",
    ),
    pytest.param(
        "escalationRules/Case.escalationRules",
        "<EscalationRules><escalationRule><fullName>E</fullName><ruleEntry><criteriaItems><field>Case.Priority</field>"
        "</criteriaItems></ruleEntry></escalationRule></EscalationRules>",
        ["1 reads criteria Case:Case.Priority qualified"],
        id="an escalation rule reads its criteria",
    ),
    pytest.param(
        "restrictionRules/R.rule-meta.xml",
        "<RestrictionRule><recordFilter>Owner__c = $User.Id</recordFilter><targetEntity>Deal__c</targetEntity>"
        "<userCriteria>$User.Department = 'X'</userCriteria></RestrictionRule>",
        [
            "1 reads filter Deal__c:Owner__c path",
            "1 reads filter User:Id path",
            "1 reads user_criteria User:Department path",
        ],
        id="a restriction rule reads the record and the user",
    ),
    pytest.param(
        "moderation/S.M.rule",
        "<ModerationRule><action>Block</action><entitiesAndFields><entityName>Deal__c</entityName>"
        "<fieldName>Note__c</fieldName></entitiesAndFields></ModerationRule>",
        ["1 reads searched Deal__c:Note__c path"],
        id="a moderation rule shares the suffix and reads the texts that it searches",
    ),
    pytest.param(
        "entitlementProcesses/E.entitlementProcess",
        "<EntitlementProcess><SObjectType>Case</SObjectType><entryStartDateField>Case.Start__c</entryStartDateField>"
        "<exitCriteriaFilterItems><field>Case.IsClosed</field></exitCriteriaFilterItems><milestones>"
        "<milestoneCriteriaFormula>Severity__c = 1</milestoneCriteriaFormula></milestones></EntitlementProcess>",
        [
            "1 reads entry Case:Case.Start__c qualified",
            "1 reads exit Case:Case.IsClosed qualified",
            "1 reads milestone Case:Severity__c path",
        ],
        id="an entitlement process reads its entry, its exit and its milestones",
    ),
    pytest.param(
        "sharingSets/S.sharingSet",
        "<SharingSet><accessMappings><object>Deal__c</object><objectField>Contact__c</objectField>"
        "<userField>Contact</userField></accessMappings></SharingSet>",
        ["1 reads key Deal__c:Contact__c path", "1 reads key User:Contact path"],
        id="a sharing set reads the key on both sides",
    ),
]
_EFFECTS = [
    pytest.param(
        _VALIDATION,
        "<ValidationRule><fullName>R</fullName></ValidationRule>",
        [Effect.BLOCKS_SAVE],
        id="validation",
    ),
    pytest.param(
        "duplicateRules/Account.D.duplicateRule",
        "<DuplicateRule><actionOnInsert>Block</actionOnInsert></DuplicateRule>",
        [Effect.BLOCKS_SAVE],
        id="a duplicate rule that blocks",
    ),
    pytest.param(
        "duplicateRules/Account.D.duplicateRule",
        "<DuplicateRule><actionOnInsert>Allow</actionOnInsert></DuplicateRule>",
        [Effect.SCREEN],
        id="a duplicate rule that warns",
    ),
    pytest.param(
        "sharingRules/Account.sharingRules",
        "<SharingRules><sharingOwnerRules><fullName>O</fullName></sharingOwnerRules></SharingRules>",
        [Effect.GRANTS_ACCESS],
        id="sharing",
    ),
    pytest.param(
        "autoResponseRules/Case.autoResponseRules",
        "<AutoResponseRules><autoResponseRule><fullName>A</fullName></autoResponseRule></AutoResponseRules>",
        [Effect.ROUTES, Effect.MESSAGE],
        id="automatic response",
    ),
    pytest.param("assignmentRules/Case.assignmentRules", "<AssignmentRules/>", [], id="an object without rules"),
]


@pytest.mark.parametrize(("path", "text", "expected"), _CASES)
def test_mentions(read: Read, said: Lines, path: str, text: str, expected: list[str]) -> None:
    assert expected == said(read(path, text))


@pytest.mark.parametrize(("path", "text", "expected"), _EFFECTS)
def test_effects(read: Read, path: str, text: str, expected: list[Effect]) -> None:
    parsed = read(path, text)

    assert expected == [item.effect for component in parsed.components for item in component.effects]


@pytest.mark.parametrize(
    ("path", "text", "expected"),
    [
        pytest.param(
            "matchingRules/Account.matchingRule",
            "<MatchingRules><matchingRules><fullName>M</fullName><ruleStatus>Active</ruleStatus></matchingRules>"
            "<matchingRules><fullName>N</fullName><ruleStatus>Inactive</ruleStatus></matchingRules></MatchingRules>",
            [("Account.M", True), ("Account.N", False)],
            id="status of matching rules",
        ),
        pytest.param(
            _VALIDATION,
            "<ValidationRule><fullName>R</fullName><active>false</active></ValidationRule>",
            [("Deal__c.R", False)],
            id="flag of a validation rule",
        ),
        pytest.param(
            "assignmentRules/Case.assignmentRules",
            "<AssignmentRules><assignmentRule><fullName>A</fullName><active>true</active></assignmentRule></AssignmentRules>",
            [("Case.A", True)],
            id="flag of an assignment rule",
        ),
        pytest.param(
            "flowDefinitions/F.flowDefinition",
            "<FlowDefinition><activeVersionNumber>0</activeVersionNumber></FlowDefinition>",
            [("F", False)],
            id="version 0 of a flow is none",
        ),
    ],
)
def test_names_and_activity(read: Read, path: str, text: str, expected: list[tuple[str, bool | None]]) -> None:
    assert expected == [(item.name, item.active) for item in read(path, text).components]


def test_duplicate_rules_call_matching_rules(read: Read, called: Lines) -> None:
    text = (
        "<DuplicateRule><duplicateRuleMatchRules><matchRuleSObjectType>Lead</matchRuleSObjectType>"
        "<matchingRule>L</matchingRule></duplicateRuleMatchRules></DuplicateRule>"
    )

    assert called(read("duplicateRules/Account.D.duplicateRule", text)) == ["Account.D > matching_rule Lead.L"]


def test_a_condition_that_cannot_be_read_to_its_end_says_so(read: Read) -> None:
    formula = "<errorConditionFormula>AND(A__c, (</errorConditionFormula>"
    text = f"<ValidationRule><fullName>R</fullName>{formula}</ValidationRule>"
    parsed = read(_VALIDATION, text)

    assert [item.path for item in parsed.mentions] == ["A__c"]
    assert [item.reason for item in parsed.skipped] == [
        "Deal__c.R: a bracket is not closed; the fields before it were read"
    ]
