"""The same audit twice gives the same bytes in every format, whatever order its inputs are read in."""

from __future__ import annotations

import csv
import random
import shutil
from collections.abc import Iterable, Mapping
from dataclasses import fields, replace
from datetime import date
from pathlib import Path
from typing import Any, TypeVar

import pytest
import yaml

from auditor.auditing import audit
from auditor.cli.configuring import load_config
from auditor.formats.workbooks import can_write_workbooks
from auditor.judging import Inputs
from auditor.model.catalogue import Catalog
from auditor.report.rendering import FORMATS, Report
from auditor.workspace.inputs import gather_inputs
from tests.examples import lite, nordvik

DAY = date(2026, 11, 21)
WRITTEN = tuple(form for form in FORMATS if form != "xlsx" or can_write_workbooks())
T = TypeVar("T")


def gathered(folder: Path) -> Inputs:
    return gather_inputs(load_config(str(folder)), DAY, lambda *_: None)


def written(inputs: Inputs) -> dict[str, bytes]:
    report = Report(audit(inputs))
    return {form: report.render(form) for form in WRITTEN}


def differing(first: Mapping[str, bytes], second: Mapping[str, bytes]) -> list[str]:
    return [form for form in WRITTEN if first[form] != second[form]]


class Shuffler:
    """Puts everything in another order whose order means nothing; policies are sorted by whoever loads them."""

    def __init__(self, seed: int) -> None:
        self.random = random.Random(seed)

    def mixed(self, items: Iterable[T]) -> tuple[T, ...]:
        listed = list(items)
        self.random.shuffle(listed)
        return tuple(listed)

    def inputs(self, inputs: Inputs) -> Inputs:
        evidence = inputs.evidence
        told: dict[str, Any] = {each.name: self.mixed(getattr(evidence, each.name)) for each in fields(evidence)}
        return replace(
            inputs,
            catalogs=self.mixed(self.catalog(catalog) for catalog in inputs.catalogs),
            evidence=replace(evidence, **told),
            waivers=self.mixed(inputs.waivers),
            moved=dict(self.mixed(inputs.moved.items())),
        )

    def catalog(self, catalog: Catalog) -> Catalog:
        objects = (replace(each, fields=self.mixed(each.fields)) for each in catalog.objects)
        return replace(
            catalog,
            objects=self.mixed(objects),
            components=self.mixed(catalog.components),
            references=self.mixed(catalog.references),
            calls=self.mixed(catalog.calls),
            integration_points=self.mixed(catalog.integration_points),
            skipped=self.mixed(catalog.skipped),
            channels=dict(self.mixed(catalog.channels.items())),
        )


@pytest.mark.parametrize("company", [nordvik, lite])
def test_the_order_of_what_was_read_changes_no_byte(company: Any) -> None:  # noqa: ANN401 - a maker of a table
    inputs = gathered(company())
    whole = written(inputs)

    assert differing(whole, written(inputs)) == []
    assert differing(whole, written(Shuffler(7).inputs(inputs))) == []


def turned(source: Path, target: Path) -> None:
    """A copy of a company with the rows of its exports and the lists of its configuration the other way round."""
    shutil.copytree(source, target, ignore=shutil.ignore_patterns("out", ".auditor"))
    for path in sorted((target / "kit").rglob("*.csv"), reverse=True):
        with path.open(newline="", encoding="utf-8") as file:
            head, *rows = list(csv.reader(file))
        path.unlink()
        with path.open("w", newline="", encoding="utf-8") as file:
            csv.writer(file).writerows([head, *reversed(rows)])
    config = yaml.safe_load((target / "auditor.yaml").read_text(encoding="utf-8"))
    config["evidence"].reverse()
    for each in config["evidence"]:
        each["options"] = dict(reversed(each.get("options", {}).items()))
    text = yaml.safe_dump(dict(reversed(config.items())), sort_keys=False, allow_unicode=True)
    (target / "auditor.yaml").write_text(text, encoding="utf-8")


def test_the_order_of_rows_and_of_the_configuration_changes_no_byte(tmp_path: Path) -> None:
    turned(lite(), tmp_path / "nordvik-lite")

    assert differing(written(gathered(lite())), written(gathered(tmp_path / "nordvik-lite"))) == []
