"""What is found in real inputs, against counts that were made independently of this project.

    python bench/accuracy.py CORPORA            prints the table
    python bench/accuracy.py CORPORA --write    writes it into docs/accuracy.md, between its markers

CORPORA is a folder with the real inputs and their `counts.json`; `AUDITOR_CORPORA` stands in for it.
"""

from __future__ import annotations

import argparse
import csv
import json
import os
import sys
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from auditor.formats.trees import open_tree
from auditor.model.catalogue import Catalog, Role
from auditor.sources.odata.source import read_odata
from auditor.sources.salesforce.source import read_salesforce
from auditor.sources.tabular.source import read_tabular

DOCUMENT = Path(__file__).resolve().parent.parent / "docs" / "accuracy.md"
BEGIN, END = "<!-- objects and fields -->", "<!-- /objects and fields -->"
SALESFORCE = {
    "sf-ebikes": "sf-ebikes",
    "sf-eda": "sf-eda/sf-eda.tar.gz",
    "sf-electron-motors": "sf-electron-motors",
    "sf-volunteers-mdapi": "sf-volunteers-mdapi",
}
ODATA = ("sap-odata-business-partner", "sap-odata-sales-order")
TABULAR = ("bc-tables",)


@dataclass(frozen=True, slots=True)
class Row:
    """One input: fields by object as counted elsewhere and as found here, objects without fields left out."""

    corpus: str
    source: str
    objects_expected: int
    objects_found: int
    expected: Mapping[str, int]
    found: Mapping[str, int]

    @property
    def differing(self) -> tuple[str, ...]:
        """Objects whose number of fields differs."""
        names = sorted({*self.expected, *self.found})
        return tuple(name for name in names if self.expected.get(name, 0) != self.found.get(name, 0))

    @property
    def exact(self) -> bool:
        """Whether every object and the number of its fields agree."""
        return self.objects_expected == self.objects_found and not self.differing


def rows(corpora: Path) -> Iterator[Row]:
    """Read every input and compare."""
    counts = json.loads((corpora / "counts.json").read_text("utf-8"))
    for corpus, place in SALESFORCE.items():
        catalog = read_salesforce(open_tree(str(corpora / place)), "crm", Role.CRM)
        expected = counts[corpus]["custom_fields_per_object"]
        objects = counts[corpus]["objects_any_form"]
        yield Row(corpus, "Salesforce", objects, len(catalog.objects), expected, fields_of(catalog, custom=True))
    for corpus in ODATA:
        catalog = read_odata(open_tree(str(corpora / corpus)), "erp", Role.ERP)
        (document,) = counts[corpus].values()
        expected = document["properties_per_entity_type"]
        yield Row(corpus, "OData", document["entity_types"], len(catalog.objects), expected, fields_of(catalog))
    for corpus in TABULAR:
        catalog = read_tabular(str(corpora / corpus), "erp", Role.ERP)
        expected = _listed(corpora / corpus / "fields.csv")
        yield Row(corpus, "tabular", len(expected), len(catalog.objects), expected, fields_of(catalog))


def fields_of(catalog: Catalog, *, custom: bool = False) -> dict[str, int]:
    """How many fields each object has; with `custom` only its custom ones."""
    counted = {
        item.name: sum(1 for field in item.fields if field.custom or not custom) for item in catalog.objects
    }
    return {name: count for name, count in counted.items() if count}


def _listed(file: Path) -> dict[str, int]:
    with file.open(encoding="utf-8-sig", newline="") as stream:
        return dict(Counter(line["table"] for line in csv.DictReader(stream)))


def table(found: list[Row]) -> str:
    """The comparison as a Markdown table."""
    lines = [
        "| input | source | objects expected | found | fields expected | found | objects that differ |",
        "|---|---|---:|---:|---:|---:|---:|",
    ]
    lines.extend(
        f"| {row.corpus} | {row.source} | {row.objects_expected} | {row.objects_found} "
        f"| {sum(row.expected.values()):,} | {sum(row.found.values()):,} | {len(row.differing)} |"
        for row in found
    )
    return "\n".join(lines)


def section(found: list[Row]) -> str:
    """The part of docs/accuracy.md that this bench owns."""
    return f"""{BEGIN}
## Objects and fields

Made by `bench/accuracy.py`. Expected are counts that were made from the files by other means than this program;
for Salesforce they are custom fields by object, for OData properties by entity type (navigation left out), for
the listing rows by table.

{table(found)}

A translation file is no field, a manifest holds no object, a name with a packaging token is an object of its own
(`___NAMESPACE___Facility__c`), and a field that stands in several folders is one field.

Beyond these, SalesforceFoundation/NPSP (commit 19646faa90 of 2025-11-13, read from a bare git repository) was
compared once with a count by `xml.etree`: 79 objects and 983 fields on both sides.
{END}"""


def write(text: str, document: Path) -> None:
    """Put the section into the document, leaving what others wrote."""
    old = document.read_text("utf-8") if document.exists() else "# Accuracy on real inputs\n"
    head, begin, rest = old.partition(BEGIN)
    _, _, tail = rest.partition(END)
    new = f"{head}{text}{tail}" if begin else f"{old.rstrip()}\n\n{text}\n"
    document.write_text(new, "utf-8")


def main() -> int:
    """Compare, print or write, and fail where anything differs."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("corpora", nargs="?", default=os.environ.get("AUDITOR_CORPORA"))
    parser.add_argument("--write", action="store_true")
    arguments = parser.parse_args()
    if not arguments.corpora:
        parser.error("name the folder of the corpora, or set AUDITOR_CORPORA")
    found = list(rows(Path(arguments.corpora)))
    print(table(found))
    for row in found:
        for name in row.differing:
            print(f"{row.corpus}: {name} expected {row.expected.get(name, 0)} found {row.found.get(name, 0)}")
    if arguments.write:
        write(section(found), DOCUMENT)
    return 0 if all(row.exact for row in found) else 1


if __name__ == "__main__":
    sys.exit(main())
