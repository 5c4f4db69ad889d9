"""Exports and logs that are broken, hostile or strange: what is sound in them counts, what is not is said."""

from __future__ import annotations

import gzip
import json
import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tests.functional.badinput.world import DAY, World

_COLUMNS = "{columns: {time: at, object: table, fields: columns, deed: what, user: who}}"
_HEADER = "at,table,columns,what,who\n"
_ROW = "2026-11-{day:02d}T12:00:00Z,Good__c,Kept__c,read,u{day}\n"


def _log(world: World, *files: tuple[str, str | bytes], window: str = "2026-10-01") -> Any:  # noqa: ANN401 - JSON
    folder = world.folder / "log"
    folder.mkdir()
    for name, data in files:
        (folder / name).write_bytes(data if isinstance(data, bytes) else data.encode())
    world.configure(
        "evidence:\n  - id: log\n    kind: event-log\n    path: log\n"
        f"    window: {{from: {window}, to: 2026-11-20}}\n"
        "    columns: {time: at, object: table, fields: columns, deed: what, user: who}\n"
    )
    return world.audit()


def _read(audited: Any) -> str:  # noqa: ANN401 - JSON
    """The day of the last read that is proven; it may be followed by one until which nothing is known."""
    told: str = audited["facts"]["crm:Good__c.Kept__c"]["last_read"]
    return told.partition(" to ")[0]


def _said(audited: Any) -> list[str]:  # noqa: ANN401 - JSON
    places = ((each["path"], each["line"], each["reason"]) for each in audited["skipped"])
    lines = (f"{path}{f':{line}' if line else ''}: {reason}" for path, line, reason in places)
    return [line for line in lines if line.startswith("log")]


_SOUND = _HEADER + "".join(_ROW.format(day=day) for day in range(1, 11))


@pytest.mark.parametrize(
    ("files", "last", "said"),
    [
        pytest.param([("a.csv", _SOUND)], "2026-11-10", [], id="a sound log"),
        pytest.param([("a.csv", "\ufeff" + _SOUND)], "2026-11-10", [], id="a mark of UTF-8"),
        pytest.param([("a.csv", _SOUND.encode("utf-16"))], "2026-11-10", [], id="UTF-16"),
        pytest.param([("a.csv", _SOUND.replace("\n", "\r\n"))], "2026-11-10", [], id="Windows line ends"),
        pytest.param([("a.csv", gzip.compress(_SOUND.encode()))], "2026-11-10", [], id="gzip by its content"),
        pytest.param(
            [
                ("a.csv", _SOUND),
                ("b.csv", "who,what,columns,table,at,more\nx,read,Kept__c,Good__c,2026-11-15T00:00:00Z,1\n"),
            ],
            "2026-11-15",
            [],
            id="columns of another release, in another order",
        ),
        pytest.param(
            [("a.csv", _SOUND), ("b.csv", "when,entity\n2026-11-15,Good__c\n")],
            "2026-11-10",
            ["log/b.csv: "],
            id="a file without the columns",
        ),
        pytest.param(
            [("a.csv", _SOUND + "broken\n" + _ROW.format(day=12))],
            "2026-11-12",
            ["log/a.csv:12: "],
            id="a broken row",
        ),
        pytest.param(
            [("a.csv", _SOUND + '"2026-11-13,Good__c\n' + _ROW.format(day=14))],
            "2026-11-10",
            ["log/a.csv:"],
            id="an open quote",
        ),
        pytest.param(
            [
                (
                    "a.csv",
                    _HEADER
                    + "2026-11-10T23:30:00-05:00,Good__c,Kept__c,read,a\n"
                    + "2026-11-11T00:30:00+02:00,Good__c,Kept__c,read,b\n",
                )
            ],
            "2026-11-11",
            [],
            id="mixed time zones: half past eleven in New York is the next day in UTC",
        ),
        pytest.param(
            [("a.csv", _HEADER + "2026-11-11T00:30:00+02:00,Good__c,Kept__c,read,b\n")],
            "2026-11-10",
            [],
            id="half past midnight in Helsinki is the day before in UTC",
        ),
        pytest.param(
            [("a.csv", _SOUND + "2027-03-01T00:00:00Z,Good__c,Kept__c,read,z\n")],
            "2026-11-10",
            ["log/a.csv: 1 rows: their "],
            id="a date in the future is no use",
        ),
        pytest.param(
            [("a.csv", _SOUND + "soon,Good__c,Kept__c,read,z\n")],
            "2026-11-10",
            ["log/a.csv: 1 rows: their "],
            id="no date",
        ),
        pytest.param(
            [("a.csv", _SOUND), ("b.csv", "")], "2026-11-10", ["log/b.csv: the file is empty"], id="an empty file"
        ),
        pytest.param(
            [("a.csv", _SOUND), ("b.csv.gz", gzip.compress(_SOUND.encode() * 200)[:-300])],
            "2026-11-10",
            ["log/b.csv.gz: "],
            id="gzip cut short",
        ),
        pytest.param([("a.csv", _SOUND.replace("u3", "u\0003"))], "2026-11-10", [], id="a zero byte in a cell"),
        pytest.param(
            [("a.csv", _SOUND + "2026-11-12T00:00:00Z,Good__c,Kept__c,read," + "x" * 10_000_000 + "\n")],
            "2026-11-12",
            [],
            id="a line of 10 MB",
        ),
        pytest.param(
            [("a.csv", _SOUND), ("b.json", "[" * 1_000_000)],
            "2026-11-10",
            ["log/b.json: JSON nested too deeply to be read"],
            id="JSON nested a million deep",
        ),
        pytest.param(
            [("a.csv", _SOUND), ("b.csv", os.urandom(1 << 14))],
            "2026-11-10",
            ["log/b.csv"],
            id="bytes of no meaning",
        ),
    ],
)
def test_what_is_sound_in_a_log_counts(
    world: World, files: list[tuple[str, str | bytes]], last: str, said: list[str]
) -> None:
    audited = _log(world, *files)

    assert _read(audited) == last
    found = _said(audited)
    assert [line[: len(start)] for line, start in zip(found, said, strict=False)] == said
    assert bool(found) is bool(said)


@pytest.mark.parametrize(
    "make",
    [
        pytest.param(os.mkfifo, id="a pipe"),
        pytest.param(lambda path: path.symlink_to("/dev/zero"), id="a link to a device"),
        pytest.param(Path.mkdir, id="a folder named as a file"),
    ],
)
def test_what_is_no_file_among_logs_is_never_waited_for(world: World, make: Callable[[Path], object]) -> None:
    (world.folder / "log").mkdir()
    make(world.folder / "log" / "b.csv")
    (world.folder / "log" / "a.csv").write_text(_SOUND)
    world.configure(
        "evidence: [{id: log, kind: event-log, path: [log/a.csv, log/b.csv, nowhere.csv],"
        " window: {from: 2026-10-01, to: 2026-11-20},"
        " columns: {time: at, object: table, fields: columns, deed: what, user: who}}]\n"
    )

    audited = world.audit()

    assert "nowhere.csv" in [line["path"] for line in audited["skipped"]]
    assert _read(audited) == "2026-11-10"


_KIT = (
    "DeveloperName,Name,FolderName,LastRunDate,Id,Description\n"
    'Old,<script>alert(1)</script>,Public,2026-11-01T00:00:00.000+0000,00O000000000001AAA,"=HYPERLINK(""http://x"")"\n'
)


def test_registers_are_bounded_by_the_day_of_the_audit(world: World) -> None:
    (world.folder / "Report.csv").write_text(
        _KIT + "New,n,Public,2031-01-01T00:00:00.000+0000,00O000000000002AAA,x\n"
    )
    world.configure("evidence: [{id: reports, kind: report-register, path: Report.csv}]\n")

    audited = world.audit()

    assert "2031" not in json.dumps(audited["coverage"])


def test_evidence_that_is_broken_throughout_is_said_by_every_verb(world: World) -> None:
    (world.folder / "bad.csv").write_bytes(b"\x1f\x8b" + b"\xff" * 500)
    (world.folder / "book.csv").write_bytes(b"PK\x03\x04" + b"\0" * 500)
    world.configure("evidence: [{id: all, kind: auto, path: ['*.csv']}]\n")

    audited = world.run("audit", "--as-of", DAY, "--output", "json=-")
    planned = world.run("evidence", "plan", "--as-of", DAY)

    assert (audited.code, planned.code) == (0, 0)
    paths = {line["path"] for line in audited.document["skipped"]}
    assert {"bad.csv", "book.csv"} <= paths
