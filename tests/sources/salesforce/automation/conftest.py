"""What the tests of automation share: a file in, one line of text a mention, call or effect out."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from auditor.formats.xml import parse_xml
from auditor.model.references import Certainty
from auditor.sources.salesforce.automation.registry import XML_READERS
from auditor.sources.salesforce.parsed import Mention, Parsed
from auditor.sources.salesforce.paths import metadata_file

Read = Callable[[str, str], Parsed]
Said = Callable[[Parsed], list[str]]


@pytest.fixture(scope="session")
def read() -> Read:
    """Read one file by its path and its text."""

    def reading(path: str, text: str) -> Parsed:
        file = metadata_file(path)
        return XML_READERS[file.suffix](file, parse_xml(text.encode()))

    return reading


@pytest.fixture(scope="session")
def read_flow(read: Read) -> Callable[[str], Parsed]:
    """Read the elements of one flow."""
    return lambda elements: read("flows/Some_Flow.flow-meta.xml", f"<Flow>{elements}</Flow>")


@pytest.fixture(scope="session")
def said() -> Said:
    """Mentions as `access part object:path`; `word` before names without an object, `?` behind doubtful ones."""
    return lambda parsed: [_printed(item) for item in parsed.mentions]


@pytest.fixture(scope="session")
def placed() -> Said:
    """The same, each with its line before it."""
    return lambda parsed: [f"{item.line} {_printed(item)}" for item in parsed.mentions]


@pytest.fixture(scope="session")
def called() -> Said:
    """Calls as `caller > kind callee`."""
    return lambda parsed: [f"{call.caller} > {call.callee_kind} {call.callee}" for call in parsed.calls]


@pytest.fixture(scope="session")
def does() -> Said:
    """Effects as `effect object`."""
    return lambda parsed: [f"{item.effect} {item.object or '-'}" for item in parsed.components[0].effects]


@pytest.fixture(scope="session")
def corpus_read(corpora: Path) -> dict[str, tuple[Path, Parsed]]:
    """Every flow and workflow of the corpora that are no archives, by corpus and file name."""
    found = {}
    for corpus in ("sf-electron-motors", "sf-volunteers-mdapi", "sf-ebikes"):
        for path in sorted((corpora / corpus).rglob("*")):
            file = metadata_file(path.relative_to(corpora).as_posix())
            if path.is_file() and file.suffix in XML_READERS:
                parsed = XML_READERS[file.suffix](file, parse_xml(path.read_bytes()))
                found[f"{corpus}/{file.name}"] = (path, parsed)
    return found


def _printed(item: Mention) -> str:
    doubt = "?" if item.certainty is Certainty.POSSIBLE else ""
    grammar = "" if item.grammar == "path" else f"{item.grammar} "
    return f"{item.access} {item.part} {grammar}{item.object or '-'}:{item.path}{doubt}"
