"""Every parser as a target: what it is fed, how it is damaged, and what comes back."""

from __future__ import annotations

import sqlite3
import tarfile
import zipfile
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import cache
from io import BytesIO
from pathlib import Path
from random import Random

from auditor.config.reading import read_config
from auditor.errors import ConfigurationError, FormatError, SourceError
from auditor.facts.catalogue import vocabulary
from auditor.formats.trees import open_tree
from auditor.formats.workbooks import read_workbook
from auditor.formats.yamlnodes import Problems
from auditor.graph.build import build_graph
from auditor.graph.exports import to_node_link
from auditor.languages.aliases import list_column, related_column, related_list_object, report_column
from auditor.languages.formula import parse_formula
from auditor.languages.merge import merge_fields
from auditor.languages.soql import parse_query, parse_search
from auditor.model.catalogue import Catalog, Role
from auditor.policy.documents import InstalledLibrary
from auditor.policy.loading import load_policies
from auditor.policy.waivers import read_waivers_noting
from auditor.sources.odata.source import read_odata
from auditor.sources.salesforce.dispatch import has_reader, read_file
from auditor.sources.salesforce.paths import metadata_file
from auditor.sources.salesforce.source import read_salesforce
from auditor.sources.sql.source import read_database
from auditor.sources.tabular.source import read_tabular
from auditor.usage.registry import BY_ID, KINDS, evidence_kind, recognise
from auditor.usage.request import UsageRequest
from auditor.workspace.usage import merge_evidence
from tests.fuzz.mutating import mutated
from tests.fuzz.seeds import ROOT, Seed, elements, seeds, snippets
from tests.sources.fake_trees import FakeTree

AS_OF = date(2026, 11, 21)


@dataclass(frozen=True, slots=True)
class Target:
    """One parser.

    `read` gets a path, the bytes and a folder to write in, and gives everything that was read; what the parser
    declares to raise it gives back as a value. Anything else that it raises is a defect.
    """

    name: str
    family: str
    seeds: Callable[[], Sequence[Seed]]
    read: Callable[[str, bytes, Path], object]
    damage: Callable[[Random, str, Seed, Seed], bytes] = lambda rng, family, seed, other: mutated(
        rng, family, seed.data, other.data
    )
    group: Callable[[Seed], str] = lambda seed: _ending(seed)
    """Seeds of one group are alike; each group is tried equally often, so that a rare kind is not forgotten."""
    again: int = 1
    """Every so manieth input is read twice, to see that the same comes of it."""


@cache
def inputs(target: Target) -> Mapping[str, Sequence[Seed]]:
    """The seeds of a target by their group."""
    grouped: dict[str, list[Seed]] = {}
    for seed in target.seeds():
        grouped.setdefault(target.group(seed), []).append(seed)
    return dict(sorted(grouped.items()))


def damaged(target: Target, rng: Random) -> Seed:
    """One mutated input; the same state of `rng` gives the same."""
    grouped = inputs(target)
    seed = rng.choice(grouped[rng.choice(list(grouped))])
    other = rng.choice(grouped[rng.choice(list(grouped))])
    return Seed(seed.path, target.damage(rng, target.family, seed, other))


def _ending(seed: Seed) -> str:
    return ".".join(seed.path.removesuffix("-meta.xml").rsplit(".", 1)[1:])


def _first_columns(seed: Seed) -> str:
    """What kind of export it is."""
    return _ending(seed) + " " + seed.data[:48].decode("utf-8", "replace").split("\n")[0]


def _placed(folder: Path, path: str, data: bytes) -> Path:
    place = folder / Path(path).name
    place.write_bytes(data)
    return place


# --- Salesforce -------------------------------------------------------------------------------------------------


def _metadata(text: bool) -> list[Seed]:
    codes = (".cls", ".trigger", ".js", ".ts", ".html", ".cmp", ".app", ".evt", ".page", ".component", ".email")
    found = [seed for seed in seeds(("",)) if has_reader(metadata_file(seed.path))]
    return [s for s in found if s.path.endswith((*codes, ".json", ".design", ".intf", ".tokens")) is text]


def _read_metadata(path: str, data: bytes, _: Path) -> object:
    return read_file(metadata_file(path), data)


def _read_tree(path: str, data: bytes, _: Path) -> object:
    """A small project around the file: what it says is resolved, linked and made a graph."""
    catalog = read_salesforce(FakeTree({**_project(), path: data}), "crm", Role.CRM)
    graph = build_graph([catalog])
    return catalog, to_node_link(graph)


@cache
def _project() -> Mapping[str, bytes]:
    folder = ROOT / "examples/nordvik/salesforce"
    wanted = ("objects/Visit_Report__c", "layouts/Visit", "classes/Machine", "reports/Ledning")
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in sorted(folder.rglob("*.*"))
        if path.is_file() and any(f"/{part}" in path.as_posix() for part in wanted)
    }


# --- OData ------------------------------------------------------------------------------------------------------


def _services(ending: str) -> list[Seed]:
    marks = (b"Edmx", b"oasis-open.org/odata") if ending == "xml" else (b'"$Version"',)
    found = seeds((".xml", ".edmx", ".csdl") if ending == "xml" else (".json",))
    return [replace(s, path=f"metadata.{ending}") for s in found if any(mark in s.data[:4096] for mark in marks)]


def _read_service(path: str, data: bytes, _: Path) -> object:
    return read_odata(FakeTree({path: data}), "erp", Role.ERP)


# --- languages --------------------------------------------------------------------------------------------------


def _queries() -> list[Seed]:
    code = snippets(r"\[\s*((?:SELECT|FIND)\b[^\]]{5,4000})\]", (".cls", ".trigger"))
    logged = snippets(r"\"(SELECT\b(?:[^\"]|\"\"){5,4000})\"", (".csv",))
    return [replace(seed, path="query.soql") for seed in (*code, *logged)]


def _read_query(_: str, data: bytes, __: Path) -> object:
    text = data.decode("utf-8", "replace")
    query, search = parse_query(text), parse_search(text)
    return query, tuple(query.walk()), parse_query(text, len(text)), search


def _formulas() -> list[Seed]:
    tags = "formula|errorConditionFormula|expression|calculatedFormula|defaultValue|formulaEvaluationTime"
    return [replace(seed, path="x.formula") for seed in elements(tags)]


def _texts() -> list[Seed]:
    tags = "url|message|subject|body|htmlValue|textOnly|description|content|template|stringValue|text|value"
    found = [seed for seed in elements(tags) if b"{" in seed.data]
    return [replace(seed, path="x.text") for seed in (*found, *seeds((".email",)))]


def _decoded(read: Callable[[str], object]) -> Callable[[str, bytes, Path], object]:
    return lambda _, data, __: read(data.decode("utf-8", "replace"))


def _aliases() -> list[Seed]:
    named = elements("column|columns|field|fields|groupingColumn|relatedList|reportType|sortColumn|baseObject")
    types = [seed.data for seed in elements("reportType|relatedList|baseObject")]
    return [
        replace(seed, path="x.alias", data=types[number % len(types)] + b"\n" + seed.data)
        for number, seed in enumerate(named)
    ]


def _read_alias(text: str) -> object:
    owner, _, column = text.partition("\n")
    return (
        list_column(owner, column),
        related_column(owner, column, owner),
        related_column("Account", owner, column),
        related_list_object(owner, column),
        report_column(owner, column),
    )


# --- YAML -------------------------------------------------------------------------------------------------------


def _yaml(word: str) -> Callable[[], list[Seed]]:
    def found() -> list[Seed]:
        places = ("policies", "examples", "tests/fuzz/samples")
        own = [path for folder in places for path in sorted((ROOT / folder).rglob("*.yaml"))]
        return [Seed(f"{word}.yaml", path.read_bytes()) for path in own if word in path.read_text("utf-8")]

    return found


def _read_configuration(_: str, data: bytes, folder: Path) -> object:
    try:
        return read_config(_placed(folder, "auditor.yaml", data), BY_ID)
    except ConfigurationError as error:
        return error.problems


@dataclass(frozen=True, slots=True)
class _Library:
    base: Path

    def read(self, reference: str) -> bytes:
        return InstalledLibrary(self.base).read(reference)

    def packs(self) -> Sequence[str]:
        return InstalledLibrary(self.base).packs()


def _read_policies(_: str, data: bytes, folder: Path) -> object:
    _placed(folder, "own.yaml", data)
    try:
        loaded = load_policies(["own.yaml"], _Library(folder), vocabulary())
    except ConfigurationError as error:
        return error.problems
    return loaded.digest, loaded.params, loaded.disabled, tuple(policy.info for policy in loaded.policies)


def _read_waivers(_: str, data: bytes, __: Path) -> object:
    problems = Problems()
    return read_waivers_noting(data, "waivers.yaml", problems), problems.lines


# --- evidence ---------------------------------------------------------------------------------------------------


@cache
def _catalog() -> Catalog:
    folder = ROOT / "examples/nordvik/salesforce"
    wanted = sorted(path for path in folder.rglob("*.xml") if "/objects/" in path.as_posix())
    files = {path.relative_to(folder).as_posix(): path.read_bytes() for path in wanted}
    return read_salesforce(FakeTree(files), "crm", Role.CRM)


def _exports(*endings: str) -> Callable[[], list[Seed]]:
    def found() -> list[Seed]:
        strange = ("bc-tables", "cdm.json", "rc.json", "Data.", "wave", "test", "schema")
        kept = [seed for seed in seeds(endings) if seed.data.strip() and not any(w in seed.path for w in strange)]
        return [replace(s, path=s.path.rpartition("/")[2]) for s in kept]

    return found


def _read_export(path: str, data: bytes, folder: Path) -> object:
    """By the kind that is recognised; else, and now and then, by any kind that somebody may have declared."""
    place = _placed(folder, path, data)
    recognised = recognise(place)
    declared = KINDS[(len(data) + sum(data[:64])) % len(KINDS)].id
    kind = declared if recognised is None or (len(data) % 5 == 0 and declared != "git-history") else recognised
    read = evidence_kind(kind).read(UsageRequest(kind, "crm", kind, (place,), AS_OF, _catalog()))
    return recognised, merge_evidence([read])


# --- listings, workbooks, archives, databases -------------------------------------------------------------------


def _listings() -> list[Seed]:
    found = [*seeds((".csv", ".json"), without="usage"), *_yaml("field")()]
    return [*found, *(seed for seed in _workbooks() if len(seed.data) < 32_000)]


def _read_listing(path: str, data: bytes, folder: Path) -> object:
    place = _placed(folder, path, data)
    try:
        return replace(read_tabular(str(place), "erp", Role.ERP), location="")
    except SourceError as error:
        return str(error)


@cache
def _workbooks() -> tuple[Seed, ...]:
    import openpyxl

    made = []
    for number, seed in enumerate(seeds((".csv",))[:12]):
        book = openpyxl.Workbook()
        sheet = book.create_sheet("s", 0)
        for row in seed.data.decode("utf-8", "replace").splitlines()[:40]:
            sheet.append([cell.strip('"\0\x1b') for cell in row.split(",")])
        sheet.merge_cells("A2:A3")
        written = BytesIO()
        book.save(written)
        made.append(Seed(f"book{number}.xlsx", written.getvalue()))
    return tuple(made)


def _damage_workbook(rng: Random, family: str, seed: Seed, other: Seed) -> bytes:
    """Half of the time the archive itself, else one of the documents within it."""
    if rng.random() < 0.4:
        return mutated(rng, family, seed.data, other.data)
    result = BytesIO()
    with zipfile.ZipFile(BytesIO(seed.data)) as source, zipfile.ZipFile(result, "w", zipfile.ZIP_DEFLATED) as made:
        parts = {name: source.read(name) for name in source.namelist()}
        chosen = rng.choice(list(parts))
        parts[chosen] = mutated(rng, "xml", parts[chosen], parts[rng.choice(list(parts))])
        for name, data in parts.items():
            made.writestr(name, data)
    return result.getvalue()


def _read_book(path: str, data: bytes, folder: Path) -> object:
    try:
        return list(read_workbook(_placed(folder, path, data)))
    except FormatError as error:
        # openpyxl names some parts by where they lie in memory.
        return error.reason.partition(" at 0x")[0]


def _archives() -> list[Seed]:
    some = seeds((".xml",))[:60]
    made = []
    for number in range(6):
        zipped, tarred, members = BytesIO(), BytesIO(), some[number * 10 : number * 10 + 10]
        with zipfile.ZipFile(zipped, "w", (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)[number % 2]) as archive:
            for seed in members:
                archive.writestr(seed.path, seed.data)
        with tarfile.open(fileobj=tarred, mode=("w:gz", "w", "w:xz", "w:bz2")[number % 4]) as tar:
            for seed in members:
                info = tarfile.TarInfo(seed.path)
                info.size = len(seed.data)
                tar.addfile(info, BytesIO(seed.data))
        made += [Seed("all.zip", zipped.getvalue()), Seed("all.tar", tarred.getvalue())]
    return made


def _read_archive(path: str, data: bytes, folder: Path) -> object:
    try:
        tree = open_tree(str(_placed(folder, path, data)))
    except SourceError as error:
        return str(error)
    return tree.skipped, tuple((name, _member(tree.read, name)) for name in tree.paths())


def _member(read: Callable[[str], bytes], name: str) -> object:
    try:
        return read(name)
    except FormatError as error:
        return error.reason


def _databases() -> list[Seed]:
    made = []
    for number in range(4):
        connection = sqlite3.connect(":memory:")
        for place in range(number + 1):
            columns = "c0 INTEGER, c1 TEXT, c2 NUMERIC(12,2), c3 DATE, UNIQUE (c1)"
            connection.execute(f"CREATE TABLE t{place} (id INTEGER PRIMARY KEY, {columns})")
            connection.execute(f"CREATE VIEW v{place} AS SELECT id, c1 FROM t{place}")
            connection.execute(f"CREATE TABLE l{place} (a REFERENCES t{place}(id), b TEXT DEFAULT 'x')")
        made.append(Seed("erp.sqlite", connection.serialize()))
        connection.close()
    return made


def _read_sqlite(path: str, data: bytes, folder: Path) -> object:
    place = _placed(folder, path, data)
    try:
        return read_database(f"sqlite:///{place}", "erp", Role.ERP)
    except SourceError as error:
        return str(error)


TARGETS: Mapping[str, Target] = {
    target.name: target
    for target in (
        Target("salesforce-xml", "xml", lambda: _metadata(False), _read_metadata),
        Target("salesforce-code", "code", lambda: _metadata(True), _read_metadata),
        Target("salesforce-tree", "xml", lambda: [*_metadata(False), *_metadata(True)], _read_tree, again=10),
        Target("edmx", "xml", lambda: _services("xml"), _read_service),
        Target("csdl-json", "json", lambda: _services("json"), _read_service),
        Target("soql", "code", _queries, _read_query),
        Target("formula", "code", _formulas, _decoded(parse_formula)),
        Target("merge-fields", "code", _texts, _decoded(merge_fields)),
        Target("aliases", "code", _aliases, _decoded(_read_alias)),
        Target("auditor-yaml", "yaml", _yaml("systems:"), _read_configuration),
        Target("policies", "yaml", _yaml("policies:"), _read_policies),
        Target("waivers", "yaml", _yaml("waivers:"), _read_waivers),
        Target("evidence-csv", "csv", _exports(".csv"), _read_export, group=_first_columns, again=10),
        Target("evidence-json", "json", _exports(".json", ".jsonl"), _read_export, again=10),
        Target("listings", "csv", _listings, _read_listing),
        Target("workbooks", "binary", lambda: list(_workbooks()), _read_book, _damage_workbook),
        Target("archives", "binary", _archives, _read_archive),
        Target("sqlite", "binary", _databases, _read_sqlite),
    )
}
