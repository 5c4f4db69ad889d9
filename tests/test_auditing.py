"""One audit from inputs to result, and the first page that is made of it."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from auditor.auditing import audit
from auditor.facts.base import Settings
from auditor.facts.catalogue import vocabulary
from auditor.facts.coverage import INVENTORY
from auditor.facts.limits import Limits
from auditor.formats.trees import open_tree
from auditor.judging import Inputs, facts_for
from auditor.model.catalogue import Catalog, Field, Governance, Object, Role, Skipped
from auditor.model.findings import Finding, Outcome, Severity
from auditor.model.observations import (
    Cohort,
    Deed,
    Definition,
    Evidence,
    EvidenceSource,
    Fill,
    SourceKind,
    Window,
)
from auditor.model.plans import ExportKind
from auditor.model.references import Access, Certainty, Reference
from auditor.model.results import (
    Card,
    Coverage,
    EvidenceGap,
    Growth,
    GrowthRow,
    PolicyTally,
    Tier,
    UnreadChannel,
)
from auditor.model.values import Absent, Unknown
from auditor.policy.documents import InstalledLibrary
from auditor.policy.gaps import evidence_gaps
from auditor.policy.loading import load_policies
from auditor.policy.syntax import PolicySet
from auditor.policy.waivers import Waiver, read_waivers
from auditor.ranking import CARDS
from auditor.sources.salesforce.source import read_salesforce

TODAY = date(2026, 11, 21)
RULES = """
version: 1
policies:
  - id: docs/purpose
    title: Field without a purpose
    severity: low
    pillar: documentation
    target: {kind: field, where: {custom: true}}
    forbid: {description_quality: missing}
    why: Nobody knows what it is for.
    fix: Write it down.
  - id: sprawl/never
    title: Field that was never filled
    severity: high
    pillar: usage
    target: {kind: field, where: {custom: true}}
    forbid: {never_filled: true}
    why: It costs and gives nothing.
    fix: Roll it back.
  - id: sprawl/unreferenced
    title: Field that nothing mentions
    severity: medium
    pillar: usage
    target: {kind: field, where: {custom: true}}
    forbid: {unreferenced: true}
    why: Nothing needs it.
    fix: Roll it back.
"""
FIELDS = tuple(
    Field("Account", f"{letter}__c", label=letter, type="Text", governance=Governance(business_owner=owner))
    for letter, owner in (("A", "Sales"), ("B", None), ("C", None))
)
CRM = Catalog(
    "crm",
    Role.CRM,
    "salesforce",
    objects=(Object("Account", custom=False, fields=FIELDS),),
    references=(Reference("report", "R", "Account.A__c", Access.READS, Certainty.CERTAIN, "r.xml", 1),),
    channels={"report": 1},
    skipped=(Skipped("b.xml", "not XML"),),
)
EVIDENCE = Evidence(
    sources=(EvidenceSource("fill", "fill-by-cohort", "fill.csv", SourceKind.REGISTER, TODAY, 9),),
    windows=(Window("fill", "crm", Deed.DEFINED, None, TODAY),),
    fills=(
        Fill("crm:Account.A__c", "fill", Cohort("2026-Q1"), 10, 0),
        Fill("crm:Account.B__c", "fill", Cohort("2026-Q1"), 10, 5),
    ),
    definitions=(Definition("crm:Account.A__c", "fill", created=date(2026, 8, 1)),),
    skipped=(Skipped("a.csv", "no header"),),
)


@pytest.fixture(scope="module")
def rules(tmp_path_factory: pytest.TempPathFactory) -> PolicySet:
    folder = tmp_path_factory.mktemp("policies")
    (folder / "rules.yaml").write_text(RULES, encoding="utf-8")
    return load_policies(["rules.yaml"], InstalledLibrary(folder), vocabulary())


@pytest.fixture(scope="module")
def inputs(rules: PolicySet) -> Inputs:
    exports = (ExportKind("fill-by-cohort", "How many rows hold a value.", free=True),)
    return Inputs((CRM,), EVIDENCE, rules, Settings(TODAY), limits=Limits(), company="Nordvik", exports=exports)


def test_findings_are_judged_and_the_rest_is_tallied(inputs: Inputs) -> None:
    result = audit(inputs)
    told = [(finding.policy, finding.subject, finding.outcome) for finding in result.findings]
    assert told == [
        ("sprawl/never", "crm:Account.A__c", Outcome.VIOLATION),
        ("sprawl/never", "crm:Account.C__c", Outcome.UNKNOWN),
        ("sprawl/unreferenced", "crm:Account.B__c", Outcome.UNKNOWN),
        ("sprawl/unreferenced", "crm:Account.C__c", Outcome.UNKNOWN),
        ("docs/purpose", "crm:Account.A__c", Outcome.VIOLATION),
        ("docs/purpose", "crm:Account.B__c", Outcome.VIOLATION),
        ("docs/purpose", "crm:Account.C__c", Outcome.VIOLATION),
    ]
    counts = [(each.violation, each.unknown, each.passed) for each in result.tallies]
    assert counts == [(3, 0, 0), (1, 1, 1), (0, 2, 1)]
    assert {type(each) for each in result.tallies} == {PolicyTally}


def test_the_first_page_acts_asks_and_gets(inputs: Inputs) -> None:
    cards = audit(inputs).cards
    assert [(card.tier, card.policy, card.subject, card.findings) for card in cards] == [
        (Tier.ACT, "sprawl/never", "crm:Account.A__c", 1),
        (Tier.ASK, "", "", 2),
        (Tier.GET, "", "", 1),
    ]
    assert [card.owner for card in cards] == ["Sales", "", ""]
    assert cards[1].sentence == (
        "Does the repository hold everything that there is? 2 findings of sprawl/unreferenced cannot be decided "
        "while kinds of component were not read; if it does, declare `complete: [repository]`."
    )
    assert cards[2] == Card(Tier.GET, cards[2].sentence, findings=1, kind="fill-by-cohort", extends=True)
    assert cards[2].sentence.startswith(
        "Extend fill-by-cohort to what it leaves out: it bears on 1 of 3 findings that are unknown."
    )


def test_what_is_declared_complete_is_printed_and_decides(inputs: Inputs) -> None:
    result = audit(replace(inputs, settings=Settings(TODAY, complete=frozenset({"repository"}))))
    assert result.assumptions == ("repository",)
    decided = [each.subject for each in result.findings if each.policy == "sprawl/unreferenced"]
    assert decided == ["crm:Account.B__c", "crm:Account.C__c"]
    assert {each.outcome for each in result.findings if each.policy == "sprawl/unreferenced"} == {
        Outcome.VIOLATION
    }


def test_growth_coverage_gaps_and_what_was_skipped(inputs: Inputs) -> None:
    result = audit(inputs)
    rows = (GrowthRow("2026-Q3", 1, 0, 1, 1), GrowthRow("2026-Q4", 0, 0, 0, 1))
    assert result.growth == (Growth("crm", rows, undated=2),)
    assert result.coverage == (
        Coverage(
            "fill",
            "fill-by-cohort",
            "fill.csv",
            "crm",
            "defined",
            None,
            TODAY,
            9,
            None,
            says=result.coverage[0].says,
        ),
    )
    assert result.coverage[0].says.startswith("How many rows hold a value")
    assert [gap.kind for gap in result.gaps] == ["fill-by-cohort", "record-extract"]
    assert result.skipped == (Skipped("a.csv", "no header"), Skipped("b.xml", "not XML"))
    assert UnreadChannel("crm", "flow", "no flow was read") in result.unread
    assert (
        UnreadChannel("crm", "api", "reads by queries through the API were not watched", ("api-event",))
        in result.unread
    )


def test_the_inventory_lists_every_custom_field(inputs: Inputs) -> None:
    result = audit(inputs)
    assert [row.subject for row in result.inventory] == [
        "crm:Account.A__c",
        "crm:Account.B__c",
        "crm:Account.C__c",
    ]
    assert result.inventory_facts == INVENTORY
    assert {len(row.values) for row in result.inventory} == {len(INVENTORY)}


def test_facts_that_findings_rest_on_stand_once(inputs: Inputs) -> None:
    facts = audit(inputs).facts
    assert list(facts) == ["crm:Account.A__c", "crm:Account.B__c", "crm:Account.C__c"]
    assert "never_filled" in facts["crm:Account.A__c"]


WAIVERS = """
waivers:
  - id: W-1
    policy: sprawl/never
    subject: crm:Account.A__c
    category: accepted
    reason: Needed at the turn of the year
    owner: sales
    approved_by: erp-owner
    approved_on: 2026-11-01
    expires: 2027-03-31
  - id: W-2
    policy: sprawl/never
    subject: crm:Account.Gone__c
    category: accepted
    reason: Needed once
    owner: sales
    approved_by: erp-owner
    approved_on: 2026-11-01
    expires: 2027-03-31
"""


def test_a_waiver_is_applied_and_one_that_fits_nothing_is_told(inputs: Inputs) -> None:
    waivers: tuple[Waiver, ...] = read_waivers(WAIVERS, "waivers.yaml")
    result = audit(replace(inputs, waivers=waivers))
    assert [each.subject for each in result.findings if each.outcome is Outcome.WAIVED] == ["crm:Account.A__c"]
    # With nothing graver left, what is of low severity comes to the first page: one card for all of an object.
    (card,) = [card for card in result.cards if card.tier is Tier.ACT]
    assert (card.policy, card.subject, card.findings) == ("docs/purpose", "crm:Account", 3)
    assert card.sentence == "Field without a purpose: 3 times in crm:Account"
    assert card.members == ("crm:Account.A__c", "crm:Account.B__c", "crm:Account.C__c")
    assert len(result.notices) == 1
    assert "W-2" in result.notices[0]


def test_the_same_inputs_give_the_same_result(inputs: Inputs) -> None:
    assert audit(inputs) == audit(inputs)


def _open(policy: str, *settled_by: str) -> Finding:
    return Finding(policy, "crm:A.B", Outcome.UNKNOWN, Severity.LOW, "open", "", helped_by=settled_by)


def test_gaps_count_unknown_findings_that_name_them() -> None:
    findings = (_open("a", "x", "y"), _open("b", "y"), _open("b", "y"), _open("c"))
    assert evidence_gaps(findings, lambda _kind, _subject: False) == (
        EvidenceGap("y", 3, ("a", "b")),
        EvidenceGap("x", 1, ("a",)),
    )


def test_evidence_that_tells_of_a_subject_already_is_no_gap() -> None:
    findings = (_open("a", "x", "y"), _open("b", "y"))
    gaps = evidence_gaps(findings, lambda kind, _subject: kind == "y")
    assert gaps == (EvidenceGap("x", 1, ("a",)),)


AREAS = {"Production": ("Machine*",), "Sales": ("Acc*", "Opportunity")}


def test_who_is_asked_is_the_declared_owner_else_the_area(inputs: Inputs) -> None:
    settings = Settings(TODAY, areas=AREAS)
    nameless = replace(CRM.objects[0], fields=tuple(replace(each, governance=Governance()) for each in FIELDS))
    owned = audit(replace(inputs, settings=Settings(TODAY, areas={"Finance": ("*",)}))).cards
    mapped = audit(replace(inputs, settings=settings, catalogs=(replace(CRM, objects=(nameless,)),))).cards
    assert [card.owner for card in owned if card.policy] == ["Sales"]
    assert [card.owner for card in mapped if card.policy] == ["Sales"]
    unmapped = audit(replace(inputs, catalogs=(replace(CRM, objects=(nameless,)),))).cards
    assert [card.owner for card in unmapped if card.policy] == [""]


@pytest.mark.parametrize("name", ["sf-ebikes", "sf-electron-motors", "sf-volunteers-mdapi"])
def test_real_repositories_are_audited_by_all_packs(corpora: Path, name: str) -> None:
    packs = load_policies(
        [f"pack:{pack}" for pack in ("scope", "sprawl", "documentation", "limits")],
        InstalledLibrary(corpora),
        vocabulary(),
    )
    crm = read_salesforce(open_tree(str(corpora / name)), "crm", Role.CRM)
    result = audit(Inputs((crm,), Evidence(), packs, Settings(TODAY)))
    assert 0 < len(result.cards) <= CARDS
    assert [finding for finding in result.findings if not finding.message] == []
    assert len(result.inventory) == result.systems[0].custom_fields


@pytest.mark.parametrize(
    "name", ["last_read", "last_write", "never_filled", "fill_rate", "read_count", "readable_by"]
)
def test_without_evidence_nothing_is_said_of_use(corpora: Path, rules: PolicySet, name: str) -> None:
    crm = read_salesforce(open_tree(str(corpora / "sf-electron-motors")), "crm", Role.CRM)
    facts = facts_for(Inputs((crm,), Evidence(), rules, Settings(TODAY)))
    values = {type(facts.fact(key, name)) for key in facts.subjects("field")}
    assert values <= {Unknown, Absent}
