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
from auditor.query.reconciling_glance import BITS, TOGETHER, word_sql
from auditor.query.reconciling_values import DIFFERENT, OPEN, Comparison, state_sql, told_sql
from auditor.query.times import day

EXAMPLES = 10
"""Rows that are named of each field whose values differ."""

MOST_ROWS = 20_000_000
"""Rows of a join from which keys that stand often on both sides are looked for; more rows than that which meet
rightly are joined twice."""
OFTEN = 100
"""Rows of each side on which a key must stand to be left out before both sides are joined anew."""

CRM_FIRST, ERP_FIRST, SAME_DAY = 1, 2, 3
"""Which side's row was changed first; 0: one of them is not dated."""

_BOTH = 3
_SELDOM = "NOT EXISTS (FROM often o WHERE o.k = s.k)"
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
class Met:
    """Rows of each side whose key stands more than once, and keys that were left out before the join.

    Of each of those: the key and its rows of both sides.
    """

    repeated: tuple[int, int]
    often: tuple[tuple[str, int, int], ...] = ()


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


def meet(engine: Engine, sides: Sides, hows: Sequence[Comparison], most: int = MOST_ROWS) -> Met:
    """Make the table `met`, and take the rows out of it whose key stands twice on a side.

    Where the join gives `most` rows, keys that stand often on both sides may have multiplied: they are looked for
    then, left out, and both sides are joined anew. Which rows are compared does not depend on it.

    Raises:
        FormatError: a file cannot be read.
    """
    engine.guarded(f"{_joined(sides, hows)} LIMIT {most}")
    often: tuple[tuple[str, int, int], ...] = ()
    if engine.run("SELECT count(*) FROM met")[0][0] >= most:
        often = _often(engine, sides)
        left, right = (f"SELECT * FROM ({each}) s WHERE {_SELDOM}" for each in (sides.crm, sides.erp))
        engine.guarded(_joined(Sides(left, right), hows))
    ((keyed, distinct),) = engine.run("SELECT count(k), count(DISTINCT hash(k)) FILTER (k IS NOT NULL) FROM met")
    crm, erp = sum(each[1] for each in often), sum(each[2] for each in often)
    if keyed == distinct:
        return Met((crm, erp), often)
    engine.run(
        "CREATE OR REPLACE TEMP TABLE repeated AS"
        " SELECT k FROM met WHERE k IS NOT NULL GROUP BY k HAVING count(*) > 1"
    )
    engine.run("DELETE FROM met WHERE k IN (SELECT k FROM repeated)")
    more = [
        engine.guarded(f"SELECT count(*) FROM ({each}) WHERE k IN (SELECT k FROM repeated)")[0][0]
        for each in (sides.crm, sides.erp)
    ]
    return Met((crm + more[0], erp + more[1]), often)


def _often(engine: Engine, sides: Sides) -> tuple[tuple[str, int, int], ...]:
    """Make the table `often` of the keys that stand often on both sides; those, with their rows of each side."""
    counted = [
        f"SELECT k, count(*) AS n FROM ({each}) WHERE k IS NOT NULL GROUP BY k HAVING count(*) >= {OFTEN}"
        for each in (sides.crm, sides.erp)
    ]
    engine.guarded(
        "CREATE OR REPLACE TEMP TABLE often AS"
        f" SELECT c.k, c.n AS crm, e.n AS erp FROM ({counted[0]}) c JOIN ({counted[1]}) e ON c.k = e.k"
    )
    return tuple(engine.run("SELECT k, crm, erp FROM often ORDER BY crm * erp DESC, k"))


def _joined(sides: Sides, hows: Sequence[Comparison]) -> str:
    """The statement that makes `met`."""
    cells = _listed(f"c.f{at} AS c{at}, e.f{at} AS e{at}" for at in range(len(hows)))
    words = _listed(f"({_word(each, hows)})::INTEGER AS w{number}" for number, each in enumerate(_numbers(hows)))
    values = ", ".join(_open_values(at, how) for at, how in enumerate(hows))
    wide = _listed(f"c{at}, e{at}" for at in range(len(hows)))
    opened = _any_open(hows)
    return (
        f"CREATE OR REPLACE TEMP TABLE met AS SELECT * EXCLUDE (id{wide}),"
        f" CASE WHEN {opened} THEN trim(id) END AS record, CASE WHEN {opened} THEN [{values}] END AS v"
        f" FROM (SELECT *{words} FROM ("
        "SELECT coalesce(c.k, e.k) AS k, c.id AS id,"
        " (CASE WHEN c.here THEN 1 ELSE 0 END + CASE WHEN e.here THEN 2 ELSE 0 END)::UTINYINT AS side,"
        f" c.changed AS cc, e.changed AS ec, e.dated AS dated{cells}"
        f" FROM (SELECT *, true AS here FROM ({sides.crm})) c"
        f" FULL JOIN (SELECT *, true AS here FROM ({sides.erp})) e ON c.k = e.k))"
    )


def look_again(engine: Engine, hows: Sequence[Comparison]) -> None:
    """Decide what was left open in `met`: the table `opened` has those rows, with all their states.

    Raises:
        FormatError: the rows cannot be kept.
    """
    engine.guarded("CREATE OR REPLACE TEMP TABLE opened AS SELECT * FROM met WHERE v IS NOT NULL")
    for place, how in enumerate(hows):
        number, shift = place // TOGETHER, BITS * (place % TOGETHER)
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
    for start in range(0, fields, TOGETHER):
        own = min(TOGETHER, fields - start)
        rows = engine.run(
            f"SELECT p, (w >> ({BITS} * p)::INTEGER) & 7 AS state, o, sum(n)::BIGINT, min(c1), max(c2), min(e1)"
            f" FROM (SELECT w{start // TOGETHER}::INTEGER AS w, {_ORDER} AS o, count(*) AS n,"
            f" min(cc) AS c1, max(cc) AS c2, min(ec) AS e1 FROM ({_DECIDED}) GROUP BY ALL), range({own}) t(p)"
            " GROUP BY ALL ORDER BY ALL"
        )
        for place, *told in rows:
            found[start + place].append(Tally(*told))
    return {place: tuple(told) for place, told in found.items()}


def differing(place: int) -> str:
    """The condition on a row of `opened` that one field differs."""
    return f"((w{place // TOGETHER} >> {BITS * (place % TOGETHER)}) & 7) = {DIFFERENT}"


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
    return (range(start, min(start + TOGETHER, len(hows))) for start in range(0, len(hows), TOGETHER))


def _word(places: range, hows: Sequence[Comparison]) -> str:
    crm, erp = ([f"{side}{place}" for place in places] for side in "ce")
    return word_sql(hows[places.start : places.stop], crm, erp, f"side = {_BOTH}")


def _any_open(hows: Sequence[Comparison]) -> str:
    """Whether some state of a row is `OPEN`, the only one with all three bits set."""
    ends = sum(1 << (BITS * place) for place in range(TOGETHER))
    names = (f"w{number}" for number, _ in enumerate(_numbers(hows)))
    return " OR ".join(f"({each} & ({each} >> 1) & ({each} >> 2) & {ends}) <> 0" for each in names) or "false"


def _open_values(place: int, how: Comparison) -> str:
    """Both values of a field that was left open, as texts."""
    told = (told_sql(form, f"{side}{place}") for form, side in ((how.crm, "c"), (how.erp, "e")))
    number, bits = place // TOGETHER, OPEN << (BITS * (place % TOGETHER))
    return ", ".join(f"CASE WHEN (w{number} & {bits}) = {bits} THEN {each} END" for each in told)


def _listed(parts: Iterable[str]) -> str:
    """Parts of a list after others."""
    return "".join(f", {each}" for each in parts)
