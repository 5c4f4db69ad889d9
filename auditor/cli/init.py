"""`auditor init`."""

from __future__ import annotations

from pathlib import Path

import click

from auditor.cli.storing import store, text_of
from auditor.errors import AuditorError, ConfigurationError, NothingMatchedError
from auditor.report.terminal import printable
from auditor.workspace.starting import Recognised, config_path, first_config, recognise_folder

CHARTER = "charter.yaml"


@click.command()
@click.argument("folder", default=".", type=click.Path(exists=True, file_okay=False, path_type=Path))
@click.option(
    "--force", is_flag=True, help="replace an auditor.yaml (with --charter: a charter.yaml) that is there"
)
@click.option("--only-config", is_flag=True, help="write auditor.yaml alone: no baseline and no hook")
@click.option(
    "--charter", "drafting", is_flag=True, help="draft charter.yaml beside auditor.yaml, for people to sign"
)
def command(folder: Path, force: bool, only_config: bool, drafting: bool) -> None:
    """Recognise what lies in FOLDER and write auditor.yaml there.

    Salesforce metadata, OData $metadata, SQLite databases and exports of usage evidence are recognised by their
    names and first bytes. What is violated today goes into a first baseline, so that a gate speaks of what gets
    worse from here on; in a git repository the hook `auditor check` is entered into .pre-commit-config.yaml.

    With --charter, the systems of an auditor.yaml that is there are read, and a first charter is drafted from
    them: who owns what, and budgets of fields for what there is.
    """
    target = config_path(folder)
    if drafting:
        _draft(target, force)
        return
    if target.exists() and not force:
        raise ConfigurationError([f"{target} is there already; --force replaces it"])
    from auditor.usage.registry import recognise

    found = recognise_folder(folder, recognise)
    if not (found.salesforce or found.odata or found.databases):
        raise NothingMatchedError(
            f"{folder} holds no Salesforce metadata, OData $metadata or SQLite database. Run it in the folder of "
            "your configuration repository, or write auditor.yaml by hand (docs/configuration.md)"
        )
    _write(target, first_config(found))
    told = _said(found, target)
    if not only_config:
        told += [*_first_baseline(found, target), *_hook(folder, target)]
    for line in (*told, *_next(folder, target, only_config)):
        click.echo(printable(line))


def _write(target: Path, text: str) -> None:
    """Write through a link, as it may stand for a file elsewhere.

    Raises:
        AuditorError: it cannot be written.
    """
    try:
        target.write_text(text, encoding="utf-8")
    except OSError as error:
        raise AuditorError(f"{target} cannot be written: {error.strerror}") from None


def _first_baseline(found: Recognised, target: Path) -> list[str]:
    """Write what is violated today, and name the file in the configuration."""
    from auditor.cli.baseline import USUAL, first_baseline
    from auditor.cli.configuring import load_config

    path = target.with_name(USUAL)
    if path.exists():
        _write(target, first_config(found, USUAL))
        return [f"kept {path}, which is there already"]
    count = first_baseline(load_config(str(target)), path)
    _write(target, first_config(found, USUAL))
    stand = "1 finding stands" if count == 1 else f"{count:,} findings stand"
    return [f"wrote {path}: {stand} today, and a gate speaks of what gets worse from here on"]


def _hook(folder: Path, target: Path) -> list[str]:
    """Enter the gate among the hooks of the repository."""
    from auditor.workspace.hooking import HOOKS_FILE, Added, repository_root, with_hook

    root = repository_root(folder)
    if root is None:
        return []
    place = target.resolve().relative_to(root).as_posix()
    path = root / HOOKS_FILE
    hooked = with_hook(text_of(path), "" if place == target.name else place)
    if hooked.added is Added.WRITTEN:
        store(path, hooked.text.encode())
    return [_HOOKED[hooked.added].format(path)]


_HOOKED = {
    "written": "wrote the hook auditor-check into {}",
    "present": "kept {}, which names the hook auditor-check already",
    "by hand": "{} is laid out in a way of its own: add the hook by hand (docs/hooks.md)",
}


def _draft(config_file: Path, force: bool) -> None:
    """Draft the charter of a configuration."""
    from auditor.cli.configuring import load_config
    from auditor.cli.progress import progress_bar
    from auditor.workspace.catalogs import read_catalogs
    from auditor.workspace.drafting import draft_charter

    target = config_file.with_name(CHARTER)
    if target.exists() and not force:
        raise ConfigurationError([f"{target} is there already; --force replaces it"])
    config = load_config(str(config_file))
    with progress_bar() as progress:
        catalogs = read_catalogs(config, progress)
    store(target, draft_charter(catalogs).encode())
    click.echo(printable(f"wrote {target}"))
    if not config.charter:
        click.echo(f"next: read it through, sign it, and add to auditor.yaml:  charter: {CHARTER}")


def _said(found: Recognised, target: Path) -> list[str]:
    counts = (
        (len(found.odata), "OData service"),
        (len(found.databases), "database"),
        (len(found.evidence), "export of usage evidence", "exports of usage evidence"),
    )
    recognised = ["Salesforce metadata"] if found.salesforce else []
    recognised += [_counted(*each) for each in counts if each[0]]
    lines = [f"wrote {target}", "recognised: " + ", ".join(recognised)]
    if found.salesforce and not found.odata and not found.databases:
        lines.append("no ERP was found: name its schema under systems, so that repeated data can be seen")
    if not found.evidence:
        lines.append("no usage evidence was found: `auditor evidence plan` says what to export first")
    return lines


def _next(folder: Path, target: Path, only_config: bool) -> list[str]:
    """What to do next, in the order in which it pays."""
    from auditor.workspace.hooking import repository_root

    steps = [f"read {target.name} through and change what is not so", "`auditor audit` writes the first report"]
    if repository_root(folder) is not None and not only_config:
        steps.append("`pre-commit install -t pre-commit -t pre-push` puts the hook in force; commit the new files")
    steps.append("`auditor init --charter` drafts who owns what, for people to sign")
    return ["next:", *(f"  {number}. {step}" for number, step in enumerate(steps, 1))]


def _counted(number: int, one: str, many: str = "") -> str:
    return f"{number} {one if number == 1 else many or one + 's'}"
