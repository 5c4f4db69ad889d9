"""Apex classes and triggers, read from their text alone."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from auditor.dataclasses import replace
from auditor.languages.literals import hard_coded
from auditor.model.components import Component, Trigger
from auditor.model.references import Access
from auditor.sources.salesforce.code.apex_chain import Chains
from auditor.sources.salesforce.code.apex_lexer import Token, apex_tokens, string_value
from auditor.sources.salesforce.code.apex_scope import Scope
from auditor.sources.salesforce.code.apex_signatures import signatures_of
from auditor.sources.salesforce.code.apex_structure import Annotation, Structure, read_structure
from auditor.sources.salesforce.code.apex_walk import Walk
from auditor.sources.salesforce.code.collecting import Collector, Spot, decoded
from auditor.sources.salesforce.code.positions import Lines
from auditor.sources.salesforce.declarative.mentioning import attributes, ids_in
from auditor.sources.salesforce.parsed import MetadataFile, Parsed

# Annotations and interfaces through which the platform or somebody outside starts a class, and the word under
# which they are noted. Source: Apex developer guide, "Annotations" and "Invoking Apex".
_ANNOTATIONS = {
    "restresource": "rest",
    "webservice": "web_service",
    "auraenabled": "aura_enabled",
    "invocablemethod": "invocable",
    "remoteaction": "remote_action",
    "future": "future",
}
_INTERFACES = {
    "schedulable": "schedulable",
    "batchable": "batchable",
    "queueable": "queueable",
    "inboundemailhandler": "email_handler",
    "installhandler": "install_handler",
    "plugin": "invocable",
}
_STARTED = (
    (frozenset({"rest", "web_service", "email_handler"}), Trigger.PUBLIC),
    (frozenset({"schedulable", "batchable"}), Trigger.SCHEDULE),
    (frozenset({"aura_enabled", "remote_action", "invocable", "future", "queueable"}), Trigger.CALLED),
)


def read_class(file: MetadataFile, data: bytes) -> Parsed:
    """One `.cls` file."""
    text = decoded(data)
    tokens = apex_tokens(text)
    structure = read_structure(tokens)
    notes = Collector("apex_class", file.name, file, Lines(text))
    Walk(structure, notes, Chains(Scope(structure), notes, "")).run(tokens)
    entries = tuple(sorted(set(_entry_points(structure))))
    _integration_points(structure, notes)
    test = is_test(structure)
    component = Component(
        kind="apex_class",
        name=file.name,
        path=file.path,
        line=1,
        trigger=None if test else _trigger_of(entries),
        effects=notes.effects(),
        attributes=attributes(
            {
                "entry_points": ",".join(entries),
                "hard_coded_ids": _ids(tokens),
                "test": "true" if test else None,
            }
        ),
    )
    parsed = notes.parsed(component, signatures_of(structure))
    # Addresses in tests are made up: no call leaves the org from one.
    return replace(parsed, integration_points=()) if test else parsed


def read_trigger(file: MetadataFile, data: bytes) -> Parsed:
    """One `.trigger` file. Its object is read: records of it start the trigger."""
    text = decoded(data)
    tokens = apex_tokens(text)
    structure = read_structure(tokens)
    target, events = structure.trigger
    notes = Collector("apex_trigger", file.name, file, Lines(text))
    if target:
        notes.path(target, "", Spot(0, Access.READS, part="trigger"))
    Walk(structure, notes, Chains(Scope(structure), notes, target)).run(tokens)
    component = Component(
        kind="apex_trigger",
        name=file.name,
        path=file.path,
        line=1,
        object=target or None,
        trigger=Trigger.EVENT if target.lower().endswith(("__e", "changeevent")) else Trigger.RECORD,
        effects=notes.effects(),
        attributes=attributes({"events": ",".join(events), "hard_coded_ids": _ids(tokens)}),
    )
    return notes.parsed(component)


def is_test(structure: Structure) -> bool:
    """Whether a file holds tests only.

    `@isTest` on the outermost class says so. Older classes mark methods with `testMethod`: they count where no
    other method can be called from outside.
    """
    if any(note.name == "istest" and note.on_class and note.depth == 0 for note in structure.annotations):
        return True
    marked = {"testmethod", "@istest"}
    tests = any(modifiers & marked for _, modifiers, _ in structure.methods)
    reachable = any(
        modifiers & {"public", "global", "webservice"} and not modifiers & marked
        for _, modifiers, depth in structure.methods
        if depth == 1
    )
    return tests and not reachable


def _ids(tokens: Iterable[Token]) -> str | None:
    """How many record ids its strings hold; fifteen characters are one only where they are the whole string."""
    values = [string_value(token) for token in tokens if token.kind == "string"]
    return ids_in(hit for value in values for hit in hard_coded(value) if hit.certain or hit.text == value)


def _entry_points(structure: Structure) -> Iterator[str]:
    for note in structure.annotations:
        if note.name in _ANNOTATIONS:
            yield _ANNOTATIONS[note.name]
    for info in structure.classes.values():
        for ref in info.implements:
            word = _INTERFACES.get(ref.key.rpartition(".")[2])
            if word:
                yield word


def _trigger_of(entries: Sequence[str]) -> Trigger | None:
    return next((trigger for words, trigger in _STARTED if words & set(entries)), None)


def _integration_points(structure: Structure, notes: Collector) -> None:
    """REST resources with their mapping; web service methods once a class."""
    for note in structure.annotations:
        if note.name == "restresource":
            notes.point("apex_rest", notes.name, note.offset, "in", _mapping(note))
    first = next((note for note in structure.annotations if note.name == "webservice"), None)
    if first is not None:
        notes.point("apex_web_service", notes.name, first.offset, "in")


def _mapping(note: Annotation) -> str | None:
    words = note.arguments.split()
    return words[2] if len(words) > 2 and words[0].lower() == "urlmapping" else None
