"""What a mention means, by the grammar that it is written in."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from auditor.dataclasses import replace
from auditor.languages.fieldpaths import is_custom, split_path
from auditor.languages.global_variables import global_target
from auditor.model.references import Access, Certainty
from auditor.sources.salesforce.parsed import Grammar, Mention
from auditor.sources.salesforce.schema import Schema, is_standard_name
from auditor.sources.salesforce.walking import NOTHING, UNKNOWN, Hit, Resolution, object_itself, trusted, walk


def resolve_mention(schema: Schema, mention: Mention) -> Resolution:
    """Find what one mention means."""
    if mention.path.startswith("$"):
        return _global(schema, mention)
    return _GRAMMARS[mention.grammar](schema, mention)


def _global(schema: Schema, mention: Mention) -> Resolution:
    target = global_target(mention.path)
    if target is None:
        return NOTHING
    owner = target.object or mention.object
    if owner is None:
        return UNKNOWN
    # Asking for the label or the describe of a field reads no value of it.
    named = replace(mention, access=Access.LISTS) if target.names_only else mention
    parts = split_path(target.path)
    return walk(schema, (owner,), parts, named) if parts else object_itself(schema, owner, named)


def _path(schema: Schema, mention: Mention) -> Resolution:
    parts = split_path(mention.path)
    if mention.object is None:
        return _qualified(schema, mention)
    if not parts:
        return object_itself(schema, mention.object, mention)
    found = walk(schema, (mention.object,), parts, mention)
    if found.complete or len(parts) < 2 or schema.normal(parts[0]) != schema.normal(mention.object):
        return found
    return walk(schema, (mention.object,), parts[1:], mention)


def _qualified(schema: Schema, mention: Mention) -> Resolution:
    parts = split_path(mention.path)
    if not parts:
        return object_itself(schema, mention.object, mention)
    found = UNKNOWN
    owner = schema.believed_object(parts[0]) if trusted(mention) else schema.object_name(parts[0])
    # A custom name in front may be an object outside the tree only where nothing else owns the path.
    if owner is not None and (mention.object is None or schema.object_name(parts[0]) is not None):
        if len(parts) == 1:
            return object_itself(schema, parts[0], mention)
        found = walk(schema, (parts[0],), parts[1:], mention)
    elif trusted(mention) and len(parts) == 2 and all(map(is_standard_name, parts)) and mention.object is None:
        # A standard object that our table lacks, as permission sets list them (`ContactPointEmail.IsPrimary`).
        return Resolution((Hit(".".join(parts), mention.access, mention.certainty),))
    if found.complete or mention.object is None:
        return found
    relative = walk(schema, (mention.object,), parts, mention)
    return relative if relative.complete or not found.hits else found


def _column(schema: Schema, mention: Mention) -> Resolution:
    """A column of a report, list or related list, in the grammars that have names of their own for them."""
    from auditor.sources.salesforce.columns import COLUMNS  # with all aliases that the platform has

    return COLUMNS[mention.grammar](schema, mention)


def _children(schema: Schema, mention: Mention) -> Resolution:
    from auditor.sources.salesforce.columns import resolve_children

    parts = split_path(mention.path)
    return resolve_children(schema, mention.object or "", parts, mention) if parts else UNKNOWN


def _word(schema: Schema, mention: Mention) -> Resolution:
    """A name in a text. The suspected object is asked first, then the name as it stands, then every object."""
    parts = split_path(mention.path)
    if not parts:
        return object_itself(schema, mention.object, mention)
    if mention.object is not None:
        found = walk(schema, (mention.object,), parts, mention)
        if found.complete:
            return found
    if len(parts) > 1:
        found = _qualified(schema, replace(mention, object=None))
        return found if found.complete else _from_anywhere(schema, parts, mention)
    return _bare_word(schema, parts[0], mention)


def _bare_word(schema: Schema, name: str, mention: Mention) -> Resolution:
    if not is_custom(name):
        return UNKNOWN
    fields = schema.named(_as_field(name))
    owner = schema.object_name(name)
    targets = (*fields, *((owner,) if owner else ()))
    sure = mention.certainty if len(targets) == 1 else Certainty.POSSIBLE
    return Resolution(tuple(Hit(target, mention.access, sure) for target in targets), complete=bool(targets))


def _from_anywhere(schema: Schema, parts: tuple[str, ...], mention: Mention) -> Resolution:
    """A path with a custom lookup somewhere (`row.Rel__r.Area__c`): from every object that has the lookup."""
    start = next((place for place, part in enumerate(parts) if is_custom(part)), None)
    if start is None:
        return UNKNOWN
    owners = tuple(target.partition(".")[0] for target in schema.named(_as_field(parts[start])))
    possible = mention if len(owners) == 1 else replace(mention, certainty=Certainty.POSSIBLE)
    return walk(schema, owners, parts[start:], possible) if owners else UNKNOWN


def _as_field(name: str) -> str:
    return name[:-1] + "c" if name.lower().endswith("__r") else name


_GRAMMARS: Mapping[Grammar, Callable[[Schema, Mention], Resolution]] = {
    Grammar.PATH: _path,
    Grammar.QUALIFIED: _qualified,
    Grammar.REPORT: _column,
    Grammar.LIST: _column,
    Grammar.RELATED_LIST: _column,
    Grammar.CHILDREN: _children,
    Grammar.WORD: _word,
}
