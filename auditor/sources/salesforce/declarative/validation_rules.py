"""Validation rules. Source: Metadata API, ValidationRule."""

from __future__ import annotations

from auditor.formats.xml import Node
from auditor.languages.formula import parse_formula
from auditor.model.catalogue import Skipped
from auditor.model.components import Component, Effect, EffectOn, Trigger
from auditor.model.references import Access
from auditor.sources.salesforce.declarative.mentioning import Use, attributes, ids_in, named, validation
from auditor.sources.salesforce.declarative.object_children import child_author
from auditor.sources.salesforce.parsed import MetadataFile, Parsed

KIND = "validation_rule"


def read_validation_rule(object_name: str, node: Node, file: MetadataFile) -> Parsed:
    """One rule: what its condition reads, what it only demands to be filled, and where it puts its message."""
    author = child_author(KIND, object_name, node, file)
    conditions = [(item, parse_formula(item.text)) for item in node.all("errorConditionFormula")]
    mentions = [
        *(found for item, parsed in conditions for found in validation(author, _CONDITION, parsed, item.line)),
        *named(author, _PLACE, node.all("errorDisplayField")),
    ]
    component = Component(
        KIND,
        author.name,
        file.path,
        node.line,
        label=node.value("fullName"),
        object=author.object,
        active=node.flag("active"),
        trigger=Trigger.RECORD,
        effects=(EffectOn(Effect.BLOCKS_SAVE, author.object),),
        attributes=attributes(
            {"hard_coded_ids": ids_in(hit for _, parsed in conditions for hit in parsed.literals)}
        ),
    )
    skipped = tuple(
        Skipped(file.path, f"{author.name}: {parsed.problem.message}; the fields before it were read", item.line)
        for item, parsed in conditions
        if parsed.problem is not None
    )
    return Parsed(components=(component,), mentions=tuple(mentions), channels=(KIND,), skipped=skipped)


_CONDITION = Use(Access.READS, "condition")
_PLACE = Use(Access.REQUIRES, "error_place")
