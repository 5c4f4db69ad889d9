"""The gate's entry among the hooks of a repository: added to the file as it stands, or left to people."""

from __future__ import annotations

import pytest

from auditor.version import VERSION
from auditor.workspace.hooking import Added, Hooked, entry, with_hook

ENTRY = f"""\
- repo: local
  hooks:
    - id: auditor-check
      name: what this change makes worse in the CRM
      entry: auditor check
      language: python
      additional_dependencies: [crm-scope-auditor=={VERSION}]
      always_run: true
      pass_filenames: false
      require_serial: true
      stages: [pre-commit, pre-push, manual]
"""
PRETTIER = "# ours\nrepos:\n- repo: https://example.test/prettier\n  rev: v3\n  hooks: [{id: prettier}]\n"
EXCLUDED_LAST = "repos:\n  - repo: local\n    hooks: []\nexclude: ^generated/\n"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param("", Hooked("repos:\n" + entry("  "), Added.WRITTEN), id="no file yet"),
        pytest.param(PRETTIER, Hooked(PRETTIER + ENTRY, Added.WRITTEN), id="as its neighbours are indented"),
        pytest.param(PRETTIER + ENTRY, Hooked(PRETTIER + ENTRY, Added.PRESENT), id="there already"),
        pytest.param(EXCLUDED_LAST, Hooked(EXCLUDED_LAST, Added.BY_HAND), id="another key stands last"),
        pytest.param("repos: []\n", Hooked("repos: []\n", Added.BY_HAND), id="a list in one line"),
    ],
)
def test_the_entry_is_added_where_that_is_safe(text: str, expected: Hooked) -> None:
    assert expected == with_hook(text)


def test_a_configuration_in_a_folder_is_named() -> None:
    assert "      entry: auditor check --config crm/auditor.yaml\n" in entry("", "crm/auditor.yaml")
