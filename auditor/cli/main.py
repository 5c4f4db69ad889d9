"""The command line: one verb a file, loaded only when it is called, and the one place where errors end."""

from __future__ import annotations

import errno
import os
import sys
from collections.abc import Sequence
from contextlib import suppress
from importlib import import_module

import click

from auditor.cli.signals import Guard, Stopped, stoppable
from auditor.errors import AuditorError, ExitCode
from auditor.version import VERSION

_VERBS = {
    "init": ("auditor.cli.init", "recognise what lies in a folder and write auditor.yaml"),
    "inspect": ("auditor.cli.inspect", "show the catalogue and references that are read, and what is skipped"),
    "audit": ("auditor.cli.audit", "the main job: read, think, report"),
    "check": ("auditor.cli.check", "the gate: what a change makes worse, for hooks and pull requests"),
    "propose": ("auditor.cli.propose", "an answer to a proposed field or object, with what does it already"),
    "charter": ("auditor.cli.charter", "which findings another charter changes"),
    "waiver": ("auditor.cli.waiver", "accepted exceptions: add, list, check, prune"),
    "baseline": ("auditor.cli.baseline", "the findings that stood when gating began"),
    "evidence": ("auditor.cli.evidence", "what to export next, and what accumulates of it"),
    "match": ("auditor.cli.match", "what the CRM repeats of the ERP, best first, and why"),
    "reconcile": ("auditor.cli.reconcile", "where the values of both sides diverge, since when, and by how much"),
    "plan": ("auditor.cli.plan", "the roll-back plan and its artefacts, tried on a copy"),
    "explain": ("auditor.cli.explain", "why a finding is there, or why it is not"),
    "core": ("auditor.cli.core", "the smallest set of fields that carries a share of all observed use"),
    "policy": ("auditor.cli.policy", "list, show, lint and test the policies in force, and their vocabulary"),
}


class _Verbs(click.Group):
    """Imports a verb's module when the verb is used, so that `--help` stays fast."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(_VERBS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name not in _VERBS:
            return None
        from auditor.cli.progress import with_progress_options

        return with_progress_options(import_module(_VERBS[cmd_name][0]).command)

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        if args and args[0] not in _VERBS:
            from auditor.config.nodes import nearest

            known = ", ".join(_VERBS)
            raise click.UsageError(
                f"there is no verb {args[0]!r}{nearest(args[0], _VERBS)}; the verbs are {known}"
            )
        return super().resolve_command(ctx, args)

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        with formatter.section("Verbs"):
            formatter.write_dl([(name, sentence) for name, (_, sentence) in _VERBS.items()])


@click.group(cls=_Verbs, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(VERSION, prog_name="auditor")
def auditor() -> None:
    """Find where a CRM has grown past its purpose, and the way back.

    Start with `auditor init` in the folder of your configuration repository, then `auditor audit`.
    Source systems are only ever read.
    """


def run(arguments: Sequence[str]) -> int:
    """Run one command and give its exit code. No traceback leaves this function."""
    try:
        with stoppable() as guard:
            code = _run(arguments, guard)
            if guard.number:
                raise Stopped(guard.number)  # something on the way took the end for an error of its own
            return code
    except Stopped as stopped:
        return _say(stopped.message, stopped.exit_code)


def _run(arguments: Sequence[str], guard: Guard) -> int:
    try:
        return _called(arguments)
    except BrokenPipeError:
        # The reader of a pipe went away (`auditor inspect | head`); nothing is wrong, and nothing more is written.
        _silence()
        return ExitCode.CLEAN
    except Exception as error:  # noqa: BLE001 - the one boundary: whatever happens ends as a line and a code
        if guard.number:
            raise Stopped(guard.number) from None  # a library told the end in its own words
        if isinstance(error, OSError) and error.errno in _FULL:
            _silence()
            return _say(f"the output cannot be written: {error.strerror}", ExitCode.MISUSE)
        return _internal(error)


_FULL = (errno.ENOSPC, errno.EFBIG, errno.EDQUOT)
"""A disk, a file or an account that takes no more."""


def _silence() -> None:
    """Write no more to standard output, not even what the interpreter still holds when it ends."""
    with suppress(OSError, ValueError):
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def _called(arguments: Sequence[str]) -> int:
    try:
        code = auditor.main(args=list(arguments), prog_name="auditor", standalone_mode=False)
        sys.stdout.flush()
        return int(code or 0)
    except click.exceptions.Exit as leave:
        return leave.exit_code
    except click.Abort:
        return _say("stopped; what was written before is kept", 130)
    except click.ClickException as error:
        error.show()
        return ExitCode.MISUSE
    except AuditorError as error:
        return _say(str(error), error.exit_code)
    except KeyboardInterrupt:
        return _say("stopped; what was written before is kept", 130)


def _say(message: str, code: int) -> int:
    from auditor.report.terminal import printable

    for line in message.splitlines():
        click.echo(f"auditor: {printable(line)}", err=True)
    return code


def _internal(error: Exception) -> int:
    """An error of ours: keep the traceback in a file and say where, so that it can be reported."""
    import tempfile
    import traceback

    with tempfile.NamedTemporaryFile("w", prefix="auditor-", suffix=".log", delete=False) as log:
        log.write(f"auditor {VERSION}, Python {sys.version}\n{traceback.format_exc()}")
    return _say(
        f"internal error ({type(error).__name__}: {error}). This is a defect of the auditor, not of your data; "
        f"please report it with {log.name}",
        ExitCode.INTERNAL,
    )
