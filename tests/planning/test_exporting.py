"""What is handed over beside the plan: exports, statements, names of files. Names may hold anything."""

from __future__ import annotations

import json
import sqlite3

import pytest
from hypothesis import given
from hypothesis import strategies as st

from auditor.model.catalogue import Catalog, Field, Object, Role
from auditor.model.names import field_key, object_key
from auditor.model.rollback import Cause, Removal, Removed
from auditor.planning.ddl import ddl_files
from auditor.planning.definitions import definition_files
from auditor.planning.dialects import DIALECTS
from auditor.planning.exporting import export_files
from auditor.planning.filenames import FileNames, plain_name
from tests.planning.world import catalog, custom_field, ground

_AWFUL = "a\"b`c]d;\n-- x'; DROP TABLE y"


def _removed(system: str, of: str, name: str = "") -> Removed:
    subject = field_key(system, of, name) if name else object_key(system, of)
    full = f"{of}.{name}" if name else of
    return Removed(subject, "field" if name else "object", full, Cause.CANDIDATE, "asked for", group=subject)


def _salesforce(*names: str, objects: tuple[str, ...] = ()) -> Removal:
    items = [_removed("crm", *name.split(".")) for name in names] + [_removed("crm", name) for name in objects]
    return Removal("crm", "salesforce", tuple(items), "src")


SOQL = catalog(
    (
        custom_field("Account.A__c"),
        custom_field("Account.Place__c", type="Location"),
        custom_field("Account.T__c", track_history=True),
        custom_field("Log__c.Day__c"),
    )
)


def test_queries_of_fields_compounds_and_history() -> None:
    files = export_files(ground(SOQL), _salesforce("Account.A__c", "Account.Place__c", "Account.T__c"))
    assert {name: data.decode() for name, data in files.items() if name.endswith(".soql")} == {
        "Account.soql": "SELECT Id, A__c, Place__Latitude__s, Place__Longitude__s, T__c FROM Account\n",
        "AccountHistory.soql": "SELECT Id, AccountId, Field, OldValue, NewValue, CreatedDate FROM AccountHistory "
        "WHERE Field IN ('T__c')\n",
    }


def test_an_object_is_exported_with_what_the_platform_keeps_of_each_row() -> None:
    files = export_files(ground(SOQL), _salesforce("Log__c.Day__c", objects=("Log__c",)))
    query = "SELECT Id, Name, OwnerId, CreatedDate, LastModifiedDate, Day__c FROM Log__c\n"
    assert files["Log__c.soql"].decode() == query


def test_the_manifest_says_what_must_come_out() -> None:
    files = export_files(ground(SOQL), _salesforce("Account.A__c"))
    assert json.loads(files["manifest.json"]) == {
        "system": "crm",
        "exports": [
            {
                "file": "Account.csv",
                "object": "crm:Account",
                "query": "SELECT Id, A__c FROM Account",
                "columns": ["Id", "A__c"],
                "rows": None,
                "why": "the fields are deleted with their values",
            }
        ],
        "not_exported": [],
        "checksums": "checksums.sha256",
    }


def test_a_name_that_cannot_stand_in_a_query_is_left_out_aloud() -> None:
    of = catalog((custom_field("Account.A__c"), custom_field("Account.B, (SELECT Id FROM User)__c")))
    removal = Removal(
        "crm",
        "salesforce",
        (_removed("crm", "Account", "A__c"), _removed("crm", "Account", "B, (SELECT Id FROM User)__c")),
    )
    files = export_files(ground(of), removal)
    told = json.loads(files["manifest.json"])["not_exported"]
    assert (files["Account.soql"], told) == (
        b"SELECT Id, A__c FROM Account\n",
        ["crm:Account: B, (SELECT Id FROM User)__c cannot stand in a query"],
    )


def _table(*columns: str, name: str = _AWFUL) -> Catalog:
    fields = (
        Field(name, "id", type="INTEGER", key=True, custom=None),
        *(Field(name, each, type="TEXT", custom=None) for each in columns),
    )
    return Catalog("crm", Role.CRM, "sql", (Object(name, fields=fields, custom=None),))


@pytest.mark.parametrize("dialect", DIALECTS, ids=[each.name for each in DIALECTS])
def test_statements_quote_what_a_name_holds(dialect: object) -> None:
    of = _table(_AWFUL)
    name = next(each.name for each in DIALECTS if each is dialect)
    removal = Removal("crm", "sql", (_removed("crm", _AWFUL, _AWFUL),), f"{name}://host/db")
    text = ddl_files(ground(of), removal)["delete.sql"].decode()
    chosen = next(each for each in DIALECTS if each is dialect)
    statement = f"ALTER TABLE {chosen.quoted(_AWFUL)} DROP COLUMN {chosen.quoted(_AWFUL)};"
    outside = text.replace(statement, "")
    told = [line for line in outside.splitlines() if line and not line.startswith("--")]
    assert (statement in text, told) == (True, [])


@given(st.text(min_size=1).filter(lambda text: "\x00" not in text and "." not in text and text.isprintable()))
def test_statements_for_sqlite_drop_the_column_and_undo_brings_it_back(column: str) -> None:
    table = "t"
    if column.casefold() == "id":
        return
    quoted = '"' + column.replace('"', '""') + '"'
    database = sqlite3.connect(":memory:")
    database.execute(f"CREATE TABLE t (id INTEGER PRIMARY KEY, {quoted} TEXT)")
    before = database.execute("SELECT name FROM pragma_table_info('t')").fetchall()
    removal = Removal("crm", "sql", (_removed("crm", table, column),), "sqlite:///x")
    files = ddl_files(ground(_table(column, name=table)), removal)
    database.executescript(files["delete.sql"].decode())
    gone = database.execute("SELECT name FROM pragma_table_info('t')").fetchall()
    database.executescript(files["undo.sql"].decode())
    after = database.execute("SELECT name FROM pragma_table_info('t')").fetchall()
    assert (gone, after) == ([("id",)], before)


def test_views_and_what_points_at_a_table_are_named() -> None:
    from auditor.model.catalogue import ObjectKind

    of = Catalog(
        "crm",
        Role.CRM,
        "sql",
        (
            Object("log", fields=(Field("log", "id", type="INTEGER", key=True, custom=None),), custom=None),
            Object(
                "note",
                fields=(Field("note", "log_id", type="INTEGER", reference_to=("log",), custom=None),),
                custom=None,
            ),
            Object("v", kind=ObjectKind.VIEW, custom=None),
        ),
    )
    removal = Removal("crm", "sql", (_removed("crm", "log"),), "postgresql://h/d")
    lines = ddl_files(ground(of), removal)["delete.sql"].decode().splitlines()
    assert [line for line in lines if line[-1:] == "v" or "note" in line or "DROP" in line] == [
        "--   v",
        "-- These point at it; drop their foreign keys first: crm:note.log_id",
        'DROP TABLE "log";',
    ]


def test_systems_of_other_kinds_get_a_manifest_and_definitions() -> None:
    of = Catalog("crm", Role.CRM, "tabular", SOQL.objects)
    removal = Removal("crm", "tabular", (_removed("crm", "Account", "A__c"),))
    world = ground(of)
    files = export_files(world, removal)
    manifest = json.loads(files["manifest.json"])["exports"][0]
    definitions = json.loads(definition_files(world, removal)["definitions.json"])
    assert (
        sorted(files),
        manifest["query"],
        manifest["columns"],
        dict(ddl_files(world, removal)),
        definitions,
    ) == (
        ["manifest.json", "verify.sh"],
        "",
        ["A__c"],
        {},
        [{"subject": "crm:Account.A__c", "object": "Account", "name": "A__c", "type": "Text", "custom": True}],
    )


def test_edited_sources_are_their_own_definitions() -> None:
    assert dict(definition_files(ground(SOQL), _salesforce("Account.A__c"))) == {}


NAMES = (
    ("plain", "Account", "Account"),
    ("spaces", "Order desk", "Order-desk-73df93"),
    ("a way out", "../../etc/passwd", "etc-passwd-3754d6"),
)


@pytest.mark.parametrize(("text", "expected"), [c[1:] for c in NAMES], ids=[c[0] for c in NAMES])
def test_names_of_files(text: str, expected: str) -> None:
    assert plain_name(text) == expected


@given(st.lists(st.text(), unique=True, max_size=12))
def test_names_of_files_are_plain_and_never_two_the_same(texts: list[str]) -> None:
    names = FileNames()
    given_names = [names.of(text) for text in texts]
    plain = [name for name in given_names if not name or set(name) - set(_PLAIN)]
    assert (plain, len({name.casefold() for name in given_names})) == ([], len(texts))


_PLAIN = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-_"
