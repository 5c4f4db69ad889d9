"""Names that say themselves which object they are of, names that need not, and labels."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from auditor.sources.outside.manners import Manner
from auditor.sources.outside.mentions import Explained, Mention
from auditor.sources.outside.names import Names, custom

_NAME = re.compile(r"[A-Za-z_][A-Za-z0-9_]*")
_CHAIN = re.compile(r"(?<!\w)[\[\"'`]?[A-Za-z_]\w*[\]\"'`]?(?:\.[\[\"'`]?[A-Za-z_]\w*[\]\"'`]?)+")
# A column of a table in DAX: Opportunity[Region__c], 'Opportunity'[Region__c].
_COLUMN = re.compile(r"(?:'([^'\n]{1,80})'|(?<![\w'])([A-Za-z_]\w*))\[([A-Za-z_]\w*)\]")
_DELIMITED = re.compile(r"(?<=[\[\"'>])[^\"'\[\]<>\n]{3,80}(?=[\]\"'<])")


def bare_mentions(text: str, found: frozenset[str], names: Names, told: Explained) -> Iterator[Mention]:
    """The first place of each name that means a field wherever it stands: possibly every field of that name.

    Places where the name is told for certain are no further mention.
    """
    left = set(found)
    for match in _NAME.finditer(text) if left else ():
        token = match[0].lower()
        if token in left and match.start() not in told:
            left.discard(token)
            for target in names.bare[token]:
                yield Mention(target, match.start(), certain=False)
            if not left:
                return


def qualified_mentions(text: str, names: Names, manner: Manner, marked: bool) -> Iterator[Mention]:
    """Fields that stand behind the name of their object. `text` is without comments.

    In a query an alias may bear the name of an object, so that only a name of the company's own is certain there.
    A standard name is certain only in a text that is marked as speaking of the CRM, and nothing otherwise.
    """
    for match in _CHAIN.finditer(text):
        parts = _NAME.findall(match[0])
        for target in _resolved(parts, names, manner.exact):
            if custom(target) or (marked and not manner.query):
                yield Mention(target, match.start(), certain=True, end=match.end())
    if manner.reads:
        yield from _columns(text, names, marked)


def _resolved(parts: list[str], names: Names, exact: bool) -> tuple[str, ...]:
    """The fields of a chain: from its first part that is an object and whose rest is a path of that object.

    The chain may go on behind the field (`Account.Region__c.value`), so that shorter ends are tried, too.
    """
    for place in range(len(parts) - 1):
        owner = names.object(parts[place], exact)
        if owner is None:
            continue
        for end in range(len(parts), place + 1, -1):
            targets = names.path(owner, parts[place + 1 : end], exact)
            if targets:
                return targets
    return ()


def _columns(text: str, names: Names, marked: bool) -> Iterator[Mention]:
    for match in _COLUMN.finditer(text):
        owner = names.object(match[1] or match[2])
        target = names.field(owner, match[3]) if owner else None
        if target is not None and (custom(target) or marked):
            yield Mention(target, match.start(), certain=True, end=match.end())


def label_mentions(text: str, labels: Mapping[str, tuple[str, ...]]) -> Iterator[Mention]:
    """Labels that stand alone between quotes, brackets or tags: possibly the fields that bear them."""
    for match in _DELIMITED.finditer(text):
        for target in labels.get(match[0].strip().lower(), ()):
            yield Mention(target, match.start(), certain=False)
