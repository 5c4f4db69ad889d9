"""Markup as developers write it: Visualforce, Aura and Lightning templates, read tag by tag.

These files are near XML but need not be it (entities without declaration, attributes without quotes, scripts),
so they are scanned, never rejected. No tree is built: a reader that needs to know what stands around a tag
keeps a stack of its own.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from auditor.dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Attribute:
    """One attribute: its value, and where the value begins."""

    value: str
    offset: int


@dataclass(frozen=True, slots=True)
class Tag:
    """One tag. `name` and the keys of `attributes` are in lower case; `kind` is `open`, `close` or `empty`."""

    name: str
    written: str
    """The name in its own spelling."""
    kind: str
    offset: int
    attributes: Mapping[str, Attribute]

    def value(self, name: str) -> str:
        """The value of an attribute, or an empty string."""
        found = self.attributes.get(name)
        return found.value.strip() if found is not None else ""


@dataclass(frozen=True, slots=True)
class Text:
    """What stands between two tags; `script` where it is the inside of a script or style element."""

    value: str
    offset: int
    script: bool = False


# Possessive throughout: a tag that is never closed is given up after one look at it.
_PIECE = re.compile(
    r"""<!--.*?(?:-->|\Z)|<!\[CDATA\[|\]\]>|<[!?][^>]*>?
      | <(?P<close>/)?(?P<name>[A-Za-z][\w:.-]*+)
        (?P<rest>(?>[^<>"'{]++|"[^"]*"|'[^']*'|\{[^}<>"']*+\}|["'{])*+)>
    """,
    re.VERBOSE | re.DOTALL,
)
_ATTRIBUTE = re.compile(r"""([^\s=/>"'{}]++)(?:\s*+=\s*+("[^"]*"|'[^']*'|\{[^{}]*+\}|[^\s>"']++))?+""", re.DOTALL)
_SCRIPTS = frozenset({"script", "style"})


def scan_markup(text: str) -> Iterator[Tag | Text]:
    """The tags and texts of a file, in order. Comments are left out."""
    position, script = 0, ""
    while position < len(text):
        if script:
            end = _closing(text, script, position)
            yield Text(text[position:end], position, script=True)
            position, script = end, ""
            continue
        match = _PIECE.search(text, position)
        end = match.start() if match else len(text)
        if end > position:
            yield Text(text[position:end], position)
        if match is None:
            return
        position = match.end()
        if match["name"]:
            tag = _tag(match)
            yield tag
            script = tag.name if tag.kind == "open" and tag.name in _SCRIPTS else ""


def _closing(text: str, name: str, position: int) -> int:
    found = re.compile(rf"</{name}\b", re.IGNORECASE).search(text, position)
    return found.start() if found else len(text)


def _tag(match: re.Match[str]) -> Tag:
    rest, start = match["rest"], match.start("rest")
    attributes: dict[str, Attribute] = {}
    for found in _ATTRIBUTE.finditer(rest):
        value = found[2] or '""'
        quoted = value[0] in "\"'"
        inner = value[1:-1] if quoted else value
        attributes.setdefault(found[1].lower(), Attribute(inner, start + max(0, found.start(2)) + quoted))
    kind = "close" if match["close"] else "empty" if rest.rstrip().endswith("/") else "open"
    return Tag(match["name"].lower(), match["name"], kind, match.start(), attributes)
