from __future__ import annotations

import sys
from collections.abc import Callable
from types import FrameType

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from auditor.sources.salesforce.code.registry import TEXT_READERS
from auditor.sources.salesforce.parsed import MetadataFile, Parsed

_PATHS = {
    "cls": "classes/X.cls",
    "trigger": "triggers/X.trigger",
    "page": "pages/X.page",
    "component": "components/X.component",
    "cmp": "aura/X/X.cmp",
    "js": "lwc/X/X.js",
    "html": "lwc/X/X.html",
}
_PIECES = [
    "class X { ", "void m() { ", "}", "{", "(", ")", "[", "]", "'", '"', "`", "\\", "/*", "//", "*/", "<", ">",
    "<a ", "</a>", "<!--", "-->", "<script>", "{!", "}", "[SELECT ", "F__c ", " FROM Account", ":", "x.F__c = 1;",
    "List<Account> a", "new Account(F__c = 1)", "(Account)", "?.", "@isTest ", "trigger T on A__c (",
    "import x from '", "@salesforce/schema/A.B__c'", "/", "${", "for (", ",", ";", "\n", "é", "insert ",
    "'SELECT ' + ",
    "<apex:page ",
]  # fmt: skip


def _read(suffix: str, text: str) -> Parsed:
    return TEXT_READERS[suffix](MetadataFile(_PATHS[suffix], suffix, "X"), text.encode())


@pytest.mark.parametrize("suffix", sorted(_PATHS))
@settings(max_examples=150, deadline=None)
@given(pieces=st.lists(st.one_of(st.sampled_from(_PIECES), st.text(max_size=4)), max_size=40))
def test_no_text_breaks_a_reader(suffix: str, pieces: list[str]) -> None:
    assert isinstance(_read(suffix, "".join(pieces)), Parsed)


@pytest.mark.parametrize("suffix", sorted(_PATHS))
def test_bytes_that_are_no_text_are_read(suffix: str) -> None:
    data = bytes(range(256)) * 4
    assert isinstance(TEXT_READERS[suffix](MetadataFile(_PATHS[suffix], suffix, "X"), data), Parsed)


_NESTED = {
    "blocks": ("cls", lambda n: "class X { void m(Case c) {" + "{" * n + "c.F__c = 1;" + "}" * n + "} }"),
    "brackets": ("cls", lambda n: "class X { void m(Case c) { x = " + "(" * n + "c.F__c" + ")" * n + "; } }"),
    "casts": ("cls", lambda n: "class X { void m() { x = " + "((Case) " * n + "y" + ").F__c" * n + "; } }"),
    "generics": ("cls", lambda n: "class X { " + "List<" * n + "Case" + ">" * n + " x; }"),
    "unclosed generics": ("cls", lambda n: "class X { " + "List<" * n),
    "queries in binds": (
        "cls",
        lambda n: "class X { x = " + "[SELECT Id FROM A__c WHERE B__c IN :(" * n + ")]" * n,
    ),
    "unclosed queries": ("cls", lambda n: "class X { x = " + "[SELECT Id FROM " * n),
    "unclosed strings": ("cls", lambda n: "class X { " + "x = '\n" * n),
    "pieces of queries": ("cls", lambda n: "class X { x = " + "'SELECT A__c FROM B__c ' + " * n + "y; }"),
    "chains": ("cls", lambda n: "class X { void m(Case c) { c" + ".Rel__r" * n + ".F__c = 1; } }"),
    "classes": ("cls", lambda n: "class X { " * n + "Case c; void m() { c.F__c = 1; }" + "}" * n),
    "unclosed comments": ("cls", lambda n: "/* '" * n),
    "script brackets": ("js", lambda n: "x = " + "({[" * n + "'F__c'"),
    "slashes": ("js", lambda n: "(/a" * n),
    "slashes and classes": ("js", lambda n: "(/[a" * n),
    "members": ("js", lambda n: "x" + ".A__r" * n),
    "open lists of fields": ("js", lambda n: "fields = [" * n),
    "tags": ("html", lambda n: "<c-x>" * n + "{a.F__c}"),
    "unclosed tags": ("html", lambda n: "<c-x a='" * n),
    "unclosed tags with braces": ("html", lambda n: "<c-x a={b" * n),
    "names without values": ("html", lambda n: "<c-x " + "a" * n + ">"),
    "unclosed expressions": ("page", lambda n: "{!A.F__c" * n),
    "scripts": ("page", lambda n: "<script>" * n),
}


@pytest.mark.parametrize(("suffix", "text"), _NESTED.values(), ids=_NESTED.keys())
def test_work_grows_with_the_size_and_never_with_its_square(suffix: str, text: Callable[[int], str]) -> None:
    """Counted in lines of Python executed, which no load on the machine changes."""
    small, large = (_lines_executed(suffix, text(n)) for n in (300, 1200))
    assert large < small * 6 + 2000


def _lines_executed(suffix: str, text: str) -> int:
    count = 0

    def trace(_frame: FrameType, event: str, _argument: object) -> object:
        nonlocal count
        count += event == "line"
        return trace

    before = sys.gettrace()
    sys.settrace(trace)  # type: ignore[arg-type]  # values of a table
    try:
        _read(suffix, text)
    finally:
        sys.settrace(before)
    return count


@pytest.mark.parametrize(("suffix", "text"), _NESTED.values(), ids=_NESTED.keys())
def test_deep_nesting_is_no_recursion(suffix: str, text: Callable[[int], str]) -> None:
    assert isinstance(_read(suffix, text(5000)), Parsed)
