"""Which column of a listing holds what, by the names people and vendors give them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from auditor.dataclasses import dataclass
from auditor.model.catalogue import Calculation

COLUMNS: Mapping[str, tuple[str, ...]] = {
    "object": (
        "object",
        "table",
        "entity",
        "table_name",
        "entity_name",
        "object_name",
        "doctype",
        "hubspot_object",
        "objekt",
        "tabell",
    ),
    "field": (
        "field",
        "column",
        "attribute",
        "property",
        "field_name",
        "column_name",
        "fieldname",
        "fält",
        "kolumn",
        "name",
    ),
    "label": ("label", "caption", "display_name", "displayname", "field_label", "etikett"),
    "description": ("description", "tooltip", "comment", "remarks", "beskrivning"),
    "help": ("help", "help_text", "inline_help"),
    "type": ("type", "data_type", "datatype", "field_type", "fieldtype", "typ"),
    "length": ("length", "max_length", "maxlength", "size"),
    "required": ("required", "mandatory", "not_null", "reqd", "required_level"),
    "unique": ("unique", "is_unique", "hasuniquevalue"),
    "key": ("key", "primary_key", "is_key", "pk"),
    "custom": ("custom", "is_custom", "is_custom_field"),
    "standard": ("standard", "is_standard", "hubspotdefined", "hubspot_defined"),
    "reference_to": (
        "reference_to",
        "references",
        "table_relation",
        "relation",
        "foreign_table",
        "lookup",
        "reference",
        "referencedobjecttype",
    ),
    "field_class": ("field_class", "fieldclass", "calculated"),
    "creatable": ("creatable", "insertable"),
    "updatable": ("updatable", "editable", "writable"),
    "read_only": ("read_only", "readonly", "readonlyvalue", "modificationmetadata.readonlyvalue"),
    "values": ("options", "values", "picklist", "option_values", "allowed_values"),
    "object_label": ("object_label", "table_caption", "entity_label"),
    "object_description": ("object_description", "table_description", "entity_description"),
    "object_custom": ("object_custom", "custom_object"),
    "object_aliases": ("object_aliases", "object_alt_names"),
}
"""Property → headers that mean it, most telling first; compared in lower case with blanks as underscores."""

_CALCULATED = frozenset({"flowfield", "flowfilter", "calculated", "formula", "computed", "true", "yes", "1"})
"""Words that say a value is computed. FlowField and FlowFilter are Business Central's
(https://learn.microsoft.com/dynamics365/business-central/dev-itpro/developer/devenv-flowfields)."""


_AMBIGUOUS = "name"
"""A header that names fields only where the listing also gives their types: else it may name anything."""


@dataclass(frozen=True, slots=True)
class MappedColumns:
    """Property → header of one listing."""

    found: Mapping[str, str]

    def text(self, cells: Mapping[str, str], column: str) -> str:
        """The cell of a property; empty where there is no such column."""
        header = self.found.get(column)
        return cells.get(header, "").strip() if header is not None else ""

    def calculation(self, cells: Mapping[str, str]) -> Calculation | None:
        """Why nobody can write the field, where the listing says so."""
        return Calculation.GENERATED if self.text(cells, "field_class").lower() in _CALCULATED else None

    @property
    def lists_fields(self) -> bool:
        """Whether the listing names fields, as far as its headers tell."""
        field = self.found.get("field")
        return field is not None and (_plain(field) != _AMBIGUOUS or "type" in self.found)


def map_columns(header: Iterable[str], declared: Mapping[str, str]) -> MappedColumns:
    """Find the column of each property; `declared` (property → header, any case) goes before known names."""
    by_name = {_plain(name): name for name in reversed(tuple(header))}
    found: dict[str, str] = {}
    for column, known in COLUMNS.items():
        for name in (declared[column],) if column in declared else known:
            if _plain(name) in by_name:
                found[column] = by_name[_plain(name)]
                break
    return MappedColumns(found)


def _plain(name: str) -> str:
    return "_".join(name.strip().lower().split())
