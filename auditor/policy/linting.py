"""Finds what compiles and still cannot be meant: contradictions, branches that decide nothing, words nobody uses.

Whether a condition can be met is tried out on imagined subjects (see `testing.imagining`); only what is proven to
be impossible is told. Regular expressions that could hang, and policies without *why* or *fix*, do not compile.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date

from auditor.formats.yamlnodes import Problems, YamlNode
from auditor.model.truth import Truth
from auditor.model.vocabulary import Vocabulary
from auditor.policy.documents import Gathered, Library, gather
from auditor.policy.explaining import condition_text
from auditor.policy.loading import compile_policies
from auditor.policy.syntax import (
    AllOf,
    AnyOf,
    Condition,
    Counted,
    KindIs,
    Negation,
    Neighbourhood,
    Policy,
    PolicySet,
    Quantified,
)
from auditor.policy.testing.imagining import difference, satisfying
from auditor.policy.testing.mutants import DROPPED, mutants
from auditor.policy.testing.packs import beside, run_fixtures

Note = tuple[str, int, int, str]
"""File, line, column, what."""
FEW_WORDS = 3
"""A *why* or *fix* of fewer words tells nobody anything."""


def lint(
    references: Sequence[str], library: Library, words: Vocabulary, params: Mapping[str, YamlNode], as_of: date
) -> tuple[str, ...]:
    """Everything that is doubtful in some documents and what they extend, as `file:line:column: what`, by place.

    Raises:
        ConfigurationError: they do not compile; with every problem of every document.
    """
    problems = Problems()
    gathered = gather(references, library, problems)
    whole = {**gathered.params, **params}
    policies = compile_policies(gathered, words, whole, problems)
    problems.check()
    notes = list(_aliases(policies))
    for policy in policies.policies:
        notes += [*_hollow(policy), *_logic(policy, as_of)]
    for reference in gathered.documents:
        notes += _unused(gather([reference], library, problems), reference)
        notes += _untested(reference, library, words, params if reference in references else {})
    return tuple(f"{file}:{line}:{column}: {what}" for file, line, column, what in sorted(set(notes)))


def _unused(gathered: Gathered, reference: str) -> Iterator[Note]:
    """What a document sets and neither its own policies nor those that it extends speak of."""
    used = {
        name for rule in gathered.rules.values() for _, value in rule.fields.values() for name in _params(value)
    }
    for name, node in gathered.params.items():
        if name not in used and node.file == reference:
            yield node.file, node.line, node.column, f"parameter {name!r} is set and no policy uses it"
    said = {word for rule in gathered.rules.values() for _, value in rule.fields.values() for word in _keys(value)}
    for name, node in gathered.lists.items():
        if name not in said and node.file == reference:
            yield node.file, node.line, node.column, f"list {name!r} is given and no policy uses it"


def _params(node: YamlNode) -> Iterator[str]:
    yield from _PARAMETER.findall(node.text)
    for child in (*node.items, *(value for _, value in node.pairs)):
        yield from _params(child)


def _keys(node: YamlNode) -> Iterator[str]:
    for key, value in node.pairs:
        yield key.text
        yield from _keys(value)
    for item in node.items:
        yield from _keys(item)


def _aliases(policies: PolicySet) -> Iterator[Note]:
    ids = {policy.info.id for policy in policies.policies}
    taken: dict[str, str] = {}
    for policy in policies.policies:
        for alias in policy.aliases:
            if alias in ids or alias in taken:
                owner = alias if alias in ids else taken[alias]
                yield _note(policy, f"{policy.info.id} has the alias {alias}, which names {owner} already")
            taken.setdefault(alias, policy.info.id)


def _hollow(policy: Policy) -> Iterator[Note]:
    for name, text in (("why", policy.info.why), ("fix", policy.info.fix)):
        if len(text.split()) < FEW_WORDS:
            yield _note(policy, f"{policy.info.id}: {name} says too little: {text!r}")


def _untested(
    reference: str, library: Library, words: Vocabulary, params: Mapping[str, YamlNode]
) -> Iterator[Note]:
    tested = run_fixtures(reference, library, words, params)
    if tested.own and not tested.runs:
        yield reference, 1, 1, f"no fixtures: {beside(reference)} holds no test of these policies"
        return
    for policy in tested.untested:
        yield _note(policy, f"{policy.info.id} has no test in {beside(reference)}")


def _logic(policy: Policy, as_of: date) -> list[Note]:
    told: list[Note] = []
    for part in (policy.target, policy.condition):
        if part is not None:
            told += _impossible(part, frozenset({policy.kind}), as_of)
    return told or _whole(policy, as_of) or list(_idle(policy, as_of))


def _impossible(condition: Condition, kinds: frozenset[str], as_of: date) -> list[Note]:
    """The innermost parts that no subject, or every subject, meets."""
    told = [note for part, near in _inner(condition, kinds) for note in _impossible(part, near, as_of)]
    if told or isinstance(condition, KindIs):
        return told
    place, text = condition.place, _text(condition)
    if _never(condition, Truth.TRUE, kinds, as_of):
        return [(place.file, place.line, place.column, f"no {_named(kinds)} can meet it: {text}")]
    if _never(condition, Truth.FALSE, kinds, as_of):
        return [(place.file, place.line, place.column, f"every {_named(kinds)} meets it: {text}")]
    return []


def _never(condition: Condition, truth: Truth, kinds: Iterable[str], as_of: date) -> bool:
    return all(satisfying([(condition, truth)], kind, as_of).proven_none for kind in kinds)


def _whole(policy: Policy, as_of: date) -> list[Note]:
    """What target and condition say only together."""
    target = [] if policy.target is None else [(policy.target, Truth.TRUE)]
    for truth, what in ((policy.wrong, "violate"), (~policy.wrong, "pass")):
        if satisfying([*target, (policy.condition, truth)], policy.kind, as_of).proven_none:
            told = f"no {policy.kind} that it speaks of can {what} it: its target decides it already"
            return [_note(policy, f"{policy.info.id}: {told}")]
    return []


def _idle(policy: Policy, as_of: date) -> Iterator[Note]:
    """Parts that could be left out: unreachable branches, and what other parts say already."""
    for mutant in mutants(policy):
        if mutant.dropped and difference(policy, mutant.policy, as_of).proven_none:
            what = mutant.what.removesuffix(DROPPED)
            place = mutant.place if mutant.place.file else policy.place
            yield place.file, place.line, place.column, f"{policy.info.id}: it decides nothing, here: {what}"


def _inner(condition: Condition, kinds: frozenset[str]) -> Iterator[tuple[Condition, frozenset[str]]]:
    match condition:
        case AllOf(parts=parts) | AnyOf(parts=parts):
            yield from ((part, kinds) for part in parts)
        case Negation(part=part):
            yield part, kinds
        case Quantified(over=over) | Counted(over=over):
            yield from _near(over)
        case _:
            return


def _near(over: Neighbourhood) -> Iterator[tuple[Condition, frozenset[str]]]:
    for hop in over.hops:
        if hop.where is not None:
            yield hop.where, hop.relation.to
    if over.where is not None:
        yield over.where, over.hops[-1].relation.to


def _text(condition: Condition) -> str:
    match condition:
        case AllOf(parts=parts):
            return " and ".join(_text(part) for part in parts)
        case AnyOf(parts=parts):
            return " or ".join(_text(part) for part in parts)
        case Negation(part=part):
            return f"not {_text(part)}"
        case _:
            return condition_text(condition)


def _named(kinds: Iterable[str]) -> str:
    return " or ".join(sorted(kinds))


def _note(policy: Policy, what: str) -> Note:
    return policy.place.file, policy.place.line, policy.place.column, what


_PARAMETER = re.compile(r"\{([a-z][a-z0-9_]*)\}")
