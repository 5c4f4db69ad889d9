"""Reads policy documents and everything they extend, and lays later ones over earlier ones, field by field."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from importlib.resources import files
from pathlib import Path
from posixpath import dirname, isabs, join, normpath
from typing import Protocol

from auditor.dataclasses import dataclass, field
from auditor.formats.yamlnodes import Problems, YamlKind, YamlNode
from auditor.formats.yamls import read_noting
from auditor.policy.foreign import FIXTURES, PackError, foreign_folder, foreign_packs, read_foreign
from auditor.policy.listfiles import with_file
from auditor.policy.words import nearest

PACK = "pack:"
DOCUMENT_KEYS = ("version", "extends", "params", "lists", "policies")


class Library(Protocol):
    """Where documents lie."""

    def read(self, reference: str) -> bytes:
        """The bytes of `pack:NAME` or of a path with slashes.

        Raises:
            OSError: there is no such document.
        """

    def packs(self) -> Sequence[str]:
        """Names of the installed packs, sorted."""


@dataclass(frozen=True, slots=True)
class InstalledLibrary:
    """Packs that were installed with the auditor or that other distributions offer, and files below a folder.

    Of a shipped pack and a foreign one of the same name, the shipped one is read.
    """

    base: Path

    def read(self, reference: str) -> bytes:
        """The bytes of a pack, of a file beside one (`pack:NAME:FILE`), or of a local file."""
        if reference.startswith(PACK):
            if ".." in reference:
                raise FileNotFoundError(reference)
            name, beside, file = reference.removeprefix(PACK).partition(":")
            if beside:
                return _beside_pack(name, file)
            shipped = files("auditor.policies") / f"{name}.yaml"
            return shipped.read_bytes() if shipped.is_file() else read_foreign(name)
        return (self.base / reference).read_bytes()

    def packs(self) -> Sequence[str]:
        """Names of the installed packs, sorted."""
        found = (entry.name for entry in files("auditor.policies").iterdir())
        names = (name.removesuffix(".yaml") for name in found if name.endswith(".yaml"))
        own = (name for name in names if not name.endswith(FIXTURES))
        return sorted({*own, *foreign_packs()})


@dataclass(frozen=True, slots=True)
class NotingLibrary:
    """Another library, and what was read of it that does not ship with the auditor."""

    library: Library
    noted: set[str] = field(default_factory=set)

    def read(self, reference: str) -> bytes:
        """The bytes of a reference."""
        data = self.library.read(reference)
        if not ships(reference):
            self.noted.add(reference)
        return data

    def packs(self) -> Sequence[str]:
        """Names of the installed packs, sorted."""
        return self.library.packs()


def ships(reference: str) -> bool:
    """Whether a reference names a pack, or a file beside one, that ships with the auditor."""
    name = reference.removeprefix(PACK).partition(":")[0]
    return reference.startswith(PACK) and (files("auditor.policies") / f"{name}.yaml").is_file()


def _beside_pack(name: str, file: str) -> bytes:
    """The bytes of a file that lies beside a pack, where its own package keeps it.

    Raises:
        OSError: there is no such file, or no such pack.
    """
    folder = files("auditor.policies")
    if (folder / f"{name}.yaml").is_file():
        return (folder / file).read_bytes()
    return (foreign_folder(name) / file).read_bytes()


@dataclass(slots=True)
class RuleText:
    """One policy as laid together: where it was first written, and each of its fields with its own position."""

    id: str
    node: YamlNode
    origin: str
    fields: dict[str, tuple[YamlNode, YamlNode]] = field(default_factory=dict)

    def value(self, key: str) -> YamlNode | None:
        """The value of a field; None where it was never written."""
        pair = self.fields.get(key)
        return None if pair is None else pair[1]


@dataclass(slots=True)
class Gathered:
    """All documents laid over each other, in the order in which they were extended."""

    rules: dict[str, RuleText] = field(default_factory=dict)
    params: dict[str, YamlNode] = field(default_factory=dict)
    lists: dict[str, YamlNode] = field(default_factory=dict)
    documents: list[str] = field(default_factory=list)
    """References in the order in which they were laid."""


def gather(references: Sequence[str], library: Library, problems: Problems) -> Gathered:
    """Read the documents and what they extend; of two that say the same thing the later wins."""
    gatherer = _Gatherer(library, problems)
    for reference in references:
        gatherer.lay(normalised(reference, ""), YamlNode(YamlKind.SCALAR, 1, 1, reference))
    return gatherer.gathered


def normalised(reference: str, beside: str) -> str:
    """A reference as one spelling: `pack:NAME`, or a path relative to the folder of the document it stands in."""
    if reference.startswith(PACK):
        return reference
    folder = "" if beside.startswith(PACK) else dirname(beside)
    return normpath(join(folder, reference))


class _Gatherer:
    def __init__(self, library: Library, problems: Problems) -> None:
        self.library = library
        self.problems = problems
        self.gathered = Gathered()
        self.open: list[str] = []

    def lay(self, reference: str, asked: YamlNode) -> None:
        if reference in self.open:
            chain = " extends ".join((*self.open[self.open.index(reference) :], reference))
            self.problems.add(asked, f"a circle: {chain}")
            return
        if reference in self.gathered.documents:
            return
        root = self._read(reference, asked)
        if root is None or not self._is_document(root):
            return
        self.open.append(reference)
        for extended in self._extended(root):
            self.lay(normalised(extended.text, reference), extended)
        self.open.pop()
        self.gathered.documents.append(reference)
        self._lay_over(root, reference)

    def _read(self, reference: str, asked: YamlNode) -> YamlNode | None:
        try:
            data = self.library.read(reference)
        except PackError as error:
            self.problems.add(asked, str(error))
            return None
        except (OSError, ValueError):  # a ValueError is a name that no file can have
            self.problems.add(asked, self._missing(reference))
            return None
        found = len(self.problems.found)
        root = read_noting(data, reference, self.problems)
        return root if len(self.problems.found) == found else None

    def _missing(self, reference: str) -> str:
        if not reference.startswith(PACK):
            return f"there is no file {reference}"
        packs = self.library.packs()
        name = reference.removeprefix(PACK)
        hint = nearest(name, packs) or f" Installed: {', '.join(packs)}."
        return f"there is no pack {name!r}.{hint}"

    def _is_document(self, root: YamlNode) -> bool:
        if not root.is_mapping:
            self.problems.add(root, "a policy document is a mapping that starts with version: 1")
            return False
        for word, key, _ in root.entries():
            if word not in DOCUMENT_KEYS:
                hint = nearest(word, DOCUMENT_KEYS) or f" Known: {', '.join(DOCUMENT_KEYS)}."
                self.problems.add(key, f"{word!r} is no key of a policy document.{hint}")
        self._check_version(root)
        return True

    def _check_version(self, root: YamlNode) -> None:
        version = root.get("version")
        if version is None:
            self.problems.add(root, "version is missing: write version: 1")
        elif version.is_unquoted_float:
            self.problems.add(version, f"{version.text} reads as a fraction: write version: 1")
        elif version.text != "1":
            self.problems.add(version, f"version {version.text!r} is not known: this is version 1 of the grammar")

    def _extended(self, root: YamlNode) -> tuple[YamlNode, ...]:
        node = root.get("extends")
        if node is None:
            return ()
        items = node.items if node.is_list else (node,)
        wrong = [item for item in items if not item.is_text]
        for item in wrong:
            self.problems.add(item, "extends names packs (pack:NAME) and files")
        return tuple(item for item in items if item.is_text)

    def _lay_over(self, root: YamlNode, reference: str) -> None:
        for name, value in self._named(root, "params"):
            self.gathered.params[name] = value
        for name, value in self._named(root, "lists"):
            self.gathered.lists[name] = with_file(value, partial(self._beside, reference), self.problems)
        policies = root.get("policies")
        if policies is None:
            return
        if not policies.is_list:
            self.problems.add(policies, "policies is a list: each begins with - id:")
            return
        here: dict[str, int] = {}
        for node in policies.items:
            self._lay_rule(node, reference, here)

    def _named(self, root: YamlNode, key: str) -> tuple[tuple[str, YamlNode], ...]:
        node = root.get(key)
        if node is not None and not node.is_mapping:
            self.problems.add(node, f"{key} is a mapping of names to values")
        return () if node is None else tuple((name, value) for name, _, value in node.entries())

    def _beside(self, reference: str, name: str) -> tuple[str, bytes]:
        """A file of names as it is named in a document: the reference that it has, and its bytes."""
        in_pack = reference.startswith(PACK)
        if in_pack and isabs(name):
            raise FileNotFoundError(name)
        path = f"{reference}:{normpath(name)}" if in_pack else normalised(name, reference)
        return path, self.library.read(path)

    def _lay_rule(self, node: YamlNode, reference: str, here: dict[str, int]) -> None:
        name = node.get("id")
        if name is None or not name.is_text:
            self.problems.add(node if name is None else name, "a policy needs an id such as sprawl/unused-field")
            return
        if name.text in here:
            self.problems.add(name, f"policy {name.text} stands twice, first on line {here[name.text]}")
            return
        here[name.text] = name.line
        rule = self.gathered.rules.get(name.text)
        if rule is None:
            self._lay_new(node, name, reference)
            return
        for key, opposite in (("forbid", "require"), ("require", "forbid")):
            if node.get(key) is not None and node.get(opposite) is None:
                rule.fields.pop(opposite, None)
        rule.fields.update((key, (key_node, value)) for key, key_node, value in node.entries())

    def _lay_new(self, node: YamlNode, name: YamlNode, reference: str) -> None:
        fields = {key: (key_node, value) for key, key_node, value in node.entries()}
        if fields.keys() <= _OVERRIDING:
            known = self.gathered.rules
            hint = nearest(name.text, known) or " Is the pack that defines it under extends?"
            self.problems.add(name, f"{name.text} overrides a policy that is not defined before.{hint}")
            return
        self.gathered.rules[name.text] = RuleText(name.text, node, reference, fields)


_OVERRIDING = frozenset(
    {
        "id",
        "title",
        "severity",
        "pillar",
        "why",
        "fix",
        "show",
        "owner",
        "effort",
        "since",
        "aliases",
        "on_unknown",
    }
)
"""An entry with nothing else changes a policy that must exist; one with target, forbid or require defines one."""
