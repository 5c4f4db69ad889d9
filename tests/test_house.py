"""The rules of the house that no linter checks: budgets, and that documents and the command line agree."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from itertools import groupby
from pathlib import Path
from statistics import median

import pytest

from auditor.cli.main import auditor

ROOT = Path(__file__).parents[1]
MODULES = sorted((ROOT / "auditor").rglob("*.py"))


def _functions(path: Path) -> Iterator[tuple[str, int]]:
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            yield f"{path.relative_to(ROOT)}:{node.lineno} {node.name}", (node.end_lineno or 0) - node.lineno + 1


def test_no_module_is_longer_than_300_lines_and_half_of_them_than_120() -> None:
    lines = {str(path.relative_to(ROOT)): len(path.read_text(encoding="utf-8").splitlines()) for path in MODULES}

    assert {path: count for path, count in lines.items() if count > 300} == {}
    assert median(count for count in lines.values() if count) <= 120


def test_no_function_is_longer_than_40_lines_and_nine_in_ten_than_30() -> None:
    sizes = dict(size for path in MODULES for size in _functions(path))

    assert {name: size for name, size in sizes.items() if size > 40} == {}
    assert median(sizes.values()) <= 10
    assert sorted(sizes.values())[len(sizes) * 9 // 10] <= 30


def test_dataclasses_are_our_own_which_cost_little_to_define() -> None:
    standard = "\nfrom dataclasses import"
    told = {str(path.relative_to(ROOT)) for path in MODULES if standard in path.read_text(encoding="utf-8")}

    assert told == {"auditor/dataclasses.py"}


def test_every_verb_has_help_and_stands_in_the_readme() -> None:
    readme = (ROOT / "README.md").read_text(encoding="utf-8")

    context = auditor.make_context("auditor", ["--help"], resilient_parsing=True)
    for verb in auditor.list_commands(context):
        command = auditor.get_command(context, verb)
        assert command is not None and command.help, verb
        assert f"`auditor {verb}" in readme, verb


@pytest.mark.parametrize("path", sorted(ROOT.glob("*.md")) + sorted((ROOT / "docs").rglob("*.md")), ids=str)
def test_every_link_of_a_document_leads_somewhere(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    links = re.findall(r"\]\((?!https?:|#)([^)#\s]+)", text)

    assert [link for link in links if not (path.parent / link).exists()] == []


def test_every_room_of_the_house_is_listed_for_the_wheel() -> None:
    packages = {str(path.parent.relative_to(ROOT)).replace("/", ".") for path in MODULES}
    listed = re.search(r"^packages =\n((?:    .+\n)+)", (ROOT / "setup.cfg").read_text(encoding="utf-8"), re.M)

    assert listed is not None
    names = listed[1].split()
    assert set(names) == packages | {"auditor.policies", "auditor.reports"}
    assert names == [name for name, _ in groupby(sorted(names))]
