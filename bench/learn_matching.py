"""Learn the weights of the matching signals on the gold sets, and cross-validate them over maps.

    pip install numpy scipy          (in an environment of its own: the auditor itself needs neither)
    python -m bench.learn_matching GOLD CORPORA [--cross-validate] > policies/data/matching-weights.yaml

GOLD holds dualwrite/, CORPORA holds bc-tables/ and gold-bc-dataverse-base/. Weights are found by logistic
regression over the candidates that the matcher itself looks at; a signal that speaks for a match cannot weigh
against it, nor the other way round. Measures go to stderr: those of the fit, and with --cross-validate those of
maps that were left out (all maps of one CRM object at a time; one Business Central table at a time).
"""

from __future__ import annotations

import argparse
import csv
import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from importlib import import_module
from pathlib import Path
from typing import Any

from auditor.matching.candidates import index_of
from auditor.matching.counterpart import Held
from auditor.matching.fields import Pair, first_look, judged
from auditor.matching.nearest import candidates, measured
from auditor.matching.objects import ObjectPair, Ranking
from auditor.matching.profiles import ObjectProfile
from auditor.matching.reading import read
from auditor.matching.scales import ALONE_SIGNALS, OBJECT_SIGNALS, Scale, Scales, load_scales
from auditor.matching.signals import AMONG, OWN
from auditor.matching.weighing import WeighedObject, asking, weigh
from auditor.matching.wording import load_wording
from bench.matching_measures import Scored, alone_measures, measures, object_measures, rank_measures, reliability
from bench.schemas import opened, read_schema

np: Any = import_module("numpy")
minimize: Any = import_module("scipy.optimize").minimize
Array = Any
_OWN = [signal.name for signal in OWN]
_ALL = [signal.name for signal in OWN + AMONG]
_DIRECTIONS = [signal.direction for signal in OWN + AMONG]
_OBJECT_DIRECTIONS = [1, 1, 1, 1, 1, 1, -1, 0]
_KNOWN_BY_NAME = 0.4
"""What a CRM field counts of which nothing but the name is known: most of those pairs are easy."""


@dataclass(frozen=True, slots=True)
class Map:
    """Two mapped objects, the candidates among their fields, and which of them are published."""

    crm: WeighedObject
    erp: WeighedObject
    gold: frozenset[tuple[str, str]]
    pairs: tuple[Pair, ...]
    right: tuple[bool, ...]
    weights: tuple[float, ...]

    @property
    def names(self) -> tuple[str, str]:
        """Of the CRM object and the ERP object, in lower case."""
        return self.crm.reading.profile.name.lower(), self.erp.reading.profile.name.lower()


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("gold", type=Path)
    parser.add_argument("corpora", type=Path)
    parser.add_argument("--cross-validate", action="store_true")
    options = parser.parse_args()
    crm = read_schema(options.gold / "dualwrite" / "crm_schema.csv.gz")
    erp = read_schema(options.gold / "dualwrite" / "erp_schema.csv.gz")
    pairs = _gold(options.gold / "dualwrite" / "gold.csv")
    bc_erp = read_schema(options.corpora / "bc-tables" / "fields.csv")
    bc_pairs = _gold(options.corpora / "gold-bc-dataverse-base" / "bc_dataverse_base_field_map.csv")
    dual = _maps(crm, erp, pairs)
    central = _maps(crm, bc_erp, bc_pairs)
    scales = fit((*dual, *central))
    _tell("fit", scored(dual, scales), scored(central, scales))
    if options.cross_validate:
        held_out = list(_held_out(dual, central, lambda each: each.names[0]))
        held_out_central = list(_held_out(central, dual, lambda each: each.names[1]))
        _tell("cross-validated", held_out, held_out_central)
        scales = calibrated(scales, [*held_out, *held_out_central])
        _tell_reliability(scales, [*held_out, *held_out_central])
    ranked = _ranked(crm, erp, pairs, Scales(scales.first, scales.final, load_scales().objects))
    alone = [*_alone(crm, erp, pairs), *_alone(crm, bc_erp, bc_pairs)]
    scales = Scales(scales.first, scales.final, _fit_objects(ranked), scales.calibration, _fit_alone(alone))
    _tell_alone(alone, scales.alone, options.cross_validate)
    _tell_objects(ranked, scales.objects, options.cross_validate)
    print(_document(scales), end="")


def fit(maps: Sequence[Map]) -> Scales:
    """The weights for these maps."""
    signals = np.array([pair.signals for each in maps for pair in each.pairs])
    right = np.array([one for each in maps for one in each.right], dtype=float)
    weights = np.array([one for each in maps for one in each.weights])
    first = _logistic(signals, right, weights, _DIRECTIONS[: len(_OWN)])
    among = np.array([pair.signals for each in maps for pair in _judged(each, Scales(first, first, first))])
    return Scales(first, _logistic(among, right, weights, _DIRECTIONS), first)


def scored(maps: Iterable[Map], scales: Scales) -> list[Scored]:
    """Every candidate of the maps with its odds."""
    found = []
    for each in maps:
        described = dict(zip(((pair.crm, pair.erp) for pair in each.pairs), each.weights, strict=True))
        for pair in _judged(each, scales):
            names = (_crm_name(each, pair), _erp_name(each, pair))
            found.append(
                Scored(*each.names, *names, pair.odds, names in each.gold, described[pair.crm, pair.erp] == 1.0)
            )
        found += [
            Scored(*each.names, *names, None, True, _described(each.crm, names[0]))
            for names in sorted(
                each.gold - {(one.crm_field, one.erp_field) for one in found if one.map == each.names}
            )
        ]
    return found


def calibrated(scales: Scales, held_out: Sequence[Scored]) -> Scales:
    """The same scales, with odds turned into shares as they came true on maps that were left out."""
    known = [each for each in held_out if each.odds is not None]
    odds = np.array([[each.odds] for each in known], dtype=float)
    right = np.array([each.right for each in known], dtype=float)
    found = _logistic(odds, right, np.ones(len(right)), [1])
    return Scales(scales.first, scales.final, scales.objects, found)


def _held_out(maps: Sequence[Map], others: Sequence[Map], family: Callable[[Map], str]) -> Iterator[Scored]:
    for name in dict.fromkeys(map(family, maps)):
        scales = fit([each for each in maps if family(each) != name] + list(others))
        yield from scored([each for each in maps if family(each) == name], scales)


def _judged(each: Map, scales: Scales) -> list[Pair]:
    own = len(_OWN)
    pairs = []
    for pair in each.pairs:
        odds = scales.first.weigh(pair.signals[:own])
        pairs.append(Pair(pair.crm, pair.erp, pair.signals[:own], odds, odds))
    found = {(pair.crm, pair.erp): pair for pair in judged(pairs, scales)}
    return [found[pair.crm, pair.erp] for pair in each.pairs]


def _maps(
    crm: Sequence[ObjectProfile], erp: Sequence[ObjectProfile], gold: Sequence[tuple[str, str, str, str]]
) -> list[Map]:
    found = read(crm, erp, load_wording())
    mine = {each.profile.name.lower(): each for each in found.crm}
    theirs = {each.profile.name.lower(): each for each in found.erp}
    scales = load_scales()
    maps = []
    for one, other in dict.fromkeys((row[0], row[1]) for row in gold):
        if one not in mine or other not in theirs:
            continue
        left, right = asking(weigh(mine[one], found.lens), found.lens), weigh(theirs[other], found.lens)
        have = {field.reading.profile.name.lower() for field in (*left.fields, *right.fields)}
        wanted = frozenset(row[2:] for row in gold if row[:2] == (one, other) and have.issuperset(row[2:]))
        pairs = tuple(first_look(left, right, found.lens, scales))
        each = Map(left, right, wanted, pairs, (), ())
        maps.append(
            Map(
                left,
                right,
                wanted,
                pairs,
                tuple((_crm_name(each, pair), _erp_name(each, pair)) in wanted for pair in pairs),
                tuple(1.0 if _described(left, _crm_name(each, pair)) else _KNOWN_BY_NAME for pair in pairs),
            )
        )
    return maps


def _described(item: WeighedObject, name: str) -> bool:
    """Whether more than the name is known of a CRM field."""
    profiles = (field.reading.profile for field in item.fields)
    return any(each.label or each.description for each in profiles if each.name.lower() == name)


def _crm_name(each: Map, pair: Pair) -> str:
    return each.crm.fields[pair.crm].reading.profile.name.lower()


def _erp_name(each: Map, pair: Pair) -> str:
    return each.erp.fields[pair.erp].reading.profile.name.lower()


def _gold(path: Path) -> list[tuple[str, str, str, str]]:
    columns = ("crm_object", "erp_object", "crm_field", "erp_field")
    with opened(path) as stream:
        rows = [tuple(row[column].lower() for column in columns) for row in csv.DictReader(stream)]
    return [(row[0], row[1], row[2], row[3]) for row in rows]


def _logistic(signals: Array, right: Array, weights: Array, directions: Sequence[int]) -> Scale:
    """Logistic regression with a little shrinkage, every weight on its side of zero."""
    shrink = 2e-5 * weights.sum()

    def loss(found: Array) -> tuple[float, Array]:
        odds = signals @ found[:-1] + found[-1]
        chance = 1 / (1 + np.exp(-odds))
        cost = np.logaddexp(0, odds) - right * odds
        slope = weights * (chance - right)
        gradient = np.append(signals.T @ slope + 2 * shrink * found[:-1], slope.sum())
        return float((weights * cost).sum() + shrink * (found[:-1] ** 2).sum()), gradient

    bounds = [(0, None) if way > 0 else (None, 0) if way < 0 else (None, None) for way in directions]
    start = np.zeros(signals.shape[1] + 1)
    found = minimize(loss, start, jac=True, bounds=[*bounds, (None, None)], method="L-BFGS-B").x
    return Scale(tuple(map(float, found[:-1])), float(found[-1]))


@dataclass(frozen=True, slots=True)
class _RankedObject:
    crm: str
    erp: str
    signals: tuple[float, ...]
    right: bool


def _ranked(
    crm: Sequence[ObjectProfile],
    erp: Sequence[ObjectProfile],
    gold: Iterable[tuple[str, str, str, str]],
    scales: Scales,
) -> list[_RankedObject]:
    found = read(crm, erp, load_wording())
    ranking = Ranking(found.crm, Held(found.erp, found.lens), found.lens, scales)
    numbers = {each.profile.name.lower(): number for number, each in enumerate(found.crm)}
    wanted = {(row[0], row[1]) for row in gold}
    rows = []
    for one in dict.fromkeys(name for name, _ in sorted(wanted)):
        for pair in ranking.ranked(numbers[one], sys.maxsize):
            rows.append(_row(one, found.erp[pair.erp].profile.name.lower(), pair, wanted))
    return rows


def _row(one: str, other: str, pair: ObjectPair, wanted: set[tuple[str, str]]) -> _RankedObject:
    return _RankedObject(one, other, pair.signals, (one, other) in wanted)


def _fit_objects(rows: Sequence[_RankedObject]) -> Scale:
    signals = np.array([row.signals for row in rows])
    right = np.array([row.right for row in rows], dtype=float)
    return _logistic(signals, right, np.ones(len(rows)), _OBJECT_DIRECTIONS)


@dataclass(frozen=True, slots=True)
class _Candidate:
    """A field of the whole ERP for one of the CRM."""

    crm: tuple[str, str]
    signals: tuple[float, ...]
    right: bool


def _alone(
    crm: Sequence[ObjectProfile], erp: Sequence[ObjectProfile], gold: Iterable[tuple[str, str, str, str]]
) -> list[_Candidate]:
    """The candidates of every mapped field; another version of the mapped entity is as right as the mapped one."""
    found = read(crm, erp, load_wording())
    index, lens = index_of(found.erp, found.lens), found.lens
    places = [(number, place) for number, each in enumerate(found.erp) for place in range(len(each.fields))]
    terms = {each.profile.name.lower(): each.terms for each in found.erp}
    wanted: dict[tuple[str, str], set[tuple[frozenset[str], str]]] = {}
    for mine, theirs, one, other in gold:
        if theirs in terms:
            wanted.setdefault((mine, one), set()).add((_unversioned(terms[theirs]), other))
    held = Held(found.erp, lens)
    rows = []
    for each in found.crm:
        weighed = weigh(each, lens)
        for place, field in enumerate(weighed.fields):
            name = (each.profile.name.lower(), field.reading.profile.name.lower())
            for number in candidates(index, each, place) if name in wanted else ():
                theirs_ = held.weighed(places[number][0])
                other_ = theirs_.fields[places[number][1]]
                key = (_unversioned(theirs_.reading.terms), other_.reading.profile.name.lower())
                rows.append(
                    _Candidate(name, measured(weighed, theirs_, (field, other_), lens), key in wanted[name])
                )
    return rows


def _unversioned(terms: Iterable[str]) -> frozenset[str]:
    return frozenset(term for term in terms if not term.isdigit() and term != "v")


def _fit_alone(rows: Sequence[_Candidate]) -> Scale:
    directions = [*_DIRECTIONS[: len(_OWN)], 1]
    weights = np.ones(len(rows))
    return _logistic(
        np.array([row.signals for row in rows]),
        np.array([row.right for row in rows], dtype=float),
        weights,
        directions,
    )


def _tell_alone(rows: Sequence[_Candidate], scale: Scale, cross_validate: bool) -> None:
    print(
        f"alone, fit: {alone_measures([(row.crm, scale.weigh(row.signals), row.right) for row in rows])}",
        file=sys.stderr,
    )
    if cross_validate:
        left_out = []
        for name in dict.fromkeys(row.crm[0] for row in rows):
            without = _fit_alone([row for row in rows if row.crm[0] != name])
            left_out += [(row.crm, without.weigh(row.signals), row.right) for row in rows if row.crm[0] == name]
        print(f"alone, cross-validated: {alone_measures(left_out)}", file=sys.stderr)
        print(reliability([(odds, right) for _, odds, right in left_out]), file=sys.stderr)


def _tell_objects(rows: Sequence[_RankedObject], scale: Scale, cross_validate: bool) -> None:
    fitted = [(row.crm, row.erp, scale.weigh(row.signals), row.right) for row in rows]
    print(f"objects, fit: {object_measures(fitted)}", file=sys.stderr)
    if cross_validate:
        left_out = []
        for name in dict.fromkeys(row.crm for row in rows):
            without = _fit_objects([row for row in rows if row.crm != name])
            left_out += [
                (row.crm, row.erp, without.weigh(row.signals), row.right) for row in rows if row.crm == name
            ]
        print(f"objects, cross-validated: {object_measures(left_out)}", file=sys.stderr)
        print(reliability([(odds, right) for _, _, odds, right in left_out]), file=sys.stderr)


def _tell_reliability(scales: Scales, held_out: Iterable[Scored]) -> None:
    known = [(scales.calibration.weigh((each.odds,)), each.right) for each in held_out if each.odds is not None]
    print(f"pairs of fields, cross-validated:\n{reliability(known)}", file=sys.stderr)


def _tell(what: str, dual: Sequence[Scored], central: Sequence[Scored]) -> None:
    for tier, described in (("described fields", True), ("known by name", False)):
        print(f"{what}, {tier}: {measures(dual, described)}", file=sys.stderr)
    print(f"{what}, Business Central: {rank_measures(central)}", file=sys.stderr)


def _document(scales: Scales) -> str:
    lines = [
        "# What each signal of auditor.matching counts, in logarithms of odds; what speaks against is below 0.",
        "# Learned by bench/learn_matching.py (logistic regression, the sign of each weight held) on the 657",
        "# published pairs of Microsoft's dual-write maps and the 60 of Business Central's integration with",
        f"# Dataverse that resolve; {date.today()}. `first` ranks the ERP fields for one CRM field, `final`",
        "# judges a pair among its rivals, `objects` pairs of objects; `calibration` turns odds into shares as",
        "# they came true on maps that were left out. `alone` judges a field among the whole ERP.",
        "version: 1",
    ]
    parts = (
        ("first", _OWN, scales.first),
        ("final", _ALL, scales.final),
        ("objects", OBJECT_SIGNALS, scales.objects),
    )
    for part, names, scale in (
        *parts,
        ("calibration", ("odds",), scales.calibration),
        ("alone", ALONE_SIGNALS, scales.alone),
    ):
        lines.append(f"{part}:")
        lines += [f"  {name}: {value:.2f}" for name, value in zip(names, scale.weights, strict=True)]
        lines.append(f"  base: {scale.base:.2f}")
    return "\n".join(lines) + "\n"


if __name__ == "__main__":
    main()
