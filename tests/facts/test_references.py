"""Who mentions a field; silence counts only for kinds of component that were read."""

from __future__ import annotations

import pytest

from auditor.facts.kinds import MENTIONING
from auditor.model.catalogue import Catalog, Field
from auditor.model.observations import Definition, Evidence
from auditor.model.references import Access, Certainty
from auditor.model.values import ABSENT, CountRange, Unknown, Value
from auditor.model.vocabulary import Edge
from tests.facts.world import FIELD, call, catalog, component, facts, mention

ALL_READ = dict.fromkeys(MENTIONING, 1)
ALL_BUT_FLOWS = {kind: 1 for kind in MENTIONING if kind != "flow"}
NO_FLOWS = Unknown("these kinds of component were not read: flow (`complete: [repository]` vouches for all)")
MAYBE = Unknown("what may mention it (dynamic strings, names that fit several fields) is not certain")
READ = mention("report/Sales/A")
GRANT = mention("permission_set/Sales", access=Access.GRANTS)
GUESS = mention("apex_class/Sync", certainty=Certainty.POSSIBLE)


def _of(*references: object, channels: dict[str, int] = ALL_READ) -> Catalog:
    return catalog(references=references, channels=channels)


CASES: tuple[tuple[str, str, Catalog, Value], ...] = (
    ("nothing mentions it and all was read", "unreferenced", _of(), True),
    ("nothing mentions it and flows were not read", "unreferenced", _of(channels=ALL_BUT_FLOWS), NO_FLOWS),
    ("a grant is a mention", "unreferenced", _of(GRANT), False),
    ("a guess is no certain mention", "unreferenced", _of(GUESS), MAYBE),
    ("only a grant", "weak_only", _of(GRANT), True),
    ("a grant and a report", "weak_only", _of(GRANT, READ), False),
    ("only a grant and flows were not read", "weak_only", _of(GRANT, channels=ALL_BUT_FLOWS), NO_FLOWS),
    ("no mention at all", "weak_only", _of(), False),
    ("two components", "reference_count", _of(GRANT, READ), 2),
    ("one component twice", "reference_count", _of(READ, mention("report/Sales/A", line=9)), 1),
    ("flows were not read", "reference_count", _of(READ, channels=ALL_BUT_FLOWS), CountRange(1, None)),
    ("one perhaps", "reference_count", _of(READ, GUESS), CountRange(1, 2)),
    ("strong ones only", "strong_reference_count", _of(GRANT, READ), 1),
    ("in a report", "in_report", _of(READ), True),
    ("in no report", "in_report", _of(), False),
    (
        "reports were not read",
        "in_report",
        _of(channels={"layout": 1}),
        Unknown("these kinds of component were not read: report"),
    ),
    ("on a layout", "on_layout", _of(mention("layout/Account-Main", access=Access.SHOWS)), True),
    (
        "on no layout, record pages were not read",
        "on_layout",
        _of(channels={"layout": 1}),
        Unknown("these kinds of component were not read: flexipage"),
    ),
)


@pytest.mark.parametrize(
    ("fact", "of", "expected"), [c[1:] for c in CASES], ids=[f"{c[1]}: {c[0]}" for c in CASES]
)
def test_references(fact: str, of: Catalog, expected: Value) -> None:
    assert expected == facts(of=of).fact(FIELD, fact)


def test_a_declared_repository_speaks_for_all_kinds() -> None:
    assert facts(of=_of(channels={}), complete=("repository",)).fact(FIELD, "unreferenced") is True


def test_one_kind_may_be_vouched_for() -> None:
    assert facts(of=_of(channels=ALL_BUT_FLOWS), complete=("flow",)).fact(FIELD, "unreferenced") is True


def test_systems_without_components_stay_unknown() -> None:
    of = Catalog("crm", catalog().role, "odata", catalog().objects)
    expected = Unknown("its source tells of no components, so nothing is known of what mentions it")
    assert expected == facts(of=of).fact(FIELD, "unreferenced")


def test_each_relation_holds_its_accesses_with_attributes_and_places() -> None:
    told = facts(of=_of(READ, GRANT, GUESS))
    edge = Edge(
        "crm:report/Sales/A",
        (
            ("access", "reads"),
            ("part", ""),
            ("certainty", "certain"),
            ("component_kind", "report"),
            ("weak", False),
        ),
        False,
        "Sales/A.xml",
        1,
    )
    read_by = told.related(FIELD, "read_by")
    assert [each.subject for each in read_by.edges] == ["crm:apex_class/Sync", "crm:report/Sales/A"]
    assert [each.possible for each in read_by.edges] == [True, False]
    assert read_by.edges[1] == edge
    assert read_by.missing is None
    assert [each.subject for each in told.related(FIELD, "granted_by").edges] == ["crm:permission_set/Sales"]
    assert [each.subject for each in told.related("crm:report/Sales/A", "mentions").edges] == [FIELD]


def test_calls_go_both_ways() -> None:
    told = facts(
        of=catalog(components=(component("report/Sales/A"),), calls=(call("dashboard/D", "report/Sales/A"),))
    )
    assert [each.subject for each in told.related("crm:dashboard/D", "calls").edges] == ["crm:report/Sales/A"]
    assert [each.subject for each in told.related("crm:report/Sales/A", "called_by").edges] == ["crm:dashboard/D"]


def test_hard_coded_ids_are_counted_where_they_are_looked_for() -> None:
    rule = component("validation_rule/Account.R", attributes=(("hard_coded_ids", "2"),))
    told = facts(
        of=catalog(components=(rule, component("validation_rule/Account.S"), component("layout/Account-L")))
    )
    keys = ("crm:validation_rule/Account.R", "crm:validation_rule/Account.S", "crm:layout/Account-L")
    assert [told.fact(key, "hard_coded_ids") for key in keys] == [2, 0, ABSENT]


def test_ids_in_a_formula_are_the_fields_own() -> None:
    linked = Field("Account", "Link__c", type="Text", formula="HYPERLINK('/00O0X000008ab1cUAA', Name)")
    told = facts(of=catalog(fields=(linked, Field("Account", "Plain__c", type="Text"))))
    keys = ("crm:Account.Link__c", "crm:Account.Plain__c")
    assert [told.fact(key, "hard_coded_ids") for key in keys] == [1, ABSENT]


def test_a_repository_that_does_not_know_a_field_proves_nothing_by_its_silence() -> None:
    quick = "crm:Account.Quick__c"
    evidence = Evidence(definitions=(Definition(quick, "tooling-custom-field"),))
    told = facts(evidence, _of(), complete=("repository",))
    expected = Unknown("the repository does not know it, so that its silence about it proves nothing")
    assert [told.fact(quick, name) for name in ("unreferenced", "weak_only", "on_layout")] == [expected] * 3
    assert told.related(quick, "read_by").missing == expected
