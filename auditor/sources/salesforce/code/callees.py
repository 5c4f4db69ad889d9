"""Whom a call means, once the components of all files are known.

Code writes names without regard to case, and a tag `c:row` of Aura may be an Aura component or a Lightning web
component. Calls get the declared spelling; what turns out to be no component is dropped, where it was a guess.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from auditor.dataclasses import replace
from auditor.model.references import Call, Certainty
from auditor.sources.salesforce.parsed import Parsed

_CODE = frozenset({"apex_class", "apex_trigger", "lwc", "aura", "visualforce_page", "visualforce_component"})
_TWINS = {"aura": "lwc", "lwc": "aura"}


class Callees:
    """The components of a tree by kind and name, and the names of classes within classes."""

    def __init__(self, parts: Sequence[Parsed]) -> None:
        self._names = {(item.kind, item.name.lower()): item.name for parsed in parts for item in parsed.components}
        self._inner = frozenset(
            item.name.rpartition(".")[2].lower()
            for parsed in parts
            for item in parsed.signatures
            if "." in item.name
        )

    def settled(self, calls: Iterable[Call]) -> tuple[Call, ...]:
        """The calls of one file, each with the declared name of its callee."""
        found = (self._settled(call) if call.caller_kind in _CODE else call for call in calls)
        return tuple(call for call in found if call is not None)

    def _settled(self, call: Call) -> Call | None:
        """None for a guess that was wrong. A class that was not read may be a managed one and stays."""
        name = self._names.get((call.callee_kind, call.callee.lower()))
        if name is not None:
            return call if name == call.callee else replace(call, callee=name)
        twin = _TWINS.get(call.callee_kind, "")
        if (twin, call.callee.lower()) in self._names:
            return None
        if call.callee_kind != "apex_class":
            return call
        guessed = call.certainty is Certainty.POSSIBLE or call.callee.lower() in self._inner
        return None if guessed else call
