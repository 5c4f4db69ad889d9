"""The words by which describes and `FieldDefinition` name a field's type → those of the metadata API."""

from __future__ import annotations

import re
from collections.abc import Mapping
from types import MappingProxyType

from auditor.dataclasses import dataclass

# Source: SOAP API developer guide, "Data types" and DescribeSObjectResult, field `type`. What several types of the
# metadata API share is named by the one that `drift` compares as their family.
_DESCRIBED: Mapping[str, str] = MappingProxyType(
    {
        "string": "Text",
        "picklist": "Picklist",
        "multipicklist": "MultiselectPicklist",
        "boolean": "Checkbox",
        "double": "Number",
        "int": "Number",
        "long": "Number",
        "currency": "Currency",
        "percent": "Percent",
        "date": "Date",
        "datetime": "DateTime",
        "time": "Time",
        "textarea": "TextArea",
        "reference": "Lookup",
        "email": "Email",
        "phone": "Phone",
        "url": "Url",
        "location": "Location",
        "address": "Address",
        "encryptedstring": "EncryptedText",
    }
)
# Labels of `FieldDefinition.DataType`, in English. Source: Tooling API, FieldDefinition; Setup's list of fields.
_LABELLED: Mapping[str, str] = MappingProxyType(
    {
        "text": "Text",
        "text area": "TextArea",
        "long text area": "LongTextArea",
        "rich text area": "Html",
        "text (encrypted)": "EncryptedText",
        "number": "Number",
        "currency": "Currency",
        "percent": "Percent",
        "checkbox": "Checkbox",
        "date": "Date",
        "date/time": "DateTime",
        "time": "Time",
        "picklist": "Picklist",
        "picklist (multi-select)": "MultiselectPicklist",
        "lookup": "Lookup",
        "master-detail": "MasterDetail",
        "hierarchy": "Hierarchy",
        "external lookup": "ExternalLookup",
        "indirect lookup": "IndirectLookup",
        "metadata relationship": "MetadataRelationship",
        "email": "Email",
        "phone": "Phone",
        "url": "Url",
        "auto number": "AutoNumber",
        "geolocation": "Location",
        "address": "Address",
        "formula": "Formula",
        "roll-up summary": "Summary",
    }
)
_SIZE = re.compile(r"\((\d+)(?:,\s*(\d+))?\)")


@dataclass(frozen=True, slots=True)
class Typed:
    """A type with what its label says beside it; None: the label does not tell."""

    type: str | None = None
    length: int | None = None
    unique: bool | None = None


def described(word: str) -> str | None:
    """The metadata type of a describe's `type`; None for one that has none (`id`, `anyType`)."""
    return _DESCRIBED.get(word.lower())


def labelled(label: str) -> Typed:
    """What `Text(80) (External ID) (Unique Case Insensitive)` says; nothing where it is not English."""
    text = " ".join(label.split())
    plain = text.lower()
    whole = _LABELLED.get(plain)
    stem = plain.partition("(")[0].strip()
    word = whole or _LABELLED.get(stem)
    size = _SIZE.search(text)
    sized = word in ("Text", "LongTextArea", "Html", "TextArea", "EncryptedText")
    length = int(size[1]) if size and sized else None
    return Typed(word, length, "unique" in plain if word else None)
