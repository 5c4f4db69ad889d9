"""Trees: the same files from a folder, a zip, a tar and a git revision, and what each refuses."""

from __future__ import annotations

import io
import os
import stat
import subprocess
import tarfile
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

from auditor.errors import FormatError, SourceError
from auditor.formats import tree_limits
from auditor.formats.trees import Tree, open_tree
from auditor.model.catalogue import Skipped

_FILES = {
    "objects/Account/fields/Area__c.field-meta.xml": b"<CustomField/>",
    "objects/Räknare__c.object": b"\xff\x00raw",
    "sfdx-project.json": b"{}",
}
_PRUNED = {"node_modules/x/y.js": b"", ".sfdx/tools/a.cls": b"", "deep/.sf/b.json": b""}


def _folder(base: Path) -> str:
    for path, data in (_FILES | _PRUNED).items():
        (base / path).parent.mkdir(parents=True, exist_ok=True)
        (base / path).write_bytes(data)
    return str(base)


def _zip(base: Path) -> str:
    with zipfile.ZipFile(base / "a.zip", "w", zipfile.ZIP_DEFLATED) as archive:
        for path, data in reversed((_FILES | _PRUNED).items()):
            archive.writestr(path, data)
    return str(base / "a.zip")


def _tar(mode: str, name: str) -> Callable[[Path], str]:
    def make(base: Path) -> str:
        with tarfile.open(base / name, mode) as archive:  # type: ignore[call-overload]  # values of a table
            for path, data in (_FILES | _PRUNED).items():
                info = tarfile.TarInfo("./" + path)
                info.size = len(data)
                archive.addfile(info, io.BytesIO(data))
        return str(base / name)

    return make


def _git(*arguments: str, folder: Path) -> None:
    identity = {"GIT_AUTHOR_NAME": "a", "GIT_AUTHOR_EMAIL": "a@b", "GIT_COMMITTER_NAME": "a"}
    environment = {**os.environ, **identity, "GIT_COMMITTER_EMAIL": "a@b"}
    subprocess.run(["git", "-C", str(folder), *arguments], check=True, capture_output=True, env=environment)


def _repository(base: Path) -> Path:
    folder = base / "repo"
    folder.mkdir()
    _folder(folder)
    _git("init", "-q", folder=folder)
    _git("add", "-A", "-f", folder=folder)
    _git("commit", "-q", "-m", "first", folder=folder)
    _git("tag", "v1", folder=folder)
    return folder


def _revision(base: Path) -> str:
    folder = _repository(base)
    (folder / "sfdx-project.json").unlink()
    _git("commit", "-q", "-a", "-m", "second", folder=folder)
    return f"git:{folder}@v1"


def _bare(base: Path) -> str:
    folder = _repository(base)
    _git("clone", "-q", "--bare", str(folder), str(base / "bare.git"), folder=base)
    return f"git:{base / 'bare.git'}"


@pytest.mark.parametrize(
    "make",
    [
        pytest.param(_folder, id="a folder"),
        pytest.param(_zip, id="a zip"),
        pytest.param(_tar("w", "a.tar"), id="a tar"),
        pytest.param(_tar("w:gz", "a.tar.gz"), id="a gzipped tar"),
        pytest.param(_tar("w:gz", "a.tgz"), id="a gzipped tar by its short name"),
        pytest.param(_tar("w:bz2", "a.tar.bz2"), id="a bzipped tar"),
        pytest.param(_tar("w:xz", "a.tar.xz"), id="an xz tar"),
        pytest.param(_revision, id="a revision that is not the newest"),
        pytest.param(_bare, id="a bare repository at its head"),
    ],
)
def test_every_kind_of_tree_lists_the_same_files_sorted_and_reads_them(
    make: Callable[[Path], str], tmp_path: Path
) -> None:
    tree = open_tree(make(tmp_path))

    assert list(tree.paths()) == sorted(_FILES)
    assert {path: tree.read(path) for path in tree.paths()} == _FILES
    assert tree.skipped == ()


def test_a_folder_within_a_repository_is_a_tree_of_its_own(tmp_path: Path) -> None:
    tree = open_tree(f"git:{_repository(tmp_path) / 'objects'}@HEAD")

    assert list(tree.paths()) == ["Account/fields/Area__c.field-meta.xml", "Räknare__c.object"]
    assert tree.read("Räknare__c.object") == b"\xff\x00raw"


def test_links_are_not_followed_and_said(tmp_path: Path) -> None:
    root = tmp_path / "root"
    root.mkdir()
    (tmp_path / "secret.object").write_text("<x/>")
    (root / "a.object").write_text("<x/>")
    (root / "out.object").symlink_to(tmp_path / "secret.object")
    (root / "same.object").symlink_to(root / "a.object")
    (root / "loop").symlink_to(root)
    (root / "self").symlink_to(root / "self")

    tree = open_tree(str(root))

    assert list(tree.paths()) == ["a.object"]
    assert tree.skipped == (
        Skipped("loop", "a link within the tree, which is read at its own place, not followed"),
        Skipped("out.object", "a link out of the tree, not followed"),
        Skipped("same.object", "a link within the tree, which is read at its own place, not followed"),
        Skipped("self", "a link that leads nowhere or to itself, not followed"),
    )


def test_links_and_submodules_of_a_revision_are_said(tmp_path: Path) -> None:
    folder = _repository(tmp_path)
    (folder / "link").symlink_to("/etc/passwd")
    _git("add", "link", folder=folder)
    head = subprocess.run(
        ["git", "-C", str(folder), "rev-parse", "HEAD"], check=True, capture_output=True, text=True
    ).stdout.strip()
    _git("update-index", "--add", "--cacheinfo", f"160000,{head},sub", folder=folder)
    _git("commit", "-q", "-m", "links", folder=folder)

    assert open_tree(f"git:{folder}").skipped == (
        Skipped("link", "a link, not followed"),
        Skipped("sub", "a submodule, which is a repository of its own"),
    )


_BAD_NAMES = ("../up.object", "a/../../up.object", "/etc/passwd", "C:/x.object", "..\\up.object")


@pytest.mark.parametrize("name", _BAD_NAMES)
def test_zip_members_that_leave_the_archive_are_refused(name: str, tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "a.zip", "w") as archive:
        archive.writestr(name, "x")
        archive.writestr("good.object", "x")

    tree = open_tree(str(tmp_path / "a.zip"))

    assert list(tree.paths()) == ["good.object"]
    assert tree.skipped == (Skipped(name, "its name leads out of the archive"),)


def test_tar_members_that_leave_or_link_are_refused(tmp_path: Path) -> None:
    link = tarfile.TarInfo("link.object")
    link.type, link.linkname = tarfile.SYMTYPE, "/etc/passwd"
    with tarfile.open(tmp_path / "a.tar", "w") as archive:
        archive.addfile(tarfile.TarInfo("../up.object"))
        archive.addfile(link)

    tree = open_tree(str(tmp_path / "a.tar"))

    assert list(tree.paths()) == []
    assert tree.skipped == (
        Skipped("../up.object", "its name leads out of the archive"),
        Skipped("link.object", "a link or special file, not followed"),
    )


def test_links_in_a_zip_are_refused(tmp_path: Path) -> None:
    info = zipfile.ZipInfo("link")
    info.external_attr = (stat.S_IFLNK | 0o777) << 16
    with zipfile.ZipFile(tmp_path / "a.zip", "w") as archive:
        archive.writestr(info, "/etc/passwd")

    assert open_tree(str(tmp_path / "a.zip")).skipped == (Skipped("link", "a link or special file, not followed"),)


def test_a_zip_bomb_costs_one_file(tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "a.zip", "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("bomb.object", b" " * (tree_limits.RATIO_FLOOR + 1))
        archive.writestr("good.object", b"x")

    tree = open_tree(str(tmp_path / "a.zip"))

    assert tree.read("good.object") == b"x"
    with pytest.raises(FormatError, match="archive bomb"):
        tree.read("bomb.object")


def test_a_tar_bomb_is_refused_whole(tmp_path: Path) -> None:
    with tarfile.open(tmp_path / "a.tgz", "w:gz") as archive:
        info = tarfile.TarInfo("bomb.object")
        info.size = tree_limits.RATIO_FLOOR + 1
        archive.addfile(info, io.BytesIO(b" " * info.size))

    with pytest.raises(SourceError, match="archive bomb"):
        open_tree(str(tmp_path / "a.tgz"))


def _read_large(tree: Tree) -> None:
    with pytest.raises(FormatError, match=r"larger than 64 MB \(67,108,865 bytes\), not read"):
        tree.read("large.xml")


def test_a_file_beyond_the_limit_is_not_read(tmp_path: Path) -> None:
    with (tmp_path / "large.xml").open("wb") as stream:
        stream.truncate(tree_limits.MAX_FILE + 1)

    _read_large(open_tree(str(tmp_path)))


@pytest.mark.parametrize(
    ("make", "message"),
    [
        pytest.param(lambda base: str(base / "none"), "does not exist", id="a missing path"),
        pytest.param(lambda base: f"git:{base / 'none'}", "no git repository", id="a missing repository"),
        pytest.param(lambda base: f"git:{base}@v1", "cannot read", id="a folder without a repository"),
    ],
)
def test_a_place_that_is_none_is_an_error_that_says_so(
    make: Callable[[Path], str], message: str, tmp_path: Path
) -> None:
    with pytest.raises(SourceError, match=message):
        open_tree(make(tmp_path))


@pytest.mark.parametrize("name", ["a.zip", "a.tar.gz", "a.tar"])
def test_a_file_of_rubbish_is_an_error_that_names_it(name: str, tmp_path: Path) -> None:
    (tmp_path / name).write_bytes(b"\x1f\x8brubbish" * 200)

    with pytest.raises(SourceError, match=name.replace(".", r"\.")):
        open_tree(str(tmp_path / name))


def test_a_single_file_is_a_tree_of_one(tmp_path: Path) -> None:
    (tmp_path / "a.object").write_bytes(b"x")

    tree = open_tree(str(tmp_path / "a.object"))

    assert (list(tree.paths()), tree.read("a.object")) == (["a.object"], b"x")


@pytest.mark.parametrize(
    ("make", "reason"),
    [
        pytest.param(os.mkfifo, "neither a file nor a folder", id="a pipe, which may never end"),
        pytest.param(
            lambda path: os.truncate(os.open(path, os.O_CREAT | os.O_WRONLY), 300 * 2**20),
            "larger than 64 MB (314,572,800 bytes), not read",
            id="300 MB",
        ),
        pytest.param(Path.mkdir, "neither a file nor a folder", id="a folder in the place of the file"),
    ],
)
def test_a_single_file_is_read_within_the_same_bounds(
    tmp_path: Path, make: Callable[[Path], object], reason: str
) -> None:
    place = tmp_path / "a.object"
    place.write_bytes(b"x")
    tree = open_tree(str(place))
    place.unlink()
    make(place)

    with pytest.raises(FormatError) as caught:
        tree.read("a.object")

    assert reason == caught.value.reason


def test_a_revision_that_looks_like_an_option_is_no_option(tmp_path: Path) -> None:
    with pytest.raises(SourceError, match="cannot read"):
        open_tree(f"git:{_repository(tmp_path)}@--all")


def test_a_file_whose_content_a_partial_clone_lacks_costs_that_file(tmp_path: Path) -> None:
    folder = _repository(tmp_path)
    wanted = sorted(open_tree(f"git:{folder}").paths())[0]
    blob = subprocess.run(
        ["git", "-C", str(folder), "rev-parse", f"HEAD:{wanted}"], check=True, capture_output=True, text=True
    ).stdout.strip()
    (folder / ".git" / "objects" / blob[:2] / blob[2:]).unlink()

    tree = open_tree(f"git:{folder}")

    assert wanted in tree.paths()
    with pytest.raises(FormatError, match="partial clone"):
        tree.read(wanted)
