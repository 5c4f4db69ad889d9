"""Evidence of another organisation, and of copies, is refused; each line says what to do."""

from __future__ import annotations

from pathlib import Path

import pytest

from auditor.config.values import Config, EvidenceConfig, SystemConfig
from auditor.errors import ConfigurationError, ExitCode
from auditor.model.catalogue import Role
from auditor.model.observations import Evidence, EvidenceSource, SourceKind
from auditor.workspace.identities import check_identities

OURS, THEIRS = "00D4H00000012AbUAI", "00D4H00000012ZzUAI"


def _config(organization: str = "", sandbox: bool = False) -> Config:
    crm = SystemConfig("crm", Role.CRM, (), organization=organization, sandbox=sandbox)
    second = SystemConfig("other", Role.CRM, ())
    evidence = tuple(EvidenceConfig(name, "auto", "crm", ()) for name in ("a", "b"))
    return Config(
        Path("auditor.yaml"), Path(), "", (crm, second), (*evidence, EvidenceConfig("c", "auto", "other", ()))
    )


def _source(name: str, organization: str | None = None, sandbox: bool | None = None) -> EvidenceSource:
    return EvidenceSource(
        name, "k", f"{name}.csv", SourceKind.REGISTER, organization=organization, sandbox=sandbox
    )


@pytest.mark.parametrize(
    ("config", "sources"),
    [
        pytest.param(_config(), [], id="no evidence"),
        pytest.param(_config(), [_source("a"), _source("b")], id="nobody tells"),
        pytest.param(_config(), [_source("a", OURS), _source("b/users", OURS)], id="all tell the same"),
        pytest.param(_config(), [_source("a", OURS), _source("b", OURS[:15])], id="in both lengths"),
        pytest.param(_config(OURS), [_source("a", f"{OURS[:15]}UAE")], id="with another checksum"),
        pytest.param(
            _config(OURS), [_source("a", OURS), _source("c", THEIRS)], id="two systems, two organisations"
        ),
        pytest.param(_config(sandbox=True), [_source("a", OURS, sandbox=True)], id="a sandbox that is accepted"),
        pytest.param(_config(), [_source("a", OURS, sandbox=False)], id="production"),
    ],
)
def test_evidence_without_contradiction_is_taken(config: Config, sources: list[EvidenceSource]) -> None:
    check_identities(config, Evidence(sources=tuple(sources)))


@pytest.mark.parametrize(
    ("config", "sources", "problems"),
    [
        pytest.param(
            _config(OURS),
            [_source("a", OURS), _source("b", THEIRS)],
            [
                f"auditor.yaml: evidence b (b.csv) comes from the organisation {THEIRS}, and crm is declared "
                f"to be {OURS}. Export it from there, or correct organization"
            ],
            id="another than declared",
        ),
        pytest.param(
            _config(),
            [_source("a", OURS), _source("b", THEIRS)],
            [
                f"auditor.yaml: the evidence of crm comes from 2 organisations, {OURS} (a (a.csv)); {THEIRS} "
                "(b (b.csv)). Leave out what is not of the audited one, and declare that one under systems, crm: "
                f"organization: {OURS}"
            ],
            id="sources that contradict each other",
        ),
        pytest.param(
            _config(OURS),
            [_source("a", f"{OURS}, {THEIRS}")],
            [
                f"auditor.yaml: evidence a (a.csv) comes from the organisation {THEIRS}, and crm is declared "
                f"to be {OURS}. Export it from there, or correct organization"
            ],
            id="one source of two organisations",
        ),
        pytest.param(
            _config(),
            [_source("a", OURS, sandbox=True)],
            [
                "auditor.yaml: evidence a (a.csv) was taken from a sandbox, whose use is not the company's. "
                "Export it from production, or declare sandbox: accepted under crm in systems"
            ],
            id="a sandbox",
        ),
    ],
)
def test_a_contradiction_is_refused_with_what_to_do(
    config: Config, sources: list[EvidenceSource], problems: list[str]
) -> None:
    with pytest.raises(ConfigurationError) as refused:
        check_identities(config, Evidence(sources=tuple(sources)))

    assert list(refused.value.problems) == problems
    assert refused.value.exit_code is ExitCode.MISUSE
