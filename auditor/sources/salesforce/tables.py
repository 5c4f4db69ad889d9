"""What the files of a tree ask of all the others, as tables: of objects and fields, classes, components, reports.

A table is asked by key and may stand anywhere: in memory, in rows that are loaded one by one, or laid over another
with what a change differs in. Nothing else is asked, so what an answer was looked up by is all that it depends on.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Protocol, TypeVar

from auditor.dataclasses import dataclass
from auditor.languages.fieldpaths import has_placeholder, split_name
from auditor.model.catalogue import Field, Object
from auditor.model.components import Component
from auditor.sources.salesforce.naming import Names
from auditor.sources.salesforce.parsed import ClassSignature, Parsed, ReportTypeJoin

KeyT = TypeVar("KeyT", contravariant=True)
ValueT = TypeVar("ValueT", covariant=True)
REPORT = "report"


class Table(Protocol[KeyT, ValueT]):
    """Values by key."""

    def get(self, key: KeyT, /) -> ValueT | None:
        """The value of a key; None where there is none."""


class Declared(Protocol):
    """A declared field, as far as names are resolved by it."""

    @property
    def object(self) -> str:
        """The object that has it, as it is declared."""

    @property
    def name(self) -> str:
        """Its own name."""

    @property
    def reference_to(self) -> tuple[str, ...]:
        """The objects that it leads to."""


@dataclass(frozen=True, slots=True)
class Tables:
    """All that is asked across files. Names in keys are normal (naming.py), those of code in lower case."""

    objects: Table[str, Sequence[str]]
    """The declared names of a family of objects, the plain one first."""
    fields: Table[tuple[str, str], Sequence[Declared]]
    """By object and name."""
    children: Table[tuple[str, str], Sequence[Declared]]
    """By parent and the child relationship's name: sorted by object and name."""
    words: Table[str, tuple[str, ...]]
    """Printed names of the custom fields of a name, one for each family of objects, sorted."""
    packages: Table[str, Sequence[str]]
    """By the name of an object without its namespace: the packages, in lower case, that have one of it."""
    report_types: Table[str, ReportTypeJoin]
    classes: Table[str, ClassSignature]
    """By the full name of a class, in lower case."""
    inner: Table[str, Sequence[str]]
    """The full names of classes within classes, by their own name in lower case."""
    callees: Table[tuple[str, str], Sequence[str]]
    """By kind and name in lower case: the declared spellings of a component; the last one wins."""
    reports: Table[str, str]
    """The report type of a report."""


def tables_of(
    parts: Sequence[Parsed], objects: Iterable[Object], components: Iterable[Component], names: Names
) -> Tables:
    """The tables of a whole tree. `parts` stand in the order in which later ones win, components sorted."""
    families = dict(grouped((names.normal(item.name), item.name) for item in objects))
    fields = [field for item in objects for field in item.fields]
    words = grouped((names.normal(field.name), field) for field in fields if field.custom)
    signatures = [item for part in parts for item in part.signatures]
    reports = {item.name: item.attribute("report_type") for item in components if item.kind == REPORT}
    return Tables(
        {name: family(members) for name, members in families.items()},
        grouped(((names.normal(field.object), names.normal(field.name)), field) for field in fields),
        grouped((key, field) for field in fields for key in child_keys(field, names)),
        {name: one_of_each(members, names) for name, members in words.items()},
        grouped(pair for item in objects for pair in packaged(item.name, names)),
        {names.normal(item.name): item for part in parts for item in part.report_types},
        {item.name.lower(): item for item in signatures},
        grouped((inner_name(item), item.name) for item in signatures if "." in item.name),
        grouped(((item.kind, item.name.lower()), item.name) for part in parts for item in part.components),
        {name: kind for name, kind in reports.items() if kind is not None},
    )


_GroupT = TypeVar("_GroupT")
_MemberT = TypeVar("_MemberT")


def grouped(pairs: Iterable[tuple[_GroupT, _MemberT]]) -> Mapping[_GroupT, list[_MemberT]]:
    """Members by group, in their order."""
    found: dict[_GroupT, list[_MemberT]] = defaultdict(list)
    for group, member in pairs:
        found[group].append(member)
    return found


def family(members: Iterable[str]) -> tuple[str, ...]:
    """Objects that are one name without tokens; the plain one first."""
    return tuple(sorted(members, key=lambda name: (has_placeholder(name), name)))


def inner_name(item: ClassSignature) -> str:
    """The own name of a class within another, in lower case."""
    return item.name.rpartition(".")[2].lower()


def packaged(name: str, names: Names) -> Iterator[tuple[str, str]]:
    """Under which name which package has an object: none for the project's own."""
    package = split_name(name)
    if package.namespace and names.normal(package.namespace) not in names.namespaces:
        yield names.normal(package.local), package.namespace.lower()


def child_keys(field: Field, names: Names) -> Iterator[tuple[str, str]]:
    """Every parent and name by which a child relationship is called."""
    if field.relationship_name:
        # A managed lookup declares its child relationship bare and is called by it with the prefix.
        prefixed = (f"{field.namespace}__{field.relationship_name}",) if field.namespace else ()
        for target in field.reference_to:
            for relationship in (field.relationship_name, *prefixed):
                yield names.normal(target), names.normal(relationship)


def one_of_each(fields: Iterable[Declared], names: Names) -> tuple[str, ...]:
    """Printed names, one for each family of objects: a name with a token is the plain one once more."""
    families = grouped((names.normal(field.object), field) for field in fields).values()
    spelled = (min(found, key=lambda field: distance(field, field.object, field.name)) for found in families)
    return tuple(sorted(f"{field.object}.{field.name}" for field in spelled))


def distance(field: Declared, owner: str, name: str) -> tuple[bool, bool, bool, bool, str, str]:
    """How far a declared field is from what was written: the very spelling first, names with a token last."""
    return (
        field.object != owner,
        field.name != name,
        has_placeholder(field.object),
        has_placeholder(field.name),
        field.object,
        field.name,
    )
