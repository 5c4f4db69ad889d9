"""What folders of text outside of the CRM say of its fields, language by language."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping

import pytest

from auditor.model.catalogue import Catalog, Field, Object, Role, Skipped
from auditor.model.references import Reference
from auditor.sources.outside.names import names_of, respelled
from auditor.sources.outside.reader import Direction, OutsideFound, OutsideReader, read_outside
from tests.sources.fake_trees import FakeTree


def _object(name: str, *fields: Field) -> Object:
    return Object(name, fields=fields)


CATALOG = Catalog(
    "crm",
    Role.CRM,
    "salesforce",
    (
        _object(
            "Account",
            Field("Account", "Region__c", label="Försäljningsregion"),
            Field("Account", "Owner2__c", reference_to=("User",)),
        ),
        _object(
            "Opportunity", Field("Opportunity", "Region__c"), Field("Opportunity", "WinRate__c", label="Win rate")
        ),
        _object(
            "Deal__c", Field("Deal__c", "Code__c"), Field("Deal__c", "Customer__c", reference_to=("Account",))
        ),
    ),
)
NAMES = names_of(CATALOG)


def _read(files: Mapping[str, str | bytes], reader: OutsideReader | None = None) -> OutsideFound:
    return read_outside(reader or OutsideReader("bi"), FakeTree(files), NAMES)


def _told(references: tuple[Reference, ...]) -> set[str]:
    """`Target access certainty line`, the standard field Id left out."""
    return {
        f"{each.target} {each.access} {each.certainty} {each.line}"
        for each in references
        if not each.target.endswith(".Id")
    }


READS = [
    pytest.param(
        "a.sql",
        "-- WinRate__c is old\nSELECT a.Region__c FROM crm_copy.Account AS a\n",
        {"Account.Region__c reads certain 2", "Opportunity.WinRate__c reads possible 1"},
        id="a column behind an alias is of the alias's table, a name in a comment only possible",
    ),
    pytest.param(
        "a.sql",
        "select region__c from account",
        {"Account.Region__c reads certain 1"},
        id="SQL ignores case, and one table owns all columns",
    ),
    pytest.param(
        "a.sql",
        "select region_c from {{ source('salesforce', 'opportunity') }}",
        {"Opportunity.Region__c reads certain 1"},
        id="a source of dbt is its table, in the spelling of the loader",
    ),
    pytest.param(
        "a.sql",
        "with deals as (select * from sfdc.deal__c) select d.code__c from deals d",
        {"Deal__c.Code__c reads certain 1"},
        id="a common table expression that takes all stands for its table",
    ),
    pytest.param(
        "a.sql",
        "select Region__c from Account a join Opportunity o on a.Id = o.AccountId",
        {
            "Account.Region__c reads possible 1",
            "Opportunity.Region__c reads possible 1",
            "Opportunity.AccountId reads certain 1",
        },
        id="a column of one of two tables is possibly of each",
    ),
    pytest.param(
        "a.sql",
        "select (select max(o.WinRate__c) from Opportunity o where o.AccountId = a.Id)\n"
        "from Account a where a.Region__c > 0",
        {
            "Opportunity.WinRate__c reads certain 1",
            "Opportunity.AccountId reads certain 1",
            "Account.Region__c reads certain 2",
        },
        id="a query within a query sees the tables around it",
    ),
    pytest.param(
        "a.sql",
        "select name, type from finance.account",
        set(),
        id="standard names of a table that merely is called like an object are nothing for sure",
    ),
    pytest.param(
        "a.sql",
        "select Customer__r.Region__c from Deal__c",
        {"Deal__c.Customer__c reads certain 1", "Account.Region__c reads certain 1"},
        id="a path reads every hop",
    ),
    pytest.param(
        "m.pq",
        'let S = Salesforce.Data("x"), A = S{[Name="Account"]}[Data],\n'
        'B = Table.SelectColumns(A, {"Region__c", "Industry"})',
        {"Account.Region__c reads certain 2", "Account.Industry reads certain 2"},
        id="a step of Power Query reads from the object that was opened",
    ),
    pytest.param(
        "measures.dax",
        "Rate := AVERAGE('Opportunity'[WinRate__c])",
        {"Opportunity.WinRate__c reads certain 1"},
        id="a column of DAX says its table",
    ),
    pytest.param(
        "model.bim",
        '{"model": {"tables": [{"name": "Account", "columns": [{"name": "R",\n "sourceColumn": "Region__c"}]}]}}',
        {"Account.Region__c reads certain 2", "Opportunity.Region__c reads possible 2"},
        id="a model's table owns its columns; the name alone may still mean another's",
    ),
    pytest.param(
        "book.twb",
        "<workbook><metadata-record><remote-name>WinRate__c</remote-name><parent-name>[Opportunity]</parent-name>"
        "</metadata-record></workbook>",
        {"Opportunity.WinRate__c reads certain 1"},
        id="a record of Tableau names column and table side by side",
    ),
    pytest.param(
        "view.lkml",
        "dimension: r { sql: ${TABLE}.WinRate__c ;; } # Code__c",
        {"Opportunity.WinRate__c reads possible 1", "Deal__c.Code__c reads possible 1"},
        id="LookML names a column of a table that stands elsewhere",
    ),
    pytest.param(
        "load.qvs",
        "Deals:\nSQL SELECT Id, Code__c FROM Deal__c;",
        {"Deal__c.Code__c reads certain 2"},
        id="a load script of Qlik holds queries",
    ),
    pytest.param(
        "job.py",
        'rows = sf.query("SELECT Id, Region__c FROM Account")\n',
        {"Account.Region__c reads certain 1"},
        id="a query in a string reads, whatever the language around it",
    ),
]


@pytest.mark.parametrize(("path", "text", "told"), READS)
def test_a_report_or_query_reads(path: str, text: str, told: set[str]) -> None:
    assert _told(_read({path: text}).references) == told


MAPPINGS = [
    pytest.param(
        "map.json",
        '{"object": "Account", "field": "Region__c"}',
        {
            "Account.Region__c lists certain 1",
            "Account.Region__c reads possible 1",
            "Account.Region__c writes possible 1",
            "Opportunity.Region__c reads possible 1",
            "Opportunity.Region__c writes possible 1",
        },
        id="a mapping surely names the field and says not which way it goes",
    ),
    pytest.param(
        "map.json",
        '{"object": "Account", "field": "Industry", "note": "Type"}',
        {
            "Account.Industry lists certain 1",
            "Account.Industry reads possible 1",
            "Account.Industry writes possible 1",
        },
        id="a standard name counts under a key that names fields only",
    ),
    pytest.param(
        "mapping.yml",
        "Deals:\n  sf_object: Deal__c\n  fields:  # not x__Code__c\n    Code__c: code\n",
        {
            "Deal__c.Code__c lists certain 4",
            "Deal__c.Code__c reads possible 4",
            "Deal__c.Code__c writes possible 4",
        },
        id="a mapping of a bulk loader names object and fields",
    ),
    pytest.param(
        "schema.yml",
        "sources:\n  - name: sf\n    tables:\n      - name: deal__c\n"
        "        columns:\n          - name: code__c\n",
        {"Deal__c.Code__c reads possible 6", "Deal__c.Code__c writes possible 6"},
        id="a description of a table uses no column",
    ),
    pytest.param(
        "transform.dwl",
        "payload map { Code__c: $.code }",
        {"Deal__c.Code__c reads possible 1", "Deal__c.Code__c writes possible 1"},
        id="a name alone is possible",
    ),
    pytest.param("names.txt", "Name, Type, Owner and Account", set(), id="standard names alone are nothing"),
    pytest.param("app.py", "account.name = opportunity.type", set(), id="variables are no objects"),
    pytest.param("x.txt", "xRegion__c Region__cx My_Code__c", set(), id="parts of names are no names"),
]


@pytest.mark.parametrize(("path", "text", "told"), MAPPINGS)
def test_a_mapping_names(path: str, text: str, told: set[str]) -> None:
    assert _told(_read({path: text}).references) == told


@pytest.mark.parametrize(
    ("direction", "told"),
    [
        pytest.param(Direction.READS, {"Deal__c.Code__c reads certain 1"}, id="declared to read"),
        pytest.param(Direction.WRITES, {"Deal__c.Code__c writes certain 1"}, id="declared to write"),
        pytest.param(
            Direction.BOTH,
            {"Deal__c.Code__c reads certain 1", "Deal__c.Code__c writes certain 1"},
            id="declared to do both",
        ),
    ],
)
def test_a_declared_direction_decides(direction: Direction, told: set[str]) -> None:
    found = _read({"map.csv": "Deal__c,Code__c\n"}, OutsideReader("erp", direction=direction))

    assert _told(found.references) == told


def _zip(files: Mapping[str, bytes]) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        for name, data in files.items():
            archive.writestr(name, data)
    return stream.getvalue()


_FORMULAS = b'section Section1; shared D = let S = Salesforce.Data("x"), A = S{[Name="Deal__c"]}[Data], '
_FORMULAS += b'B = Table.SelectColumns(A, {"Code__c"}) in B;'


def test_a_power_bi_file_is_opened_and_its_binary_model_is_said() -> None:
    formulas = _zip({"Formulas/Section1.m": _FORMULAS})
    mashup = (0).to_bytes(4, "little") + len(formulas).to_bytes(4, "little") + formulas + b"\0\0"
    layout = '{"sections": "[{\\"queryRef\\": \\"Opportunity.WinRate__c\\"}]"}'.encode("utf-16-le")
    book = _zip({"DataMashup": mashup, "Report/Layout": layout, "DataModel": bytes(range(256)) * 20})

    found = _read({"sales.pbix": book}, OutsideReader("bi", complete=True))

    assert {(each.target, each.access, each.certainty, each.path) for each in found.references} == {
        ("Deal__c.Code__c", "reads", "certain", "sales.pbix/DataMashup/Formulas/Section1.m"),
        ("Opportunity.WinRate__c", "reads", "certain", "sales.pbix/Report/Layout"),
    }
    assert found.skipped == (Skipped("sales.pbix/DataModel", "binary: the names in it cannot be searched"),)
    assert found.component.attribute("complete") == "false", "what cannot be searched may hold any name"


def test_a_word_document_is_read_across_its_runs() -> None:
    document = b"<document><body><p><r><t>WinRa</t></r><r><t>te__c</t></r></p></body></document>"

    found = _read({"map.docx": _zip({"word/document.xml": document})})

    assert {each.target for each in found.references} == {"Opportunity.WinRate__c"}


HOSTILE = [
    pytest.param(b"\x00\x01\x02" * 3000, "binary: the names in it cannot be searched", id="binary"),
    pytest.param(b"PK\x03\x04 no archive", "is not a zip archive that can be read", id="a broken archive"),
]


@pytest.mark.parametrize(("data", "reason"), HOSTILE)
def test_what_cannot_be_searched_is_said(data: bytes, reason: str) -> None:
    found = _read({"a.qvw": data, "b.sql": "select Code__c from Deal__c"}, OutsideReader("bi", complete=True))

    assert [(line.path, reason in line.reason) for line in found.skipped] == [("a.qvw", True)]
    assert {each.target for each in found.references} == {"Deal__c.Code__c"}
    assert found.component.attribute("complete") == "false"


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("[" * 100_000, id="brackets"),
        pytest.param("<a>" * 100_000, id="elements"),
        pytest.param("a." * 100_000 + "Region__c", id="a chain without end"),
        pytest.param("select (" * 20_000 + "Region__c", id="queries within queries"),
        pytest.param('"SELECT ' * 20_000 + "Region__c", id="strings that never close"),
        pytest.param("/*" * 50_000 + "Region__c", id="comments that never close"),
        pytest.param("{{ source(" * 20_000 + "Region__c", id="templates that never close"),
    ],
)
@pytest.mark.parametrize("path", ["x.json", "x.xml", "x.sql", "x.py", "x.pq", "x.yml", "x.csv"])
def test_hostile_text_costs_time_in_proportion_and_no_error(path: str, text: str) -> None:
    assert _read({path: text}).skipped == ()


def test_pictures_and_documentation_read_nothing_and_leave_a_reader_complete() -> None:
    found = _read({"README.md": "Region__c", "logo.png": b"\x89PNG\0\0"}, OutsideReader("bi", complete=True))

    assert found.references == ()
    assert found.skipped == ()
    assert found.component.attribute("complete") == "true"


def test_labels_are_searched_where_that_is_asked_for() -> None:
    text = "<column caption='Win rate' name='x'/> the Win rate is"
    assert _read({"a.twb": text}).references == ()

    found = _read({"a.twb": text}, OutsideReader("bi", labels=True))

    assert _told(found.references) == {"Opportunity.WinRate__c reads possible 1"}


@pytest.mark.parametrize(
    ("name", "loaded"),
    [
        ("Region__c", "region_c"),
        ("MyField__c", "my_field_c"),
        ("ERP_Key__c", "erp_key_c"),
        ("CloseDate", "close_date"),
    ],
)
def test_a_loader_respells(name: str, loaded: str) -> None:
    assert respelled(name) == loaded


def test_other_systems_know_only_names_that_are_no_common_word() -> None:
    catalog = Catalog(
        "crm",
        Role.CRM,
        "tabular",
        (Object("company", fields=(Field("company", "region"), Field("company", "sales_region"))),),
    )

    found = read_outside(
        OutsideReader("bi"), FakeTree({"a.py": "region = row['sales_region']"}), names_of(catalog)
    )

    assert {each.target for each in found.references} == {"company.sales_region"}


def test_what_an_archive_hides_leaves_a_reader_incomplete() -> None:
    book = _zip({"../out.sql": b"select 1", "in.sql": b"select Code__c from Deal__c"})

    found = _read({"etl.zip": book}, OutsideReader("bi", complete=True))

    assert {each.target for each in found.references} == {"Deal__c.Code__c"}
    assert found.skipped == (Skipped("etl.zip/../out.sql", "its name leads out of the archive"),)
    assert (found.component.attribute("complete"), found.component.attribute("unsearched")) == ("false", "1")


def test_a_place_that_cannot_be_listed_leaves_a_reader_incomplete() -> None:
    tree = FakeTree({})
    tree.skipped = (Skipped("away", "a link out of the tree, not followed"),)

    found = read_outside(OutsideReader("bi", complete=True), tree, NAMES)

    assert found.skipped == tree.skipped
    assert found.component.attribute("complete") == "false"
