"""What is left of the names of a plan in the copy that it was carried out on, and why each mention may be."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from auditor.formats.trees import Tree
from auditor.model.catalogue import Catalog
from auditor.model.references import WEAK, Access, Certainty
from auditor.planning.salesforce.removing import Removing
from auditor.planning.salesforce.values import Edited
from bench.name_search import (
    Hit,
    base_of,
    hits_in,
    in_comment,
    in_prose,
    is_never_deployed,
    lines_before,
    owner_before,
)

EXPLAINED = {
    "listed": "a blocker of the plan names file and line",
    "listed text": "a blocker of the plan names the line on which the same text of many lines begins",
    "no metadata": "the plan lists the file as no metadata",
    "not deployed": "the file never reaches an organisation: data, documentation, tests of components, scripts",
    "weak": "permissions, translations and lists, which the platform drops",
    "another": "the reader took that line for another thing of the same name, which stays",
    "another's file": "the file belongs to another object that has a field of this name, or defines one",
    "owner": "the word before the dot is another object that has a field of this name",
    "variable": "the reader took every other field of the same variable in this file for fields of other objects",
    "data set": "in a data flow that extracts no such field of the object: fields of data sets are others",
    "object": "an object that stays bears the name",
    "comment": "it stands in a comment",
    "text": "it stands in a label or description for people",
}
"""Classes of mentions that may be left, each with the rule that puts a mention there."""


@dataclass(frozen=True, slots=True)
class Named:
    """A tree with what was read of it, and every name in it by plain search; packed files by their path."""

    tree: Tree
    catalog: Catalog
    hits: Mapping[str, Sequence[Hit]]
    packed: Mapping[str, bytes]


def digests(content: object) -> Iterator[tuple[str, str]]:
    """Object and field, as bases, of everything that a data flow extracts, by a walk of its own."""
    if isinstance(content, dict):
        owner, fields = content.get("object"), content.get("fields")
        if isinstance(owner, str) and isinstance(fields, list):
            names = (item.get("name") if isinstance(item, dict) else item for item in fields)
            yield from ((base_of(owner), base_of(name)) for name in names if isinstance(name, str))
    for value in content.values() if isinstance(content, dict) else content if isinstance(content, list) else ():
        yield from digests(value)


_MARKUP = (".xml", ".object", ".workflow", ".flow", ".approvalProcess")


class Judge:
    """What is left of the names of one plan, and why each mention may be."""

    def __init__(self, named: Named, gone: Removing, edited: Edited) -> None:
        self._named, self._gone = named, gone
        self._after = {change.path: change.after for change in edited.changes}
        self._wanted = {base_of(name.partition(".")[2] or name) for name in (*gone.fields, *gone.objects)}
        subjects = {subject: base_of(name.partition(".")[2] or name) for name, subject in gone.fields.items()}
        subjects |= {subject: base_of(name) for name, subject in gone.objects.items()}
        told = [(item.path, item.line, subjects.get(item.subject, "")) for item in edited.blockers]
        self._listed = set(told)
        self._loose = {(item.path, subjects.get(item.subject, "")) for item in edited.loose}
        self._at: dict[tuple[str, int], list[tuple[str, Access]]] = defaultdict(list)
        for item in self._named.catalog.references:
            if item.line is not None and base_of(item.target.partition(".")[2] or item.target) in self._wanted:
                self._at[item.path, item.line].append((item.target, item.access))
        self._bearers = {
            (base_of(item.name), base_of(each.name))
            for item in self._named.catalog.objects
            for each in item.fields
            if base_of(each.name) in self._wanted and f"{item.name}.{each.name}" not in gone.fields
        }

        self._sure: dict[tuple[str, int], list[str]] = defaultdict(list)
        for item in named.catalog.references:
            if item.line is not None and item.certainty is Certainty.CERTAIN and "." in item.target:
                self._sure[item.path, item.line].append(item.target)

    def left(self) -> Iterator[tuple[Hit, int]]:
        """Every hit of the copy, and the line where it stood before (0: the line was changed)."""
        for base in sorted(self._wanted):
            for hit in self._named.hits.get(base, ()):
                if hit.path not in self._after:
                    yield hit, hit.line
        for path, after in self._after.items():
            if after is not None:
                lines: dict[int, int] | None = None
                for hit in hits_in(path, after, self._wanted):
                    lines = lines or lines_before(self._named.tree.read(path), after)
                    yield hit, lines.get(hit.line, 0)

    def why(self, hit: Hit, before: int) -> str:
        """The first class of `EXPLAINED` that a mention fits; empty where none does."""
        data = self._data(hit.path)
        if {(hit.path, before, hit.base), (hit.path, hit.line, hit.base)} & self._listed:
            return "listed"
        if in_comment(hit.path, data, hit.place):
            return "comment"
        if in_prose(hit.path, data, hit.place):
            return "text"
        return self._by_name(hit, before, data) or self._by_file(hit)

    def _by_name(self, hit: Hit, before: int, data: bytes) -> str:
        """What else bears the name here."""
        meant = self._at.get((hit.path, before), ())
        if meant and not any(self._gone.subject(target) for target, _ in meant):
            return "another" if any("." in target for target, _ in meant) else "object"
        owner = base_of(owner_before(data, hit.place))
        if (owner, hit.base) in self._bearers:
            return "owner"
        if meant and all(access in WEAK for target, access in meant if self._gone.subject(target)):
            return "weak"
        return "variable" if self._of_another_type(hit, data) else ""

    def _of_another_type(self, hit: Hit, data: bytes) -> bool:
        """Whether the word before the dot is a variable whose other fields all belong to other objects."""
        word = owner_before(data, hit.place)
        found: set[str] = set()
        for other in hits_in(hit.path, data) if word else ():
            if owner_before(data, other.place) == word:
                found |= {target.partition(".")[0] for target in self._sure.get((hit.path, other.line), ())}
        return bool(found) and not found & {name.partition(".")[0] for name in self._gone.fields}

    def _by_file(self, hit: Hit) -> str:
        words = {base_of(word.partition(".")[0].partition("-")[0]) for word in hit.path.split("/")}
        if any((word, hit.base) in self._bearers for word in words):
            return "another's file"
        if (hit.path.partition("!")[0], hit.base) in self._loose:
            return "no metadata"
        if is_never_deployed(hit.path):
            return "not deployed"
        if self._of_data_sets(hit):
            return "data set"
        if self._in_listed_text(hit):
            return "listed text"
        stays = (item.name for item in self._named.catalog.objects if item.name not in self._gone.objects)
        return "object" if any(base_of(name) == hit.base for name in stays) else ""

    def _in_listed_text(self, hit: Hit) -> bool:
        """Whether nothing is closed between a listed line and the mention: one formula, one text."""
        if not hit.path.endswith(_MARKUP):
            return False
        lines = self._data(hit.path).splitlines()
        starts = [line for path, line, base in self._listed if (path, base) == (hit.path, hit.base) and line]
        return any(b"</" not in b"".join(lines[line - 1 : hit.line - 1]) for line in starts if line <= hit.line)

    def _of_data_sets(self, hit: Hit) -> bool:
        if not hit.path.endswith((".json", ".wdf", ".wdpr")) or b"sfdcDigest" not in self._data(hit.path):
            return False
        removed = {
            (base_of(each.partition(".")[0]), base_of(each.partition(".")[2])) for each in self._gone.fields
        }
        return not removed & set(digests(json.loads(self._data(hit.path))))

    def _data(self, path: str) -> bytes:
        if path in self._named.packed:
            return self._named.packed[path]
        return self._after.get(path) or self._named.tree.read(path)
