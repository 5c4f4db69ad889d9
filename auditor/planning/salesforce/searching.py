"""Where the name of a removed field still stands once everything is edited, whoever reads it or not.

Only names that nothing else in the catalogue bears are searched for: any other text may mean the other thing.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping

from auditor.errors import FormatError
from auditor.languages.fieldpaths import split_name, without_placeholders
from auditor.model.rollback import Blocker
from auditor.planning.salesforce.naming import any_of, local_name, starts_name
from auditor.planning.salesforce.session import Session
from auditor.planning.salesforce.values import LooseMention

_METADATA = (
    *(
        ".cls",
        ".trigger",
        ".page",
        ".component",
        ".cmp",
        ".app",
        ".evt",
        ".intf",
        ".design",
        ".js",
        ".html",
        ".email",
    ),
    *(
        "-meta.xml",
        ".object",
        ".layout",
        ".profile",
        ".permissionset",
        ".flow",
        ".report",
        ".dashboard",
        ".workflow",
    ),
    *(".reportType", ".objectTranslation", ".translation", ".md", ".flexipage", ".quickAction", ".resource"),
)
_TEXT = "its name stands in a text that no reader understands: somebody has to look"
_MOST = 20
"""So many mentions of one name in one file are told."""


def search(session: Session, after: Mapping[str, bytes | None]) -> tuple[list[Blocker], tuple[LooseMention, ...]]:
    """Mentions in metadata as blockers, in all other files as loose ones; files that go are not looked into."""
    names = _unique(session)
    if not names:
        return [], ()
    pattern = any_of(tuple(sorted(names)))
    told = {(blocker.path, blocker.subject) for blocker in session.blockers}
    blockers: list[Blocker] = []
    loose: list[LooseMention] = []
    for path in session.tree.paths():
        data = _content(session, after, path)
        for base, line in _hits(pattern, data) if data else ():
            subject = names[base]
            if (path, subject) in told:
                continue
            if _is_metadata(path):
                blockers.append(Blocker(subject, session.component("file", path), path, line, _TEXT))
            else:
                loose.append(LooseMention(path, line, subject))
    return blockers, tuple(sorted(set(loose)))


def _is_metadata(path: str) -> bool:
    """Whether a file is a part of what the platform holds: scripts and markup only within a component."""
    folders = path.split("/")[:-1]
    if "staticresources" in folders or not _TESTS.isdisjoint(folders) or not path.endswith(_METADATA):
        return False
    if path.endswith(".md"):
        return "customMetadata" in folders  # in the older format; everywhere else it is documentation
    return not path.endswith(_OF_BUNDLES) or not _BUNDLES.isdisjoint(folders)


_OF_BUNDLES = (".js", ".html", ".design")
_BUNDLES = frozenset({"aura", "lwc"})
_TESTS = frozenset({"__tests__", "__mocks__"})
"""Tests of components, which no deployment sends (Lightning Web Components developer guide, "Run Jest tests")."""


def _content(session: Session, after: Mapping[str, bytes | None], path: str) -> bytes | None:
    if path in after:
        return after[path]
    try:
        data = session.tree.read(path)
    except FormatError:
        return None
    return None if b"\0" in data[:1024] else data


def _hits(pattern: re.Pattern[bytes], data: bytes) -> Iterator[tuple[str, int]]:
    """Names in lower case and their lines, each once a line."""
    seen: Counter[str] = Counter()
    last = ("", 0)
    for match in pattern.finditer(data):
        if not starts_name(data, match.start()):
            continue
        found = (match[1].decode().lower(), data.count(b"\n", 0, match.start()) + 1)
        seen[found[0]] += 1
        if found != last and seen[found[0]] <= _MOST:
            yield found
        last = found


def _unique(session: Session) -> dict[str, str]:
    """Printed names by the base of names that only removed things bear."""
    borne: Counter[str] = Counter()
    for item in session.catalog.objects:
        if item.name not in session.removing.objects:
            borne[_base(item.name)] += 1
        for field in item.fields:
            if f"{item.name}.{field.name}" not in session.removing.fields:
                borne[_base(field.name)] += 1
    removed = {**session.removing.objects, **session.removing.fields}
    return {
        _base(local_name(name)): subject
        for name, subject in sorted(removed.items())
        if not borne[_base(local_name(name))]
    }


def _base(name: str) -> str:
    return split_name(without_placeholders(name)).base.lower()
