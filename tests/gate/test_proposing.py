"""Proposals over a graph: the verdict, what it rests on, and what does it instead."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from auditor.facts.base import Settings
from auditor.facts.catalogue import vocabulary
from auditor.facts.limits import Limits
from auditor.gate.proposal_words import answerable
from auditor.gate.proposing import Known, answers_to
from auditor.graph.build import build_graph
from auditor.model.catalogue import Catalog, Field, Object, Role
from auditor.model.observations import Evidence
from auditor.model.proposals import Answer, Proposal, Request, Verdict, Way
from auditor.policy.documents import InstalledLibrary
from auditor.policy.loading import load_policies

POLICIES = load_policies(["pack:proposals", "pack:all"], InstalledLibrary(Path()), vocabulary())
SAID = Request(owner="sales", why="whom to visit next", readers=("sales managers",), retention="two years")
BOXES = tuple(Field("Visit__c", f"Box_{number}__c", f"Box {number}", "Checkbox") for number in range(60))


def _known(*objects: Object, erp: tuple[Object, ...] = ()) -> Known:
    catalogs = [Catalog("crm", Role.CRM, "salesforce", objects)]
    if erp:
        catalogs.append(Catalog("erp", Role.ERP, "tabular", erp))
    graph = build_graph(catalogs)
    settings = Settings(as_of=date(2026, 11, 21))
    return Known(graph, Evidence(), settings, Limits(), POLICIES, lambda _: False)


VISIT = Object(
    "Visit__c",
    "Visit",
    description="What sellers did and agreed on",
    fields=(
        Field("Visit__c", "Visit_Date__c", "Visit date", "Date"),
        Field("Visit__c", "Quality__c", "Quality", "Picklist"),
    ),
)


def _wish(
    label: str, type_: str = "Text", name: str = "", said: Request = SAID, owner: str = "Visit__c"
) -> Proposal:
    name = name or f"{label.replace(' ', '_')}__c"
    field = Field(
        owner, name, label, type_, description="asked for in the planning round, to decide the next step"
    )
    return Proposal("crm", owner, (field,), None, said)


def _one(known: Known, proposal: Proposal) -> Answer:
    return answers_to([proposal], known)[0]


def _against(answer: Answer) -> list[str]:
    return [each.policy for each in answer.reasons if each.verdict is not Verdict.ACCEPT]


def test_a_wish_that_nothing_speaks_against_is_accepted() -> None:
    answer = _one(_known(VISIT), _wish("Next topic to raise"))

    assert (answer.verdict, _against(answer)) == (Verdict.ACCEPT, [])


def test_a_field_that_says_the_same_in_another_language_is_named_instead() -> None:
    answer = _one(_known(VISIT), _wish("Kvalitet", "Picklist"))

    assert (answer.verdict, _against(answer)) == (Verdict.REJECT, ["proposals/exists-already"])
    first = answer.reasons[0].alternatives[0]
    assert (first.way, first.subject, first.text) == (
        Way.FIELD,
        "crm:Visit__c.Quality__c",
        "does it already: 'Kvalitet' says what 'Quality' says",
    )


def test_what_is_left_unsaid_asks_for_a_revision() -> None:
    answer = _one(_known(VISIT), _wish("Next topic to raise", said=Request()))

    assert answer.verdict is Verdict.REVISE
    assert _against(answer) == ["proposals/decision", "proposals/owner", "proposals/reader"]


def test_a_name_that_tells_nothing_asks_for_a_revision() -> None:
    assert _against(_one(_known(VISIT), _wish("Misc 2"))) == ["proposals/naming"]


def test_health_that_nobody_classified_asks_for_a_revision() -> None:
    assert _against(_one(_known(VISIT), _wish("Medical condition"))) == ["proposals/personal-data"]


def test_an_object_that_nobody_knows_is_unknown_and_says_so() -> None:
    answer = _one(_known(VISIT), _wish("Score", "Number", owner="Audit__c"))

    assert (answer.verdict, answer.reasons) == (Verdict.UNKNOWN, ())
    said = "no source that was read has an object Audit__c, and the proposal does not ask for it"
    assert answer.open == (f"proposals/no-object: {said}",)


def test_what_the_erp_keeps_is_rejected_with_the_field_that_keeps_it() -> None:
    customer = Object(
        "Customer", "Customer", fields=(Field("Customer", "Credit Limit", "Credit Limit", "Decimal"),)
    )
    account = Object("Account", "Account", custom=False, fields=(Field("Account", "Name", "Name", custom=False),))
    answer = _one(_known(account, erp=(customer,)), _wish("Credit limit", "Number", owner="Account"))

    assert answer.verdict is Verdict.REJECT
    assert _against(answer) == ["proposals/erp-has-it"]
    assert [way.subject for way in answer.reasons[0].alternatives if way.way is Way.ERP] == [
        "erp:Customer.Credit Limit"
    ]


def test_without_an_erp_it_is_said_that_nobody_can_tell() -> None:
    answer = _one(_known(VISIT), _wish("Next topic to raise"))

    assert any(line.startswith("proposals/erp-has-it: ") for line in answer.open)


def test_order_lines_are_out_of_scope_whatever_the_object_is_called() -> None:
    names = ("Product number", "Quantity", "Unit price", "Line amount", "Order number")
    fields = tuple(Field("Order_Row__c", f"{each.replace(' ', '_')}__c", each, "Number") for each in names)
    new = Object("Order_Row__c", "Order row", description="Rows of orders that customers placed with us")
    answer = _one(_known(VISIT), Proposal("crm", "Order_Row__c", fields, new, SAID))

    assert answer.verdict is Verdict.REJECT
    assert "proposals/object-out-of-scope" in _against(answer)


def test_of_two_that_ask_alike_the_first_may_stay() -> None:
    known = _known(VISIT)
    answers = answers_to([_wish("Next topic"), _wish("Topic next", name="Topic__c")], known)

    assert [each.verdict for each in answers] == [Verdict.REVISE, Verdict.REJECT]


def test_a_budget_is_told_of_by_the_wish_that_spends_it() -> None:
    full = Object("Visit__c", "Visit", description="What sellers did and agreed on", fields=BOXES)
    roomy = Object("Visit__c", "Visit", description="What sellers did and agreed on", fields=BOXES[:20])

    def said(of: Object) -> list[str]:
        return [each.policy for each in _one(_known(of), _wish("Next topic")).reasons if "budget" in each.policy]

    assert (said(full), said(roomy)) == (["sprawl/budget"], [])
    rooms = _one(_known(full), _wish("Next topic")).rooms
    assert [(each.used, each.most, each.left) for each in rooms] == [(61, 60, -1)]


def test_the_graph_that_was_given_is_left_as_it_was() -> None:
    known = _known(VISIT)
    _one(known, _wish("Next topic"))

    assert "crm:Visit__c.Next_topic__c" not in known.graph


@pytest.mark.parametrize(
    ("policy", "expected"),
    [
        ("docs/purpose", True),
        ("proposals/owner", True),
        ("scope/no-order-lines-in-use", True),
        ("sprawl/never-adopted", False),
        ("sprawl/unreferenced", False),
        ("duplicates/two-writers", False),
        ("burden/required-unread", False),
    ],
)
def test_only_what_a_definition_answers_is_asked(policy: str, expected: bool) -> None:
    (found,) = (each for each in POLICIES.policies if each.info.id == policy)

    assert answerable(found) is expected
