"""Reads `auditor.yaml`. Every problem is told at once, with its place and the nearest word."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from pathlib import Path
from typing import TypeVar

from auditor.config.nodes import ValueReader
from auditor.config.outside import declared_integrations, outside_readers, system_of
from auditor.config.planning import plan_rules
from auditor.config.reconciling import reconciled_in_audit, reconciled_pairs
from auditor.config.values import Config, EvidenceConfig, SourceConfig, SystemConfig
from auditor.config.waiving import waiver_days, waiver_files
from auditor.errors import ConfigurationError
from auditor.formats.yamlnodes import Problems, YamlNode
from auditor.formats.yamls import read_yaml
from auditor.languages.fieldpaths import to_18
from auditor.model.catalogue import Role
from auditor.model.liveness import Showing

SOURCE_KINDS = ("odata", "salesforce", "sql", "tabular")
DEFAULT_POLICIES = ("pack:all",)

_T = TypeVar("_T")
_TOP = (
    "version",
    "company",
    "systems",
    "evidence",
    "policies",
    "waivers",
    "baseline",
    "moved",
    "charter",
    "lexicon",
    "maps",
    "params",
    "complete",
    "showing",
    "areas",
    "outside_readers",
    "integrations",
    "plan",
    "reconcile",
    "output",
)
_SYSTEM = ("name", "role", "sources", "edition", "organization", "sandbox", "pipeline_users")
_SOURCE = ("kind", "path", "url", "url_env", "columns", "schemas", "exclude")
_EVIDENCE = ("id", "kind", "system", "path", "url", "url_env", "window", "columns", "options")


def read_config(path: Path, evidence_kinds: Iterable[str]) -> Config:
    """Read and check one configuration.

    Raises:
        ConfigurationError: with every problem, each as `file:line:column: message`.
    """
    try:
        data = path.read_bytes()
    except OSError as error:
        raise ConfigurationError([f"{path}: cannot be read: {error.strerror}"]) from None
    root = read_yaml(data, path.name)
    problems = Problems()
    config = _Reader(problems, (*sorted(evidence_kinds), "auto")).config(root, path)
    problems.check()
    return config


class _Reader(ValueReader):
    """Turns nodes into values and collects what is wrong on the way."""

    def __init__(self, problems: Problems, evidence_kinds: tuple[str, ...]) -> None:
        super().__init__(problems)
        self.evidence_kinds = evidence_kinds

    def config(self, root: YamlNode, path: Path) -> Config:
        if not self.keys(root, _TOP, ("version", "systems")):
            return Config(path, path.parent, "", ())
        version = root.get("version")
        if version is not None and version.scalar != 1:
            self.problems.add(version, f"version {version.text!r} is not known; this release reads version: 1")
        systems = tuple(self.each(root.get("systems"), self.system))
        self.distinct((s.name for s in systems), root.get("systems"), "system")
        evidence = tuple(self.each(root.get("evidence"), lambda node: self.evidence(node, systems)))
        self.distinct((e.id for e in evidence), root.get("evidence"), "evidence source")
        return Config(
            path=path,
            folder=path.parent,
            company=self.text(root.get("company")) or path.parent.resolve().name,
            systems=systems,
            evidence=evidence,
            policies=self.texts(root.get("policies")) or DEFAULT_POLICIES,
            waivers=waiver_files(self, root.get("waivers")),
            waiver_days=waiver_days(self, root.get("waivers")),
            charter=self.text(root.get("charter")),
            lexicon=self.texts(root.get("lexicon")),
            maps=self.texts(root.get("maps")),
            baseline=self.text(root.get("baseline")),
            moved=dict(self.each(root.get("moved"), self.move)),
            params=self.mapping(root.get("params")),
            complete=self.texts(root.get("complete")),
            showing=Showing(self.choice(root.get("showing"), tuple(Showing)) or Showing.POSSIBLE),
            areas=self.areas(root.get("areas")),
            outside_readers=outside_readers(self, root.get("outside_readers"), systems),
            integrations=declared_integrations(self, root.get("integrations"), systems),
            plan=plan_rules(self, root.get("plan")),
            reconcile=reconciled_pairs(self, root.get("reconcile")),
            reconcile_in_audit=reconciled_in_audit(self, root.get("reconcile")),
            output=self.text(root.get("output")) or "out",
        )

    def system(self, node: YamlNode) -> SystemConfig | None:
        if not self.keys(node, _SYSTEM, ("name", "role", "sources")):
            return None
        name = self.text(node.get("name"))
        role = self.choice(node.get("role"), tuple(Role))
        sources = tuple(self.each(node.get("sources"), self.source))
        if name and not name.replace("-", "").replace("_", "").isalnum():
            self.problems.add(
                node, f"system name {name!r}: use letters, digits, - and _ only; it is part of names"
            )
        if not name or not role:
            return None
        return SystemConfig(
            name,
            Role(role),
            sources,
            self.text(node.get("edition")) or None,
            self.organization(node.get("organization")),
            self.choice(node.get("sandbox"), ("accepted",)) == "accepted",
            self.texts(node.get("pipeline_users")),
        )

    def organization(self, node: YamlNode | None) -> str:
        value = self.text(node)
        try:
            found = to_18(value) if value else ""
        except ValueError:
            found = ""
        if node is not None and not found.startswith("00D"):
            self.problems.add(
                node, f"{value!r} is no id of an organisation; it begins with 00D and has 15 or 18 characters"
            )
        return found

    def source(self, node: YamlNode) -> SourceConfig | None:
        if not self.keys(node, _SOURCE, ("kind",)):
            return None
        kind = self.choice(node.get("kind"), SOURCE_KINDS)
        self.place(node, kind, kind == "sql")
        exclude = self.texts(node.get("exclude"))
        if exclude and kind in ("sql", "tabular"):
            self.problems.add(node, f"a {kind} source has no files to exclude; leave `exclude` out")
        return SourceConfig(
            kind=kind,
            location=self.text(node.get("path")) or self.text(node.get("url")),
            secret_env=self.text(node.get("url_env")) or None,
            columns=self.mapping(node.get("columns")),
            schemas=self.texts(node.get("schemas")),
            exclude=tuple(pattern for pattern in exclude if pattern.strip("./")),
            where=node.where,
        )

    def evidence(self, node: YamlNode, systems: tuple[SystemConfig, ...]) -> EvidenceConfig | None:
        if not self.keys(node, _EVIDENCE, ("id", "kind")):
            return None
        kind = self.choice(node.get("kind"), self.evidence_kinds)
        paths = self.texts(node.get("path"))
        url, secret = self.text(node.get("url")), self.text(node.get("url_env")) or None
        self.place(node, kind, kind == "record-database")
        start, end = self.window(node.get("window"))
        return EvidenceConfig(
            id=self.text(node.get("id")),
            kind=kind,
            system=system_of(self, node, systems, "the evidence"),
            paths=paths,
            url=url,
            secret_env=secret,
            start=start,
            end=end,
            columns=self.mapping(node.get("columns")),
            options=self.mapping(node.get("options")),
            where=node.where,
        )

    def window(self, node: YamlNode | None) -> tuple[date | None, date | None]:
        if node is None or not self.keys(node, ("from", "to"), ()):
            return None, None
        start, end = self.day(node.get("from")), self.day(node.get("to"))
        if start and end and start > end:
            self.problems.add(node, f"the window ends ({end}) before it begins ({start})")
        return start, end

    def move(self, node: YamlNode) -> tuple[str, str] | None:
        """One rename: the name that was, and the one that is."""
        if not self.keys(node, ("from", "to"), ("from", "to")):
            return None
        return self.text(node.get("from")), self.text(node.get("to"))

    def areas(self, node: YamlNode | None) -> Mapping[str, tuple[str, ...]]:
        if node is None:
            return {}
        if not node.is_mapping:
            self.problems.add(node, "areas map the name of an area to a list of object names")
            return {}
        return {key: self.texts(value) for key, _, value in node.entries()}

    def place(self, node: YamlNode, kind: str, database: bool) -> None:
        """Check that a source is named by what its kind reads: a database by URL, everything else by path."""
        wanted = ("url", "url_env") if database else ("path",)
        given = [name for name in ("path", "url", "url_env") if node.get(name) is not None]
        if kind and (len(given) != 1 or given[0] not in wanted):
            self.problems.add(
                node, f"a {kind} source needs {' or '.join(wanted)}, and nothing else of path, url, url_env"
            )
