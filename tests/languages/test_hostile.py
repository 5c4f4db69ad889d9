"""Whatever a file holds, the languages answer: no exception, no hang, offsets that point at what was found."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from auditor.languages.aliases import list_column, related_column, report_column
from auditor.languages.fieldpaths import split_name, without_placeholders
from auditor.languages.formula import parse_formula
from auditor.languages.global_variables import global_target
from auditor.languages.merge import merge_fields
from auditor.languages.soql import parse_query, parse_search

_QUERY = (
    "SELECT Id, a.B__r.C__c, COUNT(X) n, (SELECT Name FROM Cs), TYPEOF W WHEN A THEN B ELSE C END FROM Obj a "
    "WHERE (Q__c = :x.y[0] AND NOT R IN ('a', 'b\\'c')) OR S = LAST_N_DAYS:9 "
    "GROUP BY CUBE(T) ORDER BY U NULLS LAST"
)
_SEARCH = "FIND {it's} IN NAME FIELDS RETURNING Account(Id WHERE X = 'y' LIMIT 3), Lead WITH DIVISION = 'z'"
_FORMULA = 'IF(AND(ISBLANK(A__c), LEN(B__r.C__c) = 0 /* x */), "a\\"b", {!v.D__c} & $User.Name & T$F__c:SUM)'
_TEXT = "Dear {!Contact.Name}, {!IF(A.B = '}', \"x\", C.D)} {{{Recipient.X}}} don't {!open"


def _mutated(text: str) -> st.SearchStrategy[str]:
    """A piece of the text, with a piece of anything or of the text itself put in somewhere."""
    places = st.integers(0, len(text))
    pieces = st.one_of(st.text(max_size=20), st.tuples(places, places).map(lambda cut: text[min(cut) : max(cut)]))
    return st.tuples(places, places, pieces).map(lambda parts: text[: parts[0]] + parts[2] + text[parts[1] :])


@given(st.one_of(st.text(max_size=300), _mutated(_QUERY), _mutated(_SEARCH)))
def test_queries(text: str) -> None:
    for query in parse_query(text).walk():
        for item in query.fields:
            assert item.path.rpartition(".")[2] in text[item.offset :]
    for found in parse_search(text).returning:
        assert found.kind == "returning"


@given(st.one_of(st.text(max_size=300), _mutated(_FORMULA)))
def test_formulas(text: str) -> None:
    for item in parse_formula(text).fields:
        begin = item.offset + text[item.offset :].startswith("[")
        assert text[begin:].replace("]", "", 1).startswith(item.path) or text[begin:].startswith(item.path)


@given(st.one_of(st.text(max_size=300), _mutated(_TEXT)))
def test_texts(text: str) -> None:
    for item in merge_fields(text).fields:
        assert item.anchored
        assert 0 <= item.offset < len(text)


@given(st.text(max_size=60), st.text(max_size=60))
def test_names(first: str, second: str) -> None:
    name = split_name(first)
    assert first in (f"{name.namespace}__{name.local}", name.local)
    without_placeholders(first)
    global_target(f"${first}.{second}")
    list_column(first, second)
    related_column(first, second, first)
    report_column(first, second)


def test_brackets_may_be_nested_deeper_than_the_stack() -> None:
    deep = "(" * 50_000
    assert [item.path for item in parse_formula(f"{deep}F__c").fields] == ["F__c"]
    assert [item.path for item in parse_query(f"SELECT Id FROM A WHERE {deep}F__c = 1").fields] == ["Id", "F__c"]
