"""`auditor evidence add`: reads exports once and keeps what accumulates of them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from pathlib import Path

from auditor.config.values import Config, EvidenceConfig
from auditor.dataclasses import dataclass, field, replace
from auditor.errors import AuditorError, FormatError, NothingMatchedError
from auditor.model.accumulation import Addition, Contribution
from auditor.model.catalogue import Catalog, Role, Skipped
from auditor.model.observations import Evidence, SourceKind
from auditor.model.testimony.table import BY_KIND
from auditor.usage.accumulating import MAPPED, Stated, addition_digest, contribution, file_digest, objection
from auditor.usage.reading import files_of
from auditor.usage.request import UsageRequest
from auditor.workspace.catalogs import Progress, read_catalogs
from auditor.workspace.keeping import history_file, kept_folder
from auditor.workspace.requests import JOINING, options_of, recognised, requests_of
from auditor.workspace.usage import read_beside

_DEFINING = frozenset({"report-register", "report-describe"})
"""Sources of the configuration that runs of reports are joined with when they are added."""


@dataclass(frozen=True, slots=True)
class Wish:
    """What is to be added, in the words of the command line; empty where nothing was said.

    `source`: the evidence source of auditor.yaml whose kind, system, columns and options apply.
    """

    paths: tuple[Path, ...]
    kind: str = ""
    system: str = ""
    source: str = ""
    name: str = ""
    start: date | None = None
    end: date | None = None
    exported: date | None = None


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of the files of one kind: an addition, or the earlier one that `held` them already."""

    kind: str
    addition: Addition | None = None
    held: Addition | None = None
    objection: str = ""
    skipped: tuple[Skipped, ...] = ()


def add_evidence(config: Config, wish: Wish, as_of: date, progress: Progress) -> tuple[Outcome, ...]:
    """Add exports, each kind among them as one addition; an outcome for each kind, and one for unknown files.

    Raises:
        NothingMatchedError: a path, system or source that does not exist, or no file of a known kind.
        AuditorError: nothing among the files accumulates, or the history cannot be written.
    """
    entry = _entry(config, wish)
    kinds, skipped = _by_kind(wish, entry)
    outcomes = [Outcome("", skipped=skipped)] if skipped else []
    outcomes += [Outcome(kind, objection=reason) for kind in sorted(kinds) if (reason := _objection(kind))]
    kept = sorted((kind for kind in kinds if not _objection(kind)), key=lambda kind: JOINING.get(kind, 0))
    if not kept:
        told = (f"{each.kind} does not accumulate: {each.objection}" for each in outcomes if each.kind)
        raise AuditorError("\n".join(told))
    system = _system(config, wish.system or (entry.system if entry else ""))
    reading = _Reading(config, system, wish, as_of, progress)
    for kind in kept:
        exports = _Exports(kind, kinds[kind], entry or _entry_of(config, kind, system), alone=len(kept) == 1)
        outcomes.append(_added(reading, exports))
    return tuple(outcomes)


@dataclass(frozen=True, slots=True)
class _Exports:
    """Files of one kind, and the entry of auditor.yaml that says how they are read."""

    kind: str
    paths: Sequence[Path]
    entry: EvidenceConfig | None
    alone: bool


@dataclass(slots=True)
class _Reading:
    """What one run of the command reads once: the system's catalogue, and the definitions that runs join with."""

    config: Config
    system: str
    wish: Wish
    as_of: date
    progress: Progress
    catalogs: tuple[Catalog, ...] = ()
    parts: list[Evidence] = field(default_factory=list)
    defined: bool = False

    def read(self, request: UsageRequest) -> Evidence:
        """Read one request with what it joins with."""
        if request.kind in JOINING and not self.defined:
            self.parts += self._definitions()
            self.defined = True
        read = read_beside(self.config.folder, request, self.parts)
        self.parts.append(read)
        return read

    def catalog(self) -> Catalog:
        """The catalogue of the system that the evidence is of."""
        if not self.catalogs:
            mine = tuple(each for each in self.config.systems if each.name == self.system)
            self.catalogs = read_catalogs(replace(self.config, systems=mine), self.progress)
        return self.catalogs[0]

    def _definitions(self) -> list[Evidence]:
        mine = [each for each in self.config.evidence if each.system == self.system and each.kind in _DEFINING]
        found: list[Evidence] = []
        # What is wrong with them is told by every audit.
        for request in requests_of(replace(self.config, evidence=tuple(mine)), (self.catalog(),), self.as_of, []):
            found.append(read_beside(self.config.folder, request, found))
        return found


def _added(reading: _Reading, exports: _Exports) -> Outcome:
    from auditor.history.additions import add, additions

    wish, kind = reading.wish, exports.kind
    path = history_file(reading.config.folder)
    files, skipped = _distinct(exports.paths)
    stated = _stated(wish, exports)
    digest = addition_digest(kind, reading.system, stated, files)
    held = next((each for each in additions(path) if each.digest == digest), None)
    if held is not None:
        return Outcome(kind, held=held, skipped=skipped)
    request = _request(reading, exports, tuple(files.values()))
    reading.progress(f"reading {kind}", 0, 0)
    read = reading.read(request)
    skipped += read.skipped
    name = wish.name if wish.name and exports.alone else f"{wish.name}{'-' if wish.name else ''}{kind}"
    blank = Addition(name, kind, reading.system, SourceKind.LOG, digest, reading.as_of, stated.stream)
    kept = contribution(request, read, blank, files)
    if kept is None:
        return Outcome(kind, objection="it tells of no use that could be counted by day", skipped=skipped)
    if not (kept.days or kept.states or kept.addition.windows):
        return Outcome(kind, objection="nothing in it could be read", skipped=skipped)
    _refuse_other(reading, kept.addition.organization)
    kept_folder(reading.config.folder)
    told = add(path, _dated(kept, by_name=bool(wish.name)), named=bool(wish.name))
    if told.new:
        return Outcome(kind, told.addition, skipped=skipped)
    return Outcome(kind, held=told.addition, skipped=skipped)


def _refuse_other(reading: _Reading, organization: str | None) -> None:
    """Evidence of an organisation that is not the declared one never gets in."""
    declared = next((each.organization for each in reading.config.systems if each.name == reading.system), "")
    if declared and organization and organization != declared:
        raise AuditorError(
            f"the files come from organisation {organization}, and {reading.config.path.name} declares {declared} "
            f"for {reading.system}; nothing was added"
        )


def _dated(kept: Contribution, *, by_name: bool) -> Contribution:
    """A name that nobody chose tells the newest day, by which people know their exports."""
    addition = kept.addition
    if by_name or addition.last is None:
        return kept
    return replace(kept, addition=replace(addition, name=f"{addition.kind}-{addition.last.isoformat()}"))


def _request(reading: _Reading, exports: _Exports, paths: tuple[Path, ...]) -> UsageRequest:
    """As the configuration reads the same log, but for its window, which is that of these files."""
    options = {**(options_of(exports.entry) if exports.entry else {})}
    for name in ("from", "to", "exported"):
        options.pop(name, None)
    wish = reading.wish
    days = {"from": wish.start, "to": wish.end, "exported": wish.exported}
    options |= {name: day.isoformat() for name, day in days.items() if day is not None}
    kind, system = exports.kind, reading.system
    deploying = next((each.pipeline_users for each in reading.config.systems if each.name == system), ())
    return UsageRequest(
        f"added/{kind}",
        system,
        kind,
        paths,
        reading.as_of,
        reading.catalog(),
        options,
        pipeline=frozenset(deploying),
        daily=True,
        whole_days=True,
    )


def _stated(wish: Wish, exports: _Exports) -> Stated:
    stream = exports.entry.id if exports.entry and exports.kind in MAPPED else ""
    days = (day.isoformat() if day else "" for day in (wish.start, wish.end, wish.exported))
    return Stated(stream, *days)


def _distinct(paths: Iterable[Path]) -> tuple[dict[str, Path], tuple[Skipped, ...]]:
    """Files by their digests, each content once; those that cannot be read are skipped."""
    found: dict[str, Path] = {}
    skipped: list[Skipped] = []
    for path in paths:
        try:
            first = found.setdefault(file_digest(path), path)
        except FormatError as error:
            skipped.append(Skipped(path.as_posix(), error.reason))
            continue
        if first is not path:
            skipped.append(Skipped(path.as_posix(), f"the same as {first.name}, and so read once"))
    return found, tuple(skipped)


def _by_kind(wish: Wish, entry: EvidenceConfig | None) -> tuple[Mapping[str, Sequence[Path]], tuple[Skipped, ...]]:
    for path in wish.paths:
        if not path.exists():
            raise NothingMatchedError(f"{path}: there is no such file or folder")
    kind = wish.kind or (entry.kind if entry and entry.kind != "auto" else "")
    if kind:
        return {kind: files_of(wish.paths)}, ()
    skipped: list[Skipped] = []
    kinds = recognised(wish.paths, skipped)
    if not kinds:
        raise NothingMatchedError(
            f"{', '.join(map(str, wish.paths))}: no file's columns fit a kind of evidence; name it with --kind"
        )
    return kinds, tuple(skipped)


def _objection(kind: str) -> str:
    return objection(kind, BY_KIND[kind].memory)


def _entry(config: Config, wish: Wish) -> EvidenceConfig | None:
    if not wish.source:
        return None
    found = next((each for each in config.evidence if each.id == wish.source), None)
    if found is None:
        known = ", ".join(each.id for each in config.evidence) or "none"
        raise NothingMatchedError(f"{config.path.name} names no evidence source {wish.source!r}; it names {known}")
    return found


def _entry_of(config: Config, kind: str, system: str) -> EvidenceConfig | None:
    """The one entry that reads this kind for the system; of several none, since nobody knows which is meant."""
    found = [each for each in config.evidence if (each.kind, each.system) == (kind, system)]
    return found[0] if len(found) == 1 else None


def _system(config: Config, named: str) -> str:
    names = [each.name for each in config.systems]
    if named in names:
        return named
    crms = [each.name for each in config.systems if each.role is Role.CRM]
    if not named and len(crms) == 1:
        return crms[0]
    raise NothingMatchedError(
        f"{config.path.name} names no system {named!r}; it names {', '.join(names)}"
        if named
        else f"say with --system which system the exports are of: {', '.join(names)}"
    )
