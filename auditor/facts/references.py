"""Who mentions what. A mention is no use: policies about use ask for reads, writes and liveness."""

from __future__ import annotations

from collections.abc import Callable

from auditor.facts.base import (
    BOOLEAN,
    COMPONENT,
    DATA,
    FIELD,
    INTEGER,
    Fact,
    Facts,
)
from auditor.facts.kinds import unread_kinds
from auditor.facts.mentions import BY_MENTIONS, BY_USE, MAYBE_MORE, gap, mentioned, missing
from auditor.graph.nodes import NodeKind
from auditor.model.references import WEAK, Access, Certainty
from auditor.model.values import ABSENT, CountRange, Unknown, Value
from auditor.model.vocabulary import FactSpec

FAMILY = "references"


def _count(strong: bool) -> Callable[[Facts, str], Value]:
    lacking = gap(tuple(each for each in Access if not (strong and each in WEAK)))

    def answer(facts: Facts, key: str) -> Value:
        told = mentioned(facts, key)
        least, most = (told.strong, told.most_strong) if strong else (told.certain, told.most)
        if lacking(facts, key) is not None:
            return CountRange(least, None)
        return least if least == most else CountRange(least, most)

    return answer


_STRONG = tuple(each for each in Access if each not in WEAK)


def _unreferenced(facts: Facts, key: str) -> Value:
    """Whether nothing mentions it at all, weakly or not."""
    told = mentioned(facts, key)
    if told.certain:
        return False
    if told.most:
        return Unknown("what may mention it (dynamic strings, names that fit several fields) is not certain")
    return missing(facts, key) or True


def _weak_only(facts: Facts, key: str) -> Value:
    """Whether it is mentioned, and only by grants, lists and translations."""
    told = mentioned(facts, key)
    if told.strong:
        return False
    if told.most_strong:
        return Unknown("what may mention it (dynamic strings, names that fit several fields) is not certain")
    incomplete = missing(facts, key, _STRONG)
    if incomplete is not None:
        return incomplete
    return bool(facts.graph.references_to(key))


def _has_mention(kinds: frozenset[str]) -> Callable[[Facts, str], Value]:
    def answer(facts: Facts, key: str) -> Value:
        links = [link for link in facts.graph.references_to(key) if link.reference.component_kind in kinds]
        if any(link.reference.certainty is Certainty.CERTAIN for link in links):
            return True
        unread = set(unread_kinds(facts, key.partition(":")[0], tuple(Access))) & kinds
        incomplete = missing(facts, key, ())
        if incomplete is not None:
            return incomplete
        if unread:
            return Unknown(f"these kinds of component were not read: {', '.join(sorted(unread))}")
        return Unknown("what may mention it is not certain to mean it") if links else False

    return answer


def _hard_coded(facts: Facts, key: str) -> Value:
    """Readers look for ids of records where conditions and code stand; other kinds hold none to find."""
    if facts.graph.kind_of(key) is NodeKind.FIELD:
        formula = facts.graph.field(key).value.formula
        return ABSENT if formula is None else _ids_in(formula)
    value = facts.graph.component(key).value
    found = value.attribute("hard_coded_ids")
    if found is not None and found.isdecimal():
        return int(found)
    return 0 if value.kind in _ID_BEARING else ABSENT


def _ids_in(formula: str) -> int:
    from auditor.languages.formula import parse_formula  # of all that references ask, only this reads formulas

    return sum(hit.kind == "id" for hit in parse_formula(formula).literals)


_ID_BEARING = frozenset({"validation_rule", "web_link", "apex_class", "apex_trigger", "flow", "workflow_rule"})


_LAYOUTS = frozenset({"layout", "flexipage"})

FACTS: tuple[Fact, ...] = (
    Fact(
        FactSpec(
            "reference_count",
            DATA,
            INTEGER,
            "Components and formulas that mention it, weakly or not.",
            FAMILY,
            BY_MENTIONS,
            "components",
            unknown_when=MAYBE_MORE,
        ),
        _count(strong=False),
    ),
    Fact(
        FactSpec(
            "strong_reference_count",
            DATA,
            INTEGER,
            "Components and formulas that read, write, show or require it.",
            FAMILY,
            BY_USE,
            "components",
            unknown_when=MAYBE_MORE,
        ),
        _count(strong=True),
    ),
    Fact(
        FactSpec(
            "weak_only",
            DATA,
            BOOLEAN,
            "Whether only grants, lists and translations mention it.",
            FAMILY,
            BY_MENTIONS,
            unknown_when=MAYBE_MORE,
        ),
        _weak_only,
    ),
    Fact(
        FactSpec(
            "unreferenced",
            DATA,
            BOOLEAN,
            "Whether no component of its system, no formula and no declared outside reader mentions it.",
            FAMILY,
            BY_MENTIONS,
            unknown_when=MAYBE_MORE,
        ),
        _unreferenced,
    ),
    Fact(
        FactSpec(
            "on_layout",
            FIELD,
            BOOLEAN,
            "Whether a page layout or record page mentions it.",
            FAMILY,
            BY_MENTIONS,
            unknown_when="layouts and record pages were not read",
        ),
        _has_mention(_LAYOUTS),
    ),
    Fact(
        FactSpec(
            "in_report",
            FIELD,
            BOOLEAN,
            "Whether a report that was read uses it; private reports are in no repository.",
            FAMILY,
            BY_MENTIONS,
            unknown_when="reports were not read",
        ),
        _has_mention(frozenset({"report"})),
    ),
    Fact(
        FactSpec(
            "hard_coded_ids",
            COMPONENT | FIELD,
            INTEGER,
            "Record ids written into it or its formula, which differ in every other organisation.",
            FAMILY,
            unit="record ids",
            absent_when="its kind is not searched for ids, or the field has no formula",
        ),
        _hard_coded,
    ),
)
