"""Marks every mention of what goes, by the references of the catalogue, or notes why nobody may edit it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

from auditor.formats.xml_editing import Element
from auditor.model.references import Certainty, Reference
from auditor.model.rollback import WaveKind
from auditor.planning.salesforce.calls import call_verdict
from auditor.planning.salesforce.documents import Document
from auditor.planning.salesforce.naming import local_name, mentions
from auditor.planning.salesforce.pages import special_verdict
from auditor.planning.salesforce.places import REASONS, rule_for, wave_of
from auditor.planning.salesforce.session import Sake, Session, cut
from auditor.planning.salesforce.verdicts import Cut, Gone, Refusal, Spot, Verdict, up

_TEXTS = (".cls", ".trigger", ".page", ".component", ".cmp", ".app", ".evt", ".js", ".html", ".email", ".json")
_FIELD_FILE = ".fieldTranslation-meta.xml"
_TRANSLATED_FIELD = ".fieldTranslation"
FIELD_UPDATE = "workflow_field_update"
_ALL_OR_NOTHING = frozenset({"flow"})
"""Kinds in which one mention of a field that nobody may edit keeps all others of it."""
_UNSURE = "a text that may mean it: somebody has to look"


def mark_mentions(session: Session) -> None:
    """Mark what goes with each mention by a component that stays."""
    told: dict[tuple[str, str, str], list[tuple[Reference, Verdict, Document | None]]] = defaultdict(list)
    for reference in session.catalog.references:
        subject = session.removing.subject(reference.target)
        if subject is None or session.removing.goes(reference.component_kind, reference.component):
            continue
        if reference.path in session.files or _translates(session, reference, subject):
            continue
        verdict, document = _verdict(session, reference, subject)
        told[reference.component_kind, reference.component, subject].append((reference, verdict, document))
    for (kind, name, subject), all_of_it in told.items():
        _act(session, session.component(kind, name), subject, _together(kind, all_of_it))
    _mark_targets(session)


def mark_calls(session: Session) -> None:
    """Mark what goes with each mention of a component that goes."""
    for call in session.catalog.calls:
        callee = (call.callee_kind, call.callee)
        subject = session.removing.components.get(callee)
        if subject is None or session.removing.goes(call.caller_kind, call.caller) or call.path in session.files:
            continue
        caller = session.component(call.caller_kind, call.caller)
        document = None if call.path.endswith(_TEXTS) else session.document(call.path)
        if not isinstance(document, Document):
            session.block(subject, caller, (call.path, call.line), REASONS.get(call.caller_kind, _NO_RULE))
            continue
        verdict = call_verdict(document, call.line or 0, call.caller_kind, callee)
        if isinstance(verdict, Refusal):
            session.block(subject, caller, (call.path, call.line), verdict.reason)
        elif not isinstance(verdict, Gone):
            for found in verdict:
                # What starts a field update is taken away first: that is how writing stops.
                wave = wave_of(call.callee_kind if call.callee_kind == FIELD_UPDATE else call.caller_kind)
                cut(document, found, Sake(subject, caller, call.line or 0, wave))


_NO_RULE = "no rule knows what would have to change here"
_Said = tuple[Reference, Verdict, Document | None]


def _translates(session: Session, reference: Reference, subject: str) -> bool:
    """A translation of one field is a file of its own, which goes with the field."""
    whole = reference.path.endswith((_FIELD_FILE, _TRANSLATED_FIELD))
    if whole:
        session.files[reference.path] = (subject, WaveKind.UNREFERENCE)
    return whole


def _together(kind: str, said: list[_Said]) -> list[_Said]:
    refusal = next((verdict for _, verdict, _ in said if isinstance(verdict, Refusal)), None)
    if kind not in _ALL_OR_NOTHING or refusal is None:
        return said
    kept = Refusal("it stays while the flow uses the field elsewhere")
    return [
        (each, verdict if isinstance(verdict, Refusal) else kept, document) for each, verdict, document in said
    ]


def _act(session: Session, component: str, subject: str, said: list[_Said]) -> None:
    for reference, verdict, document in said:
        if isinstance(verdict, Refusal):
            session.block(subject, component, (reference.path, reference.line), verdict.reason)
        elif isinstance(verdict, Gone):
            session.gone.setdefault((reference.component_kind, reference.component), verdict.because)
        elif document is not None:
            sake = Sake(subject, component, reference.line or 0, wave_of(reference.component_kind))
            for found in verdict:
                cut(document, found, sake)


def _verdict(session: Session, reference: Reference, subject: str) -> tuple[Verdict, Document | None]:
    kind = reference.component_kind
    if reference.certainty is Certainty.POSSIBLE:
        return Refusal(REASONS[kind] if kind == "custom_metadata" else _UNSURE), None
    taken_back = session.refused.get((reference.path, reference.line or 0, subject))
    if taken_back is not None:
        return Refusal(taken_back), None
    if reference.path.endswith(_TEXTS):
        return Refusal(REASONS.get(kind, _NO_RULE)), None
    document = session.document(reference.path)
    if isinstance(document, str):
        return Refusal(f"its file cannot be edited: {document}"), None
    return _in_document(document, reference), document


def _in_document(document: Document, reference: Reference) -> Verdict:
    name = local_name(reference.target)
    of_object = "." not in reference.target
    if reference.component_kind == "custom_index":
        return Gone("it is an index of the removed field")
    leaves = list(_leaves(document, reference, of_object))
    if len(leaves) > 1:
        return Refusal("several elements on its line name it: put each on a line of its own first")
    if not leaves:
        return Refusal(REASONS.get(reference.component_kind, _NO_RULE))
    return _of_leaf(Spot(document, leaves[0], document.place(leaves[0]), name), reference.component_kind)


def _leaves(document: Document, reference: Reference, of_object: bool) -> Iterator[Element]:
    """Elements on the line whose text names the target; of those on one line, the ones of the right owner."""
    pattern = mentions(local_name(reference.target), of_object=of_object)
    line = reference.line or 0
    named = [*document.leaves(line), *document.named_within(line, _NAMED_WITHIN)]
    found = [leaf for leaf in named if pattern.search(leaf.text)]
    owner = reference.target.partition(".")[0].lower()
    owned = [leaf for leaf in found if leaf.text.lower().startswith(f"{owner}.")]
    return iter(owned if len(found) > 1 and owned else found)


_NAMED_WITHIN = ("relatedList",)
"""Children that name what the whole element is about: its mention stands on the line of the element."""


def _of_leaf(spot: Spot, kind: str) -> Verdict:
    special = special_verdict(kind, spot)
    if special is not None:
        return special
    rule = rule_for(kind, spot.place)
    if rule is None:
        return Refusal(REASONS.get(kind, _NO_RULE))
    going = up(spot.leaf, rule.climb)
    return (Cut(going, f"{rule.tag} {spot.name}"),)


def _mark_targets(session: Session) -> None:
    """Lookups that stay may not point at an object that goes; no reference of the catalogue says so."""
    for item in session.catalog.objects:
        for each in item.fields:
            name = f"{item.name}.{each.name}"
            gone = [target for target in each.reference_to if target in session.removing.objects]
            if gone and name not in session.removing.fields and item.name not in session.removing.objects:
                origin = each.origin
                place = (origin.path, origin.line) if origin else ("", None)
                subject = session.removing.objects[gone[0]]
                component = f"{session.catalog.system}:{name}"
                session.block(subject, component, place, "a lookup that stays points at the object")
