"""Relations of mention and of call."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from auditor.facts.base import BOOLEAN, COMPONENT, DATA, ENUM, FIELD, TEXT, Facts, Relation
from auditor.facts.kinds import VOUCHED, unread_kinds
from auditor.graph.nodes import CallLink, KnownBy, Link, NodeKind
from auditor.model.references import WEAK, Access, Certainty
from auditor.model.values import Unknown
from auditor.model.vocabulary import Edge, FactSpec, Related, RelationSpec, local

FAMILY = "references"


ONE_HOP = local(1)


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


def missing(facts: Facts, key: str, accesses: tuple[Access, ...] = tuple(Access)) -> Unknown | None:
    """Why there may be more mentions than were read; None where every kind that could mention was read."""
    system = key.partition(":")[0]
    if facts.graph.kind_of(key) is NodeKind.FIELD and facts.graph.field(key).known_by is KnownBy.EVIDENCE:
        return _OUTSIDE
    return facts.once((system, _named(accesses)), lambda: _missing(facts, system, accesses))


def _named(accesses: tuple[Access, ...]) -> str:
    return _ALL if accesses == _EVERY else " ".join(accesses)


_EVERY = tuple(Access)
_ALL = " ".join(_EVERY)


_OUTSIDE = Unknown("the repository does not know it, so that its silence about it proves nothing")


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


def _missing(facts: Facts, system: str, accesses: tuple[Access, ...]) -> Unknown | None:
    if "salesforce" not in facts.graph.system(system).source_kinds:
        return Unknown("its source tells of no components, so nothing is known of what mentions it")
    unread = unread_kinds(facts, system, accesses)
    if not unread:
        return None
    return Unknown(f"these kinds of component were not read: {', '.join(unread)} ({VOUCHED} vouches for all)")


def _sorted(links: Iterable[Link]) -> tuple[Edge, ...]:
    ordered = list(links)
    if len(ordered) > 1:
        ordered.sort(key=_by_place)
    return tuple([edge_of(link) for link in ordered])


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


MAYBE_MORE = "kinds of component that could mention it were not read and are not declared complete"


def _relation(name: str, accesses: tuple[Access, ...], sentence: str) -> Relation:
    spec = RelationSpec(name, DATA, _ENDS, sentence, FAMILY, EDGE, ONE_HOP, MAYBE_MORE)
    return Relation(spec, _referring(*accesses))


RELATIONS: tuple[Relation, ...] = (
    *(_relation(*row) for row in _RELATIONS),
    Relation(
        RelationSpec("mentions", _ENDS, DATA, "Fields and objects that it mentions.", FAMILY, EDGE, ONE_HOP),
        _mentions,
    ),
    Relation(
        RelationSpec("calls", COMPONENT, COMPONENT, "What it starts or contains.", FAMILY, _CALL_EDGE, ONE_HOP),
        _calls,
    ),
    Relation(
        RelationSpec(
            "called_by", COMPONENT, COMPONENT, "What starts or contains it.", FAMILY, _CALL_EDGE, ONE_HOP
        ),
        _called_by,
    ),
)
