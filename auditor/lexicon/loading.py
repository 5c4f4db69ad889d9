"""Reads the business words: those that ship with the packs, and files of a company's own.

A file holds `terms:` (term → language → words, separated by commas) and `names:` (system → `objects` and `fields`,
short name → plain English words). A company's file adds words to terms that exist; it makes no terms of its own,
since nothing would know what to do with them.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from pathlib import Path

from auditor.config.nodes import ValueReader, nearest
from auditor.errors import ConfigurationError
from auditor.formats.yamlnodes import Problems, YamlNode
from auditor.lexicon.words import LANGUAGES, Lexicon, Meaning, build, plain_key

FOLDER = "lexicon"
_TOP = ("version", "terms", "names")
_OTHERS = ("concepts.yaml", "model.yaml")
"""What lies beside the words: how they make concepts."""
_SYSTEM = ("source", "objects", "fields")


def load_lexicon(extra: Sequence[Path] = ()) -> Lexicon:
    """The words that ship with the packs (`policies/lexicon/*.yaml`), and those of a company's files.

    Raises:
        ConfigurationError: with every problem of every file, each as `file:line:column: message`.
    """
    return _shipped() if not extra else read_lexicon([*_shipped_texts(), *_texts(extra)])


def read_lexicon(documents: Sequence[tuple[str, bytes]]) -> Lexicon:
    """The words of several documents (name, content); the first that names a term makes it.

    Raises:
        ConfigurationError: with every problem.
    """
    from auditor.formats.yamls import read_noting

    problems = Problems()
    roots = [read_noting(data, name, problems) for name, data in documents]
    reader = _Reader(problems, _terms_of(roots[: _shipped_count(documents)]))
    meanings = [meaning for root in roots for meaning in reader.meanings(root)]
    objects = [pair for root in roots for pair in reader.short_names(root, "objects")]
    fields = [pair for root in roots for pair in reader.short_names(root, "fields")]
    problems.check()
    return build(meanings, objects, fields)


@lru_cache(maxsize=1)
def _shipped() -> Lexicon:
    """Read once in a process: the files are part of the installation and do not change under it."""
    return read_lexicon(_shipped_texts())


def _shipped_texts() -> list[tuple[str, bytes]]:
    from importlib.resources import files

    folder = files("auditor.policies").joinpath(FOLDER)
    entries = sorted((entry.name, entry) for entry in folder.iterdir() if entry.name.endswith(".yaml"))
    return [(f"{FOLDER}/{name}", entry.read_bytes()) for name, entry in entries if name not in _OTHERS]


def _shipped_count(documents: Sequence[tuple[str, bytes]]) -> int:
    return sum(name.startswith(f"{FOLDER}/") for name, _ in documents) or len(documents)


def _texts(paths: Iterable[Path]) -> Iterator[tuple[str, bytes]]:
    for path in paths:
        try:
            yield path.name, path.read_bytes()
        except OSError as error:
            raise ConfigurationError([f"{path}: cannot be read: {error.strerror}"]) from None


def _terms_of(roots: Sequence[YamlNode]) -> frozenset[str]:
    found = (root.get("terms") for root in roots if root.is_mapping)
    return frozenset(name for node in found if node is not None for name, _, _ in node.entries())


class _Reader(ValueReader):
    """Turns documents into meanings and notes what is wrong on the way."""

    def __init__(self, problems: Problems, terms: frozenset[str]) -> None:
        super().__init__(problems)
        self.terms = terms

    def meanings(self, root: YamlNode) -> Iterator[Meaning]:
        """Word by word what the document says."""
        if not self.keys(root, _TOP, ("version",)):
            return
        version = root.get("version")
        if version is not None and version.scalar != 1:
            self.problems.add(version, f"version {version.text!r} is not known; this release reads version: 1")
        terms = root.get("terms")
        for term, place, node in terms.entries() if terms is not None else ():
            if term not in self.terms:
                self.problems.add(place, f"no term {term!r}{nearest(term, self.terms)}")
            elif self.keys(node, LANGUAGES, ()):
                yield from self._of_term(term, node)

    def short_names(self, root: YamlNode, part: str) -> Iterator[tuple[str, str]]:
        """Short names and the plain words that they stand for."""
        names = root.get("names") if root.is_mapping else None
        for _, _, system in names.entries() if names is not None else ():
            if self.keys(system, _SYSTEM, ()):
                yield from self.mapping(system.get(part)).items()

    def _of_term(self, term: str, node: YamlNode) -> Iterator[Meaning]:
        for language, _, words in node.entries():
            for text in self.texts(words):
                for word in filter(None, (each.strip() for each in text.split(","))):
                    if plain_key(word):
                        yield Meaning(word, term, language)
                    else:
                        self.problems.add(words, f"{word!r} has no letters")
