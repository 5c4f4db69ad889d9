"""The English of the section *Repository against org* and of the quality of the evidence."""

from __future__ import annotations

from types import MappingProxyType

TITLE = "Repository against org"
LEAD = (
    "What only the live organisation has was made past the pipeline or comes from elsewhere; what only the "
    "repository has was never deployed, or was deleted in the organisation."
)
NO_INVENTORY = (
    "No inventory of the live organisation was read, so nothing is known of what it has beside the repository. "
    "“auditor evidence plan” names the exports: CustomField of the Tooling API, describes, the setup audit trail."
)
NOTHING = "Where an inventory tells, repository and organisation agree."
COUNTS = "{only_org} only in the organisation, {only_repo} only in the repository, {differs} defined differently."
STATES = MappingProxyType(
    {"only_org": "only in the org", "only_repo": "only in the repository", "differs": "defined differently"}
)
KINDS_OF_ACTOR = MappingProxyType(
    {
        "people": "people",
        "pipeline": "the pipeline",
        "integration": "an integration",
        "automation": "automation or a package",
        "other": "not the pipeline",
        "": "unknown",
    }
)
OBJECT, WHAT, WHERE, SINCE, BY, REMARKS, SOURCE = "Object", "What", "Where", "Since", "By", "Remarks", "Source"
NO_OBJECT = "–"
IN_THE_REPOSITORY_BY = "in the repository by {day}"
CHANGED_ON = "changed {day}"
CREATED_ON = "created {day}"
UNKNOWN = "unknown"
DELETED = "deleted in the org on {day} by {by}"
COVERAGE = "How far the inventories reach"
COVERED, OF, PARTLY, BEYOND = "Decided", "In the repository", "Seen by one user only", "Only in the org"
FIELDS_OF = "objects, their custom fields"
LOG = "log of changes, {since} to {until}"
NONE = "none"
COMPONENTS = MappingProxyType({"flow": "flows", "report": "reports", "validation_rule": "validation rules"})
OBJECTS_OF = "custom fields: an inventory covers {shown} of {asked} objects"

DOUBTS = "What to know of this evidence"
DOUBT = "{what}; {consequence}."
