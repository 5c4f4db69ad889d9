"""What an audit tells of diverging values: compared anew where that costs little, without a value of a record."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

from auditor.config.values import Config
from auditor.dataclasses import replace
from auditor.model.catalogue import Catalog, Skipped
from auditor.model.divergence import Divergence, PairDivergence
from auditor.model.reconciliation import InAudit
from auditor.workspace.catalogs import Progress
from auditor.workspace.reconciling import extract_paths, reconcile

LITTLE = 64 << 20
"""Bytes of all files together up to which an audit compares them without being told to."""
_LARGE = (
    "the rows are many, or lie on a server: run `auditor reconcile`, or say `in_audit: always` under `reconcile:`"
)
_SQLITE = "sqlite:///"


def audited_divergence(config: Config, catalogs: Sequence[Catalog], progress: Progress) -> Divergence | None:
    """Where the values of CRM and ERP diverge; None where no pair is confirmed or an audit is not to compare.

    Examples are left out, and so are customers and single records of the money view: reports are passed on.

    Raises:
        SourceError: a source of a schema cannot be read as a whole.
    """
    if not config.reconcile or config.reconcile_in_audit is InAudit.NEVER:
        return None
    if config.reconcile_in_audit is InAudit.AUTO and not _is_little(config):
        return Divergence(skipped=(Skipped("reconcile", _LARGE),))
    found = reconcile(config, progress, catalogs=catalogs)
    return replace(found, pairs=tuple(map(_measures, found.pairs)))


def _measures(pair: PairDivergence) -> PairDivergence:
    fields = tuple(replace(each, examples=()) for each in pair.fields)
    money = None if pair.money is None else replace(pair.money, by_customer=(), records=())
    return replace(pair, fields=fields, money=money)


def _is_little(config: Config) -> bool:
    paths = list(_files(config))
    return None not in paths and sum(path.stat().st_size for path in paths if path and path.is_file()) <= LITTLE


def _files(config: Config) -> Iterator[Path | None]:
    """The files in which rows lie; None for each place that is no file."""
    for entry in config.evidence:
        if entry.kind == "record-extract":
            yield from extract_paths(config.folder, entry.paths)
    for source in (source for system in config.systems for source in system.sources if source.kind == "sql"):
        if source.secret_env or "://" in (source.location or ""):
            yield _database(config.folder, source.location or "")
    for side in (side for rule in config.reconcile for side in (rule.crm, rule.erp)):
        if side.path:
            yield config.folder / side.path
        elif side.url or side.secret_env:
            yield _database(config.folder, side.url)


def _database(folder: Path, url: str) -> Path | None:
    return folder / url.removeprefix(_SQLITE) if url.startswith(_SQLITE) else None
