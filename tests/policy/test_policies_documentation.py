"""What docs/policies.md shows works, and it leaves out no word of the grammar."""

from __future__ import annotations

import re
from pathlib import Path

from auditor.facts.catalogue import vocabulary
from auditor.policy.conditions import GROUPS, NEIGHBOURHOOD_KEYS, QUANTIFIERS
from auditor.policy.documents import DOCUMENT_KEYS, InstalledLibrary
from auditor.policy.loading import load_policies
from auditor.policy.rules import PILLARS, RULE_KEYS
from auditor.policy.syntax import Operator
from auditor.policy.testing.packs import run_fixtures
from auditor.policy.testing.reporting import failures
from auditor.policy.waivers import Category, read_waivers

TEXT = (Path(__file__).parents[2] / "docs" / "policies.md").read_text(encoding="utf-8")
BLOCKS = re.findall(r"```yaml\n(.*?)```", TEXT, flags=re.DOTALL)


def test_the_first_example_compiles_and_overrides_its_packs(tmp_path: Path) -> None:
    (tmp_path / "own.yaml").write_text(BLOCKS[0], encoding="utf-8")
    loaded = load_policies(["own.yaml"], InstalledLibrary(tmp_path), vocabulary())
    severities = {policy.info.id: policy.info.severity for policy in loaded.policies}

    assert (severities["sprawl/never-adopted"], severities["ours/no-fax"]) == ("critical", "low")
    assert ("unused_after", "395d") in loaded.params


def test_the_example_of_a_list_compiles(tmp_path: Path) -> None:
    (tmp_path / "own.yaml").write_text("version: 1\n" + BLOCKS[1], encoding="utf-8")

    assert [
        listed.spec.name for listed in load_policies(["own.yaml"], InstalledLibrary(tmp_path), vocabulary()).lists
    ] == ["sellers_need"]


def test_the_example_of_fixtures_is_kept(tmp_path: Path) -> None:
    (tmp_path / "own.yaml").write_text("version: 1\nextends: pack:sprawl\n", encoding="utf-8")
    (tmp_path / "own.test.yaml").write_text(BLOCKS[2], encoding="utf-8")
    tested = run_fixtures("own.yaml", InstalledLibrary(tmp_path), vocabulary())

    assert failures(tested) == ()
    assert sum(len(run.results) for run in tested.runs) == 5


def test_the_example_of_a_waiver_is_read() -> None:
    assert [waiver.id for waiver in read_waivers(BLOCKS[3], "waivers.yaml")] == ["W-014"]


def test_every_word_of_the_grammar_is_there() -> None:
    words = (
        *RULE_KEYS,
        *DOCUMENT_KEYS,
        *GROUPS,
        *QUANTIFIERS,
        *NEIGHBOURHOOD_KEYS,
        *Operator,
        *PILLARS,
        *Category,
    )

    assert [word for word in words if not re.search(rf"\b{word}\b", TEXT)] == []


def test_every_pack_is_described() -> None:
    assert [pack for pack in InstalledLibrary(Path()).packs() if f"| `{pack}` |" not in TEXT] == []
