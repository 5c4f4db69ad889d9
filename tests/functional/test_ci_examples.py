"""What may be copied into a pipeline is valid by the schemas of those who run it, and calls what there is."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from threading import Thread
from typing import ClassVar

import pytest
import yaml

from auditor.cli.main import auditor
from tests.gate.scratch import FIELDS, clean_environment, field_xml, scratch

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
    transform: list[str] = ["--data-transform", "gitlab-ci"] if "gitlab" in schema else []
    done = subprocess.run(
        [sys.executable, "-m", "check_jsonschema", "--builtin-schema", schema, *transform, str(CI / file)],
        capture_output=True,
        text=True,
        check=False,
    )
    assert (done.returncode, done.stderr) == (0, "")


def test_the_hooks_fit_the_manifest_of_pre_commit() -> None:
    command = [sys.executable, "-m", "pre_commit", "validate-manifest", str(ROOT / ".pre-commit-hooks.yaml")]
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


def test_the_script_leaves_its_reports_and_the_code_of_the_check(tmp_path: Path) -> None:
    made = scratch(tmp_path / "repo")
    made.git("switch", "-q", "-c", "feature")
    made.write({f"{FIELDS}/A__c.field-meta.xml": field_xml("A__c", "")})
    made.commit()
    tools = tmp_path / "bin"
    tools.mkdir()
    (tools / "auditor").write_text(f'#!/bin/sh\nexec "{sys.executable}" -m auditor "$@"\n')
    (tools / "auditor").chmod(0o755)
    environment = {
        **clean_environment(),
        "PATH": f"{tools}{os.pathsep}{os.environ['PATH']}",
        "PYTHONPATH": str(ROOT),
        "AUDITOR_FAIL_ON": "low",
    }
    done = subprocess.run(
        ["sh", CI / "check.sh", "main"],
        cwd=made.top,
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )
    told = (made.top / "auditor.md").read_text(encoding="utf-8")
    assert (done.returncode, told.splitlines()[0]) == (1, "<!-- crm-scope-auditor: check -->"), done.stderr
    assert (made.top / "auditor.sarif").exists()
    assert (made.top / "auditor.json").exists()


GH = """#!/bin/sh
echo "$@" >> calls.log
case "$*" in *--paginate*) printf '%s' "$KNOWN" ;; esac
"""


@pytest.mark.parametrize(
    ("known", "expected"),
    [
        pytest.param("", "api --silent --method POST pulls --field body=@comment.md", id="a first comment"),
        pytest.param(
            "7\n9\n", "api --silent --method PATCH comments/7 --field body=@comment.md", id="kept up to date"
        ),
    ],
)
def test_one_comment_is_kept_on_a_pull_request(known: str, expected: str, tmp_path: Path) -> None:
    steps = yaml.safe_load((CI / "github" / "action.yml").read_text(encoding="utf-8"))["runs"]["steps"]
    (script,) = [step["run"] for step in steps if step.get("name") == "Comment"]
    (tmp_path / "gh").write_text(GH)
    (tmp_path / "gh").chmod(0o755)
    (tmp_path / "auditor.md").write_text("<!-- crm-scope-auditor: check -->\n\nTold.\n")
    environment = {
        "PATH": f"{tmp_path}{os.pathsep}{os.environ['PATH']}",
        "PULL": "pulls",
        "COMMENTS": "comments",
        "KNOWN": known,
    }
    subprocess.run(["bash", "-eo", "pipefail", "-c", script], cwd=tmp_path, env=environment, check=True)
    asked, done = (tmp_path / "calls.log").read_text().splitlines()
    assert 'startswith("<!-- crm-scope-auditor: check -->")' in asked
    assert expected == done
    assert (tmp_path / "auditor.md").read_text() == (tmp_path / "comment.md").read_text()


class Notes(BaseHTTPRequestHandler):
    """A merge request with one note of somebody's and, perhaps, one of ours."""

    notes: ClassVar[list[dict[str, object]]] = []
    calls: ClassVar[list[tuple[str, str, str]]] = []

    def _answer(self) -> None:
        size = int(self.headers.get("Content-Length") or 0)
        body = json.loads(self.rfile.read(size))["body"] if size else ""
        self.calls.append((self.command, self.path, body))
        self.send_response(200)
        self.end_headers()
        self.wfile.write(json.dumps(self.notes).encode())

    do_GET = do_POST = do_PUT = _answer  # noqa: N815 - names of the standard library

    def log_message(self, *_arguments: object) -> None:
        """Say nothing."""


@pytest.mark.parametrize(
    ("ours", "expected"),
    [
        pytest.param([], ("POST", "/projects/1/merge_requests/2/notes"), id="a first note"),
        pytest.param(
            [{"id": 5, "body": "<!-- crm-scope-auditor: check -->\nBefore."}],
            ("PUT", "/projects/1/merge_requests/2/notes/5"),
            id="kept up to date",
        ),
    ],
)
def test_one_note_is_kept_on_a_merge_request(
    ours: list[dict[str, object]], expected: tuple[str, str], tmp_path: Path
) -> None:
    template = yaml.safe_load((CI / "gitlab" / "auditor.gitlab-ci.yml").read_text(encoding="utf-8"))
    (script,) = template["crm-scope"]["after_script"]
    text = "<!-- crm-scope-auditor: check -->\n\nTold.\n"
    (tmp_path / "auditor.md").write_text(text)
    Notes.notes, Notes.calls = [{"id": 1, "body": "Nice."}, *ours], []
    with HTTPServer(("127.0.0.1", 0), Notes) as server:
        Thread(target=server.serve_forever, daemon=True).start()
        environment = {
            "PATH": f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}",
            "AUDITOR_GITLAB_TOKEN": "t",
            "CI_API_V4_URL": f"http://127.0.0.1:{server.server_port}",
            "CI_PROJECT_ID": "1",
            "CI_MERGE_REQUEST_IID": "2",
        }
        subprocess.run(["bash", "-e", "-c", script], cwd=tmp_path, env=environment, check=True)
        server.shutdown()
    assert [("GET", "/projects/1/merge_requests/2/notes?per_page=100", ""), (*expected, text)] == Notes.calls
