"""Reads proposals: metadata of Salesforce, YAML, and tables as they come out of an issue tracker."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from auditor.dataclasses import replace
from auditor.errors import FormatError, SourceError
from auditor.formats.tables import BadRow, open_table
from auditor.formats.trees import Tree, open_tree
from auditor.formats.yamlnodes import Problems, YamlNode
from auditor.formats.yamls import read_noting
from auditor.lexicon.splitting import fold
from auditor.model.catalogue import Object, Role, Skipped
from auditor.model.proposals import Proposal
from auditor.workspace.proposing_forms import FIELD_KEYS, KEYS, Written, check_keys

FIELD_META, OBJECT_META = ".field-meta.xml", ".object-meta.xml"
_OBJECT = ".object"
_TABLES = (".csv", ".tsv", ".json", ".jsonl", ".csv.gz")
_HEADERS: Mapping[str, str] = {
    header: key
    for key, headers in {
        "system": "system crm",
        "object": "object entity table object_name hubspot_object objekt tabell for_object object_api_name",
        "object_label": "object_label",
        "name": "name field field_name api_name fieldname column property internal_name faltnamn feltnavn kolumn",
        "label": "label field_label display_name caption title summary etikett rubrik feltetiket bezeichnung",
        "type": "type field_type data_type datatype fieldtype typ datatyp",
        "description": "description beskrivning beskrivelse beschreibung help tooltip definition",
        "owner": "owner business_owner requester reporter requested_by agare bestallare ejer eier besitzer",
        "why": "why reason justification purpose decision business_case motivation varfor syfte hvorfor warum",
        "readers": "readers reader read_by used_by users consumers audience lasare lases_av laesere leser",
        "source_system": "source_system source origin system_of_record kalla kallsystem kilde quelle",
        "retention": "retention kept_for keep_for retention_period lagringstid gallring opbevaring aufbewahrung",
        "trial_until": "trial_until trial expires review_on prov_till provperiod",
        "values": "values options picklist picklist_values choices varden valg werte",
        "reference_to": "reference_to references lookup lookup_to relation referens",
        "required": "required mandatory obligatorisk pakravd",
        "formula": "formula formel",
        "length": "length max_length langd",
        "classification": "classification security_classification sensitivity klassning",
        "compliance": "compliance compliance_group",
    }.items()
    for header in headers.split()
}
"""Headers as people and issue trackers write them → keys; folded, blanks as underscores. `field` is a name unless
another column is."""
_CUSTOM = re.compile(r"^custom_field_\((.*)\)$|^(?:fields?|issue)[./](.*)$")
"""How issue trackers dress the headers of a company's own fields."""


def read_proposals(path: Path, given: Mapping[str, str], problems: Problems) -> list[Written]:
    """Everything that a file or folder asks for. `given` are cells that the command line adds (`object`, `owner`).

    Raises:
        SourceError: nothing stands there, or it is of no kind that is read.
    """
    if path.is_dir():
        return _folder(path, given)
    if not path.is_file():
        raise SourceError(f"{path} does not exist; `auditor propose --template` writes an example")
    name = path.name.lower()
    if name.endswith((FIELD_META, OBJECT_META, _OBJECT)):
        return _metadata(path, given, problems)
    if name.endswith((".yaml", ".yml")):
        return list(_yaml(path, given, problems))
    if name.endswith(_TABLES):
        return list(_table(path, given, problems))
    raise SourceError(
        f"{path.name} is none of *{FIELD_META}, *{OBJECT_META}, an object's folder, .yaml, .csv, .tsv or .json"
    )


# YAML


def _yaml(path: Path, given: Mapping[str, str], problems: Problems) -> Iterator[Written]:
    root = read_noting(path.read_bytes(), path.name, problems)
    listed = root.get("proposals") if root.is_mapping else None
    nodes = (listed or root).items if (listed or root).is_list else (root,)
    if not nodes or root.is_empty:
        problems.at(path.name, 1, 1, "holds no proposal; `auditor propose --template` writes an example")
        return
    for node in nodes:
        if not node.is_mapping:
            problems.add(node, f"expected keys ({', '.join(KEYS)}), found a {node.kind}")
            continue
        yield _written(node, KEYS, given, problems)


def _written(node: YamlNode, known: Sequence[str], given: Mapping[str, str], problems: Problems) -> Written:
    cells = {key: _cell(value) for key, _, value in node.entries() if key != "fields"}
    check_keys((key for key, _, _ in node.entries()), known, (node.file, node.line), problems)
    fields = node.get("fields")
    inner: tuple[Written, ...] = ()
    if fields is not None and not fields.is_empty:
        if fields.is_list and all(each.is_mapping for each in fields.items):
            inner = tuple(_written(each, FIELD_KEYS, {}, problems) for each in fields.items)
        else:
            problems.add(fields, "expected a list of fields, each with label and type")
    return Written({**given, **cells}, node.file, node.line, inner)


def _cell(node: YamlNode) -> str:
    """A value, or a list of values parted as cells of tables part them."""
    return ";".join(_cell(each) for each in node.items) if node.is_list else "" if node.is_empty else node.text


# Tables


def _table(path: Path, given: Mapping[str, str], problems: Problems) -> Iterator[Written]:
    try:
        table = open_table(path)
    except FormatError as error:
        raise SourceError(f"{path.name}: {error}") from None
    keys = _columns(table.columns)
    if "label" not in keys.values() and "name" not in keys.values():
        found = ", ".join(table.columns)
        problems.at(path.name, 1, 1, f"no column holds a label or a name (found {found}); call one `label`")
        return
    for row in table.rows():
        if isinstance(row, BadRow):
            problems.at(path.name, row.line, 1, row.reason)
        elif any(cell.strip() for cell in row.cells.values()):
            cells = {key: row.cells.get(column.lower(), "") for column, key in reversed(keys.items())}
            yield Written(
                {**given, **{key: cell for key, cell in cells.items() if cell.strip()}}, path.name, row.line
            )


def _columns(headers: Sequence[str]) -> dict[str, str]:
    """Column → key; of several columns for one key the first counts, the exact word before others."""
    found: dict[str, str] = {}
    plain = {header: _plain(header) for header in headers}
    for header in sorted(headers, key=lambda each: (plain[each] not in KEYS, headers.index(each))):
        key = plain[header] if plain[header] in KEYS else _HEADERS.get(plain[header], "")
        if key and key not in found.values():
            found[header] = key
    return found


def _plain(header: str) -> str:
    plain = "_".join(re.findall(r"[\w()./]+", fold(header)))
    dressed = _CUSTOM.match(plain)
    return next(part for part in dressed.groups() if part).strip("_") if dressed else plain


# Metadata of Salesforce


def _metadata(path: Path, given: Mapping[str, str], problems: Problems) -> list[Written]:
    """One file of metadata; the object of a field is the folder that it stands in, or the one that was given."""
    stem = path.name.split(".")[0]
    if not path.name.lower().endswith(FIELD_META):
        return _read(_Placed({f"objects/{stem}/{path.name}": path}), given, path.name)
    folder = path.resolve().parent
    owner = given.get("object") or (folder.parent.name if folder.name == "fields" else "")
    if not owner:
        problems.at(path.name, 1, 1, "stands in no object's folder: name the object with --object")
        return []
    return _read(_Placed({f"objects/{owner}/fields/{path.name}": path}), given, path.name)


def _folder(path: Path, given: Mapping[str, str]) -> list[Written]:
    """An object's folder, or any folder of metadata: what stands in it is asked for."""
    name = path.resolve().name
    whole = open_tree(str(path))
    if any(
        each.startswith("fields/") or (each.endswith(OBJECT_META) and "/" not in each) for each in whole.paths()
    ):
        return _read(_Placed({f"objects/{name}/{each}": path / each for each in whole.paths()}), given, name)
    return _read(whole, given, name)


class _Placed:
    """Files under the paths that the platform wants them at."""

    def __init__(self, files: Mapping[str, Path]) -> None:
        self._files = dict(sorted(files.items()))
        self.location = ""
        self.skipped: tuple[Skipped, ...] = ()

    def paths(self) -> Sequence[str]:
        """All files, sorted."""
        return tuple(self._files)

    def read(self, path: str) -> bytes:
        """The bytes of one file.

        Raises:
            FormatError: unreadable.
        """
        file = self._files[path]
        tree = open_tree(str(file))
        return tree.read(file.name)


def _read(tree: Tree, given: Mapping[str, str], shown: str) -> list[Written]:
    from auditor.sources.salesforce.source import read_salesforce

    catalog = read_salesforce(tree, "proposed", Role.CRM)
    found = [_asked(each) for each in catalog.objects if each.fields or _is_defined(each)]
    if not found:
        told = (
            "; ".join(f"{line.path}: {line.reason}" for line in catalog.skipped) or "no field and no object in it"
        )
        raise SourceError(f"{shown}: {told}")
    return [Written(given, shown, 1, read=each) for each in found]


def _is_defined(value: Object) -> bool:
    return value.origin is not None and bool(value.label)


def _asked(value: Object) -> Proposal:
    new = replace(value, fields=()) if _is_defined(value) else None
    origin = value.fields[0].origin if value.fields else value.origin
    return Proposal("proposed", value.name, value.fields, new, origin=origin)
