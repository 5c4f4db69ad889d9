"""Which two states are compared: indexes, branches, ranges, pushes, merges, clones of every kind."""

from __future__ import annotations

import os
from collections.abc import Mapping
from pathlib import Path
from types import MappingProxyType

import pytest

from auditor.errors import AuditorError, SourceError
from auditor.formats.gitcalls import Git
from auditor.formats.gitrepos import EMPTY_TREES, FileChange, Repository, open_repository, parsed_changes
from auditor.gate.changesets import INDEX, Asked, ChangeSet, change_set
from tests.gate.scratch import Scratch, clean_environment, scratch

FILES = {"a.txt": "one\n" * 20, "b.txt": "two\n" * 20}
ZERO = "0" * 40


def opened(made: Scratch, environ: Mapping[str, str] | None = None) -> Repository:
    return open_repository(made.top, clean_environment() if environ is None else environ)


STAGED = Asked()


def changed(made: Scratch, asked: Asked = STAGED, environ: Mapping[str, str] = MappingProxyType({})) -> ChangeSet:
    found = change_set(opened(made), asked, environ)
    assert found is not None
    return found


def paths(change: ChangeSet) -> list[tuple[str, str, str]]:
    return [(each.status, each.old, each.new) for each in change.changes]


@pytest.fixture
def repo(tmp_path: Path) -> Scratch:
    return scratch(tmp_path / "repo", FILES)


def test_what_is_staged_is_compared_with_the_last_commit(repo: Scratch) -> None:
    repo.git("mv", "a.txt", "c.txt")
    repo.git("rm", "-q", "b.txt")
    repo.write({"d.txt": "four\n"})
    repo.write({"untracked.txt": "five\n"}, stage=False)

    change = changed(repo)

    assert (change.base, change.head, paths(change)) == (
        repo.git("rev-parse", "HEAD"),
        INDEX,
        [("D", "b.txt", ""), ("R", "a.txt", "c.txt"), ("A", "", "d.txt")],
    )


def test_before_the_first_commit_everything_is_new(tmp_path: Path) -> None:
    made = Scratch(tmp_path)
    made.git("init", "-q")
    made.write({"a.txt": "one\n"})

    change = changed(made)

    assert (change.base, paths(change)) == (EMPTY_TREES["sha1"], [("A", "", "a.txt")])


def test_a_file_that_is_only_announced_is_not_seen(repo: Scratch) -> None:
    repo.write({"later.txt": "x\n"}, stage=False)
    repo.git("add", "-N", "later.txt")

    assert paths(changed(repo)) == []


def test_a_branch_is_compared_with_where_it_left(repo: Scratch) -> None:
    base = repo.git("rev-parse", "HEAD")
    repo.git("checkout", "-q", "-b", "work")
    repo.write({"w.txt": "work\n"})
    head = repo.commit()
    repo.git("checkout", "-q", "main")
    repo.write({"m.txt": "main\n"})
    repo.commit()
    repo.git("checkout", "-q", "--detach", "work")

    for asked in (Asked(base="main"), Asked(span="main..work"), Asked(base="main", head="work")):
        change = changed(repo, asked)
        assert (change.base, change.head, paths(change)) == (base, head, [("A", "", "w.txt")])


def test_what_is_pushed_is_what_pre_commit_says(repo: Scratch) -> None:
    first = repo.git("rev-parse", "HEAD")
    repo.write({"c.txt": "three\n"})
    second = repo.commit()
    refs = {"PRE_COMMIT_FROM_REF": first, "PRE_COMMIT_TO_REF": second}

    assert paths(changed(repo, STAGED, refs)) == [("A", "", "c.txt")]


def test_a_new_branch_is_compared_with_the_remote_or_with_nothing(repo: Scratch) -> None:
    first = repo.git("rev-parse", "HEAD")
    repo.write({"c.txt": "three\n"})
    second = repo.commit()
    refs = {"PRE_COMMIT_FROM_REF": ZERO, "PRE_COMMIT_TO_REF": second}

    assert changed(repo, STAGED, refs).base == EMPTY_TREES["sha1"]
    repo.git("update-ref", "refs/remotes/origin/main", first)
    assert changed(repo, STAGED, refs).base == first


def test_a_branch_that_is_taken_away_is_no_change(repo: Scratch) -> None:
    refs = {"PRE_COMMIT_FROM_REF": repo.git("rev-parse", "HEAD"), "PRE_COMMIT_TO_REF": ZERO}

    assert change_set(opened(repo), Asked(), refs) is None


def conflict(repo: Scratch) -> None:
    repo.git("checkout", "-q", "-b", "other")
    repo.write({"a.txt": "other\n"})
    repo.commit()
    repo.git("checkout", "-q", "main")
    repo.write({"a.txt": "main\n"})
    repo.commit()
    with pytest.raises(Exception, match="merge"):
        repo.git("merge", "-q", "other")


def test_unmerged_files_are_named(repo: Scratch) -> None:
    conflict(repo)

    with pytest.raises(AuditorError, match=r"not merged yet: a\.txt; resolve them and `git add` them"):
        changed(repo)


def test_a_merge_knows_its_other_parents(repo: Scratch) -> None:
    conflict(repo)
    repo.write({"a.txt": "both\n"})

    assert changed(repo).others == (repo.git("rev-parse", "other"),)


def test_a_shallow_clone_says_how_to_fetch_deeper(repo: Scratch, tmp_path: Path) -> None:
    repo.write({"c.txt": "three\n"})
    repo.commit()
    clone = Scratch(tmp_path / "clone")
    repo.git("clone", "-q", "--depth", "1", f"file://{repo.top}", str(clone.top))

    assert paths(changed(clone)) == []
    with pytest.raises(
        SourceError, match=r"shallow and does not reach HEAD~1; fetch deeper \(`git fetch --deepen"
    ):
        changed(clone, Asked(base="HEAD~1"))


@pytest.mark.parametrize(
    ("asked", "said"),
    [
        pytest.param(Asked(base="nowhere"), "nowhere names no commit of this clone", id="no such revision"),
        pytest.param(Asked(base="--all"), "--all names no commit of this clone", id="an option is no revision"),
        pytest.param(Asked(head="HEAD"), "--head HEAD needs --base", id="a head alone"),
    ],
)
def test_a_revision_that_cannot_be_is_refused(repo: Scratch, asked: Asked, said: str) -> None:
    with pytest.raises(AuditorError, match=said):
        changed(repo, asked)


def test_a_worktree_has_an_index_of_its_own(repo: Scratch, tmp_path: Path) -> None:
    repo.git("worktree", "add", "-q", str(tmp_path / "tree"), "-b", "tree")
    tree = Scratch(tmp_path / "tree")
    tree.write({"t.txt": "tree\n"})

    assert (paths(changed(tree)), paths(changed(repo))) == ([("A", "", "t.txt")], [])


def test_a_repository_of_longer_ids_is_read(tmp_path: Path) -> None:
    made = scratch(tmp_path / "repo", FILES, options=("--object-format=sha256",))
    made.write({"c.txt": "three\n"})

    change = changed(made)

    assert (len(change.base), paths(change)) == (64, [("A", "", "c.txt")])


def test_the_index_of_a_hook_is_the_one_that_is_read(repo: Scratch, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(repo.top)
    index = repo.top / ".git" / "next-index"
    index.write_bytes((repo.top / ".git" / "index").read_bytes())
    repo.write({"c.txt": "three\n"})
    hook = {**clean_environment(), "GIT_DIR": ".git", "GIT_INDEX_FILE": str(index)}

    found = change_set(opened(repo, hook), Asked(), hook)

    assert found is not None
    assert (paths(found), paths(changed(repo))) == ([], [("A", "", "c.txt")])


def test_variables_of_another_repository_are_no_business_of_this_one(
    repo: Scratch, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    other = scratch(tmp_path / "other", {"o.txt": "o\n"})
    monkeypatch.chdir(other.top)

    assert opened(repo, {**clean_environment(), "GIT_DIR": str(other.top / ".git")}).top == repo.top.resolve()


def test_a_submodule_is_told_as_a_change_of_no_file(repo: Scratch, tmp_path: Path) -> None:
    inner = scratch(tmp_path / "inner", {"i.txt": "i\n"})
    repo.git("-c", "protocol.file.allow=always", "submodule", "--quiet", "add", str(inner.top), "lib")

    assert [(each.new, each.new_mode) for each in changed(repo).changes] == [
        (".gitmodules", "100644"),
        ("lib", "160000"),
    ]


def test_a_folder_without_git_and_a_bare_repository_are_refused(repo: Scratch, tmp_path: Path) -> None:
    repo.git("clone", "-q", "--bare", str(repo.top), str(tmp_path / "bare"))
    (tmp_path / "plain").mkdir()

    with pytest.raises(SourceError, match="lies in no git repository"):
        open_repository(tmp_path / "plain", {**clean_environment(), "GIT_CEILING_DIRECTORIES": str(tmp_path)})
    with pytest.raises(SourceError, match="bare repository"):
        open_repository(tmp_path / "bare", clean_environment())


def test_without_git_there_is_a_clear_line(repo: Scratch, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", os.devnull)

    with pytest.raises(SourceError, match=r"git cannot be started: .*; install it"):
        open_repository(repo.top, {"PATH": os.devnull})


def test_raw_changes_are_parsed_whatever_the_names() -> None:
    raw = (
        b":100644 100644 aa bb M\0a\nb.txt\0"
        b":100644 100644 aa bb R087\0old name\0n\xc3\xa5\0"
        b":000000 100644 00 bb A\0\xff.txt\0"
        b":100644 000000 aa 00 D\0z\0"
    )

    assert parsed_changes(raw) == (
        FileChange("M", "a\nb.txt", "a\nb.txt", "aa", "bb", "100644", "100644"),
        FileChange("R", "old name", "nå", "aa", "bb", "100644", "100644"),
        FileChange("D", "z", "", "aa", "", "100644", ""),
        FileChange("A", "", "\udcff.txt", "", "bb", "", "100644"),
    )


def test_git_is_called_where_the_hook_stands_or_in_a_folder() -> None:
    assert Git(None, {}).command("log") == ["git", "--no-optional-locks", "log"]
    assert Git(Path("/x"), {}).command("log") == ["git", "--no-optional-locks", "-C", "/x", "log"]
