"""The law that was kept is the law, and no other once a file of it changed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from pathlib import Path

import pytest

from auditor.config.reading import read_config
from auditor.config.values import Config
from auditor.dataclasses import dataclass, field, replace
from auditor.model.observations import Evidence
from auditor.workspace.caches import open_cache
from auditor.workspace.inputs import inputs_of, read_all_waivers, read_policies
from auditor.workspace.law import beside, keep_law, keep_law_of, kept_classifier, kept_law, law_of, read_law

FILES = {
    "auditor.yaml": """version: 1
company: Nord
systems:
  - {name: crm, role: crm, edition: unlimited, sources: [{kind: salesforce, path: crm}]}
policies: [own/rules.yaml]
lexicon: [words.yaml]
maps: [map.csv]
waivers: [waivers.yaml]
""",
    "own/rules.yaml": """version: 1
extends: [pack:scope, more.yaml]
lists:
  ours: {kind: field, file: names.yaml}
""",
    "own/more.yaml": "version: 1\nextends: [pack:sprawl]\nparams: {unused_after: 60d}\n",
    "own/names.yaml": "[crm:Account.Region__c]\n",
    "words.yaml": "version: 1\nterms: {customer: {sv: klient}}\n",
    "map.csv": "crm_object,crm_field,erp_object,erp_field,direction\nAccount,Name,KNA1,NAME1,erp->crm\n",
    "waivers.yaml": "version: 1\nwaivers: []\n",
}


@dataclass(frozen=True, slots=True)
class Held:
    """A cache in memory."""

    rows: dict[bytes, bytes] = field(default_factory=dict)

    def get(self, keys: Sequence[bytes]) -> Mapping[bytes, bytes]:
        return {key: self.rows[key] for key in keys if key in self.rows}

    def put(self, key: bytes, value: bytes) -> None:
        self.rows[key] = value


@pytest.fixture
def path(tmp_path: Path) -> Path:
    for name, text in FILES.items():
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text(text)
    return tmp_path / "auditor.yaml"


def _config(path: Path) -> Config:
    return read_config(path, ())


def test_what_was_kept_is_what_was_read(path: Path) -> None:
    cache, law = Held(), read_law(_config(path))

    keep_law(law, beside(path), cache)

    assert kept_law(path, beside(path), cache) == law
    assert set(law.files) == FILES.keys() - {"auditor.yaml"}


def test_it_is_what_an_audit_judges_by(path: Path) -> None:
    config, day = _config(path), date(2026, 11, 22)
    held = read_policies(config), read_all_waivers(config), None
    audited = inputs_of(config, day, held, ((), Evidence()))

    found = read_law(config).inputs_on(day)

    assert replace(found, limits=None, exports=audited.exports) == audited


@pytest.mark.parametrize("name", FILES)
def test_another_file_is_another_law(name: str, path: Path) -> None:
    cache = Held()
    keep_law(read_law(_config(path)), beside(path), cache)

    with (path.parent / name).open("a") as file:
        file.write("\n")

    assert kept_law(path, beside(path), cache) is None


@pytest.mark.parametrize("name", FILES)
def test_a_file_that_is_gone_is_another_law(name: str, path: Path) -> None:
    cache = Held()
    keep_law(read_law(_config(path)), beside(path), cache)

    (path.parent / name).unlink()

    assert kept_law(path, beside(path), cache) is None


def test_it_is_read_once(path: Path) -> None:
    cache, asked = Held(), []

    def config() -> Config:
        asked.append(path)
        return _config(path)

    first = law_of(path, config, beside(path), cache)
    second = law_of(path, config, beside(path), cache)

    assert (first == second, asked) == (True, [path])


def test_the_words_of_the_company_are_kept_with_the_others(path: Path) -> None:
    cache, law = Held(), read_law(_config(path))

    kept_classifier(law, beside(path), cache)
    kept = kept_classifier(law, beside(path), cache)

    assert kept.reader.lexicon.terms("Klient") == ("customer",)
    assert kept.reader.lexicon.terms("Faktura") == ("invoice",)


def test_an_audit_keeps_the_law_for_the_next_check(path: Path) -> None:
    config = _config(path)
    keep_law_of(config)
    with open_cache(path.parent, used=True) as cache:
        kept = kept_law(path, beside(path), cache)
    assert kept is not None
    assert kept == read_law(config)


def test_without_a_cache_no_law_is_kept(path: Path) -> None:
    keep_law_of(replace(_config(path), cached=False))
    assert not (path.parent / ".auditor").exists()
