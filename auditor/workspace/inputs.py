"""The composition root of an audit: a configuration in, everything that one audit is made of out.

Readers are imported by what reads: a hook asks for little of this.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import TYPE_CHECKING

from auditor.config.values import Config
from auditor.dataclasses import replace
from auditor.errors import ConfigurationError, EvidenceError
from auditor.facts.base import Settings
from auditor.judging import Inputs
from auditor.model.catalogue import Catalog
from auditor.model.charter import Charter
from auditor.model.observations import Evidence
from auditor.policy.syntax import PolicySet

if TYPE_CHECKING:
    from auditor.policy.waivers import Waiver
    from auditor.workspace.catalogs import Progress, TreeRows


def gather_inputs(config: Config, as_of: date, progress: Progress, rows: TreeRows | None = None) -> Inputs:
    """Read policies and waivers first, since they fail fast, then the systems and their evidence.

    Raises:
        ConfigurationError: policies or waivers are wrong, or evidence is of another organisation; every problem at
            once.
        SourceError: a source as a whole cannot be read.
    """
    from auditor.workspace.catalogs import read_catalogs
    from auditor.workspace.chartering import charter_of, chartered
    from auditor.workspace.identities import check_identities
    from auditor.workspace.outside import beyond
    from auditor.workspace.usage import read_evidence

    charter = charter_of(config)
    config = chartered(config, charter)
    policies = read_policies(config)
    waivers = read_all_waivers(config)
    catalogs = beyond(config, read_catalogs(config, progress, rows), progress)
    check_complete(config, catalogs)
    evidence = read_evidence(config, catalogs, as_of, progress)
    check_identities(config, evidence)
    return inputs_of(config, as_of, (policies, waivers, charter), (catalogs, evidence))


def inputs_of(
    config: Config,
    as_of: date,
    law: tuple[PolicySet, tuple[Waiver, ...], Charter | None],
    read: tuple[tuple[Catalog, ...], Evidence],
) -> Inputs:
    """Put together what was read."""
    from auditor.model.plans import ExportKind
    from auditor.model.testimony.table import TESTIMONIES
    from auditor.workspace.chartering import baseline_of, lexicon_of, unsigned
    from auditor.workspace.maps import read_maps
    from auditor.workspace.proposing_decisions import requests_kept

    policies, waivers, charter = law
    catalogs, evidence = read
    editions = {system.name: system.edition for system in config.systems if system.edition}
    return Inputs(
        catalogs=catalogs,
        evidence=evidence,
        policies=policies,
        settings=Settings(
            as_of,
            complete=frozenset(config.complete),
            showing=config.showing,
            editions=editions,
            areas=config.areas,
            charter=charter,
            lexicon=lexicon_of(config),
            maps=read_maps(config),
            pipelines=frozenset(system.name for system in config.systems if system.pipeline_users),
            requests=requests_kept(config.folder),
        ),
        waivers=waivers,
        baseline=baseline_of(config),
        moved=config.moved,
        notices=unsigned(charter),
        company=config.company,
        plan=config.plan,
        exports=tuple(ExportKind(each.kind, each.says, not each.licence) for each in TESTIMONIES),
    )


def check_complete(config: Config, catalogs: Sequence[Catalog]) -> None:
    """Refuse a word under `complete:` that names no channel: mistyped, it would silently vouch for nothing.

    Raises:
        ConfigurationError: with every such word and the nearest that is known.
    """
    from auditor.config.nodes import nearest
    from auditor.facts.channels import OTHER_CHANNELS, SALESFORCE_CHANNELS
    from auditor.facts.existence import PARTIAL
    from auditor.facts.kinds import MENTIONING, REPOSITORY

    channels = {channel.id for channel in (*SALESFORCE_CHANNELS, *OTHER_CHANNELS)}
    read = {kind for catalog in catalogs for kind in catalog.channels}
    known = {REPOSITORY, *MENTIONING, *channels, *PARTIAL, *read}
    systems = {f"{catalog.system}:{word}" for catalog in catalogs for word in known}
    unknown = [word for word in config.complete if word not in known | systems]
    if unknown:
        told = (f"complete: {word!r} names no channel{nearest(word, sorted(known | systems))}" for word in unknown)
        raise ConfigurationError(f"{config.path.name}: {line}" for line in told)


def read_policies(config: Config) -> PolicySet:
    """The policies in force by a configuration.

    Raises:
        ConfigurationError: with every problem of every document.
    """
    from auditor.facts.catalogue import vocabulary
    from auditor.policy.documents import InstalledLibrary
    from auditor.policy.loading import load_policies

    return load_policies(config.policies, InstalledLibrary(config.folder), vocabulary(), config.params)


def read_all_waivers(config: Config) -> tuple[Waiver, ...]:
    """The waivers of every file that the configuration names.

    Raises:
        ConfigurationError: with every problem of every file.
    """
    from auditor.formats.yamlnodes import Problems
    from auditor.policy.waivers import read_waivers_noting

    problems = Problems()
    found: list[Waiver] = []
    for name in config.waivers:
        try:
            data = (config.folder / name).read_bytes()
        except OSError as error:
            problems.at(name, 1, 1, f"waivers cannot be read: {error.strerror}")
            continue
        found.extend(read_waivers_noting(data, name, problems))
    problems.check()
    most = tuple(sorted(config.waiver_days.items()))
    return tuple(replace(waiver, max_days=most) for waiver in found) if most else tuple(found)


def require_evidence(evidence: Evidence, days: int, as_of: date) -> None:
    """Refuse to go on with evidence that is missing or older than so many days.

    Raises:
        EvidenceError: names every source that is too old, or says that there is none.
    """
    if not evidence.sources:
        raise EvidenceError(
            f"evidence no older than {days} days is required and auditor.yaml names none that could be read; "
            "`auditor evidence plan` says what to export"
        )
    stale = [s for s in evidence.sources if s.as_of is None or (as_of - s.as_of).days > days]
    if stale:
        told = ", ".join(f"{s.id} ({s.as_of or 'of an unknown day'})" for s in stale)
        raise EvidenceError(f"evidence no older than {days} days is required; too old: {told}. Export it anew")


def policy_source(config: Config, policy_id: str) -> str:
    """The text of a policy in every document in force that speaks of it, each under the document's name.

    Raises:
        ConfigurationError: a document cannot be read.
    """
    from auditor.formats.yamlnodes import Problems
    from auditor.policy.documents import InstalledLibrary, gather

    library = InstalledLibrary(config.folder)
    problems = Problems()
    gathered = gather(config.policies, library, problems)
    problems.check()
    parts = []
    for reference in gathered.documents:
        lines = library.read(reference).decode("utf-8", "replace").splitlines()
        starts = [number for number, line in enumerate(lines) if line.lstrip().startswith("- id:")]
        for start, end in zip(starts, [*starts[1:], len(lines)], strict=True):
            if lines[start].partition(":")[2].strip().strip("\"'") == policy_id:
                parts.append("\n".join([f"# {reference}", *lines[start:end]]).rstrip())
    return "\n\n".join(parts) + "\n"
