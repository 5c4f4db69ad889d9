"""What inventories of a live Salesforce organisation, and its own log of changes, can say."""

from __future__ import annotations

from auditor.model.observations import SourceKind
from auditor.model.testimony.words import Platform, Question, Testimony, asked

_SALESFORCE = Platform.SALESFORCE
_REGISTER = SourceKind.REGISTER
_STATE = "the state of the day of the export"
_ONE_USER = "What the asking user may not see is left out without a word."

ORGANISATION: tuple[Testimony, ...] = (
    Testimony(
        "global-describe",
        "list of all objects",
        _SALESFORCE,
        _REGISTER,
        "Which objects the organisation has.",
        "Nothing of fields and of use; an object that the asking user may not see is missing.",
        asked(Question.EXISTS),
        _STATE,
        _ONE_USER,
        "REST API guide, Describe Global",
    ),
    Testimony(
        "object-describe",
        "describes of objects",
        _SALESFORCE,
        _REGISTER,
        "Which custom fields the described objects have, with label, type, length, formula and whether demanded.",
        "Nothing of when and by whom, of use, and of fields that the asking user may not see.",
        asked(Question.EXISTS),
        _STATE,
        _ONE_USER,
        "REST API guide, sObject Describe",
    ),
    Testimony(
        "field-definition",
        "list of the fields of objects",
        _SALESFORCE,
        _REGISTER,
        "Which custom fields the listed objects have, with label, type and length.",
        "Nothing of when and by whom, of use, and of fields that the asking user may not see.",
        asked(Question.EXISTS),
        _STATE,
        _ONE_USER,
        "Tooling API, FieldDefinition: only equality filters, and LIMIT is ignored",
    ),
    Testimony(
        "entity-definition",
        "register of objects",
        _SALESFORCE,
        _REGISTER,
        "Which custom objects the organisation has.",
        "Nothing of fields and of use.",
        asked(Question.EXISTS),
        _STATE,
        "EntityDefinition leaves out what the asking user may not see; CustomObject does not.",
        "Tooling API, EntityDefinition and CustomObject",
    ),
    Testimony(
        "tooling-validation-rule",
        "register of validation rules",
        _SALESFORCE,
        _REGISTER,
        "Which validation rules the organisation has, active or not, when they were created and changed, and by "
        "which kind of actor.",
        "Nothing of whether a rule ever stopped anybody.",
        asked(Question.EXISTS, Question.DEFINED, Question.CHANGED_BY),
        "every rule that exists",
        "A deployment changes the date of a rule that it leaves as it was.",
        "Tooling API, ValidationRule",
        silence=asked(Question.EXISTS),
    ),
    Testimony(
        "setup-audit-trail",
        "setup audit trail",
        _SALESFORCE,
        SourceKind.LOG,
        "Which kind of actor created, changed and deleted custom fields and objects, and when: people, pipeline "
        "or a machine.",
        "Nothing of what is older than 180 days, of use, and of who; sentences in other languages are "
        "counted and not read.",
        asked(Question.CHANGED_BY, Question.DEFINED),
        "180 days",
        "Neither the sentences nor their codes are documented; a label that fits several fields is only possible.",
        "object reference, SetupAuditTrail; help, Monitor Setup Changes",
        possible=asked(Question.EXISTS),
    ),
)
