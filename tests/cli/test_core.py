"""`auditor core`."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from auditor.cli.main import run

DAY = ["--as-of", "2026-11-21"]
FIELDS = "".join(
    f"<fields>\n<fullName>{name}__c</fullName>\n<label>{name}</label>\n<type>Text</type>\n</fields>\n"
    for name in "ABC"
)


@pytest.fixture
def company(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    objects = tmp_path / "src" / "objects"
    objects.mkdir(parents=True)
    (objects / "X__c.object").write_text(f"<CustomObject>\n<label>X</label>\n{FIELDS}</CustomObject>\n")
    (tmp_path / "auditor.yaml").write_text(
        "version: 1\npolicies: [pack:documentation]\n"
        "systems: [{name: crm, role: crm, sources: [{kind: salesforce, path: src}]}]\n"
        "evidence:\n"
        "  - {id: reads, kind: event-log, path: log.csv, window: {from: 2026-10-01, to: 2026-11-20},\n"
        "     columns: {time: day, object: object, fields: fields}}\n"
    )
    monkeypatch.chdir(tmp_path)
    return tmp_path


def _reads(folder: Path, *fields: str) -> None:
    lines = (f"2026-11-0{number % 9 + 1}T10:00:00Z,X__c,{name}" for number, name in enumerate(fields))
    (folder / "log.csv").write_text("\n".join(("day,object,fields", *lines)) + "\n")


def test_the_answer_in_words(company: Path, capsys: pytest.CaptureFixture[str]) -> None:
    _reads(company, *["A__c"] * 6, *["B__c"] * 3, "C__c")

    assert run(["core", "--keep", "90%", *DAY]) == 0

    assert capsys.readouterr().out == (
        "2 fields (2 of them the company's own) carry 90 % of the 10 reads on record; there are 3, so that is "
        "67 % of all.\n"
        "No set of fewer than 2 that holds what its fields need carries 90 %: this is the smallest.\n"
        "\n"
        "Share of use against fields\n"
        "  Use    Fields  Own  At least\n"
        "  50 %        1    1         1\n"
        "  80 %        2    2         2\n"
        "  90 %        2    2         2\n"
        "  95 %        3    3         3\n"
        "  99 %        3    3         3\n"
        "  100 %       3    3         3\n"
        "\n"
        "How many fields carry so much of the use of each by itself, with what they need elsewhere\n"
        "  Object    Fields  Read  Uses  In the core  50 %  80 %  90 %  95 %  99 %  100 %\n"
        "  crm:X__c       3     3    10            2     1     2     2     3     3      3\n"
        "\n"
        "The core, most read first (* never read itself, needed by others)\n"
        "  crm:X__c (2): A__c and B__c\n"
        "\n"
        "Read and not in the core: 1 field, 1 read in all. Read rarely is not unimportant: look through them "
        "first (--format csv).\n"
        "Reads were seen in: event-log (log.csv, 2026-11-20).\n"
    )


def test_json_and_csv_hold_every_field(company: Path, capsys: pytest.CaptureFixture[str]) -> None:
    _reads(company, *["A__c"] * 6, *["B__c"] * 3, "C__c")

    assert run(["core", "--keep", "0.9", "--format", "json", *DAY]) == 0
    told = json.loads(capsys.readouterr().out)
    assert (told["core"], told["least"], told["uses"], told["carried"]) == (2, 2, 10, 9)

    assert run(["core", "--keep", "90%", "--format", "csv", *DAY]) == 0
    assert capsys.readouterr().out.splitlines() == [
        "\ufefffield,object,area,custom,in_core,reads,counted,needed_by",
        "crm:X__c.A__c,crm:X__c,,true,true,6,true,",
        "crm:X__c.B__c,crm:X__c,,true,true,3,true,",
        "crm:X__c.C__c,crm:X__c,,true,false,1,true,",
    ]


def test_one_object_alone(company: Path, capsys: pytest.CaptureFixture[str]) -> None:
    _reads(company, "A__c")

    assert run(["core", "--only", "X__c", "--format", "json", *DAY]) == 0
    assert [each["name"] for each in json.loads(capsys.readouterr().out)["curves"]] == ["", "crm:X__c"]


@pytest.mark.parametrize(
    ("arguments", "code", "said"),
    [
        pytest.param(["--keep", "0"], 2, "write a share above nothing and up to all", id="nothing is no share"),
        pytest.param(["--keep", "101%"], 2, "write a share above nothing", id="more than all is no share"),
        pytest.param(["--keep", "most"], 2, "write a share above nothing", id="a word is no share"),
        pytest.param(["--only", "Y__c"], 5, "no object or business area 'Y__c' was seen used", id="unknown name"),
    ],
)
def test_what_cannot_be_answered(
    company: Path, capsys: pytest.CaptureFixture[str], arguments: list[str], code: int, said: str
) -> None:
    _reads(company, "A__c")

    assert run(["core", *arguments, *DAY]) == code
    assert said in capsys.readouterr().err


def test_where_nothing_was_seen_read_it_says_what_would_tell(
    company: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    _reads(company)

    assert run(["core", *DAY]) == 4
    assert "no read of any field was observed" in capsys.readouterr().err
