"""Readers that are only imported when there is something to read: a change is mostly of one kind of file."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from importlib import import_module
from typing import Any

from auditor.sources.salesforce.parsed import Parsed

_ROOM = "auditor.sources.salesforce"


def reader(place: str, *arguments: str) -> Callable[..., Parsed]:
    """The reader at `module:function` of this room; with arguments, what the function makes of them."""

    def read(*given: object) -> Parsed:
        found: Parsed = _loaded(place, arguments)(*given)
        return found

    return read


@cache
def _loaded(place: str, arguments: tuple[str, ...]) -> Any:  # noqa: ANN401 - readers of three forms
    module, _, name = place.partition(":")
    found = getattr(import_module(f"{_ROOM}.{module}"), name)
    return found(*arguments) if arguments else found
