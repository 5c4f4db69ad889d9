"""What a command writes is whole or absent, and pieces of killed runs do not stay for ever."""

from __future__ import annotations

import os
import time
from pathlib import Path

import pytest

from auditor.cli.storing import store
from auditor.errors import AuditorError


def test_the_folder_is_made_and_nothing_but_the_file_is_left(tmp_path: Path) -> None:
    store(tmp_path / "out/report.md", b"old")
    store(tmp_path / "out/report.md", b"new")
    assert {path.name: path.read_bytes() for path in (tmp_path / "out").iterdir()} == {"report.md": b"new"}


def test_old_pieces_of_the_same_file_go_and_those_of_a_running_one_stay(tmp_path: Path) -> None:
    pieces = [tmp_path / name for name in ("a[1].md.00.part", "a[1].md.11.part", "b.md.00.part", "a1.md.00.part")]
    for piece in pieces:
        piece.write_bytes(b"half")
    long_ago = time.time() - 2 * 3600
    for piece in (pieces[0], *pieces[2:]):
        os.utime(piece, (long_ago, long_ago))
    store(tmp_path / "a[1].md", b"whole")
    expected = ["a1.md.00.part", "a[1].md", "a[1].md.11.part", "b.md.00.part"]
    assert expected == sorted(path.name for path in tmp_path.iterdir())


def test_what_cannot_be_written_leaves_no_piece(tmp_path: Path) -> None:
    (tmp_path / "file").write_bytes(b"")
    with pytest.raises(AuditorError, match="cannot be written"):
        store(tmp_path / "file/report.md", b"whole")
    assert [path.name for path in tmp_path.iterdir()] == ["file"]
