"""Relations of mention and of call."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from collections.abc import Set as AbstractSet
from typing import NamedTuple

from auditor.facts.base import BOOLEAN, COMPONENT, DATA, ENUM, FIELD, TEXT, Facts, Relation
from auditor.facts.kinds import VOUCHED, unread_kinds
from auditor.graph.nodes import CallLink, KnownBy, Link, NodeKind
from auditor.model.references import WEAK, Access, Certainty
from auditor.model.truth import Truth
from auditor.model.values import Unknown
from auditor.model.vocabulary import Edge, FactSpec, Related, RelationSpec, local

FAMILY = "references"


BY_MENTIONS = local(1, "mentioned:which", ":being")
BY_USE = local(1, "used:which", ":being")
"""The same, where grants, lists and translations say nothing."""


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


class Mentioned(NamedTuple):
    """Who mentions a field or object, in numbers, and how."""

    certain: int
    """Components and formulas that surely mention it, weakly or not."""
    most: int
    """The same with those that only may."""
    strong: int
    """Those that surely read, write, show or require it."""
    most_strong: int
    surely: AbstractSet[Access]
    """What is surely done with it."""
    maybe: AbstractSet[Access]
    """What is done with it, surely or not."""


def mentioned(facts: Facts, key: str) -> Mentioned:
    """Who mentions a field or object; worked out once, whatever is asked of it."""
    return facts.memo(_mentioned)[key]


def _mentioned(facts: Facts, key: str) -> Mentioned:
    links = facts.graph.references_to(key)
    if not links:
        return _UNMENTIONED
    most, most_strong, maybe, doubtful = _tell_apart(links)
    if not doubtful:
        return Mentioned(most, most, most_strong, most_strong, maybe, maybe)
    certain, strong, surely, _ = _tell_apart([link for link in links if link.reference.certainty is _CERTAIN])
    return Mentioned(certain, most, strong, most_strong, surely, maybe)


def _tell_apart(links: Sequence[Link]) -> tuple[int, int, AbstractSet[Access], bool]:
    """How many mention it, how many of them strongly, and how; and whether any of it is only possible."""
    every, strong, how, doubtful = set(), set(), set(), False
    for other, reference in links:
        access = reference.access
        every.add(other)
        how.add(access)
        if access not in WEAK:
            strong.add(other)
        if reference.certainty is not _CERTAIN:
            doubtful = True
    return len(every), len(strong), how, doubtful


_CERTAIN = Certainty.CERTAIN
_UNMENTIONED = Mentioned(0, 0, 0, 0, frozenset(), frozenset())


def missing(facts: Facts, key: str, accesses: tuple[Access, ...] = tuple(Access)) -> Unknown | None:
    """Why there may be more mentions than were read; None where every kind that could mention was read."""
    return gap(accesses)(facts, key)


def gap(accesses: tuple[Access, ...]) -> Callable[[Facts, str], Unknown | None]:
    """`missing` for some accesses, as a function."""

    def of_system(facts: Facts, system: str) -> Unknown | None:
        return _missing(facts, system, accesses)

    def answer(facts: Facts, key: str) -> Unknown | None:
        graph = facts.graph
        if graph.kind_of(key) is _FIELD and graph.field(key).known_by is _EVIDENCE:
            return _OUTSIDE
        return facts.memo(of_system)[key.partition(":")[0]]

    return answer


# Members of enumerations are slow to look up, and this is asked of every field for every access.
_FIELD, _EVIDENCE = NodeKind.FIELD, KnownBy.EVIDENCE


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
    wanted, lacking = frozenset(accesses), gap(accesses)

    def answer(facts: Facts, key: str) -> Related:
        links = facts.graph.references_to(key)
        if len(wanted) < len(Access):
            links = [link for link in links if link.reference.access in wanted]
        return Related(_sorted(links), lacking(facts, key))

    return answer


def _referred(*accesses: Access) -> Callable[[Facts, str], Truth]:
    """Whether anything mentions a field or object by one of some accesses."""
    wanted, lacking = frozenset(accesses), gap(accesses)

    def answer(facts: Facts, key: str) -> Truth:
        told = mentioned(facts, key)
        if not wanted.isdisjoint(told.surely):
            return _TRUE
        return _FALSE if wanted.isdisjoint(told.maybe) and lacking(facts, key) is None else _UNKNOWN

    return answer


_TRUE, _FALSE, _UNKNOWN = Truth.TRUE, Truth.FALSE, Truth.UNKNOWN


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
    reach = BY_MENTIONS if WEAK.intersection(accesses) else BY_USE
    spec = RelationSpec(name, DATA, _ENDS, sentence, FAMILY, EDGE, reach, MAYBE_MORE)
    return Relation(spec, _referring(*accesses), _referred(*accesses))


RELATIONS: tuple[Relation, ...] = (
    *(_relation(*row) for row in _RELATIONS),
    Relation(
        RelationSpec(
            "mentions",
            _ENDS,
            DATA,
            "Fields and objects that it mentions.",
            FAMILY,
            EDGE,
            local(1, "mentions:which"),
        ),
        _mentions,
    ),
    Relation(
        RelationSpec(
            "calls",
            COMPONENT,
            COMPONENT,
            "What it starts or contains.",
            FAMILY,
            _CALL_EDGE,
            local(1, "calls:which"),
        ),
        _calls,
    ),
    Relation(
        RelationSpec(
            "called_by",
            COMPONENT,
            COMPONENT,
            "What starts or contains it.",
            FAMILY,
            _CALL_EDGE,
            local(1, "callers:which"),
        ),
        _called_by,
    ),
)
