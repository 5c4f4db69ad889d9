"""A small sound repository, into which each test puts something bad, and the command line as users run it."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from auditor.cli.main import run

DAY = "2026-11-21"
HEAD = "<CustomObject><label>{label}</label><fields><fullName>{field}</fullName><type>Text</type></fields>"


def an_object(label: str = "Bad", field: str = "F__c", more: str = "") -> str:
    """The file of one object with one field."""
    return HEAD.format(label=label, field=field) + more + "</CustomObject>"


@dataclass(frozen=True, slots=True)
class Ran:
    """What one command said, and its exit code."""

    code: int
    out: str
    err: str

    @property
    def document(self) -> Any:  # noqa: ANN401 - JSON
        """The output as JSON."""
        return json.loads(self.out)


@dataclass(frozen=True, slots=True)
class World:
    """A folder with `auditor.yaml` and a CRM in `src`, of which nothing may be lost."""

    folder: Path
    capture: pytest.CaptureFixture[str]

    @property
    def objects(self) -> Path:
        """Where objects lie."""
        return self.folder / "src" / "objects"

    def run(self, *arguments: str) -> Ran:
        """One command in the folder; no traceback may show."""
        self.capture.readouterr()
        code = run(arguments)
        said = self.capture.readouterr()
        assert "Traceback" not in said.out + said.err
        assert "internal error" not in said.err, said.err
        return Ran(code, said.out, said.err)

    def configure(self, text: str) -> None:
        """Add to the configuration."""
        with (self.folder / "auditor.yaml").open("a", encoding="utf-8") as config:
            config.write(text)

    def audit(self, *arguments: str) -> Any:  # noqa: ANN401 - JSON
        """The audit as JSON; it must not fail."""
        ran = self.run("audit", "--as-of", DAY, "--output", "json=-", *arguments)
        assert (ran.code, ran.err) == (0, "")
        return ran.document


Make = Callable[[World], object]


def lines(document: Any, without: Iterable[str] = ()) -> list[str]:  # noqa: ANN401 - JSON
    """What was skipped, as `path:line: reason`."""
    return [
        f"{line['path']}{':' + str(line['line']) if line['line'] else ''}: {line['reason']}"
        for line in document["skipped"]
    ]


def names(document: Any) -> list[str]:  # noqa: ANN401 - JSON
    """`Object.Field` of everything that `inspect` showed."""
    return [
        f"{item['name']}.{field['name']}"
        for system in document["systems"]
        for item in system["objects"]
        for field in item["fields"]
    ]
