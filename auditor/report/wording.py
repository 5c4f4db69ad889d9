"""Every English word of the reports that is not a fact's or a policy's own. Other languages are other modules."""

from __future__ import annotations

from types import MappingProxyType

from auditor.model.findings import Outcome
from auditor.model.results import Tier
from auditor.model.testimony.table import TESTIMONIES, WAYS
from auditor.model.testimony.words import Platform

TITLE = "CRM scope and sprawl review"
AS_OF = "As of {day}"
UNNAMED = "CRM"
UNKNOWN = "unknown"
NOT_APPLICABLE = "–"
YES = "yes"
NO = "no"
FEWER = "fewer than 5"
CASES = ("case", "cases")
CUSTOM_FIELDS = ("custom field", "custom fields")
FINDINGS = ("finding", "findings")
FURTHER_OBJECTS = ("further object", "further objects")
FURTHER_REASONS = ("further reason", "further reasons")
KINDS = ("kind", "kinds")
OBJECTS = ("object", "objects")
OPEN_QUESTIONS = ("open question", "open questions")
VIOLATIONS = ("violation", "violations")
EFFORT = "one takes {effort}"
LISTED = "{violations}, {waived} accepted; {open} (the report says what would settle them)."
OTHERS = ("other", "others")
QUESTIONS = ("question", "questions")
SUBJECTS = ("subject", "subjects")
"""Nouns that are counted: one, and many."""

MONTHS = (
    *("January", "February", "March", "April", "May", "June", "July"),
    *("August", "September", "October", "November", "December"),
)

THE_CRM = "the CRM"
HEADLINE = "{fields} on {objects}{gained}; {found}; {open}."
MORE = ", {n} more than a year ago"
ADDED = ", {n} of them added in the last four quarters"
FEWER_THAN = ", {n} fewer than a year ago"
FOUND = "{findings}, {proven} proven"
GRAVE = ", {n} of these high or critical"
NOT_ANSWERED = "{questions} that the evidence at hand cannot answer"
ALL_OF_THEM = "all"
STAT_OBJECTS = "objects"
STAT_CUSTOM = "{n} custom"
STAT_FIELDS = "custom fields"
STAT_LIVE = "{n} more in the live system alone"
STAT_MENTIONED = "{n} others only mentioned"
STAT_COMPONENTS = "components"
STAT_KINDS = "of {kinds}"
STAT_REFERENCES = "references"
STAT_WEAK = "{n} weak: no sign of use"
STAT_POINTS = ("integration point", "integration points")
STAT_FINDINGS = "findings"
STAT_OPEN = "open questions"
STAT_ACCEPTED = "accepted"
STAT_WAIVED = "by waiver"
STAT_NO_WAIVERS = "no waivers"
EVIDENCE_TITLE = "The evidence behind it"
EVIDENCE_MORE = "and {n} more"
CONTENTS = "Contents"
SOURCE_KINDS = MappingProxyType(
    {"salesforce": "Salesforce", "odata": "OData", "sql": "SQL database", "tabular": "listing"}
)
TALLY = ("{n} open", "{n} accepted", "{n} in order")

TIERS = MappingProxyType(
    {
        Tier.ACT: (
            "Act now",
            "Proven by what was read.",
            "Nothing is proven that the policies in force would call for.",
        ),
        Tier.ASK: (
            "Ask this owner",
            "Likely, or a matter of one answer.",
            "No open question has one person to ask.",
        ),
        Tier.GET: (
            "Get this export",
            "What settles most open questions for least effort.",
            "No question waits for an export.",
        ),
    }
)
QUESTION = "Is that meant to stay, and who decides by it?"
HERE = " ({here})"
HERE_OF_ALL = " ({here} here, {all} in all)"
ALSO = "also {names}"
BEARS_ON = "Bears on {settled} of {open}."
COMPLETE_TITLE = "Is the repository all there is?"
COMPLETE_WHAT = "{questions} on {subjects} wait for the answer."
COMPLETE_WHY = "While kinds of component are unread, nothing follows from their silence."
COMPLETE_STEP = (
    "If it is, write “complete: [repository]” in auditor.yaml; every report then says that you vouched for it."
)
LEFT_OUT = ": what it leaves out"
GET_MORE = "What was given answers only a part; the section on evidence says what it covers."
GET_STEP = "Export it and list it under “evidence” in auditor.yaml."
SOURCES = "From {names}."
WHOM_OWNER = "Ask: {owner}"
WHOM_NOBODY = "Ask: whoever answers for {subject}; no owner is declared"

OUTCOMES = MappingProxyType(
    {
        (Outcome.VIOLATION, "proven"): "proven",
        (Outcome.VIOLATION, "likely"): "likely",
        (Outcome.UNKNOWN, "open"): "open",
        (Outcome.WAIVED, "proven"): "accepted",
    }
)
OUTCOME_FALLBACK = MappingProxyType(
    {
        Outcome.VIOLATION: "likely",
        Outcome.UNKNOWN: "open",
        Outcome.WAIVED: "accepted",
        Outcome.PASS: "kept",
        Outcome.NOT_APPLICABLE: "not concerned",
    }
)
DEEDS = MappingProxyType(
    {
        "read": "Reads of fields",
        "written": "Writes to fields",
        "run": "Runs of reports and the like",
        "viewed": "Pages that were opened",
        "touched": "Rows created or changed",
        "called": "Calls through the API",
        "defined": "Creation of definitions",
        "listed": "What the live organisation has",
        "changed": "Changes to definitions there",
        "logged_in": "Log-ins",
        "": "State of the system",
    }
)
CHANNELS = MappingProxyType({way.id: way.words for way in WAYS[Platform.SALESFORCE]})
EVIDENCE_KINDS = MappingProxyType({each.kind: each.name for each in TESTIMONIES})
FROM_BEGINNING = "up to {until}"
SPAN = "{since} to {until}"
STATE = "as of {until}"
DIFFERING = "{span}, not for all the same"
TRUNCATED = "cut short"
UNWATCHED = "Not watched: {names}."
UNREAD = "No component of these kinds was read: {names}."
OTHER_UNREAD = "{what}."
ALL_WATCHED = "No way of reading that the auditor knows was left out; each was watched in its window alone."

GROWTH = "Custom fields in {system}, by quarter"
GROWTH_NOTE = "The last quarter is still running."
GROWTH_UNDATED = "Without a known date, and so left out: {n}."
STAND = ("custom field stands", "custom fields stand")
GROWTH_LIVE = "{n} in the live system alone, not in the configuration that was read."
GROWTH_UNKNOWN = (
    "Growth is unknown: no register of custom fields and no git history was read, so nothing dates them."
)
GROWTH_SUMMARY = "From {first} in {start} to {last} today"
GROWTH_YEAR = "; {net} in the last four quarters"
GROWTH_NO_GIT = "Fields that were removed are in no register; only git history would show them."
GROWTH_GIT = "Dated by git alone: what the first commit held may be older."

FACTS = MappingProxyType(
    {
        "name": "API name",
        "object_name": "Object",
        "kind_of_object": "Kind",
        "field_count": "Custom fields",
        "limit": "Limit",
        "created_this_quarter": "Added this quarter",
        "net_new_last_quarter": "Net last quarter",
        "forecast_quarters_to_limit": "Quarters to limit",
        "in_repo": "In repository",
        "in_org": "In the org",
        "fill_rate": "Filled",
        "fill_recent": "Filled recently",
        "fill_trend": "Trend",
        "required_inputs": "Demanded inputs",
        "layout_count": "Layouts",
        "reference_count": "Mentions",
        "strong_reference_count": "Uses in configuration",
        "description_quality": "Description",
        "editable_by_people": "People may edit",
        "on_layout": "On a page",
        "function": "What it does",
        "retained": "Goes with it",
        "blast_radius": "Would break",
        "in_report": "In a report",
        "last_write_by_people": "Last write by people",
    }
)
"""Facts whose printed name is not simply their own with blanks."""

SAME_FOR_ALL = "The same for all, and so left out: {names}."
UNKNOWN_FOR_ALL = "Unknown for all, and so left out: {names}."
PRINTED = "The first {shown} of {total} are printed; {file} holds all of them."
UNSETTLED = "Policies that found nothing, but could not judge everything"
UNSETTLED_NOTE = "An open question is neither a finding nor an all-clear."
BARS_REST = "{objects} with {fields}."
BARS_LIMIT = "The platform allows {limits} on an object."
OBJECTS_OF = "Objects of {system}. {note}"
GROWTH_OF = "Growth of {system}, the last quarters"
READ_FROM = "{system} from {place}"
DIGEST = "Digest of the policies in force: {digest}"
NOT_SAFE = (
    "A finding is a review candidate. No evidence proves that a field may be deleted; it says where to look first."
)

SECTION = MappingProxyType(
    {
        "scope": ("Scope map", "What the systems hold, and what is only linked from elsewhere."),
        "sprawl": ("Sprawl", "How many fields there are, how fast they came, and what is known of their use."),
        "policies": ("Findings by policy", NOT_SAFE),
        "findings": ("All findings", "One line a finding, gravest first."),
        "inventory": ("Field inventory", "Every custom field with what is known of it."),
        "integrations": (
            "Integrations",
            "Where other systems reach in, or are reached from here: what is declared, and who was seen calling.",
        ),
        "outside": (
            "Outside readers",
            "What reads the CRM from elsewhere, as far as it is declared: BI models, load scripts, mappings.",
        ),
        "exceptions": ("Exceptions", "What was accepted, by waiver, and what has become of it."),
        "evidence": (
            "Quality of the evidence",
            "What each source could see. From what nobody watched, nothing is concluded.",
        ),
        "skipped": ("Not read", "Files, or parts of files, that were left out, and why."),
        "appendix": ("Appendix: where the figures come from", "Every figure of the first page, and every policy."),
    }
)

WITHOUT_REPORTED = "Not one finding was made: every policy that applies is kept."
NO_EXCEPTIONS = "No exceptions are in force."
NO_SKIPPED = "Everything that was found was read."
NO_CALLERS = "Nobody is declared to call, and no log names who does."
OUTWARD_UNSEEN = "Doors outward are in no log of the system: whether they are used is unknown."
NO_OUTSIDE_READERS = (
    "None is declared under outside_readers: in auditor.yaml. Whatever this report says that nothing reads may be "
    "read elsewhere."
)
STANDING = MappingProxyType(
    {
        "in use": "declared and seen",
        "silent": "declared and not seen",
        "undeclared": "seen, declared nowhere",
        "unregistered": "seen; no register to compare with",
        "unwatched": "declared; no log of all calls",
        "outward": "called from here; no log shows it",
    }
)
NO_POINTS = "The configuration that was read names none."
NO_EVIDENCE = "No usage evidence was given; the findings rest on the configuration alone."
NO_ASSUMPTIONS = "Nothing was assumed: no channel is declared complete."
ASSUMED = "{name}: the company declares it to be complete; silence there counts."
UNNAMED_SOURCE = "the configuration that was read"

LEFT_OUT_OF_FILE = "{n} further findings are left out, since one file holds no more; report.json has them"
MORE_IN_SUMMARY = "{n} more of this level: see the summary of the run"
SUMMARY_CUT = "{n} further findings do not fit here; report.json has them."
