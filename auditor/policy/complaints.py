"""What is said of a word that is wrong: what it was taken for, and what was probably meant."""

from __future__ import annotations

from collections.abc import Iterable

from auditor.dataclasses import dataclass
from auditor.formats.yamlnodes import Problems, YamlNode
from auditor.policy.words import Words, nearest

FEW = 20
"""So many words are listed in full where none is near."""


@dataclass(frozen=True, slots=True)
class Complaints:
    """Notes problems with the vocabulary at hand."""

    problems: Problems
    words: Words

    def add(self, node: YamlNode, message: str) -> None:
        """Note a problem at a node."""
        self.problems.add(node, message)

    def unknown(self, node: YamlNode, what: str, known: Iterable[str]) -> None:
        """Note a word that is none of those known."""
        names = sorted(set(known))
        hint = nearest(node.text, names) or (f" Known: {', '.join(names)}." if 0 < len(names) <= FEW else "")
        self.add(node, f"{node.text!r} is no {what}.{hint}")

    def known_keys(self, node: YamlNode, known: Iterable[str], what: str) -> bool:
        """Note every key of a mapping that is none of those known; whether there was none such."""
        names = tuple(known)
        wrong = [key for word, key, _ in node.entries() if word not in names]
        for key in wrong:
            self.unknown(key, what, names)
        return not wrong

    def no_fact(self, node: YamlNode, kinds: Iterable[str], also: Iterable[str] = ()) -> None:
        """Note a word that is no fact of some kinds of node."""
        word, kinds = node.text, sorted(kinds)
        subject = " or ".join(kinds)
        if any((kind, word) in self.words.relations for kind in kinds):
            self.add(node, f"{word!r} is a relation: write has: {{rel: {word}}}, lacks, every or count")
            return
        elsewhere = self.words.kinds_with(word)
        if elsewhere:
            self.add(node, f"{word!r} is known of {' and '.join(elsewhere)}, not of {subject}.")
            return
        self.add(node, f"{word!r} is no fact of {subject}.{nearest(word, (*self.words.fact_names(kinds), *also))}")

    def no_relation(self, node: YamlNode, kinds: Iterable[str]) -> None:
        """Note a word that is no relation of some kinds of node."""
        word, kinds = node.text, sorted(kinds)
        if any((kind, word) in self.words.facts for kind in kinds):
            self.add(node, f"{word!r} is a fact, not a relation: test it without has or count")
            return
        elsewhere = self.words.kinds_with(word)
        hint = nearest(word, self.words.relation_names(kinds))
        if elsewhere:
            hint = f" It is one of {' and '.join(elsewhere)}."
        self.add(node, f"{word!r} is no relation of {' or '.join(kinds)}.{hint}")


def shown(node: YamlNode) -> str:
    """A node as it is quoted in a message or a report."""
    if node.is_list:
        return ", ".join(shown(item) for item in node.items)
    return "a mapping" if node.is_mapping else node.text or "nothing"
