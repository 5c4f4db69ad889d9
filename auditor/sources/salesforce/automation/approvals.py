"""Approval processes. Source: Metadata API, ApprovalProcess."""

from __future__ import annotations

from collections.abc import Iterator

from auditor.formats.xml import Node
from auditor.model.components import Component, Effect, EffectOn, Trigger
from auditor.model.references import Access, Call, Certainty
from auditor.sources.salesforce.automation.workflow_actions import action_calls
from auditor.sources.salesforce.declarative.mentioning import (
    Author,
    Use,
    attributes,
    criteria,
    formula,
    mention,
    named,
)
from auditor.sources.salesforce.parsed import Mention, MetadataFile, Parsed

KIND = "approval_process"
_ENTRY = Use(Access.READS, "entry")
_STEP = Use(Access.READS, "step_entry")
_PAGE = Use(Access.SHOWS, "approval_page")
_APPROVER = Use(Access.READS, "approver")
_SUBMITTER = Use(Access.READS, "submitter")
_SUBMITTERS = {"owner": "OwnerId", "creator": "CreatedById"}
_ACTIONS = (
    "initialSubmissionActions/action",
    "finalApprovalActions/action",
    "finalRejectionActions/action",
    "recallActions/action",
    "approvalStep/approvalActions/action",
    "approvalStep/rejectionActions/action",
)
_CALLEES = (
    ("emailTemplate", "email_template"),
    ("postTemplate", "post_template"),
)


def read_approval_process(file: MetadataFile, root: Node) -> Parsed:
    """One process, named `Object.Name`: which records enter, who decides by which field, and what follows."""
    author = Author(KIND, file.name, file.name.partition(".")[0])
    component = Component(
        KIND,
        file.name,
        file.path,
        root.line,
        label=root.value("label"),
        object=author.object,
        active=root.flag("active"),
        trigger=Trigger.RECORD,
        effects=_effects(root, author.object),
        attributes=attributes({"record_editability": root.value("recordEditability")}),
    )
    calls = (
        *action_calls(author, (action for place in _ACTIONS for action in root.at(place)), file.path),
        *_calls(author, root, file.path),
    )
    mentions = tuple(dict.fromkeys(_mentions(author, root)))
    return Parsed(components=(component,), mentions=mentions, calls=calls, channels=(KIND,))


def _effects(root: Node, object_name: str | None) -> tuple[EffectOn, ...]:
    """Submission routes a record and locks it for everybody whom the process does not let edit."""
    found = [EffectOn(Effect.BLOCKS_SAVE, object_name), EffectOn(Effect.ROUTES, object_name)]
    mails = root.value("emailTemplate") or root.value("postTemplate")
    return (*found, EffectOn(Effect.MESSAGE)) if mails else tuple(found)


def _mentions(author: Author, root: Node) -> Iterator[Mention]:
    yield from _entry(author, _ENTRY, root)
    yield from named(author, _PAGE, root.at("approvalPageFields/field"))
    for step in root.all("approvalStep"):
        yield from _entry(author, _STEP, step)
        for approver in step.at("assignedApprover/approver"):
            yield from _approver(author, root, approver)
    for automated in root.all("nextAutomatedApprover"):
        yield from named(author.on("User"), _APPROVER, automated.all("userHierarchyField"))
        if automated.flag("useApproverFieldOfRecordOwner"):
            yield mention(author, _APPROVER, "OwnerId", automated.line)
    for submitter in root.all("allowedSubmitters"):
        path = _SUBMITTERS.get(submitter.value("type") or "")
        if path is not None:
            yield mention(author, _SUBMITTER, path, submitter.line)


def _entry(author: Author, use: Use, node: Node) -> Iterator[Mention]:
    for entry in node.all("entryCriteria"):
        yield from criteria(author, use, entry.all("criteriaItems"))
        for text in entry.all("formula"):
            yield from formula(author, use, text)


def _approver(author: Author, root: Node, approver: Node) -> Iterator[Mention]:
    """An approver found by a field: of the record, or of the user who submits it."""
    kind = approver.value("type")
    if kind == "relatedUserField":
        yield from named(author, _APPROVER, approver.all("name"))
    elif kind == "userHierarchyField":
        own = [*approver.all("name")]
        fallback = root.at("nextAutomatedApprover/userHierarchyField")
        yield from named(author.on("User"), _APPROVER, own or fallback)


def _calls(author: Author, root: Node, path: str) -> Iterator[Call]:
    for tag, kind in _CALLEES:
        for node in root.all(tag):
            if node.text:
                yield Call(KIND, author.name, kind, node.text, Certainty.CERTAIN, path, node.line)
    for approver in root.at("approvalStep/assignedApprover/approver"):
        name = approver.value("name")
        if approver.value("type") == "queue" and name:
            yield Call(KIND, author.name, "queue", name, Certainty.CERTAIN, path, approver.line)
