"""Allow-lists: names kept as data and joined onto nodes as a boolean fact, so that policies name the fact only.

`lists: {sellers_need: {kind: field, sentence: …, subjects: ["crm:Account.Region__c", "crm:Quote.*"]}}`, or with
`file: needed.csv` and, where it is not called `subject`, its `column:`; the document's reading puts them together.
"""

from __future__ import annotations

from collections.abc import Mapping

from auditor.formats.yamlnodes import Problems, YamlNode
from auditor.model.vocabulary import FactSpec, FactType
from auditor.policy.complaints import Complaints
from auditor.policy.syntax import ListedFact
from auditor.policy.words import Words

LIST_KEYS = ("kind", "sentence", "subjects", "file", "column")


def read_lists(nodes: Mapping[str, YamlNode], words: Words, problems: Problems) -> tuple[ListedFact, ...]:
    """Read all lists, sorted by name; what is wrong is noted."""
    note = Complaints(problems, words)
    read = (_list(name, nodes[name], note) for name in sorted(nodes))
    return tuple(listed for listed in read if listed is not None)


def _list(name: str, node: YamlNode, note: Complaints) -> ListedFact | None:
    kind, subjects = node.get("kind"), node.get("subjects")
    if kind is None or subjects is None or not subjects.is_list:
        note.add(node, f"list {name} is a mapping with kind: and subjects: (a list of names or patterns) or file:")
        return None
    if not note.known_keys(node, LIST_KEYS, "key of a list"):
        return None
    if kind.text not in note.words.kinds:
        note.unknown(kind, "kind of node", note.words.kinds)
        return None
    if (kind.text, name) in note.words.facts:
        note.add(node, f"list {name} would hide the fact of that name: choose another")
        return None
    sentence = node.get("sentence")
    text = sentence.text if sentence is not None else f"Whether the list {name} names it."
    spec = FactSpec(name, frozenset({kind.text}), FactType.BOOLEAN, text, "lists")
    names = frozenset(item.text for item in subjects.items)
    globs = tuple(sorted(text for text in names if any(sign in text for sign in "*?[")))
    return ListedFact(spec, names - frozenset(globs), globs)
