"""What every object of a file is for the business.

    python bench/predict_concepts.py OBJECTS.csv > PRED.csv
    python bench/predict_concepts.py OBJECTS.csv --explain     the reasons beside each answer

OBJECTS has the columns `id` and `object`, and as many as are known of `language, role, label, description, fields`
(names joined by `|`), `relations` (`field->object` joined by `|`). PRED has `id,concept,score`; an object of which
nothing is known has an empty concept. A column `concept` of OBJECTS is not looked at.
"""

from __future__ import annotations

import argparse
import csv
import sys
from collections import defaultdict
from collections.abc import Iterator, Mapping
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from auditor.concepts.classifying import Classified, load_classifier
from auditor.concepts.profile import FieldProfile, Profile

LIMIT = 10_000_000
"""Bytes of the longest cell: descriptions and field lists may be long."""


def read_rows(path: Path) -> Iterator[Mapping[str, str]]:
    """The rows of a file; missing cells are empty."""
    csv.field_size_limit(LIMIT)
    with path.open(encoding="utf-8-sig", newline="") as file:
        for row in csv.DictReader(file):
            yield {key: (value or "").strip() for key, value in row.items() if isinstance(value, str) and key}


def profile_of(row: Mapping[str, str]) -> Profile:
    """What a row says of its object."""
    targets: dict[str, list[str]] = defaultdict(list)
    for relation in filter(None, row.get("relations", "").split("|")):
        field, _, target = relation.partition("->")
        targets[field.strip()].append(target.strip())
    names = [name.strip() for name in row.get("fields", "").split("|") if name.strip()]
    names += [name for name in targets if name and name not in names]
    fields = tuple(FieldProfile(name, targets=tuple(targets.get(name, ()))) for name in names)
    return Profile(
        row.get("object", "") or row.get("label", ""),
        row.get("label", ""),
        row.get("description", ""),
        fields,
        row.get("role", "").lower(),
    )


def language_of(row: Mapping[str, str]) -> str | None:
    """The language that a row states; English names turn up in every language, so it decides nothing."""
    stated = row.get("language", "").lower()[:2]
    return None if stated in ("", "en") else {"no": "nb", "nn": "nb"}.get(stated, stated)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("objects", type=Path)
    parser.add_argument("--explain", action="store_true")
    arguments = parser.parse_args()
    classifier = load_classifier()
    writer = csv.writer(sys.stdout, lineterminator="\n")
    writer.writerow(["id", "concept", "score", *(["reasons"] if arguments.explain else [])])
    for row in read_rows(arguments.objects):
        found = classifier.classify(profile_of(row), language_of(row))
        writer.writerow(
            [row.get("id", ""), *_told(found), *(["; ".join(found.reasons)] if arguments.explain else [])]
        )


def _told(found: Classified) -> tuple[str, str]:
    return found.concept or "", f"{found.confidence:.4f}"


if __name__ == "__main__":
    main()
