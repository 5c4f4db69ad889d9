"""Chains of Apex such as `accounts[0].Rel__r.F__c.trim()`: what each step leads to, and what it mentions."""

from __future__ import annotations

from auditor.dataclasses import dataclass, field
from auditor.languages.standard import child_lookup
from auditor.model.components import Effect
from auditor.model.references import Access, Certainty
from auditor.sources.salesforce.code.apex_platform import is_platform
from auditor.sources.salesforce.code.apex_scope import Scope
from auditor.sources.salesforce.code.apex_types import TypeRef, list_of, of_collection
from auditor.sources.salesforce.code.collecting import Collector, Spot
from auditor.sources.salesforce.code.names import field_of, is_custom_field, is_object, is_relationship
from auditor.sources.salesforce.parsed import Grammar

_TRIGGER_LISTS = frozenset({"new", "old"})
_TRIGGER_MAPS = frozenset({"newmap", "oldmap"})
# Methods that only a list has: what they are asked of is a child relationship, not a parent.
_OF_LISTS = frozenset({"size", "isempty", "iterator", "addall"})
# Custom settings and metadata types are read through static methods that give records.
_SETTING = frozenset({"getinstance", "getorgdefaults", "getvalues"})
_CALLEES = {"page": "visualforce_page", "flow.interview": "flow"}
_OBJECT = TypeRef("SObject")


@dataclass(slots=True)
class Chain:
    """A chain as far as it has been read. At most one of `type`, `static`, `describes`, `object` leads on."""

    start: int
    offset: int
    type: TypeRef | None = None
    static: str = ""
    """The class or namespace that it stands for."""
    describes: str = ""
    """The object whose description it is (`Account.SObjectType.getDescribe()`)."""
    object: str = ""
    """The object at which `path` begins."""
    path: list[str] = field(default_factory=list)
    words: list[tuple[str, int]] = field(default_factory=list)
    """Custom names behind something of unknown type, with offsets."""
    trail: str = ""
    """How it was reached from a class, where its type is known to other files only: `Builder.getEvent()`."""
    part: str = ""
    children: bool = False
    method: str = ""
    cast: TypeRef | None = None

    def result(self) -> TypeRef | None:
        """The type of the whole chain, a cast before it included."""
        return self.cast if self.cast is not None else self.type

    def forget(self) -> None:
        """From here on nothing is known."""
        self.type, self.static, self.describes, self.object, self.part = None, "", "", "", ""
        self.path, self.words, self.children, self.trail = [], [], False, ""

    def follow(self, ref: TypeRef | None, name: str) -> None:
        """Go on from a value of type `ref` to something whose type this file does not tell."""
        start = self.trail or (ref.name if ref is not None and not ref.args else "")
        self.trail = f"{start}.{name}" if start else ""


class Chains:
    """Follows chains step by step and notes what they mention."""

    def __init__(self, scope: Scope, collector: Collector, trigger_object: str) -> None:
        self.scope = scope
        self._notes = collector
        self._trigger = TypeRef(trigger_object) if trigger_object else _OBJECT

    def root(self, start: int, name: str, offset: int, called: bool) -> Chain:
        """Begin a chain with a bare name."""
        chain, lowered = Chain(start, offset), name.lower()
        owner = TypeRef(self.scope.owner.name) if self.scope.owner else None
        if called:
            chain.type = self.scope.method(self.scope.owner, name)
            chain.follow(owner, f"{name}()") if chain.type is None else None
        elif lowered == "this":
            chain.type = owner
        elif (known := self.scope.variable(name)) is not None:
            chain.type = known
        elif is_custom_field(name) and not is_object(name):
            chain.words.append((name, offset))
        else:
            chain.static = name
            chain.trail = f"{owner.name}>{name}" if owner is not None else name
        return chain

    def step(self, chain: Chain, name: str, offset: int) -> None:
        """Follow `.name`, where no call follows."""
        chain.offset = offset
        if chain.object:
            if chain.part != "describe":  # else a property of the description: `fields.A__c.name`
                chain.path.append(name)
        elif chain.static:
            self._static_step(chain, name)
        elif chain.describes:
            self._describe_step(chain, name)
        else:
            self._value_step(chain, name)

    def _value_step(self, chain: Chain, name: str) -> None:
        ref = chain.type
        if ref is not None and ref.is_list:
            ref = ref.element  # the one record of a query may be asked for fields directly
        target = self.scope.object_of(ref)
        if target:
            chain.object, chain.path, chain.type = target, [name], None
            return
        info = self.scope.class_of(ref)
        chain.type = self.scope.member(info, name) if info is not None else None
        if chain.type is None:
            self._unknown_step(chain, ref, name)

    @staticmethod
    def _unknown_step(chain: Chain, ref: TypeRef | None, name: str) -> None:
        """A custom name is a field of whatever this is, and so is any name behind a relationship."""
        related = bool(chain.words) and is_relationship(chain.words[-1][0])
        if related or is_custom_field(name) or is_relationship(name):
            chain.follow(ref, "") if not chain.trail else None
            chain.words.append((name, chain.offset))
        else:
            chain.follow(ref, name)

    def _static_step(self, chain: Chain, name: str) -> None:
        lowered, static = name.lower(), chain.static.lower()
        info = self.scope.class_named(chain.static)
        if info is not None:
            self._member_of_class(chain, name)
        elif static == "trigger":
            self._trigger_step(chain, lowered)
        elif static in ("schema", "system", "sobject"):
            chain.static = name
        elif static == "sobjecttype" and is_object(name):
            self._describe(chain, name)
        elif static in _CALLEES:
            self._notes.call(_CALLEES[static], name, chain.offset)
            chain.forget()
        elif is_object(chain.static):
            self._object_step(chain, name)
        else:
            chain.static = f"{chain.static}.{name}"
            self._unknown_step(chain, None, name)

    def _member_of_class(self, chain: Chain, name: str) -> None:
        info = self.scope.class_named(chain.static)
        known = self.scope.member(info, name)
        if known is not None:
            chain.static, chain.type = "", known
        elif self.scope.class_named(name) is not None:
            chain.static = name
        else:
            chain.forget()

    def _trigger_step(self, chain: Chain, lowered: str) -> None:
        chain.static = ""
        if lowered in _TRIGGER_LISTS:
            chain.type = TypeRef("List", (self._trigger,))
        elif lowered in _TRIGGER_MAPS:
            chain.type = TypeRef("Map", (TypeRef("Id"), self._trigger))

    def _object_step(self, chain: Chain, name: str) -> None:
        lowered = name.lower()
        if lowered == "sobjecttype":
            self._describe(chain, chain.static)
        elif lowered == "class":
            chain.forget()
        elif lowered in ("fields", "fieldsets"):
            chain.describes, chain.static = chain.static, ""
            self._describe_step(chain, name)
        else:
            chain.object, chain.path, chain.part, chain.static = chain.static, [name], "token", ""

    def _describe(self, chain: Chain, name: str) -> None:
        self._notes.path(name, "", Spot(chain.offset, part="describe"))
        chain.forget()
        chain.describes = name

    def _describe_step(self, chain: Chain, name: str) -> None:
        lowered = name.lower()
        if lowered == "fieldsets":
            chain.forget()
        elif lowered != "fields":
            chain.object, chain.path, chain.part, chain.describes = chain.describes, [name], "describe", ""

    def method(self, chain: Chain, name: str, offset: int) -> None:
        """Follow `.name(`; the result is known when its bracket closes."""
        lowered = name.lower()
        if lowered == "adderror":
            self._notes.effect(Effect.BLOCKS_SAVE, chain.object or self.scope.object_of(chain.type) or None)
        if lowered == "getdescribe" and chain.part == "token":
            chain.part = "describe"
        blocked = lowered == "adderror" and bool(chain.path or chain.words)
        self.emit(chain, Access.REQUIRES if blocked else Access.READS, children=lowered in _OF_LISTS)
        chain.method, chain.offset = name, offset
        self._called(TypeRef(chain.static) if chain.static else chain.type, offset)

    def _called(self, ref: TypeRef | None, offset: int) -> None:
        """A method of another class is called. What begins with a small letter may be an inherited variable."""
        if ref is None or ref.args or is_platform(ref.name) or self.scope.class_of(ref) is not None:
            return
        if not self.scope.object_of(ref):
            certainty = Certainty.CERTAIN if ref.name[0].isupper() else Certainty.POSSIBLE
            self._notes.call("apex_class", ref.name.partition(".")[0], offset, certainty)

    def returned(self, chain: Chain) -> None:
        """The bracket of the call has closed: what the chain is now."""
        method, chain.method = chain.method.lower(), ""
        if not method:
            return  # a method of the class itself, or `new`: its type is known from the start
        if chain.static:
            self._static_result(chain, method)
        elif chain.describes:
            self._describe_result(chain, method)
        elif chain.object:
            chain.forget()
        else:
            ref, chain.type = chain.type, self._result(chain.type, method)
            chain.follow(ref, f"{method}()") if chain.type is None else None

    def _static_result(self, chain: Chain, method: str) -> None:
        static, trail = chain.static, chain.trail
        info = self.scope.class_named(static)
        chain.forget()
        chain.trail = trail
        if info is not None:
            chain.type = self.scope.method(info, method)
        elif is_object(static) and method in _SETTING:
            chain.type = TypeRef(static)
        elif is_object(static) and method == "getall":
            chain.type = TypeRef("Map", (TypeRef("String"), TypeRef(static)))
        chain.follow(TypeRef(static), f"{method}()") if chain.type is None else None

    def _describe_result(self, chain: Chain, method: str) -> None:
        described = chain.describes
        if method in ("newsobject", "getdescribe", "getmap"):
            chain.forget()
            if method == "newsobject":
                chain.type = TypeRef(described)
            else:
                chain.describes = described
        else:
            chain.forget()

    def _result(self, ref: TypeRef | None, method: str) -> TypeRef | None:
        if ref is None:
            return None
        if ref.is_list or ref.is_map:
            return of_collection(ref, method)
        if method == "clone" and self.scope.object_of(ref):
            return ref
        return self.scope.method(self.scope.class_of(ref), method)

    def indexed(self, chain: Chain) -> None:
        """Follow `[…]`: an element, or one child of a child relationship."""
        if chain.object:
            chain.children = True
        elif chain.type is not None:
            chain.type = chain.type.element
        else:
            chain.follow(None, "[]")

    def queried(self, start: int, offset: int, target: str) -> Chain:
        """A chain that begins with a query of an object."""
        return Chain(start, offset, type=list_of(target) if target else None)

    def emit(self, chain: Chain, access: Access, children: bool = False) -> None:
        """Note what a chain mentions and take it off, so that nothing is noted twice."""
        if chain.object and chain.path:
            self._emit_path(chain, access, children)
        if chain.words:
            path, offset = ".".join(word for word, _ in chain.words), chain.words[-1][1]
            self._notes.word(path, Spot(offset, access, part=chain.part), chain.trail.rstrip("."))
            chain.words = []
        elif chain.trail and chain.type is None and not is_platform(chain.static):
            self._emit_standard(chain, access)

    def _emit_standard(self, chain: Chain, access: Access) -> None:
        """The last name of a trail is a standard field, if what stands before it turns out to be a record."""
        receiver, _, last = chain.trail.rpartition(".")
        if receiver and last.isidentifier():
            self._notes.word(last, Spot(chain.offset, access, part=chain.part), receiver)

    def _emit_path(self, chain: Chain, access: Access, children: bool) -> None:
        path, grammar = list(chain.path), Grammar.PATH
        inverse = child_lookup(chain.object, path[0]) is not None
        if inverse or chain.children or (children and not is_custom_field(path[-1])):
            grammar = Grammar.CHILDREN
        else:
            path[-1] = field_of(path[-1])
        self._notes.path(chain.object, ".".join(path), Spot(chain.offset, access, part=chain.part), grammar)
        chain.path = []
