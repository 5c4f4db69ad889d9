"""Every kind of evidence with what it can say: the one table from which docs, plans and unknowns take their words.

Cheapest first within a platform; a new kind of evidence is one entry here and one in the registry of readers.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from types import MappingProxyType

from auditor.model.testimony.free import FREE
from auditor.model.testimony.logs import LOGS
from auditor.model.testimony.organisation import ORGANISATION
from auditor.model.testimony.others import OTHERS
from auditor.model.testimony.words import Answer, Platform, Question, Testimony, Way

TESTIMONIES: tuple[Testimony, ...] = (*FREE, *ORGANISATION, *LOGS, *OTHERS)

BY_KIND: Mapping[str, Testimony] = MappingProxyType({each.kind: each for each in TESTIMONIES})

WAYS: Mapping[Platform, tuple[Way, ...]] = MappingProxyType(
    {
        Platform.SALESFORCE: (
            Way("report", "reports"),
            Way("list_view", "list views"),
            Way("api", "queries through the API"),
            Way("email_template", "e-mail templates", "email_template"),
            Way("outside_reader", "outside readers"),
        ),
        Platform.ANY: (Way("reads", "anybody or anything"),),
    }
)
"""Recorded ways of reading. A field on a page that was viewed was visible, not read; automation and formulas
read without anybody recording it, and are judged by references. Ways that are not known one by one are one."""


def watchers(way: Way) -> tuple[str, ...]:
    """Kinds of evidence that record a way of reading, cheapest first."""
    return tuple(each.kind for each in TESTIMONIES if way.id in each.watches)


def answering(question: Question, platforms: Collection[Platform] = tuple(Platform)) -> tuple[str, ...]:
    """Kinds of evidence of some platforms that prove an answer, those that need no licence first."""
    fitting = [
        each for each in TESTIMONIES if each.platform in platforms and each.answer(question) is Answer.PROVES
    ]
    return tuple(each.kind for each in sorted(fitting, key=lambda each: bool(each.licence)))


def telling(question: Question) -> tuple[str, ...]:
    """Kinds of evidence that say anything to a question: first those that prove it, then those that may."""
    proving = answering(question)
    return (*proving, *(each.kind for each in TESTIMONIES if each.answer(question) is Answer.POSSIBLE))


def runners() -> Mapping[str, tuple[str, ...]]:
    """Kinds of component that are run by people or machines → the kinds of evidence that record it."""
    kinds = sorted({kind for each in TESTIMONIES for kind in each.runs})
    return {kind: tuple(each.kind for each in TESTIMONIES if kind in each.runs) for kind in kinds}


def platforms_of(source_kinds: Collection[str]) -> frozenset[Platform]:
    """Platforms whose exports a system may have, told by the kinds of its sources (`salesforce`, `sql` …)."""
    return frozenset(_PLATFORMS[kind] for kind in source_kinds if kind in _PLATFORMS)


_PLATFORMS: Mapping[str, Platform] = {str(each): each for each in Platform if each is not Platform.ANY}
