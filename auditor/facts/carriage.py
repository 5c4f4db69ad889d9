"""How far each CRM has become a carrier of transactions, as a whole and by business area."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from auditor.concepts.natures import NATURES
from auditor.facts.base import Facts
from auditor.facts.rows import rows
from auditor.facts.structure import custom_fields
from auditor.graph.nodes import ObjectNode
from auditor.model.carriage import MEASURES, UNTOLD, Carriage, Carried, NatureCount
from auditor.model.catalogue import ObjectKind, Role
from auditor.model.observations import Deed
from auditor.model.values import Unknown

_BUSINESS = ("activity", "master", "transaction", UNTOLD)
"""What shares are taken of: settings and lists of values are no business."""


def carriages(facts: Facts) -> tuple[Carriage, ...]:
    """Each CRM as a whole, then its areas where objects are mapped to any; sorted by name."""
    found: list[Carriage] = []
    for system in facts.graph.systems():
        if system.role is Role.CRM:
            found.extend(_system(facts, system.system))
    return tuple(found)


def _system(facts: Facts, system: str) -> Iterator[Carriage]:
    carried = [node for node in facts.graph.objects(system=system) if _carries(facts, node)]
    if not carried:
        return
    yield _carriage(facts, "system", system, system, carried)
    areas: dict[str, list[ObjectNode]] = {}
    for node in carried:
        area = facts.settings.area_of(node.value.name)
        if area is not None:
            areas.setdefault(area, []).append(node)
    for area in sorted(areas):
        yield _carriage(facts, "area", system, area, areas[area])


def _carries(facts: Facts, node: ObjectNode) -> bool:
    """Rows of its own, and in use; where nobody can tell, what the company added itself counts."""
    in_use = facts.fact(node.key, "in_use")
    if isinstance(in_use, Unknown):
        return node.value.custom is True and not node.implied and node.value.kind is ObjectKind.OBJECT
    return in_use is True and not node.value.external


def _carriage(facts: Facts, kind: str, system: str, name: str, nodes: Sequence[ObjectNode]) -> Carriage:
    counts = {nature: [0, 0, 0, 0] for nature in (*NATURES, UNTOLD)}
    uncounted = 0
    for node in nodes:
        own = _nature(facts, node.key)
        counted = rows(facts, node.key)
        uncounted += counted is None
        for at, number in enumerate((1, 0, counted or 0, _writes(facts, node.key))):
            counts[own][at] += number
        for field in custom_fields(facts, node.key):
            counts[_field_nature(facts, field.key, own)][1] += 1
    lines = tuple(NatureCount(nature, *numbers) for nature, numbers in counts.items())
    return Carriage(kind, system, name, lines, tuple(_shares(lines)), uncounted)


def _nature(facts: Facts, key: str) -> str:
    told = facts.fact(key, "nature")
    return told if isinstance(told, str) else UNTOLD


def _field_nature(facts: Facts, key: str, of_object: str) -> str:
    """A field is of its own nature where that is known: the amount invoiced on a deal is a transaction."""
    told = facts.fact(key, "nature")
    return told if isinstance(told, str) else of_object


def _writes(facts: Facts, key: str) -> int:
    """Writes on record: rows touched, and values written, by any source that counts them."""
    touched = facts.evidence.observations(key, Deed.TOUCHED)
    written = (
        each for field in facts.graph.fields_of(key) for each in facts.evidence.observations(field, Deed.WRITTEN)
    )
    return sum(each.count or 0 for each in (*touched, *written))


def _shares(lines: Iterable[NatureCount]) -> Iterator[Carried]:
    by_nature = {line.nature: line for line in lines}
    for measure in MEASURES:
        total = sum(getattr(by_nature[nature], measure) for nature in _BUSINESS)
        if total:
            sure = getattr(by_nature["transaction"], measure)
            yield Carried(measure, sure / total, (sure + getattr(by_nature[UNTOLD], measure)) / total)
