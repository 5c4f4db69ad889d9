"""The setup audit trail in both layouts: kinds of actors and days, never a user."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from auditor.model.catalogue import Catalog, Field, Object, Role
from auditor.model.observations import Actor, Deed, Definition, Evidence, Inventoried, Observation
from auditor.usage.org.trail import read_setup_trail
from auditor.usage.request import UsageRequest
from tests.usage.kitchen import AS_OF

CATALOG = Catalog(
    "crm",
    Role.CRM,
    "salesforce",
    objects=(
        Object(
            "Account",
            label="Konto",
            plural_label="Konton",
            custom=False,
            fields=(
                Field("Account", "Seats__c", label="Seats"),
                Field("Account", "Twin__c", label="Twin"),
                Field("Account", "Twin2__c", label="Twin"),
            ),
        ),
        Object("Parcel__c", label="Parcel", fields=(Field("Parcel__c", "Weight__c", label="Weight"),)),
        Object("Activity", label="Activity", custom=False, fields=(Field("Activity", "Reach__c", label="Reach"),)),
    ),
)
API = "CreatedDate,CreatedById,CreatedByContext,Action,Section,Display,DelegateUser,ResponsibleNamespacePrefix"
PAGE = "Date,User,Source Namespace Prefix,Action,Section,Delegate User"
FIRST_USE = "Created custom field First use (Text) on Account"
ADMIN, ROBOT, DEPLOY = "005000000000AAA", "005000000000BBB", "005000000000CCC"
USERS = (
    "Id,Username,IsActive,UserType,Profile.Name\n"
    f"{ADMIN},admin@example.org,true,Standard,System Administrator\n"
    f"{ROBOT},robot@example.org,true,Standard,API Only Integration\n"
    f"{DEPLOY},deploy@example.org,true,Standard,System Administrator\n"
)


def _read(
    tmp_path: Path,
    text: str,
    users: str = "",
    before: Evidence | None = None,
    pipeline: tuple[str, ...] = (),
    **options: str,
) -> Evidence:
    path = tmp_path / "SetupAuditTrail.csv"
    path.write_text(text, encoding="utf-8")
    if users:
        (tmp_path / "User.csv").write_text(users, encoding="utf-8")
    request = UsageRequest("trail", "crm", "setup-audit-trail", (path,), AS_OF, CATALOG, options, before)
    return read_setup_trail(replace(request, pipeline=frozenset(pipeline)))


def _api(sentence: str, user: str = ADMIN, *, section: str = "", context: str = "", delegate: str = "") -> str:
    return f"2026-09-23T16:41:00.000+0000,{user},{context},code,{section},{sentence},{delegate},"


def _seen(evidence: Evidence) -> list[tuple[str, Deed, str, Actor, bool]]:
    return [(e.subject, e.deed, str(e.last), e.by, e.possible) for e in evidence.observations]


@pytest.mark.parametrize(
    ("sentence", "section", "seen"),
    [
        pytest.param(
            "Created custom field Seats (Number) on Account",
            "",
            ("crm:Account.Seats__c", Deed.CREATED),
            id="by label",
        ),
        pytest.param(
            "Created custom field Seats (Number) on Konto",
            "",
            ("crm:Account.Seats__c", Deed.CREATED),
            id="own label",
        ),
        pytest.param(
            "Created custom field Seats (Number)",
            "Customize Accounts",
            ("crm:Account.Seats__c", Deed.CREATED),
            id="the object by the section of Setup",
        ),
        pytest.param(
            "Deleted custom field Weight from Parcel", "", ("crm:Parcel__c.Weight__c", Deed.DELETED), id="deleted"
        ),
        pytest.param(
            "Changed custom field Gone__c on object Account from A to B",
            "",
            ("crm:Account.Gone__c", Deed.CHANGED),
            id="an API name needs nobody to know it",
        ),
        pytest.param(
            "Changed label of custom field Seats on Account from A to Parcel",
            "",
            ("crm:Account.Seats__c", Deed.CHANGED),
            id="a value that is named like an object",
        ),
        pytest.param(
            "Created custom field Reach (Text) on Task",
            "",
            ("crm:Activity.Reach__c", Deed.CREATED),
            id="activities",
        ),
        pytest.param("Created custom object: Parcel", "", ("crm:Parcel__c", Deed.CREATED), id="an object"),
        pytest.param(
            "Deleted custom object: Old__c", "", ("crm:Old__c", Deed.DELETED), id="an object nobody knows"
        ),
    ],
)
def test_a_sentence_is_about_a_field_of_the_catalogue(
    sentence: str, section: str, seen: tuple[str, Deed], tmp_path: Path
) -> None:
    evidence = _read(tmp_path, f"{API}\n{_api(sentence, section=section)}\n")

    assert _seen(evidence) == [(*seen, "2026-09-23", Actor.UNKNOWN, False)]


def test_a_label_that_fits_several_fields_is_only_possible(tmp_path: Path) -> None:
    evidence = _read(tmp_path, f"{API}\n{_api('Created custom field Twin (Text) on Account')}\n")

    assert _seen(evidence) == [
        ("crm:Account.Twin2__c", Deed.CREATED, "2026-09-23", Actor.UNKNOWN, True),
        ("crm:Account.Twin__c", Deed.CREATED, "2026-09-23", Actor.UNKNOWN, True),
    ]


@pytest.mark.parametrize(
    ("created", "possible"),
    [pytest.param("2026-09-23", False, id="created that day"), pytest.param("2026-01-01", True, id="another day")],
)
def test_a_field_that_only_a_register_knows_is_sure_if_it_was_created_that_day(
    created: str, possible: bool, tmp_path: Path
) -> None:
    known = Definition("crm:Account.First_use__c", "org", created=date.fromisoformat(created))
    before = Evidence(definitions=(known,))

    evidence = _read(tmp_path, f"{API}\n{_api(FIRST_USE)}\n", before=before)

    assert _seen(evidence) == [("crm:Account.First_use__c", Deed.CREATED, "2026-09-23", Actor.UNKNOWN, possible)]


def test_labels_of_an_inventory_are_labels(tmp_path: Path) -> None:
    before = Evidence(inventory=(Inventoried("crm:Account.X1__c", "org", label="First use"),))

    evidence = _read(tmp_path, f"{API}\n{_api(FIRST_USE)}\n", before=before)

    assert _seen(evidence) == [("crm:Account.X1__c", Deed.CREATED, "2026-09-23", Actor.UNKNOWN, False)]


SEATS = "Created custom field Seats (Number) on Account"


@pytest.mark.parametrize(
    ("line", "pipeline", "by"),
    [
        pytest.param(_api(SEATS, ADMIN), (), Actor.PEOPLE, id="a person"),
        pytest.param(_api(SEATS, ROBOT), (), Actor.INTEGRATION, id="an integration, by profile"),
        pytest.param(_api(SEATS, DEPLOY), (DEPLOY,), Actor.PIPELINE, id="the pipeline, by id"),
        pytest.param(_api(SEATS, DEPLOY), ("Deploy@Example.org",), Actor.PIPELINE, id="the pipeline, by name"),
        pytest.param(_api(SEATS, "005000000000DDD"), (DEPLOY,), Actor.OTHER, id="surely not the pipeline"),
        pytest.param(_api(SEATS, "005000000000DDD"), (), Actor.UNKNOWN, id="nobody knows the user"),
        pytest.param(_api(SEATS, ADMIN, context="Einstein"), (), Actor.AUTOMATION, id="a service of the platform"),
        pytest.param(
            _api(SEATS, DEPLOY, delegate="admin@example.org"),
            (DEPLOY,),
            Actor.PEOPLE,
            id="a person logged in as another",
        ),
    ],
)
def test_users_are_kinds(line: str, pipeline: tuple[str, ...], by: Actor, tmp_path: Path) -> None:
    evidence = _read(tmp_path, f"{API}\n{line}\n", USERS, pipeline=pipeline)

    assert [each.by for each in evidence.observations] == [by]


def test_the_file_of_the_setup_page(tmp_path: Path) -> None:
    lines = (
        '"9/23/2026, 11:21:14 PM PDT",deploy@example.org,,Created custom field Seats (Number) on Account,A,\n'
        '"9/10/2026, 4:21:14 AM PDT",admin@example.org,,"Changed custom field Weight on Parcel from\nA to B",O,\n'
        '"9/9/2026, 4:21:14 AM PDT",Automated Process,,Created custom object: Parcel,Custom Objects,\n'
    )

    evidence = _read(tmp_path, f"{PAGE}\n{lines}", USERS, pipeline=("deploy@example.org",))

    assert _seen(evidence) == [
        ("crm:Account.Seats__c", Deed.CREATED, "2026-09-24", Actor.PIPELINE, False),
        ("crm:Parcel__c", Deed.CREATED, "2026-09-09", Actor.AUTOMATION, False),
        ("crm:Parcel__c.Weight__c", Deed.CHANGED, "2026-09-10", Actor.PEOPLE, False),
    ]
    (window,) = evidence.windows
    assert (window.start, window.end) == (date(2026, 9, 9), date(2026, 9, 24))


def test_days_that_nobody_can_read_cost_the_file_and_one_line(tmp_path: Path) -> None:
    evidence = _read(tmp_path, f'{PAGE}\n"12/8/2026, 11:54:14 CEST",a@example.org,,{SEATS},Accounts,\n')

    assert evidence.observations == ()
    assert [line.reason for line in evidence.skipped] == [
        "Date: day and month cannot be told apart; declare the option dates: mdy or dmy"
    ]


def test_what_was_not_understood_is_counted(tmp_path: Path) -> None:
    lines = [
        _api(SEATS),
        _api("Created custom field Unheard of (Text) on Account"),
        _api("Moved custom field Seats about"),
        _api("Skapade anpassat fält Antal på Konto"),
    ]

    evidence = _read(tmp_path, "\n".join([API, *lines]))

    assert evidence.sources[0].note == (
        "sentences on custom fields and objects that were understood: 1 created; 1 name what neither the "
        "repository nor an inventory knows; 1 speak of custom fields in a shape that is not known; 2 were not "
        "understood though others with the same code were; 1 are not in English and were not read: export them as "
        "a user whose language is English"
    )


def test_no_user_leaves_the_reader(tmp_path: Path) -> None:
    told = repr(_read(tmp_path, f"{API}\n{_api(SEATS, ADMIN, delegate='boss@example.org')}\n", USERS))

    assert not any(name in told for name in (ADMIN, "admin@example.org", "boss@example.org"))


def test_a_page_of_the_api_is_cut(tmp_path: Path) -> None:
    evidence = _read(tmp_path, "\n".join([API, *[_api(SEATS)] * 2_000]))

    assert evidence.sources[0].truncated
    assert evidence.observations == (
        Observation(
            *("crm:Account.Seats__c", Deed.CREATED, "trail", date(2026, 9, 23), date(2026, 9, 23), 2_000),
        ),
    )
