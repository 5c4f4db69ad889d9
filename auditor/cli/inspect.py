"""`auditor inspect`."""

from __future__ import annotations

import json
from collections.abc import Sequence
from itertools import islice
from pathlib import Path

import click

from auditor.cli.configuring import cache_option
from auditor.cli.progress import progress_bar
from auditor.config.finding import find_config
from auditor.config.reading import read_config
from auditor.dataclasses import replace
from auditor.errors import ConfigurationError
from auditor.model.catalogue import Catalog, Role
from auditor.workspace.catalogs import KINDS, Progress, read_catalogs, read_place

_TOGETHER = 500
"""So many lines are printed at once: each call asks anew what it prints to."""


@click.command()
@click.argument("path", required=False)
@click.option("--kind", type=click.Choice(KINDS), help="what to read at PATH; without it, what is recognised")
@click.option("--role", type=click.Choice([str(role) for role in Role]), help="whether PATH is the CRM or an ERP")
@click.option("--config", "config_name", metavar="FILE", help="another auditor.yaml than the nearest upward")
@cache_option
@click.option("--references", is_flag=True, help="list who mentions which field instead of the catalogue")
@click.option(
    "--format",
    "form",
    type=click.Choice(["text", "json", "jsonl", "graphml", "node-link"]),
    default="text",
    show_default=True,
    help="json and jsonl are contracts; graphml and node-link (JSON) are for graph tools",
)
def command(
    path: str | None,
    kind: str | None,
    role: str | None,
    config_name: str | None,
    uncached: bool,
    references: bool,
    form: str,
) -> None:
    """Show the catalogue and the references that were read, and what was skipped and why.

    With PATH (a folder, an archive, git:REPOSITORY@REVISION, a file, or a database URL) no configuration is
    needed; without it, the systems of auditor.yaml are read.
    """
    with progress_bar() as progress:
        catalogs = _read(path, kind, Role(role) if role else None, config_name, uncached, progress)
    _print(catalogs, references, form)


def _read(
    path: str | None,
    kind: str | None,
    role: Role | None,
    config_name: str | None,
    uncached: bool,
    progress: Progress,
) -> tuple[Catalog, ...]:
    if path is not None:
        return read_place(path, kind, role, progress, not uncached)
    found = find_config(Path.cwd(), config_name)
    if found is None:
        raise ConfigurationError(["nothing to inspect: give a PATH, or write auditor.yaml with `auditor init`"])
    from auditor.usage.registry import BY_ID
    from auditor.workspace.outside import beyond

    config = replace(read_config(found, BY_ID), cached=not uncached)
    return beyond(config, read_catalogs(config, progress), progress)


def _print(catalogs: Sequence[Catalog], references: bool, form: str) -> None:
    from auditor.report import inspection

    if form in ("graphml", "node-link"):
        from auditor.graph.build import build_graph
        from auditor.graph.exports import to_graphml, to_node_link

        graph = build_graph(catalogs)
        if form == "graphml":
            click.echo(to_graphml(graph))
        else:
            click.echo(json.dumps(to_node_link(graph), ensure_ascii=False, indent=1))
    elif references:
        write = inspection.references_text if form == "text" else inspection.references_jsonl
        lines = write(catalogs)
        while some := "".join(islice(lines, _TOGETHER)):
            click.echo(some, nl=False)
    elif form == "text":
        click.echo(inspection.inspection_text(catalogs), nl=False)
    else:
        click.echo(inspection.inspection_json(catalogs), nl=False)
