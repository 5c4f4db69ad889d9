"""Predict which fields of an ERP repeat those of a CRM, over any two schemas, to be scored with any gold.

    python bench/predict_matches.py CRM.csv.gz ERP.csv.gz [--pairs PAIRS.csv] > PRED.csv

With --pairs (columns crm_object, erp_object) fields are matched within those pairs of objects. Without it the
best 20 ERP objects of each CRM object are ranked (rows with empty field columns), and fields follow for the best.
"""

from __future__ import annotations

import argparse
import csv
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path

if __name__ == "__main__":  # started as a file, so that its neighbours are not on the path yet
    sys.path.insert(0, str(Path(__file__).parents[1]))

from auditor.matching.matcher import FieldMatch, Matcher, matcher_of
from auditor.matching.profiles import ObjectProfile
from bench.schemas import opened, read_schema

_RANKED = 20
_FOLLOWED = 3
"""So many of the best ERP objects have their fields matched."""
_COLUMNS = ("crm_object", "crm_field", "erp_object", "erp_field", "score")
_Row = tuple[str, str, str, str, str]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("crm", type=Path)
    parser.add_argument("erp", type=Path)
    parser.add_argument("--pairs", type=Path)
    options = parser.parse_args()
    crm, erp = read_schema(options.crm), read_schema(options.erp)
    matcher = matcher_of(crm, erp)
    rows = _within(matcher, _pairs(options.pairs, crm, erp)) if options.pairs else _all(matcher, crm)
    writer = csv.writer(sys.stdout, lineterminator="\n")
    writer.writerow(_COLUMNS)
    writer.writerows(rows)


def _all(matcher: Matcher, crm: Iterable[ObjectProfile]) -> Iterator[_Row]:
    for each in crm:
        found = matcher.objects(each.name, _RANKED)
        for match in found:
            yield each.name, "", match.erp_object, "", f"{match.score:.6f}"
        for match in found[:_FOLLOWED]:
            yield from map(_row, matcher.fields(each.name, match.erp_object))


def _within(matcher: Matcher, pairs: Iterable[tuple[str, str]]) -> Iterator[_Row]:
    for crm_object, erp_object in pairs:
        yield from map(_row, matcher.fields(crm_object, erp_object))


def _pairs(path: Path, crm: Iterable[ObjectProfile], erp: Iterable[ObjectProfile]) -> list[tuple[str, str]]:
    """The pairs of the file by the names of the schemas, each once; case is not minded."""
    mine = {each.name.lower(): each.name for each in crm}
    theirs = {each.name.lower(): each.name for each in erp}
    with opened(path) as stream:
        rows = [(row["crm_object"], row["erp_object"]) for row in csv.DictReader(stream)]
    wanted = list(dict.fromkeys((one.strip().lower(), other.strip().lower()) for one, other in rows))
    for one, other in wanted:
        if one not in mine or other not in theirs:
            print(f"not in the schemas: {one}, {other}", file=sys.stderr)
    return [(mine[one], theirs[other]) for one, other in wanted if one in mine and other in theirs]


def _row(match: FieldMatch) -> _Row:
    return match.crm_object, match.crm_field, match.erp_object, match.erp_field, f"{match.score:.6f}"


if __name__ == "__main__":
    main()
