"""A small audit's result, made by hand, and the same with every text hostile."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from auditor.model.catalogue import Role, Skipped
from auditor.model.components import IntegrationPoint
from auditor.model.findings import Datum, Finding, Outcome, PolicyInfo, Severity, Witness
from auditor.model.functions import Function, FunctionShares
from auditor.model.liveness import Candidate, LivenessReport, StanceCount
from auditor.model.results import (
    AuditResult,
    Card,
    Coverage,
    DriftCoverage,
    DriftRow,
    EvidenceGap,
    Fitness,
    Growth,
    GrowthRow,
    InventoryRow,
    PolicyTally,
    SystemPoint,
    SystemSummary,
    Tier,
    UnreadChannel,
)
from auditor.model.values import ABSENT, CountRange, DateRange, Never, Unknown
from tests.report.plan_samples import plan_of

NEVER_FILLED = PolicyInfo(
    id="sprawl/never-adopted",
    title="Field that was never filled",
    severity=Severity.HIGH,
    pillar="usage",
    why="Somebody asked for it and nobody uses it.",
    fix="1. Ask the requester. 2. Take it off pages.",
    origin="pack:sprawl",
)
TINY = PolicyInfo(
    id="sprawl/tiny-object",
    title="Custom object that holds next to nothing",
    severity=Severity.MEDIUM,
    pillar="usage",
    why="An object costs pages and explanations.",
    fix="Ask its users.",
    origin="pack:sprawl",
)
UNUSED = PolicyInfo(
    id="sprawl/unused-field",
    title="Field that is neither read nor written",
    severity=Severity.MEDIUM,
    pillar="usage",
    why="It burdens every page.",
    fix="Find the reader.",
    origin="pack:sprawl",
)
FILL = "fill-by-cohort (/data/nordvik/kit/fill, 2026-11-20)"

FINDINGS = (
    Finding(
        policy="sprawl/never-adopted",
        subject="crm:Account.Fax__c",
        outcome=Outcome.VIOLATION,
        severity=Severity.HIGH,
        confidence="proven",
        message="Field that was never filled",
        evidence=(
            Datum("never_filled", "yes", FILL),
            Datum("readers", "3 actors", "report-event"),
            Datum("owner", "unknown"),
        ),
        witnesses=(Witness("crm:layout/Account-Account Layout", "shown_on", "layouts/Account.xml", 4),),
        path="objects/Account/Fax__c.xml",
        line=2,
        fingerprint="f1",
    ),
    Finding(
        policy="sprawl/tiny-object",
        subject="crm:Fair_Log__c",
        outcome=Outcome.VIOLATION,
        severity=Severity.MEDIUM,
        confidence="likely",
        message=f"{TINY.title}: newest created 2023-10-01 to 2023-12-31 (older than 395d)",
        evidence=(Datum("rows", "90 rows", FILL),),
        measured="90 rows",
        path="objects/Fair_Log__c.xml",
        fingerprint="f2",
    ),
    Finding(
        policy="sprawl/unused-field",
        subject="crm:Account.Region__c",
        outcome=Outcome.UNKNOWN,
        severity=Severity.MEDIUM,
        confidence="open",
        message="Field that is neither read nor written: cannot tell, since reads were not watched",
        unknowns=("reads were not watched (settled by report-event)",),
        settled_by=("report-event",),
        fingerprint="f3",
    ),
    Finding(
        policy="sprawl/unused-field",
        subject="crm:Account.Score__c",
        outcome=Outcome.WAIVED,
        severity=Severity.MEDIUM,
        confidence="proven",
        message="Field that is neither read nor written",
        fingerprint="f4",
        waiver="W-1 until 2027-01-31: a tender depends on it",
    ),
)

INVENTORY_FACTS = (
    "label",
    "type",
    "created",
    "fill_rate",
    "last_read",
    "readable_by",
    "reference_count",
    "never_filled",
)

_ORG = "tooling-custom-field (/data/nordvik/kit/F.csv, 2026-11-20)"
_LENGTH = ("length: 80 in the repository, 255 in the org",)

_DOING = tuple((str(each), number) for each, number in zip(Function, (1, 0, 2, 2, 0, 0, 1), strict=True))

SAMPLE = AuditResult(
    as_of=date(2026, 11, 21),
    company="Nordvik",
    systems=(
        SystemSummary(
            name="crm",
            role=Role.CRM,
            source_kinds=("salesforce",),
            location="/data/nordvik/salesforce",
            objects=2,
            custom_objects=1,
            fields=3,
            custom_fields=3,
            implied_fields=4,
            components=(("flow", 1), ("layout", 2)),
            references=(("grants", 1), ("reads", 3)),
            calls=1,
            integration_points=1,
            unresolved=2,
            skipped=1,
        ),
    ),
    findings=FINDINGS,
    tallies=(
        PolicyTally(NEVER_FILLED, violation=1, passed=2),
        PolicyTally(TINY, violation=1, not_applicable=1),
        PolicyTally(UNUSED, unknown=1, waived=1, passed=1),
    ),
    growth=(
        Growth(
            "crm",
            (
                GrowthRow("2026-Q2", 2, 0, 2, 2),
                GrowthRow("2026-Q3", 2, 1, 1, 3),
                GrowthRow("2026-Q4", 0, 0, 0, 3),
            ),
        ),
    ),
    coverage=(
        Coverage(
            source="runs",
            format="report-register",
            path="/data/nordvik/kit/Report.csv",
            system="crm",
            deed="run",
            since=None,
            until=date(2026, 11, 20),
            rows=41,
            subjects=35,
            truncated=True,
            note="41 reports, 3 users run them",
        ),
        Coverage("git", "git-history", "/data/nordvik/repo", "crm", "defined", None, date(2026, 11, 20), 9, None),
        Coverage(
            "org-fields",
            "tooling-custom-field",
            "/data/nordvik/kit/F.csv",
            "crm",
            "defined",
            None,
            date(2026, 11, 20),
            3,
            None,
        ),
        Coverage("fill", "fill-by-cohort", "/data/nordvik/kit/fill", "", "", None, date(2026, 11, 20), 813, None),
    ),
    unread=(
        UnreadChannel("crm", "list_view", "reads by list views were not watched", ("list-view-event",)),
        UnreadChannel("crm", "apex_class", "no apex class was read"),
    ),
    cards=(
        Card(
            Tier.ACT,
            "Field that was never filled",
            "sprawl/never-adopted",
            "crm:Account.Fax__c",
            "high",
            fix="1. Ask the requester. 2. Take it off pages.",
            owner="Sales operations",
            members=("crm:Account.Fax__c",),
        ),
        Card(
            Tier.ASK,
            "Custom object that holds next to nothing",
            "sprawl/tiny-object",
            "crm:Fair_Log__c",
            "medium",
            members=("crm:Fair_Log__c",),
        ),
        Card(
            Tier.GET,
            "Get report-event: it bears on 1 of 1 findings that are unknown. Who ran which report.",
            kind="report-event",
        ),
    ),
    gaps=(EvidenceGap("report-event", 1, ("sprawl/unused-field",)),),
    skipped=(Skipped("objects/Broken.xml", "not well-formed", 7),),
    assumptions=("email_template",),
    notices=("waiver W-9 fits nothing",),
    inventory_facts=INVENTORY_FACTS,
    inventory=(
        InventoryRow(
            "crm:Account.Fax__c",
            (
                *(
                    "Fax",
                    "Phone",
                    DateRange.on(date(2018, 2, 5)),
                    0.0,
                    Never(date(2025, 11, 21), date(2026, 11, 20)),
                ),
                *(3, CountRange(2, None), True),
            ),
        ),
        InventoryRow(
            "crm:Account.Region__c",
            (
                *("Region", "Text", DateRange(date(2022, 4, 1), date(2022, 6, 30)), 0.996, Unknown("not watched")),
                *(12, CountRange(2, 4), False),
            ),
        ),
        InventoryRow(
            "crm:Account.Score__c",
            (ABSENT, "Number", Unknown("not dated"), Unknown("not counted"), ABSENT, 0, 7, Unknown("not counted")),
        ),
    ),
    object_facts=("system", "name", "label", "in_use", "concept", "field_count", "limit"),
    objects=(
        InventoryRow("crm:Account", ("crm", "Account", ABSENT, True, Unknown("not recognised"), 3, 500)),
        InventoryRow(
            "crm:Fair_Log__c", ("crm", "Fair_Log__c", "Mässlogg", False, Unknown("not recognised"), 0, 500)
        ),
    ),
    facts={"crm:Account.Fax__c": {"never_filled": "yes", "readers": "3 actors"}},
    integration_points=(
        SystemPoint(
            "crm", IntegrationPoint("named_credential", "ERP", "creds/ERP.xml", 2, "out", "https://erp.example")
        ),
    ),
    drift=(
        DriftRow(
            *("crm", "crm:Account", "crm:Account.Clicked__c", "only_org", date(2026, 9, 23), "people"),
            source=_ORG,
        ),
        DriftRow(
            "crm", "crm:Account", "crm:Account.Region__c", "differs", date(2026, 10, 2), "", differs_in=_LENGTH
        ),
        DriftRow(
            *("crm", "crm:Account", "crm:Account.Score__c", "only_repo", date(2025, 1, 7), ""),
            deleted=date(2026, 11, 3),
            deleted_by="other",
        ),
        DriftRow("crm", "", "crm:flow/Night", "only_org"),
    ),
    drift_coverage=(
        DriftCoverage("crm", "field", 2, 1, 1, _ORG),
        DriftCoverage("crm", "flow", 1, 1, 0, "flow-register", beyond=1),
        DriftCoverage("crm", "log", 0, 0, 0, "setup-audit-trail", date(2026, 5, 25), date(2026, 11, 20)),
    ),
    fitness=(Fitness("crm", "cut short or not read wholly: runs", "nothing follows from what they do not hold"),),
    purposes=(
        FunctionShares("system", "crm", 9, _DOING, 3, (("decides", 0), ("guides", 1), ("informs", 0)), 1),
        FunctionShares("area", "Sales", 9, _DOING, 3, (("decides", 0), ("guides", 1), ("informs", 0)), 1),
        FunctionShares("object", "crm:Account", 9, _DOING, 3, (("decides", 0), ("guides", 1), ("informs", 0)), 1),
    ),
    liveness=LivenessReport(
        (
            StanceCount("crm", "keeps", False, 4, 1, 1, 3),
            StanceCount("crm", "possible", True, 3, 1, 4, 1),
            StanceCount("crm", "ignored", False, 3, 4, 1, 1),
        ),
        (
            Candidate("crm:Account.Old__c", "dead", (), date(2025, 11, 20), 0.0, True),
            Candidate("crm:Account.Fax__c", "unread", ("reads by reports were not watched",), None, None, False),
            Candidate("crm:Account.Hobby__c", "shown", ("crm:layout/Account-Page",), None, 0.125, False),
        ),
    ),
    policies_digest="d1",
    plan=plan_of(),
    disabled=("docs/help",),
)


def hostile(text: str) -> AuditResult:
    """The sample with one text wherever a label, a name, a description or a path of the company's may stand."""
    finding = replace(
        FINDINGS[0],
        message=f"Field that was never filled: {text}",
        evidence=(Datum("description", text, text),),
        witnesses=(Witness(text, "shown_on", text),),
        path=text,
        waiver=text,
    )
    waived = replace(FINDINGS[3], waiver=text)
    point = IntegrationPoint("named_credential", text, text, 2, "out", text, (text,))
    row = InventoryRow("crm:Account.Fax__c", (text, text, text, text, text, text, text, text))
    return replace(
        SAMPLE,
        company=text,
        systems=(replace(SAMPLE.systems[0], location=text),),
        findings=(finding, *FINDINGS[1:3], waived),
        tallies=(
            PolicyTally(replace(NEVER_FILLED, title=text, why=text, fix=text), violation=1),
            *SAMPLE.tallies[1:],
        ),
        coverage=(replace(SAMPLE.coverage[0], note=text, path=text, source=text),),
        unread=(UnreadChannel("crm", "x", text),),
        cards=(replace(SAMPLE.cards[0], owner=text, fix=text), *SAMPLE.cards[1:]),
        skipped=(Skipped(text, text),),
        assumptions=(text,),
        notices=(text,),
        inventory=(row,),
        objects=(InventoryRow("crm:Account", ("crm", text, text, text, text, 3, text)),),
        integration_points=(SystemPoint("crm", point),),
        drift=(DriftRow("crm", "", "crm:Account.Fax__c", "differs", differs_in=(text,), source=text),),
        drift_coverage=(DriftCoverage("crm", "field", 1, 1, 0, text),),
        fitness=(Fitness("crm", text, text),),
        purposes=tuple(FunctionShares(each, text, 9, _DOING, 3) for each in ("system", "area", "object")),
        liveness=LivenessReport(
            (StanceCount(text, "possible", True, 1, 1, 1, 1),),
            (Candidate(f"crm:Account.{text}", "shown", (text,), None, None, False),),
        ),
        plan=plan_of(text),
        disabled=(text,),
    )
