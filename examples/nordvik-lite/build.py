"""Builds Nordvik as most companies really are: a repository with its git history, and the free kit. No logs.

    python examples/nordvik-lite/build.py [--out FOLDER]

writes `repo/`, a git repository made from the tree of `examples/nordvik` with a history from 2022 on, and `kit/`
into FOLDER, which is this folder unless said otherwise. The commits have fixed dates and authors, so that the
same tree gives the same commit ids. Needs git.
"""

from __future__ import annotations

import argparse
import csv
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta
from pathlib import Path

HERE = Path(__file__).resolve().parent
sys.path.insert(0, str(HERE.parent / "nordvik"))

from generate import SALESFORCE, World, build_world, write_free_kit  # noqa: E402 (lies in the example beside this)

FIRST_COMMIT = date(2022, 1, 17)
LAST_QUARTER = date(2026, 10, 1)
_SOURCE = Path("force-app/main/default")
_LATE = (
    (date(2026, 8, 17), "Automation, code and rules under version control", ("flows", "classes", "triggers")),
    (date(2026, 10, 12), "Layouts, pages and rights under version control", ("layouts", "profiles")),
    (date(2026, 11, 9), "Reports and everything else under version control", ()),
)
"""What was not kept in the repository before 2026; the last commit takes all that is left."""
_RETIRED = """<?xml version="1.0" encoding="UTF-8"?>
<CustomField xmlns="http://soap.sforce.com/2006/04/metadata">
    <fullName>{name}</fullName>
    <label>{label}</label>
    <length>80</length>
    <required>false</required>
    <type>Text</type>
    <unique>false</unique>
</CustomField>
"""


@dataclass(slots=True)
class Commit:
    """What one commit adds, by path below the project, and removes."""

    day: date
    message: str
    files: dict[Path, bytes] = field(default_factory=dict)
    removed: list[Path] = field(default_factory=list)


def build(out: Path) -> None:
    """Build both parts anew."""
    world = build_world()
    shutil.rmtree(out / "repo", ignore_errors=True)
    _replay(out / "repo", _history(world))
    shutil.rmtree(out / "kit", ignore_errors=True)
    write_free_kit(out / "kit", world)


def _history(world: World) -> list[Commit]:
    """The first commit holds what was there in January 2022; then one commit a quarter; then what came late."""
    quarters = [Commit(FIRST_COMMIT, "First retrieve from production"), *_quarters()]
    born = {each.key: world.stories[each.key].created for each in world.tree.fields}
    for key, day in sorted(born.items()):
        owner, name = key.split(".")
        commit = _at(quarters, day)
        path = _field_path(owner, name)
        commit.files[path] = (SALESFORCE / path).read_bytes()
        _with_object(quarters, commit, owner)
    for row in _retired():
        _retire(quarters, row)
    return _with_late(quarters)


def _quarters() -> Iterator[Commit]:
    day = date(2022, 4, 1)
    while day <= LAST_QUARTER:
        before = day - timedelta(days=1)
        yield Commit(day, f"Fields of {before.year} Q{(before.month + 2) // 3}")
        day = date(day.year, day.month + 3, 1) if day.month < 10 else date(day.year + 1, 1, 1)


def _at(quarters: list[Commit], day: date) -> Commit:
    """The first commit on or after a day."""
    return next((commit for commit in quarters if commit.day >= day), quarters[-1])


def _with_object(quarters: list[Commit], commit: Commit, owner: str) -> None:
    path = _SOURCE / "objects" / owner / f"{owner}.object-meta.xml"
    holder = next((each for each in quarters if path in each.files), None)
    if holder is None or holder.day > commit.day:
        if holder is not None:
            del holder.files[path]
        commit.files[path] = (SALESFORCE / path).read_bytes()


def _retire(quarters: list[Commit], row: dict[str, str]) -> None:
    path = _field_path(row["object"], row["field"])
    text = _RETIRED.format(name=row["field"], label=row["label"])
    _at(quarters, date.fromisoformat(row["added"])).files[path] = text.encode()
    _at(quarters, date.fromisoformat(row["removed"])).removed.append(path)


def _with_late(quarters: list[Commit]) -> list[Commit]:
    held = {path for commit in quarters for path in commit.files}
    files = sorted(path.relative_to(SALESFORCE) for path in SALESFORCE.rglob("*") if path.is_file())
    commits = list(quarters)
    for day, message, folders in _LATE:
        late = Commit(day, message)
        for path in files:
            if path not in held and (not folders or set(folders) & set(path.parts)):
                late.files[path] = (SALESFORCE / path).read_bytes()
                held.add(path)
        commits.append(late)
    return sorted(commits, key=lambda commit: commit.day)


def _retired() -> list[dict[str, str]]:
    with (HERE / "retired.csv").open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines))


def _field_path(owner: str, name: str) -> Path:
    return _SOURCE / "objects" / owner / "fields" / f"{name}.field-meta.xml"


def _replay(repository: Path, commits: list[Commit]) -> None:
    repository.mkdir(parents=True)
    _git(repository, FIRST_COMMIT, "init", "--quiet", "--initial-branch=main", "--template=")
    for commit in commits:
        for path, content in commit.files.items():
            target = repository / path
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_bytes(content)
        for path in commit.removed:
            (repository / path).unlink()
        _git(repository, commit.day, "add", "--all")
        _git(repository, commit.day, "commit", "--quiet", "--allow-empty", "--message", commit.message)


def _git(repository: Path, day: date, *arguments: str) -> None:
    moment = f"{day.isoformat()}T09:00:00+00:00"
    environment = {
        "PATH": os.environ.get("PATH", os.defpath),
        "GIT_CONFIG_GLOBAL": os.devnull,
        "GIT_CONFIG_NOSYSTEM": "1",
        "GIT_AUTHOR_NAME": "Nordvik CRM",
        "GIT_AUTHOR_EMAIL": "crm@nordvik.example",
        "GIT_COMMITTER_NAME": "Nordvik CRM",
        "GIT_COMMITTER_EMAIL": "crm@nordvik.example",
        "GIT_AUTHOR_DATE": moment,
        "GIT_COMMITTER_DATE": moment,
    }
    subprocess.run(["git", "-C", str(repository), *arguments], check=True, env=environment)


def main(arguments: list[str]) -> int:
    """Run from the command line."""
    parser = argparse.ArgumentParser(description="Build the repository and the free kit of nordvik-lite.")
    parser.add_argument("--out", type=Path, default=HERE)
    build(parser.parse_args(arguments).out)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
