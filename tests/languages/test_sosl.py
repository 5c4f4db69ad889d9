from __future__ import annotations

import pytest

from auditor.languages.queries import Bind, Search
from auditor.languages.soql import parse_search

Returned = tuple[str, list[tuple[str, str]]]


def _returned(search: Search) -> list[Returned]:
    return [
        (item.object, [(field.path, field.clause.value) for field in item.fields]) for item in search.returning
    ]


@pytest.mark.parametrize(
    ("text", "scope", "expected"),
    [
        pytest.param("FIND {x}", "ALL", [], id="without objects"),
        pytest.param("FIND 'x' IN NAME FIELDS RETURNING Account", "NAME", [("Account", [])], id="an object alone"),
        pytest.param(
            "FIND {it's \\} x} IN EMAIL FIELDS RETURNING Account(Id, Name USING ListView=Recent WHERE Type = 'x' "
            "ORDER BY Name LIMIT 3), Lead(Lead.Email) WITH NETWORK = 'n' LIMIT 20",
            "EMAIL",
            [
                ("Account", [("Id", "select"), ("Name", "select"), ("Type", "where"), ("Name", "order_by")]),
                ("Lead", [("Email", "select")]),
            ],
            id="objects with fields, and free text with quotes and braces",
        ),
    ],
)
def test_searches_name_what_they_return(text: str, scope: str, expected: list[Returned]) -> None:
    search = parse_search(text)
    assert (scope, expected, None, False) == (
        search.fields_searched,
        _returned(search),
        search.problem,
        search.cut,
    )


def test_binds_of_a_search_are_found() -> None:
    search = parse_search("FIND :term RETURNING Account(Id WHERE Id = :a.Id)")
    assert ((Bind("term", 6),), (Bind("a.Id", 44),)) == (search.binds, search.returning[0].binds)


def test_a_search_that_was_cut_says_so() -> None:
    search = parse_search("FIND {x} RETURNING Account(Id, Nam")
    assert (_returned(search), search.cut) == ([("Account", [("Id", "select")])], True)


def test_what_is_no_search_is_told() -> None:
    search = parse_search("SELECT Id FROM Account")
    assert search.problem is not None
    assert search.problem.message == "expected FIND, but found 'SELECT'"
