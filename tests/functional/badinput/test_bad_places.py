"""Outputs that cannot be written, and labels that would take over whatever shows them."""

from __future__ import annotations

import csv
import json
import os
import resource
from collections.abc import Iterator
from html import escape
from pathlib import Path

import pytest

from tests.functional.badinput.world import DAY, World, an_object

_AUDIT = ("audit", "--as-of", DAY)


def _files(folder: Path) -> list[str]:
    return sorted(path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file())


@pytest.mark.parametrize(
    ("output", "said"),
    [
        pytest.param("auditor.yaml/below/r.json", "Not a directory", id="below a file"),
        pytest.param("src", "Is a directory", id="in the place of a folder"),
        pytest.param("/dev/full", "No space left on device", id="a full device"),
        pytest.param("/proc/nothing/r.json", "No such file or directory", id="a place that takes no files"),
        pytest.param("x" * 300, "File name too long", id="a name that is too long"),
    ],
)
def test_a_place_that_takes_no_report_is_one_error(world: World, output: str, said: str) -> None:
    before = _files(world.folder / "src")

    ran = world.run(*_AUDIT, "--output", f"json={output}")

    assert (ran.code, ran.out) == (2, "")
    assert ran.err == (
        f"auditor: {output} cannot be written: {said}; choose another place with --output FORMAT=PATH\n"
    )
    assert _files(world.folder / "src") == before
    assert not [name for name in _files(world.folder) if name.endswith(".part")]


@pytest.fixture
def small_disk() -> Iterator[None]:
    """A disk on which no file can grow beyond 2,000 bytes."""
    import signal

    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    ignored = signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    resource.setrlimit(resource.RLIMIT_FSIZE, (2000, before[1]))
    yield
    resource.setrlimit(resource.RLIMIT_FSIZE, before)
    signal.signal(signal.SIGXFSZ, ignored)


def test_a_full_disk_leaves_the_report_of_before_whole(world: World, small_disk: None) -> None:
    report = world.folder / "report.json"
    report.write_text("{}")

    ran = world.run(*_AUDIT, "--output", "json=report.json")

    assert ran.code == 2
    assert "report.json cannot be written: File too large" in ran.err
    assert report.read_text() == "{}"
    assert not (world.folder / "report.json.part").exists()


def test_a_full_device_as_standard_output_is_one_error(world: World) -> None:
    import subprocess
    import sys

    with Path("/dev/full").open("wb") as full:
        ran = subprocess.run(
            [sys.executable, "-m", "auditor", "inspect", "src"], stdout=full, stderr=subprocess.PIPE, check=False
        )

    assert ran.returncode == 2
    assert ran.stderr.decode() == "auditor: the output cannot be written: No space left on device\n"


def test_init_where_nothing_can_be_written_is_one_error(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    (world.folder / "src" / "auditor.yaml").symlink_to("/proc/nothing/auditor.yaml")

    ran = world.run("init", "src", "--force")

    assert (ran.code, ran.out) == (2, "")
    assert ran.err == "auditor: src/auditor.yaml cannot be written: No such file or directory\n"


_LABEL = "<img src=x onerror=alert(1)>[x](http://e.example)`c` =1+1 \u202e\u2066 {{7*7}} | </script>"
_FORMULA = '=HYPERLINK("http://e.example")'


def test_hostile_labels_take_over_no_format(world: World) -> None:
    written = escape(_LABEL)
    fields = "".join(
        f"<fields><fullName>L{n}__c</fullName><label>{label}</label><type>Text</type><description>{label}</description></fields>"
        for n, label in enumerate((written, escape(_FORMULA), "+1", "@x", "-2+3"))
    )
    (world.objects / "Hostile__c.object").write_text(an_object(written, "F__c", fields))

    ran = world.run(*_AUDIT)
    shown = [world.run("inspect", "src"), world.run("inspect", "src", "--references")]

    assert ran.code == 0
    out = world.folder / "out"
    for text in (
        ran.out,
        *(each.out for each in shown),
        *(page.read_text() for page in (out / "report.md", out / "report.html")),
    ):
        assert not any(mark in text for mark in ("\x1b", "\u202e", "\u2066"))
    page = (out / "report.html").read_text()
    assert "<img src=x" not in page
    assert "{{7*7}}" in page or "7*7" not in page
    assert "](http://e.example)" not in (out / "report.md").read_text().replace("\\](http", "")
    for name in ("fields.csv", "findings.csv"):
        with (out / name).open(newline="", encoding="utf-8-sig") as rows:
            cells = [cell for row in csv.reader(rows) for cell in row]
        assert not [
            cell for cell in cells if cell[:1] in ("=", "+", "@") or (cell[:1] == "-" and not cell[1:].isdigit())
        ]
    assert json.loads((out / "report.json").read_text())["as_of"] == DAY
    assert [json.loads(line) for line in (out / "findings.jsonl").read_text().splitlines()]
    openpyxl = pytest.importorskip("openpyxl")
    book = openpyxl.load_workbook(out / "report.xlsx")
    assert not [cell for sheet in book for row in sheet.iter_rows() for cell in row if cell.data_type == "f"]


def test_machine_formats_of_inspect_keep_what_was_written(world: World) -> None:
    (world.objects / "Hostile__c.object").write_text(an_object(escape(_LABEL)))

    document = world.run("inspect", "src", "--format", "json").document

    labels = [item["label"] for system in document["systems"] for item in system["objects"]]
    assert labels == ["Good", _LABEL]


def test_what_is_written_by_root_is_refused_where_it_is_read_only(world: World) -> None:
    """A read-only folder as root meets it: a file system that is mounted so."""
    if not os.access("/sys/kernel", os.F_OK):
        pytest.skip("no /sys here")

    ran = world.run(*_AUDIT, "--output", "json=/sys/kernel/report.json")

    assert (ran.code, ran.out) == (2, "")
    assert ran.err.startswith("auditor: /sys/kernel/report.json cannot be written: ")
