"""What is told of the progress, and when."""

from __future__ import annotations

import io

import click
import pytest

from auditor.cli.progress import Meter, duration, told, with_progress_options


@pytest.mark.parametrize(
    ("step", "done", "total", "seconds", "line"),
    [
        pytest.param("reading x", 120, 480, 4.0, "reading x  120 of 480  30/s  12 s left", id="rate and rest"),
        pytest.param("reading x", 0, 480, 4.0, "reading x  0 of 480  4 s", id="nothing done yet: the time so far"),
        pytest.param("judging", 0, 0, 65.0, "judging  1 min 05 s", id="size unknown"),
        pytest.param("reading x", 480, 480, 4.0, "reading x  480 of 480  120/s", id="all done"),
        pytest.param("reading x", 3, 9, 0.5, "reading x  3 of 9", id="too early for a rate"),
        pytest.param("reading \x1b[31mx", 3, 9, 2.0, "reading \ufffd[31mx  3 of 9  1.5/s  4 s left", id="hostile"),
    ],
)
def test_a_line(step: str, done: int, total: int, seconds: float, line: str) -> None:
    assert told(step, done, total, seconds) == line


@pytest.mark.parametrize(
    ("seconds", "words"),
    [(0.2, "0 s"), (59.4, "59 s"), (80, "1 min 20 s"), (3600, "1 h 00 min"), (7500, "2 h 05 min")],
)
def test_durations(seconds: float, words: str) -> None:
    assert duration(seconds) == words


class _Clock:
    def __init__(self) -> None:
        self.now = 100.0

    def __call__(self) -> float:
        return self.now


def _told(live: bool, events: list[tuple[float, str, int, int]]) -> str:
    clock, stream = _Clock(), io.StringIO()
    meter = Meter(stream, live, clock)
    for after, step, done, total in events:
        clock.now += after
        meter.show(step, done, total)
    meter.close()
    return stream.getvalue()


def test_what_is_quick_is_not_told() -> None:
    assert _told(True, [(0.5, "reading", 1, 9), (1.0, "reading", 9, 9)]) == ""


def test_a_terminal_shows_one_line_and_keeps_none() -> None:
    shown = _told(True, [(1.0, "reading", 1, 9), (2.0, "reading", 3, 9)])

    line = "reading  3 of 9  1.5/s  4 s left"
    assert shown == f"\r{line}\r{' ' * len(line)}\r"


def test_elsewhere_a_line_comes_now_and_then() -> None:
    shown = _told(False, [(3.0, "reading", 3, 90), (1.0, "reading", 4, 90), (10.0, "reading", 14, 90)])

    assert shown == "reading  3 of 90\nreading  14 of 90  1.3/s  1 min 00 s left\n"


def test_the_next_of_several_sources_keeps_the_rate() -> None:
    shown = _told(True, [(0.0, "reading a", 0, 100), (4.0, "reading b", 50, 100)])

    assert shown.startswith("\rreading b  50 of 100  12/s  4 s left\r")


def test_a_reader_that_went_away_ends_no_run() -> None:
    clock, stream = _Clock(), io.StringIO()
    meter = Meter(stream, live=True, clock=clock)
    stream.close()
    clock.now += 5

    meter.show("reading", 1, 9)
    meter.close()


def test_every_verb_has_the_options_and_keeps_its_own() -> None:
    group = click.Group(commands=[click.Command("a"), click.Command("b", params=[click.Option(["--quiet"])])])

    with_progress_options(with_progress_options(group))

    assert {
        name: [opt for each in inner.params for opt in each.opts] for name, inner in group.commands.items()
    } == {
        "a": ["--progress", "--quiet"],
        "b": ["--quiet", "--progress"],
    }
