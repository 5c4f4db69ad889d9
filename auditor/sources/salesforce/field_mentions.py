"""What the definition of a field itself mentions: formula, roll-up, lookup filter, controlling field, default."""

from __future__ import annotations

from collections.abc import Iterator

from auditor.formats.xml import Node
from auditor.model.references import Access
from auditor.sources.salesforce.parsed import Grammar, Mention
from auditor.sources.salesforce.picklists import Picklist


def field_mentions(owner: str, name: str, node: Node, picklist: Picklist) -> tuple[Mention, ...]:
    """Every field that this one reads, as mentions of the component `field` `Owner.Name`."""
    component = f"{owner}.{name}"
    found = [
        *_formula(owner, component, node.find("formula"), "formula"),
        *_default(owner, component, node),
        *_rollup(component, node),
        *_lookup_filter(owner, component, node),
    ]
    if picklist.controlling_field:
        line = picklist.controlling_line
        found.append(_mention(component, owner, picklist.controlling_field, line, "controlling_field"))
    found += [
        _qualified(component, node.value("referenceTo"), key, "key")
        for key in node.all("referenceTargetField")
        if key.text
    ]
    controller = node.find("metadataRelationshipControllingField")
    if controller is not None and controller.text:
        found.append(_qualified(component, owner, controller, "controlling_field"))
    return tuple(found)


def formula_mentions(kind: str, component: str, owner: str | None, formula: Node, part: str) -> Iterator[Mention]:
    """Every field that a formula in an element reads, starting at the object `owner`."""
    from auditor.languages.formula import parse_formula  # most fields have none

    text = formula.text
    for field in parse_formula(text).fields:
        grammar = Grammar.QUALIFIED if field.is_global else Grammar.PATH
        line = formula.line + text.count("\n", 0, field.offset)
        yield Mention(kind, component, owner, field.path, Access.READS, line, part, grammar)


def _formula(owner: str, component: str, formula: Node | None, part: str) -> Iterator[Mention]:
    if formula is not None and formula.text:
        yield from formula_mentions("field", component, owner, formula, part)


def _default(owner: str, component: str, node: Node) -> Iterator[Mention]:
    """Defaults are formulas that can see no field of the record, only global variables (`$User.Department`)."""
    default = node.find("defaultValue")
    return (item for item in _formula(owner, component, default, "default") if item.path.startswith("$"))


def _rollup(component: str, node: Node) -> Iterator[Mention]:
    for tag, part in (("summarizedField", "rollup"), ("summaryForeignKey", "key")):
        yield from (_qualified(component, None, item, part) for item in node.all(tag) if item.text)
    yield from _filter(component, None, node, "summaryFilterItems", "filter")


def _lookup_filter(owner: str, component: str, node: Node) -> Iterator[Mention]:
    """Fields of the target (`Account.Type`), of the own record (`$Source.Region__c`), or global ones."""
    for item in node.all("lookupFilter"):
        part = "lookup_filter" if item.flag("active") is not False else "inactive_lookup_filter"
        yield from _filter(component, owner, item, "filterItems", part)


def _filter(component: str, owner: str | None, node: Node, tag: str, part: str) -> Iterator[Mention]:
    for row in node.all(tag):
        for item in (*row.all("field"), *row.all("valueField")):
            if item.text:
                yield _qualified(component, owner, item, part)


def _qualified(component: str, owner: str | None, item: Node, part: str) -> Mention:
    # An inactive filter is kept by the platform, but nothing reads through it.
    access = Access.LISTS if part.startswith("inactive") else Access.READS
    return Mention("field", component, owner, item.text, access, item.line, part, Grammar.QUALIFIED)


def _mention(component: str, owner: str, path: str, line: int | None, part: str) -> Mention:
    return Mention("field", component, owner, path, Access.READS, line, part)
