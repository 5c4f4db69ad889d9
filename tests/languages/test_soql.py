from __future__ import annotations

import pytest

from auditor.languages.problem import SyntaxProblem
from auditor.languages.queries import Bind, Query
from auditor.languages.soql import is_search, parse_query

Said = tuple[str, str]


def _said(query: Query) -> list[Said]:
    return [(item.path, item.clause.value) for item in query.fields]


@pytest.mark.parametrize(
    ("text", "source", "expected"),
    [
        pytest.param(
            "SELECT Id, Account.Owner.Name FROM Contact",
            "Contact",
            [("Id", "select"), ("Account.Owner.Name", "select")],
            id="fields and paths",
        ),
        pytest.param("select id from account", "account", [("id", "select")], id="keywords in any case"),
        pytest.param(
            "SELECT c.Id, a.Name FROM Contact c, c.Account a WHERE a.Industry = 'x'",
            "Contact",
            [("Id", "select"), ("Account.Name", "select"), ("Account.Industry", "where")],
            id="aliases of objects and relationships are taken off",
        ),
        pytest.param(
            "SELECT Account.Name FROM Account",
            "Account",
            [("Name", "select")],
            id="the object's own name is taken off",
        ),
        pytest.param(
            "SELECT COUNT(Id) n, Type FROM Case GROUP BY Type HAVING COUNT(Id) > 1 ORDER BY n DESC",
            "Case",
            [("Id", "select"), ("Type", "select"), ("Type", "group_by"), ("Id", "having")],
            id="the name of a result is no field",
        ),
        pytest.param(
            "SELECT toLabel(Status), FORMAT(convertCurrency(Amount)) a FROM Case",
            "Case",
            [("Status", "select"), ("Amount", "select")],
            id="functions are looked into",
        ),
        pytest.param(
            "SELECT Id FROM Case GROUP BY ROLLUP(Type, Status)",
            "Case",
            [("Id", "select"), ("Type", "group_by"), ("Status", "group_by")],
            id="a roll-up of groups",
        ),
        pytest.param(
            "SELECT Id FROM A USING SCOPE mine WHERE (X__c = 1 AND NOT (Y__c LIKE 'a%' OR Z__c != null)) "
            "WITH SECURITY_ENFORCED ORDER BY B__r.C__c ASC NULLS LAST, D__c LIMIT 10 OFFSET 5 FOR VIEW ALL ROWS",
            "A",
            [
                ("Id", "select"),
                ("X__c", "where"),
                ("Y__c", "where"),
                ("Z__c", "where"),
                ("B__r.C__c", "order_by"),
                ("D__c", "order_by"),
            ],
            id="every clause there is",
        ),
        pytest.param(
            "SELECT Id FROM A WHERE C__c >= LAST_N_DAYS:90 AND D__c < 2024-01-31T10:00:00+01:00 "
            "AND E__c > USD5000 AND F__c INCLUDES ('a;b', 'c') AND G__c NOT IN ('x') "
            "AND H__c = -1.5 AND I__c = TODAY",
            "A",
            [("Id", "select"), *((f"{name}__c", "where") for name in "CDEFGHI")],
            id="literals of every kind are no fields",
        ),
        pytest.param(
            "SELECT Id FROM A WHERE DISTANCE(Loc__c, GEOLOCATION(1.5, -2), 'km') < 20 ORDER BY DISTANCE(L__c, "
            "GEOLOCATION(1, 2), 'mi')",
            "A",
            [("Id", "select"), ("Loc__c", "where"), ("L__c", "order_by")],
            id="distances",
        ),
        pytest.param(
            "SELECT Id FROM Group WHERE Type = 'Queue'",
            "Group",
            [("Id", "select"), ("Type", "where")],
            id="an object named like a clause",
        ),
        pytest.param(
            "SELECT Order.Name FROM OrderItem ORDER BY Order.Name",
            "OrderItem",
            [("Order.Name", "select"), ("Order.Name", "order_by")],
            id="a relationship named like a clause",
        ),
        pytest.param(
            "SELECT Id FROM K__kav WHERE P__c = 'x' WITH DATA CATEGORY Geo__c AT (a__c, b__c) AND T__c BELOW c__c "
            "UPDATE TRACKING, VIEWSTAT",
            "K__kav",
            [("Id", "select"), ("P__c", "where")],
            id="data categories are no fields",
        ),
        pytest.param(
            "SELECT Id /* X__c */ FROM A // Y__c\nWHERE Z__c = 1",
            "A",
            [("Id", "select"), ("Z__c", "where")],
            id="comments of Apex",
        ),
        pytest.param(
            "SELECT Id FROM A WHERE X__c = {0} AND Y__c = ?",
            "A",
            [("Id", "select"), ("X__c", "where"), ("Y__c", "where")],
            id="gaps of a template",
        ),
        pytest.param(
            "SELECT %%%NAMESPACE%%%X__c FROM %%%NAMESPACE%%%A__c",
            "%%%NAMESPACE%%%A__c",
            [("%%%NAMESPACE%%%X__c", "select")],
            id="names with a namespace token",
        ),
    ],
)
def test_fields_are_found_in_their_clauses(text: str, source: str, expected: list[Said]) -> None:
    query = parse_query(text)
    assert (source, expected, None, False) == (query.object, _said(query), query.problem, query.cut)


def test_a_typeof_says_to_which_object_each_field_belongs() -> None:
    query = parse_query(
        "SELECT TYPEOF What WHEN Account THEN Phone, Name WHEN Case THEN Subject ELSE Name END FROM Event"
    )
    expected = [("What.Phone", "Account"), ("What.Name", "Account"), ("What.Subject", "Case"), ("What.Name", "")]
    assert expected == [(item.path, item.type_hint) for item in query.fields]


def test_queries_within_queries_keep_their_own_fields() -> None:
    query = parse_query(
        "SELECT Name, (SELECT c.Email FROM Contacts c WHERE c.Title != null LIMIT 5) FROM Account "
        "WHERE Id IN (SELECT AccountId FROM Opportunity WHERE OwnerId IN (SELECT Id FROM User))"
    )
    expected = [
        ("query", "Account", "", [("Name", "select"), ("Id", "where")]),
        ("children", "", "Contacts", [("Email", "select"), ("Title", "where")]),
        ("semijoin", "Opportunity", "", [("AccountId", "select"), ("OwnerId", "where")]),
        ("semijoin", "User", "", [("Id", "select")]),
    ]
    assert expected == [(item.kind, item.object, item.relationship, _said(item)) for item in query.walk()]


@pytest.mark.parametrize(
    ("expression", "expected"),
    [
        pytest.param(":a", (Bind("a", 29),), id="a variable"),
        pytest.param(": a.B__r.C__c", (Bind("a.B__r.C__c", 30),), id="a field of a variable"),
        pytest.param(":m.get('x').y[0]", (Bind("m.get", 29, called=True),), id="a call and what follows it"),
        pytest.param(":a + b.c", (Bind("a", 29), Bind("b.c", 33)), id="arithmetic"),
        pytest.param(":a -1", (Bind("a", 29),), id="arithmetic with a signed number"),
        pytest.param(
            ":a.B__c == 'x' || !c ? d : e.F__c",
            (Bind("a.B__c", 29), Bind("c", 47), Bind("d", 51), Bind("e.F__c", 55)),
            id="a choice",
        ),
        pytest.param(":new Set<Id>{x.Id}", (), id="something constructed"),
        pytest.param("LAST_N_DAYS:n", (), id="a date literal has no variable"),
    ],
)
def test_binds_name_the_variables_of_apex(expression: str, expected: tuple[Bind, ...]) -> None:
    assert expected == parse_query(f"SELECT Id FROM A WHERE X__c={expression}").binds


def test_binds_are_found_in_lists_calls_and_limits() -> None:
    query = parse_query(
        "SELECT Id FROM A WHERE X__c IN ('a', :b) AND DISTANCE(L__c, GEOLOCATION(:c, :d), 'km') < :e LIMIT :f"
    )
    assert [item.path for item in query.binds] == ["b", "c", "d", "e", "f"]


def test_what_asks_for_everything_or_nothing_is_marked() -> None:
    everything = parse_query("SELECT FIELDS(ALL), FIELDS(custom) FROM A LIMIT 200")
    nothing = parse_query("SELECT COUNT() FROM A")
    assert (everything.wildcard, everything.fields, everything.counts_rows) == (("ALL", "CUSTOM"), (), False)
    assert (nothing.wildcard, nothing.fields, nothing.counts_rows) == ((), (), True)


def test_the_scope_is_told() -> None:
    assert parse_query("SELECT Id FROM Report USING SCOPE allPrivate").scope == "allPrivate"


@pytest.mark.parametrize(
    ("text", "source", "expected"),
    [
        pytest.param("", "", [], id="nothing"),
        pytest.param("SELECT Id, Amou", "", [("Id", "select")], id="within a name, which is left out"),
        pytest.param("SELECT Id, Amount ", "", [("Id", "select"), ("Amount", "select")], id="behind a whole name"),
        pytest.param(
            "SELECT Id FROM Acc WHERE Nam", "Acc", [("Id", "select")], id="within a field of a condition"
        ),
        pytest.param(
            "SELECT Id FROM A WHERE X__c = 'abc", "A", [("Id", "select"), ("X__c", "where")], id="in a text"
        ),
        pytest.param(
            "SELECT Id FROM A WHERE X__c IN ('a', ", "A", [("Id", "select"), ("X__c", "where")], id="in a list"
        ),
        pytest.param(
            "SELECT Id FROM A WHERE (X__c = 1", "A", [("Id", "select"), ("X__c", "where")], id="in brackets"
        ),
        pytest.param("SELECT Id FROM A a ORD", "A", [("Id", "select")], id="within a keyword"),
        pytest.param("SELECT Id, (SELECT Name FROM Contacts", "", [("Id", "select")], id="in a query within"),
    ],
)
def test_queries_that_were_cut_are_read_as_far_as_they_go(text: str, source: str, expected: list[Said]) -> None:
    query = parse_query(text)
    assert (source, expected, True) == (query.object, _said(query), query.cut)


@pytest.mark.parametrize(
    ("limit", "source", "cut"),
    [
        pytest.param(None, "Acc", False, id="no limit is known"),
        pytest.param(19, "Acc", False, id="the text is shorter than the limit"),
        pytest.param(18, "", True, id="the text fills the limit, so its last name may be torn"),
    ],
)
def test_a_text_as_long_as_the_limit_counts_as_cut(limit: int | None, source: str, cut: bool) -> None:
    query = parse_query("SELECT Id FROM Acc", limit)
    assert (source, cut) == (query.object, query.cut)


@pytest.mark.parametrize(
    ("text", "expected", "problem"),
    [
        pytest.param(
            "SELECT Id FROM A WHERE X__c ~ 1",
            [("Id", "select"), ("X__c", "where")],
            SyntaxProblem("expected a comparison, but found '~'", 28),
            id="a sign that SOQL does not know",
        ),
        pytest.param(
            "SELECT Id, FROM A WHERE X__c = 1",
            [("Id", "select"), ("X__c", "where")],
            SyntaxProblem("expected a field, but found 'FROM'", 11),
            id="a comma too many",
        ),
        pytest.param(
            "SELECT Id FROM A) x",
            [("Id", "select")],
            SyntaxProblem("expected the end of the query, but found ')'", 16),
            id="a bracket too many",
        ),
        pytest.param(
            "UPDATE A SET b", [], SyntaxProblem("expected SELECT, but found 'UPDATE'", 0), id="another language"
        ),
    ],
)
def test_broken_queries_still_yield_their_fields(text: str, expected: list[Said], problem: SyntaxProblem) -> None:
    query = parse_query(text)
    assert (expected, problem) == (_said(query), query.problem)


def test_queries_nested_beyond_reason_are_refused() -> None:
    query = parse_query("SELECT (" * 50)
    assert query.problem == SyntaxProblem("queries are nested too deeply, but found 'SELECT'", 160)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param(" find {x}", True, id="a search"),
        pytest.param("SELECT Id FROM A", False, id="a query"),
        pytest.param("FINDER", False, id="another word"),
    ],
)
def test_searches_are_told_from_queries(text: str, expected: bool) -> None:
    assert expected == is_search(text)
