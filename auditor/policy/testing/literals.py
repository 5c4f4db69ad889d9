"""Values as fixtures write them: known, `absent`, `unknown`, intervals, and days counted from the audit."""

from __future__ import annotations

import json
import re
from datetime import date

from auditor.formats.yamlnodes import YamlNode
from auditor.model.values import ABSENT, Absent, CountRange, DateRange, Never, Unknown, Value
from auditor.model.vocabulary import FactSpec, FactType
from auditor.policy.literals import OperandError, read_scalar, span_of
from auditor.policy.syntax import Span

DATE_FORMS = (
    "2026-01-31, 90d ago, today, 90d ago or earlier, 90d ago or later, 400d ago to 90d ago, "
    "never, never in 90d, never until 40d ago, never from 400d ago to today"
)


def read_value(fact: FactSpec, node: YamlNode, as_of: date) -> Value:
    """Read the value of a fact; `as_of` is the day that `90d ago` counts from.

    Raises:
        OperandError: it is no value of the fact's type.
    """
    if node.is_text and not node.quoted and node.text in ("unknown", "absent"):
        return ABSENT if node.text == "absent" else left_open(fact)
    match fact.type:
        case FactType.DATE:
            return _date(fact, " ".join(node.text.split()), as_of)
        case FactType.TEXTS:
            if not node.is_list:
                raise OperandError(f"{fact.name} is several texts: write a list")
            return tuple(sorted(str(read_scalar(fact, item)) for item in node.items))
        case FactType.INTEGER if node.is_text:
            return _count(fact, node)
        case _:
            return read_scalar(fact, node)


def left_open(fact: FactSpec) -> Unknown:
    """The value of a fact of which a fixture says nothing, or that it is unknown."""
    return Unknown(f"{fact.name} is left open", fact.settled_by)


def write_value(value: Value, fact: FactSpec) -> str:
    """A value as `read_value` reads it, in YAML."""
    match value:
        case Unknown():
            return "unknown"
        case Absent():
            return "absent"
        case bool():
            return "true" if value else "false"
        case CountRange(least=least, most=most):
            return f"at least {least}" if most is None else f"{least} to {most}"
        case DateRange() | Never():
            return _date_text(value)
        case int() | float():
            return _share_text(value) if fact.type is FactType.SHARE else str(value)
        case tuple():
            return f"[{', '.join(text_in_yaml(str(item)) for item in value)}]"
        case _:
            return text_in_yaml(str(value))


def text_in_yaml(text: str) -> str:
    """A text as it stands in a flow of YAML: bare where nothing can mistake it, else in double quotes."""
    return text if _BARE.fullmatch(text) and text not in _TAKEN else json.dumps(text, ensure_ascii=False)


def _count(fact: FactSpec, node: YamlNode) -> Value:
    match = _COUNT.fullmatch(node.text)
    if match is None:
        raise OperandError(f"{fact.name}: write a whole number, `3 to 5` or `at least 3`, not {node.text!r}")
    if match["least"] is not None:
        return CountRange(int(match["least"]), None)
    return CountRange(int(match["low"]), int(match["high"]))


def _date(fact: FactSpec, text: str, as_of: date) -> Value:
    for pattern, make in _FORMS:
        match = pattern.fullmatch(text)
        if match is not None:
            return make([day_of(group, as_of) for group in match.groups()], as_of)
    raise OperandError(f"{fact.name} is a date: {text!r} is none. Write one of {DATE_FORMS}")


def day_of(text: str, as_of: date) -> date:
    """`today`, `90d ago` or a day like `2026-03-31`.

    Raises:
        OperandError: it is none of these.
    """
    if text == "today":
        return as_of
    parsed = span_of(text.removesuffix(" ago"))
    return parsed.before(as_of) if isinstance(parsed, Span) else parsed


def _date_text(value: DateRange | Never) -> str:
    if isinstance(value, Never):
        return (
            f"never until {value.until}" if value.since is None else f"never from {value.since} to {value.until}"
        )
    if value.exact is not None:
        return str(value.exact)
    if value.not_before is None:
        return f"{value.not_after} or earlier"
    return (
        f"{value.not_before} or later" if value.not_after is None else f"{value.not_before} to {value.not_after}"
    )


def _share_text(value: float) -> str:
    percent = f"{value * 100:g}%"
    return percent if float(percent[:-1]) / 100 == value else repr(float(value))


_SPAN = r"[0-9]{1,5}[dwmy]"
_ANY_DAY = rf"([0-9]{{4}}-[0-9]{{2}}-[0-9]{{2}}|today|{_SPAN} ago)"
_FORMS = (
    (re.compile(_ANY_DAY), lambda days, _: DateRange.on(days[0])),
    (re.compile(f"{_ANY_DAY} or earlier"), lambda days, _: DateRange(None, days[0])),
    (re.compile(f"{_ANY_DAY} or later"), lambda days, _: DateRange(days[0], None)),
    (re.compile(f"{_ANY_DAY} to {_ANY_DAY}"), lambda days, _: DateRange(days[0], days[1])),
    (re.compile("never"), lambda _, as_of: Never(None, as_of)),
    (re.compile(f"never in ({_SPAN})"), lambda days, as_of: Never(days[0], as_of)),
    (re.compile(f"never until {_ANY_DAY}"), lambda days, _: Never(None, days[0])),
    (re.compile(f"never from {_ANY_DAY} to {_ANY_DAY}"), lambda days, _: Never(days[0], days[1])),
)
_COUNT = re.compile(r"at least (?P<least>[0-9]{1,9})|(?P<low>[0-9]{1,9}) to (?P<high>[0-9]{1,9})")
_BARE = re.compile(r"[A-Za-z_][A-Za-z0-9_/.-]*(?: [A-Za-z0-9_/.()-]+)*")
_TAKEN = frozenset({"unknown", "absent", "none", "unscanned", "true", "false", "null", "True", "False", "Null"})
