"""Small Salesforce projects in memory: files in, what editing and proving make of them out."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from auditor.errors import FormatError
from auditor.formats.trees import Tree
from auditor.model.catalogue import Catalog, Role, Skipped
from auditor.model.rollback import Proof, Removal
from auditor.planning.proving import prove
from auditor.planning.salesforce.editing import edit_salesforce
from auditor.planning.salesforce.removing import removal_of
from auditor.planning.salesforce.values import Edited
from auditor.sources.salesforce.source import read_salesforce

HEAD = '<?xml version="1.0" encoding="UTF-8"?>\n'


@dataclass(frozen=True)
class Files:
    """A tree that is a dictionary."""

    contents: Mapping[str, bytes]
    location: str = "memory"
    skipped: tuple[Skipped, ...] = ()

    def paths(self) -> Sequence[str]:
        """All files, sorted."""
        return sorted(self.contents)

    def read(self, path: str) -> bytes:
        """The bytes of one file."""
        if path not in self.contents:
            raise FormatError("no such file")
        return self.contents[path]


@dataclass(frozen=True)
class Project:
    """A tree and what its reader says of it."""

    tree: Files
    catalog: Catalog

    def without(self, *names: str) -> Edited:
        """The sources without fields (`Object.Field__c`) and objects."""
        return edit_salesforce(self._removal(names), self.catalog, self.tree)

    def proof(self, *names: str, edited: Edited | None = None) -> Proof:
        """The proof of that, or of another editing."""
        return prove(self._removal(names), self.catalog, self.tree, edited or self.without(*names), read)

    def _removal(self, names: Sequence[str]) -> Removal:
        fields = [name for name in names if "." in name]
        return removal_of(self.catalog, fields, [name for name in names if "." not in name])


def read(tree: Tree) -> Catalog:
    """The catalogue of a tree."""
    return read_salesforce(tree, "crm", Role.CRM)


def project(files: Mapping[str, str], fields: Sequence[str] = ("Account.A__c", "Account.B__c")) -> Project:
    """A project of some files, with plain definitions of some fields."""
    contents = {path: text.encode() for path, text in files.items()}
    for name in fields:
        owner, _, local = name.partition(".")
        path = f"force-app/objects/{owner}/fields/{local}.field-meta.xml"
        contents.setdefault(path, definition(local).encode())
    tree = Files(contents)
    return Project(tree, read(tree))


def definition(name: str, inner: str = "    <label>L</label>\n    <type>Text</type>\n") -> str:
    """A custom field in a file of its own."""
    return f"{HEAD}<CustomField>\n    <fullName>{name}</fullName>\n{inner}</CustomField>\n"
