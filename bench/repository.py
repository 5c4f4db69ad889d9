"""A configuration repository made by a seed: 12,000 files of Salesforce metadata, as large companies have them.

Sizes follow what public repositories show: few objects carry most fields, profiles are long, most files are short.
"""

from __future__ import annotations

import subprocess
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from random import Random

SOURCE = "force-app/main/default"
FIELDS, STANDARD, CUSTOM = 5_000, 60, 240
ERP_FIELDS, ERP_TABLE = 40_000, 50
_STANDARD = (
    "Account Contact Opportunity Lead Case Task Event Campaign Product2 Pricebook2 Quote Order Contract Asset "
    "OpportunityLineItem QuoteLineItem OrderItem User Solution Entitlement WorkOrder ServiceContract Individual"
)
_FIRST = (
    "Customer Invoice Delivery Order Project Region Sales Service Supplier Product Stock Price Budget Visit Risk "
    "Contract Payment Credit Segment Channel Quality Survey Route Machine Kund Faktura Lager Avtal Leverans Besök"
)
_SECOND = (
    "Number Date Status Amount Owner Type Name Code Group Count Level Reason Note Rate Share Class Score Limit "
    "Start End Total Comment Source Target Key Text Flag Plan Method Priority Nummer Datum Belopp Ägare"
)
_TYPES = (
    "Text",
    "Number",
    "Currency",
    "Checkbox",
    "Date",
    "DateTime",
    "Email",
    "LongTextArea",
    "Picklist",
    "Lookup",
)
_NS = 'xmlns="http://soap.sforce.com/2006/04/metadata"'
_CONFIG = """version: 1
company: Bench
systems:
  - name: crm
    role: crm
    edition: unlimited
    sources: [{kind: salesforce, path: force-app}]
  - name: erp
    role: erp
    sources: [{kind: tabular, path: erp/fields.csv}]
policies: [pack:all]
"""


@dataclass(frozen=True, slots=True)
class Made:
    """One object with its fields (names without the object)."""

    name: str
    fields: tuple[str, ...]


def make_repository(folder: Path, seed: int = 7) -> tuple[Made, ...]:
    """Write the repository and commit it; gives its objects, the one with most fields first."""
    random = Random(seed)  # noqa: S311 - made data need no cryptographic randomness
    objects = tuple(_objects(random))
    for name, text in _files(random, objects):
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    git(folder, "init", "-q", "-b", "main")
    git(folder, "add", "-A")
    git(folder, "commit", "-q", "-m", "The company as it is")
    return objects


def git(folder: Path, *arguments: str) -> None:
    """Call git as a person of no name."""
    person = ("-c", "user.name=Bench", "-c", "user.email=bench@example.com", "-c", "gc.auto=0")
    subprocess.run(["git", *person, *arguments], cwd=folder, check=True, capture_output=True)


def field_file(owner: str, name: str, kind: str, label: str, also: str = "") -> tuple[str, str]:
    """Path and text of a custom field."""
    size = tag("length", "255") if kind == "Text" else ""
    body = tag("fullName", name), tag("label", label), size, also, tag("type", kind)
    return f"{SOURCE}/objects/{owner}/fields/{name}.field-meta.xml", _document("CustomField", *body)


def tag(name: str, *inner: str) -> str:
    """One element on lines of its own."""
    return f"    <{name}>{''.join(inner)}</{name}>\n"


def _document(root: str, *inner: str) -> str:
    text = "".join(inner)
    return f'<?xml version="1.0" encoding="UTF-8"?>\n<{root} {_NS}>\n{text}</{root}>\n'


def _objects(random: Random) -> Iterator[Made]:
    names = [*_STANDARD.split(), *_words(random, CUSTOM, "__c")]
    weights = [1.0 / (1 + place) ** 0.6 for place in range(len(names))]
    share = FIELDS / sum(weights)
    for name, weight in zip(names, weights, strict=True):
        yield Made(name, tuple(_words(random, max(2, min(260, round(weight * share))), "__c")))


def _words(random: Random, count: int, ending: str) -> list[str]:
    """Names that differ."""
    found: dict[str, None] = {}
    while len(found) < count:
        parts = [random.choice(_FIRST.split()), random.choice(_SECOND.split())]
        if random.random() < 0.5:
            parts.insert(0, random.choice(_FIRST.split()))
        name = "_".join(parts).replace("ö", "o").replace("Ä", "A").replace("ä", "a")
        found[f"{name}{ending}" if name + ending not in found else f"{name}_{len(found)}{ending}"] = None
    return list(found)


def _files(random: Random, objects: Sequence[Made]) -> Iterator[tuple[str, str]]:
    yield "sfdx-project.json", '{"packageDirectories": [{"path": "force-app", "default": true}]}\n'
    yield "auditor.yaml", _CONFIG
    yield "erp/fields.csv", _erp(random)
    fields = [f"{each.name}.{name}" for each in objects for name in each.fields]
    for each in objects:
        yield from _of_object(random, each, objects)
    for number in range(150):
        yield _granting(random, f"permissionsets/Set_{number}.permissionset-meta.xml", fields, 300)
    for number in range(30):
        yield _granting(random, f"profiles/Profile {number}.profile-meta.xml", fields, 2_500)
    for number in range(300):
        yield _flow(random, number, objects)
    for number in range(1_000):
        yield from _class(random, number, objects)
    for number in range(1_500):
        yield _report(random, number, objects)
    yield from _plain(random)


def _of_object(random: Random, made: Made, objects: Sequence[Made]) -> Iterator[tuple[str, str]]:
    own = f"{SOURCE}/objects/{made.name}"
    label = made.name.removesuffix("__c").replace("_", " ")
    named = tag("nameField", tag("label", "Name"), tag("type", "Text"))
    told = [tag("label", label), named, tag("pluralLabel", label)] if made.name.endswith("__c") else []
    text = _document("CustomObject", *told, tag("sharingModel", "ReadWrite"))
    yield f"{own}/{made.name}.object-meta.xml", text
    for name in made.fields:
        kind = random.choice(_TYPES)
        also = _also(random, kind, objects)
        if random.random() < 0.4:
            also = tag("description", f"{random.choice(_FIRST.split())} for the yearly review") + also
        yield field_file(made.name, name, kind, name.removesuffix("__c").replace("_", " "), also)
    for number in range(4):
        yield f"{own}/listViews/View_{number}.listView-meta.xml", _list_view(random, made, number)
    for number in range(2):
        yield f"{own}/validationRules/Rule_{number}.validationRule-meta.xml", _rule(random, made, number)
    yield f"{SOURCE}/layouts/{made.name}-{label} Layout.layout-meta.xml", _layout(made)


def _also(random: Random, kind: str, objects: Sequence[Made]) -> str:
    if kind == "Lookup":
        to = random.choice(objects[:40]).name
        return tag("referenceTo", to) + tag("relationshipName", f"R{random.randrange(10**9)}")
    if kind in ("Number", "Currency"):
        return tag("precision", "18") + tag("scale", "2")
    if kind == "Picklist":
        values = (tag("value", tag("fullName", f"V{n}"), tag("label", f"Value {n}")) for n in range(6))
        return tag("valueSet", tag("valueSetDefinition", tag("sorted", "false"), *values))
    return ""


def _list_view(random: Random, made: Made, number: int) -> str:
    shown = [tag("columns", name) for name in random.sample(made.fields, min(6, len(made.fields)))]
    named = tag("fullName", f"View_{number}"), tag("filterScope", "Everything"), tag("label", f"View {number}")
    return _document("ListView", *shown, *named)


def _rule(random: Random, made: Made, number: int) -> str:
    one, two = random.choice(made.fields), random.choice(made.fields)
    formula = tag("errorConditionFormula", f"AND(ISBLANK(TEXT({one})), NOT(ISBLANK(TEXT({two}))))")
    named = tag("fullName", f"Rule_{number}"), tag("active", "true")
    return _document("ValidationRule", *named, formula, tag("errorMessage", "Fill it"))


def _layout(made: Made) -> str:
    items = [
        tag("layoutItems", tag("behavior", "Required" if place % 9 == 0 else "Edit"), tag("field", name))
        for place, name in enumerate(made.fields)
    ]
    return _document("Layout", tag("layoutSections", tag("layoutColumns", *items)))


def _granting(random: Random, name: str, fields: Sequence[str], count: int) -> tuple[str, str]:
    """A profile or permission set, as its path tells."""
    root = "Profile" if name.startswith("profiles") else "PermissionSet"
    may = tag("editable", "true"), tag("readable", "true")
    chosen = sorted(random.sample(fields, min(count, len(fields))))
    lines = [tag("fieldPermissions", tag("field", each), *may) for each in chosen]
    return f"{SOURCE}/{name}", _document(root, *lines, *([tag("label", "Set")] if root != "Profile" else []))


def _flow(random: Random, number: int, objects: Sequence[Made]) -> tuple[str, str]:
    parts = [tag("label", f"Flow {number}"), tag("processType", "AutoLaunchedFlow"), tag("status", "Active")]
    for step in range(random.randrange(2, 9)):
        made = random.choice(objects[:120])
        read, written = random.choice(made.fields), random.choice(made.fields)
        value = tag("value", tag("stringValue", "x"))
        filters = tag("filters", tag("field", read), tag("operator", "EqualTo"), value)
        assigned = tag("inputAssignments", tag("field", written), value)
        named = tag("name", f"u{step}"), tag("label", f"u{step}")
        parts.append(tag("recordUpdates", *named, filters, assigned, tag("object", made.name)))
    return f"{SOURCE}/flows/Flow_{number}.flow-meta.xml", _document("Flow", *parts)


def _class(random: Random, number: int, objects: Sequence[Made]) -> Iterator[tuple[str, str]]:
    lines = [f"public with sharing class Work{number} {{"]
    for step in range(random.randrange(1, 12)):
        made = random.choice(objects[:150])
        one, two = random.choice(made.fields), random.choice(made.fields)
        lines += [
            f"    public static void work{step}(Set<Id> ids) {{",
            f"        List<{made.name}> rows = [SELECT Id, {one} FROM {made.name}];",  # noqa: S608 - Apex
            f"        for ({made.name} row : rows) {{",
            f"            row.{two} = null;",
            "        }",
            "        update rows;",
            "    }",
        ]
    own = f"{SOURCE}/classes/Work{number}"
    yield f"{own}.cls", "\n".join([*lines, "}", ""])
    yield f"{own}.cls-meta.xml", _document("ApexClass", tag("apiVersion", "60.0"), tag("status", "Active"))


def _report(random: Random, number: int, objects: Sequence[Made]) -> tuple[str, str]:
    made = objects[int(random.random() ** 2 * len(objects))]
    shown = random.sample(made.fields, min(len(made.fields), random.randrange(3, 12)))
    columns = [tag("columns", tag("field", f"{made.name}.{name}")) for name in shown]
    named = tag("name", f"Report {number}"), tag("reportType", f"CustomEntity${made.name}")
    text = _document("Report", *columns, tag("format", "Tabular"), *named)
    return f"{SOURCE}/reports/Folder_{number % 40}/Report_{number}.report-meta.xml", text


def _plain(random: Random) -> Iterator[tuple[str, str]]:
    """What speaks of no field: components, pages of help, labels."""
    for number in range(200):
        own = f"{SOURCE}/lwc/part{number}/part{number}"
        yield f"{own}.js", "import { LightningElement } from 'lwc';\n" * random.randrange(1, 40)
        yield f"{own}.html", "<template></template>\n"
        yield f"{own}.js-meta.xml", _document("LightningComponentBundle", tag("apiVersion", "60.0"))
    for number in range(300):
        yield f"docs/page{number}.md", "# How we work\n" * random.randrange(1, 80)
    for number in range(100):
        yield f"scripts/step{number}.sh", "#!/bin/sh\necho done\n"


def _erp(random: Random) -> str:
    lines = ["object,object_label,field,label,type"]
    for table in range(ERP_FIELDS // ERP_TABLE):
        first, second = random.choice(_FIRST.split()), random.choice(_SECOND.split())
        told = f"{first.upper()}{second.upper()}{table},{first} {second} {table}"
        names = _words(random, ERP_TABLE, "")
        lines += [f"{told},{name.upper()},{name.replace('_', ' ')},text" for name in names]
    return "\n".join(lines) + "\n"
