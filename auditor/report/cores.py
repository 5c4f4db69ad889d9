"""The smallest core as text for people, as JSON and as CSV."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from auditor.dataclasses import asdict
from auditor.formats.sheets import Sheet, csv_bytes
from auditor.model.cores import CoreCurve, CoreField, CorePoint, CoreReport
from auditor.report import core_words as words
from auditor.report import phrasing
from auditor.report.machine import json_text
from auditor.report.terminal import printable

_GROUPS, _FIELDS = 25, 12
"""Objects that are printed, and fields named of each; the rest is in the other formats."""


def core_text(report: CoreReport) -> str:
    """The answer in sentences, the curve, then areas, objects and fields."""
    blocks = [list(_head(report)), *_tables(report), list(_fields(report)), list(_limits(report))]
    return "\n\n".join("\n".join(printable(line) for line in block) for block in blocks if block) + "\n"


def core_json(report: CoreReport) -> str:
    """Everything, as one document."""
    return json_text({"schema_version": 1, **asdict(report)})


def core_csv(report: CoreReport) -> str:
    """A line for each field of the core, and for each that was read and is not in it."""
    rows = tuple(
        (each.field, each.object, each.area, *_yes_no(each), each.uses, str(each.counted).lower(), _askers(each))
        for each in report.members
    )
    return csv_bytes(Sheet("core", words.COLUMNS, rows)).decode()


def _yes_no(each: CoreField) -> tuple[str, str]:
    return str(each.custom).lower(), str(each.inside).lower()


def _askers(each: CoreField) -> str:
    return " ".join(each.needed_by)


def _head(report: CoreReport) -> Iterator[str]:
    figures = {
        "core": phrasing.figure(report.core),
        "custom": phrasing.figure(report.custom),
        "fields": phrasing.figure(report.fields),
        "part": phrasing.percent(report.core / report.fields),
        "share": _share(report.carried / report.uses),
        "uses": phrasing.counted(report.uses, _unit(report)),
        "least": phrasing.figure(report.least),
        "asked": _share(report.keep),
    }
    yield words.ANSWER.format(**figures)
    gap = report.core - report.least
    bound = words.PROVEN if gap <= 0 else words.GAP.format(gap=phrasing.counted(gap, words.FIELD))
    yield words.LEAST.format(**figures) + " " + bound


def _tables(report: CoreReport) -> Iterator[list[str]]:
    whole = [each for each in report.curves if each.kind == "all"]
    for curve in whole:
        rows = [_point(point) for point in curve.points]
        yield [words.CURVE, *_aligned(words.CURVE_COLUMNS, rows)]
    for kind, title in (("area", words.AREAS), ("object", words.OBJECTS)):
        curves = [each for each in report.curves if each.kind == kind]
        if curves:
            shares = [_share(point.share) for point in curves[0].points]
            table = _aligned((title, *words.GROUP_COLUMNS, *shares), [_group(each) for each in curves[:_GROUPS]])
            rest = len(curves) - _GROUPS
            yield [
                words.GROUPS,
                *table,
                *([words.FURTHER.format(more=phrasing.counted(rest, words.GROUP))] if rest > 0 else []),
            ]


def _point(point: CorePoint) -> tuple[str, ...]:
    return (
        _share(point.share),
        phrasing.figure(point.fields),
        phrasing.figure(point.custom),
        phrasing.figure(point.least),
    )


def _group(curve: CoreCurve) -> tuple[str, ...]:
    figures = (curve.fields, curve.used, curve.uses, curve.core)
    return (curve.name, *map(phrasing.figure, figures), *(phrasing.figure(point.fields) for point in curve.points))


def _fields(report: CoreReport) -> Iterator[str]:
    """The core by object, those with most reads first."""
    objects: dict[str, list[CoreField]] = {}
    for each in report.members:
        if each.inside:
            objects.setdefault(each.object, []).append(each)
    if objects:
        yield words.MEMBERS
    for key in sorted(objects, key=lambda key: (-sum(each.uses for each in objects[key]), key)):
        mine = sorted(objects[key], key=lambda each: (-each.uses, each.field))
        told = [f"{each.field.partition('.')[2]}{words.NEEDED if not each.uses else ''}" for each in mine]
        yield f"  {key} ({len(mine)}): {phrasing.listed(told, _FIELDS)}"


def _limits(report: CoreReport) -> Iterator[str]:
    """What this does not know."""
    left = [each for each in report.members if not each.inside]
    if left:
        reads = phrasing.counted(sum(each.uses for each in left), _unit(report))
        yield words.LEFT.format(fields=phrasing.counted(len(left), words.FIELD), reads=reads)
    if report.unseen:
        yield words.UNSEEN.format(
            fields=phrasing.counted(report.unseen, words.FIELD), ways=phrasing.listed(report.unwatched)
        )
        if report.settled_by:
            yield words.SETTLED.format(kinds=phrasing.listed(report.settled_by))
    if report.outside:
        yield words.OUTSIDE.format(
            fields=phrasing.counted(len(report.outside), words.FIELD),
            names=phrasing.listed(report.outside, _FIELDS),
        )
    if report.by_readers:
        yield words.BY_READERS
    if report.uncounted:
        yield words.UNCOUNTED.format(fields=phrasing.counted(report.uncounted, words.FIELD))
    if report.sources:
        yield words.SOURCES.format(sources="; ".join(report.sources))


def _unit(report: CoreReport) -> tuple[str, str]:
    return words.READERS if report.by_readers else words.READS


def _share(share: float) -> str:
    """`99 %`, `99.5 %`; nothing is rounded up to all."""
    rounded = round(share * 100, 1)
    if rounded >= 100 > share * 100:
        return words.NEARLY_ALL
    return f"{rounded:.0f} %" if rounded == round(rounded) else f"{rounded} %"


def _aligned(titles: Sequence[str], rows: Sequence[Sequence[str]]) -> list[str]:
    """A table in plain text: the first column to the left, figures to the right."""
    widths = [max(len(row[at]) for row in (titles, *rows)) for at in range(len(titles))]
    return [
        "  " + "  ".join(_cell(cell, width, at) for at, (cell, width) in enumerate(zip(row, widths, strict=True)))
        for row in (titles, *rows)
    ]


def _cell(text: str, width: int, at: int) -> str:
    return text.ljust(width) if at == 0 else text.rjust(width)
