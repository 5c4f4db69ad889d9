"""The declarations of one Apex file: classes, members, methods, variables with their types, annotations.

One pass over the tokens, without recursion. Apex puts two names next to each other only in a declaration, so
a type followed by a name is one.
"""

from __future__ import annotations

from collections.abc import Sequence

from auditor.dataclasses import dataclass, field
from auditor.sources.salesforce.code.apex_lexer import Token, string_value
from auditor.sources.salesforce.code.apex_types import TypeRef, parse_type

_MODIFIERS = (
    "public private protected global static final virtual abstract override transient testmethod webservice"
    " with without inherited sharing"
)
_DML = "insert update upsert delete undelete merge"
_STATEMENTS = (
    "return throw else when on in do try finally if for while switch catch class interface enum extends"
    " implements as break continue null true false"
)
MODIFIERS = frozenset(_MODIFIERS.split())
DML = frozenset(_DML.split())
_NO_TYPE_AFTER = DML | {"new", "instanceof"}
KEYWORDS = MODIFIERS | _NO_TYPE_AFTER | frozenset(_STATEMENTS.split())
_ANYTHING = TypeRef("Object")
"""What methods of one name give back that differ in type: telling them apart takes the types of arguments."""
_AFTER_DECLARED = frozenset({"=", ";", ",", ")", ":", "(", "{"})


@dataclass(frozen=True, slots=True)
class Annotation:
    """`@name(arguments)`, or the modifiers `webservice` and `testMethod`, which mean the same kind of thing."""

    name: str
    arguments: str
    offset: int
    on_class: bool
    depth: int
    """How many classes stand around it: 0 for an annotation of the outermost class itself."""


@dataclass(slots=True, eq=False)
class ClassInfo:
    """One class, interface, enum or trigger body."""

    name: str
    outer: ClassInfo | None = None
    extends: TypeRef | None = None
    implements: list[TypeRef] = field(default_factory=list)
    members: dict[str, TypeRef] = field(default_factory=dict)
    methods: dict[str, TypeRef] = field(default_factory=dict)
    modifiers: frozenset[str] = frozenset()


@dataclass(slots=True)
class Structure:
    """What the declarations of a file say, by index of token."""

    classes: dict[str, ClassInfo] = field(default_factory=dict)
    """By lower-case simple name."""
    bodies: dict[int, ClassInfo] = field(default_factory=dict)
    """By the index of the brace that opens the body."""
    declared: dict[int, tuple[TypeRef, int]] = field(default_factory=dict)
    """By the index where the type begins: the type, and the index of the name declared."""
    more: dict[int, TypeRef] = field(default_factory=dict)
    """Further names of a declaration (`Account a, b;`), by index."""
    skips: dict[int, int] = field(default_factory=dict)
    """Headers and annotations: from index to the index where reading goes on."""
    annotations: list[Annotation] = field(default_factory=list)
    trigger: tuple[str, tuple[str, ...]] = ("", ())
    """Object and events, where the file holds a trigger."""
    methods: list[tuple[str, frozenset[str], int]] = field(default_factory=list)
    """Every method: name, modifiers, and how many classes stand around it."""

    @property
    def outermost(self) -> ClassInfo | None:
        """The class that the file declares."""
        return next(iter(self.classes.values()), None)


def read_structure(tokens: Sequence[Token]) -> Structure:
    """Read all declarations of a file."""
    reader = _Reader(tokens)
    index, end = 0, len(tokens) - 3
    while index < end:
        index = reader.step(index)
    return reader.result


class _Reader:
    def __init__(self, tokens: Sequence[Token]) -> None:
        self.result = Structure()
        self._tokens = tokens
        self._stack: list[ClassInfo | None] = []
        self._depth = 0
        self._pending: ClassInfo | None = None
        self._modifiers: set[str] = set()

    def step(self, index: int) -> int:
        """Read what begins at a token; the index where reading goes on."""
        token = self._tokens[index]
        if token.kind == "name":
            return self._name(index)
        if token.kind == "op":
            return self._operator(index, token.text)
        return index + 1

    def _operator(self, index: int, text: str) -> int:
        if text == "@":
            return self._annotation(index)
        if text == "{":
            self._open(index)
        elif text == "}":
            if self._stack:
                self._stack.pop()
            self._modifiers.clear()
        elif text == ";":
            self._modifiers.clear()
        elif text in "()":
            self._depth = max(0, self._depth + (1 if text == "(" else -1))
        return index + 1

    def _open(self, index: int) -> None:
        if self._pending is not None:
            self.result.bodies[index] = self._pending
        self._stack.append(self._pending)
        self._pending = None
        self._modifiers.clear()
        self._depth = 0

    @property
    def _class(self) -> ClassInfo | None:
        """The class whose body, and nothing deeper, we are in."""
        return self._stack[-1] if self._stack and self._depth == 0 else None

    def _name(self, index: int) -> int:
        lowered = self._tokens[index].text.lower()
        before = self._tokens[index - 1].text if index else ""
        if before in (".", "?."):
            return index + 1
        if lowered in MODIFIERS:
            return self._modifier(index, lowered)
        if lowered in ("class", "interface", "enum") and self._tokens[index + 1].kind == "name":
            return self._header(index)
        if lowered == "trigger" and self._tokens[index + 2].text.lower() == "on":
            return self._trigger(index)
        if lowered in KEYWORDS or before.lower() in _NO_TYPE_AFTER:
            return index + 1
        return self._declaration(index)

    def _modifier(self, index: int, lowered: str) -> int:
        self._modifiers.add(lowered)
        if lowered in ("webservice", "testmethod") and self._class is not None:
            offset = self._tokens[index].offset
            self.result.annotations.append(Annotation(lowered, "", offset, False, self._nesting()))
        return index + 1

    def _nesting(self) -> int:
        return sum(info is not None for info in self._stack)

    def _annotation(self, index: int) -> int:
        """`@Name` and, in brackets, its arguments: their strings, `name=value` pairs as written."""
        tokens = self._tokens
        if tokens[index + 1].kind != "name":
            return index + 1
        after, arguments = index + 2, []
        if tokens[after].text == "(":
            after += 1
            while tokens[after].kind != "end" and tokens[after].text not in (")", ";", "{"):
                token = tokens[after]
                arguments.append(string_value(token) if token.kind == "string" else token.text)
                after += 1
            after += tokens[after].text == ")"
        self.result.skips[index] = after
        name, offset = tokens[index + 1].text.lower(), tokens[index].offset
        on_class = self._annotates_class(after)
        self.result.annotations.append(Annotation(name, " ".join(arguments), offset, on_class, self._nesting()))
        self._modifiers.add("@" + name)
        return after

    def _annotates_class(self, index: int) -> bool:
        """Whether a class follows, behind further modifiers (bounded: nobody writes more)."""
        for token in self._tokens[index : index + 12]:
            if token.text.lower() in ("class", "interface", "enum"):
                return True
            if token.kind != "name" or token.text.lower() not in MODIFIERS:
                return False
        return False

    def _header(self, index: int) -> int:
        """`class Name extends Base implements A, B` up to its brace."""
        tokens = self._tokens
        outer = next((info for info in reversed(self._stack) if info is not None), None)
        info = ClassInfo(tokens[index + 1].text, outer, modifiers=frozenset(self._modifiers))
        after, word = index + 2, ""
        while tokens[after].kind != "end" and tokens[after].text not in ("{", ";", "}"):
            lowered = tokens[after].text.lower()
            if lowered in ("extends", "implements"):
                word = lowered
            read = parse_type(tokens, after) if word and lowered not in KEYWORDS else None
            if read is not None and word == "extends":
                info.extends = read[0]
            elif read is not None:
                info.implements.append(read[0])
            after = read[1] if read is not None else after + 1
        self._modifiers.clear()
        self.result.classes.setdefault(info.name.lower(), info)
        self.result.skips[index] = after
        self._pending = info
        return after

    def _trigger(self, index: int) -> int:
        """`trigger Name on Object (before insert, after update)` up to its brace."""
        tokens, after, words = self._tokens, index + 3, []
        while tokens[after].kind != "end" and tokens[after].text not in ("{", ";"):
            words.append(tokens[after])
            after += 1
        events = " ".join(word.text.lower() for word in words[1:] if word.text not in ("(", ")"))
        target = words[0].text if words else ""
        named = tuple(event.strip() for event in events.split(",") if event.strip())
        self.result.trigger = (target, named)
        self._pending = ClassInfo(tokens[index + 1].text)
        self.result.skips[index] = after
        return after

    def _declaration(self, index: int) -> int:
        tokens = self._tokens
        following = tokens[index + 1]
        array = following.text == "[" and tokens[index + 2].text == "]"
        if following.kind != "name" and following.text not in ("<", ".") and not array:
            return index + 1
        read = parse_type(tokens, index)
        if read is None or tokens[read[1]].kind != "name" or tokens[read[1]].text.lower() in KEYWORDS:
            return index + 1
        ref, at = read
        if tokens[at + 1].text not in _AFTER_DECLARED:
            return index + 1
        self.result.declared[index] = (ref, at)
        self._declare(at, ref)
        return at + 1

    def _declare(self, at: int, ref: TypeRef) -> None:
        name, owner = self._tokens[at].text, self._class
        if self._tokens[at + 1].text == "(":
            if owner is not None:
                known = owner.methods.setdefault(name.lower(), ref)
                if known != ref:
                    owner.methods[name.lower()] = _ANYTHING
                self.result.methods.append((name, frozenset(self._modifiers), self._nesting()))
            return
        if owner is not None:
            owner.members[name.lower()] = ref
        while self._depth == 0 and self._tokens[at + 1].text == "," and self._tokens[at + 2].kind == "name":
            if self._tokens[at + 3].text not in (",", ";", "="):
                return
            at += 2
            self.result.more[at] = ref
            if owner is not None:
                owner.members[self._tokens[at].text.lower()] = ref
