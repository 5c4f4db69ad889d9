"""Declared integration maps are read, and wrong ones refused with their lines."""

from __future__ import annotations

from pathlib import Path

import pytest

from auditor.config.values import Config
from auditor.errors import ConfigurationError
from auditor.model.matches import DeclaredPair, Direction
from auditor.workspace.maps import read_maps


def _config(folder: Path, *maps: str) -> Config:
    return Config(folder / "auditor.yaml", folder, "", (), maps=maps)


def test_a_map_is_read_from_csv_and_from_yaml(tmp_path: Path) -> None:
    (tmp_path / "map.csv").write_text(
        "crm_object,crm_field,erp_object,erp_field,direction\nAccount,Number__c,kund,kundnr,erp->crm\nOrder__c,,kundorder,,\n"
    )
    (tmp_path / "map.yaml").write_text("- {crm: Account.City, erp: kund.ort, direction: both}\n")

    assert read_maps(_config(tmp_path, "map.csv", "map.yaml")) == (
        DeclaredPair("Account", "kund", "Number__c", "kundnr", Direction.TO_CRM, "map.csv", 2),
        DeclaredPair("Order__c", "kundorder", "", "", Direction.UNSAID, "map.csv", 3),
        DeclaredPair("Account", "kund", "City", "ort", Direction.BOTH, "map.yaml", 1),
    )


def test_everything_that_is_wrong_is_said_at_once(tmp_path: Path) -> None:
    (tmp_path / "map.csv").write_text(
        "crm_object,crm_field,erp_object,erp_field,direction\nAccount,A,kund,b,sideways\nAccount,A,kund,,both\n"
    )
    (tmp_path / "other.csv").write_text("object\nAccount\n")
    (tmp_path / "third.yaml").write_text("just text\n")

    with pytest.raises(ConfigurationError) as error:
        read_maps(_config(tmp_path, "map.csv", "other.csv", "third.yaml", "missing.csv"))

    assert [
        line.partition(": ")[0] for line in str(error.value).splitlines() if ".csv" in line or ".yaml" in line
    ] == [
        "map.csv:2",
        "map.csv:3",
        "other.csv",
        "third.yaml",
        "missing.csv",
    ]
