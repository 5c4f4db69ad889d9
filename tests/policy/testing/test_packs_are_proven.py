"""Every shipped policy says of its fixtures what it should, and every clause of it is held in place by one."""

from __future__ import annotations

from pathlib import Path

import pytest

from auditor.facts.catalogue import vocabulary
from auditor.model.findings import Outcome
from auditor.policy.documents import InstalledLibrary
from auditor.policy.syntax import OnUnknown
from auditor.policy.testing.packs import prove_all, run_fixtures
from auditor.policy.testing.reporting import failures, survivors

LIBRARY = InstalledLibrary(Path())


@pytest.mark.parametrize("pack", LIBRARY.packs())
def test_every_policy_of_a_pack_is_tested_and_no_mutant_of_it_survives(pack: str) -> None:
    tested = run_fixtures(f"pack:{pack}", LIBRARY, vocabulary())

    assert failures(tested) == ()
    assert [policy.info.id for policy in tested.untested] == []
    assert survivors(prove_all(tested)) == ()


@pytest.mark.parametrize("pack", LIBRARY.packs())
def test_every_policy_of_a_pack_has_a_violation_a_pass_and_an_unknown(pack: str) -> None:
    tested = run_fixtures(f"pack:{pack}", LIBRARY, vocabulary())
    wanted = {Outcome.VIOLATION, Outcome.PASS, Outcome.UNKNOWN}
    found: dict[str, set[Outcome]] = {}
    for run in tested.runs:
        found.setdefault(run.suite.policy.info.id, set()).update(result.actual for result in run.results)
    reporting = {policy.info.id for policy in tested.own if policy.on_unknown is OnUnknown.REPORT}

    lacking = {name: wanted - outcomes for name, outcomes in found.items() if name in reporting}
    assert {name: missing for name, missing in lacking.items() if missing} == {}
