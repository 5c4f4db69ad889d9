"""Columns of reports, list views, search layouts and related lists, which have names of their own.

Custom fields appear under their API names; standard ones under aliases (`ACCOUNT.NAME`, `CLOSE_DATE`), which
differ between reports and lists (languages.aliases).
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from auditor.languages.aliases import (
    AliasTarget,
    list_column,
    related_column,
    related_list_object,
    report_column,
    report_type,
)
from auditor.languages.fieldpaths import split_path
from auditor.languages.standard import standard_object
from auditor.sources.salesforce.parsed import Grammar, Mention
from auditor.sources.salesforce.schema import Schema
from auditor.sources.salesforce.walking import NOTHING, UNKNOWN, Hit, Resolution, object_itself, walk

_OF_THE_PLATFORM = frozenset(
    {
        "RelatedAttachmentList",
        "RelatedCommentsList",
        "RelatedContentNoteList",
        "RelatedEntityHistoryList",
        "RelatedFileList",
        "RelatedNoteList",
        "RelatedOpportunityHistoryList",
        "RelatedProcessHistoryList",
    }
)
"""Related lists of what the platform keeps beside any record (files, notes, history): no field of anybody's."""


def resolve_report(schema: Schema, mention: Mention) -> Resolution:
    """One column of a report: `table$field` of a custom report type, `Object.Field`, or an alias."""
    if not mention.path:
        return _spanned(schema, mention)
    return _target(schema, report_column(mention.object or "", mention.path), mention)


def resolve_list(schema: Schema, mention: Mention) -> Resolution:
    """One column of a list view, search layout or related list, on the object of the mention."""
    if mention.object is None or not mention.path:
        return object_itself(schema, mention.object, mention)
    row = schema.object_name(mention.object) or mention.object
    found = _target(schema, list_column(row, mention.path), mention)
    if not found.complete and mention.part.startswith("related_list"):
        found = _target(schema, related_column("", f"{row}.", mention.path), mention)
    return found if found.complete else _as_field(schema, row, mention)


def resolve_related_list(schema: Schema, mention: Mention) -> Resolution:
    """A related list: `Child__c.Lookup__c` names the lookup, a relationship or alias its child object."""
    parts = split_path(mention.path)
    if len(parts) == 2 and schema.object_name(parts[0]) is not None:
        return walk(schema, (parts[0],), parts[1:], mention)
    if mention.path in _OF_THE_PLATFORM:
        return NOTHING
    parent = schema.object_name(mention.object or "") or ""
    step = schema.child(parent, mention.path)
    target = step.target if step else _key(related_list_object(parent, mention.path), parent)
    return Resolution((Hit(target, mention.access, mention.certainty),)) if target else UNKNOWN


def _spanned(schema: Schema, mention: Mention) -> Resolution:
    """What the name of a report type says: the objects that it spans and the lookups that join them."""
    own = schema.report_type(mention.object or "")
    if own is not None:
        base = object_itself(schema, own.base, mention)
        joins = resolve_children(schema, own.base, own.joins, mention)
        return Resolution((*base.hits, *joins.hits), base.complete and joins.complete)
    kind = report_type(mention.object or "")
    if kind is None or not kind.objects:
        return UNKNOWN
    parts = [object_itself(schema, name, mention) for name in kind.objects]
    if kind.lookup:
        owner, _, field = kind.lookup.partition(".")
        parts.append(walk(schema, (owner,), (field,), mention))
    return Resolution(tuple(hit for part in parts for hit in part.hits), all(part.complete for part in parts))


def _key(child: str | None, parent: str) -> str | None:
    """The lookup of a standard child object to its parent, where there is exactly one; else the child itself."""
    known = standard_object(child) if child else None
    if known is None:
        return child
    keys = [field.name for field in known.fields.values() if parent in field.reference_to]
    return f"{known.name}.{keys[0]}" if len(keys) == 1 else known.name


def resolve_children(schema: Schema, owner: str, parts: Sequence[str], mention: Mention) -> Resolution:
    """Child relationships, then fields: `Contacts.Email`, or `Contacts.Hours__r` down two levels."""
    hits: list[Hit] = []
    for place, part in enumerate(parts):
        step = schema.child(owner, part)
        if step is None:
            rest = walk(schema, (owner,), parts[place:], mention) if place else UNKNOWN
            return Resolution((*hits, *rest.hits), rest.complete)
        last = place == len(parts) - 1
        hits.append(Hit(step.target, mention.access if last else mention.hop_access, mention.certainty))
        owner = step.leads_to[0]
    return Resolution(tuple(hits))


def _target(schema: Schema, target: AliasTarget | None, mention: Mention) -> Resolution:
    if target is None:
        return UNKNOWN
    if target.computed:
        return NOTHING
    path = split_path(target.path)
    if target.table:
        return _of_table(schema, split_path(target.table), path, mention)
    return walk(schema, (target.object,), path, mention)


def _as_field(schema: Schema, row: str, mention: Mention) -> Resolution:
    """A column under the API name of a field of the row, or qualified by an object."""
    parts = split_path(mention.path)
    if len(parts) > 1 and schema.object_name(parts[0]) is not None:
        return walk(schema, (parts[0],), parts[1:], mention)
    # No trust here: capitals are aliases, and what is no known field may be an alias that we do not know.
    target = schema.field(row, mention.path)
    return Resolution((Hit(target, mention.access, mention.certainty),)) if target else UNKNOWN


def _of_table(schema: Schema, table: tuple[str, ...], path: tuple[str, ...], mention: Mention) -> Resolution:
    """A table is an object, then relationships down (`Account.Contacts`) or up (`Contact.Account`)."""
    if not table or not path or schema.object_name(table[0]) is None:
        return UNKNOWN
    owner = table[0]
    hits: list[Hit] = []
    for part in table[1:]:
        step = schema.child(owner, part) or schema.lookup(owner, part)
        if step is None:
            return Resolution(tuple(hits), complete=False)
        hits.append(Hit(step.target, mention.hop_access, mention.certainty))
        owner = step.leads_to[0]
    end = walk(schema, (owner,), path, mention)
    return Resolution((*hits, *end.hits), end.complete)


COLUMNS: Mapping[Grammar, Callable[[Schema, Mention], Resolution]] = {
    Grammar.REPORT: resolve_report,
    Grammar.LIST: resolve_list,
    Grammar.RELATED_LIST: resolve_related_list,
}
"""What a column means, by the grammar that it is written in."""
