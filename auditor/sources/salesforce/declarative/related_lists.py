"""Related lists, on layouts and on Lightning pages: which child object, by which lookup."""

from __future__ import annotations

from auditor.model.references import Access
from auditor.sources.salesforce.declarative.mentioning import Use
from auditor.sources.salesforce.parsed import Grammar

RELATED_LIST = Use(Access.SHOWS, "related_list", Grammar.RELATED_LIST)


def child_of(parent: str | None, related_list: str) -> str | None:
    """The object whose rows a related list of a layout holds, or None where the name does not tell.

    `Child__c.Lookup__c` names it.
    """
    child, dot, _lookup = related_list.rpartition(".")
    return child if dot else None
