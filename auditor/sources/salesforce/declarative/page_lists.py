"""Related lists on Lightning pages, and the properties that components of a page are set up with.

Source: pages of public repositories (`lst:dynamicRelatedList`, `force:relatedListSingleContainer`); filters are
written `Field__c|OPERATOR|["value"]`.
"""

from __future__ import annotations

from collections.abc import Iterator

from auditor.dataclasses import replace
from auditor.formats.xml import Node
from auditor.languages.aliases import list_column, related_column
from auditor.languages.fieldpaths import is_custom
from auditor.model.references import Access, Certainty
from auditor.sources.salesforce.declarative.mentioning import Author, Use, mention
from auditor.sources.salesforce.parsed import Grammar, Mention

_USES = {
    "relatedListApiName": Use(Access.SHOWS, "related_list", Grammar.CHILDREN),
    "relatedListFieldAliases": Use(Access.SHOWS, "related_list_column", Grammar.CHILDREN),
    "sortFieldAlias": Use(Access.READS, "related_list_sort", Grammar.CHILDREN),
    "adminFilters": Use(Access.READS, "related_list_filter", Grammar.CHILDREN),
}
_ANY = "Any__c"
# Stands for a child object that a page does not name; aliases that all objects share hold for it.
LIST_PROPERTIES = frozenset(_USES)
"""Properties of a component that speak of the child object, by its relationship."""


def values_of(node: Node, name: str | None = None) -> Iterator[tuple[str, Node]]:
    """Properties of a component by name, each value of a list on its own."""
    for item in (*node.all("componentInstanceProperties"), *node.all("properties")):
        key = item.value("name") or ""
        if name is None or key == name:
            values = (*item.all("value"), *item.at("valueList/valueListItems/value"))
            yield from ((key, value) for value in values if value.text)


def child_list(author: Author, node: Node, related: str) -> Iterator[Mention]:
    """A list of child records: the relationship, then columns, order and filters as fields of the child."""
    parent = _parent(author, node)
    for key, value in values_of(node):
        use = _USES.get(key)
        if use is None or value.text == "__DEFAULT__":
            continue
        if key == "relatedListApiName":
            yield from [] if parent.object is None else [mention(parent, use, related, value.line)]
        else:
            yield from _column(parent, use, related, value)


def _column(parent: Author, use: Use, related: str, value: Node) -> Iterator[Mention]:
    column = value.text.partition("|")[0]
    qualified = _qualified(column)
    if qualified is not None:
        owner, path = qualified
        yield mention(parent.on(owner), replace(use, grammar=Grammar.PATH), path, value.line)
    elif parent.object is not None:
        yield mention(parent, use, f"{related}.{_field_name(column)}", value.line)
    elif is_custom(column):
        # The list of a looked-up record, whose object the page does not name.
        guess = replace(use, grammar=Grammar.WORD, certainty=Certainty.POSSIBLE)
        yield mention(parent, guess, column, value.line)


def _parent(author: Author, node: Node) -> Author:
    """The object that the list hangs on: `Account.Id`; `Case.AccountId` to what the lookup is called."""
    path = next((value.text for _, value in values_of(node, "parentFieldApiName")), "")
    head, _, field = path.partition(".")
    if not field or field == "Id":
        return author.on(head or author.object)
    return author.on(None if is_custom(field) else field.removesuffix("Id"))


def _qualified(column: str) -> tuple[str, str] | None:
    """The object and field of an alias that names its object itself: `OPPORTUNITY.CLOSE_DATE`, `Contact.NAME`."""
    head, _, alias = column.rpartition(".")
    if not head or not alias.isupper():
        return None
    own = (list_column(name, column) for name in (head.title(), head.title().removesuffix("s")))
    for target in (*own, related_column("", f"{_ANY}.{_ANY}", column)):
        if target is not None and target.path and target.object != _ANY:
            return target.object, target.path
    return None


def _field_name(column: str) -> str:
    """A column of a list on any object: an API name, or an alias that all objects share (`CREATED_DATE`)."""
    known = list_column(_ANY, column) if column.isupper() else None
    return known.path if known is not None and known.path else column
