"""The rows of both sides, met by their keys in one narrow table, and what is asked of it.

The join reads both sides once. Of each row it keeps its key, which sides have it, three days, and what became of
each field at a glance: three bits, those of ten fields in one number. What needs a second look, little in most
tables, is kept with its values. Rows of the same numbers are then counted together, so that a field more costs
little.
"""

# ruff: noqa: S608 - what comes from elsewhere stands in SQL as a quoted literal or a quoted name only

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date

from auditor.dataclasses import dataclass
from auditor.model.divergence import JoinCounts
from auditor.query.engine import Engine
from auditor.query.reconciling_values import DIFFERENT, OPEN, Comparison, glance_sql, state_sql, told_sql
from auditor.query.times import day

EXAMPLES = 10
"""Rows that are named of each field whose values differ."""

CRM_FIRST, ERP_FIRST, SAME_DAY = 1, 2, 3
"""Which side's row was changed first; 0: one of them is not dated."""

_TOGETHER = 10
"""Fields whose states stand in one number: more make rows of one kind rarer, fewer make more numbers."""
_ORDER = (
    f"CASE WHEN cc < ec THEN {CRM_FIRST} WHEN cc > ec THEN {ERP_FIRST} WHEN cc = ec THEN {SAME_DAY} ELSE 0 END"
)
_DECIDED = "SELECT * FROM met WHERE side = 3 AND v IS NULL UNION ALL SELECT * FROM opened"


@dataclass(frozen=True, slots=True)
class Sides:
    """The statements that give both sides of a pair."""

    crm: str
    erp: str


@dataclass(frozen=True, slots=True)
class Tally:
    """Rows that agree alike in one field and were changed in the same order. Days are numbers since 1970."""

    state: int
    order: int
    rows: int
    crm_first: int | None
    """The first and the last of the days on which the CRM's rows were changed, and the first of the ERP's."""
    crm_last: int | None
    erp_first: int | None


@dataclass(frozen=True, slots=True)
class Whole:
    """How rows met, and from when to when those of the ERP that the CRM lacks are dated."""

    counts: JoinCounts
    missing_since: date | None
    missing_until: date | None


def meet(engine: Engine, sides: Sides, hows: Sequence[Comparison]) -> tuple[int, int]:
    """Make the table `met`, and take the rows out of it whose key stands twice on a side; how many of each side.

    Raises:
        FormatError: a file cannot be read.
    """
    paired = "c.k IS NOT NULL AND e.k IS NOT NULL"
    states = _listed(
        f"CAST({glance_sql(how, f'c.f{at}', f'e.f{at}', paired)} AS UTINYINT) AS s{at}"
        for at, how in enumerate(hows)
    )
    cells = _listed(f"c.f{at} AS c{at}, e.f{at} AS e{at}" for at in range(len(hows)))
    words = _listed(f"{_word(each)} AS w{number}" for number, each in enumerate(_numbers(hows)))
    values = ", ".join(_open_values(at, how) for at, how in enumerate(hows))
    wide = _listed(f"c{at}, e{at}, s{at}" for at in range(len(hows)))
    opened = _any_open(hows)
    engine.guarded(
        f"CREATE OR REPLACE TEMP TABLE met AS SELECT * EXCLUDE (id{wide}),"
        f" CASE WHEN {opened} THEN trim(id) END AS record, CASE WHEN {opened} THEN [{values}] END AS v"
        f" FROM (SELECT *{words} FROM ("
        "SELECT coalesce(c.k, e.k) AS k, c.id AS id,"
        " (CASE WHEN c.here THEN 1 ELSE 0 END + CASE WHEN e.here THEN 2 ELSE 0 END)::UTINYINT AS side,"
        f" c.changed AS cc, e.changed AS ec, e.dated AS dated{states}{cells}"
        f" FROM (SELECT *, true AS here FROM ({sides.crm})) c"
        f" FULL JOIN (SELECT *, true AS here FROM ({sides.erp})) e ON c.k = e.k))"
    )
    ((keyed, distinct),) = engine.run("SELECT count(k), count(DISTINCT hash(k)) FILTER (k IS NOT NULL) FROM met")
    if keyed == distinct:
        return 0, 0
    engine.run(
        "CREATE OR REPLACE TEMP TABLE repeated AS"
        " SELECT k FROM met WHERE k IS NOT NULL GROUP BY k HAVING count(*) > 1"
    )
    engine.run("DELETE FROM met WHERE k IN (SELECT k FROM repeated)")
    crm, erp = (
        engine.guarded(f"SELECT count(*) FROM ({each}) WHERE k IN (SELECT k FROM repeated)")[0][0]
        for each in (sides.crm, sides.erp)
    )
    return crm, erp


def look_again(engine: Engine, hows: Sequence[Comparison]) -> None:
    """Decide what was left open in `met`: the table `opened` has those rows, with all their states.

    Raises:
        FormatError: the rows cannot be kept.
    """
    engine.guarded("CREATE OR REPLACE TEMP TABLE opened AS SELECT * FROM met WHERE v IS NOT NULL")
    for place, how in enumerate(hows):
        number, shift = place // _TOGETHER, 3 * (place % _TOGETHER)
        bits = OPEN << shift
        cells = f"v[{2 * place + 1}] AS crm, v[{2 * place + 2}] AS erp"
        engine.guarded(
            f"UPDATE opened SET w{number} = (w{number} & ~{bits}) | (now.state << {shift}) FROM"
            f" (SELECT r, ({state_sql(how, 'crm', 'erp')})::INTEGER AS state FROM"
            f" (SELECT rowid AS r, {cells} FROM opened WHERE (w{number} & {bits}) = {bits})) now"
            " WHERE opened.rowid = now.r"
        )


def whole(engine: Engine, repeated: tuple[int, int]) -> Whole:
    """How the rows of `met` met."""
    rows = engine.run(
        "SELECT count_if(side = 3), count_if(side = 1 AND k IS NOT NULL), count_if(side = 2 AND k IS NOT NULL),"
        " count_if(side = 1 AND k IS NULL), count_if(side = 2 AND k IS NULL),"
        " min(dated) FILTER (side = 2), max(dated) FILTER (side = 2) FROM met"
    )
    *counts, since, until = rows[0]
    paired, only_crm, only_erp, crm_keyless, erp_keyless = counts
    met = JoinCounts(paired, only_crm, only_erp, crm_keyless, erp_keyless, *repeated)
    return Whole(met, day(since), day(until))


def tallies(engine: Engine, fields: int) -> Mapping[int, tuple[Tally, ...]]:
    """Place of each field → its tallies."""
    found: dict[int, list[Tally]] = {place: [] for place in range(fields)}
    for start in range(0, fields, _TOGETHER):
        own = min(_TOGETHER, fields - start)
        rows = engine.run(
            f"SELECT p, (w >> (3 * p)::INTEGER) & 7 AS state, o, sum(n)::BIGINT, min(c1), max(c2), min(e1)"
            f" FROM (SELECT w{start // _TOGETHER}::INTEGER AS w, {_ORDER} AS o, count(*) AS n,"
            f" min(cc) AS c1, max(cc) AS c2, min(ec) AS e1 FROM ({_DECIDED}) GROUP BY ALL), range({own}) t(p)"
            " GROUP BY ALL ORDER BY ALL"
        )
        for place, *told in rows:
            found[start + place].append(Tally(*told))
    return {place: tuple(told) for place, told in found.items()}


def differing(place: int) -> str:
    """The condition on a row of `opened` that one field differs."""
    return f"((w{place // _TOGETHER} >> {3 * (place % _TOGETHER)}) & 7) = {DIFFERENT}"


def examples(engine: Engine, place: int) -> list[tuple[str, str, str]]:
    """Record, the CRM's value and the ERP's, of the first rows by their keys in which a field differs."""
    return [
        (record, crm, erp)
        for record, crm, erp in engine.run(
            f"SELECT record, v[{2 * place + 1}], v[{2 * place + 2}] FROM opened WHERE {differing(place)}"
            f" ORDER BY k LIMIT {EXAMPLES}"
        )
    ]


def _numbers(hows: Sequence[Comparison]) -> Iterator[range]:
    """The fields whose states stand in one number together."""
    return (range(start, min(start + _TOGETHER, len(hows))) for start in range(0, len(hows), _TOGETHER))


def _word(places: range) -> str:
    return " | ".join(f"(s{place}::INTEGER << {3 * (place - places.start)})" for place in places)


def _any_open(hows: Sequence[Comparison]) -> str:
    """Whether some state of a row is `OPEN`, the only one with all three bits set."""
    ends = sum(1 << (3 * place) for place in range(_TOGETHER))
    names = (f"w{number}" for number, _ in enumerate(_numbers(hows)))
    return " OR ".join(f"({each} & ({each} >> 1) & ({each} >> 2) & {ends}) <> 0" for each in names) or "false"


def _open_values(place: int, how: Comparison) -> str:
    """Both values of a field that was left open, as texts."""
    told = (told_sql(form, f"{side}{place}") for form, side in ((how.crm, "c"), (how.erp, "e")))
    return ", ".join(f"CASE WHEN s{place} = {OPEN} THEN {each} END" for each in told)


def _listed(parts: Iterable[str]) -> str:
    """Parts of a list after others."""
    return "".join(f", {each}" for each in parts)
