"""The values of a fact that its tests can tell apart: both sides of every bound, every word, absent.

A domain is `whole` where no other value could be judged differently; patterns and texts within texts are tried at
examples only.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta
from itertools import combinations

from auditor.dataclasses import dataclass, field
from auditor.model.values import ABSENT, DateRange, Never, Value
from auditor.model.vocabulary import FactSpec, FactType
from auditor.policy.syntax import Comparison, Operator, Span
from auditor.policy.testing.shifting import POINT

_ELSE = "something else"
_EXAMPLES = ("(?i)", "^", "$", "[", "]", "\\")
_DAY = timedelta(days=1)


@dataclass(slots=True)
class Domain:
    """One fact with every test that is put to it."""

    fact: FactSpec
    tests: list[Comparison] = field(default_factory=list)

    @property
    def whole(self) -> bool:
        """Whether trying `values` is trying everything."""
        if self.fact.type is FactType.TEXT:
            return all(test.operator in _EXACT for test in self.tests)
        if self.fact.type is FactType.TEXTS:
            return all(test.operator in _EXACT for test in self.tests) and len(_words(self.tests)) <= 3
        return True

    def values(self, as_of: date) -> tuple[Value, ...]:
        """The known values worth trying."""
        absent = (ABSENT,) if self.fact.absent_when else ()
        return tuple(dict.fromkeys((*self._known(as_of), *absent)))

    def _known(self, as_of: date) -> Iterable[Value]:
        operands = [test.operand for test in self.tests]
        match self.fact.type:
            case FactType.BOOLEAN:
                return (True, False)
            case FactType.ENUM:
                words = _words(self.tests)
                return (*words, *[value for value in self.fact.values if value not in words][:1])
            case FactType.INTEGER:
                numbers = [n for n in _flat(operands) if isinstance(n, int) and not isinstance(n, bool)]
                return sorted({max(0, n + step) for n in (*numbers, 1) for step in (-1, 0, 1)})
            case FactType.SHARE:
                shares = [n for n in _flat(operands) if isinstance(n, (int, float)) and not isinstance(n, bool)]
                near = {value for n in (*shares, 0.5) for value in (n - POINT, n, n + POINT)}
                return sorted(value for value in near if 0 <= value <= 1)
            case FactType.DATE:
                limits = sorted({_limit(o, as_of) for o in operands if isinstance(o, (Span, date))})
                days = sorted({day + step * _DAY for day in (*limits, as_of) for step in (-1, 0, 1)})
                return (*(DateRange.on(day) for day in days), Never(None, as_of))
            case FactType.TEXTS:
                words = _words(self.tests)
                most = 3 if len(words) <= 3 else 2 if len(words) <= 8 else 1
                return ((), *[c for size in range(1, most + 1) for c in combinations(words, size)], (_ELSE,))
            case FactType.TEXT:
                return (*_words(self.tests), *_samples(self.tests), "", _ELSE)


def _words(tests: Iterable[Comparison]) -> tuple[str, ...]:
    found = _flat(test.operand for test in tests if test.operator is not Operator.MATCHES)
    return tuple(dict.fromkeys(word for word in found if isinstance(word, str)))


def _flat(operands: Iterable[object]) -> Iterable[object]:
    for operand in operands:
        if isinstance(operand, tuple):
            yield from operand
        else:
            yield operand


def _limit(operand: Span | date, as_of: date) -> date:
    return operand.before(as_of) if isinstance(operand, Span) else operand


def _samples(tests: Iterable[Comparison]) -> tuple[str, ...]:
    """Texts that a pattern probably matches, in several spellings."""
    found: list[str] = []
    for test in tests:
        if test.operator is Operator.MATCHES:
            text = str(test.operand).replace("[.]", ".").replace("(", "").replace(")", "")
            text = text.partition("|")[0]
            for sign in _EXAMPLES:
                text = text.replace(sign, "")
            found += [text, f"{text}~", f"~{text}", text.upper()]
    return tuple(found)


_EXACT = frozenset(
    {Operator.EQ, Operator.NE, Operator.IN, Operator.NOT_IN, Operator.PRESENT, Operator.ABSENT, Operator.CONTAINS}
)
