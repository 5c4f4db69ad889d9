"""Which files a pattern keeps out of a tree, and what is said of them."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from auditor.formats.excluding import ExcludingTree
from auditor.model.catalogue import Skipped


class Tree:
    location = "memory"
    skipped = (Skipped("unpackaged/link", "a link"), Skipped("src/link", "a link"))

    def paths(self) -> Sequence[str]:
        return ["a.xml", "src/a.xml", "src/test/b.xml", "unpackaged/post/c.xml", "unpackaged2/d.xml"]

    def read(self, path: str) -> bytes:
        return path.encode()


@pytest.mark.parametrize(
    ("patterns", "left"),
    [
        pytest.param(
            ["unpackaged/"], ["a.xml", "src/a.xml", "src/test/b.xml", "unpackaged2/d.xml"], id="a folder"
        ),
        pytest.param(["unpackaged"], ["a.xml", "src/a.xml", "src/test/b.xml", "unpackaged2/d.xml"], id="its name"),
        pytest.param(
            ["test"], ["a.xml", "src/a.xml", "unpackaged/post/c.xml", "unpackaged2/d.xml"], id="anywhere"
        ),
        pytest.param(["/a.xml"], ["src/a.xml", "src/test/b.xml", *Tree().paths()[3:]], id="at the root only"),
        pytest.param(["a.xml"], ["src/test/b.xml", *Tree().paths()[3:]], id="a file of that name anywhere"),
        pytest.param(["unpackaged*/"], ["a.xml", "src/a.xml", "src/test/b.xml"], id="a part of a name"),
        pytest.param(["src/*.xml"], ["a.xml", *Tree().paths()[2:]], id="a star does not cross a folder"),
        pytest.param(["src/**/*.xml"], ["a.xml", *Tree().paths()[3:]], id="two stars do"),
        pytest.param(["./src/test", "un*"], ["a.xml", "src/a.xml"], id="several patterns"),
        pytest.param(["(a|b).xml"], list(Tree().paths()), id="no regular expression"),
    ],
)
def test_a_pattern_leaves(patterns: Sequence[str], left: Sequence[str]) -> None:
    assert list(ExcludingTree(Tree(), patterns).paths()) == left


def test_one_line_says_how_many_files_were_left_out_and_which_pattern_fits_none() -> None:
    assert ExcludingTree(Tree(), ["unpackaged", "tests"]).skipped == (
        Skipped(".", "1 file not read: excluded by unpackaged, tests"),
        Skipped(".", "the pattern tests under exclude fits no file"),
        Skipped("src/link", "a link"),
    )


def test_what_is_left_is_read_as_before() -> None:
    tree = ExcludingTree(Tree(), ["unpackaged"])

    assert (tree.read("a.xml"), tree.location) == (b"a.xml", "memory")
