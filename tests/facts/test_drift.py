"""Repository against organisation: three-valued, by what inventories, logs of changes and commits tell."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from auditor.facts.standoff import drift_coverage, drift_rows
from auditor.model.catalogue import Calculation, Catalog, Field, Object, Skipped
from auditor.model.components import Component
from auditor.model.observations import Actor, Deed, Definition, Evidence, Inventoried, Window
from auditor.model.results import DriftCoverage, DriftRow
from auditor.model.values import ABSENT, DateRange, Unknown
from tests.facts.world import FIELD, OBJECT, REGION, TODAY, catalog, day, facts, seen, source, window

FIELDS, OBJECTS = frozenset({"field"}), frozenset({"object"})
CLICKED = "crm:Account.Clicked__c"
REGISTER, DESCRIBE, TRAIL, GIT = "tooling-custom-field", "object-describe", "setup-audit-trail", "git-history"


def _listed(name: str = REGISTER, until: str = "2026-11-20", **more: Any) -> Window:  # noqa: ANN401 - passed on
    values: dict[str, Any] = {"subjects": frozenset({OBJECT}), "kinds": FIELDS} | more
    return window(name, Deed.LISTED, None, until, **values)


def _entry(subject: str = FIELD, name: str = REGISTER, **more: Any) -> Inventoried:  # noqa: ANN401 - passed on
    return Inventoried(subject, name, custom=True, **more)


def _evidence(*names: str, truncated: bool = False, **more: Any) -> Evidence:  # noqa: ANN401 - passed on
    sources = tuple(source(name, truncated=truncated and name != GIT) for name in names)
    return Evidence(sources=sources, **more)


NOT_SEEN = Unknown(
    "the inventory of one user (object-describe) does not show it, which may be hidden from that user; "
    "`complete: [object-describe]` vouches that the user sees everything",
    ("tooling-custom-field", "object-describe"),
)
NOT_LISTED = Unknown(
    "no inventory of the live organisation lists the fields of its object",
    ("tooling-custom-field", "object-describe"),
)


@pytest.mark.parametrize(
    ("evidence", "expected"),
    [
        pytest.param(Evidence(), NOT_LISTED, id="no inventory"),
        pytest.param(_evidence(REGISTER, inventory=(_entry(),), windows=(_listed(),)), True, id="listed"),
        pytest.param(
            _evidence(DESCRIBE, inventory=(_entry(name=DESCRIBE),)), True, id="listed by one user's describe"
        ),
        pytest.param(_evidence(REGISTER, windows=(_listed(),)), False, id="a whole register does not list it"),
        pytest.param(
            _evidence(REGISTER, windows=(_listed(subjects=frozenset({"crm:Contact"})),)),
            NOT_LISTED,
            id="an inventory of other objects",
        ),
        pytest.param(_evidence(DESCRIBE, windows=(_listed(DESCRIBE),)), NOT_SEEN, id="one user does not see it"),
        pytest.param(
            _evidence(REGISTER, truncated=True, windows=(_listed(),)), NOT_LISTED, id="a register that was cut"
        ),
        pytest.param(
            _evidence(REGISTER, windows=(_listed(until="2026-08-01"),)),
            Unknown(
                "the newest inventory that could list it is of 2026-08-01",
                ("tooling-custom-field", "object-describe"),
            ),
            id="an old register",
        ),
        pytest.param(
            _evidence(
                REGISTER,
                GIT,
                windows=(_listed(),),
                definitions=(Definition(FIELD, GIT, created_not_after=day("2026-11-20")),),
            ),
            Unknown(
                "it came into the repository on 2026-11-20, and the inventory is of 2026-11-20",
                ("tooling-custom-field", "object-describe"),
            ),
            id="committed after the inventory",
        ),
        pytest.param(
            _evidence(TRAIL, observations=(seen(TRAIL, Deed.DELETED, "2026-11-03"),)), False, id="deleted by hand"
        ),
        pytest.param(
            _evidence(TRAIL, observations=(seen(TRAIL, Deed.DELETED, "2026-11-03", possible=True),)),
            NOT_LISTED,
            id="possibly deleted",
        ),
        pytest.param(
            _evidence(
                TRAIL,
                observations=(seen(TRAIL, Deed.DELETED, "2026-11-03"), seen(TRAIL, Deed.CREATED, "2026-11-05")),
            ),
            True,
            id="deleted and made again",
        ),
        pytest.param(
            _evidence(
                REGISTER,
                TRAIL,
                inventory=(_entry(),),
                observations=(seen(TRAIL, Deed.DELETED, "2026-11-03"),),
            ),
            True,
            id="listed after it was deleted",
        ),
        pytest.param(
            _evidence(REGISTER, inventory=(_entry(deleted=True),), windows=(_listed(),)),
            False,
            id="among the deleted fields",
        ),
    ],
)
def test_whether_a_field_is_in_the_organisation(evidence: Evidence, expected: object) -> None:
    assert facts(evidence).fact(FIELD, "in_org") == expected


def test_a_user_that_sees_all_may_be_vouched_for() -> None:
    told = facts(_evidence(DESCRIBE, windows=(_listed(DESCRIBE),)), complete=["object-describe"])

    assert told.fact(FIELD, "in_org") is False


@pytest.mark.parametrize(
    ("field", "in_repo", "in_org"),
    [
        pytest.param(replace(REGION, custom=False), True, ABSENT, id="a standard field is no question"),
        pytest.param(replace(REGION, namespace="pkg"), True, ABSENT, id="nor is a package's"),
        pytest.param(REGION, True, NOT_LISTED, id="the company's own is one"),
    ],
)
def test_of_what_drift_can_be(field: Field, in_repo: object, in_org: object) -> None:
    told = facts(of=catalog([field]))

    assert (told.fact(FIELD, "in_repo"), told.fact(FIELD, "in_org")) == (in_repo, in_org)


def test_a_field_of_an_object_that_is_not_there_is_not_there() -> None:
    parcel = Object("Parcel__c", fields=(Field("Parcel__c", "Weight__c"),))
    listed = window("entity-definition", Deed.LISTED, None, kinds=OBJECTS)

    told = facts(_evidence("entity-definition", windows=(listed,)), catalog(objects=(parcel,)))

    assert (told.fact("crm:Parcel__c", "in_org"), told.fact("crm:Parcel__c.Weight__c", "in_org")) == (False, False)


def test_an_object_is_there_if_a_field_of_it_is() -> None:
    parcel = Object("Parcel__c", fields=(Field("Parcel__c", "Weight__c"),))

    told = facts(_evidence(REGISTER, inventory=(_entry("crm:Parcel__c.Weight__c"),)), catalog(objects=(parcel,)))

    assert told.fact("crm:Parcel__c", "in_org") is True


@pytest.mark.parametrize(
    ("path", "expected"),
    [
        pytest.param("force-app/objects/Account/fields/Clicked__c.field-meta.xml", True, id="its own file"),
        pytest.param("src/objects/Account.object", True, id="the file of its object"),
        pytest.param("src/objects/Contact.object", False, id="another object's"),
        pytest.param("force-app/objects/Account/fields/Other__c.field-meta.xml", False, id="another field's"),
    ],
)
def test_what_could_not_be_read_may_define_it(path: str, expected: bool) -> None:
    lost = replace(catalog(), skipped=(Skipped(path, "not well-formed"),))

    told = facts(_evidence(REGISTER, inventory=(_entry(CLICKED),)), lost).fact(CLICKED, "in_repo")

    assert isinstance(told, Unknown) is expected
    assert expected or told is False


def test_a_field_that_is_defined_twice_was_read() -> None:
    twice = replace(
        catalog(), skipped=(Skipped("src/objects/Account.object", "defined twice; merged, the last wins"),)
    )

    assert facts(_evidence(REGISTER, inventory=(_entry(CLICKED),)), twice).fact(CLICKED, "in_repo") is False


@pytest.mark.parametrize("twin", ["crm:Task.Reach__c", "crm:Event.Reach__c"])
def test_names_of_one_field_stand_for_each_other(twin: str) -> None:
    activity = Object("Activity", custom=False, fields=(Field("Activity", "Reach__c"),))
    evidence = _evidence(REGISTER, inventory=(_entry("crm:Activity.Reach__c"), _entry(twin)))

    told = facts(evidence, catalog(objects=(activity,)))

    assert (told.fact(twin, "in_repo"), told.fact(twin, "in_org")) == (True, True)


DETAILS = Inventoried(FIELD, DESCRIBE, "Region", "Text", custom=True)


@pytest.mark.parametrize(
    ("here", "there", "expected"),
    [
        pytest.param(REGION, DETAILS, ABSENT, id="alike"),
        pytest.param(
            REGION,
            replace(DETAILS, label="Area"),
            ("label: Region in the repository, Area in the org",),
            id="label",
        ),
        pytest.param(
            REGION,
            replace(DETAILS, type="Picklist"),
            ("type: Text in the repository, Picklist in the org",),
            id="type",
        ),
        pytest.param(
            replace(REGION, length=80),
            replace(DETAILS, length=255),
            ("length: 80 in the repository, 255 in the org",),
            id="length",
        ),
        pytest.param(
            REGION,
            replace(DETAILS, required=True),
            ("demanded: no in the repository, yes in the org",),
            id="demanded",
        ),
        pytest.param(
            replace(REGION, formula="A__c + 1", calculation=Calculation.FORMULA),
            replace(DETAILS, formula="A__c + 2"),
            ("formula",),
            id="formula",
        ),
        pytest.param(
            replace(REGION, formula="A__c + 1", calculation=Calculation.FORMULA),
            replace(DETAILS, formula=" a__c+1\n"),
            ABSENT,
            id="a formula in other blanks",
        ),
        pytest.param(
            replace(REGION, type="AutoNumber", calculation=Calculation.AUTO_NUMBER),
            replace(DETAILS, required=True, unique=True),
            ABSENT,
            id="an auto-number is a text to describes",
        ),
        pytest.param(
            replace(REGION, type="Summary", calculation=Calculation.ROLLUP),
            replace(DETAILS, type="Currency"),
            ABSENT,
            id="a roll-up has the type of what it sums",
        ),
        pytest.param(
            replace(REGION, type="Html"), replace(DETAILS, type="LongTextArea"), ABSENT, id="long texts are one"
        ),
    ],
)
def test_where_definitions_differ(here: Field, there: Inventoried, expected: object) -> None:
    told = facts(_evidence(DESCRIBE, inventory=(there,)), catalog([here]))

    assert told.fact(FIELD, "differs_in") == expected
    assert told.fact(FIELD, "drift") == ("agrees" if expected is ABSENT else "differs")


def test_names_alone_do_not_tell_whether_definitions_differ() -> None:
    told = facts(_evidence(REGISTER, inventory=(_entry(),))).fact(FIELD, "drift")

    assert told == Unknown("the inventory lists its name alone", ("object-describe", "field-definition"))


def _by(actor: Actor, **more: Any) -> Evidence:  # noqa: ANN401 - passed on
    definition = Definition(
        FIELD, REGISTER, created=day("2026-01-02"), modified=day("2026-03-04"), created_by=actor, modified_by=actor
    )
    return _evidence(REGISTER, GIT, definitions=(definition, *more.pop("also", ())), **more)


@pytest.mark.parametrize(
    ("actor", "declared", "outside"),
    [
        pytest.param(Actor.PIPELINE, True, False, id="the pipeline"),
        pytest.param(Actor.PEOPLE, True, True, id="people, and who deploys is declared"),
        pytest.param(Actor.OTHER, True, True, id="surely somebody else"),
        pytest.param(Actor.PEOPLE, False, None, id="people, and nobody declared who deploys"),
        pytest.param(Actor.UNKNOWN, True, None, id="nobody knows whom"),
    ],
)
def test_who_made_it_and_whether_past_the_pipeline(actor: Actor, declared: bool, outside: bool | None) -> None:
    told = facts(_by(actor), pipelines=frozenset({"crm"} if declared else ()))

    by = told.fact(FIELD, "created_by")
    assert isinstance(by, Unknown) if actor is Actor.UNKNOWN else by == str(actor)
    for name in ("created_outside_pipeline", "changed_outside_pipeline"):
        value = told.fact(FIELD, name)
        assert isinstance(value, Unknown) if outside is None else value is outside


def test_the_log_of_changes_outranks_the_register() -> None:
    logged = seen(TRAIL, Deed.CREATED, "2026-01-02", by=Actor.PEOPLE)

    told = facts(replace(_by(Actor.INTEGRATION), observations=(logged,)))

    assert told.fact(FIELD, "created_by") == "people"


def test_a_field_that_no_commit_ever_held_was_made_past_the_pipeline() -> None:
    history = window(GIT, Deed.DEFINED, "2025-01-01")

    whole = facts(_by(Actor.UNKNOWN, windows=(history,)))
    short = facts(_by(Actor.UNKNOWN, windows=(replace(history, start=day("2026-02-01")),)))

    assert whole.fact(FIELD, "created_outside_pipeline") is True
    assert isinstance(short.fact(FIELD, "created_outside_pipeline"), Unknown)


@pytest.mark.parametrize(
    ("commit", "newer"),
    [("2026-03-03", True), ("2026-03-04", False), ("2026-05-01", False)],
    ids=["before", "on", "after"],
)
def test_a_definition_is_newer_in_the_organisation_than_its_last_commit(commit: str, newer: bool) -> None:
    committed = Definition(FIELD, GIT, created_not_after=day("2026-01-01"), modified_not_after=day(commit))

    told = facts(_by(Actor.PEOPLE, also=(committed,)))

    assert told.fact(FIELD, "newer_in_org") is newer
    assert told.fact(FIELD, "repo_since") == DateRange(None, day("2026-01-01"))
    assert told.fact(FIELD, "repo_changed") == DateRange(None, day(commit))


def test_a_field_that_left_the_repository_and_not_the_organisation_is_only_there() -> None:
    left = Definition(CLICKED, GIT, created_not_after=day("2025-01-01"), removed=day("2026-06-01"))

    told = facts(_evidence(REGISTER, GIT, definitions=(left,), inventory=(_entry(CLICKED),)))

    assert told.fact(CLICKED, "drift") == "only_org"


RULE = Component("validation_rule", "Account.Must", "r")
RULES = frozenset({"validation_rule"})


def _world() -> tuple[Evidence, Catalog]:
    register = "tooling-validation-rule"
    evidence = _evidence(
        *(REGISTER, register, TRAIL),
        inventory=(_entry(CLICKED),),
        definitions=(
            Definition(CLICKED, REGISTER, created=day("2026-09-23"), created_by=Actor.PEOPLE),
            Definition("crm:validation_rule/Account.New", register, created=day("2026-10-01")),
        ),
        observations=(seen(TRAIL, Deed.DELETED, "2026-11-03", by=Actor.OTHER),),
        windows=(
            _listed(),
            window(register, Deed.LISTED, None, kinds=RULES),
            window(TRAIL, Deed.CHANGED, "2026-05-25"),
        ),
    )
    return evidence, catalog(components=(RULE,))


def test_the_rows_of_the_section_stand_by_object() -> None:
    register, rules = f"{REGISTER} ({REGISTER}.csv, {TODAY})", "tooling-validation-rule"

    assert drift_rows(facts(*_world())) == (
        DriftRow(
            "crm", "", "crm:validation_rule/Account.Must", "only_repo", source=f"{rules} ({rules}.csv, {TODAY})"
        ),
        DriftRow(
            *("crm", "", "crm:validation_rule/Account.New", "only_org", day("2026-10-01")),
            source=f"{rules} ({rules}.csv, {TODAY})",
        ),
        DriftRow("crm", OBJECT, CLICKED, "only_org", day("2026-09-23"), "people", source=register),
        DriftRow(
            *("crm", OBJECT, FIELD, "only_repo"),
            deleted=day("2026-11-03"),
            deleted_by="other",
            source=f"{TRAIL} ({TRAIL}.csv, {TODAY})",
        ),
    )


def test_the_section_says_how_far_anybody_looked() -> None:
    names = {name: f"{name} ({name}.csv, {TODAY})" for name in (REGISTER, "tooling-validation-rule", TRAIL)}

    assert drift_coverage(facts(*_world())) == (
        DriftCoverage("crm", "field", 1, 1, 0, names[REGISTER]),
        DriftCoverage("crm", "validation_rule", 1, 1, 0, names["tooling-validation-rule"], beyond=1),
        DriftCoverage("crm", "log", 0, 0, 0, names[TRAIL], day("2026-05-25"), day("2026-11-20")),
    )
