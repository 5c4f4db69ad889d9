"""Proposes what could be reconciled: pairs of objects that repeat each other, and keys that their rows share."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from auditor.config.values import Config
from auditor.dataclasses import dataclass, replace
from auditor.errors import FormatError, SourceError
from auditor.model.catalogue import Catalog, Field, Object, Role, Skipped
from auditor.model.divergence import Divergence, KeyProposal
from auditor.model.matches import Match, Matches, MatchKind
from auditor.query.engine import open_engine
from auditor.query.reconciling_keys import SEPARATORS, Overlap, overlaps
from auditor.query.reconciling_sides import SideRows
from auditor.workspace.catalogs import Progress, read_catalogs
from auditor.workspace.maps import read_maps
from auditor.workspace.matching import match_catalogs, wording_of_company
from auditor.workspace.reconciling import files, rows_of_systems

LEAST_SCORE = 0.5
LEAST_UNIQUE = 0.9
"""Distinct values among the filled ones from which a field may be a key."""
LEAST_SHARE = 0.5
LEAST_COMMON = 5
_PLATFORM = frozenset(
    (
        "id",
        "createddate",
        "createdbyid",
        "lastmodifieddate",
        "lastmodifiedbyid",
        "systemmodstamp",
        "ownerid",
        "isdeleted",
    )
)


@dataclass(frozen=True, slots=True)
class _Pair:
    """Two objects that seem to repeat each other, with what their schemas say."""

    crm: Object
    erp: Object
    fields: tuple[Match, ...]


def propose_pairs(config: Config, progress: Progress) -> Divergence:
    """The keys by which objects could be joined, best first; what was measured stands with each.

    Raises:
        ConfigurationError: a declared map cannot be read.
        SourceError: a source of a schema cannot be read as a whole.
    """
    catalogs = read_catalogs(config, progress)
    sides, skipped = rows_of_systems(config, catalogs)
    matches = match_catalogs(catalogs, read_maps(config), wording_of_company(config), LEAST_SCORE)
    found: list[KeyProposal] = []
    pairs = list(_pairs(catalogs, matches, sides[Role.CRM], sides[Role.ERP]))
    for done, pair in enumerate(pairs):
        progress(f"looking for keys of {pair.crm.name} and {pair.erp.name}", done, len(pairs))
        try:
            found += _proposed(pair, sides[Role.CRM], sides[Role.ERP])
        except (FormatError, SourceError) as error:
            skipped.append(Skipped(f"{pair.crm.name}, {pair.erp.name}", str(error)))
    ordered = sorted(found, key=lambda each: (-each.overlap * each.crm_filled, each.crm_object, each.erp_object))
    return Divergence((), tuple(ordered), tuple(skipped))


def _pairs(catalogs: Sequence[Catalog], matches: Matches, crm: SideRows, erp: SideRows) -> Iterator[_Pair]:
    objects = {(catalog.role, item.name): item for catalog in catalogs for item in catalog.objects if item.fields}
    named = dict.fromkeys((each.crm_object, each.erp_object) for each in (*matches.objects, *matches.fields))
    for left, right in named:
        if left in crm.scans and right in erp.scans:
            fields = tuple(each for each in matches.fields if (each.crm_object, each.erp_object) == (left, right))
            yield _Pair(objects[Role.CRM, left], objects[Role.ERP, right], fields)


def _proposed(pair: _Pair, crm: SideRows, erp: SideRows) -> Iterator[KeyProposal]:
    """The best key of a pair, if there is one."""
    left, right = (_only(rows, item.name) for rows, item in ((crm, pair.crm), (erp, pair.erp)))
    columns = [each for each in left.columns(pair.crm.name) if each.lower() not in _PLATFORM]
    with open_engine(files(left, right)) as engine:
        found = overlaps(engine, (left, pair.crm.name, columns), (right, pair.erp.name, _erp_keys(pair.erp)))
    usable = [each for each in found if _usable(each) and _reasons(pair, each)]
    if usable:
        best = max(usable, key=lambda each: (len(_reasons(pair, each)), each.share, each.common, each.crm.key))
        yield _proposal(pair, best)


def _only(rows: SideRows, owner: str) -> SideRows:
    return replace(rows, scans={owner: rows.scans[owner]})


def _erp_keys(item: Object) -> list[str]:
    """Every column, and the parts of the primary key written as one text."""
    parts = [each.name for each in item.fields if each.key]
    together = [separator.join(f"{{{part}}}" for part in parts) for separator in SEPARATORS]
    return [each.name for each in item.fields] + (together if len(parts) > 1 else [])


def _usable(each: Overlap) -> bool:
    unique = min(each.crm.unique, each.erp.unique)
    return unique >= LEAST_UNIQUE and each.share >= LEAST_SHARE and each.common >= LEAST_COMMON


def _reasons(pair: _Pair, each: Overlap) -> list[str]:
    """What beside the values speaks for a key; numbers that merely coincide have nothing."""
    reasons = []
    keys = {name: field for field in pair.erp.fields for name in (field.name,) if _is_key(pair.erp, field)}
    if each.erp.key in keys or "{" in each.erp.key:
        reasons.append("the ERP's own key")
    own = next((field for field in pair.crm.fields if field.name == each.crm.key), None)
    if own is not None and (own.external_id or own.unique):
        reasons.append("an external id or unique in the CRM")
    if any((match.crm_field, match.erp_field) == (each.crm.key, each.erp.key) for match in pair.fields):
        reasons.append("their names match")
    return reasons


def _is_key(item: Object, field: Field) -> bool:
    return field.unique or (field.key and sum(each.key for each in item.fields) == 1)


def _proposal(pair: _Pair, best: Overlap) -> KeyProposal:
    fields = tuple(
        (each.crm_field, each.erp_field)
        for each in pair.fields
        if each.kind is not MatchKind.LINK and (each.crm_field, each.erp_field) != (best.crm.key, best.erp.key)
    )
    return KeyProposal(
        crm_object=pair.crm.name,
        erp_object=pair.erp.name,
        crm_key=best.crm.key,
        erp_key=best.erp.key,
        crm_unique=best.crm.unique,
        erp_unique=best.erp.unique,
        overlap=best.share,
        crm_filled=best.crm.filled / best.crm.rows if best.crm.rows else 0.0,
        common=best.common,
        because=", ".join(_reasons(pair, best)),
        fields=fields,
    )
