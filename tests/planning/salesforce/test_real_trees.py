"""Plans for fields of real projects: each is proven, and takes nobody by surprise."""

from __future__ import annotations

import random
from pathlib import Path

import pytest

from auditor.formats.trees import open_tree
from auditor.planning.proving import prove
from auditor.planning.salesforce.editing import edit_salesforce
from auditor.planning.salesforce.removing import removal_of
from tests.planning.salesforce.sources import read

TREES = ("sf-ebikes", "sf-electron-motors", "sf-volunteers-mdapi")
DRAWN = 8


@pytest.mark.parametrize("name", TREES)
def test_plans_for_drawn_fields_are_proven(name: str, corpora: Path) -> None:
    tree = open_tree(str(corpora / name))
    catalog = read(tree)
    fields = sorted(f"{item.name}.{each.name}" for item in catalog.objects for each in item.fields if each.origin)
    drawn = random.Random(5).sample(fields, DRAWN)
    failures = {}
    for field in drawn:
        removal = removal_of(catalog, [field])
        edited = edit_salesforce(removal, catalog, tree)
        failures[field] = prove(removal, catalog, tree, edited, read).failures
    assert failures == dict.fromkeys(drawn, ())
