"""One form for all the ways in which metadata writes the name of one thing."""

from __future__ import annotations

from auditor.languages.fieldpaths import split_name, without_placeholders

PERSON_ACCOUNT = "personaccount"
"""Metadata keeps record types and layouts of person accounts apart, though they are accounts (in lower case)."""


class Names:
    """The names of one tree, whose own namespaces (in lower case) say nothing."""

    def __init__(self, namespaces: frozenset[str] = frozenset()) -> None:
        self.namespaces = namespaces
        self._known: dict[str, str] = {}

    def normal(self, name: str) -> str:
        """The name without case, tokens and the project's own namespace."""
        known = self._known.get(name)
        if known is None:
            plain = without_placeholders(name) if "NAMESPACE" in name else name
            lowered = plain.strip().lower()
            if self.namespaces:
                parts = split_name(lowered)
                lowered = parts.local if parts.namespace in self.namespaces else lowered
            known = self._known[name] = "account" if lowered == PERSON_ACCOUNT else lowered
        return known
