"""Days as a locale writes them: read where their order is clear, in UTC."""

from __future__ import annotations

from datetime import date

import pytest

from auditor.usage.org.localdays import Order, days_of


def _days(*cells: str, declared: str = "") -> tuple[Order | None, list[date | None]]:
    found = days_of(cells, declared)
    return found.order, [found.day(cell) for cell in cells]


SEPTEMBER = date(2026, 9, 10)


@pytest.mark.parametrize(
    ("cells", "order", "days"),
    [
        pytest.param(["9/10/2026, 4:21:14 AM PDT"], Order.MONTH_FIRST, [SEPTEMBER], id="the English of America"),
        pytest.param(["9/10/2026, 4:21:14\u202fAM PDT"], Order.MONTH_FIRST, [SEPTEMBER], id="a narrow blank"),
        pytest.param(["10.9.2026, 04:21:14 MESZ"], Order.DAY_FIRST, [SEPTEMBER], id="points: no month is first"),
        pytest.param(["2026-09-10 04:21:14 CEST"], Order.YEAR_FIRST, [SEPTEMBER], id="the year first"),
        pytest.param(
            ["13/9/2026, 11:54:14 CEST", "10/9/2026, 11:54:14 CEST"],
            Order.DAY_FIRST,
            [date(2026, 9, 13), SEPTEMBER],
            id="a thirteenth is no month",
        ),
        pytest.param(
            ["1/10/2026, 11:54 CEST", "12/9/2026, 11:54 CEST", "11/9/2026, 11:54 CEST"],
            Order.DAY_FIRST,
            [date(2026, 10, 1), date(2026, 9, 12), date(2026, 9, 11)],
            id="only one order runs backwards",
        ),
        pytest.param(
            ["9/10/2026, 11:21:14 PM PDT"],
            Order.MONTH_FIRST,
            [date(2026, 9, 11)],
            id="the day of UTC, not of the zone",
        ),
        pytest.param(
            ["9/10/2026, 1:00 AM GMT+02:00"], Order.MONTH_FIRST, [date(2026, 9, 9)], id="a zone in figures"
        ),
        pytest.param(["12/8/2025, 11:54:14 CEST"], None, [None], id="nothing tells day from month"),
        pytest.param(["10/09/2026, 4:21:14 am AEST"], None, [None], id="small letters are not America's"),
        pytest.param(["yesterday"], None, [None], id="no day at all"),
        pytest.param(["99/99/2026, 1:00 AM PDT"], None, [None], id="no day of any calendar"),
        pytest.param(["2026-09-10T04:21:14.000+0000"], None, [SEPTEMBER], id="what the API writes needs no order"),
        pytest.param([], None, [], id="no rows"),
    ],
)
def test_days_are_read_where_their_order_is_clear(
    cells: list[str], order: Order | None, days: list[date | None]
) -> None:
    assert _days(*cells) == (order, days)


def test_a_declared_order_decides() -> None:
    assert _days("12/8/2025, 11:54:14 CEST", declared="dmy") == (Order.DAY_FIRST, [date(2025, 8, 12)])
    assert _days("12/8/2025, 11:54:14 CEST", declared="mdy") == (Order.MONTH_FIRST, [date(2025, 12, 8)])
    assert _days("12/8/2025, 11:54:14 CEST", declared="ydm") == (None, [None])


def test_a_zone_of_several_meanings_leaves_the_local_day_and_is_named() -> None:
    found = days_of(["9/10/2026, 11:21:14 PM CST"])

    assert (found.day("9/10/2026, 11:21:14 PM CST"), found.zones) == (SEPTEMBER, frozenset({"CST"}))
