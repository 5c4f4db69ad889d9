"""What integration points touch where only another file tells: a credential serves the code that calls out."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator

from auditor.dataclasses import replace
from auditor.model.catalogue import Object
from auditor.model.components import IntegrationPoint

_CALLOUT = "callout:"
_BY_HOST = frozenset({"csp_site", "named_credential", "remote_site"})
"""Kinds that open the way to a host."""


def joined_points(
    points: Iterable[IntegrationPoint], sources: Iterable[tuple[str, str]]
) -> tuple[IntegrationPoint, ...]:
    """The points, each with the objects that another file says it touches.

    A call-out by name (`callout:ERP/orders`) touches what its class does through the named credential; one by
    address through whatever opens the way to that host; an external data source serves the external objects on it:
    `sources` are what `served` gives of all objects.
    """
    known = list(points)
    by_name: dict[str, set[str]] = defaultdict(set)
    by_host: dict[str, set[str]] = defaultdict(set)
    for point in known:
        if point.kind != "apex_callout" or not point.endpoint:
            continue
        if point.endpoint.lower().startswith(_CALLOUT):
            name = point.endpoint[len(_CALLOUT) :].partition("/")[0].lower()
            by_name[name].update(point.objects)
        elif host := _host(point.endpoint):
            by_host[host].update(point.objects)
    served_by: dict[str, set[str]] = defaultdict(set)
    for source, name in sources:
        served_by[source].add(name)
    return tuple(_with(point, by_name, by_host, served_by) for point in known)


def point_order(point: IntegrationPoint) -> tuple[str, str, str, int, str]:
    """The order in which catalogues list integration points."""
    return (point.kind, point.name, point.path, point.line or 0, point.endpoint or "")


def served(objects: Iterable[Object]) -> Iterator[tuple[str, str]]:
    """External data sources, in lower case, and the objects that lie on them."""
    for item in objects:
        source = dict(item.attributes).get("external_data_source")
        if source:
            yield source.lower(), item.name


def _with(
    point: IntegrationPoint,
    by_name: dict[str, set[str]],
    by_host: dict[str, set[str]],
    served: dict[str, set[str]],
) -> IntegrationPoint:
    touched = set(point.objects)
    if point.kind == "named_credential":
        touched |= by_name.get(point.name.lower(), set())
    if point.kind == "external_data_source":
        touched |= served.get(point.name.lower(), set())
    host = _host(point.endpoint) if point.endpoint else None
    if point.kind in _BY_HOST and host:
        touched |= by_host.get(host, set())
    return point if touched == set(point.objects) else replace(point, objects=tuple(sorted(touched)))


def _host(endpoint: str) -> str | None:
    from urllib.parse import urlsplit  # loads what knows network addresses

    return urlsplit(endpoint).hostname
