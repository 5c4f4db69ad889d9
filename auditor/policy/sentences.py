"""What decided a finding, as a person would say it: the unit once, and only bounds that tell something."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from auditor.model.truth import Truth
from auditor.model.values import Absent, CountRange, Never, Value
from auditor.model.vocabulary import FactSpec, FactType
from auditor.policy.explaining import Explanation, Shape
from auditor.policy.phrases import bound_text, name_text, noun_text, number_words, value_text
from auditor.policy.syntax import Comparison, Operator

MOST_NAMES = 3
_ORDERED = frozenset({Operator.GT, Operator.GE, Operator.LT, Operator.LE})
_DATED = frozenset({Operator.OLDER_THAN, Operator.NEWER_THAN})
_VERBAL = ("by", "in", "on", "to", "up", "with")
"""Relations whose name ends so are verbs (`read by`, `confusable with`); the others are nouns (`fields`)."""


def leaf_words(leaf: Explanation, subject: str) -> str:
    """One deciding fact in words; empty where the title says it already (a plain yes or no, another's fact)."""
    if leaf.shape is Shape.NEIGHBOURS:
        if leaf.measured and isinstance(leaf.found, int | CountRange):
            return count_words(leaf.relation, leaf.found, leaf.agreed, leaf.truth)
        return neighbour_words(leaf.relation, [witness.subject for witness in leaf.witnesses])
    if leaf.fact is None or leaf.found is None or leaf.subject != subject or leaf.fact.type is FactType.BOOLEAN:
        return ""
    return fact_words(leaf.fact, leaf.found, leaf.agreed, leaf.truth)


def fact_words(fact: FactSpec, value: Value, tests: Iterable[Comparison], truth: Truth) -> str:
    """A value of a fact with the bounds it breaks: `74 fields on the page (above 60)`."""
    match value:
        case Never():
            when = value_text(value, fact).removeprefix("never")
            return f"{fact.phrase.never or f'{name_text(fact.name)} never'}{when}"
        case Absent():
            return f"no {noun_text(fact)}"
        case _:
            said = fact.phrase.said or ("{}" if fact.unit else f"{name_text(fact.name)} {{}}")
            return said.replace("{}", _value_words(value, fact)) + _bounds(tests, truth)


def count_words(relation: str, count: int | CountRange, tests: Iterable[Comparison], truth: Truth) -> str:
    """How many neighbours there are: `149 fields (above 60)`, `read by 3`."""
    name = name_text(relation)
    said = f"{name} {number_words(count, '')}" if _is_verbal(name) else number_words(count, name)
    return said + _bounds(tests, truth)


def neighbour_words(relation: str, subjects: Sequence[str]) -> str:
    """Who the neighbours are: `read by nothing`, `fields: crm:A.x and crm:A.y`."""
    name = name_text(relation)
    if not subjects:
        return f"{name} nothing" if _is_verbal(name) else f"no {name}"
    named = [subject.removesuffix(":") for subject in subjects[:MOST_NAMES]]
    more = [f"{len(subjects) - len(named)} more"] if len(subjects) > len(named) else []
    *head, last = *named, *more
    told = f"{', '.join(head)} and {last}" if head else last
    return f"{name} {told}" if _is_verbal(name) else f"{name}: {told}"


def _is_verbal(name: str) -> bool:
    return name.endswith(_VERBAL)


def _value_words(value: Value, fact: FactSpec) -> str:
    if isinstance(value, int | CountRange) and not isinstance(value, bool):
        return number_words(value, fact.unit)
    text = value_text(value, fact)
    return text.replace("_", " ") if fact.type is FactType.ENUM else text


def _bounds(tests: Iterable[Comparison], truth: Truth) -> str:
    """The bounds that numbers and days break; what every count above nothing breaks is left out."""
    every = tuple(tests)
    ordered = (bound_text(test, truth) for test in every if test.operator in _ORDERED)
    numbers = [text for text in ordered if text not in _TRIVIAL]
    days = [bound_text(test, truth) for test in every if test.operator in _DATED]
    return (f" ({' and '.join(numbers)})" if numbers else "") + "".join(f", {text}" for text in days)


_TRIVIAL = frozenset({"above 0", "above 0 %", "at least 1"})
