"""Who mentions what. A mention is no use: policies about use ask for reads, writes and liveness."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from auditor.facts.base import (
    BOOLEAN,
    COMPONENT,
    DATA,
    ENUM,
    FIELD,
    INTEGER,
    TEXT,
    Fact,
    Facts,
    Relation,
)
from auditor.facts.kinds import VOUCHED, unread_kinds
from auditor.graph.nodes import CallLink, Link
from auditor.model.references import WEAK, Access, Certainty
from auditor.model.values import ABSENT, CountRange, Unknown, Value
from auditor.model.vocabulary import Edge, FactSpec, Related, RelationSpec, local

FAMILY = "references"
_HOP = local(1)
_ENDS = COMPONENT | FIELD

EDGE: tuple[FactSpec, ...] = (
    FactSpec(
        "access",
        _ENDS,
        ENUM,
        "What the mention does with its target.",
        FAMILY,
        values=tuple(str(each) for each in Access),
    ),
    FactSpec("part", _ENDS, TEXT, "In which part of the component it stands (`filter`, `column` …).", FAMILY),
    FactSpec(
        "certainty",
        _ENDS,
        ENUM,
        "Whether it surely means the target.",
        FAMILY,
        values=tuple(str(each) for each in Certainty),
    ),
    FactSpec(
        "component_kind", _ENDS, TEXT, "Kind of the component that mentions it; `field` for a formula.", FAMILY
    ),
    FactSpec("weak", _ENDS, BOOLEAN, "Whether it says nothing about use (grants, lists, translates).", FAMILY),
)
_CALL_EDGE = (EDGE[2],)


def missing(facts: Facts, key: str, accesses: Iterable[Access] = tuple(Access)) -> Unknown | None:
    """Why there may be more mentions than were read; None where every kind that could mention was read."""
    return _missing(facts, key.partition(":")[0], tuple(accesses))


def _missing(facts: Facts, system: str, accesses: tuple[Access, ...]) -> Unknown | None:
    if "salesforce" not in facts.graph.system(system).source_kinds:
        return Unknown("its source tells of no components, so nothing is known of what mentions it")
    unread = unread_kinds(facts, system, accesses)
    if not unread:
        return None
    return Unknown(f"these kinds of component were not read: {', '.join(unread)} ({VOUCHED} vouches for all)")


def edge_of(link: Link) -> Edge:
    """One mention as an edge of a relation."""
    reference = link.reference
    return Edge(
        link.other,
        (
            ("access", str(reference.access)),
            ("part", reference.part),
            ("certainty", str(reference.certainty)),
            ("component_kind", reference.component_kind),
            ("weak", reference.access in WEAK),
        ),
        reference.certainty is Certainty.POSSIBLE,
        reference.path,
        reference.line,
    )


def _sorted(links: Iterable[Link]) -> tuple[Edge, ...]:
    return tuple(edge_of(link) for link in sorted(links, key=_by_place))


def _by_place(link: Link) -> tuple[str, str, str, int, str]:
    reference = link.reference
    return link.other, str(reference.access), reference.path, reference.line or 0, reference.part


def _referring(*accesses: Access) -> Callable[[Facts, str], Related]:
    """What mentions a field or object by one of some accesses."""
    wanted = frozenset(accesses)

    def answer(facts: Facts, key: str) -> Related:
        links = [link for link in facts.graph.references_to(key) if link.reference.access in wanted]
        return Related(_sorted(links), missing(facts, key, accesses))

    return answer


def _mentions(facts: Facts, key: str) -> Related:
    return Related(_sorted(facts.graph.references_from(key)))


def _called(links: Iterable[CallLink]) -> tuple[Edge, ...]:
    ordered = sorted(links, key=lambda link: (link.other, link.call.path, link.call.line or 0))
    return tuple(
        Edge(
            link.other,
            (("certainty", str(link.call.certainty)),),
            link.call.certainty is Certainty.POSSIBLE,
            link.call.path,
            link.call.line,
        )
        for link in ordered
    )


def _calls(facts: Facts, key: str) -> Related:
    return Related(_called(facts.graph.calls(key)))


def _called_by(facts: Facts, key: str) -> Related:
    return Related(_called(facts.graph.called_by(key)))


def _certain_referrers(facts: Facts, key: str, strong: bool) -> tuple[int, int]:
    """Components that mention a thing for certain, and those that at least possibly do."""
    links = [link for link in facts.graph.references_to(key) if not (strong and link.reference.access in WEAK)]
    certain = {link.other for link in links if link.reference.certainty is Certainty.CERTAIN}
    return len(certain), len({link.other for link in links})


def _count(strong: bool) -> Callable[[Facts, str], Value]:
    accesses = tuple(each for each in Access if not (strong and each in WEAK))

    def answer(facts: Facts, key: str) -> Value:
        least, most = _certain_referrers(facts, key, strong)
        if missing(facts, key, accesses) is not None:
            return CountRange(least, None)
        return least if least == most else CountRange(least, most)

    return answer


_STRONG = tuple(each for each in Access if each not in WEAK)


def _unreferenced(facts: Facts, key: str) -> Value:
    """Whether nothing mentions it at all, weakly or not."""
    least, most = _certain_referrers(facts, key, strong=False)
    if least:
        return False
    if most:
        return Unknown("what may mention it (dynamic strings, names that fit several fields) is not certain")
    return missing(facts, key) or True


def _weak_only(facts: Facts, key: str) -> Value:
    """Whether it is mentioned, and only by grants, lists and translations."""
    least, most = _certain_referrers(facts, key, strong=True)
    if least:
        return False
    if most:
        return Unknown("what may mention it (dynamic strings, names that fit several fields) is not certain")
    incomplete = missing(facts, key, _STRONG)
    if incomplete is not None:
        return incomplete
    return bool(facts.graph.references_to(key))


def _has_mention(kinds: frozenset[str]) -> Callable[[Facts, str], Value]:
    def answer(facts: Facts, key: str) -> Value:
        system = key.partition(":")[0]
        links = [link for link in facts.graph.references_to(key) if link.reference.component_kind in kinds]
        if any(link.reference.certainty is Certainty.CERTAIN for link in links):
            return True
        unread = sorted(kind for kind in kinds if kind in unread_kinds(facts, system, tuple(Access)))
        if unread or "salesforce" not in facts.graph.system(system).source_kinds:
            return Unknown(f"these kinds of component were not read: {', '.join(unread or sorted(kinds))}")
        return Unknown("what may mention it is not certain to mean it") if links else False

    return answer


def _hard_coded(facts: Facts, key: str) -> Value:
    """Readers look for ids of records where conditions and code stand; other kinds hold none to find."""
    value = facts.graph.component(key).value
    found = value.attribute("hard_coded_ids")
    if found is not None and found.isdecimal():
        return int(found)
    return 0 if value.kind in _ID_BEARING else ABSENT


_ID_BEARING = frozenset({"validation_rule", "web_link", "apex_class", "apex_trigger", "flow", "workflow_rule"})

_RELATIONS: tuple[tuple[str, tuple[Access, ...], str], ...] = (
    ("referenced_by", tuple(Access), "Everything that mentions it, weakly or not."),
    ("read_by", (Access.READS,), "What reads it."),
    ("written_by", (Access.WRITES,), "What writes it."),
    ("shown_on", (Access.SHOWS,), "Where it is shown."),
    ("required_by", (Access.REQUIRES,), "What demands a value in it."),
    ("granted_by", (Access.GRANTS,), "Permission sets and profiles that grant access to it; no evidence of use."),
    ("listed_by", (Access.LISTS,), "What merely lists it (report types, record types); no evidence of use."),
    ("translated_by", (Access.TRANSLATES,), "Translations of it; no evidence of use."),
)
_MAYBE = "kinds of component that could mention it were not read and are not declared complete"


def _relation(name: str, accesses: tuple[Access, ...], sentence: str) -> Relation:
    spec = RelationSpec(name, DATA, _ENDS, sentence, FAMILY, EDGE, _HOP, _MAYBE)
    return Relation(spec, _referring(*accesses))


RELATIONS: tuple[Relation, ...] = (
    *(_relation(*row) for row in _RELATIONS),
    Relation(
        RelationSpec("mentions", _ENDS, DATA, "Fields and objects that it mentions.", FAMILY, EDGE, _HOP),
        _mentions,
    ),
    Relation(
        RelationSpec("calls", COMPONENT, COMPONENT, "What it starts or contains.", FAMILY, _CALL_EDGE, _HOP),
        _calls,
    ),
    Relation(
        RelationSpec("called_by", COMPONENT, COMPONENT, "What starts or contains it.", FAMILY, _CALL_EDGE, _HOP),
        _called_by,
    ),
)


_LAYOUTS = frozenset({"layout", "flexipage"})

FACTS: tuple[Fact, ...] = (
    Fact(
        FactSpec(
            "reference_count",
            DATA,
            INTEGER,
            "Components and formulas that mention it, weakly or not.",
            FAMILY,
            _HOP,
            "components",
            unknown_when=_MAYBE,
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
            _HOP,
            "components",
            unknown_when=_MAYBE,
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
            _HOP,
            unknown_when=_MAYBE,
        ),
        _weak_only,
    ),
    Fact(
        FactSpec(
            "unreferenced",
            DATA,
            BOOLEAN,
            "Whether no component of its system and no formula mentions it; readers outside are another matter.",
            FAMILY,
            _HOP,
            unknown_when=_MAYBE,
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
            _HOP,
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
            _HOP,
            unknown_when="reports were not read",
        ),
        _has_mention(frozenset({"report"})),
    ),
    Fact(
        FactSpec(
            "hard_coded_ids",
            COMPONENT,
            INTEGER,
            "Record ids written into it, which differ in every other organisation.",
            FAMILY,
            unit="ids",
            absent_when="its kind is not searched for ids",
        ),
        _hard_coded,
    ),
)
