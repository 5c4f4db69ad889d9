from __future__ import annotations

from datetime import date

import pytest

from auditor.model.truth import Truth
from auditor.model.values import Unknown, Value
from auditor.model.vocabulary import Edge, Related
from auditor.policy.binding import Ground
from auditor.policy.explaining import explain
from auditor.policy.loading import load_policies
from auditor.policy.syntax import Policy
from tests.policy.fakes import VOCABULARY, FakeFacts, FakeLibrary, edges

AS_OF = date(2026, 11, 21)
T, F, U = Truth.TRUE, Truth.FALSE, Truth.UNKNOWN
UNREAD = Unknown("reports were not read", ("report-describe",))


def policy_of(condition: str, kind: str = "object") -> Policy:
    document = (
        "version: 1\nparams: {limit: 2}\npolicies:\n"
        f"  - {{id: x/y, title: T, severity: low, pillar: usage, why: W, fix: F, target: {{kind: {kind}}},\n"
        f"     forbid: {condition}}}\n"
    )
    return load_policies(["own.yaml"], FakeLibrary({"own.yaml": document}), VOCABULARY).policies[0]


def both(condition: str, facts: FakeFacts, subject: str = "crm:A", kind: str = "object") -> tuple[Truth, Truth]:
    """The truth by closure and by explanation, which must agree."""
    policy = policy_of(condition, kind)
    ground = Ground(facts, AS_OF)
    return ground.check(policy.condition)(subject), explain(policy.condition, subject, ground).truth


def company(related: Related, **alive: Value) -> FakeFacts:
    """An object crm:A with fields; `alive` is known of those named."""
    facts: dict[tuple[str, str], Value] = {(f"crm:A.{name}", "alive"): value for name, value in alive.items()}
    return FakeFacts(
        nodes={"object": ("crm:A",), "field": tuple(f"crm:A.{name}" for name in alive)},
        facts=facts,
        relations={("crm:A", "fields"): related},
    )


def maybe(*subjects: str) -> tuple[Edge, ...]:
    return tuple(Edge(subject, possible=True) for subject in subjects)


NO_FIELDS = company(Related(()))
NO_FIELDS_READ = company(Related((), UNREAD))
ONE_ALIVE = company(edges("crm:A.x", "crm:A.y"), x=True, y=False)
ALL_ALIVE = company(edges("crm:A.x", "crm:A.y"), x=True, y=True)
NONE_ALIVE = company(edges("crm:A.x", "crm:A.y"), x=False, y=False)
ONE_OPEN = company(edges("crm:A.x", "crm:A.y"), x=True, y=UNREAD)
DEAD_AND_OPEN = company(edges("crm:A.x", "crm:A.y"), x=False, y=UNREAD)
ALIVE_AND_MORE = company(edges("crm:A.x", missing=UNREAD), x=True)
DEAD_AND_MORE = company(edges("crm:A.x", missing=UNREAD), x=False)
MAYBE_ALIVE = company(Related(maybe("crm:A.x")), x=True)
MAYBE_DEAD = company(Related(maybe("crm:A.x")), x=False)
SURE_AND_MAYBE = company(Related((Edge("crm:A.x"), *maybe("crm:A.y"))), x=True, y=False)
TWICE = company(Related((Edge("crm:A.x"), Edge("crm:A.x"), *maybe("crm:A.x"))), x=True)

HAS = "{has: {rel: fields, where: {alive: true}}}"
LACKS = "{lacks: {rel: fields, where: {alive: true}}}"
EVERY = "{every: {rel: fields, where: {alive: true}}}"
AT_LEAST_TWO = "{count: {rel: fields, where: {alive: true}, ge: 2}}"
AT_MOST_ONE = "{count: {rel: fields, where: {alive: true}, le: 1}}"
EXACTLY_ONE = "{count: {rel: fields, eq: 1}}"

TABLE = [
    ("has finds one", HAS, ONE_ALIVE, T),
    ("has finds none", HAS, NONE_ALIVE, F),
    ("has of nothing", HAS, NO_FIELDS, F),
    ("has of nothing that was read", HAS, NO_FIELDS_READ, U),
    ("has with one found needs no more", HAS, ALIVE_AND_MORE, T),
    ("has with more to come", HAS, DEAD_AND_MORE, U),
    ("has with an open fact", HAS, DEAD_AND_OPEN, U),
    ("has with an open fact beside a found one", HAS, ONE_OPEN, T),
    ("has of a possible neighbour", HAS, MAYBE_ALIVE, U),
    ("has of a possible neighbour that fails", HAS, MAYBE_DEAD, F),
    ("lacks is the opposite: found", LACKS, ONE_ALIVE, F),
    ("lacks is the opposite: none", LACKS, NONE_ALIVE, T),
    ("lacks of nothing", LACKS, NO_FIELDS, T),
    ("lacks of a relation that was not read", LACKS, NO_FIELDS_READ, U),
    ("lacks with more to come", LACKS, DEAD_AND_MORE, U),
    ("every holds", EVERY, ALL_ALIVE, T),
    ("every fails by one", EVERY, ONE_ALIVE, F),
    ("every is false of nothing", EVERY, NO_FIELDS, F),
    ("every of a relation that was not read", EVERY, NO_FIELDS_READ, U),
    ("every fails whatever is to come", EVERY, DEAD_AND_MORE, F),
    ("every with more to come", EVERY, ALIVE_AND_MORE, U),
    ("every with an open fact", EVERY, ONE_OPEN, U),
    ("every fails beside an open fact", EVERY, DEAD_AND_OPEN, F),
    ("every of a possible neighbour alone may be of nothing", EVERY, MAYBE_ALIVE, U),
    ("every with a possible neighbour that would fail", EVERY, SURE_AND_MAYBE, U),
    ("count reaches", AT_LEAST_TWO, ALL_ALIVE, T),
    ("count falls short", AT_LEAST_TWO, ONE_ALIVE, F),
    ("count with an open fact may reach", AT_LEAST_TWO, ONE_OPEN, U),
    ("count with more to come may reach", AT_LEAST_TWO, ALIVE_AND_MORE, U),
    ("count at most with more to come", AT_MOST_ONE, ALIVE_AND_MORE, U),
    ("count at most is passed whatever is to come", AT_MOST_ONE, ALL_ALIVE, F),
    ("count at most holds with one open", AT_MOST_ONE, DEAD_AND_OPEN, T),
    ("count at most with one open beside one", AT_MOST_ONE, ONE_OPEN, U),
    ("a neighbour over two edges counts once", EXACTLY_ONE, TWICE, T),
    ("a possible neighbour leaves a count open", EXACTLY_ONE, MAYBE_ALIVE, U),
]


@pytest.mark.parametrize(("condition", "facts", "expected"), [pytest.param(*row[1:], id=row[0]) for row in TABLE])
def test_quantifier(condition: str, facts: FakeFacts, expected: Truth) -> None:
    assert both(condition, facts) == (expected, expected)


def reads(subject: str, access: Value, possible: bool = False) -> Edge:
    return Edge(subject, (("access", access),), possible, "a.xml", 7)


MENTIONED = FakeFacts(
    nodes={
        "object": ("crm:A", "crm:B"),
        "field": ("crm:A.x", "crm:A.y"),
        "component": ("crm:flow/F", "crm:report/R"),
    },
    facts={
        ("crm:report/R", "active"): True,
        ("crm:flow/F", "active"): False,
        ("crm:A.x", "custom"): True,
        ("crm:A", "custom"): False,
        ("crm:B", "custom"): True,
        ("crm:A", "label"): "Account",
        ("crm:A.x", "alive"): True,
    },
    relations={
        ("crm:A.x", "referenced_by"): Related((reads("crm:report/R", "reads"), reads("crm:flow/F", "writes"))),
        ("crm:A.y", "referenced_by"): Related((reads("crm:flow/F", UNREAD), reads("crm:report/R", "reads", True))),
        ("crm:A.x", "object"): edges("crm:A"),
        ("crm:A", "looks_up"): edges("crm:B"),
        ("crm:B", "looks_up"): edges("crm:C"),
        ("crm:C", "looks_up"): edges("crm:A"),
        ("crm:report/R", "mentions"): Related((reads("crm:A", "reads"), reads("crm:A.x", "reads"))),
        ("crm:flow/F", "mentions"): Related((reads("crm:A.x", "writes"),)),
        ("crm:A", "fields"): edges("crm:A.x", "crm:A.y"),
    },
)

PATHS = [
    ("an edge attribute holds", "{has: {rel: referenced_by, edge: {access: writes}}}", "crm:A.x", T),
    ("an edge attribute holds with the far end", "{has: {rel: referenced_by, edge: {access: writes},"
     " where: {active: true}}}", "crm:A.x", F),
    ("an edge attribute fails", "{has: {rel: referenced_by, edge: {access: shows}}}", "crm:A.x", F),
    ("an unknown edge attribute", "{has: {rel: referenced_by, edge: {access: writes}}}", "crm:A.y", U),
    ("an attribute that the edge does not state", "{has: {rel: referenced_by, edge: {score: {ge: 50%}}}}",
     "crm:A.x", U),
    ("conditions on edges combine", "{has: {rel: referenced_by, edge: {not: {any: [{access: reads},"
     " {access: writes}]}}}}", "crm:A.x", F),
    ("a possible edge is no proof", "{has: {rel: referenced_by, where: {active: true}}}", "crm:A.y", U),
    ("a path of two hops", "{has: {path: [object, looks_up], where: {custom: true}}}", "crm:A.x", T),
    ("a path filters on its way", "{has: {path: [{rel: object, where: {label: Contact}}, looks_up]}}",
     "crm:A.x", F),
    ("a path filters edges on its way", "{count: {path: [{rel: referenced_by, edge: {access: reads}}, mentions],"
     " eq: 2}}", "crm:A.x", T),
    ("a far end of two kinds, narrowed", "{has: {path: [referenced_by, mentions], where: {kind: object}}}",
     "crm:A.x", T),
    ("a fact that only one kind of far end bears is absent of the other",
     "{count: {path: [referenced_by, mentions], where: {alive: {absent: true}}, eq: 1}}", "crm:A.x", T),
    ("a fact that both kinds of far end bear", "{count: {path: [referenced_by, mentions], where: {custom: true},"
     " eq: 1}}", "crm:A.x", T),
    ("depth one is the neighbours", "{has: {path: [object, {rel: looks_up}], where: {custom: true}}}",
     "crm:A.x", T),
]  # fmt: skip


@pytest.mark.parametrize(
    ("condition", "subject", "expected"), [pytest.param(*row[1:], id=row[0]) for row in PATHS]
)
def test_path(condition: str, subject: str, expected: Truth) -> None:
    assert both(condition, MENTIONED, subject, "field") == (expected, expected)


@pytest.mark.parametrize(
    ("depth", "expected"),
    [
        pytest.param(1, 1, id="one step"),
        pytest.param(2, 2, id="two steps"),
        pytest.param(3, 3, id="a circle comes back to itself"),
        pytest.param(9, 3, id="and goes round no more"),
    ],
)
def test_depth(depth: int, expected: int) -> None:
    condition = f"{{count: {{rel: looks_up, depth: {depth}, eq: {expected}}}}}"

    assert both(condition, MENTIONED) == (T, T)


def test_count_takes_a_parameter_with_its_type() -> None:
    assert both('{count: {rel: fields, ge: "{limit}"}}', MENTIONED) == (T, T)


def test_witnesses_are_told_on_both_sides() -> None:
    ground = Ground(MENTIONED, AS_OF)
    made_true = explain(policy_of("{has: {rel: referenced_by}}", "field").condition, "crm:A.x", ground)
    made_false = explain(policy_of("{lacks: {rel: referenced_by}}", "field").condition, "crm:A.x", ground)
    broken = explain(policy_of(EVERY).condition, "crm:A", Ground(ONE_ALIVE, AS_OF))

    assert [w.subject for w in made_true.witnesses] == ["crm:flow/F", "crm:report/R"]
    assert [(w.subject, w.path, w.line) for w in made_false.witnesses] == [
        ("crm:flow/F", "a.xml", 7),
        ("crm:report/R", "a.xml", 7),
    ]
    assert [w.subject for w in broken.witnesses] == ["crm:A.y"]


def test_reach_adds_up_along_a_path_and_takes_the_farthest() -> None:
    near = policy_of("{custom: true}")
    path = policy_of("{has: {path: [fields, referenced_by], where: {active: true}}}")
    spread = policy_of("{has: {rel: looks_up, depth: 4}}")
    everywhere = policy_of("{any: [{custom: true}, {has: {rel: fields, where: {alive: true}}}]}")

    assert [policy.reach.hops for policy in (near, path, spread, everywhere)] == [0, 2, 4, None]
    assert (everywhere.facts, everywhere.relations) == (("alive", "custom"), ("fields",))
