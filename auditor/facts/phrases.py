"""How findings say the values of facts, where name and unit alone read badly; English, all in one place."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from auditor.dataclasses import replace
from auditor.model.vocabulary import FactSpec, Phrase

PHRASES: Mapping[str, Phrase] = MappingProxyType(
    {
        "active_picklist_values": Phrase("{} to choose from"),
        "changed_by": Phrase("changed by {}", noun="who changed it"),
        "charter_entity": Phrase("{} by the charter", noun="charter entry"),
        "charter_owner": Phrase("owned by {} by the charter", noun="charter entry for its concept"),
        "concept": Phrase("for the business: {}"),
        "concept_confidence": Phrase("{} sure"),
        "concept_reasons": Phrase("recognised since {}", noun="what speaks for its concept"),
        "compliance": Phrase(noun="compliance category"),
        "created": Phrase("created {}", noun="its creation"),
        "created_by": Phrase("created by {}", noun="who created it"),
        "created_this_quarter": Phrase("{} added in the running quarter"),
        "custom_objects_share_of_limit": Phrase("{} of the custom objects that the edition allows"),
        "decision_served": Phrase("for the decision: {}", noun="decision"),
        "declared_purpose": Phrase("its purpose by the charter: {}", noun="purpose in the charter"),
        "declared_source": Phrase("may repeat {} by the charter", noun="charter entry for its source"),
        "default_share": Phrase("the default in {} of filled rows"),
        "description_quality": Phrase("description: {}"),
        "differs_in": Phrase("differs in {}", noun="what differs"),
        "distinct": Phrase("{} different values"),
        "dominant_share": Phrase("the same value in {} of filled rows"),
        "fields_share_of_hard_limit": Phrase("{} of the fields that any edition allows"),
        "fields_share_of_limit": Phrase("{} of the fields that the edition allows"),
        "fill_rate": Phrase("filled in {} of rows"),
        "fill_recent": Phrase("filled in {} of recent rows", noun="fill of recent rows"),
        "first_filled": Phrase("first filled in rows of {}", "never filled"),
        "forecast_quarters_to_limit": Phrase("limit reached in {}"),
        "help": Phrase("help text {}", noun="help text"),
        "kept_elsewhere": Phrase("{} by an ERP", noun="ERP that keeps it"),
        "last_filled_quarter": Phrase("last filled in rows of {}", "never filled"),
        "last_read": Phrase("last read {}", "never read", "its last read"),
        "last_run": Phrase("last run {}", "never run", "its last run"),
        "last_touched": Phrase("last touched {}", "never touched", "its last change"),
        "last_write": Phrase("last written {}", "never written", "its last write"),
        "last_call": Phrase("last call {}", "never called", "its last call"),
        "last_write_by_integration": Phrase(
            "last written by an integration {}",
            "never written by an integration",
            "its last write by an integration",
        ),
        "last_write_by_people": Phrase(
            "last written by people {}", "never written by people", "its last write by people"
        ),
        "modified": Phrase("changed {}", noun="its last change"),
        "named_readers": Phrase("to be read by {}", noun="reader"),
        "nature": Phrase("{} by its nature"),
        "net_new_last_quarter": Phrase("{} net in the last full quarter"),
        "newest_created": Phrase("newest row created {}", "no row ever created", "creation of its newest row"),
        "picklist_value_count": Phrase("{} in its list"),
        "placeholder_share": Phrase("a placeholder in {} of filled rows"),
        "readable_by": Phrase("{} may read it"),
        "relationships_share_of_limit": Phrase("{} of the relationships that an object may have"),
        "repo_changed": Phrase("file last changed {}", noun="the last commit to its file"),
        "repo_since": Phrase("in the repository {}", noun="its first commit"),
        "request_owner": Phrase("to be owned by {}", noun="owner"),
        "required_inputs": Phrase("{} demanded"),
        "rollups_share_of_limit": Phrase("{} of the roll-ups that an object may have"),
        "said_already": Phrase("{} words as another field", noun="field that says the same"),
        "shown_count": Phrase("{} on the page"),
        "stated_retention": Phrase("kept {}", noun="retention"),
        "trial_until": Phrase("on trial until {}", noun="trial"),
        "writer_kinds": Phrase("written by {}"),
    }
)


def phrased(spec: FactSpec) -> FactSpec:
    """The word with how findings say it."""
    phrase = PHRASES.get(spec.name)
    return spec if phrase is None else replace(spec, phrase=phrase)
