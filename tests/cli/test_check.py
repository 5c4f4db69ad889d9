"""`auditor check`: what it says, and with which code it ends, on real repositories."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from pathlib import Path

import pytest

from auditor.cli.main import run
from tests.gate.scratch import (
    CONFIG,
    DAY,
    FIELDS,
    LAYOUT,
    POLICIES,
    PROJECT,
    REPORT,
    Scratch,
    clean_environment,
    field_xml,
    layout_xml,
    object_xml,
    report_xml,
    scratch,
)

NONE = "no audit has left usage evidence here, so what needs it is unknown on both sides"


@pytest.fixture(autouse=True)
def environment(monkeypatch: pytest.MonkeyPatch) -> None:
    for name, value in clean_environment().items():
        monkeypatch.setenv(name, value)


@pytest.fixture
def repo(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Scratch:
    made = scratch(tmp_path / "repo")
    monkeypatch.chdir(made.top)
    return made


Said = Callable[..., tuple[int, str]]


@pytest.fixture
def said(capsys: pytest.CaptureFixture[str]) -> Said:
    """Run a check; its code and what it prints."""

    def check(*arguments: str) -> tuple[int, str]:
        code = run(["check", "--as-of", DAY, *arguments])
        told = capsys.readouterr()
        return code, told.out + told.err

    return check


def found(said: Said, *arguments: str) -> list[tuple[str, str, str, bool, list[str]]]:
    """The findings of a check: policy, subject, state, whether its subject was changed, causes."""
    _, text = said(*arguments, "--output", "json=-")
    return [
        (each["policy"], each["subject"], each["state"], each["changed"], each["causes"])
        for each in json.loads(text)["findings"]
    ]


def test_a_field_without_a_description_is_told_whole(repo: Scratch, said: Said) -> None:
    repo.git("rm", "-q", f"{FIELDS}/B__c.field-meta.xml", REPORT)
    repo.write({f"{FIELDS}/C__c.field-meta.xml": field_xml("C__c", "", "Checkbox")})

    assert said() == (
        1,
        f"""{FIELDS}/C__c.field-meta.xml:2  own/purpose  [low, new]  crm:Thing__c.C__c
  what      Field without a description: no description
  because   changed in {FIELDS}/C__c.field-meta.xml
  evidence  description: none
  why       Nobody knows what it is for.
  do        Write a sentence.
  more      auditor explain crm:Thing__c.C__c own/purpose  (fingerprint 49a5f3)

auditor: 1 finding made worse (1 new, 0 worse than before; 1 in what was changed, 0 elsewhere; \
what is staged: 2 files, 2 of them read; {NONE})
""",
    )


def test_a_passing_check_prints_one_line(repo: Scratch, said: Said) -> None:
    repo.write({f"{FIELDS}/A__c.field-meta.xml": field_xml("A__c", "A better description")})

    assert said() == (0, f"auditor: nothing got worse (what is staged: 1 file, 1 of them read; {NONE})\n")


@pytest.mark.parametrize(
    ("files", "line"),
    [
        pytest.param({}, "nothing changed (what is staged)", id="nothing is staged"),
        pytest.param(
            {"README.md": "Hello"},
            "nothing that is read changed (what is staged: 1 file)",
            id="what is staged is nothing that an audit reads",
        ),
    ],
)
def test_a_check_without_a_relevant_change_is_clean(
    repo: Scratch, said: Said, files: Mapping[str, str], line: str
) -> None:
    if files:
        repo.write(files)

    assert said() == (0, f"auditor: {line}\n")


def test_only_the_index_is_seen_and_never_the_folder(repo: Scratch, said: Said) -> None:
    path = f"{FIELDS}/A__c.field-meta.xml"
    repo.write({path: field_xml("A__c", "")})
    repo.write({path: field_xml("A__c", "Mended, and not staged")}, stage=False)
    repo.write({f"{FIELDS}/Untracked__c.field-meta.xml": field_xml("Untracked__c", "")}, stage=False)

    assert found(said) == [("own/purpose", "crm:Thing__c.A__c", "new", True, [path])]


CASES = [
    pytest.param(
        {f"{FIELDS}/C__c.field-meta.xml": field_xml("C__c")},
        (),
        [("own/few-fields", "crm:Thing__c", "new", False, [f"{FIELDS}/C__c.field-meta.xml"])],
        id="one field too many on an object that was not changed itself",
    ),
    pytest.param(
        {},
        (f"{FIELDS}/A__c.field-meta.xml",),
        [("own/defined", "crm:Thing__c.A__c", "new", True, [f"{FIELDS}/A__c.field-meta.xml"])],
        id="a deleted field that a layout still shows",
    ),
    pytest.param(
        {LAYOUT: layout_xml("B__c"), REPORT.replace("Things", "Others"): report_xml("B__c")},
        (f"{FIELDS}/A__c.field-meta.xml",),
        [],
        id="a deleted field that nothing shows any more",
    ),
    pytest.param(
        {},
        (REPORT,),
        [("own/reported", "crm:Thing__c.B__c", "new", False, [REPORT])],
        id="the last report that showed a field is deleted, and nothing else",
    ),
    pytest.param(
        {"policies/own.yaml": POLICIES.replace("le: 2", "le: 1")},
        (),
        [("own/few-fields", "crm:Thing__c", "new", False, ["policies/own.yaml"])],
        id="a policy that became stricter",
    ),
    pytest.param({LAYOUT: "<Layout>"}, (), [], id="a file that cannot be read is no finding"),
]


@pytest.mark.parametrize(("files", "gone", "expected"), CASES)
def test_what_got_worse_is_told_with_what_is_behind_it(
    repo: Scratch, said: Said, files: Mapping[str, str], gone: tuple[str, ...], expected: list[object]
) -> None:
    if gone:
        repo.git("rm", "-q", *gone)
    if files:
        repo.write(files)

    assert found(said) == expected
    repo.commit()
    assert found(said, "--base", "HEAD~1") == expected
    assert found(said, "--range", "HEAD~1..HEAD") == expected


def rights_xml(name: str) -> str:
    """A permission set that grants access to a field of the object."""
    return (
        '<?xml version="1.0" encoding="UTF-8"?>\n<PermissionSet xmlns="http://soap.sforce.com/2006/04/metadata">\n'
        f"<fieldPermissions><editable>true</editable><field>Thing__c.{name}</field><readable>true</readable>"
        "</fieldPermissions>\n<label>Sales</label>\n</PermissionSet>\n"
    )


def whole_object(*fields: str) -> str:
    """The object with some fields in its own file."""
    own = "".join(
        f"<fields><fullName>{name}</fullName><label>{name}</label><type>Checkbox</type></fields>\n"
        for name in fields
    )
    return object_xml("Thing").replace("</CustomObject>", f"{own}</CustomObject>")


RIGHTS = "force-app/main/default/permissionsets/Sales.permissionset-meta.xml"
WITH_LIFECYCLE = CONFIG.replace("[policies/own.yaml]", "[pack:lifecycle]")


def lifecycle(said: Said) -> list[tuple[str, str]]:
    """What is told of subjects' coming and going."""
    return [(policy.removeprefix("lifecycle/"), subject) for policy, subject, *_ in found(said)]


def test_a_deleted_field_names_who_still_mentions_it_and_what_to_do(repo: Scratch, said: Said) -> None:
    repo.write({"auditor.yaml": WITH_LIFECYCLE, RIGHTS: rights_xml("A__c")})
    repo.commit()
    repo.git("rm", "-q", f"{FIELDS}/A__c.field-meta.xml")

    lines = said()[1].splitlines()

    assert [line for line in lines if "lifecycle/deleted" in line and "more" not in line] == [
        f"{LAYOUT}:4  lifecycle/deleted-still-mentioned  [high, new]  crm:Thing__c.A__c",
        f"{LAYOUT}:4  lifecycle/deleted-still-listed  [low, new]  crm:Thing__c.A__c",
    ]
    told = (
        "what Field that was deleted and is still read, written or shown: referenced by "
        "crm:layout/Thing__c-Thing Layout and crm:report/Sales/Others "
        f"because changed in {FIELDS}/A__c.field-meta.xml "
        "evidence referenced by: 2 · removed: 2026-11-22 [this change] why"
    )
    assert "".join("".join(lines[1:]).split()).startswith("".join(told.split()))


@pytest.mark.parametrize(
    ("files", "gone", "expected"),
    [
        pytest.param(
            {LAYOUT: layout_xml("B__c"), REPORT.replace("Things", "Others"): report_xml("B__c")},
            (f"{FIELDS}/A__c.field-meta.xml",),
            [],
            id="the mentions go with the field",
        ),
        pytest.param(
            {f"{FIELDS}/A__c.field-meta.xml".replace("main", "sales"): field_xml("A__c")},
            (f"{FIELDS}/A__c.field-meta.xml",),
            [],
            id="a field that moved to another folder was not deleted",
        ),
        pytest.param(
            {"force-app/main/default/objects/Thing__c/Thing__c.object-meta.xml": whole_object("A__c")},
            (f"{FIELDS}/A__c.field-meta.xml",),
            [],
            id="a field that moved into the file of its object was not deleted",
        ),
        pytest.param(
            {f"{FIELDS}/A__c.field-meta.xml": "<CustomField>"},
            (),
            [],
            id="a field whose file can no longer be read was not deleted",
        ),
        pytest.param(
            {f"{FIELDS}/New__c.field-meta.xml": field_xml("New__c")},
            (f"{FIELDS}/A__c.field-meta.xml",),
            [("deleted-still-mentioned", "crm:Thing__c.A__c")],
            id="a field that was renamed, and is mentioned by its old name",
        ),
    ],
)
def test_only_what_left_and_is_mentioned_is_told_as_deleted(
    repo: Scratch, said: Said, files: Mapping[str, str], gone: tuple[str, ...], expected: list[tuple[str, str]]
) -> None:
    repo.write({"auditor.yaml": WITH_LIFECYCLE})
    repo.commit()
    if gone:
        repo.git("rm", "-q", *gone)
    repo.write(files)

    assert lifecycle(said) == expected


def test_a_file_that_can_no_longer_be_read_is_said(repo: Scratch, said: Said) -> None:
    repo.write({LAYOUT: "<Layout>"})

    code, text = said()

    assert (code, text.splitlines()[0]) == (
        0,
        f"note: {LAYOUT}:1 is not read: not well-formed XML: no element found",
    )


def test_a_renamed_field_carries_its_findings(repo: Scratch, said: Said) -> None:
    old, new = f"{FIELDS}/Old__c.field-meta.xml", f"{FIELDS}/New__c.field-meta.xml"
    repo.git("rm", "-q", f"{FIELDS}/B__c.field-meta.xml", REPORT)
    repo.write({old: field_xml("Old__c", "")})
    repo.commit()
    repo.git("mv", old, new)
    repo.write({new: field_xml("Old__c", "").replace("Old__c", "New__c")})

    assert found(said) == []
    assert found(said, "--all") == [("own/purpose", "crm:Thing__c.New__c", "carried", True, [new])]


def test_a_field_renamed_within_the_file_of_its_object_is_suspected_to_be_the_same(
    repo: Scratch, said: Said
) -> None:
    path = "force-app/main/default/objects/Thing__c/Thing__c.object-meta.xml"
    repo.git("rm", "-q", f"{FIELDS}/B__c.field-meta.xml", REPORT)
    repo.write({path: whole_object("Old__c")})
    repo.commit()
    repo.write({path: whole_object("Old__c").replace("<fullName>Old__c", "<fullName>New__c")})

    assert found(said) == []
    assert found(said, "--all") == [("own/purpose", "crm:Thing__c.New__c", "carried", True, [path])]
    assert "carried from crm:Thing__c.Old__c, rename suspected" in " ".join(said("--all")[1].split())


WAIVERS = """waivers:
  - id: W-1
    policy: own/few-fields
    subject: crm:Thing__c
    category: accepted
    reason: For a while
    owner: sales
    approved_by: architect
    approved_on: 2026-01-01
    expires: 2027-06-30
    evidence: proven; 3 fields
"""
THREE = {f"{FIELDS}/C__c.field-meta.xml": field_xml("C__c")}


@pytest.mark.parametrize(
    ("files", "expected"),
    [
        pytest.param({f"{FIELDS}/A__c.field-meta.xml": field_xml("A__c", "x")}, [], id="it holds"),
        pytest.param(
            {f"{FIELDS}/D__c.field-meta.xml": field_xml("D__c")},
            [("own/few-fields", "crm:Thing__c", "worse", False, [f"{FIELDS}/D__c.field-meta.xml"])],
            id="it lapses, since there are more fields now than when it was accepted",
        ),
        pytest.param(
            {"waivers.yaml": WAIVERS.replace("2027-06-30", "2026-06-30")},
            [("own/few-fields", "crm:Thing__c", "new", False, ["waivers.yaml"])],
            id="the change lets it expire",
        ),
    ],
)
def test_a_waiver_counts_on_each_side(
    repo: Scratch, said: Said, files: Mapping[str, str], expected: list[object]
) -> None:
    repo.write({"auditor.yaml": f"{CONFIG}waivers: [waivers.yaml]\n", "waivers.yaml": WAIVERS, **THREE})
    repo.commit()
    repo.write(files)

    assert found(said) == expected


def test_findings_are_grouped_by_the_commit_that_brought_them(repo: Scratch, said: Said) -> None:
    base = repo.git("rev-parse", "HEAD")
    repo.write({f"{FIELDS}/A__c.field-meta.xml": field_xml("A__c", "")})
    first = repo.commit("No words")
    repo.git("rm", "-q", REPORT)
    second = repo.commit("No report")
    repo.write({f"{FIELDS}/C__c.field-meta.xml": field_xml("C__c")})
    repo.commit("Too many")
    repo.git("rm", "-q", f"{FIELDS}/C__c.field-meta.xml")
    repo.commit("Not so many")

    _, text = said("--range", f"{base}..HEAD", "--by-commit", "--output", "json=-")

    assert [(each["policy"], each["commit"], each["commit_subject"]) for each in json.loads(text)["findings"]] == [
        ("own/reported", second[:10], "No report"),
        ("own/purpose", first[:10], "No words"),
    ]


@pytest.mark.parametrize(
    ("arguments", "code"),
    [
        pytest.param([], 1, id="by default everything that got worse"),
        pytest.param(["--fail-on", "medium"], 0, id="nothing that grave"),
        pytest.param(["--fail-on", "never"], 0, id="never"),
        pytest.param(["--require-evidence", "30"], 4, id="evidence was required and there is none"),
        pytest.param([f"{FIELDS}/A__c.field-meta.xml"], 1, id="the file that is behind it"),
        pytest.param([FIELDS], 1, id="the folder of the file"),
        pytest.param([LAYOUT], 0, id="another file"),
        pytest.param(["nowhere.xml"], 5, id="a file that is nowhere"),
        pytest.param(["--base", "nowhere"], 2, id="a revision that is not known"),
        pytest.param(["--base", "--all"], 2, id="an option in the place of a revision"),
        pytest.param(["--range", "HEAD"], 2, id="a range without an end"),
        pytest.param(["--output", "html=x"], 2, id="a format that a check does not have"),
    ],
)
def test_the_exit_code_says_what_was_asked(repo: Scratch, said: Said, arguments: list[str], code: int) -> None:
    repo.write({f"{FIELDS}/A__c.field-meta.xml": field_xml("A__c", "")})

    assert said(*arguments)[0] == code


def test_a_configuration_in_a_subfolder_is_found_from_there(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, said: Said
) -> None:
    made = scratch(tmp_path / "repo", {f"crm/salesforce/{name}": text for name, text in PROJECT.items()})
    monkeypatch.chdir(made.top / "crm" / "salesforce")
    made.write({f"crm/salesforce/{FIELDS}/A__c.field-meta.xml": field_xml("A__c", "")})

    assert found(said) == [("own/purpose", "crm:Thing__c.A__c", "new", True, [f"{FIELDS}/A__c.field-meta.xml"])]


def test_several_package_directories_are_one_project(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, said: Said
) -> None:
    other = "other-app/main/default/objects/Thing__c/fields/C__c.field-meta.xml"
    files = {
        **PROJECT,
        "auditor.yaml": CONFIG.replace("path: force-app", "path: ."),
        "sfdx-project.json": '{"packageDirectories": [{"path": "force-app"}, {"path": "other-app"}]}\n',
    }
    made = scratch(tmp_path / "repo", files)
    monkeypatch.chdir(made.top)
    made.write({other: field_xml("C__c")})

    assert found(said) == [("own/few-fields", "crm:Thing__c", "new", False, [other])]


def test_windows_line_endings_change_nothing(repo: Scratch, said: Said) -> None:
    repo.write({name: text.replace("\n", "\r\n") for name, text in PROJECT.items()})

    assert found(said) == []


def test_names_with_odd_characters_are_read(repo: Scratch, said: Said) -> None:
    path = 'force-app/main/default/layouts/Thing__c-Lägg "till" 100%.layout-meta.xml'
    repo.git("rm", "-q", f"{FIELDS}/A__c.field-meta.xml", LAYOUT)
    repo.write({path: layout_xml("A__c")})

    assert found(said) == [("own/defined", "crm:Thing__c.A__c", "new", True, [f"{FIELDS}/A__c.field-meta.xml"])]


def test_an_object_that_is_renamed_carries_the_findings_of_its_fields(repo: Scratch, said: Said) -> None:
    repo.write({f"{FIELDS}/A__c.field-meta.xml": field_xml("A__c", "")})
    repo.commit()
    folder = "force-app/main/default/objects"
    repo.git("mv", f"{folder}/Thing__c/Thing__c.object-meta.xml", f"{folder}/Thing__c/Item__c.object-meta.xml")
    repo.git("mv", f"{folder}/Thing__c", f"{folder}/Item__c")
    repo.write({f"{folder}/Item__c/Item__c.object-meta.xml": object_xml("Item")})
    repo.git("rm", "-q", LAYOUT)
    other = REPORT.replace("Things", "Others")
    repo.write(
        {
            path: report_xml(name).replace("Thing__c", "Item__c")
            for path, name in ((REPORT, "B__c"), (other, "A__c"))
        }
    )

    assert found(said) == []
