"""Every alias that the real repositories hold is known, or the list of what is not says so."""

from __future__ import annotations

import io
import re
import tarfile
from collections.abc import Iterator
from pathlib import Path
from xml.etree import ElementTree

import pytest

from auditor.languages.aliases import AliasTarget, list_column, related_column, report_column

_FILE = re.compile(r"\.(listView|layout|report|object)(-meta\.xml)?$")
_REPORT_PATHS = (
    "columns/field",
    "groupingsDown/field",
    "groupingsAcross/field",
    "filter/criteriaItems/column",
    "sortColumn",
    "timeFrameFilter/dateColumn",
)
Asked = tuple[str, str, AliasTarget | None]


@pytest.mark.parametrize(
    ("place", "asked"),
    [
        pytest.param("sf-volunteers-mdapi", 789, id="volunteers"),
        pytest.param("sf-electron-motors", 299, id="electron motors"),
        pytest.param("sf-ebikes", 30, id="e-bikes"),
        pytest.param("sf-eda/sf-eda.tar.gz", 836, id="education data architecture"),
    ],
)
def test_every_column_of_a_real_repository_is_resolved(corpora: Path, place: str, asked: int) -> None:
    answers = [answer for name, tree in _trees(corpora / place) for answer in _asked(name, tree)]
    unresolved = {(where, column) for where, column, target in answers if target is None}
    assert (asked, set()) == (len(answers), unresolved)


def _trees(place: Path) -> Iterator[tuple[str, ElementTree.Element]]:
    for name, content in _files(place):
        try:
            root = ElementTree.fromstring(content)
        except ElementTree.ParseError:
            continue
        for element in root.iter():
            element.tag = element.tag.rpartition("}")[2]
        yield name, root


def _files(place: Path) -> Iterator[tuple[str, bytes]]:
    if place.is_dir():
        for path in sorted(place.rglob("*")):
            if path.is_file() and _FILE.search(path.name):
                yield path.relative_to(place).as_posix(), path.read_bytes()
        return
    with tarfile.open(fileobj=io.BytesIO(place.read_bytes())) as archive:
        for member in archive:
            stream = archive.extractfile(member) if _FILE.search(member.name) else None
            if stream is not None:
                yield member.name, stream.read()


def _asked(name: str, root: ElementTree.Element) -> Iterator[Asked]:
    stem = name.rpartition("/")[2].partition(".")[0]
    if root.tag == "ListView":
        yield from _columns(name.split("/")[-3], root)
    elif root.tag == "Layout":
        yield from _related(stem.partition("-")[0], root)
    elif root.tag == "Report":
        yield from _of_report(root)
    elif root.tag == "CustomObject":
        for view in root.iterfind("listViews"):
            yield from _columns(stem, view)
        searched = (element for element in root.iterfind("searchLayouts/*") if element.tag.endswith("Fields"))
        yield from ((stem, element.text or "", list_column(stem, element.text or "")) for element in searched)


def _of_report(root: ElementTree.Element) -> Iterator[Asked]:
    kind = root.findtext("reportType") or ""
    for path in _REPORT_PATHS:
        for element in root.iterfind(path):
            yield kind, element.text or "", report_column(kind, element.text or "")


def _columns(owner: str, view: ElementTree.Element) -> Iterator[Asked]:
    for path in ("columns", "filters/field"):
        for element in view.iterfind(path):
            yield owner, element.text or "", list_column(owner, element.text or "")


def _related(owner: str, layout: ElementTree.Element) -> Iterator[Asked]:
    for related in layout.iterfind("relatedLists"):
        name = related.findtext("relatedList") or ""
        for element in (*related.iterfind("fields"), *related.iterfind("sortField")):
            yield f"{owner}/{name}", element.text or "", related_column(owner, name, element.text or "")
