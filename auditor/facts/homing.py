"""Writes homes.py, the table of which families have which words, to standard output; `make docs` runs it."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator, Mapping, Sequence

from auditor.facts.catalogue import FAMILIES, facts_in, relations_in
from auditor.facts.words import FactRule, RelationRule

Homes = Mapping[str, tuple[str, ...]]


def fact_homes() -> Homes:
    """Fact → the families that answer it for some kind of node, as the families themselves say."""
    return _homes(facts_in)


def relation_homes() -> Homes:
    """Relation → the families that answer it."""
    return _homes(relations_in)


def written() -> str:
    """The table as a module."""
    return "".join(f"{line}\n" for line in _lines())


def _homes(rules_in: Callable[[str], Sequence[FactRule | RelationRule]]) -> Homes:
    found: dict[str, tuple[str, ...]] = {}
    for family in FAMILIES:
        for name in dict.fromkeys(rule.spec.name for rule in rules_in(family)):
            found[name] = (*found.get(name, ()), family)
    return dict(sorted(found.items()))


def _lines() -> Iterator[str]:
    yield '"""Which families of facts have which words. Written by `make docs`; do not edit."""'
    yield ""
    yield "from __future__ import annotations"
    yield ""
    yield "from collections.abc import Mapping"
    for name, homes in (("FACT_HOMES", fact_homes()), ("RELATION_HOMES", relation_homes())):
        yield ""
        yield f"{name}: Mapping[str, tuple[str, ...]] = {{"
        for word, families in homes.items():
            told = "".join(f'"{family}", ' for family in families)
            yield f'    "{word}": ({told.removesuffix(" ") if len(families) == 1 else told.removesuffix(", ")}),'
        yield "}"


if __name__ == "__main__":
    sys.stdout.write(written())
