"""What the tests of declarative readers share: a file in, one line of text a mention out."""

from __future__ import annotations

import tarfile
from collections.abc import Callable
from pathlib import Path

import pytest

from auditor.formats.xml import parse_xml
from auditor.model.references import Certainty
from auditor.sources.salesforce.declarative.registry import OBJECT_CHILDREN, TEXT_READERS, XML_READERS
from auditor.sources.salesforce.parsed import Mention, MetadataFile, Parsed
from auditor.sources.salesforce.paths import metadata_file

Read = Callable[[str, str], Parsed]
Said = Callable[[Parsed], list[str]]
Called = Callable[[Parsed], list[str]]


@pytest.fixture(scope="session")
def read() -> Read:
    """Read one file by its path and its text, without the root's namespace declaration."""

    def reading(path: str, text: str) -> Parsed:
        file = metadata_file(path)
        if file.suffix in TEXT_READERS:
            return TEXT_READERS[file.suffix](file, text.encode())
        return XML_READERS[file.suffix](file, parse_xml(text.encode()))

    return reading


@pytest.fixture(scope="session")
def said() -> Said:
    """Mentions as `line access part object:path grammar`, with `?` behind a possible one."""
    return lambda parsed: [_printed(item) for item in parsed.mentions]


@pytest.fixture(scope="session")
def called() -> Called:
    """Calls as `caller > kind callee`."""
    return lambda parsed: [f"{call.caller} > {call.callee_kind} {call.callee}" for call in parsed.calls]


@pytest.fixture(scope="session")
def corpus_files(
    corpora: Path, tmp_path_factory: pytest.TempPathFactory
) -> dict[str, list[tuple[MetadataFile, Path]]]:
    """Every file of the four Salesforce corpora, by corpus, as the platform names it."""
    unpacked = tmp_path_factory.mktemp("sf-eda")
    with tarfile.open(corpora / "sf-eda" / "sf-eda.tar.gz") as archive:
        archive.extractall(unpacked, filter="data")
    roots = {name: corpora / name for name in ("sf-ebikes", "sf-electron-motors", "sf-volunteers-mdapi")}
    return {name: _files(root) for name, root in {**roots, "sf-eda": unpacked}.items()}


@pytest.fixture(scope="session")
def corpus_parsed(corpus_files: dict[str, list[tuple[MetadataFile, Path]]]) -> dict[str, list[tuple[str, Parsed]]]:
    """Everything that the declarative readers say of each corpus, by path."""
    return {name: [item for pair in files for item in _parsed(*pair)] for name, files in corpus_files.items()}


def _files(root: Path) -> list[tuple[MetadataFile, Path]]:
    paths = sorted(path for path in root.rglob("*") if path.is_file())
    return [(metadata_file(path.relative_to(root).as_posix()), path) for path in paths]


def _parsed(file: MetadataFile, path: Path) -> list[tuple[str, Parsed]]:
    if file.suffix in XML_READERS and "/aura/" not in file.path:
        return [(file.path, XML_READERS[file.suffix](file, parse_xml(path.read_bytes())))]
    if file.suffix != "object":
        return []
    children = parse_xml(path.read_bytes()).children
    return [
        (file.path, OBJECT_CHILDREN[child.tag](file.name, child, file))
        for child in children
        if child.tag in OBJECT_CHILDREN
    ]


def _printed(item: Mention) -> str:
    doubt = "?" if item.certainty is Certainty.POSSIBLE else ""
    return f"{item.line} {item.access} {item.part} {item.object or '-'}:{item.path} {item.grammar}{doubt}"
