"""What Apex does beside reading fields: DML, messages, call-outs, and which classes it leans on."""

from __future__ import annotations

import re

from auditor.model.components import Effect
from auditor.model.references import Access, Certainty
from auditor.sources.salesforce.code.apex_chain import Chain
from auditor.sources.salesforce.code.apex_platform import is_platform
from auditor.sources.salesforce.code.apex_scope import Scope
from auditor.sources.salesforce.code.apex_types import TypeRef, innermost
from auditor.sources.salesforce.code.collecting import Collector, Spot

_EFFECTS = {
    "insert": Effect.CREATES,
    "upsert": Effect.CREATES,
    "undelete": Effect.CREATES,
    "delete": Effect.DELETES,
    "merge": Effect.DELETES,
}
# Method, class that it is called on (empty: any) → effect.
_CALLED = {
    ("sendemail", "messaging"): Effect.MESSAGE,
    ("sendemailmessage", "messaging"): Effect.MESSAGE,
    ("send", "http"): Effect.CALLOUT,
    ("invoke", "webservicecallout"): Effect.CALLOUT,
    ("process", "approval"): Effect.ROUTES,
    ("publish", "eventbus"): Effect.PUBLISHES,
    ("postfeeditem", "connectapi.chatterfeeds"): Effect.MESSAGE,
    ("postfeedelement", "connectapi.chatterfeeds"): Effect.MESSAGE,
    ("send", "messaging.customnotification"): Effect.MESSAGE,
}
_ENDPOINT = re.compile(r"(?P<base>[A-Za-z][\w+.-]*:[^?#\s]*)")
_USER = re.compile(r"//[^/@]*@")


class Effects:
    """Notes what is done to the outside, and dependencies on other classes and on objects as types."""

    def __init__(self, notes: Collector, scope: Scope) -> None:
        self._notes = notes
        self._scope = scope
        self._types: set[str] = set()

    def depends(self, ref: TypeRef, offset: int, certainty: Certainty) -> None:
        """A type is named: an object is noted once a file, a class as a call."""
        stack = [ref]
        while stack:
            here = stack.pop()
            stack.extend(here.args)
            target = self._scope.object_of(here)
            if target:
                self._type(target, offset)
            elif not here.args and self._is_class(here.name):
                self._notes.call("apex_class", here.name.partition(".")[0], offset, certainty)

    def _type(self, target: str, offset: int) -> None:
        if target.lower() not in self._types:
            self._types.add(target.lower())
            self._notes.path(target, "", Spot(offset, part="type"))

    def _is_class(self, name: str) -> bool:
        return not is_platform(name) and self._scope.class_named(name) is None

    def creates(self, ref: TypeRef, offset: int) -> None:
        """`new Type(…)`."""
        self.depends(ref, offset, Certainty.CERTAIN)
        if ref.key in ("httprequest", "http", "system.httprequest"):
            self._notes.effect(Effect.CALLOUT)

    def changes(self, dml: str, ref: TypeRef | None, offset: int) -> str:
        """DML on a value: the object is written. Gives the object, where it is known."""
        target = self._scope.object_of(innermost(ref))
        effect = _EFFECTS.get(dml)
        if target:
            self._notes.path(target, "", Spot(offset, Access.WRITES, part=dml))
        if target.lower().endswith("share") and effect is Effect.CREATES:
            effect = Effect.GRANTS_ACCESS
        if effect is not None and target.lower().endswith("__e"):
            effect = Effect.PUBLISHES
        if effect is not None:
            self._notes.effect(effect, target or None)
        return target

    def called(self, chain: Chain, argument: str | None) -> None:
        """A method is called, with its first argument where that is a literal."""
        method = chain.method.lower()
        on = (chain.static or (chain.type.name if chain.type is not None else "")).lower()
        on = on.removeprefix("system.")
        effect = _CALLED.get((method, on))
        if effect is not None:
            self._notes.effect(effect)
        if (method, on) == ("invoke", "webservicecallout"):
            self._notes.point("apex_callout", self._notes.name, chain.offset, "out")
        if method == "setendpoint":
            self._endpoint(chain.offset, argument)
        if argument and (method, on) in (("forname", "type"), ("createinterview", "flow.interview")):
            kind = "flow" if method == "createinterview" else "apex_class"
            certainty = Certainty.CERTAIN if kind == "flow" else Certainty.POSSIBLE
            self._notes.call(kind, argument.partition(".")[0], chain.offset, certainty)

    def _endpoint(self, offset: int, argument: str | None) -> None:
        """Only a literal is kept, without query string and user information."""
        self._notes.effect(Effect.CALLOUT)
        found = _ENDPOINT.match(argument or "")
        endpoint = _USER.sub("//", found["base"]) if found else None
        self._notes.point("apex_callout", self._notes.name, offset, "out", endpoint)
