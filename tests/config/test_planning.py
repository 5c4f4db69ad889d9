"""`plan:` in auditor.yaml."""

from __future__ import annotations

import pytest

from auditor.config.nodes import ValueReader
from auditor.config.planning import plan_rules
from auditor.formats.yamlnodes import Problems
from auditor.formats.yamls import read_yaml
from auditor.model.rollback import PlanRules

CASES: tuple[tuple[str, str, PlanRules, tuple[str, ...]], ...] = (
    ("nothing is said", "plan:", PlanRules(), ()),
    (
        "all is said",
        "plan: {notice: 14d, hidden: 60, export: 1d, settle: 0d, policies: [own/*]}",
        PlanRules(14, 60, 1, 0, ("own/*",)),
        (),
    ),
    (
        "a time that is none",
        "plan: {notice: two weeks}",
        PlanRules(),
        ("auditor.yaml:1:16: 'two weeks' is no number of days; write 30d",),
    ),
    (
        "a key that is not known",
        "plan: {notise: 14d}",
        PlanRules(),
        ("auditor.yaml:1:8: unknown key 'notise'; did you mean notice?",),
    ),
)


@pytest.mark.parametrize(("text", "rules", "told"), [c[1:] for c in CASES], ids=[c[0] for c in CASES])
def test_plan_rules(text: str, rules: PlanRules, told: tuple[str, ...]) -> None:
    problems = Problems()
    read = plan_rules(ValueReader(problems), read_yaml(text.encode(), "auditor.yaml").get("plan"))
    assert (read, tuple("{}:{}:{}: {}".format(*each) for each in problems.found)) == (rules, told)
