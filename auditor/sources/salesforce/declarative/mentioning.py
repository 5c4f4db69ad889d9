"""How every reader here says what it found: an author, a use, and the element that names the field."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from sys import intern

from auditor.dataclasses import dataclass, replace
from auditor.formats.xml import Node
from auditor.languages.formula import Formula, FormulaField, parse_formula
from auditor.languages.global_variables import global_target
from auditor.languages.literals import HardCoded
from auditor.languages.merge import merge_fields
from auditor.model.references import Access, Certainty
from auditor.sources.salesforce.parsed import Grammar, Mention


@dataclass(frozen=True, slots=True)
class Author:
    """The component that is being read. `object` is where its bare field names belong."""

    kind: str
    name: str
    object: str | None = None

    def on(self, object_name: str | None) -> Author:
        """The same author, speaking of another object."""
        return replace(self, object=object_name)


@dataclass(frozen=True, slots=True)
class Use:
    """What an element does with the field that it names, and how it names it."""

    access: Access
    part: str
    grammar: Grammar = Grammar.PATH
    certainty: Certainty = Certainty.CERTAIN


def mention(author: Author, use: Use, path: str, line: int | None) -> Mention:
    """One mention, by one author. A name that every profile repeats is held in memory once."""
    return Mention(
        component_kind=author.kind,
        component=author.name,
        object=author.object,
        path=intern(path),
        access=use.access,
        line=line,
        part=use.part,
        grammar=use.grammar,
        certainty=use.certainty,
    )


def named(author: Author, use: Use, nodes: Iterable[Node]) -> Iterator[Mention]:
    """One mention for each element whose text is a name; empty elements say nothing."""
    return (mention(author, use, node.text, node.line) for node in nodes if node.text)


def criterion(author: Author, use: Use, node: Node) -> Mention:
    """The field of a filter: qualified by its object (`Case.Origin`) or bare (`Status__c`)."""
    grammar = Grammar.QUALIFIED if "." in node.text else Grammar.PATH
    return mention(author, replace(use, grammar=grammar), node.text, node.line)


def criteria(author: Author, use: Use, items: Iterable[Node]) -> Iterator[Mention]:
    """Fields of filter items, both sides where a field is compared with another (`valueField`)."""
    for item in items:
        sides = [*item.all("field"), *item.all("valueField")]
        yield from (criterion(author, use, side) for side in sides if side.text)


def formula(author: Author, use: Use, node: Node) -> tuple[Mention, ...]:
    """Fields of a formula, each path once."""
    return formula_fields(author, use, parse_formula(node.text), node.line)


def formula_fields(author: Author, use: Use, parsed: Formula, line: int | None) -> tuple[Mention, ...]:
    """Fields of a formula that is read already, each path once, in the order of the text."""
    said = (_formula_field(author, use, field, line) for field in parsed.fields)
    return tuple(dict.fromkeys(item for item in said if item is not None))


def validation(author: Author, use: Use, parsed: Formula, line: int | None) -> tuple[Mention, ...]:
    """Fields of a condition; one that is only ever tested for being blank is required, not read."""
    read = {field.path.lower() for field in parsed.fields if field.role.value != "blank"}
    required = replace(use, access=Access.REQUIRES)
    said = (
        _formula_field(author, use if field.path.lower() in read else required, field, line)
        for field in parsed.fields
    )
    return tuple(dict.fromkeys(item for item in said if item is not None))


def merged(author: Author, use: Use, text: str, line: int | None) -> tuple[Mention, ...]:
    """Merge fields of a text that begins on `line`, each on the line where it stands, each path once a line."""
    found = merge_fields(text)
    said = (
        _formula_field(author, use, field, None if line is None else line + text.count("\n", 0, field.offset))
        for field in found.fields
        if field.is_global or "." in field.path
    )
    return tuple(dict.fromkeys(item for item in said if item is not None))


def attributes(values: Mapping[str, str | None]) -> tuple[tuple[str, str], ...]:
    """Attributes of a component: sorted by name, without those that the file does not state."""
    return tuple(sorted((name, value) for name, value in values.items() if value))


def ids_in(literals: Iterable[HardCoded]) -> str | None:
    """How many record ids stand hard-coded in formulas or texts, or None."""
    found = sum(1 for literal in literals if literal.kind == "id")
    return str(found) if found else None


def _formula_field(author: Author, use: Use, field: FormulaField, line: int | None) -> Mention | None:
    if not field.is_global:
        grammar = Grammar.QUALIFIED if field.anchored else use.grammar
        return mention(author, replace(use, grammar=grammar), field.path, line)
    target = global_target(field.path)
    if target is None:
        return None
    access = Access.LISTS if target.names_only else use.access
    certain = replace(use, access=access, grammar=Grammar.PATH)
    return mention(author.on(target.object or author.object), certain, target.path, line)
