"""The wheel holds what the tree holds, and nothing else at top level."""

from __future__ import annotations

import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
FOLDERS = {"auditor": "auditor", "auditor/policies": "policies", "auditor/reports": "reports"}
"""Folder in the wheel → folder in the tree."""


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("wheel")
    # A copy: a build leaves no folders behind in the tree, and what git ignores is not shipped.
    source = folder / "source"
    listed = subprocess.run(
        ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"],
        cwd=ROOT,
        capture_output=True,
        check=True,
    )
    for name in filter(None, listed.stdout.decode().split("\0")):
        if (ROOT / name).is_file() and not name.startswith(("examples/", "tests/")):
            (source / name).parent.mkdir(parents=True, exist_ok=True)
            (source / name).write_bytes((ROOT / name).read_bytes())
    command = [sys.executable, "-m", "build", "--wheel", "--no-isolation", "--outdir", str(folder), str(source)]
    built = subprocess.run(command, capture_output=True, text=True, check=False)
    assert built.returncode == 0, built.stdout + built.stderr
    (path,) = folder.glob("*.whl")
    return path


@pytest.mark.slow
def test_the_wheel_holds_every_module_and_every_data_file_of_the_tree(wheel: Path) -> None:
    with zipfile.ZipFile(wheel) as archive:
        held = {name for name in archive.namelist() if ".dist-info/" not in name}

    expected = {
        f"{target}/{path.relative_to(ROOT / folder).as_posix()}"
        for target, folder in FOLDERS.items()
        for path in (ROOT / folder).rglob("*")
        if path.is_file() and "__pycache__" not in path.parts
    }
    assert held == expected


@pytest.mark.slow
def test_the_installed_command_runs_and_finds_its_packs(wheel: Path, tmp_path: Path) -> None:
    target = tmp_path / "site"
    install = [sys.executable, "-m", "pip", "install", "--quiet", "--no-deps", "--target", str(target), str(wheel)]
    subprocess.run(install, check=True, capture_output=True)
    # -P and an empty folder: only the installed copy can be found, never the tree.
    script = (
        f"import sys; sys.path.insert(0, {str(target)!r})\n"
        "import auditor.__main__, importlib.resources as r\n"
        "print(auditor.__main__.__file__)\n"
        "print((r.files('auditor.policies') / 'scope.yaml').is_file())\n"
        "sys.argv = ['auditor', '--version']\n"
        "auditor.__main__.main()\n"
    )
    ran = subprocess.run(
        [sys.executable, "-P", "-c", script], cwd=tmp_path, capture_output=True, text=True, check=True
    )

    assert ran.stdout.splitlines() == [str(target / "auditor" / "__main__.py"), "True", "auditor, version 0.1.0"]
