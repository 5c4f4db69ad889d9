"""Repository against organisation: what only one of them has, and where their definitions differ."""

from __future__ import annotations

from collections.abc import Iterator

from auditor.facts.base import BOOLEAN, COMPONENT, DATA, ENUM, TEXTS, Fact, Facts, of_data
from auditor.facts.existence import PARTIAL, WHOLE, canonical, in_org, in_repo
from auditor.graph.nodes import NodeKind
from auditor.model.catalogue import Calculation, Field, Relationship
from auditor.model.datatypes import DataType, normalise_type
from auditor.model.observations import Inventoried
from auditor.model.values import ABSENT, Unknown, Value
from auditor.model.vocabulary import FactSpec, local

FAMILY = "drift"
_STANDING = local(2, "", "object", "named", "named.object")
"""An object is in the org where any of its fields is. Those that an inventory lists are nodes before any source
defines them, so that no change brings or takes one that says so."""
KINDS = DATA | COMPONENT
ONLY_ORG, ONLY_REPO, DIFFERS, AGREES, NEITHER = "only_org", "only_repo", "differs", "agrees", "neither"
_DEFINED = ("object-describe", "field-definition")
"""Inventories that tell more of a field than its name."""


def drift(facts: Facts, key: str) -> Value:
    """How the repository and the organisation stand to each other in one thing."""
    here, there = facts.fact(key, "in_repo"), facts.fact(key, "in_org")
    if here is ABSENT or there is ABSENT:
        return ABSENT
    if isinstance(here, Unknown) or isinstance(there, Unknown):
        return here if isinstance(here, Unknown) else there
    if here is not True or there is not True:
        return ONLY_REPO if here is True else ONLY_ORG if there is True else NEITHER
    differing = differences(facts, key)
    if isinstance(differing, Unknown):
        return differing
    return DIFFERS if differing else AGREES


def differences(facts: Facts, key: str) -> tuple[str, ...] | Unknown:
    """What the newest inventory tells otherwise than the repository, in words; nothing but fields is compared."""
    if facts.graph.kind_of(key) is not NodeKind.FIELD:
        return ()
    field = facts.graph.field(canonical(facts, key))
    told = [
        each for each in facts.evidence.inventory(field.key) if each.type is not None or each.label is not None
    ]
    if not told:
        return Unknown(
            "the inventory lists its name alone",
            facts.settled_by(field.system, "object-describe", "field-definition"),
        )
    newest = max(told, key=lambda each: facts.evidence.rank(each.source))
    return tuple(_differing(field.value, newest))


def _differing(here: Field, there: Inventoried) -> Iterator[str]:
    if here.label and there.label and here.label.strip() != there.label.strip():
        yield _said("label", here.label, there.label)
    families = _family(here), _family_of(there)
    if None not in families and families[0] != families[1]:
        yield _said("type", here.type or "", _type_words(there))
        return
    # An inventory gives lengths and the like of every type in its own way; those of these types it gives plainly.
    if normalise_type(here.type) is DataType.TEXT and here.length and there.length and here.length != there.length:
        yield _said("length", str(here.length), str(there.length))
    for name, ours, theirs in (
        ("precision", here.precision, there.precision),
        ("scale", here.scale, there.scale),
    ):
        if here.calculation is None and ours is not None and theirs is not None and ours != theirs:
            yield _said(name, str(ours), str(theirs))
    yield from _rules(here, there)


def _rules(here: Field, there: Inventoried) -> Iterator[str]:
    keyed = here.relationship is Relationship.MASTER_DETAIL or here.calculation is not None
    if there.required is not None and not keyed and here.required != there.required:
        yield _said("demanded", _yes(here.required), _yes(there.required))
    if there.unique is not None and here.calculation is None and here.unique != there.unique:
        yield _said("unique", _yes(here.unique), _yes(there.unique))
    if here.formula and there.formula and _plain(here.formula) != _plain(there.formula):
        yield "formula"
    elif there.formula and not here.formula and here.type is not None and here.calculation is None:
        yield _said("calculated", _yes(False), _yes(True))


# What describes cannot tell apart counts as one: an auto-number and an encrypted text are texts there, and what is
# long may be formatted. A roll-up has the type of what it sums, which its definition does not name.
_FAMILIES = {
    DataType.LONG_TEXT: DataType.TEXT,
    DataType.IDENTIFIER: None,
    DataType.OTHER: None,
    DataType.ADDRESS: None,
    DataType.BINARY: None,
}


def _family(field: Field) -> DataType | None:
    if field.calculation is Calculation.ROLLUP or (field.calculation and field.type is None):
        return None
    return _plain_type(normalise_type(field.type))


def _family_of(listed: Inventoried) -> DataType | None:
    if listed.type in ("Formula", "Summary"):
        return None
    return _plain_type(normalise_type(listed.type))


def _plain_type(meant: DataType | None) -> DataType | None:
    return None if meant is None else _FAMILIES.get(meant, meant)


def _type_words(listed: Inventoried) -> str:
    return f"{listed.type}({listed.length})" if listed.length else listed.type or ""


def _said(what: str, here: str, there: str) -> str:
    return f"{what}: {_short(here)} in the repository, {_short(there)} in the org"


def _short(text: str) -> str:
    return text if len(text) <= _LONGEST else f"{text[: _LONGEST - 1]}…"


_LONGEST = 80


def _yes(value: bool) -> str:
    return "yes" if value else "no"


def _plain(formula: str) -> str:
    return "".join(formula.split()).lower()


def _differs_in(facts: Facts, key: str) -> Value:
    state = facts.fact(key, "drift")
    if state is ABSENT or isinstance(state, Unknown):
        return state
    found = differences(facts, key) if state == DIFFERS else ()
    return found if isinstance(found, Unknown) else found or ABSENT


def _component_in_repo(facts: Facts, key: str) -> Value:
    return not facts.graph.component(key).implied


def _source(facts: Facts, key: str) -> str:
    """The inventories that list it, or that could have."""
    key = canonical(facts, key)
    listed = {each.source for each in facts.evidence.inventory(key)}
    registers = {
        each.source
        for each in facts.evidence.definitions(key)
        if facts.evidence.format(each.source) in WHOLE | PARTIAL
    }
    return facts.evidence.words(listed | registers)


FACTS: tuple[Fact, ...] = (
    Fact(
        FactSpec(
            "in_repo",
            DATA,
            BOOLEAN,
            "Whether a source that was read defines it; false for what only an export of the live system knows.",
            FAMILY,
            _STANDING,
            unknown_when="the file that may define it could not be read",
            absent_when="it is standard or came with a package, and needs no definition",
        ),
        of_data(in_repo),
    ),
    Fact(
        FactSpec("in_repo", COMPONENT, BOOLEAN, "Whether a source that was read defines it.", FAMILY),
        _component_in_repo,
    ),
    Fact(
        FactSpec(
            "in_org",
            KINDS,
            BOOLEAN,
            "Whether the live organisation has it, as of its newest inventory and log of changes.",
            FAMILY,
            _STANDING,
            unknown_when="no inventory covers it, or one as a single user sees it does not show it",
            settled_by=("tooling-custom-field", "object-describe", "entity-definition"),
            absent_when="it is standard, came with a package, or is of a kind that no inventory lists",
        ),
        in_org,
        _source,
    ),
    Fact(
        FactSpec(
            "drift",
            KINDS,
            ENUM,
            "How repository and organisation stand to each other in it.",
            FAMILY,
            _STANDING,
            values=(ONLY_ORG, ONLY_REPO, DIFFERS, AGREES, NEITHER),
            unknown_when="either side is unknown, or the inventory lists names alone",
            settled_by=("object-describe", "field-definition", "tooling-custom-field"),
            absent_when="it is standard or came with a package",
        ),
        drift,
        _source,
    ),
    Fact(
        FactSpec(
            "differs_in",
            DATA,
            TEXTS,
            "What its definition in the organisation has otherwise than the repository.",
            FAMILY,
            _STANDING,
            unknown_when="either side is unknown, or the inventory lists names alone",
            settled_by=_DEFINED,
            absent_when="nothing, or it stands on one side only",
        ),
        _differs_in,
        _source,
    ),
)
