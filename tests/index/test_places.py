"""Where caches live, and with which key."""

from __future__ import annotations

from pathlib import Path

import pytest

from auditor.index.places import KEY_VARIABLE, open_store
from auditor.starting import user_folder


@pytest.mark.parametrize(
    ("environ", "platform", "expected"),
    [
        pytest.param({"HOME": "/h"}, "linux", "/h/.cache/crm-scope-auditor", id="Linux"),
        pytest.param({"HOME": "/h", "XDG_CACHE_HOME": "/x"}, "linux", "/x/crm-scope-auditor", id="as XDG says"),
        pytest.param({"HOME": "/h"}, "darwin", "/h/Library/Caches/crm-scope-auditor", id="macOS"),
        pytest.param({"LOCALAPPDATA": "/l"}, "win32", "/l/crm-scope-auditor", id="Windows"),
        pytest.param({}, "linux", None, id="no home"),
        pytest.param(
            {"XDG_CACHE_HOME": "relative"}, "linux", None, id="a relative folder, which XDG says to ignore"
        ),
    ],
)
def test_the_users_cache_folder_follows_the_platform(
    environ: dict[str, str], platform: str, expected: str | None
) -> None:
    found = user_folder(environ, platform)

    assert expected == (found.as_posix() if found else None)


def test_the_cache_of_a_configuration_lies_beside_it_and_git_does_not_see_it(tmp_path: Path) -> None:
    store = open_store(tmp_path, {"HOME": str(tmp_path / "home")})
    assert store is not None
    store.put(b"a", b"b")
    store.close()

    assert (tmp_path / ".auditor" / ".gitignore").read_text() == "*\n"
    assert (tmp_path / ".auditor" / "cache.sqlite").is_file()
    assert (tmp_path / "home/.cache/crm-scope-auditor/cache.key").stat().st_mode & 0o777 == 0o600


def test_a_cache_that_came_with_a_repository_is_not_believed(tmp_path: Path) -> None:
    theirs = open_store(tmp_path, {"HOME": str(tmp_path / "they")})
    assert theirs is not None
    theirs.put(b"a", b"hostile")
    theirs.close()

    ours = open_store(tmp_path, {"HOME": str(tmp_path / "we")})

    assert ours is not None
    assert ours.get([b"a"]) == {}


def test_machines_that_share_a_key_share_a_cache(tmp_path: Path) -> None:
    first = open_store(tmp_path, {KEY_VARIABLE: "shared", "HOME": str(tmp_path / "1")})
    assert first is not None
    first.put(b"a", b"b")
    first.close()

    second = open_store(tmp_path, {KEY_VARIABLE: "shared"})

    assert second is not None
    assert second.get([b"a"]) == {b"a": b"b"}


@pytest.mark.parametrize(
    "environ", [pytest.param({}, id="no home"), pytest.param({"HOME": "/dev/null"}, id="a home that is no folder")]
)
def test_without_a_place_for_the_key_there_is_no_cache(tmp_path: Path, environ: dict[str, str]) -> None:
    assert open_store(tmp_path, environ) is None
