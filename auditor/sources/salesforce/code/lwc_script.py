"""The script of a Lightning web component: its imports of fields, and what is done with them."""

from __future__ import annotations

from collections.abc import Sequence

from auditor.model.components import Effect
from auditor.model.references import Access, Certainty
from auditor.sources.salesforce.code.collecting import Collector, Spot
from auditor.sources.salesforce.code.javascript import Token
from auditor.sources.salesforce.code.names import custom_tail, is_object
from auditor.sources.salesforce.parsed import Grammar

_SCHEMA = "@salesforce/schema/"
_APEX = ("@salesforce/apex/", "@salesforce/apexContinuation/")
# Names under which functions of `lightning/uiRecordApi` take the fields that they read.
_FIELD_LISTS = frozenset({"fields", "optionalFields"})
_OBJECT_KEYS = frozenset({"objectApiName", "apiName", "sobjectType", "sobjectApiName"})
_RECORD_API = {
    "createRecord": Effect.CREATES,
    "deleteRecord": Effect.DELETES,
}


class WebScript:
    """Reads one script."""

    def __init__(self, tokens: Sequence[Token], notes: Collector) -> None:
        self._tokens = tokens
        self._notes = notes
        self._fields: dict[str, tuple[str, int]] = {}
        """Imported fields by local name: path and where it is imported."""
        self._done: set[int] = set()
        self._in_imports: set[int] = set()
        self._listed_to = 0

    def read(self) -> set[int]:
        """Note imports, field lists and objects; gives the indexes of the tokens that were understood."""
        for index, token in enumerate(self._tokens[:-3]):
            if token.kind == "string":
                self._import(index, token)
        self._uses()
        self._lists()
        return self._done

    def _import(self, index: int, token: Token) -> None:
        """`import X from '…'`, `import '…'`, `export … from '…'`, `import('…')`."""
        before = self._tokens[index - 1].text if index else ""
        if before not in ("from", "import") and not (
            before == "(" and index > 1 and self._tokens[index - 2].text == "import"
        ):
            return
        self._done.add(index)
        module = token.inner
        if module.startswith(_SCHEMA):
            self._schema(index, module.removeprefix(_SCHEMA))
        elif module.startswith(_APEX):
            named = module.rpartition("/")[2].split(".")
            self._notes.call("apex_class", named[-2] if len(named) > 1 else named[0], token.offset)
        elif module.startswith("c/"):
            self._notes.call("lwc", module[2:].partition("/")[0], token.offset)
        elif module == "lightning/uiRecordApi":
            self._record_api(index)

    def _record_api(self, index: int) -> None:
        while index > 0 and self._tokens[index].text != "import":
            effect = _RECORD_API.get(self._tokens[index].text)
            if effect is not None:
                self._notes.effect(effect)
            index -= 1

    def _schema(self, index: int, path: str) -> None:
        token = self._tokens[index]
        local = index - 2 if self._tokens[index - 1].text == "from" else -1
        self._in_imports.add(local)
        if "." in path and local >= 0:
            self._fields[self._tokens[local].text] = (path, token.offset)
        else:
            grammar = Grammar.QUALIFIED if "." in path else Grammar.PATH
            owner, rest = (None, path) if "." in path else (path, "")
            self._notes.path(owner, rest, Spot(token.offset, part="import"), grammar)

    def _uses(self) -> None:
        """An imported field is written where it is the key of a value, and read wherever else it is used."""
        written: dict[str, list[int]] = {}
        read: set[str] = set()
        for index, token in enumerate(self._tokens[:-3]):
            if token.kind == "name" and token.text in self._fields and index not in self._in_imports:
                if self._is_key(index):
                    written.setdefault(token.text, []).append(token.offset)
                else:
                    read.add(token.text)
        for name, (path, offset) in self._fields.items():
            for place in written.get(name, ()):
                self._notes.path(None, path, Spot(place, Access.WRITES, part="record"), Grammar.QUALIFIED)
            if name in read or name not in written:
                self._notes.path(None, path, Spot(offset, part="import"), Grammar.QUALIFIED)

    def _is_key(self, index: int) -> bool:
        """`fields[X.fieldApiName] = value`, `{[X.fieldApiName]: value}`."""
        tokens = self._tokens
        after = index + 1
        if tokens[after].text == "." and tokens[after + 1].text == "fieldApiName":
            after += 2
        return tokens[index - 1].text == "[" and tokens[after].text == "]" and tokens[after + 1].text in ("=", ":")

    def _lists(self) -> None:
        """Arrays of names that are given as `fields` to the record API; objects named by key."""
        names = self._list_names()
        for index, token in enumerate(self._tokens[:-3]):
            after = self._tokens[index + 1].text
            if token.kind == "name" and token.text in names and after in ("=", ":"):
                self._array(index + 2)
            if token.kind == "name" and token.text in _OBJECT_KEYS and after in ("=", ":"):
                self._object(index + 2)

    def _list_names(self) -> set[str]:
        """`fields`, and every variable that is given as `fields: X`."""
        names = set(_FIELD_LISTS)
        for index, token in enumerate(self._tokens[:-3]):
            if token.text in _FIELD_LISTS and self._tokens[index + 1].text == ":":
                given = self._tokens[index + 2]
                if given.kind == "name":
                    names.add(given.text)
        return names

    def _array(self, index: int) -> None:
        if self._tokens[index].text != "[" or index < self._listed_to:
            return
        index += 1
        while self._tokens[index].text not in ("]", "") and self._tokens[index].kind != "end":
            token = self._tokens[index]
            if token.kind == "string" and self._listed(token):
                self._done.add(index)
            index += 1
        self._listed_to = index

    def _listed(self, token: Token) -> bool:
        path, spot = token.inner, Spot(token.offset + 1, part="fields")
        if is_object(path.partition(".")[0]) and "." in path:
            self._notes.path(None, path, spot, Grammar.QUALIFIED)
            return True
        if custom_tail(path) == path:
            self._notes.word(path, spot)
            return True
        return False

    def _object(self, index: int) -> None:
        token = self._tokens[index]
        if token.kind == "string" and is_object(token.inner):
            self._done.add(index)
            self._notes.path(token.inner, "", Spot(token.offset + 1, Access.READS, Certainty.CERTAIN, "object"))
