"""A large company made by a seed, for benches: custom fields on 300 objects, and 100,000 references to them."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from random import Random

from auditor.facts.kinds import MENTIONING
from auditor.model.catalogue import Calculation, Catalog, Field, Governance, Object, PicklistValue, Role
from auditor.model.components import Component
from auditor.model.observations import (
    Cohort,
    Deed,
    Definition,
    Evidence,
    EvidenceSource,
    Fill,
    RowCount,
    SourceKind,
    Window,
)
from auditor.model.references import Access, Certainty, Reference

TODAY = date(2026, 11, 21)
OBJECTS, REFERENCES = 300, 100_000
TYPES = ("Text", "Number", "Currency", "Picklist", "Checkbox", "Date", "Lookup", "LongTextArea")
KINDS = (
    ("layout", Access.SHOWS),
    ("report", Access.READS),
    ("flow", Access.WRITES),
    ("validation_rule", Access.REQUIRES),
    ("apex_class", Access.READS),
    ("permission_set", Access.GRANTS),
    ("profile", Access.GRANTS),
    ("translation", Access.TRANSLATES),
)
READ = ("report_type", *MENTIONING)


def company(fields: int, plain: bool, mentions: int = REFERENCES) -> Catalog:
    """A seeded CRM. A plain one was read in full and refers for certain: two values are enough for it."""
    random = Random(4)  # noqa: S311 - a reproducible company, no secret
    each = -(-fields // OBJECTS)
    objects = tuple(
        Object(f"O{number}__c", f"Object {number}", fields=tuple(_fields(random, f"O{number}__c", each)))
        for number in range(OBJECTS)
    )
    names = [f"{field.object}.{field.name}" for one in objects for field in one.fields]
    references = tuple(_references(random, names, 0.0 if plain else 0.02, mentions))
    components = {
        (reference.component_kind, reference.component): Component(
            reference.component_kind,
            reference.component,
            reference.path,
            object=reference.target.partition(".")[0],
        )
        for reference in references
    }
    read = {kind: 1 for kind, _ in KINDS} | {kind: 1 for kind in READ if plain}
    return Catalog("crm", Role.CRM, "salesforce", objects, tuple(components.values()), references, channels=read)


def _fields(random: Random, owner: str, count: int) -> Iterator[Field]:
    for number in range(count):
        word = TYPES[number % len(TYPES)]
        yield Field(
            owner,
            f"F{number}__c",
            f"Field {number}",
            word,
            required=random.random() < 0.1,
            external_id=number == 0,
            length=random.choice((40, 80, 255)) if word == "Text" else None,
            calculation=Calculation.FORMULA if random.random() < 0.1 else None,
            description=random.choice((None, "todo", f"Tells the sales manager of part {number} what to do next")),
            help=random.choice((None, "Which part is meant?")),
            track_history=random.random() < 0.2,
            picklist=_values(random.randrange(80)) if word == "Picklist" else (),
            governance=Governance(business_owner=random.choice((None, None, "Sales"))),
        )


def _values(count: int) -> tuple[PicklistValue, ...]:
    return tuple(PicklistValue(f"v{number}", f"V {number}") for number in range(count + 1))


def _references(random: Random, names: list[str], doubt: float, count: int) -> Iterator[Reference]:
    for number in range(count):
        kind, access = KINDS[number % len(KINDS)]
        name = f"{kind}{random.randrange(400)}"
        certainty = Certainty.POSSIBLE if random.random() < doubt else Certainty.CERTAIN
        yield Reference(kind, name, random.choice(names), access, certainty, f"{kind}/{name}.xml", number % 900)


def free_kit(catalog: Catalog) -> Evidence:
    """What every company can export: when fields were created, how far they are filled, how many rows exist."""
    random = Random(5)  # noqa: S311 - reproducible evidence, no secret
    kinds = ("tooling-custom-field", "fill-by-cohort", "record-count")
    sources = tuple(EvidenceSource(kind, kind, f"{kind}.csv", SourceKind.REGISTER, TODAY, 1) for kind in kinds)
    keys = [f"crm:{each.object}.{each.name}" for one in catalog.objects for each in one.fields]
    quarters = [f"{year}-Q{quarter}" for year in (2024, 2025, 2026) for quarter in (1, 2, 3, 4)][:-1]
    fills = []
    for key in keys:
        share = random.choice((0.0, 0.0, 0.02, 0.4, 0.97))
        fills += [Fill(key, kinds[1], Cohort(quarter), 500, int(500 * share)) for quarter in quarters]
    days = (TODAY - timedelta(days=random.randrange(3000)) for _ in keys)
    return Evidence(
        sources=sources,
        windows=(Window(kinds[0], "crm", Deed.DEFINED, None, TODAY),),
        fills=tuple(fills),
        row_counts=tuple(
            RowCount(f"crm:{one.name}", kinds[2], Cohort(), random.choice((0, 30, 9000)), TODAY, TODAY)
            for one in catalog.objects
        ),
        definitions=tuple(Definition(key, kinds[0], created=day) for key, day in zip(keys, days, strict=True)),
    )
