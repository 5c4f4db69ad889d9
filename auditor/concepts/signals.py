"""The signals of a profile: for each concept, what its name, description, fields and structure say, as numbers."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence

from auditor.concepts.fieldwords import FieldWords, read_field
from auditor.concepts.knowledge import Concept, Knowledge
from auditor.concepts.naming import NO_FIT, Fit, ReadName, fits, read_name
from auditor.concepts.predicates import Shape, holding, shape_of
from auditor.concepts.profile import Profile
from auditor.dataclasses import dataclass, replace
from auditor.lexicon.reading import NameReader, language_of
from auditor.patterns import regex

_FIRST_WORDS = 10
"""How much of a description is read: what a thing is stands at its beginning."""
_MOST = 0.99
_TYPE = regex(r"(?<=[a-z])Type$")
_ACCOUNT = "account_word"
_ACCOUNTS = {"crm": (frozenset[str](), "customer"), "erp": (frozenset({_ACCOUNT}), "ledger_account")}
"""Role of a system → what else `account` may still mean there, and what it means first."""
_WIDE = 12.0
"""Fields beyond which an object speaks of many things at once."""


@dataclass(frozen=True, slots=True)
class Told:
    """What was read of one profile, before it is weighed."""

    name: ReadName
    label: ReadName
    shape: Shape
    holds: frozenset[str]
    fits: Mapping[str, tuple[Fit, Fit, Fit]]
    """Concept → how its name, label and description fit."""
    language: str | None

    @property
    def silent(self) -> bool:
        """Whether nothing of it means anything."""
        return not (self.name.known or self.label.known or self.shape.terms)


def read_profile(profile: Profile, reader: NameReader, knowledge: Knowledge, language: str | None = None) -> Told:
    """Read everything that a profile says."""
    language = language or _language(profile, reader)
    shape = _shape(profile, reader, knowledge, language)
    parents = tuple(
        _shape(each, reader, knowledge, language) for each in profile.parents if _nameless(each, reader, knowledge)
    )
    children = tuple(_shape(each, reader, knowledge, language) for each in profile.children)
    shape = replace(shape, parents=parents, children=children)
    name = _accounted(read_name(_own_name(profile), reader, language), profile.role)
    label = _accounted(read_name(profile.label, reader, language), profile.role) if profile.label else name
    told = read_name(" ".join(profile.description.split()[:_FIRST_WORDS]), reader, language)
    views = [fits(view, knowledge) for view in (name, label, told)]
    named = {concept for view in views for concept in view}
    fit = {concept: _three(views, concept) for concept in sorted(named)}
    return Told(name, label, shape, holding(shape), fit, language)


def _own_name(profile: Profile) -> str:
    """The name without the `Type` that OData adds to every entity (`A_SalesOrderType`), as the label tells."""
    labelled = bool(profile.label) and "type" not in profile.label.lower()
    return _TYPE.sub("", profile.name) if labelled else profile.name


def _accounted(name: ReadName, role: str) -> ReadName:
    """An account is a customer in a CRM; in an ERP it may be one of the chart of accounts."""
    if role not in _ACCOUNTS or not any(_ACCOUNT in part.terms for part in name.parts):
        return name
    kept, meant = _ACCOUNTS[role]
    parts = (
        replace(each, terms=(each.terms & kept) | {meant}) if _ACCOUNT in each.terms else each
        for each in name.parts
    )
    return replace(name, parts=tuple(parts))


def _shape(profile: Profile, reader: NameReader, knowledge: Knowledge, language: str | None) -> Shape:
    fields = tuple(read_field(each, reader, knowledge.implies, language) for each in profile.fields)
    return shape_of(fields, profile.kind)


def _nameless(profile: Profile, reader: NameReader, knowledge: Knowledge) -> bool:
    found = fits(read_name(profile.name, reader, _language(profile, reader)), knowledge)
    return not any(fit.head and fit.cover > _MOST for fit in found.values())


def _three(views: Sequence[Mapping[str, Fit]], concept: str) -> tuple[Fit, Fit, Fit]:
    first, second, third = (view.get(concept, NO_FIT) for view in views)
    return first, second, third


def _language(profile: Profile, reader: NameReader) -> str | None:
    names = [profile.label or profile.name, *(each.name for each in profile.fields)]
    return language_of(reader.parts(name) for name in names)


def signals(told: Told, knowledge: Knowledge) -> Mapping[str, Mapping[str, float]]:
    """Concept → signal → strength; a signal that is not there is 0."""
    spoken = field_scores(told, knowledge)
    return {each.name: _of(each, told, spoken.get(each.name, (0.0, 0.0))) for each in knowledge.concepts}


def _of(concept: Concept, told: Told, spoken: tuple[float, float]) -> dict[str, float]:
    found: dict[str, float] = defaultdict(float)
    name, label, text = told.fits.get(concept.name, (NO_FIT, NO_FIT, NO_FIT))
    best = max((name, label), key=lambda fit: (fit.head, fit.cover, fit.modifier))
    found["name head"] = best.head
    found["name explained"] = best.cover
    found["name whole"] = float(best.head > 0 and best.cover > _MOST)
    found["name depth"] = best.depth
    known = told.name.head_known or told.label.head_known
    found["name beside head" if known else "name beside stranger"] = best.modifier
    found["both agree"] = float(name.head > 0 and label.head > 0)
    found["description"] = max(text.cover, text.modifier)
    found["description depth"] = text.depth
    fields, structure = spoken
    thin = 1.0 + len(told.shape.fields) / _WIDE
    found["fields"] = fields / thin
    found["structure"] = structure
    return {signal: value for signal, value in found.items() if value}


def field_scores(told: Told, knowledge: Knowledge) -> dict[str, tuple[float, float]]:
    """Concept → what its fields say, and what their structure says."""
    fields: dict[str, float] = defaultdict(float)
    structure: dict[str, float] = defaultdict(float)
    for term in sorted(told.shape.heads):
        for concept, pattern, weight in knowledge.fields.get(term, ()):
            if speaks(told.shape, pattern):
                fields[concept] += weight
    for term in sorted(told.holds):
        for concept, _, weight in knowledge.fields.get(term, ()):
            structure[concept] += weight
    return {concept: (fields[concept], structure[concept]) for concept in sorted({*fields, *structure})}


def speaks(shape: Shape, pattern: tuple[str, ...]) -> bool:
    """Whether a field of the object fits a pattern: its last term is the field's head, the others stand beside."""
    if pattern[-1] not in shape.heads:
        return False
    return len(pattern) == 1 or any(fits_field(each, pattern) for each in shape.fields)


def fits_field(field: FieldWords, pattern: tuple[str, ...]) -> bool:
    """Whether one field fits a pattern."""
    return pattern[-1] in field.heads and field.terms.issuperset(pattern)
