"""Refuses evidence of another organisation than the one that is audited, and of copies of it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from auditor.config.values import Config, SystemConfig
from auditor.errors import ConfigurationError
from auditor.languages.fieldpaths import to_18
from auditor.model.catalogue import Role
from auditor.model.observations import Evidence, EvidenceSource
from auditor.usage.org.identity import SEPARATOR


def check_identities(config: Config, evidence: Evidence) -> None:
    """Refuse evidence whose identity contradicts what is declared, or what other evidence of the system says.

    Raises:
        ConfigurationError: with every contradiction, each with what to do.
    """
    of = _systems(config, evidence)
    problems = [
        problem
        for system in config.systems
        for problem in _problems(system, [each for each in evidence.sources if of.get(each.id) == system.name])
    ]
    if problems:
        raise ConfigurationError(f"{config.path.name}: {problem}" for problem in problems)


def _systems(config: Config, evidence: Evidence) -> Mapping[str, str]:
    """Source → system: as configured, else as its windows say, else the only CRM."""
    crms = [system.name for system in config.systems if system.role is Role.CRM]
    found = {source.id: crms[0] for source in evidence.sources if len(crms) == 1}
    found.update({window.source: window.system for window in evidence.windows})
    for entry in config.evidence:
        for source in evidence.sources:
            if source.id == entry.id or source.id.startswith(f"{entry.id}/"):
                found[source.id] = entry.system
    return found


def _problems(system: SystemConfig, sources: Sequence[EvidenceSource]) -> Iterable[str]:
    by_organization: dict[str, list[str]] = {}
    for source in sources:
        for organization in (source.organization or "").split(SEPARATOR):
            if organization:
                by_organization.setdefault(_whole(organization), []).append(_named(source))
    if system.organization:
        yield from _contradicting(system, by_organization)
    elif len(by_organization) > 1:
        told = "; ".join(f"{name} ({', '.join(by_organization[name])})" for name in sorted(by_organization))
        yield (
            f"the evidence of {system.name} comes from {len(by_organization)} organisations, {told}. Leave out "
            "what is not of the audited one, and declare that one under systems, "
            f"{system.name}: organization: {min(by_organization)}"
        )
    if not system.sandbox:
        yield from (
            f"evidence {_named(source)} was taken from a sandbox, whose use is not the company's. Export it from "
            f"production, or declare sandbox: accepted under {system.name} in systems"
            for source in sources
            if source.sandbox
        )


def _contradicting(system: SystemConfig, by_organization: Mapping[str, Sequence[str]]) -> Iterable[str]:
    return (
        f"evidence {', '.join(by_organization[name])} comes from the organisation {name}, and {system.name} is "
        f"declared to be {system.organization}. Export it from there, or correct organization"
        for name in sorted(by_organization)
        if name != _whole(system.organization)
    )


def _whole(organization: str) -> str:
    """An id by its first fifteen characters, which are all of it: exports write it in both lengths."""
    try:
        return to_18(organization[:15])
    except ValueError:
        return organization


def _named(source: EvidenceSource) -> str:
    return f"{source.id} ({source.path})" if source.path else source.id
