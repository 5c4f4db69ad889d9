"""Safe YAML with positions: the only module that speaks PyYAML.

Scalars follow YAML 1.2 (its core schema): `no`, `on`, `off` and dates are text. Duplicate keys, merge keys, tags,
several documents and aliases that multiply are refused. Every problem carries `file:line:column`, both from 1.
"""

from __future__ import annotations

import re

import yaml

from auditor.dataclasses import dataclass, replace
from auditor.errors import FormatError
from auditor.formats.yamlnodes import Plain, Problems, YamlKind, YamlNode

MAX_DEPTH = 60
"""Deeper nesting is no configuration that a person wrote; it is refused before recursion can hurt."""
ALIAS_BUDGET = 10_000
"""How many nodes all aliases of one document may repeat in sum."""
MAX_DIGITS = 300
"""A longer number is an attack or a mistake."""


def read_yaml(data: str | bytes, path: str) -> YamlNode:
    """Read one document; an empty one is an empty scalar at 1:1.

    Raises:
        ConfigurationError: not YAML, or YAML that is refused; all problems at once.
    """
    problems = Problems()
    root = read_noting(data, path, problems)
    problems.check()
    return root


def load_plain(data: str | bytes) -> object:
    """Read one document as plain Python data, under the same rules.

    Raises:
        FormatError: not YAML, or YAML that is refused; the first problem.
    """
    problems = Problems()
    root = read_noting(data, "", problems)
    if problems.found:
        _, line, _, message = min(problems.found)
        raise FormatError(message, line)
    return root.plain()


def read_noting(data: str | bytes, path: str, problems: Problems) -> YamlNode:
    """Read one of several documents; what is wrong with it is noted beside what is wrong with the others."""
    empty = YamlNode(YamlKind.SCALAR, 1, 1, path)
    try:
        text = data.decode("utf-8-sig") if isinstance(data, bytes) else data.removeprefix("\ufeff")
        text.encode()
        return _Composer(path, problems).compose(text) or empty
    except (UnicodeDecodeError, UnicodeEncodeError) as error:
        problems.at(path, 1, 1, f"not UTF-8 text: {error.reason} at byte {error.start}")
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        line, column = (mark.line + 1, mark.column + 1) if mark else (1, 1)
        what = ", ".join(part for part in (error.problem, error.context) if part)
        problems.at(path, line, column, f"not YAML: {what}")
    except yaml.YAMLError as error:
        problems.at(path, 1, 1, f"not YAML: {str(error).splitlines()[0]}")
    except _TooMuch as error:
        problems.at(path, error.line, error.column, error.message)
    return empty


class _TooMuch(Exception):  # noqa: N818 - not an error of the program: reading stops here
    def __init__(self, message: str, event: yaml.Event) -> None:
        self.message = message
        self.line, self.column = _place(event)


def _place(event: yaml.Event) -> tuple[int, int]:
    mark = event.start_mark
    return (mark.line + 1, mark.column + 1) if mark is not None else (1, 1)


@dataclass(slots=True)
class _Open:
    """A collection whose end has not come yet."""

    start: yaml.CollectionStartEvent
    children: list[YamlNode]


class _Composer:
    """Builds the tree from parser events, so that depth and aliases are bounded before anything is nested."""

    def __init__(self, path: str, problems: Problems) -> None:
        self.path = path
        self.problems = problems
        self.root: YamlNode | None = None
        self.stack: list[_Open] = []
        self.anchors: dict[str, YamlNode | None] = {}
        self.repeated = 0

    def compose(self, text: str) -> YamlNode | None:
        for event in yaml.parse(text, Loader=_LOADER):
            if isinstance(event, yaml.ScalarEvent):
                self._put(self._scalar(event), event.anchor)
            elif isinstance(event, yaml.CollectionStartEvent):
                self._open(event)
            elif isinstance(event, yaml.CollectionEndEvent):
                closed = self.stack.pop()
                self._put(self._collection(closed), closed.start.anchor)
            elif isinstance(event, yaml.AliasEvent):
                self._put(self._alias(event), None)
            elif isinstance(event, yaml.DocumentStartEvent) and self.root is not None:
                raise _TooMuch("a second document (`---`): write one document a file", event)
        return self.root

    def _put(self, node: YamlNode, anchor: str | None) -> None:
        if anchor is not None:
            self.anchors[anchor] = node
        if self.stack:
            self.stack[-1].children.append(node)
        else:
            self.root = node

    def _open(self, event: yaml.CollectionStartEvent) -> None:
        self._refuse_tag(event)
        if len(self.stack) >= MAX_DEPTH:
            raise _TooMuch(f"nested deeper than {MAX_DEPTH}", event)
        if event.anchor is not None:
            self.anchors[event.anchor] = None
        self.stack.append(_Open(event, []))

    def _alias(self, event: yaml.AliasEvent) -> YamlNode:
        if event.anchor not in self.anchors:
            raise _TooMuch(f"alias *{event.anchor} has no anchor before it", event)
        target = self.anchors[event.anchor]
        if target is None:
            raise _TooMuch(f"alias *{event.anchor} holds itself", event)
        self.repeated += target.size
        if self.repeated > ALIAS_BUDGET:
            raise _TooMuch(f"aliases repeat more than {ALIAS_BUDGET:,} nodes", event)
        line, column = _place(event)
        return replace(target, line=line, column=column)

    def _scalar(self, event: yaml.ScalarEvent) -> YamlNode:
        self._refuse_tag(event)
        line, column = _place(event)
        quoted = bool(event.style)
        value: Plain = event.value
        if not quoted:
            if len(event.value) > MAX_DIGITS and _NUMERIC.fullmatch(event.value):
                self.problems.at(self.path, line, column, f"a number of more than {MAX_DIGITS} digits")
            else:
                value = resolve_scalar(event.value)
        return YamlNode(YamlKind.SCALAR, line, column, self.path, value, text=event.value, quoted=quoted)

    def _collection(self, closed: _Open) -> YamlNode:
        line, column = _place(closed.start)
        children = tuple(closed.children)
        size = 1 + sum(child.size for child in children)
        if isinstance(closed.start, yaml.SequenceStartEvent):
            return YamlNode(YamlKind.SEQUENCE, line, column, self.path, items=children, size=size)
        pairs = tuple(zip(children[::2], children[1::2], strict=True))
        self._check_keys(pairs)
        return YamlNode(YamlKind.MAPPING, line, column, self.path, pairs=pairs, size=size)

    def _check_keys(self, pairs: tuple[tuple[YamlNode, YamlNode], ...]) -> None:
        seen: dict[str, int] = {}
        for key, _ in pairs:
            if key.kind is not YamlKind.SCALAR:
                self.problems.add(key, "a key must be a single value")
            elif key.text == "<<" and not key.quoted:
                self.problems.add(key, "merge keys (`<<`) are refused: write the keys out")
            elif key.text in seen:
                self.problems.add(key, f"key {key.text!r} stands twice, first on line {seen[key.text]}")
            else:
                seen[key.text] = key.line

    def _refuse_tag(self, event: yaml.ScalarEvent | yaml.CollectionStartEvent) -> None:
        if event.tag is not None:
            self.problems.at(self.path, *_place(event), f"tag {event.tag} is refused")


def resolve_scalar(text: str) -> Plain:
    """What an unquoted scalar means in the core schema of YAML 1.2."""
    if text in _CONSTANTS:
        return _CONSTANTS[text]
    if not _NUMERIC.fullmatch(text):
        return text
    if _INTEGER.fullmatch(text):
        return int(text)
    if text[:2] in _BASES:
        return int(text[2:], _BASES[text[:2]])
    return float(text)


_LOADER = yaml.CSafeLoader if yaml.__with_libyaml__ else yaml.SafeLoader
_CONSTANTS: dict[str, Plain] = {
    **dict.fromkeys(("", "~", "null", "Null", "NULL")),
    **dict.fromkeys(("true", "True", "TRUE"), True),
    **dict.fromkeys(("false", "False", "FALSE"), False),
    **dict.fromkeys((".inf", ".Inf", ".INF", "+.inf", "+.Inf", "+.INF"), float("inf")),
    **dict.fromkeys(("-.inf", "-.Inf", "-.INF"), float("-inf")),
    **dict.fromkeys((".nan", ".NaN", ".NAN"), float("nan")),
}
_BASES = {"0o": 8, "0x": 16}
_INTEGER = re.compile(r"[-+]?[0-9]+")
_NUMERIC = re.compile(
    r"[-+]?[0-9]+|0o[0-7]+|0x[0-9a-fA-F]+|[-+]?(?:\.[0-9]+|[0-9]+(?:\.[0-9]*)?)(?:[eE][-+]?[0-9]+)?"
)
