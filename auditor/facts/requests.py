"""What was said of a field or object when it was asked for, and which fields already say what it says."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from auditor.facts.base import (
    DATA,
    DATE,
    ENUM,
    FIELD,
    SHARE,
    TEXT,
    TEXTS,
    Fact,
    Facts,
    Relation,
    of_field,
)
from auditor.facts.said_elsewhere import said_in_erp
from auditor.graph.nodes import FieldNode
from auditor.lexicon.loading import load_lexicon
from auditor.lexicon.reading import NameReader
from auditor.matching.saying import PERHAPS, SAME, Sayings, Wish
from auditor.matching.wording import Wording, load_wording
from auditor.model.matches import MatchKind
from auditor.model.proposals import Request, RequestState
from auditor.model.values import ABSENT, DateRange, Value
from auditor.model.vocabulary import GLOBAL, Edge, FactSpec, Related, RelationSpec, local

FAMILY = "requests"
SAYINGS = (FAMILY, "sayings")
"""Under which `sayings` is kept."""
_RECORD_KEY = "id"
"""The platform's own key of a record, which no field that people ask for is."""
_NOBODY = "nobody asked for it through the gate"
_UNSAID = f"{_NOBODY}, or nothing was said of it"


def _of_request(answer: Callable[[Request], Value]) -> Callable[[Facts, str], Value]:
    def compute(facts: Facts, key: str) -> Value:
        request = facts.settings.requests.get(key)
        return ABSENT if request is None else answer(request)

    return compute


def _text(value: str) -> Value:
    return value or ABSENT


def _trial(request: Request) -> Value:
    return ABSENT if request.trial_until is None else DateRange.on(request.trial_until)


# Which fields say the same


def sayings(facts: Facts) -> Sayings:
    """What compares fields by what they say, with the company's own words."""
    return facts.once(SAYINGS, lambda: _sayings_of(load_wording(load_lexicon(facts.settings.lexicon))))


def _sayings_of(wording: Wording) -> Sayings:
    return Sayings(wording, NameReader(wording.lexicon))


def _says_same(facts: Facts, key: str) -> Related:
    return Related(tuple(sorted(_alike(facts, facts.graph.field(key)), key=lambda edge: edge.subject)))


def _alike(facts: Facts, node: FieldNode) -> Iterator[Edge]:
    owner = facts.graph.object(node.object_key).value
    around = tuple(text for text in (owner.name, owner.label or "") if text)
    compare, wish = sayings(facts), _wish(node)
    for key in facts.graph.fields_of(node.object_key):
        if key == node.key:
            continue
        other = facts.graph.field(key)
        if other.value.key or other.value.name.lower() == _RECORD_KEY:
            continue
        found = compare.likeness(wish, _wish(other), around)
        if found.score >= PERHAPS:
            because = found.because
            yield Edge(key, (("score", round(found.score, 3)), ("because", because)), possible=found.score < SAME)


def _said_in_erp(facts: Facts, key: str) -> Related:
    found = said_in_erp(facts, facts.graph.field(key), sayings(facts))
    return Related(tuple(sorted(found, key=lambda edge: edge.subject)))


def _said_already(facts: Facts, node: FieldNode) -> Value:
    edges = facts.related(node.key, "says_same").edges
    if not edges:
        return ABSENT
    return "same" if any(not edge.possible for edge in edges) else "most"


# Whether another system keeps it


def _kept_elsewhere(facts: Facts, node: FieldNode) -> Value:
    related = facts.related(node.key, "duplicates")
    if related.missing is not None and not related.edges:
        return related.missing
    copies = [edge for edge in related.edges if ("kind", str(MatchKind.LINK)) not in edge.attributes]
    sure = [facts.fact(edge.subject, "master") for edge in copies if not edge.possible]
    if True in sure:
        return "owned"
    if any(each is not False for each in sure):
        return "kept"
    if False in sure or facts.fact(node.key, "owned_elsewhere") is False:
        return ABSENT
    said = facts.related(node.key, "said_in_erp").edges
    if any(not edge.possible for edge in said):
        return "kept"
    return "perhaps" if said or len(copies) > len(sure) else ABSENT


def _wish(node: FieldNode) -> Wish:
    return Wish(node.value.name, node.value.label or "", node.value.type or "")


FACTS: tuple[Fact, ...] = (
    Fact(
        FactSpec(
            "said_already",
            FIELD,
            ENUM,
            "Whether a field of its object says the same in other words or another language, or most of it.",
            FAMILY,
            local(2),
            values=("same", "most"),
            absent_when="none does",
        ),
        of_field(_said_already),
    ),
    Fact(
        FactSpec(
            "kept_elsewhere",
            FIELD,
            ENUM,
            "Whether an ERP has it: owned where that is its system of record, kept where nobody says whose it is, "
            "perhaps where the match is weak.",
            FAMILY,
            GLOBAL,
            values=("owned", "kept", "perhaps"),
            unknown_when="no ERP was read",
            absent_when="no ERP has it, or its own system is the system of record",
        ),
        of_field(_kept_elsewhere),
    ),
    Fact(
        FactSpec(
            "request",
            DATA,
            ENUM,
            "Where the request for it stands: proposed and not built, or accepted, on trial or refused by a "
            "verdict that the repository keeps.",
            FAMILY,
            values=tuple(str(state) for state in RequestState),
            absent_when=_NOBODY,
        ),
        _of_request(lambda request: str(request.state)),
    ),
    Fact(
        FactSpec("request_owner", DATA, TEXT, "Who asked to own it.", FAMILY, absent_when=_UNSAID),
        _of_request(lambda request: _text(request.owner)),
    ),
    Fact(
        FactSpec(
            "decision_served", DATA, TEXT, "The decision that it was asked for.", FAMILY, absent_when=_UNSAID
        ),
        _of_request(lambda request: _text(request.why)),
    ),
    Fact(
        FactSpec("named_readers", DATA, TEXTS, "Who or what was named to read it.", FAMILY, absent_when=_UNSAID),
        _of_request(lambda request: tuple(sorted(request.readers)) or ABSENT),
    ),
    Fact(
        FactSpec(
            "stated_retention",
            DATA,
            TEXT,
            "How long its values are to be kept.",
            FAMILY,
            absent_when=_UNSAID,
        ),
        _of_request(lambda request: _text(request.retention)),
    ),
    Fact(
        FactSpec(
            "stated_source", DATA, TEXT, "Where its values were said to be born.", FAMILY, absent_when=_UNSAID
        ),
        _of_request(lambda request: _text(request.source_system)),
    ),
    Fact(
        FactSpec(
            "trial_until",
            DATA,
            DATE,
            "Day until which it was accepted on trial.",
            FAMILY,
            absent_when=f"{_NOBODY}, or without a trial",
        ),
        _of_request(_trial),
    ),
)

_EDGE = (
    FactSpec("score", FIELD, SHARE, "How much both say the same.", FAMILY),
    FactSpec("because", FIELD, TEXT, "Which words say it.", FAMILY),
)

RELATIONS: tuple[Relation, ...] = (
    Relation(
        RelationSpec(
            "said_in_erp",
            FIELD,
            FIELD,
            "Fields that say the same, in those ERP objects that are for the same as its own.",
            FAMILY,
            _EDGE,
            GLOBAL,
        ),
        _said_in_erp,
    ),
    Relation(
        RelationSpec(
            "says_same",
            FIELD,
            FIELD,
            "Fields of its object that say the same in other words, in another order or in another language.",
            FAMILY,
            _EDGE,
            local(2),
        ),
        _says_same,
    ),
)
