"""What `--select` means, and which findings propose a removal."""

from __future__ import annotations

import pytest

from auditor.errors import AuditorError
from auditor.model.findings import Finding, Outcome
from auditor.planning.selecting import Proposal, Selection, proposals, read_selection
from tests.planning.world import finding

READ: tuple[tuple[str, tuple[str, ...], Selection], ...] = (
    ("nothing", (), Selection()),
    ("a policy by its slash", ("sprawl/*",), Selection({"policy": ("sprawl/*",)})),
    ("a subject by its colon", ("crm:Account.*",), Selection({"subject": ("crm:Account.*",)})),
    ("a name in full", ("crm:Account.A__c",), Selection(named=("crm:Account.A__c",))),
    ("a word is a pillar", ("usage",), Selection({"pillar": ("usage",)})),
    (
        "keys that are written",
        ("object=crm:*", "policy=a/b"),
        Selection({"object": ("crm:*",), "policy": ("a/b",)}),
    ),
    ("two of one kind", ("a/b", "c/d", "a/b"), Selection({"policy": ("a/b", "c/d")})),
    ("what is dead", ("dead",), Selection(unused="dead")),
    (
        "candidates of one object",
        ("candidates", "object=crm:A"),
        Selection({"object": ("crm:A",)}, unused="candidates"),
    ),
    ("an equals sign within a name", ('crm:"a=b".c',), Selection(named=('crm:"a=b".c',))),
)


@pytest.mark.parametrize(("texts", "expected"), [c[1:] for c in READ], ids=[c[0] for c in READ])
def test_selections(texts: tuple[str, ...], expected: Selection) -> None:
    assert read_selection(texts) == expected


@pytest.mark.parametrize("text", ["", "polici=x", "policy="])
def test_what_selects_nothing_is_an_error(text: str) -> None:
    with pytest.raises(AuditorError, match="write policy=, pillar=, subject= or object="):
        read_selection((text,))


A, B = "crm:Account.A__c", "crm:Lead.B__c"
FINDINGS = (
    finding(A),
    finding(A, "sprawl/abandoned"),
    finding(B, "docs/purpose"),
    finding(B, outcome=Outcome.UNKNOWN),
    finding("crm:Case.C__c", outcome=Outcome.WAIVED),
)
RETIRING = ("sprawl/*",)
BOTH = ("sprawl/abandoned", "sprawl/unused-field")
PILLARS = {"sprawl/unused-field": "usage", "sprawl/abandoned": "usage", "docs/purpose": "documentation"}
PROPOSED: tuple[tuple[str, Selection, tuple[Proposal, ...]], ...] = (
    ("violations of policies that retire", Selection(), (Proposal(A, BOTH),)),
    ("open ones where asked", Selection(review=True), (Proposal(A, BOTH), Proposal(B, BOTH[1:], open=True))),
    ("a policy that is asked for retires", Selection({"policy": ("docs/*",)}), (Proposal(B, ("docs/purpose",)),)),
    ("one pillar", Selection({"pillar": ("documentation",)}), ()),
    ("one object", Selection({"object": ("crm:Account",)}), (Proposal(A, BOTH),)),
    ("two kinds must both fit", Selection({"object": ("crm:Account",), "policy": ("docs/*",)}), ()),
    ("a name without a finding", Selection(named=("crm:X.Y",)), (Proposal("crm:X.Y", ()),)),
    ("a name with findings", Selection(named=(A,)), (Proposal(A, BOTH),)),
    ("what liveness tells", Selection(unused="dead"), (Proposal("crm:Dead__c.D__c", ()),)),
    (
        "what liveness tells of one object",
        Selection({"object": ("crm:Account",)}, unused="dead"),
        (Proposal(A, BOTH),),
    ),
)


@pytest.mark.parametrize(("wanted", "expected"), [c[1:] for c in PROPOSED], ids=[c[0] for c in PROPOSED])
def test_proposals(wanted: Selection, expected: tuple[Proposal, ...]) -> None:
    unused = ("crm:Dead__c.D__c",) if wanted.unused else ()
    assert proposals(FINDINGS, (RETIRING, PILLARS), wanted, unused) == expected


def test_the_order_of_findings_does_not_matter() -> None:
    turned: tuple[Finding, ...] = tuple(reversed(FINDINGS))
    wanted = Selection(review=True)
    assert proposals(turned, (RETIRING, PILLARS), wanted) == proposals(FINDINGS, (RETIRING, PILLARS), wanted)


def test_a_selection_in_words() -> None:
    of = read_selection(("sprawl/*", "crm:A.B__c", "dead"), review=True)
    expected = (
        "findings that propose a retirement, open ones too, and whatever nothing in use depends on; "
        "policy sprawl/*; named: crm:A.B__c"
    )
    assert of.words == expected
