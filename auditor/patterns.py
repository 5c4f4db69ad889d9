"""Regular expressions that are compiled when they are first used: most of a program's are not, in a short run.

Compiling one takes as long as defining five classes. Only for names of modules: `re.compile` is right elsewhere.
"""

from __future__ import annotations

import re
from typing import Any, AnyStr, cast


def regex(text: AnyStr, flags: int = 0) -> re.Pattern[AnyStr]:
    """What `re.compile` gives, in every method and attribute; `isinstance` and pickling apart."""
    return cast("re.Pattern[AnyStr]", _Waiting(text, flags))


class _Waiting:
    """A pattern until it is asked for; what was asked for once is found at once."""

    def __init__(self, text: Any, flags: int) -> None:  # noqa: ANN401 - text or bytes
        self._text, self._flags = text, flags

    def __getattr__(self, name: str) -> object:
        value: object = getattr(re.compile(self._text, self._flags), name)
        setattr(self, name, value)
        return value
