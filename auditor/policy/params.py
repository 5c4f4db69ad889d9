"""Fills parameters into policies: `"{unused_after}"` becomes the value that was set last."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from operator import is_not

from auditor.dataclasses import replace
from auditor.formats.yamlnodes import Problems, YamlKind, YamlNode
from auditor.policy.words import nearest

Pairs = Sequence[tuple[YamlNode, YamlNode]]


def fill(node: YamlNode, params: Mapping[str, YamlNode], problems: Problems) -> YamlNode:
    """Fill parameters into every value below a node. A value that is one parameter alone takes its type too.

    Braces that hold no lower-case word (`{2,3}` of a regular expression) stay as they are.
    """
    if node.kind is YamlKind.SCALAR:
        return _filled(node, params, problems) if "{" in node.text and node.is_text else node
    if node.kind is YamlKind.MAPPING:
        pairs = [(key, fill(value, params, problems)) for key, value in node.pairs]
        return replace(node, pairs=tuple(pairs)) if _changed(node.pairs, pairs) else node
    items = [fill(item, params, problems) for item in node.items]
    return replace(node, items=tuple(items)) if any(map(is_not, items, node.items)) else node


def _changed(before: Pairs, after: Pairs) -> bool:
    return any(new is not old for (_, new), (_, old) in zip(after, before, strict=True))


def _filled(node: YamlNode, params: Mapping[str, YamlNode], problems: Problems) -> YamlNode:
    names = _PARAMETER.findall(node.text)
    missing = [name for name in names if name not in params]
    for name in missing:
        hint = nearest(name, params) or (f" Known: {', '.join(sorted(params))}." if params else "")
        problems.add(node, f"no parameter {name!r} is set under params.{hint}")
    if missing or not names:
        return node
    if _PARAMETER.fullmatch(node.text):
        given = params[names[0]]
        return replace(given, file=node.file, line=node.line, column=node.column)
    for name in names:
        if params[name].is_list or params[name].is_mapping:
            problems.add(node, f"parameter {name!r} is a {params[name].kind}: it can only stand alone in a value")
            return node
    text = _PARAMETER.sub(lambda match: params[match[1]].text, node.text)
    return replace(node, scalar=text, text=text)


_PARAMETER = re.compile(r"\{([a-z][a-z0-9_]*)\}")
