"""What may be copied into a pipeline is valid by the schemas of those who run it, and calls what there is."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from auditor.cli.main import auditor

ROOT = Path(__file__).parents[2]
CI = ROOT / "examples" / "ci"


@pytest.mark.parametrize(
    ("schema", "file"),
    [
        pytest.param("vendor.github-actions", "github/action.yml", id="a composite action"),
        pytest.param("vendor.github-workflows", "github/workflow.yml", id="a workflow that uses it"),
        pytest.param("vendor.gitlab-ci", "gitlab/auditor.gitlab-ci.yml", id="a GitLab template"),
    ],
)
def test_a_pipeline_fits_its_schema(schema: str, file: str) -> None:
    transform = ["--data-transform", "gitlab-ci"] if "gitlab" in schema else []
    done = subprocess.run(
        [sys.executable, "-m", "check_jsonschema", "--builtin-schema", schema, *transform, CI / file],
        capture_output=True,
        text=True,
        check=False,
    )
    assert (done.returncode, done.stderr) == (0, "")


def test_the_hooks_fit_the_manifest_of_pre_commit() -> None:
    command = [sys.executable, "-m", "pre_commit", "validate-manifest", ROOT / ".pre-commit-hooks.yaml"]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stdout) == (0, "")


@pytest.mark.skipif(shutil.which("sh") is None, reason="no shell here")
def test_the_script_is_one_that_a_shell_can_read() -> None:
    done = subprocess.run(["sh", "-n", CI / "check.sh"], capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr) == (0, "")


def _calls() -> list[tuple[str, tuple[str, ...]]]:
    """(file, words) of every call of the auditor in what is there to be copied."""
    files = [*sorted(CI.rglob("*.yml")), CI / "check.sh", ROOT / ".pre-commit-hooks.yaml"]
    found = []
    for file in files:
        text = re.sub(r"\\\n\s*", " ", file.read_text(encoding="utf-8"))
        text = re.sub(r"(auditor check[^\n]*)\n\s+(--[^\n]*)\n\s+(--[^\n]*)", r"\1 \2 \3", text)
        for call in re.findall(r"^\s*(?:exec |entry: )?auditor ([a-z][^\n|#]*)", text, re.MULTILINE):
            found.append((file.name, tuple(call.replace('"', "").split())))
    return found


@pytest.mark.parametrize(("file", "words"), [pytest.param(*call, id=" ".join(call[1][:2])) for call in _calls()])
def test_every_call_in_them_is_one_that_the_command_line_takes(file: str, words: tuple[str, ...]) -> None:
    command, rest = auditor, list(words)
    context = command.make_context("auditor", rest, resilient_parsing=True)
    while hasattr(command, "resolve_command"):
        _, command, rest = command.resolve_command(context, rest)  # type: ignore[assignment]  # None is an error below
        assert command is not None, (file, words)
    options = {name for each in command.params for name in each.opts}
    assert [word for word in rest if word.startswith("--") and word not in options] == [], file
