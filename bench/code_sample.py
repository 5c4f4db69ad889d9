"""Samples for judging references in code by hand: what the text says against what was found.

    python bench/code_sample.py TREE [--seed N] [--count N]

Prints the speed of the readers of code, then two samples, both drawn with the seed. *Occurrences*: places in
code where the name of a custom field of the tree stands, with what was found on that line. *References*:
references from code to custom fields, with the line that they point at. The figures of a run that somebody has
looked through line by line are written down in docs/accuracy.md.
"""

from __future__ import annotations

import argparse
import random
import re
import time
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from auditor.formats.trees import Tree, open_tree
from auditor.languages.fieldpaths import without_placeholders
from auditor.model.catalogue import Catalog, Role
from auditor.model.references import Certainty, Reference
from auditor.sources.salesforce.code.bundles import bundle_of
from auditor.sources.salesforce.code.registry import TEXT_READERS
from auditor.sources.salesforce.paths import metadata_file
from auditor.sources.salesforce.source import read_salesforce

CODE_KINDS = frozenset({"apex_class", "apex_trigger", "lwc", "aura", "visualforce_page", "visualforce_component"})


_COMMENT = re.compile(
    r"""'(?:[^'\\\n]|\\.)*'|"(?:[^"\\\n]|\\.)*"|(?<!:)//[^\n]*|/\*.*?\*/|<!--.*?-->""", re.DOTALL
)


@dataclass(frozen=True, slots=True)
class Occurrence:
    """A custom field's name in the text of a file; `found` is what was found on the line under that name."""

    path: str
    line: int
    name: str
    text: str
    found: str


def main() -> None:
    arguments = _arguments()
    tree = open_tree(arguments.tree)
    paths = [path for path in tree.paths() if _is_code(path)]
    print(_speed(tree, paths))
    catalog = read_salesforce(tree, "crm", Role.CRM)
    references = [item for item in catalog.references if item.component_kind in CODE_KINDS]
    custom = _custom_fields(catalog)
    occurrences = list(_occurrences(tree, paths, references, custom))
    found = [item for item in references if _field(item) in custom]
    _summary(occurrences, found)
    chooser = random.Random(arguments.seed)  # noqa: S311 - a sample, not a secret
    print(f"\n# {arguments.count} occurrences, seed {arguments.seed}")
    for item in chooser.sample(occurrences, min(arguments.count, len(occurrences))):
        print(f"{item.found:9} {item.name:40} {item.path}:{item.line}\n          {item.text.strip()[:220]}")
    print(f"\n# {arguments.count} references, seed {arguments.seed}")
    texts: dict[str, list[str]] = {}
    for reference in chooser.sample(found, min(arguments.count, len(found))):
        print(_shown(tree, texts, reference))


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description="Samples for judging references in code by hand.")
    parser.add_argument("tree", help="a folder, archive or git tree of Salesforce metadata with code")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--count", type=int, default=50)
    return parser.parse_args()


def _is_code(path: str) -> bool:
    file = metadata_file(path)
    if file.suffix not in TEXT_READERS or "staticresources" in path:
        return False
    bundle = bundle_of(file)
    return bundle.deployed if bundle is not None else file.suffix not in ("js", "ts", "html")


def _speed(tree: Tree, paths: Sequence[str]) -> str:
    """How fast the readers of code are in processor time, reading from disk left out."""
    loaded = [(metadata_file(path), tree.read(path)) for path in paths]
    size = sum(len(data) for _, data in loaded) / 1e6
    start = time.process_time()
    for file, data in loaded:
        TEXT_READERS[file.suffix](file, data)
    spent = time.process_time() - start
    return f"{len(loaded):,} files of code, {size:.2f} MB, {spent:.2f} s, {size / spent:.2f} MB/s"


def _custom_fields(catalog: Catalog) -> frozenset[str]:
    names = (field.name for item in catalog.objects for field in item.fields if field.custom)
    return frozenset(without_placeholders(name).lower() for name in names)


def _field(item: Reference) -> str:
    return without_placeholders(item.target).partition(".")[2].lower()


def _occurrences(
    tree: Tree, paths: Sequence[str], references: Sequence[Reference], custom: frozenset[str]
) -> Iterator[Occurrence]:
    """Every occurrence outside of comments."""
    by_line: dict[tuple[str, int, str], set[Certainty]] = defaultdict(set)
    for item in references:
        by_line[item.path, item.line or 0, _field(item)].add(item.certainty)
    word = re.compile(r"(?<![A-Za-z0-9])\w+?__[cr]\b", re.IGNORECASE)
    for path in paths:
        whole = tree.read(path).decode("utf-8-sig", errors="replace")
        shown = whole.split("\n")
        for number, text in enumerate(_COMMENT.sub(_blank, whole).split("\n"), 1):
            for match in word.finditer(text):
                name = match.group()[:-1].lower() + "c"
                if name in custom:
                    yield Occurrence(
                        path, number, match.group(), shown[number - 1], _found(by_line[path, number, name])
                    )


def _blank(match: re.Match[str]) -> str:
    """A comment without its text, its line ends kept; a string as it is."""
    text = match.group()
    return text if text[0] in "'\"`" else re.sub(r"[^\n]", " ", text)


def _found(certainties: set[Certainty]) -> str:
    if not certainties:
        return "-"
    return Certainty.CERTAIN.value if Certainty.CERTAIN in certainties else Certainty.POSSIBLE.value


def _summary(occurrences: Sequence[Occurrence], references: Sequence[Reference]) -> None:
    for word in ("certain", "possible", "-"):
        count = sum(item.found == word for item in occurrences)
        print(f"occurrences {word if word != '-' else 'without a reference'}: {count:,} of {len(occurrences):,}")
    certain = sum(item.certainty is Certainty.CERTAIN for item in references)
    print(f"references to custom fields: {len(references):,}, of which certain {certain:,}")


def _shown(tree: Tree, texts: dict[str, list[str]], item: Reference) -> str:
    if item.path not in texts:
        texts[item.path] = tree.read(item.path).decode("utf-8-sig", errors="replace").splitlines()
    line = texts[item.path][(item.line or 1) - 1].strip()
    said = f"{item.certainty.value:9} {item.access.value:8} {item.target:50}"
    return f"{said} {item.path}:{item.line} {item.part}\n          {line[:220]}"


if __name__ == "__main__":
    main()
