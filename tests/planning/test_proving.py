"""The proof believes nobody: what is edited too little, too much or in another form fails by name."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from itertools import permutations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from auditor.planning.salesforce.values import Edited, FileChange
from tests.planning.salesforce.sources import HEAD, Files, Project, project, read

PARTS = (
    "no mention stays",
    "what was to go is gone",
    "nothing else changed",
    "files keep their form",
    "the way back is exact",
)
SET = "force-app/permissionsets/P.permissionset-meta.xml"
FIELD = "force-app/objects/Account/fields/A__c.field-meta.xml"


def _right(name: str) -> str:
    return f"    <fieldPermissions>\n        <field>Account.{name}</field>\n    </fieldPermissions>\n"


def _rights(*names: str) -> str:
    return f"{HEAD}<PermissionSet>\n{''.join(map(_right, names))}</PermissionSet>\n"


def _project() -> Project:
    return project({SET: _rights("A__c", "B__c")})


def test_what_is_done_right_is_proven() -> None:
    proof = _project().proof("Account.A__c")
    assert [(part.name, part.passed) for part in proof.parts] == [(name, True) for name in PARTS]
    assert proof.failures == ()
    assert proof.passed


def _with(edited: Edited, path: str, after: str | None) -> Edited:
    changes = [
        FileChange(item.path, item.before, ((item.stages[-1][0], None if after is None else after.encode()),))
        if item.path == path
        else item
        for item in edited.changes
    ]
    return replace(edited, changes=tuple(changes))


def _only(edited: Edited, *paths: str) -> Edited:
    kept = tuple(item for item in edited.changes if item.path in paths)
    return replace(edited, changes=kept, cuts=tuple(cut for cut in edited.cuts if cut.path in paths))


SABOTAGE: dict[str, tuple[Callable[[Edited], Edited], set[str]]] = {
    "a mention that was left": (lambda edited: _only(edited, FIELD), {"no mention stays"}),
    "a definition that was left": (
        lambda edited: _only(edited, SET),
        {"what was to go is gone", "nothing else changed"},
    ),
    "a right on another field that went too": (
        lambda edited: _with(edited, SET, _rights()),
        {"nothing else changed", "files keep their form"},
    ),
    "a right that was added": (
        lambda edited: _with(edited, SET, _rights("B__c", "Name")),
        {"nothing else changed", "files keep their form"},
    ),
    "another declaration": (
        lambda edited: _with(edited, SET, _rights("B__c").replace("UTF-8", "utf-8")),
        {"files keep their form"},
    ),
    "another indent": (
        lambda edited: _with(edited, SET, _rights("B__c").replace("    <field>", "  <field>")),
        {"nothing else changed", "files keep their form"},
    ),
    "a file that is no longer well-formed": (
        lambda edited: _with(edited, SET, _rights("B__c").replace("</PermissionSet>", "")),
        {"nothing else changed", "files keep their form"},
    ),
    "a way back to other bytes": (
        lambda edited: replace(
            edited,
            changes=tuple(replace(item, before=item.before + b"\n") for item in edited.changes),
        ),
        {"the way back is exact"},
    ),
}


@pytest.mark.parametrize(("sabotage", "failing"), SABOTAGE.values(), ids=SABOTAGE.keys())
def test_what_is_done_wrong_fails_by_name(sabotage: Callable[[Edited], Edited], failing: set[str]) -> None:
    made = _project()
    proof = made.proof("Account.A__c", edited=sabotage(made.without("Account.A__c")))
    assert {part.name for part in proof.parts if not part.passed} == failing
    assert {failure.partition(":")[0] for failure in proof.failures} == failing
    assert not proof.passed


_NAMES = ("A__c", "B__c", "C__c", "D__c")


@given(
    st.lists(st.sampled_from(("Name", *_NAMES)), min_size=1, max_size=8, unique=True),
    st.lists(st.sampled_from(_NAMES), min_size=1, max_size=3, unique=True),
    st.sampled_from(["\n", "\r\n"]),
)
def test_edits_of_different_fields_commute_and_can_be_undone(
    named: list[str], gone: list[str], ending: str
) -> None:
    """Field by field in any order, or all at once: the same bytes; and the way back leads to where it began."""
    layout = "force-app/layouts/Account-Main.layout-meta.xml"
    body = "".join(
        f"    <layoutSections>\n        <layoutColumns>\n            <layoutItems>\n"
        f"                <field>{name}</field>\n            </layoutItems>\n        </layoutColumns>\n"
        "    </layoutSections>\n"
        for name in named
    )
    filters = "".join(
        f"    <filters>\n        <field>{name}</field>\n    </filters>\n" for name in ("NAME", *named)
    )
    logic = " AND ".join(str(number + 1) for number in range(len(named) + 1))
    listed = f"    <booleanFilter>{logic}</booleanFilter>\n    <columns>NAME</columns>\n{filters}"
    files = {
        SET: _rights(*named),
        layout: f"{HEAD}<Layout>\n{body}</Layout>\n",
        "force-app/objects/Account/listViews/All.listView-meta.xml": f"{HEAD}<ListView>\n{listed}</ListView>\n",
    }
    made = project({path: text.replace("\n", ending) for path, text in files.items()}, _fields(_NAMES))
    together = _applied(made, _fields(gone))
    for order in permutations(gone):
        step = made
        for name in order:
            step = _applied(step, _fields([name]))
        assert step.tree.contents == together.tree.contents
    assert made.proof(*_fields(gone)).failures == ()


def _fields(names: tuple[str, ...] | list[str]) -> list[str]:
    return [f"Account.{name}" for name in names]


def _applied(made: Project, names: list[str]) -> Project:
    after = {change.path: change.after for change in made.without(*names).changes}
    kept = {path: after.get(path, content) for path, content in made.tree.contents.items()}
    tree = Files({path: content for path, content in kept.items() if content is not None})
    return Project(tree, read(tree))
