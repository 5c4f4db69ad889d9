"""What goes with a candidate, what is kept, and by what."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

import pytest
from hypothesis import given
from hypothesis import strategies as st

from auditor.model.catalogue import Catalog, Relationship, Role
from auditor.model.components import Component
from auditor.model.references import Access, Call, Certainty, Reference
from auditor.planning.closure import close
from tests.planning.world import catalog, custom_field, formula, ground, mention

A, B, C = "crm:Account.A__c", "crm:Account.B__c", "crm:Account.C__c"
F = "crm:Account.F__c"
_PLAIN = (custom_field("Account.A__c"), custom_field("Account.B__c"), custom_field("Account.C__c"))
_READS_A = mention("field/Account.F__c", "Account.A__c", part="formula")
_LOG = (custom_field("Log__c.Day__c"), custom_field("Log__c.Sum__c"))
_LOOKUP = custom_field("Account.Log__c", reference_to=("Log__c",), relationship=Relationship.LOOKUP)
_TO_TWO = custom_field("Account.Log__c", reference_to=("Log__c", "Case"), relationship=Relationship.LOOKUP)


@dataclass(frozen=True, slots=True)
class Case:
    says: str
    of: Catalog
    candidates: tuple[str, ...]
    leaving: tuple[str, ...]
    kept: Mapping[str, str] = field(default_factory=dict)
    alive: Mapping[str, bool] = field(default_factory=dict)


def _rule(active: bool | None = True) -> Component:
    return Component("validation_rule", "Account.R", "R", object="Account", active=active)


def _flow(active: bool | None = True) -> Component:
    return Component("flow", "Sync", "flows/Sync", active=active)


_IS_READ = "read by {0}, and nothing proves that this is unused"

CASES: tuple[Case, ...] = (
    Case("a field that nothing mentions goes alone", catalog(_PLAIN), (A,), (A,)),
    Case("a field in use is kept", catalog(_PLAIN), (A,), (), {A: "in use"}, {A: True}),
    Case(
        "a formula goes with what it reads",
        catalog((*_PLAIN, formula("Account.F__c")), (_READS_A,)),
        (A,),
        (A, F),
    ),
    Case(
        "a formula in use keeps what it reads",
        catalog((*_PLAIN, formula("Account.F__c")), (_READS_A,)),
        (A,),
        (),
        {A: f"read by {F} (formula), which is in use", F: "in use"},
        {F: True},
    ),
    Case(
        "what a formula reads does not go with it unless it is known to be dead",
        catalog((*_PLAIN, formula("Account.F__c")), (_READS_A,)),
        (F,),
        (F,),
    ),
    Case(
        "what only a formula that goes reads goes with it where it is dead",
        catalog((*_PLAIN, formula("Account.F__c")), (_READS_A,)),
        (F,),
        (A, F),
        alive={A: False, F: False},
    ),
    Case(
        "what a layout shows too is not only held by what goes",
        catalog(
            (*_PLAIN, formula("Account.F__c")),
            (_READS_A, mention("layout/Account-L", "Account.A__c", Access.SHOWS)),
        ),
        (F,),
        (F,),
        alive={A: False, F: False},
    ),
    Case(
        "two fields that only refer to each other go together",
        catalog(
            (formula("Account.F__c"), formula("Account.G__c")),
            (mention("field/Account.F__c", "Account.G__c"), mention("field/Account.G__c", "Account.F__c")),
        ),
        (F,),
        (F, "crm:Account.G__c"),
    ),
    Case(
        "a report that may be in use keeps what it reads",
        catalog(_PLAIN, (mention("report/S/R", "Account.A__c"),)),
        (A, B),
        (B,),
        {A: _IS_READ.format("crm:report/S/R")},
    ),
    Case(
        "a report that is dead keeps nothing and stays where more of it is left",
        catalog(_PLAIN, (mention("report/S/R", "Account.A__c"), mention("report/S/R", "Account.B__c"))),
        (A,),
        (A,),
        {},
        {"crm:report/S/R": False},
    ),
    Case(
        "a report that is dead goes where nothing of it would be left",
        catalog(_PLAIN, (mention("report/S/R", "Account.A__c"), mention("report/S/R", "Account.B__c"))),
        (A, B),
        (A, B, "crm:report/S/R"),
        {},
        {"crm:report/S/R": False},
    ),
    Case(
        "a text that may mean it does not keep it",
        catalog(_PLAIN, (mention("apex_class/K", "Account.A__c", certainty=Certainty.POSSIBLE),)),
        (A,),
        (A,),
    ),
    Case(
        "a page that shows it does not keep it",
        catalog(_PLAIN, (mention("layout/Account-L", "Account.A__c", Access.SHOWS),)),
        (A,),
        (A,),
    ),
    Case(
        "a rule that tests nothing else goes with it",
        catalog(_PLAIN, (mention("validation_rule/Account.R", "Account.A__c"),), (_rule(),)),
        (A,),
        (A, "crm:validation_rule/Account.R"),
    ),
    Case(
        "a rule that tests another field keeps it",
        catalog(
            _PLAIN,
            (
                mention("validation_rule/Account.R", "Account.A__c"),
                mention("validation_rule/Account.R", "Account.B__c"),
            ),
            (_rule(),),
        ),
        (A,),
        (),
        {
            A: _IS_READ.format("crm:validation_rule/Account.R"),
        },
    ),
    Case(
        "a rule in use that only demands it goes, although it tests what stays",
        catalog(
            _PLAIN,
            (
                mention("validation_rule/Account.R", "Account.A__c", Access.REQUIRES),
                mention("validation_rule/Account.R", "Account.B__c"),
            ),
            (_rule(),),
        ),
        (A,),
        (A, "crm:validation_rule/Account.R"),
        alive={"crm:validation_rule/Account.R": True, B: True},
    ),
    Case(
        "a rule that is switched off and about more stays",
        catalog(
            _PLAIN,
            (
                mention("validation_rule/Account.R", "Account.A__c"),
                mention("validation_rule/Account.R", "Account.B__c"),
            ),
            (_rule(active=False),),
        ),
        (A,),
        (A,),
        {},
    ),
    Case(
        "a flow without an effect on anything used goes with what it writes",
        catalog(
            _PLAIN,
            (mention("flow/Sync", "Account.A__c", Access.WRITES), mention("flow/Sync", "Account.B__c")),
            (_flow(),),
        ),
        (A,),
        (A, "crm:flow/Sync"),
        alive={"crm:flow/Sync": False, B: True},
    ),
    Case(
        "a flow in use that writes it stays and does not keep it",
        catalog(_PLAIN, (mention("flow/Sync", "Account.A__c", Access.WRITES),), (_flow(),)),
        (A,),
        (A,),
        {},
        {"crm:flow/Sync": True},
    ),
    Case(
        "a field update that only writes it goes, unless something starts it",
        catalog(
            _PLAIN,
            (mention("workflow_field_update/Account.U", "Account.A__c", Access.WRITES),),
            (Component("workflow_rule", "Account.W", "W", active=True),),
            (Call("workflow_rule", "Account.W", "workflow_field_update", "Account.U", Certainty.CERTAIN, "W"),),
        ),
        (A,),
        (A,),
        {"crm:workflow_field_update/Account.U": "started or contained by crm:workflow_rule/Account.W"},
    ),
    Case(
        "an object takes its fields, its components and lookups to it along",
        catalog(
            (*_LOG, _LOOKUP),
            (mention("tab/Log__c", "Log__c", Access.LISTS),),
            (Component("layout", "Log__c-L", "L", object="Log__c"), Component("tab", "Log__c", "T")),
        ),
        ("crm:Log__c",),
        (
            "crm:Account.Log__c",
            "crm:Log__c",
            "crm:Log__c.Day__c",
            "crm:Log__c.Sum__c",
            "crm:layout/Log__c-L",
            "crm:tab/Log__c",
        ),
    ),
    Case(
        "a field in use keeps its object, and the other fields go alone",
        catalog(_LOG),
        ("crm:Log__c", "crm:Log__c.Sum__c"),
        ("crm:Log__c.Sum__c",),
        {"crm:Log__c": "crm:Log__c.Day__c would have to go with it", "crm:Log__c.Day__c": "in use"},
        {"crm:Log__c.Day__c": True},
    ),
    Case(
        "a lookup in use keeps the object that it points at",
        catalog((*_LOG, _LOOKUP)),
        ("crm:Log__c",),
        (),
        {"crm:Log__c": "crm:Account.Log__c would have to go with it", "crm:Account.Log__c": "in use"},
        {"crm:Account.Log__c": True},
    ),
    Case(
        "a lookup that can point elsewhere stays",
        catalog((*_LOG, _TO_TWO)),
        ("crm:Log__c",),
        ("crm:Log__c", "crm:Log__c.Day__c", "crm:Log__c.Sum__c"),
    ),
    Case(
        "the platform's own field cannot go",
        catalog((custom_field("Account.Industry", custom=False),)),
        ("crm:Account.Industry",),
        (),
        {"crm:Account.Industry": "it is the platform's own and cannot be deleted"},
    ),
    Case(
        "nothing of the ERP goes",
        catalog(_PLAIN, role=Role.ERP),
        (A,),
        (),
        {A: "it stands in the ERP, and only the CRM is rolled back"},
    ),
    Case(
        "a name that nothing bears",
        catalog(_PLAIN),
        ("crm:Account.Z__c",),
        (),
        {"crm:Account.Z__c": "nothing that was read bears this name"},
    ),
    Case(
        "a dashboard keeps its report",
        catalog(
            _PLAIN,
            (mention("report/S/R", "Account.A__c"),),
            (Component("dashboard", "D", "D"),),
            (Call("dashboard", "D", "report", "S/R", Certainty.CERTAIN, "D"),),
        ),
        ("crm:report/S/R",),
        (),
        {"crm:report/S/R": "started or contained by crm:dashboard/D"},
    ),
)


@pytest.mark.parametrize("case", CASES, ids=[case.says for case in CASES])
def test_closure(case: Case) -> None:
    closed = close(ground(case.of, case.alive), case.candidates)
    told = {key: each.because for key, each in closed.obstacles.items()}
    assert (tuple(sorted(closed.leaving)), told) == (case.leaving, dict(case.kept))


_NAMES = tuple(f"Account.F{n}__c" for n in range(7))
_LINKS = st.lists(
    st.tuples(
        st.sampled_from((*(f"field/{name}" for name in _NAMES), "flow/X", "flow/Y", "report/S/R")),
        st.sampled_from(_NAMES),
        st.sampled_from((Access.READS, Access.WRITES, Access.SHOWS)),
    ),
    max_size=14,
)
_ALIVE = st.dictionaries(
    st.sampled_from((*(f"crm:{name}" for name in _NAMES), "crm:flow/X", "crm:report/S/R")),
    st.booleans(),
    max_size=4,
)
_WANTED = st.sets(st.sampled_from(tuple(f"crm:{name}" for name in _NAMES)), min_size=1)


def _world(links: list[tuple[str, str, Access]]) -> Catalog:
    references: list[Reference] = [mention(by, to, access) for by, to, access in links if by != f"field/{to}"]
    computed = {each.component for each in references if each.component_kind == "field"}
    fields = [formula(name) if name in computed else custom_field(name) for name in _NAMES]
    return catalog(fields, references)


@given(_LINKS, _ALIVE, _WANTED)
def test_closure_is_closed_and_idempotent(
    links: list[tuple[str, str, Access]], alive: dict[str, bool], wanted: set[str]
) -> None:
    of = ground(_world(links), alive)
    once = close(of, wanted)
    again = close(of, once.leaving)
    assert again.leaving == once.leaving


@given(_LINKS, _ALIVE, _WANTED, _WANTED)
def test_more_candidates_take_nothing_out(
    links: list[tuple[str, str, Access]], alive: dict[str, bool], few: set[str], more: set[str]
) -> None:
    of = ground(_world(links), alive)
    assert close(of, few).leaving <= close(of, few | more).leaving


@given(_LINKS, _ALIVE, _WANTED)
def test_nothing_in_use_goes_and_nothing_that_goes_is_surely_read_by_what_stays(
    links: list[tuple[str, str, Access]], alive: dict[str, bool], wanted: set[str]
) -> None:
    of = ground(_world(links), alive)
    leaving = close(of, wanted).leaving
    used = {key for key in leaving if alive.get(key)}
    read = {
        (link.other, key)
        for key in leaving
        for link in of.sure_reads(key)
        if link.other not in leaving and alive.get(link.other) is not False
    }
    assert (used, read) == (set(), set())
