"""The words of a proposal, and from what was written to a `Proposal`: every problem at once."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from datetime import date

from auditor.config.nodes import nearest
from auditor.dataclasses import dataclass
from auditor.formats.yamlnodes import Problems
from auditor.lexicon.splitting import fold
from auditor.model.catalogue import (
    Calculation,
    Field,
    Governance,
    Object,
    Origin,
    PicklistValue,
    Relationship,
)
from auditor.model.datatypes import DataType, normalise_type
from auditor.model.proposals import Proposal, Request

KEYS = (
    *("system", "object", "object_label", "name", "label", "type", "description", "owner", "why", "readers"),
    *("source_system", "retention", "trial_until", "values", "reference_to", "required", "formula", "length"),
    *("classification", "compliance", "fields"),
)
FIELD_KEYS = ("name", "label", "type", "description", "values", "reference_to", "required", "formula", "length")
TYPES: Mapping[str, DataType] = {
    **{str(each): each for each in DataType if each not in (DataType.OTHER, DataType.IDENTIFIER, DataType.BINARY)},
    "checkbox": DataType.BOOLEAN,
    "lookup": DataType.REFERENCE,
    "longtext": DataType.LONG_TEXT,
}
"""The words for types that are told of; every word of a platform is understood as well."""
_SALESFORCE: Mapping[DataType, str] = {
    DataType.TEXT: "Text",
    DataType.LONG_TEXT: "LongTextArea",
    DataType.NUMBER: "Number",
    DataType.CURRENCY: "Currency",
    DataType.PERCENT: "Percent",
    DataType.DATE: "Date",
    DataType.DATETIME: "DateTime",
    DataType.TIME: "Time",
    DataType.BOOLEAN: "Checkbox",
    DataType.PICKLIST: "Picklist",
    DataType.MULTIPICKLIST: "MultiselectPicklist",
    DataType.REFERENCE: "Lookup",
    DataType.EMAIL: "Email",
    DataType.PHONE: "Phone",
    DataType.URL: "Url",
    DataType.LOCATION: "Location",
    DataType.ADDRESS: "Address",
}
"""The words of the Metadata API's FieldType."""
_TRUE, _FALSE = ("true", "yes", "ja", "1", "x"), ("false", "no", "nej", "nein", "nei", "0", "")
_LONGEST_NAME = 40
"""Letters of a custom field's name on Salesforce, without its suffix."""


@dataclass(frozen=True, slots=True)
class Written:
    """One proposal as it was written: cells by key, and where they stand."""

    cells: Mapping[str, str]
    file: str
    line: int = 1
    fields: tuple[Written, ...] = ()
    read: Proposal | None = None
    """What metadata said; the cells then hold only what was said beside it."""

    def get(self, key: str) -> str:
        """A cell, trimmed; empty where nothing was written."""
        return self.cells.get(key, "").strip()


@dataclass(frozen=True, slots=True)
class Platform:
    """What names are made for: the system that is asked, and whether it is Salesforce."""

    system: str
    salesforce: bool


def proposal_of(written: Written, platform: Platform, problems: Problems) -> Proposal | None:
    """What was asked for; None where it was written wrong, and the problems say how."""
    request = request_of(written, problems)
    if written.read is not None:
        return _beside(written.read, request, platform)
    if not written.get("object"):
        problems.at(written.file, written.line, 1, "names no object: write `object: Account`")
    if written.fields:
        fields = [_field(each, written.get("object"), platform, problems) for each in written.fields]
        label = written.get("label") or written.get("object_label")
        new = Object(
            written.get("object"),
            label=label or None,
            description=written.get("description") or None,
            origin=Origin(written.file, written.line),
        )
        made = tuple(each for each in fields if each is not None)
        return Proposal(
            platform.system, written.get("object"), made, new, request, Origin(written.file, written.line)
        )
    one = _field(written, written.get("object"), platform, problems)
    if one is None or not written.get("object"):
        return None
    return Proposal(platform.system, one.object, (one,), None, request, one.origin)


def _beside(read: Proposal, request: Request, platform: Platform) -> Proposal:
    return Proposal(platform.system, read.object, read.fields, read.new, request, read.origin)


def request_of(written: Written, problems: Problems) -> Request:
    """What was said beside the definition."""
    return Request(
        owner=written.get("owner"),
        why=written.get("why"),
        readers=tuple(part.strip() for part in re.split(r"[;,\n]", written.get("readers")) if part.strip()),
        retention=written.get("retention"),
        source_system=written.get("source_system"),
        trial_until=_day(written, problems),
    )


def _day(written: Written, problems: Problems) -> date | None:
    text = written.get("trial_until")
    if not text:
        return None
    try:
        return date.fromisoformat(text)
    except ValueError:
        problems.at(written.file, written.line, 1, f"trial_until: {text!r} is no day; write 2026-11-21")
        return None


def _field(written: Written, owner: str, platform: Platform, problems: Problems) -> Field | None:
    label, name = written.get("label"), written.get("name")
    kind = _type(written, problems)
    required = _flag(written, "required", problems)
    length = written.get("length")
    if length and not length.isdecimal():
        problems.at(written.file, written.line, 1, f"length: {length!r} is no whole number")
    if not label and not name:
        problems.at(written.file, written.line, 1, "has neither label nor name: write `label: Preferred language`")
        return None
    targets = tuple(part.strip() for part in re.split(r"[;,]", written.get("reference_to")) if part.strip())
    formula = written.get("formula")
    return Field(
        owner,
        name or name_for(label, platform),
        label=label or None,
        type=_word(kind, written.get("type"), platform),
        required=required,
        reference_to=targets,
        relationship=Relationship.LOOKUP if targets else None,
        calculation=Calculation.FORMULA if formula else None,
        formula=formula or None,
        length=int(length) if length.isdecimal() else None,
        description=written.get("description") or None,
        picklist=_values(written.get("values")),
        governance=_governance(written),
        origin=Origin(written.file, written.line),
    )


def _governance(written: Written) -> Governance:
    compliance = tuple(part.strip() for part in re.split(r"[;,]", written.get("compliance")) if part.strip())
    return Governance(
        business_owner=written.get("owner") or None,
        security_classification=written.get("classification") or None,
        compliance=compliance,
    )


def _type(written: Written, problems: Problems) -> DataType | None:
    word = written.get("type")
    kind = TYPES.get(word.lower()) or normalise_type(word)
    if kind is None:
        told = f"says no type: one of {', '.join(sorted(TYPES))}"
        problems.at(written.file, written.line, 1, told)
    elif kind is DataType.OTHER:
        told = f"type: {word!r} is no type{nearest(word.lower(), sorted(TYPES))}"
        problems.at(written.file, written.line, 1, told)
    return kind


def _word(kind: DataType | None, word: str, platform: Platform) -> str | None:
    """The platform's own word for a type."""
    if kind is None:
        return None
    return _SALESFORCE.get(kind, word) if platform.salesforce else str(kind)


def _flag(written: Written, key: str, problems: Problems) -> bool:
    text = written.get(key).lower()
    if text not in (*_TRUE, *_FALSE):
        problems.at(written.file, written.line, 1, f"{key}: {text!r} is neither yes nor no")
    return text in _TRUE


def _values(text: str) -> tuple[PicklistValue, ...]:
    names = dict.fromkeys(part.strip() for part in re.split(r"[;|\n]", text) if part.strip())
    return tuple(PicklistValue(name, name) for name in names)


def name_for(label: str, platform: Platform) -> str:
    """The name that people would give a field with a label, as its platform spells names."""
    words = re.findall(r"[a-z0-9]+", fold(label)) or ["field"]
    if not platform.salesforce:
        return "_".join(words)
    name = "_".join(word.capitalize() for word in words)[:_LONGEST_NAME].strip("_")
    return f"{name if name[0].isalpha() else f'X{name}'}__c"


def check_keys(keys: Iterable[str], known: Sequence[str], place: tuple[str, int], problems: Problems) -> None:
    """Note keys that nobody knows."""
    for key in keys:
        if key not in known:
            problems.at(*place, 1, f"unknown key {key!r}{nearest(key, known)}; known are {', '.join(known)}")


TEMPLATE = """\
# A proposal for `auditor propose FILE`. Several may stand in one file, as a list (`- object: …`).
object: Account                 # the object that it is for
label: Preferred meeting time   # what people will see
type: picklist                  # {types}
values: [Morning, Afternoon]    # of a picklist
description: When the contact wants to be called or visited
owner: head-of-sales            # a person or role that answers for it
why: Whom to call when is planned by it every Monday   # the decision that it serves
readers: [report Weekly calls, sales managers]         # who or what reads it
source_system: people           # where its values are born: people, or the name of a system
retention: as long as the contact
# trial_until: 2027-05-31       # accepted until then; the audit asks again
# name: Preferred_Meeting_Time__c
# reference_to: Product2        # of a lookup
# formula: BillingCity          # of a field that nobody types
# required: no
# classification: Confidential  # of personal or sensitive data
# compliance: [GDPR]
# fields: [{{label: Score, type: number}}]   # makes it a new object, with these fields
"""


def template() -> str:
    """An example of a proposal, with every key."""
    return TEMPLATE.format(types=", ".join(sorted({str(each) for each in TYPES.values()})))
