"""Where every value of the policies in force comes from, after later documents were laid over earlier ones."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence

from auditor.dataclasses import asdict, dataclass
from auditor.formats.yamlnodes import Problems, YamlNode
from auditor.policy.complaints import shown
from auditor.policy.documents import Gathered, Library, RuleText, gather

MOST_ITEMS = 20
"""Of so many items of a list the line tells; a list of names may have thousands."""


@dataclass(frozen=True, slots=True)
class Resolved:
    """One value: whose it is (a policy's id, `params` or `lists`), its name, how it reads and where it stands."""

    owner: str
    name: str
    value: str
    origin: str


def resolved(
    references: Sequence[str], library: Library, params: Mapping[str, YamlNode], configuration: str
) -> tuple[Resolved, ...]:
    """Every value in force: parameters, lists, then the policies by id, each value with its place.

    `params` are those of the configuration, whose name is `configuration`.

    Raises:
        ConfigurationError: a document cannot be read.
    """
    problems = Problems()
    gathered = gather(references, library, problems)
    problems.check()
    return tuple(_all(gathered, params, configuration))


def _all(gathered: Gathered, params: Mapping[str, YamlNode], configuration: str) -> Iterator[Resolved]:
    whole = {**gathered.params, **params}
    for name in sorted(whole):
        node = whole[name]
        origin = configuration if name in params else node.where
        yield Resolved("params", name, shown(node), origin)
    for name in sorted(gathered.lists):
        node = gathered.lists[name]
        yield Resolved("lists", name, _brief(node), node.where)
    for rule in sorted(gathered.rules.values(), key=lambda rule: rule.id):
        yield from _rule(rule)


def _rule(rule: RuleText) -> Iterator[Resolved]:
    for key, (_, value) in rule.fields.items():
        yield Resolved(rule.id, key, _brief(value), value.where)


def _brief(node: YamlNode) -> str:
    """A value in one line."""
    if node.is_mapping:
        return f"{{{', '.join(f'{key.text}: {_brief(value)}' for key, value in node.pairs)}}}"
    if node.is_list:
        left = len(node.items) - MOST_ITEMS
        more = [f"and {left} more"] if left > 0 else []
        return f"[{', '.join([*map(_brief, node.items[:MOST_ITEMS]), *more])}]"
    return " ".join(shown(node).split())


def resolved_text(rows: Sequence[Resolved]) -> tuple[str, ...]:
    """Lines for people: each policy, and below it every value with its origin."""
    lines: list[str] = []
    owner = ""
    for row in rows:
        if row.owner != owner:
            owner = row.owner
            lines.append(owner)
        lines.append(f"  {row.name}: {row.value}  ({row.origin})")
    return tuple(lines)


def resolved_json(rows: Sequence[Resolved]) -> str:
    """The same as one JSON document."""
    return json.dumps({"values": [asdict(row) for row in rows]}, ensure_ascii=False, indent=1) + "\n"
