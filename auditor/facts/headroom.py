"""How near a system is to the limits of its platform, from dated data."""

from __future__ import annotations

from collections.abc import Callable

from auditor.facts.base import INTEGER, OBJECT, SHARE, TEXT, Fact, Facts, of_object
from auditor.facts.structure import custom_fields
from auditor.graph.nodes import FieldNode, ObjectNode
from auditor.model.catalogue import Calculation
from auditor.model.values import ABSENT, Unknown, Value
from auditor.model.vocabulary import FactSpec, local

FAMILY = "structure"
_PLATFORM = "salesforce"
_SYSTEM = frozenset({"system"})
_NO_EDITION = "the edition of the platform is not declared (`edition:` of the system in auditor.yaml)"


def field_slots(facts: Facts, node: ObjectNode, managed: bool) -> int:
    """Custom fields as the platform counts them: some types take several places; `managed` counts those too."""
    sizes = facts.limits.get(_PLATFORM, "field_slots")
    table = sizes.by_type if sizes is not None else {}
    fields = [each for each in custom_fields(facts, node.key) if managed or not _managed(facts, each)]
    return sum(table.get(each.value.type or "", 1) for each in fields)


def _managed(facts: Facts, node: FieldNode) -> bool:
    return facts.fact(node.key, "managed") is True


def _edition(facts: Facts, key: str) -> Value:
    return facts.settings.editions.get(key.partition(":")[0]) or Unknown(_NO_EDITION)


def _by_edition(facts: Facts, system: str, limit_id: str) -> int | Unknown:
    """A limit by the declared edition of a system."""
    edition = facts.settings.editions.get(system)
    if edition is None:
        return Unknown(_NO_EDITION)
    limit = facts.limits.get(_PLATFORM, limit_id)
    value = limit.for_edition(edition) if limit is not None else None
    return Unknown(f"no limit is on record for the edition {edition!r}") if value is None else value


def _on_platform(answer: Callable[[Facts, ObjectNode], Value]) -> Callable[[Facts, ObjectNode], Value]:
    """Limits are on record for one platform: elsewhere they do not apply."""

    def guarded(facts: Facts, node: ObjectNode) -> Value:
        kinds = facts.graph.system(node.system).source_kinds
        return answer(facts, node) if _PLATFORM in kinds else ABSENT

    return guarded


def _limit(facts: Facts, node: ObjectNode) -> int | Unknown:
    by_edition = _by_edition(facts, node.system, "custom_fields_per_object")
    hard = _hard_limit(facts, node)
    if isinstance(by_edition, Unknown) or isinstance(hard, Unknown):
        return by_edition
    return min(by_edition, hard)


def _hard_limit(facts: Facts, node: ObjectNode) -> int | Unknown:
    limit = facts.limits.get(_PLATFORM, "custom_fields_hard")
    value = limit.for_object(node.value.name, bool(node.value.custom)) if limit is not None else None
    return Unknown("no such limit is on record") if value is None else value


def _share(
    of: Callable[[Facts, ObjectNode], int | Unknown], managed: bool
) -> Callable[[Facts, ObjectNode], Value]:
    def answer(facts: Facts, node: ObjectNode) -> Value:
        limit = of(facts, node)
        return limit if isinstance(limit, Unknown) else field_slots(facts, node, managed) / limit

    return answer


def _fixed_share(limit_id: str, counts: Callable[[FieldNode], bool]) -> Callable[[Facts, ObjectNode], Value]:
    def answer(facts: Facts, node: ObjectNode) -> Value:
        limit = facts.limits.get(_PLATFORM, limit_id)
        if limit is None or not limit.value:
            return Unknown("no such limit is on record")
        return sum(1 for each in custom_fields(facts, node.key) if counts(each)) / limit.value

    return answer


def _objects_share(facts: Facts, key: str) -> Value:
    if _PLATFORM not in facts.graph.system(key.removesuffix(":")).source_kinds:
        return ABSENT
    limit = _by_edition(facts, key.removesuffix(":"), "custom_objects")
    count = facts.fact(key, "own_custom_object_count")
    return limit if isinstance(limit, Unknown) or not isinstance(count, int) else count / limit


def _slots(facts: Facts, node: ObjectNode) -> Value:
    return field_slots(facts, node, managed=True)


_ELSEWHERE = "no limits of its platform are on record"


def _fact(spec: tuple[str, str, str], answer: Callable[[Facts, ObjectNode], Value], unknown: str = "") -> Fact:
    name, unit, sentence = spec
    kind = INTEGER if unit else SHARE
    of_spec = FactSpec(
        name,
        OBJECT,
        kind,
        sentence,
        FAMILY,
        local(1, "", "fields"),
        unit,
        unknown_when=unknown,
        absent_when=_ELSEWHERE,
    )
    return Fact(of_spec, of_object(_on_platform(answer)))


_UNDECLARED = "the edition is not declared"

FACTS: tuple[Fact, ...] = (
    Fact(
        FactSpec(
            "edition",
            _SYSTEM | OBJECT,
            TEXT,
            "Edition of the platform, as declared.",
            FAMILY,
            unknown_when=_UNDECLARED,
        ),
        _edition,
    ),
    _fact(
        ("limit", "fields", "Most custom fields that the object may have in this edition."), _limit, _UNDECLARED
    ),
    _fact(("hard_limit", "fields", "Most custom fields that the object may have in any edition."), _hard_limit),
    _fact(
        ("field_slots", "fields", "Custom fields as the platform counts them (a geolocation as three)."), _slots
    ),
    _fact(
        ("fields_share_of_limit", "", "Share of the edition's limit that is used; managed fields do not count."),
        _share(_limit, managed=False),
        _UNDECLARED,
    ),
    _fact(
        ("fields_share_of_hard_limit", "", "Share of the hard limit that is used, managed fields included."),
        _share(_hard_limit, managed=True),
    ),
    _fact(
        ("relationships_share_of_limit", "", "Share of the relationships that an object may have."),
        _fixed_share("relationships_per_object", lambda node: bool(node.value.reference_to)),
    ),
    _fact(
        ("rollups_share_of_limit", "", "Share of the roll-ups that an object may have."),
        _fixed_share("rollups_per_object", lambda node: node.value.calculation is Calculation.ROLLUP),
    ),
    Fact(
        FactSpec(
            "custom_objects_share_of_limit",
            _SYSTEM,
            SHARE,
            "Share of the custom objects that the edition allows; those of packages do not count.",
            FAMILY,
            local(1, "objects"),
            unknown_when=_UNDECLARED,
            absent_when=_ELSEWHERE,
        ),
        _objects_share,
    ),
)
