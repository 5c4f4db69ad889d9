"""Related lists of layouts: which child object, by which lookup, with which columns."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from auditor.dataclasses import replace
from auditor.formats.xml import Node
from auditor.languages.aliases import related_column, related_list_object
from auditor.model.references import Access
from auditor.sources.salesforce.declarative.mentioning import Author, Use, mention
from auditor.sources.salesforce.parsed import Grammar, Mention

RELATED_LIST = Use(Access.SHOWS, "related_list", Grammar.RELATED_LIST)
_COLUMN = Use(Access.SHOWS, "related_list_column", Grammar.LIST)
_SORT = Use(Access.READS, "related_list_sort", Grammar.LIST)


def related_list_mentions(author: Author, item: Node) -> Iterator[Mention]:
    """The lookup behind one `relatedLists` element, its columns and its order."""
    related = item.value("relatedList") or ""
    if related:
        yield mention(author, RELATED_LIST, related, item.line)
    yield from _columns(author, related, _COLUMN, item.all("fields"))
    yield from _columns(author, related, _SORT, item.all("sortField"))


def child_of(parent: str | None, related_list: str) -> str | None:
    """The object whose rows a related list of a layout holds, or None where the name does not tell."""
    return related_list_object(parent or "", related_list)


def _columns(author: Author, related: str, use: Use, nodes: Iterable[Node]) -> Iterator[Mention]:
    """Columns of the child object; some stand on an object beside it (`Contact.CNTC_FIRST_NAME`)."""
    child = child_of(author.object, related)
    for node in nodes:
        if not node.text:
            continue
        target = related_column(author.object or "", related, node.text)
        if target is None or target.computed or target.object == child:
            yield mention(author.on(child), use, node.text, node.line)
        else:
            yield mention(author.on(target.object), replace(use, grammar=Grammar.PATH), target.path, node.line)
