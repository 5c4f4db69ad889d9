"""Configurations, policies and waivers that are wrong: every problem at once, each with its place."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.functional.badinput.world import World

_SOUND = "version: 1\nsystems:\n  - {name: crm, role: crm, sources: [{kind: salesforce, path: src}]}\n"
_BOMB = "a: &a [x, x, x, x, x, x, x, x, x, x]\n" + "".join(
    f"{b}: &{b} [{', '.join([f'*{a}'] * 10)}]\n" for a, b in zip("abcdefgh", "bcdefghi", strict=True)
)
_VERBS = (["audit"], ["inspect"], ["evidence", "plan"], ["policy", "list"], ["policy", "show", "scope/x"])


@pytest.mark.parametrize("verb", _VERBS, ids=" ".join)
@pytest.mark.parametrize(
    ("text", "said"),
    [
        pytest.param(
            f"{_SOUND}version: 2\noutput: [a]\n",
            ["auditor.yaml:4:1: key 'version' stands twice, first on line 1"],
            id="a key that stands twice",
        ),
        pytest.param(
            f"{_SOUND}compnay: x\npolicys: []\noutput: [a]\n"
            "evidence:\n  - {id: e, kind: nothing, path: x, pth: y}\n",
            [
                "auditor.yaml:4:1: unknown key 'compnay'; did you mean company?",
                "auditor.yaml:5:1: unknown key 'policys'; did you mean policies?",
                "auditor.yaml:6:9: expected one value, found a list",
                "auditor.yaml:8:19: 'nothing' is none of ",
                "auditor.yaml:8:37: unknown key 'pth'; did you mean path?",
            ],
            id="several unknown keys",
        ),
        pytest.param(_BOMB, ["auditor.yaml:", "aliases repeat more than 10,000 nodes"], id="a bomb of aliases"),
        pytest.param("a: &a [*a]\n", ["alias *a holds itself"], id="an alias of itself"),
        pytest.param("[" * 100_000, ["auditor.yaml:1:61: nested deeper than 60"], id="nested without end"),
        pytest.param(
            "a: !!python/object/apply:os.system [ls]\n",
            ["auditor.yaml:1:4: tag tag:yaml.org"],
            id="a tag that runs",
        ),
        pytest.param("a: \x00\n", ["auditor.yaml:1:1: not YAML: "], id="a zero byte"),
        pytest.param("a: [1\n", ["auditor.yaml:2:1: not YAML: "], id="cut short"),
        pytest.param("", ["auditor.yaml:1:1: expected keys"], id="an empty file"),
        pytest.param(b"\xff\xfea", ["auditor.yaml:1:1: not UTF-8 text"], id="another encoding"),
        pytest.param("version: 1\n", ["auditor.yaml:1:1: missing key 'systems'"], id="no systems"),
    ],
)
def test_a_wrong_configuration_is_told_whole(
    world: World, verb: list[str], text: str | bytes, said: list[str]
) -> None:
    (world.folder / "auditor.yaml").write_bytes(text if isinstance(text, bytes) else text.encode())

    ran = world.run(*verb)

    assert (ran.code, ran.out) == (2, "")
    for line in said:
        assert line in ran.err


def test_a_configuration_with_mark_and_windows_line_ends_is_read(world: World) -> None:
    path = world.folder / "auditor.yaml"
    path.write_bytes(b"\xef\xbb\xbf" + path.read_bytes().replace(b"\n", b"\r\n"))

    assert world.audit()["company"]


@pytest.mark.parametrize(
    ("name", "text", "said"),
    [
        pytest.param("policies", "policies: [{id: a", ["own.yaml:2:1: not YAML"], id="a policy file cut short"),
        pytest.param("policies", _BOMB, ["own.yaml:", "aliases repeat"], id="a bomb among the policies"),
        pytest.param(
            "policies",
            "version: 1\npolicies:\n  - {id: x/y, titel: z}\n  - {id: x/y}\n",
            ["'titel' is no key of a policy. Did you mean title?", "own.yaml:4:10: policy x/y stands twice"],
            id="several problems of policies",
        ),
        pytest.param("waivers", "- id: 1\n  polcy: x\n", ["own.yaml:"], id="a waiver of no shape"),
        pytest.param("waivers", "waivers: [", ["own.yaml:"], id="a waiver file cut short"),
    ],
)
def test_wrong_policies_and_waivers_are_told_before_anything_is_read(
    world: World, name: str, text: str, said: list[str]
) -> None:
    (world.folder / "own.yaml").write_text(text)
    world.configure(f"{name}: [own.yaml]\n")

    ran = world.run("audit")

    assert (ran.code, ran.out) == (2, "")
    for line in said:
        assert line in ran.err


@pytest.mark.parametrize("key", ["policies", "waivers"])
def test_a_folder_in_the_place_of_a_file_is_said(world: World, key: str) -> None:
    (world.folder / "own.yaml").mkdir()
    world.configure(f"{key}: [own.yaml]\n")

    ran = world.run("audit")

    assert ran.code == 2
    assert "own.yaml" in ran.err


def test_a_configuration_that_is_no_file_is_not_found(world: World) -> None:
    (world.folder / "auditor.yaml").unlink()
    (world.folder / "auditor.yaml").mkdir()

    assert world.run("audit").code == 2
    assert Path("auditor.yaml").is_dir()
