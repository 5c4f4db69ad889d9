"""How a subject is named: `crm:Account`, `crm:Account.Region__c`, `crm:report/Sales/Pipeline`.

A part that holds one of `. / : "` or space at an end is written in double quotes, with quotes doubled:
`erp:"Salesperson/Purchaser"."No."`. `parse(str(subject)) == subject` always holds.
"""

from __future__ import annotations

import re
from enum import StrEnum

from auditor.dataclasses import dataclass
from auditor.errors import AuditorError
from auditor.patterns import regex


class SubjectKind(StrEnum):
    """What kind of thing a name names."""

    SYSTEM = "system"
    OBJECT = "object"
    FIELD = "field"
    COMPONENT = "component"


@dataclass(frozen=True, slots=True, order=True)
class Subject:
    """The name of one thing in one system.

    `component_kind` is set for components only (then `name` is the component's full name);
    `field` is set for fields only; `name` is empty for a system as a whole.
    """

    system: str
    name: str = ""
    field: str = ""
    component_kind: str = ""

    @property
    def kind(self) -> SubjectKind:
        """What is named."""
        if self.component_kind:
            return SubjectKind.COMPONENT
        if self.field:
            return SubjectKind.FIELD
        return SubjectKind.OBJECT if self.name else SubjectKind.SYSTEM

    def __str__(self) -> str:
        if self.component_kind:
            return component_key(self.system, self.component_kind, self.name)
        if self.field:
            return field_key(self.system, self.name, self.field)
        return object_key(self.system, self.name) if self.name else f"{self.system}:"


def object_key(system: str, name: str) -> str:
    """The printed name of an object."""
    return f"{system}:{_quoted(name)}"


def field_key(system: str, object_name: str, name: str) -> str:
    """The printed name of a field."""
    return f"{system}:{_quoted(object_name)}.{_quoted(name)}"


def component_key(system: str, kind: str, name: str) -> str:
    """The printed name of a component; its own name may hold anything and is never quoted."""
    return f"{system}:{kind}/{name}"


def parse_subject(text: str) -> Subject:
    """Read a printed name.

    Raises:
        AuditorError: when the text names nothing; the message shows the three forms.
    """
    match = _COMPONENT.fullmatch(text)
    if match:
        return Subject(match["system"], match["name"], component_kind=match["kind"])
    match = _DATA.fullmatch(text)
    if not match:
        raise AuditorError(
            f"{text!r} names nothing. Write system:Object, system:Object.Field or system:kind/Component, "
            'for example crm:Account.Region__c; put parts with . / : in double quotes: erp:"No."'
        )
    return Subject(match["system"], _unquoted(match["name"] or ""), _unquoted(match["field"] or ""))


_PART = r'"(?:[^"]|"")*"|[^".:/\s](?:[^".:/]*[^".:/\s])?'
_SYSTEM = r"(?P<system>[A-Za-z0-9_-]+)"
_COMPONENT = regex(rf"{_SYSTEM}:(?P<kind>[a-z_]+)/(?P<name>.+)", re.DOTALL)
_DATA = regex(rf"{_SYSTEM}:(?:(?P<name>{_PART})(?:\.(?P<field>{_PART}))?)?")
_PLAIN = regex(r'[^".:/\s](?:[^".:/]*[^".:/\s])?')


def _quoted(part: str) -> str:
    if part.isidentifier() or _PLAIN.fullmatch(part):
        return part
    return '"' + part.replace('"', '""') + '"'


def _unquoted(part: str) -> str:
    return part[1:-1].replace('""', '"') if part.startswith('"') else part
