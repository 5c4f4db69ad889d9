"""Nothing that real files name is missing: counted and collected by other means than the readers'."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from xml.etree import ElementTree

import pytest

from auditor.model.references import Access
from auditor.sources.salesforce.parsed import Mention, Parsed

CorpusRead = dict[str, tuple[Path, Parsed]]
_NAME = re.compile(r"[A-Za-z]\w*__(?:c|r|pc|pr|e|x|mdt|b)\b")
# Prose, and what Process Builder keeps to draw its own page: the process itself names the same fields again.
_SAY_NOTHING = ("description", "label", "processMetadataValues")


def test_every_flow_and_workflow_is_read(corpus_read: CorpusRead) -> None:
    expected = {"sf-electron-motors": 10, "sf-volunteers-mdapi": 8}
    assert expected == dict(Counter(file.partition("/")[0] for file in corpus_read))


def test_every_custom_name_is_mentioned(corpus_read: CorpusRead) -> None:
    missing = {
        file: sorted(_names(path) - _mentioned(parsed) - {file.partition("/")[2].partition(".")[0]})
        for file, (path, parsed) in corpus_read.items()
    }
    assert {file: [] for file in corpus_read} == missing


COUNTS = {
    "filters of Get, Update and Delete Records": (
        ("recordLookups/filters/field", "recordUpdates/filters/field", "recordDeletes/filters/field"),
        ("flow", "filter"),
    ),
    "fields that Get Records asks for": (
        ("recordLookups/queriedFields", "recordLookups/outputAssignments/field"),
        ("flow", "queried"),
    ),
    "recipients of alerts by a field": (("alerts/recipients/field",), ("workflow_alert", "recipient")),
    "delays of actions": (("rules/workflowTimeTriggers/offsetFromField",), ("workflow_rule", "time_trigger")),
}


@pytest.mark.parametrize(("places", "part"), COUNTS.values(), ids=COUNTS.keys())
def test_as_many_mentions_as_elements(
    corpus_read: CorpusRead, places: tuple[str, ...], part: tuple[str, str]
) -> None:
    counted = {
        file: sum(1 for place in places for _ in _at(path, place)) for file, (path, _) in corpus_read.items()
    }
    mentioned = {
        # People without a field of their own (`owner`) are read by a field that no element names.
        file: sum(1 for item in parsed.mentions if _is(item, part) and item.path not in ("OwnerId", "CreatedById"))
        for file, (_, parsed) in corpus_read.items()
    }
    assert counted == mentioned


WRITTEN = (
    ("recordCreates/inputAssignments/field", "create"),
    ("recordUpdates/inputAssignments/field", "update"),
    ("fieldUpdates/field", "update"),
)


@pytest.mark.parametrize(("place", "part"), WRITTEN, ids=[place for place, _ in WRITTEN])
def test_every_field_that_is_written(corpus_read: CorpusRead, place: str, part: str) -> None:
    elements = {
        file: sorted(_at(path, place)) for file, (path, _) in corpus_read.items() if list(_at(path, place))
    }
    written = {
        file: sorted(
            item.path
            for item in corpus_read[file][1].mentions
            if item.access is Access.WRITES and item.part == part and item.path
        )
        for file in elements
    }
    assert elements == written


def _is(item: Mention, part: tuple[str, str]) -> bool:
    return (item.component_kind, item.part) == part


def _at(path: Path, place: str) -> Iterator[str]:
    steps = "/".join(f"{{*}}{tag}" for tag in place.split("/"))
    return (node.text or "" for node in ElementTree.parse(path).getroot().iterfind(steps))


def _names(path: Path) -> set[str]:
    return {name for text in _texts(ElementTree.parse(path).getroot()) for name in _NAME.findall(text)}


def _texts(node: ElementTree.Element) -> Iterator[str]:
    if node.tag.rpartition("}")[2] not in _SAY_NOTHING:
        yield node.text or ""
        for child in node:
            yield from _texts(child)


def _mentioned(parsed: Parsed) -> set[str]:
    paths = {part for item in parsed.mentions for part in [*item.path.split("."), item.object or ""]}
    return paths | {part for call in parsed.calls for part in call.callee.split(".")}
