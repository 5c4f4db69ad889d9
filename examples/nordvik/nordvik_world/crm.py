"""The records of the CRM: ordinary rows by type and story, and over them what was copied from the ERP."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from nordvik_world.calendar import AS_OF, YEAR_START, dice, moment, somewhen, stamp
from nordvik_world.copies import Copies
from nordvik_world.ids import prefix_of, record_id, user_id
from nordvik_world.stories import FieldStory, ObjectStory
from nordvik_world.tree import Field, Tree
from nordvik_world.users import is_integration, somebody
from nordvik_world.values import Row, placeholder, value_of

INTEGRATION_OWNED = frozenset(
    {"Stock_Level__c", "Invoice_Copy__c", "Delivery__c", "Customer_Survey__c", "Integration_Log__c", "Product2"}
)
"""Objects whose rows an integration creates."""
_MASTERS = frozenset({"Account", "Competitor__c", "Contact", "Installed_Machine__c", "Product2", "Stock_Level__c"})
"""Objects whose rows live on, so that a value may be typed in any day after the row was created."""
_EDITS = 3
"""How often somebody goes over the fields of a long-lived row; the last time counts."""
_NIGHTLY = frozenset({"Account", "Product2", "Stock_Level__c"})
_SYNC = 2

Record = dict[str, str]


@dataclass(frozen=True, slots=True)
class Crm:
    """All rows of all objects."""

    rows: Mapping[str, tuple[Record, ...]]
    fields: Mapping[str, tuple[Field, ...]]
    """The fields that have values of their own, by object with rows; those of Activity stand under Task."""


def build_crm(tree: Tree, objects: dict[str, ObjectStory], stories: dict[str, FieldStory], copies: Copies) -> Crm:
    """Build every row. Formulas and roll-ups are left out: their values follow from the others."""
    counts = {name: story.rows or copies.count(name) for name, story in objects.items()}
    custom = sorted(name for name in objects if name.endswith("__c"))
    ids = {
        name: tuple(record_id(prefix_of(name, custom), n) for n in range(count)) for name, count in counts.items()
    }
    ids["User"] = tuple(user_id(n) for n in range(10, 30))
    fields = {
        name: tuple(f for f in tree.of("Activity" if name == "Task" else name) if not f.calculated)
        for name in objects
    }
    maker = _Maker(objects, stories, fields, ids, copies)
    return Crm({name: maker.rows(name) for name in objects}, fields)


@dataclass(frozen=True, slots=True)
class _Maker:
    objects: dict[str, ObjectStory]
    stories: dict[str, FieldStory]
    fields: dict[str, tuple[Field, ...]]
    ids: dict[str, tuple[str, ...]]
    copies: Copies

    def rows(self, name: str) -> tuple[Record, ...]:
        story = self.objects[name]
        ordinary = (
            somewhen(dice("created", name, str(n)), story.born, story.last_row) for n in range(len(self.ids[name]))
        )
        return tuple(self.row(name, n, day) for n, day in enumerate(ordinary))

    def row(self, name: str, n: int, ordinary: date) -> Record:
        copied = self.copies.of(name, n, self.ids)
        created = max(copied.created or ordinary, self.objects[name].born)
        throw = dice("row", name, str(n))
        record = self._system_columns(name, n, created)
        for standard in _STANDARD.get(name, ()):
            record[standard] = _standard_value(standard, Row(n, created, throw, self._targets(standard)))
        if name == "Task" or name.endswith("__c"):
            record.setdefault("Name", f"{name.split('__')[0]} {n:05d}")
        for field in self.fields[name]:
            row = Row(n, created, throw, self.ids.get(field.refers_to, ()))
            for column, value in _cells(field, self.stories[field.key], row):
                record[column] = value
        for column, value in copied.cells.items():
            if column not in record:
                raise ValueError(f"{name} has no column {column}")
            record[column] = value
        return record

    def _targets(self, standard: str) -> tuple[str, ...]:
        return self.ids.get(standard.removesuffix("Id"), ())

    def _system_columns(self, name: str, n: int, created: date) -> Record:
        throw = dice("system", name, str(n))
        by_sync = name in INTEGRATION_OWNED or throw.random() < 0.06
        creator = user_id(_SYNC) if by_sync else somebody(throw, created)
        touched, toucher = self._touched(name, created, creator)
        return {
            "Id": self.ids[name][n],
            "CreatedDate": stamp(moment(throw, created)),
            "CreatedById": creator,
            "LastModifiedDate": touched,
            "LastModifiedById": toucher,
        }

    def _touched(self, name: str, created: date, creator: str) -> tuple[str, str]:
        """The nightly job touches every row of what it owns, which is why LastModifiedDate says so little."""
        throw = dice("touched", name, str(created), creator)
        if name in _NIGHTLY:
            return stamp(datetime(2026, 11, 20, 2, throw.randrange(60))), user_id(_SYNC)
        last = min(AS_OF, max(created + timedelta(days=2), self.objects[name].last_row + timedelta(days=1)))
        day = somewhen(throw, created, last)
        return stamp(moment(throw, day) + timedelta(hours=5)), creator if is_integration(creator) else somebody(
            throw, day
        )


def _cells(field: Field, story: FieldStory, row: Row) -> list[tuple[str, str]]:
    value = _value(field, story, row)
    if field.type != "Location":
        return [(field.name, value)]
    stem = field.name.removesuffix("c")
    return [(f"{stem}Latitude__s", value), (f"{stem}Longitude__s", value and f"{12 + row.throw.random() * 4:.5f}")]


def _value(field: Field, story: FieldStory, row: Row) -> str:
    empty = "false" if field.type == "Checkbox" else ""
    day = row.created
    if field.object in _MASTERS:
        day = max(somewhen(row.throw, row.created, AS_OF) for _ in range(_EDITS))
    in_use = max(story.start, story.created) <= day <= story.end
    told = row.throw.random()
    if not field.required and (not in_use or told >= story.fill):
        return field.default if field.default and row.created >= story.created else empty
    return _RULES.get(story.rule, _ordinary)(field, story, row)


def _ordinary(field: Field, story: FieldStory, row: Row) -> str:
    return value_of(field, row)


def _dominant(field: Field, story: FieldStory, row: Row) -> str:
    value, _, share = story.argument.partition(":")
    return value if row.throw.random() < float(share) else value_of(field, row)


def _placeholder(field: Field, story: FieldStory, row: Row) -> str:
    return placeholder(row) if row.throw.random() < float(story.argument) else value_of(field, row)


def _fixed(field: Field, story: FieldStory, row: Row) -> str:
    return story.argument


_RULES: dict[str, Callable[[Field, FieldStory, Row], str]] = {
    "dominant": _dominant,
    "placeholder": _placeholder,
    "default": _fixed,
    "constant": _fixed,
}
_STANDARD: dict[str, tuple[str, ...]] = {
    "Account": ("Name", "RecordType.DeveloperName", "BillingCity", "BillingCountry", "OwnerId"),
    "Contact": ("LastName", "AccountId", "Email", "Title", "OwnerId"),
    "Lead": ("LastName", "Company", "Status", "LeadSource", "IsConverted", "OwnerId"),
    "Opportunity": (
        "Name",
        "RecordType.DeveloperName",
        "AccountId",
        "StageName",
        "Amount",
        "CloseDate",
        "OwnerId",
    ),
    "OpportunityLineItem": ("OpportunityId", "Product2Id", "Quantity", "UnitPrice"),
    "Case": ("CaseNumber", "AccountId", "ContactId", "Subject", "Status", "Priority", "Origin", "OwnerId"),
    "Task": ("Subject", "Status", "WhatId", "ActivityDate", "OwnerId"),
    "Product2": ("Name", "ProductCode", "IsActive", "Family"),
    "Campaign": ("Name", "Type", "Status", "StartDate"),
}
_CHOICES: dict[str, tuple[str, ...]] = {
    "RecordType.DeveloperName": ("Kund", "Kund", "Prospekt"),
    "BillingCity": ("Växjö", "Alvesta", "Aarhus", "Tranås"),
    "BillingCountry": ("Sverige", "Sverige", "Danmark"),
    "Title": ("Inköpare", "Platschef", "Underhållschef", "Indkøber"),
    "Status": ("Open", "Working", "Closed", "Closed"),
    "LeadSource": ("Trade Show", "Web", "Dealer"),
    "IsConverted": ("false", "false", "true"),
    "StageName": ("Qualification", "Proposal/Price Quote", "Closed Lost", "Closed Lost"),
    "Priority": ("Low", "Medium", "Medium", "High"),
    "Origin": ("Phone", "Email", "Web"),
    "Subject": ("Maskinen stannar", "Fråga om reservdel", "Återkoppling", "Planerat besök"),
    "IsActive": ("true", "true", "true", "false"),
    "Family": ("Maskin", "Reservdel"),
    "Type": ("Trade Show", "Email", "Webinar"),
}


def _standard_value(column: str, row: Row) -> str:
    if column in _CHOICES:
        return row.throw.choice(_CHOICES[column])
    if column == "OwnerId":
        return somebody(row.throw, max(row.created, YEAR_START))
    if column.endswith("Id"):
        return row.throw.choice(row.targets) if row.targets else ""
    if column in ("Amount", "UnitPrice", "Quantity"):
        return f"{row.throw.randrange(1, 900) * (1 if column == 'Quantity' else 5000)}.00"
    if column.endswith("Date"):
        return (row.created + timedelta(days=90)).isoformat()
    if column == "Email":
        return f"kontakt{row.number:04d}@kund{row.number % 320:03d}.example"
    return f"{column} {row.number:04d}"
