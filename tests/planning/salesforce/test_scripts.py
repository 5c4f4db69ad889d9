"""The script beside each package, run with a stand-in for the Salesforce CLI: it refuses on any difference."""

from __future__ import annotations

import os
import shutil
import subprocess
from pathlib import Path

import pytest

from auditor.planning.salesforce.packaging import salesforce_artefacts
from auditor.planning.salesforce.removing import removal_of
from tests.planning.salesforce.sources import HEAD, project

LAYOUT = "force-app/layouts/Account-Main page.layout-meta.xml"
OLD_LAYOUT = "src/layouts/Account-Main.layout"
TEXT = f"{HEAD}<Layout>\n    <multilineLayoutFields>A__c</multilineLayoutFields>\n</Layout>\n"
SF = """#!/bin/sh
echo "$@" >> "$CALLS"
case "$2 $3" in
  "retrieve start")
    case "$*" in
      *--target-metadata-dir*)
        mkdir -p "$7/unpackaged/layouts"
        cp "$ORG" "$7/unpackaged/layouts/Account-Main.layout"
        echo "<Package/>" > "$7/unpackaged/package.xml" ;;
      *) cp "$ORG" "force-app/layouts/Account-Main page.layout-meta.xml" ;;
    esac ;;
esac
"""
pytestmark = pytest.mark.skipif(
    not (shutil.which("sh") and shutil.which("sha256sum")), reason="needs a shell and sha256sum"
)


def _run(tmp_path: Path, path: str, in_org: str, in_project: str = TEXT) -> tuple[int, list[str], str]:
    """Exit code of the script of the second step, the commands that it ran, and its last line."""
    made = project({"sfdx-project.json": '{"packageDirectories": [{"path": "force-app"}]}', path: TEXT})
    removal = removal_of(made.catalog, ["Account.A__c"])
    artefacts = salesforce_artefacts(removal, made.catalog, made.tree, made.without("Account.A__c"))
    for artefact in artefacts:
        _write(tmp_path / "plan" / artefact.path, artefact.content)
    for name, content in {**made.tree.contents, path: in_project.encode()}.items():
        _write(tmp_path / "project" / name, content)
    _write(tmp_path / "org.xml", in_org.encode())
    _write(tmp_path / "bin/sf", SF.encode())
    (tmp_path / "bin/sf").chmod(0o755)
    paths = f"{tmp_path / 'bin'}{os.pathsep}{os.environ['PATH']}"
    told = subprocess.run(
        ["sh", str(tmp_path / "plan/2-hide/check.sh"), "an-org", str(tmp_path / "project")],
        env={"PATH": paths, "CALLS": str(tmp_path / "calls"), "ORG": str(tmp_path / "org.xml")},
        capture_output=True,
        text=True,
        check=False,
    )
    calls = (tmp_path / "calls").read_text().splitlines() if (tmp_path / "calls").exists() else []
    said = told.stderr.strip().splitlines()
    return told.returncode, [" ".join(call.split()[:4]) for call in calls], said[-1] if said else ""


def _write(path: Path, content: bytes) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content)


RETRIEVE, VALIDATE = "project retrieve start --manifest", "project deploy start --dry-run"
REFUSED = ". Retrieve, commit, and make the plan anew."


def test_where_nothing_differs_it_validates(tmp_path: Path) -> None:
    assert _run(tmp_path, LAYOUT, TEXT) == (0, [RETRIEVE, VALIDATE], "")


def test_it_refuses_where_the_org_has_moved_on(tmp_path: Path) -> None:
    code, calls, said = _run(tmp_path, LAYOUT, TEXT.replace("A__c", "B__c"))
    assert (code, calls, said) == (1, [RETRIEVE], f"refused: the org differs from the project{REFUSED}")


def test_it_refuses_where_the_project_has_moved_on(tmp_path: Path) -> None:
    code, calls, said = _run(tmp_path, LAYOUT, TEXT, TEXT.replace("A__c", "B__c"))
    assert (code, calls) == (1, [])
    assert said == f"refused: the project differs from what the plan was made for{REFUSED}"


def test_the_older_format_is_compared_and_validated_as_a_package(tmp_path: Path) -> None:
    assert _run(tmp_path, OLD_LAYOUT, TEXT) == (0, [RETRIEVE, VALIDATE], "")


def test_the_older_format_is_refused_where_the_org_has_moved_on(tmp_path: Path) -> None:
    code, calls, said = _run(tmp_path, OLD_LAYOUT, TEXT.replace("A__c", "B__c"))
    assert (code, calls) == (1, [RETRIEVE])
    assert said == f"refused: the org differs from what the plan was made for{REFUSED}"
