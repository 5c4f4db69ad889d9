"""Several sources of one system."""

from __future__ import annotations

from auditor.model.catalogue import Catalog, Object, Origin, Role, Skipped, Unresolved
from auditor.model.components import Component, IntegrationPoint
from auditor.sources.merging import merge_catalogs


def _catalog(kind: str, name: str) -> Catalog:
    return Catalog(
        system="erp",
        role=Role.ERP,
        kind=kind,
        objects=(
            Object(name, origin=Origin(f"{kind}.x")),
            Object("Shared", label=kind, origin=Origin(f"{kind}.x")),
        ),
        components=(Component("report", kind, f"{kind}.r"),),
        integration_points=(IntegrationPoint("remote_site", kind, f"{kind}.s"),),
        channels={"report": 1, kind: 2},
        skipped=(Skipped(f"{kind}.bad", "broken"),),
        unresolved=3,
        unresolved_mentions=(Unresolved(f"{kind}.r", 1, "report", kind, "Gone"),),
        location=f"at {kind}",
    )


def test_one_source_is_itself() -> None:
    catalog = _catalog("sql", "A")

    assert merge_catalogs([catalog]) is catalog


def test_everything_of_all_is_kept_and_of_one_name_the_first() -> None:
    one, other = _catalog("tabular", "B"), _catalog("odata", "A")

    merged = merge_catalogs([one, other])

    assert [(entity.name, entity.label) for entity in merged.objects] == [
        ("A", None),
        ("B", None),
        ("Shared", "tabular"),
    ]
    assert (merged.kind, merged.location) == ("odata+tabular", "at tabular + at odata")
    assert merged.components == one.components + other.components
    assert merged.integration_points == one.integration_points + other.integration_points
    assert merged.channels == {"odata": 2, "report": 2, "tabular": 2}
    assert merged.skipped == (
        Skipped("odata.bad", "broken"),
        Skipped("odata.x", "object Shared of at odata was already read from an earlier source"),
        Skipped("tabular.bad", "broken"),
    )
    assert merged.unresolved == 6
    assert [mention.path for mention in merged.unresolved_mentions] == ["odata.r", "tabular.r"]
