"""What matching costs, each beside a reference measured in the same run.

    pip install rapidfuzz valentine      (in an environment of its own: both are references only)
    python -m bench.matching GOLD [--coma] [--fields 5000 60000]

Candidates for 5,000 CRM fields among 60,000 of an ERP against rapidfuzz's `process.cdist` with its own scorer on
one worker (budget half its time, recall at 10 no lower); the whole match against the candidate stage (budget 8
times) and its peak of memory (2 GiB); twice as many fields on both sides (budget 2.5 times); with --coma, the
fields of the mapped object pairs against valentine's COMA by pairs per second (budget 10 times). CPU seconds.
"""

from __future__ import annotations

import argparse
import csv
import random
import resource
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from importlib import import_module
from pathlib import Path
from typing import Any

from auditor.matching.candidates import index_of
from auditor.matching.matcher import matcher_of
from auditor.matching.profiles import ObjectProfile
from auditor.matching.reading import FieldReading, ObjectReading, Schemas, read
from auditor.matching.wording import load_wording
from bench.matching_measures import Scored, measures
from bench.schemas import opened, read_schema

_SEED = 20261122
_FOLLOWED = 3
_Pair = tuple[str, str]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("gold", type=Path)
    parser.add_argument("--fields", type=int, nargs=2, default=(5_000, 60_000))
    parser.add_argument("--coma", action="store_true")
    options = parser.parse_args()
    crm = read_schema(options.gold / "dualwrite" / "crm_schema.csv.gz")
    erp = read_schema(options.gold / "dualwrite" / "erp_schema.csv.gz")
    gold = _gold(options.gold / "dualwrite" / "gold.csv")
    some, many = options.fields
    dice = random.Random(_SEED)  # noqa: S311 - seeded dice for a bench
    _candidates(crm, erp, gold, _grown(crm, some, dice), _grown(erp, many, dice))
    one = _whole(_grown(crm, some // 2, dice), _grown(erp, many // 2, dice))
    two = _whole(_grown(crm, some, dice), _grown(erp, many, dice))
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    print(f"whole match, half the fields       {one:8.2f} s")
    print(f"whole match                        {two:8.2f} s   twice the fields: {two / one:.2f} times (2.5)")
    print(f"peak of memory                     {peak / 2**20:8.2f} GiB (2)")
    if options.coma:
        _coma(crm, erp, gold)


def _candidates(
    crm: Sequence[ObjectProfile],
    erp: Sequence[ObjectProfile],
    gold: Sequence[tuple[_Pair, _Pair]],
    some: Sequence[ObjectProfile],
    many: Sequence[ObjectProfile],
) -> None:
    found = read(some, many, load_wording())
    asked = [(field, each.terms) for each in found.crm for field in each.fields]

    def ours() -> object:
        index = index_of(found.erp, found.lens)
        return [index.nearest(field, context, 10) for field, context in asked]

    mine = _seconds(ours)
    fuzzy: Any = import_module("rapidfuzz.process")
    ratio: Any = import_module("rapidfuzz.fuzz").ratio
    names = [field.profile.name for field, _ in asked]
    others = [field.profile.name for each in found.erp for field in each.fields]
    theirs = _seconds(lambda: fuzzy.cdist(names, others, scorer=ratio, workers=1))
    print(f"candidates, {len(asked)} among {len(others)}     {mine:8.2f} s")
    print(f"rapidfuzz cdist                    {theirs:8.2f} s   ours: {mine / theirs:.2f} of it (0.5)")
    full = read(crm, erp, load_wording())
    print("recall at 10 of the published pairs  ours {:.3f}  rapidfuzz {:.3f}".format(*_recalls(full, gold)))
    print(f"whole match may cost               {8 * mine:8.2f} s   (8 times the candidates)")


def _recalls(full: Schemas, gold: Sequence[tuple[_Pair, _Pair]]) -> tuple[float, float]:
    wanted: dict[_Pair, set[_Pair]] = {}
    for crm, erp in gold:
        wanted.setdefault(crm, set()).add(erp)
    asked: list[tuple[_Pair, FieldReading, ObjectReading]] = [
        (place, field, each)
        for each in full.crm
        for field in each.fields
        if (place := _place(each.profile.name, field.profile.name)) in wanted
    ]
    places = [_place(each.profile.name, field.profile.name) for each in full.erp for field in each.fields]
    index = index_of(full.erp, full.lens)
    mine = sum(
        len(wanted[place] & {places[number] for _, number in index.nearest(field, each.terms, 10)})
        for place, field, each in asked
    )
    fuzzy: Any = import_module("rapidfuzz.process")
    ratio: Any = import_module("rapidfuzz.fuzz").ratio
    np: Any = import_module("numpy")
    scores = fuzzy.cdist(
        [place[1] for place, _, _ in asked], [place[1] for place in places], scorer=ratio, workers=1
    )
    theirs = 0
    for row, (place, _, _) in zip(scores, asked, strict=True):
        theirs += len(wanted[place] & {places[number] for number in np.argsort(-row, kind="stable")[:10]})
    total = sum(map(len, wanted.values()))
    return mine / total, theirs / total


def _whole(crm: Sequence[ObjectProfile], erp: Sequence[ObjectProfile]) -> float:
    def match() -> object:
        matcher = matcher_of(crm, erp)
        return [
            matcher.fields(each.name, found.erp_object)
            for each in crm
            for found in matcher.objects(each.name)[:_FOLLOWED]
        ]

    return _seconds(match)


def _coma(crm: Sequence[ObjectProfile], erp: Sequence[ObjectProfile], gold: Sequence[tuple[_Pair, _Pair]]) -> None:
    """The same object pairs, ours beside COMA over column names, both from plain schemas to scores."""
    frames: Any = import_module("pandas").DataFrame
    valentine: Any = import_module("valentine")
    algorithm: Any = import_module("valentine.algorithms").Coma()
    mine = {each.name.lower(): each for each in crm}
    theirs = {each.name.lower(): each for each in erp}
    pairs = list(dict.fromkeys((one[0], other[0]) for one, other in gold))
    crossed = sum(len(mine[one].fields) * len(theirs[other].fields) for one, other in pairs)
    matcher = matcher_of(crm, erp)
    ours = _seconds(lambda: [matcher.fields(mine[one].name, theirs[other].name) for one, other in pairs])

    def coma() -> list[Any]:
        return [
            valentine.valentine_match([_frame(frames, mine[one]), _frame(frames, theirs[other])], algorithm)
            for one, other in pairs
        ]

    cost = _seconds(coma, 1)
    print(f"ours within {len(pairs)} object pairs      {crossed / ours:10.0f} pairs/s")
    print(
        f"COMA within the same               {crossed / cost:10.0f} pairs/s   ours: {cost / ours:.1f} times (10)"
    )
    found = {pair: matcher.fields(mine[pair[0]].name, theirs[pair[1]].name) for pair in pairs}
    scored = {
        pair: {(one.crm_field.lower(), one.erp_field.lower()): one.score for one in each}
        for pair, each in found.items()
    }
    print(f"quality, ours                      {_quality(scored, gold)}")
    told = {pair: _coma_scores(each) for pair, each in zip(pairs, coma(), strict=True)}
    print(f"quality, COMA                      {_quality(told, gold)}")


def _coma_scores(found: Any) -> dict[_Pair, float]:  # noqa: ANN401 - valentine is no dependency
    """Score by the names of both columns, however this release of valentine names a pair."""
    scores = {}
    for pair, score in found.items():
        names = [end[-1] if isinstance(end, tuple) else end for end in tuple(pair)[:2]]
        if hasattr(pair, "source_column"):
            names = [pair.source_column, pair.target_column]
        scores[str(names[0]).lower(), str(names[1]).lower()] = float(score)
    return scores


def _quality(found: Mapping[_Pair, Mapping[_Pair, float]], gold: Sequence[tuple[_Pair, _Pair]]) -> str:
    """How well the published pairs are found within their objects, however little is known of a field."""
    wanted = {((one[0], other[0]), (one[1], other[1])) for one, other in gold}
    rows = [
        Scored(*pair, *names, score, (pair, names) in wanted, False)
        for pair, scores in found.items()
        for names, score in scores.items()
    ]
    missed = [each for each in sorted(wanted) if each[1] not in found[each[0]]]
    return measures([*rows, *(Scored(*pair, *names, None, True, False) for pair, names in missed)], False)


def _frame(frames: Any, item: ObjectProfile) -> Any:  # noqa: ANN401 - pandas is no dependency
    return frames({field.name: [] for field in item.fields})


def _grown(objects: Sequence[ObjectProfile], fields: int, dice: random.Random) -> list[ObjectProfile]:
    """Objects with so many fields in all: some of these, or these and copies under other names."""
    order = list(objects)
    dice.shuffle(order)
    grown: list[ObjectProfile] = []
    count = turn = 0
    while count < fields:
        for each in order:
            if count >= fields:
                break
            name = f"{each.name}{turn}" if turn else each.name
            grown.append(replace(each, name=name, fields=each.fields[: fields - count]))
            count += len(grown[-1].fields)
        turn += 1
    return grown


def _gold(path: Path) -> list[tuple[_Pair, _Pair]]:
    with opened(path) as stream:
        return [
            (_place(row["crm_object"], row["crm_field"]), _place(row["erp_object"], row["erp_field"]))
            for row in csv.DictReader(stream)
        ]


def _place(entity: str, field: str) -> _Pair:
    return entity.lower(), field.lower()


def _seconds(work: Callable[[], object], rounds: int = 2) -> float:
    """The least CPU seconds of some rounds."""
    return min(_once(work) for _ in range(rounds))


def _once(work: Callable[[], object]) -> float:
    start = time.process_time()
    work()
    return time.process_time() - start


if __name__ == "__main__":
    main()
