"""Operands of tests, checked against the type of the fact: texts, numbers, shares, spans of time, dates."""

from __future__ import annotations

import re
from datetime import date

from auditor.formats.yamlnodes import YamlNode
from auditor.model.values import Scalar
from auditor.model.vocabulary import FactSpec, FactType
from auditor.policy.regexes import compile_pattern
from auditor.policy.syntax import Literal, Operator, Span
from auditor.policy.words import nearest

COMPARISONS = frozenset({Operator.GT, Operator.GE, Operator.LT, Operator.LE})
_EQUALITY = frozenset({Operator.EQ, Operator.NE, Operator.IN, Operator.NOT_IN})
_TEXTUAL = frozenset({Operator.MATCHES, Operator.GLOB, Operator.CONTAINS})
_EXISTENCE = frozenset({Operator.PRESENT, Operator.ABSENT})
_DATED = frozenset({Operator.OLDER_THAN, Operator.NEWER_THAN})

FITTING: dict[FactType, frozenset[Operator]] = {
    FactType.BOOLEAN: frozenset({Operator.EQ, Operator.NE}) | _EXISTENCE,
    FactType.TEXT: _EQUALITY | _TEXTUAL | _EXISTENCE,
    FactType.TEXTS: frozenset({Operator.IN, Operator.NOT_IN}) | _TEXTUAL | _EXISTENCE,
    FactType.ENUM: _EQUALITY | _EXISTENCE,
    FactType.INTEGER: _EQUALITY | COMPARISONS | _EXISTENCE,
    FactType.SHARE: _EQUALITY | COMPARISONS | _EXISTENCE,
    FactType.DATE: _DATED | _EXISTENCE,
}
"""Which tests fit a fact of which type."""

DESCRIBED = {
    FactType.BOOLEAN: "true or false",
    FactType.TEXT: "text",
    FactType.TEXTS: "several texts",
    FactType.ENUM: "one of a set of words",
    FactType.INTEGER: "a whole number",
    FactType.SHARE: "a share from 0 to 1",
    FactType.DATE: "a date",
}


class OperandError(ValueError):
    """Indicates an operand that does not fit; the message is a whole sentence for the author of the policy."""


def read_operand(fact: FactSpec, operator: Operator, node: YamlNode) -> Literal:
    """Read the operand of a test.

    Raises:
        OperandError: the operator or the operand does not fit the fact's type.
    """
    _check_operator(fact, operator)
    if operator in _EXISTENCE:
        if not isinstance(node.scalar, bool):
            raise OperandError(f"{operator} takes true or false")
        return node.scalar
    if operator in (Operator.IN, Operator.NOT_IN):
        if not node.is_list or not node.items:
            raise OperandError(f"{operator} takes a list of at least one value")
        return tuple(read_scalar(fact, item) for item in node.items)
    if not _is_single(node):
        raise OperandError(f"{operator} takes one value")
    return _read_single(fact, operator, node)


def read_scalar(fact: FactSpec, node: YamlNode) -> Scalar:
    """Read one value of a fact's own type.

    Raises:
        OperandError: it is of another type, or no word of the enumeration.
    """
    if not _is_single(node):
        raise OperandError(f"{fact.name} is {DESCRIBED[fact.type]}: a single value is wanted here")
    match fact.type:
        case FactType.BOOLEAN:
            return _boolean(fact, node)
        case FactType.INTEGER:
            return _integer(fact, node)
        case FactType.SHARE:
            return _share(fact, node)
        case FactType.ENUM:
            return _word(fact, node)
        case FactType.TEXT | FactType.TEXTS:
            return _text(fact, node)
        case FactType.DATE:
            raise OperandError(f"{fact.name} is a date: write {{older_than: 90d}} or {{newer_than: 90d}}")


def read_span(node: YamlNode) -> Span | date:
    """Read `90d`, `6w`, `12m`, `1y` or a day like `2026-03-31`.

    Raises:
        OperandError: it is neither.
    """
    return span_of(node.text)


def span_of(text: str) -> Span | date:
    """`read_span` of a text.

    Raises:
        OperandError: it is neither a span nor a day.
    """
    match = _SPAN.fullmatch(text)
    if match:
        count = int(match["count"])
        unit = match["unit"]
        return Span(days=count * _DAYS[unit]) if unit in _DAYS else Span(months=count * _MONTHS[unit])
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise OperandError(
            f"{text!r} is no span of time: write 90d, 6w, 12m, 1y or a day like 2026-03-31"
        ) from None


def _check_operator(fact: FactSpec, operator: Operator) -> None:
    fitting = FITTING[fact.type]
    if operator not in fitting:
        names = ", ".join(name for name in Operator if name in fitting)
        raise OperandError(
            f"{fact.name} is {DESCRIBED[fact.type]}: {operator} does not fit it. Tests that fit: {names}"
        )


def _read_single(fact: FactSpec, operator: Operator, node: YamlNode) -> Literal:
    if operator in _DATED:
        return read_span(node)
    if operator not in _TEXTUAL:
        return read_scalar(fact, node)
    text = _text(fact, node)
    if not text:
        raise OperandError(f"{operator} takes a text that is not empty")
    if operator is Operator.MATCHES:
        try:
            compile_pattern(text)
        except ValueError as error:
            raise OperandError(str(error)) from None
    return text


def _is_single(node: YamlNode) -> bool:
    return not node.is_list and not node.is_mapping and not node.is_empty


def _boolean(fact: FactSpec, node: YamlNode) -> bool:
    if isinstance(node.scalar, bool):
        return node.scalar
    hint = " (in YAML 1.2 yes, no, on and off are text)" if node.text.lower() in _YAML_11 else _unquote(node)
    raise OperandError(f"{fact.name} is true or false, not {node.text!r}{hint}")


def _integer(fact: FactSpec, node: YamlNode) -> int:
    if isinstance(node.scalar, int) and not isinstance(node.scalar, bool):
        return node.scalar
    raise OperandError(f"{fact.name} is a whole number, not {node.text!r}{_unquote(node)}")


def _unquote(node: YamlNode) -> str:
    return " in quotes: leave them out" if node.quoted else ""


def _share(fact: FactSpec, node: YamlNode) -> float:
    percent = _PERCENT.fullmatch(node.text)
    if percent:
        value = float(percent["number"]) / 100
    elif isinstance(node.scalar, (int, float)) and not isinstance(node.scalar, bool):
        value = float(node.scalar)
    else:
        raise OperandError(f"{fact.name} is a share from 0 to 1, written 0.5 or 50%, not {node.text!r}")
    if not 0 <= value <= 1:
        raise OperandError(f"{fact.name} is a share from 0 to 1: write 50% or 0.5, not {node.text!r}")
    return value


def _word(fact: FactSpec, node: YamlNode) -> str:
    if node.text in fact.values:
        return node.text
    raise OperandError(
        f"{node.text!r} is no value of {fact.name} ({', '.join(fact.values)}).{nearest(node.text, fact.values)}"
    )


def _text(fact: FactSpec, node: YamlNode) -> str:
    if isinstance(node.scalar, str):
        return node.scalar
    raise OperandError(f'{fact.name} is {DESCRIBED[fact.type]}: put {node.text} in quotes ("{node.text}")')


_SPAN = re.compile(r"(?P<count>[0-9]{1,5})(?P<unit>[dwmy])")
_PERCENT = re.compile(r"(?P<number>[0-9]{1,3}(?:\.[0-9]+)?) ?%")
_DAYS = {"d": 1, "w": 7}
_MONTHS = {"m": 1, "y": 12}
_YAML_11 = frozenset({"yes", "no", "on", "off", "y", "n"})
