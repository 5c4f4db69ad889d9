"""auditor.yaml."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from auditor.config.finding import find_config
from auditor.config.reading import DEFAULT_POLICIES, read_config
from auditor.config.values import Config, EvidenceConfig, SourceConfig, SystemConfig
from auditor.errors import ConfigurationError
from auditor.model.catalogue import Role
from auditor.model.liveness import Showing

KINDS = ("event-log", "report-register")


def _config(folder: Path, text: str) -> Config:
    path = folder / "auditor.yaml"
    path.write_text(text, encoding="utf-8")
    return read_config(path, KINDS)


def _problems(folder: Path, text: str) -> tuple[str, ...]:
    with pytest.raises(ConfigurationError) as caught:
        _config(folder, text)
    return caught.value.problems


def test_a_configuration_is_read_into_values(tmp_path: Path) -> None:
    config = _config(
        tmp_path,
        """version: 1
company: Nordvik
systems:
  - {name: crm, role: crm, edition: enterprise, sources: [{kind: salesforce, path: salesforce}]}
  - name: erp
    role: erp
    sources:
      - {kind: sql, url_env: ERP_URL, schemas: [dbo]}
      - {kind: tabular, path: x.csv, columns: {object: Tabell}}
evidence:
  - {id: log, kind: event-log, path: ["a*.csv", b.csv], columns: {time: t},
     window: {from: 2026-01-01, to: 2026-03-31}}
policies: [pack:scope, own.yaml]
waivers: waivers.yaml
params: {unused_after: 90d}
complete: [api]
showing: keeps
areas: {service: [Case]}
""",
    )

    assert config == Config(
        path=tmp_path / "auditor.yaml",
        folder=tmp_path,
        company="Nordvik",
        systems=(
            SystemConfig(
                "crm",
                Role.CRM,
                (SourceConfig("salesforce", "salesforce", where="auditor.yaml:4:59"),),
                "enterprise",
            ),
            SystemConfig(
                "erp",
                Role.ERP,
                (
                    SourceConfig("sql", "", "ERP_URL", schemas=("dbo",), where="auditor.yaml:8:9"),
                    SourceConfig("tabular", "x.csv", columns={"object": "Tabell"}, where="auditor.yaml:9:9"),
                ),
            ),
        ),
        evidence=(
            EvidenceConfig(
                "log",
                "event-log",
                "crm",
                ("a*.csv", "b.csv"),
                start=date(2026, 1, 1),
                end=date(2026, 3, 31),
                columns={"time": "t"},
                where="auditor.yaml:11:5",
            ),
        ),
        policies=("pack:scope", "own.yaml"),
        waivers=("waivers.yaml",),
        params={"unused_after": "90d"},
        complete=("api",),
        showing=Showing.KEEPS,
        areas={"service": ("Case",)},
    )


def test_without_policies_the_shipped_packs_are_in_force(tmp_path: Path) -> None:
    config = _config(tmp_path, "version: 1\nsystems: [{name: a, role: crm, sources: []}]\n")

    assert config.policies == DEFAULT_POLICIES


def test_waivers_may_be_limited_by_severity(tmp_path: Path) -> None:
    told = "version: 1\nsystems: [{name: a, role: crm, sources: []}]\n"
    config = _config(
        tmp_path, f"{told}waivers: {{files: [a.yaml, b.yaml], max_days: {{critical: 90, low: 365}}}}\n"
    )

    assert (config.waivers, config.waiver_days) == (("a.yaml", "b.yaml"), {"critical": 90, "low": 365})
    assert _problems(
        tmp_path, f"{told}waivers: {{max_dais: 3, max_days: {{critical: none, hihg: 3, low: 0}}}}\n"
    ) == (
        "auditor.yaml:3:11: unknown key 'max_dais'; did you mean max_days?",
        "auditor.yaml:3:45: max_days of critical is a whole number of days, at least 1",
        "auditor.yaml:3:51: unknown key 'hihg'; did you mean high?",
        "auditor.yaml:3:65: max_days of low is a whole number of days, at least 1",
    )


def test_a_stance_towards_showing_is_one_of_three(tmp_path: Path) -> None:
    told = "version: 1\nsystems: [{name: a, role: crm, sources: []}]\nshowing: keep\n"

    assert _problems(tmp_path, told) == (
        "auditor.yaml:3:10: 'keep' is none of keeps, possible, ignored; did you mean keeps?",
    )


def test_every_problem_is_told_at_once_with_its_place_and_the_nearest_word(tmp_path: Path) -> None:
    problems = _problems(
        tmp_path,
        """version: 2
compny: X
systems:
  - {name: a b, role: cmr, sources: [{kind: salesforse, path: x}, {kind: sql, path: x}]}
  - {name: crm, role: crm, sources: {}}
  - {name: crm, role: crm, sources: []}
evidence:
  - {id: a, kind: report-registre, system: crmm, path: x, window: {from: 2026-02-01, to: 2026-01-01}}
  - {id: a, kind: event-log, system: crm}
  - {kind: event-log, path: x, window: {from: yesterday}}
""",
    )

    assert problems == (
        "auditor.yaml:1:10: version '2' is not known; this release reads version: 1",
        "auditor.yaml:2:1: unknown key 'compny'; did you mean company?",
        "auditor.yaml:4:3: two bear the system name 'crm'",
        "auditor.yaml:4:5: system name 'a b': use letters, digits, - and _ only; it is part of names",
        "auditor.yaml:4:23: 'cmr' is none of crm, erp; did you mean crm?",
        "auditor.yaml:4:45: 'salesforse' is none of odata, salesforce, sql, tabular; did you mean salesforce?",
        "auditor.yaml:4:67: a sql source needs url or url_env, and nothing else of path, url, url_env",
        "auditor.yaml:5:37: expected a list, found a mapping",
        "auditor.yaml:8:3: two bear the evidence source name 'a'",
        "auditor.yaml:8:19: 'report-registre' is none of event-log, report-register, auto;"
        " did you mean report-register?",
        "auditor.yaml:8:44: 'crmm' is none of crm; did you mean crm?",
        "auditor.yaml:8:67: the window ends (2026-01-01) before it begins (2026-02-01)",
        "auditor.yaml:9:5: a event-log source needs path, and nothing else of path, url, url_env",
        "auditor.yaml:10:5: missing key 'id'",
        "auditor.yaml:10:5: say which system the evidence is of: there is not exactly one CRM",
        "auditor.yaml:10:47: 'yesterday' is no day; write 2026-11-21",
    )


def test_the_nearest_configuration_upward_is_found_and_the_search_ends_at_the_repository(tmp_path: Path) -> None:
    inner = tmp_path / "repo" / "a"
    inner.mkdir(parents=True)
    (tmp_path / "auditor.yaml").touch()

    assert find_config(inner) == tmp_path / "auditor.yaml"
    (tmp_path / "repo" / ".git").mkdir()
    assert find_config(inner) is None
    (tmp_path / "repo" / "auditor.yaml").touch()
    assert find_config(inner) == tmp_path / "repo" / "auditor.yaml"
    with pytest.raises(ConfigurationError, match="no such configuration file; `auditor init` writes one"):
        find_config(inner, str(tmp_path / "nowhere"))


@pytest.mark.parametrize(
    ("entry", "message"),
    [
        pytest.param("kind: record-database, path: x", "needs url or url_env", id="a database by path"),
        pytest.param("kind: report-register, url: x", "needs path", id="an export by URL"),
        pytest.param("kind: record-database, url: x, url_env: X", "needs url or url_env", id="two places at once"),
    ],
)
def test_evidence_is_named_by_what_its_kind_reads(tmp_path: Path, entry: str, message: str) -> None:
    path = tmp_path / "auditor.yaml"
    systems = "systems: [{name: crm, role: crm, sources: []}]"
    path.write_text(f"version: 1\n{systems}\nevidence: [{{id: a, {entry}}}]\n", encoding="utf-8")

    with pytest.raises(ConfigurationError, match=message):
        read_config(path, (*KINDS, "record-database"))


def _source(tmp_path: Path, entry: str) -> Path:
    path = tmp_path / "auditor.yaml"
    path.write_text(f"version: 1\nsystems: [{{name: crm, role: crm, sources: [{{{entry}}}]}}]\n", encoding="utf-8")
    return path


def test_a_source_names_the_paths_that_it_leaves_out(tmp_path: Path) -> None:
    path = _source(tmp_path, "kind: salesforce, path: ., exclude: [unpackaged/, '**/test', './']")

    assert read_config(path, KINDS).systems[0].sources[0].exclude == ("unpackaged/", "**/test")


def test_a_source_without_files_has_nothing_to_leave_out(tmp_path: Path) -> None:
    path = _source(tmp_path, "kind: tabular, path: a.csv, exclude: [a]")

    with pytest.raises(ConfigurationError, match="a tabular source has no files to exclude"):
        read_config(path, KINDS)
