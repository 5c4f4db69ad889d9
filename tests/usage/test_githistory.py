"""First days, removals and growth from scratch repositories with fixed dates."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

import pytest

from auditor.model.catalogue import Catalog, Field, Object, Role
from auditor.model.observations import Definition, Evidence, GrowthEvent
from auditor.usage.githistory import read_git_history
from auditor.usage.request import UsageRequest

AS_OF = date(2026, 11, 21)
EMPTY = Catalog("crm", Role.CRM, "salesforce")


@dataclass(frozen=True, slots=True)
class Repo:
    root: Path

    def git(self, *arguments: str, day: str = "2024-01-01", author: str = "") -> None:
        environment = {
            **os.environ,
            "GIT_AUTHOR_NAME": "a",
            "GIT_AUTHOR_EMAIL": "a@example.org",
            "GIT_COMMITTER_NAME": "a",
            "GIT_COMMITTER_EMAIL": "a@example.org",
            "GIT_COMMITTER_DATE": f"{day}T12:00:00+0000",
            "GIT_AUTHOR_DATE": f"{author or day}T12:00:00+0000",
            "GIT_CONFIG_GLOBAL": os.devnull,
        }
        command = ["git", "-c", "init.defaultBranch=main", *arguments]
        subprocess.run(command, cwd=self.root, env=environment, check=True, capture_output=True)

    def commit(self, day: str, files: Mapping[str, str | None], author: str = "") -> None:
        for path, content in files.items():
            target = self.root / path
            if content is None:
                target.unlink()
            else:
                target.parent.mkdir(parents=True, exist_ok=True)
                target.write_text(content, encoding="utf-8")
        self.git("add", "-A")
        self.git("commit", "-q", "--allow-empty", "-m", "c", day=day, author=author)


@pytest.fixture
def repo(tmp_path: Path) -> Iterator[Repo]:
    made = Repo(tmp_path / "r")
    made.root.mkdir()
    made.git("init", "-q")
    yield made


def field(name: str, item: str = "Account", package: str = "force-app/main/default") -> str:
    return f"{package}/objects/{item}/fields/{name}.field-meta.xml"


def object_file(*names: str) -> str:
    fields = "".join(f"<fields><fullName>{name}</fullName><type>Text</type></fields>" for name in names)
    return f'<CustomObject xmlns="http://soap.sforce.com/2006/04/metadata">{fields}</CustomObject>'


def request(folder: Path, catalog: Catalog = EMPTY, **options: str) -> UsageRequest:
    return UsageRequest("history", "crm", "git-history", (folder,), AS_OF, catalog, options)


def born(subject: str, day: str, removed: str = "") -> Definition:
    gone = date.fromisoformat(removed) if removed else None
    return Definition(subject, "history", created_not_after=date.fromisoformat(day), removed=gone)


def grew(subject: str, day: str, added: bool = True) -> GrowthEvent:
    return GrowthEvent(subject, date.fromisoformat(day), added)


def defined(evidence: Evidence) -> tuple[Definition, ...]:
    """What history says of definitions, but for the day of their last change, which has a test of its own."""
    return tuple(replace(each, modified_not_after=None) for each in evidence.definitions)


def changed(evidence: Evidence) -> dict[str, str]:
    """The last day on which the file of each definition was changed."""
    return {each.subject: str(each.modified_not_after) for each in evidence.definitions}


def test_a_field_file_is_born_with_its_first_commit_and_dies_with_its_last(repo: Repo) -> None:
    repo.commit("2023-01-10", {field("A__c"): "1", field("B__c"): "1", field("Name"): "standard"})
    repo.commit("2023-02-10", {field("A__c"): "2"})
    repo.commit("2023-03-10", {field("B__c"): None})
    evidence = read_git_history(request(repo.root))
    assert defined(evidence) == (
        born("crm:Account.A__c", "2023-01-10"),
        born("crm:Account.B__c", "2023-01-10", "2023-03-10"),
    )
    assert evidence.growth == (
        grew("crm:Account.A__c", "2023-01-10"),
        grew("crm:Account.B__c", "2023-01-10"),
        grew("crm:Account.B__c", "2023-03-10", False),
    )
    assert evidence.windows[0].start == date(2023, 1, 10)
    assert evidence.windows[0].end == date(2023, 3, 10)
    assert evidence.skipped == ()


def test_the_committer_date_bounds_the_creation_not_the_author_date(repo: Repo) -> None:
    repo.commit("2023-05-01", {field("A__c"): "1"}, author="2020-01-01")
    assert defined(read_git_history(request(repo.root))) == (born("crm:Account.A__c", "2023-05-01"),)


def test_an_object_file_is_compared_element_by_element(repo: Repo) -> None:
    path = "src/objects/Order__c.object"
    repo.commit("2022-01-01", {path: object_file("A__c", "Name")})
    repo.commit("2022-04-01", {path: object_file("A__c", "B__c")})
    repo.commit("2022-07-01", {path: object_file("B__c")})
    evidence = read_git_history(request(repo.root))
    assert defined(evidence) == (
        born("crm:Order__c", "2022-01-01"),
        born("crm:Order__c.A__c", "2022-01-01", "2022-07-01"),
        born("crm:Order__c.B__c", "2022-04-01"),
    )


def test_the_last_change_of_a_file_bounds_that_of_its_definitions(repo: Repo) -> None:
    repo.commit("2022-01-01", {field("A__c"): "1", field("B__c"): "1"})
    repo.commit("2022-04-01", {field("A__c"): "2"})
    repo.commit("2023-02-01", {"src/objects/Order__c.object": object_file("C__c", "D__c")})
    repo.commit("2023-07-01", {"src/objects/Order__c.object": object_file("C__c")})
    assert changed(read_git_history(request(repo.root))) == {
        "crm:Account.A__c": "2022-04-01",
        "crm:Account.B__c": "2022-01-01",
        "crm:Order__c": "2023-07-01",
        "crm:Order__c.C__c": "2023-07-01",
        "crm:Order__c.D__c": "2023-02-01",
    }


def test_a_conversion_to_source_format_in_one_commit_is_no_birth(repo: Repo) -> None:
    repo.commit("2022-01-01", {"src/objects/Account.object": object_file("A__c")})
    repo.commit(
        "2024-01-01",
        {"src/objects/Account.object": None, field("A__c"): "1", field("B__c"): "1"},
    )
    evidence = read_git_history(request(repo.root))
    assert defined(evidence) == (born("crm:Account.A__c", "2022-01-01"), born("crm:Account.B__c", "2024-01-01"))
    assert evidence.growth == (grew("crm:Account.A__c", "2022-01-01"), grew("crm:Account.B__c", "2024-01-01"))


def test_a_move_into_the_watched_folder_keeps_the_first_day(repo: Repo) -> None:
    repo.commit("2022-01-01", {field("A__c", package="old"): "1", field("Z__c", package="other"): "1"})
    repo.commit("2023-01-01", {field("A__c", package="old"): None, field("A__c", package="sales"): "1"})
    evidence = read_git_history(request(repo.root / "sales"))
    assert defined(evidence) == (born("crm:Account.A__c", "2022-01-01"),)
    assert evidence.growth == (grew("crm:Account.A__c", "2022-01-01"),)


def test_a_field_of_another_folder_does_not_date_ours(repo: Repo) -> None:
    repo.commit("2020-01-01", {field("A__c", package="org-b"): "1"})
    repo.commit("2023-01-01", {field("A__c", package="org-a"): "1"})
    assert defined(read_git_history(request(repo.root / "org-a"))) == (born("crm:Account.A__c", "2023-01-01"),)


def test_a_field_that_comes_back_is_not_removed_and_keeps_its_first_day(repo: Repo) -> None:
    repo.commit("2022-01-01", {field("A__c"): "1", "keep": "1"})
    repo.commit("2022-06-01", {field("A__c"): None})
    repo.commit("2023-01-01", {field("A__c"): "1"})
    evidence = read_git_history(request(repo.root))
    assert defined(evidence) == (born("crm:Account.A__c", "2022-01-01"),)
    assert [event.added for event in evidence.growth] == [True, False, True]


def test_a_side_branch_dates_what_it_brings_and_its_merge_what_it_removes(repo: Repo) -> None:
    repo.commit("2022-01-01", {"keep": "1", field("Old__c"): "1"})
    repo.git("checkout", "-q", "-b", "side")
    repo.commit("2022-02-01", {field("A__c"): "1", field("Old__c"): None})
    repo.git("checkout", "-q", "main")
    repo.commit("2022-03-01", {field("B__c"): "1"})
    repo.git("merge", "-q", "--no-ff", "-m", "m", "side", day="2022-05-01")
    evidence = read_git_history(request(repo.root))
    assert defined(evidence) == (
        born("crm:Account.A__c", "2022-02-01"),
        born("crm:Account.B__c", "2022-03-01"),
        born("crm:Account.Old__c", "2022-01-01", "2022-05-01"),
    )
    assert evidence.growth == (
        grew("crm:Account.Old__c", "2022-01-01"),
        grew("crm:Account.A__c", "2022-02-01"),
        grew("crm:Account.B__c", "2022-03-01"),
        grew("crm:Account.Old__c", "2022-05-01", False),
    )


def test_a_branch_from_before_a_removal_revives_nothing(repo: Repo) -> None:
    path = "src/objects/Account.object"
    repo.commit("2022-01-01", {path: object_file("A__c", "B__c")})
    repo.git("checkout", "-q", "-b", "side")
    repo.commit("2022-02-01", {path: object_file("A__c", "B__c", "C__c")})
    repo.git("checkout", "-q", "main")
    repo.commit("2022-03-01", {path: object_file("A__c")})
    repo.git("merge", "-q", "-s", "ours", "--no-commit", "side", day="2022-04-01")
    repo.commit("2022-04-01", {path: object_file("A__c", "C__c")})
    assert read_git_history(request(repo.root)).growth == (
        grew("crm:Account.A__c", "2022-01-01"),
        grew("crm:Account.B__c", "2022-01-01"),
        grew("crm:Account.C__c", "2022-02-01"),
        grew("crm:Account.B__c", "2022-03-01", False),
    )


def test_a_deletion_that_the_merge_discarded_is_none(repo: Repo) -> None:
    repo.commit("2022-01-01", {field("A__c"): "1", "keep": "1"})
    repo.git("checkout", "-q", "-b", "side")
    repo.commit("2022-02-01", {field("A__c"): None})
    repo.git("checkout", "-q", "main")
    repo.commit("2022-03-01", {"keep": "2"})
    repo.git("merge", "-q", "-s", "ours", "-m", "m", "side", day="2022-05-01")
    evidence = read_git_history(request(repo.root))
    assert defined(evidence) == (born("crm:Account.A__c", "2022-01-01"),)
    assert evidence.growth == (grew("crm:Account.A__c", "2022-01-01"),)


def test_names_are_spelled_as_in_the_catalogue_and_activities_are_one(repo: Repo) -> None:
    fields = (Field("Activity", "Reach__c"),)
    catalog = Catalog("crm", Role.CRM, "salesforce", objects=(Object("Activity", fields=fields),))
    repo.commit("2022-01-01", {field("reach__c", "Task"): "1"})
    evidence = read_git_history(request(repo.root, catalog))
    assert defined(evidence) == (born("crm:Activity.Reach__c", "2022-01-01"),)


def test_a_broken_version_is_said_and_changes_nothing(repo: Repo) -> None:
    path = "src/objects/Account.object"
    repo.commit("2022-01-01", {path: object_file("A__c")})
    repo.commit("2022-02-01", {path: "<CustomObject><fields>"})
    repo.commit("2022-03-01", {path: object_file("A__c", "B__c")})
    evidence = read_git_history(request(repo.root))
    assert defined(evidence) == (born("crm:Account.A__c", "2022-01-01"), born("crm:Account.B__c", "2022-03-01"))
    assert [(each.path, each.reason.split(": ", 1)[1]) for each in evidence.skipped] == [
        (path, "not well-formed XML: no element found")
    ]


def test_names_with_blanks_newlines_and_other_scripts_do_no_harm(repo: Repo) -> None:
    odd = "docs/a\n:100644 b\x01 é.md"
    repo.commit("2022-01-01", {odd: "1", field("Å__c", "Säljare__c"): "1"})
    evidence = read_git_history(request(repo.root))
    assert defined(evidence) == (born("crm:Säljare__c.Å__c", "2022-01-01"),)


def test_versions_that_a_partial_clone_lacks_are_counted(repo: Repo) -> None:
    repo.commit("2022-01-01", {"src/objects/Account.object": object_file("A__c"), field("B__c"): "1"})
    for loose in sorted((repo.root / ".git/objects").glob("??/*")):
        kind = subprocess.run(
            ["git", "-C", str(repo.root), "cat-file", "-t", loose.parent.name + loose.name],
            capture_output=True,
            check=True,
        )
        if kind.stdout.strip() == b"blob":
            loose.unlink()
    evidence = read_git_history(request(repo.root))
    assert defined(evidence) == (born("crm:Account.B__c", "2022-01-01"),)
    assert [each.reason for each in evidence.skipped] == [
        "1 versions of .object files are not in this clone (a partial one?)"
    ]


UNKNOWN_CASES = [
    ("a shallow clone", "the history is unknown: the clone is shallow; git fetch --unshallow brings the rest"),
    ("a folder without git", "the history is unknown: no git repository that can be read"),
    ("a repository without commits", "the history is unknown: there is no commit HEAD"),
    ("a zip", "the history is unknown: no git repository that can be read"),
]


@pytest.mark.parametrize(("case", "reason"), UNKNOWN_CASES, ids=[case for case, _ in UNKNOWN_CASES])
def test_history_is_unknown_and_says_so_for(
    case: str, reason: str, repo: Repo, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    # The temporary folder itself may lie in somebody's repository.
    monkeypatch.setenv("GIT_CEILING_DIRECTORIES", str(tmp_path))
    folder = repo.root
    if case == "a shallow clone":
        repo.commit("2022-01-01", {field("A__c"): "1"})
        repo.commit("2023-01-01", {field("B__c"): "1"})
        folder = tmp_path / "shallow"
        repo.git("clone", "-q", "--depth", "1", f"file://{repo.root}", str(folder))
    elif case != "a repository without commits":
        folder = tmp_path / "plain"
        folder.mkdir()
        if case == "a zip":
            folder = folder / "tree.zip"
            folder.write_bytes(b"PK")
    evidence = read_git_history(request(folder))
    assert [each.reason for each in evidence.skipped] == [reason]
    assert (evidence.definitions, evidence.growth, evidence.windows) == ((), (), ())
    assert evidence.sources[0].truncated


def test_another_revision_may_be_read(repo: Repo) -> None:
    repo.commit("2022-01-01", {field("A__c"): "1"})
    repo.git("tag", "v1")
    repo.commit("2023-01-01", {field("B__c"): "1"})
    evidence = read_git_history(request(repo.root, rev="v1"))
    assert defined(evidence) == (born("crm:Account.A__c", "2022-01-01"),)


def test_nothing_that_looks_like_an_option_reaches_git_as_one(repo: Repo, tmp_path: Path) -> None:
    repo.commit("2022-01-01", {field("A__c"): "1"})
    target = tmp_path / "written"
    evidence = read_git_history(request(repo.root, rev=f"--output={target}"))
    assert defined(evidence) == ()
    assert not target.exists()


def test_a_tree_in_git_names_its_repository_and_revision(repo: Repo) -> None:
    repo.commit("2022-01-01", {field("A__c"): "1"})
    repo.git("tag", "v1")
    repo.commit("2023-01-01", {field("B__c"): "1"})
    evidence = read_git_history(request(Path(f"git:{repo.root}@v1")))
    assert defined(evidence) == (born("crm:Account.A__c", "2022-01-01"),)
