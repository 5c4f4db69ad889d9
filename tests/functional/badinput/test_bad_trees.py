"""Files that are broken, hostile or strange in a repository: one line each, and everything else is read."""

from __future__ import annotations

import json
import os
import socket
from pathlib import Path

import pytest

from auditor.formats.folders import FolderTree
from tests.functional.badinput.world import DAY, Make, World, an_object, lines, names

_DTD = '<?xml version="1.0"?><!DOCTYPE l [{}]>'
_MORE = "".join(f'<!ENTITY {b} "{f"&{a};" * 10}">' for a, b in zip("abcdefgh", "bcdefghi", strict=True))
_BOMB = f'<!ENTITY a "lol">{_MORE}'
_QUERY = "SELECT Kept__c FROM Good__c"


def _bad(text: str | bytes, name: str = "objects/Bad__c.object") -> Make:
    def make(world: World) -> None:
        place = world.folder / "src" / name
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_bytes(text if isinstance(text, bytes) else text.encode())

    return make


def _sparse(world: World) -> None:
    with (world.objects / "Huge__c.object").open("wb") as file:
        file.write(b"<CustomObject>")
        file.truncate(300 * 2**20)


def _links(world: World) -> None:
    (world.objects / "Loop__c.object").symlink_to("Loop__c.object")
    (world.objects / "Out__c.object").symlink_to("/etc/passwd")
    (world.objects / "etc").symlink_to("/etc")
    (world.objects / "up").symlink_to("..")


def _packages(world: World) -> None:
    folders = '{"packageDirectories": [{"path": "one"}, {"path": "two"}]}'
    (world.folder / "src" / "sfdx-project.json").write_text(folders)
    for package in ("one", "two"):
        _bad(an_object(f"from {package}"), f"{package}/objects/Twice__c.object")(world)


def _special(world: World) -> None:
    os.mkfifo(world.objects / "Pipe__c.object")
    here = Path.cwd()
    os.chdir(world.objects)  # the path of a socket has at most 108 characters
    with socket.socket(socket.AF_UNIX) as listening:
        listening.bind("Socket__c.object")
    os.chdir(here)


def _bytes(world: World) -> None:
    (world.objects / os.fsdecode(b"B\xffytes__c.object")).write_text(an_object())


def _long(world: World) -> None:
    deep = world.objects.joinpath(*["d" * 100] * 8)
    deep.mkdir(parents=True)
    (deep / "Deep__c.object").write_text(an_object())


def _nameless(world: World) -> None:
    _bad(an_object(more="<fields><label>x</label><type>Text</type></fields>"), "objects/Nameless__c.object")(world)


_TREES: list[tuple[str, Make, list[str], list[str]]] = [
    (
        "truncated XML",
        _bad(an_object()[:-20]),
        ["objects/Bad__c.object:1: not well-formed XML: unclosed token"],
        [],
    ),
    (
        "an entity bomb",
        _bad(_DTD.format(_BOMB) + an_object("&i;"), "objects/Bomb__c.object"),
        ["objects/Bomb__c.object:1: a DTD or entity declaration is refused"],
        [],
    ),
    (
        "an external entity",
        _bad(
            _DTD.format('<!ENTITY a SYSTEM "file:///etc/passwd">') + an_object("&a;"), "objects/External__c.object"
        ),
        ["objects/External__c.object:1: a DTD or entity declaration is refused"],
        [],
    ),
    (
        "another encoding than declared",
        _bad(
            ('<?xml version="1.0" encoding="UTF-8"?>' + an_object("Kündür")).encode("latin-1"),
            "objects/Wrong__c.object",
        ),
        ["objects/Wrong__c.object:1: not in UTF-8, which it is declared to be in: byte 60 does not fit"],
        [],
    ),
    (
        "an encoding that nobody knows",
        _bad('<?xml version="1.0" encoding="klingon"?>' + an_object(), "objects/Klingon__c.object"),
        ["objects/Klingon__c.object: not readable as XML: unknown encoding: klingon"],
        [],
    ),
    (
        "UTF-16 with its mark",
        _bad(
            ('<?xml version="1.0" encoding="UTF-16"?>' + an_object("Ü")).encode("utf-16"), "objects/Wide__c.object"
        ),
        [],
        ["Wide__c.F__c"],
    ),
    (
        "UTF-16 that still says UTF-8",
        _bad(
            ('<?xml version="1.0" encoding="UTF-8"?>' + an_object("Ü")).encode("utf-16"), "objects/Anew__c.object"
        ),
        [],
        ["Anew__c.F__c"],
    ),
    (
        "UTF-8 with a mark",
        _bad(b"\xef\xbb\xbf" + an_object().encode(), "objects/Mark__c.object"),
        [],
        ["Mark__c.F__c"],
    ),
    (
        "Windows line ends",
        _bad(an_object().replace("><", ">\r\n<"), "objects/Crlf__c.object"),
        [],
        ["Crlf__c.F__c"],
    ),
    ("old line ends", _bad(an_object().replace("><", ">\r<"), "objects/Cr__c.object"), [], ["Cr__c.F__c"]),
    (
        "300 MB in one file",
        _sparse,
        ["objects/Huge__c.object: larger than 64 MB (314,572,800 bytes), not read"],
        [],
    ),
    (
        "links that loop and lead out",
        _links,
        [
            "objects/Loop__c.object: a link that leads nowhere or to itself, not followed",
            "objects/Out__c.object: a link out of the tree, not followed",
            "objects/etc: a link out of the tree, not followed",
            "objects/up: a link within the tree, which is read at its own place, not followed",
        ],
        [],
    ),
    (
        "an object in two package directories",
        _packages,
        [
            "one/objects/Twice__c.object: field Twice__c.F__c is defined twice; merged, the last one wins: "
            "two/objects/Twice__c.object",
            "one/objects/Twice__c.object: object Twice__c is defined twice; merged, the last one wins: "
            "two/objects/Twice__c.object",
        ],
        ["Twice__c.F__c"],
    ),
    (
        "a field without a name",
        _nameless,
        ["objects/Nameless__c.object:1: a field of Nameless__c has no fullName"],
        ["Nameless__c.F__c"],
    ),
    (
        "names that steer a terminal",
        _bad(an_object("x\u202e\u2066"), "objects/B\x1b[31m\u202ed__c.object"),
        [],
        ["B\x1b[31m\u202ed__c.F__c"],
    ),
    ("a name with a line end", _bad(an_object(), "objects/Li\nne__c.object"), [], ["Li\nne__c.F__c"]),
    (
        "a name that is not UTF-8",
        _bytes,
        ["objects/B\\udcffytes__c.object: its name is not UTF-8"],
        [],
    ),
    ("a path of 800 characters", _long, [], ["Deep__c.F__c"]),
    (
        "a pipe and a socket",
        _special,
        [
            "objects/Pipe__c.object: neither a file nor a folder",
            "objects/Socket__c.object: neither a file nor a folder",
        ],
        [],
    ),
    (
        "a folder with the name of a file",
        _bad(an_object(), "objects/x.object-meta.xml/Within__c.object"),
        [],
        ["Within__c.F__c"],
    ),
    (
        "an empty file",
        _bad(b"", "objects/Empty__c.object"),
        ["objects/Empty__c.object:1: not well-formed XML: no element found"],
        [],
    ),
    (
        "a zero byte in XML",
        _bad(an_object("a\0b"), "objects/Zero__c.object"),
        ["objects/Zero__c.object:1: not well-formed XML: not well-formed (invalid token)"],
        [],
    ),
    (
        "a label of 10 MB on one line",
        _bad(an_object("x" * 10_000_000), "objects/Label__c.object"),
        ["objects/Label__c.object:1: the text of label is longer than 524,288 characters"],
        [],
    ),
    (
        "a class of 10 MB on one line",
        _bad(f"public class L {{ String s = '{'x' * 10_000_000}'; }}", "classes/L.cls"),
        ["classes/L.cls: a text larger than 4 MB (10,000,033 bytes), not read"],
        [],
    ),
    (
        "XML nested a million deep",
        _bad(b"<a>" * 1_000_000, "objects/Nested__c.object"),
        ["objects/Nested__c.object:1: elements are nested deeper than 200"],
        [],
    ),
    (
        "a formula nested a million deep",
        _bad(
            an_object(more=f"<fields><fullName>G__c</fullName><formula>{'(' * 1_000_000}</formula></fields>"),
            "objects/Formula__c.object",
        ),
        ["objects/Formula__c.object:1: the text of formula is longer than 524,288 characters"],
        [],
    ),
    (
        "JSON nested a million deep",
        _bad("[" * 1_000_000, "wave/x.wdf"),
        ["wave/x.wdf: JSON nested too deeply to be read"],
        [],
    ),
    (
        "a query nested ten thousand deep",
        _bad(
            f"public class Q {{ void f() {{ x = [{_QUERY} WHERE {'(' * 10_000}Kept__c = 1]; }} }}", "classes/Q.cls"
        ),
        [],
        [],
    ),
]


@pytest.mark.parametrize(("make", "skipped", "found"), [c[1:] for c in _TREES], ids=[c[0] for c in _TREES])
def test_one_bad_thing_costs_its_line_and_nothing_else(
    world: World, make: Make, skipped: list[str], found: list[str]
) -> None:
    make(world)

    ran = world.run("inspect", "src", "--format", "json")

    assert (ran.code, ran.err) == (0, "")
    assert (lines(ran.document), sorted(names(ran.document))) == (skipped, sorted(["Good__c.Kept__c", *found]))


def test_all_of_them_at_once_through_every_verb(world: World) -> None:
    for _, make, _, _ in _TREES:
        make(world)
    said = {line for _, _, skipped, _ in _TREES for line in skipped}
    kept = {name for _, _, _, found in _TREES for name in found} | {"Good__c.Kept__c"}

    inspected = world.run("inspect", "src", "--format", "json")
    shown = world.run("inspect", "src")
    listed = world.run("inspect", "src", "--references", "--format", "jsonl")
    audited = world.run("audit", "--as-of", DAY)
    planned = world.run("evidence", "plan", "--as-of", DAY)
    policies = world.run("policy", "list")
    begun = world.run("init", "src")

    assert [r.code for r in (inspected, shown, listed, audited, planned, policies, begun)] == [0] * 7
    assert (set(lines(inspected.document)), set(names(inspected.document))) == (said, kept)
    assert any(json.loads(line)["field"] == "Good__c.Kept__c" for line in listed.out.splitlines())
    report = json.loads((world.folder / "out" / "report.json").read_text())
    assert said <= set(lines(report))
    for ran in (shown, audited, planned):
        assert not any(mark in ran.out for mark in ("\x1b", "\u202e", "\u2066", "\r"))
    for form in ("report.md", "report.html"):
        page = (world.folder / "out" / form).read_text()
        assert "larger than 64 MB" in page
        assert not any(mark in page for mark in ("\x1b", "\u202e", "\u2066", "\r"))


def test_a_file_that_may_not_be_read_costs_its_line(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    _bad(an_object())(world)
    read = FolderTree.read
    opened = os.open

    def refuse(path: str, *rest: int) -> int:
        if str(path).endswith("Bad__c.object"):
            raise PermissionError(13, "Permission denied", path)
        return opened(path, *rest)

    monkeypatch.setattr("auditor.formats.folders.os.open", refuse)
    ran = world.run("inspect", "src", "--format", "json")

    assert read is FolderTree.read
    assert lines(ran.document) == ["objects/Bad__c.object: cannot be read: Permission denied"]
    assert names(ran.document) == ["Good__c.Kept__c"]


def test_a_path_longer_than_the_system_allows_costs_its_line(world: World) -> None:
    here = os.open(".", os.O_RDONLY)
    os.chdir(world.objects)
    for _ in range(25):
        Path("d" * 200).mkdir()
        os.chdir("d" * 200)
    Path("Deep__c.object").write_text(an_object())
    os.fchdir(here)
    os.close(here)

    ran = world.run("inspect", "src", "--format", "json")

    assert ran.code == 0
    assert [line.rpartition(": ")[0][-30:] for line in lines(ran.document)] == [
        "d" * 5 + ": folder cannot be listed"
    ]
    assert names(ran.document) == ["Good__c.Kept__c"]


@pytest.mark.parametrize("verb", [["inspect", "empty"], ["init", "empty"]], ids=["inspect", "init"])
def test_an_empty_folder_is_said_to_be_one(world: World, verb: list[str]) -> None:
    (world.folder / "empty").mkdir()

    ran = world.run(*verb)

    assert (ran.code, ran.out) == (5, "")
    assert "empty" in ran.err


def test_a_pipe_named_as_a_source_is_not_waited_for(world: World) -> None:
    os.mkfifo(world.folder / "pipe.object")

    ran = world.run("inspect", "pipe.object", "--kind", "salesforce", "--format", "json")

    assert lines(ran.document) == ["pipe.object: neither a file nor a folder"]
