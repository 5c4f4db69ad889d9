"""Charts as SVG, written directly: geometry here, colours in the style sheet, nothing that a page must load."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from markupsafe import Markup
from markupsafe import escape as escaped

from auditor.model.results import GrowthRow
from auditor.report.terminal import printable
from auditor.report.view import Bar, Bars, GrowthChart

WIDTH, _LEFT, _RIGHT = 620, 8, 48
_TOP, _MIDDLE, _FOOT, _GAP = 18, 150, 246, 20
_BAR_WIDTH, _ROW, _NAMES = 760, 20, 240
_FEW_QUARTERS = 10


def growth_svg(chart: GrowthChart) -> Markup:
    """The total as an area above, fields added and removed by quarter as bars below."""
    if not chart.rows:
        return Markup("")
    described = escape(f"{chart.title}: {chart.summary}")
    height = _FOOT + _GAP + 4
    body = "".join((*_total(chart.rows), *_changes(chart.rows), *_years(chart.rows)))
    return Markup(  # noqa: S704 - figures made here and texts escaped above
        f'<svg class="growth" viewBox="0 0 {WIDTH} {height}" role="img" aria-label="{described}">{body}</svg>'
    )


def bars_svg(block: Bars) -> Markup:
    """One bar a line, with its limit where it lies within the picture."""
    most = max((bar.value for bar in block.bars), default=0) or 1
    height = _ROW * len(block.bars) + 4
    body = "".join(part for number, bar in enumerate(block.bars) for part in _bar(number, bar, most))
    label = escape(block.title)
    return Markup(  # noqa: S704 - figures made here and texts escaped above and below
        f'<svg class="bars" viewBox="0 0 {_BAR_WIDTH} {height}" role="img" aria-label="{label}">{body}</svg>'
    )


def _x(number: int, rows: Sequence[GrowthRow]) -> float:
    return _LEFT + (WIDTH - _LEFT - _RIGHT) * (number + 0.5) / len(rows)


def _total(rows: Sequence[GrowthRow]) -> Iterator[str]:
    most = max(row.total for row in rows) or 1
    points = [(_x(n, rows), _MIDDLE - (_MIDDLE - _TOP) * max(row.total, 0) / most) for n, row in enumerate(rows)]
    line = " ".join(f"{x:.1f},{y:.1f}" for x, y in points)
    yield f'<polygon class="area" points="{points[0][0]:.1f},{_MIDDLE} {line} {points[-1][0]:.1f},{_MIDDLE}"/>'
    yield f'<polyline class="line" points="{line}"/>'
    yield f'<line class="axis" x1="{_LEFT}" x2="{WIDTH - _RIGHT}" y1="{_MIDDLE}" y2="{_MIDDLE}"/>'
    x, y = points[-1]
    yield f'<circle class="dot" cx="{x:.1f}" cy="{y:.1f}" r="3"/>'
    yield f'<text class="strong" x="{x + 8:.1f}" y="{y + 4:.1f}">{rows[-1].total:,}</text>'
    if len(rows) > 1:
        yield f'<text x="{points[0][0]:.1f}" y="{points[0][1] - 6:.1f}">{rows[0].total:,}</text>'


def _changes(rows: Sequence[GrowthRow]) -> Iterator[str]:
    most = max(max(row.added for row in rows), 1)
    lost = max(row.removed for row in rows)
    top, foot = _MIDDLE + _GAP, _FOOT
    scale = (foot - top) / (most + lost)
    base = top + most * scale
    wide = min(18.0, (WIDTH - _LEFT - _RIGHT) / len(rows) * 0.7)
    largest = max(range(len(rows)), key=lambda n: rows[n].added)
    for number, row in enumerate(rows):
        x = _x(number, rows) - wide / 2
        kind = "added running" if number == len(rows) - 1 else "added"
        if row.added:
            tall = row.added * scale
            yield _box(kind, (x, base - tall, wide, tall), f"{row.quarter}: {row.added:,} added")
        if row.removed:
            yield _box("removed", (x, base, wide, row.removed * scale), f"{row.quarter}: {row.removed:,} removed")
        if row.added and (number == largest or len(rows) <= _FEW_QUARTERS):
            top_of = base - row.added * scale - 3
            yield f'<text class="small mid" x="{x + wide / 2:.1f}" y="{top_of:.1f}">+{row.added:,}</text>'
    yield f'<line class="axis" x1="{_LEFT}" x2="{WIDTH - _RIGHT}" y1="{base:.1f}" y2="{base:.1f}"/>'


def _box(kind: str, box: tuple[float, float, float, float], title: str) -> str:
    """A rectangle by left, top, width and height, that says what it stands for."""
    x, y, wide, tall = box
    size = f'x="{x:.1f}" y="{y:.1f}" width="{wide:.1f}" height="{max(tall, 0.8):.1f}"'
    return f'<rect class="{kind}" {size}><title>{escape(title)}</title></rect>'


def _years(rows: Sequence[GrowthRow]) -> Iterator[str]:
    """Names of quarters where there are few, else the year at its first quarter."""
    for number, row in enumerate(rows):
        year, _, quarter = row.quarter.partition("-")
        few = len(rows) <= _FEW_QUARTERS
        if few or quarter == "Q1":
            text = row.quarter if few else year
            yield f'<text class="small mid" x="{_x(number, rows):.1f}" y="{_FOOT + _GAP}">{escape(text)}</text>'


def _bar(number: int, bar: Bar, most: int) -> Iterator[str]:
    y = number * _ROW + 3
    room = _BAR_WIDTH - _NAMES - 190
    wide = max(1.0, room * bar.value / most)
    kind = "bar over" if bar.remark else "bar"
    yield f'<text class="name" x="{_NAMES - 10}" y="{y + 11}">{escape(_cut(bar.label))}</text>'
    yield _box(kind, (_NAMES, y, wide, _ROW - 7), f"{bar.label}: {bar.value:,}")
    share = f" of {bar.limit:,}" if bar.limit else ""
    remark = f" · {bar.remark}" if bar.remark else ""
    text = escape(f"{bar.value:,}{share}{remark}")
    yield f'<text x="{_NAMES + wide + 6:.1f}" y="{y + 11}">{text}</text>'


def _cut(label: str) -> str:
    return label if len(label) <= 34 else label[:33] + "…"


def escape(text: str) -> Markup:
    """A text as it may stand in a chart: no element, and nothing that steers what shows it."""
    return escaped(printable(text))
