from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from auditor.facts.catalogue import vocabulary
from auditor.formats.yamls import load_plain
from auditor.policy.documents import InstalledLibrary
from auditor.policy.loading import load_policies

LIBRARY = InstalledLibrary(Path())
STANCES = (
    *("standalone-crm", "integrated", "erp-embedded", "cpq-in-crm", "service-in-crm"),
    *("starting", "managed", "optimising", "all"),
)
"""Packs that only lay severities and parameters over the others."""
GATE = "proposals"
"""The pack that `auditor propose` adds by itself: it speaks of what is not built, and is in no audit."""
PACKS = tuple(pack for pack in LIBRARY.packs() if pack not in STANCES)


@pytest.mark.parametrize("pack", PACKS)
def test_a_pack_compiles_against_the_vocabulary(pack: str) -> None:
    loaded = load_policies([f"pack:{pack}"], LIBRARY, vocabulary())

    assert loaded.policies
    assert {policy.info.origin for policy in loaded.policies} == {f"pack:{pack}"}


def test_the_packs_together_hold_every_policy_once() -> None:
    loaded = load_policies([f"pack:{pack}" for pack in PACKS], LIBRARY, vocabulary())
    apart = [load_policies([f"pack:{pack}"], LIBRARY, vocabulary()) for pack in PACKS]

    assert len(loaded.policies) == sum(len(one.policies) for one in apart) >= 40
    assert loaded.disabled == ()


@pytest.mark.parametrize("stance", STANCES)
def test_a_stance_changes_severities_and_parameters_and_says_why(stance: str) -> None:
    whole = load_policies([f"pack:{pack}" for pack in PACKS], LIBRARY, vocabulary())
    loaded = load_policies([f"pack:{stance}"], LIBRARY, vocabulary())
    told = LIBRARY.read(f"pack:{stance}").decode()

    names = {policy.info.id for policy in loaded.policies}
    audited = {policy.info.id for policy in whole.policies if policy.info.origin != f"pack:{GATE}"}
    assert names | set(loaded.disabled) == audited
    document = load_plain(told)
    assert isinstance(document, dict)
    assert set(document) <= {"version", "extends", "params", "policies"}
    assert told.splitlines()[1].startswith("# For a company ")  # the first line is for editors


def test_every_fix_begins_with_what_to_do_and_every_policy_shows_something() -> None:
    loaded = load_policies([f"pack:{pack}" for pack in PACKS], LIBRARY, vocabulary())

    assert [policy.info.id for policy in loaded.policies if not policy.show or len(policy.info.fix) < 40] == []


def test_every_limit_is_dated_and_names_its_source() -> None:
    data = load_plain(LIBRARY.read("pack:data/salesforce_limits"))
    assert isinstance(data, dict)

    for limit in data["limits"]:
        assert date.fromisoformat(limit["as_of"]) <= date(2026, 11, 21)
        assert limit["source"]
        assert limit["kind"] in ("doc", "third_party")
        assert len({"value", "by_edition", "by_type"} & set(limit)) == 1
