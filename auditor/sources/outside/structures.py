"""Trees of keys and values (JSON, YAML, XML): a name is tied to the object that something around it names."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from auditor.dataclasses import dataclass
from auditor.errors import FormatError
from auditor.formats.jsons import Json, parse_json
from auditor.formats.xml import Node, parse_xml
from auditor.formats.yamls import load_plain
from auditor.sources.outside.names import Names, custom

MAX_TREE = 8 * 2**20
"""Characters of a document that is read as a tree at most; a larger one is searched as text alone."""
MAX_YAML = 2**20
"""The same for YAML, whose reading takes far longer."""
_DEEPEST = 40
_NESTED = 3
"""How often a string may hold a document that holds a string that holds one (layouts of Power BI do)."""

# Keys, without case and joints, under which nothing but an object is named.
_OBJECT_KEYS = (
    "object sobject objectname sobjectname objectapiname sobjecttype objecttype sobjectapiname entity entityname "
    "table tablename parentname module sourceobject targetobject sfobject salesforceobject"
)
# Keys under which an object may be named; what they enclose is believed for the company's own names only.
_OTHER_KEYS = "name type source resource from id target destination schema relation"
# Keys under which a standard name is a field's, too.
_FIELD_KEYS = (
    "field fieldname fieldapiname column columnname sourcecolumn property attribute apiname remotename "
    "sourcefield targetfield sourcename targetname fields columns"
)
_STRONG, _WEAK = frozenset(_OBJECT_KEYS.split()), frozenset(_OTHER_KEYS.split())
_FIELDS = frozenset(_FIELD_KEYS.split())


@dataclass(frozen=True, slots=True)
class Tied:
    """A name in a tree and the field that it is there; `token` as written, by which its line is found."""

    target: str
    token: str


@dataclass(frozen=True, slots=True)
class _Around:
    """The object that encloses a place, and whether its key said that it is one."""

    owner: str = ""
    strong: bool = False


def tied_names(text: str, structure: str, names: Names, exact: bool) -> Iterator[Tied]:
    """Fields that the tree of a document ties to their objects; nothing where it cannot be read as one."""
    if len(text) > (MAX_YAML if structure == "yaml" else MAX_TREE):
        return
    walker = _Walker(names, exact)
    try:
        if structure == "xml":
            yield from walker.element(parse_xml(text.encode()), _Around(), 0)
        elif structure == "json":
            yield from walker.value(parse_json(text), "", _Around(), 0)
        elif structure == "yaml":
            yield from walker.value(load_plain(text), "", _Around(), 0)
        elif structure == "table":
            yield from walker.table(text)
    except FormatError:
        return  # read as text all the same


class _Walker:
    """Walks one document."""

    def __init__(self, names: Names, exact: bool) -> None:
        self.names = names
        self.exact = exact
        self.nested = 0

    def value(self, value: object, key: str, around: _Around, depth: int) -> Iterator[Tied]:
        if depth > _DEEPEST:
            return
        if isinstance(value, Mapping):
            yield from self._mapping(value, around, depth)
        elif isinstance(value, str):
            yield from self._text(value, key, around, depth)
        elif isinstance(value, Sequence):
            for item in value:
                yield from self.value(item, key, around, depth + 1)

    def _mapping(self, value: Mapping[str, Json], around: _Around, depth: int) -> Iterator[Tied]:
        within = self._enclosed(
            {_plain(str(key)): text for key, text in value.items() if isinstance(text, str)}, around
        )
        for written, item in value.items():
            key = str(written)
            yield from self._field(key, _plain(key), within, as_key=True)
            owner = self.names.object(key, self.exact) if not isinstance(item, str) else None
            inner = _Around(owner, strong=True) if owner else within
            yield from self.value(item, key, inner, depth + 1)

    def _enclosed(self, texts: Mapping[str, str], around: _Around) -> _Around:
        """The object that a mapping names itself, else the one around it."""
        for keys, strong in ((_STRONG, True), (_WEAK, False)):
            for key in sorted(keys & texts.keys()):
                owner = self.names.object(_bare(texts[key]), self.exact)
                if owner is not None:
                    return _Around(owner, strong)
        return around

    def _text(self, value: str, key: str, around: _Around, depth: int) -> Iterator[Tied]:
        yield from self._field(_bare(value), _plain(key), around, as_key=False)
        if value[:1] in "{[" and len(value) > 2 and self.nested < _NESTED:
            self.nested += 1
            try:
                yield from self.value(parse_json(value), key, around, depth + 1)
            except FormatError:
                pass
            finally:
                self.nested -= 1

    def _field(self, written: str, key: str, around: _Around, as_key: bool) -> Iterator[Tied]:
        if not around.owner or not written.replace("_", "").replace(".", "").isalnum():
            return
        for target in self.names.path(around.owner, written.split("."), self.exact):
            if custom(target) or (around.strong and not as_key and key in _FIELDS):
                yield Tied(target, written.rpartition(".")[2])

    def element(self, node: Node, around: _Around, depth: int) -> Iterator[Tied]:
        if depth > _DEEPEST:
            return
        leaves = {_plain(child.tag): child.text for child in node.children if not child.children and child.text}
        texts = {**leaves, **{_plain(key): value for key, value in node.attributes.items()}}
        within = self._enclosed(texts, around)
        owner = self.names.object(node.tag, self.exact) if node.children else None
        if owner is not None:
            within = _Around(owner, strong=True)
        yield from self._field(node.tag, "", within, as_key=True)
        for key, value in node.attributes.items():
            yield from self._field(_bare(value), _plain(key), within, as_key=False)
        if node.text:
            yield from self._field(_bare(node.text), _plain(node.tag), within, as_key=False)
        for child in node.children:
            yield from self.element(child, within, depth + 1)

    def table(self, text: str) -> Iterator[Tied]:
        """Rows that name an object in one cell and a field of it in another, as sheets of mappings do."""
        for line in text.splitlines():
            cells = [_bare(cell) for cell in line.replace("\t", ",").replace(";", ",").split(",")]
            owners = {owner for cell in cells if (owner := self.names.object(cell)) is not None}
            if len(owners) == 1:
                around = _Around(owners.pop())
                for cell in cells:
                    yield from self._field(cell, "", around, as_key=False)


def _plain(key: str) -> str:
    """A key without case, namespace and joints: `sf:Object-Name` is `objectname`."""
    return key.rpartition("}")[2].rpartition(":")[2].lower().replace("_", "").replace("-", "").lstrip("@")


def _bare(text: str) -> str:
    """A value without the quotes and brackets that some formats write around names."""
    return text.strip().strip("[]\"'`")
