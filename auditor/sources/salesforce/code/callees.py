"""Whom a call means, once the components of all files are known.

Code writes names without regard to case, and a tag `c:row` of Aura may be an Aura component or a Lightning web
component. Calls get the declared spelling; what turns out to be no component is dropped, where it was a guess.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from auditor.model.references import Certainty
from auditor.sources.salesforce.tables import Table

CALLERS = frozenset({"apex_class", "apex_trigger", "lwc", "aura", "visualforce_page", "visualforce_component"})
"""Kinds of code: what they call is written without regard to case, and may be a guess."""
_TWINS = {"aura": "lwc", "lwc": "aura"}


class Callees:
    """The components of a tree by kind and name in lower case, and the names of classes within classes."""

    def __init__(
        self,
        names: Table[tuple[str, str], Sequence[str]],
        inner: Table[str, Sequence[str]],
        namespaces: frozenset[str] = frozenset(),
    ) -> None:
        self._names = names
        self._inner = inner
        own = "|".join(map(re.escape, sorted(namespaces)))
        self._prefix = re.compile(f"(?:{own})__", re.IGNORECASE) if own else None

    def settled(self, kind: str, callee: str, certainty: Certainty, *, from_code: bool) -> str | None:
        """The declared name of a callee; None for a guess that was wrong.

        A class that was not read may be a managed one and stays.
        """
        name = self._declared(kind, callee, certainty) if from_code else callee
        return name if name is None or self._prefix is None else self._own(kind, name, self._prefix)

    def _declared(self, kind: str, callee: str, certainty: Certainty) -> str | None:
        lowered = callee.lower()
        names = self._names.get((kind, lowered))
        if names:
            return names[-1]
        if self._names.get((_TWINS.get(kind, ""), lowered)):
            return None
        if kind != "apex_class":
            return callee
        return None if certainty is Certainty.POSSIBLE or self._inner.get(lowered) else callee

    def _own(self, kind: str, callee: str, prefix: re.Pattern[str]) -> str:
        """A project may call its own components by its namespace (`shelter__Intake` is the flow `Intake`)."""
        if callee in (self._names.get((kind, callee.lower())) or ()):
            return callee
        plain = prefix.sub("", callee)
        return plain if plain in (self._names.get((kind, plain.lower())) or ()) else callee
