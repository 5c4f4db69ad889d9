"""Walks through the tokens of an Apex file once and notes every mention of an object or field.

Brackets are kept on a stack of our own and never by recursion: no nesting that a file holds can end the run.
"""

from __future__ import annotations

from collections.abc import Sequence

from auditor.model.references import Access, Certainty
from auditor.sources.salesforce.code.apex_accessors import may_be_record, note_accessor
from auditor.sources.salesforce.code.apex_chain import Chain, Chains
from auditor.sources.salesforce.code.apex_effects import Effects
from auditor.sources.salesforce.code.apex_frames import Frame
from auditor.sources.salesforce.code.apex_lexer import Token, literal_at
from auditor.sources.salesforce.code.apex_queries import Queries
from auditor.sources.salesforce.code.apex_scope import Scope
from auditor.sources.salesforce.code.apex_structure import DML, KEYWORDS, Structure
from auditor.sources.salesforce.code.apex_types import TypeRef, cast_at, parse_type
from auditor.sources.salesforce.code.collecting import Collector, Spot
from auditor.sources.salesforce.code.names import field_of, is_object

_COMPOUND = frozenset({"+=", "-=", "*=", "/=", "&=", "|=", "^=", "++", "--"})
_CONTROL = frozenset({"if", "while", "for", "switch", "catch", "on"})
_DEEPEST = 5
"""Queries in binds of queries that are followed; nobody nests them deeper."""


class Walk:
    """One walk through the tokens of a file, or of an expression that a query binds (`depth` queries deep)."""

    def __init__(self, structure: Structure, notes: Collector, chains: Chains, depth: int = 0) -> None:
        self._structure = structure
        self._notes = notes
        self._chains = chains
        self._scope: Scope = chains.scope
        self._effects = Effects(notes, self._scope)
        self._queries = Queries(notes)
        self._depth = depth
        self._reset(())

    def _reset(self, tokens: Sequence[Token]) -> None:
        self._tokens = tokens
        self._frames = [Frame("block")]
        self._pending: list[str] = []
        self._cast: TypeRef | None = None
        self._dml = ""
        self._read: set[int] = set()

    def run(self, tokens: Sequence[Token]) -> None:
        """Walk through tokens from the first to the last."""
        self._reset(tokens)
        index, end = 0, len(tokens) - 3
        while index < end:
            index = self._token(index, tokens[index])

    def _query(self, index: int, token: Token) -> int:
        """A query in brackets: what it binds is walked through by a walk of its own, in the same scope."""
        target, binds = self._queries.inline(token)
        if self._depth < _DEEPEST:
            inner = Structure(classes=self._structure.classes)
            for bound in binds:
                Walk(inner, self._notes, self._chains, self._depth + 1).run(bound)
        return self._continue(self._chains.queried(index, token.offset, target), index + 1)

    def _token(self, index: int, token: Token) -> int:
        if token.kind == "name":
            return self._name(index, token)
        if token.kind == "op":
            return self._operator(index, token.text)
        if token.kind == "soql":
            return self._query(index, token)
        if token.kind == "string":
            return self._string(index)
        return index + 1

    # Names

    def _name(self, index: int, token: Token) -> int:
        structure = self._structure
        if index in structure.skips:
            self._header(index)
            return structure.skips[index]
        if index in structure.declared:
            return self._declared(index)
        if index in structure.more:
            self._bind(token.text, structure.more[index])
            return index + 1
        lowered = token.text.lower()
        if lowered in KEYWORDS:
            return self._keyword(index, lowered)
        following = self._tokens[index + 1].text
        if self._frames[-1].created and following == "=" and self._tokens[index - 1].text in ("(", ","):
            spot = Spot(token.offset, Access.WRITES)
            self._notes.path(self._frames[-1].created, field_of(token.text), spot)
            return index + 2
        chain = self._chains.root(index, token.text, token.offset, following == "(")
        return self._continue(chain, index + 1)

    def _header(self, index: int) -> None:
        """A class depends on what it extends and implements."""
        info = self._structure.bodies.get(self._structure.skips[index])
        for ref in () if info is None else (info.extends, *info.implements):
            if ref is not None:
                self._effects.depends(ref, self._tokens[index].offset, Certainty.CERTAIN)

    def _declared(self, index: int) -> int:
        ref, at = self._structure.declared[index]
        self._effects.depends(ref, self._tokens[index].offset, Certainty.POSSIBLE)
        if self._tokens[at + 1].text != "(":
            self._bind(self._tokens[at].text, ref)
        return at + 1

    def _bind(self, name: str, ref: TypeRef) -> None:
        """Variables in round brackets are seen in the block or statement that follows them."""
        top = self._frames[-1]
        if top.owner is not None:
            return  # a member: the class knows it
        self._scope.bind(name, ref)
        (top.bound if top.kind == "block" else self._pending).append(name)

    def _keyword(self, index: int, lowered: str) -> int:
        following = self._tokens[index + 1]
        if lowered == "new":
            return self._new(index + 1)
        if lowered == "instanceof":
            read = parse_type(self._tokens, index + 1)
            if read is not None:
                self._effects.depends(read[0], following.offset, Certainty.POSSIBLE)
                return read[1]
        if lowered in DML and following.text not in ("=", ".", ";", ")", ",", "?."):
            self._dml = lowered
            return index + 3 if following.text.lower() == "as" else index + 1
        return index + 1

    def _new(self, index: int) -> int:
        read = parse_type(self._tokens, index)
        if read is None:
            return index
        ref, after = read
        offset = self._tokens[index].offset
        self._effects.creates(ref, offset)
        return self._continue(Chain(index - 1, offset, type=ref), after)

    # Chains

    def _continue(self, chain: Chain, index: int) -> int:
        """Follow a chain up to a bracket or its end."""
        tokens = self._tokens
        if chain.cast is None:
            chain.cast, self._cast = self._cast, None
        while tokens[index].text in (".", "?.") and tokens[index + 1].kind == "name":
            name = tokens[index + 1]
            index += 2
            if tokens[index].text == "(":
                self._chains.method(chain, name.text, name.offset)
                break
            self._chains.step(chain, name.text, name.offset)
        opening = tokens[index].text
        if opening == "(" and tokens[index - 1].text != "[":
            return self._call(chain, index)
        if opening == "[":
            self._frames.append(Frame("index", chain))
            return index + 1
        if opening == "{" and tokens[chain.start].text.lower() == "new":
            self._frames.append(Frame("init", chain))
            return index + 1
        self._finish(chain, index)
        return index

    def _call(self, chain: Chain, index: int) -> int:
        frame = Frame("call", chain)
        lowered = chain.method.lower()
        if not lowered and self._tokens[chain.start].text.lower() == "new":
            frame.created = self._scope.object_of(chain.type)
        elif lowered:
            self._effects.called(chain, literal_at(self._tokens, index + 1))
            frame.puts = lowered == "put" and may_be_record(self._scope, chain.type)
            if chain.static.lower() == "database" and lowered in DML | {"insertimmediate"}:
                frame.dml = lowered.removesuffix("immediate")
            if note_accessor(self._notes, self._scope, chain, self._tokens[index + 1 : index + 3]):
                self._read.add(index + 1)
        self._frames.append(frame)
        return index + 1

    def _finish(self, chain: Chain, index: int) -> None:
        """A chain has ended: note what it mentions, by what is done to it."""
        tokens, top = self._tokens, self._frames[-1]
        operator, before = tokens[index].text, tokens[chain.start - 1].text if chain.start else ""
        iterated = before == ":" and top.kind == "control"
        put = chain.part == "token" and top.puts and before == "("
        if put or operator == "=":
            self._chains.emit(chain, Access.WRITES)
        elif operator in _COMPOUND or before in ("++", "--"):
            path, words = list(chain.path), list(chain.words)
            self._chains.emit(chain, Access.READS)
            chain.path, chain.words = path, words
            self._chains.emit(chain, Access.WRITES)
        else:
            self._chains.emit(chain, Access.READS, children=iterated)
        top.value = chain.result()
        self._changed(chain, index)

    def _changed(self, chain: Chain, index: int) -> None:
        """DML on the value of a chain."""
        top = self._frames[-1]
        if top.dml:
            self._effects.changes(top.dml, top.value, chain.offset)
            top.dml = ""
        elif self._dml and top.kind == "block":
            target = self._effects.changes(self._dml, top.value, chain.offset)
            if self._dml == "upsert" and self._tokens[index].kind == "name" and target:
                key = self._tokens[index]
                if not is_object(key.text) or self._tokens[index + 1].text != ".":
                    self._notes.path(target, key.text, Spot(key.offset, Access.READS, part="upsert_key"))
            self._dml = ""

    # Brackets

    def _operator(self, index: int, text: str) -> int:
        if text == "@" and index in self._structure.skips:
            return self._structure.skips[index]
        if text in "([":
            return self._open(index, text)
        if text == "{":
            self._block(index)
        elif text in ")]":
            return self._close(index)
        elif text == "}":
            return self._close_brace(index)
        elif text == ";":
            self._end_statement()
        return index + 1

    def _open(self, index: int, text: str) -> int:
        before = self._tokens[index - 1] if index else self._tokens[-1]
        cast = cast_at(self._tokens, index) if text == "(" and before.text.lower() not in _CONTROL else None
        if cast is not None:
            self._effects.depends(cast[0], self._tokens[index].offset, Certainty.POSSIBLE)
            self._cast = self._cast or cast[0]
            return cast[1]
        kind = "control" if before.text.lower() in _CONTROL or before.kind == "name" else "group"
        self._frames.append(Frame(kind, cast=self._cast))
        self._cast = None
        return index + 1

    def _block(self, index: int) -> None:
        owner = self._structure.bodies.get(index)
        if owner is not None:
            self._scope.enter(owner)
        self._frames.append(Frame("block", bound=self._pending, owner=owner))
        self._pending = []
        self._dml = ""

    def _close(self, index: int) -> int:
        if len(self._frames) == 1 or self._frames[-1].kind in ("block", "init"):
            return index + 1
        frame = self._frames.pop()
        chain = frame.chain
        if frame.kind == "control":
            return index + 1
        if chain is None:
            chain = Chain(index, self._tokens[index].offset, type=frame.value, cast=frame.cast)
        elif frame.kind == "call":
            self._chains.returned(chain)
        else:
            self._chains.indexed(chain)
        return self._continue(chain, index + 1)

    def _close_brace(self, index: int) -> int:
        while len(self._frames) > 1:
            frame = self._frames.pop()
            if frame.kind == "init" and frame.chain is not None:
                return self._continue(frame.chain, index + 1)
            if frame.kind == "block":
                self._scope.unbind(frame.bound)
                if frame.owner is not None:
                    self._scope.leave()
                break
        self._end_statement()
        return index + 1

    def _end_statement(self) -> None:
        if self._frames[-1].kind == "block":
            self._scope.unbind(self._pending)
            self._pending = []
        self._dml, self._cast = "", None

    # Strings

    def _string(self, index: int) -> int:
        self._cast = None
        if index in self._read:
            return index + 1
        self._read.update(self._queries.dynamic(self._tokens, index))
        token = self._tokens[index]
        method = self._tokens[index + 1]
        if method.text == "." and self._tokens[index + 2].kind == "name":
            return self._continue(Chain(index, token.offset), index + 1)
        return index + 1
